// 128 bits at a time, from one source: the compiler's vector types, and the one instruction that they cannot spell.
//
// Every 128-bit machine multiplies pairs of 16-bit numbers and adds each pair into 32 bits. Codes less their zero point fit in 16 bits, so all integer kernels
// rest on it. Float sums go lane by lane in the reference's order, so they are the same floats.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

namespace edgewise::kernels::simd {

using Int16x8 = std::int16_t __attribute__((vector_size(16)));
using Int32x4 = std::int32_t __attribute__((vector_size(16)));
using Float32x4 = float __attribute__((vector_size(16)));

template <class Lanes, class T>
Lanes load(const T* from) {  // any alignment
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}
template <class Lanes, class T>
void store(T* to, Lanes lanes) {
  std::memcpy(to, &lanes, sizeof lanes);
}

/// Lane i: a[2i] * b[2i] + a[2i+1] * b[2i+1].
inline Int32x4 dot_pairs(Int16x8 a, Int16x8 b) {
#if defined(__SSE2__)
  return reinterpret_cast<Int32x4>(_mm_madd_epi16(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b)));
#elif defined(__wasm_simd128__)
  return reinterpret_cast<Int32x4>(wasm_i32x4_dot_i16x8(reinterpret_cast<v128_t>(a), reinterpret_cast<v128_t>(b)));
#elif defined(__ARM_NEON) && defined(__aarch64__)
  const auto x = reinterpret_cast<int16x8_t>(a), y = reinterpret_cast<int16x8_t>(b);
  return reinterpret_cast<Int32x4>(vpaddq_s32(vmull_s16(vget_low_s16(x), vget_low_s16(y)), vmull_high_s16(x, y)));
#else
  Int32x4 sums{};
  for (int i = 0; i < 4; ++i) sums[i] = a[2 * i] * b[2 * i] + a[2 * i + 1] * b[2 * i + 1];
  return sums;
#endif
}

/// The pair at `from`, four times.
inline Int16x8 splat_pair(const std::int16_t* from) {
  std::int32_t pair;
  std::memcpy(&pair, from, sizeof pair);
  return reinterpret_cast<Int16x8>(Int32x4{pair, pair, pair, pair});
}

/// a0 b0 a1 b1 a2 b2 a3 b3, and the same of the upper halves.
inline Int16x8 interleave_low(Int16x8 a, Int16x8 b) { return __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11); }
inline Int16x8 interleave_high(Int16x8 a, Int16x8 b) { return __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15); }

}  // namespace edgewise::kernels::simd
