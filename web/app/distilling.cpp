#include "web/app/distilling.h"

#include "core/base/text.h"
#include "core/train/distill.h"
#include "web/app/history.h"
#include "web/app/open.h"
#include "web/app/tuning.h"

namespace edgewise {

std::string student_architecture(const OpenModel& teacher, const DistillOptions& options) { return train::student_of(*teacher.float_graph, options.divisor); }

void start_distillation(App& app) {
  DistillView& view = app.distill;
  view.error.reset();
  view.wish = DistillWish{{++view.made, app.model, app.data}, student_architecture(*app.model, view.options), bundled_data(app), view.options};
}

void keep_distillation(App& app) {
  const auto& wish = app.distill.wish;
  if (wish && (wish->model != app.model || wish->data != app.data)) app.distill.wish.reset();
}

void open_student(App& app, const DistillProgress& progress) {
  if (!app.distill.wish || !progress.file) return;
  const std::shared_ptr<const OpenModel> teacher = app.model;
  auto opened = open_file(text(teacher->id, "-student.tflite"), progress.file);
  if (!opened) {
    app.distill.error = opened.error();
    return;
  }
  auto student = std::make_shared<OpenModel>(**opened);
  student->title = text(teacher->title, ", student");
  student->origin = text("learned here from ", teacher->title);
  student->teacher = teacher;
  Recipe recipe = app.recipe;
  recipe.layers.clear();   // they are the teacher's
  remember(app, version_of(app), false);
  put(app, {std::move(student), std::move(recipe)});
}

}  // namespace edgewise
