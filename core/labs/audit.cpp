#include "core/labs/audit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/labs/battery.h"
#include "core/labs/detection.h"
#include "core/labs/economics.h"
#include "core/labs/interval.h"
#include "core/labs/journey.h"
#include "core/labs/model_size.h"
#include "core/labs/quantize.h"
#include "core/labs/sparsity.h"
#include "core/labs/words.h"

namespace edgewise::labs {

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::right: return "right";
    case Verdict::imprecise: return "imprecise";
    case Verdict::inconsistent: return "inconsistent";
    case Verdict::wrong: return "wrong";
    case Verdict::cannot_be_known: return "cannot be known";
  }
  return "?";
}

namespace {

// Facts from outside the chapter, each with where it is published.
constexpr double spresense_sram_kib = 1536;                                                  // Sony CXD5602: core/mcu/board.cpp has where it was read
constexpr double resnet_18_params = 11689512;                                                // He et al. 2016, counted as in torchvision
constexpr double person_esp32_ms = 380, person_esp32_s3_ms = 54, person_esp32_p4_ms = 73;    // esp-nn README
constexpr double mlperf_energy_least_mj = 0.323, mlperf_energy_most_mj = 10.68;              // STM32L4R5, four networks, MLPerf Tiny
constexpr double pi_power_most_w = 5, pi_power_least_w = 3.2;                                // Raspberry Pi 4 as a gateway; 3.2 W is the chapter's own figure for it
constexpr double har_train_rows = 7352;                                                      // UCI-HAR, training part (Anguita et al. 2013)

// The chapter's own inputs, in the order they appear.
constexpr double weight_low = -0.5, weight_high = 0.8;
constexpr double period_s = 30, listening_s = 5, battery_mah = 3000, lipo_volts = 3.7;
constexpr double true_positive_rate = 0.89, false_alarms_chapter = 2.1, nodes = 50, radius_m = 300, area_hectares = 2500, interceptions = 7;
constexpr double kwh_baseline = 1200, kwh_predictive = 1020, price_a_kwh = 0.12, floors = 10, gateway_price = 150, pi_price = 75;

NumberLine grid(Formula formula, double low, double high, int bits = 8) { return number_line({.formula = formula, .low = low, .high = high, .bits = bits}); }
double seen(const NumberLine& line, double real) { return line.back(real, Rounding::half_away); }

// 128 products of a layer with a ReLU in front: in floats, in integers as TensorFlow Lite does it, and without the input's zero point.
struct Dot { double real = 0, integers = 0, without_zero_point = 0; };
Dot example_dot() {
  constexpr int length = 128;
  Random random(3);
  std::array<double, length> inputs{}, weights{};
  double highest = 0;
  for (double& x : inputs) highest = std::max(highest, x = std::max(0.0, 0.6 + 0.8 * random.normal()));
  for (double& w : weights) w = random.uniform(weight_low, weight_high);
  const NumberLine input_grid = grid(Formula::right, 0, highest), weight_grid = grid(Formula::tflite_weights, weight_low, weight_high);
  Dot out;
  for (std::size_t i = 0; i < length; ++i) {
    const double x = input_grid.code_of(inputs[i], Rounding::half_away), w = weight_grid.code_of(weights[i], Rounding::half_away);
    out.real += inputs[i] * weights[i];
    out.integers += (x - input_grid.zero_point) * w;
    out.without_zero_point += x * w;
  }
  out.integers *= input_grid.scale * weight_grid.scale;
  out.without_zero_point *= input_grid.scale * weight_grid.scale;
  return out;
}

void quantization(std::vector<Claim>& out) {
  const NumberLine printed = grid(Formula::as_printed, weight_low, weight_high), right = grid(Formula::right, weight_low, weight_high);
  const GridError damage = grid_error(printed, weight_low, weight_high, Rounding::half_away), fine = grid_error(right, weight_low, weight_high, Rounding::half_away);
  const auto error_at = [&](double w) { return std::fabs(seen(printed, w) - w); };
  const auto error_numbers = [&](double w) { return text("|", brief(seen(printed, w), 4), " - ", brief(w), "|"); };
  const std::string spread = "weights spread evenly over -0.5 to 0.8";
  out.push_back({"E1", "6.4 box; 6.9 steps 2 and 3", "For weights from -0.5 to 0.8 the zero point is 98, and codes are clipped to -128 to 127.", Verdict::wrong,
                 text("98 is the zero point of codes that begin at 0. For codes that begin at -128 it is ", brief(right.zero_point), ". With the printed one nothing above ", brief(printed.highest_real()),
                      " can be stored: half of the range is clipped, and 0.8 comes back as ", brief(seen(printed, 0.8)), "."),
                 {{"zero_point", "Zero point", right.zero_point, "code", "Z = -128 - round(wmin / S)", text("-128 - round(-0.5 / ", brief(right.scale), ")")},
                  {"printed_zero_point", "Zero point as printed", printed.zero_point, "code", "Z = -round(wmin / S)", text("-round(-0.5 / ", brief(printed.scale), ")")},
                  {"printed_lowest", "Smallest number it can hold, as printed", printed.lowest_real(), "", "S * (-128 - Z)", text(brief(printed.scale, 4), " * (-128 - ", brief(printed.zero_point), ")")},
                  {"printed_highest", "Largest number it can hold, as printed", printed.highest_real(), "", "S * (127 - Z)", text(brief(printed.scale, 4), " * (127 - ", brief(printed.zero_point), ")")},
                  {"printed_back_0_8", "0.8 comes back as, as printed", seen(printed, 0.8), "", "S * (code - Z)", text(brief(printed.scale, 4), " * (127 - 98)")},
                  {"error_at_0_8", "Error at 0.8", error_at(0.8), "", "|back - w|", error_numbers(0.8)},
                  {"error_at_0_5", "Error at 0.5", error_at(0.5), "", "|back - w|", error_numbers(0.5)},
                  {"error_at_0_2", "Error at 0.2", error_at(0.2), "", "|back - w|", error_numbers(0.2)},
                  {"right_back_0_8", "0.8 comes back as, right", seen(right, 0.8), "", "S * (code - Z)", text(brief(right.scale, 4), " * (127 - (-30))")},
                  {"clipped_percent", "Clipped, as printed", 100 * damage.clipped_share, "%", "share of the range outside the codes", spread},
                  {"printed_rms_error", "RMS error, as printed", damage.rms, "", "sqrt(mean error^2)", spread},
                  {"right_rms_error", "RMS error, right", fine.rms, "", "sqrt(mean error^2)", spread},
                  {"rms_ratio", "RMS error, printed to right", damage.rms / fine.rms, "times", "printed / right", text(brief(damage.rms), " / ", brief(fine.rms))},
                  {"largest_ratio", "Largest error against half a step", damage.largest / (right.scale / 2), "times", "largest error / (S / 2)", text(brief(damage.largest), " / ", brief(right.scale / 2))}},
                 "quantize formula=0 value=0.8"});
  out.push_back({"E2", "6.4 box", "The example -0.2 becomes 59 and shows that the formula works.", Verdict::imprecise,
                 text("-0.2 lies in the half that is not clipped: it comes back as ", brief(seen(right, -0.2), 4), " by either formula. Any value above ", brief(printed.highest_real()), " would have shown the error."),
                 {{"back", "-0.2 comes back as", seen(printed, -0.2), "", "S * (code - Z)", text(brief(printed.scale, 4), " * (59 - 98)")},
                  {"back_right", "by the right formula", seen(right, -0.2), "", "S * (code - Z)", text(brief(right.scale, 4), " * (-69 - (-30))")},
                  {"right_code", "Code by the right formula", right.code_of(-0.2, Rounding::half_away), "code", "round(w / S) + Z", "round(-39.23) - 30"}},
                 "quantize formula=0 value=-0.2"});
  const NumberLine first_printed = grid(Formula::as_printed, -2.3, 4.7), first = grid(Formula::right, -2.3, 4.7), second_printed = grid(Formula::as_printed, -1.8, 3.2), second = grid(Formula::right, -1.8, 3.2);
  out.push_back({"E3", "6.9 steps 1 and 2", "The same zero point formula serves layers with ranges -2.3 to 4.7 and -1.8 to 3.2.", Verdict::wrong,
                 text("It costs both layers the upper half: 4.7 comes back as ", brief(seen(first_printed, 4.7)), ", 3.2 as ", brief(seen(second_printed, 3.2)), "."),
                 {{"zero_point_1", "Zero point, first layer", first.zero_point, "code", "Z = -128 - round(min / S)", text("-128 - round(-2.3 / ", brief(first.scale, 4), ")")},
                  {"printed_zero_point_1", "As printed, first layer", first_printed.zero_point, "code", "Z = -round(min / S)", text("-round(-2.3 / ", brief(first.scale, 4), ")")},
                  {"printed_back_4_7", "4.7 comes back as, as printed", seen(first_printed, 4.7), "", "S * (127 - Z)", text(brief(first.scale, 4), " * (127 - 84)")},
                  {"right_back_4_7", "4.7 comes back as, right", seen(first, 4.7), "", "S * (127 - Z)", text(brief(first.scale, 4), " * (127 - (-44))")},
                  {"error_at_4_7", "Error at 4.7, as printed", std::fabs(seen(first_printed, 4.7) - 4.7), "", "|back - x|", text("4.7 - ", brief(seen(first_printed, 4.7)))},
                  {"zero_point_2", "Zero point, second layer", second.zero_point, "code", "Z = -128 - round(min / S)", text("-128 - round(-1.8 / ", brief(second.scale, 4), ")")},
                  {"printed_zero_point_2", "As printed, second layer", second_printed.zero_point, "code", "Z = -round(min / S)", text("-round(-1.8 / ", brief(second.scale, 4), ")")},
                  {"printed_back_3_2", "3.2 comes back as, as printed", seen(second_printed, 3.2), "", "S * (127 - Z)", text(brief(second.scale, 4), " * (127 - 92)")},
                  {"error_at_3_2", "Error at 3.2, as printed", std::fabs(seen(second_printed, 3.2) - 3.2), "", "|back - x|", text("3.2 - ", brief(seen(second_printed, 3.2)))}},
                 "quantize wmin=-2.3 wmax=4.7 value=4.7"});
  const NumberLine wide = grid(Formula::as_printed, -1, 0.8), positive = grid(Formula::as_printed, 0, 0.8);
  const auto lost = [](const NumberLine& line, double low, double high) { return (high - line.highest_real()) / (high - low); };
  out.push_back({"E4", "6.4 box", "The zero point formula fits any range of weights.", Verdict::wrong,
                 text("It loses about half of every range. For -1 to 0.8 it gives ", brief(wide.zero_point), ", which no int8 can hold, and a largest value of ", brief(wide.highest_real()), ": every positive weight turns negative."),
                 {{"zero_point", "Zero point for -1 to 0.8, as printed", wide.zero_point, "code", "Z = -round(min / S)", "-round(-1 / 0.00706)"},
                  {"highest", "Largest value it can hold", wide.highest_real(), "", "S * (127 - Z)", "0.00706 * (127 - 142)"},
                  {"lost_percent", "Lost of -1 to 0.8", 100 * lost(wide, -1, 0.8), "%", "(max - largest) / (max - min)", text("(0.8 - ", term(wide.highest_real(), 4), ") / 1.8")},
                  {"lost_positive_percent", "Lost of 0 to 0.8", 100 * lost(positive, 0, 0.8), "%", "(max - largest) / (max - min)", text("(0.8 - ", brief(positive.highest_real(), 4), ") / 0.8")}},
                 "quantize wmin=-1 wmax=0.8 value=0.5"});
  const NumberLine relu = grid(Formula::right, 0, 4.7);
  out.push_back({"E5", "6.9 step 1", "Activations of a layer with ReLU range from -2.3 to 4.7.", Verdict::inconsistent,
                 "Nothing below 0 is left behind a ReLU. The range can only be that of the sums before it, which TensorFlow Lite never stores: it merges the ReLU into the layer.",
                 {{"zero_point", "Zero point behind the ReLU", relu.zero_point, "code", "Z = -128 - round(0 / S)", "-128 - 0"}, {"scale", "Step behind the ReLU", relu.scale, "", "S = max / 255", "4.7 / 255"}},
                 "quantize formula=1 wmin=0 wmax=4.7 value=4.7"});
  const NumberLine weights = grid(Formula::tflite_weights, weight_low, weight_high);
  out.push_back({"E6", "6.4 box; 6.9 step 3", "Weights are stored with a scale and a zero point of their own range.", Verdict::imprecise,
                 "That is how activations are stored. TensorFlow Lite's int8 weights are symmetric, codes -127 to 127, zero point 0, one scale for each output channel.",
                 {{"scale", "Scale", weights.scale, "", "S = max|w| / 127", "0.8 / 127"},
                  {"code", "Code of -0.2", weights.code_of(-0.2, Rounding::half_away), "code", "round(w / S)", text("round(-0.2 / ", brief(weights.scale), ")")},
                  {"back", "-0.2 comes back as", seen(weights, -0.2), "", "S * code", text(brief(weights.scale, 4), " * (-32)")},
                  {"error", "Error", std::fabs(seen(weights, -0.2) + 0.2), "", "|back - w|", text("|", brief(seen(weights, -0.2), 4), " + 0.2|")}},
                 "quantize formula=2 value=-0.2"});
  const double signal = uniform_rms(weight_low, weight_high), noise = rounding_noise_rms(right.scale);
  Claim spread_claim{"E7", "6.4 box", "The error of 1000 weights is normal with deviation 0.046, so it is typically under 5 %.", Verdict::wrong,
                     text(brief(noise * std::sqrt(1000.0)), " is in units of the weights, not a share of anything. As a share of the signal the noise of a sum of products is ", percent(noise / signal),
                          " at 8 bits, however many terms it has. The central limit theorem gives a shape, not a bound."),
                     {{"relative_noise_percent", "Noise relative to the weights, 8 bits", 100 * noise / signal, "%", "(S / sqrt(12)) / rms(w)", text(brief(noise), " / ", brief(signal))},
                      {"absolute_noise", "Deviation of the sum of 1000 errors", noise * std::sqrt(1000.0), "weight units", "S / sqrt(12) * sqrt(n)", text(brief(noise), " * sqrt(1000)")},
                      {"sqnr_db", "Signal to noise, 8 bits", sqnr_db(signal, noise), "dB", "20 log10(rms(w) / noise)", text("20 log10(", brief(signal), " / ", brief(noise), ")")}},
                     "noise"};
  for (const int bits : {6, 5, 4, 3, 2}) {
    const double coarse = rounding_noise_rms(grid(Formula::right, weight_low, weight_high, bits).scale);
    spread_claim.values.push_back({text("relative_noise_", bits, "_bits_percent"), text("The same, ", bits, " bits"), 100 * coarse / signal, "%", "(S / sqrt(12)) / rms(w)", text(brief(coarse), " / ", brief(signal))});
  }
  out.push_back(std::move(spread_claim));
  out.push_back({"E8", "6.4 box", "Errors cancel, therefore accuracy stays at 97 to 99 %.", Verdict::cannot_be_known,
                 "It does not follow: what errors in weights do to accuracy depends on the network and its data and has to be measured. Elsewhere the loss is 1 to 2 %, 1 to 3 %, 10 to 20 %, minimal, or nearly none; "
                 "and accuracy is not accuracy retained.",
                 {}, "confidence"});
  out.push_back({"E9", "6.1", "Quantization reduces inference speed by 2 to 4 times.", Verdict::imprecise,
                 "Read literally that is slower; latency is meant. Other places say 3, 3.33 and 3 to 5 times faster.",
                 {{"speed_up", "The chapter's own two latencies", 50.0 / 15, "times", "before / after", "50 ms / 15 ms"}}, "", "model=har&r=w8a8&side=latency"});
}

void sizes(std::vector<Claim>& out) {
  const NetworkSize mlp = chapter_classifier(), lstm = chapter_lstm(), table = chapter_table_lstm();
  const double mlp_int8 = integer_bytes(mlp, 8), mlp_channels = mlp_int8 + channel_scale_bytes(mlp), lstm_int8 = integer_bytes(lstm, 8);
  const std::string classifier_weights = "27 * 128 + 128 * 64 + 64 * 5";
  out.push_back({"E10", "6.4.3 listing", "The activity classifier shrinks from 500 KB to 125 KB.", Verdict::wrong,
                 text("Its listing has ", grouped(static_cast<std::uint64_t>(mlp.params())), " parameters: ", in_bytes(float_bytes(mlp)), " in floats, ", in_bytes(mlp_int8), " in INT8. 500 KB is ", brief(500e3 / float_bytes(mlp)),
                      " times too much."),
                 {{"int8_bytes", "INT8 size", mlp_int8, "B", "weights + 4 * biases", text(brief(mlp.weights, 6), " + 4 * ", brief(mlp.biases))},
                  {"float_bytes", "FP32 size", float_bytes(mlp), "B", "4 * (weights + biases)", text("4 * ", brief(mlp.params(), 6))},
                  {"params", "Parameters", mlp.params(), "", "sum of inputs * units + units", text(classifier_weights, " + 128 + 64 + 5")},
                  {"macs", "MACs", mlp.macs, "", "sum of inputs * units", classifier_weights},
                  {"ratio", "FP32 to INT8", float_bytes(mlp) / mlp_int8, "times", "FP32 / INT8", text(brief(float_bytes(mlp), 6), " / ", brief(mlp_int8, 6))},
                  {"ratio_with_channel_scales", "with a scale for each channel", float_bytes(mlp) / mlp_channels, "times", "FP32 / (INT8 + 4 * channels)", text(brief(float_bytes(mlp), 6), " / ", brief(mlp_channels, 6))},
                  {"int4_bytes", "INT4 size", integer_bytes(mlp, 4), "B", "weights / 2 + 4 * biases", text(brief(mlp.weights, 6), " / 2 + 4 * ", brief(mlp.biases))},
                  {"int4_ratio", "FP32 to INT4", float_bytes(mlp) / integer_bytes(mlp, 4), "times", "FP32 / INT4", text(brief(float_bytes(mlp), 6), " / ", brief(integer_bytes(mlp, 4), 6))},
                  {"claim_factor", "500 KB against FP32", 500e3 / float_bytes(mlp), "times", "claim / FP32", text("500000 / ", brief(float_bytes(mlp), 6))},
                  {"params_for_claim", "Parameters that 500 KB would hold", 500e3 / 4, "", "bytes / 4", "500000 / 4"}},
                 "ladder"});
  double units = 1;
  while (lstm_size(14, units, 1).params() * 4 < 200e3) ++units;
  out.push_back({"E11", "6.6.4; 6.6.5 listing", "The temperature LSTM shrinks from 200 KB to 50 KB.", Verdict::wrong,
                 text("Its listing has ", grouped(static_cast<std::uint64_t>(lstm.params())), " parameters: ", in_bytes(float_bytes(lstm)), " in floats, ", in_bytes(lstm_int8), " in INT8. 200 KB would be one layer of ", brief(units),
                      " units."),
                 {{"int8_bytes", "INT8 size", lstm_int8, "B", "weights + 4 * biases", text(brief(lstm.weights, 6), " + 4 * ", brief(lstm.biases))},
                  {"float_bytes", "FP32 size", float_bytes(lstm), "B", "4 * (weights + biases)", text("4 * ", brief(lstm.params(), 6))},
                  {"params", "Parameters", lstm.params(), "", "4(u(i + u) + u) for each LSTM, i * o + o for the output", "4 * (32 * 46 + 32) + 4 * (16 * 48 + 16) + 17"},
                  {"macs", "MACs", lstm.macs, "", "60 * 4u(i + u) for each LSTM, and 16", "60 * (5888 + 3072) + 16"},
                  {"ratio", "FP32 to INT8", float_bytes(lstm) / lstm_int8, "times", "FP32 / INT8", text(brief(float_bytes(lstm), 6), " / ", brief(lstm_int8, 6))},
                  {"claim_factor_float", "200 KB against FP32", 200e3 / float_bytes(lstm), "times", "claim / FP32", text("200000 / ", brief(float_bytes(lstm), 6))},
                  {"claim_factor_int8", "50 KB against INT8", 50e3 / lstm_int8, "times", "claim / INT8", text("50000 / ", brief(lstm_int8, 6))},
                  {"units_for_claim", "Units of one layer that fill 200 KB", units, "units", "smallest u with 4 * 4(u(14 + u) + u) >= 200000", text("4 * ", brief(lstm_size(14, units, 1).params(), 6), " B")}},
                 "ladder network=1"});
  out.push_back({"E12", "6.6.4 against 6.6.5", "The LSTM has two layers of 32 units.", Verdict::inconsistent,
                 text("The listing has 32 and 16 units, ", brief(lstm.params(), 6), " parameters; two layers of 32 have ", brief(table.params(), 6), ". They are two models."),
                 {{"table_params", "Parameters of two layers of 32", table.params(), "", "4(u(i + u) + u) for each LSTM, and 33", "6016 + 8320 + 33"},
                  {"table_float_bytes", "its FP32 size", float_bytes(table), "B", "4 * parameters", text("4 * ", brief(table.params(), 6))},
                  {"listing_params", "Parameters of the listing", lstm.params(), "", "the same rule", "6016 + 3136 + 17"}},
                 "ladder network=2"});
  out.push_back({"E13", "6.6.5 listing", "The LSTM is converted to INT8 by the listing.", Verdict::inconsistent,
                 "The listing does not set the types of input and output, so both stay float; the classifier's listing sets them. And inside an int8 LSTM the cell state is 16 bits wide.", {}, "", "model=hvac&lab=convert&lv=ends=1"});
  out.push_back({"E14", "6.7", "0.1 degrees lost is nearly free.", Verdict::imprecise,
                 text("From 0.7 to 0.8 degrees the error grows by ", percent(0.8 / 0.7 - 1), ". Whether that is little needs an interval and a baseline, such as guessing that it will be as warm in an hour as it is now."),
                 {{"error_growth_percent", "Growth of the error", 100 * (0.8 / 0.7 - 1), "%", "after / before - 1", "0.8 / 0.7 - 1"}}, "hvac error_k=0.3"});
  struct Row { double mae, kilobytes, ms; };
  constexpr Row rows[] = {{1.8, 2, 0.1}, {0.9, 450, 25}, {0.7, 200, 50}, {0.8, 50, 15}};
  const double meeting = static_cast<double>(std::ranges::count_if(rows, [](const Row& r) { return r.mae < 1.0 && r.kilobytes < 512 && r.ms < 1000; }));
  out.push_back({"E15", "6.6.4; 6.11", "The INT8 LSTM wins the comparison.", Verdict::inconsistent,
                 text(brief(meeting), " of the four models meet all three targets (under 1 degree, 512 KB, 1000 ms). By the chapter's own rule, the simplest one that meets them, the forest would be chosen."),
                 {{"models_meeting_targets", "Models that meet all targets", meeting, "models", "error < 1, size < 512 KB, latency < 1000 ms", "forest 0.9, 450, 25; LSTM 0.7, 200, 50; INT8 LSTM 0.8, 50, 15"}}, "hvac"});
  const double compares = 100 * 10;
  out.push_back({"E16", "6.6.4", "A forest of 100 trees takes 25 ms.", Verdict::imprecise,
                 text("100 trees of depth about 10 make ", brief(compares, 6), " comparisons, some 10,000 to 100,000 cycles: ", brief(1e4 / 168e6 * 1e3, 2), " to ", brief(1e5 / 168e6 * 1e3, 2),
                      " ms at 168 MHz. This is an estimate, not a measurement."),
                 {{"latency_most_ms", "At 100 cycles a comparison", compares * 100 / 168e6 * 1e3, "ms", "comparisons * cycles / clock", "1000 * 100 / 168 MHz"},
                  {"latency_least_ms", "At 10 cycles a comparison", compares * 10 / 168e6 * 1e3, "ms", "comparisons * cycles / clock", "1000 * 10 / 168 MHz"},
                  {"claim_factor_least", "25 ms against it, at least", 25 / (compares * 100 / 168e6 * 1e3), "times", "claim / estimate", "25 / 0.595"}},
                 "hvac error_k=0.2"});
  out.push_back({"E17", "6.6; 6.7; 6.11", "The gateway has 512 KB of RAM, costs $150, and is a $75 Raspberry Pi.", Verdict::inconsistent,
                 text("Three machines. 15 ms for ", brief(lstm.macs, 6), " MACs needs ", brief(lstm.macs * cortex_m4_cycles_per_mac_least / 0.015 / 1e6), " to ", brief(lstm.macs * cortex_m4_cycles_per_mac_most / 0.015 / 1e6),
                      " MHz of a Cortex-M4; a Raspberry Pi has gigabytes and needs less than 1 ms."),
                 {{"clock_least_mhz", "Clock that 15 ms needs, at least", lstm.macs * cortex_m4_cycles_per_mac_least / 0.015 / 1e6, "MHz", "MACs * cycles per MAC / time", "537616 * 1.7 / 15 ms (MLPerf Tiny, STM32L4R5)"},
                  {"clock_most_mhz", "at most", lstm.macs * cortex_m4_cycles_per_mac_most / 0.015 / 1e6, "MHz", "MACs * cycles per MAC / time", "537616 * 4.8 / 15 ms (MLPerf Tiny, STM32L4R5)"}},
                 "hvac clock_mhz=172 latency_ms=15"});
}

void building(std::vector<Claim>& out) {
  constexpr double importances[] = {0.35, 0.22, 0.18, 0.08, 0.05, 0.03, 0.04};
  double sum = 0;
  for (const double share : importances) sum += share;
  out.push_back({"E18", "6.6.3", "14 features with their importance.", Verdict::inconsistent,
                 text("Seven are listed, and their shares add up to ", brief(sum), ", not 1. The lags' 57 % is the sum of two of them. Shares measured on a table do not carry over to an LSTM that sees the last 60 minutes anyway."),
                 {{"listed_sum", "Sum of the listed shares", sum, "", "sum", "0.35 + 0.22 + 0.18 + 0.08 + 0.05 + 0.03 + 0.04"},
                  {"lag_share", "The two lags", importances[0] + importances[1], "", "sum", "0.35 + 0.22"},
                  {"lag_share_with_outdoor", "with the outdoor change", importances[0] + importances[1] + importances[3], "", "sum", "0.35 + 0.22 + 0.08"}},
                 "hvac"});
  const double samples = 30 * 24 * 60;
  out.push_back({"E19", "6.6.2", "Days 22 to 25.5 validate, days 25.5 to 30 test.", Verdict::imprecise,
                 "The counts are right, but one label is a day's number and the next the time elapsed. A window of 60 minutes that predicts 60 minutes ahead reaches over a border: 120 minutes should be left out there.",
                 {{"windows", "Windows in 30 days", samples - 60 - 60 + 1, "windows", "samples - window - horizon + 1", "43200 - 60 - 60 + 1"},
                  {"embargo_minutes", "To leave out at each border", 60 + 60, "min", "window + horizon", "60 + 60"},
                  {"train_samples", "Training samples", samples * 0.70, "", "70 %", "43200 * 0.70"},
                  {"validation_samples", "Validation samples", samples * 0.15, "", "15 %", "43200 * 0.15"},
                  {"validation_ends_day", "Validation ends after", 0.85 * 30, "days", "85 % of 30", "0.85 * 30"}},
                 "split order=0"});
  const double floor_saving = saving_a_year(kwh_baseline - kwh_predictive, price_a_kwh), saving = floors * floor_saving;
  const double pi_kwh_most = pi_power_most_w * kwh_a_watt_year, pi_kwh_least = pi_power_least_w * kwh_a_watt_year;
  out.push_back({"E20", "6.6.6; 6.7", "Ten floors save $2,590 a year and pay back in 0.7 months.", Verdict::inconsistent,
                 text("Only if one box of $150 serves all ten floors and its development costs nothing. With one box for each floor it is ", brief(payback_months(gateway_price, floor_saving)),
                      " months; with $10,000 of development ", brief(payback_months(gateway_price + 10000, saving)), "."),
                 {{"payback_one_box_a_floor_months", "Payback, one box for each floor", payback_months(floors * gateway_price, saving), "months", "12 * capital / saving a year", "12 * 10 * 150 / 2592"},
                  {"payback_one_box_months", "one box for ten floors", payback_months(gateway_price, saving), "months", "12 * capital / saving a year", "12 * 150 / 2592"},
                  {"payback_one_pi_months", "one $75 box for one floor", payback_months(pi_price, floor_saving), "months", "12 * capital / saving a year", "12 * 75 / 259.2"},
                  {"payback_with_development_months", "with $10,000 of development", payback_months(gateway_price + 10000, saving), "months", "12 * capital / saving a year", "12 * 10150 / 2592"},
                  {"saving_a_floor", "Saving a floor", floor_saving, "$/year", "kWh a month * 12 * tariff", "180 * 12 * 0.12"},
                  {"saving", "Saving of ten floors", saving, "$/year", "10 * saving a floor", "10 * 259.2"},
                  {"gateway_kwh_most", "What a box uses itself, at 5 W", pi_kwh_most, "kWh/year", "W * 8.766", "5 * 8.766"},
                  {"gateway_kwh_least", "at 3.2 W", pi_kwh_least, "kWh/year", "W * 8.766", "3.2 * 8.766"},
                  {"gateway_cost_most", "and what that costs", pi_kwh_most * price_a_kwh, "$/year", "kWh * tariff", "43.83 * 0.12"}},
                 "economics gateways=10 gateway_w=0"});
}

void rainforest(std::vector<Claim>& out) {
  const double windows = windows_a_day(period_s), duty = listening_s / period_s;
  out.push_back({"E21", "6.8", "Spresense is a Cortex-M4F with 768 KB of SRAM.", Verdict::wrong,
                 "Its chip, CXD5602, has six Cortex-M4F, 1.5 MB of SRAM and 8 MB of flash, as Edge Impulse describes it; 156 MHz is widely quoted as their clock, and no document of its maker was at hand. 768 KB is at most one part of that SRAM. No public record of this deployment was found: take it as an illustration.",
                 {{"sram_kib", "SRAM", spresense_sram_kib, "KiB", "published description", "CXD5602: 1.5 MB (Edge Impulse, deep dive on Spresense)"}, {"claim_share", "768 KB of it", 768 / spresense_sram_kib, "", "claim / description", "768 / 1536"}}, "", "model=har&board=spresense&side=boards"});
  out.push_back({"E22", "6.8", "MobileNetV2 has 3.4 MB, and 680 KB in INT8.", Verdict::wrong,
                 text("Its 3.5 million parameters are ", brief(4 * mobilenet_v2_params / 1e6), " MB in floats and ", brief(mobilenet_v2_params / 1e6), " MB in INT8: 3.4 MB is the 8-bit size already. From 3.4 MB to 680 KB is ",
                      brief(3400.0 / 680), " times; 8 bits for 32 give 4 at most."),
                 {{"int8_mb", "INT8 size", mobilenet_v2_params / 1e6, "MB", "parameters * 1 B", "3504872 * 1 B"},
                  {"float_mb", "FP32 size", 4 * mobilenet_v2_params / 1e6, "MB", "parameters * 4 B", "3504872 * 4 B"},
                  {"claim_ratio", "The chapter's ratio", 3400.0 / 680, "times", "before / after", "3400 / 680"},
                  {"least_kb", "The least that 4 times allows", 3400.0 / 4, "KB", "before / 4", "3400 / 4"}},
                 "journey ms_3=5800 weights=1 made=1 mw_4=44"});
  const double pi_cycles = 0.420 * raspberry_pi_4_clock_hz, spresense_cycles = 0.280 * spresense_clock_hz;
  const auto seconds = [&](double cycles_per_mac, double cores) { return mobilenet_v2_macs * cycles_per_mac / spresense_clock_hz / cores; };
  out.push_back({"E23", "6.8", "One model takes 420 ms on a Raspberry Pi 4 and 280 ms on Spresense.", Verdict::inconsistent,
                 text("That is ", brief(pi_cycles / 1e6), " million cycles there and ", brief(spresense_cycles / 1e6), " million here. MobileNetV2's 300 million MACs take ", brief(seconds(cortex_m4_cycles_per_mac_least, 1)), " to ",
                      brief(seconds(cortex_m4_cycles_per_mac_most, 1)), " s on one such core. 280 ms fits another, smaller network."),
                 {{"spresense_mcycles", "280 ms on Spresense", spresense_cycles / 1e6, "million cycles", "time * clock", "0.28 s * 156 MHz, as widely quoted"},
                  {"pi_mcycles", "420 ms on the Pi", pi_cycles / 1e6, "million cycles", "time * clock", "0.42 s * 1.5 GHz"},
                  {"one_core_least_s", "300 million MACs on one core, at least", seconds(cortex_m4_cycles_per_mac_least, 1), "s", "MACs * cycles per MAC / clock", "300e6 * 1.7 / 156e6 (MLPerf Tiny)"},
                  {"one_core_most_s", "at most", seconds(cortex_m4_cycles_per_mac_most, 1), "s", "MACs * cycles per MAC / clock", "300e6 * 4.8 / 156e6 (MLPerf Tiny)"},
                  {"six_cores_least_s", "on six cores without loss, at least", seconds(cortex_m4_cycles_per_mac_least, 6), "s", "the same / 6", "3.27 / 6"},
                  {"six_cores_most_s", "at most", seconds(cortex_m4_cycles_per_mac_most, 6), "s", "the same / 6", "9.23 / 6"},
                  {"affordable_most_mmacs", "What 280 ms affords, at most", spresense_cycles / cortex_m4_cycles_per_mac_least / 1e6, "million MACs", "cycles / cycles per MAC", "43.7e6 / 1.7"},
                  {"affordable_least_mmacs", "at least", spresense_cycles / cortex_m4_cycles_per_mac_most / 1e6, "million MACs", "cycles / cycles per MAC", "43.7e6 / 4.8"}},
                 "journey size_2_kb=14019 size_3_kb=3505 weights=1 made=1 mw_4=44"});
  out.push_back({"E24", "6.8", "Pruning and quantization bring 680 KB to 210 KB.", Verdict::inconsistent,
                 text("The last model is another architecture, so the factor ", brief(680.0 / 210), " is not pruning's."),
                 {{"ratio", "The chapter's ratio", 680.0 / 210, "times", "before / after", "680 / 210"}, {"first_to_last", "First to last model", 44e3 / 210, "times", "before / after", "44000 / 210"}}, "journey ms_3=5800 weights=1 mw_4=44"});
  out.push_back({"E25", "6.8", "210 KB fit comfortably into 768 KB of SRAM.", Verdict::imprecise,
                 "Weights usually stay in flash and are read from there. What has to fit into RAM is the arena of activations, and the audio; the file's size says little about it.",
                 {{"left_beside_680_kb", "Left beside the 680 KB model, were it in SRAM", 768.0 - 680, "KB", "768 - model", "768 - 680"}, {"left_beside_210_kb", "beside the 210 KB model", 768.0 - 210, "KB", "768 - model", "768 - 210"}}, "", "model=digits&r=w8a8&side=memory"});
  out.push_back({"E26", "6.8", "A 5.6 % reduction of accuracy was acceptable.", Verdict::imprecise,
                 "They are percentage points, and three times as many answers are wrong as before.",
                 {{"error_ratio", "Wrong answers, after to before", (100 - 91.6) / (100 - 97.2), "times", "(100 - after) / (100 - before)", "8.4 / 2.8"}, {"points", "Points of accuracy", 97.2 - 91.6, "points", "before - after", "97.2 - 91.6"}},
                 "journey size_2_kb=14019 size_3_kb=3505 ms_3=5800 weights=1 made=1 mw_4=44"});
  out.push_back({"E27", "6.8", "A smaller model lowers the power from 45 to 32 mW.", Verdict::imprecise,
                 text("A busy processor draws about the same whatever it computes: an STM32L4R5 drew ", brief(mlperf_power_least_mw), " to ", brief(mlperf_power_most_mw), " mW over four networks whose energy differed ",
                      brief(mlperf_energy_most_mj / mlperf_energy_least_mj), " times. A smaller model is done sooner: compare the energy of one prediction."),
                 {{"small_mj", "One prediction, last model", 32 * 0.085, "mJ", "power * time", "32 mW * 85 ms"},
                  {"int8_mj", "INT8 model", 45 * 0.280, "mJ", "power * time", "45 mW * 280 ms"},
                  {"pi_mj", "on the Raspberry Pi", 3200 * 0.420, "mJ", "power * time", "3200 mW * 420 ms"},
                  {"mlperf_power_ratio", "Power, most to least of four networks", mlperf_power_most_mw / mlperf_power_least_mw, "times", "most / least", "47.1 / 42.7 (MLPerf Tiny, STM32L4R5)"},
                  {"mlperf_energy_ratio", "Energy, most to least", mlperf_energy_most_mj / mlperf_energy_least_mj, "times", "most / least", "10.68 / 0.323 (MLPerf Tiny, STM32L4R5)"}},
                 "journey size_2_kb=14019 size_3_kb=3505 ms_3=5800 weights=1 made=1"});
  const double wh = battery_wh(battery_mah, lipo_volts), fourteen_months = 14 * hours_a_month;
  const auto days = [&](double power_mw) { return lifetime_hours(wh, power_mw) / 24; };
  const double duty_power = average_mw(32, 0, duty), duty_power_45 = average_mw(45, 0, duty);
  out.push_back({"E28", "6.8", "A battery of 3,000 mAh with a 1 W panel lasts 14 months at 5 s in every 30 s.", Verdict::wrong,
                 text("The battery alone lasts ", brief(days(duty_power)), " days at 32 mW if sleep cost nothing. 14 months would need ", brief(wh * 1000 / fourteen_months, 4), " mW on average. With the panel ",
                      brief(60 * neutral_sun_hours(duty_power, 1, 0.7), 2), " minutes of full sun a day make up for everything, and a battery life says nothing."),
                 {{"battery_months", "Battery alone, 1/6 of the time at 32 mW, sleep free", lifetime_hours(wh, duty_power) / hours_a_month, "months", "V * C / (d * P)", "3.7 V * 3 Ah / (32 mW / 6)"},
                  {"battery_days", "the same", days(duty_power), "days", "V * C / (d * P)", "11.1 Wh / 5.33 mW"},
                  {"battery_45_days", "at 45 mW", days(duty_power_45), "days", "V * C / (d * P)", "11.1 Wh / 7.5 mW"},
                  {"battery_45_months", "the same", lifetime_hours(wh, duty_power_45) / hours_a_month, "months", "V * C / (d * P)", "11.1 Wh / 7.5 mW"},
                  {"continuous_days", "always on, 32 mW", days(32), "days", "V * C / P", "11.1 Wh / 32 mW"},
                  {"continuous_45_days", "always on, 45 mW", days(45), "days", "V * C / P", "11.1 Wh / 45 mW"},
                  {"with_sleep_days", "with 1 mW of sleep, 32 mW", days(average_mw(32, 1, duty)), "days", "V * C / (d * P + (1 - d) * Ps)", "11.1 Wh / (5.33 + 0.83) mW"},
                  {"with_sleep_45_days", "with 1 mW of sleep, 45 mW", days(average_mw(45, 1, duty)), "days", "V * C / (d * P + (1 - d) * Ps)", "11.1 Wh / (7.5 + 0.83) mW"},
                  {"needed_mw", "Average power that 14 months need", wh * 1000 / fourteen_months, "mW", "V * C / time", "11.1 Wh / (14 * 30.44 * 24 h)"},
                  {"needed_duty_percent", "or this duty at 32 mW", 100 * wh * 1000 / fourteen_months / 32, "%", "needed power / active power", "1.085 / 32"},
                  {"needed_mah", "or this capacity", duty_power * fourteen_months / lipo_volts, "mAh", "P * time / V", "5.33 mW * 10228 h / 3.7 V"},
                  {"neutral_sun_minutes", "Full sun a day that makes up for it", 60 * neutral_sun_hours(duty_power, 1, 0.7), "min", "P * 24 h / (panel * efficiency)", "0.128 Wh / (1 W * 0.7), 70 % assumed"}},
                 "battery"});
  const double rate = false_alarms_chapter / windows, rate_if_balanced = 1 - (2 * 0.916 - true_positive_rate);
  out.push_back({"E29", "6.8", "91.6 % accurate, 89 % found, 2.1 false alarms a node and day.", Verdict::inconsistent,
                 text("There are ", brief(windows, 6), " windows a day: 2.1 false alarms mean that ", percent(rate), " of the quiet ones are wrong. A balanced accuracy of 91.6 % with 89 % found would mean ",
                      brief(false_alarms_a_day(rate_if_balanced, windows)), " a day. A threshold or a vote over several windows must lie between, and is not told."),
                 {{"false_alarms_if_balanced", "False alarms a day that 91.6 % implies", false_alarms_a_day(rate_if_balanced, windows), "a node and day", "windows * (1 - (2 * accuracy - found))", "2880 * (1 - (1.832 - 0.89))"},
                  {"false_positive_percent", "Quiet windows that alarm, from 2.1", 100 * rate, "%", "false alarms / windows", "2.1 / 2880"},
                  {"specificity_percent", "Quiet windows that stay quiet", 100 * (1 - rate), "%", "1 - rate", "1 - 0.000729"},
                  {"balanced_accuracy_percent", "Balanced accuracy that 2.1 implies", 100 * balanced_accuracy(true_positive_rate, rate), "%", "(found + quiet) / 2", "(0.89 + 0.99927) / 2"},
                  {"false_alarms_if_plain", "False alarms if 8.4 % of windows are wrong", false_alarms_a_day(1 - 0.916, windows), "a node and day", "windows * 0.084", "2880 * 0.084"}},
                 "forest"});
  const double fleet_day = false_alarms_chapter * nodes, fleet_year = fleet_day * 365;
  out.push_back({"E30", "6.8", "Seven interceptions show that perfect classification is not needed.", Verdict::imprecise,
                 text("The fleet raises ", brief(fleet_day), " false alarms a day, ", brief(fleet_year, 6), " a year: ", brief(fleet_year / interceptions, 6), " for each interception. The rangers' time is the limit."),
                 {{"false_alarms_per_interception", "False alarms for each interception", fleet_year / interceptions, "", "false alarms a year / interceptions", "38325 / 7"},
                  {"fleet_a_day", "False alarms of the fleet", fleet_day, "a day", "nodes * false alarms", "50 * 2.1"},
                  {"fleet_a_year", "the same", fleet_year, "a year", "a day * 365", "105 * 365"},
                  {"precision_percent", "Alarms that are right, at one for each interception", 100 * interceptions / (fleet_year + interceptions), "%", "right / all", "7 / 38332"}},
                 "forest found_percent=100 false_percent=0.0729167 sawing_per_million=0.133181"});
  out.push_back({"E31", "6.8", "50 nodes that hear 300 m cover 2,500 hectares.", Verdict::inconsistent,
                 text("Their discs together are ", brief(nodes * disc_hectares(radius_m), 4), " hectares, ", percent(nodes * disc_hectares(radius_m) / area_hectares), " at most. To leave no gap it takes ",
                      brief(std::ceil(area_hectares / hexagon_hectares(radius_m))), " nodes, or nodes that hear ", brief(std::sqrt(area_hectares / nodes / hexagon_hectares(1))), " m."),
                 {{"covered_percent", "Covered at most", 100 * nodes * disc_hectares(radius_m) / area_hectares, "%", "nodes * pi r^2 / area", "50 * 28.27 / 2500"},
                  {"covered_hectares", "the same", nodes * disc_hectares(radius_m), "ha", "nodes * pi r^2", "50 * 28.27"},
                  {"nodes_needed", "Nodes without a gap", std::ceil(area_hectares / hexagon_hectares(radius_m)), "nodes", "area / (1.5 sqrt(3) r^2), up", "2500 / 23.38"},
                  {"radius_needed_m", "or a radius of", std::sqrt(area_hectares / nodes / hexagon_hectares(1)), "m", "sqrt(area / nodes / (1.5 sqrt(3)))", "sqrt(500000 m2 / 2.598)"}},
                 "coverage"});
}

void pruning(std::vector<Claim>& out) {
  constexpr double sparsity = 0.7;
  const NetworkSize mlp = chapter_classifier();
  const auto times = [](double bits, double encoded) { return bits / encoded; };
  out.push_back({"E32", "6.5.1", "70 % zeros compress about 3 times.", Verdict::wrong,
                 text("Not by themselves: stored densely the file keeps its size. With a bitmap FP32 reaches ", brief(times(32, bitmap_bits(sparsity, 32))), " times, but INT8 only ", brief(times(8, bitmap_bits(sparsity, 8))),
                      ", because the positions cost the same while the values got smaller. A dense kernel takes as long as before."),
                 {{"int8_bitmap", "INT8, bitmap", times(8, bitmap_bits(sparsity, 8)), "times", "8 / (1 + (1 - s) * 8)", "8 / 3.4"},
                  {"dense", "Stored densely", times(8, dense_bits(sparsity, 8)), "times", "8 / 8", "8 / 8"},
                  {"ideal", "If positions cost nothing", 1 / (1 - sparsity), "times", "1 / (1 - s)", "1 / 0.3"},
                  {"float_bitmap", "FP32, bitmap", times(32, bitmap_bits(sparsity, 32)), "times", "32 / (1 + (1 - s) * 32)", "32 / 10.6"},
                  {"float_csr16", "FP32, CSR with 16-bit columns", times(32, index_bits_each(sparsity, 32, 16)), "times", "32 / ((1 - s) * 48)", "32 / 14.4"},
                  {"int8_relative8", "INT8, 8-bit distances", times(8, index_bits_each(sparsity, 8, 8)), "times", "8 / ((1 - s) * 16)", "8 / 4.8"},
                  {"int8_csr16", "INT8, CSR with 16-bit columns", times(8, index_bits_each(sparsity, 8, 16)), "times", "8 / ((1 - s) * 24)", "8 / 7.2"},
                  {"int4_bitmap", "INT4, bitmap", times(4, bitmap_bits(sparsity, 4)), "times", "4 / (1 + (1 - s) * 4)", "4 / 2.2"},
                  {"int8_entropy_bound", "INT8, bound by entropy", 8 / (mask_entropy_bits(sparsity) + (1 - sparsity) * 7), "times", "8 / (H(s) + (1 - s) * 7), 7 bits of value assumed", "8 / (0.881 + 2.1)"}},
                 "prune"});
  const Schedule schedule;
  const double steps = training_steps(har_train_rows, 32, 10);
  out.push_back({"E33", "6.5.1 listing", "The schedule from step 1000 to 5000 reaches 70 % in 10 epochs.", Verdict::inconsistent,
                 text("It depends on the data: UCI-HAR's ", brief(har_train_rows, 6), " rows in batches of 32 make ", brief(steps, 6), " steps, where the schedule stands at ", percent(scheduled_sparsity(schedule, steps)),
                      ". Step 5000 in 10 epochs needs 16,000 rows."),
                 {{"reached_percent", "Reached after 10 epochs of UCI-HAR", 100 * scheduled_sparsity(schedule, steps), "%", "s1 + (s0 - s1)(1 - (t - b)/(e - b))^3", "0.7 - 0.4 * (1 - 1300/4000)^3"},
                  {"steps", "Steps that are made", steps, "steps", "ceil(rows / batch) * epochs", "ceil(7352 / 32) * 10"},
                  {"rows_needed", "Rows that step 5000 needs", schedule.end / 10 * 32, "rows", "end / epochs * batch", "5000 / 10 * 32"},
                  {"at_999_percent", "at step 999", 100 * scheduled_sparsity(schedule, 999), "%", "0 before it begins", "0"},
                  {"at_1000_percent", "at step 1000", 100 * scheduled_sparsity(schedule, 1000), "%", "the schedule", "0.7 - 0.4 * 1"},
                  {"at_2000_percent", "at step 2000", 100 * scheduled_sparsity(schedule, 2000), "%", "the schedule", "0.7 - 0.4 * 0.75^3"},
                  {"at_3000_percent", "at step 3000", 100 * scheduled_sparsity(schedule, 3000), "%", "the schedule", "0.7 - 0.4 * 0.5^3"},
                  {"at_4000_percent", "at step 4000", 100 * scheduled_sparsity(schedule, 4000), "%", "the schedule", "0.7 - 0.4 * 0.25^3"},
                  {"at_5000_percent", "at step 5000", 100 * scheduled_sparsity(schedule, 5000), "%", "the schedule", "0.7"}},
                 "prune"});
  out.push_back({"E34", "6.5.1 listing", "The listing prunes 70 % of the weights.", Verdict::wrong,
                 text("As printed it stops: the callback UpdatePruningStep is missing, and strip_pruning before the file is written. Biases are not pruned, so ", percent(sparsity * mlp.weights / mlp.params()), " of the parameters would be zero."),
                 {{"overall_percent", "Zeros among all parameters", 100 * sparsity * mlp.weights / mlp.params(), "%", "0.7 * weights / (weights + biases)", "0.7 * 11968 / 12165"}}, "prune"});
}

void execution(std::vector<Claim>& out) {
  const Dot dot = example_dot();
  out.push_back({"E35", "6.9 step 4", "A layer's output is the product of input and weight, shifted right.", Verdict::wrong,
                 text("Zero points, the 32-bit sum with its bias, the multiplier, the output's zero point and saturation are missing. A shift alone is up to ", percent(std::numbers::sqrt2 - 1), " too large or ",
                      percent(1 - 1 / std::numbers::sqrt2), " too small. In an example of 128 products, ", brief(dot.real), " in floats and ", brief(dot.integers), " in integers, leaving out the input's zero point gives ",
                      brief(dot.without_zero_point), "."),
                 {{"gain_too_large_percent", "A power of two instead of the multiplier, too large by at most", 100 * (std::numbers::sqrt2 - 1), "%", "sqrt(2) - 1", "1.414 - 1"},
                  {"gain_too_small_percent", "too small by at most", 100 * (1 - 1 / std::numbers::sqrt2), "%", "1 - 1 / sqrt(2)", "1 - 0.707"},
                  {"dot_float", "128 products in floats", dot.real, "", "sum of x * w", "made data: x = max(0, 0.6 + 0.8 * normal), w even in -0.5 to 0.8"},
                  {"dot_int8", "in integers", dot.integers, "", "Sx * Sw * sum of (qx - Zx) * qw", "the same data"},
                  {"dot_without_zero_point", "without the zero point", dot.without_zero_point, "", "Sx * Sw * sum of qx * qw", "the same data"}},
                 "pipeline arithmetic=2"});
  const double halves = 32.0 / 16;
  out.push_back({"E36", "6.9", "SMLAD makes four INT8 products in one cycle.", Verdict::wrong,
                 text("It makes ", brief(halves), " products of 16 bits. Four int8 products take an unpacking (SXTB16) of each operand and two SMLAD. Measured on a Cortex-M4, whole networks take 1.7 to 4.8 cycles for each MAC: ",
                      brief(cortex_m4_cycles_per_mac_least * 4, 2), " to ", brief(cortex_m4_cycles_per_mac_most * 4, 2), " times the claim. Helium and SDOT do four and more."),
                 {{"macs_per_instruction", "MACs of one SMLAD", halves, "MACs", "32-bit register / 16-bit operands", "32 / 16"},
                  {"claim_cycles_per_mac", "Cycles for a MAC by the claim", 1.0 / 4, "cycles", "1 / 4", "1 / 4"},
                  {"measured_ratio_least", "Measured against the claim, at least", cortex_m4_cycles_per_mac_least / (1.0 / 4), "times", "measured / claim", "1.7 / 0.25 (MLPerf Tiny, STM32L4R5)"},
                  {"measured_ratio_most", "at most", cortex_m4_cycles_per_mac_most / (1.0 / 4), "times", "measured / claim", "4.8 / 0.25 (MLPerf Tiny, STM32L4R5)"}},
                 "simd"});
  out.push_back({"E37", "6.9; 6.11", "INT8 is 3 to 5 times as fast as FP32 on the same hardware.", Verdict::cannot_be_known,
                 "It depends on chip, library and layer. The 4.6 times of the CMSIS-NN paper (Lai et al. 2018) are against a plain int8 loop, not against floats; there are reports of INT8 being slower than floats.", {}, "simd"});
  const double own_clipped = grid_error(grid(Formula::right, -2.3, 4.7), -2.3, 4.7, Rounding::half_away).clipped_share;
  out.push_back({"E38", "6.9", "Accuracy is lost because values outside the calibrated range are clipped.", Verdict::imprecise,
                 "With the smallest and largest value as range nothing of the calibration data is clipped. The other half of the loss is rounding, and it grows with a range that one outlier has made wide.",
                 {{"clipped_percent", "Clipped of data with its own range", 100 * own_clipped, "%", "share outside the codes", "range -2.3 to 4.7, right zero point"}}, "calibrate"});
  out.push_back({"E39", "6.4.4", "Never calibrate with training data.", Verdict::wrong,
                 "TensorFlow's guide names training or validation data, 100 to 500 samples. What must stay out is the test data, for calibration and for choosing settings alike.", {}, "calibrate rows=2"});
  const double softmax_scale = 1.0 / 256;
  out.push_back({"E40", "6.9 step 5", "Temperature scaling belongs to dequantizing the output.", Verdict::imprecise,
                 "It is a calibration of probabilities and has nothing to do with it. TensorFlow Lite's int8 softmax always has the scale 1/256 and the zero point -128.",
                 {{"softmax_scale", "Scale of an int8 softmax", softmax_scale, "", "1 / 2^8", "1 / 256"}}, "pipeline layer=3"});
  out.push_back({"E41", "6.3", "The thresholds decide between edge and cloud.", Verdict::inconsistent,
                 "Between 100 ms and 1 s, and between 1 and 10 MB, they say nothing, and no rule leads to hybrid, which one scenario gets. The 94.1 % model of 680 KB is in neither tier of the trade-off, and 3.4 MB exceeds the chapter's own 1 MB.",
                 {{"latency_gap_ms", "Latencies without a rule", 1000.0 - 100, "ms", "1 s - 100 ms", "1000 - 100"}, {"size_gap_mb", "Sizes without a rule", 10.0 - 1, "MB", "10 MB - 1 MB", "10 - 1"}}, "decide deadline_ms=500"});
  out.push_back({"E42", "6.4.1", "INT4 is 8 times smaller, for very small MCUs such as Cortex-M4.", Verdict::imprecise,
                 text("With a 16-bit scale for every 32 weights it is ", brief(32 / (4 + 16.0 / 32)), " times. No Cortex-M has 4-bit instructions: weights are unpacked, RAM and time stay. And a Cortex-M4 is not very small."),
                 {{"ratio_groups_of_32", "A scale for every 32 weights", 32 / (4 + 16.0 / 32), "times", "32 / (4 + 16 / g)", "32 / 4.5"},
                  {"ratio_groups_of_128", "for every 128 weights", 32 / (4 + 16.0 / 128), "times", "32 / (4 + 16 / g)", "32 / 4.125"}},
                 "ladder"});
  out.push_back({"E43", "6.1", "TensorFlow Lite for microcontrollers needs as little as 16 KB.", Verdict::imprecise,
                 "That is the core of TensorFlow Lite Micro on a Cortex-M3 by its documentation. Kernels, the model and the arena come on top.", {}, "", "model=har&r=w8a8&side=memory"});
  out.push_back({"E44", "6.5.2", "A student reaches 95 %, without a teacher 90 %.", Verdict::cannot_be_known,
                 "Model, data, temperature, weighting, seeds and interval are not given. It has to be tried.", {}, "distill"});
  out.push_back({"E45", "6.4.1", "INT8 on devices of the ESP32 class.", Verdict::imprecise,
                 text("They differ: person detection takes 380 ms on ESP32 and 54 ms on ESP32-S3, which has vector instructions: ", brief(person_esp32_ms / person_esp32_s3_ms), " times."),
                 {{"esp32_to_s3", "ESP32 to ESP32-S3", person_esp32_ms / person_esp32_s3_ms, "times", "380 ms / 54 ms", "380 / 54 (esp-nn README)"},
                  {"esp32_to_p4", "ESP32 to ESP32-P4", person_esp32_ms / person_esp32_p4_ms, "times", "380 ms / 73 ms", "380 / 73 (esp-nn README)"}},
                 "simd core=3 clock_mhz=240"});
  out.push_back({"E46", "For kids", "8 crayons instead of 32 are like numbers 4 times smaller.", Verdict::wrong,
                 text("A crayon out of 32 takes 5 bits to name, out of 8 takes 3: ", brief(std::log2(32.0) / std::log2(8.0)), " times smaller. From 32 bits to 8 bits 256 values stay, not 8."),
                 {{"ratio", "32 crayons to 8", std::log2(32.0) / std::log2(8.0), "times", "log2(32) / log2(8)", "5 / 3"}, {"levels", "Values of 8 bits", std::exp2(8), "values", "2^8", "2^8"}}, "crayons"});
  out.push_back({"E47", "For kids", "200 KB do not fit into 512 KB, and three tricks make them 50 KB.", Verdict::inconsistent,
                 text("200 is less than 512. And 200 to 50 is ", brief(200.0 / 50), " times, which INT8 gives alone: pruning and distillation add nothing in the story."),
                 {{"ratio", "The three tricks together", 200.0 / 50, "times", "before / after", "200 / 50"}, {"left_kb", "Left of 512 KB", 512.0 - 200, "KB", "512 - 200", "512 - 200"}}, "ladder network=1"});
  out.push_back({"E48", "For kids", "The battery lasts for days because the model is small.", Verdict::inconsistent, "The gateway of this story is on mains power and has no battery.", {}, "battery"});
  out.push_back({"E49", "6.6.6", "Four times passed, latency with 66 times margin.", Verdict::cannot_be_known,
                 "The division is right, but no figure was measured on the target, which the chapter's own fourth pitfall asks for.",
                 {{"margin", "The margin as stated", 1000.0 / 15, "times", "target / achieved", "1000 ms / 15 ms"}}, "", "model=har&r=w8a8&side=boards"});
}

}  // namespace

std::vector<Claim> audit() {
  std::vector<Claim> out;
  quantization(out);
  sizes(out);
  building(out);
  rainforest(out);
  pruning(out);
  execution(out);
  return out;
}

std::vector<Claim> what_is_right() {
  const NumberLine line = grid(Formula::right, weight_low, weight_high);
  const double samples = 30.0 * 24 * 60, angle = 2 * std::numbers::pi * 23 / 24;
  std::vector<Claim> out;
  const auto add = [&](std::string section, std::string claim, std::vector<AuditValue> values, std::string lab = "") {
    out.push_back({text("R", out.size() + 1), std::move(section), std::move(claim), Verdict::right, "", std::move(values), std::move(lab)});
  };
  add("6.4 box", "The step for -0.5 to 0.8 is 0.0051, and rounding is off by at most 0.0026.",
      {{"scale", "Step", line.scale, "", "S = (max - min) / 255", "1.3 / 255"}, {"half_step", "Half a step", line.scale / 2, "", "S / 2", text(brief(line.scale, 4), " / 2")}}, "quantize formula=1");
  add("6.6.2", "A reading a minute for 30 days makes 43,200.", {{"samples", "Samples", samples, "", "30 * 24 * 60", "30 * 24 * 60"}});
  add("6.6.2", "70, 15 and 15 % of them are 30,240, 6,480 and 6,480.", {{"train", "Training", samples * 0.70, "", "70 %", "43200 * 0.70"}, {"validation", "Validation and test", samples * 0.15, "", "15 %", "43200 * 0.15"}});
  add("6.6.2", "They take about 2 MB as text.", {{"megabytes", "CSV", samples * 45 / 1e6, "MB", "rows * 45 B, assumed", "43200 * 45"}});
  add("6.7", "The lags carry 57 % of the importance.", {{"lag_share", "Share", 0.35 + 0.22, "", "0.35 + 0.22", "0.35 + 0.22"}});
  add("6.6.3", "23 h is -0.26 and 0.97 on the circle, close to 0 h.",
      {{"sine", "sin", std::sin(angle), "", "sin(2 pi 23 / 24)", "sin(345 degrees)"}, {"cosine", "cos", std::cos(angle), "", "cos(2 pi 23 / 24)", "cos(345 degrees)"}, {"chord", "Distance to 0 h", 2 * std::sin(std::numbers::pi / 24), "", "2 sin(pi / 24)", "2 sin(7.5 degrees)"}});
  add("6.6.6", "180 kWh of 1,200 are 15 %.", {{"saved_percent", "Saved", 100 * (kwh_baseline - kwh_predictive) / kwh_baseline, "%", "(before - after) / before", "180 / 1200"}}, "economics");
  add("6.6.6", "A floor saves $259 a year.", {{"saving", "Saving", saving_a_year(kwh_baseline - kwh_predictive, price_a_kwh), "$/year", "kWh * 12 * tariff", "180 * 12 * 0.12"}}, "economics");
  add("6.6.6", "24 to 18 cycles a day are 25 % fewer.", {{"fewer_percent", "Fewer", 100 * (24.0 - 18) / 24, "%", "(before - after) / before", "6 / 24"}});
  add("6.6.4", "50 to 15 ms is a bit more than 3 times.", {{"speed_up", "Faster", 50.0 / 15, "times", "before / after", "50 / 15"}});
  add("6.8", "Power and time give 12.6 and 2.72 mJ a prediction.", {{"int8_mj", "INT8", 45 * 0.280, "mJ", "P * t", "45 mW * 280 ms"}, {"small_mj", "Small network", 32 * 0.085, "mJ", "P * t", "32 mW * 85 ms"}}, "battery");
  add("6.8", "5 s in every 30 s make 2,880 windows a day.", {{"windows", "Windows", windows_a_day(period_s), "a day", "86400 / period", "86400 / 30"}}, "forest");
  add("6.8", "50 nodes of $25 cost $1,250, of $500 $25,000.", {{"small", "Nodes of $25", 25 * nodes, "$", "price * nodes", "25 * 50"}, {"large", "Nodes of $500", 500 * nodes, "$", "price * nodes", "500 * 50"}});
  add("6.8", "ResNet-18 has about 44 MB.", {{"mebibytes", "FP32 size", resnet_18_params * 4 / 1048576, "MiB", "parameters * 4 B", "11689512 * 4 / 2^20"}});
  return out;
}

bool has_claim(std::string_view id) {
  const auto named = [&](const Claim& claim) { return claim.id == id; };
  const std::vector<Claim> wrong = audit(), right = what_is_right();
  return std::any_of(wrong.begin(), wrong.end(), named) || std::any_of(right.begin(), right.end(), named);
}

}  // namespace edgewise::labs
