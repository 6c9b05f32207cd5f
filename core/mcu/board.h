// A microcontroller as numbers, each with its source; and the kernel libraries that run on it.
//
// Nothing here is computed or guessed: a figure nobody published stays absent, and what depends on it says so.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace edgewise::mcu {

/// A figure that was read somewhere. Absent values are not guessed; `source` then says why, or is empty.
struct Figure {
  std::optional<double> value;
  std::string_view source;
};

/// Power of the whole chip or board while it computes, in milliwatts, at the supply its source names. low and high: the range that source reports.
struct Power {
  std::optional<double> value;
  std::string_view source;
  double low = 0, high = 0;
};

struct Board {
  std::string_view id;           ///< "stm32l4r5"
  std::string_view name;         ///< "NUCLEO-L4R5ZI"
  std::string_view chip;         ///< "STM32L4R5ZI"
  std::string_view core;         ///< "Cortex-M4F"
  std::string_view core_class;   ///< "cortex-m4": the key of the cost model
  std::string_view isa;          ///< "Armv7E-M with DSP and FPU"
  std::string_view simd;         ///< what multiplies several int8 at once, or "none"
  int cores;                     ///< of that kind; every estimate uses one
  bool has_fpu;
  Figure clock_mhz;              ///< highest rated clock, which estimates assume
  Figure flash_kib, ram_kib;
  std::string_view flash_kind;   ///< "internal", "external QSPI, executed in place", ...
  std::string_view flash_access; ///< wait states and caches, where a source says; else empty
  Power active_mw;
  Figure sleep_ua;
  Figure price_usd;
  std::string_view note;         ///< what a reader should know before trusting a figure, or empty
};

struct Library {
  std::string_view id;           ///< "cmsis-nn"
  std::string_view name;         ///< "TensorFlow Lite Micro with CMSIS-NN"
  std::string_view source;       ///< where its speed was measured
  std::string_view note;         ///< versions, and what it does that others do not; or empty
  std::string_view version = {}; ///< the one that estimates are for, as latency_model has it; empty: what it has in common
};

/// "STM32L4R5ZI" is chip "STM32L4R5" of family "STM32L4": what differs in memory or package only is one chip to the latency model. Parts of `soc` or constants.
struct ChipName { std::string_view chip, family; };
ChipName chip_named(std::string_view soc);

/// Whether a chip's program and constants lie in memory that answers as fast as the core asks: flash with a copy in RAM, or tightly coupled memory by default.
bool runs_without_waits(std::string_view chip, std::string_view board);

std::span<const Board> boards();
std::span<const Library> libraries();
const Board* find_board(std::string_view id);
const Library* find_library(std::string_view id);
/// The library people use most on that board: CMSIS-NN on Cortex-M, ESP-NN on Espressif, ncnn on Linux boards, the plain C kernels elsewhere.
const Library& default_library(const Board& board);
/// Libraries that exist for the board's core.
bool runs_on(const Library& library, const Board& board);

}  // namespace edgewise::mcu
