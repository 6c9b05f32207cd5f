#include "core/mcu/arena.h"

#include <algorithm>
#include <numeric>

#include "core/base/limits.h"
#include "core/graph/operands.h"

namespace edgewise::mcu {
namespace {

bool meet(const Lifetime& a, const Lifetime& b) { return a.first_use <= b.last_use && b.first_use <= a.last_use; }

std::uint64_t aligned(std::uint64_t bytes) { return (bytes + arena_alignment - 1) / arena_alignment * arena_alignment; }

/// Lifetimes of all values and scratch buffers as MicroAllocator marks them (micro_allocation_info.cc): a step for each operator, and one on entering each graph that
/// an operator runs, whose own operators follow. A graph that is entered again is made again: the last time counts.
class Walk {
 public:
  Walk(const Graph& graph, Kernels kernels) : graphs_(all_graphs(graph)), kernels_(kernels) {
    std::size_t parts = 0;
    for (const Graph* each : graphs_) {
      parts += each->values.size() + each->nodes.size();
      if (lives_.size() > 0 && parts > most_parts) break;
      Lives& lives = lives_.emplace_back();
      for (const Value& value : each->values) lives.values.push_back({aligned(bytes_for(value.type, value.shape.elements())), never, never});
      lives.scratch.resize(each->nodes.size());
    }
    graphs_.resize(lives_.size());
    enter(0);
  }

  /// One graph's: values by id, and of each node's scratch buffers.
  struct Lives {
    std::vector<Lifetime> values;
    std::vector<std::vector<Lifetime>> scratch;
  };
  static constexpr std::int32_t never = -1;
  const std::vector<const Graph*>& graphs() const { return graphs_; }
  const Lives& of(std::size_t graph) const { return lives_[graph]; }
  /// By step: the step of the outermost graph in which it falls, 0 or that of a node plus 1.
  const std::vector<std::int32_t>& outer() const { return outer_; }

 private:
  /// Graphs in graphs may be many, and enter one another more often than any memory holds. No arena of a microcontroller is planned for so many: what comes after is left out.
  static constexpr std::size_t most_parts = 4 * limits::values, most_steps = 1u << 16;

  std::int32_t now() const { return static_cast<std::int32_t>(outer_.size()) - 1; }
  void step(bool is_outermost) { outer_.push_back(outer_.back() + (is_outermost ? 1 : 0)); }

  void enter(std::size_t at) {
    const Graph& graph = *graphs_[at];
    Lives& lives = lives_[at];
    const auto life = [&](ValueId id) -> Lifetime& { return lives.values[static_cast<std::size_t>(id)]; };
    const auto made = [&](ValueId id) { life(id).first_use = life(id).last_use = now(); };
    const auto read = [&](ValueId id) {
      if (id != no_value) life(id).last_use = now();
    };
    for (const ValueId id : graph.inputs) made(id);
    for (std::size_t n = 0; n < graph.nodes.size() && outer_.size() < most_steps; ++n) {
      const Node& node = graph.nodes[n];
      step(at == 0);
      const std::int32_t begun = now();
      for (const ValueId id : node.outputs) made(id);
      for (const auto& inside : graphs_of(node.op)) {
        const auto found = std::ranges::find(graphs_, inside.get());
        if (found == graphs_.end()) continue;
        step(false);
        enter(static_cast<std::size_t>(found - graphs_.begin()));
      }
      for (const ValueId id : node.inputs) read(id);
      for (const ValueId id : node.outputs) read(id);
      lives.scratch[n].clear();
      for (const std::uint64_t bytes : scratch_bytes(graph, node, kernels_)) lives.scratch[n].push_back({aligned(bytes), begun, now()});
    }
    for (const ValueId id : graph.outputs) read(id);   // kept until the caller has read them
  }

  std::vector<const Graph*> graphs_;
  std::vector<Lives> lives_;
  std::vector<std::int32_t> outer_{0};
  Kernels kernels_;
};

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
  const Walk walk(graph, kernels);
  std::vector<Lifetime> buffers;   // values by graph and id, then scratch by graph and node: the order in which the planner is told of them
  std::vector<ValueId> ids;        // of the outermost graph's values, which come first
  for (std::size_t g = 0; g < walk.graphs().size(); ++g)
    for (std::size_t id = 0; id < walk.of(g).values.size(); ++id) {
      const Value& value = walk.graphs()[g]->values[id];
      const Lifetime& life = walk.of(g).values[id];
      if (value.is_constant() || value.is_variable || value.type == DType::resource || life.first_use < 0) continue;   // a handle lies in the persistent part
      buffers.push_back(life);
      if (g == 0) ids.push_back(static_cast<ValueId>(id));
    }
  for (std::size_t g = 0; g < walk.graphs().size(); ++g)
    for (const std::vector<Lifetime>& of_node : walk.of(g).scratch) buffers.insert(buffers.end(), of_node.begin(), of_node.end());
  const Placement placement = place(buffers);

  Arena arena;
  const auto outer = [&](std::int32_t step) { return walk.outer()[static_cast<std::size_t>(step)]; };
  arena.placed.reserve(ids.size());
  for (const std::size_t index : placement.order) {
    if (index >= ids.size()) continue;
    const Lifetime& life = buffers[index];
    arena.placed.push_back({ids[index], life.bytes, outer(life.first_use), outer(life.last_use), placement.offset[index]});
  }
  for (std::size_t index = ids.size(); index < buffers.size(); ++index)
    arena.scratch.push_back({static_cast<NodeId>(outer(buffers[index].first_use) - 1), buffers[index].bytes, placement.offset[index]});
  std::vector<std::uint64_t> begins(walk.outer().size() + 1);   // by step: bytes that come to life in it, less those that ended in the one before
  for (std::size_t index = 0; index < buffers.size(); ++index) {
    arena.planned_bytes = std::max(arena.planned_bytes, placement.offset[index] + buffers[index].bytes);
    begins[static_cast<std::size_t>(buffers[index].first_use)] += buffers[index].bytes;
    begins[static_cast<std::size_t>(buffers[index].last_use) + 1] -= buffers[index].bytes;
  }
  arena.live_bytes.assign(graph.nodes.size(), 0);
  std::uint64_t alive = begins[0];
  for (std::size_t step = 1; step < walk.outer().size(); ++step) {
    alive += begins[step];
    std::uint64_t& most = arena.live_bytes[static_cast<std::size_t>(walk.outer()[step]) - 1];
    most = std::max(most, alive);
  }
  return arena;
}

}  // namespace edgewise::mcu
