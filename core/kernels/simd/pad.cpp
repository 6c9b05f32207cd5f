// PAD, fast: whole runs of elements at a time. From the last padded axis inwards, input and output have the same order.
#include <algorithm>

#include "core/graph/operands.h"
#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/simd/simd.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels::simd {

Result<Kernel> pad(const Site& site) {
  const Value &x = site.in(0), &y = site.out();
  const auto paddings = constant_integers(site.optional(1), "paddings");
  if (!paddings || x.type != y.type || bits_of(y.type) % 8 != 0 || x.shape.elements() == 0) return reference::pad(site);
  const Strides strides = strides_of(y.shape);
  std::int64_t start = 0;  // where the input's first element goes
  int last_padded = 0;
  for (int axis = 0; axis < x.shape.rank(); ++axis) {
    const std::int64_t before = (*paddings)[2 * static_cast<std::size_t>(axis)];
    start += before * strides[static_cast<std::size_t>(axis)];
    if (x.shape[axis] != y.shape[axis]) last_padded = axis;
  }
  Shape runs = x.shape;
  std::int64_t length = 1;
  for (int axis = last_padded; axis < x.shape.rank(); ++axis) {
    length *= x.shape[axis];
    runs.set(axis, 1);
  }
  const std::int32_t zero = y.grid.present() ? y.grid.zero_point.front() : 0;
  return by_element_width(site, y.type, [&]<class T>(T) -> Kernel {
    return [runs, length, count = static_cast<std::int64_t>(y.shape.elements()), strides, start, border = static_cast<T>(zero)](const Operands& operands) {
      const T* from = operands.in<T>(0);
      T* const to = operands.out<T>();
      std::int64_t done = 0;   // of the output
      walk<1>(runs, {strides}, {start}, [&](const auto& at) {
        std::fill(to + done, to + at[0], border);
        std::copy_n(from, length, to + at[0]);
        from += length;
        done = at[0] + length;
      });
      std::fill(to + done, to + count, border);
    };
  });
}

}  // namespace edgewise::kernels::simd
