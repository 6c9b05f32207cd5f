#include "core/graph/infer.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/graph/check.h"
#include "core/graph/operands.h"

namespace edgewise {
Extent window_extent(std::int64_t extent, int kernel, int stride, int dilation, Padding padding) {
  const std::int64_t reach = std::int64_t{kernel - 1} * dilation + 1;  // input positions from the first tap to the last
  switch (padding) {
    case Padding::valid: return {extent < reach ? 0 : (extent - reach) / stride + 1, 0};
    case Padding::same: {
      const std::int64_t output = (extent + stride - 1) / stride;
      const std::int64_t missing = std::max<std::int64_t>(0, (output - 1) * stride + reach - extent);
      return {output, missing / 2};  // an odd one goes after
    }
  }
  return {0, 0};
}

Result<void> infer_shapes(Graph& graph) {
  if (auto ok = check_structure(graph); !ok) return ok;
  // What an operator we lack makes, only the file knows, and files with free extents write 1 for them: nothing behind it is held to its rule.
  std::vector<bool> is_from_file(graph.values.size());
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const Node& node = graph.nodes[n];
    const auto failed = [&](std::string reason) { return fail(std::move(reason), place_of(graph, static_cast<NodeId>(n)), node.offset); };
    const bool is_behind_unknown = std::ranges::any_of(node.inputs, [&](ValueId id) { return id != no_value && is_from_file[static_cast<std::size_t>(id)]; });
    const auto shapes = rule_of(node.op).shapes({graph, node});
    if (is_behind_unknown || (shapes && !shapes->known)) {
      for (const ValueId id : node.outputs) is_from_file[static_cast<std::size_t>(id)] = true;
      continue;
    }
    if (!shapes) return failed(shapes.error().reason);
    if (shapes->of.size() != node.outputs.size())
      return failed(text("it has ", node.outputs.size(), " outputs; the operator makes ", shapes->of.size()));
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
      const Shape& shape = shapes->of[i];
      const std::string which = node.outputs.size() == 1 ? "the output" : text("output ", i);
      if (shape.elements() > limits::elements)
        return failed(text(which, " would be ", to_text(shape), ", ", shape.elements(), " elements; the limit is ", limits::elements));
      if (shape.elements() == 0 && !std::holds_alternative<Reshape>(node.op)) return failed(text(which, " would be empty: ", to_text(shape)));
      Value& output = graph.value(node.outputs[i]);
      if (output.shape.rank() != 0 && output.shape != shape)
        return failed(text("the file gives ", which, " the shape ", to_text(output.shape), "; the operator makes ", to_text(shape)));
      output.shape = shape;
    }
  }
  return {};
}

Macs macs_of(const Graph& graph, const Node& node) { return rule_of(node.op).macs({graph, node}); }

}  // namespace edgewise
