// What the integer LSTMs ask of their operands: types, grids, clips. Private to core/kernels/reference/lstm_*.
#pragma once

#include "core/kernels/reference/lstm.h"
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

}  // namespace edgewise::kernels::reference
