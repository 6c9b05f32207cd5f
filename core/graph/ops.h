// The operators a graph may hold: one attribute struct each. Data only; kernels, export and pictures each visit the variant.
//
// `rule` says what is known of the operator before it runs (core/graph/rule.h, which also says how to add an operator).
// Inputs and outputs are by position, as TensorFlow Lite has them: [input, weights, bias] for the layers with weights.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/graph/ops_onnx.h"

namespace edgewise {

struct Graph;
struct Rule;

enum class Padding : std::uint8_t { same, valid };
enum class Activation : std::uint8_t { none, relu, relu_n1_to_1, relu6, tanh };

/// How an integer layer's sum comes onto the output's grid.
enum class Requantize : std::uint8_t {
  fixed_point,   ///< TensorFlow Lite: an integer multiplier and a shift, ties away from zero
  in_float,      ///< ONNX: the sum times scale_x * scale_w / scale_y in float32, ties to even
};

struct Window {  ///< how a kernel moves over an image
  Padding padding = Padding::valid;
  int stride_h = 1, stride_w = 1;
  int dilation_h = 1, dilation_w = 1;
  bool operator==(const Window&) const = default;
};

/// input [N,H,W,C]  weights [O,kH,kW,C/groups]  bias [O]  ->  [N,H',W',O]
struct Conv2d { Window window; Activation activation = Activation::none; Requantize requantize{}; static const Rule rule; bool operator==(const Conv2d&) const = default; };
/// input [N,H,W,C]  weights [1,kH,kW,C*multiplier]  bias [C*multiplier]  ->  [N,H',W',C*multiplier]
struct DepthwiseConv2d { Window window; int multiplier = 1; Activation activation = Activation::none; Requantize requantize{}; static const Rule rule; bool operator==(const DepthwiseConv2d&) const = default; };
/// input [..., I] flattened to [-1, I]  weights [O,I]  bias [O]  ->  [-1,O], or the input's leading axes when keep_dims
/// has_asymmetric_inputs: for float inputs with int8 weights, how the inputs are quantized as they come
struct FullyConnected { Activation activation = Activation::none; bool keep_dims = false; bool has_asymmetric_inputs = false; Requantize requantize{}; static const Rule rule; bool operator==(const FullyConnected&) const = default; };
struct AvgPool2d { Window window; int kernel_h = 1, kernel_w = 1; Activation activation = Activation::none; static const Rule rule; bool operator==(const AvgPool2d&) const = default; };
struct MaxPool2d { Window window; int kernel_h = 1, kernel_w = 1; Activation activation = Activation::none; static const Rule rule; bool operator==(const MaxPool2d&) const = default; };
/// inputs: x, axes (int32 constant)
struct Mean { bool keep_dims = false; static const Rule rule; bool operator==(const Mean&) const = default; };
struct Sum { bool keep_dims = false; static const Rule rule; bool operator==(const Sum&) const = default; };
/// by_shifting: 16-bit operands on grids that are powers of two, as old files have them (pot_scale_int16)
struct Add { Activation activation = Activation::none; bool by_shifting = false; static const Rule rule; bool operator==(const Add&) const = default; };
struct Sub { Activation activation = Activation::none; bool by_shifting = false; static const Rule rule; bool operator==(const Sub&) const = default; };
struct Mul { Activation activation = Activation::none; static const Rule rule; bool operator==(const Mul&) const = default; };
/// inputs: x, paddings [rank,2]
struct Pad { static const Rule rule; };
/// inputs: x, and optionally the new shape; the output value's shape is what counts
struct Reshape { static const Rule rule; };
struct Softmax { float beta = 1.0f; static const Rule rule; bool operator==(const Softmax&) const = default; };
struct Relu { static const Rule rule; };
struct Relu6 { static const Rule rule; };
struct LeakyRelu { float alpha = 0.0f; static const Rule rule; bool operator==(const LeakyRelu&) const = default; };
struct Logistic { static const Rule rule; };
struct Tanh { static const Rule rule; };
/// float to integers, or one integer grid to another. `in_float`: ties go to even, as in ONNX
struct Quantize { Requantize requantize{}; static const Rule rule; bool operator==(const Quantize&) const = default; };
struct Dequantize { static const Rule rule; };
struct Concatenation { int axis = 0; Activation activation = Activation::none; static const Rule rule; bool operator==(const Concatenation&) const = default; };
struct Transpose { static const Rule rule; };     ///< inputs: x, permutation
/// inputs: x, begin, end, strides
struct StridedSlice { std::int32_t begin_mask = 0, end_mask = 0, ellipsis_mask = 0, new_axis_mask = 0, shrink_axis_mask = 0; bool ends_from_begins = false; static const Rule rule; bool operator==(const StridedSlice&) const = default; };
struct Shape_ { static const Rule rule; };        ///< SHAPE: the extents of its input
struct Pack { int axis = 0; static const Rule rule; bool operator==(const Pack&) const = default; };

// --- layers and products
/// inputs: the output shape, weights [O,kH,kW,C], x [N,H,W,C], bias [O]  ->  [N,H',W',O]
struct TransposeConv { Window window; Activation activation = Activation::none; static const Rule rule; bool operator==(const TransposeConv&) const = default; };
/// a [..., rows, depth]  b [..., depth, columns]; adj: the last two axes are exchanged; has_asymmetric_inputs as in FullyConnected
struct BatchMatMul { bool adj_x = false, adj_y = false, has_asymmetric_inputs = false; Requantize requantize{}; static const Rule rule; bool operator==(const BatchMatMul&) const = default; };

// --- two operands that broadcast
struct Div { Activation activation = Activation::none; static const Rule rule; bool operator==(const Div&) const = default; };
struct FloorDiv { static const Rule rule; };
struct FloorMod { static const Rule rule; };
struct Maximum { static const Rule rule; };
struct Minimum { static const Rule rule; };
struct SquaredDifference { static const Rule rule; };
struct Prelu { static const Rule rule; };        ///< inputs: x, alpha
struct Equal { static const Rule rule; };
struct NotEqual { static const Rule rule; };
struct Less { static const Rule rule; };
struct LessEqual { static const Rule rule; };
struct Greater { static const Rule rule; };
struct GreaterEqual { static const Rule rule; };
struct LogicalAnd { static const Rule rule; };
struct LogicalOr { static const Rule rule; };

// --- functions of each element
struct LogicalNot { static const Rule rule; };
struct Abs { static const Rule rule; };
struct Neg { static const Rule rule; };
struct Exp { static const Rule rule; };
struct Log { static const Rule rule; };
struct Sin { static const Rule rule; };
struct Cos { static const Rule rule; };
struct Sqrt { static const Rule rule; };
struct Rsqrt { static const Rule rule; };
struct Square { static const Rule rule; };
struct Floor { static const Rule rule; };
struct Ceil { static const Rule rule; };
struct Round { static const Rule rule; };
struct Elu { static const Rule rule; };
struct HardSwish { static const Rule rule; };
struct ReluN1To1 { static const Rule rule; };
struct Relu0To1 { static const Rule rule; };
struct Cast { static const Rule rule; };
struct AddN { static const Rule rule; };         ///< any number of inputs of one shape

// --- along axes
struct LogSoftmax { static const Rule rule; };
struct L2Normalization { static const Rule rule; };
struct L2Pool2d { Window window; int kernel_h = 1, kernel_w = 1; Activation activation = Activation::none; static const Rule rule; bool operator==(const L2Pool2d&) const = default; };
/// inputs: x, axes
struct ReduceMax { bool keep_dims = false; static const Rule rule; bool operator==(const ReduceMax&) const = default; };
struct ReduceMin { bool keep_dims = false; static const Rule rule; bool operator==(const ReduceMin&) const = default; };
struct ReduceAll { bool keep_dims = false; static const Rule rule; bool operator==(const ReduceAll&) const = default; };
/// inputs: x, axis
struct ArgMax { static const Rule rule; };
struct ArgMin { static const Rule rule; };
struct CumSum { bool exclusive = false, reverse = false; static const Rule rule; bool operator==(const CumSum&) const = default; };
struct TopKV2 { static const Rule rule; };       ///< inputs: x, k; outputs: values, indices

// --- elements moved, picked or made
struct ExpandDims { static const Rule rule; };   ///< inputs: x, axis
struct Squeeze { std::vector<std::int32_t> axes; static const Rule rule; bool operator==(const Squeeze&) const = default; };   ///< no axes: all of extent 1
struct Split_ { static const Rule rule; };       ///< SPLIT; inputs: axis, x
struct SplitV { static const Rule rule; };       ///< inputs: x, extents, axis
struct Unpack { int axis = 0; static const Rule rule; bool operator==(const Unpack&) const = default; };
struct Slice { static const Rule rule; };        ///< inputs: x, begin, extents
struct Gather { int axis = 0, batch_dims = 0; static const Rule rule; bool operator==(const Gather&) const = default; };   ///< inputs: x, indices
struct GatherNd { static const Rule rule; };     ///< inputs: x, tuples of indices
struct EmbeddingLookup { static const Rule rule; };   ///< inputs: indices, table
struct PadV2 { static const Rule rule; };        ///< inputs: x, paddings, what surrounds
struct MirrorPad { bool is_symmetric = false; static const Rule rule; bool operator==(const MirrorPad&) const = default; };   ///< inputs: x, paddings
struct Tile { static const Rule rule; };         ///< inputs: x, repetitions
struct BroadcastTo { static const Rule rule; };  ///< inputs: x, shape
struct BroadcastArgs { static const Rule rule; };   ///< inputs: two shapes
struct ReverseV2 { static const Rule rule; };    ///< inputs: x, axes
struct SelectV2 { static const Rule rule; };     ///< inputs: condition, x where true, x where false
struct Fill { static const Rule rule; };         ///< inputs: shape, value
struct ZerosLike { static const Rule rule; };
struct DynamicUpdateSlice { static const Rule rule; };   ///< inputs: x, update, begin
/// inputs: x, block shape, paddings
struct SpaceToBatchNd { static const Rule rule; };
/// inputs: x, block shape, crops
struct BatchToSpaceNd { static const Rule rule; };
struct SpaceToDepth { int block = 1; static const Rule rule; bool operator==(const SpaceToDepth&) const = default; };
struct DepthToSpace { int block = 1; static const Rule rule; bool operator==(const DepthToSpace&) const = default; };
/// inputs: x [N,H,W,C], the new height and width
struct ResizeNearestNeighbor { bool align_corners = false, half_pixel_centers = false; static const Rule rule; bool operator==(const ResizeNearestNeighbor&) const = default; };
struct ResizeBilinear { bool align_corners = false, half_pixel_centers = false; static const Rule rule; bool operator==(const ResizeBilinear&) const = default; };

// --- operators with a memory: what they remember is a variable tensor among their inputs, or is kept inside (signal)

/// One step, or a sequence of them, of a long short-term memory. x [time,batch,I] or [batch,time,I]; 24 inputs: x, weights of the input, forget, cell and output
/// gate 1-4, recurrent ones 5-8, peepholes 9-11, biases 12-15, projection 16-17, output state 18 and cell state 19 (variables), layer norm 20-23.
/// Without input 1 the input gate is one less the forget gate (CIFG). A clip of 0 is none.
struct UnidirectionalSequenceLstm {
  Activation activation = Activation::tanh;
  float cell_clip = 0.0f, projection_clip = 0.0f;
  bool is_time_major = false, has_asymmetric_inputs = false;
  static const Rule rule; bool operator==(const UnidirectionalSequenceLstm&) const = default;
};
/// The same for one step: x [batch,I]; 20 or 24 inputs.
struct Lstm {
  Activation activation = Activation::tanh;
  float cell_clip = 0.0f, projection_clip = 0.0f;
  bool has_asymmetric_inputs = false;
  static const Rule rule; bool operator==(const Lstm&) const = default;
};
/// A rank-`rank` approximation of a dense layer over the last `memory` inputs. x [batch,I], feature weights [units*rank,I], time weights [units*rank,memory],
/// bias [units], state [batch,units*rank*memory] (a variable)  ->  [batch,units]
struct Svdf { int rank = 1; Activation activation = Activation::none; bool has_asymmetric_inputs = false; static const Rule rule; bool operator==(const Svdf&) const = default; };

// --- control flow and variables: core/run runs these

struct VarHandle { std::string name; static const Rule rule; bool operator==(const VarHandle&) const = default; };   ///< a variable that graphs of a file share, by "container/name"
struct ReadVariable { static const Rule rule; };                  ///< inputs: its handle
struct AssignVariable { static const Rule rule; };                ///< inputs: its handle, the new contents
struct CallOnce { std::shared_ptr<const Graph> graph; static const Rule rule; bool operator==(const CallOnce&) const = default; };   ///< in the first run after a reset; no inputs, no outputs
/// Inputs and outputs are what the loop carries. `condition` makes one boolean of them, `body` their next values.
struct While { std::shared_ptr<const Graph> condition, body; static const Rule rule; bool operator==(const While&) const = default; };
/// inputs: a boolean, then the inputs of both graphs
struct If { std::shared_ptr<const Graph> then, otherwise; static const Rule rule; bool operator==(const If&) const = default; };

// --- TensorFlow Lite Micro's signal operators, on the last axis

struct SignalWindow { int shift = 0; static const Rule rule; bool operator==(const SignalWindow&) const = default; };              ///< inputs: x, window
struct SignalFftAutoScale { static const Rule rule; };                       ///< outputs: x * 2^bits, bits
struct SignalRfft { int length = 0; static const Rule rule; bool operator==(const SignalRfft&) const = default; };               ///< reals to complex numbers, two elements each
struct SignalIrfft { int length = 0; static const Rule rule; bool operator==(const SignalIrfft&) const = default; };
struct SignalEnergy { int start = 0, end = 0; static const Rule rule; bool operator==(const SignalEnergy&) const = default; };     ///< |z|^2 of the bins [start, end)
/// inputs: energies, weights, unweights, first bin of each channel, its first weight, its width
struct SignalFilterBank { int channels = 0; static const Rule rule; bool operator==(const SignalFilterBank&) const = default; };
struct SignalFilterBankSquareRoot { static const Rule rule; };               ///< inputs: x, bits that FftAutoScale added
/// outputs: what remains, the estimate of the noise
struct SignalFilterBankSpectralSubtraction {
  int channels = 0, smoothing_bits = 0, subtraction_bits = 0;
  std::uint32_t smoothing = 0, one_minus_smoothing = 0, alternate_smoothing = 0, alternate_one_minus_smoothing = 0, min_signal_remaining = 0;
  bool clamping = false;
  static const Rule rule; bool operator==(const SignalFilterBankSpectralSubtraction&) const = default;
};
struct SignalPcan { int snr_shift = 0; static const Rule rule; bool operator==(const SignalPcan&) const = default; };            ///< inputs: x, noise, gain table
struct SignalFilterBankLog { int output_scale = 0, correction_bits = 0; static const Rule rule; bool operator==(const SignalFilterBankLog&) const = default; };
struct SignalFramer { int size = 0, step = 0; bool has_prefill = false; static const Rule rule; bool operator==(const SignalFramer&) const = default; };   ///< outputs: frames, whether all are whole
struct SignalStacker { int channels = 0, left = 0, right = 0, step = 0; static const Rule rule; bool operator==(const SignalStacker&) const = default; };   ///< outputs: stacked frames, whether they are whole
struct SignalOverlapAdd { int step = 0; static const Rule rule; bool operator==(const SignalOverlapAdd&) const = default; };           ///< x [..., frames, size]
struct SignalDelay { int length = 0; static const Rule rule; bool operator==(const SignalDelay&) const = default; };              ///< by `length` elements
/// The last `slots` inputs [1,1,W,C] as [1,slots,W,C]. What follows it runs every `cycles` runs only.
struct CircularBuffer { int cycles = 0; static const Rule rule; bool operator==(const CircularBuffer&) const = default; };

/// An operator that can be looked at but not run: its name and TensorFlow Lite's number for it (or -1).
struct Unsupported { std::string name; int code = -1; static const Rule rule; bool operator==(const Unsupported&) const = default; };

using OpKinds = std::variant<
    Conv2d, DepthwiseConv2d, FullyConnected, AvgPool2d, MaxPool2d, Mean, Sum, Add, Sub, Mul, Pad, Reshape, Softmax, Relu, Relu6,
    LeakyRelu, Logistic, Tanh, Quantize, Dequantize, Concatenation, Transpose, StridedSlice, Shape_, Pack,
    TransposeConv, BatchMatMul,
    Div, FloorDiv, FloorMod, Maximum, Minimum, SquaredDifference, Prelu, Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, LogicalAnd, LogicalOr,
    LogicalNot, Abs, Neg, Exp, Log, Sin, Cos, Sqrt, Rsqrt, Square, Floor, Ceil, Round, Elu, HardSwish, ReluN1To1, Relu0To1, Cast, AddN,
    LogSoftmax, L2Normalization, L2Pool2d, ReduceMax, ReduceMin, ReduceAll, ArgMax, ArgMin, CumSum, TopKV2,
    ExpandDims, Squeeze, Split_, SplitV, Unpack, Slice, Gather, GatherNd, EmbeddingLookup, PadV2, MirrorPad, Tile, BroadcastTo, BroadcastArgs, ReverseV2,
    SelectV2, Fill, ZerosLike, DynamicUpdateSlice, SpaceToBatchNd, BatchToSpaceNd, SpaceToDepth, DepthToSpace, ResizeNearestNeighbor, ResizeBilinear,
    UnidirectionalSequenceLstm, Lstm, Svdf,
    VarHandle, ReadVariable, AssignVariable, CallOnce, While, If,
    SignalWindow, SignalFftAutoScale, SignalRfft, SignalIrfft, SignalEnergy, SignalFilterBank, SignalFilterBankSquareRoot,
    SignalFilterBankSpectralSubtraction, SignalPcan, SignalFilterBankLog, SignalFramer, SignalStacker, SignalOverlapAdd, SignalDelay, CircularBuffer,
    ConvNd, ConvInteger, PoolNd, MatMulInteger,
    QuantizeLinear, DequantizeLinear, DynamicQuantizeLinear, Function, Clip, Binary, LayerNormalization, LocalResponseNormalization,
    GatherElements, Resize, Recurrent, Unsupported>;

/// One of them. It is copied, moved and destroyed in ops.cpp alone: with more than a hundred kinds, every file that did so would take many seconds to compile.
class Op : public OpKinds {
 public:
  Op();
  template <class Kind>
    requires requires { Kind::rule; }
  Op(Kind kind) : OpKinds(std::in_place_type<Kind>, std::move(kind)) {}
  Op(const Op&);
  Op(Op&&) noexcept;
  Op& operator=(const Op&);
  Op& operator=(Op&&) noexcept;
  ~Op();
};

/// TensorFlow Lite's name of the operator: "CONV_2D", "FULLY_CONNECTED", ...; an unsupported one gives its own.
std::string name_of(const Op& op);

}  // namespace edgewise
