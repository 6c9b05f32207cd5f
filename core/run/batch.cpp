#include "core/run/batch.h"

#include <algorithm>
#include <cassert>
#include <variant>

#include "core/graph/infer.h"

namespace edgewise {
namespace {

/// Whether the operator computes each index of the first axis from the same index of its inputs, or from constants.
bool keeps_samples_apart(const Graph& graph, const Node& node) {
  const auto is_one_of = [&]<class... Ops>(std::variant<Ops...>*) { return (std::holds_alternative<Ops>(node.op) || ...); };
  using Apart = std::variant<Conv2d, DepthwiseConv2d, FullyConnected, AvgPool2d, MaxPool2d, Reshape, Relu, Relu6, LeakyRelu, Logistic, Tanh, Quantize, Dequantize>;
  if (is_one_of(static_cast<Apart*>(nullptr))) return !graph.value(node.inputs.front()).is_constant();
  const Value& out = graph.output(node);
  if (std::holds_alternative<Softmax>(node.op)) return out.shape.rank() > 1;   // it is over the last axis
  if (!is_one_of(static_cast<std::variant<Add, Sub, Mul>*>(nullptr))) return false;
  return std::ranges::all_of(node.inputs, [&](ValueId id) {   // a constant that broadcasts along the first axis still does
    const Value& in = graph.value(id);
    return in.shape.rank() == out.shape.rank() || (in.is_constant() && in.shape.rank() < out.shape.rank());
  });
}

struct Share { std::uint64_t dense_macs = 0, macs = 0, largest_bytes = 1; };
Share share_of(const Graph& graph) {
  Share share;
  for (const Node& node : graph.nodes) {
    const std::uint64_t macs = macs_of(graph, node).macs;
    share.macs += macs;
    if (std::holds_alternative<FullyConnected>(node.op)) share.dense_macs += macs;
    for (const ValueId id : node.outputs) share.largest_bytes = std::max(share.largest_bytes, bytes_for(graph.value(id).type, graph.value(id).shape.elements()));
  }
  return share;
}

}  // namespace

std::optional<Graph> over_samples(const Graph& graph, std::int64_t count) {
  Graph many = graph;
  for (Node& node : many.nodes) {
    if (node.outputs.size() != 1 || !keeps_samples_apart(graph, node)) return {};
    if (std::holds_alternative<Reshape>(node.op)) node.inputs.resize(1);   // the output's shape is what counts
  }
  for (Value& value : many.values) {
    if (value.is_constant()) continue;
    if (value.is_variable || value.shape.rank() == 0 || value.shape[0] != 1) return {};
    value.shape.set(0, count);
  }
  return many;
}

Result<BatchRunner> BatchRunner::prepare(std::shared_ptr<const Graph> graph, Kernels kernels) {
  auto one = Runner::prepare(graph, kernels);
  if (!one) return std::unexpected(one.error());
  constexpr std::int64_t abreast = 32;              // weights are read once for as many samples as registers hold, about 6: more only save calls
  constexpr std::uint64_t near_cache = 1u << 15;    // bytes of activations that stay near
  const Share share = share_of(*graph);
  if (2 * share.dense_macs >= share.macs && share.largest_bytes * abreast <= 2 * near_cache)
    if (auto many = over_samples(*graph, abreast))
      if (auto several = Runner::prepare(std::make_shared<const Graph>(std::move(*many)), kernels))
        return BatchRunner(std::move(*one), std::move(*several), static_cast<std::size_t>(abreast));
  return BatchRunner(std::move(*one), {}, 1);
}

Result<void> BatchRunner::run(std::span<const std::byte> inputs, std::span<std::byte> outputs, std::size_t count) {
  assert(inputs.size() == count * one_.input(0).size() && outputs.size() == count * one_.output(0).bytes.size());
  while (count > 0) {
    const bool takes_several = several_ && count >= abreast_;
    Runner& runner = takes_several ? *several_ : one_;
    const auto into = runner.input(0);
    std::ranges::copy(inputs.first(into.size()), into.begin());
    if (auto ok = runner.run(); !ok) return ok;
    const BytesView out = runner.output(0).bytes;
    std::ranges::copy(out, outputs.begin());
    inputs = inputs.subspan(into.size());
    outputs = outputs.subspan(out.size());
    count -= takes_several ? abreast_ : 1;
  }
  return {};
}

}  // namespace edgewise
