// What stands in front of a network that listens or feels: the Fourier transforms of its window. A stage of its own, beside the network's cost.
//
// Cycles were found published for Cortex-M4F, RP2040, ESP32 and ESP32-S3. Other Cortex-M with an FPU have those of M4F by Arm's figures of the cores, within a factor
// of 2; the rest has none. Of what stands around a transform (window, bands, logarithm) no figure was found: it is not in these, and they say so.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/result.h"
#include "core/mcu/board.h"
#include "core/mcu/cost.h"

namespace edgewise::mcu {

/// Real transforms of one inference.
struct Transforms {
  int length = 0;  ///< samples, a power of two from 8 to 1024
  int count = 0;   ///< [1, 10000]
};
/// "1024x16": 16 transforms of 1024 samples.
Result<Transforms> parse_transforms(std::string_view from);

struct FrontEnd {
  Transforms transforms;
  std::uint64_t ram_bytes = 0;          ///< float samples, and what the library puts the result into
  std::optional<Estimate> cycles;       ///< of all of them. Absent on cores, and for lengths, that nobody measured
  std::optional<Estimate> latency_ms;   ///< absent too where the board's clock is not known
  std::string_view source;              ///< where the cycles come from, and what their low and high ends are
  bool is_by_ratio = false;             ///< of another core
};
FrontEnd front_end(const Transforms& transforms, const Board& board);

}  // namespace edgewise::mcu
