#include "core/labs/own_building.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include "core/base/text.h"
#include "core/evaluate/metrics.h"
#include "core/labs/scoring.h"
#include "core/labs/words.h"
#include "core/train/linear.h"
#include "core/train/trees.h"

namespace edgewise::labs {

namespace {

constexpr std::size_t most_learned = 3000, most_judged = 500, least_judged = 10;

using Row = std::vector<float>;

struct Sample {
  Row row;          ///< all that the window holds, and the hour of the day where there is one
  Row newest;       ///< of its last reading alone, and the hour
  double target = 0, minute = 0, now = 0;
};

/// As many of [first, last) as `most`, evenly spread.
std::vector<Sample> samples_of(const Windows& windows, bool has_hour, std::size_t first, std::size_t last, std::size_t most) {
  const auto length = static_cast<std::size_t>(windows.sample[0]), width = static_cast<std::size_t>(windows.sample[1]);
  const std::size_t every = std::max<std::size_t>(1, (last - first + most - 1) / most);
  std::vector<Sample> out;
  for (std::size_t i = first; i < last; i += every) {
    const auto begin = windows.x.begin() + static_cast<std::ptrdiff_t>(i * length * width), end = begin + static_cast<std::ptrdiff_t>(length * width);
    Sample sample{Row(begin, end), Row(end - static_cast<std::ptrdiff_t>(width), end - 1), static_cast<double>(windows.targets[i]), windows.minutes[i], windows.now[i]};
    if (has_hour) {
      const double angle = 2 * std::numbers::pi * std::fmod(sample.minute, 1440.0) / 1440.0;
      for (Row* row : {&sample.row, &sample.newest}) row->push_back(static_cast<float>(std::sin(angle))), row->push_back(static_cast<float>(std::cos(angle)));
    }
    out.push_back(std::move(sample));
  }
  return out;
}

struct OwnModel {
  std::string name, short_name;
  double bytes = 0, macs = 0, compares = 0;
  std::vector<double> foreseen = {}, errors = {};
  MeanInterval error{}, less{};   ///< less: than who says that nothing changes, window by window
};

struct Flat {
  std::vector<float> x, targets;
};
Flat flat(const std::vector<Sample>& samples, Row Sample::* which) {
  Flat out;
  for (const Sample& sample : samples) {
    out.x.insert(out.x.end(), (sample.*which).begin(), (sample.*which).end());
    out.targets.push_back(static_cast<float>(sample.target));
  }
  return out;
}

std::string with(const MeanInterval& m) { return text(brief(m.mean), " (", brief(m.low), " to ", brief(m.high), ")"); }

}  // namespace

Result<Outcome> own_building_outcome(BytesView csv, const OwnQuestion& asked) {
  const auto columns = reading_columns(csv);
  if (!columns) return std::unexpected(columns.error());
  const std::size_t column = std::min(asked.column, columns->numbers.size() - 1);
  const std::string& target = columns->numbers[column];
  const WindowOptions cut = reading_windows(*columns, column, asked.ahead_minutes);
  auto windows = read_windows(csv, cut);
  if (!windows) return std::unexpected(windows.error());
  const std::vector<Sample> learned = samples_of(*windows, columns->has_dates, 0, static_cast<std::size_t>(windows->learning), most_learned),
                            judged = samples_of(*windows, columns->has_dates, static_cast<std::size_t>(windows->learning), static_cast<std::size_t>(windows->size()), most_judged);
  if (judged.size() < least_judged) return fail(text(judged.size(), " windows are left to judge by; ", least_judged, " or more are wanted"), {}, {}, "Give more readings, or look less far ahead");

  std::vector<OwnModel> models;
  const auto add = [&](OwnModel model, const std::function<double(const Sample&)>& answer) {
    for (const Sample& sample : judged) {
      model.foreseen.push_back(answer(sample));
      model.errors.push_back(std::fabs(model.foreseen.back() - sample.target));
    }
    models.push_back(std::move(model));
  };
  const Flat newest = flat(learned, &Sample::newest), whole = flat(learned, &Sample::row);
  constexpr double ridge = 1e-3;
  add({.name = "the guess that nothing changes", .short_name = "no change"}, [](const Sample&) { return 0.0; });
  const train::Linear short_line = train::fit_linear(newest.x, newest.targets, ridge), long_line = train::fit_linear(whole.x, whole.targets, ridge);
  add({.name = "a line over the last reading", .short_name = "line, 1", .bytes = static_cast<double>(short_line.bytes()), .macs = static_cast<double>(short_line.weights.size())}, [&](const Sample& s) { return static_cast<double>(short_line(s.newest)); });
  add({.name = "a line over six readings", .short_name = "line, 6", .bytes = static_cast<double>(long_line.bytes()), .macs = static_cast<double>(long_line.weights.size())}, [&](const Sample& s) { return static_cast<double>(long_line(s.row)); });
  for (const int trees : {10, 30}) {
    const train::Forest forest = train::Forest::grow(whole.x, whole.targets, {.trees = trees, .deepest = 7, .seed = 1});
    std::size_t compares = 0;
    for (const Sample& sample : judged) compares += forest.compares(sample.row);
    add({.name = text("a forest of ", trees, " trees"), .short_name = text(trees, " trees"), .bytes = static_cast<double>(forest.bytes()), .compares = std::round(static_cast<double>(compares) / static_cast<double>(judged.size()))},
        [&](const Sample& s) { return static_cast<double>(forest(s.row)); });
  }
  // Windows nearer to each other than what one of them spans know of each other: they are drawn together.
  const double between = (judged.back().minute - judged.front().minute) / static_cast<double>(judged.size() - 1), span = 2 * asked.ahead_minutes;
  const auto block = static_cast<std::size_t>(std::clamp(std::ceil(span / std::max(between, 1e-9)), 1.0, static_cast<double>(judged.size()) / 2));
  for (OwnModel& model : models) {
    model.error = block_bootstrap(model.errors, block, 1);
    std::vector<double> less = models.front().errors;
    for (std::size_t i = 0; i < less.size(); ++i) less[i] -= model.errors[i];
    model.less = block_bootstrap(less, block, 1);
  }
  const auto milliseconds = [&](const OwnModel& model) { return (model.macs * asked.cycles_a_mac + model.compares * asked.cycles_a_compare) / (asked.clock_mhz * 1e3); };
  const auto meets = [&](const OwnModel& model) { return model.error.high <= asked.error && model.bytes <= asked.bytes && milliseconds(model) <= asked.latency_ms; };
  const auto chosen = std::ranges::find_if(models, meets);
  const bool is_found = chosen != models.end();
  const OwnModel& model = is_found ? *chosen : *std::ranges::min_element(models, {}, [](const OwnModel& m) { return m.error.mean; });
  const auto met = std::ranges::count_if(models, meets);

  Outcome out;
  out.tone = is_found ? Tone::good : Tone::bad;
  const std::string ahead = text(brief(asked.ahead_minutes), " minutes ahead");
  out.sentence = text("Your readings, '", target, "' ", ahead, ": learned from the first three quarters, judged on ", grouped(judged.size()), " windows from ", windows->first_test.substr(0, 40), " on. ",
                      is_found ? text(met == 1 ? "One model meets" : text(met, " models meet"), " all limits, and the simplest is ", model.name, ", ", brief(model.error.mean, 2), " off.") : text("No model meets all limits. The most exact one is ", model.name, ", ", brief(model.error.mean, 2), " off."));
  if (&model != &models.front())
    out.sentence += model.less.low > 0 ? text(" Guessing that nothing changes is worse: this errs by ", with(model.less), " less.") : text(" That it is better than guessing that nothing changes was not shown: ", with(model.less), " less.");
  const std::string source = "learned and judged here on the readings that were dropped: core/labs/own_building", boot = text("; interval: circular block bootstrap, ", block, block == 1 ? " window" : " windows"), formula = "mean of |foreseen - true|";
  out.figures.push_back({.key = "error_k", .label = "Mean error of the chosen model", .unit = "", .value = model.error.mean, .low = model.error.low, .high = model.error.high, .formula = formula, .numbers = text(model.name, ", in the unit of '", target, "'"), .source = source + boot, .tone = out.tone});
  out.figures.push_back({.key = "no_change_k", .label = "of the guess that nothing changes", .unit = "", .value = models[0].error.mean, .low = models[0].error.low, .high = models[0].error.high, .formula = "mean of |true change|", .numbers = text(grouped(judged.size()), " windows"), .source = source + boot});
  out.figures.push_back({.key = "less_k", .label = "Less than that guess", .unit = "", .value = model.less.mean, .low = model.less.low, .high = model.less.high, .formula = "mean over windows of the difference", .numbers = text(brief(models[0].error.mean), " - ", brief(model.error.mean)), .source = source + boot, .tone = model.less.low > 0 ? Tone::good : Tone::warning});
  out.figures.push_back({.key = "model_bytes", .label = "Its size", .unit = "B", .value = model.bytes, .formula = "bytes of its numbers", .numbers = model.name, .source = "a node of a tree: 5 bytes; a number of a line: 4", .decimals = 0});
  out.figures.push_back({.key = "model_ms", .label = "Its time for one answer", .unit = "ms", .value = milliseconds(model), .formula = "(products * cycles + compares * cycles) / clock", .numbers = text("(", brief(model.macs, 6), " * ", brief(asked.cycles_a_mac), " + ", brief(model.compares, 6), " * ", brief(asked.cycles_a_compare), ") / ", brief(asked.clock_mhz), " MHz"), .source = "an estimate; not measured"});
  out.figures.push_back({.key = "models_meeting", .label = "Models that meet all limits", .unit = "", .value = static_cast<double>(met), .formula = "error's upper end, size and time within the limits", .numbers = text(met, " of ", models.size()), .source = source, .decimals = 0});
  out.figures.push_back({.key = "readings", .label = "Readings kept", .unit = "", .value = static_cast<double>(windows->readings), .formula = "those at least a sixth of the time ahead apart", .numbers = text(grouped(windows->readings), " of ", grouped(columns->rows), " rows"), .source = "core/formats/windows", .decimals = 0});
  out.figures.push_back({.key = "learned_windows", .label = "Windows learned from", .unit = "", .value = static_cast<double>(learned.size()), .formula = "of those that end and are answered before the border, evenly spread", .numbers = text(grouped(learned.size()), " of ", grouped(windows->learning)), .source = "core/formats/windows", .decimals = 0});
  out.figures.push_back({.key = "judged_windows", .label = "Windows judged", .unit = "", .value = static_cast<double>(judged.size()), .formula = "of those that begin behind the border, evenly spread", .numbers = text(grouped(judged.size()), " of ", grouped(windows->size() - windows->learning), "; ", grouped(windows->across), " across the border and ", grouped(windows->without_answer), " without a reading then are left out"), .source = "core/formats/windows", .decimals = 0});

  const auto last = static_cast<double>(models.size());
  Picture errors{.title = "How wrong each model is, the simplest first", .x_label = "model", .y_label = text("mean error of '", target, "', with its 95 % interval"), .curves = {}};
  Curve good{.label = "meets all limits", .x = {}, .y = {}, .stroke = Stroke::points, .tone = Tone::good}, rest{.label = "does not", .x = {}, .y = {}, .stroke = Stroke::points, .tone = Tone::bad}, limit{.label = "limit", .x = {1, last}, .y = {asked.error, asked.error}, .tone = Tone::warning};
  Table table{.title = "The models, the simplest first", .header = {"model", "mean error", "less than the guess", "size", "time, ms", "meets the limits"}, .rows = {}};
  for (std::size_t i = 0; i < models.size(); ++i) {
    const OwnModel& each = models[i];
    errors.x_names.push_back(each.short_name);
    Curve& curve = meets(each) ? good : rest;
    curve.x.push_back(static_cast<double>(i + 1)), curve.y.push_back(each.error.mean), curve.low.push_back(each.error.low), curve.high.push_back(each.error.high);
    table.rows.push_back({text(i + 1, "  ", each.name), with(each.error), i == 0 ? std::string("0") : with(each.less), in_bytes(each.bytes), brief(milliseconds(each)), &each == &model && is_found ? "yes, chosen" : meets(each) ? "yes" : "no"});
  }
  for (Curve* curve : {&good, &rest})
    if (!curve->x.empty()) errors.curves.push_back(std::move(*curve));
  errors.curves.push_back(std::move(limit));
  errors.marks.push_back({.label = is_found ? "chosen" : "the most exact", .x = static_cast<double>(&model - models.data() + 1), .tone = out.tone});
  constexpr std::size_t shown = 96;
  Picture days{.title = text("The first windows that were judged, ", ahead), .x_label = "hours from the first", .y_label = target, .curves = {}};
  Curve truth{.label = "what came", .x = {}, .y = {}, .stroke = Stroke::points}, foreseen{.label = model.name, .x = {}, .y = {}, .tone = Tone::good};
  for (std::size_t i = 0; i < std::min(shown, judged.size()); ++i) {
    for (Curve* curve : {&truth, &foreseen}) curve->x.push_back((judged[i].minute - judged.front().minute) / 60);
    truth.y.push_back(judged[i].now + judged[i].target), foreseen.y.push_back(judged[i].now + model.foreseen[i]);
  }
  days.curves = {std::move(foreseen), std::move(truth)};
  out.pictures = {std::move(errors), std::move(days)};
  out.tables.push_back(std::move(table));
  out.is_of_model = false;
  return out;
}

}  // namespace edgewise::labs
