#include "core/labs/simd.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "core/labs/words.h"

namespace edgewise::labs {

namespace {

// Cycles of single instructions: ARM's technical reference manuals of Cortex-M0+ and Cortex-M4 (a load takes 2, one behind another load 1); on Cortex-M85 a
// 128-bit instruction takes 2 (two beats of 64 bits each); on ESP32-S3 1. Stalls, the loop and reuse over several outputs are not in them.
constexpr std::array plain_tape = {Step{"LDRSB r2, [r0]", "one input, 8 to 32 bits", 2}, Step{"LDRSB r3, [r1]", "one weight, 8 to 32 bits", 2}, Step{"MULS r2, r3", "one product", 1}, Step{"ADDS r4, r2", "added to the sum", 1}};
constexpr std::array smlad_tape = {Step{"LDR r2, [weights]", "four weights", 2},        Step{"SXTB16 r3, r2", "weights 0 and 2, 8 to 16 bits", 1}, Step{"SXTB16 r2, r2, ROR 8", "weights 1 and 3, 8 to 16 bits", 1},
                                   Step{"LDR r4, [inputs]", "two inputs, 16 bits by im2col", 2}, Step{"LDR r5, [inputs]", "two more", 1},                 Step{"SMLAD r6, r3, r4, r6", "two products, added", 1},
                                   Step{"SMLAD r6, r2, r5, r6", "two products, added", 1}};
constexpr std::array helium_tape = {Step{"VLDRB.S8 q0, [inputs]", "16 inputs", 2}, Step{"VLDRB.S8 q1, [weights]", "16 weights", 2}, Step{"VMLADAVA.S8 r4, q0, q1", "16 products, added", 2}};
constexpr std::array s3_tape = {Step{"EE.VLD.128.IP q0, inputs", "16 inputs", 1}, Step{"EE.VMULAS.S8.ACCX.LD.IP", "16 products, added, and the next 16 weights", 1}};

constexpr std::string_view mlperf = "MLPerf Tiny, all published int8 results of the core: assets/boards/measurements.json";
constexpr std::array cores = {
    Core{"no SIMD (Cortex-M0+)", "cortex-m0+", 1, plain_tape, 7.79, 11.43, 16.37, mlperf},
    Core{"SMLAD (Cortex-M4)", "cortex-m4", 4, smlad_tape, 1.42, 3.34, 9.62, mlperf},
    Core{"Helium (Cortex-M85)", "cortex-m85", 16, helium_tape, 0.33, 0.86, 0.96, mlperf},
    Core{"ESP32-S3 vectors", "", 16, s3_tape, 0.81, 1.86, 5.0, "esp-nn README: 1x1 64 to 64 0.81, FC 1.33, 1x1 16 to 16 2.38, depthwise 3x3 5.0 cycles for a MAC; median of the four"},
};
constexpr auto core_names = [] {
  std::array<std::string_view, cores.size()> names;
  for (std::size_t i = 0; i < cores.size(); ++i) names[i] = cores[i].name;
  return names;
}();

enum At { core_at, macs_at, clock_at };

constexpr std::array fields = {
    Field{.key = "core", .label = "Core", .unit = "", .lowest = 0, .highest = static_cast<double>(cores.size() - 1), .initial = 1, .step = 1, .choices = core_names, .why = "The chapter speaks of SMLAD, which Cortex-M4, M7 and M33 have."},
    Field{.key = "mmacs", .label = "Network", .unit = "million MACs", .lowest = 0.001, .highest = 1000, .initial = 2.657, .is_logarithmic = true, .why = "MLPerf Tiny's keyword spotting has 2.657 million; the chapter's classifier 0.012."},
    Field{.key = "clock_mhz", .label = "Clock", .unit = "MHz", .lowest = 16, .highest = 1000, .initial = 120, .step = 1, .is_logarithmic = true, .why = "STM32L4R5: 120 MHz."},
};

constexpr std::array presets = {
    Preset{"four products a cycle with SMLAD", ""},
    Preset{"without SIMD", "core=0"},
    Preset{"Helium", "core=2"},
    Preset{"ESP32-S3", "core=3 clock_mhz=240"},
    Preset{"MobileNetV2 on one core of Spresense", "mmacs=300 clock_mhz=156"},
};

constexpr double claimed_cycles_per_mac = 1.0 / 4;   // the chapter: four products in a cycle

Outcome evaluate(std::span<const double> v) {
  const Core& core = cores[static_cast<std::size_t>(v[core_at])];
  const double tape = core.tape_cycles_per_mac(), count = v[macs_at] * 1e6, hz = v[clock_at] * 1e6;
  const auto in_ms = [&](double cycles_per_mac) { return count * cycles_per_mac / hz * 1e3; };
  const bool is_claim_core = core.tape.data() == smlad_tape.data();
  Outcome out;
  out.tone = core.measured_median > 2 * claimed_cycles_per_mac ? Tone::bad : Tone::good;
  out.sentence = text("On the tape ", core.name, " needs ", brief(tape), " cycles for a MAC; whole networks took ", brief(core.measured_least), " to ", brief(core.measured_most), ", in the middle ", brief(core.measured_median), ". ");
  out.sentence += is_claim_core ? text("SMLAD makes two products of 16 bits, not four of 8: against the chapter's four in a cycle that is ", brief(core.measured_median / claimed_cycles_per_mac), " times slower.")
                                : text("Four products in a cycle would be 0.25: it is ", brief(core.measured_median / claimed_cycles_per_mac), " times that.");
  out.sentence += text(" ", brief(v[macs_at]), " million MACs at ", brief(v[clock_at]), " MHz take ", brief(in_ms(core.measured_least)), " to ", brief(in_ms(core.measured_most)), " ms.");
  out.figures.push_back({.key = "measured_cycles_per_mac", .label = "Measured, whole networks", .unit = "cycles a MAC", .value = core.measured_median, .low = core.measured_least, .high = core.measured_most, .formula = "latency * clock / MACs",
                         .numbers = text("least ", brief(core.measured_least), ", median ", brief(core.measured_median), ", most ", brief(core.measured_most)), .source = std::string(core.measured_source), .tone = out.tone, .decimals = 2});
  out.figures.push_back({.key = "tape_cycles_per_mac", .label = "On the tape", .unit = "cycles a MAC", .value = tape, .formula = "cycles of all instructions / MACs", .numbers = text(brief(tape * core.macs), " / ", brief(core.macs)),
                         .source = "technical reference manuals; without stalls, loop and reuse", .decimals = 3});
  out.figures.push_back({.key = "claimed_cycles_per_mac", .label = "By the chapter", .unit = "cycles a MAC", .value = claimed_cycles_per_mac, .formula = "1 cycle / 4 MACs", .numbers = "1 / 4", .source = "the chapter, for SMLAD and SMUAD", .decimals = 2});
  out.figures.push_back({.key = "measured_to_claimed", .label = "Measured to claimed", .unit = "times", .value = core.measured_median / claimed_cycles_per_mac, .formula = "measured / claimed", .numbers = text(brief(core.measured_median), " / 0.25"),
                         .source = "both above", .decimals = 1});
  out.figures.push_back({.key = "latency_ms", .label = "One answer", .unit = "ms", .value = in_ms(core.measured_median), .low = in_ms(core.measured_least), .high = in_ms(core.measured_most), .formula = "MACs * cycles a MAC / clock",
                         .numbers = text(brief(v[macs_at]), " million * ", brief(core.measured_median), " / ", brief(v[clock_at]), " MHz"), .source = "an estimate from MACs alone; boards and layers differ: see the cost panel", .decimals = 2});
  if (core.name == cores.back().name)
    out.figures.push_back({.key = "esp32_to_s3", .label = "Person detection, ESP32 to ESP32-S3", .unit = "times", .value = 380.0 / 54, .formula = "time without vectors / time with them", .numbers = "380 ms / 54 ms; ESP32-P4: 73 ms", .source = "esp-nn README: one network, 240 MHz", .decimals = 2});
  Picture picture{.title = "Cycles for a MAC", .x_label = "core", .y_label = "cycles, on a scale of decades", .curves = {}, .marks = {}, .is_y_logarithmic = true};
  Curve on_tape{.label = "on the tape", .x = {}, .y = {}, .stroke = Stroke::bars}, median{.label = "measured, median", .x = {}, .y = {}, .stroke = Stroke::points, .tone = Tone::warning}, ends{.label = "measured, least and most", .x = {}, .y = {}, .stroke = Stroke::points};
  Curve claim{.label = "the chapter", .x = {0.5, static_cast<double>(cores.size()) + 0.5}, .y = {claimed_cycles_per_mac, claimed_cycles_per_mac}, .tone = Tone::bad};
  Table all{.title = "Cores", .header = {"", "core", "MACs a pass", "cycles a MAC, tape", "measured", "median"}, .rows = {}};
  for (std::size_t i = 0; i < cores.size(); ++i) {
    const Core& each = cores[i];
    const double x = static_cast<double>(i + 1);
    picture.x_names.emplace_back(each.name);
    on_tape.x.push_back(x);
    on_tape.y.push_back(each.tape_cycles_per_mac());
    median.x.push_back(x);
    median.y.push_back(each.measured_median);
    for (const double end : {each.measured_least, each.measured_most}) {
      ends.x.push_back(x);
      ends.y.push_back(end);
    }
    all.rows.push_back({text(i + 1), std::string(each.name), brief(each.macs), brief(each.tape_cycles_per_mac()), text(brief(each.measured_least), " to ", brief(each.measured_most)), brief(each.measured_median)});
  }
  picture.curves = {std::move(on_tape), std::move(median), std::move(ends), std::move(claim)};
  picture.marks.push_back({.label = std::string(core.name), .x = v[core_at] + 1});
  out.pictures.push_back(std::move(picture));
  Table tape_table{.title = text("The tape of ", core.name, ": ", brief(core.macs), core.macs == 1 ? " product" : " products"), .header = {"instruction", "what it does", "cycles"}, .rows = {}};
  for (const Step& step : core.tape) tape_table.rows.push_back({std::string(step.instruction), std::string(step.does), brief(step.cycles)});
  out.tables = {std::move(tape_table), std::move(all)};
  return out;
}

}  // namespace

double Core::tape_cycles_per_mac() const {
  double cycles = 0;
  for (const Step& step : tape) cycles += step.cycles;
  return cycles / macs;
}

std::span<const Core> simd_cores() { return cores; }

Lab simd_lab() {
  return {.name = "simd", .title = "Products in a cycle", .question = "How many cycles does an int8 product take, by the instructions and by the clock?", .fields = fields, .presets = presets, .evaluate = evaluate,
          .sources = "Tapes: the inner loops of TensorFlow Lite Micro's reference kernels, CMSIS-NN (weights unpacked by SXTB16, inputs widened before) and ESP-NN, with cycles by ARM's technical reference manuals; Cortex-M85: 2 cycles for a 128-bit "
                     "instruction; ESP32-S3: 1, assumed. Measured: MLPerf Tiny results and the esp-nn README. Blocking over several outputs loads less often than the tape, so a measurement can be below it."};
}

}  // namespace edgewise::labs
