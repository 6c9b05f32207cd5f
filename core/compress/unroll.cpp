#include "core/compress/unroll.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/compress/rewrite.h"

namespace edgewise {

namespace {

constexpr std::size_t nodes_in_step = 14, values_in_step = 15;   // of which one is its part of the input

bool is_float_constant(const Value* value) { return value != nullptr && value->is_constant() && value->type == DType::float32 && !value->contents_omitted(); }

bool is_zero(const Value& value) { return std::ranges::all_of(value.view().as<float>(), [](float x) { return x == 0.0f; }); }

bool is_read(const Graph& graph, ValueId id) {
  const auto reads = [&](const Node& node) { return std::ranges::find(node.inputs, id) != node.inputs.end(); };
  return std::ranges::find(graph.outputs, id) != graph.outputs.end() || std::ranges::any_of(graph.nodes, reads);
}

/// Writes one LSTM or GRU out. Its nodes go to `nodes`, in the order they run.
class Unroller {
 public:
  Unroller(Graph& graph, std::vector<Node>& nodes, std::string name) : graph_(graph), nodes_(nodes), name_(std::move(name)) {}

  void lstm(const Node& from) {
    const auto& op = std::get<Recurrent>(from.op);
    const Shape sequence = graph_.value(from.inputs[0]).shape;
    steps_ = sequence[0], inputs_ = sequence[2], cells_ = op.hidden;
    constexpr std::array<std::string_view, 4> gates = {"input_gate", "forget_gate", "cell_gate", "output_gate"};
    constexpr std::array<std::int64_t, 4> places = {0, 2, 3, 1};   // of them in ONNX's order: input, output, forget, cell
    const auto rows = [&](std::size_t position, std::int64_t first, std::int64_t columns) {
      return graph_.value(from.inputs[position]).view().as<float>().subspan(static_cast<std::size_t>(first * cells_ * columns), static_cast<std::size_t>(cells_ * columns));
    };
    const bool has_bias = from.inputs.size() > 3 && from.inputs[3] != no_value;
    std::vector<ValueId> operands(24, no_value);
    operands[0] = from.inputs[0];
    for (std::size_t gate = 0; gate < gates.size(); ++gate) {
      const auto named = [&](std::string_view what) { return text(name_, '/', gates[gate], '/', what); };
      std::vector<float> bias(static_cast<std::size_t>(cells_), 0.0f);
      for (std::size_t i = 0; has_bias && i < bias.size(); ++i) bias[i] = rows(3, places[gate], 1)[i] + rows(3, 4 + places[gate], 1)[i];
      operands[1 + gate] = constant(named("kernel"), {cells_, inputs_}, rows(1, places[gate], inputs_));
      operands[5 + gate] = constant(named("recurrent_kernel"), {cells_, cells_}, rows(2, places[gate], cells_));
      operands[12 + gate] = constant(named("bias"), {cells_}, std::span<const float>(bias));
    }
    for (const std::size_t state : {18u, 19u}) {
      operands[state] = computed(text(name_, state == 18 ? "/output_state" : "/cell_state"), {1, cells_});
      graph_.value(operands[state]).is_variable = true;
    }
    UnidirectionalSequenceLstm as_operator;
    as_operator.is_time_major = true;
    const ValueId all = computed(name_, {steps_, 1, cells_});
    nodes_.push_back({std::move(as_operator), std::move(operands), {all}, from.offset});
    if (is_read(graph_, from.outputs[0])) reshape(all, from.outputs[0]);
    if (!is_read(graph_, from.outputs[1])) return;
    const std::int32_t begin[] = {static_cast<std::int32_t>(steps_ - 1), 0, 0}, extents[] = {1, 1, static_cast<std::int32_t>(cells_)};
    nodes_.push_back({Slice{}, {all, constant(text(name_, "/begin"), {3}, std::span<const std::int32_t>(begin)), constant(text(name_, "/extents"), {3}, std::span<const std::int32_t>(extents))},
                      {from.outputs[1]}, 0});
  }

  void gru(const Node& from) {
    const auto& op = std::get<Recurrent>(from.op);
    const Shape sequence = graph_.value(from.inputs[0]).shape;
    steps_ = sequence[0], inputs_ = sequence[2], cells_ = op.hidden;
    resets_behind_ = op.is_linear_before_reset;
    take_weights(from);
    const std::vector<ValueId> parts = steps_of(from.inputs[0]);
    const ValueId first = from.inputs.size() > 5 ? from.inputs[5] : no_value;
    if (first != no_value && !graph_.value(first).is_constant()) {
      state_ = computed(text(name_, "/first"), {1, cells_});
      reshape(first, state_);
    }
    std::vector<ValueId> states;
    for (std::int64_t t = 0; t < steps_; ++t) {
      step(t, parts[static_cast<std::size_t>(t)]);
      states.push_back(state_);
    }
    if (is_read(graph_, from.outputs[0])) reshape(joined(std::move(states)), from.outputs[0]);
    if (is_read(graph_, from.outputs[1])) reshape(state_, from.outputs[1]);
  }

 private:
  std::string step_name(std::int64_t t, std::string_view what) const { return text(name_, '/', t, '/', what); }

  ValueId add(Value value) {
    graph_.values.push_back(std::move(value));
    return static_cast<ValueId>(graph_.values.size() - 1);
  }
  ValueId computed(std::string name, const Shape& shape) {
    Value value;
    value.name = std::move(name);
    value.shape = shape;
    return add(std::move(value));
  }
  template <class T>
  ValueId constant(std::string name, const Shape& shape, std::span<const T> contents) {
    const ValueId id = computed(std::move(name), shape);
    const auto bytes = std::as_bytes(contents);
    graph_.value(id).type = dtype_of<T>();
    graph_.value(id).data = std::make_shared<const Bytes>(bytes.begin(), bytes.end());
    return id;
  }
  ValueId node(Op op, std::vector<ValueId> inputs, std::string name, std::int64_t width) {
    const ValueId out = computed(std::move(name), {1, width});
    nodes_.push_back({std::move(op), std::move(inputs), {out}, 0});
    return out;
  }
  void reshape(ValueId from, ValueId to) {
    std::vector<std::int32_t> extents;
    const Shape shape = graph_.value(to).shape;
    for (int axis = 0; axis < shape.rank(); ++axis) extents.push_back(static_cast<std::int32_t>(shape[axis]));
    nodes_.push_back({Reshape{}, {from, constant(text(graph_.value(to).name, "/shape"), {shape.rank()}, std::span<const std::int32_t>(extents))}, {to}, 0});
  }

  /// Update and reset gates in one matrix, the candidate in another. Biases of the gates are summed: only their sum counts.
  void take_weights(const Node& gru) {
    const auto reals = [&](std::size_t position) { return graph_.value(gru.inputs[position]).view().as<float>(); };
    const auto rows = [&](std::span<const float> all, std::int64_t first, std::int64_t count, std::int64_t columns) {
      const auto part = all.subspan(static_cast<std::size_t>(first * columns), static_cast<std::size_t>(count * columns));
      return std::vector<float>(part.begin(), part.end());
    };
    const auto put = [&](std::string_view what, const Shape& shape, const std::vector<float>& contents) {
      return constant(text(name_, '/', what), shape, std::span<const float>(contents));
    };
    const std::int64_t gates = 2 * cells_;
    gates_.input = put("gates/kernel", {gates, inputs_}, rows(reals(1), 0, gates, inputs_));
    candidate_.input = put("candidate/kernel", {cells_, inputs_}, rows(reals(1), gates, cells_, inputs_));
    gates_.state = put("gates/recurrent_kernel", {gates, cells_}, rows(reals(2), 0, gates, cells_));
    candidate_.state = put("candidate/recurrent_kernel", {cells_, cells_}, rows(reals(2), gates, cells_, cells_));
    halves_ = constant(text(name_, "/axis"), Shape{}, std::span<const std::int32_t>(std::array<std::int32_t, 1>{1}));
    if (gru.inputs.size() < 4 || gru.inputs[3] == no_value) return;
    const auto biases = reals(3);
    std::vector<float> by_input = rows(biases, 0, 3 * cells_, 1);
    for (std::int64_t i = 0; i < (resets_behind_ ? gates : 3 * cells_); ++i) by_input[static_cast<std::size_t>(i)] += biases[static_cast<std::size_t>(3 * cells_ + i)];
    gates_.input_bias = put("gates/bias", {gates}, rows(by_input, 0, gates, 1));
    candidate_.input_bias = put("candidate/bias", {cells_}, rows(by_input, gates, cells_, 1));
    if (resets_behind_) candidate_.state_bias = put("candidate/recurrent_bias", {cells_}, rows(biases, 3 * cells_ + gates, cells_, 1));
  }

  void step(std::int64_t t, ValueId x) {
    const auto named = [&](std::string_view what) { return step_name(t, what); };
    const auto dense = [&](ValueId from, ValueId weights, ValueId bias, std::string_view what) {
      return node(FullyConnected{}, bias == no_value ? std::vector{from, weights} : std::vector{from, weights, bias}, named(what), graph_.value(weights).shape[0]);
    };
    const ValueId gates_of_x = dense(x, gates_.input, gates_.input_bias, "gates_x"), candidate_of_x = dense(x, candidate_.input, candidate_.input_bias, "new_x");
    // No state before the first step: zeros, but computed, so that all steps are alike, in integers and to the trainer.
    if (state_ == no_value) state_ = node(Sub{}, {candidate_of_x, candidate_of_x}, text(name_, "/first"), cells_);
    const ValueId gates = node(Logistic{}, {node(Add{}, {gates_of_x, dense(state_, gates_.state, no_value, "gates_h")}, named("gates_sum"), 2 * cells_)}, named("gates"), 2 * cells_);
    const ValueId update = computed(named("update"), {1, cells_}), reset = computed(named("reset"), {1, cells_});
    nodes_.push_back({Split_{}, {halves_, gates}, {update, reset}, 0});
    ValueId of_state = no_value;
    if (resets_behind_) of_state = node(Mul{}, {reset, dense(state_, candidate_.state, candidate_.state_bias, "new_h")}, named("kept"), cells_);
    else of_state = dense(node(Mul{}, {reset, state_}, named("kept"), cells_), candidate_.state, no_value, "new_h");
    const ValueId candidate = node(Tanh{}, {node(Add{}, {candidate_of_x, of_state}, named("new_sum"), cells_)}, named("new"), cells_);
    const ValueId moved = node(Mul{}, {update, node(Sub{}, {state_, candidate}, named("apart"), cells_)}, named("back"), cells_);
    state_ = node(Add{}, {candidate, moved}, named("h"), cells_);
  }

  /// The steps of a sequence. An operator makes so many outputs and no more: a longer one is cut first.
  std::vector<ValueId> steps_of(ValueId sequence) {
    constexpr auto most = static_cast<std::int64_t>(limits::node_inputs);
    std::vector<ValueId> steps;
    for (std::int64_t first = 0; first < steps_; first += most) {
      const std::int64_t count = std::min(steps_ - first, most);
      ValueId piece = sequence;
      if (steps_ > most) {
        const std::int32_t begin[] = {static_cast<std::int32_t>(first), 0, 0}, extents[] = {static_cast<std::int32_t>(count), 1, static_cast<std::int32_t>(inputs_)};
        piece = computed(text(name_, "/from_", first), {count, 1, inputs_});
        nodes_.push_back({Slice{}, {sequence, constant(text(name_, "/begin"), {3}, std::span<const std::int32_t>(begin)), constant(text(name_, "/extents"), {3}, std::span<const std::int32_t>(extents))}, {piece}, 0});
      }
      std::vector<ValueId> some;
      for (std::int64_t t = first; t < first + count; ++t) some.push_back(computed(step_name(t, "x"), {1, inputs_}));
      nodes_.push_back({Unpack{0}, {piece}, some, 0});
      steps.insert(steps.end(), some.begin(), some.end());
    }
    return steps;
  }

  /// All of them, one under the other; an operator takes so many inputs and no more.
  ValueId joined(std::vector<ValueId> rows) {
    while (rows.size() > 1) {
      std::vector<ValueId> longer;
      for (std::size_t first = 0; first < rows.size(); first += limits::node_inputs) {
        const std::vector<ValueId> some(rows.begin() + static_cast<std::ptrdiff_t>(first), rows.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(rows.size(), first + limits::node_inputs)));
        std::int64_t height = 0;
        for (const ValueId id : some) height += graph_.value(id).shape[0];
        const ValueId out = computed(text(name_, "/sequence"), {height, cells_});
        nodes_.push_back({Concatenation{0}, some, {out}, 0});
        longer.push_back(out);
      }
      rows = std::move(longer);
    }
    return rows.front();
  }

  struct Matrices {
    ValueId input = no_value, input_bias = no_value, state = no_value, state_bias = no_value;
  };
  Graph& graph_;
  std::vector<Node>& nodes_;
  std::string name_;
  std::int64_t steps_ = 0, inputs_ = 0, cells_ = 0;
  bool resets_behind_ = false;
  Matrices gates_, candidate_;
  ValueId halves_ = no_value, state_ = no_value;
};

}  // namespace

std::string why_not_unrolled(const Graph& graph, const Node& node) {
  const auto* op = std::get_if<Recurrent>(&node.op);
  if (op == nullptr || op->cell == Recurrent::Cell::rnn) return "it is no LSTM and no GRU";
  const bool is_gru = op->cell == Recurrent::Cell::gru;
  if (op->direction != Recurrent::Direction::forward) return "it runs backwards in time, which a device cannot while the input comes";
  if (op->clip != 0.0f) return "its sums are clipped";
  const auto is_curve = [&](std::size_t i) { return op->functions[i].gate == (i == 0 ? Recurrent::Gate::sigmoid : Recurrent::Gate::tanh); };
  if (op->functions.size() != (is_gru ? 2 : 3) || !is_curve(0) || !is_curve(1) || !(is_gru || is_curve(2))) return "its curves are not the logistic function and tanh";
  if (op->couples_gates) return "its forget gate is one less its input gate";
  for (const std::size_t position : {1u, 2u})
    if (!is_float_constant(graph.input(node, position))) return "its weights are computed";
  if (const Value* bias = graph.input(node, 3); bias != nullptr && !is_float_constant(bias)) return "its bias is computed";
  if (graph.input(node, 4) != nullptr) return "its sequences have lengths of their own";
  for (const std::size_t position : {5u, 6u})
    if (const Value* first = graph.input(node, position); first != nullptr && (first->is_constant() ? !(is_float_constant(first) && is_zero(*first)) : !is_gru))
      return "its first state is not zero";
  if (graph.input(node, 7) != nullptr) return "it has peepholes";
  const Value& sequence = *graph.input(node, 0);
  if (sequence.is_constant() || sequence.shape[1] != 1) return text("its batch is ", sequence.shape[1], ", and 1 is wanted");
  if (!is_gru) return is_read(graph, node.outputs[2]) ? "its cells are read" : std::string();
  const auto steps = static_cast<std::size_t>(sequence.shape[0]);
  const std::size_t values = graph.values.size() + (steps + 2) * values_in_step, nodes = graph.nodes.size() + (steps + 2) * nodes_in_step;
  if (steps == 0 || values > limits::values || nodes > limits::nodes)
    return text("its ", steps, " steps make a graph of ", grouped(values), " tensors and ", grouped(nodes), " operators; the limits are ", grouped(limits::values), " and ", grouped(limits::nodes));
  return {};
}

Graph unroll(Graph graph) {
  int grus = 0, lstms = 0;
  const auto can = [&](const Node& node) { return std::holds_alternative<Recurrent>(node.op) && why_not_unrolled(graph, node).empty(); };
  for (auto found = std::ranges::find_if(graph.nodes, can); found != graph.nodes.end(); found = std::ranges::find_if(graph.nodes, can)) {
    std::vector<Node> nodes(graph.nodes.begin(), found);
    if (std::get<Recurrent>(found->op).cell == Recurrent::Cell::gru) Unroller(graph, nodes, text("gru_", ++grus)).gru(*found);
    else Unroller(graph, nodes, text("lstm_", ++lstms)).lstm(*found);
    nodes.insert(nodes.end(), std::make_move_iterator(found + 1), std::make_move_iterator(graph.nodes.end()));
    graph.nodes = std::move(nodes);
  }
  if (grus + lstms > 0) drop_unused_values(graph);
  return graph;
}

std::vector<NodeId> runs_of_layer(const Graph& graph, const Layer& layer) {
  std::vector<NodeId> runs{layer.node};
  const Node& first = graph.node(layer.node);
  for (NodeId n = layer.node + 1; n < static_cast<NodeId>(graph.nodes.size()); ++n) {
    const Node& node = graph.node(n);
    if (node.op.index() == first.op.index() && node.inputs.size() > 1 && node.inputs[1] == first.inputs[1]) runs.push_back(n);
  }
  return runs;
}

}  // namespace edgewise
