// logistic and tanh in 16-bit fixed point, as the gates of TensorFlow Lite's integer LSTM need them. Source: gemmlowp/fixedpoint/fixedpoint.h with int16 raws.
//
// Qi.(15-i): i integer bits; the raw number is value * 2^(15-i). "One" in Q0.15 is 32767. The 32-bit constants of core/kernels/fixed_point.h, rounded.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/kernels/requantize.h"

namespace edgewise::fixed_point_16 {

inline std::int16_t saturate(std::int32_t x) { return static_cast<std::int16_t>(std::clamp(x, -32768, 32767)); }
/// Sums wrap as int16 sums do.
inline std::int16_t wrap(std::int32_t x) { return static_cast<std::int16_t>(x); }
inline std::int16_t shift_left(std::int16_t x, int by) { return saturate(std::int32_t{x} * (1 << by)); }

/// a * b / 2^15, rounded to nearest; ties toward +infinity. Only -1 * -1 saturates.
inline std::int16_t high_product(std::int16_t a, std::int16_t b) { return saturate((std::int32_t{a} * b + (1 << 14)) >> 15); }

inline constexpr std::int16_t rounded(std::int32_t constant_32) { return static_cast<std::int16_t>((std::int64_t{constant_32} + (1 << 15)) >> 16); }

inline constexpr std::int16_t exp_of_minus_eighth = rounded(1895147668), third = rounded(715827883);
inline constexpr std::array<std::int16_t, 7> exp_of_minus_power = {rounded(1672461947), rounded(1302514674), rounded(790015084), rounded(290630308),
                                                                   rounded(39332535),   rounded(720401),     rounded(242)};   // 2^-2 ... 2^4
inline constexpr std::int16_t newton_start = rounded(1515870810), newton_slope = rounded(-1010580540);   // 48/17 and -32/17 in Q2.13

/// exp(a) in Q0.15 for a <= 0 with `integer_bits` in [0, 12].
inline std::int16_t exp_of_negative(std::int16_t a, int integer_bits) {
  const int fraction_bits = 15 - integer_bits;
  if (a == 0) return 32767;
  if (integer_bits > 5 && a < -(1 << (fraction_bits + 5))) return 0;   // below -32
  const auto quarter = static_cast<std::int16_t>(1 << (fraction_bits - 2));
  const std::int16_t part = wrap((a & (quarter - 1)) - quarter);
  const std::int16_t x = wrap(shift_left(part, integer_bits) + (1 << 12));
  const std::int16_t x2 = high_product(x, x), x3 = high_product(x2, x), x4 = high_product(x2, x2);
  const auto higher = static_cast<std::int16_t>(
      rounding_shift_right(wrap(high_product(wrap(rounding_shift_right(x4, 2) + x3), third) + x2), 1));
  std::int16_t result = saturate(exp_of_minus_eighth + high_product(exp_of_minus_eighth, wrap(x + higher)));

  const std::int32_t rest = part - a;
  for (int e = -2; e < integer_bits && e <= 4; ++e)
    if ((rest >> (fraction_bits + e) & 1) != 0) result = high_product(result, exp_of_minus_power[static_cast<std::size_t>(e + 2)]);
  return result;
}

/// 2 / (1 + a) in Q2.13 for a in Q0.15, 0 <= a: three Newton steps from 48/17 - 32/17 * (1 + a)/2.
inline std::int16_t two_over_one_plus(std::int16_t a) {
  const std::int32_t sum = a + 32767;
  const auto half = static_cast<std::int16_t>((sum + (sum >= 0 ? 1 : -1)) / 2);
  std::int16_t x = wrap(newton_start + high_product(half, newton_slope));
  for (int step = 0; step < 3; ++step) x = wrap(x + shift_left(high_product(x, wrap((1 << 13) - high_product(half, x))), 2));
  return x;
}

/// logistic(a) in Q0.15 for a in Q3.12.
inline std::int16_t logistic(std::int16_t a) {
  if (a == 0) return 1 << 14;
  const std::int16_t minus_magnitude = a > 0 ? wrap(-a) : a;
  const std::int16_t above_half = shift_left(two_over_one_plus(exp_of_negative(minus_magnitude, 3)), 1);
  return a > 0 ? above_half : wrap(32767 - above_half);
}

/// tanh(a) in Q0.15 for a with `integer_bits` in [0, 6]: (1 - e) / (1 + e) with e = exp(-2|a|), where the doubling is one more integer bit.
inline std::int16_t tanh(std::int16_t a, int integer_bits) {
  if (a == 0) return 0;
  const std::int16_t minus_magnitude = a > 0 ? wrap(-a) : a;
  const std::int16_t magnitude = shift_left(wrap(two_over_one_plus(exp_of_negative(minus_magnitude, integer_bits + 1)) - (1 << 13)), 2);
  return a > 0 ? magnitude : wrap(-magnitude);
}

}  // namespace edgewise::fixed_point_16
