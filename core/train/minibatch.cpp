#include "core/train/minibatch.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/base/portable_math.h"

namespace edgewise::train {

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

double absolute_error(std::span<const float> answers, std::span<const float> wanted, std::span<float> gradient) {
  assert(!answers.empty() && answers.size() == wanted.size());
  const auto count = static_cast<double>(answers.size());
  double loss = 0.0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const double difference = static_cast<double>(answers[i]) - wanted[i];
    loss += std::abs(difference);
    gradient[i] = static_cast<float>(difference > 0.0 ? 1.0 / count : difference < 0.0 ? -1.0 / count : 0.0);
  }
  return loss / count;
}

double share_of_rate(Decline decline, double t) {
  switch (decline) {
    case Decline::linear: return 1.0 - t;
    case Decline::cosine: return 0.5 * (1.0 + portable::cos(portable::pi * t));
    case Decline::steps: return t < 0.5 ? 1.0 : t < 0.75 ? 0.1 : 0.01;
    case Decline::none: return 1.0;
  }
  return 1.0;
}

Epochs::Epochs(std::vector<std::uint32_t> rows, int batch, int epochs, std::uint64_t seed)
    : order_(std::move(rows)), batch_(static_cast<std::size_t>(batch)), random_(seed), steps_per_epoch_((order_.size() + batch_ - 1) / batch_),
      epochs_(static_cast<std::uint64_t>(epochs)) {}

std::span<const std::uint32_t> Epochs::rows() {
  if (begins_epoch()) {
    for (std::size_t i = order_.size(); i > 1; --i) std::swap(order_[i - 1], order_[static_cast<std::size_t>(random_.below(i))]);  // Fisher-Yates
    running_loss_ = 0.0;
    running_steps_ = 0;
  }
  const std::size_t first = static_cast<std::size_t>(step_ % steps_per_epoch_) * batch_;
  return std::span(order_).subspan(first, std::min(batch_, order_.size() - first));
}

void Epochs::finish_step(double loss) {
  running_loss_ += loss;
  ++running_steps_;
  ++step_;
  if (begins_epoch()) epoch_loss_ = running_loss_ / static_cast<double>(running_steps_);
}

double Epochs::loss() const {
  if (step_ >= steps_per_epoch_) return epoch_loss_;
  return running_steps_ == 0 ? 0.0 : running_loss_ / static_cast<double>(running_steps_);
}

void Minibatch::take(const Dataset& data, std::span<const std::uint32_t> rows, Loss loss, std::ptrdiff_t outputs) {
  kind = loss;
  inputs.clear();
  wanted.clear();
  labels.clear();
  for (const std::uint32_t row : rows) {
    const auto sample = data.row(row);
    inputs.insert(inputs.end(), sample.begin(), sample.end());
    if (loss == Loss::cross_entropy) labels.push_back(data.labels[row]);
    else if (!data.targets.empty()) wanted.push_back(data.targets[row]);
    else if (outputs == 1 && !data.labels.empty()) wanted.push_back(static_cast<float>(data.labels[row]));
    else wanted.insert(wanted.end(), sample.begin(), sample.end());
  }
}

double Minibatch::loss(std::span<const float> answers, std::span<float> gradient) const {
  switch (kind) {
    case Loss::cross_entropy: return cross_entropy(answers, labels, gradient);
    case Loss::squared_error: return squared_error(answers, wanted, gradient);
    case Loss::absolute_error: return absolute_error(answers, wanted, gradient);
  }
  return 0.0;
}

}  // namespace edgewise::train
