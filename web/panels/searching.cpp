#include "web/panels/searching.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "web/app/words.h"
#include "web/panels/lines.h"
#include "web/panels/option.h"
#include "web/panels/trade_off.h"
#include "web/widgets/controls.h"
#include "web/widgets/plot.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

constexpr std::array<std::string_view, 4> lose_names{"0.5", "1", "2", "5"};
constexpr std::array<double, 4> losses{0.005, 0.01, 0.02, 0.05};
constexpr std::array<std::string_view, 3> aim_names{"flash", "download", "latency"};
constexpr std::array<SearchAim, 3> aims{SearchAim::flash, SearchAim::download, SearchAim::latency};

std::string points_text(double lose) { return text(number(static_cast<float>(100 * lose)), lose == 0.01 ? " point" : " points"); }

// ---- words -----------------------------------------------------------------------------------------------------------

std::string how(const SearchView& view) {
  constexpr std::array<std::string_view, 3> what{"Chooses the weight bits of each layer: the smallest flash",
                                                 "Chooses weight bits and pruning of each layer, stored in its shortest encoding: the smallest download",
                                                 "Chooses how many channels of each layer stay, at 8 bits: the shortest latency on this board"};
  return text(what[static_cast<std::size_t>(view.aim)], " that loses at most ",
              points_text(view.lose), " against float, chance included, and again on rows it was not chosen by. Each point is a recipe: press it to take it.");
}

std::string cost_text(const SearchShows& shown, double cost) {
  return shown.wish->aim == SearchAim::latency ? words::ms(cost * shown.time_factor).line() : words::kib(static_cast<std::uint64_t>(std::max(0.0, cost))).line();
}

std::string worse_text(double worse, Metric metric) {
  const std::string amount = text(fixed(100 * std::abs(worse), 1), metric == Metric::mae ? " % " : " points ");
  return text(amount, worse > -0.0005 ? "lost" : "won");
}

std::string phase_text(std::string_view phase) {
  if (phase == "float") return "float first";
  if (phase == "the chain") return "step by step down";
  if (phase == "exchanges") return "from one layer to another";
  if (phase == "confirming") return "again on rows of its own";
  if (phase == "other rows") return "checking it on other rows";
  return std::string(phase);
}

const protocol::Found* at(const SearchShows& shown, std::uint32_t place) { return place < shown.progress.points.size() ? &shown.progress.points[place] : nullptr; }

/// "12.7 KiB, 10 % less than all layers alike (14.2 KiB)": the best of either.
std::string verdict(const SearchShows& shown) {
  const protocol::Found &best = *at(shown, shown.progress.now.best), *uniform = at(shown, shown.progress.now.best_uniform);
  std::string said = cost_text(shown, best.cost);
  if (uniform && best.cost < uniform->cost)
    said += text(", ", fixed(100 * (1 - best.cost / uniform->cost), 0), " % less than all layers alike (", cost_text(shown, uniform->cost), ")");
  else if (uniform) said += shown.wish->aim == SearchAim::latency ? "; no mixture of channels is faster than all layers alike" : "; no mixture of bits is smaller than all layers alike";
  return said;
}

/// What it is worth on rows that had no part in the choice, once that is known.
std::string honesty(const SearchShows& shown) {
  const protocol::Searched& now = shown.progress.now;
  const protocol::HeldOut& held = now.held;
  const protocol::Found& best = *at(shown, now.best);
  if (held.rows == 0) return text(worse_text(best.worse_by, now.metric), " on the ", grouped(now.rows), " rows it is chosen by.");
  const std::string band = held.is_row_by_row ? text(" (", fixed(100 * held.worse_low, 1), " to ", fixed(100 * held.worse_high, 1), ")") : std::string();
  return text("On ", grouped(held.rows), " rows that had no part in the choice: ", worse_text(held.worse_by, now.metric), band, ".");
}

std::string nothing_found(const SearchShows& shown) {
  const auto& points = shown.progress.points;
  const bool was_refused = !shown.progress.now.refused.empty();
  return text("No recipe loses at most ", points_text(shown.wish->lose), was_refused ? " on the rows to choose by and again on others" : "", points.empty() ? std::string() : text("; the first, ", points.front().recipe, ", has ", worse_text(points.front().worse_by, shown.progress.now.metric)),
              ". Allow more, or give activations more bits.");
}

// ---- options: out of sight until asked for ---------------------------------------------------------------------------

void options(Ui& ui, Rect& r, SearchView& edited) {
  option(ui, r, "search:lose", "points that may be lost", "Against the float model on the same rows. One standard error is counted in, so that luck does not choose.", lose_names, losses, edited.lose);
  option(ui, r, "search:aim", "what is to be small", "Flash: the model as it runs, every layer dense. Download: as it is sent, pruned too. Latency: on the board above, by leaving out channels; no kernel library here runs fewer bits or single zeros faster.",
         aim_names, aims, edited.aim);
}

// ---- the plot --------------------------------------------------------------------------------------------------------

std::vector<PlotPoint> points_of(const SearchShows& shown, Metric metric) {
  const protocol::Searched& now = shown.progress.now;
  const std::string present = to_text(shown.recipe);
  std::vector<PlotPoint> points;
  for (std::size_t i = 0; i < shown.progress.points.size(); ++i) {
    const protocol::Found& found = shown.progress.points[i];
    using Kind = PlotPoint::Kind;
    const bool is_now = found.recipe == present, is_best = i == now.best, is_alike = i == now.best_uniform;
    const bool is_frontier = std::ranges::find(now.frontier, i) != now.frontier.end();
    const bool is_refused = std::ranges::find(now.refused, i) != now.refused.end();
    const bool has_interval = is_frontier || is_best || is_alike;
    const std::string score = plotted_text(metric, plotted(metric, found.value), 0.1), cost = cost_text(shown, found.cost);
    PlotPoint point{.x = shown.wish->aim == SearchAim::latency ? found.cost * shown.time_factor : found.cost / 1024, .y = plotted(metric, found.value), .y_low = {}, .y_high = {},
                    .kind = is_now ? Kind::now : is_best ? Kind::pinned : is_frontier ? Kind::best : Kind::plain,
                    .label = is_best ? "smallest" : is_alike ? "all alike" : is_now ? "now" : "",
                    .description = text(found.recipe, ": ", score, ", ", plotted_text(metric, plotted(metric, found.low), 0.1), " to ",
                                        plotted_text(metric, plotted(metric, found.high), 0.1), ", ", cost, is_refused ? ", lost too much on other rows" : found.is_good ? "" : ", may lose too much"),
                    .id = shown.is_locked || is_now ? std::string() : text("found:", found.recipe)};
    if (has_interval) point.y_low = plotted(metric, found.low), point.y_high = plotted(metric, found.high);
    points.push_back(std::move(point));
  }
  return points;
}

void plot(Ui& ui, Rect r, const SearchShows& shown, SearchAct& act) {
  const Palette& theme = ui.theme;
  const protocol::Searched& now = shown.progress.now;
  const Metric metric = now.metric;
  const std::vector<PlotPoint> points = points_of(shown, metric);
  const mcu::Board* board = mcu::find_board(shown.wish->board);
  const std::string against = shown.wish->aim == SearchAim::latency ? text("latency on ", board ? board->chip : std::string_view("your own board")) : std::string(shown.wish->aim == SearchAim::download ? "download" : "flash");
  ui.text(r.cut_top(20), Style::small, theme.secondary, text(words::metric_name(metric), " against ", against, ", on ", grouped(now.rows), " rows to choose by"));
  PlotAxes axes = axes_of(metric, points, {.is_near = true, .deepest = std::max(4.0, 400 * shown.wish->lose), .unit = shown.wish->aim == SearchAim::latency ? "ms" : "KiB"});
  if (metric != Metric::mae) axes.levels = {{plotted(metric, now.in_float - shown.wish->lose), text(points_text(shown.wish->lose), " below float")}};
  const std::vector<std::size_t> line(now.frontier.begin(), now.frontier.end());
  if (const auto pressed = scatter(ui, r, axes, points, line)) act = {SearchAct::Kind::take, shown.progress.points[*pressed].recipe};
}

}  // namespace

SearchAct searching(Ui& ui, Rect r, const SearchShows& shown, SearchView& edited, View& view) {
  const Palette& theme = ui.theme;
  const protocol::Searched& now = shown.progress.now;
  const bool is_about_this = shown.wish && shown.progress.number == shown.wish->number;
  const bool has_ended = is_about_this && shown.progress.error.has_value(), is_done = is_about_this && now.done;
  const bool runs = shown.wish && !shown.wish->rests && !has_ended && !is_done, rests = shown.wish && shown.wish->rests && !has_ended && !is_done;
  const protocol::Found* best = is_about_this ? at(shown, now.best) : nullptr;
  const float button_height = ui.is_narrow() ? 44.0f : 32.0f;
  Rect inside = r.inset(15, 10);
  SearchAct act;
  const auto say = [&](std::string_view id, Role role, Style style, Colour colour, std::string_view words) {
    ui.say({inside.x, inside.y, inside.w, lines_height(style, words, inside.w)}, {.id = std::string(id), .role = role, .name = std::string(words), .value = {}, .group = {}});
    say_lines(ui, inside, style, colour, words);
  };

  if (!shown.wish || edited.shows_options) {
    say("search:how", Role::text, Style::secondary, theme.secondary, how(edited));
    inside.cut_top(10);
  }
  if (has_ended) error_lines(ui, inside, "search:error", text(to_text(*shown.progress.error), "."));
  Rect buttons = inside.cut_top(button_height);
  Rect below = ui.is_narrow() && (rests || (is_done && best)) ? inside.cut_top(button_height) : Rect{};   // a phone has no room for words beside the button
  Rect& beside = below.h > 0 ? below : buttons;
  inside.cut_top(10);
  const auto button = [&](std::string_view id, std::string_view label) {
    const bool was_pressed = primary_button(ui, buttons.cut_left(std::min(text_width(Style::bold, label) + 36, buttons.w)), id, label);
    buttons.cut_left(16);
    return was_pressed;
  };
  const auto words_button = [&](std::string_view id, std::string_view label) { return text_button(ui, beside.cut_left(text_width(Style::secondary, label) + 6), id, label); };
  if (!runs && text_button(ui, beside.cut_right(text_width(Style::secondary, "fewer options") + 6), "search:options", edited.shows_options ? "fewer options" : "options", Align::right))
    edited.shows_options = !edited.shows_options;
  if (runs) {
    if (button("search:stop", "Stop")) act.kind = SearchAct::Kind::stop;
  } else if (rests) {
    if (button("search:go_on", "Go on")) act.kind = SearchAct::Kind::go_on;
    if (words_button("search:anew", "start anew")) act.kind = SearchAct::Kind::start;
  } else if (is_done && best) {
    if (!shown.is_locked && best->recipe != to_text(shown.recipe) && button("search:take", "Take the smallest")) act = {SearchAct::Kind::take, best->recipe};
    if (words_button("search:anew", "search anew")) act.kind = SearchAct::Kind::start;
  } else if (button("search:start", ui.is_narrow() ? "Find the smallest" : "Find the smallest that still works")) {
    act.kind = SearchAct::Kind::start;
  }
  if (runs || rests) {
    const std::string done = is_about_this ? text(rests ? "stopped, " : "", phase_text(now.phase)) : std::string("waiting");
    const std::string tried = is_about_this ? text(grouped(now.tried), now.tried == 1 ? " recipe tried" : " recipes tried") : std::string();
    if (runs) {
      Rect line = buttons;
      ui.text(line, Style::secondary, theme.secondary, text(tried, " · ", done));
      ui.say(line, {.id = "search:progress", .role = Role::text, .name = "Looking for the smallest", .value = text(tried, ", ", done), .group = {}});
    } else {
      say("search:progress", Role::text, Style::secondary, theme.secondary, text(tried, " · ", done));
    }
  }
  if (edited.shows_options && !runs) options(ui, inside, edited);
  if (is_done && !best) say("search:outcome", Role::status, Style::secondary, theme.text, nothing_found(shown));
  if (best) {
    const std::string said = verdict(shown), checked = honesty(shown);
    const std::string chosen = text(best->recipe, " · ", checked);
    ask_why(ui, {inside.x, inside.y, inside.w, lines_height(Style::bold, said, inside.w) + lines_height(Style::secondary, chosen, inside.w)}, {.id = "search:why", .role = Role::button, .name = "How the smallest is judged", .value = said, .group = {}},
            "search:best", view);
    ui.say({inside.x, inside.y, inside.w, lines_height(Style::bold, said, inside.w)},
           {.id = "search:outcome", .role = is_done ? Role::status : Role::text, .name = text(is_done ? "Smallest that works: " : "Smallest so far: ", said, ". ", best->recipe, ". ", checked), .value = {}, .group = {}});
    say_lines(ui, inside, Style::bold, theme.text, said);
    say_lines(ui, inside, Style::secondary, theme.secondary, chosen);
    inside.cut_top(6);
  }
  if (is_about_this && !shown.progress.points.empty() && inside.h > 120) plot(ui, inside, shown, act);
  return act;
}

}  // namespace edgewise::panels
