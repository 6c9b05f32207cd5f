#include "core/evaluate/evaluation.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/base/text.h"
#include "core/evaluate/metrics.h"
#include "core/run/run.h"

namespace edgewise {

namespace {

bool is_binary(const Dataset& dataset) {
  return !dataset.labels.empty() && std::ranges::all_of(dataset.labels, [](std::int32_t label) { return label == 0 || label == 1; });
}

/// As many outputs as inputs, and more than two: a model of two inputs and two classes is a classifier.
bool reconstructs(const Graph& graph) {
  const std::uint64_t inputs = graph.value(graph.inputs.front()).shape.elements();
  return inputs > 2 && inputs == graph.value(graph.outputs.front()).shape.elements();
}

Result<void> check_fit(const Graph& graph, const Dataset& dataset) {
  if (graph.inputs.size() != 1 || graph.outputs.empty())
    return fail(text("the model has ", graph.inputs.size(), " inputs and ", graph.outputs.size(), " outputs; a score needs one input and an output"));
  const Shape& wanted = graph.value(graph.inputs.front()).shape;
  if (wanted.elements() == dataset.sample.elements()) return {};
  return fail(text("the model reads ", to_text(wanted), " (", wanted.elements(), " numbers), a sample of '", dataset.name, "' is ", to_text(dataset.sample), " (",
                   dataset.sample.elements(), ")"),
              {}, {}, text("Bring data whose samples have ", wanted.elements(), " numbers each, or the model this data was made for"));
}

double mean_square_difference(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (static_cast<double>(a[i]) - b[i]) * (static_cast<double>(a[i]) - b[i]);
  return sum / static_cast<double>(a.size());
}

double mean_absolute_difference(std::span<const float> a, std::span<const float> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(static_cast<double>(a[i]) - b[i]);
  return sum / static_cast<double>(a.size());
}

template <class T>
double largest_magnitude(std::span<const T> values) {
  double most = 0;
  for (const T value : values) most = std::max(most, std::abs(static_cast<double>(value)));
  return most;
}

/// Errors are summed in multiples of 2^-26 of the largest target, so that sums of a million of them, up to 128 times that target, are exact in double:
/// parts then add up to the same bits in any order.
double error_unit(const Dataset& dataset) {
  const double most = !dataset.targets.empty()  ? largest_magnitude(std::span<const float>(dataset.targets))
                      : !dataset.labels.empty() ? largest_magnitude(std::span<const std::int32_t>(dataset.labels))
                                                : largest_magnitude(std::span<const float>(dataset.x));
  return std::exp2(std::ceil(std::log2(std::max(most, 1e-30))) - 26.0);
}

}  // namespace

std::int32_t class_of(std::span<const float> output) {
  if (output.size() == 1) return output.front() >= 0.5f ? 1 : 0;
  return static_cast<std::int32_t>(std::max_element(output.begin(), output.end()) - output.begin());
}

Result<Metric> choose_metric(const Graph& graph, const Dataset& dataset) {
  if (auto ok = check_fit(graph, dataset); !ok) return std::unexpected(ok.error());
  const std::uint64_t outputs = graph.value(graph.outputs.front()).shape.elements();
  if (!dataset.targets.empty()) {
    if (outputs == 1) return Metric::mae;
    return fail(text("the data has one real target for each sample, the model has ", outputs, " outputs"), {}, {},
                "Bring class labels (whole numbers) for a classifier, or a model with one output");
  }
  if (dataset.labels.empty()) return outputs == 1 || reconstructs(graph) ? Metric::mae : Metric::agreement;
  if (is_binary(dataset) && reconstructs(graph)) return Metric::auc;
  if (outputs == 1) return is_binary(dataset) ? Metric::accuracy : Metric::mae;
  const auto largest = *std::ranges::max_element(dataset.labels);
  if (static_cast<std::uint64_t>(largest) < outputs) return Metric::accuracy;
  return fail(text("a label is ", largest, ", the model has ", outputs, " outputs, so labels go from 0 to ", outputs - 1), {}, {},
              "Bring the labels this model was trained with");
}

struct Evaluation::State {
  std::shared_ptr<const Graph> graph, float_graph;
  std::shared_ptr<const Dataset> dataset;
  std::vector<std::uint32_t> rows;
  std::shared_ptr<FloatAnswers> float_answers;
  CachedRunner runner;
  std::optional<Runner> float_runner;   ///< absent when the graph is the float graph, or the float graph is not asked
  std::size_t next = 0;
  double unit = 1.0;
  std::vector<float> output, float_output;
  Part part;

  /// What the float model says to the row; the output itself when that is the float model's.
  Result<std::span<const float>> float_reals(std::uint32_t row) {
    if (!float_runner) return std::span<const float>(output);
    float_runner->reset();   // samples are not steps in time
    float_runner->set_input(0, dataset->row(row));
    if (auto ok = float_runner->run(); !ok) return std::unexpected(ok.error());
    float_runner->output_reals(0, float_output);
    return std::span<const float>(float_output);
  }

  Result<void> count_class(std::uint32_t row) {
    std::int32_t& float_answer = float_answers->answer[row];
    if (float_answer < 0) {
      const auto reals = float_reals(row);
      if (!reals) return std::unexpected(reals.error());
      float_answer = class_of(*reals);
    }
    const std::int32_t answer = class_of(output);
    if (answer != float_answer) ++part.changed;
    const std::int32_t wanted = part.against_labels ? dataset->labels[row] : float_answer;
    if (answer == wanted) ++part.correct;
    if (!part.confusion.empty()) ++part.confusion[static_cast<std::size_t>(wanted * part.classes + answer)];
    return {};
  }

  Result<double> absolute_error(std::uint32_t row) {
    if (part.against_labels) return std::abs(static_cast<double>(output.front()) - (dataset->targets.empty() ? static_cast<double>(dataset->labels[row]) : static_cast<double>(dataset->targets[row])));
    const auto reals = float_reals(row);
    if (!reals) return std::unexpected(reals.error());
    return mean_absolute_difference(output, *reals);
  }

  Result<void> count_error(std::uint32_t row) {
    const auto error = absolute_error(row);
    if (!error) return std::unexpected(error.error());
    part.error_sum += on_grid(*error, unit);
    part.error_square_sum += on_grid(*error * *error, unit * unit * 0x1p26);
    return {};
  }

  Result<void> count(std::uint32_t row) {
    switch (part.metric) {
      case Metric::accuracy:
      case Metric::agreement: return count_class(row);
      case Metric::mae: return count_error(row);
      case Metric::auc: break;
    }
    part.anomaly_scores.push_back(static_cast<float>(mean_square_difference(dataset->row(row), output)));
    part.anomaly_labels.push_back(static_cast<std::uint8_t>(dataset->labels[row]));
    return {};
  }
};

Evaluation::Evaluation(std::unique_ptr<State> state) : state_(std::move(state)) {}
Evaluation::Evaluation(Evaluation&&) noexcept = default;
Evaluation& Evaluation::operator=(Evaluation&&) noexcept = default;
Evaluation::~Evaluation() = default;

Result<Evaluation> Evaluation::prepare(std::shared_ptr<const Graph> graph, std::shared_ptr<const Graph> float_graph, std::shared_ptr<const Dataset> dataset,
                                       std::vector<std::uint32_t> rows, std::shared_ptr<FloatAnswers> float_answers, std::shared_ptr<PrefixCache> cache) {
  const auto metric = choose_metric(*graph, *dataset);
  if (!metric) return std::unexpected(metric.error());
  for (const std::uint32_t row : rows)
    if (row >= dataset->rows()) return fail(text("row ", row, " is wanted, '", dataset->name, "' has ", dataset->rows()));

  Part part;
  part.metric = *metric;
  part.total = static_cast<std::uint32_t>(rows.size());
  part.against_labels = !dataset->labels.empty() || !dataset->targets.empty();
  const std::uint64_t outputs = graph->value(graph->outputs.front()).shape.elements();
  if (*metric == Metric::accuracy) {
    part.classes = static_cast<int>(std::max<std::uint64_t>(outputs, 2));
    if (static_cast<std::uint64_t>(part.classes) > limits::classes) return fail(text("the model has ", outputs, " classes, the limit is ", limits::classes));
    part.confusion.assign(static_cast<std::size_t>(part.classes) * static_cast<std::size_t>(part.classes), 0);
  }
  if (*metric == Metric::auc) {   // so that nothing is allocated between the rows
    part.anomaly_scores.reserve(rows.size());
    part.anomaly_labels.reserve(rows.size());
  }
  if (float_answers->answer.size() != dataset->rows()) float_answers->answer.assign(static_cast<std::size_t>(dataset->rows()), -1);

  auto runner = CachedRunner::prepare(graph, rows, std::move(cache));
  if (!runner) return std::unexpected(runner.error());
  std::optional<Runner> float_runner;
  const bool asks_for_classes = *metric == Metric::accuracy || *metric == Metric::agreement;
  const bool asks_float = asks_for_classes ? std::ranges::any_of(rows, [&](std::uint32_t row) { return float_answers->answer[row] < 0; })
                                           : *metric == Metric::mae && !part.against_labels;
  if (asks_float && graph != float_graph) {
    if (float_graph->outputs.empty() || float_graph->value(float_graph->outputs.front()).shape.elements() != outputs)
      return fail("the float model has other outputs than the model that is scored");
    auto prepared = Runner::prepare(float_graph);
    if (!prepared) return std::unexpected(prepared.error());
    float_runner = std::move(*prepared);
  }
  std::vector<float> output(static_cast<std::size_t>(outputs)), float_output(output.size());
  const double unit = error_unit(*dataset);
  return Evaluation(std::make_unique<State>(State{std::move(graph), std::move(float_graph), std::move(dataset), std::move(rows), std::move(float_answers), std::move(*runner),
                                                  std::move(float_runner), 0, unit, std::move(output), std::move(float_output), std::move(part)}));
}

Result<bool> Evaluation::step() {
  State& s = *state_;
  if (s.next >= s.rows.size()) return false;
  const std::size_t index = s.next++;
  const std::uint32_t row = s.rows[index];
  if (auto ok = s.runner.run(index, s.dataset->row(row), s.output); !ok) return std::unexpected(ok.error());
  if (auto ok = s.count(row); !ok) return std::unexpected(ok.error());
  ++s.part.seen;
  return s.next < s.rows.size();
}

std::span<const float> Evaluation::answer() const { return state_->output; }
Score Evaluation::score() const { return score_of(state_->part); }
const Evaluation::Part& Evaluation::part() const { return state_->part; }

}  // namespace edgewise
