// Operators that ONNX has and TensorFlow Lite has not, or has with fewer variants. One attribute struct each, as in core/graph/ops.h, which includes this.
#pragma once

#include <array>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace edgewise {

struct Rule;
enum class Activation : std::uint8_t;

/// How a window moves over a volume of depth, height and width: the general form of Window. Extents that an image lacks are 1.
struct Window3d {
  std::array<std::int64_t, 3> kernel{1, 1, 1}, stride{1, 1, 1}, dilation{1, 1, 1};
  std::array<std::int64_t, 3> before{}, after{};      ///< padding
  std::array<std::int64_t, 3> output{1, 1, 1};        ///< extents of the output
  bool operator==(const Window3d&) const = default;
};

/// input [N,D,H,W,C]  weights [O,kD,kH,kW,C/groups]  bias [O]  ->  [N,D',H',W',O], float32.
/// Transposed: each input is spread over the window, `before` and `after` are cut off.
struct ConvNd { Window3d window; int groups = 1; bool is_transposed = false; Activation activation{}; static const Rule rule; bool operator==(const ConvNd&) const = default; };
/// The sum of (x - zero point of x) * (w - zero point of w) as int32.  inputs: x, weights as in ConvNd, int8 or uint8; zero points: of x one, of the weights one or [O]
struct ConvInteger { Window3d window; int groups = 1; static const Rule rule; bool operator==(const ConvInteger&) const = default; };
/// input [N,D,H,W,C]  ->  [N,D',H',W',C], and of max optionally int64 indices into the input as [N,C,D,H,W] (is_column_major: as [N,C,D,W,H])
struct PoolNd {
  enum class Kind : std::uint8_t { max, average, lp };
  Kind kind = Kind::max;
  Window3d window;
  bool counts_padding = false;     ///< average: padding counts as zeros
  bool is_column_major = false;
  int p = 2;                       ///< lp: the root of the sum of |x|^p
  static const Rule rule; bool operator==(const PoolNd&) const = default;
};
/// numpy's matmul of (a - zero point) and (b - zero point) as int32.  inputs: a, b, int8 or uint8; zero points broadcast to a and b
struct MatMulInteger { static const Rule rule; };

/// code = clamp(round(x / scale) + zero point), half to even.  inputs: x, scale, optionally zero point, which broadcast to x. The output's type is the value's.
struct QuantizeLinear { static const Rule rule; };
/// (code - zero point) * scale.  inputs: codes, scale, optionally zero point, which broadcast to the codes
struct DequantizeLinear { static const Rule rule; };
/// float32 x  ->  uint8 codes, their scale, their zero point, from the range of x and 0
struct DynamicQuantizeLinear { static const Rule rule; };

/// Functions of one number that TensorFlow Lite lacks. `alpha`, `beta` as ONNX's operator of that name has them.
struct Function {
  enum class Kind : std::uint8_t {
    acos, acosh, asin, asinh, atan, atanh, celu, cosh, elu, erf, gelu, gelu_tanh, hard_sigmoid, is_inf, is_nan, mish, reciprocal, selu, shrink, sign, sinh, softplus,
    softsign, swish, tan, thresholded_relu
  };
  Kind kind = Kind::sign;
  float alpha = 0.0f, beta = 0.0f;
  static const Rule rule; bool operator==(const Function&) const = default;
};
/// min(max(x, low), high) of any type of number.  inputs: x, low, high; either end may be absent
struct Clip { static const Rule rule; };
/// Binary of any type of number, broadcasting: whole numbers modulo 2^bits, quotients of whole numbers cut toward zero, x / 0 = 0.
/// mod has the sign of the divisor, fmod that of the dividend. The second operand of power may be of another type. From equal on the output is bool.
struct Binary {
  enum class Kind : std::uint8_t { add, sub, mul, div, mod, fmod, power, min, max, equal, less, less_equal, greater, greater_equal };
  Kind kind = Kind::add;
  static const Rule rule; bool operator==(const Binary&) const = default;
};

/// Over the axes from `axis` on: (x - mean) / sqrt(variance + epsilon), times scale, plus bias.
/// inputs: x, scale, bias, which broadcast to x; scale and bias may be absent  ->  y, and optionally the mean and 1 / sqrt(..) of each row, axes kept with extent 1
struct LayerNormalization { int axis = -1; float epsilon = 1e-5f; bool is_centred = true; static const Rule rule; bool operator==(const LayerNormalization&) const = default; };
/// x / (bias + alpha / size * sum of the squares of `size` neighbours along the last axis) ^ beta
struct LocalResponseNormalization { int size = 1; float alpha = 1e-4f, beta = 0.75f, bias = 1.0f; static const Rule rule; bool operator==(const LocalResponseNormalization&) const = default; };
/// output[i][j] = input[index[i][j]][j] for axis 0, and so on.  inputs: x, indices of any whole type
struct GatherElements { int axis = 0; static const Rule rule; bool operator==(const GatherElements&) const = default; };

/// Interpolation along every axis.  x  ->  shape `output`
struct Resize {
  enum class Mode : std::uint8_t { nearest, linear, cubic };
  enum class Coordinates : std::uint8_t { half_pixel, half_pixel_symmetric, pytorch_half_pixel, align_corners, asymmetric, tf_half_pixel_for_nn, tf_crop_and_resize };
  enum class Nearest : std::uint8_t { round_prefer_floor, round_prefer_ceil, floor, ceil };
  Mode mode = Mode::nearest;
  Coordinates coordinates = Coordinates::half_pixel;
  Nearest nearest = Nearest::round_prefer_floor;
  float cubic_a = -0.75f, extrapolation = 0.0f;
  bool excludes_outside = false, has_antialias = false;
  std::vector<std::int64_t> output;
  std::vector<float> scale;                ///< by axis
  std::vector<float> roi_start, roi_end;   ///< by axis, of tf_crop_and_resize
  static const Rule rule; bool operator==(const Resize&) const = default;
};

/// ONNX's LSTM, GRU and RNN in float32, with its order of gates.
/// inputs: x [T,N,I]  W [D,gates*H,I]  R [D,gates*H,H]  B [D,2*gates*H]  lengths [N] int32  initial h [D,N,H]  initial c [D,N,H]  peepholes [D,3*H]; from B on optional
/// ->  Y [T,D,N,H]  Y_h [D,N,H]  and of an LSTM Y_c [D,N,H].   D: directions
struct Recurrent {
  enum class Cell : std::uint8_t { lstm, gru, rnn };
  enum class Direction : std::uint8_t { forward, reverse, bidirectional };
  enum class Gate : std::uint8_t { sigmoid, tanh, relu, affine, leaky_relu, thresholded_relu, scaled_tanh, hard_sigmoid, elu, softsign, softplus };
  struct Function { Gate gate = Gate::sigmoid; float alpha = 0.0f, beta = 0.0f; bool operator==(const Function&) const = default; };
  Cell cell = Cell::lstm;
  Direction direction = Direction::forward;
  int hidden = 0;
  std::vector<Function> functions;         ///< three (LSTM), two (GRU) or one (RNN) for each direction
  float clip = 0.0f;                       ///< the gates' inputs are cut to [-clip, clip]; 0: not
  bool is_linear_before_reset = false;     ///< GRU
  bool couples_gates = false;              ///< LSTM: the forget gate is 1 less the input gate
  static const Rule rule; bool operator==(const Recurrent&) const = default;
};

/// What a .tflite file has no place for.
template <class T>
concept OnnxOnly = std::disjunction_v<std::is_same<T, ConvNd>, std::is_same<T, ConvInteger>, std::is_same<T, PoolNd>, std::is_same<T, MatMulInteger>, std::is_same<T, QuantizeLinear>,
                                      std::is_same<T, DequantizeLinear>, std::is_same<T, DynamicQuantizeLinear>, std::is_same<T, Function>, std::is_same<T, Clip>, std::is_same<T, Binary>,
                                      std::is_same<T, LayerNormalization>, std::is_same<T, LocalResponseNormalization>, std::is_same<T, GatherElements>, std::is_same<T, Resize>, std::is_same<T, Recurrent>>;

}  // namespace edgewise
