// Adam: steps along a running mean of the gradient, each parameter's divided by the root of its running mean square.
//
// Kingma & Ba 2015, algorithm 1, with their defaults; weight decay beside it, not through it (Loshchilov & Hutter 2019).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace edgewise::train {

class Adam {
 public:
  explicit Adam(std::size_t parameters) : mean_(parameters), square_(parameters) {}
  /// rate: of this step. decay: fraction of a parameter lost per step at rate 1.
  void step(std::span<float> parameters, std::span<const float> gradients, double rate, double decay);

 private:
  std::vector<float> mean_, square_;            ///< the moments by parameter
  double mean_left_ = 1.0, square_left_ = 1.0;  ///< beta^t: how much of the moments is still their first zero
};

}  // namespace edgewise::train
