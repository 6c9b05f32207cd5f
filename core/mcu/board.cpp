#include "core/mcu/board.h"

#include <array>
#include <cassert>

namespace edgewise::mcu {
namespace {

constexpr std::string_view armv7em = "Armv7E-M with DSP and single-precision FPU";
constexpr std::string_view armv8m = "Armv8-M Mainline with DSP and FPU";
constexpr std::string_view smlad = "DSP (SMLAD: two 16-bit products a cycle)";
constexpr std::string_view qspi_in_place = "external QSPI, executed in place";
constexpr std::string_view qspi_cached = "external QSPI, cached, executed in place";

constexpr std::string_view mlperf_system = "MLPerf Tiny system description";
constexpr std::string_view coral_sheet = "Coral Dev Board Micro datasheet, version 1.0";
constexpr std::string_view secondary = "secondary table, not a vendor document";
constexpr Figure unknown{};
constexpr Power no_power{};

// One row per board, one line per kind of figure: identity; core; clock, flash, RAM; how flash is reached; power, sleep, price; note.
// assets/boards/SOURCES.md lists the documents in full.
constexpr std::array all_boards{
    Board{.id = "stm32l4r5", .name = "NUCLEO-L4R5ZI", .chip = "STM32L4R5ZI", .core = "Cortex-M4F", .core_class = "cortex-m4", .isa = armv7em, .simd = smlad,
          .cores = 1, .has_fpu = true,
          .clock_mhz = {120, mlperf_system}, .flash_kib = {2048, mlperf_system}, .ram_kib = {640, mlperf_system},
          .flash_kind = "internal", .flash_access = "ART accelerator, no wait states while it hits (Zephyr, nucleo_l4r5zi)",
          .active_mw = {41.67, "MLPerf Tiny v1.2, STMicroelectronics, 120 MHz at 1.8 V, mean of 4 tasks (70 to 78 mW at 3 V, v1.1 Krai)", 38.73, 43.82},
          .sleep_ua = {0.13, "standby, Zephyr nucleo_l4r5zi"}, .price_usd = unknown,
          .note = "the reference board of MLPerf Tiny"},
    Board{.id = "stm32f446", .name = "NUCLEO-F446RE", .chip = "STM32F446RE", .core = "Cortex-M4F", .core_class = "cortex-m4", .isa = armv7em, .simd = smlad,
          .cores = 1, .has_fpu = true,
          .clock_mhz = {180, "Zephyr nucleo_f446re"}, .flash_kib = {512, "Zephyr nucleo_f446re"}, .ram_kib = {128, "Zephyr nucleo_f446re"},
          .flash_kind = "internal", .flash_access = "ART accelerator",
          .active_mw = no_power, .sleep_ua = unknown, .price_usd = unknown, .note = ""},
    Board{.id = "nrf52840", .name = "Arduino Nano 33 BLE", .chip = "nRF52840", .core = "Cortex-M4F", .core_class = "cortex-m4", .isa = armv7em, .simd = smlad,
          .cores = 1, .has_fpu = true,
          .clock_mhz = {64, "Zephyr nrf52840dk"}, .flash_kib = {1024, "Zephyr nrf52840dk"}, .ram_kib = {256, "Zephyr nrf52840dk"},
          .flash_kind = "internal", .flash_access = "",
          .active_mw = {9.9, "3.3 mA at 64 MHz, 3 V, DC/DC, CoreMark from flash; secondary table, not a vendor document", 9.9, 9.9},
          .sleep_ua = {1.5, "System ON, RAM retained, 3 V; secondary table, not a vendor document"}, .price_usd = {3.5, "chip in thousands; secondary table, not a vendor document"},
          .note = ""},
    Board{.id = "psoc62", .name = "CY8CPROTO-062-4343W", .chip = "PSoC 62", .core = "Cortex-M4F", .core_class = "cortex-m4", .isa = armv7em, .simd = smlad,
          .cores = 1, .has_fpu = true,
          .clock_mhz = {150, mlperf_system}, .flash_kib = {2048, mlperf_system}, .ram_kib = {1024, mlperf_system},
          .flash_kind = "internal", .flash_access = "needs more cycles than STM32L4R5 for the same code",
          .active_mw = no_power, .sleep_ua = unknown, .price_usd = unknown, .note = "has a Cortex-M0+ beside it"},
    Board{.id = "m467", .name = "NuMaker-M467HJ", .chip = "M467HJHAN", .core = "Cortex-M4F", .core_class = "cortex-m4", .isa = armv7em, .simd = smlad,
          .cores = 1, .has_fpu = true,
          .clock_mhz = {200, "MLPerf Tiny v1.1, Nuvoton system description"}, .flash_kib = {1024, "MLPerf Tiny v1.1, Nuvoton system description"},
          .ram_kib = {512, "MLPerf Tiny v1.1, Nuvoton system description"},
          .flash_kind = "internal", .flash_access = "", .active_mw = no_power, .sleep_ua = unknown, .price_usd = unknown, .note = ""},
    Board{.id = "spresense", .name = "Sony Spresense", .chip = "CXD5602", .core = "Cortex-M4F", .core_class = "cortex-m4", .isa = armv7em, .simd = smlad,
          .cores = 6, .has_fpu = true,
          .clock_mhz = {{}, "156 MHz is widely quoted; no document of its maker with the clock was at hand"}, .flash_kib = {8192, "Edge Impulse, deep dive on Spresense; board description"},
          .ram_kib = {1536, "Edge Impulse, deep dive on Spresense; board description"},
          .flash_kind = "external SPI, loaded to RAM", .flash_access = "",
          .active_mw = no_power, .sleep_ua = unknown, .price_usd = unknown,
          .note = "code shares the RAM; about 640 KiB are left to the application"},
    Board{.id = "stm32f746", .name = "STM32F746G-DISCO", .chip = "STM32F746NG", .core = "Cortex-M7", .core_class = "cortex-m7", .isa = armv7em,
          .simd = "DSP (SMLAD), dual issue", .cores = 1, .has_fpu = true,
          .clock_mhz = {216, mlperf_system}, .flash_kib = {1024, mlperf_system}, .ram_kib = {320, mlperf_system},
          .flash_kind = "internal", .flash_access = "", .active_mw = no_power, .sleep_ua = unknown, .price_usd = unknown,
          .note = "a model in its external SDRAM ran 3.8 times slower than from internal flash"},
    Board{.id = "stm32h743", .name = "NUCLEO-H743ZI", .chip = "STM32H743ZI", .core = "Cortex-M7", .core_class = "cortex-m7",
          .isa = "Armv7E-M with DSP and double-precision FPU", .simd = "DSP (SMLAD), dual issue", .cores = 1, .has_fpu = true,
          .clock_mhz = {480, "Zephyr nucleo_h743zi"}, .flash_kib = {2048, "Zephyr nucleo_h743zi"}, .ram_kib = {1024, "Zephyr nucleo_h743zi"},
          .flash_kind = "internal", .flash_access = "", .active_mw = no_power, .sleep_ua = {2, secondary}, .price_usd = {6, secondary},
          .note = "RAM is split into several banks; the largest contiguous one is 512 KiB (PlatformIO nucleo_h743zi)"},
    Board{.id = "stm32h7a3", .name = "NUCLEO-H7A3ZI-Q", .chip = "STM32H7A3ZI-Q", .core = "Cortex-M7", .core_class = "cortex-m7",
          .isa = "Armv7E-M with DSP and double-precision FPU", .simd = "DSP (SMLAD), dual issue", .cores = 1, .has_fpu = true,
          .clock_mhz = {280, mlperf_system}, .flash_kib = {2048, mlperf_system}, .ram_kib = {1434, "MLPerf Tiny system description (1.4 MB; another one says 1.19 MB)"},
          .flash_kind = "internal", .flash_access = "",
          .active_mw = {126.86, "MLPerf Tiny v1.2, STMicroelectronics, 280 MHz at 3 V with SMPS, mean of 4 tasks", 121.86, 135.63},
          .sleep_ua = unknown, .price_usd = unknown, .note = ""},
    Board{.id = "stm32u575", .name = "NUCLEO-U575ZI-Q", .chip = "STM32U575ZI-Q", .core = "Cortex-M33", .core_class = "cortex-m33", .isa = armv8m, .simd = smlad,
          .cores = 1, .has_fpu = true,
          .clock_mhz = {160, mlperf_system}, .flash_kib = {2048, mlperf_system}, .ram_kib = {768, mlperf_system},
          .flash_kind = "internal", .flash_access = "",
          .active_mw = {23.55, "MLPerf Tiny v1.3, STMicroelectronics, 160 MHz at 1.8 V with SMPS, mean of 4 tasks", 23.07, 24.24},
          .sleep_ua = {0.3, "standby, Zephyr nucleo_u575zi_q"}, .price_usd = unknown, .note = ""},
    Board{.id = "stm32u385", .name = "NUCLEO-U385RG-Q", .chip = "STM32U385RG-Q", .core = "Cortex-M33", .core_class = "cortex-m33", .isa = armv8m, .simd = smlad,
          .cores = 1, .has_fpu = true,
          .clock_mhz = {96, "MLPerf Tiny v1.3 system description"}, .flash_kib = {1024, "MLPerf Tiny v1.3 system description"},
          .ram_kib = {256, "MLPerf Tiny v1.3 system description"},
          .flash_kind = "internal", .flash_access = "",
          .active_mw = {5.39, "MLPerf Tiny v1.3, STMicroelectronics, 96 MHz at 1.8 V with SMPS, mean of 4 tasks", 5.09, 5.90},
          .sleep_ua = unknown, .price_usd = unknown, .note = ""},
    Board{.id = "nrf5340", .name = "nRF5340 DK", .chip = "nRF5340", .core = "Cortex-M33", .core_class = "cortex-m33", .isa = armv8m, .simd = smlad,
          .cores = 1, .has_fpu = true,
          .clock_mhz = {128, "MLPerf Tiny v1.0, OctoML system description"}, .flash_kib = {1024, "MLPerf Tiny v1.0, OctoML system description"},
          .ram_kib = {512, "MLPerf Tiny v1.0, OctoML system description"},
          .flash_kind = "internal", .flash_access = "instruction cache on flash (Nordic, current consumption page)",
          .active_mw = no_power, .sleep_ua = unknown, .price_usd = unknown, .note = ""},
    Board{.id = "ra6m4", .name = "EK-RA6M4", .chip = "R7FA6M4AF3CFB", .core = "Cortex-M33", .core_class = "cortex-m33", .isa = armv8m, .simd = smlad,
          .cores = 1, .has_fpu = true,
          .clock_mhz = {200, "MLPerf Tiny v0.7 system description"}, .flash_kib = {1024, "MLPerf Tiny v0.7 system description"},
          .ram_kib = {256, "MLPerf Tiny v0.7 system description"},
          .flash_kind = "internal", .flash_access = "",
          .active_mw = {72.93, "MLPerf Tiny v0.7, Renesas, 200 MHz at 3 V, mean of 4 tasks", 71.17, 74.74},
          .sleep_ua = unknown, .price_usd = unknown, .note = ""},
    Board{.id = "rp2350", .name = "Raspberry Pi Pico 2", .chip = "RP2350", .core = "Cortex-M33", .core_class = "cortex-m33", .isa = armv8m, .simd = smlad,
          .cores = 2, .has_fpu = true,
          .clock_mhz = {150, "raspithek.de, Raspberry Pi Pico 2"}, .flash_kib = {4096, "raspithek.de, Raspberry Pi Pico 2"}, .ram_kib = {520, "raspithek.de, Raspberry Pi Pico 2"},
          .flash_kind = qspi_in_place, .flash_access = "weights of a layer over 4 KiB stream at about 4.4 MB/s (fitted to gnotu/pico2-benchmark)",
          .active_mw = no_power, .sleep_ua = unknown, .price_usd = {5, "the Pico 2 board at launch, jeffgeerling.com 2024"},
          .note = "its two cores can also be RISC-V; estimates are for Cortex-M33"},
    Board{.id = "xg24", .name = "xG24-DK2601B", .chip = "EFR32MG24", .core = "Cortex-M33 with MVP accelerator", .core_class = "cortex-m33", .isa = armv8m,
          .simd = "DSP (SMLAD), and a matrix-vector accelerator", .cores = 1, .has_fpu = true,
          .clock_mhz = {78, "MLPerf Tiny v1.0, Silicon Labs system description"}, .flash_kib = {1536, "MLPerf Tiny v1.0, Silicon Labs system description"},
          .ram_kib = {256, "MLPerf Tiny v1.0, Silicon Labs system description"},
          .flash_kind = "internal", .flash_access = "",
          .active_mw = {10.05, "MLPerf Tiny v1.0, Silicon Labs, 78 MHz at 1.8 V, accelerator on, mean of 4 tasks", 8.72, 11.03},
          .sleep_ua = unknown, .price_usd = unknown, .note = ""},
    Board{.id = "ra8d1", .name = "EK-RA8D1", .chip = "R7FA8D1AHECBD", .core = "Cortex-M85", .core_class = "cortex-m85", .isa = "Armv8.1-M with Helium",
          .simd = "Helium (MVE), 128 bits", .cores = 1, .has_fpu = true,
          .clock_mhz = {480, "MLPerf Tiny v1.2 system description"}, .flash_kib = {2048, "MLPerf Tiny v1.2 system description"},
          .ram_kib = {1024, "MLPerf Tiny v1.2 system description"},
          .flash_kind = "internal", .flash_access = "", .active_mw = no_power, .sleep_ua = unknown, .price_usd = unknown, .note = ""},
    Board{.id = "himax-we2", .name = "Grove Vision AI V2", .chip = "Himax HX6538", .core = "Cortex-M55 with Ethos-U55", .core_class = "cortex-m55",
          .isa = "Armv8.1-M with Helium", .simd = "Helium (MVE), 128 bits; and an Ethos-U55", .cores = 2, .has_fpu = true,
          .clock_mhz = {400, "product description"}, .flash_kib = {16384, "product description"}, .ram_kib = unknown,
          .flash_kind = "external", .flash_access = "",
          .active_mw = {350, "the board; secondary table, not a vendor document", 350, 350}, .sleep_ua = unknown, .price_usd = unknown,
          .note = "estimates are for one Cortex-M55; its Ethos-U55 would be 7 to 125 times faster (arXiv 2509.17533) where an operator runs on it"},
    Board{.id = "rp2040", .name = "Raspberry Pi Pico", .chip = "RP2040", .core = "Cortex-M0+", .core_class = "cortex-m0+", .isa = "Armv6-M", .simd = "none",
          .cores = 2, .has_fpu = false,
          .clock_mhz = {133, "PlatformIO raspberrypi/pico"}, .flash_kib = {2048, "PlatformIO raspberrypi/pico"}, .ram_kib = {264, "PlatformIO raspberrypi/pico"},
          .flash_kind = qspi_in_place, .flash_access = "",
          .active_mw = no_power, .sleep_ua = {800, "deep sleep; secondary table, not a vendor document"}, .price_usd = {1, "chip; secondary table, not a vendor document"},
          .note = "TensorFlow Lite Micro on both cores ran 1.4 times faster (pico-tflmicro); estimates use one"},
    Board{.id = "stm32g0b1", .name = "NUCLEO-G0B1RE", .chip = "STM32G0B1RE", .core = "Cortex-M0+", .core_class = "cortex-m0+", .isa = "Armv6-M", .simd = "none",
          .cores = 1, .has_fpu = false,
          .clock_mhz = {64, "MLPerf Tiny v1.2, Bosch system description"}, .flash_kib = {512, "MLPerf Tiny v1.2, Bosch system description"},
          .ram_kib = {144, "MLPerf Tiny v1.2, Bosch system description"},
          .flash_kind = "internal", .flash_access = "", .active_mw = no_power, .sleep_ua = unknown, .price_usd = unknown, .note = ""},
    Board{.id = "esp32", .name = "ESP32 DevKit", .chip = "ESP32", .core = "Xtensa LX6", .core_class = "xtensa-lx6", .isa = "Xtensa LX6 with FPU", .simd = "none",
          .cores = 2, .has_fpu = true,
          .clock_mhz = {240, "PlatformIO esp32dev"}, .flash_kib = {4096, "PlatformIO esp32dev"}, .ram_kib = {520, "ESP32 datasheet"},
          .flash_kind = qspi_cached, .flash_access = "",
          .active_mw = {162, "ESP32 datasheet: modem sleep, both cores at 240 MHz, 30 to 68 mA, the middle of it at 3.3 V", 99, 224},
          .sleep_ua = {10, "deep sleep, ESP32 datasheet"}, .price_usd = {2, "module in thousands; secondary table, not a vendor document"},
          .note = "about 320 KiB of the RAM can hold data"},
    Board{.id = "esp32-s3", .name = "ESP32-S3-DevKitC", .chip = "ESP32-S3", .core = "Xtensa LX7 with PIE", .core_class = "xtensa-lx7-simd",
          .isa = "Xtensa LX7 with FPU and 128-bit PIE", .simd = "PIE, 128 bits", .cores = 2, .has_fpu = true,
          .clock_mhz = {240, "PlatformIO esp32-s3-devkitc-1"}, .flash_kib = {8192, "PlatformIO esp32-s3-devkitc-1"}, .ram_kib = {512, "ESP32-S3 module datasheet"},
          .flash_kind = qspi_cached, .flash_access = "64 KiB data cache in the ESP-NN measurements",
          .active_mw = {238.9, "ESP32-S3 module datasheet: 240 MHz, one core on 128-bit PIE, 72.4 mA at 3.3 V (51.2 mA on 32-bit code, 91.7 mA both cores)", 169, 303},
          .sleep_ua = {7.5, "deep sleep, ESP32-S3 module datasheet"}, .price_usd = {2.5, secondary}, .note = ""},
    Board{.id = "esp32-c3", .name = "ESP32-C3-DevKitM", .chip = "ESP32-C3", .core = "RISC-V RV32IMC", .core_class = "riscv-scalar", .isa = "RV32IMC", .simd = "none",
          .cores = 1, .has_fpu = false,
          .clock_mhz = {160, "PlatformIO esp32-c3-devkitm-1"}, .flash_kib = {4096, "PlatformIO esp32-c3-devkitm-1"}, .ram_kib = {400, "PlatformIO esp32-c3-devkitm-1"},
          .flash_kind = qspi_cached, .flash_access = "",
          .active_mw = {82, "20 to 30 mA at 3.3 V; secondary table, not a vendor document", 66, 99}, .sleep_ua = unknown, .price_usd = unknown, .note = ""},
    Board{.id = "esp32-p4", .name = "ESP32-P4", .chip = "ESP32-P4", .core = "RISC-V with PIE", .core_class = "riscv-pie", .isa = "RV32 with FPU and 128-bit PIE",
          .simd = "PIE, 128 bits", .cores = 2, .has_fpu = true,
          .clock_mhz = {360, "espressif/esp-nn README: the clock of its measurements (the chip is rated 400 MHz)"},
          .flash_kib = {16384, "the most it can address, Zephyr ESP32-P4 features"}, .ram_kib = {768, "HP L2MEM, espressif.com product table"},
          .flash_kind = "external", .flash_access = "128 KiB L2 cache in the ESP-NN measurements, taken from the same RAM",
          .active_mw = no_power, .sleep_ua = unknown, .price_usd = unknown, .note = ""},
    Board{.id = "esp8266", .name = "NodeMCU v2", .chip = "ESP8266", .core = "Xtensa L106", .core_class = "xtensa-l106", .isa = "Xtensa, no FPU", .simd = "none",
          .cores = 1, .has_fpu = false,
          .clock_mhz = {80, "PlatformIO nodemcuv2"}, .flash_kib = {4096, "PlatformIO nodemcuv2"}, .ram_kib = {80, "PlatformIO nodemcuv2"},
          .flash_kind = "external", .flash_access = "", .active_mw = no_power, .sleep_ua = unknown, .price_usd = unknown,
          .note = "nobody published a neural network's timing on it"},
    Board{.id = "atmega328p", .name = "Arduino Uno", .chip = "ATmega328P", .core = "AVR", .core_class = "avr", .isa = "AVR, 8 bits, 8x8 product in 2 cycles",
          .simd = "none", .cores = 1, .has_fpu = false,
          .clock_mhz = {16, "PlatformIO uno"}, .flash_kib = {32, "ATmega328P datasheet (31.5 KiB beside the boot loader)"}, .ram_kib = {2, "ATmega328P datasheet"},
          .flash_kind = "internal", .flash_access = "",
          .active_mw = {{}, "only 0.2 mA at 1 MHz and 1.8 V is published, not the power at 16 MHz"}, .sleep_ua = {0.1, "power-down at 1.8 V, ATmega328P datasheet"},
          .price_usd = unknown, .note = "TensorFlow Lite Micro needs a 32-bit core; TinyMaix ran a reduced digit model in 50 ms"},
    Board{.id = "coral-micro", .name = "Coral Dev Board Micro", .chip = "i.MX RT1176", .core = "Cortex-M7", .core_class = "cortex-m7",
          .isa = "Armv7E-M with DSP and double-precision FPU", .simd = "DSP (SMLAD), dual issue; and an Edge TPU", .cores = 1, .has_fpu = true,
          .clock_mhz = {800, coral_sheet}, .flash_kib = {131072, coral_sheet}, .ram_kib = {65536, coral_sheet},
          .flash_kind = "NAND, read into RAM at the start", .flash_access = "RAM is SDRAM outside the chip",
          .active_mw = {{}, "only what its supply must give is published, 5 V at 2 A"}, .sleep_ua = unknown, .price_usd = unknown,
          .note = "times are of its Cortex-M7 from memory on the chip; its Edge TPU is not modelled: one like it takes 2.4 ms for MobileNet v1 (coral.ai benchmarks)"},
    Board{.id = "rpi4", .name = "Raspberry Pi 4B", .chip = "BCM2711", .core = "Cortex-A72", .core_class = "cortex-a", .isa = "Armv8-A", .simd = "NEON, 128 bits",
          .cores = 4, .has_fpu = true,
          .clock_mhz = {1500, "MLPerf Tiny v0.5, Latent AI system description (1800 in newer firmware)"}, .flash_kib = unknown,
          .ram_kib = {4194304, "the 4 GB model, MLPerf Tiny v0.5, Latent AI system description"},
          .flash_kind = "SD card, as large as you like", .flash_access = "32 KiB data and 48 KiB instruction cache, 1 MiB second level",
          .active_mw = no_power, .sleep_ua = unknown, .price_usd = unknown, .note = "a computer with Linux, for comparison"},
    Board{.id = "jetson-nano", .name = "Jetson Nano", .chip = "Tegra X1", .core = "Cortex-A57", .core_class = "cortex-a", .isa = "Armv8-A", .simd = "NEON, 128 bits; and a GPU",
          .cores = 4, .has_fpu = true,
          .clock_mhz = {{}, "no vendor document with the clock was at hand"}, .flash_kib = unknown, .ram_kib = {4194304, "4 GB LPDDR4, module description"},
          .flash_kind = "SD card, as large as you like", .flash_access = "",
          .active_mw = {{}, "only a design limit of 10 W is published, not a measurement"}, .sleep_ua = unknown, .price_usd = unknown,
          .note = "a computer with Linux, for comparison; its GPU is not modelled"},
};

constexpr std::array all_libraries{
    Library{"tflm", "TensorFlow Lite Micro, plain C kernels", "mit-han-lab/tinyengine README (STM32H743); espressif/esp-nn README; MLPerf Tiny v0.5, Peng Cheng Laboratory",
            "written to be read, not to be fast"},
    Library{"cmsis-nn", "TensorFlow Lite Micro with CMSIS-NN", "MLPerf Tiny v0.5 reference, v0.7 and v1.2 Renesas; EEESlab MobileNetV1 on STM32H743; pico-tflmicro",
            "the figures span versions of 2019 to 2024", "TFLM + CMSIS-NN"},
    Library{"esp-nn", "TensorFlow Lite Micro with ESP-NN", "espressif/esp-nn README: person detection on ESP32, S3, C3 and P4", ""},
    Library{"x-cube-ai", "X-CUBE-AI (ST Edge AI)", "MLPerf Tiny v1.2 and v1.3, STMicroelectronics",
            "versions 9.0 and 10.2; drops output channels that are all zero, which this model does not count", "10.2"},
    Library{"tinyengine", "TinyEngine (MCUNet)", "mit-han-lab/tinyengine README (STM32H743)", "", "0363956"},
    Library{"plumerai", "Plumerai inference engine", "MLPerf Tiny v1.1, Plumerai 2023.05", "drops output channels that are all zero, which this model does not count", "2023.05"},
    Library{"hale", "Bosch HALE", "MLPerf Tiny v1.1 and v1.2, Bosch", "", "HALE 1.0.175"},
    Library{"microtvm-cmsis-nn", "microTVM with CMSIS-NN", "MLPerf Tiny v1.0, OctoML", "", "TVM e3a6cb6a"},
    Library{"microtvm", "microTVM, generated kernels", "MLPerf Tiny v1.0, OctoML", "", "TVM e3a6cb6a"},
    Library{"onnc", "ONNC with CMSIS-NN", "MLPerf Tiny v1.1, Skymizer", "drops output channels that are all zero, which this model does not count", "ONNC on CMSIS_5 b966796"},
    Library{"mvp", "TensorFlow Lite Micro with the MVP accelerator", "MLPerf Tiny v1.0, Silicon Labs (Gecko SDK 4.1.1)", "",
            "TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1"},
    Library{"ncnn", "ncnn", "Tencent/ncnn benchmark README: MobileNet on Raspberry Pi 4, one thread", ""},
};

bool is_cortex_m(std::string_view core_class) { return core_class.starts_with("cortex-m"); }
bool has_arm_dsp(std::string_view core_class) { return is_cortex_m(core_class) && core_class != "cortex-m0+"; }

}  // namespace

std::span<const Board> boards() { return all_boards; }
std::span<const Library> libraries() { return all_libraries; }

ChipName chip_named(std::string_view soc) {
  if (soc.starts_with("RaspberryPi ")) soc.remove_prefix(12);
  if (soc.starts_with("ESP32S3")) return {"ESP32-S3", ""};
  if (soc.find("PSoC 6") != std::string_view::npos || soc.starts_with("CY8C62")) return {"PSoC 62", ""};
  if (soc.starts_with("STM32") && soc.size() >= 9) return {soc.substr(0, 9), soc.substr(0, 7)};
  return {soc, ""};
}

bool runs_without_waits(std::string_view chip, std::string_view board) {
  // Artery and GigaDevice, and WCH's CH32V2 and V3, keep the first 64 to 512 KiB of flash in RAM; Teensy 4 links code to ITCM and data to DTCM (SOURCES.md).
  for (const std::string_view starts : {"AT32F4", "GD32F", "CH32V2", "CH32V3"})
    if (chip.starts_with(starts)) return true;
  return board.starts_with("Teensy 4");
}

const Board* find_board(std::string_view id) {
  for (const Board& board : all_boards)
    if (board.id == id) return &board;
  return nullptr;
}

const Library* find_library(std::string_view id) {
  for (const Library& library : all_libraries)
    if (library.id == id) return &library;
  return nullptr;
}

bool runs_on(const Library& library, const Board& board) {
  const std::string_view id = library.id;
  if (id == "tflm") return board.core_class != "cortex-a";   // there people run TensorFlow Lite itself; nobody times the reference kernels
  if (id == "cmsis-nn") return is_cortex_m(board.core_class);
  if (id == "esp-nn") return board.id.starts_with("esp32");
  if (id == "x-cube-ai") return board.id.starts_with("stm32");
  if (id == "hale") return is_cortex_m(board.core_class);
  if (id == "tinyengine" || id == "plumerai" || id.starts_with("microtvm") || id == "onnc") return has_arm_dsp(board.core_class);
  if (id == "mvp") return board.id == "xg24";
  return id == "ncnn" && board.core_class == "cortex-a";
}

const Library& default_library(const Board& board) {
  std::string_view id = "tflm";
  if (is_cortex_m(board.core_class)) id = "cmsis-nn";
  if (board.id.starts_with("esp32")) id = "esp-nn";
  if (board.core_class == "cortex-a") id = "ncnn";
  const Library* library = find_library(id);
  assert(library != nullptr);
  return *library;
}

}  // namespace edgewise::mcu
