#include "core/train/bend.h"

#include "core/base/portable_math.h"

namespace edgewise::train {

float logistic_of(float x) { return static_cast<float>(1.0 / (1.0 + portable::exp(std::clamp(-static_cast<double>(x), -700.0, 700.0)))); }

float tanh_of(float x) {
  const double e = portable::exp(std::clamp(-2.0 * static_cast<double>(x), -700.0, 700.0));
  return static_cast<float>((1.0 - e) / (1.0 + e));
}

}  // namespace edgewise::train
