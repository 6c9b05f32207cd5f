// What labs that judge models have in common: a score on test rows, by how much two differ row by row, and how to say both.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/evaluate/evaluation.h"
#include "core/evaluate/metrics.h"
#include "core/labs/subject.h"

namespace edgewise::labs {

/// A score, and what each row brings to it: 1 or 0 to a share of answers, its error to a mean of errors. Empty for an area under a curve, to which no row brings a part of its own.
struct RowScore {
  Score score;
  std::vector<double> rows;
};
/// On the first `rows` test rows; agreement is counted with the subject's float model.
Result<RowScore> score_of(const std::shared_ptr<const Graph>& graph, const Subject& subject, std::size_t rows);

/// The first less the second, both on the same rows, with its 95 % interval, in the score's own unit. Two intervals that overlap say nothing of it: what is easy for
/// one model is mostly easy for the other. Shares: Agresti & Min 2005. Errors: circular block bootstrap of four rows, for in the order of time neighbours are alike.
std::optional<MeanInterval> difference_of(const RowScore& first, const RowScore& second);

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


/// What a difference allows to say: "2.2 points fewer (1.0 to 3.4)"; where its interval holds 0, "no difference was shown, -0.2 points (-0.9 to 0.5)".
std::string difference_text(const MeanInterval& difference, std::string_view unit, int decimals, std::string_view more = "more", std::string_view less = "less");
/// The same of scores: shares in points, errors in their unit.
std::string difference_text(const MeanInterval& difference, const ScoreUnit& unit);

/// As a figure of a lab. `numbers` are the two scores.
Figure difference_figure(std::string key, std::string label, const MeanInterval& difference, const ScoreUnit& unit, std::string numbers, Tone tone);

}  // namespace edgewise::labs
