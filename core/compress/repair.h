// Repairs without training: the float weights are changed so that what a recipe makes of them is nearer to what they were.
//
//   equalize      channels of two layers behind one another reach equally far: Nagel et al. 2019, section 4.1
//   fit_rounding  each weight rounds up or down as the layer's output wants it, not to the nearest: the problem of Nagel et al. 2020 (AdaRound),
//                 section 3, by descent over single weights
//   correct_bias  each channel's mean is what it was: Nagel et al. 2019, section 4.2, measured on samples
//
// In this order, each leaves to the next what it cannot mend. Clipping by least error is the recipe's own: wr=mse.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/compress/compress.h"

namespace edgewise {

/// Each as long as the model's input.
using Samples = std::vector<std::span<const float>>;

struct Repairs {
  bool equalize = false, round = false, bias = false;
};
/// "equalize,round,bias" or some of them.
Result<Repairs> parse_repairs(std::string_view from);

/// What compress is then given. The ranges are those of the model before rounding and biases were changed: the compressed model comes back to them.
struct Repaired {
  std::shared_ptr<const Graph> graph;
  Ranges ranges;
};
Result<Repaired> repair(const std::shared_ptr<const Graph>& float_graph, const Ranges& ranges, const Recipe& recipe, const Samples& samples, Repairs repairs);

/// Gives a float constant other contents. What its file said of the former ones (grid, codes, bits) is forgotten.
void put_reals(Value& value, std::span<const float> reals);

/// Layers joined by a relu or nothing, pools and reshapes between them, the second the only one that reads the first: channel c of the first is divided by
/// s = sqrt(r1 / r2) and of the second multiplied by it, where r1 and r2 are the largest magnitudes of their weights for it. Repeated until ranges stand
/// still. Up to rounding the float function is the same. A grid that the file gave such a value is dropped: it was made for the former range.
std::shared_ptr<const Graph> equalize(const std::shared_ptr<const Graph>& float_graph);

/// Of each layer with symmetric integer weights: codes c, each the next below or above its weight, that make
///
///   sum over the samples' patches x of ((scale c - w) x)^2
///
/// small; never larger than with the nearest codes. The weights become scale c, which the same recipe rounds to c. Layers with more than 1024 weights to an
/// output stay as they are.
Result<std::shared_ptr<const Graph>> fit_rounding(const std::shared_ptr<const Graph>& float_graph, const Recipe& recipe, const Samples& samples);

/// Biases of `float_graph` so that over the samples each channel of each layer, before its activation, has in the compressed model the mean that it has in
/// `reference`, a float graph of the same layers. Layers without a bias get one.
Result<std::shared_ptr<const Graph>> correct_bias(const std::shared_ptr<const Graph>& reference, const std::shared_ptr<const Graph>& float_graph, const Ranges& ranges,
                                                  const Recipe& recipe, const Samples& samples);

}  // namespace edgewise
