#include "core/compress/channels.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include "core/compress/learned.h"
#include "core/compress/prune.h"
#include "core/graph/infer.h"

namespace edgewise {

namespace {

// A unit is an output channel of one layer, or several channels that an operator has tied: it goes as a whole or stays.
constexpr int no_unit = -1;   ///< of a place along an axis that no layer makes, such as padding: it stays

/// The unit at each index along one axis of a value.
struct Along {
  int axis = -1;              ///< -1: the value has no channels that could go
  std::vector<int> units;
  bool known() const { return axis >= 0; }
};

/// Why units stay.
struct Hold {
  NodeId node = -1;           ///< the operator that holds them, -1 for none
  std::string_view why;       ///< empty: nothing holds them
};

constexpr std::string_view by_position = "reads channels by their position";
constexpr std::string_view computed_shape = "takes its shape from what is computed";
constexpr std::string_view mixes = "mixes channels with other extents";
constexpr std::string_view grouped_why = "reads its channels in groups";
constexpr std::string_view uncut_weights = "has weights that are computed or used twice";
constexpr std::string_view answers = "they are what the model answers";
constexpr std::string_view not_made = "they are those of the model's input";

template <class... Kinds>
bool is_one_of(const Op& op) {
  return (std::holds_alternative<Kinds>(op) || ...);
}

/// One input, and each element of the output is made of the same one.
bool is_function(const Op& op) {
  return is_one_of<Relu, Relu6, ReluN1To1, Relu0To1, LeakyRelu, Logistic, Tanh, Elu, HardSwish, Abs, Neg, Exp, Log, Sin, Cos, Sqrt, Rsqrt, Square, Floor, Ceil, Round, Function>(op);
}

bool is_pooling(const Op& op) { return is_one_of<AvgPool2d, MaxPool2d, L2Pool2d, ResizeNearestNeighbor, ResizeBilinear>(op); }

bool is_elementwise(const Op& op) { return is_one_of<Add, Sub, Mul, Div, Maximum, Minimum, SquaredDifference, Prelu, AddN>(op); }

/// Whether axes lose their extent of 1; nothing for an operator that does not reduce.
std::optional<bool> reduction_keeps_dims(const Op& op) {
  if (const auto* mean = std::get_if<Mean>(&op)) return mean->keep_dims;
  if (const auto* sum = std::get_if<Sum>(&op)) return sum->keep_dims;
  if (const auto* most = std::get_if<ReduceMax>(&op)) return most->keep_dims;
  if (const auto* least = std::get_if<ReduceMin>(&op)) return least->keep_dims;
  return {};
}

std::size_t extent_behind(const Shape& shape, int axis) {
  std::size_t product = 1;
  for (int a = axis + 1; a < shape.rank(); ++a) product *= static_cast<std::size_t>(shape[a]);
  return product;
}

/// Where the channels are when the same elements, in the same order, have another shape. Element e has channel e / inner % C; an axis of the new shape
/// has channels along it when its indices tell them.
Along reshaped(const Along& in, const Shape& from, const Shape& to) {
  const std::size_t inner = extent_behind(from, in.axis), channels = in.units.size();
  for (int axis = to.rank() - 1; axis >= 0; --axis) {
    const std::size_t new_inner = extent_behind(to, axis), extent = static_cast<std::size_t>(to[axis]);
    if (new_inner == 0 || inner % new_inner != 0) continue;
    const std::size_t each = inner / new_inner;
    if (extent == 0 || extent % (each * channels) != 0) continue;
    Along out{axis, std::vector<int>(extent)};
    for (std::size_t i = 0; i < extent; ++i) out.units[i] = in.units[i / each % channels];
    return out;
  }
  return {};
}

/// Which elements of a tensor remain when only `kept` of each cut axis do, in order.
std::vector<std::size_t> kept_elements(const Shape& shape, const std::vector<const Shaped::Cut*>& cuts) {
  std::vector<std::size_t> elements{0};
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const auto cut = std::ranges::find(cuts, axis, &Shaped::Cut::axis);
    const auto extent = static_cast<std::size_t>(shape[axis]);
    std::vector<std::size_t> next;
    for (const std::size_t element : elements) {
      if (cut == cuts.end())
        for (std::size_t i = 0; i < extent; ++i) next.push_back(element * extent + i);
      else
        for (const std::uint32_t i : (*cut)->kept) next.push_back(element * extent + i);
    }
    elements = std::move(next);
  }
  return elements;
}

/// Whole numbers of a constant that tells axes or extents.
std::optional<std::vector<std::int64_t>> whole_numbers(const Value* value) {
  if (value == nullptr || !value->is_constant() || value->contents_omitted()) return {};
  const auto widened = [](const auto& numbers) { return std::vector<std::int64_t>(numbers.begin(), numbers.end()); };
  if (value->type == DType::int32) return widened(value->view().as<std::int32_t>());
  if (value->type == DType::int64) return widened(value->view().as<std::int64_t>());
  return {};
}

/// Follows channels through the graph.
class Tracer {
 public:
  explicit Tracer(const Graph& graph) : graph_(graph), layers_(layers_of(graph)), layer_of_(graph.nodes.size(), -1), along_(graph.values.size()), uses_(graph.values.size(), 0) {
    made_.resize(layers_.size());
    unmade_.resize(layers_.size());
    for (std::size_t i = 0; i < layers_.size(); ++i) layer_of_[at(layers_[i].node)] = static_cast<int>(i);
    for (const Node& node : graph_.nodes)
      for (const ValueId id : node.inputs)
        if (id != no_value) ++uses_[at(id)];
    for (const ValueId id : graph_.outputs) ++uses_[at(id)];
    for (NodeId n = 0; n < static_cast<NodeId>(graph_.nodes.size()); ++n) visit(n);
    for (const ValueId id : graph_.outputs) hold(along_[at(id)], {-1, answers});
  }

  struct ConstantAxis { ValueId id; int axis; std::vector<int> units; };
  struct ReshapeTo { ValueId operand, output; int axis; };

  const std::vector<Layer>& layers() const { return layers_; }
  const std::vector<Along>& along() const { return along_; }
  const std::vector<ConstantAxis>& constants() const { return constants_; }
  const std::vector<ReshapeTo>& reshapes() const { return reshapes_; }
  /// Units of a layer's output channels; empty when it makes none that could go, and then hold_of_layer says why.
  const std::vector<int>& made(std::size_t layer) const { return made_[layer]; }
  const Hold& hold_of_layer(std::size_t layer) const { return unmade_[layer]; }
  const Hold& hold_of(int unit) const { return holds_[at(unit)]; }
  std::size_t units() const { return parent_.size(); }
  int root(int unit) const {
    while (parent_[at(unit)] != unit) unit = parent_[at(unit)];
    return unit;
  }

 private:
  static std::size_t at(std::int32_t id) { return static_cast<std::size_t>(id); }
  const Along& along(ValueId id) const { return id == no_value ? nothing_ : along_[at(id)]; }
  const Shape& shape(ValueId id) const { return graph_.value(id).shape; }

  int new_unit() {
    parent_.push_back(static_cast<int>(parent_.size()));
    holds_.emplace_back();
    return parent_.back();
  }
  void hold(int unit, const Hold& hold) {
    if (unit != no_unit && holds_[at(root(unit))].why.empty()) holds_[at(root(unit))] = hold;
  }
  void hold(const Along& along, const Hold& reason) {
    for (const int unit : along.units) hold(unit, reason);
  }
  void hold_inputs(NodeId by, std::string_view why, const Node& node) {
    for (const ValueId id : node.inputs)
      if (id != no_value) hold(along_[at(id)], {by, why});
  }
  /// Both go together. A place that always stays holds its partner.
  int tie(NodeId n, int a, int b) {
    if (a == no_unit || b == no_unit) {
      hold(a == no_unit ? b : a, {n, mixes});
      return no_unit;
    }
    a = root(a), b = root(b);
    if (a == b) return a;
    if (b < a) std::swap(a, b);
    if (holds_[at(a)].why.empty()) holds_[at(a)] = holds_[at(b)];
    parent_[at(b)] = a;
    return a;
  }

  bool can_cut(ValueId id) const {
    const Value& value = graph_.value(id);
    return value.is_constant() && value.type == DType::float32 && !value.contents_omitted() && uses_[at(id)] == 1;
  }
  void cut(ValueId id, int axis, const std::vector<int>& units) { constants_.push_back({id, axis, units}); }

  void visit(NodeId n) {
    const Node& node = graph_.node(n);
    if (layer_of_[at(n)] < 0 && std::ranges::none_of(node.inputs, [&](ValueId id) { return along(id).known(); })) return;
    std::string_view why = by_position;
    Along out = node.outputs.size() == 1 ? follow(n, node, why) : Along{};
    if (out.known()) along_[at(node.outputs.front())] = std::move(out);
    else if (std::ranges::find_first_of(node.outputs, graph_.outputs) != node.outputs.end()) hold_inputs(-1, answers, node);
    else hold_inputs(n, why, node);
  }

  /// Where the output's channels are. Nothing: the inputs' channels stay, and `why` is the reason.
  Along follow(NodeId n, const Node& node, std::string_view& why) {
    const Op& op = node.op;
    if (layer_of_[at(n)] >= 0) return follow_layer(n, node, at(layer_of_[at(n)]), why);
    const Along& in = along(node.inputs.front());
    if (is_elementwise(op)) return follow_elementwise(n, node);
    if (std::holds_alternative<Concatenation>(op)) return follow_concatenation(n, node);
    if (!in.known() || std::ranges::any_of(std::span(node.inputs).subspan(1), [&](ValueId id) { return along(id).known(); })) return {};
    if (is_function(op)) return in;
    if (is_pooling(op)) return in.axis == 3 ? in : Along{};
    if (is_one_of<SpaceToBatchNd, BatchToSpaceNd>(op)) return in.axis == shape(node.inputs[0]).rank() - 1 && in.axis == 3 ? in : Along{};
    if (is_one_of<Reshape, ExpandDims, Squeeze>(op)) return follow_reshape(node, in, why);
    if (is_one_of<Pad, PadV2, MirrorPad>(op)) return follow_pad(node, in);
    if (std::holds_alternative<Transpose>(op)) {
      const auto order = whole_numbers(graph_.input(node, 1));
      if (!order) return {};
      const auto found = std::ranges::find(*order, in.axis);
      return found == order->end() ? Along{} : Along{static_cast<int>(found - order->begin()), in.units};
    }
    if (const auto keeps = reduction_keeps_dims(op)) return follow_reduction(node, in, *keeps);
    return {};
  }

  Along follow_layer(NodeId n, const Node& node, std::size_t layer, std::string_view& why) {
    const ValueId x = node.inputs[0], weights = node.inputs[1], bias = node.inputs.size() > 2 ? node.inputs[2] : no_value;
    const auto channels = static_cast<std::size_t>(layers_[layer].channels);
    const auto refused = [&](std::string_view reason) {
      why = reason;
      unmade_[layer] = {n, reason};
      return Along{};
    };
    const bool has_odd_bias = bias != no_value && (!can_cut(bias) || shape(bias).rank() != 1 || shape(bias)[0] != static_cast<std::int64_t>(channels));
    if (!can_cut(weights) || has_odd_bias) return refused(uncut_weights);
    const int out_axis = shape(node.outputs.front()).rank() - 1;
    Along out{out_axis, {}};
    if (const auto* depthwise = std::get_if<DepthwiseConv2d>(&node.op)) {
      const Along& in = along(x);
      if (!in.known()) return refused(not_made);
      if (in.axis != 3) return refused(by_position);
      const auto multiplier = static_cast<std::size_t>(depthwise->multiplier);
      if (in.units.size() * multiplier != channels) return refused(by_position);
      for (std::size_t c = 0; c < channels; ++c) out.units.push_back(in.units[c / multiplier]);
      cut(weights, 3, out.units);
    } else {
      Along in = along(x);
      const std::int64_t depth = shape(weights)[shape(weights).rank() - 1];
      if (in.known() && std::holds_alternative<FullyConnected>(node.op))
        in = reshaped(in, shape(x), {static_cast<std::int64_t>(shape(x).elements() / static_cast<std::uint64_t>(std::max<std::int64_t>(1, depth))), depth});
      const int wanted_axis = std::holds_alternative<FullyConnected>(node.op) ? 1 : 3;
      if (std::holds_alternative<Conv2d>(node.op) && shape(x)[3] != depth) return refused(grouped_why);
      if (along(x).known() && in.axis != wanted_axis) return refused(by_position);
      for (std::size_t c = 0; c < channels; ++c) out.units.push_back(new_unit());
      cut(weights, 0, out.units);
      if (in.known()) cut(weights, wanted_axis == 1 ? 1 : 3, in.units);
    }
    if (bias != no_value) cut(bias, 0, out.units);
    made_[layer] = out.units;
    return out;
  }

  Along follow_reshape(const Node& node, const Along& in, std::string_view& why) {
    if (const auto* squeeze = std::get_if<Squeeze>(&node.op); squeeze != nullptr && squeeze->axes.empty()) return {};   // which axes have extent 1 may change
    const ValueId output = node.outputs.front();
    const Along out = reshaped(in, shape(node.inputs[0]), shape(output));
    if (!std::holds_alternative<Reshape>(node.op) || !out.known()) return out;
    if (node.inputs.size() < 2 || node.inputs[1] == no_value) return out;
    const ValueId operand = node.inputs[1];
    const auto extents = whole_numbers(&graph_.value(operand));
    if (!extents || uses_[at(operand)] != 1 || extents->size() != static_cast<std::size_t>(shape(output).rank())) {
      why = computed_shape;
      return {};
    }
    reshapes_.push_back({operand, output, out.axis});
    return out;
  }

  Along follow_pad(const Node& node, const Along& in) {
    const auto paddings = whole_numbers(graph_.input(node, 1));
    if (!paddings || paddings->size() != 2 * static_cast<std::size_t>(shape(node.inputs[0]).rank())) return {};
    const std::int64_t before = (*paddings)[2 * at(in.axis)], after = (*paddings)[2 * at(in.axis) + 1];
    if (before < 0 || after < 0 || (std::holds_alternative<MirrorPad>(node.op) && before + after != 0)) return {};
    Along out = in;
    out.units.insert(out.units.begin(), static_cast<std::size_t>(before), no_unit);
    out.units.insert(out.units.end(), static_cast<std::size_t>(after), no_unit);
    return out;
  }

  Along follow_reduction(const Node& node, const Along& in, bool keeps_dims) {
    const auto axes = whole_numbers(graph_.input(node, 1));
    if (!axes) return {};
    const int rank = shape(node.inputs[0]).rank();
    std::vector<bool> is_reduced(static_cast<std::size_t>(rank));
    for (const std::int64_t axis : *axes) {
      if (axis < -rank || axis >= rank) return {};
      is_reduced[static_cast<std::size_t>(axis < 0 ? axis + rank : axis)] = true;
    }
    if (is_reduced[at(in.axis)]) return {};
    const auto before = std::count(is_reduced.begin(), is_reduced.begin() + in.axis, true);
    return {keeps_dims ? in.axis : in.axis - static_cast<int>(before), in.units};
  }

  Along follow_elementwise(NodeId n, const Node& node) {
    const Shape& to = shape(node.outputs.front());
    // The axis of the output that the first operand with channels has them along. Operands line up at their last axes.
    const auto axis_of = [&](ValueId id) { return along(id).axis + to.rank() - shape(id).rank(); };
    const auto first = std::ranges::find_if(node.inputs, [&](ValueId id) { return along(id).known() && along(id).units.size() == static_cast<std::size_t>(to[axis_of(id)]); });
    if (first == node.inputs.end()) return {};
    Along out{axis_of(*first), along(*first).units};
    bool holds_all = false;
    std::vector<ValueId> factors;
    for (const ValueId id : node.inputs) {
      if (id == *first) continue;
      if (id == no_value) return {};
      const int own_axis = out.axis - (to.rank() - shape(id).rank());
      const std::int64_t extent = own_axis < 0 ? 1 : shape(id)[own_axis];
      const bool is_spread = extent == 1 && to[out.axis] != 1;
      if (along(id).known() && (is_spread || along(id).axis != own_axis)) {
        hold(along(id), {n, mixes});
        holds_all = holds_all || !is_spread;
      } else if (is_spread) {
        continue;
      } else if (along(id).known()) {
        for (std::size_t i = 0; i < out.units.size(); ++i) out.units[i] = tie(n, out.units[i], along(id).units[i]);
      } else if (can_cut(id)) {
        factors.push_back(id);
      } else {
        holds_all = true;
      }
    }
    if (holds_all) {
      hold(out, {n, mixes});
      return {};
    }
    for (const ValueId id : factors) cut(id, out.axis - (to.rank() - shape(id).rank()), out.units);
    return out;
  }

  Along follow_concatenation(NodeId n, const Node& node) {
    const int rank = shape(node.outputs.front()).rank(), given = std::get<Concatenation>(node.op).axis;
    const int axis = given < 0 ? given + rank : given;
    const auto first = std::ranges::find_if(node.inputs, [&](ValueId id) { return along(id).known(); });
    Along out{along(*first).axis, {}};
    if (std::ranges::any_of(node.inputs, [&](ValueId id) { return id == no_value || (along(id).known() && along(id).axis != out.axis); })) return {};
    for (const ValueId id : node.inputs) {
      std::vector<int> units = along(id).units;
      units.resize(static_cast<std::size_t>(shape(id)[out.axis]), no_unit);   // of one without channels: they stay
      if (axis == out.axis) out.units.insert(out.units.end(), units.begin(), units.end());
      else if (out.units.empty()) out.units = std::move(units);
      else
        for (std::size_t i = 0; i < units.size(); ++i) out.units[i] = tie(n, out.units[i], units[i]);
    }
    return out;
  }

  const Graph& graph_;
  const Along nothing_;
  std::vector<Layer> layers_;
  std::vector<int> layer_of_;            ///< by node, or -1
  std::vector<Along> along_;             ///< by value
  std::vector<int> uses_;                ///< by value
  std::vector<int> parent_;              ///< by unit: another of those tied to it, or itself
  std::vector<Hold> holds_;              ///< by unit, of roots
  std::vector<std::vector<int>> made_;   ///< by layer
  std::vector<Hold> unmade_;             ///< by layer
  std::vector<ConstantAxis> constants_;
  std::vector<ReshapeTo> reshapes_;
};

/// L1 norm of each filter of a layer.
std::vector<double> filter_norms(const Graph& graph, const Layer& layer) {
  const auto weights = graph.input(graph.node(layer.node), 1)->view().as<float>();
  const auto channels = static_cast<std::size_t>(layer.channels);
  std::vector<double> norms(channels, 0.0);
  const std::size_t inner = layer.channel_axis == 0 && channels != 0 ? weights.size() / channels : 1;
  for (std::size_t i = 0; i < weights.size(); ++i) norms[i / inner % channels] += std::abs(static_cast<double>(weights[i]));
  return norms;
}

/// Layers whose channels are tied, the units they share, and which of those go.
class Chooser {
 public:
  Chooser(const Graph& graph, const Recipe& recipe, const Tracer& tracer) : graph_(graph), recipe_(recipe), tracer_(tracer), goes_(tracer.units(), false) {
    for (const Layer& layer : tracer.layers()) {
      ShapedLayer out;
      out.name = layer.name;
      out.before = layer.channels;
      report_.push_back(std::move(out));
    }
    for (const std::vector<std::size_t>& group : groups()) choose(group);
    for (std::size_t i = 0; i < report_.size(); ++i) {
      const std::vector<int>& made = tracer.made(i);
      for (std::uint32_t c = 0; c < static_cast<std::uint32_t>(report_[i].before); ++c)
        if (made.empty() || stays(made[c])) report_[i].kept.push_back(c);
    }
  }

  bool stays(int unit) const { return unit == no_unit || !goes_[static_cast<std::size_t>(tracer_.root(unit))]; }
  std::vector<std::uint32_t> kept_of(const std::vector<int>& units) const {
    std::vector<std::uint32_t> kept;
    for (std::uint32_t i = 0; i < units.size(); ++i)
      if (stays(units[i])) kept.push_back(i);
    return kept;
  }
  std::vector<ShapedLayer> take_report() { return std::move(report_); }

 private:
  /// Layers by the units they share, each once, in order.
  std::vector<std::vector<std::size_t>> groups() const {
    std::vector<std::size_t> group_of(report_.size());
    std::iota(group_of.begin(), group_of.end(), std::size_t{0});
    const auto root = [&](std::size_t i) {
      while (group_of[i] != i) i = group_of[i];
      return i;
    };
    std::vector<std::optional<std::size_t>> owner(tracer_.units());
    for (std::size_t i = 0; i < report_.size(); ++i)
      for (const int unit : tracer_.made(i)) {
        if (unit == no_unit) continue;
        auto& first = owner[static_cast<std::size_t>(tracer_.root(unit))];
        if (!first) first = i;
        const std::size_t a = root(*first), b = root(i);
        group_of[std::max(a, b)] = std::min(a, b);
      }
    std::vector<std::vector<std::size_t>> out(report_.size());
    for (std::size_t i = 0; i < report_.size(); ++i) out[root(i)].push_back(i);
    std::erase_if(out, [](const auto& group) { return group.empty(); });
    return out;
  }

  /// The smallest fraction that a layer of the group names itself; that of all where none does.
  float asked(const std::vector<std::size_t>& group) const {
    std::optional<float> least;
    for (const std::size_t i : group) {
      const auto own = recipe_.layers.find(report_[i].name);
      if (own != recipe_.layers.end() && own->second.channels) least = std::min(least.value_or(1.0f), *own->second.channels);
    }
    return least.value_or(recipe_.all.channels);
  }

  std::string reason(const Hold& hold) const { return hold.node < 0 || hold.why == not_made ? std::string(hold.why) : node_name(graph_, hold.node) + ' ' + std::string(hold.why); }

  void choose(const std::vector<std::size_t>& group) {
    const float fraction = asked(group);
    for (const std::size_t i : group) report_[i].asked = fraction;
    if (fraction <= 0.0f) return;
    struct Unit {
      double norm = 0.0, bias = 0.0;      // of equal norms the smaller bias goes first: channels that fine-tuning left at zero go again
      int root = 0;
      std::vector<std::size_t> layers;    // each as often as it has a channel of the unit
    };
    std::vector<Unit> units;
    std::vector<int> place(tracer_.units(), -1);
    std::vector<int> remaining(report_.size(), 0);
    for (const std::size_t i : group) {
      const std::vector<int>& made = tracer_.made(i);
      const Layer& layer = tracer_.layers()[i];
      if (made.empty()) continue;
      remaining[i] = layer.channels;
      const std::vector<double> norms = filter_norms(graph_, layer);
      const Value* bias = graph_.input(graph_.node(layer.node), 2);
      for (std::size_t c = 0; c < made.size(); ++c) {
        if (made[c] == no_unit) continue;
        const int root = tracer_.root(made[c]);
        int& at = place[static_cast<std::size_t>(root)];
        if (at < 0) {
          at = static_cast<int>(units.size());
          units.push_back({});
          units.back().root = root;
        }
        Unit& unit = units[static_cast<std::size_t>(at)];
        unit.norm += norms[c];
        if (bias != nullptr) unit.bias += std::abs(static_cast<double>(bias->view().as<float>()[c]));
        unit.layers.push_back(i);
      }
    }
    if (units.empty()) {
      for (const std::size_t i : group) report_[i].note = reason(tracer_.hold_of_layer(i).why.empty() ? Hold{-1, not_made} : tracer_.hold_of_layer(i));
      return;
    }
    const std::size_t all = units.size(), wanted = pruned_count(fraction, all);
    const auto is_held = [&](const Unit& unit) { return !tracer_.hold_of(unit.root).why.empty(); };
    const auto held = std::ranges::find_if(units, is_held);
    const Hold hold = held == units.end() ? Hold{} : tracer_.hold_of(held->root);
    const auto held_count = static_cast<std::size_t>(std::ranges::count_if(units, is_held));
    std::erase_if(units, is_held);
    // The weakest of those that are left, again and again: a heap, whose top it is.
    const auto is_stronger = [](const Unit& a, const Unit& b) { return std::tie(a.norm, a.bias, a.root) > std::tie(b.norm, b.bias, b.root); };
    std::make_heap(units.begin(), units.end(), is_stronger);
    std::size_t gone = 0;
    for (auto end = units.end(); gone < wanted && end != units.begin(); --end) {
      std::pop_heap(units.begin(), end, is_stronger);
      const Unit& unit = *(end - 1);
      const auto keeps_one = [&](std::size_t i) { return remaining[i] > static_cast<int>(std::ranges::count(unit.layers, i)); };
      if (!std::ranges::all_of(unit.layers, keeps_one)) continue;
      for (const std::size_t i : unit.layers) --remaining[i];
      goes_[static_cast<std::size_t>(unit.root)] = true;
      ++gone;
    }
    std::string note;
    if (wanted == 0) note = "the fraction is less than one channel";
    else if (gone < wanted) note = held_count == 0 ? std::string("one channel stays") : (held_count == all ? "" : "some channels stay: ") + reason(hold);
    for (const std::size_t i : group) {
      report_[i].note = note;
      std::string before = note.empty() ? "together with " : "; together with ";
      for (const std::size_t other : group)
        if (gone > 0 && other != i) report_[i].note += std::exchange(before, ", ") + report_[other].name;
    }
  }

  const Graph& graph_;
  const Recipe& recipe_;
  const Tracer& tracer_;
  std::vector<bool> goes_;             ///< by unit, of roots
  std::vector<ShapedLayer> report_;
};

/// Cuts of one constant.
std::vector<const Shaped::Cut*> cuts_of(const Shaped& shaped, ValueId id) {
  std::vector<const Shaped::Cut*> cuts;
  for (const Shaped::Cut& cut : shaped.cuts)
    if (cut.constant == id) cuts.push_back(&cut);
  return cuts;
}

void apply_cuts(Graph& graph, const Shaped& shaped) {
  std::vector<bool> is_done(graph.values.size());
  for (const Shaped::Cut& cut : shaped.cuts) {
    if (is_done[static_cast<std::size_t>(cut.constant)]) continue;
    is_done[static_cast<std::size_t>(cut.constant)] = true;
    Value& value = graph.value(cut.constant);
    const auto cuts = cuts_of(shaped, cut.constant);
    const auto from = value.view().as<float>();
    Shape smaller = value.shape;
    for (const Shaped::Cut* one : cuts) smaller.set(one->axis, static_cast<std::int64_t>(one->kept.size()));
    Tensor tensor = Tensor::of(DType::float32, smaller);
    const auto to = tensor.as<float>();
    std::size_t i = 0;
    for (const std::size_t element : kept_elements(value.shape, cuts)) to[i++] = from[element];
    value.shape = smaller;
    value.data = std::make_shared<const Bytes>(std::move(tensor.bytes));
    value.file_codes = nullptr;   // its grid was made for more weights than there are
    value.grid = {};
  }
}

void put_extent(Value& operand, int axis, std::int64_t extent) {
  Bytes bytes = *operand.data;
  const auto put = [&]<class T>(T now) {
    T* numbers = reinterpret_cast<T*>(bytes.data());
    if (numbers[axis] != T{-1}) numbers[axis] = now;
  };
  if (operand.type == DType::int32) put(static_cast<std::int32_t>(extent));
  else put(extent);
  operand.data = std::make_shared<const Bytes>(std::move(bytes));
}

}  // namespace

bool prunes_channels(const Recipe& recipe) {
  return recipe.all.channels > 0.0f || std::ranges::any_of(recipe.layers, [](const auto& layer) { return layer.second.channels.value_or(0.0f) > 0.0f; });
}

Recipe only_channels(const Recipe& recipe) {
  Recipe out;
  out.all.channels = recipe.all.channels;
  for (const auto& [name, own] : recipe.layers)
    if (own.channels) out.layers[name].channels = own.channels;
  return out;
}

Result<Shaped> leave_out_channels(const std::shared_ptr<const Graph>& float_graph, const Recipe& recipe) {
  Shaped out;
  out.graph = float_graph;
  out.recipe = recipe;
  out.recipe.all.channels = 0.0f;
  for (auto& [name, own] : out.recipe.layers) own.channels.reset();
  std::erase_if(out.recipe.layers, [](const auto& layer) { return layer.second == LayerOverride{}; });

  const Tracer tracer(*float_graph);
  Chooser chosen(*float_graph, recipe, tracer);
  out.layers = chosen.take_report();
  if (std::ranges::all_of(out.layers, [](const ShapedLayer& layer) { return layer.after() == layer.before; })) return out;

  for (const Tracer::ConstantAxis& constant : tracer.constants()) {
    std::vector<std::uint32_t> kept = chosen.kept_of(constant.units);
    if (kept.size() < constant.units.size()) out.cuts.push_back({constant.id, constant.axis, std::move(kept)});
  }
  Graph graph = *float_graph;
  apply_cuts(graph, out);
  for (std::size_t id = 0; id < graph.values.size(); ++id)
    if (const Along& along = tracer.along()[id]; along.known()) graph.values[id].shape.set(along.axis, static_cast<std::int64_t>(chosen.kept_of(along.units).size()));
  for (const Tracer::ReshapeTo& reshape : tracer.reshapes()) put_extent(graph.value(reshape.operand), reshape.axis, graph.value(reshape.output).shape[reshape.axis]);
  if (auto ok = infer_shapes(graph); !ok) return std::unexpected(ok.error());
  out.graph = std::make_shared<const Graph>(std::move(graph));
  return out;
}

std::vector<std::size_t> kept_elements(const Graph& float_graph, const Shaped& shaped, ValueId constant) {
  return kept_elements(float_graph.value(constant).shape, cuts_of(shaped, constant));
}

std::vector<float> grown_parameters(const Graph& float_graph, const Shaped& shaped, std::span<const float> parameters) {
  std::vector<float> out;
  const std::vector<Layer> layers = layers_of(float_graph);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const ValueId id = float_graph.node(layers[i].node).inputs[1];
    const std::vector<std::size_t> kept = kept_elements(float_graph, shaped, id);
    const std::size_t weights_at = out.size();
    out.resize(out.size() + static_cast<std::size_t>(layers[i].weights));
    for (std::size_t k = 0; k < kept.size(); ++k) out[weights_at + kept[k]] = parameters[k];
    parameters = parameters.subspan(kept.size());
    const std::vector<std::uint32_t>& channels = shaped.layers[i].kept;
    const std::size_t biases_at = out.size();
    out.resize(out.size() + static_cast<std::size_t>(layers[i].channels));
    for (std::size_t k = 0; k < channels.size(); ++k) out[biases_at + channels[k]] = parameters[k];
    parameters = parameters.subspan(channels.size());
  }
  out.insert(out.end(), parameters.begin(), parameters.end());   // LSTMs keep all they have
  assert(out.size() == parameter_count(float_graph));
  return out;
}

}  // namespace edgewise
