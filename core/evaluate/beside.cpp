#include "core/evaluate/beside.h"

namespace edgewise {

Result<BesideEvaluation> BesideEvaluation::prepare(std::shared_ptr<const Graph> first, std::shared_ptr<const Graph> second, const std::shared_ptr<const Graph>& float_graph,
                                                   const std::shared_ptr<const Dataset>& dataset, const std::vector<std::uint32_t>& rows) {
  const auto answers = std::make_shared<FloatAnswers>();
  auto one = Evaluation::prepare(std::move(first), float_graph, dataset, rows, answers), other = Evaluation::prepare(std::move(second), float_graph, dataset, rows, answers);
  if (!one) return std::unexpected(one.error());
  if (!other) return std::unexpected(other.error());
  return BesideEvaluation(std::move(*one), std::move(*other));
}

Result<bool> BesideEvaluation::step() {
  const std::uint32_t one_before = first_.part().correct, other_before = second_.part().correct;
  if (const auto ok = first_.step(); !ok) return std::unexpected(ok.error());
  const auto more = second_.step();
  if (!more) return std::unexpected(more.error());
  const bool one_right = first_.part().correct > one_before, other_right = second_.part().correct > other_before;
  first_only_ += one_right && !other_right;
  second_only_ += other_right && !one_right;
  return more;
}

Beside BesideEvaluation::result() const { return {first_.score(), second_.score(), first_only_, second_only_}; }

}  // namespace edgewise
