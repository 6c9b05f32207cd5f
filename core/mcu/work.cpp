#include "core/mcu/work.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/graph/infer.h"

namespace edgewise::mcu {
namespace {

constexpr Unit output_unit(Unit macs) {
  return macs == Unit::depthwise ? Unit::depthwise_output : macs == Unit::dense ? Unit::dense_output : Unit::convolution_output;
}

/// Channels all of whose weights are zero, over all channels. Weights are [channel, ...]; reading stops at the first that is not zero.
double dead_share(const Value& weights) {
  if (!weights.is_constant() || weights.contents_omitted() || weights.shape.rank() < 2 || weights.shape[0] < 1) return 0;
  if (weights.type != DType::int8 && weights.type != DType::float32) return 0;
  const BytesView bytes = weights.view().bytes;
  const std::size_t channels = static_cast<std::size_t>(weights.shape[0]), each = bytes.size() / channels;
  std::size_t dead = 0;
  for (std::size_t c = 0; c < channels; ++c) {
    const BytesView filter = bytes.subspan(c * each, each);
    if (std::all_of(filter.begin(), filter.end(), [](std::byte b) { return b == std::byte{0}; })) ++dead;
  }
  return static_cast<double>(dead) / static_cast<double>(channels);
}

double elements(const Graph& graph, ValueId id) { return static_cast<double>(graph.value(id).shape.elements()); }

template <class T, class... Any>
constexpr bool is_one_of = (std::is_same_v<T, Any> || ...);

/// Operators that touch no element in every run: a new shape, a variable's handle, and what CALL_ONCE does in the first run only.
template <class T>
constexpr bool moves_nothing = is_one_of<T, Reshape, Shape_, ExpandDims, Squeeze, VarHandle, CallOnce>;
template <class T>
constexpr bool joins_two = is_one_of<T, Add, Sub, Mul, Div, FloorDiv, FloorMod, Maximum, Minimum, SquaredDifference, Prelu, Equal, NotEqual, Less, LessEqual, Greater,
                                     GreaterEqual, LogicalAnd, LogicalOr, AddN>;
template <class T>
constexpr bool takes_exponentials = is_one_of<T, Softmax, LogSoftmax, Logistic, Tanh, Exp, Elu, Log, Sin, Cos>;
template <class T>
constexpr bool copies_or_scales = is_one_of<T, Pad, PadV2, MirrorPad, Relu, Relu6, LeakyRelu, ReluN1To1, Relu0To1, Quantize, Dequantize, Concatenation, Transpose, StridedSlice,
                                            Slice, Pack, Unpack, Split_, SplitV, Abs, Neg, Square, Floor, Ceil, Round, HardSwish, Cast, Gather, GatherNd, Tile, ReadVariable, Fill,
                                            ZerosLike, BroadcastTo, ReverseV2, LogicalNot, SelectV2, SpaceToDepth, DepthToSpace, SpaceToBatchNd, BatchToSpaceNd,
                                            ResizeNearestNeighbor>;

Axis axis_of(const Shape& input, int axis, int kernel, int stride, int dilation, Padding padding) {
  return {static_cast<double>(input[axis]), 1.0 + static_cast<double>(dilation) * (kernel - 1), static_cast<double>(stride), padding == Padding::same};
}

Work pooled(const Graph& graph, const Node& node, int kernel_h, int kernel_w) {
  return pool_work(elements(graph, node.outputs.front()), static_cast<double>(kernel_h) * kernel_w);
}

/// What was counted of graphs that control flow leads to: each is counted once, however often it is met.
using Known = std::vector<std::pair<const Graph*, Work>>;
Work work_in(const Graph& graph, const Node& node, Known& known);

/// All nodes of a graph together. Weights are what is read over all positions.
Work sum_of(const Graph& graph, Known& known) {
  if (const auto found = std::ranges::find(known, &graph, &Known::value_type::first); found != known.end()) return found->second;
  Work sum;
  for (const Node& node : graph.nodes) {
    const Work work = work_in(graph, node, known);
    for (std::size_t u = 0; u < units; ++u) sum.amount[u] += work.amount[u];
    sum.macs += work.macs;
    sum.weight_bytes += work.weight_bytes * work.positions;
  }
  known.emplace_back(&graph, sum);
  return sum;
}

/// A loop: its condition and its body once, for how often it runs no file says. A branch: the graph with more to do.
Work control_work(const Op& op, Known& known) {
  Work work;
  if (const auto* loop = std::get_if<While>(&op)) {
    work = sum_of(*loop->body, known);
    const Work condition = sum_of(*loop->condition, known);
    for (std::size_t u = 0; u < units; ++u) work.amount[u] += condition.amount[u];
    work.macs += condition.macs;
    work.weight_bytes += condition.weight_bytes;
  } else if (const auto* branch = std::get_if<If>(&op)) {
    const Work then = sum_of(*branch->then, known), otherwise = sum_of(*branch->otherwise, known);
    const auto units_in = [](const Work& of) { return std::accumulate(of.amount.begin(), of.amount.end(), 0.0); };
    work = units_in(then) >= units_in(otherwise) ? then : otherwise;
  }
  work[Unit::node] += 1;
  return work;
}

/// An operator that nobody measured: its multiplications where they are known, or else one for each weight that it has, and its outputs.
Work guessed_work(const Graph& graph, const Node& node, double outputs) {
  double macs = static_cast<double>(macs_of(graph, node).macs);
  if (std::holds_alternative<Unsupported>(node.op))
    for (const ValueId id : node.inputs)
      if (id != no_value && graph.value(id).is_constant() && graph.value(id).shape.rank() > 1) macs += elements(graph, id);
  return macs > 0 ? counted_work(Unit::dense, macs, outputs) : element_work(Unit::other_element, outputs);
}

}  // namespace

std::string_view name_of(Unit unit) {
  switch (unit) {
    case Unit::convolution: return "convolution";
    case Unit::pointwise: return "pointwise";
    case Unit::depthwise: return "depthwise";
    case Unit::dense: return "dense";
    case Unit::convolution_output: return "convolution output";
    case Unit::depthwise_output: return "depthwise output";
    case Unit::dense_output: return "dense output";
    case Unit::add_element: return "element of two tensors";
    case Unit::softmax_element: return "exponential";
    case Unit::other_element: return "element";
    case Unit::pooled_output: return "pooled output";
    case Unit::pooled_tap: return "pooled element";
    case Unit::node: return "operator";
    case Unit::audio_frame: return "audio frame";
  }
  return "?";
}

double output_extent(const Axis& a) {
  return a.same ? std::ceil(a.extent / a.stride) : std::max(0.0, std::floor((a.extent - a.kernel) / a.stride) + 1);
}

double valid_share(const Axis& a) {
  const double outputs = output_extent(a);
  if (!a.same || outputs < 1 || a.kernel < 1) return 1;
  const double before = std::floor(std::max(0.0, (outputs - 1) * a.stride + a.kernel - a.extent) / 2);
  // Only the outermost windows reach over the edge: as many on each side as fit into the kernel.
  double missing = 0;
  for (double i = 0; i < outputs && i * a.stride < before; ++i) missing += before - i * a.stride;
  for (double i = outputs - 1; i >= 0; --i) {
    const double over = i * a.stride - before + a.kernel - a.extent;
    if (over <= 0) break;
    missing += over;
  }
  return std::max(0.0, 1 - missing / (outputs * a.kernel));
}

Work counted_work(Unit unit, double macs, double outputs) {
  Work work;
  work.macs = macs;
  work[unit] = macs;
  work[output_unit(unit)] = outputs;
  work[Unit::node] = 1;
  return work;
}

Work convolution_work(const Axis& vertical, const Axis& horizontal, double input_channels, double output_channels, double dead_channels) {
  const double taps = vertical.kernel * horizontal.kernel;
  const double positions = output_extent(vertical) * output_extent(horizontal), outputs = positions * output_channels;
  const Unit unit = taps <= 1 ? Unit::pointwise : Unit::convolution;
  Work work = counted_work(unit, outputs * taps * input_channels, outputs);
  work[unit] *= std::sqrt(valid_share(vertical) * valid_share(horizontal));
  work.weight_bytes = taps * input_channels * output_channels;
  work.positions = positions;
  work.dead_share = output_channels > 0 ? dead_channels / output_channels : 0;
  return work;
}

Work depthwise_work(const Axis& vertical, const Axis& horizontal, double output_channels) {
  Work work = convolution_work(vertical, horizontal, 1, output_channels);
  Work depthwise = counted_work(Unit::depthwise, work.macs, work[Unit::convolution_output]);
  depthwise[Unit::depthwise] *= std::sqrt(valid_share(vertical) * valid_share(horizontal));
  depthwise.weight_bytes = work.weight_bytes;
  depthwise.positions = work.positions;
  return depthwise;
}

Work dense_work(double inputs, double outputs, double rows) {
  Work work = counted_work(Unit::dense, inputs * outputs * rows, outputs * rows);
  work.weight_bytes = inputs * outputs;
  work.positions = rows;
  return work;
}

Work pool_work(double outputs, double taps_each) {
  Work work;
  work[Unit::pooled_output] = outputs;
  work[Unit::pooled_tap] = outputs * taps_each;
  work[Unit::node] = 1;
  return work;
}

Work element_work(Unit unit, double elements) {
  Work work;
  work[unit] = elements;
  work[Unit::node] = 1;
  return work;
}

Work reshape_work() {
  Work work;
  work[Unit::node] = 0.3;   // looked up, but no element is touched: MLTK counts 250 to 2,300 cycles for a RESHAPE
  return work;
}

namespace {

Work work_in(const Graph& graph, const Node& node, Known& known) {
  const double outputs = node.outputs.empty() ? 0 : elements(graph, node.outputs.front());
  const Value* input = graph.input(node, 0);
  const Value* filter = graph.input(node, 1);
  const bool has_image = input != nullptr && input->shape.rank() == 4 && filter != nullptr && filter->shape.rank() == 4 && !node.outputs.empty();
  Work work = std::visit(
      [&]<class T>(const T& op) -> Work {
        if constexpr (std::is_same_v<T, Conv2d> || std::is_same_v<T, DepthwiseConv2d>) {
          if (!has_image) return element_work(Unit::other_element, outputs);
          const auto axis = [&](int at, int stride, int dilation) { return axis_of(input->shape, at, static_cast<int>(filter->shape[at]), stride, dilation, op.window.padding); };
          Axis vertical = axis(1, op.window.stride_h, op.window.dilation_h), horizontal = axis(2, op.window.stride_w, op.window.dilation_w);
          const double valid = std::sqrt(valid_share(vertical) * valid_share(horizontal));
          const double taps = static_cast<double>(filter->shape[1] * filter->shape[2]);
          constexpr bool is_depthwise = std::is_same_v<T, DepthwiseConv2d>;
          const double each = is_depthwise ? taps : taps * static_cast<double>(filter->shape[3]);
          const Unit unit = is_depthwise ? Unit::depthwise : taps <= 1 ? Unit::pointwise : Unit::convolution;
          Work layer = counted_work(unit, outputs * each, outputs);
          layer[unit] *= valid;
          layer.weight_bytes = static_cast<double>(filter->shape.elements());
          layer.positions = outputs / std::max(1.0, static_cast<double>(graph.output(node).shape.back()));
          if constexpr (!is_depthwise) layer.dead_share = dead_share(*filter);
          return layer;
        } else if constexpr (std::is_same_v<T, FullyConnected>) {
          if (filter == nullptr || filter->shape.rank() < 2) return element_work(Unit::other_element, outputs);
          const double units_out = static_cast<double>(filter->shape[0]), depth = static_cast<double>(filter->shape.elements()) / std::max(1.0, units_out);
          return dense_work(depth, units_out, outputs / std::max(1.0, units_out));
        } else if constexpr (std::is_same_v<T, AvgPool2d> || std::is_same_v<T, MaxPool2d> || std::is_same_v<T, L2Pool2d>) return pooled(graph, node, op.kernel_h, op.kernel_w);
        else if constexpr (is_one_of<T, Mean, Sum, ReduceMax, ReduceMin, ReduceAll, ArgMax, ArgMin>) {
          return pool_work(outputs, input != nullptr && outputs > 0 ? static_cast<double>(input->shape.elements()) / outputs : 0);
        } else if constexpr (moves_nothing<T>) {
          return reshape_work();
        } else if constexpr (std::is_same_v<T, AssignVariable>) {
          return element_work(Unit::other_element, filter != nullptr ? static_cast<double>(filter->shape.elements()) : 0);   // copies its second input
        } else if constexpr (joins_two<T>) return element_work(Unit::add_element, outputs);
        else if constexpr (takes_exponentials<T>) return element_work(Unit::softmax_element, outputs);
        else if constexpr (copies_or_scales<T>) return element_work(Unit::other_element, outputs);
        else {
          Work unknown = is_one_of<T, While, If> ? control_work(node.op, known) : guessed_work(graph, node, outputs);
          unknown.has_rule = false;
          return unknown;
        }
      },
      node.op);
  const bool writes_float = !node.outputs.empty() && graph.output(node).type == DType::float32;
  work.is_float = writes_float && !std::holds_alternative<Dequantize>(node.op);
  return work;
}

}  // namespace

Work work_of(const Graph& graph, const Node& node) {
  Known known;
  return work_in(graph, node, known);
}

std::vector<Work> work_of(const Graph& graph) {
  Known known;
  std::vector<Work> all;
  all.reserve(graph.nodes.size());
  for (const Node& node : graph.nodes) all.push_back(work_in(graph, node, known));
  return all;
}

}  // namespace edgewise::mcu
