#include "core/compress/lstm.h"

#include <algorithm>
#include <cmath>

#include "core/compress/histogram.h"
#include "core/compress/quantize.h"
#include "core/compress/rewrite.h"

namespace edgewise {

bool has_plain_lstm_form(const Graph& graph, const Node& node) {
  const auto* op = std::get_if<UnidirectionalSequenceLstm>(&node.op);
  if (op == nullptr || op->activation != Activation::tanh || op->projection_clip != 0.0f) return false;
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    const Value* value = graph.input(node, i);
    const bool learns = std::ranges::find(lstm_operands, i) != std::end(lstm_operands), is_state = i == 18 || i == 19;
    if ((value != nullptr) != (i == 0 || learns || is_state)) return false;
    if (value == nullptr) continue;
    if (value->is_constant() != learns || value->is_variable != is_state) return false;
    if (i == 0 && (value->shape.rank() != 3 || value->shape[op->is_time_major ? 1 : 0] != 1)) return false;
    const auto reads = [&](const Node& other) { return std::ranges::count(other.inputs, node.inputs[i]); };
    std::ptrdiff_t readers = 0;
    for (const Node& other : graph.nodes) readers += reads(other);
    if (is_state && readers != 1) return false;
  }
  return true;
}

bool is_plain_lstm(const Graph& float_graph, const Node& node) {
  if (!has_plain_lstm_form(float_graph, node)) return false;
  for (std::size_t i = 0; i < node.inputs.size(); ++i)
    if (const Value* value = float_graph.input(node, i); value != nullptr && (value->type != DType::float32 || value->contents_omitted())) return false;
  return true;
}

std::vector<NodeId> plain_lstms(const Graph& float_graph) {
  std::vector<NodeId> lstms;
  for (std::size_t n = 0; n < float_graph.nodes.size(); ++n)
    if (is_plain_lstm(float_graph, float_graph.nodes[n])) lstms.push_back(static_cast<NodeId>(n));
  return lstms;
}

std::vector<StoredLstm> stored_lstms(const Graph& graph) {
  std::vector<StoredLstm> lstms;
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const Node& node = graph.nodes[n];
    if (!std::holds_alternative<UnidirectionalSequenceLstm>(node.op)) continue;
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < node.inputs.size(); ++i)
      if (const Value* value = graph.input(node, i)) bytes += stored_bytes(*value);
    lstms.push_back({static_cast<NodeId>(n), bytes});
  }
  return lstms;
}

Quantization cell_grid(RealRange range) {
  const double most = std::max({static_cast<double>(-range.low), static_cast<double>(range.high), 1.0});
  const int exponent = std::min(static_cast<int>(std::ceil(std::log2(most))), 6);
  return {{static_cast<float>(std::exp2(exponent - 15))}, {0}, 0};
}

LstmSteps::LstmSteps(Runner runner, ValueId cells) : runner_(std::move(runner)), cells_(cells) {
  const Graph& graph = runner_.graph();
  inputs_ = static_cast<std::size_t>(graph.value(graph.inputs.front()).shape.elements());
  cell_count_ = static_cast<std::size_t>(graph.value(cells).shape.elements());
}

Result<LstmSteps> LstmSteps::prepare(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  const ValueId sequence = node.inputs[0];
  Graph step{graph.values, {node}, {sequence}, {node.outputs.front()}};
  const int time_axis = std::get<UnidirectionalSequenceLstm>(node.op).is_time_major ? 0 : 1;
  for (const ValueId value : {sequence, node.outputs.front()}) step.value(value).shape.set(time_axis, 1);
  ValueId cells = node.inputs[19];
  drop_unused_values(step, {&cells});
  auto runner = Runner::prepare(std::make_shared<const Graph>(std::move(step)));
  if (!runner) return std::unexpected(runner.error());
  return LstmSteps(std::move(*runner), cells);
}

void LstmSteps::step(std::span<const float> x) {
  runner_.set_input(0, x);
  runner_.run();   // one node without control flow cannot fail
}

void LstmSteps::cells(std::span<float> into) const {
  const Value& value = runner_.graph().value(cells_);
  const TensorView view = runner_.value(cells_);
  if (value.type == DType::float32) {
    std::ranges::copy(view.as<float>(), into.begin());
    return;
  }
  const auto codes = view.as<std::int16_t>();
  for (std::size_t i = 0; i < codes.size(); ++i) into[i] = dequantize(codes[i], value.grid.scale.front(), 0);
}

std::span<std::int16_t> LstmSteps::cell_codes() {
  const std::span<std::byte> bytes = runner_.variable(cells_);
  return {reinterpret_cast<std::int16_t*>(bytes.data()), cell_count_};
}

Result<CellObserver> CellObserver::prepare(const Graph& float_graph, NodeId id) {
  auto steps = LstmSteps::prepare(float_graph, id);
  if (!steps) return std::unexpected(steps.error());
  const Node& node = float_graph.node(id);
  return CellObserver(node.inputs[0], node.inputs[19], std::move(*steps));
}

void CellObserver::observe(std::span<const float> sequence, Observed& into) {
  steps_.reset();
  for (std::size_t at = 0; at + steps_.inputs() <= sequence.size(); at += steps_.inputs()) {
    steps_.step(sequence.subspan(at, steps_.inputs()));
    steps_.cells(reals_);
    add_values(into, reals_);
  }
}

}  // namespace edgewise
