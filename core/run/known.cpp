#include "core/run/known.h"

#include <algorithm>
#include <optional>

#include "core/kernels/kernels.h"

namespace edgewise {
namespace {

constexpr std::uint64_t most_elements = 1024;   // of a number worth knowing: paddings and shapes have at most two for each axis

Result<Shapes> shapes_of(const Graph& graph, const Node& node) { return rule_of(node.op).shapes({graph, node}); }

bool hangs_on_a_run(const Graph& graph, const Node& node) {
  const auto shapes = shapes_of(graph, node);
  return shapes && !shapes->known;
}

/// What a node computes, which reads only constants or the shape of its input; absent where it is not whole numbers, or has no kernel for them.
std::optional<Bytes> contents_of(const Graph& graph, const Node& node) {
  const Value& output = graph.output(node);
  const bool is_whole = output.type == DType::int32 || output.type == DType::int64 || output.type == DType::boolean;
  const kernels::Row* row = kernels::row_of(node.op);
  if (!is_whole || output.shape.elements() > most_elements || row == nullptr || row->reference == nullptr) return {};
  const auto kernel = row->reference({graph, node});
  if (!kernel) return {};
  std::vector<const std::byte*> inputs;
  for (const ValueId id : node.inputs) inputs.push_back(id == no_value || !graph.value(id).is_constant() ? nullptr : graph.value(id).data->data());
  Bytes contents(static_cast<std::size_t>(bytes_for(output.type, output.shape.elements())));
  std::byte* const into = contents.data();
  (*kernel)({inputs, {&into, 1}});
  return contents;
}

}  // namespace

std::shared_ptr<const Graph> with_known_numbers(std::shared_ptr<const Graph> graph) {
  if (std::ranges::none_of(graph->nodes, [&](const Node& node) { return hangs_on_a_run(*graph, node); })) return graph;
  auto known = std::make_shared<Graph>(*graph);
  std::vector<bool> is_from_file(graph->values.size());   // the shape: no rule has made it
  for (std::size_t n = 0; n < graph->nodes.size(); ++n) {
    Node& node = known->nodes[n];
    bool is_open = false, reads_constants = !node.inputs.empty();
    for (const ValueId id : node.inputs) {
      is_open = is_open || (id != no_value && is_from_file[static_cast<std::size_t>(id)]);
      reads_constants = reads_constants && (id == no_value || (known->value(id).is_constant() && !known->value(id).contents_omitted()));
    }
    const auto shapes = shapes_of(*known, node);
    is_open = is_open || !shapes || !shapes->known || shapes->of.size() != node.outputs.size();
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
      if (is_open) is_from_file[static_cast<std::size_t>(node.outputs[i])] = true;
      else known->value(node.outputs[i]).shape = shapes->of[i];
    }
    const bool is_known = !is_open && node.outputs.size() == 1 && (reads_constants || std::holds_alternative<Shape_>(node.op));
    if (!is_known || std::ranges::find(graph->outputs, node.outputs.front()) != graph->outputs.end()) continue;
    auto contents = contents_of(*known, node);
    if (!contents) continue;
    const ValueId id = node.outputs.front();
    node.outputs.front() = static_cast<ValueId>(known->values.size());
    known->values.push_back(known->value(id));
    known->value(id).data = std::make_shared<const Bytes>(std::move(*contents));
    is_from_file.push_back(false);
  }
  const bool keeps_outputs = std::ranges::all_of(graph->outputs, [&](ValueId id) { return known->value(id).shape == graph->value(id).shape; });
  return keeps_outputs ? known : graph;
}

}  // namespace edgewise
