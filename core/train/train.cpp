#include "core/train/train.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "core/base/limits.h"
#include "core/base/portable_math.h"
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

/// What a step keeps at once: each value with its gradient, and the patches of the layer that has most.
Result<void> check_memory(const Network& network, int batch) {
  std::uint64_t values = network.sample.elements(), patches = 0;
  for (const Stage& stage : network.stages) {
    values += static_cast<std::uint64_t>(stage.out.elements());
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

}  // namespace

double cross_entropy(std::span<const float> answers, std::span<const std::int32_t> labels, std::span<float> gradient) {
  const std::size_t samples = labels.size(), classes = answers.size() / samples;
  double loss = 0.0;
  std::vector<double> share(classes);
  for (std::size_t sample = 0; sample < samples; ++sample) {
    const auto scores = answers.subspan(sample * classes, classes);
    const auto label = static_cast<std::size_t>(labels[sample]);
    const double highest = *std::max_element(scores.begin(), scores.end());  // taken off, so that exp cannot overflow
    double sum = 0.0;
    for (std::size_t c = 0; c < classes; ++c) sum += share[c] = portable::exp(scores[c] - highest);
    loss += portable::log(sum) - (scores[label] - highest);
    for (std::size_t c = 0; c < classes; ++c)
      gradient[sample * classes + c] =
          static_cast<float>((share[c] / sum - (c == label ? 1.0 : 0.0)) / static_cast<double>(samples));
  }
  return loss / static_cast<double>(samples);
}

double squared_error(std::span<const float> answers, std::span<const float> wanted, std::span<float> gradient) {
  assert(!answers.empty() && answers.size() == wanted.size());
  const auto count = static_cast<double>(answers.size());
  double loss = 0.0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const double difference = static_cast<double>(answers[i]) - wanted[i];
    loss += difference * difference;
    gradient[i] = static_cast<float>(2.0 * difference / count);
  }
  return loss / count;
}

Result<Trainer> Trainer::prepare(const Architecture& architecture, std::shared_ptr<const Dataset> rows,
                                 const TrainOptions& options) {
  if (auto ok = check_options(options); !ok) return std::unexpected(ok.error());
  if (rows->rows() == 0) return fail("no samples to learn from");
  auto network = make_network(architecture, rows->sample, options.seed);
  if (!network) return std::unexpected(network.error());
  if (auto ok = check_memory(*network, options.batch); !ok) return std::unexpected(ok.error());
  if (auto ok = check_outputs(*network, *rows); !ok) return std::unexpected(ok.error());

  Trainer trainer;
  trainer.data_ = std::move(rows);
  trainer.options_ = options;
  trainer.loss_kind_ = trainer.data_->labels.empty() ? Loss::squared_error : Loss::cross_entropy;
  trainer.network_ = std::move(*network);
  trainer.pass_.gradients.resize(trainer.network_.stages.size() + 1);
  trainer.gradients_.resize(trainer.network_.parameters.size());
  trainer.adam_ = Adam(trainer.network_.parameters.size());
  trainer.order_.resize(static_cast<std::size_t>(trainer.data_->rows()));
  std::iota(trainer.order_.begin(), trainer.order_.end(), 0u);
  trainer.random_ = Random(options.seed ^ 0x6f72646572ull);  // another stream than the weights'
  const auto batch = static_cast<std::uint64_t>(options.batch);
  trainer.steps_per_epoch_ = (trainer.data_->rows() + batch - 1) / batch;
  return trainer;
}

bool Trainer::step() {
  if (step_ == steps_total()) return false;
  const std::uint64_t in_epoch = step_ % steps_per_epoch_;
  if (in_epoch == 0) {
    for (std::size_t i = order_.size(); i > 1; --i)
      std::swap(order_[i - 1], order_[static_cast<std::size_t>(random_.below(i))]);  // Fisher-Yates
    running_loss_ = 0.0;
    running_steps_ = 0;
  }
  const auto batch = static_cast<std::size_t>(options_.batch), first = static_cast<std::size_t>(in_epoch) * batch;
  running_loss_ += minibatch_loss(std::span(order_).subspan(first, std::min(batch, order_.size() - first)));
  ++running_steps_;
  backward(network_, pass_, gradients_);
  update_parameters();
  ++step_;
  if (step_ % steps_per_epoch_ == 0) epoch_loss_ = running_loss_ / static_cast<double>(running_steps_);
  return true;
}

double Trainer::loss() const {
  if (step_ >= steps_per_epoch_) return epoch_loss_;
  return running_steps_ == 0 ? 0.0 : running_loss_ / static_cast<double>(running_steps_);
}

/// Runs the chosen samples and leaves the gradient of their mean loss in pass_.
double Trainer::minibatch_loss(std::span<const std::uint32_t> chosen) {
  inputs_.clear();
  labels_.clear();
  wanted_.clear();
  for (const std::uint32_t row : chosen) {
    const auto sample = data_->row(row);
    inputs_.insert(inputs_.end(), sample.begin(), sample.end());
    if (loss_kind_ == Loss::cross_entropy)
      labels_.push_back(data_->labels[row]);
    else if (!data_->targets.empty())
      wanted_.push_back(data_->targets[row]);
  }
  forward(network_, inputs_, pass_);
  const std::vector<float>& answers = pass_.values.back();
  pass_.gradients.back().resize(answers.size());
  if (loss_kind_ == Loss::cross_entropy) return cross_entropy(answers, labels_, pass_.gradients.back());
  return squared_error(answers, data_->targets.empty() ? inputs_ : wanted_, pass_.gradients.back());
}

void Trainer::update_parameters() {
  const double rate = options_.learning_rate * (1.0 - static_cast<double>(step_) / static_cast<double>(steps_total()));
  adam_.step(network_.parameters, gradients_, rate, options_.weight_decay);
}

Result<Graph> train(const Architecture& architecture, std::shared_ptr<const Dataset> rows, const TrainOptions& options) {
  auto trainer = Trainer::prepare(architecture, std::move(rows), options);
  if (!trainer) return std::unexpected(trainer.error());
  while (trainer->step()) {}
  return trainer->graph();
}

}  // namespace edgewise::train
