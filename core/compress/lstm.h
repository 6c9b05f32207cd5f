// An LSTM in integers as TensorFlow Lite has it ("8x8_16"): int8 inputs, outputs and weights, biases on the grid of the input's products, 16-bit cells on a
// power of two, so that a step's small addition to a large cell is not rounded away.
//
// Source: TensorFlow Lite, tools/optimize/operator_property.cc (UNIDIRECTIONAL_SEQUENCE_LSTM) and quantize_model.cc.
#pragma once

#include <memory>
#include <vector>

#include "core/base/result.h"
#include "core/compress/calibrate.h"
#include "core/graph/graph.h"
#include "core/run/run.h"

namespace edgewise {

/// An LSTM that both TensorFlow Lite and its Micro compute in integers: a sequence of batch 1, four gates through tanh, weights and biases that are float
/// constants, states of its own; no peepholes, no projection, no layer norm.
bool is_plain_lstm(const Graph& float_graph, const Node& node);

/// What the weights and biases of the LSTMs of a graph take in flash, packed at their width, in order of execution; graph may be a plan's.
struct StoredLstm {
  NodeId node;
  std::uint64_t bytes;
};
std::vector<StoredLstm> stored_lstms(const Graph& graph);

/// The grid of 16-bit cells that reach `range`: the next power of two, at least 1 and at most 64, over 2^15.
Quantization cell_grid(RealRange range);

/// What the cells of an LSTM hold at every step, where a run over the whole sequence leaves the last step alone: the same node, one step at a time.
class CellObserver {
 public:
  /// For plain LSTMs.
  static Result<CellObserver> prepare(const Graph& float_graph, NodeId node);
  ValueId sequence() const { return sequence_; }   ///< its input, in the float graph
  ValueId cells() const { return cells_; }         ///< its cell state, in the float graph
  /// Adds the cells after every step of `sequence` to `into`.
  void observe(std::span<const float> sequence, Observed& into);

 private:
  CellObserver(ValueId sequence, ValueId cells, ValueId cells_of_step, Runner step)
      : sequence_(sequence), cells_(cells), cells_of_step_(cells_of_step), step_(std::move(step)) {}
  ValueId sequence_, cells_, cells_of_step_;
  Runner step_;
};

}  // namespace edgewise
