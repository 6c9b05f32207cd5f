// FILL: one value everywhere; the shape is the output value's. ZEROS_LIKE: the input's shape full of zeros.
#include <algorithm>
#include <cstring>

#include "core/base/text.h"
#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {

Result<Kernel> fill(const Site& site) {
  const Value &value = site.in(1), &y = site.out();
  if (value.type != y.type) return no_kernel(site);
  if (value.shape.elements() != 1) return fail(text("the value has ", value.shape.elements(), " elements; 1 is wanted"));
  return by_element_width(site, y.type, [&]<class T>(T) -> Kernel {
    return [count = y.shape.elements()](const Operands& operands) { std::fill_n(operands.out<T>(), count, *operands.in<T>(1)); };
  });
}

Result<Kernel> zeros_like(const Site& site) {
  if (site.in(0).type != site.out().type) return no_kernel(site);
  return [bytes = static_cast<std::size_t>(bytes_for(site.out().type, site.out().shape.elements()))](const Operands& operands) {
    std::memset(operands.out<std::byte>(), 0, bytes);
  };
}

}  // namespace edgewise::kernels::reference
