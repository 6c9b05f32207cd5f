#include "core/labs/drift.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

#include "core/base/random.h"
#include "core/base/steps.h"
#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/evaluate/evaluation.h"
#include "core/labs/interval.h"
#include "core/labs/scoring.h"
#include "core/labs/words.h"
#include "core/run/run.h"
#include "core/train/finetune.h"

namespace edgewise::labs {

namespace {

struct Moments {
  double mean, deviation;
};
Moments moments(double sum, double squares, double n) {
  const double mean = sum / n;
  return {mean, std::sqrt(std::max(0.0, squares / n - mean * mean))};
}

}  // namespace

World::World(Change change, const Dataset& data, std::span<const std::uint32_t> rows) : change_(change) {
  const auto inputs = static_cast<std::size_t>(data.sample.elements());
  std::vector<double> sums(inputs), squares(inputs);
  for (const std::uint32_t row : rows) {
    const auto sample = data.row(row);
    for (std::size_t i = 0; i < inputs; ++i) {
      const auto x = static_cast<double>(sample[i]);
      sums[i] += x, squares[i] += x * x;
    }
  }
  Random random(1);
  for (std::size_t i = 0; i < inputs; ++i) {
    const Moments seen = moments(sums[i], squares[i], static_cast<double>(std::max<std::size_t>(1, rows.size())));
    mean_.push_back(seen.mean);
    deviation_.push_back(seen.deviation);
    sign_.push_back(random.below(2) == 0 ? -1.0f : 1.0f);
  }
}

void World::measure(const Dataset& data, std::uint32_t row, double amount, std::vector<float>& into) const {
  const auto sample = data.row(row);
  into.assign(sample.begin(), sample.end());
  Random random(row);
  for (std::size_t i = 0; i < into.size(); ++i) switch (change_) {
      case Change::fade: into[i] *= static_cast<float>(std::max(0.0, 1 - amount)); break;
      case Change::shift: into[i] += sign_[i] * static_cast<float>(amount * deviation_[i]); break;
      case Change::noise: into[i] += static_cast<float>(amount * deviation_[i] * random.normal()); break;
    }
}

double World::moved(std::span<const double> sums, std::span<const double> squares, double rows) const {
  double sum = 0, inputs = 0;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (deviation_[i] <= 0) continue;   // a pixel of the margin
    const Moments now = moments(sums[i], squares[i], rows);
    sum += std::max(std::fabs(now.mean - mean_[i]), std::fabs(now.deviation - deviation_[i])) / deviation_[i];
    ++inputs;
  }
  return inputs > 0 ? sum / inputs : 0;
}

Codes changed_codes(const Graph& before, const Graph& after) {
  Codes codes;
  const std::vector<Layer> old_layers = layers_of(before), layers = layers_of(after);
  for (std::size_t i = 0; i < std::min(layers.size(), old_layers.size()); ++i) {
    const Value &was = before.value(before.node(old_layers[i].node).inputs[1]), &is = after.value(after.node(layers[i].node).inputs[1]);
    if (!was.data || !is.data || was.data->size() != is.data->size()) continue;   // weights that something computes
    for (std::size_t k = 0; k < is.data->size(); ++k) codes.changed += (*was.data)[k] != (*is.data)[k];
    codes.weights += is.data->size();
  }
  return codes;
}

namespace {

enum At { change_at, rate_at, every_at, rows_at, bits_at, months_at, radio_at };

constexpr std::string_view changes_of_the_world[] = {"sensors fade", "sensors shift", "new noise"};
constexpr Radio radios[] = {
    {"LoRa", 3.3, 9.9, 5.47, "Semtech SX1276 datasheet: 9.9 mA receiving; LoRa at SF7, 125 kHz, 4/5"},
    {"Bluetooth LE", 3.0, 5.3, 781, "Texas Instruments CC2340R5 datasheet (SWRS272): 5.3 mA receiving at 1 Mbit/s with DC/DC; 244 bytes in 2.5 ms on the 1 Mbit/s PHY (Bluetooth Core 5: packet, answer and two pauses)"},
    {"Wi-Fi", 3.3, 100, 10000, "Espressif ESP32 datasheet: 95 to 100 mA receiving; 10 Mbit/s assumed, as in the lab decide"},
};
constexpr std::array<std::string_view, 3> radio_names{radios[0].name, radios[1].name, radios[2].name};

constexpr std::array fields = {
    Field{.key = "change", .label = "What changes", .unit = "", .lowest = 0, .highest = 2, .initial = 1, .step = 1, .choices = changes_of_the_world,
          .why = "Every input loses its gain; moves, half of them up and half down; or gets noise of its own. Made up, as the world would be."},
    Field{.key = "rate_percent", .label = "By", .unit = "% a month", .lowest = 0, .highest = 20, .initial = 6, .step = 0.5, .why = "Of each input's deviation on the calibration rows; of its value when it fades."},
    Field{.key = "every_months", .label = "Trained again every", .unit = "months", .lowest = 3, .highest = 24, .initial = 4, .step = 1, .why = "Longer than the whole time: never."},
    Field{.key = "label_rows", .label = "Labelled rows, each time", .unit = "", .lowest = 10, .highest = 400, .initial = 200, .step = 1, .is_logarithmic = true, .why = "Measured in the changed world and labelled by somebody. None is a row that accuracy is measured on."},
    Field{.key = "bits", .label = "Weight bits", .unit = "", .lowest = 3, .highest = 8, .initial = 8, .step = 1, .why = "Of the deployed model and of its updates; activations have 8."},
    Field{.key = "months", .label = "Watched for", .unit = "months", .lowest = 6, .highest = 24, .initial = 12, .step = 1, .why = "The time that is drawn.", .is_detail = true},
    Field{.key = "radio", .label = "Updates come by", .unit = "", .lowest = 0, .highest = 2, .initial = 0, .step = 1, .choices = radio_names, .why = "What the device spends to receive them.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"sensors shift", ""},
    Preset{"deployed, and done", "every_months=24"},
    Preset{"sensors fade", "change=0"},
    Preset{"a new noise", "change=2 rate_percent=10"},
    Preset{"too few labels", "label_rows=10"},
    Preset{"updates of 4 bits", "bits=4"},
    Preset{"nothing changes", "rate_percent=0"},
};

constexpr std::uint64_t most_run_macs = 1'500'000'000;     // for all months together: a large model is watched on fewer rows
constexpr std::uint64_t most_learned_macs = 900'000'000;   // for all updates together; forward and backward are three times a run
constexpr double battery_joules = 3.0 * 3.7 * 3600;        // 3,000 mAh at 3.7 V, the battery of the lab battery
constexpr float sure = 0.9f;

/// A model on rows of the changed world.
class Watcher {
 public:
  static Result<Watcher> prepare(const std::shared_ptr<const Graph>& integers) {
    auto runner = Runner::prepare(integers);
    if (!runner) return std::unexpected(runner.error());
    return Watcher(*std::move(runner), static_cast<std::size_t>(integers->value(integers->outputs.front()).shape.elements()));
  }

  struct Seen {
    double right = 0, unsure = 0, outside = 0;   ///< shares: of the rows, of the rows, of the input values
    double moved = 0;                            ///< World::moved
    Share interval{0, 0};                        ///< of `right`
    std::vector<bool> rows = {};                 ///< row by row: is it answered rightly
  };
  Result<Seen> watch(const World& world, const Dataset& data, std::span<const std::uint32_t> rows, double amount) {
    const Graph& graph = runner_.graph();
    const Value& input = graph.value(graph.inputs.front());
    std::uint64_t right = 0, unsure = 0, outside = 0, values = 0;
    std::vector<bool> rights;
    std::vector<float> sample;
    std::vector<double> sums(static_cast<std::size_t>(data.sample.elements())), squares(sums.size());
    for (const std::uint32_t row : rows) {
      world.measure(data, row, amount, sample);
      for (std::size_t i = 0; i < sample.size(); ++i) {
        const auto x = static_cast<double>(sample[i]);
        sums[i] += x, squares[i] += x * x;
      }
      if (input.type == DType::int8) {
        const float scale = input.grid.scale.front(), zero = static_cast<float>(input.grid.zero_point.front());
        for (const float x : sample) outside += x < scale * (-128.5f - zero) || x > scale * (127.5f - zero);
      }
      values += sample.size();
      runner_.reset();
      runner_.set_input(0, sample);
      if (auto ran = runner_.run(); !ran) return std::unexpected(ran.error());
      runner_.output_reals(0, answer_);
      rights.push_back(class_of(answer_) == data.labels[row]);
      right += rights.back();
      unsure += certainty() < sure;
    }
    const auto n = static_cast<double>(rows.size());
    const double share = static_cast<double>(right) / n;
    return Seen{share, static_cast<double>(unsure) / n, static_cast<double>(outside) / static_cast<double>(std::max<std::uint64_t>(1, values)), world.moved(sums, squares, n), wilson_interval(share, n), std::move(rights)};
  }

 private:
  Watcher(Runner runner, std::size_t classes) : runner_(std::move(runner)), answer_(classes) {}
  /// Of the class that is answered.
  float certainty() const {
    const float highest = std::ranges::max(answer_);
    return answer_.size() == 1 ? std::max(highest, 1 - highest) : highest;
  }

  Runner runner_;
  std::vector<float> answer_;
};

/// The share of right answers of the first less that of the second, on the same rows: Agresti & Min 2005. In points.
MeanInterval points_between(const Watcher::Seen& first, const Watcher::Seen& second) {
  std::uint64_t first_only = 0, second_only = 0;
  for (std::size_t i = 0; i < first.rows.size(); ++i) first_only += first.rows[i] && !second.rows[i], second_only += second.rows[i] && !first.rows[i];
  const Interval interval = paired_difference(first_only, second_only, first.rows.size());
  return {100 * (first.right - second.right), 100 * interval.low, 100 * interval.high};
}

std::string with_interval(const MeanInterval& points) { return text(fixed(points.mean, 1), " (", fixed(points.low, 1), " to ", fixed(points.high, 1), ")"); }

/// Whether the answers are probabilities, so that being sure means something.
bool ends_in_probabilities(const Graph& reals) {
  if (reals.nodes.empty()) return false;
  const Node& last = reals.nodes.back();
  return std::holds_alternative<Softmax>(last.op) || std::holds_alternative<Logistic>(last.op);
}

struct Deployed {
  std::shared_ptr<const Graph> reals, integers;
};

struct Update {
  int month;
  Watcher::Seen before, after;
  Codes codes;
};

/// Labelled rows as they are measured now, a data set of their own.
std::shared_ptr<const Dataset> gathered(const World& world, const Dataset& data, std::span<const std::uint32_t> rows, double amount) {
  Dataset made{.name = data.name, .origin = data.origin, .is_generated = true, .sample = data.sample, .x = {}, .labels = {}, .targets = {}, .class_names = data.class_names};
  std::vector<float> sample;
  for (const std::uint32_t row : rows) {
    world.measure(data, row, amount, sample);
    made.x.insert(made.x.end(), sample.begin(), sample.end());
    made.labels.push_back(data.labels[row]);
  }
  return std::make_shared<const Dataset>(std::move(made));
}

Result<Deployed> trained_again(const Deployed& before, const Recipe& recipe, const std::shared_ptr<const Dataset>& labelled, int epochs) {
  std::vector<std::uint32_t> rows(static_cast<std::size_t>(labelled->rows()));
  std::iota(rows.begin(), rows.end(), 0u);
  std::vector<std::uint32_t> calibration = rows;
  calibration.resize(std::min(calibration.size(), static_cast<std::size_t>(recipe.calibration_samples)));
  const train::FinetuneOptions options{.seed = 1, .epochs = epochs, .batch = static_cast<int>(std::min<std::size_t>(16, rows.size())), .learning_rate = 2e-3, .prune = {}};
  auto tuner = train::Finetuner::prepare(before.reals, recipe, labelled, std::move(rows), labelled, std::move(calibration), options);
  if (!tuner) return std::unexpected(tuner.error());
  if (auto done = finish(*tuner); !done) return std::unexpected(done.error());
  auto integers = tuner->graph();
  if (!integers) return std::unexpected(integers.error());
  return Deployed{tuner->float_graph(), *std::move(integers)};
}

std::string change_words(Change change, double rate) {
  if (rate == 0) return "Nothing changes.";
  switch (change) {
    case Change::fade: return text("Every input loses ", brief(rate), " % of its first value a month.");
    case Change::shift: return text("Every input moves by ", brief(rate), " % of its deviation a month.");
    case Change::noise: return text("Every input gets noisier by ", brief(rate), " % of its deviation a month.");
  }
  return {};
}

std::string joules_text(double joules) {
  return joules >= 1 ? text(brief(joules), " J") : text(brief(joules * 1e3), " mJ");
}

Curve curve_of(std::string label, Tone tone) { return {.label = std::move(label), .x = {}, .y = {}, .stroke = Stroke::line, .tone = tone}; }

void add_point(Curve& curve, int month, const Watcher::Seen& seen) {
  curve.x.push_back(month);
  curve.y.push_back(100 * seen.right);
  curve.low.push_back(100 * seen.interval.low);
  curve.high.push_back(100 * seen.interval.high);
}

}  // namespace

Result<Outcome> drift_outcome(std::span<const double> v, const Subject& subject) {
  const auto metric = choose_metric(*subject.reals, *subject.data);
  if (!metric) return std::unexpected(metric.error());
  if (*metric != Metric::accuracy) return fail("this lab counts right answers, and these rows have no classes to be right about", {}, {}, "Choose a model that tells classes apart, with labelled rows");

  const auto change = static_cast<Change>(static_cast<int>(v[change_at]));
  const int months = static_cast<int>(v[months_at]), every = static_cast<int>(v[every_at]), updates = (months - 1) / every;
  const double rate = v[rate_at] / 100;
  const Radio& radio = radios[static_cast<std::size_t>(v[radio_at])];
  const std::size_t most_labelled = std::min<std::size_t>(400, subject.calibration.size()), labelled = std::min(static_cast<std::size_t>(v[rows_at]), most_labelled);
  if (labelled == 0) return fail("there are no calibration rows to train on", {}, {}, "Give more rows");
  const std::uint64_t macs = 1 + static_cast<std::uint64_t>(macs_in(*subject.reals)), passes = static_cast<std::uint64_t>(months + 1) + (updates > 0 ? static_cast<std::uint64_t>(months + 1 - every + updates) : 0);
  const auto rows = std::span(subject.rows).first(static_cast<std::size_t>(std::min<std::uint64_t>(subject.rows.size(), std::clamp<std::uint64_t>(most_run_macs / (macs * passes), 100, 1000))));
  const World world(change, *subject.data, subject.calibration);

  Recipe recipe;
  recipe.all.weight_bits = static_cast<int>(v[bits_at]);
  const auto planned = plan(subject.reals, recipe);
  if (!planned) return std::unexpected(planned.error());
  const auto bytes = static_cast<double>(planned->flash_bytes());   // codes at their width, biases, scales and the graph: what a board would hold
  Deployed first{subject.reals, subject.integers};
  if (recipe.all.weight_bits != 8) {
    auto integers = compress(subject.reals, subject.ranges, recipe);
    if (!integers) return std::unexpected(integers.error());
    first.integers = *std::move(integers);
  }

  // Left alone.
  auto alone = Watcher::prepare(first.integers);
  if (!alone) return std::unexpected(alone.error());
  std::vector<Watcher::Seen> left;
  for (int month = 0; month <= months; ++month) {
    auto seen = alone->watch(world, *subject.data, rows, rate * month);
    if (!seen) return std::unexpected(seen.error());
    left.push_back(*seen);
  }

  // Trained again: each time on other rows, as long as there are.
  const auto rows_learned = static_cast<std::uint64_t>(labelled) * static_cast<std::uint64_t>(std::max(1, updates));
  const int epochs = static_cast<int>(std::clamp<std::uint64_t>(std::min<std::uint64_t>(2000 / labelled, most_learned_macs / (3 * macs * rows_learned)), 2, 40));
  Curve kept = curve_of("trained again", Tone::good);
  std::vector<Update> made;
  std::optional<Error> why_not;
  Deployed now = first;
  auto watcher = Watcher::prepare(now.integers);
  if (!watcher) return std::unexpected(watcher.error());
  Watcher::Seen last = left.front();
  for (int month = 0; month <= months && updates > 0; ++month) {
    last = left[static_cast<std::size_t>(month)];
    if (!made.empty()) {
      auto seen = watcher->watch(world, *subject.data, rows, rate * month);
      if (!seen) return std::unexpected(seen.error());
      last = *seen;
    }
    add_point(kept, month, last);
    if (month == 0 || month == months || month % every != 0) continue;
    std::vector<std::uint32_t> chosen;
    for (std::size_t i = 0; i < labelled; ++i) chosen.push_back(subject.calibration[(made.size() * labelled + i) % subject.calibration.size()]);
    auto next = trained_again(now, recipe, gathered(world, *subject.data, chosen, rate * month), epochs);
    if (!next) {
      why_not = next.error();
      break;
    }
    watcher = Watcher::prepare(next->integers);
    if (!watcher) return std::unexpected(watcher.error());
    auto after = watcher->watch(world, *subject.data, rows, rate * month);
    if (!after) return std::unexpected(after.error());
    made.push_back({month, last, *after, changed_codes(*now.integers, *next->integers)});
    now = *std::move(next);
    last = *after;
    add_point(kept, month, last);
  }

  const Watcher::Seen &at_first = left.front(), &at_last = left.back();
  const MeanInterval fallen = points_between(at_last, at_first), kept_points = points_between(last, at_last);
  const bool has_fallen = fallen.high < 0, is_kept = !made.empty() && kept_points.low > 0;
  const bool knows_sure = ends_in_probabilities(*subject.reals);
  const std::string n = grouped(rows.size()), source = "the integer model on changed test rows; interval: Wilson 1927";

  Outcome out;
  out.tone = !has_fallen ? Tone::good : is_kept ? Tone::warning : Tone::bad;
  out.sentence = text(change_words(change, v[rate_at]), " Left alone, the model is right in ", percent(at_first.right), " of ", n, " rows at first and in ", percent(at_last.right), " after ", months, " months, ", difference_text(fallen, "points", 1, "more", "fewer"));
  if (why_not) out.sentence += text(". It cannot be trained again here: ", why_not->reason);
  else if (made.empty()) out.sentence += text("; nobody trains it again in that time");
  else out.sentence += text("; trained again every ", every, " months on ", labelled, " labelled rows, in ", percent(last.right), ", ", difference_text(kept_points, "points", 1, "more", "fewer"), ". An update is ", in_bytes(bytes), ", ",
                            joules_text(receiving_joules(radio, bytes)), " to receive by ", radio.name);
  out.sentence += ".";

  const std::string in_the_end = text(" after ", months, " months");
  const auto right_figure = [&](std::string key, std::string label, const Watcher::Seen& seen, Tone tone, const std::string& when) {
    out.figures.push_back({.key = std::move(key), .label = std::move(label), .unit = "%", .value = 100 * seen.right, .low = 100 * seen.interval.low, .high = 100 * seen.interval.high, .formula = "right answers / rows",
                           .numbers = text(brief(std::round(seen.right * static_cast<double>(rows.size())), 6), " / ", n, when), .source = source, .tone = tone, .decimals = 1});
  };
  right_figure("alone_percent", "Left alone", at_last, has_fallen ? Tone::bad : Tone::good, in_the_end);
  if (!made.empty()) right_figure("kept_percent", "Trained again", last, is_kept || !has_fallen ? Tone::good : Tone::warning, in_the_end);
  right_figure("first_percent", "At first", at_first, Tone::plain, {});
  const auto points_figure = [&](std::string key, std::string label, const MeanInterval& points, double share, double beside, Tone tone) {
    out.figures.push_back({.key = std::move(key), .label = std::move(label), .unit = "points", .value = points.mean, .low = points.low, .high = points.high, .formula = "share of right answers less the other's, of the same rows", .numbers = text(fixed(100 * share, 2), " - ", fixed(100 * beside, 2)),
                           .source = "answer by answer; Agresti & Min 2005", .tone = tone, .decimals = 1});
  };
  points_figure("fallen_points", "Left alone beside the first day", fallen, at_last.right, at_first.right, has_fallen ? Tone::bad : Tone::good);
  if (!made.empty()) points_figure("kept_points", "Trained again beside left alone", kept_points, last.right, at_last.right, is_kept ? Tone::good : kept_points.high < 0 ? Tone::bad : Tone::plain);
  out.figures.push_back({.key = "moved_percent", .label = "Inputs have moved", .unit = "%", .value = 100 * at_last.moved, .formula = "mean over inputs of max(|mean - mean then|, |deviation - deviation then|) / deviation then",
                         .numbers = text("left alone, after ", months, " months; then: ", subject.calibration.size(), " calibration rows; on the first day, on other rows, ", percent(at_first.moved)), .source = "two sums for each input: seen without labels", .tone = at_last.moved > 2 * at_first.moved ? Tone::warning : Tone::plain, .decimals = 1});
  out.figures.push_back({.key = "outside_percent", .label = "Inputs beyond the range", .unit = "%", .value = 100 * at_last.outside, .formula = "input values beyond the grid's last code by more than half a step",
                         .numbers = text("left alone, after ", months, " months; at first ", percent(at_first.outside)), .source = "the input's calibrated grid: seen without labels", .tone = at_last.outside > 2 * at_first.outside + 0.005 ? Tone::warning : Tone::plain, .decimals = 2});
  if (knows_sure)
    out.figures.push_back({.key = "unsure_percent", .label = "Unsure answers", .unit = "%", .value = 100 * at_last.unsure, .formula = "answers with a probability below 0.9", .numbers = text("left alone, after ", months, " months; at first ", percent(at_first.unsure)),
                           .source = "the model's own softmax: seen without labels, and sure is not right", .tone = at_last.unsure > 1.5 * at_first.unsure + 0.01 ? Tone::warning : Tone::plain, .decimals = 1});
  if (!made.empty()) {
    const Codes codes = made.back().codes;
    const double joules = receiving_joules(radio, bytes), all = joules * static_cast<double>(made.size()) * 12 / months, rest = bytes - std::ceil(static_cast<double>(codes.weights) * recipe.all.weight_bits / 8);
    out.figures.push_back({.key = "update_bytes", .label = "An update", .unit = "B", .value = bytes, .formula = "codes at their width + biases, scales, zero points, graph", .numbers = text(grouped(codes.weights), " weights of ", recipe.all.weight_bits, " bits + ", brief(rest, 6), " B"), .source = "core/compress/compress: the flash that the model takes", .decimals = 0});
    const double changed_bytes = std::ceil(static_cast<double>(codes.weights) / 8) + std::ceil(static_cast<double>(codes.changed) * recipe.all.weight_bits / 8) + rest;
    out.figures.push_back({.key = "difference_bytes", .label = "Only what differs", .unit = "B", .value = changed_bytes, .formula = "weights / 8 + changed codes * bits / 8 + the rest",
                           .numbers = text(grouped(codes.weights), " / 8 + ", grouped(codes.changed), " * ", recipe.all.weight_bits, " / 8 + ", brief(rest, 6), "; ", percent(static_cast<double>(codes.changed) / static_cast<double>(std::max<std::uint64_t>(1, codes.weights))), " of the codes changed"),
                           .source = "the last update beside the model before it: a bit for each weight, then the codes that are new", .decimals = 0});
    out.figures.push_back({.key = "update_mj", .label = text("To receive it by ", radio.name), .unit = "mJ", .value = 1e3 * joules, .formula = "E = U I 8 bytes / rate",
                           .numbers = text(brief(radio.volts), " V * ", brief(radio.milliamperes), " mA * 8 * ", brief(bytes, 6), " B / ", brief(radio.kbit_s), " kbit/s"), .source = std::string(radio.source), .decimals = 1});
    out.figures.push_back({.key = "update_s", .label = "takes", .unit = "s", .value = receiving_seconds(radio, bytes), .formula = "8 bytes / rate", .numbers = text("8 * ", brief(bytes, 6), " B / ", brief(radio.kbit_s), " kbit/s, without pauses; rules for the band may ask for more"), .source = std::string(radio.source), .decimals = 2});
    out.figures.push_back({.key = "battery_percent_a_year", .label = "Of a 3,000 mAh battery, in a year", .unit = "%", .value = 100 * all / battery_joules, .formula = "updates a year * E / (3 Ah * 3.7 V * 3600 s)",
                           .numbers = text(brief(static_cast<double>(made.size()) * 12 / months), " * ", joules_text(joules), " / 39,960 J"), .source = "the battery of the lab battery; writing the flash is not counted", .decimals = 5});
  }

  Curve lonely = curve_of("left alone", Tone::bad);
  for (int month = 0; month <= months; ++month) add_point(lonely, month, left[static_cast<std::size_t>(month)]);
  Picture picture{.title = "What a changing world leaves of the accuracy", .x_label = "months after deployment", .y_label = "right answers, %, with their 95 % interval", .curves = {}};
  picture.curves.push_back(std::move(lonely));
  if (!made.empty()) picture.curves.push_back(std::move(kept));
  for (const Update& update : made) picture.marks.push_back({.label = "update", .x = static_cast<double>(update.month)});
  Picture signs{.title = "What can be seen without labels", .x_label = "months after deployment", .y_label = "left alone, %", .curves = {}};
  Curve moved = curve_of("inputs have moved, of a deviation", Tone::plain), unsure = curve_of("unsure answers", Tone::warning), outside = curve_of("inputs beyond the range", Tone::plain);
  for (int month = 0; month <= months; ++month) {
    const Watcher::Seen& seen = left[static_cast<std::size_t>(month)];
    for (Curve* curve : {&moved, &unsure, &outside}) curve->x.push_back(month);
    moved.y.push_back(100 * seen.moved);
    unsure.y.push_back(100 * seen.unsure);
    outside.y.push_back(100 * seen.outside);
  }
  signs.curves.push_back(std::move(moved));
  if (knows_sure) signs.curves.push_back(std::move(unsure));
  signs.curves.push_back(std::move(outside));
  out.pictures = {std::move(picture), std::move(signs)};

  if (!made.empty()) {
    Table table{.title = text("Updates, each trained for ", epochs, " epochs"), .header = {"month", "right before", "right after", "points more", "changed codes"}, .rows = {}};
    for (const Update& update : made)
      table.rows.push_back({text(update.month), percent(update.before.right), percent(update.after.right), with_interval(points_between(update.after, update.before)), percent(static_cast<double>(update.codes.changed) / static_cast<double>(std::max<std::uint64_t>(1, update.codes.weights)))});
    out.tables.push_back(std::move(table));
  }
  out.reaches = {{"rate_percent", 20, v[rate_at], {}}, {"every_months", 24, v[every_at], updates == 0 ? "never" : ""}, {"label_rows", static_cast<double>(most_labelled), static_cast<double>(labelled), text(labelled)},
                 {"bits", 8, v[bits_at], {}}, {"months", 24, v[months_at], {}}};
  return out;
}

Lab drift_lab() {
  return {.name = "drift", .title = "The world changes", .question = "What happens to a model that is deployed once, and what does it cost to keep it right?", .fields = fields, .presets = presets, .evaluate = nullptr,
          .sources = "The change is made up: each input of the model (a feature, a pixel) fades, shifts or gets noise, by a share of its own deviation over the calibration rows. The rest is measured: the integer model on changed test rows, the trainer on changed "
                     "calibration rows, the file of what it learned. Radio: currents of datasheets, times the bits at the rate that is told; headers, repeats, labels on their way up, and writing the flash are not counted. At most 1,000 rows, fewer for a model that takes long."};
}

}  // namespace edgewise::labs
