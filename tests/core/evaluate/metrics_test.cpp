#include "core/evaluate/metrics.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/random.h"
#include "core/evaluate/distillation.h"

namespace edgewise {
namespace {

TEST_CASE("the Wilson interval has its published ends") {
  // Newcombe 1998, table I, method 3 (score, without continuity correction), 95 %.
  struct Case { std::uint64_t successes, trials; double low, high; };
  for (const Case& c : {Case{81, 263, 0.2553, 0.3662}, Case{15, 148, 0.0624, 0.1605}, Case{0, 20, 0.0, 0.1611}, Case{1, 29, 0.0061, 0.1718}}) {
    CAPTURE(c.trials);
    const Interval interval = wilson(c.successes, c.trials);
    CHECK(std::abs(interval.low - c.low) < 5e-5);
    CHECK(std::abs(interval.high - c.high) < 5e-5);
  }
}

TEST_CASE("the Wilson interval stays within 0 and 1, holds the proportion, and mirrors") {
  CHECK(wilson(0, 0).low == 0.0);
  CHECK(wilson(0, 0).high == 1.0);
  for (std::uint64_t n = 1; n <= 60; ++n)
    for (std::uint64_t k = 0; k <= n; ++k) {
      const Interval interval = wilson(k, n), mirrored = wilson(n - k, n);
      const double p = static_cast<double>(k) / static_cast<double>(n);
      const bool sane = interval.low >= 0.0 && interval.low <= p && p <= interval.high && interval.high <= 1.0 && std::abs(interval.low + mirrored.high - 1.0) < 1e-12;
      CHECK_MESSAGE(sane, k, " of ", n);
    }
}

TEST_CASE("the area under the curve counts pairs, ties by half") {
  // By hand: positives 3 and 1 against negatives 2, 1, 0: 3 wins 3, 1 wins against 0 and ties with 1: (3 + 1.5) / 6.
  const std::vector<float> scores{3, 1, 2, 1, 0};
  const std::vector<std::uint8_t> labels{1, 1, 0, 0, 0};
  CHECK(area_under_curve(scores, labels) == doctest::Approx(4.5 / 6.0));
  CHECK(area_under_curve(std::vector<float>{2, 1}, std::vector<std::uint8_t>{1, 0}) == 1.0);
  CHECK(area_under_curve(std::vector<float>{1, 2}, std::vector<std::uint8_t>{1, 0}) == 0.0);
  CHECK(area_under_curve(std::vector<float>{1, 2}, std::vector<std::uint8_t>{1, 1}) == 0.5);  // nothing to compare with
}

TEST_CASE("the area under the curve is the count over all pairs, for random scores with ties") {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    std::vector<float> scores;
    std::vector<std::uint8_t> labels;
    for (int i = 0; i < 60; ++i) {
      scores.push_back(static_cast<float>(random.below(12)));
      labels.push_back(static_cast<std::uint8_t>(random.below(2)));
    }
    double wins = 0, pairs = 0;
    for (std::size_t a = 0; a < scores.size(); ++a)
      for (std::size_t b = 0; b < scores.size(); ++b)
        if (labels[a] == 1 && labels[b] == 0) {
          wins += scores[a] > scores[b] ? 1.0 : scores[a] == scores[b] ? 0.5 : 0.0;
          pairs += 1;
        }
    CHECK(area_under_curve(scores, labels) == doctest::Approx(wins / pairs));
  }
}

TEST_CASE("the Hanley-McNeil interval follows equation 1") {
  // Area 0.9, 50 and 50: Q1 = 0.9 / 1.1 = 0.818182, Q2 = 1.62 / 1.9 = 0.852632,
  // (0.9 * 0.1 + 49 * (Q1 - 0.81) + 49 * (Q2 - 0.81)) / 2500 = 0.00103194, standard error 0.0321239.
  const Interval interval = hanley_mcneil(0.9, 50, 50);
  CHECK(interval.low == doctest::Approx(0.9 - normal_95 * 0.0321239));
  CHECK(interval.high == doctest::Approx(0.9 + normal_95 * 0.0321239));
  CHECK(hanley_mcneil(1.0, 10, 10).low == 1.0);  // the approximation knows no spread at 1
  CHECK(hanley_mcneil(0.9, 0, 5).low == 0.0);
}

TEST_CASE("the interval of a mean is the mean and 1.96 standard errors") {
  // 1, 2, 3, 4: mean 2.5, variance 5/3, standard error sqrt(5/12).
  const Interval interval = interval_of_mean(10.0, 30.0, 4);
  CHECK(interval.low == doctest::Approx(2.5 - normal_95 * 0.6454972));
  CHECK(interval.high == doctest::Approx(2.5 + normal_95 * 0.6454972));
  CHECK(interval_of_mean(3.0, 9.0, 1).low == 3.0);
}

Evaluation::Part random_part(Random& random, Metric metric) {
  Evaluation::Part part;
  part.metric = metric;
  part.classes = metric == Metric::accuracy ? 3 : 0;
  if (part.classes > 0) part.confusion.assign(9, 0);
  part.total = part.seen = static_cast<std::uint32_t>(random.below(40));
  for (std::uint32_t i = 0; i < part.seen; ++i) {
    if (random.below(3) == 0) ++part.correct;
    if (random.below(5) == 0) ++part.changed;
    if (part.classes > 0) ++part.confusion[random.below(9)];
    if (metric == Metric::mae) {
      const double error = random.uniform(0, 3);
      part.error_sum += on_grid(error, 0x1p-24);
      part.error_square_sum += on_grid(error * error, 0x1p-24);
    }
    if (metric == Metric::auc) {
      part.anomaly_scores.push_back(static_cast<float>(random.below(20)));
      part.anomaly_labels.push_back(static_cast<std::uint8_t>(random.below(2)));
    }
  }
  return part;
}

TEST_CASE("merging parts in any order and grouping gives the same score to the last bit") {
  for (const Metric metric : {Metric::accuracy, Metric::mae, Metric::auc, Metric::agreement})
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
      CAPTURE(seed);
      Random random(seed);
      std::vector<Evaluation::Part> parts;
      for (int i = 0; i < 5; ++i) parts.push_back(random_part(random, metric));
      const auto& p = parts;
      const Score left = score_of(merge(merge(merge(merge(p[0], p[1]), p[2]), p[3]), p[4]));
      const Score other = score_of(merge(merge(p[4], p[2]), merge(p[1], merge(p[3], p[0]))));
      CHECK(left.value == other.value);
      CHECK(left.low == other.low);
      CHECK(left.high == other.high);
      CHECK(left.seen == other.seen);
      CHECK(left.total == other.total);
      CHECK(left.changed == other.changed);
      CHECK(left.agreement == other.agreement);
      CHECK(left.confusion == other.confusion);
    }
}

TEST_CASE("a difference counted row by row: its interval by hand, mirrored when the two change places, and never empty") {
  // No sample counts in one alone: (0.5 + 0.5) / 102 / 102 under the root, 1.959964 / 102.
  const Interval none = paired_difference(0, 0, 100);
  CHECK(none.low == doctest::Approx(-1.959964 / 102));
  CHECK(none.high == doctest::Approx(1.959964 / 102));
  // 12 against 4 of 200: 8 / 202, under the root (17 / 202 - (8 / 202)^2) / 202.
  const Interval some = paired_difference(12, 4, 200), mirrored = paired_difference(4, 12, 200);
  const double half = 1.959964 * std::sqrt((17.0 / 202 - 64.0 / (202.0 * 202.0)) / 202);
  CHECK(some.low == doctest::Approx(8.0 / 202 - half));
  CHECK(some.high == doctest::Approx(8.0 / 202 + half));
  CHECK(mirrored.low == doctest::Approx(-some.high));
  // Without the halves: the standard error of 12 against 4 of 200 is sqrt(16 - 64 / 200) / 200.
  CHECK(paired_error(12, 4, 200) == doctest::Approx(std::sqrt(16.0 - 64.0 / 200) / 200));
}

TEST_CASE("the mean of few values has Student's interval") {
  // 1, 2, 3: deviation 1, t of 2 degrees of freedom 4.303: 2 +- 4.303 / sqrt(3).
  const MeanInterval three = t_interval(std::vector<double>{1, 2, 3});
  CHECK(three.mean == doctest::Approx(2.0));
  CHECK(three.low == doctest::Approx(2.0 - 4.303 / std::sqrt(3.0)));
  CHECK(three.high == doctest::Approx(2.0 + 4.303 / std::sqrt(3.0)));
  CHECK(std::isinf(t_interval(std::vector<double>{5}).high));
  // It holds the true mean in 95 of 100 draws of 5: of 4000 draws 3800, deviation sqrt(4000 * 0.95 * 0.05) = 14.
  Random random(1);
  int holds = 0;
  for (int draw = 0; draw < 4000; ++draw) {
    std::vector<double> values;
    for (int i = 0; i < 5; ++i) values.push_back(random.normal());
    const MeanInterval mean = t_interval(values);
    holds += mean.low <= 0.0 && 0.0 <= mean.high;
  }
  CHECK(std::abs(holds - 3800) < 60);
}

TEST_CASE("the interval of a mean accuracy ends at 0 and 1, that of a difference does not") {
  // Two seeds: mean +- 12.706 * |a - b| / 2. Alone 0.5 +- 6.35, with a teacher 0.9 +- 0.64, the difference 0.4 +- 5.7.
  const DistillationMeans means = means_of(std::vector<double>{0.0, 1.0}, std::vector<double>{0.85, 0.95});
  CHECK(means.alone.low == 0.0);
  CHECK(means.alone.high == 1.0);
  CHECK(means.distilled.low == doctest::Approx(0.9 - 12.706 * 0.05).epsilon(1e-3));
  CHECK(means.distilled.high == 1.0);
  CHECK(means.difference.low < -5);
  CHECK(means.difference.high > 5);
  CHECK(std::isinf(means_of(std::vector<double>{0.5}, std::vector<double>{0.6}).alone.low));   // one seed says nothing, not even this
}

TEST_CASE("values that come in eights say as little as one of each eight, and a block bootstrap knows") {
  Random random(6);
  std::vector<double> single, eightfold;
  for (int i = 0; i < 60; ++i) {
    single.push_back(random.normal());
    for (int k = 0; k < 8; ++k) eightfold.push_back(single.back());
  }
  double squares = 0.0, sum = 0.0;
  for (const double value : single) sum += value, squares += value * value;
  const double half = normal_95 * std::sqrt((squares - sum * sum / 60) / 59 / 60);   // the normal interval of the 60
  const MeanInterval blocks = block_bootstrap(eightfold, 16, 1), alone = block_bootstrap(eightfold, 1, 1), one = block_bootstrap(single, 1, 1);
  CHECK(blocks.mean == doctest::Approx(sum / 60));
  CHECK(blocks.low == doctest::Approx(sum / 60 - half).epsilon(0.15 * half));
  CHECK(blocks.high == doctest::Approx(sum / 60 + half).epsilon(0.15 * half));
  CHECK(one.high - one.low == doctest::Approx(2 * half).epsilon(0.1));
  CHECK(alone.high - alone.low == doctest::Approx(2 * half / std::sqrt(8.0)).epsilon(0.1));   // as if there were 480: too narrow
}

}  // namespace
}  // namespace edgewise
