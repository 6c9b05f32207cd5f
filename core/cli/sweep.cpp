// edgewise sweep: which layer costs the accuracy and why; or the cheapest recipe that still answers well enough.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "core/base/json.h"
#include "core/base/random.h"
#include "core/cli/commands.h"
#include "core/cli/learning_options.h"
#include "core/cli/pipeline.h"
#include "core/cli/table.h"
#include "core/evaluate/metrics.h"
#include "core/evaluate/search.h"
#include "core/mcu/cost.h"
#include "core/report/cost_json.h"
#include "core/report/score_json.h"
#include "core/report/sweep_json.h"

namespace edgewise::cli {

namespace {

constexpr std::int64_t sensitivity_rows = 200;   ///< without --limit
constexpr std::int64_t validation_rows = 1000;   ///< at most, without --limit
constexpr std::size_t flips_shown = 20;

Result<std::vector<int>> bits_of(const Arguments& arguments) {
  std::vector<int> bits;
  const std::string given = arguments.get("bits").value_or("8,4,2");
  for (const std::string_view part : split(given, ',')) {
    const auto width = whole("bits", part, 2, 8);
    if (!width) return fail(text("--bits wants widths from 2 to 8 such as 8,4,2, not '", part, "'"), std::string(usage_error));
    if (std::ranges::find(bits, static_cast<int>(*width)) == bits.end()) bits.push_back(static_cast<int>(*width));
  }
  return bits;
}

/// Says how far it is, ten times in all.
class Progress {
 public:
  explicit Progress(std::string_view what) : what_(what) {}
  void at(std::uint64_t done, std::uint64_t total) {
    const std::uint64_t tenth = total == 0 ? 10 : 10 * done / total;
    if (tenth == said_) return;
    said_ = tenth;
    std::fputs(text(what_, ": ", 10 * tenth, " %\n").c_str(), stderr);
  }

 private:
  std::string_view what_;
  std::uint64_t said_ = 0;
};

std::string figure(const Score& s) { return s.metric == Metric::mae ? number(static_cast<float>(s.value)) : text(fixed(100 * s.value, 1), " %"); }
std::string interval(const Score& s) {
  if (s.metric == Metric::mae) return text(number(static_cast<float>(s.low)), " to ", number(static_cast<float>(s.high)));
  return text(fixed(100 * s.low, 1), " to ", fixed(100 * s.high, 1));
}
std::string in_decibels(double value) { return std::isfinite(value) ? fixed(value, 1) : "exact"; }

std::string loss_text(const GridLoss& loss) {
  if (loss.channels.empty()) return "float";
  const GridLoss::Channel total = loss.total();
  return in_decibels(decibels(total.signal, total.rounding + total.clipping));
}

std::string as_text(const Sensitivity& sensitivity, const Prepared& prepared, const std::vector<int>& bits) {
  const Trial &in_float = *sensitivity.find(Trial::Scope::none), &all = *sensitivity.find(Trial::Scope::all);
  std::string out = text(to_text(*prepared.recipe), ": ", report::name_of(all.score.metric), " ", figure(all.score), ", ", interval(all.score), " (95 % interval); float ",
                         figure(in_float.score), "; ", grouped(all.score.seen), " test rows\n");
  out += "\nthe worst first; flips: answers, when a layer's weights or activations alone are compressed, and when it alone stays float (all but); dB: signal to noise; at an end: codes there, zero aside\n";
  std::vector<std::string> header = {"layer", "by weights", "by activations", "all but", "dB at output", "dB weights", "dB activations", "clipped", "at an end", "dead"};
  Columns table(header, "lrrrrrrrrr");
  const auto suspects = sensitivity.suspects();
  for (const Suspect& suspect : suspects) {
    const LayerLoss& loss = sensitivity.layers()[suspect.layer];
    const double beyond = loss.activations.count == 0 ? 0.0 : 100.0 * static_cast<double>(loss.activations.clipped) / static_cast<double>(loss.activations.count);
    table.add({loss.name, text(suspect.flipped_by_weights), text(suspect.flipped_by_activations), text(sensitivity.find(Trial::Scope::all_but, suspect.layer)->score.changed), in_decibels(suspect.output_decibels),
               loss_text(loss.weights), loss_text(loss.activations), text(fixed(beyond, 2), " %"), text(fixed(100.0 * report::saturated_share(loss), 2), " %"), loss.units == 0 ? "" : text(loss.dead, " of ", loss.units)});
  }
  out += table.text();

  header = {"layer"};
  for (const int width : bits) header.push_back(text("only its w", width));
  for (const int width : bits) header.push_back(text("all but, w", width));
  Columns widths(header, "l" + std::string(2 * bits.size(), 'r'));
  for (const Suspect& suspect : suspects) {
    std::vector<std::string> cells = {sensitivity.layers()[suspect.layer].name};
    for (const Trial::Scope scope : {Trial::Scope::only_weights, Trial::Scope::all_but})
      for (const int width : bits) cells.push_back(figure(sensitivity.find(scope, suspect.layer, width)->score));
    widths.add(std::move(cells));
  }
  out += "\n" + widths.text();

  const LayerLoss& worst = sensitivity.layers()[suspects.front().layer];
  out += text("\n", worst.name, " costs most by ", report::sentence(suspects.front().fault, worst), "\n");
  if (const auto better = raised(*prepared.recipe, worst.name, suspects.front().fault)) out += text("with what it lacks: ", to_text(*better), "\n");
  const auto& flips = sensitivity.flips();
  if (!flips.empty()) out += text("\n", flips.size(), " answers flipped", flips.size() > flips_shown ? text("; the first ", flips_shown) : std::string(), ":\n");
  for (std::size_t i = 0; i < std::min(flips.size(), flips_shown); ++i) {
    const Flip& flip = flips[i];
    out += text("row ", flip.row, flip.label < 0 ? std::string() : text(", label ", flip.label), ": float says ", flip.float_answer, ", the recipe ", flip.answer, "\n");
  }
  if (prepared.data->is_generated) out += text("generated data: ", prepared.data->origin, "\n");
  return out;
}

Result<std::string> sensitivity_of(const Arguments& arguments, Prepared prepared) {
  const auto bits = bits_of(arguments);
  if (!bits) return std::unexpected(bits.error());
  const auto limit = whole("limit", arguments.get("limit").value_or(text(sensitivity_rows)), 1, static_cast<std::int64_t>(limits::samples));
  if (!limit) return fail(limit.error().reason, std::string(usage_error));
  prepared.test.resize(std::min(prepared.test.size(), static_cast<std::size_t>(*limit)));
  auto sensitivity = Sensitivity::prepare(prepared.repaired, prepared.ranges, prepared.rest, prepared.data, prepared.test, *bits);
  if (!sensitivity) return std::unexpected(sensitivity.error());
  Progress progress("sensitivity");
  for (bool more = true; more;) {
    const auto stepped = sensitivity->step();
    if (!stepped) return std::unexpected(stepped.error());
    more = *stepped;
    progress.at(sensitivity->steps_done(), sensitivity->steps_total());
  }
  if (!arguments.has("json")) return as_text(*sensitivity, prepared, *bits);
  Json json;
  json.open('{');
  report::write_sensitivity(json, *sensitivity, *prepared.recipe);
  return json.field("generated_data", prepared.data->is_generated).close('}').take() + "\n";
}

// ---- the cheapest recipe

/// What is to be small, and how its figures read.
struct Aim {
  CostOf cost;
  std::string key, what;                   ///< "flash_bytes", "flash"
  std::vector<float> sparsities = {0.0f}, channels = {};
  bool is_time = false;
  std::string figure(double value) const { return is_time ? text(fixed(value, 2), " ms") : text(grouped(static_cast<std::uint64_t>(value)), " bytes"); }
};

Result<Aim> aim_of(const Arguments& arguments, std::shared_ptr<const Graph> graph) {
  const std::string name = arguments.get("for").value_or("flash");
  Aim aim;
  if (name == "flash" || name == "stored") {
    const bool is_stored = name == "stored";
    aim.cost = is_stored ? stored_of(graph) : flash_of(graph);
    aim.key = name + "_bytes";
    aim.what = is_stored ? "stored size" : "flash";
    if (is_stored) aim.sparsities = stored_sparsities();
    return aim;
  }
  if (name != "latency") return fail(text("--for wants flash, stored or latency, not '", name, "'"), std::string(usage_error));
  const auto library = arguments.get("library");
  const auto target = report::find_target(arguments.get("board").value_or("stm32l4r5"), library ? std::optional<std::string_view>(*library) : std::nullopt);
  if (!target) return std::unexpected(target.error());
  aim.cost = latency_of(graph, *target->board, *target->library);
  aim.key = "latency_ms";
  aim.what = text("latency on ", target->board->name);
  aim.is_time = true;
  aim.channels = latency_channels();
  return aim;
}

std::string points_worse(double worse, Metric metric) {
  const double points = 100.0 * std::abs(worse);
  return text(fixed(points, 2), metric == Metric::mae ? " %" : " points", worse < 0 ? " better" : " worse");
}

/// What was asked for.
std::string allowed(double lose, Metric metric) {
  const std::string by = text(number(static_cast<float>(100.0 * lose)), metric == Metric::mae ? " %" : lose == 0.01 ? " point" : " points");
  const bool has_rows = metric == Metric::accuracy || metric == Metric::agreement;
  return text("at most ", by, " worse than float", has_rows ? ", one standard error included," : "");
}

std::string as_text(const Search& search, const Aim& aim, const Prepared& prepared, const Beside& held, double lose, const SearchRows& rows) {
  const SearchPoint &best = *search.best(), *uniform = search.best_uniform();
  std::string out = text(aim.is_time ? "shortest " : "smallest ", aim.what, ", ", allowed(lose, held.second.metric), " on ", grouped(rows.choose.size()), " rows, and again on ", grouped(rows.confirm.size()),
                         " others; ", search.recipes_tried(), " recipes tried\n");
  if (uniform != nullptr) out += text("all layers alike  ", aim.figure(uniform->cost), "  ", figure(uniform->score), "  ", to_text(uniform->recipe), "\n");
  out += text("best              ", aim.figure(best.cost), "  ", figure(best.score), "  ", to_text(best.recipe), "\n");
  if (uniform != nullptr && best.cost < uniform->cost)
    out += text("that is ", fixed(100.0 * (1.0 - best.cost / uniform->cost), best.cost < 0.999 * uniform->cost ? 1 : 2), " % less than the best with all layers alike\n");
  else out += text("no mixture is ", aim.is_time ? "faster" : "smaller", " than all layers alike\n");
  out += text("\non ", grouped(held.second.seen), " test rows that had no part in the choice: float ", figure(held.first), ", best ", figure(held.second), ", ", interval(held.second),
              " (95 % interval)\n");
  if (held.is_right_or_wrong()) {
    const Interval difference = paired_difference(held.first_only, held.second_only, held.second.seen);
    out += text(points_worse(held.first.value - held.second.value, held.second.metric), " than float there, from ", fixed(100.0 * difference.low, 2), " to ", fixed(100.0 * difference.high, 2),
                " (95 % interval, row by row)\n");
  } else out += text(points_worse(worse_by(held.first, held.second), held.second.metric), " than float there\n");
  Columns table({aim.what, "worse by", "+-", "on others", "recipe"}, "rrrll");
  for (const std::size_t i : search.frontier()) {
    const SearchPoint& point = search.points()[i];
    table.add({aim.figure(point.cost), fixed(100.0 * point.worse_by, 2), fixed(100.0 * point.standard_error, 2), !point.is_confirmed ? "" : *point.is_confirmed ? "good" : "too much lost", to_text(point.recipe)});
  }
  out += text("\nwhat no other recipe tried beats in both, on the rows to choose by\n", table.text());
  if (prepared.data->is_generated) out += text("generated data: ", prepared.data->origin, "\n");
  return out;
}

void write_point(Json& json, const Aim& aim, const SearchPoint& point) {
  json.open('{').field("recipe", to_text(point.recipe)).field(aim.key, point.cost);
  report::write_score(json, point.score);
  json.field("worse_by", point.worse_by).field("standard_error", point.standard_error).field("is_good", point.is_good).field("is_uniform", point.is_uniform);
  if (point.is_confirmed) json.field("is_confirmed", *point.is_confirmed);
  json.close('}');
}

std::string as_json(const Search& search, const Aim& aim, const Prepared& prepared, const Beside& held, double lose) {
  Json json;
  json.open('{').field("for", aim.key).field("tolerance", lose).field("recipes_tried", search.recipes_tried());
  json.key("float").open('{');
  report::write_score(json, search.in_float());
  json.close('}').key("best");
  write_point(json, aim, *search.best());
  json.key("best_uniform");
  if (search.best_uniform() != nullptr) write_point(json, aim, *search.best_uniform());
  else json.null();
  json.key("held_out").open('{');
  report::write_score(json, held.second);
  json.field("float_value", held.first.value).field("worse_by", worse_by(held.first, held.second));
  if (held.is_right_or_wrong()) {
    const Interval difference = paired_difference(held.first_only, held.second_only, held.second.seen);
    json.field("worse_by_low", difference.low).field("worse_by_high", difference.high);
  }
  json.close('}').key("frontier").open('[');
  for (const std::size_t i : search.frontier()) write_point(json, aim, search.points()[i]);
  json.close(']').key("points").open('[');
  for (const SearchPoint& point : search.points()) write_point(json, aim, point);
  return json.close(']').field("generated_data", prepared.data->is_generated).close('}').take() + "\n";
}

Result<std::string> search_of(const Arguments& arguments, const Prepared& prepared) {
  SearchOptions options;
  if (const auto given = arguments.get("lose")) {
    const auto points = parse_real(*given);
    if (!points || !(*points >= 0.0 && *points <= 100.0)) return fail(text("--lose wants points from 0 to 100, not '", *given, "'"), std::string(usage_error));
    options.tolerance = *points / 100.0;
  }
  if (arguments.has("bits")) {
    auto bits = bits_of(arguments);
    if (!bits) return std::unexpected(bits.error());
    std::ranges::sort(*bits, std::greater<>());
    options.bits = std::move(*bits);
  }
  const auto limit = whole("limit", arguments.get("limit").value_or(text(validation_rows)), 1, static_cast<std::int64_t>(limits::samples));
  if (!limit) return fail(limit.error().reason, std::string(usage_error));
  if (prepared.test.size() < 2) return fail("the search needs rows to choose by and others to report on", prepared.data->name, {}, "Give more rows");
  const auto aim = aim_of(arguments, prepared.float_graph);
  if (!aim) return std::unexpected(aim.error());
  options.sparsities = aim->sparsities;
  options.channels = aim->channels;
  if (aim->is_time && !arguments.has("bits")) options.bits = {8};   // fewer bits are no faster with any library
  options.calibration = split_rows(*prepared.data).calibration;
  const SearchRows rows = search_rows(options.calibration, prepared.test, static_cast<std::size_t>(*limit));   // test rows are in a pseudo-random order
  options.calibration.resize(static_cast<std::size_t>(prepared.calibration_rows));
  options.confirm = rows.confirm;
  auto search = Search::prepare(prepared.float_graph, prepared.ranges, *prepared.recipe, prepared.data, rows.choose, aim->cost, options);
  if (!search) return std::unexpected(search.error());
  const SearchPoint* best = nullptr;
  std::string said, phase;
  for (bool more = true; more;) {
    const auto stepped = search->step();
    if (!stepped) return std::unexpected(stepped.error());
    more = *stepped;
    if (phase != search->phase()) std::fputs(text(phase = search->phase(), "\n").c_str(), stderr);
    best = search->best();
    if (best == nullptr || said == to_text(best->recipe)) continue;
    said = to_text(best->recipe);
    std::fputs(text("  ", aim->figure(best->cost), ": ", said, "\n").c_str(), stderr);
  }
  if (best == nullptr)
    return fail(text("no recipe tried is ", allowed(options.tolerance, search->in_float().metric), " on ", rows.choose.size(), " rows and again on ", rows.confirm.size(), " others; all layers alike at ", options.bits.front(), " bits are ",
                     points_worse(search->points().front().worse_by, search->in_float().metric), " on the first"),
                prepared.name, {}, "Allow more with --lose, give activations more bits with --recipe a16, or give more rows");
  const auto graph = search->graph_of(best->recipe);
  if (!graph) return std::unexpected(graph.error());
  const auto held = score_beside(prepared, prepared.float_graph, *graph, rows.report);   // rows that had no part in the choice
  if (!held) return std::unexpected(held.error());
  return arguments.has("json") ? as_json(*search, *aim, prepared, *held, options.tolerance) : as_text(*search, *aim, prepared, *held, options.tolerance, rows);
}

}  // namespace

Result<std::string> sweep(const Arguments& arguments) {
  if (!arguments.has("data")) return fail("--data DATA is missing", std::string(usage_error));
  std::uint64_t seed = 0;
  if (auto ok = take_whole(arguments, "seed", 0, std::numeric_limits<std::int64_t>::max(), seed); !ok) return std::unexpected(ok.error());
  Arguments with_recipe = arguments;
  if (!arguments.has("recipe")) with_recipe.options["recipe"] = {"w8a8"};
  auto prepared = prepare(with_recipe);
  if (!prepared) return std::unexpected(prepared.error());
  if (seed != 0) {   // other rows are looked at, or choose; 0: in the order of split_rows
    Random random(seed);
    for (std::size_t left = prepared->test.size(); left > 1; --left) std::swap(prepared->test[left - 1], prepared->test[random.below(left)]);   // Fisher & Yates
  }
  return arguments.has("sensitivity") ? sensitivity_of(arguments, std::move(*prepared)) : search_of(arguments, *prepared);
}

}  // namespace edgewise::cli
