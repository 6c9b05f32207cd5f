#include "web/panels/validation.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "web/app/words.h"
#include "web/widgets/decade_plot.h"

namespace edgewise::panels {

using namespace widgets;
using report::LeftOutRow;

namespace {

constexpr float widest = 1240, gap = 12, padding = 14, line_height = 18;
constexpr std::size_t few_groups = 8, few_rows = 10;
constexpr std::string_view title = "How wrong is the latency?";
constexpr std::string_view introduction =
    "Published measurements against what the model says of them when all records of their chip are left out of the fit: what to expect on a board that nobody has measured. "
    "Each mark is a record; on the diagonal it was foreseen exactly, in the strip within a factor of 1.2. The same data and the same code make the constants of the model (edgewise fit).";
/// What the coverage is worth.
constexpr std::string_view footnote =
    "Errors are |foreseen / published − 1|. The widths of the bands were set so that 9 of 10 of these records lie inside, for each kind of case that has at least 20 of them: the coverage shows that they do, not "
    "that others will. A record that may be off by more than a factor of 1.75 either way is refused: nothing near enough was measured. Where no clock was published, cycles are shown as at 1 MHz. Sources, with "
    "repository and commit: assets/boards/SOURCES.md.";

using Rows = std::vector<const LeftOutRow*>;

bool is_of(const LeftOutRow& row, ValidationView::Records records) {
  return records == ValidationView::Records::all || row.is_benchmark() == (records == ValidationView::Records::benchmark);
}

/// Records of a core and a library; an empty name is any.
Rows rows_of(const std::vector<LeftOutRow>& all, ValidationView::Records records, std::string_view core, std::string_view library) {
  Rows rows;
  for (const LeftOutRow& row : all)
    if (is_of(row, records) && (core.empty() || row.core == core) && (library.empty() || row.library == library)) rows.push_back(&row);
  return rows;
}

/// 12 %, 1.5 %, 1,306 %.
std::string percent(double share) { return words::two_digits(share * 100) == "0" ? "0" : share < 0.0995 ? fixed(share * 100, 1) : grouped(static_cast<std::uint64_t>(std::llround(share * 100))); }

std::string summary(const Rows& rows) {
  const report::Spread s = report::spread_of(rows);
  const std::size_t refused = rows.size() - s.count;
  if (rows.empty()) return "No record is of this core and this library.";
  if (s.count == 0) return text("All ", rows.size(), " are refused: they may be off by more than a factor of ", mcu::worst_useful_factor(rows.front()->is_benchmark()), " either way.");
  return text("Half of ", s.count, " within ", percent(s.median), " %, nine of ten within ", percent(s.p90), " %, the worst ", percent(s.worst), " % off; ", percent(s.coverage), " % lie in their band.",
              refused > 0 ? text(" ", refused, " more are refused.") : std::string());
}

/// "x-cube-ai 10.2"; a version that begins with the library's name says it all: "HALE 1.0.175".
std::string library_of(const LeftOutRow& row) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  const bool is_named = row.version.size() >= row.library.size() && std::equal(row.library.begin(), row.library.end(), row.version.begin(), [&](char a, char b) { return lower(a) == lower(b); });
  return is_named ? row.version : row.version.empty() ? row.library : text(row.library, ' ', row.version);
}

/// "STM32U575 · x-cube-ai 10.2 · kws"; int8 goes without saying.
std::string name_of(const LeftOutRow& row) {
  return text(row.chip, " · ", library_of(row), " · ", row.task, row.type == "int8" ? "" : " · ", row.type == "int8" ? std::string_view() : std::string_view(row.type));
}

std::string short_line(const LeftOutRow& row) {
  return text(name_of(row), ": published ", words::two_digits(row.published_ms), " ms, foreseen ", words::two_digits(row.predicted_ms), " ms, ",
              words::two_digits(row.low_ms), " to ", words::two_digits(row.high_ms), row.is_refused() ? ", refused" : row.is_inside() ? "" : ", outside its band");
}

/// Foreseen over published: "×1.31".
std::string factor_text(const LeftOutRow& row) { return text("×", fixed(row.factor(), 2)); }

DecadeMark mark_of(const LeftOutRow& row) { return row.is_refused() ? DecadeMark::ring : row.is_inside() ? DecadeMark::dot : DecadeMark::cross; }

void legend(Ui& ui, Rect r) {
  constexpr std::array<std::pair<DecadeMark, std::string_view>, 3> marks{{{DecadeMark::dot, "in its band"}, {DecadeMark::cross, "outside"}, {DecadeMark::ring, "refused"}}};
  for (const auto& [mark, name] : marks) {
    const float width = text_width(Style::small, name);
    Rect item = r.cut_left(width + 30);
    decade_mark(ui, item.x + 5, item.middle_y(), mark, 3.5f);
    item.cut_left(14);
    ui.text(item, Style::small, ui.theme.secondary, name);
  }
}

void draw_scatter(Ui& ui, Rect r, const std::vector<LeftOutRow>& all, const Rows& shown, const LeftOutRow* selected, ValidationView& view) {
  ui.box(r, ui.theme.panel, ui.theme.line, 8);
  Rect inside = r.inset(padding, padding);
  legend(ui, inside.cut_top(20));
  inside.cut_top(4);
  Rows sorted = shown;
  std::stable_sort(sorted.begin(), sorted.end(), [](const LeftOutRow* a, const LeftOutRow* b) { return a->published_ms < b->published_ms; });
  DecadePlot plot{.id = "validation:records", .name = "Records by published latency", .x_label = "published latency, ms", .y_label = "foreseen, ms", .points = {}, .selected = {}};
  double least = 1e300, most = 0;
  for (const LeftOutRow& row : all)   // of all kinds of records shown, whatever the filter: the axes stay when it is turned
    if (is_of(row, view.records)) least = std::min({least, row.published_ms, row.predicted_ms}), most = std::max({most, row.published_ms, row.predicted_ms});
  if (most > 0) plot.low = static_cast<int>(std::floor(std::log10(least))), plot.high = static_cast<int>(std::ceil(std::log10(most)));
  std::vector<DecadePoint> points;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const LeftOutRow& row = *sorted[i];
    points.push_back({row.published_ms, row.predicted_ms, row.low_ms, row.high_ms, mark_of(row), short_line(row)});
    if (&row == selected) plot.selected = i;
  }
  plot.points = points;
  if (const auto pressed = decade_plot(ui, inside, plot)) view.row = sorted[*pressed]->id;
}

// ---- the record that was pressed -----------------------------------------------------------------------------------------------------------------------------

struct Explained {
  std::string head, figures, why, source;
};
Explained explained(const LeftOutRow& row, const std::vector<LeftOutRow>& all) {
  return {name_of(row),
          text("published ", words::two_digits(row.published_ms), " ms, foreseen ", words::two_digits(row.predicted_ms), " ms (", words::two_digits(row.low_ms), " to ", words::two_digits(row.high_ms), "): ",
               factor_text(row), ", ", row.is_refused() ? "refused, as the band is too wide to be of use" : row.is_inside() ? "inside its band" : "outside its band"),
          report::why_off(row, all), text(row.id, "; ", row.source)};
}

float explained_height(const Explained& e, float width) {
  const float inner = width - 2 * padding;
  float height = 2 * padding + 24 + 12;
  for (const std::string* part : {&e.figures, &e.why, &e.source}) height += line_height * static_cast<float>(wrap_text(Style::secondary, *part, inner).size());
  return height;
}

void draw_explained(Ui& ui, Rect r, const Explained& e) {
  ui.box(r, ui.theme.panel, ui.theme.line, 8);
  ui.say(r, {.id = "validation:record", .role = Role::status, .name = e.head, .value = text(e.head, ": ", e.figures, ". ", e.why, " ", e.source), .group = {}});
  Rect inside = r.inset(padding, padding);
  ui.text(inside.cut_top(24), Style::bold, ui.theme.text, e.head);
  inside.cut_top(ui.paragraph(inside, Style::secondary, ui.theme.text, e.figures, line_height) + 6);
  inside.cut_top(ui.paragraph(inside, Style::secondary, ui.theme.secondary, e.why, line_height) + 6);
  ui.paragraph(inside, Style::secondary, ui.theme.secondary, e.source, line_height);
}

// ---- errors per core class and per library: the rows are the filter ------------------------------------------------------------------------------------------

constexpr std::array<std::string_view, 6> heads{"records", "median", "9 of 10", "worst", "in band", "refused"};
constexpr std::array<std::string_view, 6> spoken{"records", "% median error", "% for nine of ten", "% worst", "% in their band", "refused"};

std::array<std::string, 6> cells_of(const report::Spread& s, std::size_t refused) {
  const std::string none = s.count == 0 ? "–" : "";
  const auto share = [&](double value) { return none.empty() ? percent(value) : none; };
  return {grouped(s.count), share(s.median), share(s.p90), share(s.worst), share(s.coverage), refused == 0 ? std::string("–") : grouped(refused)};
}

float group_row_height(const Ui& ui) { return ui.is_narrow() ? 50.0f : ui.around.is_touch ? 44.0f : 26.0f; }

std::size_t shown_groups(std::size_t count, bool more) { return more || count <= few_groups + 1 ? count : few_groups; }

float groups_height(const Ui& ui, std::size_t count, bool more) {
  const std::size_t shown = shown_groups(count, more);
  return 2 * padding + 24 + 22 + group_row_height(ui) * static_cast<float>(shown) + (count > few_groups + 1 ? ui.control_height() : 0);
}

/// Where the figures of a line stand; `line` keeps what is left of them.
std::array<Rect, 6> figure_columns(const Ui& ui, Rect& line) {
  const float each = ui.is_narrow() ? line.w / 6 : std::clamp(line.w * 0.115f, 46.0f, 62.0f);
  std::array<Rect, 6> columns;
  for (std::size_t c = columns.size(); c-- > 0;) columns[c] = line.cut_right(each);
  return columns;
}

void draw_groups(Ui& ui, Rect r, std::string_view name, const std::vector<report::GroupErrors>& groups, std::string& chosen, bool& more) {
  const Palette& theme = ui.theme;
  ui.box(r, theme.panel, theme.line, 8);
  Rect inside = r.inset(padding, padding);
  Rect head = inside.cut_top(24);
  if (!chosen.empty()) {
    const std::string_view all = "show all";
    if (text_button(ui, head.cut_right(text_width(Style::secondary, all) + 12), text("all:", name), all, Align::right)) chosen.clear();
  }
  ui.runs(head, {{name, Style::secondary_bold, theme.text}, {"   error in %; press one to see only its records", Style::small, theme.secondary}});
  Rect names = inside.cut_top(22);
  const std::array<Rect, 6> head_columns = figure_columns(ui, names);
  for (std::size_t c = 0; c < heads.size(); ++c) ui.text(head_columns[c], Style::small, theme.secondary, heads[c], Align::right);
  ui.horizontal(inside.x, inside.right(), inside.y, theme.line);
  const std::string before = chosen;
  const std::size_t shown = shown_groups(groups.size(), more);
  for (std::size_t i = 0; i < shown; ++i) {
    const report::GroupErrors& group = groups[i];
    const Rect row = inside.cut_top(group_row_height(ui));
    const bool is_chosen = group.name == before;
    const std::array<std::string, 6> cells = cells_of(group.spread, group.refused);
    std::string said;
    for (std::size_t c = 0; c < cells.size(); ++c)
      if (cells[c] != "–") said += text(said.empty() ? "" : ", ", cells[c], " ", spoken[c]);
    const Hit hit = ui.hit(row, {.id = text(name, ":", group.name), .role = Role::toggle, .name = text(name, " ", group.name), .value = said, .group = {}, .checked = is_chosen});
    if (is_chosen) ui.fill(row, mixed(theme.panel, theme.accent, 0.18f), 4);
    else if (hit.is_hovered) ui.fill(row, theme.raised, 4);
    ui.horizontal(row.x, row.right(), row.bottom() - ui.hairline(), theme.grid);
    Rect words = row.inset(6, 0), figures = row;
    if (ui.is_narrow()) words = words.cut_top(26), figures.cut_top(24);
    const std::array<Rect, 6> columns = figure_columns(ui, figures);
    if (!ui.is_narrow()) words.w = columns[0].x - words.x;
    ui.text(words, is_chosen ? Style::secondary_bold : Style::secondary, theme.text, group.name);
    for (std::size_t c = 0; c < cells.size(); ++c) ui.text(columns[c], Style::secondary, c == 1 ? theme.text : theme.secondary, cells[c], Align::right);
    if (hit.is_focused) ui.focus_ring(row, 4);
    if (hit.was_pressed) chosen = is_chosen ? std::string() : group.name;
  }
  if (groups.size() > few_groups + 1 && text_button(ui, inside.cut_top(ui.control_height()), text("more:", name), more ? text("only the ", few_groups, " with most records") : text(groups.size() - few_groups, " more")))
    more = !more;
}

// ---- the worst -----------------------------------------------------------------------------------------------------------------------------------------------

struct WorstRow {
  const LeftOutRow* row;
  std::string why;      ///< of the first ten
  float height;
};

std::vector<WorstRow> worst_rows(const Ui& ui, const Rows& shown, const std::vector<LeftOutRow>& all, bool more, float width) {
  Rows sorted;
  for (const LeftOutRow* row : shown)
    if (!row->is_refused()) sorted.push_back(row);
  // Twice as slow as foreseen is as wrong as twice as fast.
  std::stable_sort(sorted.begin(), sorted.end(), [](const LeftOutRow* a, const LeftOutRow* b) { return std::fabs(std::log(a->factor())) > std::fabs(std::log(b->factor())); });
  std::vector<WorstRow> rows;
  for (std::size_t i = 0; i < sorted.size() && (more || i < few_rows); ++i) {
    WorstRow row{sorted[i], i < few_rows ? report::why_off(*sorted[i], all) : std::string(), 0};
    const float head = ui.is_narrow() ? 44.0f : 24.0f, words = row.why.empty() ? 0 : line_height * static_cast<float>(wrap_text(Style::secondary, row.why, width - 2 * padding - 12).size());
    row.height = std::max(ui.is_narrow() || ui.around.is_touch ? 44.0f : 28.0f, head + words + 10);
    rows.push_back(std::move(row));
  }
  return rows;
}

void draw_worst(Ui& ui, Rect r, const std::vector<WorstRow>& rows, std::size_t count, const LeftOutRow* selected, ValidationView& view) {
  const Palette& theme = ui.theme;
  ui.box(r, theme.panel, theme.line, 8);
  Rect inside = r.inset(padding, padding);
  Rect head = inside.cut_top(28);
  ui.text(head, Style::secondary_bold, theme.text, rows.size() <= few_rows ? text("The ", rows.size() == few_rows ? "ten " : "", "worst of these, and why") : text("All ", count, " of these, the worst first"));
  for (const WorstRow& each : rows) {
    const LeftOutRow& row = *each.row;
    const Rect box = inside.cut_top(each.height);
    const bool is_selected = each.row == selected;
    const Hit hit = ui.hit(box, {.id = text("record:", row.id), .role = Role::button, .name = text(factor_text(row), ", ", short_line(row)), .value = each.why, .group = {}, .checked = is_selected});
    if (is_selected) ui.fill(box, mixed(theme.panel, theme.accent, 0.12f), 5);
    else if (hit.is_hovered) ui.fill(box, theme.raised, 5);
    ui.horizontal(box.x, box.right(), box.y, theme.grid);
    Rect lines = box.inset(6, 3);
    Rect first = lines.cut_top(22);
    Rect sign = first.cut_left(64);
    decade_mark(ui, sign.x + 5, sign.middle_y(), mark_of(row), 3.5f);
    sign.cut_left(14);
    ui.text(sign, Style::secondary_bold, row.is_inside() ? theme.text : theme.refused, factor_text(row));
    const std::string name = name_of(row);
    const std::string times = text(words::two_digits(row.published_ms), " ms published, ", words::two_digits(row.predicted_ms), " foreseen");
    if (ui.is_narrow()) {
      ui.text(first, Style::secondary, theme.text, name);
      ui.text(lines.cut_top(18), Style::small, theme.secondary, times);
    } else {
      ui.text(first.cut_right(260), Style::secondary, theme.secondary, times, Align::right);
      ui.text(first, Style::secondary, theme.text, name);
    }
    ui.paragraph(lines, Style::secondary, theme.secondary, each.why, line_height);
    if (hit.is_focused) ui.focus_ring(box, 5);
    if (hit.was_pressed) view.row = row.id;
  }
  if (count > few_rows && text_button(ui, inside.cut_top(ui.control_height()), "more:records", view.more_rows ? text("only the ten worst") : text("all ", count, ", the worst first"))) view.more_rows = !view.more_rows;
}

}  // namespace

bool how_wrong(Ui& ui, Rect& r, std::string_view label) { return text_button(ui, r.cut_right(text_width(Style::secondary, label) + 12), "how wrong", label, Align::right); }

void validation(Ui& ui, Rect page, const OpenValidation* opened, ValidationView& view) {
  const Palette& theme = ui.theme;
  const float margin = ui.is_narrow() ? 12.0f : 20.0f, width = std::min(page.w - 2 * margin - 10, widest);
  const float intro = 20 * static_cast<float>(wrap_text(Style::body, introduction, width).size());
  const std::vector<LeftOutRow> none;
  const std::vector<LeftOutRow>& all = opened ? opened->rows : none;
  const ValidationView before = view;   // laid out by what was chosen when the frame began

  const Rows shown = rows_of(all, before.records, before.core, before.library);
  const auto cores = report::errors_by(rows_of(all, before.records, {}, before.library), &LeftOutRow::core), libraries = report::errors_by(rows_of(all, before.records, before.core, {}), &LeftOutRow::library);
  const bool beside = page.w >= 900;
  const float left = beside ? std::floor((width - gap) * 0.54f) : width, right = beside ? width - gap - left : width;
  const std::vector<WorstRow> worst = worst_rows(ui, shown, all, before.more_rows, width);
  const std::size_t foreseen = report::spread_of(shown).count;
  const LeftOutRow* selected = nullptr;
  for (const LeftOutRow* row : shown)
    if (row->id == before.row) selected = row;
  if (selected == nullptr && !worst.empty()) selected = worst.front().row;
  if (selected == nullptr && !shown.empty()) selected = shown.front();

  const std::string said = !opened ? std::string("The records are on their way.") : !opened->problem.empty() ? opened->problem : summary(shown);
  const float said_height = 20 * static_cast<float>(wrap_text(Style::bold, said, width).size());
  const float plot = beside ? std::clamp(left * 0.86f, 380.0f, 580.0f) : std::clamp(left * 1.08f, 320.0f, 560.0f);
  const Explained record = selected ? explained(*selected, all) : Explained{};
  const float record_height = selected ? explained_height(record, left) : 0;
  const float core_height = groups_height(ui, cores.size(), before.more_cores), library_height = groups_height(ui, libraries.size(), before.more_libraries);
  const float left_column = plot + gap + record_height, right_column = core_height + gap + library_height;
  float worst_height = 2 * padding + 28 + (foreseen > few_rows ? ui.control_height() : 0);
  for (const WorstRow& row : worst) worst_height += row.height;
  const float foot = line_height * static_cast<float>(wrap_text(Style::small, footnote, width).size());
  const float middle = beside ? std::max(left_column, right_column) : left_column + gap + right_column;
  const bool has_rows = !all.empty();

  ScrollArea area(ui, "validation", page, 2 * margin + 32 + intro + 2 * gap + ui.control_height() + said_height + (has_rows ? 3 * gap + middle + worst_height + foot + 20 : 0));
  Rect column = area.content();
  column = {column.x + std::max(margin, (page.w - 10 - width) / 2), column.y + margin, width, column.h};
  ui.say({column.x, column.y, column.w, 30}, {.id = "validation:title", .role = Role::heading, .name = std::string(title), .value = std::string(introduction), .group = {}});
  ui.text(column.cut_top(32), Style::title, theme.text, title);
  ui.paragraph(column.cut_top(intro), Style::body, theme.secondary, introduction, 20);
  column.cut_top(gap);

  constexpr std::array<std::string_view, 3> labels{"MLPerf Tiny", "other records", "all"};
  const Rect kinds = column.cut_top(ui.control_height());
  if (const auto pressed = segmented(ui, {kinds.x, kinds.y, std::min(kinds.w, 420.0f), kinds.h}, "validation:of", "Records", labels, labels, static_cast<std::size_t>(before.records)))
    view.records = static_cast<ValidationView::Records>(*pressed);
  column.cut_top(gap);
  const Rect sentence = column.cut_top(said_height);
  ui.say(sentence, {.id = "validation:summary", .role = Role::status, .name = said, .value = {}, .group = {}});
  ui.paragraph(sentence, Style::bold, opened && !opened->problem.empty() ? theme.refused : theme.text, said, 20);
  if (!has_rows) return;
  column.cut_top(gap);

  Rect both = column.cut_top(middle);
  Rect first = beside ? both.cut_left(left) : both.cut_top(left_column);
  both.cut_left(beside ? gap : 0), both.cut_top(beside ? 0 : gap);
  draw_scatter(ui, first.cut_top(plot), all, shown, selected, view);
  first.cut_top(gap);
  if (selected) draw_explained(ui, first.cut_top(record_height), record);
  Rect second{both.x, both.y, right, both.h};
  draw_groups(ui, second.cut_top(core_height), "core class", cores, view.core, view.more_cores);
  second.cut_top(gap);
  draw_groups(ui, second.cut_top(library_height), "library", libraries, view.library, view.more_libraries);
  column.cut_top(gap);
  draw_worst(ui, column.cut_top(worst_height), worst, foreseen, selected, view);
  column.cut_top(gap);
  ui.paragraph(column, Style::small, theme.secondary, footnote, line_height);
}

}  // namespace edgewise::panels
