#include "web/worker/tuning.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/train/lesson.h"

namespace edgewise {

namespace {

constexpr std::uint32_t compared_at_once = 32;   // rows

/// Of a message: numbers beyond any limit of the trainer must not become others on their way into its types.
int as_int(std::uint32_t value) { return static_cast<int>(std::min<std::uint32_t>(value, 1u << 30)); }

/// From nothing to the recipe's sparsity in the first half of the steps, cubically (Zhu & Gupta 2017), in some forty cuts; the second half heals.
train::PruneSchedule schedule_for(const Recipe& recipe, std::size_t rows, const train::FinetuneOptions& options) {
  const auto batch = static_cast<std::uint64_t>(std::max(1, options.batch)), steps = (rows + batch - 1) / batch * static_cast<std::uint64_t>(std::max(0, options.epochs));
  return {.first = 0.0, .last = static_cast<double>(recipe.all.sparsity), .begin = 0, .end = steps / 2, .power = 3.0, .frequency = std::max<std::uint64_t>(1, steps / 80)};
}

}  // namespace

Result<Tuning> Tuning::prepare(std::shared_ptr<const Graph> graph, std::shared_ptr<const Dataset> data, const std::vector<std::uint32_t>& calibration,
                               std::vector<std::uint32_t> test, const protocol::Tune& wanted) {
  const auto recipe = parse_recipe(wanted.recipe);
  if (!recipe) return std::unexpected(recipe.error());
  if (auto known = check_layers(*recipe, *graph); !known) return std::unexpected(known.error());
  train::FinetuneOptions options;
  options.epochs = as_int(wanted.epochs);
  options.batch = as_int(wanted.batch);
  options.learning_rate = wanted.learning_rate;
  options.seed = wanted.seed;
  options.from_new_weights = wanted.from_new_weights;
  auto lesson = train::lesson_of(wanted.bundled, data, calibration);
  if (!lesson) return std::unexpected(lesson.error());
  train::keep_learnable(*graph, *lesson->data, lesson->learning);
  train::keep_learnable(*graph, *data, lesson->validation);
  if (wanted.on_schedule) options.prune = schedule_for(*recipe, lesson->learning.size(), options);
  std::vector<std::uint32_t> calibrates = calibration;
  calibrates.resize(std::min(calibrates.size(), static_cast<std::size_t>(recipe->calibration_samples)));
  auto tuner = train::Finetuner::prepare(graph, *recipe, lesson->data, lesson->learning, data, std::move(calibrates), options);
  if (!tuner) return std::unexpected(tuner.error());
  // What is wrong with a row is said before anything is learned from the others.
  if (auto fit = tuner->check_rows(*data, lesson->validation); !fit) return std::unexpected(fit.error());
  return Tuning(std::move(*tuner), std::move(data), std::move(lesson->validation), std::move(test));
}

Result<bool> Tuning::step() {
  if (is_done_) return false;
  if (integers_) {
    if (auto ok = compare_some(); !ok) return std::unexpected(ok.error());
    return !is_done_;
  }
  const std::uint64_t before = tuner_.steps_done();
  const auto more = tuner_.step();
  if (!more) return std::unexpected(more.error());
  if (tuner_.steps_done() > before && tuner_.steps_done() % tuner_.steps_per_epoch() == 0)   // fewer: it begins again, at a lower rate
    if (auto ok = end_epoch(); !ok) return std::unexpected(ok.error());
  if (tuner_.steps_done() < tuner_.steps_total()) return true;
  auto integers = tuner_.graph();
  if (!integers) return std::unexpected(integers.error());
  integers_ = std::move(*integers);
  is_done_ = test_.empty();
  return !is_done_;
}

Result<void> Tuning::end_epoch() {
  protocol::Epoch epoch{.loss = tuner_.loss(), .accuracy = tuner_.accuracy().value_or(0.0)};
  if (!validation_.empty()) {
    const auto trial = tuner_.try_on(*data_, validation_);
    if (!trial) return std::unexpected(trial.error());
    epoch.validation_loss = trial->loss;
    epoch.validation_accuracy = trial->accuracy.value_or(0.0);
  }
  epochs_.push_back(epoch);
  return {};
}

Result<void> Tuning::compare_some() {
  const std::size_t count = std::min<std::size_t>(compared_at_once, test_.size() - compared_);
  const auto first = test_.begin() + static_cast<std::ptrdiff_t>(compared_);
  const std::vector<std::uint32_t> rows(first, first + static_cast<std::ptrdiff_t>(count));
  if (tuner_.has_classes()) {
    const auto same = train::same_decisions(integers_, *data_, rows);
    if (!same) return std::unexpected(same.error());
    same_ += static_cast<std::uint32_t>(*same);
  } else {
    const auto gap = train::imitation_gap(integers_, *data_, rows);
    if (!gap) return std::unexpected(gap.error());
    gaps_ += *gap * static_cast<double>(count);
  }
  compared_ += static_cast<std::uint32_t>(count);
  is_done_ = compared_ == test_.size();
  return {};
}

protocol::Tuned Tuning::progress() {
  protocol::Tuned said;
  said.steps = tuner_.steps_done();
  said.steps_total = tuner_.steps_total();
  said.learning_rows = static_cast<std::uint32_t>(tuner_.learning_rows());
  said.validation_rows = static_cast<std::uint32_t>(validation_.size());
  said.has_classes = tuner_.has_classes();
  said.learning_rate = tuner_.learning_rate();
  said.first_epoch = epochs_told_;
  said.epochs = std::exchange(epochs_, {});
  epochs_told_ += static_cast<std::uint32_t>(said.epochs.size());
  said.compared = compared_;
  said.same = same_;
  said.gap = compared_ == 0 ? 0.0 : gaps_ / compared_;
  said.to_compare = static_cast<std::uint32_t>(test_.size());
  said.done = is_done_;
  if (is_done_) said.learned = to_bytes(tuner_.learned());
  return said;
}

}  // namespace edgewise
