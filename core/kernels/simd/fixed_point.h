// core/kernels/requantize.h and fixed_point_16.h in lanes: four sums or eight 16-bit numbers at a time, the same to the last bit.
//
// Where those functions saturate and the numbers here cannot get that far, nothing saturates; tests/core/kernels/simd/fixed_point_test.cpp tries every 16-bit number.
#pragma once

#include "core/kernels/fixed_point_16.h"
#include "core/kernels/simd/lanes.h"

namespace edgewise::kernels::simd {

inline Int16x8 all(std::int16_t x) { return Int16x8{} + x; }
inline Int32x4 all_32(std::int32_t x) { return Int32x4{} + x; }
using UInt16x8 = std::uint16_t __attribute__((vector_size(16)));
/// -|x|
inline Int16x8 minus_magnitude(Int16x8 x) { return smaller(x, reinterpret_cast<Int16x8>(UInt16x8{} - reinterpret_cast<UInt16x8>(x))); }   // -32768 stays

/// a * b, as the lower and the upper four.
struct Products {
  Int32x4 low, high;
  Products(Int16x8 a, Int16x8 b) {
    constexpr Int16x8 zero{};
    low = dot_pairs(__builtin_shufflevector(a, zero, 0, 8, 1, 8, 2, 8, 3, 8), __builtin_shufflevector(b, zero, 0, 8, 1, 8, 2, 8, 3, 8));
    high = dot_pairs(__builtin_shufflevector(a, zero, 4, 8, 5, 8, 6, 8, 7, 8), __builtin_shufflevector(b, zero, 4, 8, 5, 8, 6, 8, 7, 8));
  }
};

/// a * b / 2^15, rounded to nearest; ties toward +infinity.
inline Int16x8 high_product(Int16x8 a, Int16x8 b) {
#if defined(__wasm_simd128__)
  return reinterpret_cast<Int16x8>(wasm_i16x8_q15mulr_sat(reinterpret_cast<v128_t>(a), reinterpret_cast<v128_t>(b)));
#else
  const Products p(a, b);
  return narrow_to_int16((p.low + (1 << 14)) >> 15, (p.high + (1 << 14)) >> 15);
#endif
}

inline Int16x8 add_saturated(Int16x8 a, Int16x8 b) {
#if defined(__wasm_simd128__)
  return reinterpret_cast<Int16x8>(wasm_i16x8_add_sat(reinterpret_cast<v128_t>(a), reinterpret_cast<v128_t>(b)));
#elif defined(__SSE2__)
  return reinterpret_cast<Int16x8>(_mm_adds_epi16(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b)));
#else
  Int16x8 sum{};
  for (int i = 0; i < 8; ++i) sum[i] = static_cast<std::int16_t>(std::clamp(a[i] + b[i], -32768, 32767));
  return sum;
#endif
}

/// x * mantissa / 2^31, rounded to nearest; ties toward +infinity. mantissa >= 0.
inline Int32x4 high_product(Int32x4 x, Int32x4 mantissa) {
#if defined(__wasm_simd128__)
  const auto a = reinterpret_cast<v128_t>(x), b = reinterpret_cast<v128_t>(mantissa);
  const auto shifted = [](v128_t product) { return reinterpret_cast<Int32x4>((reinterpret_cast<UInt64x2>(product) + (1u << 30)) >> 31); };
  return __builtin_shufflevector(shifted(wasm_i64x2_extmul_low_i32x4(a, b)), shifted(wasm_i64x2_extmul_high_i32x4(a, b)), 0, 2, 4, 6);
#elif defined(__SSE2__)
  // The machine multiplies without sign: x + 2^31 instead of x makes the product mantissa * 2^31 larger.
  const auto shifted = [](Int32x4 a, Int32x4 b) {
    return reinterpret_cast<Int32x4>((reinterpret_cast<UInt64x2>(_mm_mul_epu32(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b))) + (1u << 30)) >> 31);
  };
  const Int32x4 raised = x ^ std::numeric_limits<std::int32_t>::min();
  const Int32x4 even = shifted(raised, mantissa), odd = shifted(__builtin_shufflevector(raised, raised, 1, 1, 3, 3), __builtin_shufflevector(mantissa, mantissa, 1, 1, 3, 3));
  return reinterpret_cast<Int32x4>(reinterpret_cast<UInt32x4>(__builtin_shufflevector(even, odd, 0, 4, 2, 6)) - reinterpret_cast<UInt32x4>(mantissa));   // it wraps
#else
  Int32x4 out{};
  for (int i = 0; i < 4; ++i) out[i] = edgewise::high_product(x[i], mantissa[i]);
  return out;
#endif
}

/// x / 2^exponent, rounded to nearest, ties away from zero. |x| + half < 2^31 (16-bit lanes: 2^15).
class RoundingShiftRight {
 public:
  explicit RoundingShiftRight(int exponent = 0) : exponent_(exponent), half_(exponent == 0 ? 0 : 1 << (exponent - 1)), sign_(exponent == 0 ? 0 : -1) {}
  Int32x4 operator()(Int32x4 x) const { return (x + half_ + ((x >> 31) & sign_)) >> exponent_; }

 private:
  std::int32_t exponent_, half_, sign_;
};

/// x * multiplier, where x * 2^shift stays below 2^30.
class LaneMultiplier {
 public:
  LaneMultiplier() = default;
  explicit LaneMultiplier(Multiplier by) : mantissa_(all_32(by.mantissa)), left_(std::max(by.shift, 0)), right_(std::max(-by.shift, 0)) {}
  Int32x4 operator()(Int32x4 x) const { return right_(high_product(x << left_, mantissa_)); }

 private:
  Int32x4 mantissa_{};
  std::int32_t left_ = 0;
  RoundingShiftRight right_;
};

/// fixed_point_16::exp_of_negative.
inline Int16x8 exp_of_negative(Int16x8 a, int integer_bits) {
  using fixed_point_16::exp_of_minus_eighth, fixed_point_16::exp_of_minus_power, fixed_point_16::third;
  const int fraction_bits = 15 - integer_bits;
  const auto quarter = static_cast<std::int16_t>(1 << (fraction_bits - 2));
  const Int16x8 part = (a & all(static_cast<std::int16_t>(quarter - 1))) - all(quarter);
  const Int16x8 x = (part << static_cast<std::int16_t>(integer_bits)) + std::int16_t{1 << 12};
  const Int16x8 x2 = high_product(x, x), x3 = high_product(x2, x), x4 = high_product(x2, x2);
  const auto halved = [](Int16x8 v, std::int16_t times) { return (v + all(static_cast<std::int16_t>(1 << (times - 1))) + (v >> 15)) >> times; };
  const Int16x8 higher = halved(high_product(halved(x4, 2) + x3, all(third)) + x2, 1);
  Int16x8 result = add_saturated(all(exp_of_minus_eighth), high_product(all(exp_of_minus_eighth), x + higher));

  const Int16x8 rest = part - a;
  for (int e = -2; e < integer_bits && e <= 4; ++e) {
    const Int16x8 is_set = (rest << static_cast<std::int16_t>(integer_bits - e)) >> 15;
    result = is_set != 0 ? high_product(result, all(exp_of_minus_power[static_cast<std::size_t>(e + 2)])) : result;
  }
  if (integer_bits > 5) result = a < all(static_cast<std::int16_t>(-(1 << (fraction_bits + 5)))) ? Int16x8{} : result;
  return a == 0 ? all(32767) : result;
}

/// fixed_point_16::two_over_one_plus, for a >= 0.
inline Int16x8 two_over_one_plus(Int16x8 a) {
  using fixed_point_16::newton_slope, fixed_point_16::newton_start;
  const Int16x8 half = (a >> 1) + std::int16_t{1 << 14};
  Int16x8 x = high_product(half, all(newton_slope)) + newton_start;
  for (int step = 0; step < 3; ++step) x += high_product(x, std::int16_t{1 << 13} - high_product(half, x)) << 2;
  return x;
}

/// fixed_point_16::logistic.
inline Int16x8 logistic(Int16x8 a) {
  const Int16x8 half_of_it = two_over_one_plus(exp_of_negative(minus_magnitude(a), 3)), above_half = add_saturated(half_of_it, half_of_it);
  const Int16x8 not_zero = a > 0 ? above_half : std::int16_t{32767} - above_half;
  return a == 0 ? all(1 << 14) : not_zero;
}

/// fixed_point_16::tanh.
inline Int16x8 tanh(Int16x8 a, int integer_bits) {
  const Int16x8 doubled = (two_over_one_plus(exp_of_negative(minus_magnitude(a), integer_bits + 1)) - std::int16_t{1 << 13}) << 1;
  const Int16x8 magnitude = add_saturated(doubled, doubled), not_zero = a > 0 ? magnitude : -magnitude;
  return a == 0 ? Int16x8{} : not_zero;
}

}  // namespace edgewise::kernels::simd
