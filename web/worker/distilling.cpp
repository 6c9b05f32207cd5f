#include "web/worker/distilling.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/formats/tflite.h"
#include "core/train/finetune.h"
#include "core/train/lesson.h"

namespace edgewise {

Result<Distilling> Distilling::prepare(std::shared_ptr<const Graph> graph, std::shared_ptr<const Dataset> data, const std::vector<std::uint32_t>& calibration, std::vector<std::uint32_t> test,
                                       const protocol::Distill& wanted) {
  const auto architecture = train::parse_architecture(wanted.architecture);
  if (!architecture) return std::unexpected(architecture.error());
  auto lesson = train::lesson_of(wanted.bundled, data, calibration);
  if (!lesson) return std::unexpected(lesson.error());
  const auto rows = std::make_shared<const Dataset>(only_rows(*lesson->data, lesson->learning));
  const auto as_int = [](std::uint32_t value) { return static_cast<int>(std::min<std::uint32_t>(value, 1u << 30)); };   // beyond any limit, which is then said
  DistillationOptions options;
  options.training.epochs = as_int(wanted.epochs), options.training.batch = as_int(wanted.batch);
  options.training.learning_rate = wanted.learning_rate, options.training.seed = wanted.seed;
  options.seeds = as_int(wanted.seeds), options.temperature = wanted.temperature, options.alpha = wanted.alpha;
  protocol::Distilled said;
  said.learning_rows = static_cast<std::uint32_t>(rows->rows());
  said.validation_rows = static_cast<std::uint32_t>(lesson->validation.size());
  said.test_rows = static_cast<std::uint32_t>(test.size());
  auto distillation = Distillation::prepare(std::move(graph), *architecture, rows, std::move(data), std::move(test), std::move(lesson->validation), options);
  if (!distillation) return std::unexpected(distillation.error());
  Distilling distilling(std::move(*distillation));
  distilling.said_ = std::move(said);
  distilling.description_ = text("Edgewise: ", wanted.architecture, ", distilled, seed ", wanted.seed);
  return distilling;
}

Result<bool> Distilling::step() {
  if (is_done_) return false;
  const auto more = distillation_.step();
  if (!more) return std::unexpected(more.error());
  is_done_ = !*more;
  const std::vector<Student>& students = distillation_.students();
  if (!has_file_ && students.size() > 1 && students[1].accuracy) {
    auto file = tflite::write(*students[1].graph, description_);
    if (!file) return std::unexpected(file.error());
    file_ = std::move(*file);
    has_file_ = true;
  }
  return !is_done_;
}

protocol::Distilled Distilling::progress() {
  const std::vector<Student>& students = distillation_.students();
  protocol::Distilled said = said_;
  said.done = is_done_;
  said.steps = distillation_.steps_done();
  said.steps_total = distillation_.steps_total();
  const Score& teacher = distillation_.teacher();
  said.teacher = teacher.value, said.teacher_low = teacher.low, said.teacher_high = teacher.high;
  epochs_told_.resize(students.size(), 0);
  for (const std::size_t told : epochs_told_) said.first_epoch += static_cast<std::uint32_t>(told);
  for (std::size_t i = 0; i < students.size(); ++i) {
    for (; epochs_told_[i] < students[i].trials.size(); ++epochs_told_[i])
      said.epochs.push_back({static_cast<std::uint32_t>(i), students[i].trials[epochs_told_[i]]});
    if (students[i].accuracy) said.students.push_back(*students[i].accuracy);
  }
  said.file = std::exchange(file_, {});
  return said;
}

}  // namespace edgewise
