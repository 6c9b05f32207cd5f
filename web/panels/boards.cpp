#include "web/panels/boards.h"

#include <algorithm>

#include "core/base/text.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

void choose(const Verdict& verdict, std::string& board, std::string& library) {
  if (board == verdict.board->id) return;
  board = verdict.board->id;
  library.clear();
}

void verdict_sign(Ui& ui, Rect r, const Verdict& verdict) {
  const Palette& theme = ui.theme;
  const Colour ink = !verdict.is_known ? theme.secondary : verdict.fits ? theme.text : theme.refused;
  ui.text(r, Style::secondary, ink, verdict.words, Align::right);
  const float x = r.right() - std::min(r.w, text_width(Style::secondary, verdict.words)) - 11;
  if (verdict.is_known) icon(ui, verdict.fits ? Icon::check : Icon::cross, x, r.middle_y(), 10, verdict.fits ? theme.fits : theme.refused);
}

Hit verdict_hit(Ui& ui, Rect r, std::string_view list, const Verdict& verdict, bool is_current, bool is_locked) {
  return ui.hit(r, {.id = text(list, ":", verdict.board->id), .role = Role::radio, .name = std::string(verdict.board->name),
                    .value = text(verdict.is_known ? (verdict.fits ? "fits, " : "does not fit, ") : "", verdict.words), .group = "Boards", .checked = is_current, .disabled = is_locked});
}

}  // namespace

float libraries(Ui& ui, Rect r, const mcu::Board& board, bool is_locked, std::string& library) {
  const Palette& theme = ui.theme;
  const std::string_view usual = mcu::default_library(board).id, now = library.empty() ? usual : std::string_view(library);
  const float height = ui.is_narrow() ? 36.0f : 24.0f, gap = 6;
  float x = r.x, y = r.y;
  for (const mcu::Library& each : mcu::libraries()) {
    if (!mcu::runs_on(each, board)) continue;
    const bool is_current = each.id == now;
    const float width = text_width(is_current ? Style::secondary_bold : Style::secondary, each.id) + 16;
    if (x > r.x && x + width > r.right()) x = r.x, y += height + gap;
    const Rect pill{x, y, width, height};
    x += width + gap;
    const Hit hit = ui.hit(pill, {.id = text("library:", each.id), .role = Role::radio, .name = std::string(each.name), .value = {}, .group = "Kernel library", .checked = is_current, .disabled = is_locked});
    ui.box(pill, is_current ? mixed(theme.panel, theme.accent, 0.22f) : hit.is_hovered ? theme.raised : theme.panel, is_current ? theme.accent : theme.line, 6);
    ui.text(pill, is_current ? Style::secondary_bold : Style::secondary, is_current || hit.is_hovered ? theme.text : theme.secondary, each.id, Align::centre);
    ui.explain(pill, each.name);
    if (hit.is_focused) ui.focus_ring(pill, 6);
    if (hit.was_pressed) library = each.id == usual ? std::string() : std::string(each.id);
  }
  return y + height - r.y;
}

void boards(Ui& ui, Rect r, std::span<const Verdict> verdicts, bool is_locked, std::string& board, std::string& library) {
  const Palette& theme = ui.theme;
  const float row_height = ui.is_narrow() ? 48.0f : 42.0f;
  const auto current = std::find_if(verdicts.begin(), verdicts.end(), [&](const Verdict& v) { return v.board->id == board; });
  if (current != verdicts.end()) {
    Rect head{r.x + 15, r.y + 10, r.w - 30, r.h};
    const Rect label = head.cut_left(58);
    ui.text({label.x, label.y, label.w, ui.is_narrow() ? 36.0f : 24.0f}, Style::secondary, theme.secondary, "kernels");
    r.cut_top(20 + libraries(ui, head, *current->board, is_locked, library));
  }
  ui.horizontal(r.x, r.right(), r.y - ui.hairline(), theme.grid);
  ScrollArea area(ui, "boards", r, static_cast<float>(verdicts.size()) * row_height);
  Rect rows = area.content();
  for (const Verdict& verdict : verdicts) {
    const Rect row = rows.cut_top(row_height);
    const bool is_current = verdict.board->id == board;
    const Hit hit = verdict_hit(ui, row, "boards", verdict, is_current, is_locked);
    if (hit.was_pressed) choose(verdict, board, library);
    if (hit.is_hovered || is_current) ui.fill(row, theme.raised);
    if (is_current) ui.fill({row.x, row.y, 2, row.h}, theme.accent);
    ui.horizontal(row.x, row.right(), row.bottom() - ui.hairline(), theme.grid);
    Rect inside = row.inset(15, 0);
    verdict_sign(ui, inside, verdict);
    inside.w -= text_width(Style::secondary, verdict.words) + 30;
    Rect lines = inside.row(35);
    ui.text(lines.cut_top(18), is_current ? Style::secondary_bold : Style::secondary, theme.text, verdict.board->name);
    const std::string detail = text(verdict.board->core, verdict.board->clock_mhz.value ? text(" · ", fixed(*verdict.board->clock_mhz.value, 0), " MHz") : std::string(),
                                    verdict.board->ram_kib.value ? text(" · ", grouped(static_cast<std::uint64_t>(*verdict.board->ram_kib.value)), " KiB RAM") : std::string());
    ui.text(lines, Style::small, theme.secondary, detail);
    if (hit.is_focused) ui.focus_ring(row.inset(3, 3), 4);
  }
}

void fits(Ui& ui, Rect r, std::span<const Verdict> verdicts, bool is_locked, std::string& board, std::string& library) {
  const Palette& theme = ui.theme;
  ui.horizontal(r.x, r.right(), r.y, theme.line);
  Rect inside = r.inset(15, 0);
  inside.cut_top(10);
  const Rect head = inside.cut_top(18);
  ui.text(head, Style::secondary, theme.secondary, "Fits?");
  ui.text(head, Style::secondary, theme.secondary, text(verdicts.size(), " boards"), Align::right);
  inside.cut_top(6);
  // The present board, and those that say most beside it: the smallest that refuses, the slowest and the fastest that take it.
  constexpr std::string_view telling[] = {"atmega328p", "rp2040", "stm32l4r5", "esp32-s3"};
  std::vector<const Verdict*> rows;
  for (const std::string_view id : telling)
    for (const Verdict& verdict : verdicts)
      if (verdict.board->id == id) rows.push_back(&verdict);
  for (const Verdict& verdict : verdicts) {
    if (rows.size() >= 4) break;
    if (std::find(rows.begin(), rows.end(), &verdict) == rows.end()) rows.push_back(&verdict);
  }
  const bool shows_current = std::any_of(rows.begin(), rows.end(), [&](const Verdict* v) { return v->board->id == board; });
  if (!shows_current)
    for (const Verdict& verdict : verdicts)
      if (verdict.board->id == board && rows.size() > 2) rows[2] = &verdict;
  for (const Verdict* verdict : rows) {
    if (inside.h < 24) break;
    const Rect row = inside.cut_top(24);
    const bool is_current = verdict->board->id == board;
    const Hit hit = verdict_hit(ui, {row.x - 6, row.y, row.w + 12, row.h}, "fits", *verdict, is_current, is_locked);
    if (hit.was_pressed) choose(*verdict, board, library);
    if (hit.is_hovered) ui.fill({row.x - 6, row.y, row.w + 12, row.h}, theme.raised, 4);
    ui.text({row.x, row.y, row.w * 0.55f, row.h}, is_current ? Style::secondary_bold : Style::secondary, theme.text, verdict->board->name);
    verdict_sign(ui, row, *verdict);
  }
}

}  // namespace edgewise::panels
