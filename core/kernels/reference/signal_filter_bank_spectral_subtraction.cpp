// SignalFilterBankSpectralSubtraction: each channel less a running estimate of its noise, at least a fraction of it. The estimate lasts from run to run.
// Source: TensorFlow Lite Micro, signal/src/filter_bank_spectral_subtraction.cc.
#include <algorithm>
#include <memory>
#include <vector>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> signal_filter_bank_spectral_subtraction(const Site& site) {
  if (site.in(0).type != DType::uint32 || site.out(0).type != DType::uint32 || site.out(1).type != DType::uint32) return no_kernel(site);
  const auto& op = std::get<SignalFilterBankSpectralSubtraction>(site.node.op);
  auto noise = std::make_shared<std::vector<std::uint32_t>>(static_cast<std::size_t>(op.channels));
  const auto run = [noise, op](const Operands& operands) {
    const auto* x = operands.in<std::uint32_t>(0);
    for (std::size_t c = 0; c < noise->size(); ++c) {
      const std::uint64_t smoothing = c % 2 == 0 ? op.smoothing : op.alternate_smoothing;
      const std::uint64_t rest = c % 2 == 0 ? op.one_minus_smoothing : op.alternate_one_minus_smoothing;
      const std::uint32_t scaled = x[c] << op.smoothing_bits;
      std::uint32_t& estimate = (*noise)[c];
      estimate = static_cast<std::uint32_t>((scaled * smoothing + estimate * rest) >> op.subtraction_bits);
      const std::uint32_t subtracted = std::min(estimate, scaled);
      if (op.clamping) estimate = subtracted;
      const auto least = static_cast<std::uint32_t>((std::uint64_t{x[c]} * op.min_signal_remaining) >> op.subtraction_bits);
      operands.out<std::uint32_t>(0)[c] = std::max((scaled - subtracted) >> op.smoothing_bits, least);
    }
    std::ranges::copy(*noise, operands.out<std::uint32_t>(1));
  };
  return Kernel(run, [noise] { std::ranges::fill(*noise, 0u); });
}

}  // namespace edgewise::kernels::reference
