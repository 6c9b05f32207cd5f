// Bringing an accumulator onto the grid of an output with integers only: a real multiplier as Q0.31 times a power of two.
//
// Sources: Jacob et al. 2018, section 2.2; gemmlowp's fixed-point functions; TensorFlow Lite's quantization_util and common.h.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace edgewise {

/// How a multiplier rounds. Real runtimes differ.
enum class Rounding : std::uint8_t {
  half_away,  ///< TensorFlow Lite and TensorFlow Lite Micro: the product rounds to 31 bits, then the shift rounds again, ties away from zero
  half_up,    ///< one rounding of the exact product, ties toward +infinity: TFLITE_SINGLE_ROUNDING, ruy
};

/// mantissa * 2^(shift - 31). mantissa is 0 or in [2^30, 2^31) when it comes from quantize_multiplier; a positive shift is to the left.
struct Multiplier {
  std::int32_t mantissa = 0;
  int shift = 0;
  bool operator==(const Multiplier&) const = default;
};

/// The nearest Multiplier. `real` is finite and in [0, 2^30]; below 2^-32 it becomes 0.
inline Multiplier quantize_multiplier(double real) {
  if (real == 0.0) return {};
  int shift = 0;
  const double fraction = std::frexp(real, &shift);  // in [0.5, 1)
  auto mantissa = static_cast<std::int64_t>(std::round(fraction * 0x1p31));
  if (mantissa == std::int64_t{1} << 31) {
    mantissa /= 2;
    ++shift;
  }
  if (shift < -31) return {};
  return {static_cast<std::int32_t>(mantissa), shift};
}

inline std::int32_t saturate_to_int32(std::int64_t x) {
  return static_cast<std::int32_t>(
      std::clamp<std::int64_t>(x, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()));
}

/// a * b / 2^31, rounded to nearest; ties toward +infinity. (gemmlowp's SaturatingRoundingDoublingHighMul: its truncating division with a nudge by sign is
/// this shift.) Only -2^31 * -2^31 saturates.
inline std::int32_t high_product(std::int32_t a, std::int32_t b) {
  return saturate_to_int32((std::int64_t{a} * b + (std::int64_t{1} << 30)) >> 31);
}

/// x / 2^exponent, rounded to nearest, ties away from zero. exponent in [0, 31].
inline std::int32_t rounding_shift_right(std::int32_t x, int exponent) {
  const std::int64_t half = exponent == 0 ? 0 : std::int64_t{1} << (exponent - 1);
  return static_cast<std::int32_t>((std::int64_t{x} + half - (x < 0 && exponent > 0)) >> exponent);
}

/// x * multiplier. A left shift saturates (in TensorFlow Lite it must not overflow).
inline std::int32_t multiply(std::int32_t x, Multiplier by, Rounding rounding = Rounding::half_away) {
  if (rounding == Rounding::half_up)
    return saturate_to_int32((std::int64_t{x} * by.mantissa + (std::int64_t{1} << (30 - by.shift))) >> (31 - by.shift));
  const std::int32_t shifted = by.shift > 0 ? saturate_to_int32(std::int64_t{x} * (std::int64_t{1} << by.shift)) : x;
  return rounding_shift_right(high_product(shifted, by.mantissa), by.shift < 0 ? -by.shift : 0);
}

/// The same for the 64-bit accumulators of 16-bit activations: |x| < 2^47, the mantissa is cut to 16 bits, ties go toward +infinity. shift in [-31, 14].
inline std::int32_t multiply(std::int64_t x, Multiplier by) {
  const std::int32_t mantissa = by.mantissa >= 0x7fff0000 ? 0x7fff : (by.mantissa + (1 << 15)) >> 16;
  const int right = 15 - by.shift;
  return saturate_to_int32((x * mantissa + (std::int64_t{1} << (right - 1))) >> right);
}

/// The codes an output may take and the code of zero.
struct OutputGrid {
  std::int32_t zero_point, lowest, highest;
};

/// code = zero_point + acc * multiplier, clamped.
template <class Accumulator>
std::int32_t requantize(Accumulator acc, Multiplier multiplier, const OutputGrid& grid) {
  const std::int64_t code = std::int64_t{multiply(acc, multiplier)} + grid.zero_point;
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(code, grid.lowest, grid.highest));
}

/// The same in float32, ties to even: QLinearConv and QLinearMatMul of ONNX Runtime.
template <class Accumulator>
std::int32_t requantize_in_float(Accumulator acc, float factor, const OutputGrid& grid) {
  const float steps = std::nearbyint(static_cast<float>(acc) * factor);
  return static_cast<std::int32_t>(std::clamp(steps + static_cast<float>(grid.zero_point), static_cast<float>(grid.lowest), static_cast<float>(grid.highest)));
}

}  // namespace edgewise
