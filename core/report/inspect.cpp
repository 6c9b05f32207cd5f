#include "core/report/inspect.h"

#include "core/base/json.h"
#include "core/graph/check.h"

namespace edgewise::report {

namespace {

void write_shape(Json& json, const Shape& shape) {
  json.open('[');
  for (int axis = 0; axis < shape.rank(); ++axis) json.value(shape[axis]);
  json.close(']');
}

void write_values(Json& json, std::string_view key, const std::vector<const Value*>& values) {
  json.key(key).open('[');
  for (const Value* value : values) {
    json.open('{').field("name", value->name).key("shape");
    write_shape(json, value->shape);
    json.field("dtype", edgewise::name_of(value->type));
    if (value->grid.scale.size() == 1) json.field("scale", value->grid.scale[0]).field("zero_point", value->grid.zero_point[0]);
    json.close('}');
  }
  json.close(']');
}

std::vector<const Value*> values_of(const Graph& graph, const std::vector<ValueId>& ids) {
  std::vector<const Value*> out;
  for (const ValueId id : ids) out.push_back(&graph.value(id));
  return out;
}

}  // namespace

std::string_view name_of(ByteRange::Kind kind) {
  switch (kind) {
    case ByteRange::Kind::weights: return "weights";
    case ByteRange::Kind::biases: return "biases";
    case ByteRange::Kind::other_constants: return "other_constants";
    case ByteRange::Kind::quantization: return "quantization";
    case ByteRange::Kind::names: return "names";
    case ByteRange::Kind::structure: return "structure";
    case ByteRange::Kind::padding: return "padding";
  }
  return "?";
}

Facts facts_of(const Model& model) {
  const Graph& graph = *model.graph;
  Facts all;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const Node& node = graph.nodes[i];
    NodeFacts facts{node_name(graph, static_cast<NodeId>(i)), edgewise::name_of(node.op), {}, {}, macs_of(graph, node)};
    for (std::size_t position = 0; position < node.inputs.size(); ++position) {
      const Value* value = graph.input(node, position);
      if (value == nullptr) continue;
      if (!value->is_constant()) {
        facts.inputs.push_back(value);
        continue;
      }
      facts.params += value->shape.elements();
      facts.bytes += value->data->size();
    }
    for (const ValueId id : node.outputs) facts.outputs.push_back(&graph.value(id));
    all.total.macs.macs += facts.macs.macs;
    all.total.macs.known = all.total.macs.known && facts.macs.known;
    all.total.params += facts.params;
    all.total.bytes += facts.bytes;
    all.nodes.push_back(std::move(facts));
  }
  for (const ByteRange& range : model.bytes) all.kinds[range.kind] += range.count;
  return all;
}

std::string inspect_json(const Model& model, const Facts& facts) {
  Json json;
  json.open('{').field("format", model.format).field("description", model.description).field("file_bytes", model.file_bytes);
  write_values(json, "inputs", values_of(*model.graph, model.graph->inputs));
  write_values(json, "outputs", values_of(*model.graph, model.graph->outputs));
  json.key("layers").open('[');
  for (const NodeFacts& node : facts.nodes) {
    json.open('{').field("name", node.name).field("op", node.op);
    write_values(json, "inputs", node.inputs);
    write_values(json, "outputs", node.outputs);
    json.key("macs");
    if (node.macs.known) json.value(node.macs.macs);
    else json.null();
    json.field("params", node.params).field("bytes", node.bytes).close('}');
  }
  json.close(']').key("totals").open('{').key("macs");
  if (facts.total.macs.known) json.value(facts.total.macs.macs);
  else json.null();
  json.field("params", facts.total.params).field("bytes", facts.total.bytes).field("file_bytes", model.file_bytes).close('}');
  json.key("bytes_by_kind").open('{');
  for (const auto& [kind, count] : facts.kinds) json.field(name_of(kind), count);
  json.close('}').key("bytes").open('[');
  for (const ByteRange& range : model.bytes) {
    json.open('{').field("first", range.first).field("count", range.count).field("kind", name_of(range.kind));
    if (range.value != no_value) json.field("value", model.graph->value(range.value).name);
    json.close('}');
  }
  json.close(']').key("unsupported").open('[');
  for (const Error& error : unsupported(*model.graph)) json.value(to_text(error));
  json.close(']').close('}');
  return json.take();
}

}  // namespace edgewise::report
