// "How do you know?": formula, numbers and source of the figure that was pressed.
#pragma once

#include "web/app/app.h"
#include "web/app/explanation.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

/// The three answers to choose from, then the explanation. May turn to another figure (view).
void why(widgets::Ui& ui, widgets::Rect r, const Explanation& explanation, View& view);

}  // namespace edgewise::panels
