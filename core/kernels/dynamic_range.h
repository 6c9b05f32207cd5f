// "Dynamic range" layers: float activations, int8 weights. The input is quantized as it comes, by batch row, the products are integers, the result is float again.
//
// Source: TensorFlow Lite's portable_tensor_utils.cc and hybrid kernels: convolutions quantize asymmetrically when their weights have a scale per channel, dense
// layers when the file says so, the rest symmetrically.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>

namespace edgewise::kernels {

struct DynamicGrid {
  float scale = 1.0f;
  std::int32_t zero_point = 0;
};

/// Codes in [-127, 127], zero point 0.
inline DynamicGrid quantize_symmetric(std::span<const float> reals, std::int8_t* codes) {
  float largest = 0.0f;
  for (const float real : reals) largest = std::max(largest, std::abs(real));
  if (!(largest > 0.0f && std::isfinite(largest))) {
    std::fill_n(codes, reals.size(), std::int8_t{0});
    return {};
  }
  const float inverse = 127.0f / largest;
  for (std::size_t i = 0; i < reals.size(); ++i) codes[i] = static_cast<std::int8_t>(std::clamp(std::round(reals[i] * inverse), -127.0f, 127.0f));
  return {largest / 127.0f, 0};
}

/// Codes in [-128, 127] over the range of the reals and 0; the zero point is taken from the end of the range where it is the more exact.
inline DynamicGrid quantize_asymmetric(std::span<const float> reals, std::int8_t* codes) {
  double low = 0.0, high = 0.0;
  for (const float real : reals) {
    low = std::min(low, static_cast<double>(real));
    high = std::max(high, static_cast<double>(real));
  }
  if (!(high > low && std::isfinite(high - low))) {
    std::fill_n(codes, reals.size(), std::int8_t{0});
    return {};
  }
  const double scale = (high - low) / 255.0, from_low = -128.0 - low / scale, from_high = 127.0 - high / scale;
  const bool is_low_nearer = 128.0 + std::abs(low / scale) < 127.0 + std::abs(high / scale);
  const auto zero_point = static_cast<std::int32_t>(std::clamp(std::round(is_low_nearer ? from_low : from_high), -128.0, 127.0));
  const auto scale_in_float = static_cast<float>(scale);
  const float inverse = 1.0f / scale_in_float;
  for (std::size_t i = 0; i < reals.size(); ++i)
    codes[i] = static_cast<std::int8_t>(std::clamp(std::round(static_cast<float>(zero_point) + reals[i] * inverse), -128.0f, 127.0f));
  return {scale_in_float, zero_point};
}

using QuantizeInput = DynamicGrid (*)(std::span<const float> reals, std::int8_t* codes);

}  // namespace edgewise::kernels
