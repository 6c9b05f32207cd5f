// The side's tabs; one panel at a time.
#pragma once

#include "web/app/app.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

/// The tab bar; may turn to another tab (view). Returns what is left below for the panel.
widgets::Rect side_tabs(widgets::Ui& ui, widgets::Rect r, View& view);

}  // namespace edgewise::panels
