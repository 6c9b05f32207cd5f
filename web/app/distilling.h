// Distillation as the page sees it: the model that is open teaches, and a student that has learned can be opened beside it.
#pragma once

#include "web/app/app.h"

namespace edgewise {

/// The students' layers, for a model that is open.
std::string student_architecture(const OpenModel& teacher, const DistillOptions& options);
/// Begins, anew, with the options that are set. The page has a model and data.
void start_distillation(App& app);
/// Forgets the students when model or data are others now.
void keep_distillation(App& app);
/// Puts the distilled student of the first seed on the page, at the grids of the present recipe; undo brings the teacher back. What is wrong with it becomes a sentence.
void open_student(App& app, const DistillProgress& progress);

}  // namespace edgewise
