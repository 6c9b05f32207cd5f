#include "core/train/network.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/base/limits.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/graph/infer.h"
#include "core/train/stages.h"

namespace edgewise::train {

namespace {

using Kind = ArchitectureLayer::Kind;

Result<Extents> extents_of(const Shape& sample) {
  if (sample.rank() < 1 || sample.rank() > 3 || sample.elements() == 0 || sample.elements() > limits::elements)
    return fail(text("a sample of shape ", to_text(sample), "; n, height x width, or height x width x channels are wanted"));
  const auto extent = [&](int axis) { return static_cast<std::ptrdiff_t>(sample[axis]); };
  if (sample.rank() == 1) return Extents{1, 1, extent(0)};
  return Extents{extent(0), extent(1), sample.rank() == 3 ? extent(2) : 1};
}

/// Geometry of one layer over `in`; parameter offsets are set by the caller.
Result<Stage> stage_of(const ArchitectureLayer& layer, Extents in) {
  if (layer.kind == Kind::dense) in = {1, 1, in.elements()};
  const bool is_cell = layer.kind == Kind::lstm || layer.kind == Kind::gru, is_in_time = is_cell || layer.kind == Kind::last_step;
  if (is_in_time) in = {in.h, 1, in.w * in.c};
  Stage stage{layer.kind, in, in, layer.kernel, layer.kernel, layer.stride, layer.stride, 0, 0, layer.bend, 0, 0, 0, 0};
  stage.is_normalized = layer.is_normalized;
  stage.percent = layer.percent;
  if (layer.kind == Kind::dropout) return stage;
  if (layer.kind == Kind::global_average_pool) stage.kernel_h = in.h, stage.kernel_w = in.w;

  if (is_in_time) {
    stage.out = {is_cell ? in.h : 1, 1, is_cell ? layer.channels : in.c};
    if (layer.kind == Kind::last_step) return stage;
    const std::ptrdiff_t gates = layer.kind == Kind::lstm ? 4 : 3;
    stage.weight_count = static_cast<std::size_t>(gates * stage.out.c * (in.c + stage.out.c));
    stage.bias_count = static_cast<std::size_t>((layer.kind == Kind::lstm ? gates : 2 * gates) * stage.out.c);
    return stage;
  }

  const bool is_pool =
      layer.kind == Kind::average_pool || layer.kind == Kind::max_pool || layer.kind == Kind::global_average_pool;
  const Padding padding = is_pool ? Padding::valid : Padding::same;
  const Extent h = window_extent(in.h, static_cast<int>(stage.kernel_h), layer.stride, 1, padding);
  const Extent w = window_extent(in.w, static_cast<int>(stage.kernel_w), layer.stride, 1, padding);
  if (h.output < 1 || w.output < 1)
    return fail(text("a window of ", stage.kernel_h, "x", stage.kernel_w, " on an image of ", in.h, "x", in.w));
  stage.out = {static_cast<std::ptrdiff_t>(h.output), static_cast<std::ptrdiff_t>(w.output),
               layer.channels == 0 ? in.c : layer.channels};
  stage.before_h = static_cast<std::ptrdiff_t>(h.before);
  stage.before_w = static_cast<std::ptrdiff_t>(w.before);
  if (is_pool) return stage;

  const std::ptrdiff_t taps = stage.kernel_h * stage.kernel_w;
  stage.weight_count = static_cast<std::size_t>(layer.kind == Kind::depthwise ? taps * in.c : taps * in.c * stage.out.c);
  stage.bias_count = static_cast<std::size_t>(stage.out.c);
  return stage;
}

std::uint64_t macs_of(const Stage& stage) { return static_cast<std::uint64_t>(stage.out.h * stage.out.w) * stage.weight_count; }

float fan_in(const Stage& stage) {  // products summed into one output
  if (stage.kind == Kind::lstm || stage.kind == Kind::gru) return static_cast<float>(stage.in.c + stage.out.c);
  return static_cast<float>(stage.kind == Kind::depthwise ? stage.kernel_h * stage.kernel_w : stage.patch());
}

}  // namespace

float reach_of_new_weights(const Stage& stage, Bend bend) { return std::sqrt((bend == Bend::relu ? 6.0f : 3.0f) / fan_in(stage)); }

namespace {

Parameters parameters_of(const Network& network, const Stage& stage) {
  return {network.parameters.data() + stage.weights, network.parameters.data() + stage.biases};
}

}  // namespace

Result<Network> make_network(const Architecture& architecture, const Shape& sample, std::uint64_t seed) {
  assert(!architecture.empty());
  const auto first = extents_of(sample);
  if (!first) return std::unexpected(first.error());
  Network network;
  network.sample = sample;
  std::size_t count = 0;
  Extents in = *first;
  bool is_flat = sample.rank() == 1, is_sequence = false;
  for (std::size_t i = 0; i < architecture.size(); ++i) {
    const Kind kind = architecture[i].kind;
    is_flat = is_flat || kind == Kind::dense;
    const bool is_cell = kind == Kind::lstm || kind == Kind::gru, is_in_time = is_cell || kind == Kind::last_step, is_dropout = kind == Kind::dropout;
    const bool is_window = !is_in_time && kind != Kind::dense && !is_dropout;
    if (is_flat && kind != Kind::dense && !is_dropout)
      return fail(text(is_window ? "a window wants an image" : "steps in time are wanted", "; what comes in is a row of numbers"),
                  text("layer ", i + 1), {}, "Use dense layers only after the first dense one");
    if (is_sequence && is_window)
      return fail("a window wants an image; what comes in are steps in time", text("layer ", i + 1), {}, "Use lstm, gru, last and dense layers after an lstm or a gru");
    if (kind == Kind::last_step && !is_sequence) return fail("the last step wants an lstm or a gru before it", text("layer ", i + 1));
    is_sequence = is_cell || (is_dropout && is_sequence);
    is_flat = is_flat || kind == Kind::last_step;
    auto stage = stage_of(architecture[i], in);
    if (!stage) {
      stage.error().where = text("layer ", i + 1);
      return std::unexpected(stage.error());
    }
    stage->weights = count;
    stage->biases = count + stage->weight_count;
    count += stage->weight_count + stage->bias_count;
    if (stage->is_normalized) {
      stage->gammas = count;
      count += stage->bias_count;
      stage->moments = network.moments.size();
      network.moments.resize(stage->moments + stage->bias_count, 0.0f);
      network.moments.resize(stage->moments + 2 * stage->bias_count, 1.0f);
    }
    network.macs += macs_of(*stage);
    const auto elements = static_cast<std::uint64_t>(stage->out.elements());
    if (count > limits::elements || network.macs > limits::macs || elements > limits::elements)
      return fail(text(grouped(count), " parameters, ", grouped(network.macs), " multiply-accumulates and ", grouped(elements),
                       " outputs; the limits are ", grouped(limits::elements), ", ", grouped(limits::macs), " and ",
                       grouped(limits::elements)),
                  text("layer ", i + 1));
    in = stage->out;
    network.stages.push_back(*stage);
  }

  network.parameters.assign(count, 0.0f);
  Random random(seed);
  for (const Stage& stage : network.stages) {
    if (stage.weight_count == 0) continue;
    const float reach = reach_of_new_weights(stage, stage.bend);
    for (std::size_t i = 0; i < stage.weight_count; ++i)
      network.parameters[stage.weights + i] = static_cast<float>(random.uniform(-1.0, 1.0)) * reach;
    if (stage.is_normalized)
      std::fill_n(network.parameters.begin() + static_cast<std::ptrdiff_t>(stage.gammas), stage.out.c, 1.0f);
    if (stage.kind == Kind::lstm)
      std::fill_n(network.parameters.begin() + static_cast<std::ptrdiff_t>(stage.biases) + stage.out.c, stage.out.c, 1.0f);
  }
  return network;
}

void forward(const Network& network, std::span<const float> inputs, Pass& pass) {
  const std::vector<Stage>& stages = network.stages;
  pass.samples = static_cast<std::ptrdiff_t>(inputs.size()) / network.inputs();
  pass.values.resize(stages.size() + 1);
  pass.memories.resize(stages.size());
  std::vector<float> no_biases;   // of a normalised layer, whose biases are added later
  pass.values.front().assign(inputs.begin(), inputs.end());
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const Stage& stage = stages[i];
    pass.values[i + 1].resize(static_cast<std::size_t>(pass.samples * stage.out.elements()));
    const float* input = pass.values[i].data();
    float* output = pass.values[i + 1].data();
    Parameters parameters = parameters_of(network, stage);
    if (stage.is_normalized) {
      no_biases.assign(stage.bias_count, 0.0f);
      parameters.biases = no_biases.data();
    }
    switch (stage.kind) {
      case Kind::convolution:
      case Kind::dense: convolve(stage, parameters, input, output, pass); break;
      case Kind::depthwise: convolve_depthwise(stage, parameters, input, output, pass.samples); break;
      case Kind::average_pool:
      case Kind::max_pool:
      case Kind::global_average_pool: pool(stage, input, output, pass.samples); break;
      case Kind::lstm: lstm(stage, parameters, input, output, pass, pass.memories[i]); break;
      case Kind::gru: gru(stage, parameters, input, output, pass, pass.memories[i]); break;
      case Kind::last_step: last_step(stage, input, output, pass.samples); break;
      case Kind::dropout: drop_out(stage, input, output, pass, pass.memories[i]); break;
    }
    if (stage.is_normalized) normalize(stage, network, output, pass, pass.memories[i]);
    bend_all(stage.bend, 0.0f, pass.values[i + 1]);
  }
}

void backward(const Network& network, Pass& pass, std::span<float> parameter_gradients) {
  const std::vector<Stage>& stages = network.stages;
  assert(parameter_gradients.size() == network.parameters.size() && pass.gradients.size() == stages.size() + 1);
  for (std::size_t i = stages.size(); i-- > 0;) {
    const Stage& stage = stages[i];
    std::vector<float>& output_gradient = pass.gradients[i + 1];
    multiply_by_slopes(stage.bend, 0.0f, pass.values[i + 1], output_gradient);
    std::vector<float> beta_gradients(stage.is_normalized ? stage.bias_count : 0);
    if (stage.is_normalized)
      normalize_backward(stage, network, output_gradient.data(), parameter_gradients.data() + stage.gammas, beta_gradients.data(), pass.samples, pass.memories[i]);
    float* input_gradient = nullptr;
    if (i > 0) {
      pass.gradients[i].resize(pass.values[i].size());
      input_gradient = pass.gradients[i].data();
    }
    const float* input = pass.values[i].data();
    const ParameterGradients gradients{parameter_gradients.data() + stage.weights, parameter_gradients.data() + stage.biases};
    switch (stage.kind) {
      case Kind::convolution:
      case Kind::dense:
        convolve_backward(stage, parameters_of(network, stage), input, output_gradient.data(), input_gradient, gradients, pass);
        break;
      case Kind::depthwise:
        convolve_depthwise_backward(stage, parameters_of(network, stage), input, output_gradient.data(), input_gradient,
                                    gradients, pass.samples);
        break;
      case Kind::average_pool:
      case Kind::max_pool:
      case Kind::global_average_pool: pool_backward(stage, input, output_gradient.data(), input_gradient, pass.samples); break;
      case Kind::lstm:
        lstm_backward(stage, parameters_of(network, stage), input, pass.values[i + 1].data(), output_gradient.data(), input_gradient,
                      gradients, pass, pass.memories[i]);
        break;
      case Kind::gru:
        gru_backward(stage, parameters_of(network, stage), input, pass.values[i + 1].data(), output_gradient.data(), input_gradient, gradients, pass, pass.memories[i]);
        break;
      case Kind::last_step: last_step_backward(stage, output_gradient.data(), input_gradient, pass.samples); break;
      case Kind::dropout:
        if (input_gradient != nullptr)
          for (std::size_t k = 0; k < output_gradient.size(); ++k) input_gradient[k] = output_gradient[k] * pass.memories[i][k];
        break;
    }
    std::ranges::copy(beta_gradients, gradients.biases);
  }
}

}  // namespace edgewise::train
