#include "core/run/run.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "core/base/text.h"
#include "core/graph/check.h"
#include "core/graph/infer.h"
#include "core/graph/operands.h"
#include "core/graph/wide.h"
#include "core/kernels/kernels.h"
#include "core/kernels/simd/simd.h"
#include "core/kernels/site.h"

namespace edgewise {
namespace {

/// Where each computed value lives in one block of memory. Values that are not alive together share places.
struct Places {
  std::vector<std::uint64_t> offset;   ///< by ValueId; no_place for constants
  std::uint64_t bytes = 0;
};
constexpr std::uint64_t no_place = std::numeric_limits<std::uint64_t>::max();

/// Goes through the nodes and gives each output the smallest free slot that holds it, or enlarges the largest free one, or opens a new one. Graph inputs,
/// graph outputs and state keep theirs. (What a board needs is planned in core/mcu/arena; this only keeps the page's memory small.)
Places place_values(const Graph& graph) {
  struct Slot { std::uint64_t bytes; bool is_free; };
  std::vector<Slot> slots;
  constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> slot_of(graph.values.size(), nowhere);

  constexpr NodeId never = std::numeric_limits<NodeId>::max();
  std::vector<NodeId> last_use(graph.values.size(), never);   // never freed
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    for (const ValueId id : graph.nodes[n].outputs) last_use[static_cast<std::size_t>(id)] = static_cast<NodeId>(n);
    for (const ValueId id : graph.nodes[n].inputs)
      if (id != no_value && last_use[static_cast<std::size_t>(id)] != never) last_use[static_cast<std::size_t>(id)] = static_cast<NodeId>(n);
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
    for (const ValueId id : node.outputs) place(id);
    const auto release = [&](ValueId id) {
      if (id != no_value && last_use[static_cast<std::size_t>(id)] == static_cast<NodeId>(n)) slots[slot_of[static_cast<std::size_t>(id)]].is_free = true;
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

Result<void> check_work(const Graph& graph) {
  std::uint64_t macs = 0;
  for (const Node& node : graph.nodes) macs += macs_of(graph, node).macs;
  if (macs > limits::macs) return fail(text("one inference takes ", macs, " multiply-accumulates, the limit is ", limits::macs));
  return {};
}

/// Reals cannot be turned into every type, and back.
Result<void> check_ends(const Graph& graph) {
  for (const std::vector<ValueId>* ends : {&graph.inputs, &graph.outputs})
    for (const ValueId id : *ends)
      if (const DType type = graph.value(id).type; type == DType::float16 || type == DType::int4 || type == DType::resource)
        return fail(text(name_of(type), " inputs and outputs are not supported"), text("tensor ", id, " '", graph.value(id).name, "'"));
  return {};
}

/// A real number as a code of `type`; types without a grid take the nearest whole number.
std::int32_t code_of(const Value& value, float real) {
  const bool has_grid = value.grid.present();
  return quantize(real, has_grid ? value.grid.scale.front() : 1.0f, has_grid ? value.grid.zero_point.front() : 0, kernels::codes_of(value));
}

template <class T>
void fill_codes(const Value& value, std::span<const float> reals, std::byte* into) {
  auto* codes = reinterpret_cast<T*>(into);
  for (std::size_t i = 0; i < reals.size(); ++i) codes[i] = static_cast<T>(code_of(value, reals[i]));
}

template <class T>
void fill_reals(const Value& value, const TensorView& view, std::span<float> into) {
  const auto codes = view.as<T>();
  const bool has_grid = value.grid.present();
  for (std::size_t i = 0; i < into.size(); ++i)
    into[i] = has_grid ? dequantize(static_cast<std::int32_t>(codes[i]), value.grid.scale.front(), value.grid.zero_point.front()) : static_cast<float>(codes[i]);
}

}  // namespace

struct Runner::State {
  struct Step {
    kernels::Kernel kernel;
    std::vector<const std::byte*> inputs;
    std::vector<std::byte*> outputs;
  };
  std::shared_ptr<const Graph> graph;
  std::vector<Step> steps;
  Places places;
  Bytes memory;

  const std::byte* address(ValueId id) const {
    if (id == no_value) return nullptr;
    const Value& value = graph->value(id);
    return value.is_constant() ? value.data->data() : memory.data() + places.offset[static_cast<std::size_t>(id)];
  }
  std::byte* place(ValueId id) { return memory.data() + places.offset[static_cast<std::size_t>(id)]; }

  std::vector<ValueId> variables;

  /// What a variable holds before the first run: zero, of int8 its zero point. Source: ResetVariableTensor in TensorFlow Lite's tensor_utils.cc.
  void reset_variables() {
    for (const ValueId id : variables) {
      const Value& value = graph->value(id);
      const bool has_zero_point = value.type == DType::int8 && value.grid.present();
      const auto zero = static_cast<std::byte>(has_zero_point ? value.grid.zero_point.front() : 0);
      std::fill_n(place(id), static_cast<std::size_t>(bytes_for(value.type, value.shape.elements())), zero);
    }
  }
};

Runner::Runner(std::unique_ptr<State> state) : state_(std::move(state)) {}
Runner::Runner(Runner&&) noexcept = default;
Runner& Runner::operator=(Runner&&) noexcept = default;
Runner::~Runner() = default;

Result<Runner> Runner::prepare(std::shared_ptr<const Graph> graph, Kernels kernels, kernels::Arithmetic arithmetic,
                               std::optional<kernels::RelaxedDot> relaxed_dot) {
  graph = with_wide_constants(std::move(graph));
  if (!relaxed_dot) relaxed_dot = kernels::simd::relaxed_dot_of_this_machine();
  if (auto ok = check(*graph); !ok) return std::unexpected(ok.error());
  if (auto lacking = unsupported(*graph); !lacking.empty()) return std::unexpected(lacking.front());
  if (auto ok = check_ends(*graph); !ok) return std::unexpected(ok.error());
  if (auto ok = check_work(*graph); !ok) return std::unexpected(ok.error());

  auto state = std::make_unique<State>();
  state->graph = graph;
  state->places = place_values(*graph);
  if (state->places.bytes > limits::activation_bytes)
    return fail(text("the tensors of a run take ", state->places.bytes, " bytes, the limit is ", limits::activation_bytes));
  state->memory.resize(static_cast<std::size_t>(state->places.bytes));

  for (std::size_t n = 0; n < graph->nodes.size(); ++n) {
    const Node& node = graph->nodes[n];
    const kernels::Row* row = kernels::row_of(node.op);
    assert(row != nullptr);
    auto kernel = (kernels == Kernels::fast && row->fast != nullptr ? row->fast : row->reference)({*graph, node, arithmetic, *relaxed_dot});
    if (!kernel) return fail(kernel.error().reason, place_of(*graph, static_cast<NodeId>(n)), node.offset);
    std::vector<const std::byte*> inputs;
    for (const ValueId id : node.inputs) inputs.push_back(state->address(id));
    std::vector<std::byte*> outputs;
    for (const ValueId id : node.outputs) outputs.push_back(state->place(id));
    state->steps.push_back({std::move(*kernel), std::move(inputs), std::move(outputs)});
  }
  for (std::size_t v = 0; v < graph->values.size(); ++v)
    if (graph->values[v].is_variable && !graph->values[v].is_constant()) state->variables.push_back(static_cast<ValueId>(v));
  state->reset_variables();
  return Runner(std::move(state));
}

const Graph& Runner::graph() const { return *state_->graph; }

std::span<std::byte> Runner::input(std::size_t index) {
  const ValueId id = state_->graph->inputs[index];
  const Value& value = state_->graph->value(id);
  return {state_->place(id), static_cast<std::size_t>(bytes_for(value.type, value.shape.elements()))};
}

void Runner::set_input(std::size_t index, std::span<const float> reals) {
  const Value& value = state_->graph->value(state_->graph->inputs[index]);
  assert(reals.size() == value.shape.elements());
  std::byte* into = input(index).data();
  switch (value.type) {
    case DType::float32: std::ranges::copy(reals, reinterpret_cast<float*>(into)); return;
    case DType::int8: return fill_codes<std::int8_t>(value, reals, into);
    case DType::uint8: return fill_codes<std::uint8_t>(value, reals, into);
    case DType::boolean: return fill_codes<std::uint8_t>(value, reals, into);
    case DType::int16: return fill_codes<std::int16_t>(value, reals, into);
    case DType::int32: return fill_codes<std::int32_t>(value, reals, into);
    case DType::int64: return fill_codes<std::int64_t>(value, reals, into);
    case DType::uint16: return fill_codes<std::uint16_t>(value, reals, into);
    case DType::uint32: return fill_codes<std::uint32_t>(value, reals, into);
    case DType::uint64: return fill_codes<std::uint64_t>(value, reals, into);
    case DType::float64: std::ranges::copy(reals, reinterpret_cast<double*>(into)); return;
    case DType::float16: case DType::int4: case DType::resource: return;  // prepare() refused
  }
}

void Runner::reset() { state_->reset_variables(); }

Result<void> Runner::run(const std::function<void(NodeId)>& observer) {
  for (std::size_t n = 0; n < state_->steps.size(); ++n) {
    const State::Step& step = state_->steps[n];
    step.kernel({step.inputs, step.outputs});
    if (observer) observer(static_cast<NodeId>(n));
  }
  return {};
}

TensorView Runner::value(ValueId id) const {
  const Value& value = state_->graph->value(id);
  return {value.type, value.shape, BytesView(state_->address(id), static_cast<std::size_t>(bytes_for(value.type, value.shape.elements())))};
}

TensorView Runner::output(std::size_t index) const { return value(state_->graph->outputs[index]); }

void Runner::output_reals(std::size_t index, std::span<float> into) const {
  const Value& value = state_->graph->value(state_->graph->outputs[index]);
  const TensorView view = output(index);
  assert(into.size() == value.shape.elements());
  switch (value.type) {
    case DType::float32: std::ranges::copy(view.as<float>(), into.begin()); return;
    case DType::int8: return fill_reals<std::int8_t>(value, view, into);
    case DType::uint8: return fill_reals<std::uint8_t>(value, view, into);
    case DType::boolean: std::ranges::transform(view.bytes, into.begin(), [](std::byte b) { return b == std::byte{0} ? 0.0f : 1.0f; }); return;
    case DType::int16: return fill_reals<std::int16_t>(value, view, into);
    case DType::int32: return fill_reals<std::int32_t>(value, view, into);
    case DType::int64: return fill_reals<std::int64_t>(value, view, into);
    case DType::uint16: return fill_reals<std::uint16_t>(value, view, into);
    case DType::uint32: return fill_reals<std::uint32_t>(value, view, into);
    case DType::uint64: return fill_reals<std::uint64_t>(value, view, into);
    case DType::float64: std::ranges::transform(view.as<double>(), into.begin(), [](double real) { return static_cast<float>(real); }); return;
    case DType::float16: case DType::int4: case DType::resource: return;  // prepare() refused
  }
}

}  // namespace edgewise
