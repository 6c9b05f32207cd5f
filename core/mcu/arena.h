// Peak RAM of a model: where each activation lives in the arena, and when.
//
// Largest tensor first, at the lowest gap that is free during its lifetime: TensorFlow Lite Micro's GreedyMemoryPlanner (greedy_memory_planner.cc),
// with the lifetimes of its allocator (micro_allocation_info.cc) and its alignment of 16 bytes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/graph/graph.h"
#include "core/mcu/scratch.h"

namespace edgewise::mcu {

/// When a buffer is in use, in steps, both ends included. Step 0 is before the first node (inputs are filled in), then every operator has a step, as has entering a
/// graph inside.
struct Lifetime {
  std::uint64_t bytes;
  std::int32_t first_use, last_use;
};

struct Placed {
  ValueId value;
  std::uint64_t bytes;               ///< rounded up to the alignment
  std::int32_t first_use, last_use;  ///< steps of this graph: 0 is the inputs', node i runs in step i + 1 with all that it leads to
  std::uint64_t offset;
};

/// A buffer that only a kernel uses while its node runs, or one of a graph that the node runs.
struct Scratch {
  NodeId node;
  std::uint64_t bytes, offset;
};

struct Arena {
  std::vector<Placed> placed;        ///< in order of placement: largest first
  std::vector<Scratch> scratch;      ///< values of graphs inside, then kernels' own, by graph and node
  std::uint64_t planned_bytes = 0;   ///< highest end of any buffer
  std::vector<std::uint64_t> live_bytes;  ///< by node: bytes alive while it runs, scratch included (no plan can need less than their maximum)
};

constexpr std::uint64_t arena_alignment = 16;

/// The order in which GreedyMemoryPlanner places buffers (indices into `buffers`: by size, largest first, of equals the last one first) and the offset of each buffer.
struct Placement {
  std::vector<std::size_t> order;
  std::vector<std::uint64_t> offset;   ///< by index into `buffers`
};
Placement place(std::span<const Lifetime> buffers);

/// Computed values only: constants stay in flash, and variables live in the arena's persistent part. A value that no node makes and no input fills has no place.
Arena plan_arena(const Graph& graph, Kernels kernels = Kernels::reference);

}  // namespace edgewise::mcu
