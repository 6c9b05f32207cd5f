// SignalStacker: a frame with its neighbours in time, left and right, every `step` frames. The first frame stands for those before it.
// Output 1 is false while the stack is not full; output 0 then is 0 (the source leaves it untouched).
// Source: TensorFlow Lite Micro, signal/micro/kernels/stacker.cc.
#include <algorithm>
#include <memory>
#include <vector>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

struct Stack {
  std::vector<std::int16_t> samples;   ///< oldest first
  std::size_t held = 0;                ///< of them
  bool has_begun = false;
};

}  // namespace

Result<Kernel> signal_stacker(const Site& site) {
  if (site.in(0).type != DType::int16 || site.out(0).type != DType::int16 || site.out(1).type != DType::boolean) return no_kernel(site);
  const auto& op = std::get<SignalStacker>(site.node.op);
  const auto channels = static_cast<std::size_t>(op.channels), left = static_cast<std::size_t>(op.left);
  const std::size_t size = channels * (left + static_cast<std::size_t>(op.right) + 1), step = channels * static_cast<std::size_t>(op.step);
  auto stack = std::make_shared<Stack>(Stack{std::vector<std::int16_t>(size)});
  const auto run = [stack, channels, left, size, step](const Operands& operands) {
    const std::size_t copies = stack->has_begun ? 1 : 1 + left;
    stack->has_begun = true;
    for (std::size_t i = 0; i < copies; ++i, stack->held += channels) std::copy_n(operands.in<std::int16_t>(0), channels, stack->samples.begin() + static_cast<std::ptrdiff_t>(stack->held));
    const bool is_full = stack->held == size;
    auto* y = operands.out<std::int16_t>(0);
    for (std::size_t i = 0; i < size; ++i) y[i] = is_full ? stack->samples[i] : std::int16_t{0};
    *operands.out<std::uint8_t>(1) = is_full ? 1 : 0;
    if (!is_full) return;
    std::copy(stack->samples.begin() + static_cast<std::ptrdiff_t>(step), stack->samples.end(), stack->samples.begin());
    stack->held -= step;
  };
  return Kernel(run, [stack] {
    stack->held = 0;
    stack->has_begun = false;
  });
}

}  // namespace edgewise::kernels::reference
