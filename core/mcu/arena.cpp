#include "core/mcu/arena.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace edgewise::mcu {
namespace {

bool meet(const Lifetime& a, const Lifetime& b) { return a.first_use <= b.last_use && b.first_use <= a.last_use; }

std::uint64_t aligned(std::uint64_t bytes) { return (bytes + arena_alignment - 1) / arena_alignment * arena_alignment; }

/// Lifetimes of all values, in the order of their ids, which is the order in which TensorFlow Lite Micro hands them to the planner.
std::vector<Lifetime> lifetimes(const Graph& graph) {
  constexpr std::int32_t never = -1;
  std::vector<Lifetime> lives(graph.values.size(), Lifetime{0, never, never});
  for (std::size_t id = 0; id < lives.size(); ++id)
    lives[id].bytes = aligned(bytes_for(graph.values[id].type, graph.values[id].shape.elements()));
  const auto made = [&](ValueId id, std::int32_t step) {
    Lifetime& life = lives[static_cast<std::size_t>(id)];
    if (life.first_use == never) life.first_use = step;
    life.last_use = std::max(life.last_use, step);
  };
  const auto read = [&](ValueId id, std::int32_t step) {
    if (id != no_value) lives[static_cast<std::size_t>(id)].last_use = step;
  };
  for (const ValueId id : graph.inputs) made(id, 0);
  std::int32_t step = 0;
  for (const Node& node : graph.nodes) {
    ++step;
    for (const ValueId id : node.outputs) made(id, step);
    for (const ValueId id : node.inputs) read(id, step);
  }
  for (const ValueId id : graph.outputs) read(id, step);   // kept until the caller has read them
  return lives;
}

}  // namespace

Placement place(std::span<const Lifetime> buffers) {
  Placement placement;
  placement.order.resize(buffers.size());
  placement.offset.resize(buffers.size());
  std::iota(placement.order.rbegin(), placement.order.rend(), std::size_t{0});   // the planner fills its list from the back, so of equals the last comes first
  std::stable_sort(placement.order.begin(), placement.order.end(), [&](std::size_t a, std::size_t b) { return buffers[a].bytes > buffers[b].bytes; });

  std::vector<std::size_t> by_offset;   // what has a place already, lowest first
  by_offset.reserve(buffers.size());
  for (const std::size_t index : placement.order) {
    const Lifetime& wanted = buffers[index];
    std::uint64_t candidate = 0;
    for (const std::size_t other : by_offset) {
      if (!meet(wanted, buffers[other])) continue;
      if (placement.offset[other] >= candidate + wanted.bytes) break;   // the gap below `other` is wide enough
      candidate = std::max(candidate, placement.offset[other] + buffers[other].bytes);
    }
    placement.offset[index] = candidate;
    const auto above = std::upper_bound(by_offset.begin(), by_offset.end(), candidate,
                                        [&](std::uint64_t offset, std::size_t other) { return offset < placement.offset[other]; });
    by_offset.insert(above, index);
  }
  return placement;
}

Arena plan_arena(const Graph& graph, Kernels kernels) {
  const std::vector<Lifetime> lives = lifetimes(graph);
  std::vector<Lifetime> buffers;   // values by id, then scratch by node: the order in which the planner is told of them
  std::vector<ValueId> ids;
  for (std::size_t id = 0; id < lives.size(); ++id) {
    const Value& value = graph.values[id];
    if (value.is_constant() || value.is_variable || lives[id].first_use < 0) continue;
    buffers.push_back(lives[id]);
    ids.push_back(static_cast<ValueId>(id));
  }
  Arena arena;
  for (std::size_t at = 0; at < graph.nodes.size(); ++at)
    for (const std::uint64_t bytes : scratch_bytes(graph, graph.nodes[at], kernels)) {
      const auto step = static_cast<std::int32_t>(at) + 1;
      buffers.push_back({aligned(bytes), step, step});
      arena.scratch.push_back({static_cast<NodeId>(at), aligned(bytes), 0});
    }
  const Placement placement = place(buffers);

  arena.placed.reserve(ids.size());
  for (const std::size_t index : placement.order) {
    const Lifetime& life = buffers[index];
    const std::uint64_t offset = placement.offset[index];
    if (index < ids.size()) arena.placed.push_back({ids[index], life.bytes, life.first_use, life.last_use, offset});
    else arena.scratch[index - ids.size()].offset = offset;
    arena.planned_bytes = std::max(arena.planned_bytes, offset + life.bytes);
  }
  arena.live_bytes.assign(graph.nodes.size(), 0);
  for (const Lifetime& life : buffers)
    for (std::int32_t step = std::max(life.first_use, 1); step <= life.last_use; ++step) arena.live_bytes[static_cast<std::size_t>(step - 1)] += life.bytes;
  return arena;
}

}  // namespace edgewise::mcu
