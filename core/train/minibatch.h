// What training and fine-tuning share: which rows come next, what is wanted of them, how far the answers are off, and the mean loss
// of an epoch.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/random.h"
#include "core/formats/dataset.h"

namespace edgewise::train {

/// What the network is asked for. cross_entropy: the class, after softmax. squared_error, absolute_error: the sample's target, or
/// without one the sample itself (an autoencoder).
enum class Loss : std::uint8_t { cross_entropy, squared_error, absolute_error };

/// Mean loss over a batch of answers, and its gradient by every answer. answers [samples, outputs]; labels [samples] for cross
/// entropy, wanted [samples, outputs] for the errors (mean over outputs). Where an answer is right the absolute error's gradient is 0.
double cross_entropy(std::span<const float> answers, std::span<const std::int32_t> labels, std::span<float> gradient);
double squared_error(std::span<const float> answers, std::span<const float> wanted, std::span<float> gradient);
double absolute_error(std::span<const float> answers, std::span<const float> wanted, std::span<float> gradient);

/// How the learning rate falls, over the part t in [0, 1) of the steps that are done.
enum class Decline : std::uint8_t {
  linear,   ///< 1 - t
  cosine,   ///< (1 + cos(pi t)) / 2: Loshchilov & Hutter 2017, without restarts
  steps,    ///< a tenth from one half on, a hundredth from three quarters on: He et al. 2016, section 4.2
  none
};
double share_of_rate(Decline decline, double t);

/// Rows in a new order every epoch, a minibatch at a time; a rest smaller than a minibatch is one too.
class Epochs {
 public:
  Epochs() = default;
  /// `rows`, `batch` and `epochs` are at least 1.
  Epochs(std::vector<std::uint32_t> rows, int batch, int epochs, std::uint64_t seed);

  std::uint64_t steps_done() const { return step_; }
  std::uint64_t steps_total() const { return steps_per_epoch_ * epochs_; }
  std::uint64_t steps_per_epoch() const { return steps_per_epoch_; }
  std::uint64_t row_count() const { return order_.size(); }
  bool is_done() const { return step_ == steps_total(); }
  bool begins_epoch() const { return step_ % steps_per_epoch_ == 0; }
  /// The learning rate of this step when that of the first is `first`.
  double rate(double first, Decline decline = Decline::linear) const { return first * share_of_rate(decline, static_cast<double>(step_) / static_cast<double>(steps_total())); }
  /// The rows of this step's minibatch; once a step.
  std::span<const std::uint32_t> rows();
  /// This step is done, its minibatch had this loss.
  void finish_step(double loss);
  /// Mean loss over the last whole epoch; before there is one, over the minibatches so far.
  double loss() const;

 private:
  std::vector<std::uint32_t> order_;
  std::size_t batch_ = 1;
  Random random_{0};
  std::uint64_t step_ = 0, steps_per_epoch_ = 1, epochs_ = 0;
  double epoch_loss_ = 0.0, running_loss_ = 0.0;
  std::uint64_t running_steps_ = 0;
};

/// The samples of a minibatch back to back, and what is wanted of them.
struct Minibatch {
  std::vector<float> inputs, wanted;   ///< wanted: of the errors
  std::vector<std::int32_t> labels;    ///< of cross entropy
  Loss kind = Loss::cross_entropy;

  void take(const Dataset& data, std::span<const std::uint32_t> rows, Loss loss, std::ptrdiff_t outputs);
  /// Mean loss of the answers; their gradient goes to `gradient`, which is as long as `answers`.
  double loss(std::span<const float> answers, std::span<float> gradient) const;
};

}  // namespace edgewise::train
