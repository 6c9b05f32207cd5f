// Requantization in doubles against the integers it stands for, at and around every step of the output.
#include <doctest/doctest.h>

#include <bit>
#include <cmath>

#include "core/base/random.h"
#include "core/kernels/simd/requantize.h"

using namespace edgewise;
using namespace edgewise::kernels;

namespace {

/// The sums on either side of where `by` brings each code in, and some anywhere.
std::vector<std::int32_t> telling_sums(Multiplier by, const OutputGrid& grid, std::int64_t largest, Random& random) {
  std::vector<std::int32_t> sums = {0, 1, -1, static_cast<std::int32_t>(largest), static_cast<std::int32_t>(-largest)};
  const double scale = std::ldexp(by.mantissa, by.shift - 31);
  for (std::int32_t code = -129; code <= 129; ++code) {
    const double step = (code - grid.zero_point - 0.5) / scale;
    for (int near = -3; near <= 3; ++near)
      if (std::abs(step) + 4 < static_cast<double>(largest)) sums.push_back(static_cast<std::int32_t>(std::floor(step)) + near);
  }
  for (int i = 0; i < 100; ++i) sums.push_back(static_cast<std::int32_t>(static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(2 * largest))) - largest));
  while (sums.size() % simd::lanes != 0) sums.push_back(0);
  return sums;
}

}  // namespace

TEST_CASE("requantizing in floating point gives the integers' codes at every step, whatever the multiplier") {
  Random random(3);
  int exact = 0, single = 0, all = 0;
  const auto check = [&](Multiplier by, std::int32_t lowest, std::int32_t zero_point, std::int64_t largest, std::uint64_t uses) {
    const OutputGrid grid{zero_point, lowest, 127};
    const std::vector<std::int32_t> sums = telling_sums(by, grid, largest, random);
    const std::vector<Multiplier> multipliers(simd::lanes, by);
    const std::vector<std::int64_t> bounds(simd::lanes, largest);
    const std::vector<std::int32_t> channel_of = {0, 1, 2, 3, 4, 5, 6, 7};
    const simd::ToCodes to_codes(grid, multipliers, bounds, channel_of, uses);
    std::vector<std::uint32_t> biased;
    for (const std::int32_t sum : sums) biased.push_back(static_cast<std::uint32_t>(sum) + simd::sum_origin);
    std::vector<std::int8_t> codes(sums.size());
    to_codes(biased.data(), sums.size() / simd::lanes, 0, simd::lanes, codes.data(), simd::lanes);
    std::size_t differing = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) differing += codes[i] != requantize(sums[i], by, grid);
    CAPTURE(by.mantissa);
    CAPTURE(by.shift);
    CAPTURE(lowest);
    CAPTURE(zero_point);
    CAPTURE(largest);
    CHECK(differing == 0);
    exact += simd::is_exact(by, grid, lowest < zero_point, largest);
    single += to_codes.single_panels() == 1;
    ++all;
    CHECK(to_codes.single_panels() <= (uses > 1));
  };
  SUBCASE("sums of any size") {
    for (int shift = -31; shift <= 2; ++shift)
      for (int i = 0; i < 4; ++i) {
        const auto zero_point = static_cast<std::int32_t>(random.below(256)) - 128;
        // Mantissas with many zeros at their end make ties; 2^30 is a power of two as a whole.
        for (const int zeros : {0, 10, 20, 30}) {
          const Multiplier by{static_cast<std::int32_t>((((1u << 30) + random.below(1u << 30)) >> zeros | (zeros == 30)) << zeros), shift};
          check(by, -128, zero_point, (std::int64_t{1} << 31) - 1, 1);
          check(by, zero_point, zero_point, (std::int64_t{1} << 31) - 1, 1);
        }
      }
    CHECK(exact > all / 2);   // the integers themselves are the exception
  }
  SUBCASE("sums of a layer, which many pixels share") {
    for (int shift = -14; shift <= -1; ++shift)
      for (int i = 0; i < 20; ++i) {
        const auto zero_point = static_cast<std::int32_t>(random.below(256)) - 128;
        for (const int zeros : {0, 0, 20, 30}) {
          const Multiplier by{static_cast<std::int32_t>((((1u << 30) + random.below(1u << 30)) >> zeros | (zeros == 30)) << zeros), shift};
          for (const std::int64_t largest : {1 << 10, 1 << 16, 1 << 22}) {
            check(by, -128, zero_point, largest, 1000);
            check(by, zero_point, zero_point, largest, 1000);
            check(by, -128, -128, largest, 1000);
          }
        }
      }
    CHECK(single > all / 2);
  }
}

TEST_CASE("doubles are refused where a negative sum ties on its way, and the integers serve") {
  // By 2^-8: h = x / 2 with ties up, then h / 2^7 with ties away from zero. x = -127: h = -63.5, up to -63, code 0. x = -128: h = -64, a tie, code -1.
  const Multiplier by{1 << 30, -7};
  CHECK(multiply(-127, by) == 0);
  CHECK(multiply(-128, by) == -1);
  CHECK(!simd::is_exact(by, {0, -128, 127}, true, 1 << 20));
  CHECK(simd::is_exact(by, {0, 0, 127}, false, 1 << 20));   // with negative sums cut off there is nothing to tell apart
}

TEST_CASE("requantizing as ONNX does gives the same codes in lanes as one by one, ties to even") {
  Random random(5);
  for (const float factor : {0.5f, 0.25f, 0x1p-7f, 0.0123f, 1.7f, 3e-9f}) {
    const OutputGrid grid{static_cast<std::int32_t>(random.below(256)) - 128, -128, 127};
    std::vector<std::int32_t> sums;
    for (std::int32_t sum = -600; sum < 600; ++sum) sums.push_back(sum);
    for (int i = 0; i < 4000; ++i) sums.push_back(static_cast<std::int32_t>(random.next() >> 32) >> random.below(24));
    const std::vector<Multiplier> multipliers(simd::lanes, Multiplier{1 << 30, 0});
    const std::vector<std::int64_t> bounds(simd::lanes, 1);
    const std::vector<std::int32_t> channel_of = {0, 1, 2, 3, 4, 5, 6, 7};
    const std::vector<float> factors(simd::lanes, factor);
    const simd::ToCodes to_codes(grid, multipliers, bounds, channel_of, 1000, factors);
    std::vector<std::uint32_t> biased;
    for (const std::int32_t sum : sums) biased.push_back(static_cast<std::uint32_t>(sum) + simd::sum_origin);
    std::vector<std::int8_t> codes(sums.size());
    to_codes(biased.data(), sums.size() / simd::lanes, 0, simd::lanes, codes.data(), simd::lanes);
    std::size_t differing = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) differing += codes[i] != requantize_in_float(sums[i], factor, grid);
    CAPTURE(factor);
    CAPTURE(grid.zero_point);
    CHECK(differing == 0);
  }
  CHECK(requantize_in_float(5, 0.5f, {0, -128, 127}) == 2);   // 2.5 and 3.5 go to the even neighbour
  CHECK(requantize_in_float(7, 0.5f, {0, -128, 127}) == 4);
}
