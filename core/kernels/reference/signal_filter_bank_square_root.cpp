// SignalFilterBankSquareRoot: the rounded square roots, with the bits taken off again that FftAutoScale added.
// Source: TensorFlow Lite Micro, signal/src/filter_bank_square_root.cc, square_root_64.cc, square_root_32.cc.
#include <algorithm>
#include <bit>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

/// Bit by bit, rounded to nearest; the largest root of the width stays.
template <class Number>
Number root_of(Number number, Number most) {
  Number root = 0;
  for (Number bit = number == 0 ? 0 : Number{1} << ((std::bit_width(number) - 1) / 2 * 2); bit != 0; bit >>= 2) {
    if (number >= root + bit) {
      number -= root + bit;
      root = (root >> 1) + bit;
    } else {
      root >>= 1;
    }
  }
  if (number > root && root != most) ++root;
  return root;
}

}  // namespace

Result<Kernel> signal_filter_bank_square_root(const Site& site) {
  if (site.in(0).type != DType::uint64 || site.in(1).type != DType::int32 || site.in(1).shape.elements() != 1 || site.out().type != DType::uint32) return no_kernel(site);
  return [count = static_cast<std::size_t>(site.in(0).shape.elements())](const Operands& operands) {
    const int bits = std::clamp(*operands.in<std::int32_t>(1), 0, 31);
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t x = operands.in<std::uint64_t>(0)[i];
      const std::uint32_t root = x >> 32 == 0 ? root_of(static_cast<std::uint32_t>(x), std::uint32_t{0xffff}) : static_cast<std::uint32_t>(root_of(x, std::uint64_t{0xffffffff}));
      operands.out<std::uint32_t>()[i] = root >> bits;
    }
  };
}

}  // namespace edgewise::kernels::reference
