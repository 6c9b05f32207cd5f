#include "core/train/train.h"

#include <algorithm>
#include <numeric>

#include "core/base/limits.h"
#include "core/base/text.h"

namespace edgewise::train {

namespace {

Result<void> check_options(const TrainOptions& options) {
  if (options.epochs < 1 || options.epochs > 10000) return fail(text(options.epochs, " epochs; from 1 to 10000 are possible"));
  if (options.batch < 1 || options.batch > 4096)
    return fail(text("minibatches of ", options.batch, "; from 1 to 4096 are possible"));
  if (!(options.learning_rate > 0.0 && options.learning_rate <= 1.0))
    return fail(text("a learning rate of ", options.learning_rate, "; above 0, at most 1 is possible"));
  if (!(options.weight_decay >= 0.0 && options.weight_decay < 10.0))
    return fail(text("a weight decay of ", options.weight_decay, "; from 0 to below 10 is possible"));
  return {};
}

/// What a step keeps at once: each value with its gradient, the patches of the layer that has most, gates and cells of an lstm.
Result<void> check_memory(const Network& network, int batch) {
  std::uint64_t values = network.sample.elements(), patches = 0;
  for (const Stage& stage : network.stages) {
    values += static_cast<std::uint64_t>(stage.out.elements());
    if (stage.kind == ArchitectureLayer::Kind::lstm) values += 3 * static_cast<std::uint64_t>(stage.out.elements());
    if (stage.kind == ArchitectureLayer::Kind::convolution && stage.has_patches())
      patches =
          std::max(patches, static_cast<std::uint64_t>(stage.out.h * stage.out.w) * static_cast<std::uint64_t>(stage.patch()));
  }
  const std::uint64_t bytes = (2 * values + patches) * sizeof(float) * static_cast<std::uint64_t>(batch);
  if (bytes <= limits::activation_bytes) return {};
  return fail(
      text("a minibatch of ", batch, " takes ", grouped(bytes), " bytes, the limit is ", grouped(limits::activation_bytes)), {},
      {}, "Take smaller minibatches");
}

/// Whether the network's outputs are what the data asks for.
Result<void> check_outputs(const Network& network, const Dataset& data) {
  const auto outputs = static_cast<std::uint64_t>(network.outputs());
  if (!data.labels.empty()) {
    const std::int32_t highest = *std::max_element(data.labels.begin(), data.labels.end());
    if (static_cast<std::uint64_t>(highest) >= outputs)
      return fail(text("label ", highest, " has no output; the last layer has ", outputs), {}, {},
                  text("End the architecture in dense", highest + 1, " or wider"));
    return {};
  }
  const std::uint64_t wanted = data.targets.empty() ? data.sample.elements() : 1;
  if (outputs == wanted) return {};
  return fail(text("the last layer has ", outputs, " outputs, ",
                   data.targets.empty() ? "an autoencoder of these samples" : "a real target", " wants ", wanted),
              {}, {}, text("End the architecture in dense", wanted));
}

Result<void> check_teacher(const Teacher& teacher, const Network& network, const Dataset& data) {
  if (!(teacher.temperature > 0.0 && teacher.temperature <= 100.0))
    return fail(text("a temperature of ", teacher.temperature, "; above 0, at most 100 is possible"));
  if (!(teacher.alpha >= 0.0 && teacher.alpha <= 1.0)) return fail(text("an alpha of ", teacher.alpha, "; from 0 to 1 is possible"));
  if (data.labels.empty()) return fail("the data has no labels: distillation is of classes");
  const std::uint64_t classes = teacher.scores.size() / data.rows();
  if (classes * data.rows() == teacher.scores.size() && classes == static_cast<std::uint64_t>(network.outputs())) return {};
  return fail(text("the teacher tells ", classes, " classes apart, the student ", network.outputs()), {}, {},
              text("End the architecture in dense", classes));
}

}  // namespace

Result<Trainer> Trainer::prepare(const Architecture& architecture, std::shared_ptr<const Dataset> rows,
                                 const TrainOptions& options, std::shared_ptr<const Teacher> teacher) {
  if (auto ok = check_options(options); !ok) return std::unexpected(ok.error());
  if (rows->rows() == 0) return fail("no samples to learn from");
  auto network = make_network(architecture, rows->sample, options.seed);
  if (!network) return std::unexpected(network.error());
  if (auto ok = check_memory(*network, options.batch); !ok) return std::unexpected(ok.error());
  if (auto ok = check_outputs(*network, *rows); !ok) return std::unexpected(ok.error());
  if (teacher)
    if (auto ok = check_teacher(*teacher, *network, *rows); !ok) return std::unexpected(ok.error());

  Trainer trainer;
  trainer.data_ = std::move(rows);
  trainer.teacher_ = std::move(teacher);
  trainer.options_ = options;
  trainer.loss_kind_ = trainer.data_->labels.empty() ? Loss::squared_error : Loss::cross_entropy;
  trainer.network_ = std::move(*network);
  trainer.pass_.gradients.resize(trainer.network_.stages.size() + 1);
  trainer.gradients_.resize(trainer.network_.parameters.size());
  trainer.adam_ = Adam(trainer.network_.parameters.size());
  std::vector<std::uint32_t> order(static_cast<std::size_t>(trainer.data_->rows()));
  std::iota(order.begin(), order.end(), 0u);
  trainer.epochs_ = Epochs(std::move(order), options.batch, options.epochs, options.seed ^ 0x6f72646572ull);  // another stream than the weights'
  return trainer;
}

bool Trainer::step() {
  if (epochs_.is_done()) return false;
  const double loss = minibatch_loss();
  backward(network_, pass_, gradients_);
  adam_.step(network_.parameters, gradients_, epochs_.rate(options_.learning_rate), options_.weight_decay);
  epochs_.finish_step(loss);
  return true;
}

/// Runs the next minibatch and leaves the gradient of its mean loss in pass_.
double Trainer::minibatch_loss() {
  const std::span<const std::uint32_t> rows = epochs_.rows();
  minibatch_.take(*data_, rows, loss_kind_, network_.outputs());
  forward(network_, minibatch_.inputs, pass_);
  const std::vector<float>& answers = pass_.values.back();
  std::vector<float>& gradient = pass_.gradients.back();
  gradient.resize(answers.size());
  if (!teacher_) return minibatch_.loss(answers, gradient);
  const auto classes = static_cast<std::size_t>(network_.outputs());
  teacher_scores_.clear();
  for (const std::uint32_t row : rows) {
    const auto scores = std::span(teacher_->scores).subspan(row * classes, classes);
    teacher_scores_.insert(teacher_scores_.end(), scores.begin(), scores.end());
  }
  return distillation_loss(answers, minibatch_.labels, teacher_scores_, teacher_->temperature, teacher_->alpha, gradient);
}

Result<Graph> train(const Architecture& architecture, std::shared_ptr<const Dataset> rows, const TrainOptions& options) {
  auto trainer = Trainer::prepare(architecture, std::move(rows), options);
  if (!trainer) return std::unexpected(trainer.error());
  while (trainer->step()) {}
  return trainer->graph();
}

}  // namespace edgewise::train
