// Learning from labelled samples: minibatches, a loss, Adam. The same data, options and seed give the same bytes on every
// machine.
//
// Enough to make the bundled models and to recover accuracy; not a framework. For why sums are not left to a library: product.h.
#pragma once

#include <memory>

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/formats/dataset.h"
#include "core/graph/graph.h"
#include "core/train/adam.h"
#include "core/train/architecture.h"
#include "core/train/network.h"

namespace edgewise::train {

/// What the network is asked for. cross_entropy: the class, after softmax. squared_error: the sample's target, or without one the
/// sample itself (an autoencoder).
enum class Loss : std::uint8_t { cross_entropy, squared_error };

struct TrainOptions {
  std::uint64_t seed = 1;       ///< of the first weights and the order of the samples
  int epochs = 20;              ///< times every sample is seen, [1, 10000]
  int batch = 32;               ///< samples per step, [1, 4096]
  double learning_rate = 4e-3;  ///< of the first step, falls in a straight line to 0; (0, 1]
  double weight_decay = 0.01;   ///< fraction of a weight lost per step at learning rate 1, [0, 10): Loshchilov & Hutter 2019
};

/// Mean loss over a batch of answers, and its gradient by every answer. answers [samples, outputs]; labels [samples] for cross
/// entropy, wanted [samples, outputs] for squared error (mean over outputs).
double cross_entropy(std::span<const float> answers, std::span<const std::int32_t> labels, std::span<float> gradient);
double squared_error(std::span<const float> answers, std::span<const float> wanted, std::span<float> gradient);

/// Training in slices, so that a host can show it and stop it.
class Trainer {
 public:
  /// Labels choose cross entropy, else squared error. Fails where architecture and data do not fit, options are out of range, or
  /// labels exceed the outputs.
  static Result<Trainer> prepare(const Architecture& architecture, std::shared_ptr<const Dataset> rows,
                                 const TrainOptions& options);

  /// One minibatch. False when all epochs are done.
  bool step();
  std::uint64_t steps_done() const { return step_; }
  std::uint64_t steps_total() const { return steps_per_epoch_ * static_cast<std::uint64_t>(options_.epochs); }
  /// Mean loss over the last whole epoch; before there is one, over the minibatches so far.
  double loss() const;
  const Network& network() const { return network_; }
  /// What has been learned so far. Ends in softmax for cross entropy.
  Graph graph() const { return graph_of(network_, loss_kind_ == Loss::cross_entropy); }

 private:
  Trainer() = default;
  double minibatch_loss(std::span<const std::uint32_t> chosen);
  void update_parameters();

  std::shared_ptr<const Dataset> data_;
  TrainOptions options_;
  Loss loss_kind_ = Loss::cross_entropy;
  Network network_;
  Pass pass_;
  std::vector<float> gradients_;
  Adam adam_{0};
  std::vector<std::uint32_t> order_;
  Random random_{0};
  std::uint64_t step_ = 0, steps_per_epoch_ = 0;
  double epoch_loss_ = 0.0, running_loss_ = 0.0;
  std::uint64_t running_steps_ = 0;
  std::vector<float> inputs_;
  std::vector<std::int32_t> labels_;
  std::vector<float> wanted_;
};

/// All of it at once.
Result<Graph> train(const Architecture& architecture, std::shared_ptr<const Dataset> rows, const TrainOptions& options);

}  // namespace edgewise::train
