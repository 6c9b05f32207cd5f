#include <algorithm>

#include "core/compress/observe.h"
#include "core/compress/repair.h"
#include "core/compress/unroll.h"
#include "core/run/run.h"

namespace edgewise {

namespace {

/// By layer, the mean of what goes into it.
Result<std::vector<std::vector<double>>> mean_inputs(const std::shared_ptr<const Graph>& graph, const std::vector<std::size_t>& layers, const Samples& samples) {
  std::vector<std::vector<double>> means(layers_of(*graph).size());
  const auto ok = observe_inputs(graph, layers, samples, [&](std::size_t layer, std::span<const float> input) {
    means[layer].resize(input.size(), 0.0);
    for (std::size_t i = 0; i < input.size(); ++i) means[layer][i] += input[i];
  });
  if (!ok) return std::unexpected(ok.error());
  for (std::vector<double>& mean : means)
    for (double& value : mean) value /= static_cast<double>(samples.size());
  return means;
}

/// A layer of a float graph without its activation, over one input, by channel the mean over positions. As it is linear, over the mean input that is the mean.
Result<std::vector<double>> means_of(const Graph& graph, const Layer& layer, const std::vector<double>& input) {
  const Node& from = graph.node(layer.node);
  Node node = from;
  if (auto* conv = std::get_if<Conv2d>(&node.op)) conv->activation = Activation::none;
  else if (auto* depthwise = std::get_if<DepthwiseConv2d>(&node.op)) depthwise->activation = Activation::none;
  else if (auto* dense = std::get_if<FullyConnected>(&node.op)) dense->activation = Activation::none;
  auto alone = std::make_shared<Graph>();
  for (ValueId& id : node.inputs) {
    if (id == no_value) continue;
    alone->values.push_back(graph.value(id));
    id = static_cast<ValueId>(alone->values.size() - 1);
  }
  alone->values.push_back(graph.output(from));
  node.outputs = {static_cast<ValueId>(alone->values.size() - 1)};
  alone->inputs = {node.inputs[0]};
  alone->outputs = node.outputs;
  for (const ValueId id : {node.inputs[0], node.outputs[0]}) alone->value(id).grid = {};
  alone->nodes.push_back(std::move(node));
  auto runner = Runner::prepare(alone);
  if (!runner) return std::unexpected(runner.error());
  const std::vector<float> reals(input.begin(), input.end());
  runner->set_input(0, reals);
  if (auto ok = runner->run(); !ok) return std::unexpected(ok.error());
  std::vector<float> output(static_cast<std::size_t>(alone->value(alone->outputs.front()).shape.elements()));
  runner->output_reals(0, output);
  const auto channels = static_cast<std::size_t>(layer.channels);
  std::vector<double> means(channels, 0.0);
  for (std::size_t i = 0; i < output.size(); ++i) means[i % channels] += output[i];
  for (double& mean : means) mean *= static_cast<double>(channels) / static_cast<double>(output.size());
  return means;
}

/// Zeros where a layer has no bias.
void give_biases(Graph& graph) {
  for (const Layer& layer : layers_of(graph)) {
    Node& node = graph.nodes[static_cast<std::size_t>(layer.node)];
    if (runs_of_layer(graph, layer).size() > 1) continue;
    if (node.inputs.size() > 2 && node.inputs[2] != no_value) continue;
    Value bias;
    bias.name = graph.value(node.inputs[1]).name + "_bias";
    bias.shape = {layer.channels};
    bias.data = std::make_shared<const Bytes>(Tensor::of(DType::float32, bias.shape).bytes);
    graph.values.push_back(std::move(bias));
    node.inputs.resize(3, no_value);
    node.inputs[2] = static_cast<ValueId>(graph.values.size() - 1);
  }
}

}  // namespace

Result<std::shared_ptr<const Graph>> correct_bias(const std::shared_ptr<const Graph>& reference, const std::shared_ptr<const Graph>& float_graph, const Ranges& ranges,
                                                  const Recipe& recipe, const Samples& samples) {
  Graph out = *float_graph;
  give_biases(out);
  Ranges with_biases = ranges;
  with_biases.values.resize(out.values.size());
  const std::vector<Layer> layers = layers_of(*reference);
  std::vector<std::size_t> all(layers.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  const auto wanted_inputs = mean_inputs(reference, all, samples);
  if (!wanted_inputs) return std::unexpected(wanted_inputs.error());
  // In the order they run: what a layer gets depends on the corrections before it.
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (runs_of_layer(out, layers[i]).size() > 1) continue;   // each run errs in its own way, and one bias serves them all
    const ValueId bias_id = out.node(layers[i].node).inputs[2];
    const Value& bias = out.value(bias_id);
    if (!bias.is_constant() || bias.type != DType::float32) continue;
    const auto compressed = compress(std::make_shared<const Graph>(out), with_biases, recipe);
    if (!compressed) return std::unexpected(compressed.error());
    const auto inputs = mean_inputs(*compressed, {i}, samples);
    if (!inputs) return std::unexpected(inputs.error());
    const auto as_float = to_float(*compressed);   // weights and biases as their codes stand for
    if (!as_float) return std::unexpected(as_float.error());
    const auto wanted = means_of(*reference, layers[i], (*wanted_inputs)[i]), got = means_of(**as_float, layers_of(**as_float)[i], (*inputs)[i]);
    if (!wanted) return std::unexpected(wanted.error());
    if (!got) return std::unexpected(got.error());
    const auto reals = bias.view().as<float>();
    std::vector<float> corrected(reals.begin(), reals.end());
    for (std::size_t c = 0; c < corrected.size(); ++c) corrected[c] = static_cast<float>(corrected[c] + (*wanted)[c] - (*got)[c]);
    put_reals(out.value(bias_id), corrected);
  }
  return std::make_shared<const Graph>(std::move(out));
}

}  // namespace edgewise
