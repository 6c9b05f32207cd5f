// What a detector's rates mean in a day, and how much ground its nodes hear.
#pragma once

#include <cmath>
#include <numbers>

#include "core/labs/lab.h"

namespace edgewise::labs {

/// Windows a day when one begins every `period_s` seconds.
inline double windows_a_day(double period_s) { return 86400 / period_s; }
/// Expected false alarms a day when nearly all windows hold nothing.
inline double false_alarms_a_day(double false_positive_rate, double windows) { return false_positive_rate * windows; }
/// Share of alarms that are right (Bayes 1763). 0 when there are no alarms.
inline double positive_predictive_value(double base_rate, double true_positive_rate, double false_positive_rate) {
  const double right = base_rate * true_positive_rate, wrong = (1 - base_rate) * false_positive_rate;
  return right + wrong > 0 ? right / (right + wrong) : 0;
}
inline double balanced_accuracy(double true_positive_rate, double false_positive_rate) { return (true_positive_rate + 1 - false_positive_rate) / 2; }

/// At least k of n independent windows say yes, each with chance p: the upper tail of the binomial distribution.
inline double at_least(int k, int n, double p) {
  double sum = 0;
  for (int i = k; i <= n; ++i) {
    double chosen = 1;   // n choose i
    for (int j = 1; j <= i; ++j) chosen = chosen * (n - i + j) / j;
    sum += chosen * std::pow(p, i) * std::pow(1 - p, n - i);
  }
  return std::fmin(1.0, sum);
}

constexpr double square_meters_a_hectare = 1e4;
inline double disc_hectares(double radius_m) { return std::numbers::pi * radius_m * radius_m / square_meters_a_hectare; }
/// The largest hexagon inside a disc: with one node in the middle of each, no place is farther than the radius from a node (Kershner 1939).
inline double hexagon_hectares(double radius_m) { return 1.5 * std::numbers::sqrt3 * radius_m * radius_m / square_meters_a_hectare; }

/// The share of windows with a chainsaw that the bundled listener found at a threshold of one half, `band` times 100 m away and up to 100 m nearer (1 to 4).
double listener_found_share(int band);

Lab forest_lab();
Lab listener_lab();

}  // namespace edgewise::labs
