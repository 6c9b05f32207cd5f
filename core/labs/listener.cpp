// The bundled forest listener at each threshold: what it finds, how often it is wrong, and what a vote of several windows is really worth.
//
// The rates are counted in listener_scores.h: int8 scores of the bundled model on synthesised recordings. Five windows of a recording share place, weather and machine,
// so a vote of n of them is counted as it falls out (over all choices of n of the five), beside what it would be if windows erred independently.
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/base/text.h"
#include "core/labs/detection.h"
#include "core/labs/interval.h"
#include "core/labs/listener_scores.h"
#include "core/labs/recording.h"
#include "core/labs/words.h"

namespace edgewise::labs {

namespace {

constexpr int windows = 5, steps = 256;   // of a recording; scores of 8 bits
constexpr std::array<std::string_view, 5> distances = {"up to 400 m", "under 100 m", "100 to 200 m", "200 to 300 m", "300 to 400 m"};

enum At { threshold_at, background_at, chainsaw_at, away_at, votes_at, of_at, place_at, distance_at, base_at, period_at };

constexpr std::array fields = {
    Field{.key = "threshold", .label = "A window alarms from a score of", .unit = "of 256", .lowest = 1, .highest = 255, .initial = 128, .step = 1, .why = "The int8 output for \"chainsaw\", code + 128; 128 is one half."},
    background_field, chainsaw_field, away_field,
    Field{.key = "votes", .label = "Windows that must agree", .unit = "", .lowest = 1, .highest = 5, .initial = 1, .step = 1, .why = "An alarm needs this many of the last windows."},
    Field{.key = "of", .label = "of the last", .unit = "windows", .lowest = 1, .highest = 5, .initial = 1, .step = 1, .why = "A recording has five.", .is_detail = true},
    place_field,
    Field{.key = "distance", .label = "Counted chainsaws", .unit = "", .lowest = 0, .highest = 4, .initial = 0, .step = 1, .choices = distances, .why = "Distances are uniform from 10 to 400 m.", .is_detail = true},
    Field{.key = "sawing_per_million", .label = "Windows with a chainsaw", .unit = "in a million", .lowest = 0.1, .highest = 100000, .initial = 16, .is_logarithmic = true, .why = "Assumed, as in the lab of alarms: 840 of 52.6 million windows.", .is_detail = true},
    Field{.key = "period_s", .label = "A window every", .unit = "s", .lowest = 1, .highest = 600, .initial = 30, .step = 1, .is_logarithmic = true, .why = "The chapter's. Recordings do not know it: five windows share one weather whether they are 1 or 600 s apart.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"one half", ""},
    Preset{"a strict threshold", "threshold=245"},
    Preset{"three of five must agree", "votes=3 of=5"},
    Preset{"five of five", "votes=5 of=5"},
    Preset{"only engines, no chainsaw", "background=6 chainsaw=1"},
    Preset{"far away", "distance=4"},
    Preset{"behind rain, 250 m away", "background=2 away_m=250"},
};

using Scored = const std::uint8_t (*)[1 + windows];

/// The recordings of one class that the fields choose.
std::vector<Scored> chosen(bool has_chainsaw, int background, int distance) {
  std::vector<Scored> out;
  for (std::size_t n = 0; n < std::size(listener_scores); ++n) {
    const Scored recording = &listener_scores[n];
    const int meters = 2 * (*recording)[0];
    if ((meters > 0) != has_chainsaw || (background > 0 && static_cast<int>(n / 2 % 6) != background - 1)) continue;
    if (has_chainsaw && distance > 0 && std::min(meters / 100, 3) != distance - 1) continue;
    out.push_back(recording);
  }
  return out;
}

double choose(int n, int k) {
  if (k < 0 || k > n) return 0;
  double ways = 1;
  for (int i = 1; i <= k; ++i) ways = ways * (n - k + i) / i;
  return ways;
}

/// The chance that at least `votes` alarm among `of` windows taken from the five, `alarms` of which do.
double vote(int alarms, int votes, int of) {
  double ways = 0;
  for (int i = votes; i <= of; ++i) ways += choose(alarms, i) * choose(windows - alarms, of - i);
  return ways / choose(windows, of);
}

int alarms_in(Scored recording, int threshold) { return static_cast<int>(std::count_if(*recording + 1, *recording + 1 + windows, [&](int score) { return score >= threshold; })); }

/// Mean over recordings of the chance of an alarm, for each threshold from 0 to 256.
using Shares = std::array<double, steps + 1>;
Shares shares(const std::vector<Scored>& recordings, int votes, int of) {
  Shares out{};   // first what each score adds when the threshold falls to it
  for (const Scored recording : recordings)
    for (int i = 1; i <= windows; ++i) {
      int at_least_as_high = 0;   // of equal scores the first counts as the highest
      for (int j = 1; j <= windows; ++j) at_least_as_high += (*recording)[j] > (*recording)[i] || ((*recording)[j] == (*recording)[i] && j <= i);
      out[(*recording)[i]] += vote(at_least_as_high, votes, of) - vote(at_least_as_high - 1, votes, of);
    }
  for (std::size_t t = steps; t-- > 0;) out[t] += out[t + 1];
  for (double& share : out) share = std::clamp(share / static_cast<double>(recordings.size()), 0.0, 1.0);
  return out;
}

struct Rate {
  double share, effective;   ///< how many independent windows the recordings are worth
  Share interval;
};

/// Windows of a recording are alike: the variance between recordings says how many independent ones they are worth. Source: Kish 1965, design effect.
Rate rate_of(const std::vector<Scored>& recordings, int threshold, int votes, int of) {
  const auto count = static_cast<double>(recordings.size());
  double sum = 0, squares = 0;
  for (const Scored recording : recordings) {
    const double share = vote(alarms_in(recording, threshold), votes, of);
    sum += share;
    squares += share * share;
  }
  const double mean = std::clamp(sum / count, 0.0, 1.0), variance = (squares - sum * mean) / (count - 1), binomial = mean * (1 - mean);
  const double effective = variance > 1e-12 && binomial > 1e-12 ? std::clamp(count * binomial / variance, 1.0, count * windows / of) : count;
  return {mean, effective, wilson_interval(mean, effective)};
}

/// How much more often votes are wrong than they would be if windows erred independently, with its 95 % interval: both change with the recordings that were made, so
/// each is left out in turn. Source: Tukey 1958, jackknife.
struct Excess {
  double value, low, high;
};
Excess excess_of(const std::vector<Scored>& recordings, int threshold, int votes, int of) {
  const auto count = static_cast<double>(recordings.size());
  std::vector<double> together, single;
  for (const Scored recording : recordings) {
    const int alarms = alarms_in(recording, threshold);
    together.push_back(vote(alarms, votes, of)), single.push_back(static_cast<double>(alarms) / windows);
  }
  const double all = std::accumulate(together.begin(), together.end(), 0.0), all_single = std::accumulate(single.begin(), single.end(), 0.0);
  double squares = 0, sum = 0;
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    const double left = (all - together[i]) / (count - 1) - at_least(votes, of, (all_single - single[i]) / (count - 1));
    sum += left, squares += left * left;
  }
  const double value = all / count - at_least(votes, of, all_single / count), half = z_95 * std::sqrt(std::max(0.0, (squares - sum * sum / count) * (count - 1) / count));
  return {value, value - half, value + half};
}

std::string with_interval(const Rate& rate) { return text(percent(rate.share), " (", fixed(100 * rate.interval.low, 1), " to ", fixed(100 * rate.interval.high, 1), ")"); }

Outcome evaluate(std::span<const double> v) {
  const int threshold = static_cast<int>(v[threshold_at]), votes = static_cast<int>(v[votes_at]), of = std::max(static_cast<int>(v[of_at]), votes);
  const int background = static_cast<int>(v[background_at]), distance = static_cast<int>(v[distance_at]);
  const std::vector<Scored> with = chosen(true, background, distance), without = chosen(false, background, distance);
  const Rate found = rate_of(with, threshold, votes, of), wrong = rate_of(without, threshold, votes, of);
  const double wrong_once = rate_of(without, threshold, 1, 1).share;
  const double base = v[base_at] / 1e6, a_day = windows_a_day(v[period_at]) * (1 - base), node_day = false_alarms_a_day(wrong.share, a_day), precision = positive_predictive_value(base, found.share, wrong.share);
  const double hoped = at_least(votes, of, wrong_once);
  const std::string hoped_text = hoped < 1e-5 ? std::string("less than 0.001 %") : percent(hoped);
  const Excess excess = excess_of(without, threshold, votes, of);

  Outcome out;
  out.tone = node_day > 5 ? Tone::bad : node_day > 1 ? Tone::warning : found.share < 0.5 ? Tone::warning : Tone::good;
  out.sentence = text("On synthesised sound it finds ", percent(found.share), of > 1 ? " of the chainsaws" : " of windows with a chainsaw", " and alarms in ", percent(wrong.share), of > 1 ? " of the votes" : " of the windows", " without: ", brief(node_day),
                      " false alarms a node and day.");
  if (of > 1)
    out.sentence += text(" If windows erred independently, ", votes, " of ", of, " would leave ", hoped_text, excess.low > 0 ? "; they share a place and its weather, and err together." : "; that they err together was not shown here.");
  else if (wrong.share == 0)
    out.sentence += text(" None in ", brief(windows * static_cast<double>(without.size()), 5), " windows does not mean never: up to ", percent(wrong.interval.high), " would not surprise.");

  const std::string counted = "core/labs/listener_scores.h: the bundled model in int8 on synthesised recordings", ways = of > 1 ? text(votes, " of ", of, " windows, over all choices of ", of, " of a recording's five") : "single windows";
  const auto numbers = [&](const Rate& rate, std::size_t recordings) { return text(ways, "; ", recordings, " recordings, worth ", brief(rate.effective), " independent ones"); };
  out.figures.push_back({.key = "found_percent", .label = "Chainsaws found", .unit = "%", .value = 100 * found.share, .low = 100 * found.interval.low, .high = 100 * found.interval.high, .formula = "alarms / decisions with a chainsaw; 95 %: Wilson 1927, Kish 1965",
                         .numbers = numbers(found, with.size()), .source = counted, .decimals = 1});
  out.figures.push_back({.key = "false_percent", .label = "False alarms", .unit = "%", .value = 100 * wrong.share, .low = 100 * wrong.interval.low, .high = 100 * wrong.interval.high, .formula = "alarms / decisions without one; 95 %: Wilson 1927, Kish 1965",
                         .numbers = numbers(wrong, without.size()), .source = counted, .tone = out.tone, .decimals = 2});
  out.figures.push_back({.key = "false_alarms_a_node_day", .label = "False alarms, a node and day", .unit = "", .value = node_day, .low = false_alarms_a_day(wrong.interval.low, a_day), .high = false_alarms_a_day(wrong.interval.high, a_day),
                         .formula = "windows a day * false alarms", .numbers = text(brief(a_day, 6), " * ", brief(wrong.share)), .source = "86400 s / period", .tone = out.tone, .decimals = 1});
  out.figures.push_back({.key = "precision_percent", .label = "Alarms that are right", .unit = "%", .value = 100 * precision, .formula = "b p / (b p + (1 - b) q)",
                         .numbers = text(brief(base), " * ", brief(found.share), " / (", brief(base), " * ", brief(found.share), " + ", brief(1 - base, 6), " * ", brief(wrong.share), ")"), .source = "Bayes 1763", .tone = precision < 0.1 ? Tone::bad : Tone::plain, .decimals = 4});
  if (of > 1) {
    out.figures.push_back({.key = "false_if_independent_percent", .label = "False, if windows were independent", .unit = "%", .value = 100 * hoped, .formula = "sum of C(n, i) q^i (1 - q)^(n - i), i from k", .numbers = text(votes, " of ", of, ", q = ", brief(wrong_once)),
                           .source = "binomial; what a vote is mostly sold with", .decimals = 4});
    out.figures.push_back({.key = "false_together_points", .label = "More, for they err together", .unit = "points", .value = 100 * excess.value, .low = 100 * excess.low, .high = 100 * excess.high, .formula = "false alarms - false if windows were independent", .numbers = text(percent(wrong.share), " - ", hoped_text), .source = "each recording left out in turn: jackknife, Tukey 1958", .decimals = 2});
  }
  Picture curve{.title = "Found against false alarms, at every threshold", .x_label = "false alarms, %", .y_label = "found, %", .curves = {}, .marks = {}, .is_x_logarithmic = true};
  const auto all_with = shares(with, 1, 1), all_without = shares(without, 1, 1), vote_with = shares(with, votes, of), vote_without = shares(without, votes, of);
  Curve single{.label = "one window", .x = {}, .y = {}}, voted{.label = text(votes, " of ", of), .x = {}, .y = {}, .tone = Tone::good}, independent{.label = text(votes, " of ", of, ", if independent"), .x = {}, .y = {}, .tone = Tone::warning};
  constexpr double least = 1e-5;   // of the axis
  for (std::size_t t = 0; t <= steps; t += t < 240 ? 8 : 1) {   // most of what counts happens at high scores
    const auto place = [&](Curve& line, double x, double y) {
      if (x >= least) line.x.push_back(100 * x), line.y.push_back(100 * y);
    };
    place(single, all_without[t], all_with[t]);
    place(voted, vote_without[t], vote_with[t]);
    place(independent, at_least(votes, of, all_without[t]), at_least(votes, of, all_with[t]));
  }
  curve.curves.push_back(std::move(single));
  if (of > 1) curve.curves.push_back(std::move(voted)), curve.curves.push_back(std::move(independent));
  if (wrong.share >= least) curve.marks.push_back({.label = text("here, ", percent(wrong.share)), .x = 100 * wrong.share, .tone = out.tone});
  if (false_alarms_a_day(1, a_day) > 2.1) curve.marks.push_back({.label = "2.1 a day", .x = 100 * 2.1 / a_day});

  Picture scores{.title = "What the model says", .x_label = "score, of 256", .y_label = "windows, %", .curves = {}, .marks = {{.label = text("alarms from ", threshold), .x = static_cast<double>(threshold), .tone = out.tone}}};
  for (const bool has_chainsaw : {true, false}) {
    Curve line{.label = has_chainsaw ? "chainsaw" : "none", .x = {}, .y = {}, .stroke = Stroke::steps, .tone = has_chainsaw ? Tone::good : Tone::bad};
    const auto& beyond = has_chainsaw ? all_with : all_without;   // what scores at least t
    constexpr std::size_t bin = 8;
    for (std::size_t t = 0; t < steps; t += bin) {
      line.x.push_back(static_cast<double>(t));
      line.y.push_back(100 * (beyond[t] - beyond[t + bin]));
    }
    line.x.push_back(steps);   // where the last step ends
    line.y.push_back(line.y.back());
    scores.curves.push_back(std::move(line));
  }
  out.pictures = {std::move(curve), std::move(scores)};

  Table by_background{.title = "By what is loudest", .header = {"background", "false alarms, %", "chainsaws found, %"}, .rows = {}}, by_distance{.title = "By distance", .header = {"chainsaw", "found, %"}, .rows = {}};
  for (int b = 1; b < static_cast<int>(backgrounds.size()); ++b)
    by_background.rows.push_back({std::string(backgrounds[static_cast<std::size_t>(b)]), with_interval(rate_of(chosen(false, b, 0), threshold, votes, of)), with_interval(rate_of(chosen(true, b, distance), threshold, votes, of))});
  for (int d = 1; d < static_cast<int>(distances.size()); ++d) by_distance.rows.push_back({std::string(distances[static_cast<std::size_t>(d)]), with_interval(rate_of(chosen(true, background, d), threshold, votes, of))});
  out.tables = {std::move(by_background), std::move(by_distance)};
  return out;
}

}  // namespace

double listener_found_share(int band) { return rate_of(chosen(true, 0, band), steps / 2, 1, 1).share; }

Lab listener_lab() {
  return {.name = "listener", .title = "A listener's threshold", .question = "How much is found, and how often is it wrong, at each threshold and vote?", .fields = fields, .presets = presets, .evaluate = evaluate,
          .sources = "Measured on synthesised sound, not in a forest: 600 recordings of five windows that no training set holds (core/train/generate/forest.cpp), scored by the bundled model forest at w8a8 (`edgewise trial`). Levels, mixtures and distances of "
                     "the sound are assumptions. The backgrounds weigh the same; how often it rains or an engine passes is for you to know. The recording to be heard is of a place that is in none of them; its five windows are other seconds of it, and chainsaw and distance are set.", .has_recording = true};
}

}  // namespace edgewise::labs
