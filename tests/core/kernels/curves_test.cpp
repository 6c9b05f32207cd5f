#include "core/kernels/curves.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace edgewise::kernels;

namespace {

/// From 1e-6 to 80 either way, 0.3 % apart.
std::vector<float> both_signs() {
  std::vector<float> all{0.0f};
  for (double x = 1e-6; x < 80; x *= 1.003) all.insert(all.end(), {static_cast<float>(x), static_cast<float>(-x)});
  return all;
}

}  // namespace

TEST_CASE("exp, logistic and tanh of floats are the real functions' to four in ten million, however near to zero") {
  const std::vector<float> x = both_signs();
  std::vector<float> exp = x, logistic = x, tanh = x;
  curves::exp(exp);
  curves::logistic(logistic);
  curves::tanh(tanh);
  double worst_exp = 0, worst_logistic = 0, worst_tanh = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double wanted = 1 / (1 + std::exp(-static_cast<double>(x[i]))), bent = std::tanh(static_cast<double>(x[i]));
    const double power = std::exp(static_cast<double>(x[i]));
    worst_exp = std::max(worst_exp, std::fabs(exp[i] - power) / power);
    worst_logistic = std::max(worst_logistic, std::fabs(logistic[i] - wanted) / wanted);
    if (x[i] != 0) worst_tanh = std::max(worst_tanh, std::fabs(tanh[i] - bent) / std::fabs(bent));
  }
  CHECK(worst_exp < 3e-7);
  CHECK(worst_logistic < 4e-7);
  CHECK(worst_tanh < 4e-7);
  CHECK(exp[0] == 1.0f);
  CHECK(tanh[0] == 0.0f);
  CHECK(logistic[0] == 0.5f);
}

TEST_CASE("a value's curve does not depend on its place or on what stands beside it") {
  for (std::size_t count = 1; count <= 9; ++count) {
    std::vector<float> many;
    for (std::size_t i = 0; i < count; ++i) many.push_back(0.37f * static_cast<float>(i) - 1.1f);
    std::vector<float> together = many;
    curves::tanh(together);
    for (std::size_t i = 0; i < count; ++i) {
      float alone = many[i];
      curves::tanh({&alone, 1});
      CHECK(alone == together[i]);
    }
  }
}

TEST_CASE("curves of infinities and of what is no number are their limits and no number") {
  constexpr float infinite = std::numeric_limits<float>::infinity();
  std::vector<float> x{infinite, -infinite, std::numeric_limits<float>::quiet_NaN()}, y = x;
  curves::logistic(x);
  curves::tanh(y);
  CHECK(x[0] == 1.0f);
  CHECK(x[1] < 1e-37f);
  CHECK(std::isnan(x[2]));
  CHECK(y[0] == 1.0f);
  CHECK(y[1] == -1.0f);
  CHECK(std::isnan(y[2]));
}
