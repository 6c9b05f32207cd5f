// SELECT_V2: input 1 where input 0 is true, input 2 elsewhere; all three broadcast.
#include "core/kernels/broadcasting.h"
#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {

Result<Kernel> select_v2(const Site& site) {
  const Value& y = site.out();
  if (site.in(0).type != DType::boolean || site.in(1).type != y.type || site.in(2).type != y.type) return no_kernel(site);
  const std::array shapes{site.in(0).shape, site.in(1).shape, site.in(2).shape};
  return by_element_width(site, y.type, [&]<class T>(T) -> Kernel {
    return [rows = rows_of(shapes, y.shape)](const Operands& operands) {
      const auto* condition = operands.in<std::uint8_t>(0);
      const T *a = operands.in<T>(1), *b = operands.in<T>(2);
      T* out = operands.out<T>();
      walk<3>(rows.outer, rows.strides, {}, [&](const auto& at) {
        for (std::int64_t i = 0; i < static_cast<std::int64_t>(rows.length); ++i)
          *out++ = condition[at[0] + i * rows.step[0]] != 0 ? a[at[1] + i * rows.step[1]] : b[at[2] + i * rows.step[2]];
      });
    };
  });
}

}  // namespace edgewise::kernels::reference
