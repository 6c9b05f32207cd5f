// The statistics behind a score: what was counted, and how far chance alone may have moved it. Pure arithmetic; running a model is evaluation.cpp.
#pragma once

#include <cstdint>
#include <span>

#include "core/evaluate/evaluation.h"

namespace edgewise {

constexpr double normal_95 = 1.959964;  ///< 97.5 % quantile of the normal distribution

/// Area under the receiver operating curve: the chance that a sample labelled 1 scores higher than one labelled 0, ties counting half
/// (Mann & Whitney 1947). Without samples of both labels there is none: 0.5.
double area_under_curve(std::span<const float> scores, std::span<const std::uint8_t> labels);

/// 95 % interval of an area under the curve from `positives` and `negatives` samples: Hanley & McNeil 1982, equation 1, within [0, 1].
Interval hanley_mcneil(double area, std::uint64_t positives, std::uint64_t negatives);

/// 95 % interval of a mean by the normal approximation, from the sum and the sum of squares of `count` values; not below 0.
Interval interval_of_mean(double sum, double square_sum, std::uint64_t count);

/// The nearest multiple of `unit`, a power of two. Sums of few enough such values are exact in double, so that they do not depend on the order of adding.
double on_grid(double value, double unit);

}  // namespace edgewise
