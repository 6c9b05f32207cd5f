#include "core/mcu/persistent.h"

#include <optional>
#include <type_traits>
#include <variant>

namespace edgewise::mcu {
namespace {

constexpr std::uint64_t table_alignment = 4, buffer_alignment = 16;

/// What one operator asks for. parse: its parameters, copied from the file. init: the kernel's own data.
struct OperatorData {
  std::uint64_t parse = 0, init = 0;
};

/// Sizes of TFLM's structs as its allocator was seen to ask for them, over 512 models; identical in all of them. Nothing for an operator that was not seen.
std::optional<OperatorData> seen_data_of(const Op& op, bool cmsis_nn) {
  return std::visit(
      [cmsis_nn]<class T>(const T&) -> std::optional<OperatorData> {
        if constexpr (std::is_same_v<T, Conv2d> || std::is_same_v<T, DepthwiseConv2d>) return OperatorData{28, cmsis_nn ? 60u : 56u};
        else if constexpr (std::is_same_v<T, FullyConnected>) return OperatorData{5, cmsis_nn ? 72u : 48u};
        else if constexpr (std::is_same_v<T, AvgPool2d> || std::is_same_v<T, MaxPool2d>) return OperatorData{40, cmsis_nn ? 36u : 32u};
        else if constexpr (std::is_same_v<T, Mean> || std::is_same_v<T, Sum>) return OperatorData{1, 44};
        else if constexpr (std::is_same_v<T, Add>) return OperatorData{2, 60};
        else if constexpr (std::is_same_v<T, Sub>) return OperatorData{2, 52};
        else if constexpr (std::is_same_v<T, Mul>) return OperatorData{1, 36};
        else if constexpr (std::is_same_v<T, Pad>) return OperatorData{0, 56};
        else if constexpr (std::is_same_v<T, Reshape>) return OperatorData{36, 0};
        else if constexpr (std::is_same_v<T, Softmax>) return OperatorData{4, cmsis_nn ? 64u : 56u};
        else if constexpr (std::is_same_v<T, Relu>) return OperatorData{0, 28};
        else if constexpr (std::is_same_v<T, Relu6>) return OperatorData{0, 8};
        else if constexpr (std::is_same_v<T, LeakyRelu>) return OperatorData{4, 24};
        else if constexpr (std::is_same_v<T, Logistic> || std::is_same_v<T, Tanh>) return OperatorData{0, 16};
        else if constexpr (std::is_same_v<T, Quantize> || std::is_same_v<T, Dequantize>) return OperatorData{0, 32};
        else if constexpr (std::is_same_v<T, Concatenation>) return OperatorData{8, 24};
        else if constexpr (std::is_same_v<T, Transpose>) return OperatorData{0, 0};
        else if constexpr (std::is_same_v<T, StridedSlice>) return OperatorData{24, 84};
        else if constexpr (std::is_same_v<T, Shape_>) return OperatorData{1, 0};
        else if constexpr (std::is_same_v<T, Pack>) return OperatorData{8, 0};
        else return std::nullopt;
      },
      op);
}

/// An operator that was not seen is taken to ask for as much as the common ones.
OperatorData data_of(const Op& op, bool cmsis_nn) { return seen_data_of(op, cmsis_nn).value_or(OperatorData{36, 56}); }

/// What a kernel keeps from its preparation, twice: multipliers and shifts of 4 bytes a channel, or the two exponential tables of a 16-bit softmax.
/// The reference convolutions take theirs even for float; CMSIS-NN does not.
std::uint64_t prepared_bytes(const Graph& graph, const Node& node, bool cmsis_nn) {
  if (std::holds_alternative<Softmax>(node.op)) return graph.output(node).type == DType::int16 ? 1026 : 0;
  const bool is_convolution = std::holds_alternative<Conv2d>(node.op) || std::holds_alternative<DepthwiseConv2d>(node.op);
  const bool is_dense = std::holds_alternative<FullyConnected>(node.op);
  const Value* weights = graph.input(node, 1);
  if ((!is_convolution && !is_dense) || weights == nullptr) return 0;
  if (weights->type == DType::float32 && (is_dense || cmsis_nn)) return 0;
  if (is_dense) return weights->grid.per_channel() ? 4 * weights->grid.scale.size() : 0;
  return 4 * static_cast<std::uint64_t>(graph.output(node).shape.back());
}

}  // namespace

bool has_measured_data(const Op& op) { return seen_data_of(op, false).has_value(); }

std::uint64_t persistent_bytes(const Graph& graph, Kernels kernels) {
  const bool cmsis_nn = kernels == Kernels::cmsis_nn;
  std::uint64_t used = 0;
  const auto take = [&used](std::uint64_t bytes, std::uint64_t alignment) {
    if (bytes != 0) used = (used + bytes + alignment - 1) / alignment * alignment;
  };
  for (const std::uint64_t allocator : {36, 44, 36}) take(allocator, table_alignment);   // arena, planner and micro allocator objects
  for (int i = 0; i < 2; ++i) take(8, table_alignment);                                  // one subgraph's entries
  take(12 * graph.values.size(), table_alignment);                                       // TfLiteEvalTensor
  take(32 * graph.nodes.size(), table_alignment);                                        // NodeAndRegistration
  for (const Node& node : graph.nodes) {
    const bool is_packed_struct = std::holds_alternative<FullyConnected>(node.op) || data_of(node.op, cmsis_nn).parse < 4;
    take(data_of(node.op, cmsis_nn).parse, is_packed_struct ? 1 : table_alignment);
  }
  for (const Node& node : graph.nodes) take(data_of(node.op, cmsis_nn).init, buffer_alignment);
  for (const Node& node : graph.nodes)
    for (int i = 0; i < 2; ++i) take(prepared_bytes(graph, node, cmsis_nn), buffer_alignment);
  std::uint64_t scratch_buffers = 0;
  for (const Node& node : graph.nodes) scratch_buffers += scratch_bytes(graph, node, kernels).size();
  take(4 * scratch_buffers, table_alignment);                                            // ScratchBufferHandle
  for (const Value& value : graph.values)
    if (value.is_variable) take(bytes_for(value.type, value.shape.elements()), buffer_alignment);
  for (const std::vector<ValueId>* ends : {&graph.inputs, &graph.outputs}) {   // the tensors that the application sees, and their list
    take(4 * ends->size(), buffer_alignment);
    for (const ValueId id : *ends) {
      take(32, table_alignment);   // TfLiteTensor
      if (!graph.value(id).grid.present()) continue;
      take(12, table_alignment);   // TfLiteAffineQuantization
      take(8, table_alignment);    // its one zero point
    }
  }
  return used;
}

}  // namespace edgewise::mcu
