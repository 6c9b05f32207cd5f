#include "core/kernels/curves.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "core/kernels/simd/lanes.h"

namespace edgewise::kernels::curves {
namespace {

using simd::Float32x4, simd::UInt32x4;

Float32x4 all(float value) { return Float32x4{} + value; }

/// sum of coefficients[i] * x^(n - i).
template <std::size_t count>
Float32x4 polynomial(const float (&coefficients)[count], Float32x4 x) {
  Float32x4 sum = all(coefficients[0]);
  for (std::size_t i = 1; i < count; ++i) sum = sum * x + coefficients[i];
  return sum;
}

/// exp(x), x cut to +-87, before floats end: 2^k * exp(x - k ln 2), |x - k ln 2| <= ln 2 / 2.
Float32x4 exp_of(Float32x4 x) {
  constexpr float most = 87.0f, log2_e = 1.44269504088896341f, ln2_high = 0.693359375f, ln2_low = -2.12194440e-4f;
  constexpr float shift = 0x1.8p23f;   // added, it leaves the nearest whole number in the lowest bits
  constexpr float coefficients[] = {1.9875691500e-4f, 1.3981999507e-3f, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f};
  x = x < all(-most) ? all(-most) : x;
  x = x > all(most) ? all(most) : x;
  const Float32x4 shifted = x * log2_e + shift, k = shifted - shift;
  const Float32x4 rest = (x - k * ln2_high) - k * ln2_low;
  const Float32x4 of_rest = polynomial(coefficients, rest) * rest * rest + rest + 1.0f;
  const UInt32x4 power_of_two = (std::bit_cast<UInt32x4>(shifted) << 23) + (127u << 23);   // 2^k; what else is in `shifted` leaves at the top
  return of_rest * std::bit_cast<Float32x4>(power_of_two);
}

/// The rest of a span that is no multiple of four is computed in a vector too, so that every value has the same arithmetic.
template <class Curve>
void apply(std::span<float> values, Curve curve) {
  float* at = values.data();
  std::size_t left = values.size();
  for (; left >= 4; left -= 4, at += 4) simd::store(at, curve(simd::load<Float32x4>(at)));
  if (left == 0) return;
  float four[4] = {};
  std::copy_n(at, left, four);
  simd::store(four, curve(simd::load<Float32x4>(four)));
  std::copy_n(four, left, at);
}

}  // namespace

void exp(std::span<float> values) { apply(values, exp_of); }

void logistic(std::span<float> values) {
  apply(values, [](Float32x4 x) { return 1.0f / (1.0f + exp_of(-x)); });
}

void tanh(std::span<float> values) {
  constexpr float coefficients[] = {-5.70498872745e-3f, 2.06390887954e-2f, -5.37397155531e-2f, 1.33314422036e-1f, -3.33332819422e-1f};
  constexpr float small = 0.625f;   // below, 1 - 2 / (1 + exp(2x)) would lose what it takes off 1
  apply(values, [&](Float32x4 x) {
    const Float32x4 square = x * x, near_zero = polynomial(coefficients, square) * square * x + x, far = 1.0f - 2.0f / (1.0f + exp_of(x + x));
    const auto is_small = (x > all(-small)) & (x < all(small));
    return is_small ? near_zero : far;
  });
}

}  // namespace edgewise::kernels::curves
