// What the central limit theorem says of quantization errors, and what it does not: sums of real rounding errors, drawn from a seed, beside the formula.
//
//   error of one weight, rms      S / sqrt(12)              (Widrow 1956; when every place within a step is as likely)
//   of a sum of n of them         S / sqrt(12) * sqrt(n)    grows, in the unit of the weights
//   of a sum of products          that over rms(w)          relative to the sum itself: whatever n
//   behind L layers               times sqrt(L)             when errors of layers know nothing of each other
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/labs/subject.h"

namespace edgewise::labs {

/// Weights, and what each is off by on the grid of its smallest to its largest.
struct Rounded {
  std::vector<double> weights, errors;
  double scale = 0;
  double weight_rms = 0, error_rms = 0;
};
/// `weights` not empty. The grid is asymmetric with the right zero point (core/labs/quantize.h).
Rounded rounded(std::vector<double> weights, int bits);

/// Sums of `terms` errors, each drawn from all of them: `count` sums.
std::vector<double> error_sums(const Rounded& from, int terms, int count, std::uint64_t seed);

/// A sum of `terms` products of a weight and an input of either sign: rms of its error over rms of itself, over `count` sums.
double relative_noise(const Rounded& from, int terms, int count, std::uint64_t seed);

/// The same behind each of `layers` layers of 32 units, the first of them behind one.
std::vector<double> layer_noise(const Rounded& from, int layers, int count, std::uint64_t seed);

Lab noise_lab();
Result<Outcome> noise_outcome(std::span<const double> values, const Subject& subject);

}  // namespace edgewise::labs
