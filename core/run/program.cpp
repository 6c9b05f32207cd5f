#include "core/run/program.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/graph/infer.h"
#include "core/graph/operands.h"
#include "core/graph/wide.h"

namespace edgewise {
namespace {

/// Where each computed value lives in one block of memory. Values that are not alive together share places.
struct Places {
  std::vector<std::uint64_t> offset;   ///< by ValueId; no_place for constants
  std::uint64_t bytes = 0;
};
constexpr std::uint64_t no_place = std::numeric_limits<std::uint64_t>::max();

/// By ValueId, whose place it has: its own, or that of the value which RESHAPE and its like would copy. Graph inputs and outputs are written and read from outside
/// the run, so they have their own.
std::vector<ValueId> places_shared(const Graph& graph) {
  std::vector<ValueId> place_of(graph.values.size());
  std::vector<bool> is_made(graph.values.size()), is_output(graph.values.size());
  for (std::size_t v = 0; v < place_of.size(); ++v) place_of[v] = static_cast<ValueId>(v);
  for (const ValueId id : graph.outputs) is_output[static_cast<std::size_t>(id)] = true;
  for (const Node& node : graph.nodes) {
    for (const ValueId id : node.outputs) is_made[static_cast<std::size_t>(id)] = true;
    if (!std::holds_alternative<Reshape>(node.op) && !std::holds_alternative<ExpandDims>(node.op) && !std::holds_alternative<Squeeze>(node.op)) continue;
    const auto input = static_cast<std::size_t>(node.inputs.front()), output = static_cast<std::size_t>(node.outputs.front());
    if (is_made[input] && !is_output[output] && graph.values[input].type == graph.values[output].type) place_of[output] = place_of[input];
  }
  return place_of;
}

/// Goes through the nodes and gives each output the smallest free slot that holds it, or enlarges the largest free one, or opens a new one. Graph inputs,
/// graph outputs and state keep theirs. (What a board needs is planned in core/mcu/arena; this only keeps the page's memory small.)
Places place_values(const Graph& graph) {
  struct Slot { std::uint64_t bytes; bool is_free; };
  std::vector<Slot> slots;
  constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> slot_of(graph.values.size(), nowhere);

  const std::vector<ValueId> place_of = places_shared(graph);
  const auto shared = [&](ValueId id) { return static_cast<std::size_t>(place_of[static_cast<std::size_t>(id)]); };
  constexpr NodeId never = std::numeric_limits<NodeId>::max();
  std::vector<NodeId> last_use(graph.values.size(), never);   // never freed
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    for (const ValueId id : graph.nodes[n].outputs) last_use[shared(id)] = static_cast<NodeId>(n);
    for (const ValueId id : graph.nodes[n].inputs)
      if (id != no_value && last_use[shared(id)] != never) last_use[shared(id)] = static_cast<NodeId>(n);
  }
  for (const ValueId id : graph.outputs) last_use[static_cast<std::size_t>(id)] = never;

  const auto place = [&](ValueId id) {
    const Value& value = graph.value(id);
    const std::uint64_t bytes = bytes_for(value.type, value.shape.elements());
    std::size_t best = nowhere;
    for (std::size_t s = 0; s < slots.size(); ++s) {
      if (!slots[s].is_free) continue;
      const bool holds = slots[s].bytes >= bytes;
      if (best == nowhere || (holds ? slots[best].bytes < bytes || slots[s].bytes < slots[best].bytes : slots[s].bytes > slots[best].bytes && slots[best].bytes < bytes))
        best = s;
    }
    if (best == nowhere) {
      best = slots.size();
      slots.push_back({0, true});
    }
    slots[best] = {std::max(slots[best].bytes, bytes), false};
    slot_of[static_cast<std::size_t>(id)] = best;
  };

  std::vector<bool> is_made(graph.values.size());
  for (const Node& node : graph.nodes)
    for (const ValueId id : node.outputs) is_made[static_cast<std::size_t>(id)] = true;
  for (std::size_t v = 0; v < graph.values.size(); ++v)
    if (!is_made[v] && !graph.values[v].is_constant()) place(static_cast<ValueId>(v));
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const Node& node = graph.nodes[n];
    for (const ValueId id : node.outputs)
      if (shared(id) == static_cast<std::size_t>(id)) place(id);
      else slot_of[static_cast<std::size_t>(id)] = slot_of[shared(id)];
    const auto release = [&](ValueId id) {
      if (id != no_value && last_use[shared(id)] == static_cast<NodeId>(n)) slots[slot_of[shared(id)]].is_free = true;
    };
    for (const ValueId id : node.inputs) release(id);
    for (const ValueId id : node.outputs) release(id);
  }

  std::vector<std::uint64_t> start(slots.size());
  Places places;
  for (std::size_t s = 0; s < slots.size(); ++s) {
    start[s] = places.bytes;
    places.bytes += (slots[s].bytes + 15) / 16 * 16;  // aligned for every type
  }
  for (const std::size_t slot : slot_of) places.offset.push_back(slot == nowhere ? no_place : start[slot]);
  return places;
}

/// Multiply-accumulates of a node, or its output elements where those are more: what a run may take is bounded by their sum.
std::uint64_t work_of(const Graph& graph, const Node& node) {
  std::uint64_t elements = 1;
  for (const ValueId id : node.outputs) elements += graph.value(id).shape.elements();
  return std::max(macs_of(graph, node).macs, elements);
}

}  // namespace

void fill_initial(const Value& like, std::span<std::byte> into) {
  const bool has_zero_point = like.type == DType::int8 && like.grid.present();
  std::ranges::fill(into, static_cast<std::byte>(has_zero_point ? like.grid.zero_point.front() : 0));
}

void Machine::reset() {
  for (auto& [name, variable] : variables) fill_initial(variable.like, variable.contents);
  for (auto& [graph, program] : programs) program->reset();
}

Result<Program*> Machine::program_of(const std::shared_ptr<const Graph>& graph) {
  const auto [found, is_new] = programs.try_emplace(graph.get());
  if (!is_new) {
    if (found->second == nullptr) return fail("it leads to the graph that it is a part of");
    return found->second.get();
  }
  auto program = Program::prepare(with_wide_constants(graph), *this);
  if (!program) return std::unexpected(program.error());
  programs[graph.get()] = std::move(*program);
  return programs[graph.get()].get();
}

Result<std::unique_ptr<Program>> Program::prepare(std::shared_ptr<const Graph> graph, Machine& machine) {
  auto program = std::make_unique<Program>();
  program->graph_ = std::move(graph);
  Places places = place_values(*program->graph_);
  machine.bytes += places.bytes;
  if (machine.bytes > limits::activation_bytes)
    return fail(text("the tensors of a run take ", machine.bytes, " bytes, the limit is ", limits::activation_bytes));
  program->offset_ = std::move(places.offset);
  program->memory_.resize(static_cast<std::size_t>(places.bytes));
  for (std::size_t v = 0; v < program->graph_->values.size(); ++v)
    if (program->graph_->values[v].is_variable && !program->graph_->values[v].is_constant()) program->variables_.push_back(static_cast<ValueId>(v));
  for (std::size_t n = 0; n < program->graph_->nodes.size(); ++n)
    if (auto ok = program->add_step(static_cast<NodeId>(n), machine); !ok) return std::unexpected(ok.error());
  program->reset();
  return program;
}

Result<void> Program::add_step(NodeId id, Machine& machine) {
  const Node& node = graph_->node(id);
  const kernels::Row* row = kernels::row_of(node.op);
  assert(row != nullptr);
  const auto failed = [&](Error error) {
    if (error.where.empty()) {   // else a graph inside has said where
      error.where = place_of(*graph_, id);
      error.offset = node.offset;
    }
    return std::unexpected(std::move(error));
  };
  Step step{.kernel = {}, .control = {}, .reset_control = {}, .inputs = {}, .outputs = {}, .work = work_of(*graph_, node)};
  if (row->reference == nullptr) {
    auto control = prepare_control(*graph_, node, machine);
    if (!control) return failed(control.error());
    step.control = std::move(control->run);
    step.reset_control = std::move(control->reset);
  } else {
    auto kernel = (machine.kernels == Kernels::fast && row->fast != nullptr ? row->fast : row->reference)({*graph_, node, machine.arithmetic, machine.relaxed_dot});
    if (!kernel) return failed(kernel.error());
    step.kernel = std::move(*kernel);
  }
  for (const ValueId input : node.inputs) step.inputs.push_back(input == no_value ? nullptr : address(input));
  for (const ValueId output : node.outputs) step.outputs.push_back(contents(output).data());
  const bool stands_there = step.kernel && step.inputs.size() > 0 && step.outputs.size() == 1 && step.inputs.front() == step.outputs.front();
  if (stands_there) step.kernel = kernels::Kernel([](const kernels::Operands&) {});   // see places_shared
  steps_.push_back(std::move(step));
  return {};
}

const std::byte* Program::address(ValueId id) const {
  const Value& value = graph_->value(id);
  return value.is_constant() ? value.data->data() : memory_.data() + offset_[static_cast<std::size_t>(id)];
}

std::span<std::byte> Program::contents(ValueId id) {
  const Value& value = graph_->value(id);
  assert(!value.is_constant());
  return {memory_.data() + offset_[static_cast<std::size_t>(id)], static_cast<std::size_t>(bytes_for(value.type, value.shape.elements()))};
}

BytesView Program::contents(ValueId id) const {
  const Value& value = graph_->value(id);
  return {address(id), static_cast<std::size_t>(bytes_for(value.type, value.shape.elements()))};
}

Result<void> Program::run(Budget& budget, const std::function<void(NodeId)>& observer) {
  for (std::size_t n = 0; n < steps_.size(); ++n) {
    const Step& step = steps_[n];
    if (step.work > budget.work) return fail(text("it takes more than ", limits::macs, " multiply-accumulates"), place_of(*graph_, static_cast<NodeId>(n)), graph_->nodes[n].offset);
    budget.work -= step.work;
    if (step.kernel) {
      (*step.kernel)({step.inputs, step.outputs});
    } else {
      const auto next = step.control({step.inputs, step.outputs}, budget);
      if (!next) {
        Error error = next.error();
        if (error.where.empty()) {
          error.where = place_of(*graph_, static_cast<NodeId>(n));
          error.offset = graph_->nodes[n].offset;
        }
        return std::unexpected(error);
      }
      if (*next == Next::stop) return {};
    }
    if (observer) observer(static_cast<NodeId>(n));
  }
  return {};
}

void Program::reset() {
  for (const ValueId id : variables_) fill_initial(graph_->value(id), contents(id));
  for (const Step& step : steps_) {
    if (step.kernel) step.kernel->reset();
    if (step.reset_control) step.reset_control();
  }
}

}  // namespace edgewise
