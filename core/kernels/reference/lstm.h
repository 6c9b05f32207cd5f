// What the kernels of the LSTM operators share: attributes, extents, and the walk over batch and time.
#pragma once

#include <algorithm>
#include <array>
#include <span>

#include "core/graph/recurrent.h"
#include "core/kernels/curves.h"
#include "core/kernels/kernels.h"

namespace edgewise::kernels::reference {

/// Gates in the order of their operands: weights from input 1, recurrent weights from 5, biases from 12, layer norm from 20, peepholes from 9 (none of the cell).
enum Gate : std::size_t { input_gate, forget_gate, cell_gate, output_gate };
constexpr std::size_t output_state = 18, cell_state = 19;

struct LstmNode {
  LstmShape shape;
  Activation activation;   ///< of the cell gate and of the cell on its way out
  float cell_clip, projection_clip;
  bool is_time_major, has_asymmetric_inputs;

  /// Row of x and y, [time,batch] or [batch,time] flattened, of sample n at time t.
  std::int64_t row(std::int64_t n, std::int64_t t) const { return is_time_major ? t * shape.batch + n : n * shape.time + t; }
};
/// Of UNIDIRECTIONAL_SEQUENCE_LSTM and LSTM alike. Fails where extents do not fit or the states are no variables.
Result<LstmNode> lstm_node(const Site& site);

/// Calls step(n, row) in the order of time: sample n of the batch, its row of x and y (LstmNode::row).
template <class Step>
void for_each_step(const LstmNode& node, Step step) {
  for (std::int64_t t = 0; t < node.shape.time; ++t)
    for (std::int64_t n = 0; n < node.shape.batch; ++n) step(n, node.row(n, t));
}

/// The functions of the float LSTM, in place.
inline void activate(Activation activation, std::span<float> values) {
  const auto each = [&](auto function) { std::ranges::transform(values, values.begin(), function); };
  switch (activation) {
    case Activation::none: break;
    case Activation::relu: each([](float x) { return std::max(x, 0.0f); }); break;
    case Activation::relu_n1_to_1: each([](float x) { return std::clamp(x, -1.0f, 1.0f); }); break;
    case Activation::relu6: each([](float x) { return std::clamp(x, 0.0f, 6.0f); }); break;
    case Activation::tanh: curves::tanh(values); break;
  }
}
inline float clipped(float x, float clip) { return clip > 0.0f ? std::clamp(x, -clip, clip) : x; }

Result<Kernel> lstm_float(const Site& site, const LstmNode& node);     ///< float32, weights float32 or int8
Result<Kernel> lstm_integer(const Site& site, const LstmNode& node);   ///< int8 with 16-bit cells, as TensorFlow Lite
Result<Kernel> lstm_micro(const Site& site, const LstmNode& node);     ///< int8 or int16 with 16-bit cells, as TensorFlow Lite Micro

}  // namespace edgewise::kernels::reference
