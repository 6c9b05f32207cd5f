#include "core/labs/split.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/evaluate/metrics.h"
#include "core/labs/scoring.h"
#include "core/labs/words.h"

namespace edgewise::labs {

std::vector<RoomWindow> month_windows(const std::vector<train::Reading>& readings) {
  constexpr std::size_t first = 60, ahead = 60, every = 10;
  std::vector<RoomWindow> windows;
  for (std::size_t t = first; t + ahead < readings.size(); t += every)
    windows.push_back({static_cast<double>(t), train::features_at(readings, t), readings[t + ahead].indoor_c - readings[t].indoor_c});
  const auto count = static_cast<double>(windows.size());
  for (std::size_t f = 0; f < windows.front().features.size(); ++f) {
    double mean = 0, squares = 0;
    for (const RoomWindow& window : windows) mean += window.features[f] / count;
    for (const RoomWindow& window : windows) squares += (window.features[f] - mean) * (window.features[f] - mean) / count;
    const double deviation = squares > 0 ? std::sqrt(squares) : 1;
    for (RoomWindow& window : windows) window.features[f] /= deviation;
  }
  return windows;
}

std::vector<std::vector<double>> remembered_errors(std::span<const RoomWindow> learned, std::span<const RoomWindow> judged, std::span<const double> embargoes_min, int neighbours) {
  struct Alike {
    double distance, change_k;
  };
  std::vector<std::vector<double>> errors(embargoes_min.size());
  std::vector<std::vector<Alike>> nearest(embargoes_min.size());
  const auto most = static_cast<std::size_t>(neighbours);
  for (const RoomWindow& asked : judged) {
    for (std::vector<Alike>& list : nearest) list.clear();
    for (const RoomWindow& known : learned) {
      const double apart = std::fabs(known.minute - asked.minute);
      if (apart == 0) continue;
      double distance = 0;
      for (std::size_t f = 0; f < asked.features.size(); ++f) distance += (known.features[f] - asked.features[f]) * (known.features[f] - asked.features[f]);
      for (std::size_t e = 0; e < embargoes_min.size(); ++e) {
        std::vector<Alike>& list = nearest[e];
        if (apart < embargoes_min[e] || (list.size() == most && distance >= list.back().distance)) continue;
        if (list.size() == most) list.pop_back();
        list.insert(std::ranges::upper_bound(list, distance, {}, &Alike::distance), {distance, known.change_k});
      }
    }
    for (std::size_t e = 0; e < embargoes_min.size(); ++e) {
      double mean = 0;
      for (const Alike& each : nearest[e]) mean += each.change_k / static_cast<double>(nearest[e].size());
      errors[e].push_back(std::fabs(mean - asked.change_k));
    }
  }
  return errors;
}

namespace {

enum At { order_at, embargo_at, neighbours_at, month_at, loss_at, capacity_at, gains_at };

constexpr std::array<std::string_view, 2> orders{"in the order of time", "shuffled"};

constexpr std::array fields = {
    Field{.key = "order", .label = "Windows are divided", .unit = "", .lowest = 0, .highest = 1, .initial = 1, .step = 1, .choices = orders, .why = "The chapter's: 70 % of the days, then the rest. Shuffled: any window may be judged, all others are learned from."},
    Field{.key = "embargo_min", .label = "Embargo", .unit = "min", .lowest = 0, .highest = 240, .initial = 0, .step = 5, .why = "Nothing nearer in time than this is learned from. 60 minutes of window and 60 ahead make 120."},
    Field{.key = "neighbours", .label = "Windows that answer", .unit = "", .lowest = 1, .highest = 20, .initial = 3, .step = 1, .why = "The most alike ones; their mean is the answer."},
    Field{.key = "month", .label = "Month", .unit = "", .lowest = 1, .highest = 52, .initial = 7, .step = 1, .why = "Seed of the simulated weather and people; all are winter.", .is_detail = true},
    Field{.key = "loss_w_per_k", .label = "Heat lost, 1 / R", .unit = "W/K", .lowest = 30, .highest = 600, .initial = train::office::loss_w_per_k, .step = 5, .why = "C dT/dt = (T_outside - T) / R + heating + people + sun. 150: the floor of the bundled data, walls and ventilation; assumed.", .is_detail = true},
    Field{.key = "capacity_mj_per_k", .label = "Heat stored, C", .unit = "MJ/K", .lowest = 2, .highest = 60, .initial = train::office::capacity_j_per_k / 1e6, .step = 0.5, .why = "11: 100 m2 of light construction, EN ISO 13790, table 12; heavy ones have 26.", .is_detail = true},
    Field{.key = "gains_percent", .label = "People and sun", .unit = "%", .lowest = 0, .highest = 300, .initial = 100, .step = 5, .why = "Of what ten desks and their windows give; assumed.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"shuffled, no embargo", ""},
    Preset{"shuffled, 120 minutes apart", "embargo_min=120"},
    Preset{"in the order of time", "order=0"},
    Preset{"in time, 120 minutes apart", "order=0 embargo_min=120"},
    Preset{"one window answers", "neighbours=1"},
    Preset{"heavy walls, well insulated", "loss_w_per_k=60 capacity_mj_per_k=26"},
    Preset{"a tent", "loss_w_per_k=600 capacity_mj_per_k=2"},
};

constexpr double readings = 30 * 24 * 60, border_min = 0.7 * readings, honest_min = 120;
constexpr std::size_t most_judged = 120, neighbours_in_time = 4;   // drawn together for the interval

struct Divided {
  std::vector<RoomWindow> learned, judged;
};
Divided divided(const std::vector<RoomWindow>& windows, bool is_shuffled, std::uint64_t seed) {
  Divided out;
  if (is_shuffled) {
    Random random(seed + 1000);
    std::vector<std::size_t> chosen;
    while (chosen.size() < most_judged)
      if (const auto at = static_cast<std::size_t>(random.below(windows.size())); std::ranges::find(chosen, at) == chosen.end()) chosen.push_back(at);
    std::ranges::sort(chosen);
    for (std::size_t i = 0; i < windows.size(); ++i) (std::ranges::binary_search(chosen, i) ? out.judged : out.learned).push_back(windows[i]);
    return out;
  }
  std::vector<RoomWindow> after;
  for (const RoomWindow& window : windows) (window.minute < border_min ? out.learned : after).push_back(window);
  const std::size_t every = std::max<std::size_t>(1, after.size() / most_judged);
  for (std::size_t i = 0; i < after.size() && out.judged.size() < most_judged; i += every) out.judged.push_back(after[i]);
  return out;
}

MeanInterval mean_of(const std::vector<double>& errors) { return block_bootstrap(errors, neighbours_in_time, 1); }

}  // namespace

Result<Outcome> split_outcome(std::span<const double> v, const Subject&) {
  const bool is_shuffled = v[order_at] != 0;
  const double embargo = v[embargo_at];
  const int neighbours = static_cast<int>(v[neighbours_at]);
  const auto seed = static_cast<std::uint64_t>(v[month_at]);
  const train::OfficeFloor floor{v[loss_at], v[capacity_at] * 1e6, v[gains_at] / 100};
  const std::vector<train::Reading> month = train::building_readings(seed, 30, floor);
  const std::vector<RoomWindow> windows = month_windows(month);
  std::vector<double> embargoes{0, 15, 30, 45, 60, 90, honest_min, 180, 240};
  if (!std::ranges::binary_search(embargoes, embargo)) embargoes.insert(std::ranges::lower_bound(embargoes, embargo), embargo);
  const auto place = [&](double minutes) { return static_cast<std::size_t>(std::ranges::lower_bound(embargoes, minutes) - embargoes.begin()); };

  Outcome out;
  Picture picture{.title = "What the test says, by the embargo", .x_label = "embargo, minutes", .y_label = "mean error, K, with its 95 % interval", .curves = {}};
  std::vector<std::vector<double>> errors;   // of what is chosen
  std::size_t learned = 0, judged = 0, near = 0;
  double without = 0;
  for (const bool shuffled : {true, false}) {
    const Divided sets = divided(windows, shuffled, seed);
    auto made = remembered_errors(sets.learned, sets.judged, embargoes, neighbours);
    Curve curve{.label = std::string(orders[shuffled ? 1 : 0]), .x = embargoes, .y = {}, .tone = shuffled ? Tone::bad : Tone::good};
    for (const auto& each : made) {
      const MeanInterval mean = mean_of(each);
      curve.y.push_back(mean.mean), curve.low.push_back(mean.low), curve.high.push_back(mean.high);
    }
    picture.curves.push_back(std::move(curve));
    if (shuffled != is_shuffled) continue;
    errors = std::move(made);
    learned = sets.learned.size(), judged = sets.judged.size();
    for (const RoomWindow& asked : sets.judged) {
      without += std::fabs(asked.change_k) / static_cast<double>(sets.judged.size());
      near += std::ranges::any_of(sets.learned, [&](const RoomWindow& known) { return std::fabs(known.minute - asked.minute) < honest_min && std::fabs(known.minute - asked.minute) >= embargo; });
    }
  }
  const MeanInterval seen = mean_of(errors[place(embargo)]), honest = mean_of(errors[place(honest_min)]);
  std::vector<double> gained;
  for (std::size_t i = 0; i < judged; ++i) gained.push_back(errors[place(honest_min)][i] - errors[place(embargo)][i]);
  const MeanInterval gain = mean_of(gained);
  const bool leaks = embargo < honest_min && gain.low > 0;
  out.tone = leaks ? Tone::bad : embargo < honest_min && near > 0 ? Tone::warning : Tone::good;
  out.sentence = text(is_shuffled ? "Shuffled" : "In the order of time", embargo > 0 ? text(", ", brief(embargo), " minutes apart") : std::string(", with no embargo"), ": ", near, " of ", judged, " judged windows share readings with one that was learned from, and the test says ", fixed(seen.mean, 3), " K. ");
  if (embargo >= honest_min) out.sentence += "Nothing is shared: that is what the model is worth on days it has not seen.";
  else out.sentence += text("With 120 minutes between them it is ", fixed(honest.mean, 3), leaks ? " K: the test flattered by " : " K: ", leaks ? text(fixed(gain.mean, 3), " K (95 %: ", fixed(gain.low, 3), " to ", fixed(gain.high, 3), ")") : difference_text(gain, "K", 3), ".");
  const std::string source = "counted and computed on 30 simulated days: core/labs/split", formula = "mean of |foreseen - true|", boot = "; interval: circular block bootstrap, 4 windows";
  out.figures.push_back({.key = "error_k", .label = "What the test says", .unit = "K", .value = seen.mean, .low = seen.low, .high = seen.high, .formula = formula, .numbers = text(judged, " windows, each by the ", neighbours, " most alike of ", grouped(learned)), .source = source + boot, .tone = out.tone});
  out.figures.push_back({.key = "honest_k", .label = "with 120 minutes between", .unit = "K", .value = honest.mean, .low = honest.low, .high = honest.high, .formula = formula, .numbers = "window + horizon: 60 + 60 minutes", .source = source + boot});
  out.figures.push_back({.key = "leaked_k", .label = "What leaked, window by window", .unit = "K", .value = gain.mean, .low = gain.low, .high = gain.high, .formula = "mean over the same windows of the difference", .numbers = text(fixed(honest.mean, 3), " - ", fixed(seen.mean, 3), leaks ? "; the interval is above 0" : embargo < honest_min ? "; the interval holds 0: not shown" : ""), .source = source + boot, .tone = leaks ? Tone::bad : Tone::plain});
  out.figures.push_back({.key = "sharing_windows", .label = "Judged windows that share readings", .unit = "", .value = static_cast<double>(near), .formula = "a learned one begins less than 120 minutes before or after", .numbers = text(near, " of ", judged), .source = source, .tone = near > 0 ? Tone::warning : Tone::good, .decimals = 0});
  out.figures.push_back({.key = "no_change_k", .label = "The guess that nothing changes", .unit = "K", .value = without, .formula = "mean of |true change|", .numbers = "of the same windows", .source = source});
  out.figures.push_back({.key = "windows", .label = "Windows in 30 days", .unit = "", .value = window_count(readings, 60, 60), .formula = "readings - window - horizon + 1", .numbers = "43200 - 60 - 60 + 1", .source = "one for each minute that it can end in; every tenth is used here", .decimals = 0});
  out.figures.push_back({.key = "border_windows", .label = "of them across one border", .unit = "", .value = 60 + 60 - 1, .formula = "window + horizon - 1", .numbers = "60 + 60 - 1; two borders of the chapter's split leave out 238", .source = "windows whose readings and target lie on both sides", .decimals = 0});
  out.figures.push_back({.key = "time_constant_h", .label = "The room's time constant", .unit = "h", .value = floor.capacity_j_per_k / floor.loss_w_per_k / 3600, .formula = "R * C", .numbers = text(brief(v[capacity_at]), " MJ/K / ", brief(v[loss_at]), " W/K / 3600 s"), .source = "until 63 % of what is warmer than outside is gone", .decimals = 1});
  picture.marks = {{.label = text("embargo ", brief(embargo), " min"), .x = embargo, .tone = out.tone}, {.label = "window + horizon", .x = honest_min}};
  Picture bands{.title = "The month, and how it is divided in the order of time", .x_label = "day", .y_label = "room, °C", .curves = {}};
  Curve room{.label = "the room", .x = {}, .y = {}};
  for (std::size_t t = 0; t < month.size(); t += 60) room.x.push_back(static_cast<double>(t) / (24 * 60)), room.y.push_back(month[t].indoor_c);
  bands.curves = {std::move(room)};
  bands.marks = {{.label = "validation from day 21", .x = 21}, {.label = "test from 25.5", .x = 25.5}};
  out.pictures = {std::move(picture), std::move(bands)};
  out.reaches = {{"embargo_min", 240, embargo, {}}, {"neighbours", 20, v[neighbours_at], {}}, {"month", 52, v[month_at], {}}};
  for (const At each : {loss_at, capacity_at, gains_at}) out.reaches.push_back({std::string(fields[each].key), fields[each].highest, v[each], {}});
  return out;
}

Lab split_lab() {
  return {.name = "split", .title = "Does the test know the answers", .question = "What does a test say when its windows overlap with those that were learned from?", .fields = fields, .presets = presets, .evaluate = nullptr,
          .sources = "30 days of a simulated office floor (core/train/generate/building.cpp), one resistance and one capacitance, a window every ten minutes; features as the bundled models see them. In the order of time the first 70 % are learned from and the rest is judged. The model only remembers: nearest neighbours, Fix & Hodges "
                     "1951. Embargo: h-block cross-validation, Burman, Chow & Nolan 1994. What leaks into a model that generalizes more may be less.",
          .model = "hvac"};
}

}  // namespace edgewise::labs
