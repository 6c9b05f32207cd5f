#include <array>
#include <cassert>

#include "core/base/text.h"
#include "core/compress/unroll.h"
#include "core/train/network.h"

namespace edgewise::train {

namespace {

using Kind = ArchitectureLayer::Kind;

/// Appends values and nodes; numbers layers as layers_of() does.
class Builder {
 public:
  ValueId computed(std::string name, const Shape& shape) {
    Value value;
    value.name = std::move(name);
    value.shape = shape;
    return add(std::move(value));
  }
  template <class T>
  ValueId constant(std::string name, const Shape& shape, std::span<const T> contents) {
    assert(contents.size() == shape.elements());
    Value value;
    value.name = std::move(name);
    value.type = dtype_of<T>();
    value.shape = shape;
    const BytesView bytes = std::as_bytes(contents);
    value.data = std::make_shared<const Bytes>(bytes.begin(), bytes.end());
    return add(std::move(value));
  }
  ValueId variable(std::string name, const Shape& shape) {
    const ValueId id = computed(std::move(name), shape);
    graph.value(id).is_variable = true;
    return id;
  }
  void node(Op op, std::vector<ValueId> inputs, ValueId output) {
    graph.nodes.push_back({std::move(op), std::move(inputs), {output}, 0});
  }
  std::string numbered(std::string_view kind, int& count) { return text(kind, '_', ++count); }

  Graph graph;
  int convolutions = 0, depthwise = 0, dense = 0, pools = 0, reshapes = 0, lstms = 0, grus = 0, slices = 0, logistics = 0, tanhs = 0;

 private:
  ValueId add(Value value) {
    graph.values.push_back(std::move(value));
    return static_cast<ValueId>(graph.values.size() - 1);
  }
};

Shape image_shape(const Extents& extents) { return {1, extents.h, extents.w, extents.c}; }

Window window_of(const Stage& stage, Padding padding) {
  Window window;
  window.padding = padding;
  window.stride_h = static_cast<int>(stage.stride_h);
  window.stride_w = static_cast<int>(stage.stride_w);
  return window;
}

/// To [1,n] or [1,steps,n], so that the input of a dense layer or an lstm says what it is.
ValueId reshape(Builder& builder, ValueId from, const Shape& to) {
  const std::string name = builder.numbered("reshape", builder.reshapes);
  std::vector<std::int32_t> extents;
  for (int axis = 0; axis < to.rank(); ++axis) extents.push_back(static_cast<std::int32_t>(to[axis]));
  const ValueId shape = builder.constant(name + "/shape", {to.rank()}, std::span<const std::int32_t>(extents));
  const ValueId out = builder.computed(name, to);
  builder.node(Reshape{}, {from, shape}, out);
  return out;
}

/// As Keras' LSTM is converted: no peepholes, no projection; both states are variables of batch 1, zero before a sample.
ValueId append_lstm(Builder& builder, const Stage& stage, std::span<const float> parameters, ValueId input) {
  if (builder.graph.value(input).shape.rank() != 3) input = reshape(builder, input, {1, stage.in.h, stage.in.c});
  const std::string name = builder.numbered("lstm", builder.lstms);
  std::vector<ValueId> operands(24, no_value);
  operands[0] = input;
  const std::ptrdiff_t cells = stage.out.c;
  std::size_t first = stage.weights;
  const auto take = [&](const std::string& what, const Shape& shape) {
    const std::size_t count = static_cast<std::size_t>(shape.elements());
    const ValueId id = builder.constant(name + what, shape, parameters.subspan(first, count));
    first += count;
    return id;
  };
  constexpr std::array<std::string_view, 4> gates = {"/input_gate", "/forget_gate", "/cell_gate", "/output_gate"};
  for (std::size_t gate = 0; gate < gates.size(); ++gate) operands[1 + gate] = take(text(gates[gate], "/kernel"), {cells, stage.in.c});
  for (std::size_t gate = 0; gate < gates.size(); ++gate) operands[5 + gate] = take(text(gates[gate], "/recurrent_kernel"), {cells, cells});
  first = stage.biases;
  for (std::size_t gate = 0; gate < gates.size(); ++gate) operands[12 + gate] = take(text(gates[gate], "/bias"), {cells});
  operands[18] = builder.variable(name + "/output_state", {1, cells});
  operands[19] = builder.variable(name + "/cell_state", {1, cells});
  const ValueId out = builder.computed(name, {1, stage.in.h, cells});
  builder.node(UnidirectionalSequenceLstm{}, std::move(operands), out);
  return out;
}

/// As ONNX has it, time first; the steps are written out when the graph is whole. Answers at every step, and where nothing else is wanted the last alone.
ValueId append_gru(Builder& builder, const Stage& stage, std::span<const float> parameters, ValueId input, bool wants_last) {
  const std::ptrdiff_t cells = stage.out.c, rows = 3 * cells;
  input = reshape(builder, input, {stage.in.h, 1, stage.in.c});
  const std::string name = builder.numbered("gru", builder.grus);
  const auto weights = parameters.subspan(stage.weights, stage.weight_count);
  const auto of_inputs = static_cast<std::size_t>(rows * stage.in.c);
  const ValueId w = builder.constant(name + "/kernel", {1, rows, stage.in.c}, weights.first(of_inputs));
  const ValueId r = builder.constant(name + "/recurrent_kernel", {1, rows, cells}, weights.subspan(of_inputs));
  const ValueId b = builder.constant(name + "/bias", {1, 2 * rows}, parameters.subspan(stage.biases, stage.bias_count));
  const ValueId all = builder.computed(name, {stage.in.h, 1, 1, cells}), last = builder.computed(name + "/last", {1, 1, cells}), none = builder.computed(name + "/none", {1, 1, cells});
  Recurrent op;
  op.cell = Recurrent::Cell::gru;
  op.hidden = static_cast<int>(cells);
  op.functions = {{Recurrent::Gate::sigmoid}, {Recurrent::Gate::tanh}};
  op.is_linear_before_reset = true;
  builder.graph.nodes.push_back({std::move(op), {input, w, r, b}, {all, last, none}, 0});
  return wants_last ? reshape(builder, last, {1, cells}) : reshape(builder, all, {1, stage.in.h, cells});
}

/// [1,steps,n] to [1,n].
ValueId append_last_step(Builder& builder, const Stage& stage, ValueId input) {
  const std::string name = builder.numbered("last", builder.slices);
  const auto triple = [&](std::string_view what, std::int32_t middle) {
    const std::int32_t values[] = {middle == 1 ? 1 : 0, middle, middle == 1 ? 1 : 0};
    return builder.constant(text(name, what), {3}, std::span<const std::int32_t>(values));
  };
  const ValueId begin = triple("/begin", -1), end = triple("/end", 0), strides = triple("/strides", 1);
  StridedSlice slice;
  slice.begin_mask = slice.end_mask = 0b101;  // all of the batch, all of the features
  slice.shrink_axis_mask = 0b010;             // one step: the axis goes
  const ValueId out = builder.computed(name, {1, stage.out.c});
  builder.node(slice, {input, begin, end, strides}, out);
  return out;
}

ValueId append_bend(Builder& builder, Op op, std::string_view name, int& count, ValueId input) {
  const ValueId out = builder.computed(builder.numbered(name, count), builder.graph.value(input).shape);
  builder.node(std::move(op), {input}, out);
  return out;
}

ValueId append_layer(Builder& builder, const Stage& stage, std::span<const float> parameters, ValueId input, bool wants_last) {
  const Activation activation = stage.bend == Bend::relu ? Activation::relu : Activation::none;
  const auto weights = [&](const std::string& name, const Shape& shape) {
    return builder.constant(name + "/kernel", shape, parameters.subspan(stage.weights, stage.weight_count));
  };
  const auto bias = [&](const std::string& name) {
    return builder.constant(name + "/bias", {stage.out.c}, parameters.subspan(stage.biases, stage.bias_count));
  };
  const int kernel_h = static_cast<int>(stage.kernel_h), kernel_w = static_cast<int>(stage.kernel_w);
  switch (stage.kind) {
    case Kind::convolution: {
      const std::string name = builder.numbered("conv", builder.convolutions);
      const ValueId w = weights(name, {stage.out.c, stage.kernel_h, stage.kernel_w, stage.in.c}), b = bias(name);
      const ValueId out = builder.computed(name, image_shape(stage.out));
      builder.node(Conv2d{window_of(stage, Padding::same), activation}, {input, w, b}, out);
      return out;
    }
    case Kind::depthwise: {
      const std::string name = builder.numbered("depthwise", builder.depthwise);
      const ValueId w = weights(name, {1, stage.kernel_h, stage.kernel_w, stage.in.c}), b = bias(name);
      const ValueId out = builder.computed(name, image_shape(stage.out));
      builder.node(DepthwiseConv2d{window_of(stage, Padding::same), 1, activation}, {input, w, b}, out);
      return out;
    }
    case Kind::dense: {
      if (builder.graph.value(input).shape.rank() != 2) input = reshape(builder, input, {1, stage.in.c});
      const std::string name = builder.numbered("dense", builder.dense);
      const ValueId w = weights(name, {stage.out.c, stage.in.c}), b = bias(name);
      const ValueId out = builder.computed(name, {1, stage.out.c});
      builder.node(FullyConnected{activation, false}, {input, w, b}, out);
      return out;
    }
    case Kind::max_pool: {
      const ValueId out = builder.computed(builder.numbered("max_pool", builder.pools), image_shape(stage.out));
      builder.node(MaxPool2d{window_of(stage, Padding::valid), kernel_h, kernel_w, activation}, {input}, out);
      return out;
    }
    case Kind::average_pool:
    case Kind::global_average_pool: {
      const ValueId out = builder.computed(builder.numbered("average_pool", builder.pools), image_shape(stage.out));
      builder.node(AvgPool2d{window_of(stage, Padding::valid), kernel_h, kernel_w, activation}, {input}, out);
      return out;
    }
    case Kind::lstm: return append_lstm(builder, stage, parameters, input);
    case Kind::gru: return append_gru(builder, stage, parameters, input, wants_last);
    case Kind::last_step: return builder.graph.value(input).shape.rank() == 2 ? input : append_last_step(builder, stage, input);   // a gru may have given it alone
    case Kind::dropout: return input;
  }
  return no_value;
}

}  // namespace

Graph graph_of(const Network& network, bool with_softmax) {
  Builder builder;
  Shape shape{1};  // the sample's, with a batch, and for a grey image its one channel
  for (int axis = 0; axis < network.sample.rank(); ++axis) shape.push(network.sample[axis]);
  if (network.sample.rank() == 2 && network.stages.front().kind != Kind::lstm && network.stages.front().kind != Kind::gru) shape.push(1);
  ValueId last = builder.computed("input", shape);
  builder.graph.inputs = {last};
  const Network plain = folded(network);
  std::vector<Kind> kinds;   // what is there when it answers
  for (const Stage& stage : plain.stages)
    if (stage.kind != Kind::dropout) kinds.push_back(stage.kind);
  std::size_t at = 0;
  for (const Stage& stage : plain.stages) {
    const bool wants_last = stage.kind != Kind::dropout && ++at < kinds.size() && kinds[at] == Kind::last_step;
    last = append_layer(builder, stage, plain.parameters, last, wants_last);
    if (stage.bend == Bend::logistic) last = append_bend(builder, Logistic{}, "logistic", builder.logistics, last);
    if (stage.bend == Bend::tanh) last = append_bend(builder, Tanh{}, "tanh", builder.tanhs, last);
  }
  if (with_softmax) {
    const ValueId out = builder.computed("softmax", builder.graph.value(last).shape);
    builder.node(Softmax{1.0f}, {last}, out);
    last = out;
  }
  builder.graph.outputs = {last};
  return unroll(std::move(builder.graph));
}

}  // namespace edgewise::train
