// The lesson's goal against what the page shows now.
#pragma once

#include <vector>

#include "core/labs/goal.h"
#include "core/mcu/cost.h"
#include "web/app/app.h"

namespace edgewise {

/// In a lab its figures count, in the playground acc, lo, hi, n (of a score that is done), flash, ram, ms, by the names they have in messages. Empty without a goal.
std::vector<labs::Judged> judged_goal(const App& app, const Evaluator& evaluator, const mcu::Cost* cost);

}  // namespace edgewise
