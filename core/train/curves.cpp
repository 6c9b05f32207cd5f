#include "core/train/curves.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace edgewise::train {

namespace {

using Float4 [[gnu::vector_size(16)]] = float;  // SSE, NEON and SIMD128 alike
using Bits4 [[gnu::vector_size(16)]] = std::uint32_t;

constexpr Float4 all(float value) { return Float4{value, value, value, value}; }

/// exp(x), x cut to +-87, where float ends. Relative error below 2e-7: range reduction and polynomial of Cephes, expf.c (Moshier).
Float4 exp(Float4 x) {
  constexpr float most = 87.0f, log2_e = 1.44269504088896341f, ln2_high = 0.693359375f, ln2_low = -2.12194440e-4f;
  constexpr float shift = 0x1.8p23f;  // added, it leaves the nearest whole number in the lowest bits
  x = x < all(-most) ? all(-most) : x;
  x = x > all(most) ? all(most) : x;
  const Float4 shifted = x * all(log2_e) + all(shift), k = shifted - all(shift);
  const Float4 rest = (x - k * all(ln2_high)) - k * all(ln2_low);
  Float4 sum = all(1.9875691500e-4f);
  for (const float coefficient : {1.3981999507e-3f, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f})
    sum = sum * rest + all(coefficient);
  sum = sum * rest * rest + rest + all(1.0f);
  const Bits4 power_of_two = (std::bit_cast<Bits4>(shifted) << 23) + (127u << 23);  // 2^k; what else is in `shifted` leaves at the top
  return sum * std::bit_cast<Float4>(power_of_two);
}

/// The rest of a span that is no multiple of four is computed in a vector too, so that every value has the same arithmetic.
template <class Curve>
void apply(std::span<float> values, Curve curve) {
  for (std::size_t at = 0; at < values.size(); at += 4) {
    const std::size_t bytes = std::min<std::size_t>(4, values.size() - at) * sizeof(float);
    Float4 four{};
    std::memcpy(&four, values.data() + at, bytes);
    four = curve(four);
    std::memcpy(values.data() + at, &four, bytes);
  }
}

}  // namespace

void logistic(std::span<float> values) {
  apply(values, [](Float4 x) { return all(1.0f) / (all(1.0f) + exp(-x)); });
}

void tanh(std::span<float> values) {
  apply(values, [](Float4 x) { return all(1.0f) - all(2.0f) / (all(1.0f) + exp(x + x)); });
}

}  // namespace edgewise::train
