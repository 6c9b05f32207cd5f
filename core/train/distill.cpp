#include "core/train/distill.h"

#include <algorithm>
#include <cmath>

#include "core/base/portable_math.h"
#include "core/base/steps.h"
#include "core/base/text.h"

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

TeacherScores::TeacherScores(Runner runner, std::shared_ptr<const Dataset> data, std::size_t classes)
    : runner_(std::move(runner)), data_(std::move(data)), classes_(classes), scores_(static_cast<std::size_t>(data_->rows()) * classes) {}

Result<TeacherScores> TeacherScores::prepare(const std::shared_ptr<const Graph>& graph, std::shared_ptr<const Dataset> data) {
  if (graph->inputs.size() != 1 || graph->outputs.empty()) return fail("a teacher has one input and an output");
  const std::uint64_t wanted = graph->value(graph->inputs.front()).shape.elements(), classes = graph->value(graph->outputs.front()).shape.elements();
  if (data->sample.elements() != wanted)
    return fail(text("a sample is ", to_text(data->sample), " (", data->sample.elements(), " elements), the teacher wants ", wanted), data->name, {}, "Give data made for this model");
  if (data->labels.empty()) return fail("the data has no labels: distillation is of classes", data->name, {}, "Give y beside x, or name the column with --target");
  if (const std::int32_t highest = *std::ranges::max_element(data->labels); static_cast<std::uint64_t>(highest) >= classes)
    return fail(text("label ", highest, " has no output; the teacher has ", classes), data->name, {}, "Give data with this model's classes");
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
  return TeacherScores(std::move(*runner), std::move(data), static_cast<std::size_t>(classes));
}

Result<bool> TeacherScores::step() {
  if (row_ == data_->rows()) return false;
  const auto out = std::span(scores_).subspan(static_cast<std::size_t>(row_) * classes_, classes_);
  runner_.reset();
  runner_.set_input(0, data_->row(row_));
  if (auto ok = runner_.run(); !ok) return std::unexpected(ok.error());
  runner_.output_reals(0, out);
  if (!std::ranges::all_of(out, [](float score) { return std::isfinite(score); }))
    return fail("the teacher answers numbers that are not finite, which nobody can learn from", data_->name);
  return ++row_ < data_->rows();
}

Result<std::vector<float>> teacher_scores(const std::shared_ptr<const Graph>& graph, const Dataset& data) {
  auto scores = TeacherScores::prepare(graph, std::make_shared<const Dataset>(data));
  if (!scores) return std::unexpected(scores.error());
  if (auto ok = finish(*scores); !ok) return std::unexpected(ok.error());
  return scores->take();
}

std::string student_of(const Graph& teacher, int divisor) {
  std::vector<std::string> layers;
  const auto thinner = [&](std::int64_t channels) { return std::max<std::int64_t>(2, channels / divisor); };
  const auto weights = [&](const Node& node) { return teacher.input(node, 1)->shape; };
  for (const Node& node : teacher.nodes) {
    if (const auto* conv = std::get_if<Conv2d>(&node.op)) {
      const Shape kernel = weights(node);   // [O,kH,kW,I]
      const bool is_pointwise = kernel[1] == 1 && kernel[2] == 1 && conv->window.stride_h == 1;
      layers.push_back(is_pointwise ? text("pw", thinner(kernel[0])) : text("conv", thinner(kernel[0]), "k", kernel[1], "s", conv->window.stride_h));
    } else if (const auto* depthwise = std::get_if<DepthwiseConv2d>(&node.op)) {
      layers.push_back(text("dw", weights(node)[1], "s", depthwise->window.stride_h));
    } else if (std::holds_alternative<FullyConnected>(node.op)) {
      layers.push_back(text("dense", thinner(weights(node)[0])));
    } else if (const auto* average = std::get_if<AvgPool2d>(&node.op)) {
      const Shape& out = teacher.output(node).shape;   // [N,H,W,C]
      layers.push_back(out[1] == 1 && out[2] == 1 ? std::string("gap") : text("avgpool", average->kernel_h));
    } else if (const auto* max = std::get_if<MaxPool2d>(&node.op)) {
      layers.push_back(text("maxpool", max->kernel_h));
    } else if (std::holds_alternative<Mean>(node.op)) {
      layers.push_back("gap");
    }
  }
  if (!layers.empty() && layers.back().starts_with("dense")) layers.pop_back();
  layers.push_back(text("dense", teacher.value(teacher.outputs.front()).shape.elements()));   // as many answers as the teacher gives
  std::string out;
  for (const std::string& layer : layers) out += text(out.empty() ? "" : "-", layer);
  return out;
}

}  // namespace edgewise::train
