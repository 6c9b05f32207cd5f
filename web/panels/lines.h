// Sentences in a panel: as many lines as they need, taken off the top of what is left.
#pragma once

#include <string>
#include <string_view>

#include "web/app/app.h"
#include "web/widgets/icons.h"
#include "web/widgets/ui.h"

namespace edgewise::panels {

constexpr float line_height = 18;

inline float lines_height(widgets::Style style, std::string_view words, float width) {
  return line_height * static_cast<float>(widgets::wrap_text(style, words, width).size());
}

/// Takes the lines that the words need off the top of `r`.
inline void say_lines(widgets::Ui& ui, widgets::Rect& r, widgets::Style style, widgets::Colour colour, std::string_view words) {
  ui.paragraph(r.cut_top(lines_height(style, words, r.w)), style, colour, words, line_height);
}

/// A figure, or several, that say how they are known: lit under the pointer; what stands there is drawn afterwards. When pressed, "Why?" is opened at `why`.
void ask_why(widgets::Ui& ui, widgets::Rect r, widgets::MirrorItem item, std::string why, View& view);

/// What went wrong, in a box of its own; `id` is its name in the mirror.
void error_lines(widgets::Ui& ui, widgets::Rect& r, std::string_view id, std::string_view sentence);

}  // namespace edgewise::panels
