// Gemm, MatMul, QLinearMatMul, MatMulInteger.
#include "core/formats/onnx/families.h"
#include "core/formats/onnx/layers.h"
#include "core/formats/onnx/quantize.h"

namespace edgewise::onnx {

namespace {

/// A flattened image [N, C*H*W] that is stored as [N, H, W, C]: the layer's weights are reordered instead of the image. Null where that is not so.
Symbol* flattened_image(Symbol& x) {
  Symbol* image = x.source;
  if (image == nullptr || x.id != no_value || image->is_constant() || image->id == no_value || x.shape.rank() != 2 || image->shape.rank() < 3) return nullptr;
  if (!is_whole(image->order, image->shape.rank()) || image->order.front() != 0 || image->shape[0] != x.shape[0]) return nullptr;
  return image;
}

struct RowsAndWeights { Made rows, weights; };

/// x as rows [.., K] and weights [O, K]; `at_x` and `at_weights` fetch a symbol in an order, in the type that the layer wants.
template <class AtX, class AtWeights>
RowsAndWeights rows_and_weights(Importer& importer, Symbol& x, Symbol& weights, const Order& weight_order, AtX at_x, AtWeights at_weights) {
  const int outputs_axis = weight_order[0], depth_axis = 1 - outputs_axis;
  const bool fits = x.shape.rank() == 2 && weights.shape.rank() == 2 && weights.shape[depth_axis] == x.shape[1];   // else the operator's rule says what is wrong
  Symbol* image = fits && weights.is_constant() ? flattened_image(x) : nullptr;
  if (image == nullptr) return {at_x(x, in_place(x.shape.rank())), at_weights(weights, weight_order)};
  // Columns of the weights stand for (c, h, w); they are wanted as (h, w, c).
  const int lead = outputs_axis == 0 ? 0 : -1;   // where axis 0 of the image stands among the weights' axes: replaced by the outputs, or not there
  Shape split;
  if (outputs_axis == 0) split.push(weights.shape[0]);
  for (int axis = 1; axis < image->shape.rank(); ++axis) split.push(image->shape[axis]);
  if (outputs_axis == 1) split.push(weights.shape[1]);
  Order order{outputs_axis == 0 ? 0 : split.rank() - 1};
  for (std::size_t i = 1; i < image->order.size(); ++i) order.push_back(image->order[i] + lead);
  const Made w = at_weights(importer.reshaped(weights, split), order);
  if (w) importer.graph().value(*w).shape = Shape{weights.shape[outputs_axis], weights.shape[depth_axis]};   // a constant: only its shape is new
  return {importer.reshape(at_x(*image, image->order), x.shape), w};
}

/// y = x * weights^T + bias, and what follows it. The weights are stored [I, O] where `weight_order` is {1, 0}.
Result<void> float_layer(Importer& importer, Symbol& x, FloatLayer layer, Order weight_order) {
  if (layer.weights->shape.elements() == 0) return fail("its weights have no elements");
  if (layer.weights->is_constant() && weight_order == Order{1, 0}) {   // what is folded into them sees their output channel first
    const auto turned = importer.viewed(*layer.weights, {1, 0});
    if (!turned) return std::unexpected(turned.error());
    layer.weights = *turned;
    weight_order = {0, 1};
  }
  take_followers(importer, layer, layer.weights->shape[weight_order[0]], x.shape.rank() - 1, x.shape.rank());
  const auto at = [&](Symbol& symbol, const Order& order) { return importer.in_order(symbol, order); };
  const auto [rows, weights] = rows_and_weights(importer, x, *layer.weights, weight_order, at, at);
  return importer.define(layer.output, importer.emit(FullyConnected{layer.activation, x.shape.rank() > 2}, {rows, weights, importer.optional(layer.bias)}, {x.type}));
}

Result<void> integer_layer(Importer& importer, const IntegerOperands& operands, const Order& weight_order) {
  Symbol& x = *operands.x;
  const auto [rows, weights] = rows_and_weights(importer, x, *operands.weights, weight_order,
                                                [&](Symbol& symbol, const Order& order) { return importer.int8_in_order(symbol, order, operands.x_grid); },
                                                [&](Symbol& symbol, const Order& order) {
                                                  Quantization grid = operands.weights_grid;   // its axis is the outputs', wherever they stand
                                                  grid.axis = order.front();
                                                  return importer.int8_in_order(symbol, order, grid);
                                                });
  return emit_integer_layer(importer, FullyConnected{operands.target.activation, x.shape.rank() > 2, false, Requantize::in_float}, rows, weights, operands, {});
}

/// A float constant times a number.
Symbol* scaled(Importer& importer, Symbol& symbol, float factor) {
  if (factor == 1.0f) return &symbol;
  auto values = *importer.reals(symbol);
  for (float& value : values) value *= factor;
  Symbol result = float_constant(values, symbol.shape);
  result.name = symbol.name;
  return &importer.temporary(std::move(result));
}

/// The product of two stacks of matrices, either of which may have one axis only.
Result<void> batch_matmul(Importer& importer, const NodeProto& node, Symbol& a, Symbol& b) {
  const bool is_row = a.shape.rank() == 1, is_column = b.shape.rank() == 1;
  Symbol& left = is_row ? importer.reshaped(a, {1, a.shape[0]}) : a;
  Symbol& right = is_column ? importer.reshaped(b, {b.shape[0], 1}) : b;
  const Made product = importer.emit(BatchMatMul{}, {importer.in_order(left), importer.in_order(right)}, {a.type});
  if (!product) return std::unexpected(product.error());
  Shape shape;
  const Shape made = importer.value(*product).shape;
  for (int axis = 0; axis < made.rank(); ++axis)
    if (!(is_row && axis == made.rank() - 2) && !(is_column && axis == made.rank() - 1)) shape.push(made[axis]);
  return importer.define(node, 0, importer.reshape(product, shape));
}

}  // namespace

Result<void> import_gemm(Importer& importer, const NodeProto& node) {
  Symbol *x = &importer.operand(node, 0), *c = importer.input(node, 2);
  Symbol& weights = importer.operand(node, 1);
  if (x->shape.rank() != 2 || weights.shape.rank() != 2) return fail(text("operands of ", to_text(x->shape), " and ", to_text(weights.shape), " are no matrices"));
  const float alpha = real(node, "alpha", 1.0f), beta = real(node, "beta", 1.0f);
  const Order weight_order = flag(node, "transB", false) ? Order{0, 1} : Order{1, 0};
  if (flag(node, "transA", false)) {
    const auto turned = importer.viewed(*x, {1, 0});
    if (!turned) return std::unexpected(turned.error());
    x = *turned;
  }
  if (alpha == 1.0f && (beta == 1.0f || c == nullptr))
    if (const auto operands = integer_operands(importer, *x, weights, c, weight_order[0], node.outputs[0])) return integer_layer(importer, *operands, weight_order);

  const std::int64_t outputs = weights.shape[weight_order[0]];
  const bool is_scaled_later = alpha != 1.0f && !weights.is_constant();
  FloatLayer layer{is_scaled_later ? &weights : scaled(importer, weights, alpha), nullptr, node.outputs[0]};
  if (c != nullptr && !is_scaled_later) {
    if (Symbol* bias = channel_constant(importer, c, outputs, 1, 2)) layer.bias = scaled(importer, *bias, beta);
    else if (beta == 1.0f && c->shape == Shape{outputs}) layer.bias = c;
  }
  const bool is_added_later = c != nullptr && layer.bias == nullptr;
  if (!is_scaled_later && !is_added_later) return float_layer(importer, *x, layer, weight_order);

  Made y = importer.emit(FullyConnected{}, {importer.in_order(*x), importer.in_order(*layer.weights, weight_order)}, {x->type});
  if (is_scaled_later) y = importer.emit(Mul{}, {y, importer.floats({alpha}, {1})});
  if (is_added_later) {
    Made addend = importer.in_order(*c);
    if (beta != 1.0f) addend = importer.emit(Mul{}, {addend, importer.floats({beta}, {1})});
    y = importer.emit(Add{}, {y, addend});
  }
  return importer.define(node, 0, y);
}

Result<void> import_matmul(Importer& importer, const NodeProto& node) {
  Symbol &x = importer.operand(node, 0), &weights = importer.operand(node, 1);
  if (x.shape.rank() < 1 || weights.shape.rank() < 1) return fail("an operand is a scalar");
  const bool is_layer = x.shape.rank() >= 2 && weights.shape.rank() == 2 && x.type == DType::float32;
  if (is_layer)
    if (const auto operands = integer_operands(importer, x, weights, nullptr, 1, node.outputs[0])) return integer_layer(importer, *operands, {1, 0});
  if (is_layer && (weights.is_constant() || x.shape.rank() == 2)) return float_layer(importer, x, {&weights, nullptr, node.outputs[0]}, {1, 0});
  return batch_matmul(importer, node, x, weights);
}

Result<void> import_qlinear_matmul(Importer& importer, const NodeProto& node) {
  const auto operands = qlinear_operands(importer, node, 1);
  if (!operands) return std::unexpected(operands.error());
  Symbol &x = *operands->x, &weights = *operands->weights;
  if (weights.shape.rank() == 2 && x.shape.rank() >= 2) return integer_layer(importer, *operands, {1, 0});
  // Stacks of matrices: int8 by int8, requantized as the layers are.
  BatchMatMul op;
  op.requantize = Requantize::in_float;
  return emit_integer_layer(importer, op, importer.int8_in_order(x, in_place(x.shape.rank()), operands->x_grid),
                            importer.int8_in_order(weights, in_place(weights.shape.rank()), operands->weights_grid), *operands, {});
}

Result<void> import_matmul_integer(Importer& importer, const NodeProto& node) {
  Symbol* zero = importer.input(node, 2);
  if (zero != nullptr && zero->shape.rank() == 1 && zero->shape[0] > 1) zero = &importer.reshaped(*zero, {zero->shape[0], 1});   // one per row of a is [.., M] or [.., M, 1]
  return importer.define(node, 0, importer.emit(MatMulInteger{},
                                                {importer.in_order(importer.operand(node, 0)), importer.in_order(importer.operand(node, 1)), importer.optional(zero),
                                                 importer.optional(importer.input(node, 3))},
                                                {DType::int32}));
}

}  // namespace edgewise::onnx
