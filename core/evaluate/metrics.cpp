#include "core/evaluate/metrics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/random.h"

namespace edgewise {

Interval wilson(std::uint64_t successes, std::uint64_t trials) {
  if (trials == 0) return {0.0, 1.0};
  const double n = static_cast<double>(trials), p = static_cast<double>(successes) / n, z2 = normal_95 * normal_95;
  const double center = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = normal_95 / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  // At 0 and at n successes one end is 0 or 1 exactly; rounding must not put it beyond.
  return {successes == 0 ? 0.0 : std::max(0.0, center - half), successes == trials ? 1.0 : std::min(1.0, center + half)};
}

double area_under_curve(std::span<const float> scores, std::span<const std::uint8_t> labels) {
  assert(scores.size() == labels.size());
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
  std::uint64_t negatives_below = 0, positives = 0;
  std::uint64_t twice_wins = 0;  // a win counts 2 and a tie 1: whole numbers, so the order of samples cannot matter
  for (std::size_t at = 0; at < order.size();) {
    std::uint64_t tied_positives = 0, tied_negatives = 0;
    const float score = scores[order[at]];
    for (; at < order.size() && scores[order[at]] == score; ++at) ++(labels[order[at]] != 0 ? tied_positives : tied_negatives);
    twice_wins += tied_positives * (2 * negatives_below + tied_negatives);
    negatives_below += tied_negatives;
    positives += tied_positives;
  }
  if (positives == 0 || negatives_below == 0) return 0.5;
  return static_cast<double>(twice_wins) / (2.0 * static_cast<double>(positives) * static_cast<double>(negatives_below));
}

Interval hanley_mcneil(double area, std::uint64_t positives, std::uint64_t negatives) {
  if (positives == 0 || negatives == 0) return {0.0, 1.0};
  const double na = static_cast<double>(positives), nn = static_cast<double>(negatives);
  const double q1 = area / (2 - area), q2 = 2 * area * area / (1 + area), square = area * area;
  const double variance = (area * (1 - area) + (na - 1) * (q1 - square) + (nn - 1) * (q2 - square)) / (na * nn);
  const double half = normal_95 * std::sqrt(std::max(0.0, variance));
  return {std::max(0.0, area - half), std::min(1.0, area + half)};
}

Interval interval_of_mean(double sum, double square_sum, std::uint64_t count) {
  if (count == 0) return {0.0, 0.0};
  const double n = static_cast<double>(count), mean = sum / n;
  if (count == 1) return {mean, mean};  // one value says nothing about its spread
  const double variance = std::max(0.0, (square_sum - sum * mean) / (n - 1));
  const double half = normal_95 * std::sqrt(variance / n);
  return {std::max(0.0, mean - half), mean + half};
}

double paired_error(std::uint64_t first_only, std::uint64_t second_only, std::uint64_t samples) {
  const double first = static_cast<double>(first_only), second = static_cast<double>(second_only), n = static_cast<double>(samples);
  return std::sqrt(std::max(0.0, first + second - (first - second) * (first - second) / n)) / n;
}

Interval paired_difference(std::uint64_t first_only, std::uint64_t second_only, std::uint64_t samples) {
  const double first = static_cast<double>(first_only) + 0.5, second = static_cast<double>(second_only) + 0.5, n = static_cast<double>(samples) + 2.0;
  const double difference = (first - second) / n;
  const double half = normal_95 * std::sqrt(std::max(0.0, (first + second) / n - difference * difference) / n);
  return {std::max(-1.0, difference - half), std::min(1.0, difference + half)};
}

MeanInterval t_interval(std::span<const double> values) {
  assert(!values.empty());
  // 97.5 % quantiles for 1 to 30 degrees of freedom: any table of the t distribution; the last one serves beyond, where it is up to 4 % too wide.
  constexpr double quantiles[] = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
                                  2.120,  2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
  const double n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  if (values.size() == 1) return {mean, -std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const double quantile = quantiles[std::min(values.size() - 1, std::size(quantiles)) - 1];
  const double half = quantile * std::sqrt(squares / (n - 1.0) / n);
  return {mean, mean - half, mean + half};
}

MeanInterval block_bootstrap(std::span<const double> values, std::size_t block, std::uint64_t seed) {
  assert(!values.empty() && block > 0);
  constexpr std::size_t draws = 2000, tail = draws / 40;
  const double count = static_cast<double>(values.size());
  Random random(seed);
  std::vector<double> means(draws);
  for (double& mean : means) {
    double sum = 0.0;
    for (std::size_t taken = 0; taken < values.size();) {
      const auto first = static_cast<std::size_t>(random.below(values.size()));
      for (std::size_t k = 0; k < block && taken < values.size(); ++k, ++taken) sum += values[(first + k) % values.size()];
    }
    mean = sum / count;
  }
  std::ranges::sort(means);
  return {std::accumulate(values.begin(), values.end(), 0.0) / count, means[tail], means[draws - 1 - tail]};
}

double on_grid(double value, double unit) { return std::round(value / unit) * unit; }

Evaluation::Part merge(const Evaluation::Part& a, const Evaluation::Part& b) {
  assert(a.metric == b.metric && a.against_labels == b.against_labels && a.classes == b.classes);
  Evaluation::Part sum = a;
  sum.seen += b.seen;
  sum.total += b.total;
  sum.correct += b.correct;
  sum.changed += b.changed;
  assert(a.confusion.size() == b.confusion.size());
  for (std::size_t i = 0; i < std::min(sum.confusion.size(), b.confusion.size()); ++i) sum.confusion[i] += b.confusion[i];
  sum.error_sum += b.error_sum;
  sum.error_square_sum += b.error_square_sum;
  sum.anomaly_scores.insert(sum.anomaly_scores.end(), b.anomaly_scores.begin(), b.anomaly_scores.end());
  sum.anomaly_labels.insert(sum.anomaly_labels.end(), b.anomaly_labels.begin(), b.anomaly_labels.end());
  return sum;
}

Score score_of(const Evaluation::Part& part) {
  Score score;
  score.metric = part.metric;
  score.seen = part.seen;
  score.total = part.total;
  score.against_labels = part.against_labels;
  score.classes = part.classes;
  score.confusion = part.confusion;
  const double seen = static_cast<double>(std::max(part.seen, 1u));
  Interval interval{};
  switch (part.metric) {
    case Metric::accuracy:
    case Metric::agreement:
      score.value = part.correct / seen;
      interval = wilson(part.correct, part.seen);
      score.changed = part.changed;
      score.agreement = part.seen == 0 ? 0.0 : 1.0 - part.changed / seen;
      break;
    case Metric::mae:
      score.value = part.error_sum / seen;
      interval = interval_of_mean(part.error_sum, part.error_square_sum, part.seen);
      break;
    case Metric::auc: {
      const auto positives = static_cast<std::uint64_t>(std::count_if(part.anomaly_labels.begin(), part.anomaly_labels.end(), [](std::uint8_t l) { return l != 0; }));
      score.value = area_under_curve(part.anomaly_scores, part.anomaly_labels);
      interval = hanley_mcneil(score.value, positives, part.anomaly_labels.size() - positives);
      break;
    }
  }
  score.low = interval.low;
  score.high = interval.high;
  return score;
}

}  // namespace edgewise
