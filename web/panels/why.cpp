#include "web/panels/why.h"

#include <array>

#include "core/base/text.h"
#include "web/panels/validation.h"

namespace edgewise::panels {

using namespace widgets;

Rect why_tabs(Ui& ui, Rect r, View& view) {
  Rect inside = r.inset(15, 12);
  constexpr std::array<std::string_view, 4> names{"accuracy", "flash and RAM", "latency", "which layer?"}, ids{"accuracy", "flash", "latency", which_layer};
  std::array<std::string_view, 4> labels = names;
  if (ui.is_narrow()) labels[1] = "flash";   // a quarter of a phone's width
  std::size_t selected = names.size();
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (view.why == ids[i] || (view.why.empty() && i == 0)) selected = i;
  const auto pressed = segmented(ui, inside.cut_top(ui.is_narrow() ? 44.0f : 26.0f), "why", "Why", labels, names, selected, {.is_inherited = false, .is_quiet = true, .is_locked = false});
  if (pressed) view.why = ids[*pressed];
  inside.cut_top(14);
  return inside;
}

void why(Ui& ui, Rect inside, const Explanation& explanation, View& view) {
  const Palette& theme = ui.theme;
  Rect head = inside.cut_top(22);
  if (view.why == "latency" || view.why.ends_with("/time")) {
    Rect below = ui.is_narrow() ? inside.cut_top(44) : Rect{};
    if (how_wrong(ui, ui.is_narrow() ? below : head)) view.asks_how_wrong = true;
  }
  ui.runs(head, {{explanation.title, Style::bold, theme.text}, {"   ", Style::body, theme.text}, {explanation.figure, Style::body, theme.secondary}});
  inside.cut_top(6);
  constexpr float line_height = 18, part = 8;
  const float width = inside.w - 12;
  const auto lines_of = [&](const std::string& line) { return wrap_text(Style::secondary, line, width); };
  float height = 0;
  std::string said;
  for (const std::string& line : explanation.lines) {
    height += line.empty() ? part : line_height * static_cast<float>(lines_of(line).size());
    said += text(said.empty() ? "" : " ", line);
  }
  ui.say(inside, {.id = "why:text", .role = Role::text, .name = explanation.title, .value = text(explanation.figure, ". ", said), .group = {}});
  ScrollArea area(ui, "why lines", inside, height + 8);
  Rect rest = area.content();
  for (const std::string& line : explanation.lines) {
    if (line.empty()) { rest.cut_top(part); continue; }
    for (const std::string_view piece : lines_of(line)) ui.text(rest.cut_top(line_height), Style::secondary, theme.text, piece);
  }
}

}  // namespace edgewise::panels
