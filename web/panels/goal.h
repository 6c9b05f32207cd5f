// What the lesson asks for, and how far it has been reached: one strip above everything.
#pragma once

#include <span>

#include "core/labs/goal.h"
#include "web/widgets/ui.h"

namespace edgewise::panels {

/// Drawn at the top of `r`; returns the height it took, with the gap below.
float goal(widgets::Ui& ui, widgets::Rect r, std::span<const labs::Judged> judged);

}  // namespace edgewise::panels
