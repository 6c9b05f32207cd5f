#include "web/panels/boards.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/text.h"
#include "web/app/words.h"

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

/// Where the figures of a row stand: four columns, right-aligned, the widest the band of the latency.
struct Columns {
  Rect core, latency, energy, ram, flash;
};
Columns columns_of(const Ui& ui, Rect line) {   // where it is narrow, the core has no room beside them
  Columns columns;
  columns.flash = line.cut_right(ui.is_narrow() ? 62.0f : 58.0f);
  columns.ram = line.cut_right(ui.is_narrow() ? 66.0f : 54.0f);
  columns.energy = line.cut_right(ui.is_narrow() ? 74.0f : 62.0f);
  columns.latency = ui.is_narrow() ? line : line.cut_right(100);
  columns.core = ui.is_narrow() ? Rect{} : line;
  return columns;
}

/// What a row says at its right: the sign, the word, and the words that a screen reader hears after it.
struct Sign {
  std::string words;
  std::optional<Icon> icon;
  bool is_good = false;
};
Sign sign_of(const Verdict& verdict, double deadline_ms) {
  switch (verdict.fitting) {
    case mcu::Fitting::fits:
      if (deadline_ms <= 0 || meets(verdict, deadline_ms)) return {"fits", Icon::check, true};
      return {verdict.latency_known ? text("fits, may take over ", words::ms(deadline_ms).line()) : std::string("fits, clock unknown"), Icon::cross, false};
    case mcu::Fitting::one_change_away: return {text("one change: ", verdict.change), Icon::undo, true};
    case mcu::Fitting::no: return {text("no: ", verdict.limit), Icon::cross, false};
    case mcu::Fitting::unknown: break;
  }
  return {"memory unknown", {}, false};
}

/// How sure the row is, one hover away.
std::string more_of(const Verdict& verdict) {
  const std::string limit = verdict.limit.empty() ? std::string() : text("As it is, ", verdict.limit, ". ");
  const std::string latency = verdict.latency_known ? text("Latency about ", words::ms(verdict.latency_ms.value).line(), " with ", verdict.library->name, ", ", verdict.basis, ".")
                                                    : std::string("Nobody has published this board's clock.");
  return limit + latency;
}

bool board_row(Ui& ui, Rect row, const Verdict& verdict, double deadline_ms, bool is_current, bool is_locked) {
  const Palette& theme = ui.theme;
  const Sign sign = sign_of(verdict, deadline_ms);
  const std::string latency = verdict.latency_known ? words::ms_band(verdict.latency_ms) : "?", energy = verdict.energy_known ? words::two_digits(verdict.energy_mj.value) : "?";
  const std::string ram = words::kib(verdict.ram_bytes).number, flash = words::kib(verdict.flash_bytes).number;
  const Hit hit = ui.hit(row, {.id = text("boards:", verdict.board->id), .role = Role::radio, .name = std::string(verdict.board->name),
                               .value = text(sign.words, ", latency ", latency, " ms, energy ", energy, " mJ, RAM ", ram, " KiB, flash ", flash, " KiB"), .group = "Boards",
                               .checked = is_current, .disabled = is_locked});
  ui.explain(row, more_of(verdict));
  if (hit.is_hovered || is_current) ui.fill(row, theme.raised);
  if (is_current) ui.fill({row.x, row.y, 2, row.h}, theme.accent);
  ui.horizontal(row.x, row.right(), row.bottom() - ui.hairline(), theme.grid);
  Rect lines = row.inset(15, 0).row(36);
  Rect first = lines.cut_top(19);
  const float name_end = text_width(is_current ? Style::secondary_bold : Style::secondary, verdict.board->name) + 26;
  const Rect words_at{first.x + std::min(name_end, first.w * 0.6f), first.y, first.w - std::min(name_end, first.w * 0.6f), first.h};
  ui.text(words_at, Style::secondary, sign.is_good ? theme.text : sign.icon ? theme.refused : theme.secondary, sign.words, Align::right);
  const float x = words_at.right() - std::min(words_at.w, text_width(Style::secondary, sign.words)) - 11;
  if (sign.icon) icon(ui, *sign.icon, x, words_at.middle_y(), 10, !sign.is_good ? theme.refused : verdict.fitting == mcu::Fitting::fits ? theme.fits : theme.secondary);
  ui.text({first.x, first.y, x - 10 - first.x, first.h}, is_current ? Style::secondary_bold : Style::secondary, theme.text, verdict.board->name);
  const Columns columns = columns_of(ui, lines);
  const Align first_column = ui.is_narrow() ? Align::left : Align::right;
  if (!ui.is_narrow()) ui.text(columns.core, Style::small, theme.secondary, verdict.board->core);
  ui.text(columns.latency, Style::small, verdict.latency_known ? theme.text : theme.secondary, latency, first_column);
  ui.text(columns.energy, Style::small, theme.secondary, energy, Align::right);
  ui.text(columns.ram, Style::small, theme.secondary, ram, Align::right);
  ui.text(columns.flash, Style::small, theme.secondary, flash, Align::right);
  if (hit.is_focused) ui.focus_ring(row.inset(3, 3), 4);
  return hit.was_pressed;
}

/// One name of a column: a press sorts by it.
void head_cell(Ui& ui, Rect r, std::string_view label, std::string_view spoken, BoardOrder order, Align align, BoardOrder& now) {
  const Palette& theme = ui.theme;
  const bool is_current = order == now;
  const Hit hit = ui.hit(r, {.id = text("sort:", spoken), .role = Role::radio, .name = text("Sort by ", spoken), .value = {}, .group = "Sort boards", .checked = is_current});
  const float end = ui.text(r, Style::small, is_current || hit.is_hovered ? theme.text : theme.secondary, label, align);
  if (is_current) ui.fill({align == Align::right ? r.right() - text_width(Style::small, label) : r.x, r.middle_y() + 8, align == Align::right ? text_width(Style::small, label) : end - r.x, 2}, theme.accent);
  if (hit.is_focused) ui.focus_ring(r, 4);
  if (hit.was_pressed) now = order;
}

void table_head(Ui& ui, Rect r, BoardOrder& order) {
  ui.horizontal(r.x, r.right(), r.y, ui.theme.grid);
  ui.horizontal(r.x, r.right(), r.bottom() - ui.hairline(), ui.theme.grid);
  Rect lines = r.inset(15, 0);
  Rect first = lines.cut_top(lines.h / 2);
  head_cell(ui, first.cut_right(60), "verdict", "verdict", BoardOrder::verdict, Align::right, order);
  head_cell(ui, first.cut_left(90), "board", "name", BoardOrder::name, Align::left, order);
  const Columns columns = columns_of(ui, lines);
  if (!ui.is_narrow()) ui.text(columns.core, Style::small, ui.theme.secondary, "core");
  head_cell(ui, columns.latency, "latency, ms", "latency", BoardOrder::latency, ui.is_narrow() ? Align::left : Align::right, order);
  head_cell(ui, columns.energy, "energy, mJ", "energy", BoardOrder::energy, Align::right, order);
  head_cell(ui, columns.ram, "RAM, KiB", "RAM", BoardOrder::ram, Align::right, order);
  head_cell(ui, columns.flash, "flash, KiB", "flash", BoardOrder::flash, Align::right, order);
}

/// Which boards are listed, and the smallest that is quick enough. Cuts what it uses off `r`.
void sieve(Ui& ui, Rect& r, std::span<const Verdict> verdicts, bool is_locked, BoardList& list, std::string& board, std::string& library) {
  constexpr std::array<std::string_view, 6> families{"any core", "Cortex-M", "Xtensa", "RISC-V", "Linux", "other"};   // in the order of enum CoreFamily
  constexpr std::array<std::string_view, 3> filters{"all", "fits", "1 change"}, filter_names{"all", "fits", "one change away"};
  const Palette& theme = ui.theme;
  const float height = ui.is_narrow() ? 40.0f : 24.0f;
  const SegmentedLook quiet{.is_inherited = false, .is_quiet = true, .is_locked = false};
  if (const auto pressed = segmented(ui, r.cut_top(height).inset(15, 0), "board family", "Core", families, families, static_cast<std::size_t>(list.family), quiet))
    list.family = static_cast<CoreFamily>(*pressed);
  r.cut_top(6);
  Rect line = r.cut_top(height).inset(15, 0);
  const Rect filter = ui.is_narrow() ? line : line.cut_left(std::min(172.0f, line.w * 0.46f));
  if (ui.is_narrow()) line = r.cut_top(height).inset(15, 0);
  if (const auto pressed = segmented(ui, filter, "board filter", "Show", filters, filter_names, static_cast<std::size_t>(list.filter), quiet))
    list.filter = static_cast<BoardFilter>(*pressed);
  if (!ui.is_narrow()) line.cut_left(14);
  const double deadline_ms = deadlines_ms[list.deadline];
  const std::string deadline = deadline_ms > 0 ? text("within ", words::two_digits(deadline_ms), " ms") : std::string("no deadline");
  ui.text(line.cut_right(92), Style::small, deadline_ms > 0 ? theme.text : theme.secondary, deadline, Align::right);
  if (const auto moved = slider(ui, line, "deadline", "Deadline", deadline, static_cast<double>(list.deadline), {.lowest = 0, .highest = static_cast<double>(deadlines_ms.size() - 1), .step = 1}, theme.time))
    list.deadline = static_cast<std::size_t>(*moved);
  r.cut_top(6);
  if (deadline_ms <= 0) return;
  Rect answer = r.cut_top(height).inset(15, 0);
  r.cut_top(4);
  const Verdict* smallest = smallest_that_meets(verdicts, deadline_ms);
  if (smallest == nullptr) {
    ui.text(answer, Style::secondary, theme.refused, text("No board here is sure to need at most ", words::two_digits(deadline_ms), " ms."));
    return;
  }
  const std::string_view lead = "smallest in time: ";
  ui.text(answer.cut_left(text_width(Style::secondary, lead) + 2), Style::secondary, theme.secondary, lead);
  const std::string label = text(smallest->board->name, ", ", words::ms_band(smallest->latency_ms), " ms");
  if (is_locked) ui.text(answer, Style::secondary, theme.text, label);
  else if (text_button(ui, answer, "smallest board", label)) choose(*smallest, board, library);
  ui.explain(answer, "The least RAM, then the least flash, of the boards where the model fits and even the high end of the band is within the deadline.");
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

void boards(Ui& ui, Rect r, std::span<const Verdict> verdicts, bool is_locked, BoardList& list, std::string& board, std::string& library) {
  const auto current = std::find_if(verdicts.begin(), verdicts.end(), [&](const Verdict& v) { return v.board->id == board; });
  if (current != verdicts.end()) {
    Rect head{r.x + 15, r.y + 10, r.w - 30, r.h};
    const Rect label = head.cut_left(58);
    ui.text({label.x, label.y, label.w, ui.is_narrow() ? 36.0f : 24.0f}, Style::secondary, ui.theme.secondary, "kernels");
    r.cut_top(18 + libraries(ui, head, *current->board, is_locked, library));
  }
  const double deadline_ms = deadlines_ms[list.deadline];
  sieve(ui, r, verdicts, is_locked, list, board, library);
  const std::vector<Verdict> shown = listed({verdicts.begin(), verdicts.end()}, list.order, list.filter, list.family);
  table_head(ui, r.cut_top(ui.is_narrow() ? 64.0f : 40.0f), list.order);
  const float row_height = ui.is_narrow() ? 50.0f : 44.0f;
  ScrollArea area(ui, "boards", r, std::max(row_height, static_cast<float>(shown.size()) * row_height));
  Rect rows = area.content();
  if (shown.empty()) ui.text(rows.cut_top(row_height).inset(15, 0), Style::secondary, ui.theme.secondary, "none of the boards here");
  for (const Verdict& verdict : shown) {
    const Rect row = rows.cut_top(row_height);
    const bool is_current = verdict.board->id == board;
    if (board_row(ui, row, verdict, deadline_ms, is_current, is_locked)) choose(verdict, board, library);
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
