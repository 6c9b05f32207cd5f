#include "core/train/tape.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "core/base/limits.h"
#include "core/base/portable_math.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/compress/unroll.h"
#include "core/graph/infer.h"
#include "core/graph/operands.h"
#include "core/kernels/simd/requantize.h"
#include "core/run/run.h"
#include "core/tensor/nearest.h"
#include "core/train/stages.h"

namespace edgewise::train {

namespace {

using Kind = TapeStep::Kind;
using LayerKind = ArchitectureLayer::Kind;

std::size_t at(ValueId id) { return static_cast<std::size_t>(id); }

Bend bend_of(Activation activation) {
  switch (activation) {
    case Activation::none: return Bend::none;
    case Activation::relu: return Bend::relu;
    case Activation::relu_n1_to_1: return Bend::relu_n1_to_1;
    case Activation::relu6: return Bend::relu6;
    case Activation::tanh: return Bend::tanh;
  }
  return Bend::none;
}

/// The codes of a constant as reals, channel by channel; `inner` of them belong to one channel before the next one's begin.
template <class Code>
std::vector<float> reals_of(std::span<const Code> codes, const Quantization& grid, std::size_t inner) {
  std::vector<float> reals(codes.size());
  for (std::size_t k = 0, channel = 0; k < codes.size(); channel = channel + 1 == grid.scale.size() ? 0 : channel + 1) {
    const auto scale = static_cast<double>(grid.scale[channel]);
    const std::int32_t zero_point = grid.zero_point[channel];
    for (const std::size_t end = k + inner; k < end; ++k) reals[k] = static_cast<float>(scale * (static_cast<double>(codes[k]) - zero_point));
  }
  return reals;
}

/// A constant as real numbers; behind a DEQUANTIZE, the constant before it. Empty: it is none.
std::vector<float> reals_of(const Graph& graph, ValueId id) {
  if (id == no_value) return {};
  for (const Node& node : graph.nodes)
    if (std::holds_alternative<Dequantize>(node.op) && node.outputs.front() == id && graph.value(node.inputs.front()).is_constant())
      return reals_of(graph, node.inputs.front());
  const Value& value = graph.value(id);
  if (!value.is_constant() || value.contents_omitted()) return {};
  const TensorView view = value.view();
  if (value.type == DType::float32) {
    const auto reals = view.as<float>();
    return {reals.begin(), reals.end()};
  }
  if (!value.grid.present()) return {};
  auto inner = static_cast<std::size_t>(value.shape.elements());
  if (value.grid.per_channel())
    for (int axis = 0; axis <= value.grid.axis; ++axis) inner /= static_cast<std::size_t>(std::max<std::int64_t>(1, value.shape[axis]));
  switch (value.type) {
    case DType::int8: return reals_of(view.as<std::int8_t>(), value.grid, inner);
    case DType::int16: return reals_of(view.as<std::int16_t>(), value.grid, inner);
    case DType::int32: return reals_of(view.as<std::int32_t>(), value.grid, inner);
    case DType::int64: return reals_of(view.as<std::int64_t>(), value.grid, inner);
    default: return {};
  }
}

void take_grid(TapeStep& step, const Value& value) {
  step.scale = 0.0f;
  if (value.type == DType::float32 || value.grid.scale.size() != 1) return;
  step.scale = value.grid.scale.front();
  step.zero_point = value.grid.zero_point.front();
  step.codes = activation_codes(value.type == DType::int16 ? 16 : value.bits == 0 ? 8 : value.bits);
}

/// How the sums of a layer whose input, weights and output are int8 come onto the grid of the output.
void take_multipliers(TapeStep& step, const Graph& graph, const Node& node) {
  for (std::vector<double>* each : {&step.unit, &step.factor, &step.nudge}) each->clear();
  step.multiplier.clear();
  const Value &input = graph.value(node.inputs[0]), &weights = graph.value(node.inputs[1]);
  for (const Value* value : {&input, &weights, &graph.output(node)})
    if (value->type != DType::int8 || !value->grid.present()) return;
  for (std::size_t c = 0; c < static_cast<std::size_t>(step.stage.out.c); ++c) {
    const float weight_scale = weights.grid.scale[weights.grid.per_channel() ? c : 0];
    const double unit = weights.grid.per_channel() ? static_cast<double>(input.grid.scale.front()) * static_cast<double>(weight_scale)
                                                   : static_cast<double>(input.grid.scale.front() * weight_scale);
    step.unit.push_back(unit);
    step.multiplier.push_back(quantize_multiplier(std::min(unit / static_cast<double>(step.scale), 0x1p30)));
  }
  const OutputGrid grid{step.zero_point, step.codes.lowest, step.codes.highest};
  if (!std::ranges::all_of(step.multiplier, [&](Multiplier each) { return kernels::simd::is_exact(each, grid, true, std::int64_t{1} << 31); })) return;
  for (const Multiplier each : step.multiplier) {
    const auto [factor, nudge] = kernels::simd::real_multiplier(each);
    step.factor.push_back(factor);
    step.nudge.push_back(nudge);
  }
}

/// How two int8 values are added, subtracted or multiplied; nothing where they are not int8.
Result<std::optional<TapeStep::Pair>> pair_of(const Graph& graph, const Node& node) {
  const Value &a = graph.value(node.inputs[0]), &b = graph.value(node.inputs[1]);
  for (const Value* value : {&a, &b, &graph.output(node)})
    if (value->type != DType::int8 || !value->grid.present()) return std::nullopt;
  const kernels::Site site{graph, node};
  const auto with = [&](const auto& integers) -> Result<std::optional<TapeStep::Pair>> {
    if (!integers) return std::unexpected(integers.error());
    return TapeStep::Pair{a.grid.scale.front(), b.grid.scale.front(), *integers};
  };
  if (const auto* mul = std::get_if<Mul>(&node.op)) return with(kernels::MulIntegers::make(site, mul->activation));
  if (const auto* sub = std::get_if<Sub>(&node.op)) return with(kernels::AddIntegers::make<std::int8_t>(site, sub->activation, -1));
  return with(kernels::AddIntegers::make<std::int8_t>(site, std::get<Add>(node.op).activation, 1));
}

/// Calls code_of(nearest accumulator, channel) for sums of products that are imitated in floats, [rows, channels], and puts what code it gives in their place.
template <class CodeOf>
void put_codes(const TapeStep& step, std::span<float> values, const CodeOf& code_of) {
  const std::size_t channels = step.unit.size();
  const double* const unit = step.unit.data();
  const double scale = static_cast<double>(step.scale);
  for (std::size_t first = 0; first < values.size(); first += channels) {
    float* const row = values.data() + first;
    for (std::size_t c = 0; c < channels; ++c) {
      const double sum = static_cast<double>(row[c]) / unit[c];
      row[c] = static_cast<float>(scale * code_of(nearest(std::min(std::max(sum == sum ? sum : 0.0, -0x1p31), 0x1p31 - 1.0)), c));
    }
  }
}

/// Brings them onto the grid of the output as integers would be.
void requantize_all(const TapeStep& step, const OutputGrid& grid, std::span<float> values) {
  if (step.factor.empty())
    return put_codes(step, values, [&, by = step.multiplier.data()](std::int32_t sum, std::size_t c) { return static_cast<double>(requantize(sum, by[c], grid) - grid.zero_point); });
  constexpr double to_whole = 0x1.8p52;   // a double of this size has no room for a fraction
  const double lowest = grid.lowest - grid.zero_point, highest = grid.highest - grid.zero_point;
  put_codes(step, values, [=, factor = step.factor.data(), nudge = step.nudge.data()](std::int32_t sum, std::size_t c) {
    const double real = static_cast<double>(sum);
    return std::min(std::max(real * factor[c] + std::copysign(nudge[c], real), lowest), highest) + to_whole - to_whole;
  });
}

/// Bends what a step computed and rounds it onto its grid; `before` keeps the bent reals where there is a grid.
void finish(const TapeStep& step, std::vector<float>& values, std::vector<float>& before) {
  if (step.scale == 0.0f) return bend_all(step.bend, step.slope, values);
  before = values;
  bend_all(step.bend, step.slope, before);
  const NearestCode code(step.scale, step.zero_point, step.codes);
  if (step.averages_codes) {  // the integer sum of a window's codes, divided with ties away from code 0, not from real 0
    const double window = static_cast<double>(step.stage.kernel_h * step.stage.kernel_w), zero = static_cast<double>(step.zero_point);
    for (std::size_t k = 0; k < values.size(); ++k) {
      const double sum = std::round((static_cast<double>(before[k]) / static_cast<double>(step.scale) + zero) * window);
      const double average = std::clamp(std::round(sum / window), static_cast<double>(step.codes.lowest), static_cast<double>(step.codes.highest));
      values[k] = dequantize(static_cast<std::int32_t>(average), step.scale, step.zero_point);
    }
  } else if (step.multiplier.empty()) {
    for (std::size_t k = 0; k < values.size(); ++k) values[k] = dequantize(code(before[k]), step.scale, step.zero_point);
  } else {
    constexpr float most = std::numeric_limits<float>::max();
    requantize_all(step, {step.zero_point, code(bent(step.bend, step.slope, -most)), code(bent(step.bend, step.slope, most))}, values);
  }
}

/// The reals that a grid reaches: beyond the last code a small change of the value changes nothing.
Reach reach_of(const TapeStep& step) {
  if (step.scale == 0.0f) return {};
  return {(static_cast<float>(step.codes.lowest - step.zero_point) - 0.5f) * step.scale, (static_cast<float>(step.codes.highest - step.zero_point) + 0.5f) * step.scale};
}

/// One sample of a value as height, width and channels; what is no image of batch 1 is a row.
Extents extents_of(const Shape& shape) {
  if (shape.rank() == 4 && shape[0] == 1)
    return {static_cast<std::ptrdiff_t>(shape[1]), static_cast<std::ptrdiff_t>(shape[2]), static_cast<std::ptrdiff_t>(shape[3])};
  return {1, 1, static_cast<std::ptrdiff_t>(shape.elements())};
}

/// The windows of a convolution or a pool; `kernel` in elements of the kernel, not of the image.
Stage windows(LayerKind kind, const Shape& in, const Shape& out, const Window& window, int kernel_h, int kernel_w) {
  Stage stage{kind, extents_of(in), extents_of(out), kernel_h, kernel_w, window.stride_h, window.stride_w, 0, 0, Bend::none, 0, 0, 0, 0,
              window.dilation_h, window.dilation_w};
  stage.before_h = static_cast<std::ptrdiff_t>(window_extent(stage.in.h, kernel_h, window.stride_h, window.dilation_h, window.padding).before);
  stage.before_w = static_cast<std::ptrdiff_t>(window_extent(stage.in.w, kernel_w, window.stride_w, window.dilation_w, window.padding).before);
  return stage;
}

std::unexpected<Error> cannot(const Graph& graph, NodeId id, std::string reason, std::string advice = {}) {
  return fail(std::move(reason), place_of(graph, id), {}, std::move(advice));
}

/// Calls visit(value, its element, element of the output) for every element that a move makes of a minibatch.
template <class Visit>
void for_each_moved(const TapeStep& step, std::size_t elements, const Visit& visit) {
  const std::size_t in_sample = step.from.size();
  for (std::size_t k = 0; k < elements; ++k) {
    const auto [part, element] = step.from[k % in_sample];
    visit(step.parts[part].id, k / in_sample * step.parts[part].elements + element, k);
  }
}

/// Copies the image into the middle of the padded one, or back.
template <class Visit>
void for_each_padded_row(const Stage& stage, std::ptrdiff_t samples, const Visit& visit) {
  for (std::ptrdiff_t sample = 0; sample < samples; ++sample)
    for (std::ptrdiff_t y = 0; y < stage.in.h; ++y)
      visit(sample * stage.in.elements() + y * stage.in.w * stage.in.c,
            sample * stage.out.elements() + ((y + stage.before_h) * stage.out.w + stage.before_w) * stage.out.c, stage.in.w * stage.in.c);
}

void softmax(std::span<const float> from, std::ptrdiff_t classes, float beta, std::span<float> to) {
  const auto count = static_cast<std::size_t>(classes);
  std::vector<double> share(count);
  for (std::size_t first = 0; first < from.size(); first += count) {
    const double highest = *std::max_element(from.begin() + static_cast<std::ptrdiff_t>(first), from.begin() + static_cast<std::ptrdiff_t>(first + count));
    double sum = 0.0;
    for (std::size_t c = 0; c < count; ++c) sum += share[c] = portable::exp(static_cast<double>(beta) * (static_cast<double>(from[first + c]) - highest));
    for (std::size_t c = 0; c < count; ++c) to[first + c] = static_cast<float>(share[c] / sum);
  }
}

}  // namespace

Result<Tape> Tape::prepare(const Graph& graph) {
  if (graph.inputs.size() != 1 || graph.outputs.size() != 1)
    return fail(text("the model has ", graph.inputs.size(), " inputs and ", graph.outputs.size(), " outputs; one of each can be trained"));
  const auto is_state_of = [&](const Node& node, const Value& value) {
    return has_plain_lstm_form(graph, node) && (&graph.value(node.inputs[18]) == &value || &graph.value(node.inputs[19]) == &value);
  };
  for (const Value& value : graph.values)
    if (value.is_variable && std::ranges::none_of(graph.nodes, [&](const Node& node) { return is_state_of(node, value); }))
      return fail(text("tensor '", value.name, "' keeps a state between runs, and is no plain LSTM's; it cannot be trained through time"));
  Tape tape;
  tape.values_.resize(graph.values.size());
  tape.gradients_.resize(graph.values.size());
  tape.has_gradient_.resize(graph.values.size());
  tape.input_ = graph.inputs.front();
  tape.output_ = tape.scores_ = graph.outputs.front();
  for (const ValueId id : {tape.input_, tape.output_})
    if (const Shape& shape = graph.value(id).shape; shape.rank() < 2 || shape[0] != 1)
      return fail(text("tensor '", graph.value(id).name, "' is ", to_text(shape), "; training wants a model of batch 1"));
  tape.inputs_ = static_cast<std::ptrdiff_t>(graph.value(tape.input_).shape.elements());
  tape.outputs_ = static_cast<std::ptrdiff_t>(graph.value(tape.output_).shape.elements());
  for (std::size_t id = 0; id < graph.nodes.size(); ++id)
    if (auto ok = tape.add_node(graph, static_cast<NodeId>(id)); !ok) return std::unexpected(ok.error());
  for (std::size_t i = 0, lstms = 0; i < tape.steps_.size(); ++i)
    if (tape.steps_[i].kind == Kind::lstm) tape.place_lstm(i, tape.lstm_nodes_[lstms++]);
  tape.run_counts_.resize(tape.layers_.size());
  for (const Run& run : tape.runs_) ++tape.run_counts_[run.layer];
  if (tape.layers_.empty()) return fail("the model has no layer with weights: there is nothing to train");
  tape.before_.resize(tape.steps_.size());
  tape.memories_.resize(tape.steps_.size());
  if (auto ok = tape.load(graph); !ok) return std::unexpected(ok.error());
  return tape;
}

Result<void> Tape::add_layer(const Graph& graph, NodeId id, TapeStep step, ValueId weights, ValueId bias, std::ptrdiff_t channels) {
  const std::size_t count = reals_of(graph, weights).size(), first = parameters_.size();
  if (count == 0) return cannot(graph, id, "its weights are computed, or have no contents");
  if (bias != no_value && reals_of(graph, bias).size() != static_cast<std::size_t>(channels)) return cannot(graph, id, "its bias is no constant");
  // Weights that were read before are another run of that layer: the gradients of all runs are added.
  const auto known = std::ranges::find_if(runs_, [&](const Run& run) { return graph.node(run.node).inputs[1] == graph.node(id).inputs[1]; });
  step.layer = known == runs_.end() ? layers_.size() : known->layer;
  step.is_first_run = known == runs_.end();
  if (step.is_first_run) {
    layers_.push_back({first, count, first + count, static_cast<std::size_t>(channels), bias != no_value});
    parameters_.resize(first + count + static_cast<std::size_t>(channels), 0.0f);
  } else {
    const Node& other = graph.node(known->node);
    const ValueId other_bias = other.inputs.size() > 2 ? other.inputs[2] : no_value;
    if (other.op.index() != graph.node(id).op.index() || (bias != other_bias && (bias == no_value || graph.value(bias).type == DType::float32)))
      return cannot(graph, id, text("it shares its weights with ", place_of(graph, known->node), ", but not its bias, so it cannot be trained as one layer"));
  }
  const TapeLayer& layer = layers_[step.layer];
  runs_.push_back({step.layer, steps_.size(), id});
  step.stage.weights = layer.weights;
  step.stage.weight_count = layer.weight_count;
  step.stage.biases = layer.biases;
  step.stage.bias_count = layer.bias_count;
  steps_.push_back(std::move(step));
  return {};
}

Result<void> Tape::add_lstm(const Graph& graph, NodeId id, TapeStep step) {
  const Node& node = graph.node(id);
  const std::string_view name = rule_of(node.op).name;
  if (!has_plain_lstm_form(graph, node)) return cannot(graph, id, text(name, " with peepholes, a projection, layer norm or two gates in one cannot be trained"));
  for (const std::size_t operand : lstm_operands)
    if (reals_of(graph, node.inputs[operand]).empty()) return cannot(graph, id, "its weights are computed, or have no contents");
  for (const Node& other : graph.nodes)
    if (&other != &node && std::ranges::find(other.inputs, node.inputs[1]) != other.inputs.end())
      return cannot(graph, id, text("it shares its weights with ", place_of(graph, static_cast<NodeId>(&other - graph.nodes.data())), ", which training would have to do for both"));
  const Shape &in = graph.value(step.first).shape, &out = graph.value(step.output).shape;
  const auto width = static_cast<std::ptrdiff_t>(in.back()), cells = static_cast<std::ptrdiff_t>(out.back());
  step.kind = Kind::lstm;
  step.stage.kind = LayerKind::lstm;
  step.stage.in = {static_cast<std::ptrdiff_t>(in.elements()) / width, 1, width};
  step.stage.out = {step.stage.in.h, 1, cells};
  lstm_nodes_.push_back(id);
  steps_.push_back(std::move(step));
  return {};
}

/// An LSTM's parameters follow those of all layers, as core/compress/learned.h has them.
void Tape::place_lstm(std::size_t at_step, NodeId id) {
  Stage& stage = steps_[at_step].stage;
  stage.weights = parameters_.size();
  stage.weight_count = static_cast<std::size_t>(4 * stage.out.c * (stage.in.c + stage.out.c));
  stage.biases = stage.weights + stage.weight_count;
  stage.bias_count = static_cast<std::size_t>(4 * stage.out.c);
  parameters_.resize(stage.biases + stage.bias_count, 0.0f);
  steps_[at_step].layer = layers_.size();
  runs_.push_back({layers_.size(), at_step, id});
  layers_.push_back({stage.weights, stage.weight_count, stage.biases, stage.bias_count, true});
}

/// Where each element of what slices, splits, joins or transposes values comes from: the operator itself moves their numbers.
Result<void> Tape::add_move(const Graph& graph, NodeId id, TapeStep step) {
  const Node& node = graph.node(id);
  const bool joins = std::holds_alternative<Concatenation>(node.op) || std::holds_alternative<Pack>(node.op);
  Graph alone;
  alone.nodes = {node};
  const auto put = [&](ValueId value) {
    alone.values.push_back(graph.value(value));
    if (!alone.values.back().is_constant()) {
      alone.values.back().type = DType::float32;
      alone.values.back().grid = {};
    }
    return static_cast<ValueId>(alone.values.size() - 1);
  };
  std::size_t count = 0;
  for (ValueId& value : alone.nodes[0].inputs) {
    const bool is_position = !joins && value != step.first;
    if (value == no_value || graph.value(value).is_constant() != is_position)
      return cannot(graph, id, text(rule_of(node.op).name, is_position ? " whose positions are computed" : " of constants", " cannot be trained"));
    if (!is_position) {
      step.parts.push_back({value, static_cast<std::size_t>(graph.value(value).shape.elements())});
      count += step.parts.back().elements;
    }
    value = put(value);
    if (!is_position) alone.inputs.push_back(value);
  }
  for (ValueId& value : alone.nodes[0].outputs) {
    value = put(value);
    alone.outputs.push_back(value);
  }
  if (count > std::size_t{1} << 24) return cannot(graph, id, text(rule_of(node.op).name, " of ", grouped(count), " elements cannot be trained"));   // floats count no further
  auto runner = Runner::prepare(std::make_shared<const Graph>(std::move(alone)));
  if (!runner) return cannot(graph, id, runner.error().reason);
  std::vector<float> numbers(count), moved;
  std::iota(numbers.begin(), numbers.end(), 0.0f);
  std::vector<TapeStep::From> places;   // by number
  for (std::size_t part = 0; part < step.parts.size(); ++part) {
    const std::size_t elements = step.parts[part].elements;
    runner->set_input(part, std::span(numbers).subspan(places.size(), elements));
    for (std::size_t i = 0; i < elements; ++i) places.push_back({static_cast<std::uint32_t>(part), static_cast<std::uint32_t>(i)});
  }
  if (auto ok = runner->run(); !ok) return std::unexpected(ok.error());
  for (std::size_t output = 0; output < node.outputs.size(); ++output) {
    moved.resize(static_cast<std::size_t>(graph.value(node.outputs[output]).shape.elements()));
    runner->output_reals(output, moved);
    TapeStep one{Kind::move, step.first, no_value, node.outputs[output]};
    one.stage.in = {1, 1, static_cast<std::ptrdiff_t>(count)};
    one.stage.out = {1, 1, static_cast<std::ptrdiff_t>(moved.size())};
    one.parts = step.parts;
    for (const float number : moved) one.from.push_back(places[static_cast<std::size_t>(number)]);
    steps_.push_back(std::move(one));
  }
  return {};
}

/// Of an addition, a subtraction or a product: two computed values of one shape, or one and a constant that is repeated over it.
Result<void> Tape::add_operands(const Graph& graph, NodeId id, TapeStep& step) {
  const Node& node = graph.node(id);
  const std::string_view name = rule_of(node.op).name;
  const Shape& out = graph.value(step.output).shape;
  const ValueId a = node.inputs[0], b = node.inputs[1];
  pairs_.push_back({steps_.size(), id});
  step.constant_is_first = graph.value(a).is_constant();
  if (!step.constant_is_first && !graph.value(b).is_constant()) {
    step.second = b;
    if (graph.value(a).shape.elements() != out.elements() || graph.value(b).shape.elements() != out.elements())
      return cannot(graph, id, text(name, " of computed values of different shapes cannot be trained"));
    return {};
  }
  const ValueId constant = step.constant_is_first ? a : b;
  step.first = step.constant_is_first ? b : a;
  step.constant = reals_of(graph, constant);
  const Shape& shape = graph.value(constant).shape;
  const bool repeats = step.constant.size() == 1 || step.constant.size() == out.elements() ||
                       (shape.back() == out.back() && step.constant.size() == static_cast<std::size_t>(out.back()));
  if (step.constant.empty() || !repeats || graph.value(step.first).shape.elements() != out.elements())
    return cannot(graph, id, text(name, " of ", to_text(graph.value(a).shape), " and ", to_text(graph.value(b).shape), " cannot be trained"));
  return {};
}

Result<void> Tape::add_node(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  const bool reads_constants_only = std::ranges::all_of(node.inputs, [&](ValueId in) { return in == no_value || graph.value(in).is_constant(); });
  if (reads_constants_only) {  // DEQUANTIZE of weights, which reals_of looks through
    if (std::holds_alternative<Dequantize>(node.op)) return {};
    return cannot(graph, id, text(rule_of(node.op).name, " of constants: it cannot be trained through"));
  }
  if (ends_in_softmax_) return cannot(graph, id, "a softmax that is not the last node cannot be trained through");
  const auto input = [&](std::size_t position) { return position < node.inputs.size() ? node.inputs[position] : no_value; };
  const bool is_split = std::holds_alternative<Split_>(node.op);   // its axis comes first
  TapeStep step{Kind::copy, input(is_split ? 1 : 0), no_value, node.outputs.empty() ? no_value : node.outputs.front()};
  if (step.output == no_value || step.first == no_value || graph.value(step.output).shape.elements() > limits::elements)
    return cannot(graph, id, text(rule_of(node.op).name, " cannot be trained"));
  const Shape &in = graph.value(step.first).shape, &out = graph.value(step.output).shape;
  step.stage.in = extents_of(in);
  step.stage.out = extents_of(out);

  if (std::holds_alternative<UnidirectionalSequenceLstm>(node.op)) return add_lstm(graph, id, std::move(step));
  if (is_split || std::holds_alternative<StridedSlice>(node.op) || std::holds_alternative<Slice>(node.op) || std::holds_alternative<Transpose>(node.op) ||
      std::holds_alternative<Gather>(node.op) || std::holds_alternative<SplitV>(node.op) || std::holds_alternative<Unpack>(node.op) ||
      std::holds_alternative<Concatenation>(node.op) || std::holds_alternative<Pack>(node.op))
    return add_move(graph, id, std::move(step));
  if (const auto* conv = std::get_if<Conv2d>(&node.op)) {
    const Shape& weights = graph.value(input(1)).shape;
    if (weights[3] != in[3])
      return cannot(graph, id, text("CONV_2D in ", in[3] / std::max<std::int64_t>(weights[3], 1), " groups cannot be trained"));
    step.kind = Kind::convolution;
    step.bend = bend_of(conv->activation);
    step.stage = windows(LayerKind::convolution, in, out, conv->window, static_cast<int>(weights[1]), static_cast<int>(weights[2]));
    return add_layer(graph, id, std::move(step), input(1), input(2), step.stage.out.c);
  }
  if (const auto* depthwise = std::get_if<DepthwiseConv2d>(&node.op)) {
    const Shape& weights = graph.value(input(1)).shape;
    step.kind = Kind::depthwise;
    step.bend = bend_of(depthwise->activation);
    step.stage = windows(LayerKind::depthwise, in, out, depthwise->window, static_cast<int>(weights[1]), static_cast<int>(weights[2]));
    return add_layer(graph, id, std::move(step), input(1), input(2), step.stage.out.c);
  }
  if (const auto* dense = std::get_if<FullyConnected>(&node.op)) {
    const Shape& weights = graph.value(input(1)).shape;
    if (weights.rank() != 2) return cannot(graph, id, "FULLY_CONNECTED with computed weights cannot be trained");
    const auto depth = static_cast<std::ptrdiff_t>(weights[1]), channels = static_cast<std::ptrdiff_t>(weights[0]);
    const auto rows = static_cast<std::ptrdiff_t>(in.elements()) / depth;  // several rows share the weights: a 1x1 convolution over them
    step.kind = Kind::convolution;
    step.bend = bend_of(dense->activation);
    step.stage = Stage{LayerKind::dense, {1, rows, depth}, {1, rows, channels}, 1, 1, 1, 1, 0, 0, Bend::none, 0, 0, 0, 0};
    return add_layer(graph, id, std::move(step), input(1), input(2), channels);
  }
  if (const auto* pool = std::get_if<AvgPool2d>(&node.op)) {
    step.kind = Kind::pool;
    step.bend = bend_of(pool->activation);
    step.stage = windows(LayerKind::average_pool, in, out, pool->window, pool->kernel_h, pool->kernel_w);
    step.averages_codes = graph.value(step.output).type == DType::int8 && pool->window.padding == Padding::valid;
  } else if (const auto* max_pool = std::get_if<MaxPool2d>(&node.op)) {
    step.kind = Kind::pool;
    step.bend = bend_of(max_pool->activation);
    step.stage = windows(LayerKind::max_pool, in, out, max_pool->window, max_pool->kernel_h, max_pool->kernel_w);
  } else if (std::holds_alternative<Mean>(node.op)) {
    const auto axes = constant_integers(graph.input(node, 1), "axes");
    const auto named = axes ? named_axes(*axes, in.rank()) : std::unexpected(axes.error());
    if (!named) return cannot(graph, id, named.error().reason);
    if (in.rank() != 4 || *named != std::vector<bool>{false, true, true, false})
      return cannot(graph, id, "MEAN over other axes than height and width cannot be trained");
    step.kind = Kind::pool;
    step.stage = Stage{LayerKind::global_average_pool, step.stage.in, {1, 1, step.stage.in.c}, step.stage.in.h, step.stage.in.w, 1, 1, 0, 0, Bend::none, 0, 0, 0, 0};
  } else if (const auto* add = std::get_if<Add>(&node.op)) {
    step.kind = Kind::add;
    step.bend = bend_of(add->activation);
    if (auto ok = add_operands(graph, id, step); !ok) return ok;
  } else if (const auto* sub = std::get_if<Sub>(&node.op)) {
    step.kind = Kind::subtract;
    step.bend = bend_of(sub->activation);
    if (auto ok = add_operands(graph, id, step); !ok) return ok;
  } else if (const auto* mul = std::get_if<Mul>(&node.op)) {
    step.kind = Kind::multiply;
    step.bend = bend_of(mul->activation);
    if (auto ok = add_operands(graph, id, step); !ok) return ok;
  } else if (std::holds_alternative<Pad>(node.op)) {
    const auto paddings = constant_integers(graph.input(node, 1), "paddings");
    if (!paddings) return cannot(graph, id, paddings.error().reason);
    const std::vector<std::int64_t>& p = *paddings;
    if (in.rank() != 4 || p.size() != 8 || p[0] != 0 || p[1] != 0 || p[6] != 0 || p[7] != 0)
      return cannot(graph, id, "PAD of other axes than height and width cannot be trained");
    step.kind = Kind::pad;
    step.stage.before_h = static_cast<std::ptrdiff_t>(p[2]);
    step.stage.before_w = static_cast<std::ptrdiff_t>(p[4]);
  } else if (const auto* last = std::get_if<Softmax>(&node.op)) {
    if (step.output != output_ || in.back() != static_cast<std::int64_t>(in.elements()))
      return cannot(graph, id, "a softmax that is not the last node, or goes over several rows, cannot be trained through");
    step.kind = Kind::softmax;
    step.slope = last->beta;
    ends_in_softmax_ = true;
    scores_ = step.first;
  } else if (std::holds_alternative<Relu>(node.op)) {
    step.bend = Bend::relu;
  } else if (std::holds_alternative<Relu6>(node.op)) {
    step.bend = Bend::relu6;
  } else if (std::holds_alternative<ReluN1To1>(node.op)) {
    step.bend = Bend::relu_n1_to_1;
  } else if (const auto* leaky = std::get_if<LeakyRelu>(&node.op)) {
    if (leaky->alpha < 0.0f) return cannot(graph, id, "LEAKY_RELU with a negative slope cannot be trained");
    step.bend = Bend::leaky_relu;
    step.slope = leaky->alpha;
  } else if (std::holds_alternative<Logistic>(node.op)) {
    step.bend = Bend::logistic;
  } else if (std::holds_alternative<Tanh>(node.op)) {
    step.bend = Bend::tanh;
  } else if (!std::holds_alternative<Reshape>(node.op) && !std::holds_alternative<Squeeze>(node.op) && !std::holds_alternative<ExpandDims>(node.op) &&
             !std::holds_alternative<Quantize>(node.op) && !std::holds_alternative<Dequantize>(node.op)) {
    const bool is_recurrent = std::holds_alternative<Recurrent>(node.op);
    return cannot(graph, id, is_recurrent ? text("this recurrence cannot be trained: ", why_not_unrolled(graph, node))
                                          : text(rule_of(node.op).name, " has no backward pass here, so this model cannot be trained"),
                  "Compress it without training, or train it elsewhere and open the result");
  }
  steps_.push_back(std::move(step));
  return {};
}

Result<void> Tape::load(const Graph& graph) {
  assert(graph.values.size() == values_.size());
  take_grid(input_grid_, graph.value(input_));
  for (TapeStep& step : steps_) take_grid(step, graph.value(step.output));
  for (const PairStep& each : pairs_) {
    auto pair = pair_of(graph, graph.node(each.node));
    if (!pair) return std::unexpected(pair.error());
    steps_[each.step].pair = *pair;
  }
  for (const Run& run : runs_) {
    const TapeLayer& layer = layers_[run.layer];
    const Node& node = graph.node(run.node);
    TapeStep& step = steps_[run.step];
    const auto put = [&](ValueId id, std::size_t first, std::size_t count) {
      const std::vector<float> reals = reals_of(graph, id);
      assert(reals.size() == count);
      std::copy_n(reals.begin(), count, parameters_.begin() + static_cast<std::ptrdiff_t>(first));
    };
    if (step.kind == Kind::lstm) {
      std::size_t first = layer.weights;
      for (const std::size_t operand : lstm_operands) {
        const auto count = static_cast<std::size_t>(graph.input(node, operand)->shape.elements());
        put(node.inputs[operand], first, count);
        first += count;
      }
      step.integers.reset();
      if (graph.output(node).type == DType::float32) continue;
      auto integers = LstmSteps::prepare(graph, run.node);
      if (!integers) return std::unexpected(integers.error());
      step.integers = std::move(*integers);
      continue;
    }
    take_multipliers(step, graph, node);
    step.own_biases.clear();
    if (step.is_first_run) {
      put(node.inputs[1], layer.weights, layer.weight_count);
      if (layer.has_bias) put(node.inputs[2], layer.biases, layer.bias_count);
    } else if (layer.has_bias && graph.value(node.inputs[2]).type != DType::float32) {
      step.own_biases = reals_of(graph, node.inputs[2]);
    }
  }
  return {};
}

void Tape::draw_parameters(std::uint64_t seed) {
  Random random(seed);
  std::ranges::fill(parameters_, 0.0f);
  for (const TapeStep& step : steps_) {
    if (step.stage.weight_count == 0 || !step.is_first_run) continue;
    const float reach = reach_of_new_weights(step.stage, step.bend);
    for (float& weight : std::span(parameters_).subspan(step.stage.weights, step.stage.weight_count)) weight = static_cast<float>(random.uniform(-1.0, 1.0)) * reach;
    if (step.kind == Kind::lstm) std::ranges::fill(std::span(parameters_).subspan(step.stage.biases + static_cast<std::size_t>(step.stage.out.c), static_cast<std::size_t>(step.stage.out.c)), 1.0f);
  }
}

/// What the integers of an LSTM answer to the minibatch, sample by sample and step by step.
void Tape::run_lstm(TapeStep& step, std::span<const float> input, std::span<float> output) {
  const auto inputs = static_cast<std::size_t>(step.stage.in.c), count = static_cast<std::size_t>(step.stage.out.c), steps = static_cast<std::size_t>(step.stage.in.h);
  cells_.resize(output.size());
  for (std::size_t row = 0; row * inputs < input.size(); ++row) {
    if (row % steps == 0) step.integers->reset();
    step.integers->step(input.subspan(row * inputs, inputs));
    step.integers->outputs(output.subspan(row * count, count));
    step.integers->cells(std::span(cells_).subspan(row * count, count));
  }
}

float Tape::other_operand(const TapeStep& step, std::size_t element) const {
  return step.second == no_value ? step.constant[element % step.constant.size()] : values_[at(step.second)][element];
}

/// The codes that the kernels make of two operands, in place of those nearest to their real sum, difference or product.
void Tape::round_as_integers(const TapeStep& step, std::span<const float> input, std::span<float> output) const {
  std::visit(
      [&](const auto& integers) {
        const auto code = [](float real, float scale, std::int32_t zero) { return static_cast<std::int32_t>(std::nearbyint(real / scale)) + zero; };   // on its grid already
        for (std::size_t k = 0; k < output.size(); ++k) {
          const float one = input[k], other = other_operand(step, k), a = step.constant_is_first ? other : one, b = step.constant_is_first ? one : other;
          output[k] = dequantize(integers(code(a, step.pair->scale_a, integers.zero_a), code(b, step.pair->scale_b, integers.zero_b)), step.scale, step.zero_point);
        }
      },
      step.pair->of);
}

void Tape::forward(std::span<const float> samples) {
  pass_.samples = static_cast<std::ptrdiff_t>(samples.size()) / inputs_;
  std::vector<float>& first = values_[at(input_)];
  first.assign(samples.begin(), samples.end());
  finish(input_grid_, first, scratch_);
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    TapeStep& step = steps_[i];
    const Stage& stage = step.stage;
    const std::vector<float>& input = values_[at(step.first)];
    std::vector<float>& output = values_[at(step.output)];
    const Parameters parameters{parameters_.data() + stage.weights, step.own_biases.empty() ? parameters_.data() + stage.biases : step.own_biases.data()};
    output.resize(static_cast<std::size_t>(pass_.samples * stage.out.elements()));
    switch (step.kind) {
      case Kind::convolution: convolve(stage, parameters, input.data(), output.data(), pass_); break;
      case Kind::depthwise: convolve_depthwise(stage, parameters, input.data(), output.data(), pass_.samples); break;
      case Kind::pool: pool(stage, input.data(), output.data(), pass_.samples); break;
      case Kind::add:
        for (std::size_t k = 0; k < output.size(); ++k) output[k] = input[k] + other_operand(step, k);
        break;
      case Kind::subtract:
        for (std::size_t k = 0; k < output.size(); ++k) output[k] = step.constant_is_first ? other_operand(step, k) - input[k] : input[k] - other_operand(step, k);
        break;
      case Kind::multiply:
        for (std::size_t k = 0; k < output.size(); ++k) output[k] = input[k] * other_operand(step, k);
        break;
      case Kind::pad:
        std::fill(output.begin(), output.end(), 0.0f);
        for_each_padded_row(stage, pass_.samples, [&](std::ptrdiff_t from, std::ptrdiff_t to, std::ptrdiff_t count) {
          std::copy_n(input.begin() + from, count, output.begin() + to);
        });
        break;
      case Kind::copy: std::copy(input.begin(), input.end(), output.begin()); break;
      case Kind::move:
        for_each_moved(step, output.size(), [&](ValueId part, std::size_t from, std::size_t to) { output[to] = values_[at(part)][from]; });
        break;
      case Kind::lstm:
        if (step.integers) run_lstm(step, input, output);
        lstm(stage, parameters, input.data(), output.data(), pass_, memories_[i], step.integers ? cells_.data() : nullptr);
        break;
      case Kind::softmax: softmax(input, stage.in.elements(), step.slope, output); break;
    }
    finish(step, output, before_[i]);
    if (step.pair) round_as_integers(step, input, output);
  }
}

void Tape::backward(std::span<const float> score_gradients, std::span<float> parameter_gradients) {
  assert(parameter_gradients.size() == parameters_.size() && score_gradients.size() == scores().size());
  std::fill(parameter_gradients.begin(), parameter_gradients.end(), 0.0f);
  std::fill(has_gradient_.begin(), has_gradient_.end(), std::uint8_t{0});
  gradients_[at(scores_)].assign(score_gradients.begin(), score_gradients.end());
  has_gradient_[at(scores_)] = 1;
  for (std::size_t i = steps_.size(); i-- > 0;) {
    TapeStep& step = steps_[i];
    if (step.kind == Kind::softmax || !has_gradient_[at(step.output)]) continue;
    const Stage& stage = step.stage;
    std::vector<float>& gradient = gradients_[at(step.output)];
    const std::vector<float>& bent_values = step.scale == 0.0f ? values_[at(step.output)] : before_[i];
    const Reach reach = reach_of(step);
    if (step.scale != 0.0f)
      for (std::size_t k = 0; k < gradient.size(); ++k) gradient[k] = bent_values[k] < reach.low || bent_values[k] > reach.high ? 0.0f : gradient[k];
    multiply_by_slopes(step.bend, step.slope, bent_values, gradient);

    // Overwrites what has no gradient yet, adds to what has: a value may be read twice.
    const auto hand_to = [&](ValueId id, const auto& write) {
      if (id == input_) return;
      std::vector<float>& into = gradients_[at(id)];
      const std::size_t count = values_[at(id)].size();
      std::vector<float>& fresh = has_gradient_[at(id)] ? scratch_ : into;
      fresh.resize(count);
      write(fresh.data());
      if (has_gradient_[at(id)])
        for (std::size_t k = 0; k < count; ++k) into[k] += fresh[k];
      has_gradient_[at(id)] = 1;
    };
    const float* input = values_[at(step.first)].data();
    const Parameters parameters{parameters_.data() + stage.weights, parameters_.data() + stage.biases};
    const bool has_parameters = step.kind == Kind::convolution || step.kind == Kind::depthwise || step.kind == Kind::lstm;
    const bool is_one_of_several = has_parameters && run_counts_[step.layer] > 1;
    const std::size_t parameter_count = stage.weight_count + stage.bias_count;   // biases follow the weights
    if (is_one_of_several) run_gradients_.resize(parameter_count);
    const std::span<float> own = is_one_of_several ? std::span(run_gradients_) : parameter_gradients.subspan(stage.weights, parameter_count);
    const ParameterGradients into{own.data(), own.data() + stage.weight_count};
    switch (step.kind) {
      case Kind::convolution:
        if (step.first == input_) convolve_backward(stage, parameters, input, gradient.data(), nullptr, into, pass_);
        else hand_to(step.first, [&](float* to) { convolve_backward(stage, parameters, input, gradient.data(), to, into, pass_); });
        break;
      case Kind::depthwise:
        if (step.first == input_) convolve_depthwise_backward(stage, parameters, input, gradient.data(), nullptr, into, pass_.samples);
        else hand_to(step.first, [&](float* to) { convolve_depthwise_backward(stage, parameters, input, gradient.data(), to, into, pass_.samples); });
        break;
      case Kind::lstm: {
        const auto write = [&](float* to) { lstm_backward(stage, parameters, input, values_[at(step.output)].data(), gradient.data(), to, into, pass_, memories_[i], reach); };
        if (step.first == input_) write(nullptr);
        else hand_to(step.first, write);
        break;
      }
      case Kind::move:
        for (const auto& [id, elements] : step.parts)
          if (id != input_ && !has_gradient_[at(id)]) hand_to(id, [&](float* to) { std::fill_n(to, values_[at(id)].size(), 0.0f); });
        for_each_moved(step, gradient.size(), [&](ValueId part, std::size_t from, std::size_t k) {
          if (part != input_) gradients_[at(part)][from] += gradient[k];
        });
        break;
      case Kind::pool:
        hand_to(step.first, [&](float* to) { pool_backward(stage, input, gradient.data(), to, pass_.samples); });
        break;
      case Kind::subtract:
        hand_to(step.first, [&](float* to) {
          for (std::size_t k = 0; k < gradient.size(); ++k) to[k] = step.constant_is_first ? -gradient[k] : gradient[k];
        });
        if (step.second != no_value)
          hand_to(step.second, [&](float* to) { std::ranges::transform(gradient, to, std::negate()); });
        break;
      case Kind::multiply:
        hand_to(step.first, [&](float* to) {
          for (std::size_t k = 0; k < gradient.size(); ++k) to[k] = gradient[k] * other_operand(step, k);
        });
        if (step.second != no_value)
          hand_to(step.second, [&](float* to) {
            for (std::size_t k = 0; k < gradient.size(); ++k) to[k] = gradient[k] * input[k];
          });
        break;
      case Kind::add:
      case Kind::copy:
        for (const ValueId id : {step.first, step.second})
          if (id != no_value) hand_to(id, [&](float* to) { std::copy(gradient.begin(), gradient.end(), to); });
        break;
      case Kind::pad:
        hand_to(step.first, [&](float* to) {
          for_each_padded_row(stage, pass_.samples, [&](std::ptrdiff_t from, std::ptrdiff_t padded, std::ptrdiff_t count) {
            std::copy_n(gradient.begin() + padded, count, to + from);
          });
        });
        break;
      case Kind::softmax: break;
    }
    if (is_one_of_several)
      for (std::size_t k = 0; k < parameter_count; ++k) parameter_gradients[stage.weights + k] += own[k];
  }
}

}  // namespace edgewise::train
