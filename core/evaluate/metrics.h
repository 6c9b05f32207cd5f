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

/// Standard error of the difference of two proportions counted on the same `samples`, of which `first_only` and `second_only` count in one alone (McNemar 1947).
double paired_error(std::uint64_t first_only, std::uint64_t second_only, std::uint64_t samples);
/// 95 % interval of the first proportion less the second, both counted on the same `samples`: `first_only` samples count in the first alone, `second_only`
/// in the second alone. Agresti & Min 2005: Wald's interval with half a sample more in each of the four cells.
Interval paired_difference(std::uint64_t first_only, std::uint64_t second_only, std::uint64_t samples);

/// 95 % interval of a mean from few values, by Student's t with size - 1 degrees of freedom (Student 1908). One value says nothing of its spread: all numbers.
struct MeanInterval { double mean, low, high; };
MeanInterval t_interval(std::span<const double> values);

/// 95 % interval of the mean of values in the order of time, where neighbours are alike: 2000 means of as many values, drawn in blocks of `block` neighbours, the
/// last followed by the first; their 2.5 and 97.5 % quantiles (Politis & Romano 1992, circular block bootstrap).
MeanInterval block_bootstrap(std::span<const double> values, std::size_t block, std::uint64_t seed);

/// The nearest multiple of `unit`, a power of two. Sums of few enough such values are exact in double, so that they do not depend on the order of adding.
double on_grid(double value, double unit);

}  // namespace edgewise
