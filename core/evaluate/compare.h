// Two integer models of one network side by side, layer by layer: ours against a published file, say. Evidence, not a score.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/graph/graph.h"

namespace edgewise {

/// One layer of both. Ratios are first / second.
struct LayerComparison {
  std::string name;
  std::uint64_t weights = 0;
  double weight_scale_low = 0, weight_scale_high = 0;      ///< ratio of weight scales: smallest and largest over the channels
  double codes_equal = 0, codes_within_one = 0;            ///< fractions of the weights
  double activation_scale = 0;                             ///< ratio of the scales of the layer's output
};

/// Layers are paired in order. Fails when the models do not have the same layers, or one is not in int8.
Result<std::vector<LayerComparison>> compare_layers(const Graph& first, const Graph& second);

struct OutputComparison {
  std::uint32_t samples = 0, same_class = 0;
  double mean_difference = 0, largest_difference = 0;      ///< of real outputs
  double largest_output = 0;                               ///< magnitude, to measure the differences by
};

/// Output 0 of both on the same samples, back to back, each as long as the models' input.
Result<OutputComparison> compare_outputs(const std::shared_ptr<const Graph>& first, const std::shared_ptr<const Graph>& second, std::span<const float> samples);

}  // namespace edgewise
