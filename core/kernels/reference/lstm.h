// What the kernels of the LSTM operators share: attributes, extents, and the walk over batch and time.
#pragma once

#include <array>

#include "core/graph/recurrent.h"
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

  bool has(const Site& site, std::size_t position) const { return site.optional(position) != nullptr; }
};
/// Of UNIDIRECTIONAL_SEQUENCE_LSTM and LSTM alike. Fails where extents do not fit or the states are no variables.
Result<LstmNode> lstm_node(const Site& site);

/// Calls step(n, row) in the order of time: sample n of the batch, row of x and y ([time,batch] or [batch,time], flattened).
template <class Step>
void for_each_step(const LstmNode& node, Step step) {
  const LstmShape& s = node.shape;
  for (std::int64_t t = 0; t < s.time; ++t)
    for (std::int64_t n = 0; n < s.batch; ++n) step(n, node.is_time_major ? t * s.batch + n : n * s.time + t);
}

Result<Kernel> lstm_float(const Site& site, const LstmNode& node);     ///< float32, weights float32 or int8
Result<Kernel> lstm_integer(const Site& site, const LstmNode& node);   ///< int8 with 16-bit cells, as TensorFlow Lite
Result<Kernel> lstm_micro(const Site& site, const LstmNode& node);     ///< int8 or int16 with 16-bit cells, as TensorFlow Lite Micro

}  // namespace edgewise::kernels::reference
