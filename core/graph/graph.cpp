#include "core/graph/graph.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/graph/operands.h"

namespace edgewise {

namespace {

/// Where an operator with weights has its output channels, and what its layers are called; `kind` is empty for the others.
struct LayerKind {
  std::string_view kind;
  int weights_rank = 0, channel_axis = 0;
};

LayerKind layer_kind(const Op& op) {
  if (std::holds_alternative<Conv2d>(op)) return {"conv", 4, 0};
  if (std::holds_alternative<DepthwiseConv2d>(op)) return {"depthwise", 4, 3};
  if (std::holds_alternative<FullyConnected>(op)) return {"dense", 2, 0};
  return {};
}

/// The constant behind a value: itself, or what a DEQUANTIZE makes it from (weights stored as codes for a layer that computes in float).
const Value* constant_behind(const Graph& graph, ValueId id) {
  if (graph.value(id).is_constant()) return &graph.value(id);
  for (const Node& node : graph.nodes)
    if (std::holds_alternative<Dequantize>(node.op) && !node.outputs.empty() && node.outputs.front() == id) {
      const Value* codes = graph.input(node, 0);
      return codes != nullptr && codes->is_constant() ? codes : nullptr;
    }
  return nullptr;
}

/// The weights of a node that is a layer; null for any other node.
const Value* layer_weights(const Graph& graph, const Node& node) {
  const LayerKind layer = layer_kind(node.op);
  if (layer.kind.empty() || graph.input(node, 1) == nullptr) return nullptr;
  const Value* weights = constant_behind(graph, node.inputs[1]);
  return weights != nullptr && weights->shape.rank() == layer.weights_rank ? weights : nullptr;
}

std::string lower_case(std::string from) {
  for (char& c : from)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return from;
}

}  // namespace

// Weights that several nodes read (the steps of a recurrence, written out) are one layer: it is trained, pruned, quantized and stored once.
std::vector<Layer> layers_of(const Graph& graph) {
  std::vector<Layer> layers;
  std::vector<const Value*> known;
  int convolutions = 0, depthwise = 0, dense = 0;
  for (std::size_t at = 0; at < graph.nodes.size(); ++at) {
    const Node& node = graph.nodes[at];
    const Value* weights = layer_weights(graph, node);
    if (weights == nullptr || std::ranges::find(known, weights) != known.end()) continue;
    known.push_back(weights);
    const LayerKind layer = layer_kind(node.op);
    int& number = std::holds_alternative<Conv2d>(node.op) ? convolutions : std::holds_alternative<DepthwiseConv2d>(node.op) ? depthwise : dense;
    layers.push_back({static_cast<NodeId>(at), text(layer.kind, '_', ++number), weights->shape.elements(),
                      static_cast<int>(weights->shape[layer.channel_axis]), layer.channel_axis});
  }
  return layers;
}

namespace {

/// Without the reason in brackets that an operator which is not supported carries behind its name.
std::string kind_of(const Op& op) {
  const std::string name = name_of(op);
  return name.substr(0, name.find(" ("));
}

/// The names of the first `count` nodes.
std::vector<std::string> names_of(const Graph& graph, std::size_t count) {
  struct Met { const Value* weights; std::size_t op; std::string name; int times; };   // a layer by its weights, another operator by its kind
  std::vector<Met> all;
  std::vector<std::string> names;
  names.reserve(count);
  int convolutions = 0, depthwise = 0, dense = 0;
  for (std::size_t at = 0; at < count; ++at) {
    const Node& node = graph.nodes[at];
    const Value* weights = layer_weights(graph, node);
    const bool is_unsupported = std::holds_alternative<Unsupported>(node.op);
    const std::string unsupported = is_unsupported ? kind_of(node.op) : std::string();
    auto met = std::ranges::find_if(all, [&](const Met& m) {
      return weights != nullptr ? m.weights == weights : m.weights == nullptr && m.op == node.op.index() && (!is_unsupported || m.name == unsupported);
    });
    if (met == all.end()) {
      int& number = std::holds_alternative<Conv2d>(node.op) ? convolutions : std::holds_alternative<DepthwiseConv2d>(node.op) ? depthwise : dense;
      all.push_back({weights, node.op.index(), weights != nullptr ? text(layer_kind(node.op).kind, '_', ++number) : kind_of(node.op), 0});
      met = all.end() - 1;
    }
    ++met->times;
    if (weights == nullptr) names.push_back(text(lower_case(met->name), '_', met->times));
    else names.push_back(met->times > 1 ? text(met->name, " (", met->times, ")") : met->name);
  }
  return names;
}

}  // namespace

std::string node_name(const Graph& graph, NodeId id) { return names_of(graph, static_cast<std::size_t>(id) + 1).back(); }

std::vector<std::string> node_names(const Graph& graph) { return names_of(graph, graph.nodes.size()); }

}  // namespace edgewise
