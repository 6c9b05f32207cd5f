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
Sign sign_of(const Verdict& verdict, const Needs& needs) {
  switch (verdict.fitting) {
    case mcu::Fitting::fits: {
      const std::string lacks = shortfall(verdict, needs);
      if (!lacks.empty()) return {text("fits, ", lacks), Icon::cross, false};
      if (needs.life_days <= 0) return {"fits", Icon::check, true};
      return {text("fits, lasts ", words::days(life_of(verdict, *needs.battery, needs.period_s)->days.value)), Icon::check, true};
    }
    case mcu::Fitting::one_change_away: return {text("one change: ", verdict.change), Icon::undo, true};
    case mcu::Fitting::no: return {text("no: ", verdict.limit), Icon::cross, false};
    case mcu::Fitting::unknown: break;
  }
  return {"memory unknown", {}, false};
}

/// How sure the row is, one hover away.
std::string more_of(const Verdict& verdict, const Needs& needs) {
  const std::string limit = verdict.limit.empty() ? std::string() : text("As it is, ", verdict.limit, ". ");
  const std::string latency = verdict.latency_known ? text("Latency about ", words::ms(verdict.latency_ms.value).line(), " with ", verdict.library->name, ", ", verdict.basis, ".")
                                                    : std::string("Nobody has published this board's clock.");
  const mcu::Figure& price = verdict.board->price_usd;
  const std::string priced = price.value ? text(" About $", words::two_digits(*price.value), ": ", price.source, ".") : std::string(" No published price.");
  if (needs.life_days <= 0) return limit + latency + priced;
  const std::optional<mcu::BatteryLife> life = life_of(verdict, *needs.battery, needs.period_s);
  if (!life) return text(limit, latency, " Nobody has published its power while it computes.");
  const std::string asleep = life->sleep_known ? text("asleep ", words::two_digits(*verdict.board->sleep_ua.value), " µA (", verdict.board->sleep_ua.source, ")")
                                               : std::string("what it takes asleep is not published and counted as nothing");
  const std::string low = words::days(life->days.low), high = words::days(life->days.high);
  return text(limit, latency, " With an answer every ", words::seconds(needs.period_s), " the battery lasts ", low == high ? low : text(low, " to ", high), ": ", asleep,
              ". Waking up, the regulator, sensors and radio are not counted.");
}

bool board_row(Ui& ui, Rect row, const Verdict& verdict, const Needs& needs, bool is_current, bool is_locked) {
  const Palette& theme = ui.theme;
  const Sign sign = sign_of(verdict, needs);
  const std::string latency = verdict.latency_known ? text(verdict.is_guess ? "? " : "", words::ms_band(verdict.latency_ms)) : "?", energy = verdict.energy_known ? words::two_digits(verdict.energy_mj.value) : "?";
  const std::string ram = words::kib(verdict.ram_bytes).number, flash = words::kib(verdict.flash_bytes).number;
  const Hit hit = ui.hit(row, {.id = text("boards:", verdict.board->id), .role = Role::radio, .name = std::string(verdict.board->name),
                               .value = text(sign.words, ", latency ", latency, " ms, energy ", energy, " mJ, RAM ", ram, " KiB, flash ", flash, " KiB"), .group = "Boards",
                               .checked = is_current, .disabled = is_locked});
  ui.explain(row, more_of(verdict, needs));
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

float line_height(const Ui& ui) { return ui.is_narrow() ? 40.0f : 24.0f; }
constexpr SegmentedLook quiet{.is_inherited = false, .is_quiet = true, .is_locked = false};

/// A line of the sieve: something at its left where the page is wide, above where it is narrow.
struct Line {
  Rect left, rest;
};
Line next_line(const Ui& ui, Rect& r, float left) {
  Line line{r.cut_top(line_height(ui)).inset(15, 0), {}};
  if (ui.is_narrow()) line.rest = r.cut_top(line_height(ui)).inset(15, 0);
  else line.rest = line.left, line.left = line.rest.cut_left(left), line.rest.cut_left(14);
  r.cut_top(6);
  return line;
}

/// A slider over round steps; `said` is what it stands at.
template <std::size_t count>
void steps(Ui& ui, Rect r, std::string_view id, std::string_view name, const std::array<double, count>& steps, const std::string& said, bool is_asked, Colour colour, std::size_t& at) {
  ui.text(r.cut_right(92), Style::small, is_asked ? ui.theme.text : ui.theme.secondary, said, Align::right);
  if (const auto moved = slider(ui, r, id, name, said, static_cast<double>(at), {.lowest = 0, .highest = static_cast<double>(steps.size() - 1), .step = 1}, colour)) at = static_cast<std::size_t>(*moved);
}

/// What is asked of the device beside a deadline: how long a battery lasts, how sure the answers are.
void more_needs(Ui& ui, Rect& r, float left, BoardList& list) {
  const Palette& theme = ui.theme;
  const double life = lives_days[list.life], least = least_scores[list.least_score];
  Line line = next_line(ui, r, left);
  ui.text(line.left, Style::secondary, theme.secondary, "battery lasts");
  steps(ui, line.rest, "battery life", "Battery life", lives_days, std::string(life_names[list.life]), life > 0, theme.time, list.life);
  if (life > 0) {
    std::vector<std::string_view> names;
    for (const mcu::Battery& battery : mcu::batteries()) names.push_back(battery.name);
    constexpr std::array<std::string_view, 3> labels{"coin", "2 AA", "LiPo"};   // in the order of mcu::batteries()
    line = next_line(ui, r, left);
    if (const auto pressed = segmented(ui, line.left, "battery", "Battery", labels, names, list.battery, quiet)) list.battery = *pressed;
    ui.explain(line.left, text(mcu::batteries()[list.battery].name, ": ", mcu::batteries()[list.battery].source, "."));
    steps(ui, line.rest, "period", "An answer every", periods_s, text("every ", words::seconds(periods_s[list.period])), true, theme.time, list.period);
  }
  line = next_line(ui, r, left);
  ui.text(line.left, Style::secondary, theme.secondary, "accuracy, low end");
  steps(ui, line.rest, "least score", "Least score", least_scores, least > 0 ? text("over ", fixed(100 * least, 0), " %") : std::string("any"), least > 0, theme.accent, list.least_score);
}

/// The smallest board that does what is asked, or why there is none.
void answer(Ui& ui, Rect r, std::span<const Verdict> verdicts, std::optional<double> sure_of, bool is_locked, const BoardList& list, const Needs& needs, std::string& board, std::string& library) {
  const Palette& theme = ui.theme;
  const double least = list.shows_more_needs ? least_scores[list.least_score] : 0;
  if (least > 0 && (!sure_of || *sure_of < least)) {
    const std::string now = sure_of ? text("This recipe is sure of ", words::percent(*sure_of), " %") : std::string("This model's score is not a share");
    ui.text(r, Style::secondary, theme.refused, sure_of ? text(now, ", no board makes that ", fixed(100 * least, 0), ".") : text(now, " of right answers."));
    ui.explain(r, "The low end of the score's 95 % interval counts. More bits, less pruning or fine-tuning raise it.");
    return;
  }
  const Verdict* smallest = smallest_that_meets(verdicts, needs);
  if (smallest == nullptr) {
    ui.text(r, Style::secondary, theme.refused, needs.any() ? "No board here is sure to do that." : "It fits none of the boards here.");
    return;
  }
  const std::string_view lead = "smallest: ";
  ui.text(r.cut_left(text_width(Style::secondary, lead) + 2), Style::secondary, theme.secondary, lead);
  const std::string label = text(smallest->board->name, ", ", needs.life_days > 0 ? words::days(life_of(*smallest, *needs.battery, needs.period_s)->days.value) : words::ms_band(smallest->latency_ms) + " ms");
  if (is_locked) ui.text(r, Style::secondary, theme.text, label);
  else if (text_button(ui, r, "smallest board", label)) choose(*smallest, board, library);
  ui.explain(r, "The least RAM, then the least flash, of the boards where the model fits and even the unkind end of each band is enough.");
}

/// Which boards are listed, what they must do, and the smallest that does it. Cuts what it uses off `r`.
void sieve(Ui& ui, Rect& r, std::span<const Verdict> verdicts, std::optional<double> sure_of, bool is_locked, BoardList& list, std::string& board, std::string& library) {
  constexpr std::array<std::string_view, 6> families{"any core", "Cortex-M", "Xtensa", "RISC-V", "Linux", "other"};   // in the order of enum CoreFamily
  constexpr std::array<std::string_view, 3> filters{"all", "fits", "1 change"}, filter_names{"all", "fits", "one change away"};
  const float left = std::min(172.0f, (r.w - 30) * 0.46f);
  if (const auto pressed = segmented(ui, r.cut_top(line_height(ui)).inset(15, 0), "board family", "Core", families, families, static_cast<std::size_t>(list.family), quiet))
    list.family = static_cast<CoreFamily>(*pressed);
  r.cut_top(6);
  const Line line = next_line(ui, r, left);
  if (const auto pressed = segmented(ui, line.left, "board filter", "Show", filters, filter_names, static_cast<std::size_t>(list.filter), quiet))
    list.filter = static_cast<BoardFilter>(*pressed);
  const double deadline_ms = deadlines_ms[list.deadline];
  steps(ui, line.rest, "deadline", "Deadline", deadlines_ms, deadline_ms > 0 ? text("within ", words::two_digits(deadline_ms), " ms") : std::string("no deadline"), deadline_ms > 0, ui.theme.time, list.deadline);
  if (list.shows_more_needs) more_needs(ui, r, left, list);
  else if (text_button(ui, r.cut_top(line_height(ui)).inset(15, 0), "more needs", "and a battery life, an accuracy")) list.shows_more_needs = true;
  const Needs needs = needs_of(list);
  const bool has_answer = needs.any() || (list.shows_more_needs && list.least_score > 0);
  if (!has_answer && !list.shows_more_needs) return;
  Rect last = r.cut_top(line_height(ui)).inset(15, 0);
  if (list.shows_more_needs && text_button(ui, last.cut_right(40), "fewer needs", "less", Align::right)) list.shows_more_needs = false;
  if (has_answer) answer(ui, last, verdicts, sure_of, is_locked, list, needs, board, library);
  r.cut_top(4);
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

void boards(Ui& ui, Rect r, std::span<const Verdict> verdicts, std::optional<double> sure_of, bool is_locked, BoardList& list, std::string& board, std::string& library) {
  const auto current = std::find_if(verdicts.begin(), verdicts.end(), [&](const Verdict& v) { return v.board->id == board; });
  if (list.shows_more_needs) {   // then it is about all boards
    r.cut_top(10);
  } else if (current != verdicts.end()) {
    Rect head{r.x + 15, r.y + 10, r.w - 30, r.h};
    const Rect label = head.cut_left(58);
    ui.text({label.x, label.y, label.w, ui.is_narrow() ? 36.0f : 24.0f}, Style::secondary, ui.theme.secondary, "kernels");
    r.cut_top(18 + libraries(ui, head, *current->board, is_locked, library));
  }
  sieve(ui, r, verdicts, sure_of, is_locked, list, board, library);
  const Needs needs = needs_of(list);
  std::vector<Verdict> shown = listed({verdicts.begin(), verdicts.end()}, list.order, list.filter, list.family);
  if (list.order == BoardOrder::verdict && needs.any())   // what does all that is asked comes first
    std::stable_partition(shown.begin(), shown.end(), [&](const Verdict& verdict) { return verdict.fitting == mcu::Fitting::fits && shortfall(verdict, needs).empty(); });
  table_head(ui, r.cut_top(ui.is_narrow() ? 64.0f : 40.0f), list.order);
  const float row_height = ui.is_narrow() ? 50.0f : 44.0f;
  ScrollArea area(ui, "boards", r, std::max(row_height, static_cast<float>(shown.size()) * row_height));
  Rect rows = area.content();
  if (shown.empty()) ui.text(rows.cut_top(row_height).inset(15, 0), Style::secondary, ui.theme.secondary, "none of the boards here");
  for (const Verdict& verdict : shown) {
    const Rect row = rows.cut_top(row_height);
    const bool is_current = verdict.board->id == board;
    if (board_row(ui, row, verdict, needs, is_current, is_locked)) choose(verdict, board, library);
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
