#include "web/panels/lines.h"

#include <utility>

namespace edgewise::panels {

using namespace widgets;

void ask_why(Ui& ui, Rect r, MirrorItem item, std::string why, View& view) {
  item.role = Role::button;
  const Hit hit = ui.hit(r, std::move(item));
  if (hit.is_hovered) ui.fill(r, ui.theme.raised, 5);
  if (hit.is_focused) ui.focus_ring(r, 5);
  if (!hit.was_pressed) return;
  view.why = std::move(why);
  view.side = Side::why;
}

void error_lines(Ui& ui, Rect& r, std::string_view id, std::string_view sentence) {
  const Palette& theme = ui.theme;
  Rect box = r.cut_top(lines_height(Style::secondary, sentence, r.w - 36) + 14);
  ui.box(box, mixed(theme.panel, theme.refused, 0.08f), mixed(theme.line, theme.refused, 0.6f), 6);
  ui.say(box, {.id = std::string(id), .role = Role::status, .name = std::string(sentence), .value = {}, .group = {}});
  icon(ui, Icon::cross, box.x + 14, box.y + 16, 10, theme.refused);
  box.cut_left(28);
  ui.paragraph({box.x, box.y + 7, box.w - 8, box.h}, Style::secondary, theme.text, sentence, line_height);
  r.cut_top(10);
}

}  // namespace edgewise::panels
