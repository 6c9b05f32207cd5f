// TILE: the input repeated along each axis. How often is what the shapes say.
#include "core/kernels/rearrange.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> tile(const Site& site) {
  const Shape &in = site.in(0).shape, &out = site.out().shape;
  const Strides from = strides_of(in), to = strides_of(out);
  Move move;
  for (int axis = 0; axis < in.rank(); ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    move.axes.push_back({out[axis] / in[axis], {0, {}}, {in[axis] * to[a], {}}});   // repetitions read the same
    move.axes.push_back({in[axis], {from[a], {}}, {to[a], {}}});
  }
  return moving_kernel(site, std::move(move));
}

}  // namespace edgewise::kernels::reference
