#include "core/kernels/simd/relaxed_dot.h"

#include "core/kernels/simd/simd.h"

namespace edgewise::kernels::simd {

RelaxedDot relaxed_dot_of_this_machine() {
#if defined(__wasm_relaxed_simd__)
  // Operands that the compiler cannot see through: it would answer for itself.
  volatile std::uint32_t all[] = {0x80808080u, 0x7f7f7f7fu, 0xffffffffu, 0x80808080u};
  const UInt32x4 first = {all[0], all[1], all[1], all[0]}, second = {all[2], all[2], all[3], all[3]};
  const UInt32x4 got = RelaxedDotInstruction::add(UInt32x4{}, first, second);
  const auto is = [&](std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t d) {
    const std::int64_t wanted[] = {a, b, c, d};
    for (int i = 0; i < 4; ++i)
      if (got[i] != static_cast<std::uint32_t>(4 * wanted[i])) return false;
    return true;
  };
  if (is(-128 * 255, 127 * 255, 127 * 128, -128 * 128)) return RelaxedDot::unsigned_exact;
  if (is(-128 * -1, 127 * -1, 127 * -128, -128 * -128)) return RelaxedDot::signed_exact;
  return RelaxedDot::i7;
#else
  return RelaxedDot::none;
#endif
}

}  // namespace edgewise::kernels::simd
