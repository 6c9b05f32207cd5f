// What a compressed model costs on a board: flash, RAM, latency, energy, each with how sure that is.
//
// Flash of the model and the plan of the arena are exact. The runtime's code and the arena's other part are measured sizes of TensorFlow Lite Micro.
// Latency is a rough model (rates.h) with a band; energy is latency times a measured power.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/compress/compress.h"
#include "core/mcu/arena.h"
#include "core/mcu/board.h"
#include "core/mcu/rates.h"

namespace edgewise::mcu {

/// An estimate and the band that 90 % of comparable published measurements fall into.
struct Estimate {
  double value = 0, low = 0, high = 0;
};

std::string_view sentence(Basis basis);   ///< "calibrated on this board", ...

struct LayerCost {
  NodeId node = 0;              ///< in Plan::graph
  std::string name;             ///< node_name of it
  std::string op;               ///< "CONV_2D"
  std::uint64_t macs = 0;
  std::uint64_t weight_bytes = 0;   ///< as stored: packed weights and bias
  std::uint64_t outputs = 0;    ///< elements it writes; 0 where it only renames them
  std::uint64_t taps = 0;       ///< elements under the windows of a pooling or reducing operator
  double mac_weight = 0;        ///< what one of its MACs costs, in units of a pointwise one
  double cycles = 0;
  Estimate latency_ms;
  bool is_float = false;        ///< computed in float32
  bool has_rule = true;         ///< false: no published rate for this operator or type; its cycles are a guess inside the widest band
};

/// Which limit binds, worst first.
enum class Binding : std::uint8_t { none, flash, ram, unknown_memory };

struct Cost {
  struct Flash {
    std::uint64_t weights = 0, graph = 0, runtime = 0;
    std::uint64_t total() const { return weights + graph + runtime; }
  } flash_bytes;
  struct Ram {
    std::uint64_t arena_planned = 0, arena_persistent = 0, runtime = 0;
    std::uint64_t total() const { return arena_planned + arena_persistent + runtime; }
  } ram_bytes;
  Estimate latency_ms;          ///< all zero where the board's clock is not known
  bool latency_known = false;
  Estimate energy_mj;           ///< all zero where the board's power is not known
  bool energy_known = false;
  bool fits = false;
  Binding binding = Binding::none;
  Basis basis = Basis::specification_only;
  std::string note;             ///< what surprises people, the most doubtful first, or empty: "4 bits save no time: the kernels unpack to int8; ..."
  std::vector<LayerCost> layers;   ///< by node of Plan::graph
  Arena arena;
};

/// Pure, microseconds. A library that does not run on the board (runs_on) gets one cycle a multiplication and Basis::specification_only.
Cost estimate(const Plan& plan, const Board& board, const Library& library);

/// Bytes of a board's memory, rounded down; nullopt where no source gives it. A memory card counts as no limit.
std::optional<std::uint64_t> flash_limit(const Board& board);
std::optional<std::uint64_t> ram_limit(const Board& board);

}  // namespace edgewise::mcu
