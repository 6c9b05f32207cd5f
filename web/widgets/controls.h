// What is pressed and dragged: segments, sliders, buttons, tabs. Each draws a value it is given and says what the person made of it; none keeps it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "web/widgets/icons.h"
#include "web/widgets/ui.h"

namespace edgewise::widgets {

struct SegmentedLook {
  bool is_inherited = false;   ///< the choice comes from elsewhere: shown as a tint, not as a solid
  bool is_quiet = false;       ///< an option, not a main control: smaller type, no colour
  bool is_locked = false;
};
/// One of a few, all visible. `names` are what the mirror says after the group's name ("4", "float"). Returns the segment pressed, the selected one too.
std::optional<std::size_t> segmented(Ui& ui, Rect r, std::string_view id, std::string_view group, std::span<const std::string_view> labels,
                                     std::span<const std::string_view> names, std::size_t selected, SegmentedLook look = {});

struct SliderRange {
  double lowest = 0, highest = 1, step = 0.01;
  bool is_inherited = false, is_locked = false;
};
/// A number between two others. `value_text` is what the mirror reads ("60 %"). Returns the new value when it changed.
std::optional<double> slider(Ui& ui, Rect r, std::string_view id, std::string_view name, std::string_view value_text, double value, SliderRange range, Colour colour);

/// A box of one height with a sign in it.
bool icon_button(Ui& ui, Rect r, std::string_view id, std::string_view name, Icon which, bool is_disabled = false);
/// A box with a bold name, a quieter detail and a mark that it opens. `is_open` keeps it lit.
bool chip(Ui& ui, Rect r, std::string_view id, std::string_view name, std::string_view strong, std::string_view detail, bool is_open, bool is_locked = false);
/// The width chip() would like.
float chip_width(std::string_view strong, std::string_view detail);
/// A line that is typed into; `name` stands in it while it is empty. Returns the new words when they changed. In the browser the mirror's native field does the typing.
std::optional<std::string> search_field(Ui& ui, Rect r, std::string_view id, std::string_view name, std::string_view words);
/// The same for a number: without the glass.
std::optional<std::string> number_field(Ui& ui, Rect r, std::string_view id, std::string_view name, std::string_view words);
/// Words that act.
bool text_button(Ui& ui, Rect r, std::string_view id, std::string_view label, Align align = Align::left);
/// A full button: the one thing to do.
bool primary_button(Ui& ui, Rect r, std::string_view id, std::string_view label);
/// Tabs of one bar; returns the tab pressed.
std::optional<std::size_t> tabs(Ui& ui, Rect r, std::string_view group, std::span<const std::string_view> labels, std::size_t selected);

}  // namespace edgewise::widgets
