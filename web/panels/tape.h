// What happens one after another in a lab: each stage with what came of it, top to bottom; pressed, it shows every number it is made of.
#pragma once

#include <span>
#include <string>

#include "core/labs/lab.h"
#include "web/widgets/ui.h"

namespace edgewise::panels {

/// `open`: key of the stage that is open; empty: none.
float tape_height(const widgets::Ui& ui, std::span<const labs::Stage> stages, std::string_view open, float width);
void tape(widgets::Ui& ui, widgets::Rect r, std::span<const labs::Stage> stages, std::string& open);

}  // namespace edgewise::panels
