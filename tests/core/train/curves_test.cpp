#include "core/train/curves.h"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

using namespace edgewise;

TEST_CASE("logistic and tanh of many floats are within 3e-7 of the C library's, far from zero too") {
  std::vector<float> x;
  for (int i = -2000; i <= 2000; ++i) x.push_back(0.011f * static_cast<float>(i));
  for (const float far : {87.0f, 200.0f, 3e38f}) x.insert(x.end(), {far, -far});
  std::vector<float> y = x, z = x;
  train::logistic(y);
  train::tanh(z);
  for (std::size_t i = 0; i < x.size(); ++i) {
    CAPTURE(x[i]);
    const double exact = x[i];
    CHECK(std::fabs(y[i] - 1.0 / (1.0 + std::exp(-exact))) <= 2e-7);
    CHECK(std::fabs(z[i] - std::tanh(exact)) <= 3e-7);
  }
}

TEST_CASE("where a value stands among others does not change its logistic or its tanh") {
  for (std::size_t count = 1; count <= 9; ++count) {
    std::vector<float> many(count);
    for (std::size_t i = 0; i < count; ++i) many[i] = 0.7f * static_cast<float>(i) - 2.3f;
    std::vector<float> y = many, z = many;
    train::logistic(y);
    train::tanh(z);
    for (std::size_t i = 0; i < count; ++i) {
      float one = many[i], other = many[i];
      train::logistic({&one, 1});
      train::tanh({&other, 1});
      CHECK(one == y[i]);
      CHECK(other == z[i]);
    }
  }
}
