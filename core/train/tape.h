// A loaded graph that can learn: the answers to a minibatch, and the gradient of a loss by every weight and bias of its layers.
//
// Reads float graphs and the integer graphs that core/compress makes. An integer graph is imitated in floats: its codes are the
// reals they stand for, and every value is rounded onto its grid as soon as it is computed, so that a loss sees what the integers
// will answer. Backward, rounding counts as the identity where the value lies on its grid, and stops the gradient where it is cut
// off (straight-through estimation: Bengio et al. 2013; Jacob et al. 2018, section 3). The layers themselves are stages.h's.
// An LSTM in integers is not imitated: a step's rounding goes into all that follow, so the engine's own kernel computes it, and only
// its gates, which the backward pass wants, are found again in floats from its outputs and cells.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/compress/lstm.h"
#include "core/graph/graph.h"
#include "core/kernels/add_integers.h"
#include "core/kernels/mul_integers.h"
#include "core/kernels/requantize.h"
#include "core/tensor/affine.h"
#include "core/train/network.h"

namespace edgewise::train {

/// One node over a minibatch.
struct TapeStep {
  enum class Kind : std::uint8_t { convolution, depthwise, pool, add, subtract, multiply, pad, copy, move, lstm, softmax };
  Kind kind{};
  ValueId first = no_value, second = no_value, output = no_value;   ///< second: of two computed values that are added, subtracted or multiplied, else no_value
  Stage stage{};                     ///< extents of what goes in and comes out; all the geometry of layers, pools and pads
  std::vector<float> constant{};     ///< the other operand of those, where it is a constant, repeated over the value; not trained
  bool constant_is_first = false;    ///< the value is subtracted from it
  struct Part { ValueId id; std::size_t elements; };
  struct From { std::uint32_t part, element; };
  std::vector<Part> parts{};         ///< of a move: what it takes elements from
  std::vector<From> from{};          ///< and which one each element of the output is
  std::size_t layer = 0;             ///< of a layer: its place among layers()
  bool is_first_run = true;          ///< of a layer
  std::vector<float> own_biases{};   ///< of a later run whose integers have another bias
  std::optional<LstmSteps> integers{}; ///< of an LSTM in integers
  Bend bend = Bend::none;            ///< of the sums, or alone as a node
  float slope = 0.0f;                ///< of a leaky relu; beta of a softmax
  float scale = 0.0f;                ///< of the output's grid; 0: none
  std::int32_t zero_point = 0;
  CodeRange codes{0, 0};
  bool averages_codes = false;       ///< an average pool of int8 codes whose windows all lie on the image
  /// Of a layer in 8-bit integers, by channel: what one unit of its accumulator is worth, and how the accumulator comes onto the output's
  /// grid. A sum is rounded as the integers round it, twice where TensorFlow Lite does: with 2-bit weights every tenth code differs
  /// from the nearest one. Empty: rounded to the nearest.
  std::vector<double> unit{};
  std::vector<Multiplier> multiplier{};
  std::vector<double> factor{}, nudge{};   ///< the same as core/kernels/simd/requantize.h has it, in reals that give the integers' codes; empty where they would not
  /// Of an addition, a subtraction or a product of int8: the integers that the kernels compute it with, and what one code of each operand is worth. A recurrence feeds a
  /// code that is off by one to all steps that follow.
  struct Pair {
    float scale_a, scale_b;
    std::variant<kernels::AddIntegers, kernels::MulIntegers> of;
  };
  std::optional<Pair> pair{};
};

/// A layer's place among the parameters, in layers_of order, whatever the number of its runs; LSTMs follow all layers.
struct TapeLayer {
  std::size_t weights, weight_count, biases, bias_count;
  bool has_bias;                     ///< false: the file has none; it counts as zeros that stay
};

class Tape {
 public:
  /// Trained are convolution (without groups), depthwise convolution, fully connected, average, global and maximum pooling, addition,
  /// subtraction and multiplication, zero padding, reshaping, what only moves elements, plain LSTMs, relu in its kinds, logistic, tanh, and softmax as the last node. Anything else is an error that names
  /// operator and node. The graph has one input and one output, and a batch of 1.
  static Result<Tape> prepare(const Graph& graph);

  /// Takes the weights, biases and grids of another graph of the same structure: what compress made from other weights.
  Result<void> load(const Graph& graph);

  std::span<const TapeLayer> layers() const { return layers_; }
  std::span<float> parameters() { return parameters_; }
  /// New ones in place of all: weights drawn from the seed, biases 0, of the forget gate of an LSTM 1.
  void draw_parameters(std::uint64_t seed);
  std::ptrdiff_t inputs() const { return inputs_; }
  std::ptrdiff_t outputs() const { return outputs_; }
  bool ends_in_softmax() const { return ends_in_softmax_; }

  /// Runs samples that stand back to back.
  void forward(std::span<const float> samples);
  /// What the graph answers, [samples, outputs].
  std::span<const float> answers() const { return values_[static_cast<std::size_t>(output_)]; }
  /// What a loss is taken of: the answers, or where a softmax ends the graph what goes into it.
  std::span<const float> scores() const { return values_[static_cast<std::size_t>(scores_)]; }
  /// From the gradient of the loss by the scores, its gradient by every parameter.
  void backward(std::span<const float> score_gradients, std::span<float> parameter_gradients);

 private:
  Result<void> add_node(const Graph& graph, NodeId id);
  Result<void> add_lstm(const Graph& graph, NodeId id, TapeStep step);
  void place_lstm(std::size_t at_step, NodeId id);
  Result<void> add_move(const Graph& graph, NodeId id, TapeStep step);
  void run_lstm(TapeStep& step, std::span<const float> input, std::span<float> output);
  float other_operand(const TapeStep& step, std::size_t element) const;
  void round_as_integers(const TapeStep& step, std::span<const float> input, std::span<float> output) const;
  Result<void> add_operands(const Graph& graph, NodeId id, TapeStep& step);
  Result<void> add_layer(const Graph& graph, NodeId id, TapeStep step, ValueId weights, ValueId bias, std::ptrdiff_t channels);

  std::vector<TapeStep> steps_;
  std::vector<TapeLayer> layers_;
  struct Run { std::size_t layer, step; NodeId node; };
  std::vector<Run> runs_;                      ///< of layers and LSTMs; one that is written out step by step has several
  struct PairStep { std::size_t step; NodeId node; };
  std::vector<PairStep> pairs_;                ///< additions, subtractions and products
  std::vector<NodeId> lstm_nodes_;
  std::vector<std::size_t> run_counts_;        ///< by layer
  std::vector<float> parameters_;
  std::ptrdiff_t inputs_ = 0, outputs_ = 0;
  ValueId input_ = no_value, output_ = no_value, scores_ = no_value;
  bool ends_in_softmax_ = false;
  TapeStep input_grid_{};                      ///< only its grid
  std::vector<std::vector<float>> values_, gradients_;   ///< by ValueId
  std::vector<std::vector<float>> before_;     ///< by step: its output before it was put on a grid
  std::vector<std::uint8_t> has_gradient_;     ///< by ValueId
  std::vector<float> scratch_;
  std::vector<std::vector<float>> memories_;   ///< by step: gates and cells of an LSTM at every step
  std::vector<float> cells_;                   ///< of an LSTM in integers, at every step
  std::vector<float> run_gradients_;           ///< of one run of a layer that has several
  Pass pass_;
};

}  // namespace edgewise::train
