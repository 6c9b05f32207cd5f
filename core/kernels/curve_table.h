// A function of an int16 code as 513 samples with linear interpolation between them: how TensorFlow Lite computes exponentials of 16-bit codes.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace edgewise::kernels {

inline std::int16_t saturate_to_int16(std::int32_t x) { return static_cast<std::int16_t>(std::clamp(x, -32768, 32767)); }

/// f sampled at 512 steps over [low, high]; each sample is moved by half of the error that the middle of its step would have.
/// Real is the type the samples are worked out in, which decides their last bit. Source: LUTPopulate in TensorFlow Lite's common.h.
class CurveTable {
 public:
  template <class Real, class F>
  static CurveTable of(F f, Real low, Real high, Real codes_per_one) {
    CurveTable table;
    const Real step = (high - low) / 512;
    for (int k = 0; k < 512; ++k) {
      const Real at = static_cast<Real>(k);
      const Real here = f(low + at * step) * codes_per_one, next = f(low + (at + 1) * step) * codes_per_one;
      const Real middle = std::round(f(low + at * step + step / 2) * codes_per_one), interpolated = std::round((next + std::round(here)) / 2);
      table.at_[static_cast<std::size_t>(k)] = code(std::round(here) - std::round((interpolated - middle) / 2));
    }
    table.at_[512] = code(std::round(f(high) * codes_per_one));
    return table;
  }
  std::int32_t operator()(std::int32_t x) const {
    const auto k = static_cast<std::size_t>(256 + (x >> 7));
    return at_[k] + (((at_[k + 1] - at_[k]) * (x & 127) + 64) >> 7);
  }

 private:
  template <class Real>
  static std::int16_t code(Real x) {
    return std::isnan(x) ? std::int16_t{0} : static_cast<std::int16_t>(std::clamp(x, Real{-32768}, Real{32767}));
  }
  std::array<std::int16_t, 513> at_{};
};

}  // namespace edgewise::kernels
