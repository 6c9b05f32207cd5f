// Undo and redo: a recipe is a value, so history is a list of them.
#pragma once

#include <cstddef>

#include "web/app/app.h"

namespace edgewise {

constexpr std::size_t longest_history = 200;

/// Notes that the recipe was `before` and has been changed. `same_gesture`: it belongs to a change already noted (a slider that is still being dragged).
void remember(App& app, const Recipe& before, bool same_gesture);
/// Back to the recipe before, or forward again. Nothing happens where there is none.
void undo(App& app);
void redo(App& app);

}  // namespace edgewise
