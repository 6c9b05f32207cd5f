// Fine-tuning: a loaded model learns on at the grids of a recipe, and under a pruning schedule.
//
// Every step compresses the weights as they are with core/compress, runs the minibatch through the very graph that came out (imitated
// in floats: tape.h), and moves the float weights along the gradient as if rounding had not been (straight-through estimation: Bengio
// et al. 2013). So weights are trained on the grids the integer model will have, biases on their accumulator's grid, activations on
// their calibrated grids. Calibration is repeated on the rounded weights at the start of each epoch of the first half, and taken where it lowers the loss; then the
// grids of activations stand still. The same rows, recipe, options and seed give the same bytes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/compress/compress.h"
#include "core/compress/learned.h"
#include "core/formats/dataset.h"
#include "core/train/adam.h"
#include "core/train/minibatch.h"
#include "core/train/schedule.h"
#include "core/train/tape.h"
#include "core/train/train.h"

namespace edgewise::train {

struct FinetuneOptions {
  std::uint64_t seed = 1;             ///< of the order of the rows
  int epochs = 10;                    ///< [1, 1000]
  int batch = 32;                     ///< [1, 4096]; a rest smaller than a minibatch is a minibatch too
  double learning_rate = 0.0;         ///< of the first step; (0, 1], or 0: it is found (RateTrial)
  Decline decline = Decline::linear;  ///< how it falls from there
  double clip = 0.0;                  ///< longest gradient over all parameters; 0: none is clipped
  bool from_new_weights = false;      ///< learns from nothing: weights drawn from the seed as make_network draws them, biases 0; an lstm's forget gate's 1
  std::optional<PruneSchedule> prune; ///< absent: the recipe's own sparsity, all before the first step. Present: it takes the place of the recipe's
};

/// An autoencoder learns what is normal: of rows it is to learn from, or be watched on, those labelled 1, the anomalies, are left out.
void keep_learnable(const Graph& graph, const Dataset& data, std::vector<std::uint32_t>& rows);

class Finetuner {
 public:
  /// `calibration`: rows of `calibration_data` that ranges are taken from.
  static Result<Finetuner> prepare(std::shared_ptr<const Graph> float_graph, const Recipe& recipe, std::shared_ptr<const Dataset> data, std::vector<std::uint32_t> rows,
                                   std::shared_ptr<const Dataset> calibration_data, std::vector<std::uint32_t> calibration, const FinetuneOptions& options);

  /// One minibatch, or some rows of the calibration before it. False when all epochs are done. Fails when the loss explodes; the graphs are then those of no
  /// use, and the former model is untouched.
  Result<bool> step();
  /// The grids of the next minibatch are known. From the first time on there is a graph().
  bool is_calibrated() const { return !calibrating_; }
  std::uint64_t steps_done() const { return epochs_.steps_done(); }
  std::uint64_t steps_total() const { return epochs_.steps_total(); }
  /// The learning rate of the first step: as it was given, or as it was found so far. A rate that is refused takes steps_done() back to 0.
  double learning_rate() const { return rate_; }
  /// Mean loss over the last whole epoch; before there is one, over the minibatches so far.
  double loss() const { return epochs_.loss(); }
  /// Fraction of the rows of the last whole epoch that were answered rightly while they were learned; nothing before there is one, or where there are no classes.
  std::optional<double> accuracy() const { return epoch_accuracy_; }
  std::uint64_t steps_per_epoch() const { return epochs_.steps_per_epoch(); }
  std::uint64_t learning_rows() const { return epochs_.row_count(); }
  bool has_classes() const { return loss_kind_ == Loss::cross_entropy; }
  /// How the weights as they are do on rows they do not learn from, imitated at the grids as they are. `rows` is not empty; graph() is there.
  struct Trial {
    double loss = 0.0;
    std::optional<double> accuracy;   ///< where there are classes
  };
  Result<Trial> try_on(const Dataset& data, std::span<const std::uint32_t> rows);
  /// Rows for try_on: finite, of this model's shape and classes.
  Result<void> check_rows(const Dataset& data, std::span<const std::uint32_t> rows) const;
  /// The float weights behind the grids, pruned ones zero; without the channels that the recipe leaves out.
  std::shared_ptr<const Graph> float_graph() const;
  /// What the recipe makes of them at the grids that were trained; float where the recipe is.
  Result<std::shared_ptr<const Graph>> graph() const;
  /// All that was learned: what compress() needs to make graph() again of the graph that was given. Channels left out are zero there, and so are left out again.
  Learned learned() const { return {shaped_ ? grown_parameters(*whole_, *shaped_, parameters_) : parameters_, ranges_}; }
  /// Fraction of the weights of all layers that are zero in the float weights.
  double sparsity() const;

 private:
  Finetuner() = default;
  Result<void> begin_calibration();
  Result<void> calibrate_some();
  Result<void> choose_ranges();
  Result<void> keep_best();
  Result<void> begin_rate_trial();
  Result<void> end_rate_trial();
  bool can_refuse_rate() const;
  void refuse_rate();
  Result<void> choose_masks(double sparsity);
  void apply_masks();
  double loss_of(const Dataset& data, std::span<const std::uint32_t> rows);
  std::uint64_t right_answers() const;

  std::shared_ptr<const Graph> whole_;      ///< what was given, where channels are left out of it
  std::optional<Shaped> shaped_;            ///< and how
  std::shared_ptr<const Graph> graph_;      ///< structure, and constants that are not trained
  Recipe recipe_, pruning_;                 ///< without sparsity, and with
  FinetuneOptions options_;
  std::shared_ptr<const Dataset> data_, calibration_data_;
  std::vector<std::uint32_t> calibration_;
  Loss loss_kind_ = Loss::cross_entropy;
  std::ptrdiff_t inputs_in_row_ = 0, outputs_ = 0;
  Ranges ranges_;
  std::optional<Tape> tape_;                ///< of the compressed graph
  std::vector<TapeLayer> layers_;
  std::vector<float> parameters_, gradients_;
  std::vector<std::vector<bool>> masks_;    ///< by layer; empty: keeps all
  Adam adam_{0};
  Epochs epochs_;
  Minibatch minibatch_;
  double first_loss_ = 0.0;
  std::vector<float> score_gradients_;
  std::uint64_t running_right_ = 0;         ///< of this epoch's rows so far
  std::optional<double> epoch_accuracy_;
  /// Ranges in the making: of the float weights first, then of those that their grids leave.
  struct Calibrating {
    Calibrator calibrator;
    std::size_t seen = 0;
    bool is_rounded = false;
  };
  std::optional<Calibrating> calibrating_;
  /// The rate is found by trying: one after whose first epoch the loss is higher than before any was too high, so all is put back and a third of it is tried. Steps that
  /// raise a loss which a converged model starts from do so in every epoch until the rate has declined, which then has to repair what they did.
  struct RateTrial {
    double loss = 0.0;                      ///< of the probe, before the first step
    std::uint64_t end = 0;                  ///< steps
    int refused = 0;
    std::vector<float> parameters;          ///< as they were
    Epochs epochs;
  };
  std::optional<RateTrial> rate_trial_;
  std::vector<std::uint32_t> probe_;        ///< rows that a rate, ranges and weights are judged on
  struct Best {
    double loss = 0.0;                      ///< of the probe
    std::vector<float> parameters;
  };
  std::optional<Best> best_;                ///< since ranges and sparsity are final
  double rate_ = 0.0;
  std::uint64_t calibrated_at_ = 0;         ///< step
  std::optional<Ranges> former_;            ///< while they are seen again: those before
};

/// On how many of `rows` the graph, run as a device would, and its imitation that was trained give the same class.
Result<std::uint64_t> same_decisions(const std::shared_ptr<const Graph>& graph, const Dataset& data, const std::vector<std::uint32_t>& rows);
/// How far their answers are apart, where they are no classes: mean absolute difference over outputs and rows.
Result<double> imitation_gap(const std::shared_ptr<const Graph>& graph, const Dataset& data, const std::vector<std::uint32_t>& rows);

}  // namespace edgewise::train
