#include "core/base/portable_math.h"

#include <bit>
#include <cassert>
#include <cmath>
#include <cstdint>

namespace edgewise::portable {

namespace {

// ln 2 and pi/2 in two parts: the first has 32 (pi/2: 33) significant bits, so that its product with a small whole number is
// exact. Source: fdlibm, e_exp.c, e_rem_pio2.c.
constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;
constexpr double half_pi_high = 1.57079632673412561417e+00, half_pi_low = 6.07710050650619224932e-11;

/// 2^k for k in [-1022, 1023].
double power_of_two(std::int64_t k) { return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52); }

/// Taylor series of sin(r) and cos(r), |r| <= pi/4 and a little: the first term left out is below 1e-19.
double sin_series(double r) {
  const double square = r * r;
  double sum = 1.0;
  for (int n = 18; n >= 2; n -= 2) sum = 1.0 - square / (n * (n + 1)) * sum;
  return r * sum;
}
double cos_series(double r) {
  const double square = r * r;
  double sum = 1.0;
  for (int n = 19; n >= 1; n -= 2) sum = 1.0 - square / (n * (n + 1)) * sum;
  return sum;
}

/// sin(radians + quarter_turns * pi/2)
double sin_shifted(double radians, std::int64_t quarter_turns) {
  assert(std::fabs(radians) <= 1e6);
  const double turns = std::floor(radians / (half_pi_high + half_pi_low) + 0.5);
  const double rest = (radians - turns * half_pi_high) - turns * half_pi_low;
  switch ((static_cast<std::int64_t>(turns) + quarter_turns) & 3) {
    case 0: return sin_series(rest);
    case 1: return cos_series(rest);
    case 2: return -sin_series(rest);
    default: return -cos_series(rest);
  }
}

}  // namespace

double exp(double x) {
  if (x < -708.0) return 0.0;
  assert(x <= 709.0);
  const double k = std::floor(x / (ln2_high + ln2_low) + 0.5);
  const double rest = (x - k * ln2_high) - k * ln2_low;  // |rest| <= 0.347
  double sum = 1.0;
  for (int n = 15; n >= 1; --n) sum = 1.0 + rest / n * sum;
  return sum * power_of_two(static_cast<std::int64_t>(k));
}

double log(double x) {
  assert(x >= 2.2250738585072014e-308 && x < power_of_two(1023) * 2.0);
  const auto bits = std::bit_cast<std::uint64_t>(x);
  auto exponent = static_cast<std::int64_t>(bits >> 52) - 1023;
  double mantissa = std::bit_cast<double>((bits & 0x000fffffffffffffull) | 0x3ff0000000000000ull);  // [1, 2)
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    ++exponent;
  }
  // log m = 2 artanh s = 2 (s + s^3/3 + s^5/5 + ...), s = (m - 1) / (m + 1), |s| <= 0.172: s^25/25 is below 1e-20.
  const double s = (mantissa - 1.0) / (mantissa + 1.0), square = s * s;
  double sum = 0.0;
  for (int n = 23; n >= 1; n -= 2) sum = sum * square + 1.0 / n;
  const auto k = static_cast<double>(exponent);
  return k * ln2_high + (2.0 * s * sum + k * ln2_low);
}

double pow(double base, double exponent) {
  assert(base >= 0.0 && exponent >= 0.0);
  if (exponent == std::floor(exponent) && exponent <= 64.0) {
    double product = 1.0;
    for (int i = static_cast<int>(exponent); i > 0; --i) product *= base;
    return product;
  }
  return base < 2.2250738585072014e-308 ? 0.0 : exp(exponent * log(base));
}

double sin(double radians) { return sin_shifted(radians, 0); }
double cos(double radians) { return sin_shifted(radians, 1); }

}  // namespace edgewise::portable
