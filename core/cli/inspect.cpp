// edgewise inspect: what is in a model file, and where each of its bytes went.
#include "core/base/text.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/table.h"
#include "core/graph/check.h"
#include "core/report/inspect.h"

namespace edgewise::cli {

namespace {

std::string describe(const Value& value) {
  std::string out = text(name_of(value.type), " ", to_text(value.shape));
  if (value.grid.scale.size() == 1) out += text(", scale ", value.grid.scale[0], ", zero_point ", value.grid.zero_point[0]);
  return out;
}

std::string as_text(const Model& model, const report::Facts& facts) {
  std::string out = text(model.name, ": ", model.format, ", ", grouped(model.file_bytes), " bytes", model.description.empty() ? "" : ", ", model.description, "\n");
  for (const ValueId id : model.graph->inputs) out += text("input   ", model.graph->value(id).name, ": ", describe(model.graph->value(id)), "\n");
  for (const ValueId id : model.graph->outputs) out += text("output  ", model.graph->value(id).name, ": ", describe(model.graph->value(id)), "\n");
  Columns table({"layer", "operator", "output", "MACs", "parameters", "bytes"}, "lllrrr");
  for (const report::NodeFacts& node : facts.nodes)
    table.add({node.name, node.op, node.outputs.empty() ? "" : text(name_of(node.outputs[0]->type), " ", to_text(node.outputs[0]->shape)),
               node.macs.known ? grouped(node.macs.macs) : "unknown", grouped(node.params), grouped(node.bytes)});
  table.add({"total", "", "", facts.total.macs.known ? grouped(facts.total.macs.macs) : "unknown", grouped(facts.total.params), grouped(facts.total.bytes)});
  out += "\n" + table.text() + "\nbytes of the file\n";
  Columns bytes({"kind", "bytes"}, "lr");
  for (const auto& [kind, count] : facts.kinds) bytes.add({std::string(report::name_of(kind)), grouped(count)});
  out += bytes.text();
  for (const Error& error : unsupported(*model.graph)) out += text("cannot run: ", to_text(error), "\n");
  return out;
}

}  // namespace

Result<std::string> inspect(const Arguments& arguments) {
  const auto model = open_model(arguments.words[0]);
  if (!model) return std::unexpected(model.error());
  const report::Facts facts = report::facts_of(*model);
  return arguments.has("json") ? report::inspect_json(*model, facts) + "\n" : as_text(*model, facts);
}

}  // namespace edgewise::cli
