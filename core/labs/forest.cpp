#include "core/labs/detection.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "core/labs/words.h"

namespace edgewise::labs {

namespace {

enum At { found_at, false_at, base_at, votes_at, radius_at, of_at, nodes_at, area_at, period_at };

constexpr std::array fields = {
    Field{.key = "found_percent", .label = "Chainsaw windows it finds", .unit = "%", .lowest = 1, .highest = 100, .initial = 89, .step = 0.1, .why = "The chapter's true positive rate, at distances up to 300 m."},
    Field{.key = "false_percent", .label = "Quiet windows that alarm", .unit = "%", .lowest = 0.0001, .highest = 50, .initial = 5.8, .is_logarithmic = true,
          .why = "5.8 % is what a balanced accuracy of 91.6 % with 89 % found implies; 2.1 alarms a day are 0.0729 %."},
    Field{.key = "sawing_per_million", .label = "Windows with a chainsaw", .unit = "in a million", .lowest = 0.1, .highest = 100000, .initial = 16, .is_logarithmic = true,
          .why = "Assumed: seven intruders a year who saw an hour each in earshot of one of 50 nodes, 840 of 52.6 million windows."},
    Field{.key = "votes", .label = "Windows that must agree", .unit = "", .lowest = 1, .highest = 10, .initial = 1, .step = 1, .why = "An alarm needs this many of the last windows. The chapter mentions no vote, but its figures need one."},
    Field{.key = "radius_m", .label = "A node hears", .unit = "m", .lowest = 20, .highest = 2000, .initial = 300, .step = 1, .is_logarithmic = true, .why = "The chapter says up to 300 m.", .is_detail = true},
    Field{.key = "of", .label = "of the last", .unit = "windows", .lowest = 1, .highest = 10, .initial = 1, .step = 1, .why = "3 of 5: three of five windows must alarm.", .is_detail = true},
    Field{.key = "nodes", .label = "Nodes", .unit = "", .lowest = 1, .highest = 500, .initial = 50, .step = 1, .why = "The chapter has 50.", .is_detail = true},
    Field{.key = "area_ha", .label = "Forest", .unit = "ha", .lowest = 1, .highest = 100000, .initial = 2500, .step = 1, .is_logarithmic = true, .why = "The chapter has 2,500 hectares.", .is_detail = true},
    Field{.key = "period_s", .label = "A window every", .unit = "s", .lowest = 1, .highest = 600, .initial = 30, .step = 1, .is_logarithmic = true, .why = "The chapter listens 5 s in every 30.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"91.6 % accurate", ""},
    Preset{"2.1 false alarms a day", "false_percent=0.0729167"},
    Preset{"three of five must agree", "votes=3 of=5"},
    Preset{"both", "false_percent=0.0729167 votes=2 of=3"},
    Preset{"the listener at one half", "found_percent=88.9 false_percent=8.93"},
};

Outcome evaluate(std::span<const double> v) {
  const int of = static_cast<int>(std::max(v[of_at], v[votes_at])), votes = static_cast<int>(v[votes_at]);
  const double p = v[found_at] / 100, q = v[false_at] / 100, base = v[base_at] / 1e6, nodes = v[nodes_at], windows = windows_a_day(v[period_at]);
  const double found = at_least(votes, of, p), wrong = at_least(votes, of, q);
  const double node_day = false_alarms_a_day(wrong, windows * (1 - base)), fleet_year = node_day * nodes * 365, precision = positive_predictive_value(base, found, wrong);
  const double covered_ha = nodes * disc_hectares(v[radius_at]), covered = std::min(1.0, covered_ha / v[area_at]), by_chance = 1 - std::exp(-covered_ha / v[area_at]), needed = std::ceil(v[area_at] / hexagon_hectares(v[radius_at]));
  Outcome out;
  out.tone = precision < 0.1 ? Tone::bad : precision < 0.5 ? Tone::warning : Tone::good;
  out.sentence = text(precision > 0 ? text("Of ", brief(1 / precision), " alarms one is right") : std::string("No alarm is right"), ": there are ", brief(node_day), " false ones a node and day, ", fleet_year < 1e6 ? brief(fleet_year) : text(brief(fleet_year / 1e6), " million"), " a year from ", brief(nodes), nodes == 1 ? " node." : " nodes.");
  const std::string rates = "rates of single windows, taken as independent of each other";
  const std::string vote = of > 1 ? text(votes, " of ", of, ": sum of C(n, i) p^i (1 - p)^(n - i), i from ", votes) : "one window decides";
  out.figures.push_back({.key = "false_alarms_a_node_day", .label = "False alarms, a node and day", .unit = "", .value = node_day, .formula = "windows a day * chance that a quiet one alarms",
                         .numbers = text(brief(windows, 6), " * ", brief(wrong), " (", vote, ")"), .source = rates, .tone = node_day > 5 ? Tone::bad : Tone::warning, .decimals = 2});
  out.figures.push_back({.key = "precision_percent", .label = "Alarms that are right", .unit = "%", .value = 100 * precision, .formula = "b p / (b p + (1 - b) q)",
                         .numbers = text(brief(base), " * ", brief(found), " / (", brief(base), " * ", brief(found), " + ", brief(1 - base, 6), " * ", brief(wrong), ")", precision > 0 ? text("; ", brief(1 / precision - 1, 4), " false for each right one") : std::string()), .source = "Bayes 1763", .tone = out.tone, .decimals = 4});
  out.figures.push_back({.key = "fleet_false_alarms_a_year", .label = "False alarms of the fleet, a year", .unit = "", .value = fleet_year, .formula = "a node and day * nodes * 365", .numbers = text(brief(node_day), " * ", brief(nodes), " * 365"), .source = rates,
                         .tone = fleet_year > 1000 ? Tone::bad : Tone::plain, .decimals = 0});
  out.figures.push_back({.key = "found_percent", .label = "Chainsaws found", .unit = "%", .value = 100 * found, .formula = "at least k of n windows alarm", .numbers = text(vote, ", p = ", brief(p)), .source = rates, .decimals = 2});
  out.figures.push_back({.key = "balanced_accuracy_percent", .label = "Balanced accuracy", .unit = "%", .value = 100 * balanced_accuracy(found, wrong), .formula = "(found + 1 - false) / 2", .numbers = text("(", brief(found), " + 1 - ", brief(wrong), ") / 2"),
                         .source = "mean of the two classes' shares; looks good whatever the base rate is", .decimals = 2});
  out.figures.push_back({.key = "covered_percent", .label = "Heard of the forest, at most", .unit = "%", .value = 100 * covered, .formula = "nodes * pi r^2 / area, at most all", .numbers = text(brief(nodes), " * ", brief(disc_hectares(v[radius_at]), 4), " ha / ", brief(v[area_at], 6), " ha"),
                         .source = "discs that do not overlap", .tone = covered < 0.95 ? Tone::bad : Tone::good, .decimals = 1});
  out.figures.push_back({.key = "covered_by_chance_percent", .label = "when nodes hang anywhere", .unit = "%", .value = 100 * by_chance, .formula = "1 - exp(-nodes * pi r^2 / area)", .numbers = text("1 - exp(-", brief(covered_ha / v[area_at]), ")"),
                         .source = "Boolean model, Hall 1988", .decimals = 1});
  out.figures.push_back({.key = "nodes_needed", .label = "Nodes without a gap", .unit = "", .value = needed, .formula = "area / (1.5 sqrt(3) r^2), up", .numbers = text(brief(v[area_at], 6), " / ", brief(hexagon_hectares(v[radius_at]), 4)), .source = "hexagons, Kershner 1939; the edge not counted",
                         .decimals = 0});
  out.figures.push_back({.key = "response_s", .label = "Until the vote is complete", .unit = "s", .value = of * v[period_at], .formula = "windows of a vote * period", .numbers = text(of, " * ", brief(v[period_at]), " s"), .source = "at worst; without the radio", .decimals = 0});

  Picture picture{.title = "Alarms that are right", .x_label = "quiet windows that alarm, %", .y_label = "right, %", .curves = {}, .marks = {}, .is_x_logarithmic = true};
  Curve single{.label = "one window decides", .x = {}, .y = {}}, voted{.label = text(votes, " of ", of, " must agree"), .x = {}, .y = {}, .tone = Tone::good};
  for (int i = 0; i <= 140; ++i) {
    const double rate = std::pow(10, -6 + i / 25.0);   // 1e-6 to 0.4
    single.x.push_back(100 * rate);
    single.y.push_back(100 * positive_predictive_value(base, p, rate));
    voted.x.push_back(100 * rate);
    voted.y.push_back(100 * positive_predictive_value(base, found, at_least(votes, of, rate)));
  }
  picture.curves.push_back(std::move(single));
  if (of > 1) picture.curves.push_back(std::move(voted));
  picture.marks.push_back({.label = text("here, ", percent(q)), .x = 100 * q, .tone = out.tone});
  picture.marks.push_back({.label = "2.1 a day", .x = 100 * 2.1 / windows});
  out.pictures.push_back(std::move(picture));
  return out;
}

}  // namespace

Lab forest_lab() {
  return {.name = "forest", .title = "Alarms in the forest", .question = "Of all alarms a detector raises, how many are right?", .fields = fields, .presets = presets, .evaluate = evaluate,
          .sources = "The chapter's: 89 % found, 91.6 %, 2.1 false alarms, 50 nodes, 300 m, 2,500 hectares, a window every 30 s. Assumed: how rare chainsaws are, and that windows err independently; heavy rain makes many of them err at once, "
                     "so a real vote helps less. The lab listener counts that on synthesised sound; its rates at a threshold of one half are a preset here. Where nodes hang is the lab coverage."};
}

}  // namespace edgewise::labs
