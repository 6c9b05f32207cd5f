// MUL with broadcasting: code = zero + (a - zero a) * (b - zero b) * multiplier, clamped.
// Source: TensorFlow Lite, integer_ops/mul.h.
#include <functional>

#include "core/kernels/broadcasting.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

template <class T>
Result<Kernel> integer_kernel(const Site& site, Activation activation) {
  const auto a = grid_of(site.in(0), "input 0");
  if (!a) return std::unexpected(a.error());
  const auto b = grid_of(site.in(1), "input 1");
  if (!b) return std::unexpected(b.error());
  const auto output = output_grid(site, activation);
  if (!output) return std::unexpected(output.error());
  const auto multiplier = checked_multiplier(static_cast<double>(a->scale * b->scale / site.out().grid.scale.front()));  // in float, as TensorFlow Lite
  if (!multiplier) return std::unexpected(multiplier.error());
  return elementwise<T>(site, [za = a->zero_point, zb = b->zero_point, m = *multiplier, grid = *output](T x, T y) {
    return static_cast<T>(requantize((x - za) * (y - zb), m, grid));
  });
}

}  // namespace

Result<Kernel> mul(const Site& site) {
  const Activation activation = std::get<Mul>(site.node.op).activation;
  const DType type = site.out().type;
  if (site.in(0).type != type || site.in(1).type != type) return no_kernel(site);
  if (type == DType::int8) return integer_kernel<std::int8_t>(site, activation);
  if (type == DType::int16) return integer_kernel<std::int16_t>(site, activation);
  if (type == DType::int32) return elementwise_int32(site, activation, std::multiplies<>());
  if (type == DType::float32) return elementwise_float(site, activation, std::multiplies<>());
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
