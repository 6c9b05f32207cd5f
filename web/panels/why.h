// "How do you know?": formula, numbers and source of the figure that was pressed.
#pragma once

#include "web/app/app.h"
#include "web/app/explanation.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

/// What View::why says where the layer that costs most is looked for (web/panels/diagnosis.h).
constexpr std::string_view which_layer = "layers";

/// The four questions to choose from; what is left below them. May turn to another one (view).
widgets::Rect why_tabs(widgets::Ui& ui, widgets::Rect r, View& view);
/// May ask how wrong a latency is (view).
void why(widgets::Ui& ui, widgets::Rect r, const Explanation& explanation, View& view);

}  // namespace edgewise::panels
