// MUL with broadcasting: code = zero + (a - zero a) * (b - zero b) * multiplier, clamped.
// Source: TensorFlow Lite, reference/mul.h, integer_ops/mul.h.
#include <functional>

#include "core/kernels/broadcasting.h"
#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

template <class T>
Result<Kernel> integer_kernel(const Site& site, Activation activation) {
  const auto grids = pair_of_grids(site, activation);
  if (!grids) return std::unexpected(grids.error());
  const auto multiplier = checked_multiplier(static_cast<double>(grids->a.scale * grids->b.scale / grids->output_scale));  // in float, as TensorFlow Lite
  if (!multiplier) return std::unexpected(multiplier.error());
  return elementwise<T>(site, [za = grids->a.zero_point, zb = grids->b.zero_point, m = *multiplier, grid = grids->output](T x, T y) {
    return static_cast<T>(requantize((x - za) * (y - zb), m, grid));
  });
}

}  // namespace

Result<Kernel> mul(const Site& site) {
  const Activation activation = std::get<Mul>(site.node.op).activation;
  const DType type = site.out().type;
  if (!is_of_one_type(site)) return no_kernel(site);
  if (type == DType::float32) return elementwise_float(site, activation, std::multiplies<>());
  if (type == DType::int32) return elementwise_whole<std::int32_t>(site, activation, std::multiplies<>());
  if (type == DType::int64) return elementwise_whole<std::int64_t>(site, activation, std::multiplies<>());
  return by_code_type(site, type, [&]<class T>(T) { return integer_kernel<T>(site, activation); });
}

}  // namespace edgewise::kernels::reference
