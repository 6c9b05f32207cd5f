// What stands in front of a network that listens or feels: the Fourier transforms of its window. A stage of its own, beside the network's cost.
//
// Cycles were found published for one core and one library alone, so other cores have none here. Of what follows a transform (bands, logarithm) no figure was found:
// it is not in these, and they say so.
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
  std::uint64_t ram_bytes = 0;          ///< float samples, transformed where they are
  std::optional<Estimate> cycles;       ///< of all of them; low and high are two versions of the library. Absent on cores nobody measured
  std::optional<Estimate> latency_ms;   ///< absent too where the board's clock is not known
};
FrontEnd front_end(const Transforms& transforms, const Board& board);

/// Where the cycles come from.
constexpr std::string_view front_end_source = "microfft-rs, bench/README.md of 2020-03-05 and 2020-03-08: real FFT in float32 on STM32F3DISCOVERY (Cortex-M4F)";

}  // namespace edgewise::mcu
