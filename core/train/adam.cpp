#include "core/train/adam.h"

#include <cassert>
#include <cmath>

namespace edgewise::train {

namespace {

constexpr float beta_mean = 0.9f, beta_square = 0.999f, epsilon = 1e-8f;

}  // namespace

void Adam::step(std::span<float> parameters, std::span<const float> gradients, double rate, double decay) {
  assert(parameters.size() == mean_.size() && gradients.size() == mean_.size());
  mean_left_ *= static_cast<double>(beta_mean);
  square_left_ *= static_cast<double>(beta_square);
  const auto step_size = static_cast<float>(rate / (1.0 - mean_left_));
  const auto square_correction = static_cast<float>(1.0 / (1.0 - square_left_));
  const auto kept = static_cast<float>(1.0 - rate * decay);
  for (std::size_t i = 0; i < gradients.size(); ++i) {
    mean_[i] = beta_mean * mean_[i] + (1.0f - beta_mean) * gradients[i];
    square_[i] = beta_square * square_[i] + (1.0f - beta_square) * gradients[i] * gradients[i];
    parameters[i] = parameters[i] * kept - step_size * mean_[i] / (std::sqrt(square_[i] * square_correction) + epsilon);
  }
}

}  // namespace edgewise::train
