// BROADCAST_TO: the input repeated along axes of extent 1, numpy style.
#include "core/kernels/rearrange.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> broadcast_to(const Site& site) {
  const Shape& shape = site.out().shape;
  return moving_kernel(site, even_move(shape, broadcast_strides(site.in(0).shape, shape), strides_of(shape)));
}

}  // namespace edgewise::kernels::reference
