#include <algorithm>
#include <cmath>
#include <optional>

#include "core/compress/repair.h"

namespace edgewise {

namespace {

constexpr int most_rounds = 40;          ///< over all pairs; a chain of layers settles in a few
constexpr double settled = 1e-3;         ///< a factor nearer to 1 than this changes nothing

Activation activation_of(const Op& op) {
  if (const auto* conv = std::get_if<Conv2d>(&op)) return conv->activation;
  if (const auto* depthwise = std::get_if<DepthwiseConv2d>(&op)) return depthwise->activation;
  return std::get<FullyConnected>(op).activation;
}

/// Operators that commute with a factor for each channel, the last axis.
bool passes_channels(const Op& op) {
  const auto* average = std::get_if<AvgPool2d>(&op);
  const auto* most = std::get_if<MaxPool2d>(&op);
  if (average != nullptr) return average->activation == Activation::none || average->activation == Activation::relu;
  if (most != nullptr) return most->activation == Activation::none || most->activation == Activation::relu;
  return std::holds_alternative<Relu>(op) || std::holds_alternative<Reshape>(op);
}

struct Pair {
  std::size_t first, second;            ///< in layers_of order
  std::vector<ValueId> between;         ///< values whose range changes
};

class Equalizer {
 public:
  explicit Equalizer(const Graph& graph) : graph_(graph), layers_(layers_of(graph)), readers_(graph.values.size()), uses_(graph.values.size(), 0) {
    for (std::size_t n = 0; n < graph.nodes.size(); ++n)
      for (const ValueId id : graph.nodes[n].inputs)
        if (id != no_value) readers_[at(id)].push_back(n);
    for (std::size_t id = 0; id < uses_.size(); ++id) uses_[id] = readers_[id].size() + static_cast<std::size_t>(std::ranges::count(graph.outputs, static_cast<ValueId>(id)));
  }

  Graph run() {
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < layers_.size(); ++i)
      if (auto pair = pair_from(i)) pairs.push_back(std::move(*pair));
    bool changes = true;
    for (int round = 0; changes && round < most_rounds; ++round) {
      changes = false;
      for (const Pair& pair : pairs) changes |= equalize(pair);
    }
    for (const auto& [layer, weights] : weights_) put_reals(graph_.value(graph_.node(layers_[layer].node).inputs[1]), weights);
    for (const auto& [layer, bias] : biases_) put_reals(graph_.value(graph_.node(layers_[layer].node).inputs[2]), bias);
    for (const Pair& pair : pairs)
      for (const ValueId id : pair.between) {
        graph_.value(id).grid = {};
        graph_.value(id).bits = 0;
      }
    return std::move(graph_);
  }

 private:
  static std::size_t at(ValueId id) { return static_cast<std::size_t>(id); }

  bool is_own_constant(ValueId id) const {
    return id != no_value && graph_.value(id).is_constant() && graph_.value(id).type == DType::float32 && !graph_.value(id).contents_omitted() && uses_[at(id)] == 1;
  }

  /// The layer that alone reads what layer `first` makes, when a factor can go from one to the other.
  std::optional<Pair> pair_from(std::size_t first) const {
    const Node& node = graph_.node(layers_[first].node);
    const Activation activation = activation_of(node.op);
    if (activation != Activation::none && activation != Activation::relu) return {};
    if (!is_own_constant(node.inputs[1]) || (node.inputs.size() > 2 && node.inputs[2] != no_value && !is_own_constant(node.inputs[2]))) return {};
    Pair pair{first, 0, {}};
    ValueId id = node.outputs.front();
    for (;;) {
      if (uses_[at(id)] != 1 || readers_[at(id)].size() != 1) return {};
      pair.between.push_back(id);
      const std::size_t n = readers_[at(id)].front();
      const Node& reader = graph_.nodes[n];
      const auto layer = std::ranges::find(layers_, static_cast<NodeId>(n), &Layer::node);
      if (layer != layers_.end()) {
        pair.second = static_cast<std::size_t>(layer - layers_.begin());
        return reader.inputs[0] == id && is_own_constant(reader.inputs[1]) && reads_channels(*layer, layers_[first].channels) ? std::optional(pair) : std::nullopt;
      }
      if (!passes_channels(reader.op)) return {};
      id = reader.outputs.front();
    }
  }

  /// Whether the inputs of a layer's weights are `channels`, or several positions of them behind one another.
  bool reads_channels(const Layer& layer, int channels) const {
    const Node& node = graph_.node(layer.node);
    const Shape& weights = graph_.value(node.inputs[1]).shape;
    if (const auto* depthwise = std::get_if<DepthwiseConv2d>(&node.op)) return depthwise->multiplier == 1 && layer.channels == channels;
    const std::int64_t inputs = weights[weights.rank() - 1];
    return std::holds_alternative<FullyConnected>(node.op) ? inputs % channels == 0 : inputs == channels;
  }

  std::vector<float>& weights_of(std::size_t layer) { return contents(weights_, layer, 1); }

  std::vector<float>& contents(std::vector<std::pair<std::size_t, std::vector<float>>>& of, std::size_t layer, std::size_t position) {
    for (auto& [known, values] : of)
      if (known == layer) return values;
    const auto reals = graph_.value(graph_.node(layers_[layer].node).inputs[position]).view().as<float>();
    of.emplace_back(layer, std::vector<float>(reals.begin(), reals.end()));
    return of.back().second;
  }

  /// The output channel of element `i` of a layer's weights.
  std::size_t output_channel(const Layer& layer, std::size_t i, std::size_t count) const {
    const auto channels = static_cast<std::size_t>(layer.channels);
    return layer.channel_axis == 0 ? i / (count / channels) : i % channels;
  }

  bool equalize(const Pair& pair) {
    const auto channels = static_cast<std::size_t>(layers_[pair.first].channels);
    weights_of(pair.first);   // before references are taken: `contents` may move what it holds
    weights_of(pair.second);
    std::vector<float>&first = weights_of(pair.first), &second = weights_of(pair.second);
    std::vector<float> reach_first(channels, 0.0f), reach_second(channels, 0.0f);
    for (std::size_t i = 0; i < first.size(); ++i) {
      float& reach = reach_first[output_channel(layers_[pair.first], i, first.size())];
      reach = std::max(reach, std::abs(first[i]));
    }
    for (std::size_t i = 0; i < second.size(); ++i) reach_second[i % channels] = std::max(reach_second[i % channels], std::abs(second[i]));
    std::vector<float> factor(channels, 1.0f);
    bool changes = false;
    for (std::size_t c = 0; c < channels; ++c) {
      if (!(reach_first[c] > 0.0f && reach_second[c] > 0.0f)) continue;   // a channel that nothing makes or nobody reads
      const double wanted = std::sqrt(static_cast<double>(reach_first[c]) / static_cast<double>(reach_second[c]));
      if (!std::isfinite(wanted) || std::abs(wanted - 1.0) < settled) continue;
      factor[c] = static_cast<float>(std::clamp(wanted, 1e-4, 1e4));
      changes = true;
    }
    if (!changes) return false;
    for (std::size_t i = 0; i < first.size(); ++i) first[i] /= factor[output_channel(layers_[pair.first], i, first.size())];
    for (std::size_t i = 0; i < second.size(); ++i) second[i] *= factor[i % channels];
    const Node& node = graph_.node(layers_[pair.first].node);
    if (node.inputs.size() > 2 && node.inputs[2] != no_value) {
      std::vector<float>& bias = contents(biases_, pair.first, 2);
      for (std::size_t c = 0; c < bias.size(); ++c) bias[c] /= factor[c];
    }
    return true;
  }

  Graph graph_;
  std::vector<Layer> layers_;
  std::vector<std::vector<std::size_t>> readers_;   ///< by value: nodes
  std::vector<std::size_t> uses_;                   ///< by value: inputs of nodes, and graph outputs
  std::vector<std::pair<std::size_t, std::vector<float>>> weights_, biases_;   ///< by layer, those that changed
};

}  // namespace

std::shared_ptr<const Graph> equalize(const std::shared_ptr<const Graph>& float_graph) { return std::make_shared<const Graph>(Equalizer(*float_graph).run()); }

}  // namespace edgewise
