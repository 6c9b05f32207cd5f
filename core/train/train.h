// Learning from labelled samples: minibatches, a loss, Adam. The same data, options and seed give the same bytes on every
// machine.
//
// Enough to make the bundled models and to recover accuracy; not a framework. For why sums are not left to a library: product.h.
#pragma once

#include <memory>

#include "core/base/result.h"
#include "core/formats/dataset.h"
#include "core/graph/graph.h"
#include "core/train/adam.h"
#include "core/train/architecture.h"
#include "core/train/distill.h"
#include "core/train/minibatch.h"
#include "core/train/network.h"

namespace edgewise::train {

struct TrainOptions {
  std::uint64_t seed = 1;       ///< of the first weights and the order of the samples
  int epochs = 20;              ///< times every sample is seen, [1, 10000]
  int batch = 32;               ///< samples per step, [1, 4096]
  double learning_rate = 4e-3;  ///< of the first step, falls in a straight line to 0; (0, 1]
  double weight_decay = 0.01;   ///< fraction of a weight lost per step at learning rate 1, [0, 10): Loshchilov & Hutter 2019
};

/// Training in slices, so that a host can show it and stop it.
class Trainer {
 public:
  /// Labels choose cross entropy, else squared error. Fails where architecture and data do not fit, options are out of range, or
  /// labels exceed the outputs. With a teacher, labelled rows are learned by distillation_loss.
  static Result<Trainer> prepare(const Architecture& architecture, std::shared_ptr<const Dataset> rows,
                                 const TrainOptions& options, std::shared_ptr<const Teacher> teacher = {});

  /// One minibatch. False when all epochs are done.
  bool step();
  std::uint64_t steps_done() const { return epochs_.steps_done(); }
  std::uint64_t steps_total() const { return epochs_.steps_total(); }
  /// Mean loss over the last whole epoch; before there is one, over the minibatches so far.
  double loss() const { return epochs_.loss(); }
  const Network& network() const { return network_; }
  /// What has been learned so far. Ends in softmax for cross entropy.
  Graph graph() const { return graph_of(network_, loss_kind_ == Loss::cross_entropy); }

 private:
  Trainer() = default;
  double minibatch_loss();

  std::shared_ptr<const Dataset> data_;
  TrainOptions options_;
  Loss loss_kind_ = Loss::cross_entropy;
  Network network_;
  Pass pass_;
  std::vector<float> gradients_;
  Adam adam_{0};
  Epochs epochs_;
  Minibatch minibatch_;
  std::shared_ptr<const Teacher> teacher_;   ///< null: labels alone
  std::vector<float> teacher_scores_;        ///< of the minibatch
};

/// All of it at once.
Result<Graph> train(const Architecture& architecture, std::shared_ptr<const Dataset> rows, const TrainOptions& options);

}  // namespace edgewise::train
