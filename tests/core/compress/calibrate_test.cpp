#include "core/compress/calibrate.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "core/base/random.h"
#include "core/compress/histogram.h"
#include "core/tensor/affine.h"

namespace edgewise {
namespace {

std::vector<float> bell(Random& random, std::size_t count, double deviation) {
  std::vector<float> values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(static_cast<float>(random.normal() * deviation));
  return values;
}

Observed observed_of(std::span<const float> values) {
  Observed observed;
  add_values(observed, values);
  return observed;
}

/// Mean squared difference between the values and their image on a grid of `bits` over `range`.
double image_error(std::span<const float> values, RealRange range, int bits) {
  const Quantization grid = choose_grid(range, bits, Symmetry::asymmetric);
  double sum = 0;
  for (const float value : values) {
    const double error = value - dequantize(quantize(value, grid.scale[0], grid.zero_point[0], activation_codes(bits)), grid.scale[0], grid.zero_point[0]);
    sum += error * error;
  }
  return sum / static_cast<double>(values.size());
}

TEST_CASE("however the range grew, every value is counted in the bin it belongs to") {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    Observed observed;
    std::vector<float> all;
    double reach = 1e-3;
    for (int batch = 0; batch < 12; ++batch, reach *= random.uniform(0.5, 9.0)) {
      const double shift = random.uniform(-reach, reach);
      std::vector<float> values = bell(random, 1 + random.below(200), reach);
      for (float& value : values) value += static_cast<float>(shift);
      add_values(observed, values);
      all.insert(all.end(), values.begin(), values.end());
    }
    std::vector<std::uint32_t> expected(observed.bins.size(), 0);
    for (const float value : all) ++expected[static_cast<std::size_t>(std::floor((value - observed.bin_low) / observed.bin_width))];
    CHECK(observed.bins == expected);
    CHECK(observed.count == all.size());
    CHECK(observed.low == *std::ranges::min_element(all));
    CHECK(observed.high == *std::ranges::max_element(all));
  }
}

TEST_CASE("infinities and NaN are not counted, and one value alone has a histogram") {
  const std::vector<float> values{NAN, INFINITY, 2.5f, -INFINITY};
  const Observed observed = observed_of(values);
  CHECK(observed.count == 1);
  CHECK(observed.low == 2.5f);
  CHECK(observed.high == 2.5f);
  CHECK(std::accumulate(observed.bins.begin(), observed.bins.end(), 0u) == 1);
  CHECK(observed_of(std::vector<float>{NAN}).count == 0);
  CHECK(observed_of(std::vector<float>{0.0f, 0.0f}).count == 2);
}

TEST_CASE("every method's range holds zero and does not reach beyond what was seen") {
  Random random(3);
  struct Case { const char* name; float low, high; };
  for (const Case& c : {Case{"both signs", -2.0f, 5.0f}, Case{"positive", 3.0f, 5.0f}, Case{"negative", -7.0f, -1.0f}, Case{"zero", 0.0f, 0.0f}}) {
    CAPTURE(c.name);
    std::vector<float> values;
    for (int i = 0; i < 500; ++i) values.push_back(static_cast<float>(random.uniform(c.low, c.high)));
    const Observed observed = observed_of(values);
    for (const Calibration method : {Calibration::min_max, Calibration::percentile, Calibration::least_error})
      for (const int bits : {4, 8, 16}) {
        const RealRange range = choose_range(observed, method, 99.0f, bits);
        CHECK(range.low <= 0.0f);
        CHECK(range.high >= 0.0f);
        CHECK(range.low >= std::min(0.0f, observed.low));
        CHECK(range.high <= std::max(0.0f, observed.high));
      }
  }
}

TEST_CASE("a percentile leaves half of the rest beyond each end") {
  // 0, 1, ..., 10000: 99 % inside leaves 50 values below and 50 above, a bin is at most 8 wide.
  std::vector<float> values(10001);
  std::iota(values.begin(), values.end(), -5000.0f);
  const Observed observed = observed_of(values);
  const RealRange range = choose_range(observed, Calibration::percentile, 99.0f, 8);
  CHECK(std::abs(range.low + 4950.0f) <= 8.0f);
  CHECK(std::abs(range.high - 4950.0f) <= 8.0f);
  const RealRange all = choose_range(observed, Calibration::percentile, 100.0f, 8);
  CHECK(all.low == -5000.0f);
  CHECK(all.high == 5000.0f);
}

TEST_CASE("least error is never worse than min-max, and much better at 4 bits with outliers") {
  Random random(11);
  std::vector<float> values = bell(random, 20000, 1.0);
  values.push_back(40.0f);
  const Observed observed = observed_of(values);
  for (const int bits : {4, 5, 6, 8}) {
    CAPTURE(bits);
    const double least = image_error(values, choose_range(observed, Calibration::least_error, 99.9f, bits), bits);
    const double min_max = image_error(values, choose_range(observed, Calibration::min_max, 99.9f, bits), bits);
    CHECK(least <= min_max * 1.01);  // the histogram knows values to half a bin
    if (bits == 4) CHECK(least < min_max / 4);
  }
}

TEST_CASE("grids are those of TensorFlow Lite's converter") {
  // Asymmetric: scale = (high - low) / 255, zero point = round(-128 - low / scale). [-1, 1]: 2 / 255, and -128 + 127.5 = -0.5 rounds away from zero.
  const Quantization both = choose_grid({-1.0f, 1.0f}, 8, Symmetry::asymmetric);
  CHECK(both.scale[0] == 2.0f / 255.0f);
  CHECK(both.zero_point[0] == -1);
  const Quantization relu = choose_grid({0.0f, 6.0f}, 8, Symmetry::asymmetric);
  CHECK(relu.scale[0] == 6.0f / 255.0f);
  CHECK(relu.zero_point[0] == -128);
  CHECK(choose_grid({-6.0f, 0.0f}, 8, Symmetry::asymmetric).zero_point[0] == 127);
  // 4 bits: 15 steps from -8 to 7.
  const Quantization narrow = choose_grid({0.0f, 3.0f}, 4, Symmetry::asymmetric);
  CHECK(narrow.scale[0] == 0.2f);
  CHECK(narrow.zero_point[0] == -8);
  const Quantization wide = choose_grid({-0.5f, 0.25f}, 16, Symmetry::symmetric);
  CHECK(wide.scale[0] == 0.5f / 32767.0f);
  CHECK(wide.zero_point[0] == 0);
  const Quantization nothing = choose_grid({0.0f, 0.0f}, 8, Symmetry::asymmetric);
  CHECK(nothing.scale[0] == 1.0f);
  CHECK(nothing.zero_point[0] == 0);
}

TEST_CASE("zero is exact on every grid, and the ends are at most half a step away") {
  Random random(5);
  for (int i = 0; i < 2000; ++i) {
    const RealRange range{static_cast<float>(-random.uniform(0, 10)), static_cast<float>(random.uniform(0, 10))};
    for (const int bits : {4, 7, 8, 16}) {
      const Quantization grid = choose_grid(range, bits, bits == 16 ? Symmetry::symmetric : Symmetry::asymmetric);
      const CodeRange codes = activation_codes(bits);
      const auto image = [&](float real) { return dequantize(quantize(real, grid.scale[0], grid.zero_point[0], codes), grid.scale[0], grid.zero_point[0]); };
      const bool right = image(0.0f) == 0.0f && std::abs(image(range.low) - range.low) <= 0.501f * grid.scale[0] &&
                         std::abs(image(range.high) - range.high) <= 0.501f * grid.scale[0];
      CHECK_MESSAGE(right, bits, " bits, ", range.low, " to ", range.high);
    }
  }
}

}  // namespace
}  // namespace edgewise
