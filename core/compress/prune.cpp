#include "core/compress/prune.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/compress/compress.h"

namespace edgewise {

std::size_t pruned_count(float fraction, std::size_t count) {
  const double wide = static_cast<double>(fraction) * (1.0 + 0x1p-24);
  return std::min(count, static_cast<std::size_t>(std::floor(wide * static_cast<double>(count))));
}

namespace {

/// The weights of several layers in one row, so that they can be pruned by one threshold.
class Pool {
 public:
  void add(std::size_t layer, std::span<const float> weights) {
    for (std::size_t i = 0; i < weights.size(); ++i) weights_.push_back({std::abs(weights[i]), static_cast<std::uint32_t>(layer), static_cast<std::uint32_t>(i)});
  }
  /// Marks the smallest as not kept; of equal ones the first.
  void prune(float sparsity, std::vector<std::vector<bool>>& masks) {
    const std::size_t count = pruned_count(sparsity, weights_.size());
    const auto end = weights_.begin() + static_cast<std::ptrdiff_t>(count);
    if (count < weights_.size()) std::nth_element(weights_.begin(), end, weights_.end());
    for (auto it = weights_.begin(); it != end; ++it) masks[it->layer][it->at] = false;
  }

 private:
  struct Weight {
    float magnitude;
    std::uint32_t layer, at;
    auto operator<=>(const Weight&) const = default;
  };
  std::vector<Weight> weights_;
};

constexpr std::size_t group = 4;   // weights of a pattern

/// The weights without the floor(s * blocks) weakest blocks.
std::vector<bool> without_blocks(std::span<const float> weights, const Runs& runs, float sparsity) {
  struct Block {
    double magnitude;   // mean, so that a short last block is not weak for being short
    std::size_t first, size;
    auto operator<=>(const Block&) const = default;
  };
  std::vector<Block> blocks;
  for (std::size_t row = 0; row < runs.rows; ++row)
    for (std::size_t first = 0; first < runs.columns; first += group) {
      Block block{0.0, row * runs.columns + first, std::min(group, runs.columns - first)};
      for (std::size_t i = 0; i < block.size; ++i) block.magnitude += std::abs(static_cast<double>(weights[block.first + i]));
      block.magnitude /= static_cast<double>(block.size);
      blocks.push_back(block);
    }
  const std::size_t count = pruned_count(sparsity, blocks.size());
  const auto end = blocks.begin() + static_cast<std::ptrdiff_t>(count);
  if (count < blocks.size()) std::nth_element(blocks.begin(), end, blocks.end());
  std::vector<bool> kept(weights.size(), true);
  for (auto it = blocks.begin(); it != end; ++it) std::fill_n(kept.begin() + static_cast<std::ptrdiff_t>(it->first), it->size, false);
  return kept;
}

std::vector<bool> two_of_four(std::span<const float> weights, const Runs& runs) {
  std::vector<bool> kept(weights.size(), true);
  for (std::size_t row = 0; row < runs.rows; ++row)
    for (std::size_t at = 0; at < runs.columns; at += group) {
      const std::size_t size = std::min(group, runs.columns - at), first = row * runs.columns + at;
      for (std::size_t gone = 2; gone < size; ++gone) {   // the smallest that is still there, of equal ones the first
        std::size_t least = size;
        for (std::size_t i = 0; i < size; ++i)
          if (kept[first + i] && (least == size || std::abs(weights[first + i]) < std::abs(weights[first + least]))) least = i;
        kept[first + least] = false;
      }
    }
  return kept;
}

}  // namespace

Runs runs_of(const Graph& graph, const Layer& layer) {
  if (layer.channel_axis != 0) return {};
  const Shape& shape = graph.input(graph.node(layer.node), 1)->shape;
  const auto columns = static_cast<std::size_t>(shape.back());
  return columns == 0 ? Runs{} : Runs{static_cast<std::size_t>(layer.weights) / columns, columns};
}

std::vector<std::vector<bool>> prune_masks(const Graph& float_graph, const Recipe& recipe) {
  const std::vector<Layer> layers = layers_of(float_graph);
  std::vector<std::vector<bool>> masks(layers.size());
  Pool together;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const LayerRecipe layer = resolve(recipe, layers[i].name);
    const Value& weights = *float_graph.input(float_graph.node(layers[i].node), 1);
    if (layer.sparsity <= 0.0f || weights.type != DType::float32) continue;
    if (layer.pattern != Pattern::weights) {
      const Runs runs = runs_of(float_graph, layers[i]);
      const auto all = weights.view().as<float>();
      if (runs.columns > 1) masks[i] = layer.pattern == Pattern::blocks ? without_blocks(all, runs, layer.sparsity) : two_of_four(all, runs);
      continue;
    }
    masks[i].assign(static_cast<std::size_t>(layers[i].weights), true);
    const auto own = recipe.layers.find(layers[i].name);
    const bool has_own = own != recipe.layers.end() && own->second.sparsity;
    if (recipe.prune_scope == PruneScope::model && !has_own) {
      together.add(i, weights.view().as<float>());
      continue;
    }
    Pool alone;
    alone.add(i, weights.view().as<float>());
    alone.prune(layer.sparsity, masks);
  }
  together.prune(recipe.all.sparsity, masks);
  return masks;
}

}  // namespace edgewise
