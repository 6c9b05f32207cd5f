#include "core/mcu/scratch.h"

#include <algorithm>
#include <type_traits>
#include <variant>

#include "core/graph/infer.h"

namespace edgewise::mcu {
namespace {

std::uint64_t extent(const Shape& shape, int axis) { return static_cast<std::uint64_t>(shape[axis]); }

/// Two columns of the im2col matrix as int16, each rounded up to 4 entries. None where a 1x1 filter reads int8 as it lies.
std::vector<std::uint64_t> convolution(const Value& input, const Value& filter, const Window& window) {
  const bool reads_in_place = input.type == DType::int8 && filter.shape[1] == 1 && filter.shape[2] == 1 && window.dilation_h == 1 && window.dilation_w == 1;
  if (reads_in_place) return {};
  const std::uint64_t column = extent(filter.shape, 1) * extent(filter.shape, 2) * static_cast<std::uint64_t>(input.shape.back());
  return {2 * sizeof(std::int16_t) * ((column + 3) / 4 * 4)};
}

/// The filter's window of every channel as int16, unless the 3x3 kernel that needs nothing fits.
std::vector<std::uint64_t> depthwise(const Value& input, const Value& filter, const DepthwiseConv2d& op) {
  const Window& w = op.window;
  if (input.shape.rank() != 4 || input.shape[0] != 1 || op.multiplier != 1 || w.dilation_h != 1 || w.dilation_w != 1) return {};
  const auto before = [&](int axis, int kernel, int stride) { return window_extent(input.shape[axis], kernel, stride, 1, w.padding).before; };
  const int kernel_h = static_cast<int>(filter.shape[1]), kernel_w = static_cast<int>(filter.shape[2]);
  if (filter.type == DType::int8 && kernel_h == 3 && kernel_w == 3 && before(1, kernel_h, w.stride_h) <= 1 && before(2, kernel_w, w.stride_w) <= 1) return {};
  return {extent(input.shape, 3) * extent(filter.shape, 1) * extent(filter.shape, 2) * sizeof(std::int16_t)};
}

/// Sums of 4 bytes an output (integers only), the position in each axis, and the axes without repetition.
std::vector<std::uint64_t> reduction(const Graph& graph, const Node& node) {
  const Value* input = graph.input(node, 0);
  const Value* axes = graph.input(node, 1);
  if (input == nullptr || axes == nullptr) return {};
  std::vector<std::uint64_t> bytes{4 * static_cast<std::uint64_t>(input->shape.rank()), 4 * axes->shape.elements()};
  if (input->type != DType::float32) bytes.insert(bytes.begin(), 4 * graph.output(node).shape.elements());
  return bytes;
}

/// Sums of the outputs before they are requantized: int32 for 8-bit activations, int64 for 16-bit ones. CMSIS-NN sums as many rows as the filter reaches over, and asks
/// for a second, empty buffer where it does not exchange input and filter (up to 16 channels).
std::vector<std::uint64_t> transposed(const Graph& graph, const Node& node, const TransposeConv& op, Kernels kernels) {
  const Value* filter = graph.input(node, 1);
  const Value* input = graph.input(node, 2);   // the first is the shape of the output
  const Value& output = graph.output(node);
  if (filter == nullptr || input == nullptr || input->shape.rank() != 4 || filter->shape.rank() != 4 || input->type == DType::float32) return {};
  if (input->type == DType::int16) return {8 * output.shape.elements()};
  if (kernels == Kernels::reference) return {4 * output.shape.elements()};
  const auto stride_h = static_cast<std::uint64_t>(op.window.stride_h), stride_w = static_cast<std::uint64_t>(op.window.stride_w);
  const std::uint64_t row = (extent(input->shape, 2) - 1) * stride_w + std::max(extent(filter->shape, 2), stride_w);
  return {4 * row * std::max(extent(filter->shape, 1), stride_h) * static_cast<std::uint64_t>(output.shape.back()), 0};
}

/// What the feature filters give, and for integers the sums of the units.
std::vector<std::uint64_t> low_rank(const Graph& graph, const Node& node, const Svdf& op) {
  const Value& output = graph.output(node);
  const std::uint64_t units = 4 * output.shape.elements(), filters = units * static_cast<std::uint64_t>(op.rank);
  if (output.type == DType::float32) return {filters};
  return {filters, units};
}

/// One buffer a gate; CMSIS-NN needs three for 8-bit activations.
std::vector<std::uint64_t> gates(const Graph& graph, const Node& node, const Value& input, bool is_cmsis_nn) {
  const auto& op = std::get<UnidirectionalSequenceLstm>(node.op);
  const std::uint64_t batch = input.shape.rank() == 3 ? extent(input.shape, op.is_time_major ? 1 : 0) : 1, cells = static_cast<std::uint64_t>(graph.output(node).shape.back());
  return std::vector<std::uint64_t>(is_cmsis_nn && input.type == DType::int8 ? 3 : 4, batch * cells * (input.type == DType::float32 ? 4u : 2u));
}

}  // namespace

std::vector<std::uint64_t> scratch_bytes(const Graph& graph, const Node& node, Kernels kernels) {
  const Value* input = graph.input(node, 0);
  const Value* filter = graph.input(node, 1);
  const bool has_filter = filter != nullptr && filter->shape.rank() == 4;
  if (input == nullptr) return {};
  const bool is_cmsis_nn = kernels == Kernels::cmsis_nn && input->type != DType::float32;
  if (kernels == Kernels::reference && filter != nullptr && filter->type == DType::int4) return {filter->shape.elements()};   // the weights, unpacked
  return std::visit(
      [&]<class T>(const T& op) -> std::vector<std::uint64_t> {
        if constexpr (std::is_same_v<T, Mean> || std::is_same_v<T, Sum>) return reduction(graph, node);
        if constexpr (std::is_same_v<T, Conv2d>)
          if (is_cmsis_nn && has_filter) return convolution(*input, *filter, op.window);
        if constexpr (std::is_same_v<T, DepthwiseConv2d>)
          if (is_cmsis_nn && has_filter) return depthwise(*input, *filter, op);
        if constexpr (std::is_same_v<T, ReduceMax> || std::is_same_v<T, ReduceMin> || std::is_same_v<T, ReduceAll>)
          if (filter != nullptr) return {4 * static_cast<std::uint64_t>(input->shape.rank()), 4 * filter->shape.elements()};   // the position in each axis, and the axes
        if constexpr (std::is_same_v<T, MirrorPad>) return std::vector<std::uint64_t>(2, 4 * static_cast<std::uint64_t>(input->shape.rank()));
        if constexpr (std::is_same_v<T, AddN>) return {4 * node.inputs.size()};   // their addresses
        if constexpr (std::is_same_v<T, TransposeConv>) return transposed(graph, node, op, kernels);
        if constexpr (std::is_same_v<T, Svdf>) return low_rank(graph, node, op);
        if constexpr (std::is_same_v<T, UnidirectionalSequenceLstm>) return gates(graph, node, *input, is_cmsis_nn);
        if constexpr (std::is_same_v<T, SignalRfft>) return {static_cast<std::uint64_t>(op.length) * static_cast<std::uint64_t>(bits_of(input->type)) / 8};   // the input, padded
        if constexpr (std::is_same_v<T, AvgPool2d>)
          if (is_cmsis_nn) return {4 * static_cast<std::uint64_t>(input->shape.back())};
        return {};
      },
      node.op);
}

}  // namespace edgewise::mcu
