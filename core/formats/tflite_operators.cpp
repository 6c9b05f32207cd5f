#include "core/formats/tflite_operators.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/text.h"
#include "core/formats/flexbuffer.h"

namespace edgewise::tflite {

namespace {

using schema::BuiltinOperator;

// --- reading -------------------------------------------------------------------------------------------------------------------------------

constexpr int most_step = 1 << 20;   // strides, dilations and windows beyond any image we could hold

std::unexpected<Error> without_options(const OperatorSource& from) {
  return fail(text("the options of ", from.name, " are missing or of another operator"), {}, offset_in(from.file, &from.table),
              "Convert the model again");
}

template <class Table>
std::unexpected<Error> bad_field(const OperatorSource& from, const Table* options, flatbuffers::voffset_t field, std::string reason) {
  return fail(std::move(reason), {}, offset_of_field(from.file, options, field), "Convert the model again");
}

/// A variant of a known operator that we cannot run.
Op variant_unsupported(const OperatorSource& from, std::string_view variant) {
  return Unsupported{text(from.name, " (", variant, ")"), static_cast<int>(from.code)};
}

struct Fused {
  bool is_supported = true;   ///< false: SIGN_BIT
  Activation activation = Activation::none;
};
template <class Table>
Result<Fused> fused(const OperatorSource& from, const Table* options) {
  switch (options->fused_activation_function()) {
    case schema::ActivationFunctionType::NONE: return Fused{true, Activation::none};
    case schema::ActivationFunctionType::RELU: return Fused{true, Activation::relu};
    case schema::ActivationFunctionType::RELU_N1_TO_1: return Fused{true, Activation::relu_n1_to_1};
    case schema::ActivationFunctionType::RELU6: return Fused{true, Activation::relu6};
    case schema::ActivationFunctionType::TANH: return Fused{true, Activation::tanh};
    case schema::ActivationFunctionType::SIGN_BIT: return Fused{false, Activation::none};
  }
  return bad_field(from, options, Table::VT_FUSED_ACTIVATION_FUNCTION,
                   text("the fused activation is number ", static_cast<int>(options->fused_activation_function()), ", the format has 0 to 5"));
}

template <class Table>
Result<int> step(const OperatorSource& from, const Table* options, int value, flatbuffers::voffset_t field, std::string_view what) {
  if (value >= 1 && value <= most_step) return value;
  return bad_field(from, options, field, text(what, " is ", value, ", it must be in [1, ", most_step, "]"));
}

/// Padding, strides and dilations; the format's pooling has no dilation.
template <class Table>
Result<Window> window(const OperatorSource& from, const Table* options) {
  Window window;
  switch (options->padding()) {
    case schema::Padding::SAME: window.padding = Padding::same; break;
    case schema::Padding::VALID: window.padding = Padding::valid; break;
    default: return bad_field(from, options, Table::VT_PADDING, text("the padding is number ", static_cast<int>(options->padding()), ", the format has 0 and 1"));
  }
  const auto take = [&](int& into, int value, flatbuffers::voffset_t field, std::string_view what) -> Result<void> {
    const auto taken = step(from, options, value, field, what);
    if (!taken) return std::unexpected(taken.error());
    into = *taken;
    return {};
  };
  if (auto ok = take(window.stride_h, options->stride_h(), Table::VT_STRIDE_H, "stride_h"); !ok) return std::unexpected(ok.error());
  if (auto ok = take(window.stride_w, options->stride_w(), Table::VT_STRIDE_W, "stride_w"); !ok) return std::unexpected(ok.error());
  if constexpr (requires { options->dilation_h_factor(); }) {
    if (auto ok = take(window.dilation_h, options->dilation_h_factor(), Table::VT_DILATION_H_FACTOR, "dilation_h"); !ok) return std::unexpected(ok.error());
    if (auto ok = take(window.dilation_w, options->dilation_w_factor(), Table::VT_DILATION_W_FACTOR, "dilation_w"); !ok) return std::unexpected(ok.error());
  }
  return window;
}

Result<Op> read_conv(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_Conv2DOptions();
  if (options == nullptr) return without_options(from);
  const auto moves = window(from, options);
  if (!moves) return std::unexpected(moves.error());
  const auto ends = fused(from, options);
  if (!ends) return std::unexpected(ends.error());
  if (!ends->is_supported) return variant_unsupported(from, "SIGN_BIT activation");
  return Conv2d{*moves, ends->activation};
}

/// The multiplier is what the shapes say; the file's figure is for runtimes before TensorFlow 2.0 and often 0.
int depthwise_multiplier(const OperatorSource& from, int in_file) {
  const Value *x = from.graph.input(from.node, 0), *weights = from.graph.input(from.node, 1);
  if (x == nullptr || weights == nullptr || x->shape.rank() != 4 || weights->shape.rank() != 4) return std::max(1, in_file);
  const std::int64_t channels = x->shape[3], outputs = weights->shape[3];
  return channels > 0 && outputs % channels == 0 && outputs / channels <= most_step ? static_cast<int>(outputs / channels) : std::max(1, in_file);
}

Result<Op> read_depthwise(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_DepthwiseConv2DOptions();
  if (options == nullptr) return without_options(from);
  const auto moves = window(from, options);
  if (!moves) return std::unexpected(moves.error());
  const auto ends = fused(from, options);
  if (!ends) return std::unexpected(ends.error());
  if (!ends->is_supported) return variant_unsupported(from, "SIGN_BIT activation");
  return DepthwiseConv2d{*moves, depthwise_multiplier(from, options->depth_multiplier()), ends->activation};
}

template <class Pool>
Result<Op> read_pool(const OperatorSource& from) {
  using Table = schema::Pool2DOptions;
  const auto* options = from.table.builtin_options_as_Pool2DOptions();
  if (options == nullptr) return without_options(from);
  const auto moves = window(from, options);
  if (!moves) return std::unexpected(moves.error());
  const auto height = step(from, options, options->filter_height(), Table::VT_FILTER_HEIGHT, "filter_height");
  if (!height) return std::unexpected(height.error());
  const auto width = step(from, options, options->filter_width(), Table::VT_FILTER_WIDTH, "filter_width");
  if (!width) return std::unexpected(width.error());
  const auto ends = fused(from, options);
  if (!ends) return std::unexpected(ends.error());
  if (!ends->is_supported) return variant_unsupported(from, "SIGN_BIT activation");
  return Pool{*moves, *height, *width, ends->activation};
}

Result<Op> read_fully_connected(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_FullyConnectedOptions();
  if (options == nullptr) return without_options(from);
  const auto ends = fused(from, options);
  if (!ends) return std::unexpected(ends.error());
  if (!ends->is_supported) return variant_unsupported(from, "SIGN_BIT activation");
  if (options->weights_format() != schema::FullyConnectedOptionsWeightsFormat::DEFAULT) return variant_unsupported(from, "shuffled weights");
  return FullyConnected{ends->activation, options->keep_num_dims(), options->asymmetric_quantize_inputs()};
}

/// 16-bit sums whose grids are all powers of two take another, older arithmetic when the file asks for it: pot_scale_int16 in add.cc.
bool is_power_of_two(float scale) {
  int exponent = 0;
  return std::frexp(scale, &exponent) == 0.5f;
}
bool adds_by_shifting(const OperatorSource& from) {
  const auto is_shiftable = [&](ValueId id) {
    if (id == no_value) return false;
    const Value& value = from.graph.value(id);
    return value.type == DType::int16 && value.grid.scale.size() == 1 && is_power_of_two(value.grid.scale.front());
  };
  return std::ranges::all_of(from.node.inputs, is_shiftable) && std::ranges::all_of(from.node.outputs, is_shiftable);
}

template <class Sum, class Table>
Result<Op> read_sum(const OperatorSource& from, const Table* options) {
  if (options == nullptr) return without_options(from);
  const auto ends = fused(from, options);
  if (!ends) return std::unexpected(ends.error());
  if (!ends->is_supported) return variant_unsupported(from, "SIGN_BIT activation");
  return Sum{ends->activation, options->pot_scale_int16() && adds_by_shifting(from)};
}
Result<Op> read_add(const OperatorSource& from) { return read_sum<Add>(from, from.table.builtin_options_as_AddOptions()); }
Result<Op> read_sub(const OperatorSource& from) { return read_sum<Sub>(from, from.table.builtin_options_as_SubOptions()); }

template <class Product, class Table>
Result<Op> read_product(const OperatorSource& from, const Table* options) {
  if (options == nullptr) return without_options(from);
  const auto ends = fused(from, options);
  if (!ends) return std::unexpected(ends.error());
  if (!ends->is_supported) return variant_unsupported(from, "SIGN_BIT activation");
  return Product{ends->activation};
}
Result<Op> read_mul(const OperatorSource& from) { return read_product<Mul>(from, from.table.builtin_options_as_MulOptions()); }
Result<Op> read_div(const OperatorSource& from) { return read_product<Div>(from, from.table.builtin_options_as_DivOptions()); }

Result<Op> read_concatenation(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_ConcatenationOptions();
  if (options == nullptr) return without_options(from);
  const auto ends = fused(from, options);
  if (!ends) return std::unexpected(ends.error());
  if (!ends->is_supported) return variant_unsupported(from, "SIGN_BIT activation");
  return Concatenation{options->axis(), ends->activation};
}

template <class Reduction>
Result<Op> read_reduction(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_ReducerOptions();
  if (options == nullptr) return without_options(from);
  return Reduction{options->keep_dims()};
}

Result<Op> read_softmax(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_SoftmaxOptions();
  if (options == nullptr) return without_options(from);
  if (!std::isfinite(options->beta()) || options->beta() <= 0.0f)
    return bad_field(from, options, schema::SoftmaxOptions::VT_BETA, text("beta is ", options->beta(), ", it must be positive and finite"));
  return Softmax{options->beta()};
}

Result<Op> read_leaky_relu(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_LeakyReluOptions();
  if (options == nullptr) return without_options(from);
  if (!std::isfinite(options->alpha()))
    return bad_field(from, options, schema::LeakyReluOptions::VT_ALPHA, text("alpha is ", options->alpha(), ", it must be finite"));
  return LeakyRelu{options->alpha()};
}

Result<Op> read_strided_slice(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_StridedSliceOptions();
  if (options == nullptr) return without_options(from);
  return StridedSlice{options->begin_mask(), options->end_mask(), options->ellipsis_mask(), options->new_axis_mask(), options->shrink_axis_mask(), options->offset()};
}

Result<Op> read_pack(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_PackOptions();
  if (options == nullptr) return without_options(from);
  return Pack{options->axis()};
}

Result<Op> read_transpose_conv(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_TransposeConvOptions();
  if (options == nullptr) return without_options(from);
  const auto moves = window(from, options);
  if (!moves) return std::unexpected(moves.error());
  const auto ends = fused(from, options);
  if (!ends) return std::unexpected(ends.error());
  if (!ends->is_supported) return variant_unsupported(from, "SIGN_BIT activation");
  return TransposeConv{*moves, ends->activation};
}

Result<Op> read_batch_matmul(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_BatchMatMulOptions();
  if (options == nullptr) return without_options(from);
  return BatchMatMul{options->adj_x(), options->adj_y(), options->asymmetric_quantize_inputs()};
}

Result<Op> read_l2_normalization(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_L2NormOptions();
  const auto ends = options == nullptr ? Fused{} : fused(from, options);
  if (!ends) return std::unexpected(ends.error());
  if (!ends->is_supported || ends->activation != Activation::none) return variant_unsupported(from, "fused activation");
  return L2Normalization{};
}

Result<Op> read_unpack(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_UnpackOptions();
  if (options == nullptr) return without_options(from);
  return Unpack{options->axis()};
}

Result<Op> read_squeeze(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_SqueezeOptions();
  Squeeze op;
  const auto* axes = options == nullptr ? nullptr : options->squeeze_dims();
  if (count_of(axes) > static_cast<std::uint32_t>(limits::rank))
    return bad_field(from, options, schema::SqueezeOptions::VT_SQUEEZE_DIMS, text("it squeezes ", axes->size(), " axes, the limit is ", limits::rank));
  for (std::uint32_t i = 0; i < count_of(axes); ++i) op.axes.push_back(element(*axes, i));
  return op;
}

Result<Op> read_gather(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_GatherOptions();
  if (options == nullptr) return without_options(from);
  return Gather{options->axis(), options->batch_dims()};
}

Result<Op> read_mirror_pad(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_MirrorPadOptions();
  if (options == nullptr) return without_options(from);
  return MirrorPad{options->mode() == schema::MirrorPadMode::SYMMETRIC};
}

Result<Op> read_cumsum(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_CumsumOptions();
  if (options == nullptr) return without_options(from);
  return CumSum{options->exclusive(), options->reverse()};
}

template <class Blocks, class Table>
Result<Op> read_blocks(const OperatorSource& from, const Table* options) {
  if (options == nullptr) return without_options(from);
  const auto block = step(from, options, options->block_size(), Table::VT_BLOCK_SIZE, "the block size");
  if (!block) return std::unexpected(block.error());
  return Blocks{*block};
}
Result<Op> read_space_to_depth(const OperatorSource& from) { return read_blocks<SpaceToDepth>(from, from.table.builtin_options_as_SpaceToDepthOptions()); }
Result<Op> read_depth_to_space(const OperatorSource& from) { return read_blocks<DepthToSpace>(from, from.table.builtin_options_as_DepthToSpaceOptions()); }

template <class Resize, class Table>
Result<Op> read_resize(const OperatorSource& from, const Table* options) {
  if (options == nullptr) return without_options(from);
  return Resize{options->align_corners(), options->half_pixel_centers()};
}
Result<Op> read_resize_bilinear(const OperatorSource& from) { return read_resize<ResizeBilinear>(from, from.table.builtin_options_as_ResizeBilinearOptions()); }
Result<Op> read_resize_nearest(const OperatorSource& from) {
  return read_resize<ResizeNearestNeighbor>(from, from.table.builtin_options_as_ResizeNearestNeighborOptions());
}

// Operators with a memory

template <class Table>
Result<float> clip(const OperatorSource& from, const Table* options, float value, flatbuffers::voffset_t field, std::string_view what) {
  if (std::isfinite(value) && value >= 0.0f) return value;
  return bad_field(from, options, field, text(what, " is ", value, ", it must be finite and at least 0"));
}

template <class Operator, class Table>
Result<Op> read_lstm_options(const OperatorSource& from, const Table* options) {
  if (options == nullptr) return without_options(from);
  const auto ends = fused(from, options);
  if (!ends) return std::unexpected(ends.error());
  if (!ends->is_supported) return variant_unsupported(from, "SIGN_BIT activation");
  const auto cell_clip = clip(from, options, options->cell_clip(), Table::VT_CELL_CLIP, "cell_clip");
  if (!cell_clip) return std::unexpected(cell_clip.error());
  const auto projection_clip = clip(from, options, options->proj_clip(), Table::VT_PROJ_CLIP, "proj_clip");
  if (!projection_clip) return std::unexpected(projection_clip.error());
  Operator op;
  op.activation = ends->activation;
  op.cell_clip = *cell_clip;
  op.projection_clip = *projection_clip;
  op.has_asymmetric_inputs = options->asymmetric_quantize_inputs();
  if constexpr (std::is_same_v<Operator, UnidirectionalSequenceLstm>) {
    if (options->diagonal_recurrent_tensors()) return variant_unsupported(from, "diagonal recurrent weights");
    op.is_time_major = options->time_major();
  } else if (options->kernel_type() != schema::LSTMKernelType::FULL) {
    return variant_unsupported(from, "basic kernel");
  }
  return op;
}
Result<Op> read_sequence_lstm(const OperatorSource& from) {
  return read_lstm_options<UnidirectionalSequenceLstm>(from, from.table.builtin_options_as_UnidirectionalSequenceLSTMOptions());
}
Result<Op> read_lstm(const OperatorSource& from) { return read_lstm_options<Lstm>(from, from.table.builtin_options_as_LSTMOptions()); }

Result<Op> read_svdf(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_SVDFOptions();
  if (options == nullptr) return without_options(from);
  const auto ends = fused(from, options);
  if (!ends) return std::unexpected(ends.error());
  if (!ends->is_supported) return variant_unsupported(from, "SIGN_BIT activation");
  return Svdf{options->rank(), ends->activation, options->asymmetric_quantize_inputs()};
}

// Control flow and variables

Result<Op> read_var_handle(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_VarHandleOptions();
  if (options == nullptr) return without_options(from);
  const auto part = [](const flatbuffers::String* name) {
    return name == nullptr ? std::string() : std::string(name->c_str(), std::min<std::size_t>(name->size(), limits::name_bytes));
  };
  return VarHandle{text(part(options->container()), '/', part(options->shared_name()))};
}

Result<Op> read_call_once(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_CallOnceOptions();
  if (options == nullptr) return without_options(from);
  auto graph = from.subgraph(options->init_subgraph_index());
  if (!graph) return std::unexpected(graph.error());
  return CallOnce{std::move(*graph)};
}

Result<Op> read_while(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_WhileOptions();
  if (options == nullptr) return without_options(from);
  auto condition = from.subgraph(options->cond_subgraph_index());
  if (!condition) return std::unexpected(condition.error());
  auto body = from.subgraph(options->body_subgraph_index());
  if (!body) return std::unexpected(body.error());
  return While{std::move(*condition), std::move(*body)};
}

Result<Op> read_if(const OperatorSource& from) {
  const auto* options = from.table.builtin_options_as_IfOptions();
  if (options == nullptr) return without_options(from);
  auto then = from.subgraph(options->then_subgraph_index());
  if (!then) return std::unexpected(then.error());
  auto otherwise = from.subgraph(options->else_subgraph_index());
  if (!otherwise) return std::unexpected(otherwise.error());
  return If{std::move(*then), std::move(*otherwise)};
}

/// An operator whose inputs say everything.
template <class Plain>
Result<Op> read_plain(const OperatorSource&) {
  return Plain{};
}

struct ReaderRow {
  BuiltinOperator code;
  Result<Op> (*read)(const OperatorSource&);
};
constexpr ReaderRow readers[] = {
    {BuiltinOperator::CONV_2D, read_conv},
    {BuiltinOperator::DEPTHWISE_CONV_2D, read_depthwise},
    {BuiltinOperator::FULLY_CONNECTED, read_fully_connected},
    {BuiltinOperator::AVERAGE_POOL_2D, read_pool<AvgPool2d>},
    {BuiltinOperator::MAX_POOL_2D, read_pool<MaxPool2d>},
    {BuiltinOperator::MEAN, read_reduction<Mean>},
    {BuiltinOperator::SUM, read_reduction<Sum>},
    {BuiltinOperator::ADD, read_add},
    {BuiltinOperator::SUB, read_sub},
    {BuiltinOperator::MUL, read_mul},
    {BuiltinOperator::PAD, read_plain<Pad>},
    {BuiltinOperator::RESHAPE, read_plain<Reshape>},
    {BuiltinOperator::SOFTMAX, read_softmax},
    {BuiltinOperator::RELU, read_plain<Relu>},
    {BuiltinOperator::RELU6, read_plain<Relu6>},
    {BuiltinOperator::LEAKY_RELU, read_leaky_relu},
    {BuiltinOperator::LOGISTIC, read_plain<Logistic>},
    {BuiltinOperator::TANH, read_plain<Tanh>},
    {BuiltinOperator::QUANTIZE, read_plain<Quantize>},
    {BuiltinOperator::DEQUANTIZE, read_plain<Dequantize>},
    {BuiltinOperator::CONCATENATION, read_concatenation},
    {BuiltinOperator::TRANSPOSE, read_plain<Transpose>},
    {BuiltinOperator::STRIDED_SLICE, read_strided_slice},
    {BuiltinOperator::SHAPE, read_plain<Shape_>},
    {BuiltinOperator::PACK, read_pack},
    {BuiltinOperator::DIV, read_div},
    {BuiltinOperator::TRANSPOSE_CONV, read_transpose_conv},
    {BuiltinOperator::BATCH_MATMUL, read_batch_matmul},
    {BuiltinOperator::L2_NORMALIZATION, read_l2_normalization},
    {BuiltinOperator::UNPACK, read_unpack},
    {BuiltinOperator::SQUEEZE, read_squeeze},
    {BuiltinOperator::GATHER, read_gather},
    {BuiltinOperator::MIRROR_PAD, read_mirror_pad},
    {BuiltinOperator::CUMSUM, read_cumsum},
    {BuiltinOperator::SPACE_TO_DEPTH, read_space_to_depth},
    {BuiltinOperator::DEPTH_TO_SPACE, read_depth_to_space},
    {BuiltinOperator::RESIZE_BILINEAR, read_resize_bilinear},
    {BuiltinOperator::RESIZE_NEAREST_NEIGHBOR, read_resize_nearest},
    {BuiltinOperator::L2_POOL_2D, read_pool<L2Pool2d>},
    {BuiltinOperator::REDUCE_MAX, read_reduction<ReduceMax>},
    {BuiltinOperator::REDUCE_MIN, read_reduction<ReduceMin>},
    {BuiltinOperator::REDUCE_ALL, read_reduction<ReduceAll>},
    {BuiltinOperator::LOGICAL_AND, read_plain<LogicalAnd>},
    {BuiltinOperator::LOGICAL_OR, read_plain<LogicalOr>},
    {BuiltinOperator::LOGICAL_NOT, read_plain<LogicalNot>},
    {BuiltinOperator::ABS, read_plain<Abs>},
    {BuiltinOperator::NEG, read_plain<Neg>},
    {BuiltinOperator::EXP, read_plain<Exp>},
    {BuiltinOperator::LOG, read_plain<Log>},
    {BuiltinOperator::SIN, read_plain<Sin>},
    {BuiltinOperator::COS, read_plain<Cos>},
    {BuiltinOperator::SQRT, read_plain<Sqrt>},
    {BuiltinOperator::RSQRT, read_plain<Rsqrt>},
    {BuiltinOperator::SQUARE, read_plain<Square>},
    {BuiltinOperator::FLOOR, read_plain<Floor>},
    {BuiltinOperator::CEIL, read_plain<Ceil>},
    {BuiltinOperator::ROUND, read_plain<Round>},
    {BuiltinOperator::ELU, read_plain<Elu>},
    {BuiltinOperator::HARD_SWISH, read_plain<HardSwish>},
    {BuiltinOperator::RELU_N1_TO_1, read_plain<ReluN1To1>},
    {BuiltinOperator::RELU_0_TO_1, read_plain<Relu0To1>},
    {BuiltinOperator::CAST, read_plain<Cast>},
    {BuiltinOperator::ADD_N, read_plain<AddN>},
    {BuiltinOperator::FLOOR_DIV, read_plain<FloorDiv>},
    {BuiltinOperator::FLOOR_MOD, read_plain<FloorMod>},
    {BuiltinOperator::MAXIMUM, read_plain<Maximum>},
    {BuiltinOperator::MINIMUM, read_plain<Minimum>},
    {BuiltinOperator::SQUARED_DIFFERENCE, read_plain<SquaredDifference>},
    {BuiltinOperator::PRELU, read_plain<Prelu>},
    {BuiltinOperator::EQUAL, read_plain<Equal>},
    {BuiltinOperator::NOT_EQUAL, read_plain<NotEqual>},
    {BuiltinOperator::LESS, read_plain<Less>},
    {BuiltinOperator::LESS_EQUAL, read_plain<LessEqual>},
    {BuiltinOperator::GREATER, read_plain<Greater>},
    {BuiltinOperator::GREATER_EQUAL, read_plain<GreaterEqual>},
    {BuiltinOperator::LOG_SOFTMAX, read_plain<LogSoftmax>},
    {BuiltinOperator::ARG_MAX, read_plain<ArgMax>},
    {BuiltinOperator::ARG_MIN, read_plain<ArgMin>},
    {BuiltinOperator::TOPK_V2, read_plain<TopKV2>},
    {BuiltinOperator::EXPAND_DIMS, read_plain<ExpandDims>},
    {BuiltinOperator::SPLIT, read_plain<Split_>},
    {BuiltinOperator::SPLIT_V, read_plain<SplitV>},
    {BuiltinOperator::SLICE, read_plain<Slice>},
    {BuiltinOperator::GATHER_ND, read_plain<GatherNd>},
    {BuiltinOperator::EMBEDDING_LOOKUP, read_plain<EmbeddingLookup>},
    {BuiltinOperator::PADV2, read_plain<PadV2>},
    {BuiltinOperator::TILE, read_plain<Tile>},
    {BuiltinOperator::BROADCAST_TO, read_plain<BroadcastTo>},
    {BuiltinOperator::BROADCAST_ARGS, read_plain<BroadcastArgs>},
    {BuiltinOperator::REVERSE_V2, read_plain<ReverseV2>},
    {BuiltinOperator::SELECT_V2, read_plain<SelectV2>},
    {BuiltinOperator::FILL, read_plain<Fill>},
    {BuiltinOperator::ZEROS_LIKE, read_plain<ZerosLike>},
    {BuiltinOperator::DYNAMIC_UPDATE_SLICE, read_plain<DynamicUpdateSlice>},
    {BuiltinOperator::SPACE_TO_BATCH_ND, read_plain<SpaceToBatchNd>},
    {BuiltinOperator::BATCH_TO_SPACE_ND, read_plain<BatchToSpaceNd>},
    {BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM, read_sequence_lstm},
    {BuiltinOperator::LSTM, read_lstm},
    {BuiltinOperator::SVDF, read_svdf},
    {BuiltinOperator::VAR_HANDLE, read_var_handle},
    {BuiltinOperator::READ_VARIABLE, read_plain<ReadVariable>},
    {BuiltinOperator::ASSIGN_VARIABLE, read_plain<AssignVariable>},
    {BuiltinOperator::CALL_ONCE, read_call_once},
    {BuiltinOperator::WHILE, read_while},
    {BuiltinOperator::IF, read_if},
};

// Custom operators, by their names

/// The options of a custom operator by name. Remembers the first that is missing or no number of the wanted kind.
class CustomOptions {
 public:
  CustomOptions(const OperatorSource& from, const flexbuffer::Numbers& numbers) : from_(from), numbers_(numbers) {}

  int integer(std::string_view name) { return static_cast<int>(whole(name, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max())); }
  std::uint32_t natural(std::string_view name) { return static_cast<std::uint32_t>(whole(name, 0, std::numeric_limits<std::uint32_t>::max())); }
  bool boolean(std::string_view name) { return whole(name, 0, 1) != 0; }
  /// The operator, unless an option failed.
  Result<Op> finish(Op op) const {
    if (!failure_.empty()) return fail(failure_, {}, offset_in(from_.file, &from_.table), "Convert the model again");
    return op;
  }

 private:
  std::int64_t whole(std::string_view name, std::int64_t least, std::int64_t most) {
    const auto found = numbers_.find(name);
    if (found == numbers_.end()) return failed(text("the option ", name, " is missing"), least);
    const double value = found->second;
    if (!(value >= static_cast<double>(least) && value <= static_cast<double>(most)) || value != std::floor(value))
      return failed(text("the option ", name, " is ", value, ", it must be whole and in [", least, ", ", most, "]"), least);
    return static_cast<std::int64_t>(value);
  }
  std::int64_t failed(std::string reason, std::int64_t instead) {
    if (failure_.empty()) failure_ = std::move(reason);
    return instead;
  }

  const OperatorSource& from_;
  const flexbuffer::Numbers& numbers_;
  std::string failure_;
};

struct CustomRow {
  std::string_view name;
  Op (*read)(CustomOptions&);
};
constexpr CustomRow custom_readers[] = {
    {"SignalWindow", [](CustomOptions& o) -> Op { return SignalWindow{o.integer("shift")}; }},
    {"SignalFftAutoScale", [](CustomOptions&) -> Op { return SignalFftAutoScale{}; }},
    {"SignalRfft", [](CustomOptions& o) -> Op { return SignalRfft{o.integer("fft_length")}; }},
    {"SignalIrfft", [](CustomOptions& o) -> Op { return SignalIrfft{o.integer("fft_length")}; }},
    {"SignalEnergy", [](CustomOptions& o) -> Op { return SignalEnergy{o.integer("start_index"), o.integer("end_index")}; }},
    {"SignalFilterBank", [](CustomOptions& o) -> Op { return SignalFilterBank{o.integer("num_channels")}; }},
    {"SignalFilterBankSquareRoot", [](CustomOptions&) -> Op { return SignalFilterBankSquareRoot{}; }},
    {"SignalFilterBankSpectralSubtraction",
     [](CustomOptions& o) -> Op {
       return SignalFilterBankSpectralSubtraction{o.integer("num_channels"),
                                                  o.integer("smoothing_bits"),
                                                  o.integer("spectral_subtraction_bits"),
                                                  o.natural("smoothing"),
                                                  o.natural("one_minus_smoothing"),
                                                  o.natural("alternate_smoothing"),
                                                  o.natural("alternate_one_minus_smoothing"),
                                                  o.natural("min_signal_remaining"),
                                                  o.boolean("clamping")};
     }},
    {"SignalPCAN", [](CustomOptions& o) -> Op { return SignalPcan{o.integer("snr_shift")}; }},
    {"SignalFilterBankLog", [](CustomOptions& o) -> Op { return SignalFilterBankLog{o.integer("output_scale"), o.integer("input_correction_bits")}; }},
    {"SignalFramer", [](CustomOptions& o) -> Op { return SignalFramer{o.integer("frame_size"), o.integer("frame_step"), o.boolean("prefill")}; }},
    {"SignalStacker",
     [](CustomOptions& o) -> Op {
       return SignalStacker{o.integer("num_channels"), o.integer("stacker_left_context"), o.integer("stacker_right_context"), o.integer("stacker_step")};
     }},
    {"SignalOverlapAdd", [](CustomOptions& o) -> Op { return SignalOverlapAdd{o.integer("frame_step")}; }},
    {"SignalDelay", [](CustomOptions& o) -> Op { return SignalDelay{o.integer("delay_length")}; }},
    {"CIRCULAR_BUFFER", [](CustomOptions& o) -> Op { return CircularBuffer{o.integer("cycles_max")}; }},
};

Result<Op> read_custom(const OperatorSource& from) {
  const auto row = std::ranges::find(custom_readers, from.name, &CustomRow::name);
  if (row == std::end(custom_readers)) return Unsupported{from.name, static_cast<int>(from.code)};
  const auto* bytes = from.table.custom_options();
  const BytesView options = bytes == nullptr ? BytesView() : from.file.subspan(static_cast<std::size_t>(offset_in(from.file, bytes->Data())), bytes->size());
  auto numbers = flexbuffer::read_numbers(options);
  if (!numbers) {
    Error error = numbers.error();
    error.offset = offset_in(from.file, bytes->Data()) + error.offset.value_or(0);
    error.advice = "Convert the model again";
    return std::unexpected(error);
  }
  CustomOptions named(from, *numbers);
  const Op op = row->read(named);
  return named.finish(op);
}

// --- writing -------------------------------------------------------------------------------------------------------------------------------

schema::ActivationFunctionType activation_number(Activation activation) {
  switch (activation) {
    case Activation::none: return schema::ActivationFunctionType::NONE;
    case Activation::relu: return schema::ActivationFunctionType::RELU;
    case Activation::relu_n1_to_1: return schema::ActivationFunctionType::RELU_N1_TO_1;
    case Activation::relu6: return schema::ActivationFunctionType::RELU6;
    case Activation::tanh: return schema::ActivationFunctionType::TANH;
  }
  return schema::ActivationFunctionType::NONE;
}

schema::Padding padding_number(Padding padding) { return padding == Padding::same ? schema::Padding::SAME : schema::Padding::VALID; }

DType type_at(const Graph& graph, const Node& node, std::size_t input) {
  const Value* value = graph.input(node, input);
  return value == nullptr ? DType::float32 : value->type;
}

/// 16-bit activations with a 32-bit bias: the accumulator must be named, since 64 bits are the rule.
bool has_narrow_bias(const Graph& graph, const Node& node) {
  return type_at(graph, node, 0) == DType::int16 && graph.input(node, 2) != nullptr && type_at(graph, node, 2) == DType::int32;
}

template <class Table>
Options as_options(flatbuffers::Offset<Table> table) {
  return {schema::BuiltinOptionsTraits<Table>::enum_value, table.Union()};
}

struct WriteOptions {
  flatbuffers::FlatBufferBuilder& builder;
  const Graph& graph;
  const Node& node;

  Options operator()(const Conv2d& op) const {
    const Window& w = op.window;
    return as_options(schema::CreateConv2DOptions(builder, padding_number(w.padding), w.stride_w, w.stride_h, activation_number(op.activation), w.dilation_w,
                                                  w.dilation_h, has_narrow_bias(graph, node) ? schema::TensorType::INT32 : schema::TensorType::FLOAT32));
  }
  Options operator()(const DepthwiseConv2d& op) const {
    const Window& w = op.window;
    return as_options(schema::CreateDepthwiseConv2DOptions(builder, padding_number(w.padding), w.stride_w, w.stride_h, op.multiplier,
                                                           activation_number(op.activation), w.dilation_w, w.dilation_h));
  }
  Options operator()(const FullyConnected& op) const {
    return as_options(schema::CreateFullyConnectedOptions(builder, activation_number(op.activation), schema::FullyConnectedOptionsWeightsFormat::DEFAULT, op.keep_dims,
                                                          op.has_asymmetric_inputs, has_narrow_bias(graph, node) ? schema::TensorType::INT32 : schema::TensorType::FLOAT32));
  }
  template <class Pool>
  Options pool(const Pool& op) const {
    const Window& w = op.window;
    return as_options(schema::CreatePool2DOptions(builder, padding_number(w.padding), w.stride_w, w.stride_h, op.kernel_w, op.kernel_h, activation_number(op.activation)));
  }
  Options operator()(const AvgPool2d& op) const { return pool(op); }
  Options operator()(const MaxPool2d& op) const { return pool(op); }
  Options operator()(const Mean& op) const { return as_options(schema::CreateReducerOptions(builder, op.keep_dims)); }
  Options operator()(const Sum& op) const { return as_options(schema::CreateReducerOptions(builder, op.keep_dims)); }
  Options operator()(const Add& op) const {
    return as_options(schema::CreateAddOptions(builder, activation_number(op.activation), type_at(graph, node, 0) != DType::int16 || op.by_shifting));
  }
  Options operator()(const Sub& op) const {
    return as_options(schema::CreateSubOptions(builder, activation_number(op.activation), type_at(graph, node, 0) != DType::int16 || op.by_shifting));
  }
  Options operator()(const Mul& op) const { return as_options(schema::CreateMulOptions(builder, activation_number(op.activation))); }
  Options operator()(const Reshape&) const {
    const Shape& shape = graph.output(node).shape;
    std::vector<std::int32_t> extents;
    for (int axis = 0; axis < shape.rank(); ++axis) extents.push_back(static_cast<std::int32_t>(shape[axis]));
    return as_options(schema::CreateReshapeOptions(builder, builder.CreateVector(extents)));
  }
  Options operator()(const Softmax& op) const { return as_options(schema::CreateSoftmaxOptions(builder, op.beta)); }
  Options operator()(const LeakyRelu& op) const { return as_options(schema::CreateLeakyReluOptions(builder, op.alpha)); }
  Options operator()(const Concatenation& op) const { return as_options(schema::CreateConcatenationOptions(builder, op.axis, activation_number(op.activation))); }
  Options operator()(const StridedSlice& op) const {
    return as_options(schema::CreateStridedSliceOptions(builder, op.begin_mask, op.end_mask, op.ellipsis_mask, op.new_axis_mask, op.shrink_axis_mask, op.ends_from_begins));
  }
  Options operator()(const Shape_&) const {
    return as_options(schema::CreateShapeOptions(builder, graph.output(node).type == DType::int64 ? schema::TensorType::INT64 : schema::TensorType::INT32));
  }
  Options operator()(const UnidirectionalSequenceLstm& op) const {
    return as_options(schema::CreateUnidirectionalSequenceLSTMOptions(builder, activation_number(op.activation), op.cell_clip, op.projection_clip, op.is_time_major,
                                                                      op.has_asymmetric_inputs));
  }
  Options operator()(const Lstm& op) const {
    return as_options(schema::CreateLSTMOptions(builder, activation_number(op.activation), op.cell_clip, op.projection_clip, schema::LSTMKernelType::FULL,
                                                op.has_asymmetric_inputs));
  }
  Options operator()(const Svdf& op) const { return as_options(schema::CreateSVDFOptions(builder, op.rank, activation_number(op.activation), op.has_asymmetric_inputs)); }
  Options operator()(const Pack& op) const { return as_options(schema::CreatePackOptions(builder, static_cast<int>(node.inputs.size()), op.axis)); }
  Options operator()(const TransposeConv& op) const {
    const Window& w = op.window;
    return as_options(schema::CreateTransposeConvOptions(builder, padding_number(w.padding), w.stride_w, w.stride_h, activation_number(op.activation)));
  }
  Options operator()(const BatchMatMul& op) const { return as_options(schema::CreateBatchMatMulOptions(builder, op.adj_x, op.adj_y, op.has_asymmetric_inputs)); }
  Options operator()(const Div& op) const { return as_options(schema::CreateDivOptions(builder, activation_number(op.activation))); }
  Options operator()(const L2Pool2d& op) const { return pool(op); }
  Options operator()(const L2Normalization&) const { return as_options(schema::CreateL2NormOptions(builder)); }
  Options operator()(const ReduceMax& op) const { return as_options(schema::CreateReducerOptions(builder, op.keep_dims)); }
  Options operator()(const ReduceMin& op) const { return as_options(schema::CreateReducerOptions(builder, op.keep_dims)); }
  Options operator()(const ReduceAll& op) const { return as_options(schema::CreateReducerOptions(builder, op.keep_dims)); }
  Options operator()(const CumSum& op) const { return as_options(schema::CreateCumsumOptions(builder, op.exclusive, op.reverse)); }
  Options operator()(const Squeeze& op) const { return as_options(schema::CreateSqueezeOptions(builder, builder.CreateVector(op.axes))); }
  Options operator()(const Unpack& op) const { return as_options(schema::CreateUnpackOptions(builder, static_cast<int>(node.outputs.size()), op.axis)); }
  Options operator()(const Split_&) const { return as_options(schema::CreateSplitOptions(builder, static_cast<int>(node.outputs.size()))); }
  Options operator()(const SplitV&) const { return as_options(schema::CreateSplitVOptions(builder, static_cast<int>(node.outputs.size()))); }
  Options operator()(const Gather& op) const { return as_options(schema::CreateGatherOptions(builder, op.axis, op.batch_dims)); }
  Options operator()(const ArgMax&) const { return as_options(schema::CreateArgMaxOptions(builder, index_number())); }
  Options operator()(const ArgMin&) const { return as_options(schema::CreateArgMinOptions(builder, index_number())); }
  Options operator()(const MirrorPad& op) const {
    return as_options(schema::CreateMirrorPadOptions(builder, op.is_symmetric ? schema::MirrorPadMode::SYMMETRIC : schema::MirrorPadMode::REFLECT));
  }
  Options operator()(const SpaceToDepth& op) const { return as_options(schema::CreateSpaceToDepthOptions(builder, op.block)); }
  Options operator()(const DepthToSpace& op) const { return as_options(schema::CreateDepthToSpaceOptions(builder, op.block)); }
  Options operator()(const ResizeBilinear& op) const { return as_options(schema::CreateResizeBilinearOptions(builder, op.align_corners, op.half_pixel_centers)); }
  Options operator()(const ResizeNearestNeighbor& op) const {
    return as_options(schema::CreateResizeNearestNeighborOptions(builder, op.align_corners, op.half_pixel_centers));
  }
  schema::TensorType index_number() const { return graph.output(node).type == DType::int64 ? schema::TensorType::INT64 : schema::TensorType::INT32; }
  /// An operator without attributes has no options; one with attributes needs an overload of its own. (What cannot be written, check_writable refuses before.)
  template <class Plain>
    requires(std::is_empty_v<Plain> || !is_written<Plain> || std::is_same_v<Plain, Quantize>)
  Options operator()(const Plain&) const {
    return {};
  }
};

/// Operators that have had one version whatever the types.
template <class Op, class... List>
constexpr bool is_one_of = (std::is_same_v<Op, List> || ...);
template <class Op>
constexpr bool is_only_version_one = is_one_of<Op, ExpandDims, Squeeze, Elu, Prelu, HardSwish, SelectV2, LogicalAnd, LogicalOr, LogicalNot, Sin, Cos, Log, Exp, Sqrt, Square, Floor, Ceil, Round, Neg, CumSum, AddN, ReluN1To1, Relu0To1, EmbeddingLookup, BroadcastArgs, DynamicUpdateSlice>;

/// The version by input type for operators whose list is: float 1, int8 2, int16 3.
std::int32_t by_type(DType type) { return type == DType::int16 ? 3 : type == DType::int8 ? 2 : 1; }

struct Version {
  const Graph& graph;
  const Node& node;

  DType in(std::size_t position) const { return type_at(graph, node, position); }
  int rank() const { return graph.input(node, 0) == nullptr ? 0 : graph.input(node, 0)->shape.rank(); }
  bool is_per_channel(std::size_t position) const { return graph.input(node, position) != nullptr && graph.input(node, position)->grid.per_channel(); }
  bool is_hybrid() const { return in(0) == DType::float32 && in(1) == DType::int8; }

  std::int32_t operator()(const Conv2d&) const {
    if (has_narrow_bias(graph, node)) return 8;
    const Value *x = graph.input(node, 0), *weights = graph.input(node, 1);
    if (x->shape.rank() == 4 && weights->shape.rank() == 4 && x->shape[3] != weights->shape[3]) return 6;  // grouped
    if (in(0) == DType::int16) return 4;
    if (in(1) == DType::int4) return 7;
    if (is_hybrid()) return is_per_channel(1) ? 5 : 2;
    return in(0) == DType::int8 ? 3 : 1;
  }
  std::int32_t operator()(const DepthwiseConv2d& op) const {
    if (in(0) == DType::int16) return 5;
    if (in(1) == DType::int4) return 7;
    if (is_hybrid()) return is_per_channel(1) ? 6 : 4;
    if (in(0) == DType::int8) return 3;
    return op.window.dilation_h != 1 || op.window.dilation_w != 1 ? 2 : 1;
  }
  std::int32_t operator()(const FullyConnected& op) const {
    if (has_narrow_bias(graph, node)) return 11;
    if (is_hybrid()) return is_per_channel(1) ? 12 : op.has_asymmetric_inputs ? 9 : 3;
    if (in(1) == DType::int4) return 10;
    if (in(0) == DType::int16) return 7;
    if (node.inputs.size() == 2) return 6;
    if (op.keep_dims) return 5;
    return in(0) == DType::int8 ? 4 : 1;
  }
  std::int32_t operator()(const Add&) const { return in(0) == DType::int64 ? 4 : by_type(in(0)); }
  std::int32_t operator()(const Sub&) const { return in(0) == DType::int16 ? 5 : in(0) == DType::int64 ? 4 : in(0) == DType::int8 ? 2 : 1; }
  std::int32_t operator()(const Mul&) const {
    if (in(0) == DType::int64) return 5;
    if (in(0) == DType::int16) return 4;
    const Value *a = graph.input(node, 0), *b = graph.input(node, 1), &y = graph.output(node);
    const bool has_grids = a->grid.present() && b->grid.present() && y.grid.present();
    if (has_grids && a->grid.scale[0] * b->grid.scale[0] / y.grid.scale[0] >= 1.0f) return 3;
    return in(0) == DType::int8 ? 2 : 1;
  }
  std::int32_t operator()(const Pad&) const { return in(0) == DType::boolean ? 5 : rank() > 4 ? 4 : by_type(in(0)); }
  std::int32_t operator()(const Relu&) const { return in(0) == DType::uint8 ? 2 : by_type(in(0)); }
  std::int32_t operator()(const LeakyRelu&) const { return in(0) == DType::int16 ? 2 : 1; }
  std::int32_t operator()(const Quantize&) const { return graph.output(node).type == DType::int16 ? 2 : 1; }
  std::int32_t operator()(const Dequantize&) const {
    if (in(0) == DType::int4) return 6;
    if (in(0) == DType::int16 || in(0) == DType::float16) return 3;
    if (in(0) == DType::int8) return is_per_channel(0) ? 5 : 2;
    return 1;
  }
  std::int32_t operator()(const Transpose&) const {
    if (in(0) == DType::int4) return 7;
    if (rank() > 5) return 6;
    if (in(0) == DType::int16) return 5;
    if (rank() > 4) return 4;
    return in(0) == DType::boolean ? 3 : in(0) == DType::int8 ? 2 : 1;
  }
  std::int32_t operator()(const StridedSlice& op) const {
    if (op.ellipsis_mask != 0 || op.new_axis_mask != 0) return 6;
    if (rank() > 4) return 4;
    return in(0) == DType::boolean ? 3 : in(0) == DType::int8 ? 2 : 1;
  }
  std::int32_t operator()(const UnidirectionalSequenceLstm& op) const { return in(0) == DType::int8 ? 3 : is_hybrid_gate() ? (op.has_asymmetric_inputs ? 3 : 2) : 1; }
  std::int32_t operator()(const Lstm& op) const { return in(0) == DType::int8 ? 4 : is_hybrid_gate() ? (op.has_asymmetric_inputs ? 4 : 3) : 1; }
  std::int32_t operator()(const Svdf& op) const { return in(0) == DType::int8 ? 3 : is_hybrid() ? (op.has_asymmetric_inputs ? 4 : 2) : 1; }
  bool is_hybrid_gate() const { return in(0) == DType::float32 && in(2) == DType::int8; }
  std::int32_t operator()(const Reshape&) const { return 1; }
  std::int32_t operator()(const TransposeConv& op) const {
    if (op.activation != Activation::none) return 4;
    return in(2) == DType::float32 && node.inputs.size() < 4 ? 1 : node.inputs.size() < 4 && in(2) == DType::int8 ? 2 : 3;
  }
  std::int32_t operator()(const Split_&) const { return in(1) == DType::int16 ? 4 : in(1) == DType::int8 ? 2 : 1; }
  std::int32_t operator()(const Unpack&) const { return in(0) == DType::int16 ? 4 : in(0) == DType::int8 ? 2 : 1; }
  std::int32_t operator()(const Gather& op) const { return op.batch_dims != 0 ? 5 : in(0) == DType::int16 ? 4 : in(0) == DType::int8 ? 2 : 1; }
  std::int32_t operator()(const ResizeBilinear& op) const { return in(0) == DType::int16 ? 4 : op.half_pixel_centers ? 3 : in(0) == DType::int8 ? 2 : 1; }
  std::int32_t operator()(const ResizeNearestNeighbor& op) const {
    return in(0) == DType::int16 ? 4 : op.align_corners || op.half_pixel_centers ? 3 : in(0) == DType::int8 ? 2 : 1;
  }
  std::int32_t operator()(const Fill&) const { return in(1) == DType::int8 || in(1) == DType::int16 ? 3 : in(1) == DType::boolean ? 2 : 1; }
  std::int32_t operator()(const BroadcastTo&) const { return in(0) == DType::int8 || in(0) == DType::int16 ? 3 : 2; }
  template <class Op>
    requires is_only_version_one<Op>
  std::int32_t operator()(const Op&) const {
    return 1;
  }
  std::int32_t operator()(const Shape_&) const { return 1; }
  std::int32_t operator()(const Unsupported&) const { return 1; }
  template <class Other>
  std::int32_t operator()(const Other&) const {
    return by_type(in(0));
  }
};

}  // namespace

Result<Op> read_operator(const OperatorSource& from) {
  if (from.code == BuiltinOperator::CUSTOM) return read_custom(from);
  const auto row = std::ranges::find(readers, from.code, &ReaderRow::code);
  if (row == std::end(readers)) return Unsupported{from.name, static_cast<int>(from.code)};
  return row->read(from);
}

BuiltinOperator code_of(const Op& op) {
  const std::string name = name_of(op);
  for (const BuiltinOperator code : schema::EnumValuesBuiltinOperator())
    if (name == schema::EnumNameBuiltinOperator(code)) return code;
  return BuiltinOperator::CUSTOM;
}

std::int32_t version_of(const Graph& graph, const Node& node) { return std::visit(Version{graph, node}, node.op); }

Options write_options(flatbuffers::FlatBufferBuilder& builder, const Graph& graph, const Node& node) {
  return std::visit(WriteOptions{builder, graph, node}, node.op);
}

}  // namespace edgewise::tflite
