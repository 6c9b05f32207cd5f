// Undo and redo: a version is a value, so history is a list of them.
#pragma once

#include <cstddef>

#include "web/app/app.h"

namespace edgewise {

constexpr std::size_t longest_history = 200;

/// What is on the page now.
inline Version version_of(const App& app) { return {app.model, app.recipe}; }
/// Before it was fine-tuned, or its teacher taught.
inline std::shared_ptr<const OpenModel> as_opened(std::shared_ptr<const OpenModel> model) {
  while (model->tuned || model->teacher) model = model->tuned ? model->tuned->as_opened : model->teacher;
  return model;
}
/// Puts another version of the model on the page.
void put(App& app, Version version);

/// Notes that the version was `before` and has been changed. `same_gesture`: it belongs to a change already noted (a slider that is still being dragged).
void remember(App& app, Version before, bool same_gesture);
/// Back to the version before, or forward again. Nothing happens where there is none.
void undo(App& app);
void redo(App& app);

}  // namespace edgewise
