// SignalFftAutoScale: 16-bit samples times the largest power of two that keeps them in 16 bits, and its exponent.
// Source: TensorFlow Lite Micro, signal/src/fft_auto_scale.cc, max_abs.cc, msb_32.cc.
#include <algorithm>
#include <bit>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> signal_fft_auto_scale(const Site& site) {
  if (site.in(0).type != DType::int16 || site.out(0).type != DType::int16 || site.out(1).type != DType::int32) return no_kernel(site);
  return [count = static_cast<std::size_t>(site.in(0).shape.elements())](const Operands& operands) {
    const auto* x = operands.in<std::int16_t>(0);
    std::int32_t most = 0;
    for (std::size_t i = 0; i < count; ++i) most = std::max(most, std::abs(std::int32_t{x[i]}));
    // Bits of `most`; the source says 32 for 0, and 32768 does not fit its int16, which makes it a negative number of 32 bits.
    const int bits = most == 0 || most > 32767 ? 32 : std::bit_width(static_cast<std::uint32_t>(most));
    const int scale_bits = std::max(16 - bits - 1, 0);
    for (std::size_t i = 0; i < count; ++i) operands.out<std::int16_t>(0)[i] = static_cast<std::int16_t>(x[i] * (1 << scale_bits));
    *operands.out<std::int32_t>(1) = scale_bits;
  };
}

}  // namespace edgewise::kernels::reference
