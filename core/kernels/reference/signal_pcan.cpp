// SignalPCAN: per-channel amplitude normalization. A gain looked up by the noise (quadratic between powers of two), then a soft threshold.
// Source: TensorFlow Lite Micro, signal/src/pcan_argc_fixed.cc, pcan_argc_fixed.h.
#include <bit>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

constexpr int snr_bits = 12, output_bits = 6;

/// A piecewise quadratic function over the whole range of 32 bits: three coefficients for each number of bits.
std::uint32_t gain_at(std::uint32_t x, const std::int16_t* table) {
  if (x <= 2) return static_cast<std::uint32_t>(std::int32_t{table[x]});
  const int bits = std::bit_width(x);
  const std::int16_t* coefficients = table + 4 * bits - 6;
  const auto fraction = static_cast<std::int32_t>((bits < 11 ? x << (11 - bits) : x >> (bits - 11)) & 0x3ff);
  std::int64_t sum = (std::int32_t{coefficients[2]} * fraction) >> 5;
  sum += std::int32_t{coefficients[1]} * 32;
  sum = ((sum * fraction + (1 << 14)) >> 15) + coefficients[0];
  return static_cast<std::uint32_t>(std::int32_t{static_cast<std::int16_t>(sum)});
}

/// x^2 / 4 below 2, x - 1 above; from snr_bits to output_bits behind the point.
std::uint32_t shrink(std::uint32_t x) {
  if (x < 2u << snr_bits) return (x * x) >> (2 + 2 * snr_bits - output_bits);
  return (x >> (snr_bits - output_bits)) - (1u << output_bits);
}

}  // namespace

Result<Kernel> signal_pcan(const Site& site) {
  const bool has_types = site.in(0).type == DType::uint32 && site.in(1).type == DType::uint32 && site.in(2).type == DType::int16 && site.out().type == DType::uint32;
  if (!has_types) return no_kernel(site);
  return [count = static_cast<std::size_t>(site.in(0).shape.elements()), shift = std::get<SignalPcan>(site.node.op).snr_shift](const Operands& operands) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t gain = gain_at(operands.in<std::uint32_t>(1)[i], operands.in<std::int16_t>(2));
      operands.out<std::uint32_t>()[i] = shrink(static_cast<std::uint32_t>((operands.in<std::uint32_t>(0)[i] * gain) >> shift));
    }
  };
}

}  // namespace edgewise::kernels::reference
