// IEEE 754 binary16 as float, exactly, and back. Nothing here is computed in half.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace edgewise {

inline float from_half(std::uint16_t half) {
  const int exponent = half >> 10 & 31, fraction = half & 1023;
  const float sign = (half & 0x8000) != 0 ? -1.0f : 1.0f;
  if (exponent == 0) return sign * std::ldexp(static_cast<float>(fraction), -24);
  if (exponent == 31) return fraction == 0 ? sign * std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
  return sign * std::ldexp(static_cast<float>(1024 + fraction), exponent - 25);
}

/// The nearest half, ties to even; what is too large becomes infinity.
inline std::uint16_t to_half(float real) {
  const auto sign = static_cast<std::uint16_t>(std::signbit(real) ? 0x8000 : 0);
  const float magnitude = std::abs(real);
  if (std::isnan(real)) return 0x7e00;
  if (magnitude >= 65520.0f) return sign | 0x7c00;
  int exponent = 0;
  std::frexp(magnitude, &exponent);                             // magnitude in [2^(exponent-1), 2^exponent)
  const int unit = std::max(exponent - 11, -24);                // 10 bits behind the first; below 2^-14 steps of 2^-24
  const auto steps = static_cast<int>(std::nearbyint(std::ldexp(magnitude, -unit)));
  return static_cast<std::uint16_t>(sign | (steps + (unit + 24) * 1024));   // a normal number's first bit adds 1 to its exponent
}

}  // namespace edgewise
