// How many cycles a kernel library needs on a core: the numbers behind the simulated latency, each with the measurements it was fitted to.
//
//   cycles of a layer = cycles_per_unit * (w_op * MACs + w_output * output elements + w_tap * pooled elements) + cycles_per_node
//
// One factor per (core, library), op weights shared by a family of kernels. Rough on purpose: only four networks were published on most boards, and more
// coefficients than that fit them better and new networks worse. It knows nothing of channel counts, caches, padding or memory placement.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/mcu/board.h"

namespace edgewise::mcu {

/// How the latency is known, best first.
enum class Basis : std::uint8_t { calibrated_on_board, same_core_and_library, core_only, specification_only };

/// What one multiply-accumulate of an operator costs, against one of a pointwise convolution.
struct Weights {
  double convolution, pointwise, depthwise, fully_connected;
  double output;   ///< one output element, of any operator
  double tap;      ///< one input element under the window of a pooling or reducing operator
};

struct Rate {
  double cycles_per_unit;      ///< of the weighted sum
  Weights weights;
  double cycles_per_node;      ///< the interpreter's share; 0 for generated code
  double stream_mb_per_s;      ///< > 0: weights of a layer over 4 KiB are read again for every output pixel at this rate
  Basis basis;
  double low, high;            ///< the band as factors of the estimate: 90 % of comparable measurements lie inside
  std::string_view source;
};

/// Integer kernels (8-bit weights and activations). The board must be one that the library runs on.
Rate integer_rate(const Board& board, const Library& library);
/// Float kernels.
Rate float_rate(const Board& board, const Library& library);

}  // namespace edgewise::mcu
