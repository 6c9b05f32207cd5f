#include "core/compress/lstm.h"

#include <algorithm>
#include <cmath>

#include "core/compress/histogram.h"
#include "core/compress/quantize.h"
#include "core/compress/rewrite.h"

namespace edgewise {

bool is_plain_lstm(const Graph& float_graph, const Node& node) {
  const auto* op = std::get_if<UnidirectionalSequenceLstm>(&node.op);
  if (op == nullptr || op->activation != Activation::tanh || op->projection_clip != 0.0f) return false;
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    const Value* value = float_graph.input(node, i);
    const bool is_weight = i >= 1 && i <= 8, is_bias = i >= 12 && i <= 15, is_state = i == 18 || i == 19;
    if ((value != nullptr) != (i == 0 || is_weight || is_bias || is_state)) return false;
    if (value == nullptr) continue;
    if (value->type != DType::float32 || value->contents_omitted()) return false;
    if (value->is_constant() != (is_weight || is_bias) || value->is_variable != is_state) return false;
    if (i == 0 && (value->shape.rank() != 3 || value->shape[op->is_time_major ? 1 : 0] != 1)) return false;
    const auto reads = [&](const Node& other) { return std::ranges::count(other.inputs, node.inputs[i]); };
    std::ptrdiff_t readers = 0;
    for (const Node& other : float_graph.nodes) readers += reads(other);
    if (is_state && readers != 1) return false;
  }
  return true;
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

Result<CellObserver> CellObserver::prepare(const Graph& float_graph, NodeId id) {
  const Node& node = float_graph.node(id);
  const ValueId sequence = node.inputs[0], cells = node.inputs[19];
  Graph step{float_graph.values, {node}, {sequence}, {node.outputs.front()}};
  const int time_axis = std::get<UnidirectionalSequenceLstm>(node.op).is_time_major ? 0 : 1;
  for (const ValueId value : {sequence, node.outputs.front()}) step.value(value).shape.set(time_axis, 1);
  ValueId renamed = cells;
  drop_unused_values(step, {&renamed});
  auto runner = Runner::prepare(std::make_shared<const Graph>(std::move(step)));
  if (!runner) return std::unexpected(runner.error());
  return CellObserver(sequence, cells, renamed, std::move(*runner));
}

void CellObserver::observe(std::span<const float> sequence, Observed& into) {
  const Graph& graph = step_.graph();
  const auto inputs = static_cast<std::size_t>(graph.value(graph.inputs.front()).shape.elements());
  step_.reset();
  for (std::size_t at = 0; at + inputs <= sequence.size(); at += inputs) {
    step_.set_input(0, sequence.subspan(at, inputs));
    step_.run();
    add_values(into, step_.value(cells_of_step_).as<float>());
  }
}

}  // namespace edgewise
