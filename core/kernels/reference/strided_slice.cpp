// STRIDED_SLICE: every step-th element of each axis, as Python slices.
#include "core/graph/operands.h"
#include "core/kernels/rearrange.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> strided_slice(const Site& site) {
  const auto slices = resolve_slices(site.graph, site.node, std::get<StridedSlice>(site.node.op));
  if (!slices) return std::unexpected(slices.error());
  Strides strides = strides_of(site.in(0).shape);
  Shape shape;  // of the output with dropped axes still there, of extent 1, and without new ones
  std::int64_t start = 0;
  for (std::size_t axis = 0; axis < slices->axes.size(); ++axis) {
    const AxisSlice& slice = slices->axes[axis];
    start += slice.begin * strides[axis];
    strides[axis] *= slice.step;
    shape.push(slice.count);
  }
  Move move = even_move(shape, strides, strides_of(shape));
  move.from = start;
  return moving_kernel(site, std::move(move));
}

}  // namespace edgewise::kernels::reference
