#include "core/labs/pipeline.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include "core/base/text.h"
#include "core/labs/words.h"
#include "core/run/run.h"

namespace edgewise::labs {

namespace {

enum At { arithmetic_at, layer_at, channel_at, position_at, sample_at };

constexpr std::string_view arithmetics[] = {"as TensorFlow Lite", "shift only", "without zero points"};

constexpr std::array fields = {
    Field{.key = "arithmetic", .label = "Arithmetic", .unit = "", .lowest = 0, .highest = 2, .initial = 0, .step = 1, .choices = arithmetics,
          .why = "Shift only: a power of two in place of the multiplier, as the chapter prints it. Without zero points: the codes are multiplied as they are."},
    Field{.key = "layer", .label = "Layer", .unit = "", .lowest = 1, .highest = 500, .initial = 1, .step = 1, .why = "Convolutions, depthwise and dense layers of the model, in the order they run."},
    Field{.key = "channel", .label = "Output channel", .unit = "", .lowest = 1, .highest = 4096, .initial = 8, .step = 1, .why = "Each has weights, a bias and a multiplier of its own. The eighth of the first model is one that its relu does not cut."},
    Field{.key = "position", .label = "Place in the picture", .unit = "", .lowest = 1, .highest = 65536, .initial = 1, .step = 1, .why = "Where the window of a convolution stands. A dense layer has one place."},
    Field{.key = "sample", .label = "Sample", .unit = "", .lowest = 1, .highest = 100000, .initial = 1, .step = 1, .why = "A row of the data that was not used to calibrate."},
};

constexpr std::array presets = {
    Preset{"as TensorFlow Lite", ""},
    Preset{"a shift for the multiplier", "arithmetic=1"},
    Preset{"without zero points", "arithmetic=2"},
    Preset{"the last layer of three", "layer=3"},
};

constexpr std::size_t most_points = 400;   // in a picture: more would be a stain

std::optional<Activation> activation_of(const Op& op) {
  if (const auto* conv = std::get_if<Conv2d>(&op)) return conv->activation;
  if (const auto* depthwise = std::get_if<DepthwiseConv2d>(&op)) return depthwise->activation;
  if (const auto* dense = std::get_if<FullyConnected>(&op)) return dense->activation;
  return {};
}

bool holds(const std::vector<ValueId>& ids, ValueId id) { return std::ranges::find(ids, id) != ids.end(); }

template <class T>
std::vector<T> copied(const TensorView& view) {
  const auto elements = view.as<T>();
  return {elements.begin(), elements.end()};
}

/// 2^-n nearest to the multiplier, on a scale of ratios: it is at most sqrt(2) too large or too small.
int nearest_shift(Multiplier by) {
  if (by.mantissa == 0) return 31;
  return static_cast<int>(std::lround(-std::log2(std::ldexp(by.mantissa, by.shift - 31))));
}

/// x / 2^by, toward minus infinity, as >> has it; to the left where `by` is below 0.
std::int32_t shifted_right(std::int32_t x, int by) {
  return by >= 0 ? x >> std::min(by, 31) : saturate_to_int32(std::int64_t{x} * (std::int64_t{1} << std::min(-by, 31)));
}

}  // namespace

std::vector<Layer> traceable_layers(const Graph& integers) {
  std::vector<Layer> found;
  for (Layer& layer : layers_of(integers)) {
    const Node& node = integers.node(layer.node);
    const auto types = activation_of(node.op) ? kernels::layer_types({integers, node}) : Result<kernels::LayerTypes>(kernels::LayerTypes::float32);
    if (types && *types == kernels::LayerTypes::int8 && integers.output(node).bits == 0) found.push_back(std::move(layer));
  }
  return found;
}

Result<TracedLayer> trace(const Subject& subject, const Layer& layer, std::uint32_t row) {
  const Graph& graph = *subject.integers;
  const Node& node = graph.node(layer.node);
  const kernels::Site site{graph, node};
  TracedLayer traced{.graph = subject.integers, .layer = layer, .input = {}, .output = {}, .reals = {}, .weights = site.in(1).view().as<std::int8_t>(), .bias = {}, .integers = {}, .weight_scales = site.in(1).grid.scale};
  if (const Value* bias = site.optional(2)) traced.bias = bias->view().as<std::int32_t>();
  const bool is_in_float = std::holds_alternative<FullyConnected>(node.op) && !site.in(1).grid.per_channel();   // as the kernels have it
  auto integers = kernels::integer_layer(site, *activation_of(node.op), static_cast<std::size_t>(layer.channels), is_in_float ? kernels::ScaleProduct::in_float : kernels::ScaleProduct::in_double);
  if (!integers) return std::unexpected(integers.error());
  traced.integers = *std::move(integers);
  traced.input_scale = site.in(0).grid.scale.front();
  traced.output_scale = site.out().grid.scale.front();

  const auto sample = subject.data->row(row);
  auto integer_run = Runner::prepare(subject.integers);
  if (!integer_run) return std::unexpected(integer_run.error());
  integer_run->set_input(0, sample);
  const ValueId in = node.inputs.front(), out = node.outputs.front();
  if (graph.inputs.front() == in) {
    const auto codes = std::as_const(*integer_run).value(in).as<std::int8_t>();
    traced.input.assign(codes.begin(), codes.end());
  }
  auto ran = integer_run->run([&](NodeId id) {
    if (holds(graph.node(id).outputs, in)) traced.input = copied<std::int8_t>(integer_run->value(in));
    if (id == layer.node) traced.output = copied<std::int8_t>(integer_run->value(out));
  });
  if (!ran) return std::unexpected(ran.error());

  const std::vector<Layer> real_layers = layers_of(*subject.reals);
  const auto same = std::ranges::find(real_layers, layer.name, &Layer::name);
  if (same == real_layers.end()) return fail(text("the float model has no layer ", layer.name));
  auto real_run = Runner::prepare(subject.reals);
  if (!real_run) return std::unexpected(real_run.error());
  real_run->set_input(0, sample);
  ran = real_run->run([&](NodeId id) {
    if (id == same->node) traced.reals = copied<float>(real_run->value(subject.reals->node(id).outputs.front()));
  });
  if (!ran) return std::unexpected(ran.error());
  if (traced.input.empty() || traced.output.empty() || traced.reals.size() != traced.output.size()) return fail(text("layer ", layer.name, " was not run"));
  return traced;
}

namespace {

/// Calls visit(position in the input, position in the weights) for each product of output `index`, in the engine's order.
template <class Visit>
void visit_taps(const TracedLayer& traced, std::int64_t index, Visit visit) {
  const Node& node = traced.graph->node(traced.layer.node);
  const kernels::Site site{*traced.graph, node};
  const Shape& weights = site.in(1).shape;
  const std::int64_t channels = traced.layer.channels, channel = index % channels, place = index / channels;
  if (std::holds_alternative<FullyConnected>(node.op)) {
    for (std::int64_t i = 0; i < weights[1]; ++i) visit(place * weights[1] + i, channel * weights[1] + i);
    return;
  }
  const auto* conv = std::get_if<Conv2d>(&node.op);
  const kernels::Geometry g = kernels::geometry_of(site, conv ? conv->window : std::get<DepthwiseConv2d>(node.op).window, weights[1], weights[2]);
  const std::int64_t x = place % g.out_w, y = place / g.out_w % g.out_h, n = place / (g.out_w * g.out_h);
  const std::int64_t depth = conv ? weights[3] : 1;                                                                        // input channels that an output channel sees
  const std::int64_t first = conv ? channel / (channels / (g.in_c / depth)) * depth : channel / (channels / g.in_c);   // the first of them
  for (std::int64_t ky = 0; ky < g.kernel_h; ++ky)
    for (std::int64_t kx = 0; kx < g.kernel_w; ++kx) {
      const std::int64_t in_y = y * g.stride_h + ky * g.dilation_h - g.before_h, in_x = x * g.stride_w + kx * g.dilation_w - g.before_w;
      if (in_y < 0 || in_y >= g.in_h || in_x < 0 || in_x >= g.in_w) continue;
      const std::int64_t in = ((n * g.in_h + in_y) * g.in_w + in_x) * g.in_c + first;
      for (std::int64_t c = 0; c < depth; ++c) visit(in + c, conv ? ((channel * g.kernel_h + ky) * g.kernel_w + kx) * depth + c : (ky * g.kernel_w + kx) * channels + channel);
    }
}

/// The sums of one output's products: with zero points subtracted, and of the codes as they are.
struct Sums {
  std::int64_t shifted = 0, raw = 0;
};
Sums sums_of(const TracedLayer& traced, std::int64_t index) {
  const std::int32_t input_zero = traced.integers.input_zero, weight_zero = traced.integers.weight_zero[static_cast<std::size_t>(index % traced.layer.channels)];
  Sums sums;
  visit_taps(traced, index, [&](std::int64_t at, std::int64_t weight_at) {
    const std::int64_t code = traced.input[static_cast<std::size_t>(at)], weight = traced.weights[static_cast<std::size_t>(weight_at)];
    sums.shifted += (code - input_zero) * (weight - weight_zero);
    sums.raw += code * weight;
  });
  return sums;
}

Computed finished(const TracedLayer& traced, std::int64_t index, const Sums& sums, Arithmetic arithmetic) {
  const auto channel = static_cast<std::size_t>(index % traced.layer.channels);
  const kernels::IntegerLayer& layer = traced.integers;
  const bool has_zero_points = arithmetic != Arithmetic::without_zero_points;
  Computed made;
  made.products = has_zero_points ? sums.shifted : sums.raw;
  made.bias = traced.bias.empty() ? 0 : traced.bias[channel];
  made.sum = static_cast<std::int32_t>(made.products + made.bias);   // graph/check: it fits 32 bits
  const Multiplier by = layer.multiplier[channel];
  if (arithmetic == Arithmetic::shift_only) {
    made.right = nearest_shift(by);
    made.shifted_left = made.high = made.sum;
    made.scaled = shifted_right(made.sum, made.right);
  } else if (!layer.factor.empty()) {   // ONNX Runtime's rounding, in float
    made.shifted_left = made.high = made.sum;
    made.scaled = static_cast<std::int32_t>(std::nearbyint(static_cast<float>(made.sum) * layer.factor[channel]));
  } else {
    made.right = std::max(0, -by.shift);
    made.shifted_left = by.shift > 0 ? saturate_to_int32(std::int64_t{made.sum} * (std::int64_t{1} << by.shift)) : made.sum;
    made.high = high_product(made.shifted_left, by.mantissa);
    made.scaled = rounding_shift_right(made.high, made.right);
  }
  made.unclamped = std::int64_t{made.scaled} + (has_zero_points ? layer.output.zero_point : 0);
  made.code = static_cast<std::int32_t>(std::clamp<std::int64_t>(made.unclamped, layer.output.lowest, layer.output.highest));
  made.real = static_cast<double>(traced.output_scale) * (made.code - layer.output.zero_point);
  return made;
}

}  // namespace

std::vector<Tap> taps_of(const TracedLayer& traced, std::int64_t index) {
  std::vector<Tap> taps;
  visit_taps(traced, index, [&](std::int64_t at, std::int64_t weight_at) { taps.push_back({at, weight_at}); });
  return taps;
}

Computed compute(const TracedLayer& traced, std::int64_t index, Arithmetic arithmetic) { return finished(traced, index, sums_of(traced, index), arithmetic); }

namespace {

/// What is said of the output that was chosen, and of the layer around it.
struct Chosen {
  const Subject& subject;
  const TracedLayer& traced;
  Arithmetic arithmetic;
  std::int64_t index;
  std::uint32_t row;
  std::array<Computed, 3> made{};                // by Arithmetic
  std::array<std::vector<double>, 3> all{};      // every output of the layer, as it comes out
  std::array<double, 3> rms{};                   // of (what comes out - float), in steps

  std::size_t channel() const { return static_cast<std::size_t>(index % traced.layer.channels); }
  std::int64_t place() const { return index / traced.layer.channels; }
  const Computed& now() const { return made[static_cast<std::size_t>(arithmetic)]; }
  double rms_now() const { return rms[static_cast<std::size_t>(arithmetic)]; }
  double real() const { return static_cast<double>(traced.reals[static_cast<std::size_t>(index)]); }
  double scale() const { return static_cast<double>(traced.output_scale); }
  double weight_scale() const { return static_cast<double>(traced.weight_scales[traced.weight_scales.size() > 1 ? channel() : 0]); }
  double steps_off(const Computed& computed) const { return (computed.real - real()) / scale(); }
  Multiplier multiplier() const { return traced.integers.multiplier[channel()]; }
  double multiplier_real() const { return std::ldexp(multiplier().mantissa, multiplier().shift - 31); }
  bool has_zero_points() const { return arithmetic != Arithmetic::without_zero_points; }
};

void compute_all(Chosen& c) {
  std::array<double, 3> squares{};
  for (std::size_t i = 0; i < c.traced.reals.size(); ++i) {
    const auto index = static_cast<std::int64_t>(i);
    const Sums sums = sums_of(c.traced, index);
    for (std::size_t k = 0; k < squares.size(); ++k) {
      const Computed made = finished(c.traced, index, sums, static_cast<Arithmetic>(k));
      const double off = (made.real - static_cast<double>(c.traced.reals[i])) / c.scale();
      squares[k] += off * off;
      c.all[k].push_back(made.real);
      if (index == c.index) c.made[k] = made;
    }
  }
  for (std::size_t k = 0; k < squares.size(); ++k) c.rms[k] = std::sqrt(squares[k] / static_cast<double>(c.traced.reals.size()));
}

std::string place_text(const TracedLayer& traced, std::int64_t place) {
  const Shape& out = traced.graph->output(traced.graph->node(traced.layer.node)).shape;
  if (out.rank() != 4) return text(place + 1);
  return text("row ", place / out[2] % out[1] + 1, ", column ", place % out[2] + 1);
}

std::string sample_text(const Subject& subject, std::uint32_t row) {
  if (subject.is_noise) return text("noise ", row);
  std::string said = text("row ", row);
  if (row >= subject.data->labels.size()) return said;
  const auto label = static_cast<std::size_t>(subject.data->labels[row]);
  return said + (label < subject.data->class_names.size() ? text(": ", subject.data->class_names[label]) : text(": class ", label));
}

// 12 stays "12", -4 becomes "(-4)"; thousands are grouped.
std::string whole(std::int64_t value) { return value < 0 ? text("-", grouped(static_cast<std::uint64_t>(-value))) : grouped(static_cast<std::uint64_t>(value)); }
std::string signed_term(std::int64_t value) { return value < 0 ? text("- ", grouped(static_cast<std::uint64_t>(-value))) : text("+ ", grouped(static_cast<std::uint64_t>(value))); }

Stage input_step(const Chosen& c, std::size_t taps) {
  const Graph& graph = *c.traced.graph;
  const ValueId in = graph.node(c.traced.layer.node).inputs.front();
  const bool is_first = holds(graph.inputs, in) ||
                        std::ranges::any_of(graph.nodes, [&](const Node& node) { return std::holds_alternative<Quantize>(node.op) && holds(node.outputs, in); });
  const float scale = c.traced.input_scale;
  const std::int32_t zero = c.traced.integers.input_zero;
  Stage step{.key = "input", .title = is_first ? "The sample becomes codes" : "Codes come from the layer before", .result = text(taps, " codes"), .formula = is_first ? "code = clamp(round(x / S_x) + Z_x)" : "x = S_x * (code - Z_x)",
            .numbers = text("S_x = ", brief(static_cast<double>(scale), 4), ", Z_x = ", zero, ": code ", zero, " is the real number 0"),
            .about = "Eight bits hold 256 numbers. A scale and a zero point say which."};
  if (taps > 0 && is_first) {
    const Tap tap = taps_of(c.traced, c.index).front();
    const auto x = c.subject.data->row(c.row)[static_cast<std::size_t>(tap.input)];
    step.numbers = text("the first: round(", brief(static_cast<double>(x), 4), " / ", brief(static_cast<double>(scale), 4), ") ", signed_term(zero), " = ", c.traced.input[static_cast<std::size_t>(tap.input)]);
  }
  return step;
}

Stage sum_step(const Chosen& c) {
  const auto zero = c.has_zero_points() ? c.traced.integers.input_zero : 0;
  const auto weight_zero = c.has_zero_points() ? c.traced.integers.weight_zero[c.channel()] : 0;
  Stage step{.key = "sum", .title = "Multiply, add, and the bias", .result = text("sum ", whole(c.now().sum)),
            .formula = c.has_zero_points() ? "sum = q_b + sum of (q_x - Z_x) * q_w, in 32 bits; q_b = round(b / (S_x * S_w))" : "sum = q_b + sum of q_x * q_w",
            .numbers = text("products ", whole(c.now().products), ", bias ", whole(c.now().bias), ": ", whole(c.now().products), " ", signed_term(c.now().bias), " = ", whole(c.now().sum)),
            .about = c.has_zero_points() ? "A product of two codes has 16 bits; a sum of many needs 32. The bias is on the grid of the products, so that it can be added to them."
                                         : text("Every product is off by Z_x * q_w = ", c.traced.integers.input_zero, " * q_w: what should be real 0 takes part."),
            .tone = c.has_zero_points() ? Tone::plain : Tone::bad};
  step.table = {.title = "Every product, in the order they are added", .header = {"", "x", "q_x", "q_x - Z_x", "q_w", "product", "sum so far"}, .rows = {}};
  std::int64_t sum = 0;
  for (const Tap& tap : taps_of(c.traced, c.index)) {
    const std::int32_t code = c.traced.input[static_cast<std::size_t>(tap.input)], weight = c.traced.weights[static_cast<std::size_t>(tap.weight)] - weight_zero;
    const std::int64_t product = std::int64_t{code - zero} * weight;
    sum += product;
    step.bars.push_back(static_cast<double>(product));
    step.table.rows.push_back({text(step.bars.size()), brief(static_cast<double>(c.traced.input_scale) * (code - c.traced.integers.input_zero), 3), text(code), text(code - zero), text(weight), whole(product), whole(sum)});
  }
  return step;
}

Stage scale_step(const Chosen& c) {
  const Computed& now = c.now();
  const Multiplier by = c.multiplier();
  Stage step{.key = "scale", .title = "To the grid of the output", .result = text(whole(now.scaled)), .formula = {}, .numbers = {}};
  const std::string scales = text("M = S_x * S_w / S_y = ", brief(static_cast<double>(c.traced.input_scale), 4), " * ", brief(c.weight_scale(), 4), " / ", brief(c.scale(), 4), " = ", brief(c.multiplier_real(), 5));
  if (c.arithmetic == Arithmetic::shift_only) {
    const double gain = std::exp2(-now.right) / c.multiplier_real();
    step.title = "A shift in place of the multiplier";
    step.formula = "sum >> n, with 2^-n nearest to M; nothing is rounded";
    step.numbers = text(whole(now.sum), " >> ", now.right, " = ", whole(now.scaled), "; M is ", brief(c.multiplier_real(), 5), ", 2^-", now.right, " is ", brief(std::exp2(-now.right), 5));
    step.about = text("This channel comes out ", percent(std::fabs(gain - 1)), gain > 1 ? " too large" : " too small", ". A power of two is up to 41 % too large or 29 % too small, and every channel is off by its own factor.");
    step.tone = Tone::bad;
  } else if (!c.traced.integers.factor.empty()) {
    step.formula = "round(sum * M), in float";
    step.numbers = text(scales, "; round(", whole(now.sum), " * M) = ", whole(now.scaled));
    step.about = "The file comes from ONNX, whose runtime rounds in float here.";
  } else {
    step.formula = "M = M0 * 2^-31 * 2^-n; high = round(sum * M0 / 2^31); high / 2^n, rounded";
    step.numbers = text("M0 = ", whole(by.mantissa), by.shift > 0 ? text(", sum * 2^", by.shift, " = ", whole(now.shifted_left)) : text(", n = ", now.right), "; high ", whole(now.high), "; ", whole(now.high), " / 2^", now.right, " rounded = ", whole(now.scaled));
    step.about = text(scales, ". It is no integer, so it is kept as 31 bits and a shift: M0 is within 2^-31 of it. Both divisions round to the nearest.");
  }
  return step;
}

Stage code_step(const Chosen& c) {
  const Computed& now = c.now();
  const OutputGrid& grid = c.traced.integers.output;
  const bool is_clamped = now.unclamped != now.code;
  Stage step{.key = "code", .title = c.has_zero_points() ? "Add the output's zero point, clamp" : "No zero point is added; clamp", .result = text("code ", now.code),
            .formula = c.has_zero_points() ? "code = clamp(scaled + Z_y, lowest, highest)" : "code = clamp(scaled, lowest, highest)",
            .numbers = c.has_zero_points() ? text("clamp(", whole(now.scaled), " ", signed_term(grid.zero_point), ") = clamp(", whole(now.unclamped), ") to ", grid.lowest, " ... ", grid.highest, " = ", now.code)
                                           : text("clamp(", whole(now.unclamped), ") to ", grid.lowest, " ... ", grid.highest, " = ", now.code, "; Z_y is ", grid.zero_point),
            .about = grid.lowest == grid.zero_point && is_clamped && now.code == grid.lowest ? "The lowest code is real 0: this clamp is the activation (relu)." : "The clamp is the activation and the saturation of eight bits in one."};
  if (!c.has_zero_points()) step.tone = Tone::bad;
  else if (is_clamped && now.code == grid.highest) step.tone = Tone::warning;
  return step;
}

Stage real_step(const Chosen& c) {
  const OutputGrid& grid = c.traced.integers.output;
  return {.key = "real", .title = "What the next layer takes it for", .result = brief(c.now().real, 4), .formula = "y = S_y * (code - Z_y)",
          .numbers = text(brief(c.scale(), 4), " * (", c.now().code, " ", signed_term(-grid.zero_point), ") = ", brief(c.now().real, 4), "; the float model has ", brief(c.real(), 4)),
          .about = "Only the last layer's codes are turned into real numbers. There is nothing to scale by a temperature."};
}

Picture layer_picture(const Chosen& c) {
  const std::size_t outputs = c.traced.reals.size(), every = (outputs + most_points - 1) / most_points;
  Picture picture{.title = "Every output of the layer: integers against float", .x_label = "output of the float model", .y_label = "what comes out of the integers", .curves = {}};
  const auto [low, high] = std::ranges::minmax(c.traced.reals);
  picture.curves.push_back({.label = "equal", .x = {static_cast<double>(low), static_cast<double>(high)}, .y = {static_cast<double>(low), static_cast<double>(high)}});
  const auto points = [&](Arithmetic arithmetic, std::string label, Tone tone) {
    Curve curve{.label = std::move(label), .x = {}, .y = {}, .stroke = Stroke::points, .tone = tone};
    for (std::size_t i = 0; i < outputs; i += every) {
      curve.x.push_back(static_cast<double>(c.traced.reals[i]));
      curve.y.push_back(c.all[static_cast<std::size_t>(arithmetic)][i]);
    }
    picture.curves.push_back(std::move(curve));
  };
  const std::string share = every > 1 ? text(", one output in ", every) : std::string();
  points(Arithmetic::tflite, text(arithmetics[0], share), Tone::good);
  if (c.arithmetic != Arithmetic::tflite) points(c.arithmetic, std::string(arithmetics[static_cast<std::size_t>(c.arithmetic)]), Tone::bad);
  picture.marks.push_back({.label = text("this output, ", brief(c.real())), .x = c.real()});
  return picture;
}

void add_figures(const Chosen& c, Outcome& out) {
  const Computed &now = c.now(), &right = c.made[0];
  const std::string source = "the engine's codes and multipliers; Jacob et al. 2018, section 2.2";
  const Tone tone = std::fabs(c.steps_off(now)) > 2 ? c.arithmetic == Arithmetic::tflite ? Tone::warning : Tone::bad : Tone::plain;
  out.figures.push_back({.key = "off_steps", .label = "This output is off by", .unit = "steps", .value = c.steps_off(now), .formula = "(what comes out - float) / S_y", .numbers = text("(", brief(now.real, 5), " - ", term(c.real(), 5), ") / ", brief(c.scale(), 4)), .source = source,
                         .tone = tone, .decimals = 2});
  out.figures.push_back({.key = "rms_steps", .label = "All outputs of the layer, rms", .unit = "steps", .value = c.rms_now(), .formula = "sqrt(mean of steps off squared)",
                         .numbers = text(c.traced.reals.size(), " outputs; as TensorFlow Lite computes it ", brief(c.rms[0])), .source = source, .tone = c.rms_now() > 2 * c.rms[0] ? Tone::bad : Tone::good, .decimals = 2});
  out.figures.push_back({.key = "real", .label = "Comes out as", .unit = "", .value = now.real, .formula = "S_y * (code - Z_y)", .numbers = text(brief(c.scale(), 5), " * (", now.code, " - ", term(c.traced.integers.output.zero_point), ")"), .source = source, .decimals = 4});
  out.figures.push_back({.key = "float_real", .label = "The float model has", .unit = "", .value = c.real(), .formula = "the same layer of the float model, from the same sample", .numbers = brief(c.real(), 6), .source = "the engine in float", .decimals = 4});
  out.figures.push_back({.key = "code", .label = "Code", .unit = "", .value = static_cast<double>(now.code), .formula = "clamp(scaled + Z_y)", .numbers = text("the engine's own is ", c.traced.output[static_cast<std::size_t>(c.index)]), .source = source, .tone = now.code == right.code ? Tone::plain : Tone::bad, .decimals = 0});
  out.figures.push_back({.key = "engine_code", .label = "Code of the engine", .unit = "", .value = static_cast<double>(c.traced.output[static_cast<std::size_t>(c.index)]), .formula = "what it leaves in memory after the layer", .numbers = text(right.code, " by the steps as TensorFlow Lite has them"), .source = "core/run", .decimals = 0});
  out.figures.push_back({.key = "sum", .label = "Sum with bias", .unit = "", .value = static_cast<double>(now.sum), .formula = "q_b + sum of (q_x - Z_x) * q_w", .numbers = text(whole(now.products), " ", signed_term(now.bias)), .source = source, .decimals = 0});
  out.figures.push_back({.key = "multiplier", .label = "Multiplier M", .unit = "", .value = c.multiplier_real(), .formula = "S_x * S_w / S_y", .numbers = text(brief(static_cast<double>(c.traced.input_scale), 5), " * ", brief(c.weight_scale(), 5), " / ", brief(c.scale(), 5)), .source = source, .decimals = 6});
  const int shift = nearest_shift(c.multiplier());
  if (c.multiplier().mantissa != 0)
    out.figures.push_back({.key = "shift_gain_percent", .label = "A shift in place of M would be off by", .unit = "%", .value = 100 * (std::exp2(-shift) / c.multiplier_real() - 1), .formula = "2^-n / M - 1, between 1 / sqrt(2) - 1 and sqrt(2) - 1",
                           .numbers = text("2^", -shift, " / ", brief(c.multiplier_real(), 5), " - 1; at worst ", fixed(100 * (std::numbers::sqrt2 / 2 - 1), 1), " % or ", fixed(100 * (std::numbers::sqrt2 - 1), 1), " %"), .source = "the nearest power of two; every channel has its own", .tone = c.arithmetic == Arithmetic::shift_only ? Tone::bad : Tone::plain, .decimals = 1});
  const Graph& graph = *c.traced.graph;
  for (const Node& node : graph.nodes)
    if (const Value& out_value = graph.output(node); std::holds_alternative<Softmax>(node.op) && node.inputs.front() == graph.node(c.traced.layer.node).outputs.front() && out_value.type == DType::int8)
      out.figures.push_back({.key = "softmax_scale", .label = "Step of the softmax behind it", .unit = "", .value = static_cast<double>(out_value.grid.scale.front()), .formula = "1 / 2^8, zero point -128", .numbers = text("1 / 256; this file has zero point ", out_value.grid.zero_point.front(), ". No temperature takes part"),
                             .source = "TensorFlow Lite 8-bit quantization specification", .decimals = 8});
}

std::string sentence_of(const Chosen& c) {
  const Computed& now = c.now();
  const std::string here = text(c.traced.layer.name, ", output ", c.channel() + 1, c.traced.reals.size() > static_cast<std::size_t>(c.traced.layer.channels) ? text(" at ", place_text(c.traced, c.place())) : std::string());
  const std::string ends = text(brief(now.real, 4), " where float has ", brief(c.real(), 4), ": off by ", brief(std::fabs(c.steps_off(now)), 2), " steps of ", brief(c.scale(), 3));
  const std::string whole_layer = text("over all ", grouped(c.traced.reals.size()), " outputs by ", brief(c.rms_now(), 2), " (rms)");
  switch (c.arithmetic) {
    case Arithmetic::tflite: return text("With integers alone, ", here, " comes to ", ends, ", ", whole_layer, ".");
    case Arithmetic::shift_only: return text("With a shift in place of the multiplier, ", here, " comes to ", ends, ", ", whole_layer, " instead of ", brief(c.rms[0], 2), ".");
    case Arithmetic::without_zero_points: return text("Without zero points, ", here, " comes to ", ends, ", ", whole_layer, " instead of ", brief(c.rms[0], 2), ".");
  }
  return {};
}

}  // namespace

Result<Outcome> pipeline_outcome(std::span<const double> v, const Subject& subject) {
  const std::vector<Layer> layers = traceable_layers(*subject.integers);
  if (layers.empty()) return fail("the model has no layer of int8 codes that could be shown", {}, {}, "Open a model with convolutions or dense layers");
  const auto within = [](double wanted, std::size_t count) { return std::min(static_cast<std::size_t>(wanted), count); };
  const std::size_t layer = within(v[layer_at], layers.size()), sample = within(v[sample_at], subject.rows.size());
  const std::uint32_t row = subject.rows[sample - 1];
  const auto traced = trace(subject, layers[layer - 1], row);
  if (!traced) return std::unexpected(traced.error());
  const auto channels = static_cast<std::size_t>(traced->layer.channels), places = traced->output.size() / channels;
  const std::size_t channel = within(v[channel_at], channels), position = within(v[position_at], places);

  Chosen c{subject, *traced, static_cast<Arithmetic>(static_cast<int>(v[arithmetic_at])), static_cast<std::int64_t>((position - 1) * channels + channel - 1), row};
  compute_all(c);
  Outcome out;
  out.sentence = sentence_of(c);
  out.tone = c.arithmetic == Arithmetic::tflite ? Tone::good : c.rms_now() > 2 * c.rms[0] ? Tone::bad : Tone::warning;
  add_figures(c, out);
  out.pictures.push_back(layer_picture(c));
  Stage sum = sum_step(c);
  const std::size_t taps = sum.bars.size();
  out.stages = {input_step(c, taps), std::move(sum), scale_step(c), code_step(c), real_step(c)};
  Table table{.title = "The same output by each arithmetic", .header = {"arithmetic", "sum", "scaled", "code", "comes out as", "steps off", "rms of the layer"}, .rows = {}};
  for (std::size_t i = 0; i < c.made.size(); ++i)
    table.rows.push_back({std::string(arithmetics[i]), whole(c.made[i].sum), whole(c.made[i].scaled), text(c.made[i].code), brief(c.made[i].real, 4), brief(c.steps_off(c.made[i]), 3), brief(c.rms[i], 3)});
  out.tables.push_back(std::move(table));
  const auto reach = [](std::string_view key, std::size_t count, std::size_t value, std::string shown) { return Reach{std::string(key), static_cast<double>(count), static_cast<double>(value), std::move(shown)}; };
  out.reaches = {reach("layer", layers.size(), layer, text(layers[layer - 1].name, ", ", layer, " of ", layers.size())), reach("channel", channels, channel, text(channel, " of ", channels)),
                 reach("position", places, position, place_text(*traced, c.place())), reach("sample", subject.rows.size(), sample, sample_text(subject, row))};
  return out;
}

Lab pipeline_lab() {
  return {.name = "pipeline", .title = "Eight bits, step by step", .question = "What does a layer do with integers, and how far from float does it end?", .fields = fields, .presets = presets, .evaluate = nullptr,
          .sources = "The engine runs the model at 8 bits and in float; the layer between is computed once more, output by output, and equals it. Arithmetic: Jacob et al. 2018, section 2.2, and gemmlowp's fixed-point functions, as TensorFlow Lite "
                     "has them. The chapter's formula is q_output = (q_input * q_weight) >> shift."};
}

}  // namespace edgewise::labs
