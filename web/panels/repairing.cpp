#include "web/panels/repairing.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "web/app/words.h"
#include "web/panels/lines.h"
#include "web/widgets/bar.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

constexpr float row_height = 22;

struct Kind {
  std::string_view name, about;
};
/// In the order of protocol::Repaired::gains.
constexpr std::array<Kind, protocol::repair_count> kinds{{
    {"equalized", "Channels of two layers behind one another are scaled until they reach equally far, so that one scale suits both (Nagel et al. 2019)."},
    {"rounding fitted", "Each weight goes up or down as its layer's output wants it, not to the nearest code (the problem of AdaRound, Nagel et al. 2020)."},
    {"biases corrected", "The mean of each channel is moved back to what it was in float (Nagel et al. 2019)."},
    {"all three", "In this order: each mends what the one before left."},
}};

std::string what_it_does(const RepairShows& shown) {
  return text("Weights and biases move so that what ", words::recipe_title(shown.recipe), " makes of them is nearer to float. Nothing is trained and no label is read: ",
              "the rows that calibrate are enough. The test rows only judge.");
}

std::string figure(Metric metric, double value) { return metric == Metric::mae ? number(static_cast<float>(value)) : text(words::percent(value), " %"); }

std::string difference(Metric metric, double value) {
  const std::string_view sign = value > 0 ? "+" : "";
  return metric == Metric::mae ? text(sign, number(static_cast<float>(value))) : text(sign, fixed(100 * value, 1));
}

std::string interval(Metric metric, const protocol::Gain& gain) {
  if (!gain.has_interval) return {};
  return metric == Metric::mae ? text(number(static_cast<float>(gain.low)), " to ", number(static_cast<float>(gain.high))) : text(fixed(100 * gain.low, 1), " to ", fixed(100 * gain.high, 1));
}

struct Row {
  std::string_view name, about;
  std::string figure, gain, band;
};

std::vector<Row> rows_of(const protocol::Repaired& now) {
  std::vector<Row> rows;
  if (now.gains.empty()) return rows;
  const std::string band = now.metric == Metric::mae ? text(number(static_cast<float>(now.low)), " to ", number(static_cast<float>(now.high))) : text(words::percent(now.low), " to ", words::percent(now.high));
  rows.push_back({"as it is", {}, figure(now.metric, now.value), {}, band});
  for (std::size_t i = 0; i < std::min(now.gains.size(), kinds.size()); ++i) {
    const protocol::Gain& gain = now.gains[i];
    rows.push_back({kinds[i].name, kinds[i].about, figure(now.metric, gain.value), difference(now.metric, gain.gained), interval(now.metric, gain)});
  }
  return rows;
}

void row_lines(Ui& ui, Rect& r, std::span<const Row> rows, View& view) {
  const Palette& theme = ui.theme;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    Rect line = r.cut_top(row_height);
    ask_why(ui, line, {.id = text("repair:", row.name), .role = Role::button, .name = text(row.name, " ", row.figure),
                       .value = row.gain.empty() ? row.band : text("gained ", row.gain, row.band.empty() ? std::string() : text(", ", row.band)), .group = {}}, text("repair:", i), view);
    if (!row.about.empty()) ui.explain(line, std::string(row.about));
    ui.text(line.cut_left(112), Style::secondary, theme.secondary, row.name);
    ui.text(line.cut_left(62), Style::bold, theme.text, row.figure);
    ui.text(line.cut_left(50), Style::secondary_bold, theme.text, row.gain);
    ui.text(line, Style::secondary, theme.secondary, row.band);
  }
}

/// What all three together come to, in words.
std::string verdict(const protocol::Repaired& now) {
  const protocol::Gain& all = now.gains.back();
  if (!all.has_interval) return all.gained > 0 ? "All three together help here; how far chance goes is not known." : "All three together do not help here.";
  if (all.low > 0) return "All three together help: more than chance.";
  if (all.high < 0) return "All three together harm here: more than chance.";
  return "No difference was shown: the interval holds 0.";
}

void progress_lines(Ui& ui, Rect& r, const protocol::Repaired& now) {
  const Palette& theme = ui.theme;
  const double part = now.steps_total == 0 ? 0 : static_cast<double>(now.steps) / static_cast<double>(now.steps_total);
  const std::string done = now.steps_total == 0 ? std::string("calibrating") : std::string(kinds[std::min(now.gains.size(), kinds.size() - 1)].name);
  const Rect line = r.cut_top(20);
  ui.text(line, Style::secondary_bold, theme.text, done);
  ui.text(line, Style::secondary, theme.secondary, now.steps_total == 0 ? std::string() : text(words::seen_of_total(static_cast<std::uint32_t>(now.steps), static_cast<std::uint32_t>(now.steps_total)), " runs"), Align::right);
  r.cut_top(4);
  const Rect track = r.cut_top(8);
  progress_bar(ui, track, part);
  ui.say({line.x, line.y, line.w, track.bottom() - line.y}, {.id = "repair:progress", .role = Role::text, .name = text("Repair, ", done), .value = text(std::lround(part * 100), " %"), .group = {}});
  r.cut_top(8);
}

}  // namespace

RepairAct repairing(Ui& ui, Rect r, const RepairShows& shown, const RepairView& asked, View& view) {
  const Palette& theme = ui.theme;
  const bool is_about_this = shown.wish && shown.progress.number == shown.wish->number;
  const bool has_ended = is_about_this && shown.progress.error.has_value(), is_done = is_about_this && shown.progress.now.done, runs = shown.wish && !has_ended && !is_done;
  const TunedModel* taken = !shown.wish && shown.model.tuned && shown.model.tuned->repaired ? shown.model.tuned.get() : nullptr;
  const protocol::Repaired* found = taken ? &*taken->repaired : is_about_this ? &shown.progress.now : nullptr;
  const std::vector<Row> rows = found ? rows_of(*found) : std::vector<Row>{};
  const bool is_whole = taken || is_done;
  const Recipe* at = taken ? &taken->recipe : shown.wish ? &shown.wish->recipe : nullptr;
  const float button_height = ui.is_narrow() ? 44.0f : 32.0f, width = r.w - 30 - 12;
  const std::string what = what_it_does(shown);
  const float wanted = 20 + lines_height(Style::secondary, what, width) + 12 + button_height + 12 + 40 + row_height * static_cast<float>(rows.size() + 1) + 5 * line_height +
                       (has_ended || asked.error ? 100.0f : 0.0f);
  ScrollArea area(ui, "repairing", r, std::max(r.h, wanted));
  Rect inside = area.content().inset(15, 10);

  RepairAct act = RepairAct::none;
  ui.say({inside.x, inside.y, inside.w, lines_height(Style::secondary, what, inside.w)}, {.id = "repair:what", .role = Role::text, .name = what, .value = {}, .group = {}});
  say_lines(ui, inside, Style::secondary, theme.secondary, what);
  inside.cut_top(12);
  if (has_ended) error_lines(ui, inside, "repair:error", text(to_text(*shown.progress.error), ". The model is as it was."));
  if (asked.error) error_lines(ui, inside, "repair:open error", text(to_text(*asked.error), ". The model is as it was."));
  Rect buttons = inside.cut_top(button_height);
  inside.cut_top(12);
  const auto button = [&](std::string_view id, std::string_view label) { return primary_button(ui, buttons.cut_left(std::min(text_width(Style::bold, label) + 36, buttons.w)), id, label); };
  if (runs) {
    if (button("repair:stop", "Stop")) act = RepairAct::stop;
    progress_lines(ui, inside, is_about_this ? shown.progress.now : protocol::Repaired{});
  } else if (is_done && shown.wish->recipe == shown.recipe) {
    if (button("repair:use", "Use all three")) act = RepairAct::use;
  } else if (button("repair:start", text("Repair at ", words::recipe_title(shown.recipe)))) {
    act = RepairAct::start;
  }
  buttons.cut_left(16);
  if (taken && text_button(ui, buttons.cut_left(text_width(Style::secondary, "undo") + 6), "repair:undo", "undo")) act = RepairAct::undo;
  if (rows.empty()) return act;
  if (!(*at == shown.recipe)) ui.text(inside.cut_top(row_height), Style::secondary_bold, theme.text, text("At ", words::recipe_title(*at)));
  row_lines(ui, inside, rows, view);
  if (!is_whole) return act;
  inside.cut_top(8);
  const std::string said = taken ? std::string("All three are in this model; fine-tuning goes on from it.") : verdict(*found);
  ui.say({inside.x, inside.y, inside.w, line_height}, {.id = "repair:outcome", .role = Role::status, .name = said, .value = {}, .group = {}});
  say_lines(ui, inside, Style::secondary_bold, theme.text, said);
  say_lines(ui, inside, Style::secondary, theme.secondary, text(grouped(found->rows), " test rows, the same for all; gains with their 95 % interval, ", fixed(taken ? taken->seconds : shown.progress.worked_s, 1), " s."));
  return act;
}

}  // namespace edgewise::panels
