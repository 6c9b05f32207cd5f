// Fixed-point functions in lanes against the plain ones: every 16-bit number, and 32-bit numbers about every power of two.
#include <doctest/doctest.h>

#include "core/base/random.h"
#include "core/kernels/simd/fixed_point.h"

using namespace edgewise;
namespace simd = edgewise::kernels::simd;

namespace {

/// The first number whose lane differs from plain(number), or 40000.
template <class Lanes, class Plain>
int first_difference(Lanes lanes, Plain plain) {
  for (int first = -32768; first < 32768; first += 8) {
    simd::Int16x8 numbers{};
    for (int i = 0; i < 8; ++i) numbers[i] = static_cast<std::int16_t>(first + i);
    const simd::Int16x8 fast = lanes(numbers);
    for (int i = 0; i < 8; ++i)
      if (fast[i] != plain(numbers[i])) return first + i;
  }
  return 40000;
}

}  // namespace

TEST_CASE("logistic and tanh of eight lanes equal those of one number, everywhere") {
  CHECK(first_difference([](simd::Int16x8 x) { return simd::logistic(x); }, [](std::int16_t x) { return fixed_point_16::logistic(x); }) == 40000);
  for (int integer_bits = 0; integer_bits <= 6; ++integer_bits) {
    CAPTURE(integer_bits);
    CHECK(first_difference([=](simd::Int16x8 x) { return simd::tanh(x, integer_bits); }, [=](std::int16_t x) { return fixed_point_16::tanh(x, integer_bits); }) == 40000);
  }
}

TEST_CASE("a high product of eight lanes equals that of one number, -1 times -1 included") {
  for (const int factor : {-32768, -32767, -16384, -1, 0, 1, 3, 16384, 32767}) {
    CAPTURE(factor);
    const auto by = static_cast<std::int16_t>(factor);
    CHECK(first_difference([=](simd::Int16x8 x) { return simd::high_product(x, simd::all(by)); }, [=](std::int16_t x) { return fixed_point_16::high_product(x, by); }) == 40000);
  }
}

TEST_CASE("four sums at a time are brought onto a grid as one is, for shifts both ways") {
  Random random(3);
  for (int shift = -31; shift <= 12; ++shift) {
    const Multiplier by{static_cast<std::int32_t>((1 << 30) + static_cast<std::int64_t>(random.below(1u << 30))), shift};
    const simd::LaneMultiplier lanes(by);
    CAPTURE(shift);
    CAPTURE(by.mantissa);
    const int largest_bit = shift > 0 ? 30 - shift : 30;   // x * 2^shift < 2^30
    for (int bit = 0; bit < largest_bit; ++bit)
      for (const std::int32_t near : {-2, -1, 0, 1}) {
        const std::int32_t power = std::int32_t{1} << bit, x = std::min(power + near, (1 << largest_bit) - 1);
        const auto random_x = static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(power)));
        const simd::Int32x4 sums = {x, -x, random_x, -random_x}, fast = lanes(sums);
        for (int i = 0; i < 4; ++i) CHECK(fast[i] == multiply(sums[i], by));
      }
  }
}
