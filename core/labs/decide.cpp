#include "core/labs/decide.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/base/text.h"
#include "core/labs/words.h"

namespace edgewise::labs {

std::string_view name_of(Place place) {
  switch (place) {
    case Place::edge: return "edge";
    case Place::cloud: return "cloud";
    case Place::hybrid: return "hybrid";
    case Place::infeasible: return "infeasible";
  }
  return "?";
}

Decision decide(const Task& t) {
  Decision d;
  d.edge_ms = t.model_mmacs * 1e6 * t.cycles_per_mac / (t.clock_mhz * 1e6) * 1e3;
  d.upload_ms = 8 * t.payload_bytes / t.bandwidth_kbit;   // bits by kbit/s are ms
  d.cloud_ms = t.rtt_ms + d.upload_ms + t.server_ms;
  const double slack = t.deadline_ms - d.upload_ms - t.server_ms;
  const double late = 0.5 * std::erfc((slack - t.rtt_ms) / (t.jitter_ms * std::numbers::sqrt2));
  d.missed_share = t.outage + (1 - t.outage) * late;
  d.link_share = t.answers_a_day * d.upload_ms / 1000 / 86400;
  d.edge_usd_a_year = t.devices * t.board_usd / t.life_years;
  d.cloud_usd_a_year = t.devices * t.answers_a_day * 365 * t.cloud_usd_a_1000 / 1000;
  d.is_edge_in_time = d.edge_ms <= t.deadline_ms;
  d.is_model_fitting = t.model_kib <= t.flash_kib;
  d.is_cloud_in_time = d.missed_share <= t.missed_allowed;
  d.is_link_enough = d.link_share <= 1;
  d.is_edge_able = d.is_edge_in_time && d.is_model_fitting;
  d.is_cloud_able = !t.is_private && d.is_cloud_in_time && d.is_link_enough;
  const bool wants_second = t.second_look_kib > 0, second_fits = t.second_look_kib <= t.flash_kib;
  const bool second_in_cloud = !t.is_private && d.cloud_ms <= 1000 * t.second_look_deadline_s;
  const bool edge_does_all = d.is_edge_able && (!wants_second || second_fits), cloud_does_all = d.is_cloud_able && (!wants_second || second_in_cloud);
  if (edge_does_all && cloud_does_all) d.place = d.edge_usd_a_year <= d.cloud_usd_a_year ? Place::edge : Place::cloud;
  else if (edge_does_all) d.place = Place::edge;
  else if (cloud_does_all) d.place = Place::cloud;
  else if (wants_second && d.is_edge_able && second_in_cloud) d.place = Place::hybrid;
  return d;
}

namespace {

enum At { deadline_at, payload_at, bandwidth_at, mmacs_at, private_at, kib_at, second_at, second_deadline_at, clock_at, cycles_at, flash_at, rtt_at, jitter_at, outage_at, server_at, missed_at, answers_at, devices_at, price_at, board_at, life_at };

constexpr std::array<std::string_view, 2> privacies = {"may leave the device", "must stay"};

constexpr std::array fields = {
    Field{.key = "deadline_ms", .label = "Deadline", .unit = "ms", .lowest = 1, .highest = 1e8, .initial = 100, .is_logarithmic = true, .why = "From the event to the answer. The chapter: under 100 ms edge, 1 to 5 s cloud; in between it says nothing."},
    Field{.key = "payload_bytes", .label = "Sent for one answer", .unit = "B", .lowest = 1, .highest = 1e7, .initial = 600, .step = 1, .is_logarithmic = true, .why = "2 s of a 3-axis 16-bit sensor at 50 Hz are 600 B; 1 s of sound at 16 kHz is 32,000 B."},
    Field{.key = "bandwidth_kbit", .label = "Link, upwards", .unit = "kbit/s", .lowest = 0.1, .highest = 1e5, .initial = 100, .is_logarithmic = true, .why = "LoRa SF7 at 125 kHz 5.47, NB-IoT some 60, LTE-M 1,000, Wi-Fi 10,000 and more."},
    Field{.key = "model_mmacs", .label = "Model", .unit = "million MACs", .lowest = 0.001, .highest = 1e5, .initial = 0.5, .is_logarithmic = true, .why = "For one answer. The chapter's classifier 0.012, MLPerf Tiny's keyword spotting 2.66, MobileNetV2 300."},
    Field{.key = "private", .label = "The data", .unit = "", .lowest = 0, .highest = 1, .initial = 0, .step = 1, .choices = privacies, .why = "Health, voices and faces in most places must stay."},
    Field{.key = "model_kib", .label = "Model, in flash", .unit = "KiB", .lowest = 1, .highest = 1e6, .initial = 30, .is_logarithmic = true, .why = "INT8 weights and graph.", .is_detail = true},
    Field{.key = "second_look_kib", .label = "A second, deeper look", .unit = "KiB", .lowest = 0, .highest = 1e6, .initial = 0, .step = 1, .why = "The model of the second look; 0: none is wanted.", .is_detail = true},
    Field{.key = "second_look_s", .label = "may take", .unit = "s", .lowest = 1, .highest = 86400, .initial = 60, .is_logarithmic = true, .why = "Until the second look must be there.", .is_detail = true},
    Field{.key = "clock_mhz", .label = "Board's clock", .unit = "MHz", .lowest = 8, .highest = 1500, .initial = 120, .step = 1, .is_logarithmic = true, .why = "STM32L4R5: 120 MHz.", .is_detail = true},
    Field{.key = "cycles_per_mac", .label = "Cycles for a MAC", .unit = "", .lowest = 0.1, .highest = 40, .initial = 3.3, .step = 0.1, .is_logarithmic = true, .why = "Cortex-M4: median 3.3 of 81 MLPerf Tiny results; see the lab simd.", .is_detail = true},
    Field{.key = "flash_kib", .label = "Board's flash for it", .unit = "KiB", .lowest = 16, .highest = 65536, .initial = 1024, .step = 1, .is_logarithmic = true, .why = "STM32L4R5 has 2 MB, half of it for the model.", .is_detail = true},
    Field{.key = "rtt_ms", .label = "Round trip", .unit = "ms", .lowest = 1, .highest = 5000, .initial = 80, .step = 1, .is_logarithmic = true, .why = "Assumed: mobile network to a data centre in the region.", .is_detail = true},
    Field{.key = "jitter_ms", .label = "its deviation", .unit = "ms", .lowest = 1, .highest = 2000, .initial = 40, .step = 1, .is_logarithmic = true, .why = "Assumed, and assumed normal; real ones have longer tails.", .is_detail = true},
    Field{.key = "outage_percent", .label = "Link down", .unit = "%", .lowest = 0, .highest = 100, .initial = 0.5, .step = 0.01, .why = "Assumed: half an hour in four days.", .is_detail = true},
    Field{.key = "server_ms", .label = "Server computes", .unit = "ms", .lowest = 0, .highest = 10000, .initial = 10, .step = 1, .why = "Assumed.", .is_detail = true},
    Field{.key = "missed_percent", .label = "May be missed", .unit = "%", .lowest = 0.01, .highest = 50, .initial = 1, .step = 0.01, .why = "Answers that may come late or not at all.", .is_detail = true},
    Field{.key = "answers_a_day", .label = "Answers a day", .unit = "", .lowest = 1, .highest = 864000, .initial = 1000, .step = 1, .is_logarithmic = true, .why = "Of one device. Once a second is 86,400.", .is_detail = true},
    Field{.key = "devices", .label = "Devices", .unit = "", .lowest = 1, .highest = 1e6, .initial = 1000, .step = 1, .is_logarithmic = true, .why = "Assumed.", .is_detail = true},
    Field{.key = "cloud_usd_a_1000", .label = "1000 answers from the cloud", .unit = "$", .lowest = 0, .highest = 10, .initial = 0.05, .step = 0.001, .why = "Assumed: traffic and computing. Ask your provider.", .is_detail = true},
    Field{.key = "board_usd", .label = "Extra cost of the board", .unit = "$", .lowest = 0, .highest = 500, .initial = 8, .step = 0.5, .why = "Assumed: against a board that only sends.", .is_detail = true},
    Field{.key = "life_years", .label = "Board's life", .unit = "years", .lowest = 1, .highest = 15, .initial = 5, .step = 0.5, .why = "Assumed.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"fall detection", ""},
    Preset{"wake word", "deadline_ms=200 payload_bytes=32000 bandwidth_kbit=10000 model_mmacs=2.66 private=1 model_kib=53 answers_a_day=86400"},
    Preset{"full voice command", "deadline_ms=3000 payload_bytes=64000 bandwidth_kbit=10000 model_mmacs=20000 model_kib=100000 answers_a_day=20"},
    Preset{"industrial anomaly", "deadline_ms=50 payload_bytes=4096 bandwidth_kbit=1000 model_mmacs=0.26 model_kib=264 second_look_kib=50000"},
    Preset{"smart thermostat", "deadline_ms=60000 payload_bytes=240 bandwidth_kbit=10000 model_mmacs=0.54 model_kib=10 outage_percent=3 answers_a_day=1440"},
    Preset{"fleet-wide maintenance", "deadline_ms=60000 payload_bytes=1000000 bandwidth_kbit=1000 model_mmacs=4000 model_kib=50000 answers_a_day=24"},
    Preset{"a second of sound over LoRa", "deadline_ms=5000 payload_bytes=32000 bandwidth_kbit=5.47 model_mmacs=2.66 model_kib=53"},
    Preset{"ten bytes over LoRa", "deadline_ms=90000 payload_bytes=10 bandwidth_kbit=5.47 model_mmacs=10000 model_kib=20000"},
    Preset{"half a second: no rule in the chapter", "deadline_ms=500"},
};

Task task_of(std::span<const double> v) {
  return {.deadline_ms = v[deadline_at], .payload_bytes = v[payload_at], .bandwidth_kbit = v[bandwidth_at], .model_mmacs = v[mmacs_at], .is_private = v[private_at] != 0, .model_kib = v[kib_at],
          .second_look_kib = v[second_at], .second_look_deadline_s = v[second_deadline_at], .clock_mhz = v[clock_at], .cycles_per_mac = v[cycles_at], .flash_kib = v[flash_at], .rtt_ms = v[rtt_at], .jitter_ms = v[jitter_at],
          .outage = v[outage_at] / 100, .server_ms = v[server_at], .missed_allowed = v[missed_at] / 100, .answers_a_day = v[answers_at], .devices = v[devices_at], .cloud_usd_a_1000 = v[price_at], .board_usd = v[board_at],
          .life_years = v[life_at]};
}

std::string in_ms(double ms) { return ms < 1000 ? text(brief(ms), " ms") : in_time(ms / 3.6e6); }

std::string_view place_name(Place place) {
  switch (place) {
    case Place::edge: return "on the device";
    case Place::cloud: return "in the cloud";
    case Place::hybrid: return "first on the device, then in the cloud";
    case Place::infeasible: return "nowhere";
  }
  return "?";
}

// Why the device cannot, or that it can, with the inequality's numbers.
std::string edge_words(const Task& t, const Decision& d) {
  if (!d.is_model_fitting) return text("the device cannot, ", brief(t.model_kib), " KiB of model > ", brief(t.flash_kib), " KiB of flash");
  return text("the device ", d.is_edge_in_time ? "can, " : "cannot, ", in_ms(d.edge_ms), d.is_edge_in_time ? " ≤ " : " > ", in_ms(t.deadline_ms));
}
std::string cloud_words(const Task& t, const Decision& d) {
  if (t.is_private) return "the cloud may not, the data must stay";
  if (d.upload_ms > t.deadline_ms) return text("the cloud cannot, sending alone takes ", in_ms(d.upload_ms), " > ", in_ms(t.deadline_ms));
  if (!d.is_link_enough) return text("the cloud cannot, sending takes ", percent(d.link_share), " of the day");
  return text("the cloud ", d.is_cloud_in_time ? "can, " : "cannot, ", percent(d.missed_share), " of the answers would be late or lost, at most ", percent(t.missed_allowed), " may be");
}

// The value nearest to the present one at which the decision turns, along one field; nothing where it never does.
struct Turn { double value; Place place; };
std::optional<Turn> turning_point(std::span<const double> values, std::size_t field, Place now) {
  const Field& f = fields[field];
  std::vector<double> state(values.begin(), values.end());
  const auto place_at = [&](double value) {
    state[field] = value;
    return decide(task_of(state)).place;
  };
  const bool by_ratio = f.is_logarithmic;
  const auto between = [&](double a, double b, double share) { return by_ratio ? a * std::pow(b / a, share) : a + (b - a) * share; };
  std::optional<Turn> best;
  double best_share = 2;
  for (const double end : {f.lowest, f.highest}) {
    double last = values[field];
    for (int i = 1; i <= 60; ++i) {
      const double at = between(values[field], end, i / 60.0);
      if (place_at(at) == now) {
        last = at;
        continue;
      }
      double same = last, other = at;
      for (int halving = 0; halving < 30; ++halving) {
        const double middle = between(same, other, 0.5);
        (place_at(middle) == now ? same : other) = middle;
      }
      const double way = by_ratio ? std::fabs(std::log(other / values[field])) / std::log(f.highest / f.lowest) : std::fabs(other - values[field]) / (f.highest - f.lowest);
      if (way < best_share) {
        best_share = way;
        best = Turn{other, place_at(other)};
      }
      break;
    }
  }
  return best;
}

Outcome evaluate(std::span<const double> v) {
  const Task t = task_of(v);
  const Decision d = decide(t);
  Outcome out;
  out.tone = d.place == Place::infeasible ? Tone::bad : d.place == Place::hybrid ? Tone::warning : Tone::good;
  std::string both;
  if (d.is_edge_able && d.is_cloud_able && d.place != Place::hybrid)
    both = text(". Both can; ", d.place == Place::edge ? "the device" : "the cloud", " costs less, $", grouped(static_cast<std::uint64_t>(std::llround(std::min(d.edge_usd_a_year, d.cloud_usd_a_year)))), " a year against $",
                grouped(static_cast<std::uint64_t>(std::llround(std::max(d.edge_usd_a_year, d.cloud_usd_a_year)))));
  const std::string second = t.second_look_kib > 0 ? text("; the second look of ", brief(t.second_look_kib), " KiB ", t.second_look_kib <= t.flash_kib ? "fits the board" : "does not fit the board") : "";
  out.sentence = text("It belongs ", place_name(d.place), ": ", edge_words(t, d), "; ", cloud_words(t, d), second, both, ".");

  Table turns{.title = "What would turn the decision", .header = {"turn this", "it is", "to", "then it belongs"}, .rows = {}};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Field& f = fields[i];
    const std::string unit = f.unit.empty() ? "" : text(" ", f.unit);
    if (!f.choices.empty()) {
      std::vector<double> state(v.begin(), v.end());
      state[i] = 1 - v[i];
      const Place other = decide(task_of(state)).place;
      if (other != d.place) turns.rows.push_back({std::string(f.label), std::string(f.choices[static_cast<std::size_t>(v[i])]), std::string(f.choices[static_cast<std::size_t>(state[i])]), std::string(place_name(other))});
      continue;
    }
    if (const auto turn = turning_point(v, i, d.place)) turns.rows.push_back({std::string(f.label), brief(v[i]) + unit, text(turn->value > v[i] ? "over " : "under ", brief(turn->value), unit), std::string(place_name(turn->place))});
  }
  if (turns.rows.empty()) turns.rows.push_back({"nothing within the limits", "", "", std::string(place_name(d.place))});

  const std::string own = "arithmetic from the fields";
  out.figures.push_back({.key = "edge_ms", .label = "On the device", .unit = "ms", .value = d.edge_ms, .formula = "MACs * cycles per MAC / clock",
                         .numbers = text(brief(t.model_mmacs), " million * ", brief(t.cycles_per_mac), " / ", brief(t.clock_mhz), " MHz = ", brief(d.edge_ms), " ms"), .source = "cycles per MAC measured: MLPerf Tiny",
                         .tone = d.is_edge_able ? Tone::good : Tone::bad, .decimals = 2});
  out.figures.push_back({.key = "cloud_ms", .label = "Through the cloud, on average", .unit = "ms", .value = d.cloud_ms, .formula = "round trip + 8 * bytes / bandwidth + server",
                         .numbers = text(brief(t.rtt_ms), " + ", brief(d.upload_ms), " + ", brief(t.server_ms), " = ", brief(d.cloud_ms), " ms"), .source = own, .tone = d.is_cloud_able ? Tone::good : Tone::bad, .decimals = 1});
  out.figures.push_back({.key = "missed_percent", .label = "Cloud answers late or lost", .unit = "%", .value = 100 * d.missed_share, .formula = "outage + (1 - outage) * P(round trip > deadline - upload - server)",
                         .numbers = text(brief(t.outage), " + ", brief(1 - t.outage), " * P(normal(", brief(t.rtt_ms), ", ", brief(t.jitter_ms), ") > ", brief(t.deadline_ms - d.upload_ms - t.server_ms), " ms)"), .source = "round trips assumed normal",
                         .tone = d.is_cloud_in_time ? Tone::good : Tone::bad, .decimals = 2});
  out.figures.push_back({.key = "upload_s", .label = "Sending one answer's data", .unit = "s", .value = d.upload_ms / 1000, .formula = "8 * bytes / bandwidth", .numbers = text("8 * ", brief(t.payload_bytes, 6), " / ", brief(t.bandwidth_kbit), " kbit/s"),
                         .source = own, .decimals = 3});
  out.figures.push_back({.key = "link_percent", .label = "Of the day spent sending", .unit = "%", .value = 100 * d.link_share, .formula = "answers a day * sending / 86400 s", .numbers = text(brief(t.answers_a_day, 6), " * ", brief(d.upload_ms / 1000), " s / 86400 s"),
                         .source = own, .tone = d.is_link_enough ? Tone::plain : Tone::bad, .decimals = 2});
  out.figures.push_back({.key = "edge_usd_a_year", .label = "Devices, a year", .unit = "$", .value = d.edge_usd_a_year, .formula = "devices * board / life", .numbers = text(brief(t.devices, 6), " * ", brief(t.board_usd), " / ", brief(t.life_years)), .source = own, .decimals = 0});
  out.figures.push_back({.key = "cloud_usd_a_year", .label = "Cloud, a year", .unit = "$", .value = d.cloud_usd_a_year, .formula = "devices * answers a day * 365 * price / 1000",
                         .numbers = text(brief(t.devices, 6), " * ", brief(t.answers_a_day, 6), " * 365 * ", brief(t.cloud_usd_a_1000), " / 1000"), .source = own, .decimals = 0});

  constexpr double edge_until_ms = 100, cloud_from_ms = 1000;   // the chapter's thresholds
  const bool has_no_rule = t.deadline_ms > edge_until_ms && t.deadline_ms < cloud_from_ms;
  out.figures.push_back({.key = "no_rule_ms", .label = "Deadlines that the chapter has no rule for", .unit = "ms", .value = cloud_from_ms - edge_until_ms, .formula = "1 s - 100 ms", .numbers = text("1000 - 100; this one is ", has_no_rule ? "" : "not ", "among them"), .source = own, .tone = has_no_rule ? Tone::warning : Tone::plain, .decimals = 0});

  Picture picture{.title = "How long an answer takes", .x_label = "bytes sent for one answer", .y_label = "ms", .curves = {}, .marks = {}, .is_x_logarithmic = true, .is_y_logarithmic = true};
  Curve edge{.label = "on the device", .x = {}, .y = {}, .tone = Tone::good}, cloud{.label = "through the cloud", .x = {}, .y = {}}, deadline{.label = "deadline", .x = {}, .y = {}, .tone = Tone::bad};
  Task other = t;
  for (int i = 0; i <= 140; ++i) {
    other.payload_bytes = std::pow(10, i / 20.0);
    const Decision at = decide(other);
    for (Curve* const curve : {&edge, &cloud, &deadline}) curve->x.push_back(other.payload_bytes);
    edge.y.push_back(std::max(1e-3, at.edge_ms));
    cloud.y.push_back(std::max(1e-3, at.cloud_ms));
    deadline.y.push_back(t.deadline_ms);
  }
  picture.curves = {std::move(edge), std::move(cloud), std::move(deadline)};
  picture.marks.push_back({.label = text(brief(t.payload_bytes, 6), " B"), .x = t.payload_bytes});
  Picture missed{.title = "Cloud answers that are late or lost", .x_label = "deadline, ms", .y_label = "%", .curves = {}, .marks = {}, .is_x_logarithmic = true};
  Curve late{.label = "late or lost", .x = {}, .y = {}, .tone = Tone::bad}, allowed{.label = "may be", .x = {}, .y = {}, .tone = Tone::good};
  other = t;
  const double around = std::pow(10, std::round(std::log10(t.deadline_ms)));
  for (int i = 0; i <= 160; ++i) {
    other.deadline_ms = around * std::pow(10, i / 40.0 - 2);   // two decades to either side
    late.x.push_back(other.deadline_ms);
    late.y.push_back(100 * decide(other).missed_share);
    allowed.x.push_back(other.deadline_ms);
    allowed.y.push_back(100 * t.missed_allowed);
  }
  missed.curves = {std::move(late), std::move(allowed)};
  missed.marks.push_back({.label = text("the deadline, ", in_ms(t.deadline_ms)), .x = t.deadline_ms});
  out.pictures = {std::move(picture), std::move(missed)};
  out.tables.push_back(std::move(turns));
  return out;
}

}  // namespace

Lab decide_lab() {
  return {.name = "decide", .title = "Edge or cloud", .question = "Where should the answer be computed, and what would turn that?", .fields = fields, .presets = presets, .evaluate = evaluate,
          .sources = "The chapter's six scenarios; their numbers are our assumptions, all of them can be turned. Cycles for a MAC: MLPerf Tiny. Rules: the device must be in time and hold the model; the cloud must be allowed, in time often "
                     "enough, and the link must carry it; where both can, the cheaper one; a second look that does not fit the board makes it hybrid. Assumed: round trips normal about their mean, prices, board."};
}

}  // namespace edgewise::labs
