#include "core/mcu/rates.h"

#include <algorithm>
#include <array>

namespace edgewise::mcu {
namespace {

// ---- weights of the operators -----------------------------------------------------------------------------------------------------------------------------

/// Chosen over 216 MLPerf Tiny rows on Cortex-M. Pooling taps: 13.7 cycles on Cortex-M33 (MLTK, average pool 2x2), 47 on Cortex-M0+ (pico-tflmicro, 3x3),
/// 13 on ESP32-S3 with ESP-NN (3x3), each including its share of the output: about 3 pointwise MACs.
constexpr Weights vendor_kernels{.convolution = 1, .pointwise = 1, .depthwise = 3, .fully_connected = 1.5, .output = 16, .tap = 3};
/// The same, but a 3x3 convolution first copies its input (im2col) and a dense layer does not: ic needs 1.3 times what kws suggests, ad 0.8 times,
/// on STM32L4R5 and on EK-RA6M4.
constexpr Weights cmsis_nn_kernels{.convolution = 1.3, .pointwise = 1, .depthwise = 3, .fully_connected = 1.2, .output = 16, .tap = 3};
/// Cortex-M0+ has no SIMD, so a pointwise MAC is dearer and the rest less so. RP2040, person detection layer by layer (pico-tflmicro): pointwise
/// 8.9 cycles and 80 an output, depthwise 42 with its outputs.
constexpr Weights cmsis_nn_without_simd{.convolution = 1, .pointwise = 1, .depthwise = 3.7, .fully_connected = 1.5, .output = 9, .tap = 3};
/// VexRiscv, person detection layer by layer (CFU-Playground): pointwise 17.3 cycles and 186 an output, depthwise 49 with its outputs; dense against
/// convolution: 16 to 33 cycles (MLPerf Tiny v0.5, Peng Cheng Laboratory).
constexpr Weights plain_c_kernels{.convolution = 1, .pointwise = 1, .depthwise = 2.4, .fully_connected = 0.7, .output = 10, .tap = 2.4};
/// Float loops are bound by the multiply-add itself: on STM32H7A3 (MLPerf Tiny v1.2, Bosch) ad, ic and vww differ by 2 and not in the order of the above.
constexpr Weights float_kernels{.convolution = 1, .pointwise = 1, .depthwise = 1, .fully_connected = 1, .output = 2, .tap = 1};

// ---- bands ------------------------------------------------------------------------------------------------------------------------------------------------

struct Band {
  double low, high;
};
/// 5 and 95 percent of published / predicted over 123 MLPerf Tiny rows, the task itself left out of the fit: 0.82 and 1.28.
constexpr Band calibrated{0.80, 1.28};
/// The same with the board left out (32 rows, factors of core and library from other boards: 0.73 to 1.02, 90 % within a factor of 1.29).
constexpr Band same_core{0.70, 1.40};
/// The same with the library left out too (0.66 to 1.76).
constexpr Band transferred{0.60, 1.80};
/// Nothing comparable was measured: published factors between like boards reach 2 to 8.
constexpr Band unmeasured{0.40, 3.00};

// ---- integer kernels --------------------------------------------------------------------------------------------------------------------------------------

struct Row {
  std::string_view board;        ///< empty: any board of this core
  std::string_view core_class;
  std::string_view library;
  double cycles_per_unit;
  const Weights& weights;
  Basis basis;
  Band band;
  std::string_view source;
};

constexpr auto on_board = Basis::calibrated_on_board;
constexpr auto like_board = Basis::same_core_and_library;
constexpr auto by_core = Basis::core_only;
constexpr auto by_sheet = Basis::specification_only;

// The first row that matches is used. cycles_per_unit is the geometric mean over the tasks of clock * latency / weighted sum.
constexpr std::array integer_rows{
    Row{"stm32l4r5", "cortex-m4", "cmsis-nn", 4.74, cmsis_nn_kernels, on_board, {0.62, 1.28},
        "MLPerf Tiny v0.5 reference, 4 tasks, TFLM 2.3.1 with CMSIS-NN of 2020; the band reaches down to the kernels of 2022 (3.1)"},
    Row{"", "cortex-m4", "cmsis-nn", 3.1, cmsis_nn_kernels, like_board, {0.70, 1.65},
        "EK-RA6M4 (2022) over the Cortex-M33 factor 0.85; the band reaches up to STM32L4R5 with the kernels of 2020"},
    Row{"ra6m4", "cortex-m33", "cmsis-nn", 2.62, cmsis_nn_kernels, on_board, calibrated, "MLPerf Tiny v0.7, Renesas, 4 tasks"},
    Row{"rp2350", "cortex-m33", "cmsis-nn", 2.0, cmsis_nn_kernels, on_board, {0.65, 1.50}, "gnotu/pico2-benchmark, 5 tasks: kws for the cores, the others for the flash"},
    Row{"xg24", "cortex-m33", "cmsis-nn", 3.2, cmsis_nn_kernels, on_board, {0.70, 1.40}, "SiliconLabs/mltk profile_model, one network without the accelerator"},
    Row{"", "cortex-m33", "cmsis-nn", 2.62, cmsis_nn_kernels, like_board, {0.70, 1.45}, "EK-RA6M4; RP2350 needs 0.77 and xG24 1.22 of it"},
    Row{"stm32h743", "cortex-m7", "cmsis-nn", 1.75, cmsis_nn_kernels, on_board, {0.75, 1.35}, "EEESlab, MobileNetV1 0.25-160, 29 layers, CMSIS-NN of 2019"},
    Row{"", "cortex-m7", "cmsis-nn", 1.75, cmsis_nn_kernels, like_board, same_core, "STM32H743 (EEESlab, MobileNetV1 0.25-160)"},
    Row{"ra8d1", "cortex-m85", "cmsis-nn", 0.424, vendor_kernels, on_board, {0.65, 1.45}, "MLPerf Tiny v1.2, Renesas, 4 tasks (ad 1.42, ic 0.67 of the mean)"},
    Row{"", "cortex-m55", "cmsis-nn", 0.6, vendor_kernels, by_sheet, unmeasured, "EK-RA8D1 (Cortex-M85), taken 1.4 times slower a cycle: no Cortex-M55 device was published"},
    Row{"rp2040", "cortex-m0+", "cmsis-nn", 8.7, cmsis_nn_without_simd, on_board, {0.75, 1.35}, "pico-tflmicro, person detection, 31 layers on one core at an assumed 125 MHz"},
    Row{"", "cortex-m0+", "cmsis-nn", 8.7, cmsis_nn_without_simd, like_board, same_core, "RP2040 (pico-tflmicro, person detection)"},

    Row{"stm32l4r5", "cortex-m4", "x-cube-ai", 1.324, vendor_kernels, on_board, calibrated, "MLPerf Tiny v1.2 and v1.3, STMicroelectronics, ad, ic, kws"},
    Row{"stm32h7a3", "cortex-m7", "x-cube-ai", 0.774, vendor_kernels, on_board, calibrated, "MLPerf Tiny v1.2, STMicroelectronics, ad, ic, kws"},
    Row{"stm32u575", "cortex-m33", "x-cube-ai", 1.176, vendor_kernels, on_board, calibrated, "MLPerf Tiny v1.2 and v1.3, STMicroelectronics, ad, ic, kws"},
    Row{"", "cortex-m4", "x-cube-ai", 1.324, vendor_kernels, like_board, same_core, "STM32L4R5 (MLPerf Tiny v1.2 and v1.3)"},
    Row{"", "cortex-m7", "x-cube-ai", 0.774, vendor_kernels, like_board, same_core, "STM32H7A3 (MLPerf Tiny v1.2)"},
    Row{"", "cortex-m33", "x-cube-ai", 1.176, vendor_kernels, like_board, same_core, "STM32U575 (MLPerf Tiny v1.2 and v1.3)"},
    Row{"", "cortex-m0+", "x-cube-ai", 6.1, vendor_kernels, by_core, transferred, "STM32L4R5 times the Cortex-M0+ factor 4.6 of Bosch HALE"},

    Row{"stm32g0b1", "cortex-m0+", "hale", 7.49, vendor_kernels, on_board, calibrated, "MLPerf Tiny v1.1 and v1.2, Bosch, 4 tasks"},
    Row{"stm32l4r5", "cortex-m4", "hale", 1.62, vendor_kernels, on_board, calibrated, "MLPerf Tiny v1.1 and v1.2, Bosch, 4 tasks"},
    Row{"stm32h7a3", "cortex-m7", "hale", 0.923, vendor_kernels, on_board, calibrated, "MLPerf Tiny v1.1 and v1.2, Bosch, 4 tasks"},
    Row{"stm32u575", "cortex-m33", "hale", 1.41, vendor_kernels, on_board, calibrated, "MLPerf Tiny v1.1 and v1.2, Bosch, 4 tasks"},
    Row{"", "cortex-m0+", "hale", 7.49, vendor_kernels, like_board, same_core, "STM32G0B1 (MLPerf Tiny v1.1 and v1.2)"},
    Row{"", "cortex-m4", "hale", 1.62, vendor_kernels, like_board, same_core, "STM32L4R5 (MLPerf Tiny v1.1 and v1.2)"},
    Row{"", "cortex-m7", "hale", 0.923, vendor_kernels, like_board, same_core, "STM32H7A3 (MLPerf Tiny v1.1 and v1.2)"},
    Row{"", "cortex-m33", "hale", 1.41, vendor_kernels, like_board, same_core, "STM32U575 (MLPerf Tiny v1.1 and v1.2)"},

    Row{"stm32l4r5", "cortex-m4", "plumerai", 1.28, vendor_kernels, on_board, calibrated, "MLPerf Tiny v1.1, Plumerai 2023.05, ad, ic, kws"},
    Row{"stm32h7a3", "cortex-m7", "plumerai", 0.921, vendor_kernels, on_board, calibrated, "MLPerf Tiny v1.1, Plumerai 2023.05, ad, ic, kws"},
    Row{"stm32u575", "cortex-m33", "plumerai", 1.21, vendor_kernels, on_board, calibrated, "MLPerf Tiny v1.1, Plumerai 2023.05, ad, ic, kws"},
    Row{"", "cortex-m4", "plumerai", 1.28, vendor_kernels, like_board, same_core, "STM32L4R5 (MLPerf Tiny v1.1)"},
    Row{"", "cortex-m7", "plumerai", 0.921, vendor_kernels, like_board, same_core, "STM32H7A3 (MLPerf Tiny v1.1)"},
    Row{"", "cortex-m33", "plumerai", 1.21, vendor_kernels, like_board, same_core, "STM32U575 (MLPerf Tiny v1.1)"},

    Row{"stm32l4r5", "cortex-m4", "microtvm-cmsis-nn", 2.83, vendor_kernels, on_board, calibrated, "MLPerf Tiny v1.0, OctoML, 4 tasks"},
    Row{"", "cortex-m4", "microtvm-cmsis-nn", 2.83, vendor_kernels, like_board, same_core, "STM32L4R5 (MLPerf Tiny v1.0, OctoML)"},
    Row{"", "cortex-m33", "microtvm-cmsis-nn", 2.41, vendor_kernels, by_core, transferred, "STM32L4R5 times the Cortex-M33 factor 0.85"},
    Row{"", "cortex-m7", "microtvm-cmsis-nn", 1.65, vendor_kernels, by_core, transferred, "STM32L4R5 times the Cortex-M7 factor 0.58"},
    Row{"stm32l4r5", "cortex-m4", "microtvm", 3.44, vendor_kernels, on_board, calibrated, "MLPerf Tiny v1.0, OctoML, 4 tasks"},
    Row{"", "cortex-m4", "microtvm", 3.44, vendor_kernels, like_board, same_core, "STM32L4R5 (MLPerf Tiny v1.0, OctoML)"},
    Row{"", "cortex-m33", "microtvm", 2.93, vendor_kernels, by_core, transferred, "STM32L4R5 times the Cortex-M33 factor 0.85"},
    Row{"", "cortex-m7", "microtvm", 2.01, vendor_kernels, by_core, transferred, "STM32L4R5 times the Cortex-M7 factor 0.58"},
    Row{"stm32l4r5", "cortex-m4", "onnc", 2.38, vendor_kernels, on_board, calibrated, "MLPerf Tiny v1.1, Skymizer, ad, ic, kws"},
    Row{"", "cortex-m4", "onnc", 2.38, vendor_kernels, like_board, same_core, "STM32L4R5 (MLPerf Tiny v1.1, Skymizer)"},
    Row{"", "cortex-m33", "onnc", 2.03, vendor_kernels, by_core, transferred, "STM32L4R5 times the Cortex-M33 factor 0.85"},
    Row{"", "cortex-m7", "onnc", 1.39, vendor_kernels, by_core, transferred, "STM32L4R5 times the Cortex-M7 factor 0.58"},

    Row{"stm32h743", "cortex-m7", "tinyengine", 0.86, vendor_kernels, by_core, transferred, "mit-han-lab/tinyengine README: 0.49 of CMSIS-NN on this chip (clock not stated)"},
    Row{"", "cortex-m7", "tinyengine", 0.86, vendor_kernels, by_core, transferred, "STM32H743: 0.49 of CMSIS-NN (mit-han-lab/tinyengine README)"},
    Row{"", "cortex-m4", "tinyengine", 1.5, vendor_kernels, by_core, transferred, "0.49 of CMSIS-NN, as on STM32H743 (mit-han-lab/tinyengine README)"},
    Row{"", "cortex-m33", "tinyengine", 1.3, vendor_kernels, by_core, transferred, "0.49 of CMSIS-NN, as on STM32H743 (mit-han-lab/tinyengine README)"},

    Row{"xg24", "cortex-m33", "mvp", 0.732, vendor_kernels, on_board, {0.75, 1.45}, "MLPerf Tiny v1.0, Silicon Labs, 4 tasks"},

    Row{"esp32-s3", "xtensa-lx7-simd", "esp-nn", 1.01, vendor_kernels, on_board, {0.65, 1.60}, "espressif/esp-nn README: person detection 54 ms"},
    Row{"esp32", "xtensa-lx6", "esp-nn", 7.12, vendor_kernels, on_board, {0.65, 1.60}, "espressif/esp-nn README: person detection 380 ms"},
    Row{"esp32-c3", "riscv-scalar", "esp-nn", 5.32, vendor_kernels, on_board, {0.65, 1.60}, "espressif/esp-nn README: person detection 426 ms"},
    Row{"esp32-p4", "riscv-pie", "esp-nn", 2.05, vendor_kernels, on_board, {0.65, 1.60}, "espressif/esp-nn README: person detection 73 ms"},

    Row{"esp32-s3", "xtensa-lx7-simd", "tflm", 51.0, plain_c_kernels, on_board, {0.55, 1.60}, "espressif/esp-nn README: person detection 2,300 ms"},
    Row{"esp32", "xtensa-lx6", "tflm", 90.4, plain_c_kernels, on_board, {0.55, 1.60}, "espressif/esp-nn README: person detection 4,084 ms"},
    Row{"esp32-c3", "riscv-scalar", "tflm", 49.5, plain_c_kernels, on_board, {0.55, 1.60}, "espressif/esp-nn README: person detection 3,355 ms"},
    Row{"esp32-p4", "riscv-pie", "tflm", 46.3, plain_c_kernels, on_board, {0.55, 1.60}, "espressif/esp-nn README: person detection 1,395 ms"},
    Row{"stm32h743", "cortex-m7", "tflm", 22.0, plain_c_kernels, by_core, transferred, "mit-han-lab/tinyengine README: 10.7 times CMSIS-NN on this chip (clock not stated)"},
    Row{"", "cortex-m7", "tflm", 22.0, plain_c_kernels, by_core, transferred, "STM32H743: 10.7 times CMSIS-NN (mit-han-lab/tinyengine README)"},
    Row{"", "cortex-m4", "tflm", 38.0, plain_c_kernels, by_core, transferred, "STM32H743 over the Cortex-M7 factor 0.58"},
    Row{"", "cortex-m33", "tflm", 32.0, plain_c_kernels, by_core, transferred, "STM32H743 over the Cortex-M7 factor 0.58, times the Cortex-M33 factor 0.85"},
    Row{"", "cortex-m55", "tflm", 32.0, plain_c_kernels, by_sheet, unmeasured, "taken as Cortex-M33"},
    Row{"", "cortex-m85", "tflm", 22.0, plain_c_kernels, by_sheet, unmeasured, "taken as Cortex-M7"},
    Row{"", "cortex-m0+", "tflm", 60.0, plain_c_kernels, by_sheet, unmeasured, "between ESP32-C3 (49.5) and 3 times Cortex-M4, as TinyMaix' plain C differs between RP2040 and STM32F411"},
    Row{"", "xtensa-l106", "tflm", 90.4, plain_c_kernels, by_sheet, unmeasured, "taken as ESP32"},
    Row{"", "avr", "tflm", 250.0, plain_c_kernels, by_sheet, unmeasured, "TinyMaix on ATmega328P: 250 cycles a multiplication over one small network"},

    Row{"rpi4", "cortex-a", "ncnn", 0.19, vendor_kernels, on_board, {0.60, 1.80}, "Tencent/ncnn benchmark: MobileNetV1 int8 84.8 ms on one core at 1.8 GHz"},
    Row{"", "cortex-a", "ncnn", 0.19, vendor_kernels, by_core, transferred, "Raspberry Pi 4 (Tencent/ncnn benchmark)"},
    // Nothing measured: any other pair, such as generated code on Helium.
    Row{"", "", "", 1.0, vendor_kernels, by_sheet, unmeasured, "no measurement on this core: one cycle a multiplication"},
};

// ---- float kernels ----------------------------------------------------------------------------------------------------------------------------------------

struct FloatRow {
  std::string_view core_class, library;   ///< empty library: any
  double cycles_per_unit;
  Basis basis;
  Band band;
  std::string_view source;
};

constexpr std::array float_rows{
    FloatRow{"cortex-m7", "hale", 3.5, like_board, {0.60, 1.70}, "MLPerf Tiny v1.2, Bosch, STM32H7A3: ad 5.5, ic 2.8, vww 3.0 cycles a multiplication"},
    FloatRow{"cortex-m33", "x-cube-ai", 8.9, like_board, {0.60, 1.70}, "gnotu/pico2-benchmark: sww on STM32U575, 9.3 cycles a multiplication"},
    FloatRow{"cortex-m33", "", 9.0, by_core, {0.60, 1.80}, "gnotu/pico2-benchmark: sww on RP2350 from RAM, 9.4 cycles a multiplication"},
    FloatRow{"cortex-m4", "", 16.0, by_core, {0.50, 1.50}, "dense networks on nRF52840 (TinyML-Benchmark-NNs-on-MCUs): 16.0 cycles a multiplication"},
    FloatRow{"cortex-m7", "", 9.0, by_core, {0.55, 1.40}, "dense networks on STM32H743 (TinyML-Benchmark-NNs-on-MCUs): 9.0 cycles a multiplication, 6.3 on i.MX RT1062"},
    FloatRow{"cortex-m85", "", 6.0, by_sheet, unmeasured, "taken below Cortex-M7"},
    FloatRow{"cortex-m55", "", 9.0, by_sheet, unmeasured, "taken as Cortex-M33"},
    FloatRow{"xtensa-lx6", "", 15.4, by_core, {0.60, 1.60}, "dense networks on ESP32 (TinyML-Benchmark-NNs-on-MCUs): 15.4 cycles a multiplication"},
    FloatRow{"xtensa-lx7-simd", "", 15.4, by_sheet, transferred, "taken as ESP32"},
    FloatRow{"riscv-pie", "", 15.4, by_sheet, unmeasured, "taken as ESP32"},
    FloatRow{"cortex-m0+", "", 327.0, by_core, {0.70, 1.40}, "dense networks on RP2040 (TinyML-Benchmark-NNs-on-MCUs): 327 cycles a multiplication in software"},
    FloatRow{"cortex-a", "", 0.39, by_core, transferred, "Tencent/ncnn benchmark: MobileNetV1 124.3 ms on one core of a Raspberry Pi 4 at 1.8 GHz"},
    FloatRow{"", "", 327.0, by_sheet, unmeasured, "no floating-point unit: taken as RP2040"},
};

/// The interpreter's share of every node, from networks of up to 12 tiny float layers on 5 boards (TinyML-Benchmark-NNs-on-MCUs): 490 cycles on
/// STM32H743, 1,190 on ESP32, 960 on nRF52840, 3,655 on RP2040.
double node_cycles(const Board& board, const Library& library) {
  const bool interpreted = library.id == "tflm" || library.id == "cmsis-nn" || library.id == "esp-nn" || library.id == "mvp";
  if (!interpreted) return 0;
  if (!board.has_fpu) return 3655;
  if (board.core_class == "cortex-m7" || board.core_class == "cortex-m85") return 490;
  return board.core_class.starts_with("xtensa") ? 1190 : 960;
}

/// RP2350 with CMSIS-NN: ad 5.0, ic 4.7, sww 4.5, vww 3.5 MB/s over the bytes its large layers would read again (gnotu/pico2-benchmark).
double stream_rate(const Board& board) { return board.id == "rp2350" ? 4.4 : 0; }

}  // namespace

Rate integer_rate(const Board& board, const Library& library) {
  const auto matches = [&](const Row& row) {
    return (row.board.empty() || row.board == board.id) && (row.core_class.empty() || row.core_class == board.core_class) &&
           (row.library.empty() || row.library == library.id);
  };
  const Row& row = *std::find_if(integer_rows.begin(), integer_rows.end() - 1, matches);   // the last row takes what is left
  return {.cycles_per_unit = row.cycles_per_unit, .weights = row.weights, .cycles_per_node = node_cycles(board, library), .stream_mb_per_s = stream_rate(board),
          .basis = row.basis, .low = row.band.low, .high = row.band.high, .source = row.source};
}

Rate float_rate(const Board& board, const Library& library) {
  const auto matches = [&](const FloatRow& row) {
    return (row.core_class.empty() || row.core_class == board.core_class) && (row.library.empty() || row.library == library.id);
  };
  const FloatRow& row = *std::find_if(float_rows.begin(), float_rows.end() - 1, matches);
  return {.cycles_per_unit = row.cycles_per_unit, .weights = float_kernels, .cycles_per_node = node_cycles(board, library), .stream_mb_per_s = stream_rate(board),
          .basis = row.basis, .low = row.band.low, .high = row.band.high, .source = row.source};
}

}  // namespace edgewise::mcu
