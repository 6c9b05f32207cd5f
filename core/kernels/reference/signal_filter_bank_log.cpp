// SignalFilterBankLog: the natural logarithm in fixed point, from a table of log2 between powers of two.
// Source: TensorFlow Lite Micro, signal/src/filter_bank_log.cc, log.cc.
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

/// 65536 * (log2(1 + k/128) - k/128), k = 0 to 128, as the source has it: a parabola-like arch that is added to a straight line.
constexpr std::array<std::uint16_t, 130> arch = {
    0,    224,  442,  654,  861,  1063, 1259, 1450, 1636, 1817, 1992, 2163, 2329, 2490, 2646, 2797, 2944, 3087, 3224, 3358, 3487, 3611, 3732, 3848, 3960, 4068,
    4172, 4272, 4368, 4460, 4549, 4633, 4714, 4791, 4864, 4934, 5001, 5063, 5123, 5178, 5231, 5280, 5326, 5368, 5408, 5444, 5477, 5507, 5533, 5557, 5578, 5595,
    5610, 5622, 5631, 5637, 5640, 5641, 5638, 5633, 5626, 5615, 5602, 5586, 5568, 5547, 5524, 5498, 5470, 5439, 5406, 5370, 5332, 5291, 5249, 5203, 5156, 5106,
    5054, 5000, 4944, 4885, 4825, 4762, 4697, 4630, 4561, 4490, 4416, 4341, 4264, 4184, 4103, 4020, 3935, 3848, 3759, 3668, 3575, 3481, 3384, 3286, 3186, 3084,
    2981, 2875, 2768, 2659, 2549, 2437, 2323, 2207, 2090, 1971, 1851, 1729, 1605, 1480, 1353, 1224, 1094, 963,  830,  695,  559,  421,  282,  142,  0,    0};

/// scale * ln(x) for x > 1; sums wrap at 32 bits, as in the source.
std::uint32_t scaled_log(std::uint32_t x, std::uint32_t scale) {
  const int whole = std::bit_width(x) - 1;
  const std::uint32_t above = x - (std::uint32_t{1} << whole);
  const std::uint32_t fraction = whole < 16 ? above << (16 - whole) : above >> (whole - 16);   // of the way to the next power, in 1/65536
  const std::uint32_t segment = fraction >> 9;
  const std::int32_t low = arch[segment], high = arch[segment + 1];
  const std::int32_t between = ((high - low) * static_cast<std::int32_t>(fraction - 512 * segment)) >> 16;
  const std::uint32_t log2 = (static_cast<std::uint32_t>(whole) << 16) + fraction + static_cast<std::uint32_t>(low + between);
  constexpr std::uint64_t ln_of_2 = 45426;   // 65536 * ln 2
  const auto ln = static_cast<std::uint32_t>((ln_of_2 * log2 + 32768) >> 16);
  return (scale * ln + 32768) >> 16;
}

}  // namespace

Result<Kernel> signal_filter_bank_log(const Site& site) {
  if (site.in(0).type != DType::uint32 || site.out().type != DType::int16) return no_kernel(site);
  return [count = static_cast<std::size_t>(site.in(0).shape.elements()), op = std::get<SignalFilterBankLog>(site.node.op)](const Operands& operands) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t x = operands.in<std::uint32_t>(0)[i] << op.correction_bits;
      const std::uint32_t y = x > 1 ? scaled_log(x, static_cast<std::uint32_t>(op.output_scale)) : 0;
      operands.out<std::int16_t>()[i] = static_cast<std::int16_t>(std::min<std::uint32_t>(y, 32767));
    }
  };
}

}  // namespace edgewise::kernels::reference
