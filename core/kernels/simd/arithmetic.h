// The ways activations meet weights. All share one shape, so the loops are written once: 4 bytes of activations (1, 2 or 4 taps) against 16 bytes of weights, the
// same taps of 4 output channels.
//
//   Floats   1 tap:  product and sum, in the reference's order
//   Pairs    2 taps: 16-bit codes less their zero points, so every zero point is served; every 128-bit machine has the instruction
//   Quads    4 taps: the relaxed dot product on the codes' own bytes; what zero points add is constant and part of the start
//   Narrow   4 taps: the same where the machine is only sure of 0..127 in the second operand: weights of 7 bits and fewer, plus 64; what the 64 add is
//            64 times the sum of the activations, taken off by pixel
#pragma once

#include <bit>

#include "core/kernels/simd/lanes.h"
#include "core/kernels/simd/relaxed_dot.h"

namespace edgewise::kernels::simd {

struct Floats {
  using X = float;
  using Weight = float;
  using Sum = float;
  using Lanes = Float32x4;
  static constexpr std::size_t step = 1;    ///< taps in 4 bytes
  static constexpr std::size_t tile = 5;    ///< pixels whose sums fit the registers
  static constexpr bool takes_off_inputs = false;
  static Lanes add(Lanes sums, Lanes x, Lanes w) { return sums + x * w; }
};

struct Pairs {
  using X = std::int16_t;
  using Weight = std::int16_t;
  using Sum = std::uint32_t;
  using Lanes = UInt32x4;
  static constexpr std::size_t step = 2;
  static constexpr std::size_t tile = 5;
  static constexpr bool takes_off_inputs = false;
  static Lanes add(Lanes sums, Lanes x, Lanes w) {
    return sums + reinterpret_cast<Lanes>(dot_pairs(reinterpret_cast<Int16x8>(x), reinterpret_cast<Int16x8>(w)));
  }
};

template <class Dot>
struct Quads {
  using X = std::uint8_t;
  using Weight = std::int8_t;
  using Sum = std::uint32_t;
  using Lanes = UInt32x4;
  static constexpr std::size_t step = 4;
  static constexpr std::size_t tile = 6;
  static constexpr bool takes_off_inputs = false;
  static Lanes add(Lanes sums, Lanes x, Lanes w) { return Dot::add(sums, w, x); }
};

template <class Dot>
struct Narrow {
  using X = std::uint8_t;
  using Weight = std::int8_t;
  using Sum = std::uint32_t;
  using Lanes = UInt32x4;
  static constexpr std::size_t step = 4;
  static constexpr std::size_t tile = 6;
  static constexpr bool takes_off_inputs = true;
  static constexpr std::int32_t weight_origin = 64;
  static Lanes add(Lanes sums, Lanes x, Lanes w) { return Dot::add(sums, x, w); }
};

}  // namespace edgewise::kernels::simd
