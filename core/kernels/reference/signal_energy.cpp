// SignalEnergy: |z|^2 of the complex 16-bit bins in [start, end); the others, which the source leaves untouched, are 0.
// Source: TensorFlow Lite Micro, signal/src/energy.cc.
#include <algorithm>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> signal_energy(const Site& site) {
  if (site.in(0).type != DType::int16 || site.out().type != DType::uint32) return no_kernel(site);
  const auto& op = std::get<SignalEnergy>(site.node.op);
  return [first = static_cast<std::size_t>(op.start), last = static_cast<std::size_t>(op.end), count = static_cast<std::size_t>(site.out().shape.elements())](const Operands& operands) {
    const auto* z = operands.in<std::int16_t>(0);
    auto* y = operands.out<std::uint32_t>();
    std::fill_n(y, count, 0u);
    for (std::size_t i = first; i < last; ++i) {
      const std::int64_t re = z[2 * i], im = z[2 * i + 1];
      y[i] = static_cast<std::uint32_t>(re * re + im * im);
    }
  };
}

}  // namespace edgewise::kernels::reference
