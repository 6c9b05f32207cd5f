// What bends a layer's sums, and the slope of each.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

namespace edgewise::train {

enum class Bend : std::uint8_t { none, relu, relu_n1_to_1, relu6, leaky_relu, logistic, tanh };

/// From additions and multiplications alone (core/base/portable_math.h).
float logistic_of(float x);
float tanh_of(float x);

/// slope: of a leaky relu below zero.
inline float bent(Bend bend, float slope, float x) {
  switch (bend) {
    case Bend::none: return x;
    case Bend::relu: return x > 0.0f ? x : 0.0f;
    case Bend::relu_n1_to_1: return std::clamp(x, -1.0f, 1.0f);
    case Bend::relu6: return std::clamp(x, 0.0f, 6.0f);
    case Bend::leaky_relu: return x > 0.0f ? x : slope * x;
    case Bend::logistic: return logistic_of(x);
    case Bend::tanh: return tanh_of(x);
  }
  return x;
}

/// The derivative where the bent value is y: every bend here tells it from its output.
inline float slope_at(Bend bend, float slope, float y) {
  switch (bend) {
    case Bend::none: return 1.0f;
    case Bend::relu: return y > 0.0f ? 1.0f : 0.0f;
    case Bend::relu_n1_to_1: return y > -1.0f && y < 1.0f ? 1.0f : 0.0f;
    case Bend::relu6: return y > 0.0f && y < 6.0f ? 1.0f : 0.0f;
    case Bend::leaky_relu: return y > 0.0f ? 1.0f : slope;
    case Bend::logistic: return y * (1.0f - y);
    case Bend::tanh: return 1.0f - y * y;
  }
  return 1.0f;
}

/// Bends every value.
void bend_all(Bend bend, float slope, std::span<float> values);
/// Multiplies each gradient by the slope where the bent value is bent_values[k].
void multiply_by_slopes(Bend bend, float slope, std::span<const float> bent_values, std::span<float> gradients);

}  // namespace edgewise::train
