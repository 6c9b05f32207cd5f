// Operators that core/run runs itself: loops, branches, graphs that run once, variables that graphs share, and the buffer that stops a run.
#include <algorithm>
#include <cstring>
#include <utility>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/graph/operands.h"
#include "core/run/program.h"

namespace edgewise {
namespace {

using kernels::Operands;

void copy_to(Program& program, const std::vector<ValueId>& ids, std::span<const std::byte* const> from) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto into = program.contents(ids[i]);
    std::memcpy(into.data(), from[i], into.size());
  }
}

void copy_from(const Program& program, std::span<std::byte* const> into) {
  const std::vector<ValueId>& ids = program.graph().outputs;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const BytesView from = program.contents(ids[i]);
    std::memcpy(into[i], from.data(), from.size());
  }
}

/// The loop's values live in the node's outputs from round to round.
Result<ControlStep> prepare_while(const While& op, Machine& machine) {
  const auto condition = machine.program_of(op.condition);
  if (!condition) return std::unexpected(condition.error());
  const auto body = machine.program_of(op.body);
  if (!body) return std::unexpected(body.error());
  return ControlStep{[condition = *condition, body = *body](const Operands& operands, Budget& budget) -> Result<Next> {
    for (std::size_t i = 0; i < operands.outputs.size(); ++i) std::memcpy(operands.outputs[i], operands.inputs[i], body->contents(body->graph().inputs[i]).size());
    const std::span<const std::byte* const> values = operands.outputs;
    for (std::uint64_t round = 0;; ++round) {
      copy_to(*condition, condition->graph().inputs, values);
      if (auto ok = condition->run(budget); !ok) return std::unexpected(ok.error());
      if (std::as_const(*condition).contents(condition->graph().outputs[0])[0] == std::byte{0}) return Next::go_on;
      if (round == limits::loop_rounds) return fail(text("the loop does not end within ", limits::loop_rounds, " rounds"), {}, {}, "Check the loop's condition");
      copy_to(*body, body->graph().inputs, values);
      if (auto ok = body->run(budget); !ok) return std::unexpected(ok.error());
      copy_from(*body, operands.outputs);
    }
  }};
}

Result<ControlStep> prepare_if(const If& op, Machine& machine) {
  const auto then = machine.program_of(op.then);
  if (!then) return std::unexpected(then.error());
  const auto otherwise = machine.program_of(op.otherwise);
  if (!otherwise) return std::unexpected(otherwise.error());
  return ControlStep{[then = *then, otherwise = *otherwise](const Operands& operands, Budget& budget) -> Result<Next> {
    Program& program = operands.inputs[0][0] != std::byte{0} ? *then : *otherwise;
    copy_to(program, program.graph().inputs, operands.inputs.subspan(1));
    if (auto ok = program.run(budget); !ok) return std::unexpected(ok.error());
    copy_from(program, operands.outputs);
    return Next::go_on;
  }};
}

Result<ControlStep> prepare_call_once(const CallOnce& op, Machine& machine) {
  if (!op.graph->inputs.empty() || !op.graph->outputs.empty()) return fail("the graph it runs has inputs or outputs");
  const auto program = machine.program_of(op.graph);
  if (!program) return std::unexpected(program.error());
  auto has_run = std::make_shared<bool>(false);
  return ControlStep{[program = *program, has_run](const Operands&, Budget& budget) -> Result<Next> {
                       if (*has_run) return Next::go_on;
                       if (auto ok = program->run(budget); !ok) return std::unexpected(ok.error());
                       *has_run = true;
                       return Next::go_on;
                     },
                     [has_run] { *has_run = false; }};
}

/// The variable, made at the first mention; whoever names it must agree on type and size.
Result<Machine::Variable*> variable_of(const Graph& graph, ValueId handle_id, const Value& like, Machine& machine) {
  const VarHandle* handle = handle_of(graph, handle_id);
  if (handle == nullptr) return fail("its variable's handle is not made by a VAR_HANDLE of the same graph, which is not supported");
  const std::uint64_t bytes = bytes_for(like.type, like.shape.elements());
  const auto [found, is_new] = machine.variables.try_emplace(handle->name);
  Machine::Variable& variable = found->second;
  if (is_new) {
    machine.bytes += bytes;
    if (machine.bytes > limits::activation_bytes) return fail(text("its tensors and variables take ", machine.bytes, " bytes, the limit is ", limits::activation_bytes));
    variable.like = like;
    variable.contents.resize(static_cast<std::size_t>(bytes));
    fill_initial(variable.like, variable.contents);
  }
  if (variable.like.type != like.type || variable.contents.size() != bytes)
    return fail(text("the variable '", handle->name, "' is ", name_of(variable.like.type), ' ', to_text(variable.like.shape), "; here it is ", name_of(like.type), ' ',
                     to_text(like.shape)));
  return &variable;
}

Result<ControlStep> prepare_read(const Graph& graph, const Node& node, Machine& machine) {
  const auto variable = variable_of(graph, node.inputs[0], graph.output(node), machine);
  if (!variable) return std::unexpected(variable.error());
  return ControlStep{[variable = *variable](const Operands& operands, Budget&) -> Result<Next> {
    std::ranges::copy(variable->contents, operands.outputs[0]);
    return Next::go_on;
  }};
}

Result<ControlStep> prepare_assign(const Graph& graph, const Node& node, Machine& machine) {
  const auto variable = variable_of(graph, node.inputs[0], *graph.input(node, 1), machine);
  if (!variable) return std::unexpected(variable.error());
  return ControlStep{[variable = *variable](const Operands& operands, Budget&) -> Result<Next> {
    std::copy_n(operands.inputs[1], variable->contents.size(), variable->contents.begin());
    return Next::go_on;
  }};
}

/// Keeps the last inputs, the newest at the end. Source: tensorflow/lite/micro/kernels/circular_buffer.cc in TensorFlow Lite Micro.
Result<ControlStep> prepare_circular_buffer(const Graph& graph, const Node& node) {
  const Value &x = *graph.input(node, 0), &y = graph.output(node);
  const int cycles = std::get<CircularBuffer>(node.op).cycles;
  if (x.type != DType::int8 || y.type != DType::int8) return fail(text(name_of(x.type), " to ", name_of(y.type), " has no kernel"));
  if (x.grid != y.grid) return fail("its input and output have different grids");
  if (cycles < 1) return fail(text("cycles_max is ", cycles, ", it must be at least 1; TensorFlow Lite Micro would guess it from the shapes of two models it knows"));
  struct Memory {
    std::vector<std::byte> slots;
    int until_run;
  };
  auto memory = std::make_shared<Memory>(Memory{std::vector<std::byte>(static_cast<std::size_t>(y.shape.elements())), cycles});
  return ControlStep{[memory, cycles, depth = static_cast<std::ptrdiff_t>(x.shape.elements())](const Operands& operands, Budget&) -> Result<Next> {
                       std::copy(memory->slots.begin() + depth, memory->slots.end(), memory->slots.begin());
                       std::copy_n(operands.inputs[0], depth, memory->slots.end() - depth);
                       std::ranges::copy(memory->slots, operands.outputs[0]);
                       if (--memory->until_run != 0) return Next::stop;
                       memory->until_run = cycles;
                       return Next::go_on;
                     },
                     [memory, cycles] { *memory = {std::vector<std::byte>(memory->slots.size()), cycles}; }};
}

}  // namespace

Result<ControlStep> prepare_control(const Graph& graph, const Node& node, Machine& machine) {
  if (const auto* op = std::get_if<While>(&node.op)) return prepare_while(*op, machine);
  if (const auto* op = std::get_if<If>(&node.op)) return prepare_if(*op, machine);
  if (const auto* op = std::get_if<CallOnce>(&node.op)) return prepare_call_once(*op, machine);
  if (std::holds_alternative<ReadVariable>(node.op)) return prepare_read(graph, node, machine);
  if (std::holds_alternative<AssignVariable>(node.op)) return prepare_assign(graph, node, machine);
  if (std::holds_alternative<CircularBuffer>(node.op)) return prepare_circular_buffer(graph, node);
  if (std::holds_alternative<VarHandle>(node.op)) return ControlStep{[](const Operands&, Budget&) -> Result<Next> { return Next::go_on; }};   // a name, no contents
  return fail("nothing runs this operator");
}

}  // namespace edgewise
