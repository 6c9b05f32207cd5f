#include "core/train/bend.h"

#include <cassert>
#include <type_traits>

#include "core/base/portable_math.h"

namespace edgewise::train {

namespace {

/// Calls loop with the bend as a constant: each bend gets a loop of its own without a switch in it, of vectors where it can be.
template <class Loop>
void with_constant(Bend bend, const Loop& loop) {
  switch (bend) {
    case Bend::none: return;
    case Bend::relu: return loop(std::integral_constant<Bend, Bend::relu>());
    case Bend::relu_n1_to_1: return loop(std::integral_constant<Bend, Bend::relu_n1_to_1>());
    case Bend::relu6: return loop(std::integral_constant<Bend, Bend::relu6>());
    case Bend::leaky_relu: return loop(std::integral_constant<Bend, Bend::leaky_relu>());
    case Bend::logistic: return loop(std::integral_constant<Bend, Bend::logistic>());
    case Bend::tanh: return loop(std::integral_constant<Bend, Bend::tanh>());
  }
}

}  // namespace

void bend_all(Bend bend, float slope, std::span<float> values) {
  with_constant(bend, [&](auto constant) {
    for (float& value : values) value = bent(constant, slope, value);
  });
}

void multiply_by_slopes(Bend bend, float slope, std::span<const float> bent_values, std::span<float> gradients) {
  assert(bent_values.size() == gradients.size());
  with_constant(bend, [&](auto constant) {
    for (std::size_t k = 0; k < gradients.size(); ++k) gradients[k] *= slope_at(constant, slope, bent_values[k]);
  });
}

float logistic_of(float x) { return static_cast<float>(1.0 / (1.0 + portable::exp(std::clamp(-static_cast<double>(x), -700.0, 700.0)))); }

float tanh_of(float x) {
  const double e = portable::exp(std::clamp(-2.0 * static_cast<double>(x), -700.0, 700.0));
  return static_cast<float>((1.0 - e) / (1.0 + e));
}

}  // namespace edgewise::train
