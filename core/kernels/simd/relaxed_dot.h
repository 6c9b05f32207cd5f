// i32x4.relaxed_dot_i8x16_i7x16_add_s: four products at once, and what this machine makes of a second operand outside 0..127, which the instruction leaves open.
//
// Kernels use no more than the machine is known to do, so answers are the same on all of them.
#pragma once

#include "core/kernels/kernels.h"
#include "core/kernels/simd/lanes.h"

namespace edgewise::kernels::simd {

#if defined(__wasm_relaxed_simd__)
constexpr bool has_relaxed_dot = true;
/// The instruction. Lane i: sum[i] + the products of bytes 4i to 4i+3.
struct RelaxedDotInstruction {
  static UInt32x4 add(UInt32x4 sums, UInt32x4 first, UInt32x4 second) {
    return reinterpret_cast<UInt32x4>(
        wasm_i32x4_relaxed_dot_i8x16_i7x16_add(reinterpret_cast<v128_t>(first), reinterpret_cast<v128_t>(second), reinterpret_cast<v128_t>(sums)));
  }
};
#else
constexpr bool has_relaxed_dot = false;
#endif

/// What it may do with a second operand outside 0..127, in plain loops: for machines that are not at hand.
template <RelaxedDot kind>
struct EmulatedDot {
  static UInt32x4 add(UInt32x4 sums, UInt32x4 first, UInt32x4 second) {
    const auto a = reinterpret_cast<Int8x16>(first), b = reinterpret_cast<Int8x16>(second);
    const auto product = [&](int i) { return a[i] * (kind == RelaxedDot::signed_exact ? b[i] : static_cast<std::uint8_t>(b[i])); };
    for (int i = 0; i < 4; ++i)
      for (int half = 0; half < 2; ++half) {
        int two = product(4 * i + 2 * half) + product(4 * i + 2 * half + 1);
        if (kind == RelaxedDot::i7) two = std::clamp(two, -32768, 32767);
        sums[i] += static_cast<std::uint32_t>(two);
      }
    return sums;
  }
};

}  // namespace edgewise::kernels::simd
