// CLIP: min(max(x, low), high) of any type of number. Source: ONNX's Clip.
#include <algorithm>

#include "core/kernels/numbers.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> clip(const Site& site) {
  const DType type = site.in(0).type;
  for (std::size_t i = 1; i < 3; ++i)
    if (const Value* end = site.optional(i); end != nullptr && (end->type != type || end->shape.elements() != 1)) return no_kernel(site);
  if (site.out().type != type || !is_number(type)) return no_kernel(site);
  return by_wide_type(type, [&]<class Wide>(Wide) -> Kernel {
    return [type, count = static_cast<std::int64_t>(site.out().shape.elements())](const Operands& operands) {
      const auto *low = operands.in<std::byte>(1), *high = operands.in<std::byte>(2);
      for (std::int64_t i = 0; i < count; ++i) {
        Wide x = read_number<Wide>(type, operands.inputs[0], i);
        if (low != nullptr) x = std::max(x, read_number<Wide>(type, low, 0));
        if (high != nullptr) x = std::min(x, read_number<Wide>(type, high, 0));
        write_number(type, operands.outputs[0], i, x);
      }
    };
  });
}

}  // namespace edgewise::kernels::reference
