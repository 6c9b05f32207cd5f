// TRANSPOSE: output axis i is input axis permutation[i].
#include "core/graph/operands.h"
#include "core/kernels/rearrange.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> transpose(const Site& site) {
  const Value &x = site.in(0), &y = site.out();
  const auto permutation = constant_integers(site.optional(1), "permutation");
  if (!permutation) return std::unexpected(permutation.error());
  const Strides own = strides_of(x.shape);
  Strides strides{};
  for (std::size_t axis = 0; axis < permutation->size(); ++axis) {
    const std::int64_t from = (*permutation)[axis];
    strides[axis] = own[static_cast<std::size_t>(from < 0 ? from + x.shape.rank() : from)];
  }
  return moving_kernel(site, even_move(y.shape, strides, strides_of(y.shape)));
}

}  // namespace edgewise::kernels::reference
