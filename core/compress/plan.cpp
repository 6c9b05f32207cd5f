#include <algorithm>

#include "core/compress/quantize.h"
#include "core/compress/rewrite.h"
#include "core/formats/tflite.h"
#include "core/graph/operands.h"
#include "core/tensor/packed.h"

namespace edgewise {

namespace {

/// Rows of the weights as they are stored: by output channel, or for depthwise, whose channels are innermost, by tap.
packed::Extents stored_extents(const Layer& layer) {
  const auto channels = static_cast<std::uint64_t>(layer.channels);
  if (channels == 0) return {0, 0};
  return layer.channel_axis == 0 ? packed::Extents{channels, layer.weights / channels} : packed::Extents{layer.weights / channels, channels};
}

template <class T>
void put_sizes(StoredLayer& stored, std::span<const T> codes, const packed::Extents& extents, const Runs& runs, int bits) {
  const packed::Counts counts = packed::count(codes);
  stored.nonzero = counts.nonzero;
  stored.dense_bytes = packed::dense_bytes(stored.weights, bits);
  stored.bitmap_bytes = packed::bitmap_bytes(stored.weights, counts.nonzero, bits);
  stored.relative_index_bytes = packed::relative_index_bytes(counts.relative_index_entries, bits);
  stored.csr_bytes = packed::csr_bytes(extents, counts.nonzero, bits);
  if (stored.recipe.sparsity <= 0.0f || runs.columns <= 1) return;
  const packed::Extents neighbours{runs.rows, runs.columns};
  if (stored.recipe.pattern == Pattern::two_of_four) stored.pattern_bytes = packed::two_of_four_bytes(neighbours, bits);
  if (stored.recipe.pattern == Pattern::blocks) stored.pattern_bytes = packed::block_bytes(neighbours, packed::count_in_blocks(codes, neighbours), bits);
}

std::vector<float> kept_weights(const Value& weights, const std::vector<bool>& kept) {
  const auto all = weights.view().as<float>();
  std::vector<float> out(all.begin(), all.end());
  for (std::size_t i = 0; i < kept.size(); ++i)
    if (!kept[i]) out[i] = 0.0f;
  return out;
}

/// The codes as the sparse encodings take them: zero is 0.
std::vector<std::int8_t> zero_based(QuantizedWeights quantized, const Layer& layer, int bits) {
  const auto& zero_point = quantized.grid.zero_point;
  if (std::ranges::all_of(zero_point, [](std::int32_t zero) { return zero == 0; })) return std::move(quantized.codes);
  const std::size_t channels = static_cast<std::size_t>(layer.channels), inner = layer.channel_axis == 0 ? quantized.codes.size() / channels : 1;
  for (std::size_t i = 0; i < quantized.codes.size(); ++i) {
    const std::size_t channel = quantized.grid.per_channel() ? i / inner % channels : 0;
    quantized.codes[i] = packed::to_zero_based(quantized.codes[i], zero_point[channel], bits);
  }
  return std::move(quantized.codes);
}

std::uint64_t float_bytes(const Graph& float_graph, const Layer& layer) {
  const Node& node = float_graph.node(layer.node);
  const Value* bias = float_graph.input(node, 2);
  return float_graph.input(node, 1)->content_bytes() + (bias != nullptr ? bias->content_bytes() : 0);
}

StoredLayer stored_layer(const Graph& graph, const Layer& layer, const LayerRecipe& recipe, const QuantizedWeights& quantized, const std::vector<bool>& kept) {
  StoredLayer stored;
  stored.name = layer.name;
  stored.node = layer.node;
  stored.recipe = recipe;
  stored.weights = layer.weights;
  const Node& node = graph.node(layer.node);
  const packed::Extents extents = stored_extents(layer);
  if (recipe.weight_bits == float_bits) {
    put_sizes(stored, std::span<const float>(kept_weights(*graph.input(node, 1), kept)), extents, runs_of(graph, layer), float_bits);
  } else {
    put_sizes(stored, std::span<const std::int8_t>(zero_based(quantized, layer, recipe.weight_bits)), extents, runs_of(graph, layer), recipe.weight_bits);
    stored.scale_bytes = 4 * quantized.grid.scale.size();
    stored.zero_point_bytes = 8 * quantized.grid.zero_point.size();  // TensorFlow Lite writes them as int64
  }
  return stored;
}

/// Those of graphs inside as well.
std::uint64_t constant_bytes(const Graph& graph) {
  std::uint64_t bytes = 0;
  for (const Graph* each : all_graphs(graph))
    for (const Value& value : each->values) bytes += stored_bytes(value);
  return bytes;
}

/// Exact for one graph. Those inside, which we do not write, are counted as files of their own: a few hundred bytes too many each.
std::uint64_t structure_bytes(const Graph& graph) {
  std::uint64_t bytes = 0;
  for (const Graph* each : all_graphs(graph)) bytes += tflite::structure_bytes(*each);
  return bytes;
}

}  // namespace

Result<Plan> plan(const std::shared_ptr<const Graph>& float_graph, const Recipe& recipe) {
  if (auto ok = check_layers(recipe, *float_graph); !ok) return std::unexpected(ok.error());
  if (auto ok = check_weights(*float_graph); !ok) return std::unexpected(ok.error());
  Plan plan;
  plan.recipe = recipe;
  std::shared_ptr<const Graph> smaller = float_graph;
  if (prunes_channels(recipe)) {
    auto shaped = leave_out_channels(float_graph, recipe);
    if (!shaped) return std::unexpected(shaped.error());
    smaller = std::move(shaped->graph);
    plan.channels = std::move(shaped->layers);
  }
  const Graph& graph = *smaller;
  const std::vector<Layer> layers = layers_of(graph);
  const std::vector<std::vector<bool>> masks = prune_masks(graph, recipe);
  std::vector<QuantizedWeights> weights;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const LayerRecipe layer_recipe = resolve(recipe, layers[i].name);
    weights.push_back(quantize_weights(*graph.input(graph.node(layers[i].node), 1), layers[i].channel_axis, layer_recipe, masks[i]));
    plan.layers.push_back(stored_layer(graph, layers[i], layer_recipe, weights.back(), masks[i]));
    plan.layers.back().float_bytes = float_bytes(*float_graph, layers[i]);
  }

  auto rewritten = rewrite(graph, recipe, nullptr, std::move(weights), masks);
  if (!rewritten) return std::unexpected(rewritten.error());
  plan.weights_bytes = constant_bytes(rewritten->graph);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const ValueId bias = rewritten->layers[i].bias;
    plan.layers[i].bias_bytes = bias == no_value ? 0 : rewritten->graph.value(bias).content_bytes();
  }
  plan.graph_bytes = structure_bytes(rewritten->graph);
  plan.graph = std::make_shared<const Graph>(std::move(rewritten->graph));

  auto as_float = rewrite(*float_graph, float_recipe(), nullptr, std::vector<QuantizedWeights>(layers.size()), std::vector<std::vector<bool>>(layers.size()));
  if (!as_float) return std::unexpected(as_float.error());
  plan.float_weights_bytes = constant_bytes(as_float->graph);
  plan.float_graph_bytes = structure_bytes(as_float->graph);
  return plan;
}

}  // namespace edgewise
