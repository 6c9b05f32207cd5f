// Two graphs on the same rows, a row a step: what their difference is worth is known better row by row than from two scores.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/evaluate/evaluation.h"

namespace edgewise {

struct Beside {
  Score first, second;
  std::uint64_t first_only = 0, second_only = 0;      ///< rows that one alone gets right
  double error_sum = 0, error_square_sum = 0;         ///< of errors, not answers: what the second's is larger by, over the rows
  /// Whether rows are right or wrong, so that the two can be compared row by row (paired_difference).
  bool is_right_or_wrong() const { return second.metric == Metric::accuracy; }
  /// How much better the second is, positive where it is: its 95 % interval, row by row. Nothing where a row by itself is neither right nor wrong nor has an error (areas).
  std::optional<Interval> gain() const;
};

class BesideEvaluation {
 public:
  /// `float_graph`: what changed answers are counted against.
  static Result<BesideEvaluation> prepare(std::shared_ptr<const Graph> first, std::shared_ptr<const Graph> second, const std::shared_ptr<const Graph>& float_graph,
                                          const std::shared_ptr<const Dataset>& dataset, const std::vector<std::uint32_t>& rows);
  /// The next row of both. False when that was the last one, or there was none left.
  Result<bool> step();
  Beside result() const;

 private:
  BesideEvaluation(Evaluation first, Evaluation second) : first_(std::move(first)), second_(std::move(second)) {}

  Evaluation first_, second_;
  std::uint64_t first_only_ = 0, second_only_ = 0;
  double error_sum_ = 0, error_square_sum_ = 0;
};

}  // namespace edgewise
