// The rules of control flow and of variables that outlive a run. What the graphs inside need, their own rules say.
#include "core/base/text.h"
#include "core/graph/infer.h"
#include "core/graph/rules/rules.h"

namespace edgewise {
namespace {

/// Values that are handed over must have one shape and one type.
Result<void> want_same(const Value& given, const Value& wanted, std::string_view what, std::size_t position) {
  if (given.shape == wanted.shape && given.type == wanted.type) return {};
  return fail(text(what, ' ', position, " is ", name_of(wanted.type), ' ', to_text(wanted.shape), "; ", name_of(given.type), ' ', to_text(given.shape), " is handed to it"));
}

/// Inputs `first`... of the node against the graph's inputs.
Result<void> want_inputs(const Place& at, std::size_t first, const Graph& graph, std::string_view what) {
  if (at.node.inputs.size() - first != graph.inputs.size())
    return fail(text("it hands on ", at.node.inputs.size() - first, " inputs; ", what, " takes ", graph.inputs.size()));
  for (std::size_t i = 0; i < graph.inputs.size(); ++i)
    if (auto ok = want_same(at.value(first + i), graph.value(graph.inputs[i]), text("input of ", what), i); !ok) return ok;
  return {};
}

Shapes outputs_of(const Graph& graph) {
  std::vector<Shape> shapes;
  for (const ValueId id : graph.outputs) shapes.push_back(graph.value(id).shape);
  return shapes;
}

Result<void> want_outputs(const Place& at, const Graph& graph, std::string_view what) {
  if (at.node.outputs.size() != graph.outputs.size()) return fail(text("it has ", at.node.outputs.size(), " outputs; ", what, " makes ", graph.outputs.size()));
  for (std::size_t i = 0; i < graph.outputs.size(); ++i)
    if (at.graph.value(at.node.outputs[i]).type != graph.value(graph.outputs[i]).type) return fail(text("output ", i, " has another type than ", what, " makes"));
  return {};
}

bool is_truth(const Value& value) { return value.type == DType::boolean && value.shape.elements() == 1; }

Result<Shapes> loop(const Place& at) {
  const auto& op = std::get<While>(at.node.op);
  if (auto ok = want_inputs(at, 0, *op.condition, "the condition"); !ok) return std::unexpected(ok.error());
  if (auto ok = want_inputs(at, 0, *op.body, "the body"); !ok) return std::unexpected(ok.error());
  if (auto ok = want_outputs(at, *op.body, "the body"); !ok) return std::unexpected(ok.error());
  if (op.condition->outputs.size() != 1 || !is_truth(op.condition->value(op.condition->outputs[0]))) return fail("its condition does not make one boolean");
  if (op.body->inputs.size() != op.body->outputs.size()) return fail(text("its body makes ", op.body->outputs.size(), " values of ", op.body->inputs.size()));
  for (std::size_t i = 0; i < op.body->outputs.size(); ++i)
    if (auto ok = want_same(op.body->value(op.body->outputs[i]), at.value(i), "value of the loop", i); !ok) return std::unexpected(ok.error());
  return outputs_of(*op.body);
}

Result<Shapes> branch(const Place& at) {
  const auto& op = std::get<If>(at.node.op);
  if (!is_truth(at.value(0))) return fail(text("its condition is ", name_of(at.value(0).type), ' ', to_text(at.in(0)), "; one boolean is wanted"));
  for (const Graph* graph : {op.then.get(), op.otherwise.get()}) {
    const std::string_view what = graph == op.then.get() ? "the first graph" : "the second graph";
    if (auto ok = want_inputs(at, 1, *graph, what); !ok) return std::unexpected(ok.error());
    if (auto ok = want_outputs(at, *graph, what); !ok) return std::unexpected(ok.error());
  }
  for (std::size_t i = 0; i < op.then->outputs.size(); ++i)
    if (auto ok = want_same(op.otherwise->value(op.otherwise->outputs[i]), op.then->value(op.then->outputs[i]), "output of both graphs", i); !ok) return std::unexpected(ok.error());
  return outputs_of(*op.then);
}

Result<Shapes> nothing(const Place&) { return Shapes(std::vector<Shape>{}); }

/// How often a loop runs, only a run knows; a graph that runs once costs later inferences nothing.
Macs unknown_macs(const Place&) { return {0, false}; }

/// The more costly of the two.
Macs branch_macs(const Place& at) {
  const auto& op = std::get<If>(at.node.op);
  Macs most;
  for (const Graph* graph : {op.then.get(), op.otherwise.get()}) {
    Macs sum;
    for (const Node& node : graph->nodes) {
      const Macs macs = macs_of(*graph, node);
      sum.macs += macs.macs;
      sum.known = sum.known && macs.known;
    }
    most = {std::max(most.macs, sum.macs), most.known && sum.known};
  }
  return most;
}

}  // namespace

const Rule VarHandle::rule = {.name = "VAR_HANDLE",
                              .inputs = {0, 0},
                              .shapes = [](const Place& at) -> Result<Shapes> { return at.graph.output(at.node).shape; },
                              .macs = rules::no_macs};
const Rule ReadVariable::rule = {.name = "READ_VARIABLE",
                                 .inputs = {1, 1},
                                 .shapes = [](const Place& at) -> Result<Shapes> { return at.graph.output(at.node).shape; },   // core/run compares it with what is assigned
                                 .macs = rules::no_macs};
const Rule AssignVariable::rule = {.name = "ASSIGN_VARIABLE", .inputs = {2, 2}, .outputs = {0, 0}, .shapes = nothing, .macs = rules::no_macs};
const Rule CallOnce::rule = {.name = "CALL_ONCE", .inputs = {0, 0}, .outputs = {0, 0}, .shapes = nothing, .macs = rules::no_macs};
const Rule While::rule = {.name = "WHILE", .inputs = {1, rules::many}, .outputs = {1, rules::many}, .shapes = loop, .macs = unknown_macs};
const Rule If::rule = {.name = "IF", .inputs = {1, rules::many}, .outputs = {1, rules::many}, .shapes = branch, .macs = branch_macs};

}  // namespace edgewise
