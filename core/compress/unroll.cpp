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
    take_extents(from);
    constexpr std::array<std::string_view, 4> gates = {"input_gate", "forget_gate", "cell_gate", "output_gate"};
    constexpr std::array<std::int64_t, 4> places = {0, 2, 3, 1};   // of them in ONNX's order: input, output, forget, cell
    const bool has_bias = from.inputs.size() > 3 && from.inputs[3] != no_value;
    std::vector<ValueId> operands(24, no_value);
    operands[0] = from.inputs[0];
    for (std::size_t gate = 0; gate < gates.size(); ++gate) {
      const std::int64_t first = places[gate] * cells_;
      std::vector<float> bias(static_cast<std::size_t>(cells_), 0.0f);
      for (std::size_t i = 0; has_bias && i < bias.size(); ++i) bias[i] = rows(from, 3, first, cells_, 1)[i] + rows(from, 3, 4 * cells_ + first, cells_, 1)[i];
      operands[1 + gate] = floats(text(gates[gate], "/kernel"), {cells_, inputs_}, rows(from, 1, first, cells_, inputs_));
      operands[5 + gate] = floats(text(gates[gate], "/recurrent_kernel"), {cells_, cells_}, rows(from, 2, first, cells_, cells_));
      operands[12 + gate] = floats(text(gates[gate], "/bias"), {cells_}, bias);
    }
    for (const std::size_t state : {18u, 19u}) {
      operands[state] = computed(named(state == 18 ? "output_state" : "cell_state"), {1, cells_});
      graph_.value(operands[state]).is_variable = true;
    }
    UnidirectionalSequenceLstm as_operator;
    as_operator.is_time_major = true;
    const ValueId all = computed(name_, {steps_, 1, cells_});
    put(std::move(as_operator), operands, {&all, 1});
    if (is_read(graph_, from.outputs[0])) reshape(all, from.outputs[0]);
    if (is_read(graph_, from.outputs[1])) cut(all, steps_ - 1, 1, cells_, from.outputs[1]);
  }

  void gru(const Node& from) {
    take_extents(from);
    resets_behind_ = std::get<Recurrent>(from.op).is_linear_before_reset;
    take_weights(from);
    const std::vector<ValueId> parts = steps_of(from.inputs[0]);
    const ValueId first = from.inputs.size() > 5 ? from.inputs[5] : no_value;
    if (first != no_value && !graph_.value(first).is_constant()) {
      state_ = computed(named("first"), {1, cells_});
      reshape(first, state_);
    }
    std::vector<ValueId> states;
    for (const ValueId x : parts) {
      step(static_cast<std::int64_t>(states.size()), x);
      states.push_back(state_);
    }
    step_ = -1;
    if (is_read(graph_, from.outputs[0])) reshape(joined(std::move(states)), from.outputs[0]);
    if (is_read(graph_, from.outputs[1])) reshape(state_, from.outputs[1]);
  }

 private:
  void take_extents(const Node& from) {
    const Shape sequence = graph_.value(from.inputs[0]).shape;
    steps_ = sequence[0], inputs_ = sequence[2], cells_ = std::get<Recurrent>(from.op).hidden;
  }

  std::string named(std::string_view what) const { return step_ < 0 ? text(name_, '/', what) : text(name_, '/', step_, '/', what); }

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
  ValueId constant(std::string_view what, DType type, const Shape& shape, BytesView contents) {
    const ValueId id = computed(named(what), shape);
    graph_.value(id).type = type;
    graph_.value(id).data = std::make_shared<const Bytes>(contents.begin(), contents.end());
    return id;
  }
  ValueId floats(std::string_view what, const Shape& shape, std::span<const float> contents) { return constant(what, DType::float32, shape, std::as_bytes(contents)); }
  ValueId integers(std::string_view what, std::span<const std::int32_t> contents) { return constant(what, DType::int32, {static_cast<std::int64_t>(contents.size())}, std::as_bytes(contents)); }
  void put(Op op, std::span<const ValueId> inputs, std::span<const ValueId> outputs) {
    nodes_.push_back({std::move(op), {inputs.begin(), inputs.end()}, {outputs.begin(), outputs.end()}, 0});
  }
  /// A row of the step that is being written, made of one or two rows of its width.
  enum class Rows : std::uint8_t { added, subtracted, multiplied, through_logistic, through_tanh };
  ValueId row(Rows how, std::string_view what, ValueId a, ValueId b = no_value) {
    const ValueId out = computed(named(what), graph_.value(a).shape), inputs[] = {a, b};
    Op op;
    switch (how) {
      case Rows::added: op = Add{}; break;
      case Rows::subtracted: op = Sub{}; break;
      case Rows::multiplied: op = Mul{}; break;
      case Rows::through_logistic: op = Logistic{}; break;
      case Rows::through_tanh: op = Tanh{}; break;
    }
    put(std::move(op), std::span(inputs).first(b == no_value ? 1 : 2), {&out, 1});
    return out;
  }
  /// Rows [first, first + count) of a sequence.
  void cut(ValueId sequence, std::int64_t first, std::int64_t count, std::int64_t width, ValueId to) {
    const std::int32_t begin[] = {static_cast<std::int32_t>(first), 0, 0}, extents[] = {static_cast<std::int32_t>(count), 1, static_cast<std::int32_t>(width)};
    const ValueId inputs[] = {sequence, integers("begin", begin), integers("extents", extents)};
    put(Slice{}, inputs, {&to, 1});
  }
  void reshape(ValueId from, ValueId to) {
    std::vector<std::int32_t> extents;
    const Shape shape = graph_.value(to).shape;
    for (int axis = 0; axis < shape.rank(); ++axis) extents.push_back(static_cast<std::int32_t>(shape[axis]));
    const ValueId inputs[] = {from, integers("shape", extents)};
    put(Reshape{}, inputs, {&to, 1});
  }

  std::span<const float> rows(const Node& from, std::size_t position, std::int64_t first, std::int64_t count, std::int64_t columns) const {
    return graph_.value(from.inputs[position]).view().as<float>().subspan(static_cast<std::size_t>(first * columns), static_cast<std::size_t>(count * columns));
  }

  /// Update and reset gates in one matrix, the candidate in another. Biases of the gates are summed: only their sum counts.
  void take_weights(const Node& from) {
    const std::int64_t gates = 2 * cells_;
    gates_.input = floats("gates/kernel", {gates, inputs_}, rows(from, 1, 0, gates, inputs_));
    candidate_.input = floats("candidate/kernel", {cells_, inputs_}, rows(from, 1, gates, cells_, inputs_));
    gates_.state = floats("gates/recurrent_kernel", {gates, cells_}, rows(from, 2, 0, gates, cells_));
    candidate_.state = floats("candidate/recurrent_kernel", {cells_, cells_}, rows(from, 2, gates, cells_, cells_));
    const std::int32_t axis = 1;
    halves_ = constant("axis", DType::int32, Shape{}, std::as_bytes(std::span(&axis, 1)));
    if (from.inputs.size() < 4 || from.inputs[3] == no_value) return;
    const std::span<const float> biases = rows(from, 3, 0, 6 * cells_, 1);
    std::vector<float> by_input(biases.begin(), biases.begin() + 3 * static_cast<std::ptrdiff_t>(cells_));
    for (std::size_t i = 0; i < static_cast<std::size_t>(resets_behind_ ? gates : 3 * cells_); ++i) by_input[i] += biases[by_input.size() + i];
    gates_.input_bias = floats("gates/bias", {gates}, std::span(by_input).first(static_cast<std::size_t>(gates)));
    candidate_.input_bias = floats("candidate/bias", {cells_}, std::span(by_input).subspan(static_cast<std::size_t>(gates)));
    if (resets_behind_) candidate_.state_bias = floats("candidate/recurrent_bias", {cells_}, rows(from, 3, 3 * cells_ + gates, cells_, 1));
  }

  ValueId dense(ValueId from, ValueId weights, ValueId bias, std::string_view what) {
    const ValueId out = computed(named(what), {1, graph_.value(weights).shape[0]}), inputs[] = {from, weights, bias};
    put(FullyConnected{}, std::span(inputs).first(bias == no_value ? 2 : 3), {&out, 1});
    return out;
  }

  void step(std::int64_t t, ValueId x) {
    step_ = t;
    const ValueId gates_of_x = dense(x, gates_.input, gates_.input_bias, "gates_x"), candidate_of_x = dense(x, candidate_.input, candidate_.input_bias, "new_x");
    // No state before the first step: zeros, but computed, so that all steps are alike, in integers and to the trainer.
    if (state_ == no_value) state_ = row(Rows::subtracted, "first", candidate_of_x, candidate_of_x);
    const ValueId gates_of_state = dense(state_, gates_.state, no_value, "gates_h"), sum = row(Rows::added, "gates_sum", gates_of_x, gates_of_state);
    const ValueId gates[] = {halves_, row(Rows::through_logistic, "gates", sum)};
    const ValueId halves[] = {computed(named("update"), {1, cells_}), computed(named("reset"), {1, cells_})};
    put(Split_{}, gates, halves);
    ValueId of_state = resets_behind_ ? dense(state_, candidate_.state, candidate_.state_bias, "new_h") : state_;
    of_state = row(Rows::multiplied, "kept", halves[1], of_state);
    if (!resets_behind_) of_state = dense(of_state, candidate_.state, no_value, "new_h");
    const ValueId candidate = row(Rows::through_tanh, "new", row(Rows::added, "new_sum", candidate_of_x, of_state));
    const ValueId moved = row(Rows::multiplied, "back", halves[0], row(Rows::subtracted, "apart", state_, candidate));
    state_ = row(Rows::added, "h", candidate, moved);
  }

  /// The steps of a sequence. An operator makes so many outputs and no more: a longer one is cut first.
  std::vector<ValueId> steps_of(ValueId sequence) {
    constexpr auto most = static_cast<std::int64_t>(limits::node_inputs);
    std::vector<ValueId> steps;
    for (std::int64_t first = 0; first < steps_; first += most) {
      const std::int64_t count = std::min(steps_ - first, most);
      ValueId piece = sequence;
      if (steps_ > most) {
        piece = computed(named("part"), {count, 1, inputs_});
        cut(sequence, first, count, inputs_, piece);
      }
      for (step_ = first; step_ < first + count; ++step_) steps.push_back(computed(named("x"), {1, inputs_}));
      step_ = -1;
      put(Unpack{0}, {&piece, 1}, std::span(steps).last(static_cast<std::size_t>(count)));
    }
    return steps;
  }

  /// All of them, one under the other; an operator takes so many inputs and no more.
  ValueId joined(std::vector<ValueId> rows) {
    while (rows.size() > 1) {
      std::vector<ValueId> longer;
      for (std::size_t first = 0; first < rows.size(); first += limits::node_inputs) {
        const auto some = std::span(rows).subspan(first, std::min<std::size_t>(rows.size() - first, limits::node_inputs));
        std::int64_t height = 0;
        for (const ValueId id : some) height += graph_.value(id).shape[0];
        longer.push_back(computed(named("sequence"), {height, cells_}));
        put(Concatenation{0}, some, {&longer.back(), 1});
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
  std::int64_t step_ = -1;   ///< that is being written; -1: none, what is made serves all
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
