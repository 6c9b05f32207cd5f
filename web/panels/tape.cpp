#include "web/panels/tape.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/text.h"
#include "web/panels/lab_picture.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

constexpr float padding = 16, gutter = 38, line_height = 18, head_height = 26, title_height = 24, bars_height = 56, table_row = 18, below = 14;
constexpr std::size_t most_rows = 256;   // of a table; the command line has all

bool is_open(const labs::Stage& stage, std::string_view open) { return stage.key == open; }

std::string depth_of(const labs::Stage& stage) { return text(stage.formula, ". ", stage.about); }

float paragraph_height(Style style, std::string_view words, float width) { return words.empty() ? 0 : line_height * static_cast<float>(wrap_text(style, words, width).size()); }

float table_height(const labs::Table& table) {
  if (table.rows.empty()) return 0;
  return 8 + table_row * static_cast<float>(std::min(table.rows.size(), most_rows) + 1 + (table.rows.size() > most_rows ? 1 : 0));
}

/// Beside its title; where both have no room, below it.
bool is_beside(const labs::Stage& stage, float width) { return text_width(Style::bold, stage.title) + text_width(Style::title, stage.result) + 20 <= width; }

float stage_height(const Ui& ui, const labs::Stage& stage, bool opened, float width) {
  const float inside = width - gutter;
  float height = std::max(title_height, ui.is_narrow() || ui.around.is_touch ? 44.0f : title_height) + paragraph_height(Style::secondary, stage.numbers, inside) + below;
  if (!is_beside(stage, inside)) height += title_height;
  if (!stage.bars.empty()) height += bars_height + 8;
  if (opened) height += 16 + paragraph_height(Style::secondary, stage.formula, inside - 24) + paragraph_height(Style::secondary, stage.about, inside - 24) + table_height(stage.table);
  return height;
}

/// What each product adds, above and below a line. The one under the pointer says its row.
void bars(Ui& ui, Rect r, const labs::Stage& stage) {
  const Palette& theme = ui.theme;
  double largest = 0;
  for (const double value : stage.bars) largest = std::max(largest, std::fabs(value));
  const auto n = static_cast<float>(stage.bars.size());
  const float each = r.w / n, gap = each >= 4 ? 1.0f : 0.0f, middle = ui.snap(r.middle_y()), reach = r.h / 2 - 2;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  std::optional<std::size_t> under;
  if (ImGui::IsWindowHovered() && r.holds(mouse.x, mouse.y)) under = std::min(stage.bars.size() - 1, static_cast<std::size_t>((mouse.x - r.x) / each));
  for (std::size_t i = 0; i < stage.bars.size(); ++i) {
    const double value = stage.bars[i];
    if (value == 0 || largest == 0) continue;
    const float length = std::max(ui.hairline(), reach * static_cast<float>(std::fabs(value) / largest)), x = r.x + each * static_cast<float>(i);
    const Colour colour = mixed(theme.panel, theme.accent, under == i ? 1.0f : 0.62f);
    ui.fill({x, value > 0 ? middle - length : middle, std::max(ui.hairline(), std::min(each - gap, 26.0f)), length}, colour);
  }
  ui.horizontal(r.x, r.right(), middle, theme.line);
  if (!under) return;
  std::string said;
  for (std::size_t c = 0; c < stage.table.header.size(); ++c)
    if (c > 0) said += text(c == 1 ? "" : ", ", stage.table.header[c], " ", stage.table.rows[*under][c]);
  ui.explain({r.x + each * static_cast<float>(*under), r.y, each, r.h}, text("Product ", *under + 1, ": ", said));
}

void numbers_table(Ui& ui, Rect r, const labs::Table& table) {
  const Palette& theme = ui.theme;
  const float column = r.w / (static_cast<float>(table.header.size()) - 0.5f);   // the first one numbers the rows: half is enough
  const auto line = [&](const std::vector<std::string>& cells, Style style, Colour colour) {
    Rect row = r.cut_top(table_row);
    for (std::size_t c = 0; c < cells.size(); ++c) {
      Rect cell = row.cut_left(c == 0 ? column / 2 : column);
      cell.cut_right(4);
      ui.text(cell, style, c == 0 ? theme.secondary : colour, cells[c], Align::right);
    }
  };
  const auto shown = std::min(table.rows.size(), most_rows);
  std::string said;
  for (std::size_t i = 0; i < shown; ++i)
    for (std::size_t c = 0; c < table.header.size(); ++c) said += text(c == 0 ? "" : ", ", table.header[c], c == 0 ? "" : " ", table.rows[i][c], c + 1 == table.header.size() ? ". " : "");
  ui.say(r, {.id = text("stage table:", table.title), .role = Role::text, .name = table.title, .value = std::move(said), .group = {}});
  line(table.header, Style::small, theme.secondary);
  ui.horizontal(r.x, r.right(), r.y - ui.hairline(), theme.line);
  for (std::size_t i = 0; i < shown; ++i) line(table.rows[i], ui.is_narrow() ? Style::small : Style::secondary, theme.text);
  if (shown < table.rows.size()) ui.text(r.cut_top(table_row), Style::small, theme.secondary, text("and ", table.rows.size() - shown, " more, in `edgewise lab`"));
}

void draw_stage(Ui& ui, Rect r, const labs::Stage& stage, std::size_t index, bool is_last, std::string& open) {
  const Palette& theme = ui.theme;
  const bool opened = is_open(stage, open);
  const Colour ink = stage.tone == labs::Tone::plain ? theme.accent : tone_colour(theme, stage.tone);
  const float head = ui.is_narrow() || ui.around.is_touch ? 44.0f : title_height;
  Rect side = r.cut_left(gutter);
  const Rect title = r.cut_top(head);
  const Hit hit = ui.hit({side.x, title.y, side.w + title.w, head}, {.id = text("stage:", stage.key), .role = Role::button, .name = text(index + 1, ". ", stage.title, ": ", stage.result),
                          .value = opened ? text(stage.numbers, ". ", depth_of(stage)) : stage.numbers, .group = "Step by step", .checked = opened});
  if (hit.is_hovered) ui.fill({side.x - 6, title.y, side.w + title.w + 12, head}, theme.raised, 6);
  const float x = side.x + 12, y = title.middle_y();
  if (!is_last) ui.vertical(x, y + 12, r.bottom() + head / 2 - 12, theme.line);
  ui.draw().AddCircleFilled({x, y}, 11, mixed(theme.panel, ink, 0.16f), 28);
  ui.draw().AddCircle({x, y}, 11, ink, 28, 1.2f);
  ui.text({x - 11, y - 11, 22, 22}, Style::secondary_bold, ink, text(index + 1), Align::centre);
  const Colour result_ink = stage.tone == labs::Tone::plain ? theme.text : ink;
  ui.text(title, Style::bold, theme.text, stage.title);
  if (is_beside(stage, title.w)) ui.text(title, Style::title, result_ink, stage.result, Align::right);
  else ui.text(r.cut_top(title_height), text_width(Style::title, stage.result) <= r.w ? Style::title : Style::secondary_bold, result_ink, stage.result);
  if (hit.is_focused) ui.focus_ring({side.x - 4, title.y, side.w + title.w + 8, head}, 6);
  r.cut_top(ui.paragraph(r, Style::secondary, theme.secondary, stage.numbers, line_height));
  if (!stage.bars.empty()) {
    r.cut_top(4);
    bars(ui, r.cut_top(bars_height), stage);
    r.cut_top(4);
  }
  if (opened) {
    Rect depth = r.cut_top(r.h - below);
    depth.cut_top(4);
    ui.fill(depth, theme.raised, 6);
    depth = depth.inset(12, 6);
    depth.cut_top(ui.paragraph(depth, Style::secondary, theme.text, stage.formula, line_height));
    depth.cut_top(ui.paragraph(depth, Style::secondary, theme.secondary, stage.about, line_height));
    if (!stage.table.rows.empty()) {
      depth.cut_top(8);
      numbers_table(ui, depth, stage.table);
    }
  }
  if (hit.was_pressed) open = opened ? std::string() : stage.key;
}

}  // namespace

float tape_height(const Ui& ui, std::span<const labs::Stage> stages, std::string_view open, float width) {
  if (stages.empty()) return 0;
  float height = 2 * padding + head_height + 4 - below;
  for (const labs::Stage& stage : stages) height += stage_height(ui, stage, is_open(stage, open), width - 2 * padding);
  return height;
}

void tape(Ui& ui, Rect r, std::span<const labs::Stage> stages, std::string& open) {
  ui.box(r, ui.theme.panel, ui.theme.line, 8);
  Rect inside = r.inset(padding, padding);
  inside.h += below;   // the last stage ends where the box does
  ui.runs(inside.cut_top(head_height), {{"Step by step", Style::secondary_bold, ui.theme.text}, {"   press one to see every number", Style::small, ui.theme.secondary}});
  inside.cut_top(4);
  for (std::size_t i = 0; i < stages.size(); ++i)
    draw_stage(ui, inside.cut_top(stage_height(ui, stages[i], is_open(stages[i], open), inside.w)), stages[i], i, i + 1 == stages.size(), open);
}

}  // namespace edgewise::panels
