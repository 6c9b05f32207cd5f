// UNIDIRECTIONAL_SEQUENCE_LSTM and LSTM: which arithmetic serves a node.
#include "core/kernels/reference/lstm.h"

#include "core/base/text.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<LstmNode> lstm_node(const Site& site) {
  const Place at{site.graph, site.node};
  for (const std::size_t state : {output_state, cell_state})
    if (auto ok = variable_at(site, state, state == output_state ? "the output state" : "the cell state"); !ok) return std::unexpected(ok.error());
  if (site.node.inputs[output_state] == site.node.inputs[cell_state]) return fail("one variable cannot be output state and cell state");
  const auto make = [&](const auto& op, bool is_sequence, bool is_time_major) -> Result<LstmNode> {
    const auto shape = lstm_shape(at, is_sequence, is_time_major);
    if (!shape) return std::unexpected(shape.error());
    return LstmNode{*shape, op.activation, op.cell_clip, op.projection_clip, is_time_major, op.has_asymmetric_inputs};
  };
  if (const auto* sequence = std::get_if<UnidirectionalSequenceLstm>(&site.node.op)) return make(*sequence, true, sequence->is_time_major);
  return make(std::get<Lstm>(site.node.op), false, false);
}

Result<Kernel> lstm(const Site& site) {
  const auto node = lstm_node(site);
  if (!node) return std::unexpected(node.error());
  constexpr std::int64_t most = 1 << 16;   // 65536 products of int8 and a step of at most 255 stay within 32 bits
  if (const LstmShape& s = node->shape; site.in(2).type != DType::float32 && (s.inputs > most || s.outputs > most || s.cells > most))
    return fail(text("it has ", s.inputs, " inputs, ", s.outputs, " outputs and ", s.cells, " cells, the limit of integer weights is ", most));
  const DType x = site.in(0).type;
  if (site.out().type != x) return no_kernel(site);
  if (x == DType::float32) return lstm_float(site, *node);
  if (x != DType::int8 && x != DType::int16) return no_kernel(site);
  if (node->activation != Activation::tanh) return fail("an integer LSTM has tanh as its activation");
  if (x == DType::int16 && site.arithmetic == Arithmetic::tflite)
    return fail("TensorFlow Lite has no LSTM with 16-bit inputs; TensorFlow Lite Micro has", {}, {}, "Run it with TensorFlow Lite Micro's arithmetic");
  return site.arithmetic == Arithmetic::tflm ? lstm_micro(site, *node) : lstm_integer(site, *node);
}

}  // namespace edgewise::kernels::reference
