// The side's tabs; one panel at a time.
#pragma once

#include <span>
#include <string_view>

#include "web/app/app.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

/// Whether it stands under the tab of fine-tuning.
constexpr bool is_learning(Side side) { return side == Side::tuning || side == Side::repair || side == Side::distillation; }

/// The tab bar, without fine-tuning where a lesson hides it; may turn to another tab (view). Returns what is left below for the panel.
widgets::Rect side_tabs(widgets::Ui& ui, widgets::Rect r, bool has_training, View& view);

/// One of the panels that stand under one tab.
struct SideHalf {
  Side side;
  std::string_view label;
};
/// The switch between them; may turn to another (view). Returns what is left below.
widgets::Rect side_halves(widgets::Ui& ui, widgets::Rect r, std::string_view group, std::span<const SideHalf> halves, View& view);

}  // namespace edgewise::panels
