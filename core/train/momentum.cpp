#include "core/train/momentum.h"

#include <cassert>
#include <cmath>

namespace edgewise::train {

void Momentum::step(std::span<float> parameters, std::span<const float> gradients, double rate, double decay) {
  assert(parameters.size() == velocity_.size() && gradients.size() == velocity_.size());
  constexpr float kept_velocity = 0.9f;
  const auto kept = static_cast<float>(1.0 - rate * decay), step_size = static_cast<float>(rate);
  for (std::size_t i = 0; i < gradients.size(); ++i) {
    velocity_[i] = kept_velocity * velocity_[i] + gradients[i];
    parameters[i] = parameters[i] * kept - step_size * velocity_[i];
  }
}

void clip_by_norm(std::span<float> gradients, double most) {
  if (most <= 0.0) return;
  double squares = 0.0;
  for (const float gradient : gradients) squares += static_cast<double>(gradient) * static_cast<double>(gradient);
  const double norm = std::sqrt(squares);
  if (!(norm > most)) return;
  for (float& gradient : gradients) gradient = static_cast<float>(static_cast<double>(gradient) * (most / norm));
}

}  // namespace edgewise::train
