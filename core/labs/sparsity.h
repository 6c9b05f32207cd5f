// What zeros are worth: bits a weight takes in each encoding, and how sparse the polynomial schedule has made a network at a step.
#pragma once

#include <cmath>

namespace edgewise::labs {

// Bits for one weight of the tensor, zeros included. sparsity in [0, 1]; bits: width of a stored weight.
inline double dense_bits(double, double bits) { return bits; }
/// One bit for each weight says whether it is zero.
inline double bitmap_bits(double sparsity, double bits) { return 1 + (1 - sparsity) * bits; }
/// Every weight that is not zero brings an index of `index_bits`: 16 for the column in CSR, 8 or 4 for the distance from the one before (Han et al. 2016).
inline double index_bits_each(double sparsity, double bits, double index_bits) { return (1 - sparsity) * (bits + index_bits); }

/// How many bits the positions of zeros carry for each weight: entropy of a coin (Shannon 1948). 0 at both ends.
inline double mask_entropy_bits(double sparsity) {
  if (sparsity <= 0 || sparsity >= 1) return 0;
  return -(sparsity * std::log2(sparsity) + (1 - sparsity) * std::log2(1 - sparsity));
}

struct Schedule { double initial = 0.3, final = 0.7, begin = 1000, end = 5000, power = 3; };

/// PolynomialDecay of the TensorFlow Model Optimization toolkit (Zhu & Gupta 2017, equation 1): 0 before `begin`, `final` from `end` on.
inline double scheduled_sparsity(const Schedule& s, double step) {
  if (step < s.begin) return 0;
  if (step >= s.end) return s.final;
  return s.final + (s.initial - s.final) * std::pow(1 - (step - s.begin) / (s.end - s.begin), s.power);
}

/// Training steps that `epochs` passes over `rows` make: the last batch of an epoch may be short.
inline double training_steps(double rows, double batch, double epochs) { return std::ceil(rows / batch) * epochs; }

}  // namespace edgewise::labs
