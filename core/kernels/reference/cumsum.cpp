// CUMSUM: running sums along an axis, with each element (or up to the one before it), from the front (or from the back).
// Source: TensorFlow Lite, optimized_ops.h's CumSum.
#include "core/graph/operands.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

struct Extents { std::size_t outer, axis, inner; };

/// T is unsigned for whole numbers: sums are modulo 2^32 or 2^64.
template <class T>
Kernel kernel(const Extents& extents, const CumSum& options) {
  return [e = extents, op = options](const Operands& operands) {
    for (std::size_t o = 0; o < e.outer; ++o)
      for (std::size_t i = 0; i < e.inner; ++i) {
        T sum = 0;
        for (std::size_t step = 0; step < e.axis; ++step) {
          const std::size_t at = (o * e.axis + (op.reverse ? e.axis - 1 - step : step)) * e.inner + i;
          const T x = operands.in<T>(0)[at];
          operands.out<T>()[at] = op.exclusive ? sum : sum + x;
          sum += x;
        }
      }
  };
}

}  // namespace

Result<Kernel> cumsum(const Site& site) {
  const Value& x = site.in(0);
  const auto& op = std::get<CumSum>(site.node.op);
  if (x.type != site.out().type) return no_kernel(site);
  const auto axis = constant_axis(site.optional(1), x.shape.rank());
  if (!axis) return std::unexpected(axis.error());
  Extents e{1, static_cast<std::size_t>(x.shape[*axis]), 1};
  for (int i = 0; i < x.shape.rank(); ++i)
    if (i != *axis) (i < *axis ? e.outer : e.inner) *= static_cast<std::size_t>(x.shape[i]);
  if (x.type == DType::float32) return kernel<float>(e, op);
  if (x.type == DType::int32) return kernel<std::uint32_t>(e, op);
  if (x.type == DType::int64) return kernel<std::uint64_t>(e, op);
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
