// EXP.
//
//   8 bits  a table made in float
//   int16   a table of 513 samples made in float, interpolated
// Source: TensorFlow Lite, exp.cc.
#include <cmath>

#include "core/kernels/reference/reference.h"
#include "core/kernels/unary.h"

namespace edgewise::kernels::reference {
namespace {

/// By way of double, so that every platform's tables are the same.
float rounded_exp(float x) { return static_cast<float>(std::exp(static_cast<double>(x))); }

}  // namespace

Result<Kernel> exp(const Site& site) {
  if (site.in(0).type != site.out().type) return no_kernel(site);
  if (site.out().type == DType::float32) return float_unary(site, [](float x) { return std::exp(x); });
  if (site.out().type == DType::int16) return real_function_curve(site, rounded_exp);
  return real_function_table(site, rounded_exp);
}

}  // namespace edgewise::kernels::reference
