#include "core/kernels/dynamic_range.h"

#include <algorithm>
#include <cmath>

namespace edgewise::kernels {

namespace {

/// Codes in [lowest, 127] about `zero_point`, `per_real` of them to one.
void fill_steps(std::span<const float> reals, float per_real, float lowest, float zero_point, std::int16_t* steps) {
  for (std::size_t i = 0; i < reals.size(); ++i) {
    const float exact = zero_point + reals[i] * per_real;
    // std::round in steps that vectors have: ties away from zero. Just under a half, since 0.5 more would lift what is just under a half itself.
    const float code = std::trunc(exact + (exact < 0.0f ? -0x1.fffffep-2f : 0x1.fffffep-2f)), step = std::clamp(code, lowest, 127.0f) - zero_point;
    steps[i] = static_cast<std::int16_t>(static_cast<std::int32_t>(code == code ? step : 0.0f));
  }
}

struct Extremes { float low, high; };
/// The least and the largest of the reals and 0; what is not a number does not count.
Extremes extremes_of(std::span<const float> reals) {
  constexpr std::size_t abreast = 8;   // as many as vectors like to keep apart
  float low[abreast] = {}, high[abreast] = {};
  const auto take = [&](std::size_t i, float real) {
    low[i] = real < low[i] ? real : low[i];
    high[i] = high[i] < real ? real : high[i];
  };
  std::size_t at = 0;
  for (; at + abreast <= reals.size(); at += abreast)
    for (std::size_t i = 0; i < abreast; ++i) take(i, reals[at + i]);
  for (; at < reals.size(); ++at) take(0, reals[at]);
  return {*std::min_element(low, low + abreast), *std::max_element(high, high + abreast)};
}

}  // namespace

float quantize_symmetric(std::span<const float> reals, std::int16_t* steps) {
  const auto [low, high] = extremes_of(reals);
  const float largest = std::max(-low, high);
  if (!(largest > 0.0f && std::isfinite(largest))) {
    std::fill_n(steps, reals.size(), std::int16_t{0});
    return 1.0f;
  }
  fill_steps(reals, 127.0f / largest, -127.0f, 0.0f, steps);
  return largest / 127.0f;
}

float quantize_asymmetric(std::span<const float> reals, std::int16_t* steps) {
  const Extremes extremes = extremes_of(reals);
  const double low = static_cast<double>(extremes.low), high = static_cast<double>(extremes.high);
  if (!(high > low && std::isfinite(high - low))) {
    std::fill_n(steps, reals.size(), std::int16_t{0});
    return 1.0f;
  }
  const double scale = (high - low) / 255.0, from_low = -128.0 - low / scale, from_high = 127.0 - high / scale;
  const bool is_low_nearer = 128.0 + std::abs(low / scale) < 127.0 + std::abs(high / scale);
  const double zero_point = std::clamp(std::round(is_low_nearer ? from_low : from_high), -128.0, 127.0);
  const auto scale_in_float = static_cast<float>(scale);
  fill_steps(reals, 1.0f / scale_in_float, -128.0f, static_cast<float>(zero_point), steps);
  return scale_in_float;
}

}  // namespace edgewise::kernels
