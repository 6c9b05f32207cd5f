// SignalWindow: 16-bit samples times a window, shifted right. Source: TensorFlow Lite Micro, signal/src/window.cc.
#include <algorithm>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> signal_window(const Site& site) {
  if (site.in(0).type != DType::int16 || site.in(1).type != DType::int16 || site.out().type != DType::int16) return no_kernel(site);
  return [count = static_cast<std::size_t>(site.in(0).shape.elements()), size = static_cast<std::size_t>(site.in(1).shape.elements()),
          shift = std::get<SignalWindow>(site.node.op).shift](const Operands& operands) {
    const auto *x = operands.in<std::int16_t>(0), *window = operands.in<std::int16_t>(1);
    auto* y = operands.out<std::int16_t>();
    for (std::size_t i = 0; i < count; ++i) y[i] = static_cast<std::int16_t>(std::clamp((std::int32_t{x[i]} * window[i % size]) >> shift, -32768, 32767));
  };
}

}  // namespace edgewise::kernels::reference
