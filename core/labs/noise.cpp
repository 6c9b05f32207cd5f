#include "core/labs/noise.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/labs/quantize.h"
#include "core/labs/words.h"

namespace edgewise::labs {

namespace {

double rms_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return std::sqrt(sum / static_cast<double>(values.size()));
}

double sign(Random& random) { return random.below(2) == 0 ? -1.0 : 1.0; }

constexpr int width = 32;   // of the layers in layer_noise

}  // namespace

Rounded rounded(std::vector<double> weights, int bits) {
  const auto [low, high] = std::ranges::minmax(weights);
  const NumberLine line = number_line({.formula = Formula::right, .low = low, .high = high, .bits = bits});
  Rounded out{.weights = std::move(weights), .errors = {}, .scale = line.scale};
  for (const double w : out.weights) out.errors.push_back(line.back(w, Rounding::half_away) - w);
  out.weight_rms = rms_of(out.weights);
  out.error_rms = rms_of(out.errors);
  return out;
}

std::vector<double> error_sums(const Rounded& from, int terms, int count, std::uint64_t seed) {
  Random random(seed);
  std::vector<double> sums;
  for (int i = 0; i < count; ++i) {
    double sum = 0;
    for (int t = 0; t < terms; ++t) sum += from.errors[static_cast<std::size_t>(random.below(from.errors.size()))];
    sums.push_back(sum);
  }
  return sums;
}

double relative_noise(const Rounded& from, int terms, int count, std::uint64_t seed) {
  Random random(seed);
  double signal = 0, noise = 0;
  for (int i = 0; i < count; ++i) {
    double sum = 0, off = 0;
    for (int t = 0; t < terms; ++t) {
      const auto at = static_cast<std::size_t>(random.below(from.weights.size()));
      const double x = sign(random) * random.uniform();
      sum += from.weights[at] * x, off += from.errors[at] * x;
    }
    signal += sum * sum, noise += off * off;
  }
  return signal > 0 ? std::sqrt(noise / signal) : 0;
}

std::vector<double> layer_noise(const Rounded& from, int layers, int count, std::uint64_t seed) {
  Random random(seed);
  std::vector<double> signal(static_cast<std::size_t>(layers)), noise = signal;
  for (int i = 0; i < count; ++i) {
    std::array<double, width> exact{}, coarse{};
    for (int k = 0; k < width; ++k) exact[static_cast<std::size_t>(k)] = coarse[static_cast<std::size_t>(k)] = random.uniform(-1, 1);
    for (std::size_t layer = 0; layer < signal.size(); ++layer) {
      std::array<double, width> next{}, coarse_next{};
      for (std::size_t unit = 0; unit < width; ++unit)
        for (std::size_t k = 0; k < width; ++k) {
          const auto at = static_cast<std::size_t>(random.below(from.weights.size()));
          const double turned = sign(random);   // a layer's inputs have either sign, whatever the weights' mean is
          next[unit] += turned * from.weights[at] * exact[k], coarse_next[unit] += turned * (from.weights[at] + from.errors[at]) * coarse[k];
        }
      double size = 0, off = 0;
      for (std::size_t unit = 0; unit < width; ++unit) size += next[unit] * next[unit], off += (coarse_next[unit] - next[unit]) * (coarse_next[unit] - next[unit]);
      signal[layer] += size, noise[layer] += off;
      exact = next, coarse = coarse_next;
    }
  }
  for (std::size_t layer = 0; layer < signal.size(); ++layer) noise[layer] = signal[layer] > 0 ? std::sqrt(noise[layer] / signal[layer]) : 0;
  return noise;
}

namespace {

enum At { terms_at, bits_at, spread_at, layers_at, seed_at };

constexpr std::array<std::string_view, 4> spreads{"even, -0.5 to 0.8", "normal", "normal, and few far out", "the largest layer's"};

constexpr std::array fields = {
    Field{.key = "terms", .label = "Errors that are added", .unit = "", .lowest = 1, .highest = 4096, .initial = 1000, .step = 1, .is_logarithmic = true, .why = "The chapter adds 1000."},
    Field{.key = "bits", .label = "Bits", .unit = "", .lowest = 2, .highest = 12, .initial = 8, .step = 1, .why = "Of a weight, on the grid from the smallest to the largest."},
    Field{.key = "spread", .label = "Weights", .unit = "", .lowest = 0, .highest = 3, .initial = 0, .step = 1, .choices = spreads, .why = "4,096 of them, evenly spread or drawn from a seed; or those of the model that is open. Far out: one of 100 is 20 times as wide."},
    Field{.key = "layers", .label = "Layers", .unit = "", .lowest = 1, .highest = 8, .initial = 4, .step = 1, .why = "One behind the other, each of 32 units."},
    Field{.key = "seed", .label = "Seed", .unit = "", .lowest = 1, .highest = 100, .initial = 1, .step = 1, .why = "Of all that is drawn.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"1000 errors at 8 bits", ""},
    Preset{"one error is no bell", "terms=1"},
    Preset{"ten errors", "terms=10"},
    Preset{"four bits", "bits=4"},
    Preset{"few far out", "spread=2 bits=4"},
    Preset{"a layer's own weights", "spread=3"},
};

constexpr int pool = 4096, sums = 4000, products = 600, trials = 200;

/// Weights of the layer that has most of them, evenly taken.
std::vector<double> largest_layer(const Graph& reals) {
  const Layer* largest = nullptr;
  const std::vector<Layer> layers = layers_of(reals);
  for (const Layer& layer : layers)
    if (!largest || layer.weights > largest->weights) largest = &layer;
  std::vector<double> out;
  if (!largest) return out;
  const Value& value = reals.value(reals.node(largest->node).inputs[1]);
  if (!value.data || value.type != DType::float32) return out;
  const std::span<const float> weights{reinterpret_cast<const float*>(value.data->data()), value.data->size() / sizeof(float)};
  const std::size_t every = std::max<std::size_t>(1, (weights.size() + pool - 1) / pool);
  for (std::size_t i = 0; i < weights.size(); i += every) out.push_back(static_cast<double>(weights[i]));
  return out;
}

std::vector<double> drawn(int spread, std::uint64_t seed) {
  Random random(seed);
  std::vector<double> out;
  for (int i = 0; i < pool; ++i) switch (spread) {
      case 0: out.push_back(-0.5 + 1.3 * i / (pool - 1)); break;
      case 1: out.push_back(0.25 * random.normal()); break;
      default: out.push_back((random.below(100) == 0 ? 5.0 : 0.25) * random.normal()); break;
    }
  return out;
}

}  // namespace

Result<Outcome> noise_outcome(std::span<const double> v, const Subject& subject) {
  const int terms = static_cast<int>(v[terms_at]), bits = static_cast<int>(v[bits_at]), spread = static_cast<int>(v[spread_at]), layers = static_cast<int>(v[layers_at]);
  const auto seed = static_cast<std::uint64_t>(v[seed_at]);
  std::vector<double> weights = spread == 3 ? largest_layer(*subject.reals) : drawn(spread, seed);
  if (weights.empty()) return fail("this model has no layer whose weights could be taken", {}, {}, "Choose another spread of the weights, or another model");
  const Rounded from = rounded(std::move(weights), bits);
  const double one = rounding_noise_rms(from.scale), predicted = one * std::sqrt(terms), relative = from.weight_rms > 0 ? one / from.weight_rms : 0;
  const std::vector<double> seen = error_sums(from, terms, sums, seed + 1);
  double mean = 0;
  for (const double sum : seen) mean += sum / sums;
  double squares = 0;
  for (const double sum : seen) squares += (sum - mean) * (sum - mean) / sums;
  const double deviation = std::sqrt(squares);
  const double relative_seen = relative_noise(from, terms, products, seed + 2);
  const std::vector<double> behind = layer_noise(from, layers, trials, seed + 3);
  const auto within = static_cast<double>(std::ranges::count_if(seen, [&](double sum) { return std::fabs(sum) <= 2 * predicted; })) / sums;
  const double off = predicted > 0 ? deviation / predicted : 1;
  const bool holds = off > 0.9 && off < 1.1 && std::fabs(mean) < 0.2 * predicted;

  Outcome out;
  out.tone = holds ? Tone::good : Tone::bad;
  out.sentence = text("Sums of ", brief(terms, 6), terms == 1 ? " error" : " errors", " spread by ", brief(deviation), ", the formula says ", brief(predicted), holds ? ". " : ": it does not hold here, ");
  if (!holds) out.sentence += std::fabs(mean) >= 0.2 * predicted ? "for the errors do not cancel: they have a mean. " : "for not every place within a step is as likely: most weights lie within one. ";
  out.sentence += text("That is in units of the weights. Of a sum of products the noise is ", percent(relative_seen), " at ", bits, " bits, however many terms it has; behind ", layers, layers == 1 ? " layer " : " layers ", percent(behind.back()), ". What that does to answers no formula says.");
  const std::string simulated = text(grouped(sums), " sums drawn from seed ", seed + 1, ": core/labs/noise");
  out.figures.push_back({.key = "deviation", .label = "Spread of the sums, drawn", .unit = "weight units", .value = deviation, .formula = "sqrt(mean of (sum - mean)^2)", .numbers = text("mean ", brief(mean), ", ", grouped(sums), " sums of ", brief(terms, 6), " errors"), .source = simulated, .tone = out.tone, .decimals = 4});
  out.figures.push_back({.key = "predicted_deviation", .label = "by the formula", .unit = "weight units", .value = predicted, .formula = "S / sqrt(12) * sqrt(n)", .numbers = text(brief(from.scale, 4), " / 3.464 * sqrt(", brief(terms, 6), ")"), .source = "Widrow 1956; sums of independent errors", .decimals = 4});
  out.figures.push_back({.key = "within_percent", .label = "Sums within twice that", .unit = "%", .value = 100 * within, .formula = "sums with |sum| <= 2 sigma / sums; of a normal one 95.4 %", .numbers = text(brief(within * sums, 6), " / ", grouped(sums), "; a shape, not a bound"), .source = simulated, .decimals = 1});
  out.figures.push_back({.key = "relative_percent", .label = "Noise of a sum of products, drawn", .unit = "%", .value = 100 * relative_seen, .formula = "rms of its error / rms of the sum", .numbers = text(grouped(products), " sums of ", brief(terms, 6), " products with inputs of either sign"), .source = text("drawn from seed ", seed + 2, ": core/labs/noise"), .decimals = 3});
  out.figures.push_back({.key = "predicted_relative_percent", .label = "by the formula", .unit = "%", .value = 100 * relative, .formula = "S / sqrt(12) / rms(w), whatever n", .numbers = text(brief(one), " / ", brief(from.weight_rms)), .source = "Widrow 1956", .decimals = 3});
  if (from.error_rms > 0 && from.weight_rms > 0) out.figures.push_back({.key = "sqnr_db", .label = "Signal to noise of a weight", .unit = "dB", .value = sqnr_db(from.weight_rms, from.error_rms), .formula = "20 log10(rms(w) / rms(error))", .numbers = text("20 log10(", brief(from.weight_rms, 4), " / ", brief(from.error_rms, 4), ")"), .source = "counted over the weights", .decimals = 1});
  out.figures.push_back({.key = "layers_percent", .label = text("Noise behind ", layers, layers == 1 ? " layer" : " layers", ", drawn"), .unit = "%", .value = 100 * behind.back(), .formula = "rms of what is off / rms of the output", .numbers = text(trials, " trials of layers of ", width, " units; by the formula ", percent(relative * std::sqrt(layers))), .source = text("drawn from seed ", seed + 3, ": core/labs/noise; sqrt(L) when layers' errors are independent"), .decimals = 3});

  constexpr int bins = 41;
  const double reach = 4 * std::max(predicted, deviation) + std::fabs(mean), bin = reach > 0 ? 2 * reach / bins : 1;
  Curve counted{.label = "drawn", .x = {}, .y = {}, .stroke = Stroke::steps, .tone = holds ? Tone::plain : Tone::bad}, bell{.label = "by the formula", .x = {}, .y = {}, .tone = Tone::good};
  for (int b = 0; b < bins; ++b) {
    const double left = -reach + b * bin, middle = left + bin / 2;
    const auto inside = static_cast<double>(std::ranges::count_if(seen, [&](double sum) { return sum >= left && sum < left + bin; }));
    counted.x.push_back(left), counted.y.push_back(inside);
    bell.x.push_back(middle), bell.y.push_back(predicted > 0 ? sums * bin / (predicted * std::sqrt(2 * std::numbers::pi)) * std::exp(-middle * middle / (2 * predicted * predicted)) : 0);
  }
  counted.x.push_back(reach), counted.y.push_back(0);
  Picture histogram{.title = text("Sums of ", brief(terms, 6), terms == 1 ? " error" : " errors"), .x_label = "sum, in units of the weights", .y_label = text("how many of ", grouped(sums)), .curves = {}};
  histogram.curves = {std::move(counted), std::move(bell)};

  Curve sum_drawn{.label = "the same, drawn", .x = {}, .y = {}, .stroke = Stroke::points, .tone = Tone::warning}, sum_said{.label = "a sum of errors, by the formula", .x = {}, .y = {}, .tone = Tone::warning};
  Curve share_drawn{.label = "the same, drawn", .x = {}, .y = {}, .stroke = Stroke::points, .tone = Tone::good}, share_said{.label = "of a sum of products, a share of it, by the formula", .x = {}, .y = {}, .tone = Tone::good};
  for (int n = 1; n <= 4096; n *= 4) {
    const double drawn_deviation = rms_of(error_sums(from, n, 400, seed + 4)), drawn_share = relative_noise(from, n, 200, seed + 5);
    if (drawn_deviation > 0) sum_drawn.x.push_back(n), sum_drawn.y.push_back(drawn_deviation);
    if (drawn_share > 0) share_drawn.x.push_back(n), share_drawn.y.push_back(drawn_share);
    for (Curve* curve : {&sum_said, &share_said}) curve->x.push_back(n);
    sum_said.y.push_back(one * std::sqrt(n)), share_said.y.push_back(std::max(relative, 1e-12));
  }
  Picture growth{.title = "As more are added", .x_label = "terms", .y_label = "rms: weight units, or a share of the sum", .curves = {}, .marks = {}, .is_x_logarithmic = true, .is_y_logarithmic = true};
  for (Curve* curve : {&sum_said, &sum_drawn, &share_said, &share_drawn})
    if (!curve->x.empty()) growth.curves.push_back(std::move(*curve));
  growth.marks.push_back({.label = text(brief(terms, 6), terms == 1 ? " term" : " terms"), .x = static_cast<double>(terms)});

  Picture depth{.title = "Layer behind layer", .x_label = "layers", .y_label = "noise at the output, %", .curves = {}};
  Curve through{.label = "drawn", .x = {}, .y = {}, .stroke = Stroke::points}, root{.label = "by the formula, times sqrt(L)", .x = {}, .y = {}, .tone = Tone::good};
  for (int layer = 1; layer <= layers; ++layer) {
    for (Curve* curve : {&through, &root}) curve->x.push_back(layer);
    depth.x_names.push_back(text(layer));
    through.y.push_back(100 * behind[static_cast<std::size_t>(layer - 1)]), root.y.push_back(100 * relative * std::sqrt(layer));
  }
  depth.curves = {std::move(root), std::move(through)};
  out.pictures = {std::move(histogram), std::move(growth)};
  if (layers > 1) out.pictures.push_back(std::move(depth));
  out.is_of_model = spread == 3;
  out.reaches = {{"terms", 4096, v[terms_at], {}}, {"bits", 12, v[bits_at], {}}, {"layers", 8, v[layers_at], {}}, {"seed", 100, v[seed_at], {}}};
  return out;
}

Lab noise_lab() {
  return {.name = "noise", .title = "Do errors cancel", .question = "What do a thousand rounding errors add up to, and is that little?", .fields = fields, .presets = presets, .evaluate = nullptr,
          .sources = "Each error is a weight brought to its grid and back; they are added, drawn with replacement, and counted. Formula: Widrow 1956 for one error, the central limit theorem for their sum. Inputs of products are even in 0 to 1 with either sign, drawn like the weights; layers are "
                     "of 32 units without activation functions. The model gives its weights only where that is chosen."};
}

}  // namespace edgewise::labs
