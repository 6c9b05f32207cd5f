#include "core/evaluate/distillation.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"

namespace edgewise {

struct Distillation::State {
  std::shared_ptr<const Graph> teacher;
  train::Architecture architecture;
  std::shared_ptr<const Dataset> learning, data;
  std::vector<std::uint32_t> test, validation;
  DistillationOptions options;

  std::optional<train::TeacherScores> scores;      ///< while the teacher answers the rows that are learned from
  std::shared_ptr<const train::Teacher> told;      ///< from then on
  std::shared_ptr<FloatAnswers> answers = std::make_shared<FloatAnswers>();
  Score teacher_score;
  std::vector<Student> students;
  std::optional<train::Trainer> trainer;           ///< of the last student
  std::optional<Evaluation> evaluation;            ///< of the teacher, or of the last student
  bool is_trial = false;                           ///< it is on the validation rows
  std::uint64_t steps_before = 0, steps_each = 0;

  Result<void> evaluate(std::shared_ptr<const Graph> graph, bool on_validation) {
    auto prepared = Evaluation::prepare(std::move(graph), teacher, data, on_validation ? validation : test, answers);
    if (!prepared) return std::unexpected(prepared.error());
    evaluation = std::move(*prepared);
    is_trial = on_validation;
    return {};
  }

  Result<train::Trainer> trainer_of(std::size_t student) const {
    train::TrainOptions training = options.training;
    training.seed += student / 2;
    return train::Trainer::prepare(architecture, learning, training, student % 2 == 1 ? told : nullptr);
  }

  Result<void> begin_student() {
    const std::size_t number = students.size();
    auto made = trainer_of(number);
    if (!made) return std::unexpected(made.error());
    trainer = std::move(*made);
    students.push_back({.seed = options.training.seed + number / 2, .is_distilled = number % 2 == 1, .trials = {}, .accuracy = {}, .graph = {}});
    return {};
  }

  Result<void> learn() {
    trainer->step();
    if (!std::isfinite(trainer->loss()))
      return fail("the loss exploded", "distillation", {}, text("Lower the learning rate, for example to ", options.training.learning_rate / 10.0));
    const std::uint64_t done = trainer->steps_done(), epoch = trainer->steps_total() / static_cast<std::uint64_t>(options.training.epochs);
    if (done % epoch == 0 && !validation.empty()) return evaluate(std::make_shared<const Graph>(trainer->graph()), true);
    return done == trainer->steps_total() ? end_student() : Result<void>{};
  }

  /// It has learned: what is it worth?
  Result<void> end_student() {
    students.back().graph = std::make_shared<const Graph>(trainer->graph());
    steps_before += trainer->steps_total();
    trainer.reset();
    return evaluate(students.back().graph, false);
  }

  Result<void> end_evaluation() {
    const Score score = evaluation->score();
    evaluation.reset();
    if (students.empty()) {
      teacher_score = score;
    } else if (is_trial) {
      students.back().trials.push_back(score.value);
      return trainer->steps_done() == trainer->steps_total() ? end_student() : Result<void>{};
    } else {
      students.back().accuracy = score.value;
    }
    return students.size() < 2 * static_cast<std::size_t>(options.seeds) ? begin_student() : Result<void>{};
  }
};

Distillation::Distillation(std::unique_ptr<State> state) : state_(std::move(state)) {}
Distillation::Distillation(Distillation&&) noexcept = default;
Distillation& Distillation::operator=(Distillation&&) noexcept = default;
Distillation::~Distillation() = default;

Result<Distillation> Distillation::prepare(std::shared_ptr<const Graph> teacher, const train::Architecture& architecture, std::shared_ptr<const Dataset> learning,
                                           std::shared_ptr<const Dataset> data, std::vector<std::uint32_t> test, std::vector<std::uint32_t> validation, const DistillationOptions& options) {
  const auto metric = choose_metric(*teacher, *data);
  if (!metric) return std::unexpected(metric.error());
  if (*metric != Metric::accuracy) return fail("distillation is of classes, and this model and data have none", data->name, {}, "Give a classifier, and class labels: y beside x, or a column named label");
  if (options.seeds < 1 || options.seeds > 30) return fail(text("seeds: ", options.seeds, "; from 1 to 30 are possible"));
  auto scores = train::TeacherScores::prepare(teacher, learning);
  if (!scores) return std::unexpected(scores.error());
  auto state = std::make_unique<State>();
  state->teacher = std::move(teacher);
  state->architecture = architecture;
  state->learning = std::move(learning);
  state->data = std::move(data);
  state->test = std::move(test);
  state->validation = std::move(validation);
  state->options = options;
  state->scores = std::move(*scores);
  // What is wrong with a student, or with what it will be told, is said before the first row.
  state->told = std::make_shared<const train::Teacher>(train::Teacher{std::vector<float>(state->scores->size()), options.temperature, options.alpha});
  const auto first = state->trainer_of(1);
  if (!first) return std::unexpected(first.error());
  state->steps_each = first->steps_total();
  return Distillation(std::move(state));
}

Result<bool> Distillation::step() {
  State& s = *state_;
  const auto stepped = [&]() -> Result<void> {
    if (s.scores) {
      const auto more = s.scores->step();
      if (!more) return std::unexpected(more.error());
      if (*more) return {};
      s.told = std::make_shared<const train::Teacher>(train::Teacher{s.scores->take(), s.options.temperature, s.options.alpha});
      s.scores.reset();
      return s.evaluate(s.teacher, false);
    }
    if (s.evaluation) {
      const auto more = s.evaluation->step();
      if (!more) return std::unexpected(more.error());
      return *more ? Result<void>{} : s.end_evaluation();
    }
    return s.trainer ? s.learn() : Result<void>{};
  }();
  if (!stepped) return std::unexpected(stepped.error());
  return s.scores || s.evaluation || s.trainer;
}

std::uint64_t Distillation::steps_done() const { return state_->steps_before + (state_->trainer ? state_->trainer->steps_done() : 0); }
std::uint64_t Distillation::steps_total() const { return state_->steps_each * 2 * static_cast<std::uint64_t>(state_->options.seeds); }
const std::vector<Student>& Distillation::students() const { return state_->students; }
const Score& Distillation::teacher() const { return state_->teacher_score; }

namespace {

/// An accuracy is a share, and so is the mean of some: what Student's t leaves beyond 0 and 1, where seeds are few, cannot be.
MeanInterval of_shares(MeanInterval mean) {
  if (std::isfinite(mean.low)) mean.low = std::max(mean.low, 0.0), mean.high = std::min(mean.high, 1.0);
  return mean;
}

}  // namespace

DistillationMeans means_of(std::span<const double> alone, std::span<const double> distilled) {
  std::vector<double> difference;
  for (std::size_t i = 0; i < distilled.size(); ++i) difference.push_back(distilled[i] - alone[i]);
  return {of_shares(t_interval(alone.first(distilled.size()))), of_shares(t_interval(distilled)), t_interval(difference)};
}

std::string_view verdict(const MeanInterval& difference) {
  if (!std::isfinite(difference.low)) return "one seed cannot tell a difference from chance";
  if (difference.low > 0) return "the teacher helps: the interval of the difference is above 0";
  if (difference.high < 0) return "the teacher does harm: the interval of the difference is below 0";
  return "no difference was shown: its interval holds 0";
}

Dataset only_rows(const Dataset& data, const std::vector<std::uint32_t>& rows) {
  Dataset out;
  out.name = data.name;
  out.sample = data.sample;
  for (const std::uint32_t row : rows) {
    const auto sample = data.row(row);
    out.x.insert(out.x.end(), sample.begin(), sample.end());
    if (!data.labels.empty()) out.labels.push_back(data.labels[row]);
    if (!data.targets.empty()) out.targets.push_back(data.targets[row]);
  }
  return out;
}

}  // namespace edgewise
