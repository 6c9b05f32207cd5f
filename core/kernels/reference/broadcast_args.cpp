// BROADCAST_ARGS: the shape that two shapes broadcast to, computed while the model runs.
#include <algorithm>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

template <class T>
Kernel kernel(std::size_t rank_a, std::size_t rank_b) {
  return [rank_a, rank_b](const Operands& operands) {
    const T *a = operands.in<T>(0), *b = operands.in<T>(1);
    T* out = operands.out<T>();
    const std::size_t rank = std::max(rank_a, rank_b);
    for (std::size_t from_end = 1; from_end <= rank; ++from_end) {
      const T in_a = from_end <= rank_a ? a[rank_a - from_end] : 1, in_b = from_end <= rank_b ? b[rank_b - from_end] : 1;
      out[rank - from_end] = in_a == 1 ? in_b : in_a;
    }
  };
}

}  // namespace

Result<Kernel> broadcast_args(const Site& site) {
  const DType type = site.out().type;
  if (site.in(0).type != type || site.in(1).type != type) return no_kernel(site);
  const auto rank_a = static_cast<std::size_t>(site.in(0).shape.elements()), rank_b = static_cast<std::size_t>(site.in(1).shape.elements());
  if (type == DType::int32) return kernel<std::int32_t>(rank_a, rank_b);
  if (type == DType::int64) return kernel<std::int64_t>(rank_a, rank_b);
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
