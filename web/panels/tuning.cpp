#include "web/panels/tuning.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
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

constexpr std::array<std::string_view, 6> rate_names{"found", "0.0003", "0.001", "0.003", "0.01", "0.1"};
constexpr std::array<double, 6> rates{0, 0.0003, 0.001, 0.003, 0.01, 0.1};   // the last is too much for most models, and shows what that is like
constexpr std::array<std::string_view, 4> batch_names{"8", "16", "32", "64"};
constexpr std::array<int, 4> batches{8, 16, 32, 64};
constexpr std::array<std::string_view, 2> prune_names{"at once", "step by step"};
constexpr std::array<bool, 2> prune_choices{false, true};   // on a schedule
constexpr std::array<std::string_view, 2> start_names{"its weights", "new weights"};
constexpr std::array<bool, 2> start_choices{false, true};   // from new ones

bool can_schedule(const Recipe& recipe) {
  const bool is_fraction = recipe.all.pattern != Pattern::two_of_four &&
                           std::ranges::none_of(recipe.layers, [](const auto& layer) { return layer.second.pattern == Pattern::two_of_four; });   // 2:4 has nothing to grow through
  return recipe.all.sparsity > 0 && is_fraction && std::ranges::none_of(recipe.layers, [](const auto& layer) { return layer.second.sparsity.has_value(); });
}

float options_height(const Ui& ui, const Recipe& recipe) { return option_height(ui) * (can_schedule(recipe) ? 6.0f : 5.0f); }

void options(Ui& ui, Rect& r, const Recipe& recipe, TuneOptions& edited) {
  const std::string epochs = text(edited.epochs), seed = text(edited.seed);
  if (const auto moved = slider(ui, option_head(ui, r, "epochs", epochs, "How often every row is seen."), "tune:epochs", "epochs", epochs, edited.epochs, {1, 50, 1}, ui.theme.accent))
    edited.epochs = static_cast<int>(*moved);
  option(ui, r, "tune:start", "start from", "New weights are drawn from the seed: the model learns everything again, from a rate of 0.003 where it is found.", start_names, start_choices, edited.from_new_weights);
  option(ui, r, "tune:rate", "learning rate", "Of the first step; it falls in a straight line to 0. Found: 0.001, and a third of it as long as the first epoch raises the loss.", rate_names, rates, edited.learning_rate);
  option(ui, r, "tune:batch", "rows a step", "A minibatch: the weights move once for so many rows.", batch_names, batches, edited.batch);
  if (can_schedule(recipe))
    option(ui, r, "tune:pruning", "pruning", "Step by step: from nothing to the recipe's sparsity in the first half of the steps, fast first and slower then (Zhu & Gupta 2017). The second half heals.",
           prune_names, prune_choices, edited.on_schedule);
  if (const auto moved = slider(ui, option_head(ui, r, "seed", seed, "Of the order of the rows, and of new weights. The same seed gives the same weights, to the bit, on every machine."), "tune:seed", "seed", seed,
                                static_cast<double>(edited.seed), {1, 20, 1}, ui.theme.accent))
    edited.seed = static_cast<std::uint64_t>(*moved);
}

// ---- the curves ------------------------------------------------------------------------------------------------------

struct Curves {
  std::vector<double> epochs, loss, validation_loss, accuracy, validation_accuracy;
};

Curves curves_of(std::span<const protocol::Epoch> epochs) {
  Curves out;
  for (const protocol::Epoch& epoch : epochs) {
    out.epochs.push_back(static_cast<double>(out.epochs.size() + 1));
    out.loss.push_back(epoch.loss);
    out.validation_loss.push_back(epoch.validation_loss);
    out.accuracy.push_back(100 * epoch.accuracy);
    out.validation_accuracy.push_back(100 * epoch.validation_accuracy);
  }
  return out;
}

CurvePlot plot_of(std::string id, std::string title, std::string unit, const std::vector<double>& x, const std::vector<double>& learned, const std::vector<double>& held_out, bool has_held_out,
                  Colour colour, Colour other) {
  const bool is_point = x.size() == 1;   // one epoch is no line yet
  CurvePlot plot{.id = std::move(id), .title = std::move(title), .x_label = "epoch", .y_label = std::move(unit), .curves = {}, .marks = {}, .is_x_logarithmic = false, .is_x_counted = true};
  plot.curves.push_back({.label = "rows it learns from", .x = x, .y = learned, .shape = is_point ? PlotCurve::Shape::points : PlotCurve::Shape::line, .colour = colour});
  if (has_held_out) plot.curves.push_back({.label = "rows held out", .x = x, .y = held_out, .shape = is_point ? PlotCurve::Shape::points : PlotCurve::Shape::dashed, .colour = other});
  return plot;
}

constexpr float least_plot = 138;   // two fit beside a window 720 high

// ---- words -----------------------------------------------------------------------------------------------------------

std::string what_it_does(const TuningShows& shown) {
  return text("Trains every weight on, at the grids of ", words::recipe_title(shown.recipe), ", so that what is trained is what the integers compute. The test rows stay unseen.");
}

std::string seconds_text(double seconds) { return seconds < 9.95 ? text(fixed(std::max(0.0, seconds), 1), " s") : seconds < 120 ? text(fixed(seconds, 0), " s") : text(fixed(seconds / 60, 0), " min"); }

std::string rate_text(double rows_per_second) { return text(grouped(static_cast<std::uint64_t>(rows_per_second)), " rows a second"); }

/// What is compared: the version before and the one that learned, at the recipe it learned at.
struct Compared {
  std::string name, figure, band;   ///< "one-shot", "80.0 %", "77.4 to 82.4"
};

Compared compared(std::string name, const Score& score) { return {std::move(name), words::score(score).line(), words::score_band(score)}; }

/// What was trained here; null where nothing was, though it may have been repaired.
const TunedModel* trained(const OpenModel& model) { return model.tuned && !model.tuned->repaired ? model.tuned.get() : nullptr; }

bool is_measured(const TuningShows& shown) { return shown.is_current && shown.answer.done && !shown.answer.error && shown.answer.score.seen > 0; }

std::vector<Compared> outcome(const TuningShows& shown) {
  const TunedModel& tuned = *shown.model.tuned;
  std::vector<Compared> rows;
  if (tuned.before && tuned.data.get() == shown.data) rows.push_back(compared(tuned.is_first ? "one-shot" : "before", *tuned.before));
  if (!(shown.recipe == tuned.recipe)) rows.push_back({"fine-tuned", text("at ", words::recipe_title(tuned.recipe)), {}});
  else if (is_measured(shown)) rows.push_back(compared("fine-tuned", shown.answer.score));
  else rows.push_back({"fine-tuned", "…", "measuring"});
  return rows;
}

/// "one-shot 80.0 % (77.4 to 82.4) → fine-tuned 94.7 % (93.1 to 95.9)"
std::string sentence_of(std::span<const Compared> rows) {
  std::string sentence;
  for (const Compared& row : rows) sentence += text(sentence.empty() ? "" : " → ", row.name, " ", row.figure, row.band.empty() ? std::string() : text(" (", row.band, ")"));
  return sentence;
}

void compared_row(Ui& ui, Rect row, const Compared& one, bool is_new) {
  const Palette& theme = ui.theme;
  Rect sign = row.cut_left(20);
  if (is_new) icon(ui, Icon::check, sign.x + 6, sign.middle_y(), 12, theme.fits);
  ui.text(row.cut_left(78), Style::secondary, theme.secondary, one.name);
  ui.text(row.cut_left(62), Style::bold, theme.text, one.figure);
  ui.text(row, Style::secondary, theme.secondary, one.band);
}

void progress_lines(Ui& ui, Rect& r, const TuningShows& shown) {
  const Palette& theme = ui.theme;
  const protocol::Tuned& now = shown.progress.now;
  const int epochs = shown.running->options.epochs;
  const double part = now.steps_total == 0 ? 0 : static_cast<double>(now.steps) / static_cast<double>(now.steps_total);
  const std::string left = now.steps_total == 0          ? std::string("making the rows")
                           : shown.progress.left_s > 0   ? text(seconds_text(shown.progress.left_s), " left")
                           : now.steps < now.steps_total ? std::string()
                                                         : text("comparing with the integers, ", words::seen_of_total(now.compared, now.to_compare));
  const std::string done = text("epoch ", std::min<std::size_t>(shown.progress.epochs.size() + 1, static_cast<std::size_t>(epochs)), " of ", epochs);
  const Rect line = r.cut_top(20);
  ui.runs(line, {{done, Style::secondary_bold, theme.text}, {shown.progress.rows_per_second > 0 ? text(" · ", rate_text(shown.progress.rows_per_second)) : std::string(), Style::secondary, theme.secondary}});
  ui.text(line, Style::secondary, theme.secondary, left, Align::right);
  r.cut_top(4);
  const Rect track = r.cut_top(8);
  progress_bar(ui, track, part);
  ui.say({line.x, line.y, line.w, track.bottom() - line.y}, {.id = "tune:progress", .role = Role::text, .name = text("Fine-tuning, ", done), .value = text(std::lround(part * 100), " %, ", left), .group = {}});
  r.cut_top(8);
}

/// Whether what was trained is what the integers compute.
std::string gap_text(const TunedModel& tuned) {
  if (tuned.compared == 0) return {};
  if (tuned.has_classes) return text("The integers agree with what was trained on ", words::seen_of_total(tuned.same, tuned.compared), " test rows. ");
  if (tuned.gap == 0.0) return text("The integers answer exactly what was trained on ", grouped(tuned.compared), " test rows. ");
  return text("The integers differ from what was trained by ", number(static_cast<float>(tuned.gap)), " in the mean, in the targets' unit, on ", grouped(tuned.compared), " test rows. ");
}

std::string made_of(const TunedModel& tuned) {
  return text(gap_text(tuned), grouped(tuned.learning_rows),
              " rows in ", tuned.epochs.size(), tuned.epochs.size() == 1 ? " epoch, " : " epochs, ", seconds_text(tuned.seconds), ", from a rate of ", number(static_cast<float>(tuned.learning_rate)), tuned.rows_per_second > 0 ? text(", ", rate_text(tuned.rows_per_second)) : std::string(),
              tuned.validation_rows > 0 ? text("; ", grouped(tuned.validation_rows), " held out.") : std::string("."));
}

constexpr float row_height = 22;

float outcome_height(const TuningShows& shown, float width) {
  return row_height * static_cast<float>(outcome(shown).size()) + 4 + lines_height(Style::secondary, made_of(*shown.model.tuned), width) + 8;
}

void outcome_lines(Ui& ui, Rect& r, const TuningShows& shown, View& view) {
  const std::vector<Compared> rows = outcome(shown);
  const Rect all = r.cut_top(row_height * static_cast<float>(rows.size()));
  ask_why(ui, all, {.id = "tune:why", .role = Role::button, .name = "How fine-tuning is judged", .value = sentence_of(rows), .group = {}}, "tune:outcome", view);
  for (std::size_t i = 0; i < rows.size(); ++i) compared_row(ui, {all.x, all.y + row_height * static_cast<float>(i), all.w, row_height}, rows[i], i + 1 == rows.size());
  const std::string made = made_of(*shown.model.tuned);
  ui.say(all, {.id = "tune:outcome", .role = Role::status, .name = text(sentence_of(rows), ". ", made), .value = {}, .group = {}});
  r.cut_top(4);
  say_lines(ui, r, Style::secondary, ui.theme.secondary, made);
  r.cut_top(8);
}

/// Before anything was learned: what there is to win.
void start_lines(Ui& ui, Rect& r, const TuningShows& shown) {
  if (!is_measured(shown)) return;
  compared_row(ui, r.cut_top(row_height), compared(shown.model.tuned ? "repaired" : "one-shot", shown.answer.score), false);
  if (shown.answer.float_score) compared_row(ui, r.cut_top(row_height), compared("float", *shown.answer.float_score), false);
}

}  // namespace

TuningAct tuning(Ui& ui, Rect r, const TuningShows& shown, TuneView& edited, View& view) {
  const Palette& theme = ui.theme;
  const bool is_running = shown.running != nullptr;
  const TunedModel* tuned = trained(shown.model);
  const std::vector<protocol::Epoch>* epochs = is_running ? &shown.progress.epochs : tuned ? &tuned->epochs : nullptr;
  const bool has_curves = epochs && !epochs->empty();
  const bool has_classes = is_running ? shown.progress.now.has_classes : tuned && tuned->has_classes;
  const bool has_held_out = (is_running ? shown.progress.now.validation_rows : tuned ? tuned->validation_rows : 0) > 0;
  const float width = r.w - 30 - 12;
  const std::string what = what_it_does(shown);
  const bool explains = edited.shows_options || (is_running ? !has_curves : !tuned);   // the curves, or what came of it, take that place
  const float button_height = ui.is_narrow() ? 44.0f : 32.0f;
  float fixed_height = 20 + (explains ? lines_height(Style::secondary, what, width) + 12 : 0) + button_height + 12;
  if (is_running) fixed_height += 40;
  else fixed_height += (tuned ? outcome_height(shown, width) : 0) + (edited.error ? 100.0f : 0.0f) + (edited.shows_options ? options_height(ui, shown.recipe) : 0.0f);
  const float plots = has_classes ? 2 : 1;
  const float wanted = fixed_height + (has_curves ? plots * least_plot + 8 : 0);
  ScrollArea area(ui, "tuning", r, std::max(r.h, wanted));
  Rect inside = area.content().inset(15, 10);

  TuningAct act = TuningAct::none;
  if (explains) {
    say_lines(ui, inside, Style::secondary, theme.secondary, what);
    inside.cut_top(12);
  }
  Rect buttons = inside.cut_top(button_height);
  inside.cut_top(12);
  if (is_running) {
    if (primary_button(ui, buttons.cut_left(std::min(120.0f, buttons.w)), "tune:stop", "Stop")) act = TuningAct::stop;
    progress_lines(ui, inside, shown);
  } else {
    const std::string label = text(tuned ? "Fine-tune on, " : "Fine-tune at ", words::recipe_title(shown.recipe));
    const float room = buttons.w - 130;
    if (primary_button(ui, buttons.cut_left(std::clamp(text_width(Style::bold, label) + 36, 120.0f, room)), "tune:start", label)) act = TuningAct::start;
    buttons.cut_left(16);
    const std::string_view more = edited.shows_options ? "fewer options" : "options";
    if (text_button(ui, buttons.cut_right(text_width(Style::secondary, "fewer options") + 6), "tune:options", more, Align::right)) edited.shows_options = !edited.shows_options;
    if (tuned && text_button(ui, buttons.cut_left(text_width(Style::secondary, "undo") + 6), "tune:undo", "undo")) act = TuningAct::undo;
    if (edited.error) error_lines(ui, inside, "tune:error", text(to_text(*edited.error), ". The model is as it was."));
    if (edited.shows_options) options(ui, inside, shown.recipe, edited.options);
    if (tuned) outcome_lines(ui, inside, shown, view);
    else start_lines(ui, inside, shown);
  }
  if (!has_curves) return act;
  const Curves curves = curves_of(*epochs);
  Rect first = has_classes ? inside.cut_top((inside.h - 8) / 2) : inside;
  ask_why(ui, first, {.id = "tune:loss/why", .role = Role::button, .name = "How the loss is made", .value = {}, .group = {}}, "tune:loss", view);
  curve_plot(ui, first, plot_of("tune:loss", "Loss", {}, curves.epochs, curves.loss, curves.validation_loss, has_held_out, theme.text, theme.secondary));
  if (!has_classes) return act;
  inside.cut_top(8);
  ask_why(ui, inside, {.id = "tune:accuracy/why", .role = Role::button, .name = "How the accuracy is made", .value = {}, .group = {}}, "tune:accuracy", view);
  curve_plot(ui, inside, plot_of("tune:accuracy", "Accuracy", "%", curves.epochs, curves.accuracy, curves.validation_accuracy, has_held_out, theme.accent, theme.secondary));
  return act;
}

}  // namespace edgewise::panels
