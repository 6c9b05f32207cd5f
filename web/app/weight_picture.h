// What the histogram shows of one layer: how its weights are spread, and where the codes of the recipe stand among them.
//
// With one grid per tensor the axis is the weight itself. With a grid per channel each weight is shown as a fraction of the largest of its channel, since that is what its codes divide;
// where channels end their grids differently (least error) the lines are those of the median channel. The example of each bin is always exact.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/compress/compress.h"

namespace edgewise {

struct WeightPicture {
  // of what
  std::shared_ptr<const Graph> graph;
  Recipe recipe;
  std::string layer;

  LayerRecipe layer_recipe;
  bool is_relative = false;               ///< the axis is the fraction of the channel's largest weight
  double low = -1, high = 1;              ///< ends of the axis
  std::vector<float> all, kept;           ///< height of each bin, 1 for the highest (the bin of zero may stick out and is cut): as trained, and what pruning leaves
  std::vector<std::uint32_t> example;     ///< the first weight of each bin; no_example where it has none
  double origin = 0, step = 0;            ///< code k stands at origin + k * step on the axis; step 0: the layer stays float
  CodeRange codes{0, 0};
  double smallest_step = 0, largest_step = 0;   ///< scale of the finest and the coarsest channel, in the weight's unit
  std::uint64_t weights = 0, pruned = 0, zero = 0, clipped = 0;
  QuantizedWeights quantized;

  static constexpr std::uint32_t no_example = 0xffffffff;
};

/// The layer must be one of `layers` (layers_of(*graph)).
WeightPicture picture_of(const std::shared_ptr<const Graph>& graph, const std::vector<Layer>& layers, const Recipe& recipe, const std::string& layer);

/// What happens to weight `index`: its value, its channel, its code and the value that comes back.
struct WeightFate {
  float weight = 0, back = 0;
  int channel = 0;
  std::int32_t code = 0;
  bool is_pruned = false;
};
WeightFate fate_of(const WeightPicture& picture, const Layer& layer, std::uint32_t index);

}  // namespace edgewise
