#include "core/run/run.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "core/base/text.h"
#include "core/graph/check.h"
#include "core/graph/infer.h"
#include "core/graph/operands.h"
#include "core/graph/wide.h"
#include "core/kernels/simd/simd.h"
#include "core/kernels/site.h"
#include "core/run/known.h"
#include "core/run/program.h"
#include "core/run/reals.h"
#include "core/tensor/half.h"

namespace edgewise {
namespace {

Result<void> check_work(const Graph& graph) {
  std::uint64_t macs = 0;
  for (const Graph* one : all_graphs(graph))
    for (const Node& node : one->nodes) macs += macs_of(*one, node).macs;
  if (macs > limits::macs) return fail(text("one inference takes ", macs, " multiply-accumulates, the limit is ", limits::macs));
  return {};
}

/// Reals cannot be turned into every type, and back.
Result<void> check_ends(const Graph& graph) {
  for (const std::vector<ValueId>* ends : {&graph.inputs, &graph.outputs})
    for (const ValueId id : *ends)
      if (const DType type = graph.value(id).type; type == DType::int4 || type == DType::resource)
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

}  // namespace

bool has_loop(const Graph& graph) {
  return std::ranges::any_of(all_graphs(graph), [](const Graph* one) { return std::ranges::any_of(one->nodes, [](const Node& node) { return std::holds_alternative<While>(node.op); }); });
}

struct Runner::State {
  std::shared_ptr<const Graph> graph;
  Machine machine;
  Program* program = nullptr;   ///< of the graph, in `machine`
};

Runner::Runner(std::unique_ptr<State> state) : state_(std::move(state)) {}
Runner::Runner(Runner&&) noexcept = default;
Runner& Runner::operator=(Runner&&) noexcept = default;
Runner::~Runner() = default;

Result<Runner> Runner::prepare(std::shared_ptr<const Graph> graph, Kernels kernels, kernels::Arithmetic arithmetic,
                               std::optional<kernels::RelaxedDot> relaxed_dot) {
  graph = with_wide_constants(std::move(graph));
  if (auto ok = check(*graph); !ok) return std::unexpected(ok.error());
  if (auto known = with_known_numbers(graph); known != graph) {
    graph = std::move(known);
    if (auto ok = check(*graph); !ok) return std::unexpected(ok.error());
  }
  if (auto lacking = unsupported(*graph); !lacking.empty()) return std::unexpected(lacking.front());
  if (auto ok = check_ends(*graph); !ok) return std::unexpected(ok.error());
  if (auto ok = check_work(*graph); !ok) return std::unexpected(ok.error());

  auto state = std::make_unique<State>();
  state->graph = graph;
  state->machine.kernels = kernels;
  state->machine.arithmetic = arithmetic;
  state->machine.relaxed_dot = relaxed_dot ? *relaxed_dot : kernels::simd::relaxed_dot_of_this_machine();
  const auto program = state->machine.program_of(graph);
  if (!program) return std::unexpected(program.error());
  state->program = *program;
  return Runner(std::move(state));
}

const Graph& Runner::graph() const { return *state_->graph; }

std::span<std::byte> Runner::input(std::size_t index) {
  return state_->program->contents(state_->graph->inputs[index]);
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
    case DType::float16: std::ranges::transform(reals, reinterpret_cast<std::uint16_t*>(into), to_half); return;
    case DType::int4: case DType::resource: return;  // prepare() refused
  }
}

void Runner::reset() { state_->machine.reset(); }

Result<void> Runner::run(const std::function<void(NodeId)>& observer) {
  Budget budget{2 * limits::macs};   // check_work has bounded what is no loop
  return state_->program->run(budget, observer);
}

std::span<std::byte> Runner::variable(ValueId id) {
  assert(state_->graph->value(id).is_variable);
  return state_->program->contents(id);
}

TensorView Runner::value(ValueId id) const {
  const Value& value = state_->graph->value(id);
  return {value.type, value.shape, std::as_const(*state_->program).contents(id)};
}

TensorView Runner::output(std::size_t index) const { return value(state_->graph->outputs[index]); }

void Runner::output_reals(std::size_t index, std::span<float> into) const {
  const Value& value = state_->graph->value(state_->graph->outputs[index]);
  read_reals(value, output(index), into);
}

}  // namespace edgewise
