// SignalDelay: each stream later by some samples, zeros first. Source: TensorFlow Lite Micro, signal/micro/kernels/delay.cc.
#include <algorithm>
#include <memory>
#include <vector>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> signal_delay(const Site& site) {
  if (site.in(0).type != DType::int16 || site.out().type != DType::int16) return no_kernel(site);
  const auto size = static_cast<std::size_t>(site.in(0).shape.back()), rows = static_cast<std::size_t>(site.in(0).shape.elements()) / size;
  const auto length = static_cast<std::size_t>(std::get<SignalDelay>(site.node.op).length);
  auto waiting = std::make_shared<std::vector<std::int16_t>>(rows * (length + size));   // of each stream, oldest first
  const auto run = [waiting, size, rows, length](const Operands& operands) {
    for (std::size_t row = 0; row < rows; ++row) {
      std::int16_t* stream = waiting->data() + row * (length + size);
      std::copy_n(operands.in<std::int16_t>(0) + row * size, size, stream + length);
      std::copy_n(stream, size, operands.out<std::int16_t>() + row * size);
      std::copy(stream + size, stream + size + length, stream);
    }
  };
  return Kernel(run, [waiting] { std::ranges::fill(*waiting, std::int16_t{0}); });
}

}  // namespace edgewise::kernels::reference
