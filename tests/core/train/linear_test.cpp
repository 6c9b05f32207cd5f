#include "core/train/linear.h"

#include <doctest/doctest.h>

#include "core/base/random.h"

using namespace edgewise;
using namespace edgewise::train;

TEST_CASE("least squares find the line that points lie on") {
  Random random(4);
  std::vector<float> x, y;
  for (int row = 0; row < 50; ++row) {
    const auto a = static_cast<float>(random.normal()), b = static_cast<float>(random.normal());
    x.insert(x.end(), {a, b, a});   // the third is the first again: the ridge shares its weight between them
    y.push_back(2.0f * a - 3.0f * b + 5.0f);
  }
  const Linear line = fit_linear(x, y, 1e-9);
  CHECK(line.weights[0] == doctest::Approx(1.0f).epsilon(1e-4));
  CHECK(line.weights[1] == doctest::Approx(-3.0f).epsilon(1e-4));
  CHECK(line.weights[2] == doctest::Approx(1.0f).epsilon(1e-4));
  CHECK(line.bias == doctest::Approx(5.0f).epsilon(1e-4));
  CHECK(line(std::vector<float>{1, 1, 1}) == doctest::Approx(4.0f).epsilon(1e-4));
  CHECK(line.bytes() == 16);   // three weights and the bias, four bytes each
}

TEST_CASE("a ridge of one, and two points of unit variance, halves the slope") {
  // w = sum x y / (sum x x + ridge * rows) = (2 + 2) / (2 + 1 * 2)
  const Linear line = fit_linear(std::vector<float>{-1, 1}, std::vector<float>{-2, 2}, 1.0);
  CHECK(line.weights[0] == doctest::Approx(1.0f));
  CHECK(line.bias == doctest::Approx(0.0f));
}
