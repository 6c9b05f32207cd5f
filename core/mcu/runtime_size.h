// The runtime's own share of flash and RAM: the code an interpreter needs for a model's operators, and its data outside the arena.
//
// TensorFlow Lite Micro was measured (runtime_size_table.h); the vendors' code generators publish no such figures, so their row is TFLM's and says so.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/graph/graph.h"
#include "core/mcu/board.h"

namespace edgewise::mcu {

struct RuntimeSize {
  std::uint64_t code_bytes = 0;      ///< flash: core, operators, C library, start-up; not the model
  std::uint64_t data_bytes = 0;      ///< RAM: zeroed data and stack, not the arena
  std::string_view measured_as;      ///< the configuration the figures come from: "Cortex-M4F, CMSIS-NN kernels"
  bool is_nearest = false;           ///< true: another core or library than the one asked for, the nearest that was measured
  std::vector<std::string> unmeasured;   ///< operators of the graph whose code nobody measured: not counted
};

RuntimeSize runtime_size(const Graph& graph, const Board& board, const Library& library);

}  // namespace edgewise::mcu
