// PAD: the input inside a border of real 0, which is code zero_point.
// Source: TensorFlow Lite, reference/pad.h.
#include <algorithm>

#include "core/graph/operands.h"
#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels::reference {

Result<Kernel> pad(const Site& site) {
  const Value &x = site.in(0), &y = site.out();
  if (x.type != y.type) return no_kernel(site);
  const auto paddings = constant_integers(site.optional(1), "paddings");
  if (!paddings) return std::unexpected(paddings.error());
  const Strides strides = strides_of(y.shape);
  std::int64_t start = 0;  // where the input's first element goes
  for (int axis = 0; axis < x.shape.rank(); ++axis) start += (*paddings)[2 * static_cast<std::size_t>(axis)] * strides[static_cast<std::size_t>(axis)];
  const std::int32_t zero = y.grid.present() ? y.grid.zero_point.front() : 0;
  return by_element_width(site, y.type, [&]<class T>(T) -> Kernel {
    return [shape = x.shape, count = y.shape.elements(), strides, start, border = static_cast<T>(zero)](const Operands& operands) {
      const T* from = operands.in<T>(0);
      T* to = operands.out<T>();
      std::fill_n(to, count, border);
      walk<1>(shape, {strides}, {start}, [&](const auto& at) { to[at[0]] = *from++; });
    };
  });
}

}  // namespace edgewise::kernels::reference
