#include "web/panels/goal.h"

#include <algorithm>

#include "web/widgets/icons.h"

namespace edgewise::panels {

using namespace widgets;

float goal(Ui& ui, Rect r, std::span<const labs::Judged> judged) {
  constexpr float line_height = 18, gap = 8;
  const Palette& theme = ui.theme;
  const bool is_reached = std::ranges::all_of(judged, &labs::Judged::is_met);
  const Colour hue = is_reached ? theme.fits : theme.accent;
  const std::string words = labs::sentence(judged);
  Rect box = r.cut_top(14 + line_height * static_cast<float>(wrap_text(Style::body, words, r.w - 48).size()));
  ui.box(box, mixed(theme.panel, hue, 0.08f), mixed(theme.line, hue, 0.5f), 6);
  if (is_reached) icon(ui, Icon::check, box.x + 18, box.y + 16, 12, hue);
  else ui.draw().AddCircle({box.x + 18, box.y + 16}, 5, hue, 20, 1.5f);
  ui.paragraph({box.x + 36, box.y + 7, r.w - 48, box.h}, Style::body, theme.text, words, line_height);
  ui.say(box, {.id = "goal", .role = Role::status, .name = words, .value = {}, .group = {}});
  return box.h + gap;
}

}  // namespace edgewise::panels
