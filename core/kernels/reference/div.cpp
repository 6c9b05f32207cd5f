// DIV with broadcasting.
//
//   integers      code = zero + (a - zero a) / (b - zero b) * s_a / (s_b * s_out), with a reciprocal in fixed point; 8 bits
//   whole numbers truncated toward zero. A divisor of 0 that is constant is refused; one that is computed gives 0 (TensorFlow Lite gives up).
// Source: TensorFlow Lite, reference/div.h, div.cc; GetReciprocal in common.h.
#include "core/base/text.h"
#include "core/kernels/broadcasting.h"
#include "core/kernels/elements.h"
#include "core/kernels/fixed_point.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

/// 1/x for x > 0: a fraction in Q0.31 times 2^-shift.
struct Reciprocal { std::int32_t fraction; int shift; };
Reciprocal reciprocal(std::int32_t x) {
  const int headroom = std::countl_zero(static_cast<std::uint32_t>(x));
  const auto normal = static_cast<std::int32_t>((static_cast<std::uint32_t>(x) << headroom) - (std::uint32_t{1} << 31));
  return {fixed_point::one_over_one_plus(normal), 31 - headroom};
}

template <class T>
Result<Kernel> integer_kernel(const Site& site, Activation activation) {
  const auto grids = pair_of_grids(site, activation);
  if (!grids) return std::unexpected(grids.error());
  const auto multiplier = checked_multiplier(static_cast<double>(grids->a.scale / (grids->b.scale * grids->output_scale)));
  if (!multiplier) return std::unexpected(multiplier.error());
  return elementwise<T>(site, [za = grids->a.zero_point, zb = grids->b.zero_point, by = *multiplier, grid = grids->output](T x, T y) {
    const std::int32_t a = x - za, b = y - zb;
    if (b == 0) return static_cast<T>(std::clamp(grid.zero_point, grid.lowest, grid.highest));
    const Reciprocal inverse = reciprocal(std::abs(b));
    const int headroom = std::countl_zero(static_cast<std::uint32_t>(a >= 0 ? a : ~a)) - 1;
    const std::int32_t quotient = high_product(fixed_point::shift_left(a, headroom), b > 0 ? inverse.fraction : -inverse.fraction);
    const int right = inverse.shift + headroom - by.shift;  // total_shift, negated
    const std::int32_t scaled = high_product(quotient, by.mantissa);
    const std::int64_t result = right > 31 ? 0 : right >= 0 ? rounding_shift_right(scaled, right) : fixed_point::shift_left(scaled, -right);
    return static_cast<T>(std::clamp<std::int64_t>(result + grid.zero_point, grid.lowest, grid.highest));
  });
}

}  // namespace

Result<Kernel> div(const Site& site) {
  const Activation activation = std::get<Div>(site.node.op).activation;
  const DType type = site.out().type;
  if (!is_of_one_type(site)) return no_kernel(site);
  if (type == DType::float32) return elementwise_float(site, activation, std::divides<>());
  if (type == DType::int8) return integer_kernel<std::int8_t>(site, activation);
  if (type == DType::uint8) return integer_kernel<std::uint8_t>(site, activation);
  if (type != DType::int32) return no_kernel(site);
  if (auto ok = no_constant_zero(site.in(1)); !ok) return std::unexpected(ok.error());
  return elementwise_whole<std::int32_t>(site, activation, [](std::uint32_t a, std::uint32_t b) -> std::uint32_t {
    const auto x = static_cast<std::int32_t>(a), y = static_cast<std::int32_t>(b);
    if (y == 0) return 0;
    return y == -1 ? 0u - a : static_cast<std::uint32_t>(x / y);  // -2^31 / -1 wraps
  });
}

}  // namespace edgewise::kernels::reference
