// What the integer LSTMs ask of their operands (types, grids, clips) and the integers that follow from them.
#pragma once

#include "core/kernels/reference/lstm.h"
#include "core/kernels/requantize.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

/// x, h and y of type `activation`, weights int8 without zero points, biases of type `bias`, cells int16 on a grid of 2^k with k in [-15, -9].
Result<void> check_integer_operands(const Site& site, DType activation, DType bias);
/// k of the cells' scale 2^k.
int cell_exponent(const Site& site);

/// A clip as codes of a grid; 0 where there is none.
inline std::int32_t quantized_clip(float clip, float scale, std::int32_t most) {
  return clip > 0.0f ? static_cast<std::int32_t>(std::min(static_cast<float>(most), clip / scale)) : 0;
}

/// The scale of weights at `position`, which are there.
inline float scale_at(const Site& site, std::size_t position) { return site.in(position).grid.scale.front(); }

/// The integers of TensorFlow Lite's int8 LSTM. Its gates are in Q3.12, then in Q0.15.
struct LstmIntegers {
  struct Scales { Multiplier input, recurrent, peephole; };   ///< products to a gate
  std::int32_t zero_x = 0, zero_h = 0, zero_hidden = 0;
  int cell_exponent = 0;                                      ///< k: the cells' scale is 2^k
  std::int32_t cell_clip = 0, projection_clip = 0;            ///< codes; 0: none
  std::array<Scales, 4> gates{};
  Multiplier to_hidden, to_output;                            ///< output gate * tanh(cell) to the hidden state, that through the projection to the output
};
/// Fails where the operands are not those of that LSTM.
Result<LstmIntegers> lstm_integers(const Site& site, const LstmNode& node);

}  // namespace edgewise::kernels::reference
