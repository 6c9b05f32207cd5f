// Peak RAM of a model: where each activation lives in the arena, and when.
//
// Largest tensor first, at the lowest gap that is free during its lifetime: TensorFlow Lite Micro's GreedyMemoryPlanner, with its alignment of 16 bytes.
#pragma once

#include <cstdint>
#include <vector>

#include "core/graph/graph.h"

namespace edgewise::mcu {

struct Placed {
  ValueId value;
  std::uint64_t bytes;               ///< rounded up to the alignment
  std::int32_t first_use, last_use;  ///< node indices, inclusive; a graph input lives from -1... as TFLM counts: first_use 0
  std::uint64_t offset;
};

struct Arena {
  std::vector<Placed> placed;        ///< in order of placement
  std::uint64_t planned_bytes = 0;   ///< highest end of any placed buffer
  std::vector<std::uint64_t> live_bytes;  ///< by node: bytes alive while it runs (no plan can need less than their maximum)
};

/// Computed values only: constants stay in flash.
Arena plan_arena(const Graph& graph);

}  // namespace edgewise::mcu
