// What a compressed model costs on a board: flash, RAM, latency, energy, each with how sure that is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/compress/compress.h"
#include "core/mcu/arena.h"
#include "core/mcu/board.h"

namespace edgewise::mcu {

/// An estimate and the band that 90 % of comparable published measurements fall into.
struct Estimate {
  double value = 0, low = 0, high = 0;
};

/// How the latency is known, best first.
enum class Basis : std::uint8_t { calibrated_on_board, same_core_and_library, core_only, specification_only };
std::string_view sentence(Basis basis);   ///< "calibrated on this board", ...

struct LayerCost {
  NodeId node;                  ///< in Plan::graph
  std::string name;             ///< node_name of it
  std::string op;               ///< "CONV_2D"
  std::uint64_t macs = 0;
  std::uint64_t weight_bytes = 0;
  double cycles = 0;
  Estimate latency_ms;
  bool has_rule = true;         ///< false: no published rate for this operator; its cycles are a guess inside the widest band
};

/// Which limit binds, worst first.
enum class Binding : std::uint8_t { none, flash, ram, unknown_memory };

struct Cost {
  struct Flash { std::uint64_t weights = 0, graph = 0, runtime = 0; std::uint64_t total() const { return weights + graph + runtime; } } flash_bytes;
  struct Ram { std::uint64_t arena_planned = 0, arena_persistent = 0, runtime = 0; std::uint64_t total() const { return arena_planned + arena_persistent + runtime; } } ram_bytes;
  Estimate latency_ms;
  Estimate energy_mj;           ///< all zero where the board's power is not known
  bool energy_known = false;
  bool fits = false;
  Binding binding = Binding::none;
  Basis basis = Basis::specification_only;
  std::string note;             ///< one honest sentence, or empty: "4 bits run no faster than 8 here: the kernels unpack to int8"
  std::vector<LayerCost> layers;   ///< by node of Plan::graph
  Arena arena;
};

/// Pure, microseconds. The runtime's code and the arena's persistent part are estimates from published sizes; `sources` in board.h and cost.cpp say which.
Cost estimate(const Plan& plan, const Board& board, const Library& library);

}  // namespace edgewise::mcu
