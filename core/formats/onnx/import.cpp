#include "core/formats/onnx/import.h"

#include <algorithm>
#include <set>

#include "core/base/limits.h"
#include "core/formats/onnx/fold.h"
#include "core/formats/onnx/numbers.h"

namespace edgewise::onnx {

namespace {

constexpr std::uint64_t most_kept_bytes = 8 * limits::model_file_bytes;   // of constants in another order or type than the file's, and of what is folded

std::unexpected<Error> not_fixed(const Symbol& symbol) {
  return fail(text("'", symbol.name, "' is computed while the model runs; it must be a constant, or an input whose value is known when the model is loaded"));
}

}  // namespace

// --- what a node reads -----------------------------------------------------------------------------------------------------------------------------------

Symbol* Importer::find(const std::string& name) {
  const auto at = symbols_.find(name);
  return at == symbols_.end() ? nullptr : &at->second;
}

Symbol* Importer::input(const NodeProto& node, std::size_t position) {
  return position < node.inputs.size() && !node.inputs[position].empty() ? find(node.inputs[position]) : nullptr;
}

bool Importer::is_fixed(Symbol& symbol) {
  if (symbol.is_constant()) return true;
  const auto number = input_numbers_.find(symbol.name);
  if (number == input_numbers_.end() || number->second >= given_.size()) return false;
  const Tensor& tensor = given_[number->second];
  if (tensor.type != symbol.type || tensor.shape.elements() != symbol.shape.elements()) return false;
  symbol.data = shared(tensor.bytes);
  return true;
}

Result<std::vector<std::int64_t>> Importer::integers(Symbol& symbol) {
  if (!is_fixed(symbol)) return not_fixed(symbol);
  if (symbol.shape.elements() > limits::values) return fail(text("'", symbol.name, "' has ", symbol.shape.elements(), " elements, the limit is ", limits::values));
  auto numbers = whole_numbers(symbol.type, *symbol.data);
  numbers.resize(static_cast<std::size_t>(symbol.shape.elements()));
  return numbers;
}

Result<std::vector<float>> Importer::reals(Symbol& symbol) {
  if (!is_fixed(symbol)) return not_fixed(symbol);
  return floats_of(symbol.type, *symbol.data);
}

Result<std::optional<std::vector<std::int64_t>>> Importer::list(const NodeProto& node, std::string_view name, std::size_t position) {
  if (const AttributeProto* from = attribute(node, name)) return std::optional(from->ints);
  Symbol* symbol = input(node, position);
  if (symbol == nullptr) return std::nullopt;
  auto values = integers(*symbol);
  if (!values) return std::unexpected(values.error());
  return std::optional(std::move(*values));
}

// --- looking ahead ---------------------------------------------------------------------------------------------------------------------------------------

const NodeProto* Importer::only_reader(const std::string& name, std::string_view op_type) const {
  const auto readers = readers_.find(name);
  if (readers == readers_.end() || readers->second.size() != 1 || readers->second.front() >= model_.nodes.size()) return nullptr;
  const NodeProto& reader = model_.nodes[readers->second.front()];
  return reader.op_type == op_type && !is_taken_[readers->second.front()] && !reader.outputs.empty() ? &reader : nullptr;
}

void Importer::take(const NodeProto& node) { is_taken_[static_cast<std::size_t>(&node - model_.nodes.data())] = true; }

Activation Importer::take_activation(std::string& name) {
  if (const NodeProto* relu = only_reader(name, "Relu")) {
    take(*relu);
    name = relu->outputs[0];
    return Activation::relu;
  }
  const NodeProto* clip = only_reader(name, "Clip");
  if (clip == nullptr) return Activation::none;
  const auto end = [&](std::string_view attribute_name, std::size_t position) -> std::optional<float> {
    if (const AttributeProto* from = attribute(*clip, attribute_name)) return from->f;
    Symbol* symbol = input(*clip, position);
    if (symbol == nullptr || !symbol->is_constant() || symbol->shape.elements() != 1) return {};
    const auto value = reals(*symbol);
    return value ? std::optional(value->front()) : std::nullopt;
  };
  const auto low = end("min", 1), high = end("max", 2);
  Activation activation = Activation::none;
  if (low == 0.0f && high == 6.0f) activation = Activation::relu6;
  if (low == -1.0f && high == 1.0f) activation = Activation::relu_n1_to_1;
  if (activation != Activation::none) {
    take(*clip);
    name = clip->outputs[0];
  }
  return activation;
}

// --- the model ---------------------------------------------------------------------------------------------------------------------------------------------

Result<void> Importer::read_inputs() {
  initializer_values_.assign(model_.initializers.size(), no_value);
  for (const TensorProto& tensor : model_.initializers) {
    Symbol symbol;
    symbol.name = tensor.name;
    symbol.type = tensor.type;
    symbol.shape = tensor.shape;
    symbol.data = tensor.contents;
    symbol.foreign = tensor.foreign;
    symbol.is_known = tensor.foreign.empty();
    symbols_[tensor.name] = std::move(symbol);
  }
  for (const ValueInfo& info : model_.inputs) {
    if (find(info.name) != nullptr) continue;   // older versions list initializers among the inputs
    const auto where = text("input '", info.name, "'");
    if (graph_.inputs.size() >= limits::node_inputs) return fail(text("the graph has more than ", limits::node_inputs, " inputs"), where, info.offset, "Open a smaller model");
    const std::size_t number = graph_.inputs.size();
    Shape shape;
    if (info.extents.size() > limits::rank)
      return fail(text("the shape has ", info.extents.size(), " axes, the limit is ", limits::rank), where, info.offset, "Open a model of smaller rank");
    const bool is_given = number < given_.size() && given_[number].shape.rank() == static_cast<int>(info.extents.size());
    for (std::size_t axis = 0; axis < info.extents.size(); ++axis)   // an open extent is what the given array has, else 1
      shape.push(info.extents[axis] >= 0 ? info.extents[axis] : is_given ? given_[number].shape[static_cast<int>(axis)] : 1);
    if (!info.has_shape && number < given_.size()) shape = given_[number].shape;
    if (shape.elements() > limits::elements)
      return fail(text("the shape is ", to_text(shape), ", ", shape.elements(), " elements, the limit is ", limits::elements), where, info.offset, "Open a smaller model");
    const ValueId id = new_value(info.type, shape, info.name);
    graph_.value(id).foreign_type = info.foreign;
    graph_.inputs.push_back(id);
    input_numbers_[info.name] = number;
    define(info.name, id);
    Symbol& symbol = symbols_[info.name];
    symbol.foreign = info.foreign;
    symbol.is_known = info.foreign.empty();
    if (shape.elements() == 0) symbol.data = shared({});   // without elements it is known
  }
  return {};
}

/// The node stays, so that the file can be looked at; what it makes is as the file says, if it says so.
Result<void> Importer::lack(const NodeProto& node, const std::string& reason) {
  const std::string domain = node.domain.empty() || node.domain == "ai.onnx" ? "" : node.domain + ".";
  Node lacking{Unsupported{text(domain, node.op_type, reason.empty() ? "" : text(" (", reason, ")"))}, {}, {}, node.offset};
  for (const std::string& name : node.inputs) {
    Symbol* symbol = name.empty() ? nullptr : find(name);
    if (symbol == nullptr) continue;
    if (symbol->id == no_value && symbol->is_known) {
      const auto made = in_order(*symbol);
      if (made) lacking.inputs.push_back(*made);
      continue;
    }
    if (symbol->id != no_value) lacking.inputs.push_back(symbol->id);
  }
  for (const std::string& name : node.outputs) {
    if (name.empty() || find(name) != nullptr) continue;
    Shape shape;
    const auto declared = declared_.find(name);
    const ValueInfo* info = declared == declared_.end() ? nullptr : declared->second;
    if (info != nullptr && info->extents.size() <= limits::rank)
      for (const std::int64_t extent : info->extents) shape.push(extent < 1 ? 1 : extent);
    if (shape.elements() > limits::elements) shape = {};
    const ValueId id = new_value(info == nullptr ? DType::float32 : info->type, shape, name);
    define(name, id);
    symbols_[name].is_known = false;
    lacking.outputs.push_back(id);
  }
  graph_.nodes.push_back(std::move(lacking));
  return {};
}

Result<void> Importer::read_node(const NodeProto& node) {
  offset_ = node.offset;
  const auto where = text("node '", node.name.empty() ? node.op_type : node.name, "'");
  for (const std::string& name : node.inputs)
    if (!name.empty() && find(name) == nullptr) return fail(text("it reads '", name, "', which nothing before it makes"), where, node.offset, "Export the model again");
  for (const std::string& name : node.outputs)
    if (!name.empty() && find(name) != nullptr) return fail(text("it makes '", name, "', which exists already"), where, node.offset, "Export the model again");
  if (node.outputs.empty()) return {};

  const bool is_standard = node.domain.empty() || node.domain == "ai.onnx" || node.domain == "com.microsoft";   // no name of the last means something else in the first
  const Import* import = is_standard ? import_of(node.op_type) : nullptr;
  if (import == nullptr) return lack(node, "");
  for (const std::string& name : node.inputs)
    if (Symbol* symbol = find(name); !name.empty() && !symbol->is_known)
      return lack(node, symbol->foreign.empty() ? "behind an operator that is not supported" : text("'", name, "' is ", symbol->foreign, ", which is not supported"));
  for (std::size_t i = 0; i < import->operands; ++i)
    if (input(node, i) == nullptr) return lack(node, text("input ", i, " is missing"));
  if (folded(*this, node)) return {};
  if (auto ok = import->read(*this, node); !ok) return lack(node, ok.error().reason);
  return {};
}

Result<void> Importer::read_outputs() {
  for (const ValueInfo& info : model_.outputs) {
    Symbol* symbol = find(info.name);
    if (symbol == nullptr || (!symbol->is_known && symbol->id == no_value)) return fail(text("nothing makes the output '", info.name, "'"), "graph", info.offset, "Export the model again");
    if (!symbol->is_known) {
      graph_.outputs.push_back(symbol->id);
      continue;
    }
    offset_ = info.offset;
    auto id = in_order(*symbol);
    if (!id) return fail(id.error().reason, text("output '", info.name, "'"), info.offset);
    const bool is_taken = value(*id).is_constant() || std::ranges::find(graph_.inputs, *id) != graph_.inputs.end() || std::ranges::find(graph_.outputs, *id) != graph_.outputs.end();
    if (is_taken) id = emit(Reshape{}, {id, extents(value(*id).shape)});   // a graph's output is computed: a copy
    if (!id) return fail(id.error().reason, text("output '", info.name, "'"), info.offset);
    graph_.value(*id).name = info.name;
    graph_.outputs.push_back(*id);
  }
  return {};
}

/// As the file has them, but each behind what it reads: some exporters do not care. Constants come first, for what folds them looks ahead; what lies on a cycle
/// comes last, and is refused where it is read.
std::vector<std::size_t> Importer::execution_order() const {
  const std::vector<NodeProto>& nodes = model_.nodes;
  std::map<std::string_view, std::size_t> makers;
  for (std::size_t n = 0; n < nodes.size(); ++n)
    for (const std::string& name : nodes[n].outputs) makers.emplace(name, n);
  std::vector<std::size_t> missing(nodes.size(), 0), order;
  for (std::size_t n = 0; n < nodes.size(); ++n)
    for (const std::string& name : nodes[n].inputs) missing[n] += !name.empty() && makers.contains(name);
  std::set<std::pair<bool, std::size_t>> ready;
  const auto place_when_ready = [&](std::size_t n) {
    if (missing[n] == 0) ready.emplace(nodes[n].op_type != "Constant", n);
  };
  for (std::size_t n = 0; n < nodes.size(); ++n) place_when_ready(n);
  while (!ready.empty()) {
    const std::size_t n = ready.begin()->second;
    ready.erase(ready.begin());
    order.push_back(n);
    for (const std::string& name : nodes[n].outputs) {
      const auto readers = readers_.find(name);
      if (name.empty() || readers == readers_.end() || makers[name] != n) continue;
      for (const std::size_t reader : readers->second) {
        if (reader == nodes.size()) continue;   // an output of the graph
        --missing[reader];
        place_when_ready(reader);
      }
    }
  }
  for (std::size_t n = 0; n < nodes.size(); ++n)
    if (missing[n] > 0) order.push_back(n);
  return order;
}

/// Nodes whose outputs nobody reads, and values that no node has, go.
void Importer::drop_unused() {
  std::vector<bool> is_read(graph_.values.size());
  for (const ValueId id : graph_.outputs) is_read[static_cast<std::size_t>(id)] = true;
  std::vector<bool> is_kept(graph_.nodes.size());
  for (std::size_t n = graph_.nodes.size(); n-- > 0;) {
    const Node& node = graph_.nodes[n];
    is_kept[n] = std::holds_alternative<Unsupported>(node.op) || std::ranges::any_of(node.outputs, [&](ValueId id) { return is_read[static_cast<std::size_t>(id)]; });
    if (!is_kept[n]) continue;
    for (const ValueId id : node.inputs)
      if (id != no_value) is_read[static_cast<std::size_t>(id)] = true;
  }
  for (const ValueId id : graph_.inputs) is_read[static_cast<std::size_t>(id)] = true;
  std::vector<Node> nodes;
  for (std::size_t n = 0; n < graph_.nodes.size(); ++n) {
    if (!is_kept[n]) continue;
    for (const ValueId id : graph_.nodes[n].outputs) is_read[static_cast<std::size_t>(id)] = true;
    nodes.push_back(std::move(graph_.nodes[n]));
  }
  std::vector<ValueId> moved(graph_.values.size(), no_value);
  std::vector<Value> values;
  for (std::size_t v = 0; v < graph_.values.size(); ++v) {
    if (!is_read[v]) continue;
    moved[v] = static_cast<ValueId>(values.size());
    values.push_back(std::move(graph_.values[v]));
  }
  const auto move = [&](std::vector<ValueId>& ids) {
    for (ValueId& id : ids)
      if (id != no_value) id = moved[static_cast<std::size_t>(id)];
  };
  for (Node& node : nodes) {
    move(node.inputs);
    move(node.outputs);
  }
  move(graph_.inputs);
  move(graph_.outputs);
  move(initializer_values_);
  graph_.values = std::move(values);
  graph_.nodes = std::move(nodes);
}

Result<Graph> Importer::run() {
  for (const auto* list : {&model_.values, &model_.outputs})
    for (const ValueInfo& info : *list) declared_[info.name] = &info;
  is_taken_.assign(model_.nodes.size(), false);
  for (std::size_t n = 0; n < model_.nodes.size(); ++n)
    for (const std::string& name : model_.nodes[n].inputs) readers_[name].push_back(n);
  for (const ValueInfo& info : model_.outputs) readers_[info.name].push_back(model_.nodes.size());
  if (auto ok = read_inputs(); !ok) return std::unexpected(ok.error());
  for (const std::size_t n : execution_order()) {
    if (is_taken_[n]) continue;
    if (auto ok = read_node(model_.nodes[n]); !ok) return std::unexpected(ok.error());
    if (kept_bytes_ > most_kept_bytes)
      return fail(text("the constants worked out from its constants take more than ", most_kept_bytes, " bytes"), text("node '", model_.nodes[n].name, "'"),
                  model_.nodes[n].offset, "Open a smaller model");
  }
  if (auto ok = read_outputs(); !ok) return std::unexpected(ok.error());
  drop_unused();
  return std::move(graph_);
}

}  // namespace edgewise::onnx
