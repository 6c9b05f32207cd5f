// ADD and SUB with broadcasting.
//
//   integers  both operands are brought onto one grid of twice the larger scale, with `left` bits more to keep the rounding small; the sum goes to the output's.
// Source: TensorFlow Lite, integer_ops/add.h.
#include <functional>

#include "core/kernels/broadcasting.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

template <class T>
Result<Kernel> integer_kernel(const Site& site, Activation activation, std::int32_t sign) {
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
  return elementwise<T>(site, [=, za = a->zero_point, zb = b->zero_point, ma = *by_a, mb = *by_b, ms = *by_sum, grid = *output](T x, T y) {
    const std::int32_t from_a = multiply((x - za) * (1 << left), ma), from_b = multiply((y - zb) * (1 << left), mb);
    return static_cast<T>(requantize(from_a + sign * from_b, ms, grid));
  });
}

template <class Combine>
Result<Kernel> combine(const Site& site, Activation activation, std::int32_t sign, Combine plain) {
  const DType type = site.out().type;
  if (site.in(0).type != type || site.in(1).type != type) return no_kernel(site);
  if (type == DType::int8) return integer_kernel<std::int8_t>(site, activation, sign);
  if (type == DType::int16) return integer_kernel<std::int16_t>(site, activation, sign);
  if (type == DType::int32) return elementwise_int32(site, activation, plain);
  if (type == DType::float32) return elementwise_float(site, activation, plain);
  return no_kernel(site);
}

}  // namespace

Result<Kernel> add(const Site& site) { return combine(site, std::get<Add>(site.node.op).activation, 1, std::plus<>()); }
Result<Kernel> sub(const Site& site) { return combine(site, std::get<Sub>(site.node.op).activation, -1, std::minus<>()); }

}  // namespace edgewise::kernels::reference
