#include "core/labs/scoring.h"

#include <algorithm>

#include "core/base/steps.h"
#include "core/graph/infer.h"

namespace edgewise::labs {

Result<Score> score_of(const std::shared_ptr<const Graph>& graph, const Subject& subject, std::size_t rows) {
  auto evaluation = Evaluation::prepare(graph, subject.reals, subject.data, {subject.rows.begin(), subject.rows.begin() + static_cast<std::ptrdiff_t>(rows)}, std::make_shared<FloatAnswers>());
  if (!evaluation) return std::unexpected(evaluation.error());
  if (auto done = finish(*evaluation); !done) return std::unexpected(done.error());
  return evaluation->score();
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

}  // namespace edgewise::labs
