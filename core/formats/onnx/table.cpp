// Every operator of ONNX that we import, by which function, and how many inputs it has at least.
#include <array>

#include "core/formats/onnx/families.h"

namespace edgewise::onnx {

namespace {

constexpr std::array rows = {
    Import{"Conv", import_conv, 2}, Import{"QLinearConv", import_qlinear_conv, 8}, Import{"ConvInteger", import_conv_integer, 2},
    Import{"ConvTranspose", import_conv_transpose, 2},

    Import{"AveragePool", import_average_pool}, Import{"MaxPool", import_max_pool}, Import{"LpPool", import_lp_pool},
    Import{"GlobalAveragePool", import_global_average_pool}, Import{"GlobalMaxPool", import_global_max_pool},

    Import{"Gemm", import_gemm, 2}, Import{"MatMul", import_matmul, 2}, Import{"QLinearMatMul", import_qlinear_matmul, 8},
    Import{"MatMulInteger", import_matmul_integer, 2},

    Import{"QuantizeLinear", import_quantize_linear, 2}, Import{"DequantizeLinear", import_dequantize_linear, 2},
    Import{"DynamicQuantizeLinear", import_dynamic_quantize_linear}, Import{"QLinearAdd", import_qlinear_binary, 2},
    Import{"QLinearMul", import_qlinear_binary, 2},   // the last two of com.microsoft

    Import{"Constant", import_constant, 0}, Import{"ConstantOfShape", import_constant_of_shape}, Import{"Range", import_range, 3},
    Import{"Shape", import_shape}, Import{"Size", import_size},

    Import{"Identity", import_identity}, Import{"Dropout", import_dropout}, Import{"Transpose", import_transpose}, Import{"Reshape", import_reshape},
    Import{"Flatten", import_flatten}, Import{"Squeeze", import_squeeze}, Import{"Unsqueeze", import_unsqueeze}, Import{"Concat", import_concat},
    Import{"Slice", import_slice}, Import{"Split", import_split}, Import{"Pad", import_pad}, Import{"Gather", import_gather, 2},
    Import{"GatherElements", import_gather_elements, 2}, Import{"Expand", import_expand, 2}, Import{"Tile", import_tile},
    Import{"DepthToSpace", import_depth_to_space}, Import{"SpaceToDepth", import_space_to_depth}, Import{"TopK", import_top_k}, Import{"ArgMax", import_arg},
    Import{"ArgMin", import_arg}, Import{"Resize", import_resize}, Import{"Upsample", import_resize},

    Import{"Relu", import_unary}, Import{"LeakyRelu", import_unary}, Import{"Sigmoid", import_unary}, Import{"Tanh", import_unary},
    Import{"HardSwish", import_unary}, Import{"Abs", import_unary}, Import{"Neg", import_unary}, Import{"Exp", import_unary}, Import{"Log", import_unary},
    Import{"Sin", import_unary}, Import{"Cos", import_unary}, Import{"Sqrt", import_unary}, Import{"Floor", import_unary}, Import{"Ceil", import_unary},
    Import{"Round", import_unary}, Import{"Not", import_unary}, Import{"Elu", import_unary}, Import{"Acos", import_unary}, Import{"Acosh", import_unary},
    Import{"Asin", import_unary}, Import{"Asinh", import_unary}, Import{"Atan", import_unary}, Import{"Atanh", import_unary}, Import{"Celu", import_unary},
    Import{"Cosh", import_unary}, Import{"Erf", import_unary}, Import{"Gelu", import_unary}, Import{"HardSigmoid", import_unary}, Import{"IsInf", import_unary},
    Import{"IsNaN", import_unary}, Import{"Mish", import_unary}, Import{"Reciprocal", import_unary}, Import{"Selu", import_unary},
    Import{"Shrink", import_unary}, Import{"Sign", import_unary}, Import{"Sinh", import_unary}, Import{"Softplus", import_unary},
    Import{"Softsign", import_unary}, Import{"Swish", import_unary}, Import{"Tan", import_unary}, Import{"ThresholdedRelu", import_unary},

    Import{"Add", import_binary, 2}, Import{"Sub", import_binary, 2}, Import{"Mul", import_binary, 2}, Import{"Div", import_binary, 2},
    Import{"Mod", import_binary, 2}, Import{"Pow", import_binary, 2}, Import{"PRelu", import_binary, 2}, Import{"And", import_binary, 2},
    Import{"Or", import_binary, 2}, Import{"Xor", import_binary, 2}, Import{"Equal", import_binary, 2}, Import{"Greater", import_binary, 2},
    Import{"GreaterOrEqual", import_binary, 2}, Import{"Less", import_binary, 2}, Import{"LessOrEqual", import_binary, 2}, Import{"Max", import_variadic},
    Import{"Min", import_variadic}, Import{"Sum", import_variadic}, Import{"Mean", import_variadic}, Import{"Clip", import_clip}, Import{"Cast", import_cast},
    Import{"Where", import_where, 3},

    Import{"ReduceMean", import_reduce}, Import{"ReduceMax", import_reduce}, Import{"ReduceMin", import_reduce}, Import{"ReduceSum", import_reduce},
    Import{"ReduceSumSquare", import_reduce}, Import{"ReduceL1", import_reduce}, Import{"ReduceL2", import_reduce}, Import{"ReduceLogSum", import_reduce},
    Import{"ReduceLogSumExp", import_reduce},

    Import{"Softmax", import_softmax}, Import{"LogSoftmax", import_softmax}, Import{"BatchNormalization", import_batch_normalization, 5},
    Import{"InstanceNormalization", import_instance_normalization, 3}, Import{"LayerNormalization", import_layer_normalization},
    Import{"RMSNormalization", import_layer_normalization}, Import{"LRN", import_lrn}, Import{"LpNormalization", import_lp_normalization},

    Import{"LSTM", import_recurrent, 3}, Import{"GRU", import_recurrent, 3}, Import{"RNN", import_recurrent, 3},
};

}  // namespace

const Import* import_of(std::string_view op_type) {
  const auto row = std::ranges::find(rows, op_type, &Import::op_type);
  return row == rows.end() ? nullptr : &*row;
}

}  // namespace edgewise::onnx
