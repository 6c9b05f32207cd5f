#include "web/panels/menus.h"

#include "core/base/text.h"
#include "web/app/examples.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

/// Below the chip, inside the page.
Rect menu_rect(const Ui& ui, Rect chip, float width, float height) {
  const float w = std::min(width, ui.around.width - 16), top = chip.bottom() + 6;
  const float h = std::min(height, ui.around.height - top - 12);
  return {std::clamp(chip.x, 8.0f, ui.around.width - w - 8), top, w, std::max(120.0f, h)};
}

bool pressed_on(Rect chip) { return chip.holds(ImGui::GetIO().MousePos.x, ImGui::GetIO().MousePos.y); }   // the chip closes it itself

}  // namespace

ModelMenuOutcome model_menu(Ui& ui, Rect chip, std::string_view current, bool can_ask, View& view) {
  ModelMenuOutcome outcome;
  const Palette& theme = ui.theme;
  const float row_height = 52;
  Rect box = menu_rect(ui, chip, 380, row_height * static_cast<float>(examples.size()) + 12 + (can_ask ? 72.0f : 52.0f));
  Overlay overlay(ui, "model menu", box);
  Rect inside = box.inset(6, 6);
  for (const Example& example : examples) {
    const Rect row = inside.cut_top(row_height);
    const bool is_current = example.id == current;
    const Hit hit = ui.hit(row, {.id = text("example:", example.id), .role = Role::menu_item, .name = std::string(example.title), .value = std::string(example.about), .group = "Models", .checked = is_current});
    if (hit.is_hovered) ui.fill(row, theme.raised, 5);
    Rect lines = row.inset(10, 0).row(37);
    if (is_current) icon(ui, Icon::check, lines.right() - 6, row.middle_y(), 11, theme.accent);
    lines.w -= 20;
    ui.text(lines.cut_top(19), Style::bold, theme.text, example.title);
    ui.text(lines, Style::small, theme.secondary, example.about);
    if (hit.was_pressed) outcome.example = example.id;
  }
  inside.cut_top(4);
  ui.horizontal(inside.x, inside.right(), inside.y, theme.grid);
  inside.cut_top(6);
  Rect foot = inside.inset(10, 0);
  if (can_ask && text_button(ui, foot.cut_top(26), "open_file", "Choose a file…")) outcome.asks_file = true;
  ui.text(foot.cut_top(20), Style::small, theme.secondary, "or drop a .tflite or .onnx, with its data, anywhere on the page");
  if (outcome.example || outcome.asks_file || (overlay.was_dismissed() && !pressed_on(chip))) view.open_menu.clear();
  return outcome;
}

void board_menu(Ui& ui, Rect chip, std::span<const Verdict> verdicts, std::optional<double> sure_of, bool is_locked, std::string& board, std::string& library, View& view) {
  const Rect box = menu_rect(ui, chip, 440, 600);
  Overlay overlay(ui, "board menu", box);
  const std::string before = board;
  boards(ui, box.inset(1, 4), verdicts, sure_of, is_locked, view.boards, board, library);
  if (board != before || (overlay.was_dismissed() && !pressed_on(chip))) view.open_menu.clear();
}

}  // namespace edgewise::panels
