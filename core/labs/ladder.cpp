#include "core/labs/model_size.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "core/labs/words.h"

namespace edgewise::labs {

namespace {

enum At { network_at, group_at, inputs_at, first_at, second_at, outputs_at };

constexpr std::array<std::string_view, 4> networks = {"classifier of the chapter", "its LSTM, as listed", "its LSTM, as in the table", "three layers of your own"};

constexpr std::array fields = {
    Field{.key = "network", .label = "Network", .unit = "", .lowest = 0, .highest = 3, .initial = 0, .step = 1, .choices = networks, .why = "27-128-64-5; LSTM 32 and 16; LSTM 32 and 32; or dense layers of your own sizes."},
    Field{.key = "group", .label = "INT4 weights that share a scale", .unit = "", .lowest = 8, .highest = 1024, .initial = 32, .step = 1, .is_logarithmic = true, .why = "Each group has a 16-bit scale: with 32 a weight takes 4.5 bits."},
    Field{.key = "inputs", .label = "Inputs", .unit = "", .lowest = 1, .highest = 4096, .initial = 27, .step = 1, .is_logarithmic = true, .why = "Of your own network.", .is_detail = true},
    Field{.key = "first", .label = "First layer", .unit = "units", .lowest = 1, .highest = 4096, .initial = 128, .step = 1, .is_logarithmic = true, .why = "Of your own network.", .is_detail = true},
    Field{.key = "second", .label = "Second layer", .unit = "units", .lowest = 1, .highest = 4096, .initial = 64, .step = 1, .is_logarithmic = true, .why = "Of your own network.", .is_detail = true},
    Field{.key = "outputs", .label = "Outputs", .unit = "", .lowest = 1, .highest = 1000, .initial = 5, .step = 1, .is_logarithmic = true, .why = "Of your own network.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"500 KB to 125 KB", ""},
    Preset{"200 KB to 50 KB", "network=1"},
    Preset{"two layers of 32", "network=2"},
    Preset{"INT4 with small groups", "group=8"},
    Preset{"INT4 with large groups", "group=128"},
    Preset{"what 500 KB would hold", "network=3 inputs=27 first=320 second=320 outputs=40"},
    Preset{"3.5 million, as MobileNetV2", "network=3 inputs=1024 first=2048 second=650 outputs=100"},
};

NetworkSize size_of(std::span<const double> v) {
  switch (static_cast<int>(v[network_at])) {
    case 0: return chapter_classifier();
    case 1: return chapter_lstm();
    case 2: return chapter_table_lstm();
    default: return dense_size(v[inputs_at], v[first_at]) + dense_size(v[first_at], v[second_at]) + dense_size(v[second_at], v[outputs_at]);
  }
}

// Largest two neighbouring activations of a dense network, which live at the same time; 0: not counted here.
double live_values(std::span<const double> v) {
  const auto widest = [](double a, double b, double c, double d) { return std::max({a + b, b + c, c + d}); };
  if (v[network_at] == 0) return widest(27, 128, 64, 5);
  if (v[network_at] == 3) return widest(v[inputs_at], v[first_at], v[second_at], v[outputs_at]);
  return 0;
}

Outcome evaluate(std::span<const double> v) {
  const NetworkSize n = size_of(v);
  const double floats = float_bytes(n), halves = 2 * n.params(), int8 = integer_bytes(n, 8) + channel_scale_bytes(n), int8_plain = integer_bytes(n, 8);
  const double int4 = std::ceil(n.weights / 2) + 2 * std::ceil(n.weights / v[group_at]) + 4 * n.biases, int4_bits = 4 + 16 / v[group_at];
  const double claimed = v[network_at] == 0 ? 500e3 : v[network_at] == 3 ? 0 : 200e3;
  Outcome out;
  out.sentence = text(brief(n.params(), 7), " parameters are ", in_bytes(floats), " in floats, ", in_bytes(int8_plain), " in INT8 (", brief(floats / int8_plain), " times smaller) and ", in_bytes(int4), " in INT4 (", brief(floats / int4), ").");
  if (claimed > 0) out.sentence += text(" The chapter says ", brief(claimed / 1000), " KB: ", brief(claimed / floats), " times too much.");
  out.sentence += " INT4 is only stored: it runs as INT8, so time and RAM stay.";
  out.tone = claimed > 0 ? Tone::bad : Tone::plain;
  const std::string count = text("w = ", brief(n.weights, 8), ", b = ", brief(n.biases, 6));
  const std::string source = "TensorFlow Lite 8-bit quantization specification: int32 biases; without the file's tables";
  out.figures.push_back({.key = "int8_bytes", .label = "INT8", .unit = "B", .value = int8_plain, .formula = "w + 4 b", .numbers = text(count, ": ", brief(int8_plain, 8)), .source = source, .tone = Tone::good, .decimals = 0});
  out.figures.push_back({.key = "float_bytes", .label = "FP32", .unit = "B", .value = floats, .formula = "4 (w + b)", .numbers = text(count, ": ", brief(floats, 8)), .source = "IEEE 754", .decimals = 0});
  out.figures.push_back({.key = "half_bytes", .label = "FP16", .unit = "B", .value = halves, .formula = "2 (w + b)", .numbers = text(count, ": ", brief(halves, 8)), .source = "IEEE 754; stored, and widened to floats where no unit for halves is", .decimals = 0});
  out.figures.push_back({.key = "int8_channel_bytes", .label = "INT8 with a scale for each channel", .unit = "B", .value = int8, .formula = "w + 4 b + 4 channels", .numbers = text(count, ": ", brief(int8, 8)), .source = source, .decimals = 0});
  out.figures.push_back({.key = "int4_bytes", .label = "INT4", .unit = "B", .value = int4, .formula = "w / 2 + 2 w / g + 4 b", .numbers = text(count, ", g = ", brief(v[group_at]), ": ", brief(int4, 8)), .source = "a 16-bit scale for each group; stored, unpacked to int8 to run",
                         .decimals = 0});
  out.figures.push_back({.key = "int8_times", .label = "FP32 to INT8", .unit = "times", .value = floats / int8_plain, .formula = "4 (w + b) / (w + 4 b)", .numbers = text(brief(floats, 8), " / ", brief(int8_plain, 8)), .source = "under 4 because biases stay 32 bits wide",
                         .decimals = 3});
  out.figures.push_back({.key = "int4_weight_times", .label = "a weight alone, FP32 to INT4", .unit = "times", .value = 32 / int4_bits, .formula = "32 / (4 + 16 / g)", .numbers = text("32 / ", brief(int4_bits, 4)), .source = "not 8: groups need scales", .decimals = 2});
  out.figures.push_back({.key = "macs", .label = "MACs for one answer", .unit = "", .value = n.macs, .formula = "products of all layers", .numbers = brief(n.macs, 9), .source = "the same at every width", .decimals = 0});
  if (const double live = live_values(v); live > 0) {
    out.figures.push_back({.key = "activation_bytes_int8", .label = "Activations in RAM, INT8", .unit = "B", .value = live, .formula = "largest two neighbouring layers", .numbers = brief(live, 6), .source = "a lower bound of the arena", .decimals = 0});
    out.figures.push_back({.key = "activation_bytes_float", .label = "in floats", .unit = "B", .value = 4 * live, .formula = "4 * largest two neighbouring layers", .numbers = text("4 * ", brief(live, 6)), .source = "a lower bound of the arena", .decimals = 0});
  }
  Picture picture{.title = "Size by precision", .x_label = "bits of a weight", .y_label = "KiB", .curves = {}};
  picture.curves.push_back({.label = "executed", .x = {8, 32}, .y = {int8_plain / 1024, floats / 1024}, .stroke = Stroke::bars, .tone = Tone::good});
  picture.curves.push_back({.label = "only stored", .x = {4, 16}, .y = {int4 / 1024, halves / 1024}, .stroke = Stroke::bars});
  Picture groups{.title = "INT4 is not 8 times smaller", .x_label = "weights that share a scale", .y_label = "times smaller than FP32", .curves = {}, .marks = {}, .is_x_logarithmic = true};
  Curve times{.label = "a weight", .x = {}, .y = {}}, eight{.label = "8 times", .x = {8, 1024}, .y = {8, 8}, .tone = Tone::warning};
  for (int i = 0; i <= 70; ++i) {
    times.x.push_back(8 * std::exp2(i / 10.0));
    times.y.push_back(32 / (4 + 16 / times.x.back()));
  }
  groups.curves = {std::move(times), std::move(eight)};
  groups.marks.push_back({.label = text("groups of ", brief(v[group_at])), .x = v[group_at]});
  out.pictures = {std::move(picture), std::move(groups)};
  out.tables.push_back({.title = "What is stored and what is executed", .header = {"precision", "size", "against FP32", "runs as", "accuracy"},
                        .rows = {{"FP32", in_bytes(floats), "1", "floats; slow without a unit for them", "the reference"},
                                 {"FP16", in_bytes(halves), brief(floats / halves), "floats on most microcontrollers", "measure it"},
                                 {"INT8", in_bytes(int8_plain), brief(floats / int8_plain), "int8", "measure it"},
                                 {"INT4", in_bytes(int4), brief(floats / int4), "int8, after unpacking", "measure it"}}});
  return out;
}

}  // namespace

Lab ladder_lab() {
  return {.name = "ladder", .title = "The ladder of precisions", .question = "How large is a network at each precision, and does it run any faster?", .fields = fields, .presets = presets, .evaluate = evaluate,
          .sources = "Counted from the chapter's listings. Sizes hold weights, biases and scales, not the tables of a file (some KiB). Accuracy is not computed here: it is measured on a real model on the playground's page."};
}

}  // namespace edgewise::labs
