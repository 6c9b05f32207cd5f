// ELU: x where x >= 0, exp(x) - 1 below. Codes by a table made in float. Source: TensorFlow Lite, activations.cc.
#include <cmath>

#include "core/kernels/reference/reference.h"
#include "core/kernels/unary.h"

namespace edgewise::kernels::reference {

Result<Kernel> elu(const Site& site) {
  if (site.in(0).type != site.out().type) return no_kernel(site);
  if (site.out().type == DType::float32) return float_unary(site, [](float x) { return x < 0.0f ? std::expm1(x) : x; });
  if (site.out().type == DType::int16) return no_kernel(site);
  return real_function_table(site, [](float x) { return x < 0.0f ? static_cast<float>(std::expm1(static_cast<double>(x))) : x; });
}

}  // namespace edgewise::kernels::reference
