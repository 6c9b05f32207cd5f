#include <algorithm>
#include <cmath>
#include <ranges>

#include "core/base/text.h"
#include "core/compress/rewrite.h"
#include "core/compress/unroll.h"
#include "core/run/known.h"
#include "core/tensor/half.h"

namespace edgewise {

namespace {

std::int8_t nibble(BytesView bytes, std::size_t i) {
  const auto both = std::to_integer<std::uint32_t>(bytes[i / 2]);
  const std::uint32_t four = (i % 2 == 0 ? both : both >> 4) & 15u;
  return static_cast<std::int8_t>(static_cast<std::int32_t>(four << 28) >> 28);
}

/// Code `i` of an integer constant. int64 (biases) fits a double up to 2^53, far above what check() lets through.
double code_at(const Value& value, std::size_t i) {
  const TensorView view = value.view();
  switch (value.type) {
    case DType::int8: return view.as<std::int8_t>()[i];
    case DType::uint8: return view.as<std::uint8_t>()[i];
    case DType::int16: return view.as<std::int16_t>()[i];
    case DType::int32: return view.as<std::int32_t>()[i];
    case DType::int64: return static_cast<double>(view.as<std::int64_t>()[i]);
    case DType::int4: return nibble(view.bytes, i);
    case DType::uint16: return view.as<std::uint16_t>()[i];
    case DType::uint32: return view.as<std::uint32_t>()[i];
    case DType::uint64: return static_cast<double>(view.as<std::uint64_t>()[i]);
    case DType::float32: case DType::float16: case DType::float64: case DType::boolean: case DType::resource: break;
  }
  return 0.0;
}

bool is_integer(DType type) {
  return type == DType::int8 || type == DType::uint8 || type == DType::int16 || type == DType::int32 || type == DType::int64 || type == DType::int4;
}

/// Unsigned codes as signed ones: the same reals.
void make_signed(Value& value) {
  for (std::int32_t& zero_point : value.grid.zero_point) zero_point -= 128;
  if (value.is_constant()) {
    Bytes flipped = *value.data;
    for (std::byte& b : flipped) b ^= std::byte{0x80};
    value.data = std::make_shared<const Bytes>(std::move(flipped));
  }
  value.type = DType::int8;
}

Result<void> dequantize_constant(Value& value) {
  const std::size_t count = static_cast<std::size_t>(value.shape.elements());
  if (value.contents_omitted() || value.data->size() != value.content_bytes()) return fail(text("tensor '", value.name, "' has no contents"));
  Tensor reals = Tensor::of(DType::float32, value.shape);
  const std::span<float> into = reals.as<float>();
  if (value.type == DType::float16) {
    for (std::size_t i = 0; i < count; ++i) {
      std::uint16_t half = 0;
      std::memcpy(&half, value.data->data() + 2 * i, sizeof half);
      into[i] = from_half(half);
    }
  } else {
    const Quantization& grid = value.grid;
    const int axis = value.shape.rank() == 1 ? 0 : grid.axis;  // old converters write axis 3 on a bias
    std::size_t inner = 1;
    for (int i = axis + 1; i < value.shape.rank(); ++i) inner *= static_cast<std::size_t>(value.shape[i]);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t channel = grid.per_channel() ? i / inner % grid.scale.size() : 0;
      into[i] = static_cast<float>(static_cast<double>(grid.scale[channel]) * (code_at(value, i) - grid.zero_point[channel]));
    }
    if (value.type != DType::int4) value.file_codes = value.data;
  }
  value.bits = value.type == DType::int16 ? 16 : value.bits;
  value.type = DType::float32;
  value.data = std::make_shared<const Bytes>(std::move(reals.bytes));
  return {};
}

/// Integers on a grid, and half floats, become floats that remember the grid.
Result<void> make_float(Value& value) {
  const bool is_half = value.type == DType::float16 && value.is_constant();
  if (!is_half && !(is_integer(value.type) && value.grid.present())) return {};
  if (value.type == DType::uint8) make_signed(value);
  if (value.is_constant()) return dequantize_constant(value);
  if (value.type == DType::int16) value.bits = 16;
  value.type = DType::float32;
  return {};
}

/// What variables hold before the first run comes from a graph of its own.
Result<void> make_first_contents_float(Graph& graph) {
  for (Node& node : graph.nodes) {
    auto* once = std::get_if<CallOnce>(&node.op);
    if (once == nullptr) continue;
    Graph first = *once->graph;
    for (Value& value : first.values)
      if (auto ok = make_float(value); !ok) return ok;
    once->graph = std::make_shared<const Graph>(std::move(first));
  }
  return {};
}

bool is_layer_op(const Op& op) {
  return std::holds_alternative<Conv2d>(op) || std::holds_alternative<DepthwiseConv2d>(op) || std::holds_alternative<FullyConnected>(op);
}

/// Biases whose grid the file left out: it can only be that of the accumulator.
void give_biases_grids(Graph& graph) {
  for (const Node& node : graph.nodes) {
    const Value* bias = is_layer_op(node.op) ? graph.input(node, 2) : nullptr;
    if (bias == nullptr || bias->grid.present() || !is_integer(bias->type)) continue;
    const Value &input = *graph.input(node, 0), &weights = *graph.input(node, 1);
    if (!input.grid.present() || !weights.grid.present()) continue;
    Quantization grid{{}, std::vector<std::int32_t>(weights.grid.scale.size(), 0), 0};
    for (const float scale : weights.grid.scale) grid.scale.push_back(input.grid.scale.front() * scale);
    graph.value(node.inputs[2]).grid = grid;
  }
}

/// Integers that reach the file's first operator through RESHAPE and TRANSPOSE have the grid that it reads them on, also where the file gives them none themselves (the
/// inputs of ONNX's QLinear operators).
void give_inputs_grids(Graph& graph) {
  for (std::size_t n = graph.nodes.size(); n-- > 0;) {
    const Node& node = graph.nodes[n];
    if (!std::holds_alternative<Reshape>(node.op) && !std::holds_alternative<Transpose>(node.op)) continue;
    Value& input = graph.value(node.inputs.front());
    const Value& output = graph.output(node);
    if (!input.grid.present() && !input.is_constant() && is_integer(input.type) && input.type == output.type) input.grid = output.grid;
  }
}

/// Where an operator keeps its fused activation; null for those that cannot have one.
Activation* activation_of(Op& op) {
  if (auto* conv = std::get_if<Conv2d>(&op)) return &conv->activation;
  if (auto* depthwise = std::get_if<DepthwiseConv2d>(&op)) return &depthwise->activation;
  if (auto* dense = std::get_if<FullyConnected>(&op)) return &dense->activation;
  if (auto* add = std::get_if<Add>(&op)) return &add->activation;
  if (auto* sub = std::get_if<Sub>(&op)) return &sub->activation;
  return nullptr;
}

/// A grid that begins at 0 cuts off what is below, and converters leave out the RELU that it makes needless (ONNX Runtime's quantizer does): floats need it.
void restore_activations(Graph& graph) {
  for (Node& node : graph.nodes) {
    Activation* activation = activation_of(node.op);
    if (activation == nullptr || *activation != Activation::none) continue;
    const Value& output = graph.output(node);
    if (!output.grid.present() || (output.type != DType::int8 && output.type != DType::uint8)) continue;
    const bool begins_at_zero = output.grid.zero_point.front() == (output.type == DType::int8 ? -128 : 0);
    const bool ends_at_six = std::abs(output.grid.scale.front() * 255.0f - 6.0f) < 1e-4f;
    if (begins_at_zero) *activation = ends_at_six ? Activation::relu6 : Activation::relu;
  }
}

/// Among floats QUANTIZE and DEQUANTIZE do nothing: whoever reads their output reads their input instead. A grid that only the output knew goes along.
void drop_conversions(Graph& graph) {
  std::vector<ValueId> same_as(graph.values.size());
  for (std::size_t id = 0; id < same_as.size(); ++id) same_as[id] = static_cast<ValueId>(id);
  std::vector<Node> kept;
  for (Node& node : graph.nodes) {
    for (ValueId& id : node.inputs)
      if (id != no_value) id = same_as[static_cast<std::size_t>(id)];
    if (!std::holds_alternative<Quantize>(node.op) && !std::holds_alternative<Dequantize>(node.op)) {
      kept.push_back(std::move(node));
      continue;
    }
    Value& input = graph.value(node.inputs.front());
    const Value& output = graph.output(node);
    if (!input.grid.present() && !input.is_constant()) {
      input.grid = output.grid;
      input.bits = output.bits;
    }
    same_as[static_cast<std::size_t>(node.outputs.front())] = node.inputs.front();
  }
  for (ValueId& id : graph.outputs) id = same_as[static_cast<std::size_t>(id)];
  graph.nodes = std::move(kept);
}

/// RELU and RELU6 right behind the only operator that feeds them become part of it: the grid is then that of what comes out, not of what is cut off.
void fuse_activations(Graph& graph) {
  std::vector<int> readers(graph.values.size(), 0);
  for (const ValueId id : graph.outputs) ++readers[static_cast<std::size_t>(id)];
  for (const Node& node : graph.nodes)
    for (const ValueId id : node.inputs)
      if (id != no_value) ++readers[static_cast<std::size_t>(id)];
  std::vector<Node> kept;
  for (Node& node : graph.nodes) {
    const bool is_relu = std::holds_alternative<Relu>(node.op), is_relu6 = std::holds_alternative<Relu6>(node.op);
    const auto maker = !is_relu && !is_relu6 ? kept.end() : std::ranges::find_if(kept, [&](const Node& before) { return before.outputs == node.inputs; });
    Activation* activation = maker == kept.end() ? nullptr : activation_of(maker->op);
    if (activation == nullptr || *activation != Activation::none || readers[static_cast<std::size_t>(node.inputs.front())] != 1) {
      kept.push_back(std::move(node));
      continue;
    }
    *activation = is_relu ? Activation::relu : Activation::relu6;
    maker->outputs = node.outputs;
  }
  graph.nodes = std::move(kept);
}

/// Nodes whose numbers are known already, and only theirs, write what nobody reads.
void drop_unread_nodes(Graph& graph) {
  std::vector<bool> is_read(graph.values.size());
  for (const ValueId id : graph.outputs) is_read[static_cast<std::size_t>(id)] = true;
  std::vector<Node> kept;
  for (Node& node : std::views::reverse(graph.nodes)) {
    const bool is_wanted = node.outputs.empty() || std::ranges::any_of(node.outputs, [&](ValueId id) { return is_read[static_cast<std::size_t>(id)]; });
    if (!is_wanted) continue;
    for (const ValueId id : node.inputs)
      if (id != no_value) is_read[static_cast<std::size_t>(id)] = true;
    kept.push_back(std::move(node));
  }
  std::ranges::reverse(kept);
  graph.nodes = std::move(kept);
}

}  // namespace

Result<std::shared_ptr<const Graph>> to_float(const std::shared_ptr<const Graph>& graph) {
  const auto known = with_known_numbers(graph);
  Graph out = *known;
  if (known != graph) drop_unread_nodes(out);
  for (std::size_t id = 0; id < out.values.size(); ++id)
    if (const Value& value = out.values[id]; !value.is_constant() && value.shape.elements() == 0)
      return fail(text("the shape is ", to_text(value.shape), ": without elements it has no range"), text("tensor ", id, " '", value.name, "'"));
  const bool had_grids = std::ranges::any_of(out.values, [](const Value& value) { return value.grid.present(); });
  give_biases_grids(out);
  give_inputs_grids(out);
  restore_activations(out);
  for (Value& value : out.values)
    if (auto ok = make_float(value); !ok) return std::unexpected(ok.error());
  if (auto ok = make_first_contents_float(out); !ok) return std::unexpected(ok.error());
  drop_conversions(out);
  out = unroll(std::move(out));
  if (!had_grids) fuse_activations(out);  // an integer file computes its activations apart; so must we, to the bit
  drop_unused_values(out);
  for (Node& node : out.nodes)   // what is quantized from here on is for TensorFlow Lite, wherever it came from
    std::visit([](auto& op) {
      if constexpr (requires { op.requantize; }) op.requantize = Requantize::fixed_point;
    }, node.op);
  return std::make_shared<const Graph>(std::move(out));
}

}  // namespace edgewise
