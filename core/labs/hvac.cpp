#include "core/labs/hvac.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/base/text.h"
#include "core/evaluate/evaluation.h"
#include "core/evaluate/metrics.h"
#include "core/labs/journey.h"
#include "core/labs/own_building.h"
#include "core/labs/scoring.h"
#include "core/labs/seen.h"
#include "core/labs/words.h"
#include "core/run/run.h"
#include "core/train/generate/building.h"

namespace edgewise::labs {

using namespace train::office;

namespace {

constexpr std::array models = {
    HvacModel{"the guess that nothing changes", "no change", 0.459, 0.361, 0.570, 0, 0, 0, 0, 0, 0},
    HvacModel{"a line over the last minute", "line, 1 min", 0.395, 0.315, 0.481, 60, 14, 0, 0.064, -0.024, 0.151},
    HvacModel{"a line over 60 minutes", "line, 60 min", 0.383, 0.306, 0.467, 3364, 840, 0, 0.076, -0.009, 0.157},
    HvacModel{"a forest of 10 trees", "10 trees", 0.171, 0.136, 0.211, 10240, 0, 69, 0.288, 0.187, 0.394},
    HvacModel{"a forest of 100 trees", "100 trees", 0.148, 0.122, 0.177, 329040, 0, 956, 0.311, 0.209, 0.419},
    HvacModel{"the LSTM with INT4 weights", "LSTM INT4", 0.176, 0.129, 0.242, 10856, 537616, 0, 0.283, 0.156, 0.409},
    HvacModel{"the LSTM in INT8", "LSTM INT8", 0.154, 0.112, 0.210, 15344, 537616, 0, 0.305, 0.185, 0.427},
    HvacModel{"the LSTM in FP32", "LSTM FP32", 0.153, 0.112, 0.209, 40480, 537616, 0, 0.306, 0.185, 0.427},
};

constexpr MeanInterval int8_beside_float{0.001, -0.002, 0.004};   // by how much more wrong the LSTM is in INT8, window by window

constexpr std::array inputs = {
    HvacFeature{"the room now", 0.095, 0.008, 0.119, 0.030},
    HvacFeature{"the room 30 min ago", 0.028, 0.007, 0.118, 0.022},
    HvacFeature{"the room 60 min ago", 0.030, 0.006, 0.086, 0.026},
    HvacFeature{"its change in 15 min", 0.004, 0.002, 0.077, 0.015},
    HvacFeature{"outdoors now", 0.010, 0.004, 0.023, 0.003},
    HvacFeature{"its change in 60 min", 0.001, 0.001, 0.005, 0.003},
    HvacFeature{"outdoors, mean of an hour", 0.017, 0.004, 0.019, 0.006},
    HvacFeature{"hour of the day, sine", 0.050, 0.011, 0.044, 0.015},
    HvacFeature{"hour of the day, cosine", 0.069, 0.012, 0.193, 0.022},
    HvacFeature{"day of the week, sine", 0.010, 0.003, 0.180, 0.027},
    HvacFeature{"day of the week, cosine", 0.002, 0.002, 0.042, 0.014},
    HvacFeature{"people are there", 0.039, 0.004, 0.098, 0.020},
    HvacFeature{"the heater is on", 0.109, 0.018, 0.042, 0.010},
    HvacFeature{"heater, mean of an hour", 0.024, 0.006, 0.082, 0.015},
};

constexpr int days = 5, arrival = 8 * 60, departure = 17 * 60;
constexpr double comfort_c = 20.0;

}  // namespace

std::span<const HvacModel> hvac_models() { return models; }
MeanInterval hvac_int8_beside_float() { return int8_beside_float; }
std::span<const HvacFeature> hvac_features() { return inputs; }

double chord(double hours_apart) { return 2 * std::sin(std::numbers::pi * hours_apart / 24); }

double room_after(double room_c, double outdoor_c, double minutes, bool heats) {
  const double rest_c = outdoor_c + (heats ? heater_w / loss_w_per_k : 0.0), time_constant = capacity_j_per_k / loss_w_per_k / 60;
  const double late = heats ? std::min(minutes, radiator_minutes) : 0.0;   // until then it cools
  const double before = outdoor_c + (room_c - outdoor_c) * std::exp(-late / time_constant);
  return rest_c + (before - rest_c) * std::exp(-(minutes - late) / time_constant);
}

HvacWeek simulate_week(std::uint64_t seed, double error_k, std::span<double> room_c) {
  train::Building building(seed);
  HvacWeek week;
  bool heats = false, is_started = false;
  for (int day = 0; day < days; ++day) {
    is_started = false;
    for (int minute = 0; minute < train::minutes_per_day; ++minute) {
      const train::Reading now = building.step(heats);
      if (day == 0 && static_cast<std::size_t>(minute) < room_c.size()) room_c[static_cast<std::size_t>(minute)] = building.room_c();
      week.cold_minutes_a_day += building.people() > 0 && building.room_c() < comfort_c ? 1.0 / days : 0.0;
      double setpoint = train::setpoint_c(building.minute());
      if (error_k >= 0) {
        const auto foreseen = [&](int until, bool heated) {
          return room_after(now.indoor_c, now.outdoor_c, until - minute, heated) + (day % 2 == 0 ? error_k : -error_k) * (until - minute) / 60.0;
        };
        if (minute < arrival) is_started = is_started || foreseen(arrival, true) <= warm_c;
        else is_started = minute < departure && foreseen(departure, false) < comfort_c;
        setpoint = is_started ? warm_c : cool_c;
      }
      const bool was_on = heats;
      heats = train::thermostat(now, setpoint, was_on);
      week.starts_a_day += heats && !was_on ? 1.0 / days : 0.0;
    }
  }
  week.kwh = building.heat_kwh();
  return week;
}

namespace {

enum At { error_at, size_at, latency_at, week_at, column_at, ahead_at, seen_at, hour_at, clock_at, mac_at, compare_at };

constexpr std::array fields = {
    Field{.key = "error_k", .label = "Mean error, at most", .unit = "K", .lowest = 0.05, .highest = 2, .initial = 1, .step = 0.01, .is_logarithmic = true, .why = "The chapter asks for less than 1 degree. The whole 95 % interval must be below."},
    Field{.key = "size_kib", .label = "Size, at most", .unit = "KiB", .lowest = 0.1, .highest = 1024, .initial = 512, .is_logarithmic = true, .why = "The chapter's gateway has 512 KB."},
    Field{.key = "latency_ms", .label = "Time, at most", .unit = "ms", .lowest = 0.01, .highest = 10000, .initial = 1000, .is_logarithmic = true, .why = "The chapter allows a second."},
    Field{.key = "week", .label = "Week", .unit = "", .lowest = 1, .highest = 52, .initial = 7, .step = 1, .why = "Seed of the simulated weather and people: not a week of a calendar, all are winter."},
    Field{.key = "column", .label = "Foreseen", .unit = "", .lowest = 1, .highest = most_reading_columns, .initial = 1, .step = 1, .why = "Which column of your own readings, by number: the first behind the time is 1."},
    Field{.key = "ahead_min", .label = "How far ahead", .unit = "min", .lowest = 10, .highest = 1440, .initial = 60, .step = 5, .is_logarithmic = true, .why = "Of your own readings: six of them, spread over as long, are what a model sees.", .is_detail = true},
    Field{.key = "sees", .label = "A small forest sees", .unit = "", .lowest = 0, .highest = static_cast<double>(seen_names.size() - 1), .initial = 0, .step = 1, .choices = seen_names, .why = "It is grown anew, 10 trees, on what is left of the 14 features; a line beside it.", .is_detail = true},
    Field{.key = "hour", .label = "Hour", .unit = "h", .lowest = 0, .highest = 23, .initial = 23, .step = 1, .why = "How far the other hours are from this one, as a number and on the circle.", .is_detail = true},
    Field{.key = "clock_mhz", .label = "Clock", .unit = "MHz", .lowest = 10, .highest = 2000, .initial = 168, .step = 1, .is_logarithmic = true, .why = "A Cortex-M4 of the size the chapter's times suggest.", .is_detail = true},
    Field{.key = "cycles_a_mac", .label = "Cycles a product", .unit = "", .lowest = 0.1, .highest = 100, .initial = 4.8, .is_logarithmic = true,
          .why = "1.7 to 4.8 were measured for convolutions in INT8 on a Cortex-M4 (MLPerf Tiny); an LSTM, and floats without a unit for them, may take more.", .is_detail = true},
    Field{.key = "cycles_a_compare", .label = "Cycles a compare", .unit = "", .lowest = 1, .highest = 1000, .initial = 100, .is_logarithmic = true, .why = "Assumed, 10 to 100: a node of a large forest comes from flash.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"what the chapter asks for", ""},
    Preset{"better than guessing", "error_k=0.3"},
    Preset{"0.2 degrees, whatever it costs", "error_k=0.2"},
    Preset{"0.2 degrees in 64 KiB", "error_k=0.2 size_kib=64"},
    Preset{"half a degree in 10 µs", "error_k=0.5 latency_ms=0.01"},
    Preset{"another week", "error_k=0.3 week=11"},
    Preset{"without the hour", "error_k=0.3 sees=3"},
    Preset{"the hour as a number", "error_k=0.3 sees=7"},
};

double milliseconds(const HvacModel& model, std::span<const double> v) { return (model.macs * v[mac_at] + model.compares * v[compare_at]) / (v[clock_at] * 1e3); }

bool meets(const HvacModel& model, std::span<const double> v) {
  return model.error_high_k <= v[error_at] && model.bytes <= v[size_at] * 1024 && milliseconds(model, v) <= v[latency_at];
}

Result<Outcome> of_own_readings(std::span<const double> v, BytesView csv) {
  const auto columns = reading_columns(csv);
  if (!columns) return std::unexpected(columns.error());
  const auto column = std::min(static_cast<std::size_t>(v[column_at]), columns->numbers.size());
  auto out = own_building_outcome(csv, {.error = v[error_at], .bytes = v[size_at] * 1024, .latency_ms = v[latency_at], .column = column - 1, .ahead_minutes = v[ahead_at], .clock_mhz = v[clock_at], .cycles_a_mac = v[mac_at], .cycles_a_compare = v[compare_at]});
  if (!out) return out;
  for (const At each : {error_at, size_at, latency_at, ahead_at, clock_at, mac_at, compare_at}) out->reaches.push_back({std::string(fields[each].key), fields[each].highest, v[each], {}});
  out->reaches.push_back({"column", static_cast<double>(columns->numbers.size()), static_cast<double>(column), columns->numbers[column - 1].substr(0, 40)});
  for (const At each : {week_at, seen_at, hour_at}) out->reaches.push_back({std::string(fields[each].key), fields[each].lowest, fields[each].lowest, {}});   // of the simulated floor alone
  return out;
}

/// What the forecast saves, in several weeks beside each other: one week alone shows weather.
struct Weeks {
  MeanInterval heat_percent, cold_minutes_a_day;   ///< less by forecast than by the schedule, week by week
};
constexpr int weeks_beside = 12;
Weeks weeks_from(int first, double error_k, const HvacWeek& fixed, const HvacWeek& foreseen) {
  std::vector<double> heat, cold;
  for (int i = 0; i < weeks_beside; ++i) {
    const auto seed = static_cast<std::uint64_t>((first - 1 + i) % 52 + 1);
    const HvacWeek by_schedule = i == 0 ? fixed : simulate_week(seed, -1, {}), ahead = i == 0 ? foreseen : simulate_week(seed, error_k, {});
    heat.push_back(100 * (1 - ahead.kwh / by_schedule.kwh));
    cold.push_back(by_schedule.cold_minutes_a_day - ahead.cold_minutes_a_day);
  }
  return {t_interval(heat), t_interval(cold)};
}

std::string saving_text(const MeanInterval& percent) {
  const auto interval = [](double mean, double low, double high) { return text(fixed(mean, 1), " % (", fixed(low, 1), " to ", fixed(high, 1), ")"); };
  if (percent.high < 0) return text("over ", weeks_beside, " weeks it takes ", interval(-percent.mean, -percent.high, -percent.low), " more");
  return text(percent.low > 0 ? "over " : "that heat is saved was not shown over ", weeks_beside, percent.low > 0 ? " weeks it saves " : " weeks: ", interval(percent.mean, percent.low, percent.high));
}

Picture morning(std::span<const double> by_schedule, std::span<const double> ahead) {
  Picture picture{.title = "The room on Monday", .x_label = "hour", .y_label = "°C", .curves = {}};
  Curve fixed{.label = "by the schedule", .x = {}, .y = {}}, foreseen{.label = "by forecast", .x = {}, .y = {}, .tone = Tone::good};
  for (std::size_t minute = 0; minute < by_schedule.size(); minute += 5) {
    for (Curve* curve : {&fixed, &foreseen}) curve->x.push_back(static_cast<double>(minute) / 60);
    fixed.y.push_back(by_schedule[minute]);
    foreseen.y.push_back(ahead[minute]);
  }
  picture.curves = {std::move(fixed), std::move(foreseen)};
  picture.marks = {{.label = "people come", .x = arrival / 60.0}, {.label = "and go", .x = departure / 60.0}};
  return picture;
}

/// The hours where sine and cosine put them, 0 at the top and on as a clock goes; and the straight way to the hour behind midnight.
Picture clock_face(double hour) {
  const auto at = [](double h) { return std::pair(std::sin(2 * std::numbers::pi * h / 24), std::cos(2 * std::numbers::pi * h / 24)); };
  const double other = std::fmod(hour + 1, 24.0);
  Picture picture{.title = "The hours of a day, as sine and cosine", .x_label = "sine", .y_label = "cosine", .curves = {}, .is_to_scale = true};
  Curve hours{.label = "the hours, 0 at the top", .x = {}, .y = {}, .stroke = Stroke::points}, here{.label = text(brief(hour), " h"), .x = {}, .y = {}, .stroke = Stroke::points}, chord_to{.label = text("to ", brief(other), " h: ", brief(chord(1))), .x = {}, .y = {}, .tone = Tone::good};
  for (int h = 0; h < 24; ++h)
    if (h != static_cast<int>(hour)) hours.x.push_back(at(h).first), hours.y.push_back(at(h).second);
  here.x = {at(hour).first}, here.y = {at(hour).second};
  chord_to.x = {at(hour).first, at(other).first}, chord_to.y = {at(hour).second, at(other).second};
  picture.curves = {std::move(chord_to), std::move(here), std::move(hours)};
  return picture;
}

Picture circle(double hour) {
  Picture picture{.title = text("How far is ", brief(hour), " h from the other hours?"), .x_label = "hour", .y_label = "distance, part of the largest", .curves = {}};
  Curve number{.label = "as a number, 0 to 23", .x = {}, .y = {}, .tone = Tone::bad}, ring{.label = "on the circle: sine and cosine", .x = {}, .y = {}, .tone = Tone::good};
  const double most = std::max(hour, 23 - hour);
  for (int other = 0; other < 24; ++other) {
    const double apart = std::fabs(hour - other);
    for (Curve* curve : {&number, &ring}) curve->x.push_back(other);
    number.y.push_back(apart / most);
    ring.y.push_back(std::fabs(chord(apart)) / 2);
  }
  picture.curves = {std::move(number), std::move(ring)};
  picture.marks.push_back({.label = "here", .x = hour});
  return picture;
}

std::string said(const MeanInterval& m) { return text(fixed(m.mean, 3), " K (", fixed(m.low, 3), " to ", fixed(m.high, 3), ")"); }

/// What a forest and a line err by when they have learned without some features, beside all of them.
void add_seen(Outcome& out, Seen seen) {
  constexpr std::size_t neighbours = 4;   // windows drawn together, as everywhere on these data
  const auto mean_of = [](const std::vector<double>& errors) { return block_bootstrap(errors, neighbours, 1); };
  const auto beside = [&](std::vector<double> errors, const std::vector<double>& all) {
    for (std::size_t i = 0; i < errors.size(); ++i) errors[i] -= all[i];
    return mean_of(errors);
  };
  const SeenErrors all = errors_seeing(Seen::all), now = seen == Seen::all ? all : errors_seeing(seen);
  const MeanInterval forest = mean_of(now.forest), line = mean_of(now.line);
  const std::string source = "learned here from 21 simulated days, judged on 104 windows: core/labs/seen; interval: circular block bootstrap, 4 windows";
  const std::string name(seen_names[static_cast<std::size_t>(seen)]);
  const auto figure = [&](std::string key, std::string label, const MeanInterval& m, std::string formula, std::string numbers, Tone tone) {
    out.figures.push_back({.key = std::move(key), .label = std::move(label), .unit = "K", .value = m.mean, .low = m.low, .high = m.high, .formula = std::move(formula), .numbers = std::move(numbers), .source = source, .tone = tone});
  };
  const auto tone_of = [](const MeanInterval& more) { return more.low > 0 ? Tone::bad : more.high < 0 ? Tone::good : Tone::plain; };
  figure("forest_sees_k", text("A forest of 10 trees that sees ", name), forest, "mean of |foreseen - true|", "grown anew, depth 7 at most", Tone::plain);
  figure("line_sees_k", "a line over the last minute", line, "mean of |foreseen - true|", "ridge 0.001", Tone::plain);
  if (seen == Seen::all) return;
  const MeanInterval forest_more = beside(now.forest, all.forest), line_more = beside(now.line, all.line);
  figure("forest_more_k", "The forest beside all 14 features", forest_more, "mean over windows of the difference", text(said(forest), " - ", said(mean_of(all.forest))), tone_of(forest_more));
  figure("line_more_k", "the line beside all 14 features", line_more, "mean over windows of the difference", text(said(line), " - ", said(mean_of(all.line))), tone_of(line_more));
  out.sentence += text(" With ", name, ", beside all 14 features: a small forest's error, ", difference_text(forest_more, "K", 3), "; a line's, ", difference_text(line_more, "K", 3), ".");
}

/// A day of the test, foreseen by the LSTM in INT8, with a band that holds nine of ten answers of other days: the error that nine in ten calibration windows stay within
/// (split conformal prediction, Vovk, Gammerman & Shafer 2005). Windows an hour apart are not drawn independently, so how many are really inside is counted.
Result<void> add_day(Outcome& out, const Subject& subject) {
  constexpr std::size_t hours = 24, most_known = 60;
  if (subject.data->targets.empty() || subject.rows.size() < hours || subject.calibration.size() < 10) return {};
  auto runner = Runner::prepare(subject.integers);
  if (!runner) return std::unexpected(runner.error());
  if (runner->graph().value(runner->graph().outputs.front()).shape.elements() != 1) return {};
  const auto foreseen = [&](std::uint32_t row) -> Result<double> {
    float answer = 0;
    runner->reset();
    runner->set_input(0, subject.data->row(row));
    if (auto ran = runner->run(); !ran) return std::unexpected(ran.error());
    runner->output_reals(0, {&answer, 1});
    return static_cast<double>(answer);
  };
  const std::size_t known = std::min(most_known, subject.calibration.size());
  std::vector<double> errors;
  for (std::size_t i = 0; i < known; ++i) {
    const std::uint32_t row = subject.calibration[i];
    const auto answer = foreseen(row);
    if (!answer) return std::unexpected(answer.error());
    errors.push_back(std::fabs(*answer - static_cast<double>(subject.data->targets[row])));
  }
  std::ranges::sort(errors);
  const std::size_t place = std::min(known, static_cast<std::size_t>(std::ceil(0.9 * static_cast<double>(known + 1))));
  const double band = errors[place - 1];
  Curve model{.label = "the LSTM in INT8, with its band", .x = {}, .y = {}, .tone = Tone::good}, truth{.label = "what came", .x = {}, .y = {}, .stroke = Stroke::points};
  std::size_t inside = 0;
  for (std::size_t i = 0; i < hours; ++i) {
    const auto answer = foreseen(subject.rows[i]);
    if (!answer) return std::unexpected(answer.error());
    const double came = static_cast<double>(subject.data->targets[subject.rows[i]]);
    model.x.push_back(static_cast<double>(i)), model.y.push_back(*answer), model.low.push_back(*answer - band), model.high.push_back(*answer + band);
    truth.x.push_back(static_cast<double>(i)), truth.y.push_back(came);
    inside += std::fabs(*answer - came) <= band;
  }
  out.pictures.push_back({.title = "The first test windows, an hour ahead", .x_label = "window, 61 minutes after the one before", .y_label = "how much warmer in an hour, K", .curves = {std::move(model), std::move(truth)}});
  out.figures.push_back({.key = "band_k", .label = "Half of the prediction band", .unit = "K", .value = band, .formula = "the error that 9 of 10 calibration windows stay within", .numbers = text("the ", place, "th of ", known, " errors in their order"), .source = "split conformal prediction, Vovk, Gammerman & Shafer 2005; the LSTM in INT8", .decimals = 2});
  const Interval share = wilson(inside, hours);
  out.figures.push_back({.key = "inside_percent", .label = text("of ", hours, " test windows inside"), .unit = "%", .value = 100.0 * static_cast<double>(inside) / hours, .low = 100 * share.low, .high = 100 * share.high, .formula = "windows inside / windows, 90 % are meant",
                         .numbers = text(inside, " / ", hours), .source = "Wilson 1927, as if windows were independent", .tone = 100 * share.high < 90 ? Tone::bad : Tone::plain, .decimals = 0});
  return {};
}

/// How far each hour is from each, near is dark: as numbers, and on the circle.
Picture distances() {
  Picture picture{.title = "How far is each hour from each? Dark is near", .x_label = "hour", .y_label = "hour, downwards", .curves = {}};
  Shades number{.label = "as a number", .width = 24, .height = 24, .levels = {}}, ring{.label = "on the circle", .width = 24, .height = 24, .levels = {}};
  for (int hour = 0; hour < 24; ++hour)
    for (int other = 0; other < 24; ++other) {
      const double apart = std::abs(hour - other);
      number.levels.push_back(static_cast<std::uint8_t>(std::lround(255 * apart / 23)));
      ring.levels.push_back(static_cast<std::uint8_t>(std::lround(255 * std::fabs(chord(apart)) / 2)));
    }
  picture.shades = {std::move(number), std::move(ring)};
  return picture;
}

/// What each feature is worth to two models, as a picture and as words.
void add_features(Outcome& out) {
  Picture picture{.title = "What is lost when a feature is shuffled", .x_label = "feature", .y_label = "more mean error, K", .curves = {}};
  Curve forest{.label = "the forest of 10 trees", .x = {}, .y = {}, .stroke = Stroke::bars}, lstm{.label = "the LSTM in INT8", .x = {}, .y = {}, .stroke = Stroke::bars, .tone = Tone::warning};
  Table table{.title = "Permutation importance: each feature dealt out anew among the windows, ten times", .header = {"feature", "forest: more error, K", "LSTM: more error, K"}, .rows = {}};
  double forest_sum = 0, lstm_sum = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const HvacFeature& input = inputs[i];
    picture.x_names.emplace_back(input.name);
    for (Curve* curve : {&forest, &lstm}) curve->x.push_back(static_cast<double>(i + 1));
    forest.y.push_back(input.forest_k), lstm.y.push_back(input.lstm_k);
    forest_sum += input.forest_k, lstm_sum += input.lstm_k;
    table.rows.push_back({text(i + 1, "  ", input.name), text(fixed(input.forest_k, 3), " ± ", fixed(input.forest_deviation_k, 3)), text(fixed(input.lstm_k, 3), " ± ", fixed(input.lstm_deviation_k, 3))});
  }
  picture.curves = {std::move(forest), std::move(lstm)};
  const std::string source = "Breiman 2001, section 10; measured on the 104 windows: assets/models/SOURCES.md";
  const auto sum = [&](std::string key, std::string label, double value, double error) {
    out.figures.push_back({.key = std::move(key), .label = std::move(label), .unit = "K", .value = value, .formula = "sum over features of (error with it shuffled - error)", .numbers = text(brief(value / error), " times the error itself, ", brief(error), " K: shares of it these are not. Features that know of each other are counted twice, or hide each other"), .source = source});
  };
  sum("importance_sum_forest_k", "Importances of the forest, added up", forest_sum, 0.171);
  sum("importance_sum_lstm_k", "of the LSTM", lstm_sum, 0.154);
  out.figures.push_back({.key = "chapter_importance_sum", .label = "The chapter's importances, added up", .unit = "", .value = 0.35 + 0.22 + 0.18 + 0.08 + 0.05 + 0.03 + 0.04, .formula = "sum of the seven shares that it lists, of 14 features",
                         .numbers = "0.35 + 0.22 + 0.18 + 0.08 + 0.05 + 0.03 + 0.04, not 1; the two lags 0.35 + 0.22 = 0.57", .source = "the chapter, 6.6.3", .tone = Tone::warning, .decimals = 2});
  out.pictures.push_back(std::move(picture));
  out.tables.push_back(std::move(table));
}

}  // namespace

Result<Outcome> hvac_outcome(std::span<const double> v, const Subject& subject) {
  if (subject.readings) return of_own_readings(v, *subject.readings);
  const auto chosen = std::ranges::find_if(models, [&](const HvacModel& model) { return meets(model, v); });
  const auto met = std::ranges::count_if(models, [&](const HvacModel& model) { return meets(model, v); });
  const bool is_found = chosen != models.end();
  const HvacModel& model = is_found ? *chosen : *std::ranges::min_element(models, {}, &HvacModel::error_k);
  std::vector<double> by_schedule(train::minutes_per_day), ahead(train::minutes_per_day);
  const auto seed = static_cast<std::uint64_t>(v[week_at]);
  const HvacWeek fixed = simulate_week(seed, -1, by_schedule), foreseen = simulate_week(seed, model.error_k, ahead);
  const double saved = 1 - foreseen.kwh / fixed.kwh;
  const Weeks several = weeks_from(static_cast<int>(v[week_at]), model.error_k, fixed, foreseen);

  Outcome out;
  out.tone = is_found ? Tone::good : Tone::bad;
  out.sentence = is_found ? text(met == 1 ? "One model meets" : text(met, " models meet"), " all limits, and the simplest is ", model.name, ", ", brief(model.error_k, 2), " K off an hour ahead.")
                          : text("No model meets all limits. The most exact one is ", model.name, ", ", brief(model.error_k, 2), " K off an hour ahead.");
  if (&model != &models.front()) {
    const std::string interval = text(edgewise::fixed(model.less_k, 2), " K less (", edgewise::fixed(model.less_low_k, 2), " to ", edgewise::fixed(model.less_high_k, 2), ")");
    out.sentence += model.less_low_k > 0 ? text(" Guessing that nothing changes is worse: this errs by ", interval, ".") : text(" That it is better than guessing that nothing changes was not shown: ", interval, ".");
  }
  if (v[seen_at] == 0)   // else what was turned is said in its place
    out.sentence += text(" Heating by such forecasts: ", saving_text(several.heat_percent), ".");
  const std::string measured = "measured on 104 windows of a simulated floor: assets/models/SOURCES.md", simulated = "five working days, simulated: core/train/generate/building.cpp";
  out.figures.push_back({.key = "error_k", .label = "Mean error of the chosen model", .unit = "K", .value = model.error_k, .low = model.error_low_k, .high = model.error_high_k, .formula = "mean of |foreseen - true|", .numbers = std::string(model.name), .source = measured, .tone = out.tone});
  out.figures.push_back({.key = "skill_percent", .label = "Better than guessing no change", .unit = "%", .value = 100 * (1 - model.error_k / models[0].error_k), .low = 100 * model.less_low_k / models[0].error_k, .high = 100 * model.less_high_k / models[0].error_k, .formula = "1 - error / error of the guess", .numbers = text("1 - ", brief(model.error_k), " / ", brief(models[0].error_k)),
                         .source = "skill: Murphy 1988; interval: the difference, window by window, over the guess's error", .tone = model.less_low_k > 0 ? Tone::good : Tone::warning, .decimals = 1});
  const double in_float = models.back().error_k, in_int8 = models[models.size() - 2].error_k;
  out.figures.push_back({.key = "int8_growth_percent", .label = "More error of the LSTM in INT8 than in floats", .unit = "%", .value = 100 * (in_int8 / in_float - 1), .low = 100 * int8_beside_float.low / in_float, .high = 100 * int8_beside_float.high / in_float, .formula = "error in INT8 / error in FP32 - 1",
                         .numbers = text(edgewise::fixed(in_int8, 3), " / ", edgewise::fixed(in_float, 3), " - 1; window by window ", edgewise::fixed(int8_beside_float.mean, 3), " K (", edgewise::fixed(int8_beside_float.low, 3), " to ", edgewise::fixed(int8_beside_float.high, 3), "): not shown. The chapter's 0.8 / 0.7 - 1 is 14.3 %"), .source = measured, .decimals = 1});
  out.figures.push_back({.key = "model_bytes", .label = "Its size", .unit = "B", .value = model.bytes, .formula = "bytes of its numbers; of an LSTM: of its file", .numbers = std::string(model.name), .source = measured, .decimals = 0});
  out.figures.push_back({.key = "model_ms", .label = "Its time for one answer", .unit = "ms", .value = milliseconds(model, v), .formula = "(products * cycles + compares * cycles) / clock",
                         .numbers = text("(", brief(model.macs, 6), " * ", brief(v[mac_at]), " + ", brief(model.compares), " * ", brief(v[compare_at]), ") / ", brief(v[clock_at]), " MHz"), .source = "an estimate; not measured"});
  constexpr double chapter_compares = 100 * 10, fewest_cycles = 10, most_cycles = 100;   // trees * depth; of a compare
  const double chapter_ms = chapter_compares * v[compare_at] / (v[clock_at] * 1e3);
  out.figures.push_back({.key = "chapter_forest_ms", .label = "The chapter's forest, 100 trees of depth 10", .unit = "ms", .value = chapter_ms, .low = std::min(chapter_ms, chapter_compares * fewest_cycles / (v[clock_at] * 1e3)), .high = std::max(chapter_ms, chapter_compares * most_cycles / (v[clock_at] * 1e3)),
                         .formula = "trees * depth * cycles / clock", .numbers = text("100 * 10 * ", brief(v[compare_at]), " / ", brief(v[clock_at]), " MHz; the chapter says 25 ms"), .source = "an estimate, 10 to 100 cycles a compare; not measured", .tone = Tone::warning});
  const auto clock_for = [&](double cycles) { return models.back().macs * cycles / 0.015 / 1e6; };   // the chapter's 15 ms
  out.figures.push_back({.key = "chapter_clock_mhz", .label = "Clock that the chapter's 15 ms need", .unit = "MHz", .value = clock_for(v[mac_at]), .low = std::min(clock_for(v[mac_at]), clock_for(cortex_m4_cycles_per_mac_least)), .high = std::max(clock_for(v[mac_at]), clock_for(cortex_m4_cycles_per_mac_most)),
                         .formula = "products * cycles / time", .numbers = text(brief(models.back().macs, 6), " * ", brief(v[mac_at]), " / 15 ms; ", brief(cortex_m4_cycles_per_mac_least), " to ", brief(cortex_m4_cycles_per_mac_most), " cycles were measured on a Cortex-M4"), .source = "MLPerf Tiny, STM32L4R5", .decimals = 1});
  out.figures.push_back({.key = "models_meeting", .label = "Models that meet all limits", .unit = "", .value = static_cast<double>(met), .formula = "error's upper end, size and time within the limits", .numbers = text(met, " of ", models.size()), .source = measured, .decimals = 0});
  const std::string beside = text(weeks_beside, " weeks from this one, each with both; 95 % interval: Student's t");
  out.figures.push_back({.key = "saved_weeks_percent", .label = text("Heat saved by the forecast, ", weeks_beside, " weeks"), .unit = "%", .value = several.heat_percent.mean, .low = several.heat_percent.low, .high = several.heat_percent.high,
                         .formula = "mean over weeks of 1 - kWh by forecast / kWh by schedule", .numbers = beside, .source = text(simulated, "; the chapter says 15 %"), .tone = several.heat_percent.low > 0 ? Tone::good : several.heat_percent.high < 0 ? Tone::bad : Tone::warning, .decimals = 1});
  out.figures.push_back({.key = "saved_percent", .label = "in this week", .unit = "%", .value = 100 * saved, .formula = "1 - kWh by forecast / kWh by schedule", .numbers = text("1 - ", brief(foreseen.kwh, 4), " / ", brief(fixed.kwh, 4)), .source = text(simulated, "; the chapter says 15 %"),
                         .tone = saved > 0 ? Tone::good : Tone::bad, .decimals = 1});
  out.figures.push_back({.key = "warmer_minutes", .label = "Cold minutes a day it spares", .unit = "min", .value = several.cold_minutes_a_day.mean, .low = several.cold_minutes_a_day.low, .high = several.cold_minutes_a_day.high,
                         .formula = "mean over weeks of cold minutes by schedule - by forecast", .numbers = beside, .source = simulated, .tone = several.cold_minutes_a_day.low > 0 ? Tone::good : several.cold_minutes_a_day.high < 0 ? Tone::bad : Tone::warning, .decimals = 1});
  out.figures.push_back({.key = "kwh_schedule", .label = "Heat by the schedule", .unit = "kWh", .value = fixed.kwh, .formula = "9 kW * hours on", .numbers = text("9 * ", brief(fixed.kwh / 9, 4)), .source = simulated, .decimals = 1});
  out.figures.push_back({.key = "kwh_forecast", .label = "by forecast", .unit = "kWh", .value = foreseen.kwh, .formula = "9 kW * hours on", .numbers = text("9 * ", brief(foreseen.kwh / 9, 4)), .source = simulated, .decimals = 1});
  out.figures.push_back({.key = "starts_schedule", .label = "Starts a day by the schedule", .unit = "", .value = fixed.starts_a_day, .formula = "times the heater goes on", .numbers = brief(fixed.starts_a_day), .source = simulated, .decimals = 1});
  out.figures.push_back({.key = "starts_forecast", .label = "by forecast", .unit = "", .value = foreseen.starts_a_day, .formula = "times the heater goes on", .numbers = brief(foreseen.starts_a_day), .source = simulated, .decimals = 1});
  out.figures.push_back({.key = "cold_minutes_schedule", .label = "Cold minutes a day by the schedule", .unit = "min", .value = fixed.cold_minutes_a_day, .formula = "somebody is there, and below 20 degrees", .numbers = brief(fixed.cold_minutes_a_day), .source = simulated, .decimals = 1});
  out.figures.push_back({.key = "cold_minutes_forecast", .label = "by forecast", .unit = "min", .value = foreseen.cold_minutes_a_day, .formula = "somebody is there, and below 20 degrees", .numbers = brief(foreseen.cold_minutes_a_day), .source = simulated, .decimals = 1});
  const double other = std::fmod(v[hour_at] + 1, 24.0);
  out.figures.push_back({.key = "chord_next_hour", .label = text("From ", brief(v[hour_at]), " h to ", brief(other), " h on the circle"), .unit = "", .value = chord(1), .formula = "2 sin(pi d / 24)", .numbers = "2 sin(pi * 1 / 24)",
                         .source = text("the same from every hour to the next; as numbers they are ", brief(std::fabs(v[hour_at] - other)), " apart")});

  Table table{.title = "The models, the simplest first", .header = {"model", "mean error, K", "less than the guess, K", "size", "time, ms", "meets the limits"}, .rows = {}};
  for (const HvacModel& row : models)
    table.rows.push_back({text(table.rows.size() + 1, "  ", row.name), text(edgewise::fixed(row.error_k, 3), " (", edgewise::fixed(row.error_low_k, 3), " to ", edgewise::fixed(row.error_high_k, 3), ")"),
                          &row == &models.front() ? std::string("0") : text(edgewise::fixed(row.less_k, 3), " (", edgewise::fixed(row.less_low_k, 3), " to ", edgewise::fixed(row.less_high_k, 3), ")"), in_bytes(row.bytes), brief(milliseconds(row, v)),
                          &row == &model && is_found ? "yes, chosen" : meets(row, v) ? "yes" : "no"});
  out.tables.push_back(std::move(table));

  const auto last = static_cast<double>(models.size());
  Picture errors{.title = "How wrong each model is, the simplest first", .x_label = "model", .y_label = "mean error, K, with its 95 % interval", .curves = {}};
  Curve good{.label = "meets all limits", .x = {}, .y = {}, .stroke = Stroke::points, .tone = Tone::good}, rest{.label = "does not", .x = {}, .y = {}, .stroke = Stroke::points, .tone = Tone::bad}, limit{.label = "limit", .x = {1, last}, .y = {v[error_at], v[error_at]}, .tone = Tone::warning};
  for (std::size_t i = 0; i < models.size(); ++i) {
    const HvacModel& row = models[i];
    errors.x_names.emplace_back(row.short_name);
    Curve& curve = meets(row, v) ? good : rest;
    curve.x.push_back(static_cast<double>(i + 1)), curve.y.push_back(row.error_k);
    curve.low.push_back(row.error_low_k), curve.high.push_back(row.error_high_k);
  }
  for (Curve* curve : {&good, &rest})
    if (!curve->x.empty()) errors.curves.push_back(std::move(*curve));
  errors.curves.push_back(std::move(limit));
  errors.marks.push_back({.label = is_found ? "chosen" : "the most exact", .x = static_cast<double>(&model - models.data() + 1), .tone = out.tone});
  out.pictures = {std::move(errors), morning(by_schedule, ahead), clock_face(v[hour_at]), circle(v[hour_at]), distances()};
  if (auto day = add_day(out, subject); !day) return std::unexpected(day.error());
  add_features(out);
  add_seen(out, static_cast<Seen>(static_cast<int>(v[seen_at])));
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (i != column_at && i != ahead_at) out.reaches.push_back({std::string(fields[i].key), fields[i].highest, v[i], {}});
  return out;
}

Lab hvac_lab() {
  return {.name = "hvac", .title = "The room in an hour", .question = "Which is the simplest model that foresees a room's temperature well enough?", .fields = fields, .presets = presets, .evaluate = nullptr,
          .sources = "Models: trained and measured on a simulated office floor (edgewise train hvac; assets/models/SOURCES.md). Their windows, readings and target, lie wholly within days 0 to 21 (learned from), 21 to 25.5 (calibration) and 25.5 to 30 (test): none reaches over a border. Limits: the chapter's. The week is simulated with that floor's resistance and capacitance; its people, weather, heater and "
                     "schedule are assumed, and so is that a forecast's error grows with the hours it reaches ahead.",
          .takes_readings = true, .model = "hvac"};
}

}  // namespace edgewise::labs
