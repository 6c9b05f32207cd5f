// REVERSE_V2: the named axes back to front.
#include "core/graph/operands.h"
#include "core/kernels/rearrange.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> reverse_v2(const Site& site) {
  const Shape& shape = site.in(0).shape;
  const auto axes = constant_integers(site.optional(1), "axes");
  if (!axes) return std::unexpected(axes.error());
  const auto reversed = named_axes(*axes, shape.rank());
  if (!reversed) return std::unexpected(reversed.error());
  Strides from = strides_of(shape);
  std::int64_t start = 0;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    if (!(*reversed)[a]) continue;
    start += (shape[axis] - 1) * from[a];
    from[a] = -from[a];
  }
  Move move = even_move(shape, from, strides_of(shape));
  move.from = start;
  return moving_kernel(site, std::move(move));
}

}  // namespace edgewise::kernels::reference
