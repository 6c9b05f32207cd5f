#include "core/tensor/nearest.h"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "core/base/random.h"

using namespace edgewise;

TEST_CASE("the nearest whole number is std::round's, at every half and on either side of it") {
  int different = 0;
  for (int half = -200001; half <= 200001; ++half) {
    const float x = 0.5f * static_cast<float>(half);
    const double y = 0.5 * half;
    for (const float near : {std::nextafter(x, -1e9f), x, std::nextafter(x, 1e9f)}) different += static_cast<float>(nearest(near)) != std::round(near);
    for (const double near : {std::nextafter(y, -1e9), y, std::nextafter(y, 1e9)}) different += static_cast<double>(nearest(near)) != std::round(near);
  }
  for (const double y : {-0x1p31, 0x1p31 - 1.0, 0x1p31 - 1.5, -0x1p31 + 0.5}) different += static_cast<double>(nearest(y)) != std::round(y);
  CHECK(different == 0);
}

TEST_CASE("the nearest code of a grid is quantize's, beyond its ends, for what is no number, and for what divides to a half") {
  constexpr std::uint64_t seed = 5;
  Random random(seed);
  CAPTURE(seed);
  constexpr float infinite = std::numeric_limits<float>::infinity();
  int different = 0;
  for (const CodeRange codes : {activation_codes(2), activation_codes(4), activation_codes(8), activation_codes(16), weight_codes(2), weight_codes(8)})
    for (const std::int32_t zero_point : {codes.lowest, (codes.lowest + codes.highest) / 2, codes.highest})
      for (const float scale : {0.25f, 0.1f, 3e-7f, 1e30f}) {
        const NearestCode code(scale, zero_point, codes);
        const auto check = [&](float real) { different += code(real) != quantize(real, scale, zero_point, codes); };
        for (const float real : {0.0f, -0.0f, infinite, -infinite, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::max(), 1e-45f}) check(real);
        for (int i = 0; i < 200; ++i) check(static_cast<float>(random.uniform(-1.5, 1.5) * (codes.highest - codes.lowest)) * scale);
        for (int half = 2 * (codes.lowest - zero_point) - 3, step = std::max(1, (codes.highest - codes.lowest) / 100); half <= 2 * (codes.highest - zero_point) + 3; half += step)
          check(0.5f * static_cast<float>(half) * scale);
      }
  CHECK(different == 0);
}
