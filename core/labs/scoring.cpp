#include "core/labs/scoring.h"

#include <algorithm>
#include <cassert>

#include "core/base/text.h"
#include "core/graph/infer.h"

namespace edgewise::labs {

Result<RowScore> score_of(const std::shared_ptr<const Graph>& graph, const Subject& subject, std::size_t rows) {
  auto evaluation = Evaluation::prepare(graph, subject.reals, subject.data, {subject.rows.begin(), subject.rows.begin() + static_cast<std::ptrdiff_t>(rows)}, std::make_shared<FloatAnswers>());
  if (!evaluation) return std::unexpected(evaluation.error());
  RowScore out;
  const Evaluation::Part& part = evaluation->part();
  for (bool is_more = true; is_more;) {
    const std::uint32_t seen = part.seen, correct = part.correct;
    const double errors = part.error_sum;
    const auto more = evaluation->step();
    if (!more) return std::unexpected(more.error());
    is_more = *more;
    if (part.seen > seen && part.metric != Metric::auc) out.rows.push_back(part.metric == Metric::mae ? part.error_sum - errors : part.correct - correct);
  }
  out.score = evaluation->score();
  return out;
}

std::optional<MeanInterval> difference_of(const RowScore& first, const RowScore& second) {
  assert(first.rows.size() == second.rows.size());
  if (first.rows.empty()) return {};
  constexpr std::size_t neighbours = 4;
  std::vector<double> differences;
  std::uint64_t first_only = 0, second_only = 0;
  for (std::size_t i = 0; i < first.rows.size(); ++i) {
    differences.push_back(first.rows[i] - second.rows[i]);
    first_only += differences.back() > 0, second_only += differences.back() < 0;
  }
  if (first.score.metric == Metric::mae) return block_bootstrap(differences, neighbours, 1);
  const Interval interval = paired_difference(first_only, second_only, first.rows.size());
  return MeanInterval{first.score.value - second.score.value, interval.low, interval.high};
}

std::size_t rows_for(const Subject& subject, double macs, double runs) {
  constexpr double most_macs = 700e6;
  return static_cast<std::size_t>(std::min({500.0, static_cast<double>(subject.rows.size()), std::max(20.0, most_macs / (std::max(1.0, macs) * runs))}));
}

double macs_in(const Graph& graph) {
  double macs = 0;
  for (const Node& node : graph.nodes) macs += static_cast<double>(macs_of(graph, node).macs);
  return macs;
}

ScoreUnit unit_of(Metric metric) {
  switch (metric) {
    case Metric::accuracy: return {"accuracy", "right answers", "%", 100, 1};
    case Metric::agreement: return {"agreement", "answers as in float", "%", 100, 1};
    case Metric::auc: return {"area", "area under the curve", "", 1, 3};
    case Metric::mae: return {"error", "mean error", "", 1, 3};
  }
  return {};
}

std::string difference_text(const MeanInterval& d, std::string_view unit, int decimals, std::string_view more, std::string_view less) {
  const std::string in_unit = unit.empty() ? std::string() : text(" ", unit);
  if (d.low > 0) return text(fixed(d.mean, decimals), in_unit, " ", more, " (", fixed(d.low, decimals), " to ", fixed(d.high, decimals), ")");
  if (d.high < 0) return text(fixed(-d.mean, decimals), in_unit, " ", less, " (", fixed(-d.high, decimals), " to ", fixed(-d.low, decimals), ")");
  return text("no difference was shown, ", fixed(d.mean, decimals), in_unit, " (", fixed(d.low, decimals), " to ", fixed(d.high, decimals), ")");
}

namespace {

MeanInterval times(const MeanInterval& d, double factor) { return {factor * d.mean, factor * d.low, factor * d.high}; }
std::string_view unit_of_difference(const ScoreUnit& unit) { return unit.unit == "%" ? std::string_view("points") : unit.unit; }

}  // namespace

std::string difference_text(const MeanInterval& d, const ScoreUnit& unit) { return difference_text(times(d, unit.times), unit_of_difference(unit), unit.decimals, "more", unit.unit == "%" ? "fewer" : "less"); }

Figure difference_figure(std::string key, std::string label, const MeanInterval& d, const ScoreUnit& unit, std::string numbers, Tone tone) {
  const MeanInterval shown = times(d, unit.times);
  return {.key = std::move(key), .label = std::move(label), .unit = std::string(unit_of_difference(unit)), .value = shown.mean, .low = shown.low, .high = shown.high, .formula = "mean over rows of the difference", .numbers = std::move(numbers),
          .source = unit.unit == "%" ? "the same rows, answer by answer; Agresti & Min 2005" : "the same rows, error by error; circular block bootstrap, 4 rows (Politis & Romano 1992)", .tone = tone, .decimals = unit.decimals};
}

}  // namespace edgewise::labs
