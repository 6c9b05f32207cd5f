// Integer layers: what the QLinear operators say outright, and what DequantizeLinear - layer - QuantizeLinear says in floats.
#pragma once

#include "core/formats/onnx/import.h"

namespace edgewise::onnx {

/// The grid of constants `scale` and `zero_point` (null: 0): one entry, or several along `axis`. Fails where they are computed or out of range.
Result<Quantization> grid_of(Importer& importer, Symbol& scale, Symbol* zero_point, int axis);

/// Where a layer's sums go.
struct Target {
  DType type;                ///< int8 or uint8
  Quantization grid;         ///< of the codes as ONNX has them
  Activation activation = Activation::none;
  std::string output;        ///< whose name it is
};
/// An activation, if any, and the QuantizeLinear that is the only reader behind it; both are then taken. Nothing where the layer stays float.
std::optional<Target> take_quantize(Importer& importer, const std::string& name);

/// Operands of an integer layer in ONNX's terms.
struct IntegerOperands {
  Symbol *x, *weights, *bias = nullptr;     ///< bias: int32 constant on the grid of the products, or null
  Quantization x_grid, weights_grid;        ///< the weights' axis is 0
  Target target;
};
/// What a float layer over dequantized operands is in integers, if all of them are: its followers are then taken. Weights and bias are constants.
std::optional<IntegerOperands> integer_operands(Importer& importer, Symbol& x, Symbol& weights, Symbol* bias, int weights_axis, const std::string& output);
/// The operands of QLinearConv and QLinearMatMul: x, x_scale, x_zero_point, w, w_scale, w_zero_point, y_scale, y_zero_point, bias.
Result<IntegerOperands> qlinear_operands(Importer& importer, const NodeProto& node, int weights_axis);

/// The grid of int8 codes that stand for codes of `type` on `grid`.
Quantization signed_grid(DType type, Quantization grid);

/// The layer's node: x and weights are values of the graph in the layer's own order.
Result<void> emit_integer_layer(Importer& importer, Op op, const Made& x, const Made& weights, const IntegerOperands& operands, const Order& order);

}  // namespace edgewise::onnx
