// Softmax and its like, and what normalizes by mean, variance or length.

#include "core/formats/onnx/families.h"
#include "core/formats/onnx/layers.h"
#include "core/formats/onnx/shapes.h"

namespace edgewise::onnx {

namespace {

/// Its stored order with `axis` last, which moves nothing where it stands there.
Order with_last(Importer& importer, Symbol& x, int axis) {
  Order order = importer.whole_order(x);
  std::erase(order, axis);
  order.push_back(axis);
  return order;
}

/// A constant or computed [C] along axis 1 of `rank` axes.
Symbol& along_channels(Importer& importer, Symbol& symbol, int rank) {
  Shape shape;
  for (int axis = 0; axis < rank; ++axis) shape.push(axis == 1 ? static_cast<std::int64_t>(symbol.shape.elements()) : 1);
  return importer.reshaped(symbol, shape);
}

/// With mean and variance of this batch, which the running ones follow.
Result<void> normalized_in_training(Importer& importer, const NodeProto& node, const std::vector<Symbol*>& operands) {
  Symbol& x = importer.operand(node, 0);
  std::vector<std::int64_t> others;
  for (int axis = 0; axis < x.shape.rank(); ++axis)
    if (axis != 1) others.push_back(axis);
  const ValueId axes = importer.ints(others);
  const auto number = [&](float value) { return importer.floats({value}, {1}); };
  const Made in = importer.in_order(x), mean = importer.emit(Mean{true}, {in, axes}), centred = importer.emit(Sub{}, {in, mean});
  const Made variance = importer.emit(Mean{true}, {importer.emit(Mul{}, {centred, centred}), axes});
  const Made deviation = importer.emit(Sqrt{}, {importer.emit(Add{}, {variance, number(real(node, "epsilon", 1e-5f))})});
  const Made scaled = importer.emit(Mul{}, {importer.emit(Div{}, {centred, deviation}), importer.in_order(*operands[0])});
  const float momentum = real(node, "momentum", 0.9f);
  for (std::size_t i = 1; i < 3; ++i) {
    const Made before = importer.emit(Mul{}, {importer.in_order(*operands[1 + i]), number(momentum)}), now = importer.emit(Mul{}, {i == 1 ? mean : variance, number(1.0f - momentum)});
    if (auto ok = importer.define(node, i, importer.reshape(importer.emit(Add{}, {before, now}), {x.shape[1]})); !ok) return ok;
  }
  return importer.define(node, 0, importer.emit(Add{}, {scaled, importer.in_order(*operands[1])}));
}

}  // namespace

Result<void> import_softmax(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  const Op op = node.op_type == "Softmax" ? Op(Softmax{}) : Op(LogSoftmax{});
  const auto axis = axis_of(node, "axis", importer.opset() < 13 ? 1 : -1, x.shape.rank());
  if (!axis) return std::unexpected(axis.error());
  if (importer.opset() >= 13 || *axis == x.shape.rank() - 1) {
    const Order order = with_last(importer, x, *axis);
    return importer.define(node, 0, importer.emit(op, {importer.in_order(x, order)}), order);
  }
  // Before opset 13 over all axes from `axis` on.
  const Made rows = importer.in_order(importer.reshaped(x, as_rows(x.shape, *axis)));
  return importer.define(node, 0, importer.reshape(importer.emit(op, {rows}), x.shape));
}

Result<void> import_batch_normalization(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  const int rank = x.shape.rank();
  if (rank < 2) return fail("its input has no channels");
  std::vector<Symbol*> operands;   // scale, bias, mean, variance
  for (std::size_t i = 1; i < 5; ++i) {
    Symbol& operand = importer.operand(node, i);
    if (operand.shape.elements() != static_cast<std::uint64_t>(x.shape[1])) return fail(text("operand ", i, " is ", to_text(operand.shape), " for ", x.shape[1], " channels"));
    operands.push_back(&along_channels(importer, operand, rank));
  }
  if (flag(node, "training_mode", false)) return normalized_in_training(importer, node, operands);
  if (const auto affine = affine_of(importer, node, x.shape[1])) {
    Symbol &scale = importer.temporary(float_constant(affine->scale, {x.shape[1]})), &shift = importer.temporary(float_constant(affine->shift, {x.shape[1]}));
    const Aligned in = aligned(importer, {&x, &along_channels(importer, scale, rank), &along_channels(importer, shift, rank)});
    std::string name = node.outputs[0];
    const Activation activation = importer.take_activation(name);
    return importer.define(name, importer.emit(Add{activation}, {importer.emit(Mul{}, {in.operands[0], in.operands[1]}), in.operands[2]}), in.order);
  }
  const Aligned in = aligned(importer, {&x, operands[0], operands[1], operands[2], operands[3]});
  const Made deviation = importer.emit(Sqrt{}, {importer.emit(Add{}, {in.operands[4], importer.floats({real(node, "epsilon", 1e-5f)}, {1})})});
  const Made normalized = importer.emit(Div{}, {importer.emit(Sub{}, {in.operands[0], in.operands[3]}), deviation});
  return importer.define(node, 0, importer.emit(Add{}, {importer.emit(Mul{}, {normalized, in.operands[1]}), in.operands[2]}), in.order);
}

Result<void> import_instance_normalization(Importer& importer, const NodeProto& node) {
  Symbol &x = importer.operand(node, 0), &scale = importer.operand(node, 1), &bias = importer.operand(node, 2);
  const int rank = x.shape.rank();
  if (rank < 3 || scale.shape.elements() != static_cast<std::uint64_t>(x.shape[1]) || bias.shape != scale.shape) return fail("its scale and bias are not one number per channel");
  const LayerNormalization op{2, real(node, "epsilon", 1e-5f)};
  return importer.define(node, 0, importer.emit(op, {importer.in_order(x), importer.in_order(along_channels(importer, scale, rank)), importer.in_order(along_channels(importer, bias, rank))}));
}

Result<void> import_layer_normalization(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  const auto axis = axis_of(node, "axis", -1, x.shape.rank());
  if (!axis) return std::unexpected(axis.error());
  const bool is_centred = node.op_type == "LayerNormalization";
  const std::vector<Importer::Kind> outputs(is_centred ? std::min<std::size_t>(3, node.outputs.size()) : 1, Importer::Kind{DType::float32});
  const auto made = importer.emit(LayerNormalization{*axis, real(node, "epsilon", 1e-5f), is_centred},
                                  {importer.in_order(x), importer.optional(importer.input(node, 1)), importer.optional(importer.input(node, 2))}, outputs);
  if (!made) return std::unexpected(made.error());
  for (std::size_t i = 0; i < made->size(); ++i) importer.define(node, i, (*made)[i]);
  return {};
}

Result<void> import_lrn(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  if (x.shape.rank() < 2) return fail("its input has no channels");
  const std::int64_t size = integer(node, "size", 1);
  if (size < 1 || size > (1 << 20)) return fail(text("its size is ", size));
  const Order order = with_last(importer, x, 1);
  const LocalResponseNormalization op{static_cast<int>(size), real(node, "alpha", 1e-4f), real(node, "beta", 0.75f), real(node, "bias", 1.0f)};
  return importer.define(node, 0, importer.emit(op, {importer.in_order(x, order)}), order);
}

Result<void> import_lp_normalization(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  const auto axis = axis_of(node, "axis", -1, x.shape.rank());
  if (!axis) return std::unexpected(axis.error());
  const bool is_euclidean = integer(node, "p", 2) != 1;
  const Made in = importer.in_order(x);
  Made length = importer.emit(Sum{true}, {is_euclidean ? importer.emit(Mul{}, {in, in}) : importer.emit(Abs{}, {in}), importer.ints({*axis})});
  if (is_euclidean) length = importer.emit(Sqrt{}, {length});
  return importer.define(node, 0, importer.emit(Binary{Binary::Kind::div}, {in, length}));   // a row of zeros stays zeros
}

}  // namespace edgewise::onnx
