// What labs that judge a model have in common: a score on test rows, and how to say it.
#pragma once

#include <string_view>

#include "core/evaluate/evaluation.h"
#include "core/labs/subject.h"

namespace edgewise::labs {

/// On the first `rows` test rows; agreement is counted with the subject's float model.
Result<Score> score_of(const std::shared_ptr<const Graph>& graph, const Subject& subject, std::size_t rows);

/// Test rows for `runs` models of that many products: 20 at least, 500 at most, as many as take about a second.
std::size_t rows_for(const Subject& subject, double macs, double runs);

/// Products of one answer.
double macs_in(const Graph& graph);

/// How a score is said: 95.4 % right answers, a mean error of 0.153.
struct ScoreUnit {
  std::string_view key, label, unit;
  double times = 1;   ///< of the score's value
  int decimals = 3;
};
ScoreUnit unit_of(Metric metric);

}  // namespace edgewise::labs
