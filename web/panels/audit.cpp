#include "web/panels/audit.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "core/labs/lab.h"
#include "core/labs/words.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

constexpr float line_height = 18, pad = 10, widest = 1240;
constexpr std::array verdicts{labs::Verdict::wrong, labs::Verdict::inconsistent, labs::Verdict::imprecise, labs::Verdict::cannot_be_known, labs::Verdict::right};

Colour verdict_colour(const Palette& theme, labs::Verdict verdict) {
  switch (verdict) {
    case labs::Verdict::right: return theme.fits;
    case labs::Verdict::imprecise:
    case labs::Verdict::inconsistent: return theme.time;
    case labs::Verdict::wrong: return theme.refused;
    case labs::Verdict::cannot_be_known: return theme.secondary;
  }
  return theme.text;
}

/// Sign and word: the verdict is read without its colour.
void verdict_mark(Ui& ui, Rect r, labs::Verdict verdict) {
  const Colour ink = verdict_colour(ui.theme, verdict);
  const Rect sign = r.cut_left(18);
  switch (verdict) {
    case labs::Verdict::right: icon(ui, Icon::check, sign.x + 6, sign.middle_y(), 11, ink); break;
    case labs::Verdict::wrong: icon(ui, Icon::cross, sign.x + 6, sign.middle_y(), 11, ink); break;
    case labs::Verdict::imprecise: ui.text({sign.x + 2, sign.y, 14, sign.h}, Style::bold, ink, "~"); break;
    case labs::Verdict::inconsistent: ui.text({sign.x + 3, sign.y, 14, sign.h}, Style::bold, ink, "!"); break;
    case labs::Verdict::cannot_be_known: ui.text({sign.x + 2, sign.y, 14, sign.h}, Style::bold, ink, "?"); break;
  }
  ui.text(r, Style::secondary_bold, ink, labs::name_of(verdict));
}

struct Columns {
  float claim, finding;   ///< widths of the two texts
};
Columns columns_of(const Ui& ui, float width) {
  if (ui.is_narrow()) return {width - 2 * pad, width - 2 * pad};
  const float words = width - 2 * pad - 48 - 136 - 32;
  return {std::floor(words * 0.42f), std::floor(words * 0.58f)};
}

float lines(std::string_view words, float width) { return line_height * static_cast<float>(wrap_text(Style::secondary, words, width).size()); }

float row_height(const Ui& ui, const labs::Claim& claim, float width) {
  const Columns columns = columns_of(ui, width);
  if (ui.is_narrow()) return 2 * pad + 22 + lines(claim.claim, columns.claim) + 6 + lines(claim.finding, columns.finding);
  return 2 * pad + std::max(lines(claim.claim, columns.claim), lines(claim.finding, columns.finding));
}

/// Null where no lab shows it.
const labs::Lab* lab_of(const labs::Claim& claim) { return claim.lab.empty() ? nullptr : labs::find(split(claim.lab, ' ').front()); }

bool is_shown_somewhere(const labs::Claim& claim) { return lab_of(claim) || !claim.page.empty(); }

std::string value_text(const labs::AuditValue& value) {
  const std::string shown = labs::brief(value.value, std::fabs(value.value) >= 100 ? 6 : 4);
  return value.unit.empty() ? shown : text(shown, " ", value.unit);
}
std::string making_of(const labs::AuditValue& value) { return text(value.formula, value.numbers.empty() ? "" : ":  ", value.numbers); }

/// Beside each other: what it is, the value, how it was made; on a phone one below the other.
struct ValueColumns {
  float label, value, making;
};
ValueColumns value_columns(const Ui& ui, const labs::Claim& claim, float width) {
  const float inner = width - 4 * pad;
  if (ui.is_narrow()) return {inner, inner, inner};
  ValueColumns columns{0, 0, 0};
  for (const labs::AuditValue& value : claim.values) {
    columns.label = std::max(columns.label, text_width(Style::secondary, value.label));
    columns.value = std::max(columns.value, text_width(Style::secondary_bold, value_text(value)));
  }
  columns.label = std::min(columns.label, inner * 0.4f) + 16;
  columns.value += 24;
  columns.making = std::max(120.0f, inner - columns.label - columns.value);
  return columns;
}

/// On a phone the value stands behind its name, or below it: it is never cut.
bool is_beside(const labs::AuditValue& value, float width) { return text_width(Style::secondary, text(value.label, "   ")) + text_width(Style::bold, value_text(value)) <= width; }

float value_height(const Ui& ui, const labs::AuditValue& value, const ValueColumns& columns) {
  const float said = !ui.is_narrow() ? 0.0f : is_beside(value, columns.label) ? 20.0f : lines(value.label, columns.label) + 20;
  return lines(making_of(value), columns.making) + said + 6;
}

float opened_height(const Ui& ui, const labs::Claim& claim, float width) {
  const ValueColumns columns = value_columns(ui, claim, width);
  float height = 2 * pad + (is_shown_somewhere(claim) ? ui.control_height() + 4 : 0);
  for (const labs::AuditValue& value : claim.values) height += value_height(ui, value, columns);
  return height;
}

/// True when it is to be shown on the page.
bool opened(Ui& ui, Rect r, const labs::Claim& claim, LabView& view) {
  const Palette& theme = ui.theme;
  ui.fill(r.inset(0, 2), theme.raised, 6);
  const ValueColumns columns = value_columns(ui, claim, r.w);
  Rect inside = r.inset(2 * pad, pad);
  const labs::Lab* lab = lab_of(claim);
  bool goes_there = false;
  if (is_shown_somewhere(claim)) {
    const Rect line = inside.cut_top(ui.control_height() + 4);
    goes_there = text_button(ui, {line.x, line.y, std::min(line.w, 220.0f), ui.control_height()}, text("show:", claim.id), lab ? text("Show it: ", lab->title) : std::string("Show it on the page"));
  }
  for (const labs::AuditValue& value : claim.values) {
    Rect whole = inside.cut_top(value_height(ui, value, columns));
    if (ui.is_narrow()) {
      if (is_beside(value, whole.w)) {
        ui.runs(whole.cut_top(20), {{value.label, Style::secondary, theme.secondary}, {"   ", Style::secondary, theme.text}, {value_text(value), Style::bold, theme.text}});
      } else {
        whole.cut_top(ui.paragraph(whole, Style::secondary, theme.secondary, value.label, line_height));
        ui.text(whole.cut_top(20), Style::bold, theme.text, value_text(value));
      }
    } else {
      Rect label = whole.cut_left(columns.label), figure = whole.cut_left(columns.value);
      figure.cut_right(24);
      ui.text(label.cut_top(line_height), Style::secondary, theme.secondary, value.label);
      ui.text(figure.cut_top(line_height), Style::secondary_bold, theme.text, value_text(value), Align::right);
    }
    ui.paragraph(whole, Style::secondary, theme.secondary, making_of(value), line_height);
  }
  if (!goes_there || !lab) return goes_there;
  view.name = lab->name;   // the row stays open for whoever comes back
  view.values = labs::initial_values(*lab);
  view.figure.clear();
  view.shows_details = false;
  const std::vector<std::string_view> words = split(claim.lab, ' ');
  for (std::size_t i = 1; i < words.size(); ++i) (void)labs::set(*lab, view.values, words[i]);   // part of the program: a test reads them all
  return false;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool holds(std::string_view sentence, std::string_view word) {
  return std::search(sentence.begin(), sentence.end(), word.begin(), word.end(), [](char a, char b) { return lower(a) == lower(b); }) != sentence.end();
}

/// Each word of the search stands in the claim, what is so instead, its section, its id, or the name of a value.
bool is_found(const labs::Claim& claim, std::string_view search) {
  std::string spaced(search);
  std::ranges::replace(spaced, ',', ' ');   // as a link parts them
  const std::vector<std::string_view> words = split(spaced, ' ');
  return std::all_of(words.begin(), words.end(), [&](std::string_view word) {
    return holds(claim.claim, word) || holds(claim.finding, word) || holds(claim.section, word) || holds(claim.id, word) ||
           std::any_of(claim.values.begin(), claim.values.end(), [&](const labs::AuditValue& value) { return holds(value.label, word); });
  });
}

bool is_wanted(const labs::Claim& claim, const LabView& view) { return (!view.verdict || *view.verdict == claim.verdict) && is_found(claim, view.search); }

void row(Ui& ui, Rect r, const labs::Claim& claim, LabView& view) {
  const Palette& theme = ui.theme;
  const bool is_open = view.claim == claim.id;
  std::string said = text(labs::name_of(claim.verdict), ". ", claim.finding);
  if (is_open)
    for (const labs::AuditValue& value : claim.values) said += text(" ", value.label, ": ", value_text(value), ", ", making_of(value), ".");
  const Hit hit = ui.hit(r, {.id = text("claim:", claim.id), .role = Role::button, .name = text(claim.id, ": ", claim.claim), .value = said, .group = {}, .checked = is_open});
  if (hit.is_hovered) ui.fill(r, theme.raised, 6);
  ui.horizontal(r.x, r.right(), r.y, theme.grid);
  const Columns columns = columns_of(ui, r.w);
  Rect inside = r.inset(pad, pad);
  if (ui.is_narrow()) {
    Rect head = inside.cut_top(22);
    ui.text(head.cut_left(44), Style::secondary_bold, theme.secondary, claim.id);
    verdict_mark(ui, head, claim.verdict);
    inside.cut_top(ui.paragraph(inside, Style::secondary, theme.secondary, claim.claim, line_height) + 6);
    ui.paragraph(inside, Style::secondary, theme.text, claim.finding, line_height);
  } else {
    Rect id = inside.cut_left(48);
    ui.text(id.cut_top(line_height), Style::secondary_bold, theme.secondary, claim.id);
    ui.paragraph(inside.cut_left(columns.claim), Style::secondary, theme.secondary, claim.claim, line_height);
    inside.cut_left(16);
    ui.paragraph(inside.cut_left(columns.finding), Style::secondary, theme.text, claim.finding, line_height);
    inside.cut_left(16);
    verdict_mark(ui, inside.cut_top(line_height), claim.verdict);
  }
  if (hit.is_focused) ui.focus_ring(r, 6);
  if (hit.was_pressed) view.claim = is_open ? std::string() : claim.id;
}

}  // namespace

std::string audit(Ui& ui, Rect page, std::span<const labs::Claim> claims, std::span<const labs::Claim> right, LabView& view) {
  const Palette& theme = ui.theme;
  const float margin = ui.is_narrow() ? 12.0f : 20.0f, width = std::min(page.w - 2 * margin - 10, widest), filter_row = ui.control_height() + 8;
  constexpr std::string_view introduction =
      "The course chapter's numbers, each recomputed here from its own inputs and from published facts. Press a row to see the arithmetic. The claims are told in our own words; what holds is listed too.";
  const float intro = 20 * static_cast<float>(wrap_text(Style::body, introduction, width).size()) + 10;

  // One filter a verdict; where they have no room beside each other, one below the other.
  std::vector<std::string> names{"all"};
  for (const labs::Verdict verdict : verdicts) {
    const auto of = [&](std::span<const labs::Claim> list) { return std::count_if(list.begin(), list.end(), [&](const labs::Claim& claim) { return claim.verdict == verdict; }); };
    names.push_back(text(labs::name_of(verdict), " (", of(claims) + of(right), ")"));
  }
  const auto pill_width = [&](const std::string& name) { return text_width(Style::secondary, name) + 24; };
  float filters = filter_row, x = 0;
  for (const std::string& name : names) {
    if (x > 0 && x + pill_width(name) > width) filters += filter_row, x = 0;
    x += pill_width(name) + 8;
  }
  std::size_t shown = 0;
  float height = 2 * margin + 30 + intro + ui.control_height() + 10 + filters + 8;
  for (const auto list : {claims, right})
    for (const labs::Claim& claim : list)
      if (is_wanted(claim, view)) ++shown, height += row_height(ui, claim, width) + (view.claim == claim.id ? opened_height(ui, claim, width) : 0);

  ScrollArea area(ui, "audit", page, height + (shown == 0 ? 60.0f : 20.0f));
  Rect all = area.content();
  all = {all.x + std::max(margin, (page.w - 10 - width) / 2), all.y + margin, width, all.h};
  ui.say({all.x, all.y, all.w, 30}, {.id = "audit:title", .role = Role::heading, .name = "The claim auditor", .value = std::string(introduction), .group = {}});
  ui.text(all.cut_top(30), Style::title, theme.text, "The claim auditor");
  ui.paragraph(all.cut_top(intro), Style::body, theme.secondary, introduction, 20);

  Rect search = all.cut_top(ui.control_height());
  all.cut_top(10);
  const LabView before = view;   // rows are laid out by what was open and sought when the frame began
  if (auto words = search_field(ui, search.cut_left(ui.is_narrow() ? search.w - 92 : 320), "audit:search", "Search the claims", view.search)) view.search = *std::move(words);
  search.cut_left(12);
  const std::string count = text(shown, " of ", claims.size() + right.size());
  ui.text(search, Style::secondary, theme.secondary, count);
  ui.say(search, {.id = "audit:count", .role = Role::status, .name = text(count, " claims shown"), .value = {}, .group = {}});
  const Rect pills = all.cut_top(filters);
  float px = pills.x, py = pills.y;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const float w = pill_width(names[i]);
    if (px > pills.x && px + w > pills.right()) px = pills.x, py += filter_row;
    const Rect pill{px, py, w, ui.control_height()};
    px += w + 8;
    const bool is_current = i == 0 ? !view.verdict : view.verdict == verdicts[i - 1];
    const Hit hit = ui.hit(pill, {.id = text("verdict:", i), .role = Role::radio, .name = text("Show ", names[i]), .value = {}, .group = "Verdict", .checked = is_current});
    ui.box(pill, is_current ? mixed(theme.panel, theme.accent, 0.18f) : hit.is_hovered ? theme.raised : theme.panel, is_current ? theme.accent : theme.line, pill.h / 2);
    ui.text(pill.inset(12, 0), Style::secondary, is_current || hit.is_hovered ? theme.text : theme.secondary, names[i]);
    if (hit.is_focused) ui.focus_ring(pill, pill.h / 2);
    if (!hit.was_pressed) continue;
    if (i == 0) view.verdict.reset();
    else view.verdict = verdicts[i - 1];
  }
  all.cut_top(8);
  std::string goes_to;
  for (const auto list : {claims, right})
    for (const labs::Claim& claim : list) {
      if (!is_wanted(claim, before)) continue;
      const float own = row_height(ui, claim, width);
      if (before.claim == claim.id && ImGui::IsWindowAppearing()) ImGui::SetScrollY(all.y - area.content().y - margin);   // a link that opens a row shows it
      row(ui, all.cut_top(own), claim, view);
      if (before.claim == claim.id && opened(ui, all.cut_top(opened_height(ui, claim, width)), claim, view)) goes_to = claim.page;
    }
  if (shown == 0) ui.text(all.cut_top(40), Style::secondary, theme.secondary, "No claim holds these words. An id finds one too: E10.");
  return goes_to;
}

}  // namespace edgewise::panels
