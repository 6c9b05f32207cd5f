#include "core/train/distill.h"

#include <algorithm>
#include <cmath>

#include "core/base/portable_math.h"
#include "core/base/text.h"
#include "core/run/run.h"

namespace edgewise::train {

namespace {

/// softmax(scores / temperature) into `shares`; returns the logarithm of what it was divided by, so that log share = score / T - that.
double softmax(std::span<const float> scores, double temperature, std::span<double> shares) {
  const double highest = *std::ranges::max_element(scores) / temperature;   // taken off, so that exp cannot overflow
  double sum = 0.0;
  for (std::size_t c = 0; c < scores.size(); ++c) sum += shares[c] = portable::exp(scores[c] / temperature - highest);
  for (double& share : shares) share /= sum;
  return highest + portable::log(sum);
}

}  // namespace

double distillation_loss(std::span<const float> answers, std::span<const std::int32_t> labels, std::span<const float> teacher, double temperature, double alpha,
                         std::span<float> gradient) {
  const std::size_t samples = labels.size(), classes = answers.size() / samples;
  std::vector<double> hard(classes), soft(classes), wanted(classes);
  double loss = 0.0;
  for (std::size_t sample = 0; sample < samples; ++sample) {
    const auto scores = answers.subspan(sample * classes, classes);
    const auto label = static_cast<std::size_t>(labels[sample]);
    softmax(teacher.subspan(sample * classes, classes), temperature, wanted);
    const double hard_norm = softmax(scores, 1.0, hard), soft_norm = softmax(scores, temperature, soft);
    double soft_loss = 0.0;
    for (std::size_t c = 0; c < classes; ++c) soft_loss += wanted[c] * (soft_norm - scores[c] / temperature);
    loss += alpha * temperature * temperature * soft_loss + (1.0 - alpha) * (hard_norm - scores[label]);
    for (std::size_t c = 0; c < classes; ++c) {
      const double by_teacher = alpha * temperature * (soft[c] - wanted[c]);   // T^2 of the loss, 1 / T of the quotient
      const double by_label = (1.0 - alpha) * (hard[c] - (c == label ? 1.0 : 0.0));
      gradient[sample * classes + c] = static_cast<float>((by_teacher + by_label) / static_cast<double>(samples));
    }
  }
  return loss / static_cast<double>(samples);
}

Result<std::vector<float>> teacher_scores(const std::shared_ptr<const Graph>& graph, const Dataset& data) {
  if (graph->inputs.size() != 1 || graph->outputs.empty()) return fail("a teacher has one input and an output");
  const std::uint64_t wanted = graph->value(graph->inputs.front()).shape.elements(), classes = graph->value(graph->outputs.front()).shape.elements();
  if (data.sample.elements() != wanted)
    return fail(text("a sample is ", to_text(data.sample), " (", data.sample.elements(), " elements), the teacher wants ", wanted), data.name, {}, "Give data made for this model");
  if (data.labels.empty()) return fail("the data has no labels: distillation is of classes", data.name, {}, "Give y beside x, or name the column with --target");
  if (const std::int32_t highest = *std::ranges::max_element(data.labels); static_cast<std::uint64_t>(highest) >= classes)
    return fail(text("label ", highest, " has no output; the teacher has ", classes), data.name, {}, "Give data with this model's classes");
  if (classes < 2) return fail("the teacher has one output; distillation is of classes");

  auto before_softmax = std::make_shared<Graph>(*graph);
  for (std::size_t n = 0; n < graph->nodes.size(); ++n) {
    const Node& node = graph->nodes[n];
    if (!std::holds_alternative<Softmax>(node.op) || node.outputs.front() != graph->outputs.front()) continue;
    before_softmax->outputs = {node.inputs.front()};
    before_softmax->nodes.erase(before_softmax->nodes.begin() + static_cast<std::ptrdiff_t>(n));
    break;
  }
  auto runner = Runner::prepare(std::move(before_softmax));
  if (!runner) return std::unexpected(runner.error());
  std::vector<float> scores(static_cast<std::size_t>(data.rows() * classes));
  for (std::uint64_t row = 0; row < data.rows(); ++row) {
    runner->reset();
    runner->set_input(0, data.row(row));
    if (auto ok = runner->run(); !ok) return std::unexpected(ok.error());
    runner->output_reals(0, std::span(scores).subspan(static_cast<std::size_t>(row * classes), static_cast<std::size_t>(classes)));
  }
  if (!std::ranges::all_of(scores, [](float score) { return std::isfinite(score); }))
    return fail("the teacher answers numbers that are not finite, which nobody can learn from", data.name);
  return scores;
}

}  // namespace edgewise::train
