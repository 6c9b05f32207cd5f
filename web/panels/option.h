// An option of a panel: its name and its value in a line, what it does one hover away, and room for the control under it.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "web/widgets/controls.h"

namespace edgewise::panels {

inline float option_height(const widgets::Ui& ui) { return ui.control_height() + 30; }

/// Takes the option off the top of `r`; returns where its control goes. `value`: what a control does not say itself.
widgets::Rect option_head(widgets::Ui& ui, widgets::Rect& r, std::string_view name, std::string_view value, std::string_view explanation);

/// One of a few values. A value that is none of them shows the first as chosen, and stays until another is pressed.
template <class Value, std::size_t n>
void option(widgets::Ui& ui, widgets::Rect& r, std::string_view id, std::string_view name, std::string_view explanation, const std::array<std::string_view, n>& names, const std::array<Value, n>& values, Value& edited) {
  const auto found = std::ranges::find(values, edited);
  const auto selected = found == values.end() ? std::size_t{0} : static_cast<std::size_t>(found - values.begin());
  const widgets::Rect row = option_head(ui, r, name, {}, explanation);
  if (const auto pressed = widgets::segmented(ui, row, id, name, names, names, selected, {.is_inherited = false, .is_quiet = true, .is_locked = false})) edited = values[*pressed];
}

}  // namespace edgewise::panels
