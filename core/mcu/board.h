// A microcontroller as numbers, each with its source; and the kernel libraries that run on it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace edgewise::mcu {

/// A figure that was read somewhere. Absent values are not guessed.
struct Figure {
  std::optional<double> value;
  std::string_view source;
};

struct Board {
  std::string_view id;           ///< "stm32l4r5"
  std::string_view name;         ///< "STM32L4R5ZI"
  std::string_view core;         ///< "Cortex-M4F"
  std::string_view core_class;   ///< "cortex-m4f", the key of the cost model
  Figure clock_mhz, flash_kib, ram_kib, active_mw, price_usd;
  bool has_fpu;
  std::string_view flash_kind;   ///< "internal", "external QSPI, executed in place", ...
  std::string_view note;
};

struct Library {
  std::string_view id;           ///< "cmsis-nn"
  std::string_view name;         ///< "TensorFlow Lite Micro with CMSIS-NN"
  std::string_view source;
};

std::span<const Board> boards();
std::span<const Library> libraries();
const Board* find_board(std::string_view id);
const Library* find_library(std::string_view id);
/// The library people use most on that board: CMSIS-NN on Cortex-M, ESP-NN on Espressif, the plain C kernels elsewhere.
const Library& default_library(const Board& board);
/// Libraries that exist for the board's core.
bool runs_on(const Library& library, const Board& board);

}  // namespace edgewise::mcu
