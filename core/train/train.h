// Learning from labelled samples: minibatches, a loss, Adam or descent with momentum. The same data, options and seed give the same bytes on every
// machine.
//
// Enough to make the bundled models and to recover accuracy; not a framework. For why sums are not left to a library: product.h.
#pragma once

#include <memory>
#include <optional>
#include <variant>

#include "core/base/result.h"
#include "core/formats/dataset.h"
#include "core/graph/graph.h"
#include "core/train/adam.h"
#include "core/train/architecture.h"
#include "core/train/distill.h"
#include "core/train/minibatch.h"
#include "core/train/momentum.h"
#include "core/train/network.h"

namespace edgewise::train {

enum class Optimizer : std::uint8_t { adam, momentum };

struct TrainOptions {
  std::uint64_t seed = 1;       ///< of the first weights and the order of the samples
  int epochs = 20;              ///< times every sample is seen, [1, 10000]
  int batch = 32;               ///< samples per step, [1, 4096]
  double learning_rate = 4e-3;  ///< of the first step; (0, 1]
  Decline decline = Decline::linear;        ///< how it falls from there
  Optimizer optimizer = Optimizer::adam;
  double weight_decay = 0.01;   ///< fraction of a weight lost per step at learning rate 1, [0, 10): Loshchilov & Hutter 2019
  double clip = 0.0;            ///< longest gradient over all parameters, longer ones are cut to it; 0: none is
  bool by_absolute_error = false;   ///< where real numbers are learned; else by squared error
  int patience = 0;             ///< epochs without a lower loss on held-out rows before it stops, and the best weights are kept; 0: no row is held out, [0, 1000]
};

/// Training in slices, so that a host can show it and stop it.
class Trainer {
 public:
  /// Labels choose cross entropy, else squared or absolute error. Fails where architecture and data do not fit, options are out of
  /// range, labels exceed the outputs, or nothing can be learned from the rows (check_learnable). With a teacher, labelled rows are
  /// learned by distillation_loss. With patience, the data's calibration rows are held out, or where it sets none apart every tenth.
  static Result<Trainer> prepare(const Architecture& architecture, std::shared_ptr<const Dataset> rows,
                                 const TrainOptions& options, std::shared_ptr<const Teacher> teacher = {});

  /// One minibatch. False when all epochs are done, patience is at its end, or the loss has exploded: check() says so.
  bool step();
  /// Whether what has been learned is of use; the error says at which step it went astray, and what to do.
  Result<void> check() const;
  std::uint64_t steps_done() const { return epochs_.steps_done(); }
  std::uint64_t steps_total() const { return epochs_.steps_total(); }
  /// Mean loss over the last whole epoch; before there is one, over the minibatches so far.
  double loss() const { return epochs_.loss(); }
  std::uint64_t steps_per_epoch() const { return epochs_.steps_per_epoch(); }
  std::uint64_t learning_rows() const { return epochs_.row_count(); }
  /// Mean loss on the rows held out, after the last whole epoch and the lowest so far; absent without patience.
  struct HeldOut {
    double loss = 0.0, lowest = 0.0;
    std::uint64_t rows = 0, best_epoch = 0;   ///< counted from 1
  };
  const std::optional<HeldOut>& held_out() const { return held_out_; }
  const Network& network() const { return network_; }
  /// What has been learned so far. Ends in softmax for cross entropy.
  Graph graph() const { return graph_of(network_, loss_kind_ == Loss::cross_entropy); }

 private:
  Trainer() = default;
  double minibatch_loss();
  void end_epoch();

  std::shared_ptr<const Dataset> data_;
  TrainOptions options_;
  Loss loss_kind_ = Loss::cross_entropy;
  Network network_;
  Pass pass_;
  std::vector<float> gradients_;
  std::variant<Adam, Momentum> optimizer_ = Adam(0);
  std::vector<std::uint32_t> watched_;       ///< rows held out
  std::optional<HeldOut> held_out_;
  Network best_;                             ///< as it was after the best epoch
  bool stopped_ = false;
  double first_loss_ = 0.0, last_loss_ = 0.0;
  Epochs epochs_;
  Minibatch minibatch_;
  std::shared_ptr<const Teacher> teacher_;   ///< null: labels alone
  std::vector<float> teacher_scores_;        ///< of the minibatch
};

/// Rows to learn from: `rows` of `data`. `reproduces`: the answer wanted is the sample itself, whatever its label. Refused with what to do:
/// no labels or targets where the model wants them, one class only, a label without an output, a value that is not a number, fewer rows
/// than a minibatch.
Result<Loss> check_learnable(const Dataset& data, const std::vector<std::uint32_t>& rows, std::ptrdiff_t inputs, std::ptrdiff_t outputs, int batch, bool reproduces);
/// A rate that suits lets the loss fluctuate, not grow a hundredfold.
Result<void> check_loss(double loss, double first, std::uint64_t step, double learning_rate);

/// All of it at once.
Result<Graph> train(const Architecture& architecture, std::shared_ptr<const Dataset> rows, const TrainOptions& options);

}  // namespace edgewise::train
