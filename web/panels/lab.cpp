#include "web/panels/lab.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/labs/lessons.h"
#include "core/labs/words.h"
#include "web/app/examples.h"
#include "web/panels/lab_picture.h"
#include "web/panels/tape.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

constexpr float gap = 16, padding = 16, row_height = 30, line_height = 18;

// ---- the sentence ----------------------------------------------------------------------------------------------------

std::string_view tone_word(labs::Tone tone) {
  switch (tone) {
    case labs::Tone::plain: return "";
    case labs::Tone::good: return "Holds. ";
    case labs::Tone::warning: return "Careful. ";
    case labs::Tone::bad: return "Goes wrong. ";
  }
  return "";
}

float sentence_height(const labs::Outcome& outcome, float width) {
  const std::string said = text(tone_word(outcome.tone), outcome.sentence);
  return 20 * static_cast<float>(wrap_text(Style::body, said, width - padding * 2 - 26).size()) + 22;
}

void sentence(Ui& ui, Rect r, const labs::Outcome& outcome, bool is_late) {
  const Colour tone = tone_colour(ui.theme, outcome.tone);
  ui.box(r, mixed(ui.theme.panel, tone, 0.07f), mixed(ui.theme.line, tone, 0.35f), 8);
  Rect inside = r.inset(padding, 11);
  const Rect sign = inside.cut_left(26);
  if (outcome.tone == labs::Tone::good) icon(ui, Icon::check, sign.x + 7, sign.y + 10, 13, tone);
  else if (outcome.tone == labs::Tone::bad) icon(ui, Icon::cross, sign.x + 7, sign.y + 10, 13, tone);
  else ui.text({sign.x + 3, sign.y, 12, 20}, Style::title, tone, outcome.tone == labs::Tone::warning ? "!" : "=");
  ui.paragraph(inside, Style::body, is_late ? ui.theme.secondary : ui.theme.text, text(tone_word(outcome.tone), outcome.sentence), 20);
  ui.say(r, {.id = "lab:outcome", .role = Role::status, .name = text(tone_word(outcome.tone), outcome.sentence), .value = {}, .group = {}});
}

// ---- what can be turned ----------------------------------------------------------------------------------------------

int decimals_of(double step) { return step > 0 ? std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 6) : 3; }

/// As many as the field's steps need; on a slider of decades three digits.
int shown_decimals(const labs::Field& field, double value) {
  if (!field.is_logarithmic || field.step > 0) return decimals_of(field.step);
  return std::clamp(2 - static_cast<int>(std::floor(std::log10(std::max(value, 1e-9)))), 0, 9);
}

std::string value_text(const labs::Field& field, double value) {
  if (!field.choices.empty()) return std::string(field.choices[static_cast<std::size_t>(value)]);
  const bool is_large = std::fabs(value) >= 1000 && value == std::floor(value) && value > 0;
  const std::string shown = is_large ? grouped(static_cast<std::uint64_t>(value)) : field.is_logarithmic ? labs::brief(value) : fixed(value, shown_decimals(field, value));
  return labs::with_unit(shown, field.unit);
}

/// A row of segments, where the names have room; else one name a line.
bool fits_in_a_row(const labs::Field& field, float width) {
  float widest = 0;
  for (const std::string_view choice : field.choices) widest = std::max(widest, text_width(Style::secondary_bold, choice));
  return (widest + 14) * static_cast<float>(field.choices.size()) <= width;
}

float field_height(const Ui& ui, const labs::Field& field, float width) {
  const float control = ui.control_height();
  if (field.choices.empty()) return 20 + control + 10;
  return 20 + (fits_in_a_row(field, width) ? control : (control + 2) * static_cast<float>(field.choices.size())) + 12;
}

std::optional<std::size_t> choice_list(Ui& ui, Rect r, const labs::Field& field, std::string_view id, std::size_t selected, bool is_locked) {
  std::optional<std::size_t> pressed;
  const Palette& theme = ui.theme;
  for (std::size_t i = 0; i < field.choices.size(); ++i) {
    const Rect row = r.cut_top(ui.control_height());
    r.cut_top(2);
    const Hit hit = ui.hit(row, {.id = text(id, "/", i), .role = Role::radio, .name = text(field.label, " ", field.choices[i]), .value = {}, .group = std::string(field.label),
                                 .checked = i == selected, .disabled = is_locked});
    if (i == selected) ui.fill(row, mixed(theme.panel, is_locked ? theme.faint : theme.accent, 0.22f), 6);
    else if (hit.is_hovered) ui.fill(row, theme.raised, 6);
    ui.draw().AddCircle({row.x + 14, row.middle_y()}, 5, i == selected ? theme.accent : theme.faint, 20, 1.5f);
    if (i == selected) ui.draw().AddCircleFilled({row.x + 14, row.middle_y()}, 2.5f, theme.accent, 16);
    Rect words = row;
    words.cut_left(28);
    ui.text(words, i == selected ? Style::secondary_bold : Style::secondary, i == selected ? theme.text : theme.secondary, field.choices[i]);
    if (hit.is_focused) ui.focus_ring(row, 6);
    if (hit.was_pressed) pressed = i;
  }
  return pressed;
}

void turn(Ui& ui, Rect r, const labs::Field& field, std::string_view said, bool is_locked, double& value) {
  const Palette& theme = ui.theme;
  const Rect head = r.cut_top(20);
  const std::string id = text("lab:", field.key), shown = said.empty() ? value_text(field, value) : std::string(said);
  const float end = ui.text(head, Style::secondary, theme.secondary, is_locked ? text(field.label, " (set by the chapter)") : std::string(field.label));
  if (!field.why.empty()) ui.explain({head.x, head.y, end - head.x, head.h}, field.why);
  if (!field.choices.empty()) {
    const auto selected = static_cast<std::size_t>(value);
    r.cut_bottom(12);
    const auto pressed = fits_in_a_row(field, r.w) ? segmented(ui, r, id, field.label, field.choices, field.choices, selected, {.is_inherited = false, .is_quiet = false, .is_locked = is_locked})
                                                   : choice_list(ui, r, field, id, selected, is_locked);
    if (pressed) value = static_cast<double>(*pressed);
    return;
  }
  ui.text(head, Style::secondary_bold, theme.text, shown, Align::right);
  r.cut_bottom(10);
  if (field.is_logarithmic) {
    const double low = std::log10(field.lowest), high = std::log10(field.highest);
    const auto moved = slider(ui, r, id, field.label, shown, std::log10(value), {low, high, (high - low) / 300, false, is_locked}, theme.accent);
    if (!moved) return;
    const double raw = std::pow(10.0, *moved), digit = std::pow(10.0, std::floor(std::log10(raw)) - 2);   // three digits are enough for a hand
    const double rounded = field.step > 0 ? field.lowest + std::round((raw - field.lowest) / field.step) * field.step : std::round(raw / digit) * digit;
    value = std::clamp(rounded, field.lowest, field.highest);
    return;
  }
  const double step = field.step > 0 ? field.step : (field.highest - field.lowest) / 200;
  if (const auto moved = slider(ui, r, id, field.label, shown, value, {field.lowest, field.highest, step, false, is_locked}, theme.accent)) value = *moved;
}

const labs::Reach* reach_of(const labs::Outcome& outcome, const labs::Field& field) {
  const auto found = std::ranges::find(outcome.reaches, field.key, &labs::Reach::key);
  return found == outcome.reaches.end() ? nullptr : &*found;
}

/// A number that depends on the model is turned when the model is known, and where it has more than one.
bool is_shown(const labs::Lab& which, const labs::Field& field, const labs::Outcome& outcome, Controls controls, const LabView& view) {
  if (which.runs_model()) {
    const labs::Reach* reach = reach_of(outcome, field);
    if (reach ? reach->highest <= field.lowest : field.choices.empty()) return false;
  }
  return (!field.is_detail || view.shows_details) && controls.shows(field.key);
}

/// Which model a lab runs: those that come with the page, and the person's own.
struct ModelField {
  std::vector<std::string_view> ids, titles;   ///< ids of those that come with the page
  labs::Field field;
  std::size_t selected = 0;

  ModelField(const labs::Lab& which, const OpenModel* model) : field{.key = "model", .label = "Model", .unit = "", .why = "Drop a file of yours to see it here."} {
    for (const Example& example : examples) {
      if (!which.model.empty() && which.model != example.id && !(model && model->id == example.id)) continue;   // the lab is about one of them
      if (model && model->id == example.id) selected = titles.size();
      ids.push_back(example.id);
      titles.push_back(example.title);
    }
    if (model && !find_example(model->id)) {
      selected = titles.size();
      titles.push_back(model->title);
    }
    field.choices = titles;
  }
};

bool has_details(const labs::Lab& which, Controls controls) {
  return std::any_of(which.fields.begin(), which.fields.end(), [&](const labs::Field& field) { return field.is_detail && controls.shows(field.key); });
}

/// Not those that set what cannot be turned now: something of the simulated floor, where a person's own readings stand in its place.
bool is_offered(const labs::Lab& which, const labs::Preset& preset, const labs::Outcome& outcome) {
  const std::vector<std::string_view> settings = split(preset.settings, ' ');
  return std::ranges::none_of(which.fields, [&](const labs::Field& field) {
    const labs::Reach* reach = reach_of(outcome, field);
    return reach && reach->highest <= field.lowest && std::ranges::any_of(settings, [&](std::string_view setting) { return setting.substr(0, setting.find('=')) == field.key; });
  });
}

/// Presets stand in lines of as many as fit. Calls `place(index, rect)`; returns the height.
template <class Place>
float flow_presets(const Ui& ui, const labs::Lab& which, const labs::Outcome& outcome, Rect r, Place place) {
  const float height = ui.is_narrow() || ui.around.is_touch ? 44.0f : 28.0f;
  float x = r.x, y = r.y;
  for (std::size_t i = 0; i < which.presets.size(); ++i) {
    if (!is_offered(which, which.presets[i], outcome)) continue;
    const float w = std::min(r.w, text_width(Style::secondary, which.presets[i].name) + 24);
    if (x > r.x && x + w > r.right()) x = r.x, y += height + 8;
    place(i, Rect{x, y, w, height});
    x += w + 8;
  }
  return which.presets.empty() ? 0 : y + height - r.y;
}

float presets_height(const Ui& ui, const labs::Lab& which, const labs::Outcome& outcome, float width) {
  return which.presets.empty() ? 0 : 26 + flow_presets(ui, which, outcome, {0, 0, width, 0}, [](std::size_t, Rect) {});
}

void presets(Ui& ui, Rect r, const labs::Lab& which, const labs::Outcome& outcome, LabView& view) {
  ui.text(r.cut_top(26), Style::secondary, ui.theme.secondary, "Try");
  flow_presets(ui, which, outcome, r, [&](std::size_t i, Rect pill) {
    std::vector<double> values = labs::initial_values(which);
    for (const std::string_view setting : split(which.presets[i].settings, ' '))
      if (!setting.empty()) (void)labs::set(which, values, setting);   // presets are part of the program; a test reads them all
    const bool is_current = values == view.values;
    const Hit hit = ui.hit(pill, {.id = text("preset:", i), .role = Role::button, .name = std::string(which.presets[i].name), .value = {}, .group = "Try", .checked = is_current});
    const Palette& theme = ui.theme;
    ui.box(pill, is_current ? mixed(theme.panel, theme.accent, 0.18f) : hit.is_hovered ? theme.raised : theme.panel, is_current ? theme.accent : theme.line, pill.h / 2);
    ui.text(pill.inset(12, 0), Style::secondary, is_current || hit.is_hovered ? theme.text : theme.secondary, which.presets[i].name);
    if (hit.is_focused) ui.focus_ring(pill, pill.h / 2);
    if (hit.was_pressed) view.values = values;
  });
}

bool shows_model(const labs::Lab& which, const labs::Outcome& outcome, const OpenModel* model, Controls controls) {
  return which.runs_model() && outcome.is_of_model && controls.shows("model") && ModelField(which, model).titles.size() > 1;
}

constexpr float model_gap = 16;   // above the models, which stand last: a lab is about its own fields first

float controls_height(const Ui& ui, const labs::Lab& which, const labs::Outcome& outcome, const OpenModel* model, Controls controls, const LabView& view, float width) {
  float height = 2 * padding;
  if (shows_model(which, outcome, model, controls)) height += field_height(ui, ModelField(which, model).field, width - 2 * padding) + model_gap;
  for (const labs::Field& field : which.fields)
    if (is_shown(which, field, outcome, controls, view)) height += field_height(ui, field, width - 2 * padding);
  if (has_details(which, controls)) height += ui.control_height() + 4;
  if (controls.shows("presets")) height += presets_height(ui, which, outcome, width - 2 * padding);
  return height;
}

/// Returns the bundled model that was chosen.
std::optional<std::string_view> draw_controls(Ui& ui, Rect r, const labs::Lab& which, const labs::Outcome& outcome, const OpenModel* model, Controls controls, LabView& view) {
  ui.box(r, ui.theme.panel, ui.theme.line, 8);
  Rect inside = r.inset(padding, padding);
  const bool all_locked = controls.is_locked("lab");
  for (std::size_t i = 0; i < which.fields.size(); ++i) {
    labs::Field field = which.fields[i];
    if (!is_shown(which, field, outcome, controls, view)) continue;
    const labs::Reach* reach = reach_of(outcome, field);
    if (reach) field.highest = std::min(field.highest, reach->highest);
    const double before = std::min(view.values[i], field.highest);
    double value = before;
    turn(ui, inside.cut_top(field_height(ui, field, inside.w)), field, reach && reach->value == before ? std::string_view(reach->shown) : std::string_view(), all_locked || controls.is_locked(field.key), value);
    // As a link would say it: what a hand and a link set is the same number to the last bit.
    if (value != before) (void)labs::set(which, view.values, text(field.key, "=", fixed(value, shown_decimals(field, value))));
  }
  if (has_details(which, controls)) {
    if (text_button(ui, inside.cut_top(ui.control_height()), "lab:details", view.shows_details ? "Fewer controls" : "More controls")) view.shows_details = !view.shows_details;
    inside.cut_top(4);
  }
  if (controls.shows("presets")) {
    const Rect tries = inside.cut_top(presets_height(ui, which, outcome, inside.w));
    if (!all_locked) presets(ui, tries, which, outcome, view);
  }
  if (!shows_model(which, outcome, model, controls)) return {};
  inside.cut_top(model_gap);
  const ModelField models(which, model);
  auto chosen = static_cast<double>(models.selected);
  turn(ui, inside.cut_top(field_height(ui, models.field, inside.w)), models.field, {}, all_locked || controls.is_locked("model"), chosen);
  const auto index = static_cast<std::size_t>(chosen);
  return index != models.selected && index < models.ids.size() ? std::optional(models.ids[index]) : std::nullopt;
}

// ---- a person's own readings -----------------------------------------------------------------------------------------

std::string readings_about(const OwnReadings* own, bool can_ask) {
  if (own) return text(own->name, " stands in for the simulated floor, for as long as this page is open. It goes nowhere, and is in no link.");
  return text(can_ask ? "Drop a table here, or open one" : "Drop a table on this window", ": comma-separated, the time first (2026-01-11 17:00), then the room and whatever else was read. 50 to 100,000 rows.");
}

float readings_height(const Ui& ui, const OwnReadings* own, bool can_ask, float width) {
  const float said = line_height * static_cast<float>(wrap_text(Style::secondary, readings_about(own, can_ask), width - 2 * padding).size());
  return 2 * padding + 24 + said + (own || can_ask ? 10 + ui.control_height() : 0) + (own && can_ask ? 8 + ui.control_height() : 0);
}

void readings(Ui& ui, Rect r, const OwnReadings* own, bool can_ask, bool is_locked, LabActs& acts) {
  const Palette& theme = ui.theme;
  ui.box(r, theme.panel, theme.line, 8);
  Rect inside = r.inset(padding, padding);
  ui.text(inside.cut_top(24), Style::secondary_bold, theme.text, own ? "Your readings" : "Your own building");
  const std::string about = readings_about(own, can_ask);
  inside.cut_top(ui.paragraph(inside, Style::secondary, theme.secondary, about, line_height) + 10);
  ui.say(r, {.id = "lab:readings", .role = Role::text, .name = own ? "Your readings" : "Your own building", .value = about, .group = {}});
  if (is_locked) return;
  if (can_ask) {
    acts.asks_readings = text_button(ui, inside.cut_top(ui.control_height()), "lab:open_readings", own ? "Open another table" : "Open a table of readings");
    inside.cut_top(8);
  }
  if (own) acts.forgets_readings = text_button(ui, inside.cut_top(ui.control_height()), "lab:forget_readings", "Back to the simulated floor");
}

// ---- figures and how they were made ----------------------------------------------------------------------------------

std::string figure_text(const labs::Figure& figure) {
  std::string out = labs::with_unit(labs::shown(figure, figure.value), figure.unit);
  if (figure.low && figure.high) out += text(", ", labs::shown(figure, *figure.low), " to ", labs::shown(figure, *figure.high));
  return out;
}

struct FigureLines {
  std::string formula, numbers, source;
};
FigureLines lines_of(const labs::Figure& figure) {
  return {figure.formula.empty() ? "" : text("Formula: ", figure.formula), figure.numbers.empty() ? "" : text("With its numbers: ", figure.numbers),
          figure.source.empty() ? "" : text("From: ", figure.source)};
}

bool is_open(const labs::Outcome& outcome, const labs::Figure& figure, const LabView& view) {
  return view.figure.empty() ? &figure == &outcome.figures.front() : view.figure == figure.key;
}

float opened_height(const labs::Figure& figure, float width) {
  float height = 10;
  const FigureLines lines = lines_of(figure);
  for (const std::string* line : {&lines.formula, &lines.numbers, &lines.source})
    if (!line->empty()) height += line_height * static_cast<float>(wrap_text(Style::secondary, *line, width - 24).size());
  return height;
}

/// A number that has no room beside its name stands below it.
bool is_beside(const labs::Figure& figure, float width) { return text_width(Style::body, figure.label) + text_width(Style::bold, figure_text(figure)) + 56 <= width; }
std::vector<std::string_view> label_lines(const labs::Figure& figure, float width) { return wrap_text(Style::body, figure.label, width - 36); }
float figure_row(const Ui& ui, const labs::Figure& figure, float width) {
  const float one = ui.is_narrow() || ui.around.is_touch ? 44.0f : row_height;
  return is_beside(figure, width) ? one : std::max(one, 28 + 20 * static_cast<float>(label_lines(figure, width).size()));
}

float figures_height(const Ui& ui, const labs::Outcome& outcome, const LabView& view, float width) {
  float height = 2 * padding + 26;
  for (const labs::Figure& figure : outcome.figures) {
    height += figure_row(ui, figure, width - 2 * padding);
    if (is_open(outcome, figure, view)) height += opened_height(figure, width - 2 * padding);
  }
  return height;
}

void figures(Ui& ui, Rect r, const labs::Outcome& outcome, LabView& view) {
  const Palette& theme = ui.theme;
  ui.box(r, theme.panel, theme.line, 8);
  Rect inside = r.inset(padding, padding);
  const Rect head = inside.cut_top(26);
  ui.runs(head, {{"Figures", Style::secondary_bold, theme.text}, {"   press one to see how it is made", Style::small, theme.secondary}});
  for (const labs::Figure& figure : outcome.figures) {
    const bool opened = is_open(outcome, figure, view);
    const Rect row = inside.cut_top(figure_row(ui, figure, inside.w));
    const FigureLines lines = lines_of(figure);
    const std::string shown = figure_text(figure);
    const Hit hit = ui.hit(row, {.id = text("figure:", figure.key), .role = Role::button, .name = text(figure.label, ": ", shown),
                                 .value = opened ? text(lines.formula, ". ", lines.numbers, ". ", lines.source) : std::string(), .group = {}, .checked = opened});
    if (hit.is_hovered) ui.fill(row, theme.raised, 5);
    ui.horizontal(row.x, row.right(), row.bottom() - ui.hairline(), theme.grid);
    Rect words = row.inset(8, 0);
    const Rect sign = words.cut_right(20);
    const Colour ink = figure.tone == labs::Tone::plain ? theme.text : tone_colour(theme, figure.tone);
    if (figure.tone == labs::Tone::bad) icon(ui, Icon::cross, sign.right() - 6, sign.middle_y(), 10, ink);
    else if (figure.tone == labs::Tone::good) icon(ui, Icon::check, sign.right() - 6, sign.middle_y(), 10, ink);
    else if (figure.tone == labs::Tone::warning) ui.text(sign, Style::bold, ink, "!", Align::right);
    if (!is_beside(figure, row.w)) {
      words = words.inset(0, 4);
      for (const std::string_view line : label_lines(figure, row.w)) ui.text(words.cut_top(20), Style::body, theme.secondary, line);
    } else {
      ui.text(words, Style::body, theme.secondary, figure.label);
    }
    ui.text(words, Style::bold, ink, shown, Align::right);
    if (hit.is_focused) ui.focus_ring(row, 5);
    if (hit.was_pressed) view.figure = figure.key;
    if (!opened) continue;
    Rect open = inside.cut_top(opened_height(figure, inside.w));
    ui.fill({open.x, open.y + 1, open.w, open.h - 3}, theme.raised, 5);
    open = open.inset(12, 4);
    for (const std::string* line : {&lines.formula, &lines.numbers, &lines.source})
      if (!line->empty()) open.cut_top(ui.paragraph(open, Style::secondary, line == &lines.numbers ? theme.text : theme.secondary, *line, line_height));
  }
}

// ---- tables ----------------------------------------------------------------------------------------------------------

/// On a phone a row becomes a card: one line for each of its cells.
float table_height(const Ui& ui, const labs::Table& table) {
  const auto rows = static_cast<float>(table.rows.size()), columns = static_cast<float>(table.header.size());
  return 2 * padding + 26 + (ui.is_narrow() ? rows * (columns * line_height + 14) : (rows + 1) * 26);
}

bool is_number(std::string_view cell) { return !cell.empty() && ((cell[0] >= '0' && cell[0] <= '9') || cell[0] == '-' || cell[0] == '+' || cell[0] == '.'); }
/// A column mostly of figures stands right, header and words in it too; the first names its rows and stands left.
bool stands_right(const labs::Table& table, std::size_t column) {
  return column > 0 && 2 * std::ranges::count_if(table.rows, [&](const auto& row) { return is_number(row[column]); }) > static_cast<std::ptrdiff_t>(table.rows.size());
}

/// Words behind figures, whose columns would meet at the line between them.
bool after_figures(const labs::Table& table, std::size_t column) { return column > 0 && !stands_right(table, column) && stands_right(table, column - 1); }

void draw_table(Ui& ui, Rect r, const labs::Table& table, std::size_t index) {
  const Palette& theme = ui.theme;
  ui.box(r, theme.panel, theme.line, 8);
  Rect inside = r.inset(padding, padding);
  ui.text(inside.cut_top(26), Style::secondary_bold, theme.text, table.title);
  std::string said;
  for (const auto& row : table.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) said += text(c == 0 ? "" : ", ", table.header[c], " ", row[c]);
    said += ". ";
  }
  ui.say(r, {.id = text("table:", index), .role = Role::text, .name = table.title, .value = said, .group = {}});
  if (ui.is_narrow()) {
    for (const auto& row : table.rows) {
      for (std::size_t c = 0; c < row.size(); ++c) {
        const Rect line = inside.cut_top(line_height);
        ui.text(line, Style::secondary, theme.secondary, table.header[c]);
        ui.text(line, c == 0 ? Style::secondary_bold : Style::secondary, theme.text, row[c], Align::right);
      }
      inside.cut_top(6);
      ui.horizontal(inside.x, inside.right(), inside.y, theme.grid);
      inside.cut_top(8);
    }
    return;
  }
  std::vector<float> wanted(table.header.size());
  float sum = 0;
  for (std::size_t c = 0; c < wanted.size(); ++c) {
    wanted[c] = text_width(Style::secondary_bold, table.header[c]);
    for (const auto& row : table.rows) wanted[c] = std::max(wanted[c], text_width(Style::secondary, row[c]));
    sum += wanted[c] += after_figures(table, c) ? 38.0f : 20.0f;
  }
  const float stretch = sum > inside.w ? inside.w / sum : 1;   // what has no room is cut with a sign
  const auto line = [&](const std::vector<std::string>& cells, bool is_header) {
    Rect row = inside.cut_top(26);
    ui.horizontal(row.x, row.right(), row.bottom() - ui.hairline(), is_header ? theme.line : theme.grid);
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const bool right = stands_right(table, c);
      Rect cell = row.cut_left(c + 1 == cells.size() && !right ? row.w : wanted[c] * stretch);
      if (c + 1 < cells.size() || right) cell.cut_right(12);
      if (after_figures(table, c)) cell.cut_left(18);
      ui.text(cell, is_header ? Style::small : Style::secondary, is_header ? theme.secondary : theme.text, cells[c], right ? Align::right : Align::left);
    }
  };
  if (table.rows.empty()) return;
  line(table.header, true);
  for (const auto& row : table.rows) line(row, false);
}

// ---- listings --------------------------------------------------------------------------------------------------------

/// A line of a program: what is indented stays so, a remark stands behind its code or, where there is no room, below it.
struct CodeLine {
  std::string_view code, remark;
  float indent = 0;
};
CodeLine code_line(const labs::Listing& listing, std::string_view line) {
  const std::size_t first = std::min(line.find_first_not_of(' '), line.size());
  const float indent = 5 * static_cast<float>(first);
  line.remove_prefix(first);
  const std::string begins = text("  ", listing.comment, " ");
  const std::size_t at = line.find(begins);
  if (at == std::string_view::npos) return {line, {}, indent};
  return {line.substr(0, at), line.substr(at + 2), indent};
}

/// As wrap_text, and a word that has no room by itself is broken behind its last dot, bracket or comma that has.
std::vector<std::string_view> wrap_code(std::string_view code, float width) {
  std::vector<std::string_view> pieces;
  for (std::string_view piece : wrap_text(Style::secondary, code, width)) {
    while (text_width(Style::secondary, piece) > width) {
      std::size_t fits = 1;
      while (fits < piece.size() && text_width(Style::secondary, piece.substr(0, fits + 1)) <= width) ++fits;
      const std::size_t at = piece.substr(0, fits).find_last_of(".(,[");
      const std::size_t length = at == std::string_view::npos || at == 0 ? fits : at + 1;
      pieces.push_back(piece.substr(0, length));
      piece.remove_prefix(length);
    }
    pieces.push_back(piece);
  }
  return pieces;
}

/// Calls `place(line of the page, x, style of the text, text)` for each piece; returns how many lines it takes.
template <class Place>
int flow_code(const labs::Listing& listing, float width, Place place) {
  constexpr float hang = 16;
  int row = 0;
  for (const std::string& line : listing.lines) {
    const CodeLine code = code_line(listing, line);
    const float wide = text_width(Style::secondary, code.code);
    const auto pieces = wrap_code(code.code, width - code.indent - hang);
    for (std::size_t i = 0; i < pieces.size(); ++i) place(row + static_cast<int>(i), code.indent + (i > 0 ? hang : 0), false, pieces[i]);
    row += std::max(1, static_cast<int>(pieces.size()));
    if (code.remark.empty()) continue;
    if (pieces.size() == 1 && code.indent + wide + 12 + text_width(Style::secondary, code.remark) <= width) {
      place(row - 1, code.indent + wide + 12, true, code.remark);
      continue;
    }
    for (const std::string_view piece : wrap_text(Style::secondary, code.remark, width - code.indent - hang)) place(row++, code.indent + hang, true, piece);
  }
  return row;
}

float listing_head(const Ui& ui) { return std::max(30.0f, ui.control_height()); }
float listing_height(const Ui& ui, const labs::Listing& listing, float width) {
  return 2 * padding + listing_head(ui) + line_height * static_cast<float>(flow_code(listing, width - 2 * padding - 24, [](int, float, bool, std::string_view) {})) + 20;
}

std::string text_of(const labs::Listing& listing) {
  std::string all;
  for (const std::string& line : listing.lines) all += line + "\n";
  return all;
}

/// True when "Copy" was pressed.
bool draw_listing(Ui& ui, Rect r, const labs::Listing& listing, std::size_t index) {
  const Palette& theme = ui.theme;
  ui.box(r, theme.panel, theme.line, 8);
  ui.say(r, {.id = text("listing:", index), .role = Role::text, .name = listing.title, .value = text_of(listing), .group = {}});
  Rect inside = r.inset(padding, padding);
  Rect head = inside.cut_top(listing_head(ui));
  const bool is_pressed = text_button(ui, head.cut_right(64), text("copy:", index), "Copy", Align::right);
  ui.text(head, Style::secondary_bold, theme.text, listing.title);
  ui.fill(inside, theme.raised, 6);
  const Rect page = inside.inset(12, 10);
  flow_code(listing, page.w, [&](int row, float x, bool is_remark, std::string_view piece) {
    ui.text({page.x + x, page.y + line_height * static_cast<float>(row), page.w - x + 2, line_height}, Style::secondary, is_remark ? theme.secondary : theme.text, piece);
  });
  return is_pressed;
}

// ---- the page --------------------------------------------------------------------------------------------------------

std::string sources_text(const labs::Lab& which) { return text("Sources and assumptions. ", which.sources, " Every figure here is computed in core/labs/", which.name, ".cpp."); }

float title_height(const Ui& ui, const labs::Lab& which, float width) {
  return 30 + 20 * static_cast<float>(wrap_text(Style::body, which.question, width - (ui.is_narrow() ? 0.0f : 120.0f)).size()) + 6;
}

}  // namespace

LabActs lab(Ui& ui, Rect page, const labs::Lab& which, const OpenLab& open, const OpenModel* model, const RecordingShows* heard, const OwnReadings* own, bool can_ask, Controls controls, LabView& view) {
  const labs::Outcome none{.sentence = open.why_not, .tone = open.has_failed ? labs::Tone::warning : labs::Tone::plain, .figures = {}};
  const labs::Outcome& outcome = open.outcome ? *open.outcome : none;
  constexpr float widest = 1240;
  const bool beside = page.w >= 700;   // a chapter's column
  const float margin = ui.is_narrow() ? 12.0f : 20.0f, bar = 10;
  const float width = std::min(page.w - 2 * margin - bar, widest), side_width = std::clamp(0.37f * width, 264.0f, 348.0f), main_width = beside ? width - side_width - gap : width;
  const bool has_controls = controls.shows("lab"), has_figures = controls.shows("figures");

  const float title = title_height(ui, which, width) + 6, said = sentence_height(outcome, width);
  const auto card_height = [&](Pictures part) {
    const float height = lab_pictures_height(ui, which, outcome, part, main_width - 2 * padding);
    return height > 0 ? height + 2 * padding : 0;
  };
  const bool has_heard = heard && controls.shows("recording");   // what is heard comes first, and all pictures after it
  const float recorded = has_heard ? recording_height(ui, *heard, main_width - 2 * padding) + 2 * padding : 0;
  const float counted = card_height(Pictures::first), rest = card_height(Pictures::others);
  const float first = has_heard ? recorded : counted, others = has_heard ? counted + (rest > 0 ? rest + gap : 0) : rest;
  const bool takes_readings = has_controls && which.takes_readings && controls.shows("readings");
  const float turned_side = beside ? side_width : width, alone = has_controls ? controls_height(ui, which, outcome, model, controls, view, turned_side) : 0;
  const float turned = alone + (takes_readings ? gap + readings_height(ui, own, can_ask, turned_side) : 0);
  const float taped = controls.shows("stages") && !has_heard ? tape_height(ui, outcome.stages, view.stage, main_width) : 0;
  const float figured = has_figures && !outcome.figures.empty() ? figures_height(ui, outcome, view, main_width) : 0;
  float listed = 0, tables = 0;
  if (has_figures)
    for (const labs::Listing& listing : outcome.listings) listed += listing_height(ui, listing, main_width) + gap;
  if (has_figures)
    for (const labs::Table& table : outcome.tables) tables += table_height(ui, table) + gap;
  const float sources = line_height * static_cast<float>(wrap_text(Style::small, sources_text(which), width).size()) + gap;
  const float column = first + gap + (taped > 0 ? taped + gap : 0) + (others > 0 ? others + gap : 0) + listed + figured, stacked = beside ? std::max(column, turned) : column + turned + gap;
  const float whole = margin + title + said + gap + stacked + gap + tables + sources + 2 * margin;
  ScrollArea area(ui, text("lab:", which.name).c_str(), page, whole, ScrollArea::Shown::from_top);
  Rect all = area.content();
  all = {all.x + std::max(margin, (page.w - bar - width) / 2), all.y + margin, width, all.h};

  Rect head = all.cut_top(title);
  ui.say(head, {.id = "lab:title", .role = Role::heading, .name = std::string(which.title), .value = std::string(which.question), .group = {}});
  const bool is_turned = !labs::changes(which, view.values).empty();
  if (is_turned && !controls.is_locked("lab")) {
    Rect again = head;
    again = again.cut_right(110);
    if (text_button(ui, {again.x, again.y, again.w, ui.is_narrow() ? 44.0f : 28.0f}, "lab:reset", "Start again", Align::right)) view.values = labs::initial_values(which);
  }
  ui.text(head.cut_top(30), Style::title, ui.theme.text, which.title);
  ui.paragraph(head, Style::body, ui.theme.secondary, which.question, 20);

  sentence(ui, all.cut_top(said), outcome, open.is_late);
  all.cut_top(gap);
  Rect both = all.cut_top(stacked);
  LabActs acts{.height = whole};
  if (beside && has_controls) {
    Rect side = both.cut_right(side_width);
    both.cut_right(gap);
    acts.example = draw_controls(ui, side.cut_top(alone), which, outcome, model, controls, view);
    side.cut_top(gap);
    if (takes_readings) readings(ui, side.cut_top(turned - alone - gap), own, can_ask, controls.is_locked("readings"), acts);
  }
  const auto pictures = [&](Pictures part, float height) {
    if (height == 0) return;
    const Rect card = both.cut_top(height);
    ui.box(card, ui.theme.panel, ui.theme.line, 8);
    lab_pictures(ui, card.inset(padding, padding), which, outcome, part, view.values);
    both.cut_top(gap);
  };
  if (has_heard) {
    const Rect card = both.cut_top(recorded);
    ui.box(card, ui.theme.panel, ui.theme.line, 8);
    acts.plays = recording(ui, card.inset(padding, padding), *heard);
    both.cut_top(gap);
  } else if (taped > 0) {   // a lab with steps is about them
    tape(ui, both.cut_top(taped), outcome.stages, view.stage);
    both.cut_top(gap);
  } else {
    pictures(Pictures::first, counted);
  }
  if (!beside && has_controls) {
    acts.example = draw_controls(ui, both.cut_top(alone), which, outcome, model, controls, view);
    both.cut_top(gap);
    if (takes_readings) {
      readings(ui, both.cut_top(turned - alone - gap), own, can_ask, controls.is_locked("readings"), acts);
      both.cut_top(gap);
    }
  }
  if (has_heard || taped > 0) pictures(Pictures::first, counted);
  pictures(Pictures::others, rest);
  if (has_figures)
    for (std::size_t i = 0; i < outcome.listings.size(); ++i) {
      const labs::Listing& listing = outcome.listings[i];
      if (draw_listing(ui, both.cut_top(listing_height(ui, listing, main_width)), listing, i)) acts.copied = text_of(listing);
      both.cut_top(gap);
    }
  if (figured > 0) figures(ui, both.cut_top(figured), outcome, view);
  all.cut_top(gap);
  if (has_figures)
    for (std::size_t i = 0; i < outcome.tables.size(); ++i) {
      draw_table(ui, all.cut_top(table_height(ui, outcome.tables[i])), outcome.tables[i], i);
      all.cut_top(gap);
    }
  ui.paragraph(all, Style::small, ui.theme.secondary, sources_text(which), line_height);
  return acts;
}

std::optional<std::string> lab_menu(Ui& ui, Rect chip, std::string_view current, bool can_make_lesson, View& view) {
  const Palette& theme = ui.theme;
  const auto rows = static_cast<float>(labs::labs().size() + labs::lesson_lists().size() + (can_make_lesson ? 4 : 3));
  constexpr float each = 46;
  const float w = std::min(400.0f, ui.around.width - 16), top = chip.bottom() + 6, h = std::min(rows * each + 22, ui.around.height - top - 12);
  const Rect box{std::clamp(chip.x, 8.0f, ui.around.width - w - 8), top, w, std::max(120.0f, h)};
  Overlay overlay(ui, "lab menu", box);
  ScrollArea area(ui, "lab list", box.inset(6, 6), rows * each + 10);
  Rect inside = area.content();
  std::optional<std::string> pressed;
  const auto row = [&](std::string_view id, std::string_view title, std::string_view about) {
    const Rect r = inside.cut_top(each);
    const bool is_current = id == current;
    const Hit hit = ui.hit(r, {.id = text("lab row:", id), .role = Role::menu_item, .name = std::string(title), .value = std::string(about), .group = "Labs", .checked = is_current});
    if (hit.is_hovered) ui.fill(r, theme.raised, 5);
    Rect lines = r.inset(10, 0).row(37);
    if (is_current) icon(ui, Icon::check, lines.right() - 6, r.middle_y(), 11, theme.accent);
    lines.w -= 20;
    ui.text(lines.cut_top(19), Style::bold, theme.text, title);
    ui.text(lines, Style::small, theme.secondary, about);
    if (hit.was_pressed) pressed = std::string(id);
  };
  row("", "Playground", "Your model: bits, sparsity, accuracy, cost on a board");
  row("audit", "The claim auditor", "Which of the chapter's numbers hold?");
  row("validation", "How wrong is the latency?", "Foreseen against published, per core and library");
  for (const labs::LessonList& list : labs::lesson_lists()) row(list.name, list.title, list.question);
  inside.cut_top(4);
  ui.horizontal(inside.x, inside.right(), inside.y, theme.grid);
  inside.cut_top(6);
  for (const labs::Lab& each_lab : labs::labs()) row(each_lab.name, each_lab.title, each_lab.question);
  if (can_make_lesson) row(lesson_row, "A lesson of this", "The present state for your own page, locked or with a goal");
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (pressed || (overlay.was_dismissed() && !chip.holds(mouse.x, mouse.y))) view.open_menu.clear();
  return pressed;
}

}  // namespace edgewise::panels
