// The operators a graph may hold: one attribute struct each. Data only; kernels, export and pictures each visit the variant.
//
// `rule` says what is known of the operator before it runs (core/graph/rule.h, which also says how to add an operator).
// Inputs and outputs are by position, as TensorFlow Lite has them: [input, weights, bias] for the layers with weights.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace edgewise {

struct Rule;

enum class Padding : std::uint8_t { same, valid };
enum class Activation : std::uint8_t { none, relu, relu_n1_to_1, relu6, tanh };

struct Window {  ///< how a kernel moves over an image
  Padding padding = Padding::valid;
  int stride_h = 1, stride_w = 1;
  int dilation_h = 1, dilation_w = 1;
  bool operator==(const Window&) const = default;
};

/// input [N,H,W,C]  weights [O,kH,kW,C/groups]  bias [O]  ->  [N,H',W',O]
struct Conv2d { Window window; Activation activation = Activation::none; static const Rule rule; };
/// input [N,H,W,C]  weights [1,kH,kW,C*multiplier]  bias [C*multiplier]  ->  [N,H',W',C*multiplier]
struct DepthwiseConv2d { Window window; int multiplier = 1; Activation activation = Activation::none; static const Rule rule; };
/// input [..., I] flattened to [-1, I]  weights [O,I]  bias [O]  ->  [-1,O], or the input's leading axes when keep_dims
/// has_asymmetric_inputs: for float inputs with int8 weights, how the inputs are quantized as they come
struct FullyConnected { Activation activation = Activation::none; bool keep_dims = false; bool has_asymmetric_inputs = false; static const Rule rule; };
struct AvgPool2d { Window window; int kernel_h = 1, kernel_w = 1; Activation activation = Activation::none; static const Rule rule; };
struct MaxPool2d { Window window; int kernel_h = 1, kernel_w = 1; Activation activation = Activation::none; static const Rule rule; };
/// inputs: x, axes (int32 constant)
struct Mean { bool keep_dims = false; static const Rule rule; };
struct Sum { bool keep_dims = false; static const Rule rule; };
struct Add { Activation activation = Activation::none; static const Rule rule; };
struct Sub { Activation activation = Activation::none; static const Rule rule; };
struct Mul { Activation activation = Activation::none; static const Rule rule; };
/// inputs: x, paddings [rank,2]
struct Pad { static const Rule rule; };
/// inputs: x, and optionally the new shape; the output value's shape is what counts
struct Reshape { static const Rule rule; };
struct Softmax { float beta = 1.0f; static const Rule rule; };
struct Relu { static const Rule rule; };
struct Relu6 { static const Rule rule; };
struct LeakyRelu { float alpha = 0.0f; static const Rule rule; };
struct Logistic { static const Rule rule; };
struct Tanh { static const Rule rule; };
struct Quantize { static const Rule rule; };      ///< float to integers, or one integer grid to another
struct Dequantize { static const Rule rule; };
struct Concatenation { int axis = 0; Activation activation = Activation::none; static const Rule rule; };
struct Transpose { static const Rule rule; };     ///< inputs: x, permutation
/// inputs: x, begin, end, strides
struct StridedSlice { std::int32_t begin_mask = 0, end_mask = 0, ellipsis_mask = 0, new_axis_mask = 0, shrink_axis_mask = 0; static const Rule rule; };
struct Shape_ { static const Rule rule; };        ///< SHAPE: the extents of its input
struct Pack { int axis = 0; static const Rule rule; };

/// An operator that can be looked at but not run: its name and TensorFlow Lite's number for it (or -1).
struct Unsupported { std::string name; int code = -1; static const Rule rule; };

using Op = std::variant<Conv2d, DepthwiseConv2d, FullyConnected, AvgPool2d, MaxPool2d, Mean, Sum, Add, Sub, Mul, Pad, Reshape, Softmax, Relu, Relu6,
                        LeakyRelu, Logistic, Tanh, Quantize, Dequantize, Concatenation, Transpose, StridedSlice, Shape_, Pack, Unsupported>;

/// TensorFlow Lite's name of the operator: "CONV_2D", "FULLY_CONNECTED", ...; an unsupported one gives its own.
std::string name_of(const Op& op);

}  // namespace edgewise
