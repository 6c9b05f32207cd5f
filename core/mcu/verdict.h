// Does it fit, would one change make it fit, or not at all: for every board of a table at once.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/mcu/cost.h"

namespace edgewise::mcu {

enum class Fitting : std::uint8_t { fits, one_change_away, no, unknown };

/// The model with one thing changed: what, in words ("all weights at 4 bits"), and its plan. The same for every board.
struct Alternative {
  std::string change;
  Recipe recipe;
  Plan plan;
};
/// Changes that save flash or RAM from where the recipe stands, the gentlest first: int8 instead of float, 8-bit instead of 16-bit activations, 4-bit weights.
Result<std::vector<Alternative>> alternatives_of(const std::shared_ptr<const Graph>& float_graph, const Recipe& recipe);

struct Verdict {
  Fitting fitting = Fitting::unknown;
  std::string change;            ///< for one_change_away: what to change
  Binding binding = Binding::none;   ///< the limit that binds as it is
  Cost cost;                     ///< as it is
};
/// Tries the alternatives in order, then the other libraries that run on the board. `own` was measured there with that library.
Verdict verdict_of(const Plan& plan, std::span<const Alternative> alternatives, const Board& board, const Library& library, const std::optional<OwnTime>& own = {});

}  // namespace edgewise::mcu
