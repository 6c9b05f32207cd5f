#include "core/base/portable_math.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include <doctest/doctest.h>

#include "core/base/random.h"

using namespace edgewise;

TEST_CASE("portable exp, log, sin and cos agree with the C library within their stated errors") {
  constexpr std::uint64_t seed = 11;
  Random random(seed);
  CAPTURE(seed);
  double exp_error = 0.0, log_error = 0.0, sin_error = 0.0, cos_error = 0.0;  // the worst seen, in the unit of the stated error
  for (int i = 0; i < 20000; ++i) {
    const double x = random.uniform(-708.0, 709.0);
    exp_error = std::max(exp_error, std::fabs(portable::exp(x) - std::exp(x)) / std::exp(x));
    const double positive = std::exp(random.uniform(-700.0, 700.0));
    log_error =
        std::max(log_error, std::fabs(portable::log(positive) - std::log(positive)) / (1.0 + std::fabs(std::log(positive))));
    const double radians = random.uniform(-1e6, 1e6);
    sin_error = std::max(sin_error, std::fabs(portable::sin(radians) - std::sin(radians)));
    cos_error = std::max(cos_error, std::fabs(portable::cos(radians) - std::cos(radians)));
  }
  CHECK(exp_error < 1e-14);
  CHECK(log_error < 1e-15);
  CHECK(sin_error < 1e-12);
  CHECK(cos_error < 1e-12);
}

TEST_CASE("portable functions are exact where the true value is a number") {
  CHECK(portable::exp(0.0) == 1.0);
  CHECK(portable::log(1.0) == 0.0);
  CHECK(portable::sin(0.0) == 0.0);
  CHECK(portable::cos(0.0) == 1.0);
}

TEST_CASE("portable log is as close beside 1, where it cancels, as elsewhere") {
  for (const double x :
       {1.0 - 1e-9, 1.0 + 1e-9, std::sqrt(0.5), std::sqrt(2.0), std::nextafter(1.0, 0.0), std::nextafter(1.0, 2.0)}) {
    CAPTURE(x);
    CHECK(std::fabs(portable::log(x) - std::log(x)) <= 1e-15);
  }
}

TEST_CASE("portable exp of what would be denormal is zero") { CHECK(portable::exp(-709.0) == 0.0); }

TEST_CASE("portable pow is exact for whole exponents, close to the C library's for others, and zero at zero") {
  CHECK(portable::pow(0.5, 3.0) == 0.125);
  CHECK(portable::pow(3.0, 0.0) == 1.0);
  CHECK(portable::pow(0.0, 1.5) == 0.0);
  Random random(12);
  for (int i = 0; i < 2000; ++i) {
    const double base = random.uniform(0.0, 2.0), exponent = random.uniform(1.0, 10.0);
    CHECK(std::fabs(portable::pow(base, exponent) - std::pow(base, exponent)) <= 1e-13 * (1.0 + std::pow(base, exponent)));
  }
}
