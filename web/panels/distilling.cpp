#include "web/panels/distilling.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "core/evaluate/distillation.h"
#include "web/app/words.h"
#include "web/panels/lines.h"
#include "web/panels/option.h"
#include "web/widgets/bar.h"
#include "web/widgets/controls.h"
#include "web/widgets/curve_plot.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

// ---- options: out of sight until asked for ---------------------------------------------------------------------------

constexpr std::array<std::string_view, 4> size_names{"half", "a quarter", "an eighth", "a sixteenth"};
constexpr std::array<int, 4> divisors{2, 4, 8, 16};
constexpr std::array<std::string_view, 4> temperature_names{"1", "2", "4", "8"};
constexpr std::array<double, 4> temperatures{1, 2, 4, 8};
constexpr std::array<std::string_view, 4> alpha_names{"0.3", "0.5", "0.7", "0.9"};
constexpr std::array<double, 4> alphas{0.3, 0.5, 0.7, 0.9};
constexpr std::array<std::string_view, 3> seed_names{"3", "5", "10"};
constexpr std::array<int, 3> seeds{3, 5, 10};

void options(Ui& ui, Rect& r, DistillOptions& edited) {
  option(ui, r, "distil:size", "channels of the student", "Of each layer, as a share of the teacher's.", size_names, divisors, edited.divisor);
  option(ui, r, "distil:temperature", "temperature", "What the teacher's scores are divided by: the higher, the more it tells of the answers that are not the right one (Hinton, Vinyals & Dean 2015).", temperature_names, temperatures, edited.temperature);
  option(ui, r, "distil:alpha", "alpha", "How much the teacher counts beside the labels.", alpha_names, alphas, edited.alpha);
  option(ui, r, "distil:seeds", "seeds", "Each gives both students the same first weights and order of rows.", seed_names, seeds, edited.seeds);
}

// ---- what came of it -------------------------------------------------------------------------------------------------

constexpr std::string_view how =
    "A smaller network learns from this model's answers beside the labels, and the same network from the labels alone, as long. Several seeds tell help from chance.";
constexpr float row_height = 22, least_plot = 170;

struct Learned {
  std::vector<double> alone, distilled;   ///< accuracies on the test rows, by seed; as many distilled as seeds that are whole
};
Learned learned_of(const protocol::Distilled& now) {
  Learned learned;
  for (std::size_t i = 0; i < now.students.size(); ++i) (i % 2 == 0 ? learned.alone : learned.distilled).push_back(now.students[i]);
  return learned;
}

std::string interval(const MeanInterval& mean, double scale) {
  return std::isfinite(mean.low) ? text(fixed(scale * mean.low, 1), " to ", fixed(scale * mean.high, 1)) : std::string("one seed: no interval");
}

struct Row {
  std::string name, figure, band;
};

std::vector<Row> rows_of(const protocol::Distilled& now, const Learned& learned) {
  std::vector<Row> rows;
  if (now.teacher > 0) rows.push_back({"teacher", text(words::percent(now.teacher), " %"), text(words::percent(now.teacher_low), " to ", words::percent(now.teacher_high))});
  if (learned.distilled.empty()) return rows;
  const DistillationMeans means = means_of(learned.alone, learned.distilled);
  rows.push_back({"alone", text(words::percent(means.alone.mean), " %"), interval(means.alone, 100)});
  rows.push_back({"distilled", text(words::percent(means.distilled.mean), " %"), interval(means.distilled, 100)});
  rows.push_back({"difference", text(means.difference.mean < 0 ? "" : "+", fixed(100 * means.difference.mean, 1)), interval(means.difference, 100)});
  return rows;
}

void row_lines(Ui& ui, Rect& r, std::span<const Row> rows, std::size_t seeds_done, View& view) {
  const Palette& theme = ui.theme;
  const Rect all{r.x, r.y, r.w, row_height * static_cast<float>(rows.size())};
  std::string said;
  for (const Row& row : rows) {
    Rect line = r.cut_top(row_height);
    ask_why(ui, line, {.id = text("distil:", row.name), .role = Role::button, .name = text(row.name, " ", row.figure), .value = row.band, .group = {}}, text("distil:", row.name), view);
    ui.text(line.cut_left(78), Style::secondary, theme.secondary, row.name);
    ui.text(line.cut_left(62), Style::bold, theme.text, row.figure);
    ui.text(line, Style::secondary, theme.secondary, row.band);
    said += text(said.empty() ? "" : "; ", row.name, " ", row.figure, ", ", row.band);
  }
  ui.say(all, {.id = "distil:figures", .role = Role::text, .name = text("Accuracy, mean of ", seeds_done, seeds_done == 1 ? " seed" : " seeds", " and 95 % interval"), .value = said, .group = {}});
}

/// Accuracy on the rows held out after each epoch: the mean over the seeds that are so far.
struct Curve {
  std::vector<double> epochs, accuracy;
};
Curve curve_of(std::span<const protocol::StudentEpoch> epochs, bool distilled) {
  std::array<std::size_t, protocol::most_students> reached{};
  std::vector<double> sum;
  std::vector<int> count;
  for (const protocol::StudentEpoch& epoch : epochs) {
    const std::size_t number = reached[epoch.student]++;
    if ((epoch.student % 2 == 1) != distilled) continue;
    if (number >= sum.size()) sum.push_back(0), count.push_back(0);
    sum[number] += epoch.accuracy;
    ++count[number];
  }
  Curve curve;
  for (std::size_t i = 0; i < sum.size(); ++i) {
    curve.epochs.push_back(static_cast<double>(i + 1));
    curve.accuracy.push_back(100 * sum[i] / count[i]);
  }
  return curve;
}

void curves(Ui& ui, Rect r, const DistillProgress& progress) {
  const Curve alone = curve_of(progress.epochs, false), distilled = curve_of(progress.epochs, true);
  CurvePlot plot{.id = "distil:curves", .title = text("Accuracy on ", grouped(progress.now.validation_rows), " rows held out, mean of the seeds"), .x_label = "epoch", .y_label = "%", .curves = {}, .marks = {},
                 .is_x_logarithmic = false, .is_x_counted = true};
  const auto add = [&](std::string label, const Curve& curve, PlotCurve::Shape shape, Colour colour) {
    if (!curve.epochs.empty()) plot.curves.push_back({.label = std::move(label), .x = curve.epochs, .y = curve.accuracy, .shape = curve.epochs.size() == 1 ? PlotCurve::Shape::points : shape, .colour = colour});
  };
  add("distilled", distilled, PlotCurve::Shape::line, ui.theme.accent);
  add("alone", alone, PlotCurve::Shape::dashed, ui.theme.secondary);
  if (!plot.curves.empty()) curve_plot(ui, r, plot);
}

std::string verdict_text(const Learned& learned) {
  const std::string said(verdict(means_of(learned.alone, learned.distilled).difference));
  return text(static_cast<char>(said.front() - 'a' + 'A'), said.substr(1), ".");
}

std::string made_of(const DistillWish& wish, const DistillProgress& progress) {
  return text(wish.architecture, ", temperature ", number(static_cast<float>(wish.options.temperature)), ", alpha ", number(static_cast<float>(wish.options.alpha)), "; ",
              grouped(progress.now.learning_rows), " rows in ", wish.options.epochs, " epochs, ", grouped(progress.now.test_rows), " test rows, ", fixed(progress.worked_s, 1), " s.");
}

void progress_lines(Ui& ui, Rect& r, const DistillWish& wish, const DistillProgress& progress, bool is_about_this) {
  const Palette& theme = ui.theme;
  const protocol::Distilled& now = progress.now;
  const std::size_t students = 2 * static_cast<std::size_t>(wish.options.seeds);
  const double part = !is_about_this || now.steps_total == 0 ? 0 : static_cast<double>(now.steps) / static_cast<double>(now.steps_total);
  const std::string done = !is_about_this || now.steps == 0 ? std::string("the teacher answers") : text("student ", std::min(now.students.size() + 1, students), " of ", students);
  const std::string left = part > 0 ? text(fixed(progress.left_s, progress.left_s < 9.95 ? 1 : 0), " s left") : std::string();
  const std::string rate = part > 0 ? text(" · ", grouped(static_cast<std::uint64_t>(progress.rows_per_second)), " rows a second") : std::string();
  const Rect line = r.cut_top(20);
  ui.runs(line, {{done, Style::secondary_bold, theme.text}, {rate, Style::secondary, theme.secondary}});
  ui.text(line, Style::secondary, theme.secondary, left, Align::right);
  r.cut_top(4);
  const Rect track = r.cut_top(8);
  progress_bar(ui, track, part);
  ui.say({line.x, line.y, line.w, track.bottom() - line.y}, {.id = "distil:progress", .role = Role::text, .name = text("Distillation, ", done), .value = text(std::lround(part * 100), " %, ", left), .group = {}});
  r.cut_top(8);
}

}  // namespace

DistillAct distilling(Ui& ui, Rect r, const DistillShows& shown, DistillView& edited, View& view) {
  const Palette& theme = ui.theme;
  const DistillProgress& progress = shown.progress;
  const bool is_about_this = shown.wish && progress.number == shown.wish->number;
  const bool has_ended = is_about_this && progress.error.has_value(), is_done = is_about_this && progress.now.done, runs = shown.wish && !has_ended && !is_done;
  const Learned learned = is_about_this ? learned_of(progress.now) : Learned{};
  const std::vector<Row> rows = is_about_this ? rows_of(progress.now, learned) : std::vector<Row>{};
  const bool has_curves = is_about_this && !progress.epochs.empty(), explains = !shown.wish || edited.shows_options;
  const float button_height = ui.is_narrow() ? 44.0f : 32.0f, width = r.w - 30 - 12;
  const std::string student = text("Student: ", shown.architecture, ".");
  float wanted = 20 + button_height + 12 + row_height * static_cast<float>(rows.size()) + (has_curves ? least_plot + 12 : 0);
  const bool has_words_below = ui.is_narrow() && is_done && progress.file;   // a phone has no room for words beside the button
  if (has_words_below) wanted += button_height;
  if (explains) wanted += lines_height(Style::secondary, how, width) + lines_height(Style::secondary, student, width) + 16;
  if (runs) wanted += 40;
  if (has_ended || edited.error) wanted += 100;
  if (is_done) wanted += 2 * line_height + 8 + lines_height(Style::secondary, made_of(*shown.wish, progress), width);
  if (edited.shows_options && !runs) wanted += 4 * option_height(ui);
  ScrollArea area(ui, "distilling", r, std::max(r.h, wanted));
  Rect inside = area.content().inset(15, 10);

  DistillAct act = DistillAct::none;
  if (explains) {
    const float height = lines_height(Style::secondary, how, inside.w);
    ui.say({inside.x, inside.y, inside.w, height}, {.id = "distil:how", .role = Role::text, .name = text(how, " ", student), .value = {}, .group = {}});
    say_lines(ui, inside, Style::secondary, theme.secondary, how);
    inside.cut_top(4);
    say_lines(ui, inside, Style::secondary, theme.text, student);
    inside.cut_top(12);
  }
  if (has_ended) error_lines(ui, inside, "distil:error", text(to_text(*progress.error), "."));
  if (edited.error) error_lines(ui, inside, "distil:open error", text(to_text(*edited.error), "."));
  Rect buttons = inside.cut_top(button_height);
  Rect below = has_words_below ? inside.cut_top(button_height) : Rect{};
  Rect& beside = has_words_below ? below : buttons;
  inside.cut_top(12);
  const auto button = [&](std::string_view id, std::string_view label) { return primary_button(ui, buttons.cut_left(std::min(text_width(Style::bold, label) + 36, buttons.w)), id, label); };
  if (runs) {
    if (button("distil:stop", "Stop")) act = DistillAct::stop;
    progress_lines(ui, inside, *shown.wish, progress, is_about_this);
  } else {
    if (is_done && progress.file) {
      if (button("distil:open", "Open the student")) act = DistillAct::open;
      buttons.cut_left(16);
      if (text_button(ui, beside.cut_left(text_width(Style::secondary, "teach anew") + 6), "distil:anew", "teach anew")) act = DistillAct::start;
    } else if (button("distil:start", "Teach a smaller student")) {
      act = DistillAct::start;
    }
    if (text_button(ui, beside.cut_right(text_width(Style::secondary, "fewer options") + 6), "distil:options", edited.shows_options ? "fewer options" : "options", Align::right))
      edited.shows_options = !edited.shows_options;
    if (edited.shows_options) options(ui, inside, edited.options);
  }
  if (!rows.empty()) row_lines(ui, inside, rows, learned.distilled.size(), view);
  if (is_done && !learned.distilled.empty()) {
    const std::string said = verdict_text(learned);
    inside.cut_top(4);
    ui.say({inside.x, inside.y, inside.w, line_height}, {.id = "distil:outcome", .role = Role::status, .name = said, .value = {}, .group = {}});
    say_lines(ui, inside, Style::secondary_bold, theme.text, said);
    say_lines(ui, inside, Style::secondary, theme.secondary, made_of(*shown.wish, progress));
    inside.cut_top(4);
  }
  if (has_curves) curves(ui, {inside.x, inside.y + 8, inside.w, inside.h - 8}, progress);
  return act;
}

}  // namespace edgewise::panels
