// 128 bits at a time, from one source: the compiler's vector types, and the few instructions that they cannot spell.
#pragma once

#include <algorithm>
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

using Int8x16 = std::int8_t __attribute__((vector_size(16)));
using UInt8x16 = std::uint8_t __attribute__((vector_size(16)));
using Int16x8 = std::int16_t __attribute__((vector_size(16)));
using Int32x4 = std::int32_t __attribute__((vector_size(16)));
using UInt32x4 = std::uint32_t __attribute__((vector_size(16)));
using UInt64x2 = std::uint64_t __attribute__((vector_size(16)));
using Float32x4 = float __attribute__((vector_size(16)));
using Float64x2 = double __attribute__((vector_size(16)));

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

/// The lower 8 bytes.
template <class Lanes, class T>
void store_half(T* to, Lanes lanes) {
  const std::uint64_t half = reinterpret_cast<UInt64x2>(lanes)[0];
  std::memcpy(to, &half, sizeof half);
}

/// The 4 bytes at `from`, four times.
template <class Lanes, class T>
Lanes splat_word(const T* from) {
  std::int32_t word;
  std::memcpy(&word, from, sizeof word);
  return reinterpret_cast<Lanes>(Int32x4{word, word, word, word});
}

/// Lane i: a[2i] * b[2i] + a[2i+1] * b[2i+1]. The pair -32768, -32768 by itself is the one that overflows; codes less their zero point never are it twice.
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

/// The lanes of `low`, then those of `high`, each brought into int16 by saturation.
inline Int16x8 narrow_to_int16(Int32x4 low, Int32x4 high) {
#if defined(__SSE2__)
  return reinterpret_cast<Int16x8>(_mm_packs_epi32(reinterpret_cast<__m128i>(low), reinterpret_cast<__m128i>(high)));
#elif defined(__wasm_simd128__)
  return reinterpret_cast<Int16x8>(wasm_i16x8_narrow_i32x4(reinterpret_cast<v128_t>(low), reinterpret_cast<v128_t>(high)));
#else
  Int16x8 narrow{};
  for (int i = 0; i < 8; ++i) narrow[i] = static_cast<std::int16_t>(std::clamp<std::int32_t>(i < 4 ? low[i] : high[i - 4], -32768, 32767));
  return narrow;
#endif
}
/// The same to int8.
inline Int8x16 narrow_to_int8(Int16x8 low, Int16x8 high) {
#if defined(__SSE2__)
  return reinterpret_cast<Int8x16>(_mm_packs_epi16(reinterpret_cast<__m128i>(low), reinterpret_cast<__m128i>(high)));
#elif defined(__wasm_simd128__)
  return reinterpret_cast<Int8x16>(wasm_i8x16_narrow_i16x8(reinterpret_cast<v128_t>(low), reinterpret_cast<v128_t>(high)));
#else
  Int8x16 narrow{};
  for (int i = 0; i < 16; ++i) narrow[i] = static_cast<std::int8_t>(std::clamp<std::int16_t>(i < 8 ? low[i] : high[i - 8], -128, 127));
  return narrow;
#endif
}

/// The same to uint8.
inline UInt8x16 narrow_to_uint8(Int16x8 low, Int16x8 high) {
#if defined(__SSE2__)
  return reinterpret_cast<UInt8x16>(_mm_packus_epi16(reinterpret_cast<__m128i>(low), reinterpret_cast<__m128i>(high)));
#elif defined(__wasm_simd128__)
  return reinterpret_cast<UInt8x16>(wasm_u8x16_narrow_i16x8(reinterpret_cast<v128_t>(low), reinterpret_cast<v128_t>(high)));
#else
  UInt8x16 narrow{};
  for (int i = 0; i < 16; ++i) narrow[i] = static_cast<std::uint8_t>(std::clamp<std::int16_t>(i < 8 ? low[i] : high[i - 8], 0, 255));
  return narrow;
#endif
}

/// The 8 bytes at `from`.
inline Int16x8 widen(const std::int8_t* from) {
#if defined(__wasm_simd128__)
  return reinterpret_cast<Int16x8>(wasm_i16x8_load8x8(from));
#else
  using Int8x8 = std::int8_t __attribute__((vector_size(8)));
  return __builtin_convertvector(load<Int8x8>(from), Int16x8);
#endif
}
inline Int16x8 widen(const std::uint8_t* from) {
#if defined(__wasm_simd128__)
  return reinterpret_cast<Int16x8>(wasm_u16x8_load8x8(from));
#else
  using UInt8x8 = std::uint8_t __attribute__((vector_size(8)));
  return __builtin_convertvector(load<UInt8x8>(from), Int16x8);
#endif
}

/// Whether a lane is not 0.
inline bool any(Int32x4 lanes) {
#if defined(__wasm_simd128__)
  return wasm_v128_any_true(reinterpret_cast<v128_t>(lanes));
#elif defined(__SSE2__)
  return _mm_movemask_epi8(reinterpret_cast<__m128i>(lanes == 0)) != 0xffff;
#else
  return (lanes[0] | lanes[1] | lanes[2] | lanes[3]) != 0;
#endif
}

/// Lane by lane the larger, the smaller.
template <class Lanes>
Lanes larger(Lanes a, Lanes b) { return a > b ? a : b; }
template <class Lanes>
Lanes smaller(Lanes a, Lanes b) { return a < b ? a : b; }

}  // namespace edgewise::kernels::simd
