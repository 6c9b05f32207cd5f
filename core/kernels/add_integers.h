// The integers of ADD and SUB: both operands on one grid of twice the larger scale, with `left` bits more to keep the rounding small; the sum on the output's.
//
// Source: TensorFlow Lite, integer_ops/add.h.
#pragma once

#include "core/kernels/site.h"

namespace edgewise::kernels {

struct AddIntegers {
  std::int32_t zero_a, zero_b, sign;
  int left;
  Multiplier by_a, by_b, by_sum;
  OutputGrid grid;

  /// T: the type of the codes. sign: 1 to add, -1 to subtract.
  template <class T>
  static Result<AddIntegers> make(const Site& site, Activation activation, std::int32_t sign) {
    const auto a = grid_of(site.in(0), "input 0");
    if (!a) return std::unexpected(a.error());
    const auto b = grid_of(site.in(1), "input 1");
    if (!b) return std::unexpected(b.error());
    const auto output = output_grid(site, activation);
    if (!output) return std::unexpected(output.error());
    constexpr int left = sizeof(T) == 1 ? 20 : 15;
    const double common = 2.0 * static_cast<double>(std::max(a->scale, b->scale));
    const auto by_a = checked_multiplier(static_cast<double>(a->scale) / common), by_b = checked_multiplier(static_cast<double>(b->scale) / common);
    const auto by_sum = checked_multiplier(common / ((1 << left) * static_cast<double>(site.out().grid.scale.front())));
    if (!by_a) return std::unexpected(by_a.error());
    if (!by_b) return std::unexpected(by_b.error());
    if (!by_sum) return std::unexpected(by_sum.error());
    return AddIntegers{a->zero_point, b->zero_point, sign, left, *by_a, *by_b, *by_sum, *output};
  }

  std::int32_t operator()(std::int32_t a, std::int32_t b) const {
    const std::int32_t from_a = multiply((a - zero_a) * (1 << left), by_a), from_b = multiply((b - zero_b) * (1 << left), by_b);
    return requantize(from_a + sign * from_b, by_sum, grid);
  }
};

}  // namespace edgewise::kernels
