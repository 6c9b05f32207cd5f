#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/compress/compress.h"

namespace edgewise {

namespace {

/// floor(s * n). The fraction came as decimal text and is stored in a float: half a unit in its last place more, so that 0.7 of 10 is 7 and not 6.
std::size_t pruned_count(float sparsity, std::size_t weights) {
  const double fraction = static_cast<double>(sparsity) * (1.0 + 0x1p-24);
  return std::min(weights, static_cast<std::size_t>(std::floor(fraction * static_cast<double>(weights))));
}

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

}  // namespace

std::vector<std::vector<bool>> prune_masks(const Graph& float_graph, const Recipe& recipe) {
  const std::vector<Layer> layers = layers_of(float_graph);
  std::vector<std::vector<bool>> masks(layers.size());
  Pool together;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const LayerRecipe layer = resolve(recipe, layers[i].name);
    const Value& weights = *float_graph.input(float_graph.node(layers[i].node), 1);
    if (layer.sparsity <= 0.0f || weights.type != DType::float32) continue;
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
