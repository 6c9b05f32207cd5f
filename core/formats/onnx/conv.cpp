// Conv, QLinearConv, ConvInteger, ConvTranspose.
#include "core/formats/onnx/families.h"
#include "core/formats/onnx/images.h"
#include "core/formats/onnx/layers.h"
#include "core/formats/onnx/quantize.h"

namespace edgewise::onnx {

namespace {

/// What the attributes and shapes of a convolution say.
struct Convolution {
  WindowSource window;
  std::int64_t groups, channels, outputs;
  std::optional<Window> plain;      ///< SAME or VALID where that is what the pads are
  bool is_depthwise = false;

  int rank() const { return window.axes() + 2; }
  bool is_flat() const { return window.axes() <= 2; }
  bool is_padded() const { return std::ranges::any_of(window.before, [](std::int64_t pad) { return pad != 0; }) || std::ranges::any_of(window.after, [](std::int64_t pad) { return pad != 0; }); }
  Order image_order() const { return channels_last(rank(), is_flat() ? 2 : 3); }
  Order weight_order() const {
    Order order = image_order();
    if (is_depthwise) std::swap(order.front(), order.back());   // [1, kH, kW, O]
    return order;
  }
  Op op(Activation activation, Requantize requantize = Requantize::fixed_point) const {
    if (!is_flat()) return ConvNd{as_window3d(window), static_cast<int>(groups), false, activation};
    const Window moves = plain.value_or(as_valid(window));
    if (is_depthwise) return DepthwiseConv2d{moves, static_cast<int>(outputs / channels), activation, requantize};
    return Conv2d{moves, activation, requantize};
  }
};

Result<Convolution> convolution_of(const NodeProto& node, const Symbol& x, const Symbol& weights) {
  const int rank = x.shape.rank();
  if (weights.shape.rank() != rank || rank < 3) return fail(text("weights of ", to_text(weights.shape), " do not fit an input of ", to_text(x.shape)));
  std::vector<std::int64_t> kernel;
  for (int axis = 2; axis < rank; ++axis) kernel.push_back(weights.shape[axis]);
  Convolution conv;
  conv.groups = integer(node, "group", 1);
  conv.channels = x.shape[1];
  conv.outputs = weights.shape[0];
  if (conv.groups < 1 || conv.channels < 1 || conv.outputs < 1 || conv.channels % conv.groups != 0 || conv.outputs % conv.groups != 0 || weights.shape[1] != conv.channels / conv.groups)
    return fail(text("weights of ", to_text(weights.shape), " in ", conv.groups, " groups do not fit an input of ", to_text(x.shape)));
  auto window = window_of(node, x.shape, kernel);
  if (!window) return std::unexpected(window.error());
  if (window->kernel != kernel) return fail("kernel_shape is not the shape of the weights");
  conv.window = std::move(*window);
  conv.plain = as_window(conv.window, x.shape);
  conv.is_depthwise = conv.is_flat() && conv.groups == conv.channels && conv.groups > 1;
  return conv;
}

/// The image with the window's padding around it where the layer itself cannot pad so.
Made padded(Importer& importer, const Made& image, const Convolution& conv) {
  if (!conv.is_flat() || conv.plain || !conv.is_padded()) return image;
  std::vector<std::int64_t> pads{0, 0};
  for (int missing = conv.window.axes(); missing < 2; ++missing) pads.insert(pads.end(), {0, 0});
  for (std::size_t a = 0; a < conv.window.before.size(); ++a) pads.insert(pads.end(), {conv.window.before[a], conv.window.after[a]});
  pads.insert(pads.end(), {0, 0});
  return importer.emit(Pad{}, {image, importer.ints(pads, {4, 2})});
}

Result<void> integer_convolution(Importer& importer, const Convolution& conv, const IntegerOperands& operands) {
  const Made image = padded(importer, importer.int8_in_order(*operands.x, conv.image_order(), operands.x_grid), conv);
  const Made weights = importer.int8_in_order(*operands.weights, conv.weight_order(), operands.weights_grid);
  return emit_integer_layer(importer, conv.op(operands.target.activation, Requantize::in_float), image, weights, operands, conv.image_order());
}

/// Weights [C, O/groups, ...] of a transposed convolution, groups outermost in C, as [O, ..., C/groups] with so many axes in the middle, groups outermost in O.
Made transposed_weights(Importer& importer, Symbol& weights, std::int64_t groups, int middle) {
  const Shape& shape = weights.shape;
  const int axes = shape.rank() - 2;
  if (groups > 1 && axes > 2) return fail("grouped transposed convolutions of images of three axes are not supported");
  Symbol& split = groups == 1 ? weights : importer.reshaped(weights, [&] {
    Shape apart{groups, shape[0] / groups, shape[1]};
    for (int axis = 0; axis < axes; ++axis) apart.push(shape[axis + 2]);
    return apart;
  }());
  const int lead = groups == 1 ? 0 : 1;   // the axis of groups, if there is one, stays in front
  Order order;
  if (lead == 1) order.push_back(0);
  order.push_back(lead + 1);
  Shape joined{shape[1] * groups};
  for (int missing = axes; missing < middle; ++missing) {
    order.push_back(added);
    joined.push(1);
  }
  for (int axis = 0; axis < axes; ++axis) {
    order.push_back(lead + 2 + axis);
    joined.push(shape[axis + 2]);
  }
  order.push_back(lead);
  joined.push(shape[0] / groups);
  return importer.reshape(importer.in_order(split, order), joined);
}

}  // namespace

Result<void> import_conv(Importer& importer, const NodeProto& node) {
  Symbol &x = importer.operand(node, 0), &w = importer.operand(node, 1);
  const auto conv = convolution_of(node, x, w);
  if (!conv) return std::unexpected(conv.error());
  FloatLayer layer{&w, importer.input(node, 2), node.outputs[0]};
  if (conv->is_flat())
    if (const auto operands = integer_operands(importer, x, w, layer.bias, 0, layer.output)) return integer_convolution(importer, *conv, *operands);
  take_followers(importer, layer, conv->outputs, 1, conv->rank());
  const Made image = padded(importer, importer.in_order(x, conv->image_order()), *conv);
  const Made y = importer.emit(conv->op(layer.activation), {image, importer.in_order(*layer.weights, conv->weight_order()), importer.optional(layer.bias)}, {x.type});
  return importer.define(layer.output, y, conv->image_order());
}

Result<void> import_qlinear_conv(Importer& importer, const NodeProto& node) {
  const auto operands = qlinear_operands(importer, node, 0);
  if (!operands) return std::unexpected(operands.error());
  const auto conv = convolution_of(node, *operands->x, *operands->weights);
  if (!conv) return std::unexpected(conv.error());
  if (!conv->is_flat()) return fail("integer convolutions of images of three axes are not supported");
  return integer_convolution(importer, *conv, *operands);
}

Result<void> import_conv_integer(Importer& importer, const NodeProto& node) {
  Symbol &x = importer.operand(node, 0), &w = importer.operand(node, 1);
  const auto conv = convolution_of(node, x, w);
  if (!conv) return std::unexpected(conv.error());
  const Order order = channels_last(conv->rank(), 3);
  const Made y = importer.emit(ConvInteger{as_window3d(conv->window), static_cast<int>(conv->groups)},
                               {importer.in_order(x, order), importer.in_order(w, order), importer.optional(importer.input(node, 2)), importer.optional(importer.input(node, 3))}, {DType::int32});
  return importer.define(node, 0, y, order);
}

Result<void> import_conv_transpose(Importer& importer, const NodeProto& node) {
  Symbol &x = importer.operand(node, 0), &w = importer.operand(node, 1);
  const Shape &image = x.shape, &weights = w.shape;
  const int rank = image.rank();
  const std::int64_t groups = integer(node, "group", 1);
  if (weights.rank() != rank || rank < 3 || groups < 1 || weights[0] != image[1] || image[1] % groups != 0)
    return fail(text("weights of ", to_text(weights), " in ", groups, " groups do not fit an input of ", to_text(image)));
  std::vector<std::int64_t> kernel;
  for (int axis = 2; axis < rank; ++axis) kernel.push_back(weights[axis]);
  const auto window = transposed_window_of(node, image, kernel);
  if (!window) return std::unexpected(window.error());
  if (window->kernel != kernel) return fail("kernel_shape is not the shape of the weights");
  std::string name = node.outputs[0];
  const Activation activation = importer.take_activation(name);
  const std::int64_t outputs = weights[1] * groups;
  const auto plain = groups == 1 ? as_transposed_window(*window, image) : std::nullopt;
  const int middle = plain ? 2 : 3;
  const Order order = channels_last(rank, middle);
  const Made in = importer.in_order(x, order), w_in = transposed_weights(importer, w, groups, middle), bias = importer.optional(importer.input(node, 2));
  Shape grown{image[0], outputs};
  for (const std::int64_t extent : window->output) grown.push(extent);
  return importer.define(name, plain ? importer.emit(TransposeConv{*plain, activation}, {importer.extents(arranged(grown, order)), w_in, in, bias}, {x.type})
                                     : importer.emit(ConvNd{as_window3d(*window), static_cast<int>(groups), true, activation}, {in, w_in, bias}, {x.type}), order);
}

}  // namespace edgewise::onnx
