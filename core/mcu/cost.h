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
#include "core/mcu/latency_model.h"

namespace edgewise::mcu {

/// An estimate and the band that 90 % of comparable published measurements fall into.
struct Estimate {
  double value = 0, low = 0, high = 0;
};

struct LayerCost {
  NodeId node = 0;              ///< in Plan::graph
  std::string name;             ///< node_name of it
  std::string op;               ///< "CONV_2D"
  std::uint64_t macs = 0;
  std::uint64_t weight_bytes = 0;   ///< as stored: packed weights and bias
  Work work;                    ///< what it asks of the processor, by unit
  double cycles = 0;            ///< the sum of the next three
  double arithmetic_cycles = 0; ///< multiplying and adding
  double memory_cycles = 0;     ///< reading, requantizing and storing: outputs, elements, weights that wait for external flash
  double overhead_cycles = 0;   ///< the operator as such: the interpreter, set-up
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
  Estimate latency_ms;          ///< all zero where the board's clock is not known; the widest band where a layer has no rule
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

/// How the latency model sees a board with a library.
Target target_of(const Board& board, const Library& library);

/// The same for float layers: CMSIS-NN, ESP-NN and the MVP have none, so TensorFlow Lite Micro runs its own.
Target float_target(Target target);

/// One measurement of one's own: how long a network took, and how long it was estimated to take there without this measurement. Both above 0.
struct OwnTime {
  double measured_ms = 0, estimated_ms = 0;
  bool operator==(const OwnTime&) const = default;
};
constexpr double shortest_own_ms = 1e-6, longest_own_ms = 3.6e6;   ///< what a page or a link takes for one: a nanosecond to an hour
/// What it tells of a board with a library: everything there runs `factor` times as long as estimated.
struct Calibration {
  double factor = 1;
  double estimated_ms = 0;   ///< of the network that was measured
  double deviation = 0;      ///< of ln(truth / estimate) of that very network
};
/// `estimate` is one without a measurement, of any network on the same board and library. The measurement is trusted to 5 %, the estimate as far as its band says
/// (the weighted mean of two normal distributions of the logarithm). No measurement, no change.
Calibration calibrated_by(OwnTime own, const Cost& estimate);

/// Pure, microseconds. A library that does not run on the board (runs_on) gets what is common to all, and Basis::specification_only. With a calibration the band is
/// that of a board that was measured, and of the very network that was measured (one that is estimated as long) it is the measurement's.
Cost estimate(const Plan& plan, const Board& board, const Library& library, std::optional<Calibration> calibration = {});
/// With a measurement of one's own, where there is one.
Cost estimate_with(const std::optional<OwnTime>& own, const Plan& plan, const Board& board, const Library& library);

/// Bytes of a board's memory, rounded down; nullopt where no source gives it. A memory card counts as no limit.
std::optional<std::uint64_t> flash_limit(const Board& board);
std::optional<std::uint64_t> ram_limit(const Board& board);

}  // namespace edgewise::mcu
