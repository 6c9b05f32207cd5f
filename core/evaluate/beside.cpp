#include "core/evaluate/beside.h"

#include <algorithm>
#include <cmath>

#include "core/evaluate/metrics.h"

namespace edgewise {

Result<BesideEvaluation> BesideEvaluation::prepare(std::shared_ptr<const Graph> first, std::shared_ptr<const Graph> second, const std::shared_ptr<const Graph>& float_graph,
                                                   const std::shared_ptr<const Dataset>& dataset, const std::vector<std::uint32_t>& rows) {
  const auto answers = std::make_shared<FloatAnswers>();
  auto one = Evaluation::prepare(std::move(first), float_graph, dataset, rows, answers), other = Evaluation::prepare(std::move(second), float_graph, dataset, rows, answers);
  if (!one) return std::unexpected(one.error());
  if (!other) return std::unexpected(other.error());
  return BesideEvaluation(std::move(*one), std::move(*other));
}

std::optional<Interval> Beside::gain() const {
  if (second.metric == Metric::accuracy || second.metric == Metric::agreement) return paired_difference(second_only, first_only, second.seen);
  if (second.metric != Metric::mae || second.seen < 2) return {};
  const auto rows = static_cast<double>(second.seen);
  const double mean = -error_sum / rows, variance = std::max(0.0, error_square_sum - error_sum * error_sum / rows) / (rows - 1);
  const double reach = normal_95 * std::sqrt(variance / rows);
  return Interval{mean - reach, mean + reach};
}

Result<bool> BesideEvaluation::step() {
  const Evaluation::Part &one = first_.part(), &other = second_.part();
  const std::uint32_t one_before = one.correct, other_before = other.correct;
  const double errors_before = other.error_sum - one.error_sum;
  if (const auto ok = first_.step(); !ok) return std::unexpected(ok.error());
  const auto more = second_.step();
  if (!more) return std::unexpected(more.error());
  const bool one_right = one.correct > one_before, other_right = other.correct > other_before;
  first_only_ += one_right && !other_right;
  second_only_ += other_right && !one_right;
  const double error = other.error_sum - one.error_sum - errors_before;
  error_sum_ += error;
  error_square_sum_ += error * error;
  return more;
}

Beside BesideEvaluation::result() const { return {first_.score(), second_.score(), first_only_, second_only_, error_sum_, error_square_sum_}; }

}  // namespace edgewise
