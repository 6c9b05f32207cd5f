// TRANSPOSE: output axis i is input axis permutation[i].
#include "core/graph/operands.h"
#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels::reference {

Result<Kernel> transpose(const Site& site) {
  const Value &x = site.in(0), &y = site.out();
  if (x.type != y.type) return no_kernel(site);
  const auto permutation = constant_integers(site.optional(1), "permutation");
  if (!permutation) return std::unexpected(permutation.error());
  const Strides own = strides_of(x.shape);
  Strides strides{};
  for (std::size_t axis = 0; axis < permutation->size(); ++axis) {
    const std::int64_t from = (*permutation)[axis];
    strides[axis] = own[static_cast<std::size_t>(from < 0 ? from + x.shape.rank() : from)];
  }
  return by_element_width(site, y.type, [&]<class T>(T) -> Kernel {
    return [shape = y.shape, strides](const Operands& operands) {
      const T* from = operands.in<T>(0);
      T* to = operands.out<T>();
      walk<1>(shape, {strides}, {0}, [&](const auto& at) { *to++ = from[at[0]]; });
    };
  });
}

}  // namespace edgewise::kernels::reference
