// The affine grid: real = scale * (code - zero_point). Source: Jacob et al. 2018, equation 1; QUANTIZE and DEQUANTIZE of TensorFlow Lite.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace edgewise {

/// The grid of one tensor. Empty `scale`: no grid. One entry: per tensor. More: one per index of `axis`.
struct Quantization {
  std::vector<float> scale;               ///< each > 0 and finite
  std::vector<std::int32_t> zero_point;   ///< as many as scales
  int axis = 0;                           ///< the dimension the entries run along, when there are several

  bool present() const { return !scale.empty(); }
  bool per_channel() const { return scale.size() > 1; }
  bool operator==(const Quantization&) const = default;
};

/// Lowest and highest code that may occur.
struct CodeRange {
  std::int32_t lowest, highest;
  bool operator==(const CodeRange&) const = default;
};

/// Activations of `bits` (2 to 16): the whole two's complement range. 8 gives [-128, 127].
inline CodeRange activation_codes(int bits) { return {-(1 << (bits - 1)), (1 << (bits - 1)) - 1}; }
/// Weights of `bits` (2 to 8): symmetric about zero. 8 gives [-127, 127], 2 gives [-1, 1].
inline CodeRange weight_codes(int bits) { return {-((1 << (bits - 1)) - 1), (1 << (bits - 1)) - 1}; }

/// Nearest code, ties away from zero, clamped. The division is done in float, as TensorFlow Lite does. What is not a number becomes zero.
inline std::int32_t quantize(float real, float scale, std::int32_t zero_point, CodeRange range) {
  if (std::isnan(real)) return std::clamp(zero_point, range.lowest, range.highest);
  const float steps = std::round(real / scale);  // std::round is half away from zero
  const double code = static_cast<double>(steps) + zero_point;
  return static_cast<std::int32_t>(std::clamp(code, static_cast<double>(range.lowest), static_cast<double>(range.highest)));
}

/// The product is taken in double and rounded once.
inline float dequantize(std::int32_t code, float scale, std::int32_t zero_point) {
  return static_cast<float>(static_cast<double>(scale) * (static_cast<double>(code) - zero_point));
}

}  // namespace edgewise
