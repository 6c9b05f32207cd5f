// RSQRT: 1 / sqrt(x).
//
//   int16     a table made in float, interpolated
//   8 bits    the inverse square root of (x - zero in) in fixed point, brought onto the output's grid. Real 0 gives the highest code, and so does what is
//             below it (TensorFlow Lite gives up there).
// Source: TensorFlow Lite, elementwise.cc.
#include <cmath>

#include "core/kernels/inverse_sqrt.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/unary.h"

namespace edgewise::kernels::reference {

Result<Kernel> rsqrt(const Site& site) {
  if (site.in(0).type != site.out().type) return no_kernel(site);
  if (site.out().type == DType::float32) return float_unary(site, [](float x) { return 1.0f / std::sqrt(x); });
  if (site.out().type == DType::int16) {
    if (!site.out().grid.present()) return fail("the output is int16 without a scale");
    const float highest = 32767.0f * site.out().grid.scale.front();
    return real_function_curve(site, [highest](float x) { return x <= 0.0f ? highest : 1.0f / std::sqrt(x); });
  }
  const auto input = grid_of(site.in(0), "input 0");
  if (!input) return std::unexpected(input.error());
  const auto output = output_grid(site, Activation::none);
  if (!output) return std::unexpected(output.error());
  const auto multiplier = checked_multiplier(static_cast<double>(1.0f / (std::sqrt(input->scale) * site.out().grid.scale.front())));
  if (!multiplier) return std::unexpected(multiplier.error());
  return code_unary(site, [zero = input->zero_point, by = *multiplier, grid = *output](std::int32_t code) {
    const std::int32_t steps = code - zero;
    if (steps <= 0) return grid.highest;
    constexpr int fine = 20;  // bits that keep the root whole
    Multiplier root = fixed_point::inverse_sqrt(steps);
    root.shift += fine;
    return requantize(multiply(1, root), Multiplier{by.mantissa, std::max(by.shift - fine, -31)}, grid);
  });
}

}  // namespace edgewise::kernels::reference
