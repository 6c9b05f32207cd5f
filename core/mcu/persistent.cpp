#include "core/mcu/persistent.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/graph/operands.h"

namespace edgewise::mcu {
namespace {

constexpr std::uint64_t table_alignment = 4, buffer_alignment = 16;

template <class T, class... Any>
constexpr bool is_one_of = (std::is_same_v<T, Any> || ...);

/// What one operator asks for. parse: its parameters, copied from the file. init: the kernel's own data.
struct OperatorData {
  std::uint64_t parse = 0, init = 0;
};

/// Sizes of TFLM's structs as its allocator was seen to ask for them, over 512 models; identical in all of them. Nothing for an operator that was not seen; 0 where none was asked for.
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
        else if constexpr (is_one_of<T, Pack, Unpack, Gather>) return OperatorData{8, 0};
        else if constexpr (std::is_same_v<T, TransposeConv>) return OperatorData{16, cmsis_nn ? 76u : 72u};
        else if constexpr (std::is_same_v<T, BatchMatMul>) return OperatorData{3, cmsis_nn ? 36u : 16u};
        else if constexpr (std::is_same_v<T, Div>) return OperatorData{1, 28};
        else if constexpr (std::is_same_v<T, SquaredDifference>) return OperatorData{0, 112};
        else if constexpr (is_one_of<T, Abs, Rsqrt, Prelu>) return OperatorData{0, 28};
        else if constexpr (is_one_of<T, Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual>) return OperatorData{0, 32};
        else if constexpr (std::is_same_v<T, Elu>) return OperatorData{0, 256};   // its table for int8, also in float
        else if constexpr (std::is_same_v<T, HardSwish>) return OperatorData{0, 20};
        else if constexpr (std::is_same_v<T, VarHandle>) return OperatorData{8, 4};
        else if constexpr (std::is_same_v<T, CallOnce>) return OperatorData{4, 8};
        else if constexpr (std::is_same_v<T, While>) return OperatorData{8, 8};
        else if constexpr (is_one_of<T, Cast, CumSum, ResizeNearestNeighbor, ResizeBilinear>) return OperatorData{2, 0};
        else if constexpr (is_one_of<T, ArgMax, ArgMin>) return OperatorData{1, 0};
        else if constexpr (std::is_same_v<T, L2Normalization>) return OperatorData{1, 4};
        else if constexpr (std::is_same_v<T, L2Pool2d>) return OperatorData{40, 0};
        else if constexpr (is_one_of<T, ReduceMax, ReduceMin, ReduceAll>) return OperatorData{1, 44};
        else if constexpr (std::is_same_v<T, PadV2>) return OperatorData{0, 56};
        else if constexpr (std::is_same_v<T, MirrorPad>) return OperatorData{1, 20};
        else if constexpr (std::is_same_v<T, Squeeze>) return OperatorData{36, 0};
        else if constexpr (is_one_of<T, Split_, SplitV, SpaceToDepth, DepthToSpace>) return OperatorData{4, 0};
        else if constexpr (std::is_same_v<T, SelectV2>) return OperatorData{0, 1};
        else if constexpr (std::is_same_v<T, SpaceToBatchNd>) return OperatorData{0, 4};
        else if constexpr (std::is_same_v<T, Svdf>) return OperatorData{8, cmsis_nn ? 40u : 36u};
        else if constexpr (std::is_same_v<T, UnidirectionalSequenceLstm>) return OperatorData{16, cmsis_nn ? 912u : 688u};
        else if constexpr (is_one_of<T, SignalWindow, SignalEnergy, SignalFilterBankLog>) return OperatorData{0, 8};
        else if constexpr (std::is_same_v<T, SignalRfft>) return OperatorData{0, 32};
        else if constexpr (std::is_same_v<T, SignalFilterBank>) return OperatorData{0, 36};
        else if constexpr (std::is_same_v<T, SignalFilterBankSpectralSubtraction>) return OperatorData{0, 44};
        else if constexpr (std::is_same_v<T, SignalPcan>) return OperatorData{0, 4};
        else if constexpr (is_one_of<T, Maximum, Minimum, FloorDiv, FloorMod, LogicalAnd, LogicalOr, LogicalNot, Neg, Exp, Log, Sin, Cos, Sqrt, Square, Floor, Ceil, Round, AddN, LogSoftmax, ExpandDims,
                                     Slice, GatherNd, BroadcastTo, BroadcastArgs, ReverseV2, Fill, ZerosLike, BatchToSpaceNd, EmbeddingLookup, DynamicUpdateSlice, SignalFftAutoScale, ReadVariable, AssignVariable,
                                     SignalFilterBankSquareRoot>) return OperatorData{0, 0};
        else return std::nullopt;
      },
      op);
}

/// An operator that was not seen is taken to ask for as much as the common ones.
OperatorData data_of(const Op& op, bool cmsis_nn) { return seen_data_of(op, cmsis_nn).value_or(OperatorData{36, 56}); }

/// Extents of a tensor, with their number in front: TfLiteIntArray.
std::uint64_t extents_bytes(const Value& value) { return 4 + 4 * static_cast<std::uint64_t>(value.shape.rank()); }

std::uint64_t bytes_of(const Value& value) { return bytes_for(value.type, value.shape.elements()); }

/// What a convolution keeps twice: multipliers and shifts of 4 bytes a channel. The reference kernels take theirs even for float; CMSIS-NN does not.
std::vector<std::uint64_t> requantization(const Graph& graph, const Node& node, const Value& weights, bool cmsis_nn) {
  const std::uint64_t bytes = weights.type == DType::float32 && cmsis_nn ? 0 : 4 * static_cast<std::uint64_t>(graph.output(node).shape.back());
  return {bytes, bytes};
}

/// Factors that are exchanged first: a tensor, its extents, and the elements once more; then the output's extents.
std::vector<std::uint64_t> exchanged(const Graph& graph, const Node& node, const BatchMatMul& op, const Value& a, const Value& b) {
  std::vector<std::uint64_t> bytes;
  if (a.type != DType::float32) bytes.push_back(28);
  if (op.adj_x) bytes.insert(bytes.end(), {12, extents_bytes(a), bytes_of(a)});
  if (!op.adj_y) bytes.insert(bytes.end(), {12, extents_bytes(b), bytes_of(b)});
  bytes.push_back(extents_bytes(graph.output(node)));
  return bytes;
}

/// What a kernel keeps from its preparation.
std::vector<std::uint64_t> prepared_bytes(const Graph& graph, const Node& node, bool cmsis_nn) {
  const Value* input = graph.input(node, 0);
  const Value* weights = graph.input(node, 1);
  return std::visit(
      [&]<class T>(const T& op) -> std::vector<std::uint64_t> {
        if constexpr (std::is_same_v<T, Softmax>) {
          if (input != nullptr && input->type == DType::int16) return {1026, 1026};   // two tables of the exponential
        } else if constexpr (is_one_of<T, Conv2d, DepthwiseConv2d>) {
          if (weights != nullptr) return requantization(graph, node, *weights, cmsis_nn);
        } else if constexpr (std::is_same_v<T, TransposeConv>) {
          if (weights != nullptr) return requantization(graph, node, *weights, false);
        } else if constexpr (std::is_same_v<T, FullyConnected>) {
          if (weights != nullptr && weights->type != DType::float32 && weights->grid.per_channel()) return std::vector<std::uint64_t>(2, 4 * weights->grid.scale.size());
        } else if constexpr (std::is_same_v<T, BatchMatMul>) {
          if (input != nullptr && weights != nullptr) return exchanged(graph, node, op, *input, *weights);
        } else if constexpr (is_one_of<T, Gather, GatherNd, SpaceToDepth, DepthToSpace, L2Pool2d>) {
          return {extents_bytes(graph.output(node))};
        } else if constexpr (std::is_same_v<T, SignalRfft>) {   // the state of kiss_fftr, with a complex number of two of the input's elements for each twiddle
          if (input != nullptr) return {276 + 5 * 2 * static_cast<std::uint64_t>(bits_of(input->type)) / 8 * static_cast<std::uint64_t>(op.length / 2) / 2};
        } else if constexpr (std::is_same_v<T, SignalFilterBank>) {   // a 64-bit sum a channel, and one to spare
          return {8 * (static_cast<std::uint64_t>(graph.output(node).shape.back()) + 1)};
        } else if constexpr (std::is_same_v<T, SignalFilterBankSpectralSubtraction>) {   // the noise of each channel
          return {4 * static_cast<std::uint64_t>(graph.output(node).shape.back())};
        } else if constexpr (std::is_same_v<T, LogSoftmax>) {
          if (input != nullptr && input->type != DType::float32) return {28};
        } else if constexpr (std::is_same_v<T, UnidirectionalSequenceLstm>) {   // sums of the weights of 8 gates, for the zero points
          if (cmsis_nn && input != nullptr && input->type == DType::int8) return std::vector<std::uint64_t>(8, 4 * static_cast<std::uint64_t>(graph.output(node).shape.back()));
        }
        return {};
      },
      node.op);
}

}  // namespace

bool has_measured_data(const Op& op) { return seen_data_of(op, false).has_value(); }

std::uint64_t persistent_bytes(const Graph& graph, Kernels kernels) {
  const bool cmsis_nn = kernels == Kernels::cmsis_nn;
  const std::vector<const Graph*> graphs = all_graphs(graph);
  std::uint64_t used = 0;
  const auto take = [&used](std::uint64_t bytes, std::uint64_t alignment) {
    if (bytes != 0) used = (used + bytes + alignment - 1) / alignment * alignment;
  };
  const auto for_each_node = [&graphs](const auto& visit) {
    for (const Graph* each : graphs)
      for (const Node& node : each->nodes) visit(*each, node);
  };
  for (const std::uint64_t allocator : {36, 44, 36}) take(allocator, table_alignment);   // arena, planner and micro allocator objects
  std::uint64_t handles = 0;
  for_each_node([&](const Graph&, const Node& node) { handles += std::holds_alternative<VarHandle>(node.op); });
  if (handles > 0) take(12, buffer_alignment), take(20 * handles, buffer_alignment);      // MicroResourceVariables, and room for each handle
  take(8, table_alignment), take(8 * graphs.size(), table_alignment);                    // each subgraph's tables
  for (const Graph* each : graphs) take(12 * each->values.size(), table_alignment);      // TfLiteEvalTensor
  for (const Graph* each : graphs) take(32 * each->nodes.size(), table_alignment);       // NodeAndRegistration
  for_each_node([&](const Graph&, const Node& node) {
    const bool is_packed_struct = std::holds_alternative<FullyConnected>(node.op) || data_of(node.op, cmsis_nn).parse < 4;
    take(data_of(node.op, cmsis_nn).parse, is_packed_struct ? 1 : table_alignment);
  });
  for_each_node([&](const Graph&, const Node& node) { take(data_of(node.op, cmsis_nn).init, buffer_alignment); });
  std::vector<std::string_view> variables;   // that have their contents: whoever assigns first makes room
  for_each_node([&](const Graph& each, const Node& node) {
    for (const std::uint64_t bytes : prepared_bytes(each, node, cmsis_nn)) take(bytes, buffer_alignment);
    const Value* contents = std::holds_alternative<AssignVariable>(node.op) ? each.input(node, 1) : nullptr;
    if (contents == nullptr) return;
    const VarHandle* handle = handle_of(each, node.inputs.front());
    const std::string_view variable = handle != nullptr ? std::string_view(handle->name) : std::string_view();
    if (std::ranges::find(variables, variable) != variables.end()) return;
    variables.push_back(variable);
    take(bytes_of(*contents), buffer_alignment);
  });
  std::uint64_t scratch_buffers = 0;
  for_each_node([&](const Graph& each, const Node& node) { scratch_buffers += scratch_bytes(each, node, kernels).size(); });
  take(4 * scratch_buffers, table_alignment);                                            // ScratchBufferHandle
  for (const Graph* each : graphs)
    for (const Value& value : each->values)
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
