// exp and reciprocal in 32-bit fixed point, as integer softmax needs them. Source: gemmlowp/fixedpoint/fixedpoint.h.
//
// Qi.(31-i): i integer bits; the raw number is value * 2^(31-i). "One" in Q0.31 is 2^31 - 1.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "core/kernels/requantize.h"

namespace edgewise::fixed_point {

inline std::int32_t shift_left(std::int32_t x, int by) { return saturate_to_int32(std::int64_t{x} * (std::int64_t{1} << by)); }

/// exp(a) in Q0.31 for a <= 0 in Q5.26.
inline std::int32_t exp_of_negative(std::int32_t a) {
  constexpr int integer_bits = 5, fraction_bits = 31 - integer_bits;
  if (a == 0) return std::numeric_limits<std::int32_t>::max();
  // a = part in [-1/4, 0) less a multiple of 1/4. exp(part) by a Taylor polynomial about -1/8, the rest by multiplying with exp(-2^e) for each bit.
  constexpr std::int32_t quarter = 1 << (fraction_bits - 2);
  const std::int32_t part = (a & (quarter - 1)) - quarter;
  const std::int32_t x = (part * (1 << integer_bits)) + (1 << 28);
  constexpr std::int32_t exp_of_minus_eighth = 1895147668, third = 715827883;
  const std::int32_t x2 = high_product(x, x), x3 = high_product(x2, x), x4 = high_product(x2, x2);
  const std::int32_t higher = rounding_shift_right(high_product(rounding_shift_right(x4, 2) + x3, third) + x2, 1);
  std::int32_t result = exp_of_minus_eighth + high_product(exp_of_minus_eighth, x + higher);

  constexpr std::array<std::int32_t, 7> exp_of_minus_power = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};  // 2^-2 ... 2^4
  const std::int32_t rest = part - a;
  for (int e = -2; e < integer_bits; ++e)
    if ((rest >> (fraction_bits + e) & 1) != 0) result = high_product(result, exp_of_minus_power[static_cast<std::size_t>(e + 2)]);
  return result;
}

/// 1 / (1 + a) in Q0.31 for a in Q0.31, 0 <= a < 1: three Newton steps from 48/17 - 32/17 * (1 + a)/2.
inline std::int32_t one_over_one_plus(std::int32_t a) {
  const std::int64_t sum = std::int64_t{a} + std::numeric_limits<std::int32_t>::max();
  const auto half = static_cast<std::int32_t>((sum + (sum >= 0 ? 1 : -1)) / 2);
  std::int32_t x = 1515870810 + high_product(half, -1010580540);  // Q2.29
  for (int step = 0; step < 3; ++step) x += shift_left(high_product(x, (1 << 29) - high_product(half, x)), 2);
  return shift_left(x, 1);
}

}  // namespace edgewise::fixed_point
