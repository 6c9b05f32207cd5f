#include "core/labs/journey.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "core/labs/words.h"

namespace edgewise::labs {

namespace {

enum At { size_3_at, ms_3_at, accuracy_4_at, mw_4_at, weights_at, size_2_at, params_at, macs_at, ms_2_at, mhz_2_at, mw_2_at, accuracy_1_at, accuracy_2_at, accuracy_3_at, mw_3_at, size_4_at, made_at, ms_4_at, mhz_at, sram_at, arena_at, audio_at, size_1_at };

constexpr std::array<std::string_view, 2> weight_places = {"in SRAM", "in flash"}, ways = {"pruned", "another network"};

constexpr std::array fields = {
    Field{.key = "size_3_kb", .label = "3, INT8: size", .unit = "KB", .lowest = 10, .highest = 20000, .initial = 680, .step = 1, .is_logarithmic = true, .why = "The chapter's third card: the second card's network at 8 bits."},
    Field{.key = "ms_3", .label = "3, INT8: time", .unit = "ms", .lowest = 1, .highest = 20000, .initial = 280, .step = 1, .is_logarithmic = true, .why = "The chapter's, on Spresense."},
    Field{.key = "accuracy_4_percent", .label = "4, last: accuracy", .unit = "%", .lowest = 50, .highest = 99.9, .initial = 91.6, .step = 0.1, .why = "The chapter's fourth card."},
    Field{.key = "mw_4", .label = "4, last: power", .unit = "mW", .lowest = 1, .highest = 1000, .initial = 32, .step = 1, .is_logarithmic = true, .why = "The chapter's, on the same board as the third card."},
    Field{.key = "weights", .label = "Weights are read", .unit = "", .lowest = 0, .highest = 1, .initial = 0, .step = 1, .choices = weight_places, .why = "The chapter fits the file into SRAM. Microcontrollers mostly read weights from flash, where they are."},
    Field{.key = "size_2_kb", .label = "2, compressed: size", .unit = "KB", .lowest = 10, .highest = 50000, .initial = 3400, .step = 1, .is_logarithmic = true, .why = "The chapter's second card, MobileNetV2 in floats.", .is_detail = true},
    Field{.key = "parameters_k", .label = "Cards 2 and 3: parameters", .unit = "thousand", .lowest = 10, .highest = 20000, .initial = 3505, .step = 1, .is_logarithmic = true, .why = "MobileNetV2 at width 1.0: Sandler et al. 2018.", .is_detail = true},
    Field{.key = "mmacs", .label = "Cards 2 and 3: MACs", .unit = "million", .lowest = 0.1, .highest = 5000, .initial = 300, .step = 0.1, .is_logarithmic = true, .why = "MobileNetV2 at width 1.0 on 224 x 224: Sandler et al. 2018. The chapter does not tell the input's size.", .is_detail = true},
    Field{.key = "ms_2", .label = "2, compressed: time", .unit = "ms", .lowest = 1, .highest = 20000, .initial = 420, .step = 1, .is_logarithmic = true, .why = "The chapter's, on a Raspberry Pi 4.", .is_detail = true},
    Field{.key = "mhz_2", .label = "2, compressed: clock", .unit = "MHz", .lowest = 10, .highest = 5000, .initial = 1500, .step = 1, .is_logarithmic = true, .why = "Raspberry Pi 4 Model B.", .is_detail = true},
    Field{.key = "mw_2", .label = "2, compressed: power", .unit = "mW", .lowest = 1, .highest = 20000, .initial = 3200, .step = 1, .is_logarithmic = true, .why = "The chapter's.", .is_detail = true},
    Field{.key = "accuracy_1_percent", .label = "1, cloud: accuracy", .unit = "%", .lowest = 50, .highest = 99.9, .initial = 97.2, .step = 0.1, .why = "The chapter's.", .is_detail = true},
    Field{.key = "accuracy_2_percent", .label = "2, compressed: accuracy", .unit = "%", .lowest = 50, .highest = 99.9, .initial = 95.8, .step = 0.1, .why = "The chapter's.", .is_detail = true},
    Field{.key = "accuracy_3_percent", .label = "3, INT8: accuracy", .unit = "%", .lowest = 50, .highest = 99.9, .initial = 94.1, .step = 0.1, .why = "The chapter's.", .is_detail = true},
    Field{.key = "mw_3", .label = "3, INT8: power", .unit = "mW", .lowest = 1, .highest = 1000, .initial = 45, .step = 1, .is_logarithmic = true, .why = "The chapter's.", .is_detail = true},
    Field{.key = "size_4_kb", .label = "4, last: size", .unit = "KB", .lowest = 10, .highest = 20000, .initial = 210, .step = 1, .is_logarithmic = true, .why = "The chapter's.", .is_detail = true},
    Field{.key = "made", .label = "4, last: made of card 3 as", .unit = "", .lowest = 0, .highest = 1, .initial = 0, .step = 1, .choices = ways, .why = "The chapter's card is headed \"pruned + quantized\" and names another network.", .is_detail = true},
    Field{.key = "ms_4", .label = "4, last: time", .unit = "ms", .lowest = 1, .highest = 20000, .initial = 85, .step = 1, .is_logarithmic = true, .why = "The chapter's.", .is_detail = true},
    Field{.key = "mhz", .label = "Board: clock", .unit = "MHz", .lowest = 10, .highest = 1000, .initial = 156, .step = 1, .is_logarithmic = true, .why = "Sony CXD5602, one of its six cores; widely quoted, no document of its maker was at hand.", .is_detail = true},
    Field{.key = "sram_kb", .label = "Board: SRAM", .unit = "KB", .lowest = 16, .highest = 8192, .initial = 768, .step = 1, .is_logarithmic = true, .why = "The chapter's; the chip has 1,536.", .is_detail = true},
    Field{.key = "arena_kb", .label = "Activations", .unit = "KB", .lowest = 1, .highest = 4096, .initial = 100, .step = 1, .is_logarithmic = true, .why = "Assumed; the chapter does not count them.", .is_detail = true},
    Field{.key = "audio_kb", .label = "Audio", .unit = "KB", .lowest = 1, .highest = 4096, .initial = 160, .step = 1, .is_logarithmic = true, .why = "5 s of 16 bits at 16 kHz.", .is_detail = true},
    Field{.key = "size_1_kb", .label = "1, cloud: size", .unit = "KB", .lowest = 10, .highest = 500000, .initial = 44000, .step = 1, .is_logarithmic = true, .why = "The chapter's: ResNet-18 in floats, 11.7 million parameters.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"the chapter's four cards", ""},
    Preset{"only the bytes are wrong", "ms_3=5800 mw_4=44 weights=1 made=1"},
    Preset{"only the time", "mw_4=44 weights=1 size_2_kb=14019 size_3_kb=3505 made=1"},
    Preset{"only the power", "ms_3=5800 weights=1 size_2_kb=14019 size_3_kb=3505 made=1"},
    Preset{"cards that agree", "ms_3=5800 mw_4=44 weights=1 size_2_kb=14019 size_3_kb=3505 made=1"},
};

double least_macs(double mhz, double ms) { return affordable_macs(mhz * 1e6, ms / 1000, cortex_m4_cycles_per_mac_most) / 1e6; }
double most_macs(double mhz, double ms) { return affordable_macs(mhz * 1e6, ms / 1000, cortex_m4_cycles_per_mac_least) / 1e6; }
double cycles_m(double mhz, double ms) { return mhz * ms / 1000; }

constexpr double float_bytes = 4, widest_ratio = 4;                           // 32 bits to 8
constexpr double power_ratio_measured = mlperf_power_most_mw / mlperf_power_least_mw;
constexpr double tolerance = 1.02;                                            // cards are rounded

double in_sram(std::span<const double> v, double size_kb) { return v[sram_at] - (v[weights_at] == 0 ? size_kb : 0) - v[arena_at] - v[audio_at]; }

std::string in_decimal_bytes(double kb) { return kb < 1000 ? text(brief(kb, 6), " KB") : text(brief(kb / 1000, 6), " MB"); }   // as the cards do

std::string ram_numbers(std::span<const double> v, double size_kb) { return text(brief(v[sram_at], 6), v[weights_at] == 0 ? text(" - ", brief(size_kb, 6)) : std::string(), " - ", brief(v[arena_at], 6), " - ", brief(v[audio_at], 6)); }

}  // namespace

std::vector<Contradiction> contradictions(std::span<const double> v) {
  std::vector<Contradiction> out;
  const double floats_kb = float_bytes * v[params_at], ratio = v[size_2_at] / v[size_3_at];
  if (v[size_2_at] * tolerance < floats_kb)
    out.push_back({2, text(brief(v[params_at] / 1000), " million parameters are ", brief(floats_kb / 1000), " MB in floats, ", brief(v[params_at] / 1000), " MB at 8 bits; ", brief(v[size_2_at] / 1000), " MB would be ", brief(8 * v[size_2_at] / v[params_at], 2), " bits for each."), "parameters * 4 B",
                   text(brief(v[params_at], 6), " thousand * 4 B = ", brief(floats_kb, 6), " KB")});
  if (ratio > widest_ratio * tolerance)
    out.push_back({3, text("From ", in_decimal_bytes(v[size_2_at]), " to ", in_decimal_bytes(v[size_3_at]), " is ", brief(ratio), " times; 8 bits for 32 give 4 at most, ", in_decimal_bytes(v[size_2_at] / widest_ratio), "."), "size before / size after <= 32 / 8",
                   text(brief(v[size_2_at], 6), " / ", brief(v[size_3_at], 6), " = ", brief(ratio))});
  if (most_macs(v[mhz_at], v[ms_3_at]) * tolerance < v[macs_at])
    out.push_back({3, text(brief(v[ms_3_at], 6), " ms at ", brief(v[mhz_at]), " MHz are enough for ", brief(least_macs(v[mhz_at], v[ms_3_at])), " to ", brief(most_macs(v[mhz_at], v[ms_3_at])), " million MACs; this network has ", brief(v[macs_at], 4), "."), "clock * time / cycles a MAC",
                   text(brief(v[mhz_at]), " MHz * ", brief(v[ms_3_at] / 1000), " s / ", brief(cortex_m4_cycles_per_mac_least), " = ", brief(most_macs(v[mhz_at], v[ms_3_at])), " million at most")});
  if (cycles_m(v[mhz_2_at], v[ms_2_at]) > cycles_m(v[mhz_at], v[ms_3_at]) * tolerance)
    out.push_back({3, text("One network takes ", brief(cycles_m(v[mhz_2_at], v[ms_2_at])), " million cycles on the larger machine and ", brief(cycles_m(v[mhz_at], v[ms_3_at])), " million on the smaller, whose core does less in a cycle."), "clock * time",
                   text(brief(v[mhz_2_at], 5), " MHz * ", brief(v[ms_2_at] / 1000), " s; ", brief(v[mhz_at]), " MHz * ", brief(v[ms_3_at] / 1000), " s")});
  for (const auto& [card, size] : {std::pair{3, v[size_3_at]}, std::pair{4, v[size_4_at]}})
    if (in_sram(v, size) < 0)
      out.push_back({card, text("Weights, activations and audio are ", brief(-in_sram(v, size), 6), " KB more than the SRAM has."), "SRAM - weights - activations - audio", text(ram_numbers(v, size), " = ", brief(in_sram(v, size), 6), " KB")});
  const double kept = v[size_4_at] / v[size_3_at];
  if (v[made_at] == 0 && kept * tolerance < 1) {
    const double nonzero = kept - 1.0 / 8;   // of an INT8 file with a bitmap: a bit and, where it is set, a byte
    out.push_back({4, nonzero > 0 ? text("A pruned model stays as large until its zeros are stored sparsely; with a bitmap, ", brief(1 / kept), " times smaller takes ", percent(1 - nonzero), " zeros.")
                                  : text("No pruning with a bitmap leaves ", percent(kept), " of the bytes: the bitmap alone is 12.5 %."),
                   "bytes left - 1 / 8", text(brief(kept), " - 0.125 = ", brief(nonzero), " not zero"), Tone::warning});
  }
  const double power = std::max(v[mw_3_at], v[mw_4_at]) / std::min(v[mw_3_at], v[mw_4_at]);
  if (power > power_ratio_measured * tolerance)
    out.push_back({4, text("One chip at ", brief(v[mw_3_at], 4), " and at ", brief(v[mw_4_at], 4), " mW: over four networks a busy one varied ", brief(power_ratio_measured), " times, not ", brief(power), ". A smaller network is done sooner; that is what it saves."), "larger power / smaller power",
                   text(brief(std::max(v[mw_3_at], v[mw_4_at]), 4), " / ", brief(std::min(v[mw_3_at], v[mw_4_at]), 4), " = ", brief(power)), Tone::warning});
  return out;
}

namespace {

struct Card {
  int number;
  std::string_view title;
  double size_kb, accuracy, ms, mw;   ///< ms, mw 0: not told
};

Stage stage_of(const Card& card, const std::vector<Contradiction>& found) {
  Stage stage{.key = text("card_", card.number), .title = std::string(card.title), .result = text(in_decimal_bytes(card.size_kb), ", ", brief(card.accuracy), " %"), .formula = {}, .numbers = {}};
  if (card.ms > 0) stage.result += text(", ", brief(card.ms, 5), " ms, ", brief(card.mw, 4), " mW");
  stage.tone = Tone::good;
  for (const Contradiction& each : found) {
    if (each.card != card.number) continue;
    stage.tone = stage.tone == Tone::bad || each.tone == Tone::bad ? Tone::bad : Tone::warning;
    stage.numbers += text(stage.numbers.empty() ? "" : " ", each.words);
    stage.formula += text(stage.formula.empty() ? "" : "; ", each.formula, ": ", each.numbers);
  }
  if (stage.numbers.empty()) stage.numbers = "Contradicts no other card.";
  if (card.ms > 0) stage.about = text("One prediction: ", brief(card.mw, 4), " mW * ", brief(card.ms, 5), " ms = ", brief(energy_mj(card.mw, card.ms)), " mJ.");
  return stage;
}

Outcome evaluate(std::span<const double> v) {
  const std::vector<Contradiction> found = contradictions(v);
  const std::array cards{Card{1, "Cloud prototype", v[size_1_at], v[accuracy_1_at], 0, 0}, Card{2, "Compressed", v[size_2_at], v[accuracy_2_at], v[ms_2_at], v[mw_2_at]},
                         Card{3, "Quantized, INT8", v[size_3_at], v[accuracy_3_at], v[ms_3_at], v[mw_3_at]}, Card{4, "On the board", v[size_4_at], v[accuracy_4_at], v[ms_4_at], v[mw_4_at]}};
  Outcome out{.sentence = {}, .figures = {}};
  const bool is_bad = std::ranges::any_of(found, [](const Contradiction& each) { return each.tone == Tone::bad; });
  out.tone = found.empty() ? Tone::good : is_bad ? Tone::bad : Tone::warning;
  const double errors = error_ratio(v[accuracy_1_at], v[accuracy_4_at]), energy_3 = energy_mj(v[mw_3_at], v[ms_3_at]), energy_4 = energy_mj(v[mw_4_at], v[ms_4_at]), energy_2 = energy_mj(v[mw_2_at], v[ms_2_at]);
  out.sentence = found.empty() ? text("The cards agree. ") : text(found.size(), found.size() == 1 ? " contradiction. " : " contradictions. ", found.front().words, " ");
  out.sentence += text("From first to last ", brief(errors), " times as many answers are wrong.");

  const double left = in_sram(v, v[size_4_at]);
  out.figures.push_back({.key = "contradictions", .label = "Contradictions", .unit = "", .value = static_cast<double>(found.size()), .formula = "cards that cannot both be right", .numbers = "each with its numbers on its card", .source = "core/labs/journey.cpp", .tone = out.tone, .decimals = 0});
  out.figures.push_back({.key = "size_ratio", .label = "Card 2 to 3, bytes", .unit = "times", .value = v[size_2_at] / v[size_3_at], .formula = "size before / size after", .numbers = text(brief(v[size_2_at], 6), " / ", brief(v[size_3_at], 6)), .source = "4 at most, from 32 bits to 8",
                         .tone = v[size_2_at] / v[size_3_at] > widest_ratio * tolerance ? Tone::bad : Tone::good, .decimals = 2});
  out.figures.push_back({.key = "affordable_mmacs", .label = "MACs that card 3's time affords, at most", .unit = "million", .value = most_macs(v[mhz_at], v[ms_3_at]), .low = least_macs(v[mhz_at], v[ms_3_at]), .high = most_macs(v[mhz_at], v[ms_3_at]), .formula = "clock * time / cycles a MAC",
                         .numbers = text(brief(v[mhz_at]), " MHz * ", brief(v[ms_3_at] / 1000), " s / (", brief(cortex_m4_cycles_per_mac_least), " to ", brief(cortex_m4_cycles_per_mac_most), ")"), .source = "Cortex-M4, int8: three submissions to MLPerf Tiny on STM32L4R5; one core",
                         .tone = most_macs(v[mhz_at], v[ms_3_at]) * tolerance < v[macs_at] ? Tone::bad : Tone::good, .decimals = 1});
  out.figures.push_back({.key = "needed_s", .label = "Its network needs, at least", .unit = "s", .value = v[macs_at] * cortex_m4_cycles_per_mac_least / v[mhz_at], .formula = "MACs * cycles a MAC / clock",
                         .numbers = text(brief(v[macs_at], 4), " million * ", brief(cortex_m4_cycles_per_mac_least), " / ", brief(v[mhz_at]), " MHz"), .source = "the same", .decimals = 2});
  out.figures.push_back({.key = "error_ratio", .label = "Wrong answers, last to first", .unit = "times", .value = errors, .formula = "(100 - last) / (100 - first)", .numbers = text("(100 - ", brief(v[accuracy_4_at], 4), ") / (100 - ", brief(v[accuracy_1_at], 4), ")"),
                         .source = text(brief(v[accuracy_1_at] - v[accuracy_4_at]), " points of accuracy"), .tone = errors > 1.5 ? Tone::warning : Tone::plain, .decimals = 2});
  const auto energy = [&](std::string key, std::string label, double value, double mw, double ms) {
    out.figures.push_back({.key = std::move(key), .label = std::move(label), .unit = "mJ", .value = value, .formula = "power * time", .numbers = text(brief(mw, 4), " mW * ", brief(ms, 5), " ms"), .source = "the cards", .decimals = 2});
  };
  energy("energy_2_mj", "One prediction, card 2", energy_2, v[mw_2_at], v[ms_2_at]);
  energy("energy_3_mj", "card 3", energy_3, v[mw_3_at], v[ms_3_at]);
  energy("energy_4_mj", "card 4", energy_4, v[mw_4_at], v[ms_4_at]);
  out.figures.push_back({.key = "ram_left_kb", .label = "SRAM left by card 4", .unit = "KB", .value = left, .formula = v[weights_at] == 0 ? "SRAM - weights - activations - audio" : "SRAM - activations - audio", .numbers = ram_numbers(v, v[size_4_at]), .source = "activations are assumed",
                         .tone = left < 0 ? Tone::bad : Tone::good, .decimals = 0});

  for (const Card& card : cards) out.stages.push_back(stage_of(card, found));
  Picture picture{.title = "Energy of one prediction", .x_label = "card", .y_label = "mJ", .curves = {{.label = "energy", .x = {1, 2, 3}, .y = {energy_2, energy_3, energy_4}, .stroke = Stroke::points}}, .is_y_logarithmic = true, .x_names = {"2, compressed", "3, INT8", "4, on the board"}};
  out.pictures.push_back(std::move(picture));
  return out;
}

}  // namespace

Lab journey_lab() {
  return {.name = "journey", .title = "Four cards on the way", .question = "Can all of these model cards be right?", .fields = fields, .presets = presets, .evaluate = evaluate,
          .sources = "The chapter's cards, section 6.8. Bounds: 8 bits for 32; cycles a MAC of int8 networks on a Cortex-M4 and the power of one over four networks from MLPerf Tiny (STM32L4R5); parameters and MACs of MobileNetV2 from Sandler et al. 2018. Assumed: "
                     "activations, one core, an input of 224 x 224, and 2 % for rounding."};
}

}  // namespace edgewise::labs
