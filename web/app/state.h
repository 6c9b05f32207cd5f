// What the program says about itself to scripts and to an embedding page: window.edgewise.state().
#pragma once

#include <string>

#include "core/mcu/cost.h"
#include "web/app/app.h"
#include "web/app/evaluator.h"

namespace edgewise {

/// {fragment, model, recipe, board, library, busy, score: {...} or null, cost: {...} or null, goal: {sentence, met, of} or null, tuning: {running, steps, steps_total, epochs, error, tuned: {...} or null}, error or null, notices, memory: {worker_bytes: [...]}, frames}
/// score is the figure on the page: `current` is false while it belongs to an earlier recipe, `done` while it still grows. Units are in the names.
/// `cost` is null while no model is open.
std::string state_json(const App& app, const Evaluator& evaluator, const mcu::Cost* cost);

/// The board with an id, the person's own among them; null where there is none.
const mcu::Board* board_of(const App& app, std::string_view id);

/// The library that was chosen, or the usual one of a board that it does not run on.
const mcu::Library& library_of(const App& app, const mcu::Board& board);

/// What app's model costs under its recipe on its board; nothing while that is not known.
std::optional<mcu::Cost> cost_of(const App& app);

}  // namespace edgewise
