#include "core/train/train.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/compress/unroll.h"

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
  if (!(options.clip >= 0.0 && options.clip <= 1e6)) return fail(text("a longest gradient of ", options.clip, "; from 0, which clips none, to 1000000 is possible"));
  if (options.patience < 0 || options.patience > 1000) return fail(text("a patience of ", options.patience, " epochs; from 0 to 1000 is possible"));
  return {};
}

/// What a step keeps at once: each value with its gradient, the patches of the layer that has most, gates and cells of an lstm, gates of a gru, normalised values.
Result<void> check_memory(const Network& network, int batch) {
  std::uint64_t values = network.sample.elements(), patches = 0;
  for (const Stage& stage : network.stages) {
    values += static_cast<std::uint64_t>(stage.out.elements());
    if (stage.kind == ArchitectureLayer::Kind::lstm || stage.kind == ArchitectureLayer::Kind::gru) values += 3 * static_cast<std::uint64_t>(stage.out.elements());
    if (stage.is_normalized || stage.kind == ArchitectureLayer::Kind::dropout) values += static_cast<std::uint64_t>(stage.out.elements());
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
  if (outputs == 1 && !data.labels.empty() && data.class_names.empty()) return {};   // whole numbers to foresee
  if (!data.labels.empty()) {
    const std::int32_t highest = *std::max_element(data.labels.begin(), data.labels.end());
    if (static_cast<std::uint64_t>(highest) >= outputs)
      return fail(text("label ", highest, " has no output; the last layer has ", outputs), {}, {},
                  text("End the architecture in dense", highest + 1, " or wider"));
    return {};
  }
  const std::uint64_t wanted = data.targets.empty() ? data.sample.elements() : 1;
  if (outputs == wanted) return {};
  const bool has_targets = !data.targets.empty();
  return fail(text(has_targets ? "" : "the data has no labels, so the samples themselves are learned; ", "the last layer has ", outputs, " outputs, ",
                   has_targets ? "a real target" : "an autoencoder of these samples", " wants ", wanted),
              data.name, {}, text(has_targets ? "" : "Give y beside x, or a column named label; or end", has_targets ? "End" : "", " the architecture in dense", wanted));
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

/// The rows to learn from, and those held out.
std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>> rows_of(const Dataset& data, bool holds_out) {
  std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>> rows;
  const auto count = static_cast<std::uint32_t>(data.rows());
  for (std::uint32_t row = 0; row < count; ++row) {
    const bool is_watched = holds_out && (data.calibration_rows > 0 ? row < data.calibration_rows : row % 10 == 9);
    (is_watched ? rows.second : rows.first).push_back(row);
  }
  return rows;
}

}  // namespace

Result<Loss> check_learnable(const Dataset& data, const std::vector<std::uint32_t>& rows, std::ptrdiff_t inputs, std::ptrdiff_t outputs, int batch, bool reproduces) {
  const auto refuse = [&](std::string reason, std::string advice) { return std::unexpected(Error{std::move(reason), {}, {}, data.name, std::move(advice)}); };
  if (data.sample.elements() != static_cast<std::uint64_t>(inputs))
    return refuse(text("a sample is ", to_text(data.sample), " (", data.sample.elements(), " elements), the model wants ", inputs), "Give data made for this model");
  if (rows.size() < static_cast<std::size_t>(batch))
    return refuse(text(rows.size(), " rows to learn from are fewer than a minibatch of ", batch), "Give more rows, or take smaller minibatches");
  for (const std::uint32_t row : rows)
    for (const float x : data.row(row))
      if (!std::isfinite(x)) return refuse(text("row ", row, " holds a value that is not a finite number"), "Remove the row, or repair it");
  for (const std::uint32_t row : rows)
    if (!data.targets.empty() && !std::isfinite(data.targets[row])) return refuse(text("the target of row ", row, " is not a finite number"), "Remove the row, or repair it");
  if (reproduces) return Loss::squared_error;
  if (outputs == 1) {
    if (data.targets.empty() && data.labels.empty()) return refuse("the data has no targets, so there is nothing to learn", "Give y beside x, or a column named label");
    return Loss::squared_error;
  }
  if (!data.targets.empty()) return refuse(text("the data has a real number to foresee for each row, the model has ", outputs, " outputs"), "Give class labels, whole numbers, or a model with one output");
  if (data.labels.empty()) return refuse("the data has no labels, so there is nothing to learn", "Give y beside x, or a column named label");
  const auto label = [&](std::uint32_t row) { return data.labels[row]; };
  const std::int32_t highest = label(*std::ranges::max_element(rows, {}, label)), lowest = label(*std::ranges::min_element(rows, {}, label));
  if (lowest == highest) return refuse(text("all rows to learn from have label ", lowest, ": there is nothing to tell apart"), "Give rows of at least two classes");
  if (highest >= outputs) return refuse(text("label ", highest, " has no output; the model has ", outputs), "Give data with this model's classes");
  return Loss::cross_entropy;
}

Result<void> check_loss(double loss, double first, std::uint64_t step, double learning_rate) {
  if (std::isfinite(loss) && loss <= 1e2 * (first + 1.0)) return {};
  return fail(text("the loss exploded at step ", step + 1, ": ", fixed(loss, 2), " after ", fixed(first, 2), " at the first"), "training", {},
              text("Lower the learning rate, for example to ", learning_rate / 10.0));
}

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

  const Graph first = graph_of(*network, false);
  for (const Node& node : first.nodes)
    if (std::holds_alternative<Recurrent>(node.op))
      return fail(text("a gru over these samples cannot be written out step by step: ", why_not_unrolled(first, node)), rows->name, {}, "Give fewer steps, or use lstm, which is one operator");

  auto [learning, watched] = rows_of(*rows, options.patience > 0);
  const bool reproduces = rows->labels.empty() && rows->targets.empty();
  const auto loss = check_learnable(*rows, learning, network->inputs(), network->outputs(), options.batch, reproduces);
  if (!loss) return std::unexpected(loss.error());
  if (options.by_absolute_error && *loss == Loss::cross_entropy) return fail("classes are learned by cross entropy; an absolute error is of real numbers", rows->name);
  if (options.patience > 0) {
    if (watched.empty()) return fail(text("of ", rows->rows(), " rows none is left to be watched"), rows->name, {}, "Give more rows, or train without patience");
    if (auto fit = check_learnable(*rows, watched, network->inputs(), network->outputs(), 1, reproduces); !fit) return std::unexpected(fit.error());
  }

  Trainer trainer;
  trainer.data_ = std::move(rows);
  trainer.teacher_ = std::move(teacher);
  trainer.options_ = options;
  trainer.loss_kind_ = options.by_absolute_error ? Loss::absolute_error : *loss;
  trainer.network_ = std::move(*network);
  trainer.pass_.gradients.resize(trainer.network_.stages.size() + 1);
  trainer.gradients_.resize(trainer.network_.parameters.size());
  if (options.optimizer == Optimizer::adam) trainer.optimizer_ = Adam(trainer.network_.parameters.size());
  else trainer.optimizer_ = Momentum(trainer.network_.parameters.size());
  trainer.pass_.random = Random(options.seed ^ 0x64726f70ull);
  trainer.watched_ = std::move(watched);
  trainer.epochs_ = Epochs(std::move(learning), options.batch, options.epochs, options.seed ^ 0x6f72646572ull);  // another stream than the weights'
  return trainer;
}

bool Trainer::step() {
  if (epochs_.is_done() || stopped_ || !check()) return false;
  last_loss_ = minibatch_loss();
  if (epochs_.steps_done() == 0) first_loss_ = last_loss_;
  if (!check()) return false;
  backward(network_, pass_, gradients_);
  keep_moments(network_, pass_, 0.1 * static_cast<double>(pass_.samples) / options_.batch);   // a rest smaller than a minibatch says less
  clip_by_norm(gradients_, options_.clip);
  const double rate = epochs_.rate(options_.learning_rate, options_.decline);
  std::visit([&](auto& optimizer) { optimizer.step(network_.parameters, gradients_, rate, options_.weight_decay); }, optimizer_);
  epochs_.finish_step(last_loss_);
  if (epochs_.begins_epoch() && !watched_.empty()) end_epoch();
  return true;
}

Result<void> Trainer::check() const { return check_loss(last_loss_, first_loss_, epochs_.steps_done(), options_.learning_rate); }

/// Looks at the rows held out, and keeps the best weights.
void Trainer::end_epoch() {
  pass_.learns = false;
  const auto batch = static_cast<std::size_t>(options_.batch);
  std::vector<float> unused;
  double sum = 0.0;
  for (std::size_t first = 0; first < watched_.size(); first += batch) {
    const auto rows = std::span(watched_).subspan(first, std::min(batch, watched_.size() - first));
    minibatch_.take(*data_, rows, loss_kind_, network_.outputs());
    forward(network_, minibatch_.inputs, pass_);
    unused.resize(pass_.values.back().size());
    sum += minibatch_.loss(pass_.values.back(), unused) * static_cast<double>(rows.size());
  }
  const double loss = sum / static_cast<double>(watched_.size());
  const std::uint64_t epoch = epochs_.steps_done() / epochs_.steps_per_epoch();
  if (!held_out_ || loss < held_out_->lowest) {
    held_out_ = HeldOut{loss, loss, watched_.size(), epoch};
    best_ = network_;
  }
  held_out_->loss = loss;
  stopped_ = epoch - held_out_->best_epoch >= static_cast<std::uint64_t>(options_.patience);
  if (stopped_ || epochs_.is_done()) network_ = best_;
}

/// Runs the next minibatch and leaves the gradient of its mean loss in pass_.
double Trainer::minibatch_loss() {
  const std::span<const std::uint32_t> rows = epochs_.rows();
  minibatch_.take(*data_, rows, loss_kind_, network_.outputs());
  pass_.learns = true;
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
  if (auto ok = trainer->check(); !ok) return std::unexpected(ok.error());
  return trainer->graph();
}

}  // namespace edgewise::train
