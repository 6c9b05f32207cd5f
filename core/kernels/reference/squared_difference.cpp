// SQUARED_DIFFERENCE with broadcasting.
//
//   integers  both operands are brought onto one grid of twice the larger scale (8 bits: with 7 bits more), subtracted, squared, and go to the output's
// Source: TensorFlow Lite, squared_difference.cc.
#include "core/kernels/broadcasting.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

template <class T>
Result<Kernel> integer_kernel(const Site& site) {
  const auto grids = pair_of_grids(site, Activation::none);
  if (!grids) return std::unexpected(grids.error());
  constexpr int left = sizeof(T) == 1 ? 7 : 0;
  const double common = 2.0 * static_cast<double>(std::max(grids->a.scale, grids->b.scale));
  const auto by_a = checked_multiplier(static_cast<double>(grids->a.scale) / common), by_b = checked_multiplier(static_cast<double>(grids->b.scale) / common);
  const auto by_square = checked_multiplier(common * common / ((1 << 2 * left) * static_cast<double>(grids->output_scale)));
  if (!by_a) return std::unexpected(by_a.error());
  if (!by_b) return std::unexpected(by_b.error());
  if (!by_square) return std::unexpected(by_square.error());
  return elementwise<T>(site, [=, za = grids->a.zero_point, zb = grids->b.zero_point, ma = *by_a, mb = *by_b, ms = *by_square, grid = grids->output](T x, T y) {
    const std::int32_t difference = multiply((x - za) * (1 << left), ma) - multiply((y - zb) * (1 << left), mb);  // at most 2^15: its square fits
    return static_cast<T>(requantize(difference * difference, ms, grid));
  });
}

}  // namespace

Result<Kernel> squared_difference(const Site& site) {
  const DType type = site.out().type;
  if (!is_of_one_type(site)) return no_kernel(site);
  if (type == DType::float32) return elementwise<float>(site, [](float a, float b) { return (a - b) * (a - b); });
  if (type == DType::int32) return elementwise_whole<std::int32_t>(site, Activation::none, [](std::uint32_t a, std::uint32_t b) { return (a - b) * (a - b); });
  if (type == DType::int8) return integer_kernel<std::int8_t>(site);
  if (type == DType::int16) return integer_kernel<std::int16_t>(site);
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
