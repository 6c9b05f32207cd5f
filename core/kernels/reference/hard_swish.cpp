// HARD_SWISH: x * relu6(x + 3) / 6. Codes take 16-bit arithmetic: relu6's half as a fraction of 2^15, times the rescaled x.
// Source: TensorFlow Lite, reference/hard_swish.h.
#include <algorithm>

#include "core/kernels/curve_table.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/unary.h"

namespace edgewise::kernels::reference {
namespace {

/// a * b / 2^15, rounded to nearest, ties toward +infinity; only -2^15 * -2^15 saturates.
std::int32_t high_product_16(std::int32_t a, std::int32_t b) { return std::min((a * b + (1 << 14)) >> 15, 32767); }

std::int32_t mantissa_16(Multiplier by) { return by.mantissa >= std::numeric_limits<std::int32_t>::max() - (1 << 15) ? 32767 : (by.mantissa + (1 << 15)) >> 16; }

Result<Kernel> integer_kernel(const Site& site) {
  const auto input = grid_of(site.in(0), "input 0");
  if (!input) return std::unexpected(input.error());
  const auto output = output_grid(site, Activation::none);
  if (!output) return std::unexpected(output.error());
  const float fine_scale = (1.0f / 128.0f) * input->scale;
  const auto to_output = checked_multiplier(static_cast<double>(fine_scale / site.out().grid.scale.front()));
  const auto to_relu = checked_multiplier(static_cast<double>(fine_scale / (3.0f / 32768.0f)));
  if (!to_output) return std::unexpected(to_output.error());
  if (!to_relu) return std::unexpected(to_relu.error());
  if (to_output->shift > 0) return fail("its input's scale is more than 128 times its output's");
  const int relu_left = std::max(to_relu->shift, 0), relu_right = std::max(-to_relu->shift, 0);
  if (relu_left > 15) return fail("its input's scale is too large");

  return code_unary(site, [=, zero = input->zero_point, output_by = mantissa_16(*to_output), right = -to_output->shift, relu_by = mantissa_16(*to_relu),
                           grid = *output](std::int32_t code) {
    const std::int32_t fine = (code - zero) * 128;  // int16
    const std::int32_t scaled = high_product_16(fine, output_by);
    std::int32_t relu = relu_left > 0 ? saturate_to_int16(fine * (1 << (relu_left - 1))) : fine;  // the last bit only after the product: it may overflow
    relu = high_product_16(relu, relu_by);
    if (relu_left > 0) relu = saturate_to_int16(relu * 2);
    relu = rounding_shift_right(relu, relu_right);
    relu = (relu + 32768) >> 1;  // from [-1, 1] to [0, 1]
    const std::int32_t product = relu * scaled / (1 << 15);  // truncated
    return std::clamp(rounding_shift_right(product, right) + grid.zero_point, grid.lowest, grid.highest);
  });
}

}  // namespace

Result<Kernel> hard_swish(const Site& site) {
  if (site.in(0).type != site.out().type) return no_kernel(site);
  if (site.out().type == DType::float32) return float_unary(site, [](float x) { return x * std::min(6.0f, std::max(0.0f, x + 3.0f)) / 6.0f; });
  if (site.out().type == DType::int16) return no_kernel(site);
  return integer_kernel(site);
}

}  // namespace edgewise::kernels::reference
