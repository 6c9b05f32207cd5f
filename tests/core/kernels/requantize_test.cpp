#include "core/kernels/requantize.h"

#include <doctest/doctest.h>

#include "core/base/random.h"

using namespace edgewise;

namespace {

/// gemmlowp's definitions, written as it writes them: a truncating division with a nudge by sign, and a mask with a threshold.
std::int32_t published_high_product(std::int32_t a, std::int32_t b) {
  if (a == b && a == std::numeric_limits<std::int32_t>::min()) return std::numeric_limits<std::int32_t>::max();
  const std::int64_t product = std::int64_t{a} * b, nudge = product >= 0 ? (1 << 30) : (1 - (1 << 30));
  return static_cast<std::int32_t>((product + nudge) / (std::int64_t{1} << 31));
}
std::int32_t published_rounding_shift(std::int32_t x, int exponent) {
  const auto mask = static_cast<std::int32_t>((std::int64_t{1} << exponent) - 1);
  const std::int32_t remainder = x & mask, threshold = (mask >> 1) + (x < 0 ? 1 : 0);
  return (x >> exponent) + (remainder > threshold ? 1 : 0);
}

}  // namespace

TEST_CASE("a multiplier is the nearest Q0.31 in [1/2, 1) times a power of two") {
  CHECK(quantize_multiplier(0.0) == Multiplier{0, 0});
  CHECK(quantize_multiplier(1.0) == Multiplier{1 << 30, 1});          // 1 = 0.5 * 2^1
  CHECK(quantize_multiplier(0.5) == Multiplier{1 << 30, 0});
  CHECK(quantize_multiplier(0.75) == Multiplier{1610612736, 0});      // 0.75 * 2^31
  CHECK(quantize_multiplier(0.1) == Multiplier{1717986918, -3});      // 0.8 * 2^31 = 1717986918.4
  CHECK(quantize_multiplier(3.0) == Multiplier{1610612736, 2});       // 0.75 * 2^2
  CHECK(quantize_multiplier(1.0 - 0x1p-33) == Multiplier{1 << 30, 1});  // rounds up to 2^31, which is carried into the shift
  CHECK(quantize_multiplier(0x1p-33) == Multiplier{0, 0});            // shift -32: too small to matter
  CHECK(quantize_multiplier(0x1p-32) == Multiplier{1 << 30, -31});
}

TEST_CASE("a rounding shift ties away from zero") {
  struct Case { std::int32_t x; int by; std::int32_t result; };
  for (const Case& c : {Case{5, 1, 3}, Case{-5, 1, -3}, Case{6, 2, 2}, Case{-6, 2, -2}, Case{5, 2, 1}, Case{-5, 2, -1}, Case{7, 0, 7}, Case{-7, 0, -7}})
    CHECK(rounding_shift_right(c.x, c.by) == c.result);
}

TEST_CASE("product and shift are gemmlowp's for any operands") {
  const std::uint64_t seed = 11;
  CAPTURE(seed);
  Random random(seed);
  constexpr std::int32_t low = std::numeric_limits<std::int32_t>::min(), high = std::numeric_limits<std::int32_t>::max();
  const std::int32_t corners[] = {low, low + 1, -(1 << 30), -1, 0, 1, 1 << 30, (1 << 30) + 1, high};
  for (const std::int32_t a : corners)
    for (const std::int32_t b : corners) CHECK(high_product(a, b) == published_high_product(a, b));
  int differing = 0;
  for (int i = 0; i < 100'000; ++i) {
    const auto a = static_cast<std::int32_t>(random.next()), b = static_cast<std::int32_t>(random.next());
    const int by = static_cast<int>(random.below(32)), small = static_cast<int>(random.below(31));
    differing += high_product(a, b) != published_high_product(a, b);
    differing += rounding_shift_right(a, by) != published_rounding_shift(a, by);
    differing += rounding_shift_right(a >> small, 31 - small) != published_rounding_shift(a >> small, 31 - small);
  }
  CHECK(differing == 0);
}

TEST_CASE("two roundings can move a value past a tie, one rounding does not") {
  const Multiplier half{1 << 30, 0};
  CHECK(multiply(3, half) == 2);                          // 1.5: ties go up in the product
  CHECK(multiply(-3, half) == -1);                        // and -1.5 too: toward +infinity
  const Multiplier quarter{1 << 30, -1};
  CHECK(multiply(2, quarter) == 1);                       // 0.5 away from zero
  CHECK(multiply(-2, quarter) == -1);                     // -0.5 away from zero: the shift's tie
  CHECK(multiply(-2, quarter, Rounding::half_up) == 0);   // one rounding: toward +infinity
  CHECK(multiply(1, quarter) == 1);                       // 0.25: the product rounds 0.5 to 1, the shift rounds 0.5 to 1
  CHECK(multiply(1, quarter, Rounding::half_up) == 0);
}

TEST_CASE("a left shift multiplies and saturates") {
  CHECK(multiply(7, Multiplier{1 << 30, 5}) == 7 * 16);
  CHECK(multiply(1 << 30, Multiplier{1 << 30, 5}) == 1 << 30);  // 2^30 * 2^5 saturates to 2^31 - 1, times a half
}

TEST_CASE("64-bit accumulators take a 16-bit multiplier and round ties up") {
  CHECK(multiply(std::int64_t{3}, Multiplier{1 << 30, 0}) == 2);     // 1.5
  CHECK(multiply(std::int64_t{-3}, Multiplier{1 << 30, 0}) == -1);   // -1.5
  CHECK(multiply(std::int64_t{1} << 46, Multiplier{1 << 30, -20}) == 1 << 25);
  CHECK(multiply(std::int64_t{1} << 46, Multiplier{1 << 30, 0}) == std::numeric_limits<std::int32_t>::max());
  CHECK(multiply(std::int64_t{65536}, Multiplier{0x7fffffff, 0}) == 65534);  // the mantissa saturates at 0x7fff / 2^15: 65536 - 2
}
