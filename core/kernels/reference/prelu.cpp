// PRELU: x where x >= 0, x * alpha below; alpha is an operand that broadcasts.
//
//   integers  code = zero + x * s_in / s_out, or zero + x * alpha * s_in * s_alpha / s_out, with x and alpha as steps from their zero points
// Source: TensorFlow Lite, reference/prelu.h; the multipliers are worked out in float (activations.cc).
#include "core/kernels/broadcasting.h"
#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

template <class T>
Result<Kernel> integer_kernel(const Site& site) {
  const auto grids = pair_of_grids(site, Activation::none);
  if (!grids) return std::unexpected(grids.error());
  const auto identity = checked_multiplier(static_cast<double>(grids->a.scale / grids->output_scale));
  const auto below = checked_multiplier(static_cast<double>(grids->a.scale * grids->b.scale / grids->output_scale));
  if (!identity) return std::unexpected(identity.error());
  if (!below) return std::unexpected(below.error());
  return elementwise<T>(site, [za = grids->a.zero_point, zb = grids->b.zero_point, positive = *identity, negative = *below, grid = grids->output](T x, T alpha) {
    const std::int32_t steps = x - za;
    return static_cast<T>(steps >= 0 ? requantize(steps, positive, grid) : requantize(steps * (alpha - zb), negative, grid));
  });
}

}  // namespace

Result<Kernel> prelu(const Site& site) {
  if (!is_of_one_type(site)) return no_kernel(site);
  if (site.out().type == DType::float32) return elementwise<float>(site, [](float x, float alpha) { return x >= 0.0f ? x : x * alpha; });
  return by_code_type(site, site.out().type, [&]<class T>(T) { return integer_kernel<T>(site); });
}

}  // namespace edgewise::kernels::reference
