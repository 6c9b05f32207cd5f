// The extents inside operators with a memory, checked against every operand. Shape rules, MAC rules and kernels read them here, so they agree.
#pragma once

#include "core/graph/rule.h"

namespace edgewise {

struct LstmShape {
  std::int64_t time, batch, inputs, cells, outputs;   ///< outputs differ from cells where there is a projection
  int gates;                                          ///< 4, or 3 where the input gate is one less the forget gate (CIFG)
  bool has_projection;
};
/// Fails where an operand has other extents than the others make, or a group of operands (input gate, peepholes, layer norm) is there in part.
Result<LstmShape> lstm_shape(const Place& at, bool is_sequence, bool is_time_major);

struct SvdfShape {
  std::int64_t batch, inputs, filters, memory;
  int rank;   ///< filters that one unit sums
};
Result<SvdfShape> svdf_shape(const Place& at);

}  // namespace edgewise
