// STRIDED_SLICE: every step-th element of each axis, as Python slices.
#include "core/graph/operands.h"
#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels::reference {

Result<Kernel> strided_slice(const Site& site) {
  const Value &x = site.in(0), &y = site.out();
  if (x.type != y.type) return no_kernel(site);
  const auto slices = resolve_slices(site.graph, site.node, std::get<StridedSlice>(site.node.op));
  if (!slices) return std::unexpected(slices.error());
  Strides strides = strides_of(x.shape);
  Shape shape;  // of the output with dropped axes still there, of extent 1
  std::int64_t start = 0;
  for (std::size_t axis = 0; axis < slices->size(); ++axis) {
    const AxisSlice& slice = (*slices)[axis];
    start += slice.begin * strides[axis];
    strides[axis] *= slice.step;
    shape.push(slice.count);
  }
  return by_element_width(site, y.type, [&]<class T>(T) -> Kernel {
    return [shape, strides, start](const Operands& operands) {
      const T* from = operands.in<T>(0);
      T* to = operands.out<T>();
      walk<1>(shape, {strides}, {start}, [&](const auto& at) { *to++ = from[at[0]]; });
    };
  });
}

}  // namespace edgewise::kernels::reference
