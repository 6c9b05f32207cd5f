#include "web/panels/diagnosis.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "web/app/words.h"
#include "web/panels/lines.h"
#include "web/widgets/bar.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

constexpr std::size_t most_layers = 12, most_flips = 8;   // shown; the rest is counted
constexpr float row_height = 22, head_height = 26;

constexpr std::string_view how =
    "Each layer is compressed alone, its weights and its activations apart, and all else stays float. A layer is blamed for the answers that flip; among equals, for the noise that arrives at the "
    "output.";

std::string class_name(const DiagnosisShows& shown, std::int32_t index) {
  return index >= 0 && static_cast<std::size_t>(index) < shown.class_names.size() ? shown.class_names[static_cast<std::size_t>(index)] : text("class ", index);
}

std::string flip_line(const DiagnosisShows& shown, const protocol::FlippedRow& flip) {
  const std::string change = text("row ", flip.row, ": ", class_name(shown, flip.float_answer), " → ", class_name(shown, flip.answer));
  if (flip.label < 0) return change;
  return text(change, flip.label == flip.answer ? ", which is right" : flip.label == flip.float_answer ? ", which is wrong" : text("; it is ", class_name(shown, flip.label)));
}

std::string decibel_text(double decibels) { return std::isfinite(decibels) ? text(fixed(decibels, 0), " dB") : std::string("no noise"); }

std::string verdict(const DiagnosisShows& shown) {
  const protocol::Diagnosed& found = shown.progress.now;
  const std::string rows = text(" of ", grouped(found.rows), " answers flip at ", words::recipe_title(shown.wish->recipe));
  return found.flipped == 0 ? text("None", rows, "; layers are in the order of their noise") : text(grouped(found.flipped), rows);
}

/// Codes that stand at an end of their grid: cut off, or the largest there was.
std::string saturated_text(const protocol::LayerBlame& layer) {
  return layer.saturated == 0 ? std::string() : text(" ", layer.saturated < 0.0005 ? std::string("Under 0.1 %") : text(fixed(100 * layer.saturated, 1), " %"), " of its codes are at an end of their grid.");
}

std::string sentence_of(const protocol::LayerBlame& layer) { return text(layer.layer, ": ", layer.why, ".", saturated_text(layer)); }

/// The worst layer in a sentence, and the one press that gives it what it lacks.
void worst(Ui& ui, Rect& r, const DiagnosisShows& shown, DiagnosisAct& act) {
  const protocol::LayerBlame& layer = shown.progress.now.layers.front();
  say_lines(ui, r, Style::secondary, ui.theme.text, sentence_of(layer));
  r.cut_top(8);
  if (layer.raised.empty() || shown.is_locked) return;
  const std::string label = text("Raise ", layer.layer);
  const float width = std::min(text_width(Style::bold, label) + 36, r.w);
  if (primary_button(ui, r.cut_top(ui.is_narrow() ? 44.0f : 32.0f).cut_left(width), "diagnosis:raise", label)) act = {DiagnosisAct::Kind::raise, layer.raised};
  r.cut_top(12);
}

struct Columns {
  float name, flips, noise;
};

void layer_row(Ui& ui, Rect row, const protocol::LayerBlame& layer, const Columns& columns, std::uint32_t most) {
  const Palette& theme = ui.theme;
  const std::string flips = text(layer.by_weights, " + ", layer.by_activations), noise = decibel_text(layer.decibels);
  ui.say(row, {.id = text("diagnosis:", layer.layer), .role = Role::text, .name = layer.layer,
               .value = text(layer.by_weights, " answers flip by its weights, ", layer.by_activations, " by its activations; ", noise, " at the output. ", layer.why, ".", saturated_text(layer)), .group = {}});
  ui.explain(row, text(layer.why, ".", saturated_text(layer)));
  ui.text(row.cut_left(columns.name).inset(0, 0), Style::secondary, theme.text, layer.layer);
  ui.text(row.cut_right(columns.noise), Style::secondary, theme.secondary, noise, Align::right);
  ui.text(row.cut_right(columns.flips), Style::secondary, theme.text, flips, Align::right);
  const Rect track = row.inset(8, (row_height - 8) / 2);
  ui.fill(track, mixed(theme.panel, theme.line, 0.5f), 2);
  if (most == 0 || track.w <= 0) return;
  const auto length = [&](std::uint32_t count) { return track.w * static_cast<float>(count) / static_cast<float>(most); };
  const float by_weights = length(layer.by_weights), by_activations = length(layer.by_activations);
  ui.fill({track.x, track.y, by_weights, track.h}, theme.accent, 2);
  ui.outline({track.x + by_weights, track.y, by_activations, track.h}, theme.accent, 2, by_activations > 0 ? 1.5f : 0.0f);
}

std::uint32_t most_blamed(const protocol::Diagnosed& found) {
  std::uint32_t most = 0;
  for (const protocol::LayerBlame& layer : found.layers) most = std::max(most, layer.by_weights + layer.by_activations);
  return most;
}

void layer_table(Ui& ui, Rect& r, const protocol::Diagnosed& found) {
  const Palette& theme = ui.theme;
  const std::size_t count = std::min(found.layers.size(), most_layers);
  Columns columns{text_width(Style::secondary, "layer"), text_width(Style::secondary, "weights + activations") , text_width(Style::secondary, "at output") + 8};
  for (std::size_t i = 0; i < count; ++i) columns.name = std::max(columns.name, text_width(Style::secondary, found.layers[i].layer));
  columns.name = std::min(columns.name, r.w * 0.3f);
  columns.flips = std::min(columns.flips, r.w * 0.34f);
  Rect head = r.cut_top(head_height);
  ui.horizontal(head.x, head.x + head.w, head.bottom() - 2, theme.line);
  ui.text(head.cut_left(columns.name), Style::secondary, theme.secondary, "layer");
  ui.text(head.cut_right(columns.noise), Style::secondary, theme.secondary, "at output", Align::right);
  ui.text(head, Style::secondary, theme.secondary, head.w < 200 ? std::string_view("weights + act.") : std::string_view("flips: weights + activations"), Align::right);
  const std::uint32_t most = most_blamed(found);
  for (std::size_t i = 0; i < count; ++i) layer_row(ui, r.cut_top(row_height), found.layers[i], columns, most);
  if (count < found.layers.size()) ui.text(r.cut_top(row_height), Style::secondary, theme.secondary, text("and ", found.layers.size() - count, " more that cost less"));
  r.cut_top(12);
}

void flip_list(Ui& ui, Rect& r, const DiagnosisShows& shown) {
  const protocol::Diagnosed& found = shown.progress.now;
  if (found.flips.empty()) return;
  ui.text(r.cut_top(row_height), Style::secondary_bold, ui.theme.text, "Answers that flipped");
  const std::size_t count = std::min(found.flips.size(), most_flips);
  std::string said;
  const Rect all{r.x, r.y, r.w, line_height * static_cast<float>(count)};
  for (std::size_t i = 0; i < count; ++i) {
    const std::string line = flip_line(shown, found.flips[i]);
    said += text(line, ". ");
    ui.text(r.cut_top(line_height), Style::secondary, ui.theme.secondary, line);
  }
  ui.say(all, {.id = "diagnosis:flips", .role = Role::text, .name = "Answers that flipped", .value = said, .group = {}});
  if (found.flipped > count) ui.text(r.cut_top(row_height), Style::secondary, ui.theme.secondary, text("and ", found.flipped - count, " more"));
}

float found_height(const Ui& ui, const DiagnosisShows& shown, float width) {
  const protocol::Diagnosed& found = shown.progress.now;
  const auto& front = found.layers.front();
  const float rows = static_cast<float>(std::min(found.layers.size(), most_layers) + (found.layers.size() > most_layers ? 1 : 0));
  const float flips = found.flips.empty() ? 0 : line_height * static_cast<float>(std::min(found.flips.size(), most_flips)) + 2 * row_height;
  return lines_height(Style::bold, verdict(shown), width) + lines_height(Style::secondary, sentence_of(front), width) + (ui.is_narrow() ? 44.0f : 32.0f) + 24 + head_height +
         row_height * rows + flips + 24;
}

void found_lines(Ui& ui, Rect& r, const DiagnosisShows& shown, DiagnosisAct& act) {
  const std::string said = verdict(shown);
  ui.say({r.x, r.y, r.w, line_height}, {.id = "diagnosis:outcome", .role = Role::status, .name = text(said, ". ", shown.progress.now.layers.front().layer, ": ", shown.progress.now.layers.front().why), .value = {}, .group = {}});
  say_lines(ui, r, Style::bold, ui.theme.text, said);
  r.cut_top(4);
  worst(ui, r, shown, act);
  layer_table(ui, r, shown.progress.now);
  flip_list(ui, r, shown);
}

void progress_lines(Ui& ui, Rect& r, const protocol::Diagnosed& now) {
  const Palette& theme = ui.theme;
  const double part = now.steps_total == 0 ? 0 : static_cast<double>(now.steps) / static_cast<double>(now.steps_total);
  const std::string done = now.steps_total == 0 ? std::string("calibrating") : text(grouped(now.steps), " of ", grouped(now.steps_total), " runs");
  const Rect line = r.cut_top(20);
  ui.text(line, Style::secondary, theme.secondary, done);
  r.cut_top(4);
  const Rect track = r.cut_top(8);
  progress_bar(ui, track, part);
  ui.say({line.x, line.y, line.w, track.bottom() - line.y}, {.id = "diagnosis:progress", .role = Role::text, .name = "Looking for the layer", .value = text(std::lround(part * 100), " %, ", done), .group = {}});
}

}  // namespace

DiagnosisAct diagnosis(Ui& ui, Rect r, const DiagnosisShows& shown) {
  const Palette& theme = ui.theme;
  const protocol::Diagnosed& now = shown.progress.now;
  const bool is_about_this = shown.wish && shown.progress.number == shown.wish->number;
  const bool has_ended = is_about_this && shown.progress.error.has_value(), is_done = is_about_this && now.done && !now.layers.empty();
  const float button_height = ui.is_narrow() ? 44.0f : 32.0f;
  ScrollArea area(ui, "diagnosis", r, std::max(r.h, is_done ? found_height(ui, shown, r.w - 12) : button_height + 160));
  Rect inside = area.content();
  DiagnosisAct act;
  if (is_done) {
    found_lines(ui, inside, shown, act);
    return act;
  }
  const auto say = [&](std::string_view id, Colour colour, std::string_view words) {
    ui.say({inside.x, inside.y, inside.w, lines_height(Style::secondary, words, inside.w)}, {.id = std::string(id), .role = Role::text, .name = std::string(words), .value = {}, .group = {}});
    say_lines(ui, inside, Style::secondary, colour, words);
  };
  say("diagnosis:how", theme.secondary, how);
  inside.cut_top(12);
  if (shown.recipe == float_recipe()) {
    say("diagnosis:float", theme.text, "At float there is nothing to find: choose fewer bits or some sparsity first.");
    return act;
  }
  if (has_ended) error_lines(ui, inside, "diagnosis:error", text(to_text(*shown.progress.error), "."));
  Rect buttons = inside.cut_top(button_height);
  inside.cut_top(12);
  if (shown.wish && !has_ended) {
    if (primary_button(ui, buttons.cut_left(std::min(120.0f, buttons.w)), "diagnosis:stop", "Stop")) act.kind = DiagnosisAct::Kind::stop;
    progress_lines(ui, inside, is_about_this ? now : protocol::Diagnosed{});
    return act;
  }
  constexpr std::string_view label = "Find the layer that costs most";
  if (primary_button(ui, buttons.cut_left(std::min(text_width(Style::bold, label) + 36, buttons.w)), "diagnosis:start", label)) act.kind = DiagnosisAct::Kind::start;
  return act;
}

}  // namespace edgewise::panels
