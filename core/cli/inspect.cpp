// edgewise inspect: what is in a model file, and where each of its bytes went.
#include <algorithm>
#include <map>

#include "core/base/json.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/table.h"
#include "core/graph/check.h"
#include "core/graph/infer.h"

namespace edgewise::cli {

namespace {

std::string_view kind_name(ByteRange::Kind kind) {
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

struct NodeFacts {
  std::string name, op;
  std::vector<const Value*> inputs, outputs;   // computed ones
  Macs macs;
  std::uint64_t params = 0, bytes = 0;         // of constants with real or integer codes: weights and biases
};

std::vector<NodeFacts> facts_of(const Graph& graph) {
  std::vector<NodeFacts> all;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const Node& node = graph.nodes[i];
    NodeFacts facts{node_name(graph, static_cast<NodeId>(i)), name_of(node.op), {}, {}, macs_of(graph, node)};
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
    all.push_back(std::move(facts));
  }
  return all;
}

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
    json.field("dtype", name_of(value->type));
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

std::string as_json(const Model& model, const std::vector<NodeFacts>& nodes, const NodeFacts& total, const std::map<ByteRange::Kind, std::uint64_t>& kinds) {
  Json json;
  json.open('{').field("format", model.format).field("description", model.description).field("file_bytes", model.file_bytes);
  write_values(json, "inputs", values_of(*model.graph, model.graph->inputs));
  write_values(json, "outputs", values_of(*model.graph, model.graph->outputs));
  json.key("layers").open('[');
  for (const NodeFacts& node : nodes) {
    json.open('{').field("name", node.name).field("op", node.op);
    write_values(json, "inputs", node.inputs);
    write_values(json, "outputs", node.outputs);
    json.key("macs");
    if (node.macs.known) json.value(node.macs.macs);
    else json.null();
    json.field("params", node.params).field("bytes", node.bytes).close('}');
  }
  json.close(']').key("totals").open('{').key("macs");
  if (total.macs.known) json.value(total.macs.macs);
  else json.null();
  json.field("params", total.params).field("bytes", total.bytes).field("file_bytes", model.file_bytes).close('}');
  json.key("bytes_by_kind").open('{');
  for (const auto& [kind, count] : kinds) json.field(kind_name(kind), count);
  json.close('}').key("bytes").open('[');
  for (const ByteRange& range : model.bytes) {
    json.open('{').field("first", range.first).field("count", range.count).field("kind", kind_name(range.kind));
    if (range.value != no_value) json.field("value", model.graph->value(range.value).name);
    json.close('}');
  }
  json.close(']').key("unsupported").open('[');
  for (const Error& error : unsupported(*model.graph)) json.value(to_text(error));
  json.close(']').close('}');
  return json.take() + "\n";
}

std::string describe(const Value& value) {
  std::string out = text(name_of(value.type), " ", to_text(value.shape));
  if (value.grid.scale.size() == 1) out += text(", scale ", value.grid.scale[0], ", zero_point ", value.grid.zero_point[0]);
  return out;
}

std::string as_text(const Model& model, const std::vector<NodeFacts>& nodes, const NodeFacts& total, const std::map<ByteRange::Kind, std::uint64_t>& kinds) {
  std::string out = text(model.name, ": ", model.format, ", ", grouped(model.file_bytes), " bytes", model.description.empty() ? "" : ", ", model.description, "\n");
  for (const ValueId id : model.graph->inputs) out += text("input   ", model.graph->value(id).name, ": ", describe(model.graph->value(id)), "\n");
  for (const ValueId id : model.graph->outputs) out += text("output  ", model.graph->value(id).name, ": ", describe(model.graph->value(id)), "\n");
  Columns table({"layer", "operator", "output", "MACs", "parameters", "bytes"}, "lllrrr");
  for (const NodeFacts& node : nodes)
    table.add({node.name, node.op, node.outputs.empty() ? "" : text(name_of(node.outputs[0]->type), " ", to_text(node.outputs[0]->shape)),
               node.macs.known ? grouped(node.macs.macs) : "unknown", grouped(node.params), grouped(node.bytes)});
  table.add({"total", "", "", total.macs.known ? grouped(total.macs.macs) : "unknown", grouped(total.params), grouped(total.bytes)});
  out += "\n" + table.text() + "\nbytes of the file\n";
  Columns bytes({"kind", "bytes"}, "lr");
  for (const auto& [kind, count] : kinds) bytes.add({std::string(kind_name(kind)), grouped(count)});
  out += bytes.text();
  for (const Error& error : unsupported(*model.graph)) out += text("cannot run: ", to_text(error), "\n");
  return out;
}

}  // namespace

Result<std::string> inspect(const Arguments& arguments) {
  const auto model = open_model(arguments.words[0]);
  if (!model) return std::unexpected(model.error());
  const std::vector<NodeFacts> nodes = facts_of(*model->graph);
  NodeFacts total;
  for (const NodeFacts& node : nodes) {
    total.macs.macs += node.macs.macs;
    total.macs.known = total.macs.known && node.macs.known;
    total.params += node.params;
    total.bytes += node.bytes;
  }
  std::map<ByteRange::Kind, std::uint64_t> kinds;
  for (const ByteRange& range : model->bytes) kinds[range.kind] += range.count;
  return arguments.has("json") ? as_json(*model, nodes, total, kinds) : as_text(*model, nodes, total, kinds);
}

}  // namespace edgewise::cli
