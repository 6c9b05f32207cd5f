// The integers of MUL: code = zero + (a - zero a) * (b - zero b) * multiplier, clamped.
//
// Source: TensorFlow Lite, reference/mul.h, integer_ops/mul.h.
#pragma once

#include "core/kernels/broadcasting.h"

namespace edgewise::kernels {

struct MulIntegers {
  std::int32_t zero_a, zero_b;
  Multiplier multiplier;
  OutputGrid grid;

  static Result<MulIntegers> make(const Site& site, Activation activation) {
    const auto grids = pair_of_grids(site, activation);
    if (!grids) return std::unexpected(grids.error());
    const auto multiplier = checked_multiplier(static_cast<double>(grids->a.scale * grids->b.scale / grids->output_scale));  // in float, as TensorFlow Lite
    if (!multiplier) return std::unexpected(multiplier.error());
    return MulIntegers{grids->a.zero_point, grids->b.zero_point, *multiplier, grids->output};
  }

  std::int32_t operator()(std::int32_t a, std::int32_t b) const { return requantize((a - zero_a) * (b - zero_b), multiplier, grid); }
};

}  // namespace edgewise::kernels
