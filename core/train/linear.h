// Linear regression by least squares with a ridge: what a model must beat to be worth its bytes.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace edgewise::train {

struct Linear {
  std::vector<float> weights;   ///< one per feature
  float bias = 0.0f;

  float operator()(std::span<const float> row) const;
  std::size_t bytes() const { return (weights.size() + 1) * sizeof(float); }
};

/// Minimizes sum (w x + b - target)^2 + ridge * rows * |w|^2 over rows of `x`, back to back: Hoerl & Kennard 1970, by Cholesky in double. ridge > 0, so that
/// there is always an answer; features are taken as they come, so they should be of one size.
Linear fit_linear(std::span<const float> x, std::span<const float> targets, double ridge);

}  // namespace edgewise::train
