#include "core/evaluate/sensitivity.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/text.h"
#include "core/run/reals.h"
#include "core/run/run.h"

namespace edgewise {

namespace {

constexpr std::uint64_t cache_bytes = 32ull << 20;       ///< of activations in front of a layer
constexpr std::uint64_t most_outputs = 1ull << 22;       ///< float answers kept: rows times outputs

LayerOverride as_override(const LayerRecipe& recipe) {
  return {recipe.weight_bits,     recipe.activation_bits,     recipe.sparsity,     recipe.granularity, recipe.weight_symmetry,
          recipe.activation_symmetry, recipe.weight_range, recipe.calibration, recipe.percentile, recipe.pattern, recipe.channels};
}

LayerOverride left_float() {
  LayerOverride out;
  out.weight_bits = out.activation_bits = float_bits;
  out.sparsity = 0.0f;
  return out;
}

/// All float but the weights or the activations of `layer`, which stay as the recipe has them; weights at `weight_bits` unless that is 0.
Recipe only(const Recipe& recipe, const std::string& layer, Trial::Scope scope, int weight_bits) {
  Recipe out = recipe;
  out.layers.clear();
  out.all.weight_bits = out.all.activation_bits = float_bits;
  out.all.sparsity = 0.0f;
  LayerOverride own = as_override(resolve(recipe, layer));
  if (scope == Trial::Scope::only_weights) {
    own.activation_bits = float_bits;
    if (weight_bits != 0) own.weight_bits = weight_bits;
  } else {
    own.weight_bits = float_bits;
    own.sparsity = 0.0f;
  }
  out.layers[layer] = own;
  return out;
}

/// As the recipe, every layer at `weight_bits` unless that is 0, but `layer` float.
Recipe all_but(const Recipe& recipe, const std::string& layer, int weight_bits) {
  Recipe out = recipe;
  if (weight_bits != 0) {
    out.all.weight_bits = weight_bits;
    for (auto& [name, own] : out.layers) own.weight_bits.reset();
  }
  out.layers[layer] = left_float();
  std::erase_if(out.layers, [](const auto& named) { return named.second == LayerOverride{}; });
  return out;
}

/// The value a layer hands on: behind a relu, or a layer in float behind its QUANTIZE, that stands apart and is fed by nothing else.
ValueId handed_on(const Graph& graph, const Layer& layer) {
  const ValueId output = graph.node(layer.node).outputs.front();
  const Node* reader = nullptr;
  auto readers = std::ranges::count(graph.outputs, output);
  for (const Node& node : graph.nodes) {
    const auto reads = std::ranges::count(node.inputs, output);
    readers += reads;
    if (reads > 0) reader = &node;
  }
  if (readers != 1 || reader == nullptr) return output;
  const bool puts_on_grid = std::holds_alternative<Quantize>(reader->op) && graph.value(output).type == DType::float32;
  const bool is_relu = std::holds_alternative<Relu>(reader->op) || std::holds_alternative<Relu6>(reader->op);
  return puts_on_grid || is_relu ? reader->outputs.front() : output;
}

/// Of a float graph.
bool ends_in_relu(const Graph& graph, const Layer& layer) {
  const Op& op = graph.node(layer.node).op;
  Activation activation = Activation::none;
  if (const auto* conv = std::get_if<Conv2d>(&op)) activation = conv->activation;
  else if (const auto* depthwise = std::get_if<DepthwiseConv2d>(&op)) activation = depthwise->activation;
  else if (const auto* dense = std::get_if<FullyConnected>(&op)) activation = dense->activation;
  return activation == Activation::relu || activation == Activation::relu6 || handed_on(graph, layer) != graph.node(layer.node).outputs.front();
}

CodeRange codes_of(const Value& value) { return activation_codes(value.type == DType::int16 ? 16 : value.bits == 0 ? 8 : value.bits); }

/// Contents of a value as real numbers, as many as it has.
void read_all(const Value& value, const TensorView& contents, std::vector<float>& into) {
  into.resize(static_cast<std::size_t>(value.shape.elements()));
  read_reals(value, contents, into);
}

void add_loss(GridLoss& loss, std::size_t channel, float real, float scale, std::int32_t zero_point, CodeRange codes) {
  GridLoss::Channel& into = loss.channels[channel];
  const double error = static_cast<double>(real) - dequantize(quantize(real, scale, zero_point, codes), scale, zero_point);
  const double beyond = std::max((static_cast<double>(codes.lowest - zero_point) - 0.5) * scale - real, real - (static_cast<double>(codes.highest - zero_point) + 0.5) * scale);
  into.signal += static_cast<double>(real) * real;
  (beyond > 0.0 ? into.clipping : into.rounding) += error * error;
  loss.clipped += beyond > 0.0;
  ++loss.count;
}

/// How far the stored weights of a layer are from the float ones.
GridLoss loss_of_weights(const Value& weights, const Layer& layer, const LayerRecipe& recipe, const std::vector<bool>& kept) {
  GridLoss loss;
  const QuantizedWeights quantized = quantize_weights(weights, layer.channel_axis, recipe, kept);
  if (quantized.codes.empty()) return loss;
  const auto reals = weights.view().as<float>();
  const auto channels = static_cast<std::size_t>(layer.channels);
  const std::size_t inner = layer.channel_axis == 0 ? reals.size() / channels : 1;   // axis 0, or the last
  const CodeRange codes = recipe.weight_symmetry == Symmetry::symmetric ? weight_codes(recipe.weight_bits) : activation_codes(recipe.weight_bits);
  loss.channels.resize(channels);
  for (std::size_t i = 0; i < reals.size(); ++i) {
    const std::size_t channel = i / inner % channels, at = quantized.grid.per_channel() ? channel : 0;
    add_loss(loss, channel, reals[i], quantized.grid.scale[at], quantized.grid.zero_point[at], codes);
  }
  return loss;
}

double mean_share(const std::vector<GridLoss::Channel>& channels, double GridLoss::Channel::*part) {
  double sum = 0;
  for (const GridLoss::Channel& channel : channels)
    if (channel.*part > 0.0) sum += channel.signal > 0.0 ? std::min(1.0, channel.*part / channel.signal) : 1.0;
  return channels.empty() ? 0.0 : sum / static_cast<double>(channels.size());
}

/// Where a layer loses most: in what brings more noise to the output, by what takes more from its channels.
Fault fault_of(const LayerLoss& loss, bool by_weights) {
  const GridLoss& worse = by_weights ? loss.weights : loss.activations;
  const bool is_clipped = worse.clipping_share() > worse.rounding_share();
  if (by_weights) return is_clipped ? Fault::weight_clipping : Fault::weight_rounding;
  return is_clipped ? Fault::activation_clipping : Fault::activation_rounding;
}

bool was_broken(const LayerLoss& loss) { return loss.units > 0 && 10 * loss.dead_in_float >= 9 * loss.units; }

}  // namespace

double decibels(double signal, double noise) {
  if (noise <= 0.0) return std::numeric_limits<double>::infinity();
  return 10.0 * std::log10(std::max(signal, 1e-300) / noise);
}

GridLoss::Channel GridLoss::total() const {
  Channel sum;
  for (const Channel& channel : channels) {
    sum.signal += channel.signal;
    sum.rounding += channel.rounding;
    sum.clipping += channel.clipping;
  }
  return sum;
}

double GridLoss::rounding_share() const { return mean_share(channels, &Channel::rounding); }
double GridLoss::clipping_share() const { return mean_share(channels, &Channel::clipping); }

struct Sensitivity::State {
  std::shared_ptr<const Graph> float_graph;
  Ranges ranges;
  Recipe recipe;
  std::shared_ptr<const Dataset> dataset;
  std::vector<std::uint32_t> rows;
  std::vector<Layer> named;
  std::vector<Trial> wanted, trials;
  std::shared_ptr<FloatAnswers> float_answers = std::make_shared<FloatAnswers>();
  std::shared_ptr<PrefixCache> cache = std::make_shared<PrefixCache>(cache_bytes);
  std::vector<float> outputs;            ///< the float model's, row by row
  std::optional<Evaluation> evaluation;  ///< of wanted[trials.size()]
  std::uint64_t steps = 0;
  std::vector<Flip> flips;

  // The two models side by side, once all trials are done.
  struct Watched { ValueId in_float, compressed; };
  std::shared_ptr<const Graph> compressed;
  std::optional<Runner> float_runner, runner;
  std::vector<Watched> watched;
  std::vector<std::vector<bool>> was_above, was_above_in_float;   ///< by layer and channel
  std::vector<LayerLoss> losses;
  std::size_t next_row = 0;
  std::vector<float> reals;
  std::vector<std::vector<float>> float_reals;   ///< by layer, of this row

  Result<std::shared_ptr<const Graph>> graph_of(const Trial& trial) const {
    if (trial.scope == Trial::Scope::none) return float_graph;
    return compress(float_graph, ranges, trial.recipe);
  }

  void want(Trial::Scope scope, std::size_t layer, int weight_bits, Recipe with) {
    Trial trial;
    trial.scope = scope;
    trial.layer = layer;
    trial.weight_bits = weight_bits;
    trial.recipe = std::move(with);
    wanted.push_back(std::move(trial));
  }

  /// Layers from the last to the first: what lies in front of a layer is then known from the trial before.
  void want_all(const std::vector<int>& bits) {
    want(Trial::Scope::none, 0, 0, float_recipe());
    want(Trial::Scope::all, 0, 0, recipe);
    std::vector<int> widths = bits;
    widths.insert(widths.begin(), 0);
    for (std::size_t layer = named.size(); layer-- > 0;) {
      const std::string& name = named[layer].name;
      for (const int width : widths) want(Trial::Scope::only_weights, layer, width, only(recipe, name, Trial::Scope::only_weights, width));
      want(Trial::Scope::only_activations, layer, 0, only(recipe, name, Trial::Scope::only_activations, 0));
    }
    for (const int width : widths)
      for (std::size_t layer = named.size(); layer-- > 0;) want(Trial::Scope::all_but, layer, width, all_but(recipe, named[layer].name, width));
  }

  /// A trial whose recipe was measured before takes over what was found.
  bool take_known(Trial& trial) const {
    if (trial.scope == Trial::Scope::none) return false;
    const auto known = std::ranges::find_if(trials, [&](const Trial& before) { return before.scope != Trial::Scope::none && before.recipe == trial.recipe; });
    if (known == trials.end()) return false;
    trial.score = known->score;
    trial.signal = known->signal;
    trial.noise = known->noise;
    return true;
  }

  Result<void> step_trial() {
    Trial& trial = wanted[trials.size()];
    if (!evaluation) {
      if (take_known(trial)) {
        steps += rows.size();
        trials.push_back(std::move(trial));
        return {};
      }
      const auto graph = graph_of(trial);
      if (!graph) return std::unexpected(graph.error());
      auto prepared = Evaluation::prepare(*graph, float_graph, dataset, rows, float_answers, cache);
      if (!prepared) return std::unexpected(prepared.error());
      evaluation = std::move(*prepared);
    }
    const std::size_t index = evaluation->part().seen;
    const auto more = evaluation->step();
    if (!more) return std::unexpected(more.error());
    const auto answer = evaluation->answer();
    ++steps;
    if (trial.scope == Trial::Scope::none) outputs.insert(outputs.end(), answer.begin(), answer.end());
    const auto float_answer = std::span<const float>(outputs).subspan(index * answer.size(), answer.size());
    for (std::size_t i = 0; i < answer.size(); ++i) {
      const double difference = static_cast<double>(answer[i]) - float_answer[i];
      trial.signal += static_cast<double>(float_answer[i]) * float_answer[i];
      trial.noise += difference * difference;
    }
    const Metric metric = evaluation->part().metric;
    const bool has_classes = metric == Metric::accuracy || metric == Metric::agreement;
    if (trial.scope == Trial::Scope::all && has_classes && class_of(answer) != class_of(float_answer))
      flips.push_back({rows[index], dataset->labels.empty() ? -1 : dataset->labels[rows[index]], class_of(float_answer), class_of(answer)});
    if (*more) return {};
    trial.score = evaluation->score();
    evaluation.reset();
    trials.push_back(std::move(trial));
    return {};
  }

  Result<void> prepare_losses() {
    const auto graph = compress(float_graph, ranges, recipe);
    if (!graph) return std::unexpected(graph.error());
    compressed = *graph;
    auto in_float = Runner::prepare(float_graph), in_integers = Runner::prepare(compressed);
    if (!in_float) return std::unexpected(in_float.error());
    if (!in_integers) return std::unexpected(in_integers.error());
    float_runner = std::move(*in_float);
    runner = std::move(*in_integers);
    const auto masks = prune_masks(*float_graph, recipe);
    const std::vector<Layer> layers = layers_of(*compressed);
    float_reals.resize(named.size());
    for (std::size_t i = 0; i < named.size(); ++i) {
      watched.push_back({handed_on(*float_graph, named[i]), handed_on(*compressed, layers[i])});
      LayerLoss& loss = losses[i];
      loss.weights = loss_of_weights(*float_graph->input(float_graph->node(named[i].node), 1), named[i], resolve(recipe, named[i].name), masks[i]);
      const auto channels = static_cast<std::size_t>(named[i].channels);
      if (compressed->value(watched[i].compressed).grid.present()) loss.activations.channels.resize(channels);
      if (ends_in_relu(*float_graph, named[i])) loss.units = channels;
      was_above.emplace_back(channels, false);
      was_above_in_float.emplace_back(channels, false);
    }
    return {};
  }

  void add_row_of_layer(std::size_t layer) {
    LayerLoss& loss = losses[layer];
    const Value& value = compressed->value(watched[layer].compressed);
    read_all(value, runner->value(watched[layer].compressed), reals);
    const std::vector<float>& wanted_reals = float_reals[layer];
    const auto channels = static_cast<std::size_t>(named[layer].channels);
    const bool has_grid = value.grid.present();
    const CodeRange codes = codes_of(value);
    for (std::size_t i = 0; i < reals.size() && i < wanted_reals.size(); ++i) {
      const float real = reals[i], wanted_real = wanted_reals[i];
      const std::size_t channel = i % channels;
      loss.signal += static_cast<double>(wanted_real) * wanted_real;
      loss.noise += (static_cast<double>(real) - wanted_real) * (static_cast<double>(real) - wanted_real);
      if (real > 0.0f) was_above[layer][channel] = true;
      if (wanted_real > 0.0f) was_above_in_float[layer][channel] = true;
      if (!has_grid) continue;
      const float scale = value.grid.scale.front();
      const std::int32_t zero_point = value.grid.zero_point.front();
      add_loss(loss.activations, channel, wanted_real, scale, zero_point, codes);
      for (const std::int32_t end : {codes.lowest, codes.highest})
        if (end != zero_point && real == dequantize(end, scale, zero_point)) ++loss.saturated;
    }
  }

  /// Calls visit(layer) behind the node that makes what the layer hands on.
  template <class Visit>
  static Result<void> run(Runner& on, std::span<const float> sample, const std::vector<Watched>& values, ValueId Watched::*which, const Visit& visit) {
    on.reset();
    on.set_input(0, sample);
    return on.run([&](NodeId node) {
      const std::vector<ValueId>& made = on.graph().node(node).outputs;
      for (std::size_t layer = 0; layer < values.size(); ++layer)
        if (std::ranges::find(made, values[layer].*which) != made.end()) visit(layer);
    });
  }

  Result<void> step_losses() {
    if (!runner)
      if (auto ok = prepare_losses(); !ok) return ok;
    const auto sample = dataset->row(rows[next_row]);
    auto ok = run(*float_runner, sample, watched, &Watched::in_float,
                  [&](std::size_t layer) { read_all(float_graph->value(watched[layer].in_float), float_runner->value(watched[layer].in_float), float_reals[layer]); });
    if (!ok) return ok;
    ok = run(*runner, sample, watched, &Watched::compressed, [&](std::size_t layer) { add_row_of_layer(layer); });
    if (!ok) return ok;
    ++steps;
    if (++next_row < rows.size()) return {};
    for (std::size_t i = 0; i < losses.size(); ++i) {
      if (losses[i].units == 0) continue;
      losses[i].dead = static_cast<std::size_t>(std::ranges::count(was_above[i], false));
      losses[i].dead_in_float = static_cast<std::size_t>(std::ranges::count(was_above_in_float[i], false));
    }
    return {};
  }
};

Sensitivity::Sensitivity(std::unique_ptr<State> state) : state_(std::move(state)) {}
Sensitivity::Sensitivity(Sensitivity&&) noexcept = default;
Sensitivity& Sensitivity::operator=(Sensitivity&&) noexcept = default;
Sensitivity::~Sensitivity() = default;

Result<Sensitivity> Sensitivity::prepare(std::shared_ptr<const Graph> float_graph, Ranges ranges, const Recipe& recipe, std::shared_ptr<const Dataset> dataset,
                                         std::vector<std::uint32_t> rows, const std::vector<int>& bits) {
  auto state = std::make_unique<State>();
  state->named = layers_of(*float_graph);
  if (state->named.empty()) return fail("the model has no layers with weights, so there is none to blame");
  if (rows.empty()) return fail("there are no rows to measure on", dataset->name, {}, "Give more rows");
  for (const int width : bits)
    if (width < 2 || width > 8) return fail(text("weights of ", width, " bits; from 2 to 8 are possible"));
  if (const auto metric = choose_metric(*float_graph, *dataset); !metric) return std::unexpected(metric.error());
  const std::uint64_t outputs = float_graph->value(float_graph->outputs.front()).shape.elements();
  if (outputs * rows.size() > most_outputs)
    return fail(text(rows.size(), " rows of ", outputs, " outputs are more numbers than the ", grouped(most_outputs), " that are kept"), dataset->name, {},
                text("Measure on at most ", std::max<std::uint64_t>(1, most_outputs / outputs), " rows"));
  if (auto ok = check_layers(recipe, *float_graph); !ok) return std::unexpected(ok.error());
  state->float_graph = std::move(float_graph);
  state->ranges = std::move(ranges);
  state->recipe = recipe;
  state->dataset = std::move(dataset);
  state->rows = std::move(rows);
  for (const Layer& layer : state->named) state->losses.push_back({layer.name});
  state->want_all(bits);
  return Sensitivity(std::move(state));
}

Result<bool> Sensitivity::step() {
  State& s = *state_;
  if (steps_done() == steps_total()) return false;
  const auto ok = s.trials.size() < s.wanted.size() ? s.step_trial() : s.step_losses();
  if (!ok) return std::unexpected(ok.error());
  return steps_done() < steps_total();
}

std::uint64_t Sensitivity::steps_done() const { return state_->steps; }
std::uint64_t Sensitivity::steps_total() const { return (state_->wanted.size() + 1) * state_->rows.size(); }
const std::vector<Trial>& Sensitivity::trials() const { return state_->trials; }
const std::vector<LayerLoss>& Sensitivity::layers() const { return state_->losses; }
const std::vector<Flip>& Sensitivity::flips() const { return state_->flips; }

const Trial* Sensitivity::find(Trial::Scope scope, std::size_t layer, int weight_bits) const {
  const auto found =
      std::ranges::find_if(state_->trials, [&](const Trial& trial) { return trial.scope == scope && trial.layer == layer && trial.weight_bits == weight_bits; });
  return found == state_->trials.end() ? nullptr : &*found;
}

std::vector<Suspect> Sensitivity::suspects() const {
  std::vector<Suspect> out;
  if (steps_done() < steps_total()) return out;
  for (std::size_t layer = 0; layer < state_->named.size(); ++layer) {
    const Trial &weights = *find(Trial::Scope::only_weights, layer), &activations = *find(Trial::Scope::only_activations, layer);
    const LayerLoss& loss = state_->losses[layer];
    out.push_back({layer, weights.score.changed, activations.score.changed, decibels(weights.signal, weights.noise + activations.noise),
                   was_broken(loss) ? Fault::dead_units : fault_of(loss, weights.noise > activations.noise)});
  }
  std::ranges::stable_sort(out, [](const Suspect& a, const Suspect& b) {
    const bool a_broken = a.fault == Fault::dead_units, b_broken = b.fault == Fault::dead_units;
    if (a_broken != b_broken) return a_broken;
    if (a_broken) return a.layer < b.layer;   // units that get nothing from a dead layer are dead as well: the first is the cause
    const std::uint32_t a_flipped = std::max(a.flipped_by_weights, a.flipped_by_activations), b_flipped = std::max(b.flipped_by_weights, b.flipped_by_activations);
    if (a_flipped != b_flipped) return a_flipped > b_flipped;
    return a.output_decibels < b.output_decibels;
  });
  return out;
}

std::optional<Recipe> raised(const Recipe& recipe, const std::string& layer, Fault fault) {
  const LayerRecipe now = resolve(recipe, layer);
  Recipe out = recipe;
  switch (fault) {
    case Fault::weight_rounding:
    case Fault::weight_clipping:
      if (now.weight_bits < 8) out.layers[layer].weight_bits = 8;
      else if (now.weight_bits == 8 && now.granularity == Granularity::per_tensor) out.layers[layer].granularity = Granularity::per_channel;
      else return {};
      return out;
    case Fault::activation_rounding:
    case Fault::activation_clipping:
      if (now.activation_bits >= 16) return {};
      out.layers[layer].activation_bits = 16;
      return out;
    case Fault::dead_units: break;
  }
  return {};
}

}  // namespace edgewise
