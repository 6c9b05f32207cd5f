// Stochastic gradient descent with momentum: steps along a running sum of the gradients.
//
// Polyak 1964, as Sutskever et al. 2013 write it: v = 0.9 v + gradient, parameter -= rate v. Weight decay stands beside it, as in adam.h.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace edgewise::train {

class Momentum {
 public:
  explicit Momentum(std::size_t parameters) : velocity_(parameters) {}
  /// rate: of this step. decay: fraction of a parameter lost per step at rate 1.
  void step(std::span<float> parameters, std::span<const float> gradients, double rate, double decay);

 private:
  std::vector<float> velocity_;
};

/// Makes gradients whose Euclidean norm exceeds `most` so much smaller, all alike (Pascanu, Mikolov, Bengio 2013). 0: leaves them.
void clip_by_norm(std::span<float> gradients, double most);

}  // namespace edgewise::train
