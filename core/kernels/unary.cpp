#include "core/kernels/unary.h"

#include <algorithm>
#include <cmath>

#include "core/kernels/curve_table.h"

namespace edgewise::kernels {

Kernel float_unary(const Site& site, float (*f)(float)) {
  return [f, count = site.out().shape.elements()](const Operands& operands) {
    const float* x = operands.in<float>(0);
    float* y = operands.out<float>();
    for (std::uint64_t i = 0; i < count; ++i) y[i] = f(x[i]);
  };
}

Kernel table_kernel(const Site& site, const CodeTable& table) {
  return [table, count = site.out().shape.elements()](const Operands& operands) {
    const auto* x = operands.in<std::uint8_t>(0);
    auto* y = operands.out<std::uint8_t>();
    for (std::uint64_t i = 0; i < count; ++i) y[i] = table[x[i]];
  };
}

Result<Kernel> real_function_table(const Site& site, const std::function<float(float)>& f) {
  const auto input = grid_of(site.in(0), "input 0");
  if (!input) return std::unexpected(input.error());
  const auto output = output_grid(site, Activation::none);
  if (!output) return std::unexpected(output.error());
  const float codes_per_one = 1.0f / site.out().grid.scale.front();
  if (!std::isfinite(codes_per_one)) return fail("the output's scale is too small to divide by");
  return code_unary(site, [=, grid = *output, input = *input](std::int32_t code) {
    const float steps = std::round(f(input.scale * static_cast<float>(code - input.zero_point)) * codes_per_one);
    if (std::isnan(steps)) return std::clamp(grid.zero_point, grid.lowest, grid.highest);
    return static_cast<std::int32_t>(std::clamp(static_cast<double>(steps) + grid.zero_point, static_cast<double>(grid.lowest), static_cast<double>(grid.highest)));
  });
}

Result<Kernel> real_function_curve(const Site& site, const std::function<float(float)>& f) {
  const auto input = grid_of(site.in(0), "input 0");
  if (!input) return std::unexpected(input.error());
  const auto output = grid_of(site.out(), "the output");
  if (!output) return std::unexpected(output.error());
  const float low = input->scale * -32768.0f, high = input->scale * 32767.0f;
  const float codes_per_one = 65536.0f / (output->scale * 32767.0f - output->scale * -32768.0f);
  if (!std::isfinite(codes_per_one)) return fail("the output's scale is too small to divide by");
  return code_unary(site, CurveTable::of(f, low, high, codes_per_one));
}

}  // namespace edgewise::kernels
