// The structure of a compressed graph: which type each value has, which grid, and where QUANTIZE and DEQUANTIZE stand. Shared by plan (no ranges, no contents)
// and compress, so that what a plan counts is what compress makes.
//
// The rules:
//   a layer (convolution, depthwise, dense) computes in integers when its weights and its activations are integers; otherwise in float: integer weights are then
//   stored as codes and dequantized, integer activations are put on their grid afterwards;
//   activation bits of a layer are the grid of its output; another operator has those of the layer that feeds its first input; the graph's inputs those of the
//   first layer;
//   an operator computes in int8 (codes of 4 to 8 bits), int16 or float, and its inputs are brought to that;
//   pooling, padding, reshaping, concatenation, transposition, slicing and packing share one grid between inputs and output;
//   softmax, logistic and tanh have the output grids TensorFlow Lite fixes, in 8 or 16 bits;
//   an LSTM that TensorFlow Lite computes in integers (core/compress/lstm.h) does so where all layers have integer weights and at most 8-bit activations: the
//   recipe names no LSTM. Its weights have the bits of all layers, one scale a gate; its output is int8, its cells are int16;
//   a layer that runs several times (the steps of a GRU: core/compress/unroll.h) is stored once, and has one grid for its inputs and one for its outputs;
//   a value with a grid from its file keeps it at that width, unless the recipe asks for another calibration.
#pragma once

#include <vector>

#include "core/compress/compress.h"

namespace edgewise {

struct Rewritten {
  Graph graph;
  /// By layer, in layers_of order: the stored weights and bias (no_value: none).
  struct LayerValues { ValueId weights, bias; };
  std::vector<LayerValues> layers;
};

/// `weights` and `masks` are by layer. ranges null: a plan; grids have the right number of entries but no meaning, and changed constants have no contents.
Result<Rewritten> rewrite(const Graph& float_graph, const Recipe& recipe, const Ranges* ranges, std::vector<QuantizedWeights> weights,
                          const std::vector<std::vector<bool>>& masks);

/// An error when a layer's weights are not float constants: integers without a scale, which no float stands for.
Result<void> check_weights(const Graph& float_graph);

/// Drops values that nothing reads or writes. `renamed`, when given, is brought up to date.
void drop_unused_values(Graph& graph, std::vector<ValueId*> renamed = {});

}  // namespace edgewise
