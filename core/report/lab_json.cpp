#include "core/report/lab_json.h"

#include <algorithm>

#include "core/base/json.h"
#include "core/labs/words.h"

namespace edgewise::report {

namespace {

std::string_view name_of(labs::Stroke stroke) {
  switch (stroke) {
    case labs::Stroke::line: return "line";
    case labs::Stroke::steps: return "steps";
    case labs::Stroke::points: return "points";
    case labs::Stroke::bars: return "bars";
  }
  return "?";
}

// `value` null: the field without a state.
void write_field(Json& json, const labs::Field& field, const double* value) {
  json.open('{').field("key", field.key).field("label", field.label).field("unit", field.unit);
  if (value != nullptr) json.field("value", *value);
  json.field("lowest", field.lowest).field("highest", field.highest).field("initial", field.initial);
  if (!field.choices.empty()) json.list("choices", field.choices);
  json.field("why", field.why).field("is_detail", field.is_detail).close('}');
}

void write_presets(Json& json, const labs::Lab& lab) {
  json.key("presets").open('[');
  for (const labs::Preset& preset : lab.presets) json.open('{').field("name", preset.name).field("settings", preset.settings).close('}');
  json.close(']');
}

void write_table(Json& json, const labs::Table& table) {
  json.open('{').field("title", table.title).list("header", table.header).key("rows").open('[');
  for (const auto& row : table.rows) {
    json.open('[');
    for (const std::string& cell : row) json.value(cell);
    json.close(']');
  }
  json.close(']').close('}');
}

void write_ground(Json& json, const labs::Ground& ground) {
  json.key("map").open('{').field("width_m", ground.width_m).field("height_m", ground.height_m).list("x", ground.x).list("y", ground.y).key("rings").open('[');
  for (const labs::Ground::Ring& ring : ground.rings) json.open('{').field("radius_m", ring.radius_m).field("heard", ring.share).close('}');
  json.close(']').close('}');
}

void write_shades(Json& json, const std::vector<labs::Shades>& drawings) {
  json.key("shades").open('[');
  for (const labs::Shades& each : drawings) json.open('{').field("label", each.label).field("width", each.width).field("height", each.height).field("channels", each.channels).list("levels", each.levels).close('}');
  json.close(']');
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += text(out.empty() ? "" : " ", word);
  return out;
}

// How wide a text is on a terminal: characters, not bytes.
std::size_t width_of(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string lined_up(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width_of(row[c]));
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line = "  ";
    for (std::size_t c = 0; c < row.size(); ++c) line += row[c] + std::string(widths[c] - width_of(row[c]) + 2, ' ');
    line.resize(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace

std::string_view name_of(labs::Tone tone) {
  switch (tone) {
    case labs::Tone::plain: return "plain";
    case labs::Tone::good: return "good";
    case labs::Tone::warning: return "warning";
    case labs::Tone::bad: return "bad";
  }
  return "?";
}

std::string lab_json(const labs::Lab& lab, std::span<const double> values, const labs::Outcome& outcome) {
  Json json;
  json.open('{').field("name", lab.name).field("title", lab.title).field("question", lab.question);
  json.field("settings", joined(labs::changes(lab, values))).field("sentence", outcome.sentence).field("tone", name_of(outcome.tone));
  json.key("values").open('{');
  for (const labs::Figure& figure : outcome.figures) json.field(figure.key, figure.value);
  json.close('}').key("figures").open('[');
  for (const labs::Figure& figure : outcome.figures) {
    json.open('{').field("key", figure.key).field("label", figure.label).field("value", figure.value).field("unit", figure.unit);
    if (figure.low && figure.high) json.field("low", *figure.low).field("high", *figure.high);
    json.field("formula", figure.formula).field("numbers", figure.numbers).field("source", figure.source).field("tone", name_of(figure.tone)).close('}');
  }
  json.close(']').key("pictures").open('[');
  for (const labs::Picture& picture : outcome.pictures) {
    json.open('{').field("title", picture.title).field("x_label", picture.x_label).field("y_label", picture.y_label).key("curves").open('[');
    for (const labs::Curve& curve : picture.curves) {
      json.open('{').field("label", curve.label).field("stroke", name_of(curve.stroke)).field("tone", name_of(curve.tone)).list("x", curve.x).list("y", curve.y);
      if (!curve.low.empty()) json.list("low", curve.low).list("high", curve.high);
      json.close('}');
    }
    json.close(']').key("marks").open('[');
    for (const labs::Mark& mark : picture.marks) json.open('{').field("label", mark.label).field("x", mark.x).field("tone", name_of(mark.tone)).close('}');
    json.close(']').field("is_x_logarithmic", picture.is_x_logarithmic).field("is_to_scale", picture.is_to_scale);
    if (picture.ground) write_ground(json, *picture.ground);
    if (!picture.shades.empty()) write_shades(json, picture.shades);
    if (!picture.x_names.empty()) json.list("x_names", picture.x_names);
    json.close('}');
  }
  json.close(']');
  if (!outcome.stages.empty()) {
    json.key("stages").open('[');
    for (const labs::Stage& step : outcome.stages) {
      json.open('{').field("key", step.key).field("title", step.title).field("result", step.result).field("formula", step.formula).field("numbers", step.numbers).field("about", step.about);
      json.field("tone", name_of(step.tone));
      if (!step.table.rows.empty()) json.key("table"), write_table(json, step.table);
      json.close('}');
    }
    json.close(']');
  }
  if (!outcome.listings.empty()) {
    json.key("listings").open('[');
    for (const labs::Listing& listing : outcome.listings) json.open('{').field("title", listing.title).list("lines", listing.lines).close('}');
    json.close(']');
  }
  json.key("tables").open('[');
  for (const labs::Table& table : outcome.tables) write_table(json, table);
  json.close(']').key("fields").open('[');
  for (std::size_t i = 0; i < lab.fields.size(); ++i) write_field(json, lab.fields[i], &values[i]);
  json.close(']');
  write_presets(json, lab);
  return json.field("sources", lab.sources).close('}').take();
}

std::string lab_text(const labs::Lab& lab, std::span<const double> values, const labs::Outcome& outcome) {
  const std::string settings = joined(labs::changes(lab, values));
  std::string out = text(lab.title, settings.empty() ? "" : ": ", settings, "\n", lab.question, "\n\n", outcome.sentence, "\n\n");
  std::vector<std::vector<std::string>> rows;
  for (const labs::Figure& figure : outcome.figures) {
    std::string value = labs::with_unit(labs::shown(figure, figure.value), figure.unit);
    if (figure.low && figure.high) value += text(" (", labs::shown(figure, *figure.low), " to ", labs::shown(figure, *figure.high), ")");
    rows.push_back({figure.label, value, text(figure.formula, figure.numbers.empty() ? "" : ": ", figure.numbers)});
  }
  out += lined_up(rows);
  for (std::size_t i = 0; i < outcome.stages.size(); ++i) {
    const labs::Stage& step = outcome.stages[i];
    out += text("\n", i + 1, ". ", step.title, ": ", step.result, "\n  ", step.formula, "\n  ", step.numbers, "\n");
    if (step.table.rows.empty()) continue;
    rows = {step.table.header};
    rows.insert(rows.end(), step.table.rows.begin(), step.table.rows.end());
    out += lined_up(rows);
  }
  for (const labs::Listing& listing : outcome.listings) {
    out += text("\n", listing.title, "\n");
    for (const std::string& line : listing.lines) out += text(line.empty() ? "" : "  ", line, "\n");
  }
  for (const labs::Table& table : outcome.tables) {
    rows = {table.header};
    rows.insert(rows.end(), table.rows.begin(), table.rows.end());
    out += text("\n", table.title, "\n", lined_up(rows));
  }
  out += "\nFields (key=value)\n";
  rows.clear();
  for (std::size_t i = 0; i < lab.fields.size(); ++i) {
    const labs::Field& field = lab.fields[i];
    std::string limits = text(labs::plain(field.lowest), " to ", labs::plain(field.highest), field.unit.empty() ? "" : " ", field.unit);
    if (!field.choices.empty()) limits.clear();
    for (std::size_t c = 0; c < field.choices.size(); ++c) limits += text(c == 0 ? "" : ", ", c, " ", field.choices[c]);
    rows.push_back({text(field.key, "=", labs::plain(values[i])), limits, std::string(field.why)});
  }
  out += lined_up(rows) + "\nStates that show something\n";
  rows.clear();
  for (const labs::Preset& preset : lab.presets) rows.push_back({std::string(preset.name), std::string(preset.settings)});
  return out + lined_up(rows) + text("\n", lab.sources, "\n");
}

std::string lessons_json(const labs::LessonList& list) {
  Json json;
  json.open('{').field("name", list.name).field("title", list.title).field("question", list.question).key("lessons").open('[');
  for (const labs::Lesson& lesson : list.lessons) json.open('{').field("title", lesson.title).field("text", lesson.text).field("hash", lesson.fragment).close('}');
  return json.close(']').close('}').take();
}

std::string lessons_text(const labs::LessonList& list) {
  std::string out = text(list.title, "\n", list.question, "\n");
  for (std::size_t i = 0; i < list.lessons.size(); ++i) out += text("\n", i + 1, ". ", list.lessons[i].title, "\n   ", list.lessons[i].text, "\n   #", list.lessons[i].fragment, "\n");
  return out;
}

std::string labs_json() {
  Json json;
  json.open('[');
  for (const labs::Lab& lab : labs::labs()) {
    json.open('{').field("name", lab.name).field("title", lab.title).field("question", lab.question).key("fields").open('[');
    for (const labs::Field& field : lab.fields) write_field(json, field, nullptr);
    json.close(']');
    write_presets(json, lab);
    json.close('}');
  }
  return json.close(']').take();
}

}  // namespace edgewise::report
