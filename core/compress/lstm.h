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
/// The same of whatever types: also of what compress makes of a plain one.
bool has_plain_lstm_form(const Graph& graph, const Node& node);
std::vector<NodeId> plain_lstms(const Graph& float_graph);

/// The operands of a plain LSTM that can learn, gates in the order input, forget, cell, output: weights of the inputs, weights of the step before, biases.
constexpr std::size_t lstm_operands[] = {1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14, 15};

/// What the weights and biases of the LSTMs of a graph take in flash, packed at their width, in order of execution; graph may be a plan's.
struct StoredLstm {
  NodeId node;
  std::uint64_t bytes;
};
std::vector<StoredLstm> stored_lstms(const Graph& graph);

/// The grid of 16-bit cells that reach `range`: the next power of two, at least 1 and at most 64, over 2^15.
Quantization cell_grid(RealRange range);

/// An LSTM one step at a time: a run over a whole sequence leaves the cells of the last step alone.
class LstmSteps {
 public:
  /// For plain LSTMs and for what compress makes of them.
  static Result<LstmSteps> prepare(const Graph& graph, NodeId node);
  /// Outputs and cells are as before a sequence.
  void reset() { runner_.reset(); }
  /// The next step's inputs, as real numbers.
  void step(std::span<const float> x);
  /// After a step, as real numbers; both as long as there are cells.
  void outputs(std::span<float> into) const { runner_.output_reals(0, into); }
  void cells(std::span<float> into) const;
  /// Of an integer graph: codes of the cells, to be changed between two steps.
  std::span<std::int16_t> cell_codes();
  std::size_t inputs() const { return inputs_; }
  std::size_t cell_count() const { return cell_count_; }

 private:
  LstmSteps(Runner runner, ValueId cells);
  Runner runner_;
  ValueId cells_;   ///< in the runner's graph
  std::size_t inputs_, cell_count_;
};

/// What the cells of an LSTM hold at every step, for calibration.
class CellObserver {
 public:
  /// For plain LSTMs.
  static Result<CellObserver> prepare(const Graph& float_graph, NodeId node);
  ValueId sequence() const { return sequence_; }   ///< its input, in the float graph
  ValueId cells() const { return cells_; }         ///< its cell state, in the float graph
  /// Adds the cells after every step of `sequence` to `into`.
  void observe(std::span<const float> sequence, Observed& into);

 private:
  CellObserver(ValueId sequence, ValueId cells, LstmSteps steps) : sequence_(sequence), cells_(cells), steps_(std::move(steps)), reals_(steps_.cell_count()) {}
  ValueId sequence_, cells_;
  LstmSteps steps_;
  std::vector<float> reals_;
};

}  // namespace edgewise
