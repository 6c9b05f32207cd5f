#include "core/labs/calibrate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/compress/histogram.h"
#include "core/evaluate/metrics.h"
#include "core/graph/infer.h"
#include "core/labs/words.h"
#include "core/run/run.h"

namespace edgewise::labs {

namespace {

enum At { method_at, value_at, rows_at, bits_at, source_at, percentile_at };

constexpr std::string_view methods[] = {"smallest to largest", "percentile", "least squared error", "moving average", "least divergence"};
constexpr std::string_view sources[] = {"set apart for it", "of the first class alone"};

constexpr std::array fields = {
    Field{.key = "method", .label = "The range is", .unit = "", .lowest = 0, .highest = 4, .initial = 0, .step = 1, .choices = methods,
          .why = "All that was seen; all but the rarest values; the ends that lose least over the histogram; each row's ends, nine parts of what was and one of the new; or the ends whose codes are spread most like the values (Migacz 2017)."},
    Field{.key = "value", .label = "Values of", .unit = "", .lowest = 1, .highest = 500, .initial = 2, .step = 1, .why = "The model's input, and what each of its operators makes of it."},
    Field{.key = "rows", .label = "Calibration rows", .unit = "", .lowest = 1, .highest = 500, .initial = 100, .step = 1, .is_logarithmic = true, .why = "TensorFlow's guide says 100 to 500."},
    Field{.key = "bits", .label = "Bits", .unit = "", .lowest = 4, .highest = 8, .initial = 8, .step = 1, .why = "Of the activation's codes."},
    Field{.key = "source", .label = "Rows are", .unit = "", .lowest = 0, .highest = 1, .initial = 0, .step = 1, .choices = sources, .why = "The test's own are never taken: what is measured on them would be known already. Rows of one class are another world than the test's.", .is_detail = true},
    Field{.key = "percentile", .label = "Percentile", .unit = "%", .lowest = 90, .highest = 100, .initial = 99.9, .step = 0.1, .why = "Of the values that stay inside; the rest is shared between both tails. For the second method.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"smallest to largest", ""},
    Preset{"the same at 4 bits", "bits=4"},
    Preset{"least error at 4 bits", "bits=4 method=2"},
    Preset{"a tenth thrown away", "method=1 percentile=90"},
    Preset{"from two rows", "rows=2"},
    Preset{"a moving average", "method=3"},
    Preset{"least divergence at 4 bits", "bits=4 method=4"},
    Preset{"one class alone", "source=1"},
};

constexpr std::size_t held_out = 100;                   // test rows that noise is measured on
constexpr std::size_t most_per_row = 2048;              // values of a row that are kept: of a larger tensor every second, third ...
constexpr std::uint64_t most_macs = 400'000'000;        // for all rows together: a large model is shown with fewer
constexpr std::array<std::size_t, 8> row_counts{1, 2, 5, 10, 20, 50, 100, 200};
constexpr std::size_t most_drawn = 8192;                // values that the noise of a draw is measured on: of more every second, third ...
constexpr int draws = 8;

struct Traced {
  ValueId id;
  std::string name;
};
/// What a grid would be chosen for: the input and each real output of an operator.
std::vector<Traced> tensors_of(const Graph& reals) {
  std::vector<Traced> found{{reals.inputs.front(), "the input"}};
  for (std::size_t i = 0; i < reals.nodes.size(); ++i) {
    const auto id = static_cast<NodeId>(i);
    for (const ValueId out : reals.node(id).outputs)
      if (reals.value(out).type == DType::float32) found.push_back({out, text("the output of ", node_name(reals, id))});
  }
  return found;
}

std::size_t rows_within(const Graph& reals, std::size_t wanted) {
  std::uint64_t macs = 1;
  for (const Node& node : reals.nodes) macs += macs_of(reals, node).macs;
  return static_cast<std::size_t>(std::clamp<std::uint64_t>(most_macs / macs, 10, wanted));
}

/// The tensor's values, row by row.
Result<std::vector<std::vector<float>>> collected(const Subject& subject, ValueId id, std::span<const std::uint32_t> rows) {
  auto runner = Runner::prepare(subject.reals);
  if (!runner) return std::unexpected(runner.error());
  std::vector<std::vector<float>> values;
  for (const std::uint32_t row : rows) {
    std::vector<float>& here = values.emplace_back();
    const auto keep = [&](std::span<const float> all) {
      const std::size_t every = (all.size() + most_per_row - 1) / most_per_row;
      for (std::size_t i = 0; i < all.size(); i += std::max<std::size_t>(1, every)) here.push_back(all[i]);
    };
    const auto sample = subject.data->row(row);
    if (id == subject.reals->inputs.front()) {
      keep(sample);
      continue;
    }
    runner->reset();
    runner->set_input(0, sample);
    const auto ran = runner->run([&](NodeId node) {
      if (std::ranges::find(subject.reals->node(node).outputs, id) != subject.reals->node(node).outputs.end()) keep(runner->value(id).as<float>());
    });
    if (!ran) return std::unexpected(ran.error());
  }
  return values;
}

/// A method that the recipe has too; the other two are of this lab alone.
Calibration recipe_method(std::size_t method) { return method < 3 ? static_cast<Calibration>(static_cast<int>(method)) : Calibration::min_max; }

/// Each row's smallest and largest value, nine tenths of what was and one of the new: as observers of quantization-aware training do (Jacob et al. 2018, section 3.1).
RealRange moving_average(std::span<const std::vector<float>* const> rows) {
  float low = 0, high = 0;
  bool is_first = true;
  for (const auto* row : rows) {
    if (row->empty()) continue;
    const auto [least, most] = std::ranges::minmax(*row);
    low = is_first ? least : 0.9f * low + 0.1f * least;
    high = is_first ? most : 0.9f * high + 0.1f * most;
    is_first = false;
  }
  return {std::min(low, 0.0f), std::max(high, 0.0f)};
}

/// The share of all that was seen whose codes are spread most like the values: least Kullback-Leibler divergence, what lies beyond counted at the ends. Migacz 2017.
RealRange least_divergence(const Observed& observed, int bits) {
  constexpr std::size_t bins = 1024;
  const double low = static_cast<double>(std::min(observed.low, 0.0f)), high = static_cast<double>(std::max(observed.high, 0.0f)), width = std::max(1e-30, (high - low) / bins);
  std::vector<double> counts(bins, 0);
  const auto bin_of = [&](double value) { return static_cast<std::size_t>(std::clamp((value - low) / width, 0.0, static_cast<double>(bins - 1))); };
  for (std::size_t i = 0; i < observed.bins.size(); ++i) counts[bin_of(observed.bin_low + (static_cast<double>(i) + 0.5) * observed.bin_width)] += observed.bins[i];
  const auto codes = static_cast<std::size_t>(1) << bits;
  double best = std::numeric_limits<double>::infinity();
  RealRange chosen{static_cast<float>(low), static_cast<float>(high)};
  for (int part = 20; part <= 100; ++part) {
    const std::size_t first = bin_of(low * part / 100), last = std::max(bin_of(high * part / 100), first);
    std::vector<double> wanted(counts.begin() + static_cast<std::ptrdiff_t>(first), counts.begin() + static_cast<std::ptrdiff_t>(last) + 1), spread(wanted.size(), 0);
    for (std::size_t code = 0; code < codes; ++code) {   // each code's values, spread evenly over its bins that are not empty
      const std::size_t begin = wanted.size() * code / codes, end = std::max(begin + (wanted.size() < codes ? 1 : 0), wanted.size() * (code + 1) / codes);
      double sum = 0, filled = 0;
      for (std::size_t i = begin; i < std::min(end, wanted.size()); ++i) sum += wanted[i], filled += wanted[i] > 0;
      for (std::size_t i = begin; i < std::min(end, wanted.size()); ++i)
        if (wanted[i] > 0) spread[i] = sum / filled;
    }
    for (std::size_t i = 0; i < counts.size(); ++i)
      if (i < first) wanted.front() += counts[i];
      else if (i > last) wanted.back() += counts[i];
    double all = 0, all_spread = 0, divergence = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) all += wanted[i], all_spread += spread[i];
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if (wanted[i] > 0) divergence += wanted[i] / all * std::log((wanted[i] / all) / std::max(1e-9, spread[i] / std::max(1e-9, all_spread)));
    if (divergence < best) best = divergence, chosen = {static_cast<float>(low * part / 100), static_cast<float>(high * part / 100)};
  }
  return chosen;
}

Observed observed_of(std::span<const std::vector<float>* const> rows) {
  Observed observed;
  for (const auto* row : rows) add_values(observed, *row);
  return observed;
}

struct Case {
  std::size_t method;   ///< of `methods`
  float percentile;
  int bits;
  RealRange range_of(std::span<const std::vector<float>* const> rows) const {
    if (method == 3) return moving_average(rows);
    const Observed observed = observed_of(rows);
    return method == 4 ? least_divergence(observed, bits) : choose_range(observed, recipe_method(method), percentile, bits);
  }
};

/// Noise on the held-out values by the ranges of `count` rows, drawn again and again.
struct Spread {
  double low, middle, high;
};
Spread spread_of(const Case& chosen, std::span<const std::vector<float>> calibration, std::span<const float> unseen, std::size_t count) {
  std::vector<double> noises;
  Random random(count);
  for (int draw = 0; draw < draws; ++draw) {
    std::vector<const std::vector<float>*> rows;
    for (const auto& row : calibration) rows.push_back(&row);
    for (std::size_t i = 0; i < count; ++i) std::swap(rows[i], rows[i + static_cast<std::size_t>(random.below(rows.size() - i))]);
    rows.resize(count);
    noises.push_back(grid_noise(unseen, chosen.range_of(rows), chosen.bits).total_rms());
  }
  std::ranges::sort(noises);
  return {noises.front(), (noises[draws / 2 - 1] + noises[draws / 2]) / 2, noises.back()};
}

Picture histogram_picture(const Observed& observed, RealRange range) {
  constexpr int bars = 48;
  Picture picture{.title = "Values on the calibration rows", .x_label = "value", .y_label = "how many", .curves = {}, .marks = {}, .is_y_logarithmic = true};
  Curve inside{.label = "inside the range", .x = {}, .y = {}, .stroke = Stroke::bars, .tone = Tone::good}, outside{.label = "clipped", .x = {}, .y = {}, .stroke = Stroke::bars, .tone = Tone::bad};
  const double low = static_cast<double>(observed.low), width = std::max(1e-30, (static_cast<double>(observed.high) - low) / bars);
  std::array<double, bars> counts{};
  for (std::size_t i = 0; i < observed.bins.size(); ++i) {
    const double middle = observed.bin_low + (static_cast<double>(i) + 0.5) * observed.bin_width;
    counts[static_cast<std::size_t>(std::clamp((middle - low) / width, 0.0, bars - 1.0))] += observed.bins[i];
  }
  for (int i = 0; i < bars; ++i) {
    if (counts[static_cast<std::size_t>(i)] == 0) continue;
    const double middle = low + (i + 0.5) * width;
    Curve& curve = middle < static_cast<double>(range.low) || middle > static_cast<double>(range.high) ? outside : inside;
    curve.x.push_back(middle);
    curve.y.push_back(counts[static_cast<std::size_t>(i)]);
  }
  for (Curve* curve : {&inside, &outside})
    if (!curve->x.empty()) picture.curves.push_back(std::move(*curve));
  picture.marks.push_back({.label = text("the range ends, ", brief(static_cast<double>(range.high))), .x = static_cast<double>(range.high), .tone = Tone::warning});
  if (range.low < 0) picture.marks.push_back({.label = text("and begins, ", brief(static_cast<double>(range.low))), .x = static_cast<double>(range.low), .tone = Tone::warning});
  return picture;
}

/// What drawing in the range costs and gains; `at`: the share of all that was seen which the chosen range spans.
Picture trade_picture(std::span<const float> unseen, RealRange all, int bits, double at) {
  Picture picture{.title = "A narrower range rounds finer and clips more", .x_label = "range, share of all that was seen, %", .y_label = "rms noise on rows it has not seen", .curves = {}, .marks = {}, .is_y_logarithmic = true};
  Curve clipping{.label = "clipping", .x = {}, .y = {}, .tone = Tone::bad}, rounding{.label = "rounding", .x = {}, .y = {}, .tone = Tone::warning}, total{.label = "both", .x = {}, .y = {}};
  for (int i = 2; i <= 30; ++i) {
    const auto share = static_cast<float>(i) / 20;
    const GridNoise noise = grid_noise(unseen, {all.low * share, all.high * share}, bits);
    const auto add = [&](Curve& curve, double rms) {
      if (rms > 0) curve.x.push_back(100 * static_cast<double>(share)), curve.y.push_back(rms);   // where nothing is clipped its curve ends
    };
    add(clipping, noise.clipping_rms), add(rounding, noise.rounding_rms), add(total, noise.total_rms());
  }
  for (Curve* curve : {&total, &clipping, &rounding})
    if (!curve->x.empty()) picture.curves.push_back(std::move(*curve));
  picture.marks.push_back({.label = text("this range, ", percent(at)), .x = 100 * at});
  return picture;
}

double width_of(RealRange range) { return static_cast<double>(range.high) - static_cast<double>(range.low); }
std::string range_text(RealRange range) { return text(brief(static_cast<double>(range.low)), " to ", brief(static_cast<double>(range.high))); }

}  // namespace

double GridNoise::total_rms() const { return std::hypot(clipping_rms, rounding_rms); }

GridNoise grid_noise(std::span<const float> values, RealRange range, int bits) {
  const Quantization grid = choose_grid(range, bits, Symmetry::asymmetric);
  const CodeRange codes = activation_codes(bits);
  const float scale = grid.scale.front();
  const std::int32_t zero = grid.zero_point.front();
  const double low = static_cast<double>(scale) * (codes.lowest - zero - 0.5), high = static_cast<double>(scale) * (codes.highest - zero + 0.5);
  GridNoise noise;
  double clipping = 0, rounding = 0, signal = 0, clipped = 0;
  for (const float value : values) {
    const auto real = static_cast<double>(value);
    const double error = static_cast<double>(dequantize(quantize(value, scale, zero, codes), scale, zero)) - real;
    const bool is_clipped = real < low || real > high;
    (is_clipped ? clipping : rounding) += error * error;
    clipped += is_clipped;
    signal += real * real;
  }
  const double n = std::max<double>(1, static_cast<double>(values.size()));
  noise.clipping_rms = std::sqrt(clipping / n);
  noise.rounding_rms = std::sqrt(rounding / n);
  noise.clipped_share = clipped / n;
  noise.signal_rms = std::sqrt(signal / n);
  return noise;
}

Result<Outcome> calibrate_outcome(std::span<const double> v, const Subject& subject) {
  const std::vector<Traced> tensors = tensors_of(*subject.reals);
  std::vector<std::uint32_t> taken = subject.calibration;
  if (v[source_at] == 1) {
    if (subject.data->labels.empty()) return fail("these rows have no classes to choose one of", {}, {}, "Take the rows that are set apart, or a model that tells classes apart");
    std::erase_if(taken, [&](std::uint32_t row) { return subject.data->labels[row] != 0; });
    if (taken.empty()) return fail("none of the rows that are set apart is of the first class", {}, {}, "Take all of them");
  }
  const std::size_t place = std::min(static_cast<std::size_t>(v[value_at]), tensors.size()), most_rows = rows_within(*subject.reals, std::min<std::size_t>(500, taken.size()));
  const Traced& tensor = tensors[place - 1];
  const std::size_t rows = std::min(static_cast<std::size_t>(v[rows_at]), most_rows);
  const auto calibration = collected(subject, tensor.id, std::span(taken).first(std::min(most_rows, std::max(rows, row_counts.back()))));
  if (!calibration) return std::unexpected(calibration.error());
  const auto apart = collected(subject, tensor.id, std::span(subject.rows).first(std::min({held_out, subject.rows.size(), most_rows})));
  if (!apart) return std::unexpected(apart.error());
  std::vector<float> unseen, seen;
  for (const auto& row : *apart) unseen.insert(unseen.end(), row.begin(), row.end());
  for (const auto& row : std::span(*calibration).first(rows)) seen.insert(seen.end(), row.begin(), row.end());
  Observed observed;
  add_values(observed, seen);
  if (observed.count == 0 || !(observed.low < observed.high)) return fail(text(tensor.name, " has one value on these rows: there is no range to choose"), {}, {}, "Choose other values, or more rows");

  std::vector<const std::vector<float>*> by_row;
  for (const auto& row : std::span(*calibration).first(rows)) by_row.push_back(&row);
  const Case chosen{static_cast<std::size_t>(v[method_at]), static_cast<float>(v[percentile_at]), static_cast<int>(v[bits_at])};
  const RealRange all = Case{0, 100, chosen.bits}.range_of(by_row), range = chosen.range_of(by_row);
  const GridNoise noise = grid_noise(unseen, range, chosen.bits), own = grid_noise(seen, range, chosen.bits), widest = grid_noise(unseen, all, chosen.bits);
  const double share = width_of(all) > 0 ? width_of(range) / width_of(all) : 1, step = static_cast<double>(choose_grid(range, chosen.bits, Symmetry::asymmetric).scale.front());
  const std::string source = "the float model's values; grids of core/compress/calibrate", measured = text(grouped(unseen.size()), " values of ", apart->size(), " rows that it was not calibrated on");

  std::vector<double> spared;   // a row: by how much less its squares of noise are
  for (const auto& row : *apart) spared.push_back(std::pow(grid_noise(row, all, chosen.bits).total_rms(), 2) - std::pow(grid_noise(row, range, chosen.bits).total_rms(), 2));
  const MeanInterval less = t_interval(spared);

  Outcome out;
  const bool is_narrower = share < 0.999;
  out.tone = less.low > 0 && noise.total_rms() < 0.9 * widest.total_rms() ? Tone::good : less.high < 0 && noise.total_rms() > 1.2 * widest.total_rms() ? Tone::bad : noise.clipping_rms > noise.rounding_rms ? Tone::warning : Tone::plain;
  out.sentence = text("On ", rows, rows == 1 ? " row " : " rows ", tensor.name, " lies between ", brief(static_cast<double>(observed.low)), " and ", brief(static_cast<double>(observed.high)), "; the ", chosen.bits, "-bit grid spans ", range_text(range), ". On rows it has not seen, ",
                      noise.clipped_share > 0 ? percent(noise.clipped_share) : std::string("none"), " of the values ", noise.clipped_share > 0 ? "are" : "is", " clipped: clipping makes a noise of ", brief(noise.clipping_rms), ", rounding ", brief(noise.rounding_rms), ".",
                      is_narrower ? text(" With all that was seen as range, both together would be ", brief(widest.total_rms()), " instead of ", brief(noise.total_rms()), less.low > 0 || less.high < 0 ? "." : ": a difference that was not shown.") : std::string());
  out.figures.push_back({.key = "noise_rms", .label = "Noise, both", .unit = "", .value = noise.total_rms(), .formula = "sqrt(clipping^2 + rounding^2)", .numbers = text("sqrt(", brief(noise.clipping_rms), "^2 + ", brief(noise.rounding_rms), "^2); smallest to largest gives ", brief(widest.total_rms())),
                         .source = source, .tone = out.tone == Tone::warning ? Tone::plain : out.tone, .decimals = 5});
  out.figures.push_back({.key = "clipping_rms", .label = "of clipping", .unit = "", .value = noise.clipping_rms, .formula = "rms of what lies beyond the range", .numbers = measured, .source = source, .tone = noise.clipping_rms > noise.rounding_rms ? Tone::warning : Tone::plain, .decimals = 5});
  out.figures.push_back({.key = "rounding_rms", .label = "of rounding", .unit = "", .value = noise.rounding_rms, .formula = "rms of what lies between the codes", .numbers = text("a step is ", brief(step), "; values everywhere in it would give step / sqrt(12) = ", brief(step / std::sqrt(12.0)), "; exact zeros have none"),
                         .source = text(source, "; Widrow 1956"), .decimals = 5});
  out.figures.push_back({.key = "clipped_percent", .label = "Clipped, of rows not seen", .unit = "%", .value = 100 * noise.clipped_share, .formula = "values beyond the last code by more than half a step", .numbers = measured, .source = source, .decimals = 3});
  out.figures.push_back({.key = "own_clipped_percent", .label = "Clipped, of the calibration rows", .unit = "%", .value = 100 * own.clipped_share, .formula = "the same of the rows that chose the range", .numbers = chosen.method == 0 ? "smallest to largest clips none of its own" : text(grouped(seen.size()), " values of ", rows, " rows"),
                         .source = source, .decimals = 3});
  if (const double whole = widest.total_rms() * widest.total_rms(); is_narrower && whole > 0 && spared.size() > 1)
    out.figures.push_back({.key = "less_noise_percent", .label = "Less noise power than from all that was seen", .unit = "%", .value = 100 * less.mean / whole, .low = 100 * less.low / whole, .high = 100 * less.high / whole, .formula = "mean over rows of (noise^2 from all that was seen - noise^2) / the first",
                           .numbers = text("1 - ", brief(noise.total_rms()), "^2 / ", brief(widest.total_rms()), "^2", less.low > 0 || less.high < 0 ? "" : "; the interval holds 0: not shown"), .source = text(apart->size(), " rows, each with both; interval: Student's t"), .tone = less.low > 0 ? Tone::good : less.high < 0 ? Tone::bad : Tone::plain, .decimals = 1});
  if (noise.signal_rms > 0 && noise.total_rms() > 0)
    out.figures.push_back({.key = "sqnr_db", .label = "Signal to noise", .unit = "dB", .value = 20 * std::log10(noise.signal_rms / noise.total_rms()), .formula = "20 log10(rms of the values / noise)", .numbers = text("20 log10(", brief(noise.signal_rms), " / ", brief(noise.total_rms()), ")"), .source = source, .decimals = 1});
  out.figures.push_back({.key = "range_low", .label = "The range begins at", .unit = "", .value = static_cast<double>(range.low), .formula = "0 is always inside", .numbers = text("seen: ", brief(static_cast<double>(observed.low))), .source = source, .decimals = 4});
  out.figures.push_back({.key = "range_high", .label = "and ends at", .unit = "", .value = static_cast<double>(range.high), .formula = std::string(methods[chosen.method]), .numbers = text("seen: ", brief(static_cast<double>(observed.high))), .source = source, .decimals = 4});

  Picture enough{.title = "How many rows are enough", .x_label = "calibration rows", .y_label = "rms noise on rows it has not seen", .curves = {}, .marks = {}, .is_x_logarithmic = true};
  Curve low{.label = text("best of ", draws, " draws"), .x = {}, .y = {}, .stroke = Stroke::points, .tone = Tone::good}, middle{.label = "half of the draws below", .x = {}, .y = {}}, high{.label = text("worst of ", draws), .x = {}, .y = {}, .stroke = Stroke::points, .tone = Tone::bad};
  std::vector<float> thinned;
  for (std::size_t i = 0, every = (unseen.size() + most_drawn - 1) / most_drawn; i < unseen.size(); i += every) thinned.push_back(unseen[i]);
  for (const std::size_t count : row_counts) {
    if (count > calibration->size()) break;
    const Spread spread = spread_of(chosen, *calibration, thinned, count);
    const auto x = static_cast<double>(count);
    for (Curve* curve : {&low, &middle, &high}) curve->x.push_back(x);
    low.y.push_back(spread.low), middle.y.push_back(spread.middle), high.y.push_back(spread.high);
  }
  enough.curves = {std::move(middle), std::move(low), std::move(high)};
  enough.marks.push_back({.label = text(rows, rows == 1 ? " row" : " rows"), .x = static_cast<double>(rows)});
  out.pictures = {histogram_picture(observed, range), trade_picture(unseen, all, chosen.bits, share), std::move(enough)};

  Table table{.title = "The same values by each method", .header = {"range", "from", "to", "clipped", "clipping", "rounding", "both"}, .rows = {}};
  for (std::size_t method = 0; method < std::size(methods); ++method) {
    const RealRange each = Case{method, chosen.percentile, chosen.bits}.range_of(by_row);
    const GridNoise made = grid_noise(unseen, each, chosen.bits);
    const std::string name = method == 1 ? text(methods[1], " ", brief(v[percentile_at], 4)) : std::string(methods[method]);
    table.rows.push_back({name, brief(static_cast<double>(each.low)), brief(static_cast<double>(each.high)), percent(made.clipped_share), brief(made.clipping_rms), brief(made.rounding_rms), brief(made.total_rms())});
  }
  out.tables.push_back(std::move(table));
  out.reaches = {{"value", static_cast<double>(tensors.size()), static_cast<double>(place), text(tensor.name)}, {"rows", static_cast<double>(most_rows), static_cast<double>(rows), text(rows)},
                 {"bits", 8, v[bits_at], text(chosen.bits)}, {"percentile", 100, v[percentile_at], {}}};
  return out;
}

Lab calibrate_lab() {
  return {.name = "calibrate", .title = "Where the range ends", .question = "Which values may be clipped so that the others are rounded finer?", .fields = fields, .presets = presets, .evaluate = nullptr,
          .sources = "Values of the float model on the rows of its data; ranges and grids as the engine chooses them. Noise is measured on rows that were not used to calibrate. Krishnamoorthi 2018, section 3.1; Nagel et al. 2021, section 3.1. At most 500 rows, "
                     "fewer for a model that takes long; of a tensor with more than 2,048 values every second, third and so on is counted."};
}

}  // namespace edgewise::labs
