// Logistic function and tanh of many floats, from additions, multiplications, divisions and bits only: the same bytes on every
// machine, as core/base/portable_math.h, but single precision and four at a time, for layers that compute them at every step.
#pragma once

#include <span>

namespace edgewise::train {

/// 1 / (1 + exp(-x)); absolute error below 2e-7.
void logistic(std::span<float> values);
/// Absolute error below 3e-7.
void tanh(std::span<float> values);

}  // namespace edgewise::train
