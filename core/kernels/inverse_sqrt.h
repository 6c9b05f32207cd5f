// 1/sqrt of a whole number as a Multiplier. Source: GetInvSqrtQuantizedMultiplierExp in TensorFlow Lite's quantization_util / common.h.
#pragma once

#include "core/kernels/fixed_point.h"

namespace edgewise::fixed_point {

/// x >= 0. For x of 0 and 1 it is 1 (2^31 - 1 in Q0.31).
inline Multiplier inverse_sqrt(std::int32_t x) {
  if (x <= 1) return {std::numeric_limits<std::int32_t>::max(), 0};
  int right = 11;
  while (x >= 1 << 29) {
    x /= 4;
    ++right;
  }
  const int pairs = (std::countl_zero(static_cast<std::uint32_t>(x)) - 1) / 2 - 1;  // of leading bits that are not needed
  right -= pairs;
  x <<= 2 * pairs;
  // Newton's iteration for 1/sqrt(a) in Q3.28: r = (3 r - a r^3) / 2, from 1.
  const std::int32_t half = rounding_shift_right(x >> 1, 1);
  constexpr std::int32_t three_halves = (1 << 28) + (1 << 27);
  std::int32_t root = 1 << 28;
  for (int step = 0; step < 5; ++step) {
    const std::int32_t cube = shift_left(high_product(high_product(root, root), root), 6);
    root = shift_left(high_product(three_halves, root) - high_product(half, cube), 3);
  }
  constexpr std::int32_t half_sqrt_2 = 1518500250;
  root = high_product(root, half_sqrt_2);
  if (right < 0) {
    root <<= -right;
    right = 0;
  }
  return {root, -right};
}

}  // namespace edgewise::fixed_point
