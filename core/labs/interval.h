// How sure an accuracy is, and how many rows it takes to see a difference.
#pragma once

#include <cmath>

#include "core/labs/lab.h"

namespace edgewise::labs {

constexpr double z_95 = 1.959964;        // 97.5 % quantile of the normal distribution: a two-sided 95 %
constexpr double z_power_80 = 0.841621;  // 80 % quantile

struct Share { double low, high; };
/// 95 % interval of a share seen in n rows: Wilson 1927. n > 0
inline Share wilson_interval(double share, double n) {
  const double z2 = z_95 * z_95, center = (share + z2 / (2 * n)) / (1 + z2 / n);
  const double half = z_95 / (1 + z2 / n) * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  return {std::fmax(0, center - half), std::fmin(1, center + half)};
}
/// Rows that two models must both answer so that a drop is seen with 80 % power at 5 %, when `discordant` of the rows are answered rightly by one of them only:
/// McNemar's test, Connor 1987. drop > 0, discordant >= drop
inline double paired_rows(double drop, double discordant) {
  const double root = (z_95 * std::sqrt(discordant) + z_power_80 * std::sqrt(discordant - drop * drop)) / drop;
  return std::ceil(root * root);
}
/// The same when each model answers rows of its own: two proportions (Fleiss 1981), rows for each of the two. before > after
inline double unpaired_rows(double before, double after) {
  const double mean = (before + after) / 2;
  const double root = (z_95 * std::sqrt(2 * mean * (1 - mean)) + z_power_80 * std::sqrt(before * (1 - before) + after * (1 - after))) / (before - after);
  return std::ceil(root * root);
}

Lab confidence_lab();

}  // namespace edgewise::labs
