// Does a teacher help? Students that learn from it beside the same students alone, over several seeds, so that a difference is tested and not believed.
//
// Each seed gives both students the same first weights and order of rows; they differ in what they are told (core/train/distill). In small steps, so that a
// host can show it and stop it.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/evaluate/evaluation.h"
#include "core/evaluate/metrics.h"
#include "core/train/train.h"

namespace edgewise {

struct DistillationOptions {
  train::TrainOptions training{.epochs = 12};   ///< of the first seed; the next have the numbers after it
  int seeds = 5;                                ///< [1, 30]
  double temperature = 4.0, alpha = 0.7;        ///< as of train::Teacher
};

struct Student {
  std::uint64_t seed = 0;
  bool is_distilled = false;                ///< else alone
  std::vector<double> trials;               ///< accuracy on the validation rows after each epoch
  std::optional<double> accuracy;           ///< on the test rows, once it has learned
  std::shared_ptr<const Graph> graph;       ///< then
};

class Distillation {
 public:
  /// `learning`: every row is learned from. `test` and `validation` are rows of `data`; without validation rows nothing is tried between epochs. Fails where
  /// there are no classes, something does not fit or is out of range.
  static Result<Distillation> prepare(std::shared_ptr<const Graph> teacher, const train::Architecture& architecture, std::shared_ptr<const Dataset> learning,
                                      std::shared_ptr<const Dataset> data, std::vector<std::uint32_t> test, std::vector<std::uint32_t> validation, const DistillationOptions& options);
  Distillation(Distillation&&) noexcept;
  Distillation& operator=(Distillation&&) noexcept;
  ~Distillation();

  /// One row of the teacher, one minibatch, or one row of a student. False when all is done.
  Result<bool> step();
  /// Minibatches, of all students together.
  std::uint64_t steps_done() const;
  std::uint64_t steps_total() const;
  /// Of each seed the student alone, then the distilled one; those that were begun.
  const std::vector<Student>& students() const;
  /// On the test rows; `seen` is 0 until it was measured.
  const Score& teacher() const;

 private:
  struct State;
  explicit Distillation(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Means over the seeds that both students of have learned, with 95 % intervals by Student's t. At least one seed has.
struct DistillationMeans {
  MeanInterval alone, distilled, difference;
};
DistillationMeans means_of(std::span<const double> alone, std::span<const double> distilled);
/// What the difference allows to say.
std::string_view verdict(const MeanInterval& difference);

/// The data set of these rows alone.
Dataset only_rows(const Dataset& data, const std::vector<std::uint32_t>& rows);

}  // namespace edgewise
