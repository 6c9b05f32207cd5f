// Graph + Ranges + Recipe -> the integer graph a microcontroller would run, and its exact size.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/compress/calibrate.h"
#include "core/compress/channels.h"
#include "core/compress/recipe.h"
#include "core/graph/graph.h"

namespace edgewise {

/// The float graph behind a graph: constants dequantized, integer values turned float, QUANTIZE and DEQUANTIZE at the ends dropped. Each value keeps the grid
/// the file gave it (Value::grid), which a w8a8 recipe reuses: that recipe reproduces an int8 file bit for bit. A float graph comes back as it is
/// (after folding activations into layers where the formats keep them apart, and writing out the steps of a GRU: unroll.h).
Result<std::shared_ptr<const Graph>> to_float(const std::shared_ptr<const Graph>& graph);

/// How one layer's weights would be stored, in bytes; all figures are lengths of encodings that really are written (core/tensor/packed).
struct StoredLayer {
  std::string name;
  NodeId node;                       ///< in the float graph
  LayerRecipe recipe;
  std::uint64_t weights = 0, nonzero = 0;
  std::uint64_t float_bytes = 0;                ///< weights and bias as float32, all channels
  std::uint64_t dense_bytes = 0;                ///< codes packed at their width
  std::uint64_t bitmap_bytes = 0;               ///< one bit a weight, and the codes that are not zero
  std::uint64_t relative_index_bytes = 0;       ///< 4-bit gaps before each code (a gap over 15 costs a padding code)
  std::uint64_t csr_bytes = 0;                  ///< 16-bit columns and 32-bit row starts
  std::uint64_t pattern_bytes = 0;              ///< zeros in blocks or 2:4: as that pattern is stored; 0 for single weights
  std::uint64_t bias_bytes = 0;                 ///< int32 (int64 with 16-bit activations, float with float)
  std::uint64_t scale_bytes = 0, zero_point_bytes = 0;
  std::uint64_t stored_bytes() const { return dense_bytes + bias_bytes; }   ///< dense: what every kernel library here can run
};

/// What a recipe does to a graph that is known without running it. Microseconds to a few milliseconds; no ranges needed.
struct Plan {
  Recipe recipe;
  std::shared_ptr<const Graph> graph;    ///< the compressed graph's structure: types, bits and grid lengths right, no constant contents
  std::vector<StoredLayer> layers;       ///< as layers_of(float graph)
  std::vector<ShapedLayer> channels;     ///< the same; empty when the recipe leaves no channels out
  std::uint64_t weights_bytes = 0;       ///< packed dense weights and biases of all layers, and other constants
  std::uint64_t graph_bytes = 0;         ///< operators, tables, scales, zero points, names: tflite::structure_bytes
  std::uint64_t flash_bytes() const { return weights_bytes + graph_bytes; }
  std::uint64_t float_weights_bytes = 0, float_graph_bytes = 0;
};
Result<Plan> plan(const std::shared_ptr<const Graph>& float_graph, const Recipe& recipe);

/// The integer graph itself. Values whose layer asks for it are 4..8-bit codes in int8, or int16; layers with float weights or float activations stay float, with
/// QUANTIZE and DEQUANTIZE where the two meet. Fails when ranges lack a value (too few samples, another model).
/// Channels that the recipe leaves out go first; ranges are by value, so they may be those of the float graph or of the smaller one, whose grids are finer.
Result<std::shared_ptr<const Graph>> compress(const std::shared_ptr<const Graph>& float_graph, const Ranges& ranges, const Recipe& recipe);

/// One weight tensor on its grid: for the histogram and its overlay. codes are in weight_codes(bits) (asymmetric: the whole range; a file's own codes: [-128, 127]).
/// Symmetric: scale = max |w| / (2^(bits-1) - 1), with max |w| at least 5e-7, as TensorFlow Lite's converter has it: all-zero channels get that scale.
struct QuantizedWeights {
  std::vector<std::int8_t> codes;       ///< empty when the recipe leaves the layer float, or the weights are not floats; a pruned weight has the code of zero
  Quantization grid;
  std::uint64_t clipped = 0;            ///< weights beyond the last code by more than half a step
  std::uint64_t zero = 0;
};
/// `kept` may be empty: nothing is pruned.
QuantizedWeights quantize_weights(const Value& weights, int channel_axis, const LayerRecipe& recipe, const std::vector<bool>& kept);
/// How neighbours along the input channels lie in a layer's weights: rows of them, one behind the other. No columns: a depthwise filter has one input channel.
struct Runs { std::size_t rows = 0, columns = 0; };
Runs runs_of(const Graph& graph, const Layer& layer);
/// Which weights pruning keeps, by layer in layers_of order; empty for a layer that is not pruned. The floor(s * n) smallest magnitudes go, of equal ones the
/// first. PruneScope::model: n counts the weights of all layers without a sparsity of their own, and one threshold serves them all.
/// Blocks: the floor(s * blocks) with the smallest mean magnitude, in each layer; a run's last block may be shorter. Two of four: the two largest of each four (of
/// a last three) stay. A layer without neighbours along input channels (depthwise) is left alone in both.
std::vector<std::vector<bool>> prune_masks(const Graph& float_graph, const Recipe& recipe);

}  // namespace edgewise
