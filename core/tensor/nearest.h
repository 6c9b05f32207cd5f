// Rounding many numbers onto a grid: what quantize() of affine.h gives, in steps that processors have as instructions, so that a loop over it is one of vectors.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/tensor/affine.h"

namespace edgewise {

/// std::round: the nearest whole number, ties away from zero. |x| < 2^31, not NaN. Just under a half is added, since 0.5 would lift what is just under a half itself.
inline std::int32_t nearest(float x) { return static_cast<std::int32_t>(x + std::copysign(0x1.fffffep-2f, x)); }
inline std::int32_t nearest(double x) { return static_cast<std::int32_t>(x + std::copysign(0x1.fffffffffffffp-2, x)); }

/// quantize() to one grid. Steps are cut off at the last codes before they are rounded, which gives the same and keeps them in an int.
class NearestCode {
 public:
  NearestCode(float scale, std::int32_t zero_point, CodeRange codes)
      : scale_(scale), lowest_(static_cast<float>(codes.lowest - zero_point)), highest_(static_cast<float>(codes.highest - zero_point)), zero_point_(zero_point) {}

  std::int32_t operator()(float real) const {
    const float steps = real / scale_;
    return nearest(std::min(std::max(steps == steps ? steps : 0.0f, lowest_), highest_)) + zero_point_;
  }

 private:
  float scale_, lowest_, highest_;
  std::int32_t zero_point_;
};

}  // namespace edgewise
