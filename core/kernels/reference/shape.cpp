// SHAPE: the extents of the input, which are known before any run.
#include <algorithm>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> shape(const Site& site) {
  const auto extents = [&]<class T>(T) -> Kernel {
    std::vector<T> list;
    for (int axis = 0; axis < site.in(0).shape.rank(); ++axis) list.push_back(static_cast<T>(site.in(0).shape[axis]));
    return [list = std::move(list)](const Operands& operands) { std::ranges::copy(list, operands.out<T>()); };
  };
  if (site.out().type == DType::int32) return extents(std::int32_t{});
  if (site.out().type == DType::int64) return extents(std::int64_t{});
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
