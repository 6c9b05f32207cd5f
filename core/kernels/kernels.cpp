#include "core/kernels/kernels.h"

#include <array>

#include "core/kernels/reference/reference.h"
#include "core/kernels/simd/simd.h"

namespace edgewise::kernels {
namespace {

template <class T, std::size_t at = 0>
consteval std::size_t index_of() {
  if constexpr (std::is_same_v<T, std::variant_alternative_t<at, OpKinds>>) return at;
  else return index_of<T, at + 1>();
}

constexpr Prepare in_run = nullptr;   // core/run runs it: core/run/control.cpp

template <class Operator>
constexpr Row row(Prepare reference, Prepare fast, std::string_view test) {
  return {index_of<Operator>(), &Operator::rule, reference, fast, test};
}

constexpr std::array table = {
    //  operator            reference                       fast                       test
    row<Conv2d>(            reference::conv_2d,             simd::conv_2d,             "kernels/layers_test.cpp"),
    row<DepthwiseConv2d>(   reference::depthwise_conv_2d,   simd::depthwise_conv_2d,   "kernels/layers_test.cpp"),
    row<FullyConnected>(    reference::fully_connected,     simd::fully_connected,     "kernels/layers_test.cpp"),
    row<AvgPool2d>(         reference::average_pool_2d,     simd::average_pool_2d,     "kernels/elementwise_test.cpp"),
    row<MaxPool2d>(         reference::max_pool_2d,         simd::max_pool_2d,         "kernels/elementwise_test.cpp"),
    row<Mean>(              reference::mean,                nullptr,                   "kernels/elementwise_test.cpp"),
    row<Sum>(               reference::sum,                 nullptr,                   "kernels/elementwise_test.cpp"),
    row<Add>(               reference::add,                 simd::add,                 "kernels/elementwise_test.cpp"),
    row<Sub>(               reference::sub,                 simd::sub,                 "kernels/elementwise_test.cpp"),
    row<Mul>(               reference::mul,                 simd::mul,                 "kernels/elementwise_test.cpp"),
    row<Pad>(               reference::pad,                 simd::pad,                 "kernels/movement_test.cpp"),
    row<Reshape>(           reference::reshape,             nullptr,                   "kernels/movement_test.cpp"),
    row<Softmax>(           reference::softmax,             nullptr,                   "kernels/elementwise_test.cpp"),
    row<Relu>(              reference::relu,                nullptr,                   "kernels/elementwise_test.cpp"),
    row<Relu6>(             reference::relu6,               nullptr,                   "kernels/elementwise_test.cpp"),
    row<LeakyRelu>(         reference::leaky_relu,          nullptr,                   "kernels/elementwise_test.cpp"),
    row<Logistic>(          reference::logistic,            nullptr,                   "kernels/elementwise_test.cpp"),
    row<Tanh>(              reference::tanh,                nullptr,                   "kernels/elementwise_test.cpp"),
    row<Quantize>(          reference::quantize,            simd::quantize,            "kernels/elementwise_test.cpp"),
    row<Dequantize>(        reference::dequantize,          simd::dequantize,          "kernels/elementwise_test.cpp"),
    row<Concatenation>(     reference::concatenation,       nullptr,                   "kernels/elementwise_test.cpp"),
    row<Transpose>(         reference::transpose,           nullptr,                   "kernels/movement_test.cpp"),
    row<StridedSlice>(      reference::strided_slice,       nullptr,                   "kernels/movement_test.cpp"),
    row<Shape_>(            reference::shape,               nullptr,                   "kernels/movement_test.cpp"),
    row<Pack>(              reference::pack,                nullptr,                   "kernels/movement_test.cpp"),
    row<TransposeConv>(           reference::transpose_conv,            nullptr,                   "kernels/layers_test.cpp"),
    row<BatchMatMul>(             reference::batch_matmul,              nullptr,                   "kernels/products_test.cpp"),
    row<Div>(                     reference::div,                       nullptr,                   "kernels/pairs_test.cpp"),
    row<FloorDiv>(                reference::floor_div,                 nullptr,                   "kernels/pairs_test.cpp"),
    row<FloorMod>(                reference::floor_mod,                 nullptr,                   "kernels/pairs_test.cpp"),
    row<Maximum>(                 reference::maximum,                   nullptr,                   "kernels/pairs_test.cpp"),
    row<Minimum>(                 reference::minimum,                   nullptr,                   "kernels/pairs_test.cpp"),
    row<SquaredDifference>(       reference::squared_difference,        nullptr,                   "kernels/pairs_test.cpp"),
    row<Prelu>(                   reference::prelu,                     nullptr,                   "kernels/pairs_test.cpp"),
    row<Equal>(                   reference::equal,                     nullptr,                   "kernels/pairs_test.cpp"),
    row<NotEqual>(                reference::not_equal,                 nullptr,                   "kernels/pairs_test.cpp"),
    row<Less>(                    reference::less,                      nullptr,                   "kernels/pairs_test.cpp"),
    row<LessEqual>(               reference::less_equal,                nullptr,                   "kernels/pairs_test.cpp"),
    row<Greater>(                 reference::greater,                   nullptr,                   "kernels/pairs_test.cpp"),
    row<GreaterEqual>(            reference::greater_equal,             nullptr,                   "kernels/pairs_test.cpp"),
    row<LogicalAnd>(              reference::logical_and,               nullptr,                   "kernels/pairs_test.cpp"),
    row<LogicalOr>(               reference::logical_or,                nullptr,                   "kernels/pairs_test.cpp"),
    row<LogicalNot>(              reference::logical_not,               nullptr,                   "kernels/functions_test.cpp"),
    row<Abs>(                     reference::abs,                       nullptr,                   "kernels/functions_test.cpp"),
    row<Neg>(                     reference::neg,                       nullptr,                   "kernels/functions_test.cpp"),
    row<Exp>(                     reference::exp,                       nullptr,                   "kernels/functions_test.cpp"),
    row<Log>(                     reference::log,                       nullptr,                   "kernels/functions_test.cpp"),
    row<Sin>(                     reference::sin,                       nullptr,                   "kernels/functions_test.cpp"),
    row<Cos>(                     reference::cos,                       nullptr,                   "kernels/functions_test.cpp"),
    row<Sqrt>(                    reference::sqrt,                      nullptr,                   "kernels/functions_test.cpp"),
    row<Rsqrt>(                   reference::rsqrt,                     nullptr,                   "kernels/functions_test.cpp"),
    row<Square>(                  reference::square,                    nullptr,                   "kernels/functions_test.cpp"),
    row<Floor>(                   reference::floor,                     nullptr,                   "kernels/functions_test.cpp"),
    row<Ceil>(                    reference::ceil,                      nullptr,                   "kernels/functions_test.cpp"),
    row<Round>(                   reference::round,                     nullptr,                   "kernels/functions_test.cpp"),
    row<Elu>(                     reference::elu,                       nullptr,                   "kernels/functions_test.cpp"),
    row<HardSwish>(               reference::hard_swish,                nullptr,                   "kernels/functions_test.cpp"),
    row<ReluN1To1>(               reference::relu_n1_to_1,              nullptr,                   "kernels/functions_test.cpp"),
    row<Relu0To1>(                reference::relu_0_to_1,               nullptr,                   "kernels/functions_test.cpp"),
    row<Cast>(                    reference::cast,                      nullptr,                   "kernels/functions_test.cpp"),
    row<AddN>(                    reference::add_n,                     nullptr,                   "kernels/functions_test.cpp"),
    row<LogSoftmax>(              reference::log_softmax,               nullptr,                   "kernels/axes_test.cpp"),
    row<L2Normalization>(         reference::l2_normalization,          nullptr,                   "kernels/axes_test.cpp"),
    row<L2Pool2d>(                reference::l2_pool_2d,                nullptr,                   "kernels/axes_test.cpp"),
    row<ReduceMax>(               reference::reduce_max,                nullptr,                   "kernels/axes_test.cpp"),
    row<ReduceMin>(               reference::reduce_min,                nullptr,                   "kernels/axes_test.cpp"),
    row<ReduceAll>(               reference::reduce_all,                nullptr,                   "kernels/axes_test.cpp"),
    row<ArgMax>(                  reference::arg_max,                   nullptr,                   "kernels/axes_test.cpp"),
    row<ArgMin>(                  reference::arg_min,                   nullptr,                   "kernels/axes_test.cpp"),
    row<CumSum>(                  reference::cumsum,                    nullptr,                   "kernels/axes_test.cpp"),
    row<TopKV2>(                  reference::topk_v2,                   nullptr,                   "kernels/axes_test.cpp"),
    row<ExpandDims>(              reference::expand_dims,               nullptr,                   "kernels/rearrange_test.cpp"),
    row<Squeeze>(                 reference::squeeze,                   nullptr,                   "kernels/rearrange_test.cpp"),
    row<Split_>(                  reference::split,                     nullptr,                   "kernels/rearrange_test.cpp"),
    row<SplitV>(                  reference::split_v,                   nullptr,                   "kernels/rearrange_test.cpp"),
    row<Unpack>(                  reference::unpack,                    nullptr,                   "kernels/rearrange_test.cpp"),
    row<Slice>(                   reference::slice,                     nullptr,                   "kernels/rearrange_test.cpp"),
    row<Gather>(                  reference::gather,                    nullptr,                   "kernels/rearrange_test.cpp"),
    row<GatherNd>(                reference::gather_nd,                 nullptr,                   "kernels/rearrange_test.cpp"),
    row<EmbeddingLookup>(         reference::embedding_lookup,          nullptr,                   "kernels/rearrange_test.cpp"),
    row<PadV2>(                   reference::pad_v2,                    nullptr,                   "kernels/rearrange_test.cpp"),
    row<MirrorPad>(               reference::mirror_pad,                nullptr,                   "kernels/rearrange_test.cpp"),
    row<Tile>(                    reference::tile,                      nullptr,                   "kernels/rearrange_test.cpp"),
    row<BroadcastTo>(             reference::broadcast_to,              nullptr,                   "kernels/rearrange_test.cpp"),
    row<BroadcastArgs>(           reference::broadcast_args,            nullptr,                   "kernels/rearrange_test.cpp"),
    row<ReverseV2>(               reference::reverse_v2,                nullptr,                   "kernels/rearrange_test.cpp"),
    row<SelectV2>(                reference::select_v2,                 nullptr,                   "kernels/rearrange_test.cpp"),
    row<Fill>(                    reference::fill,                      nullptr,                   "kernels/rearrange_test.cpp"),
    row<ZerosLike>(               reference::zeros_like,                nullptr,                   "kernels/rearrange_test.cpp"),
    row<DynamicUpdateSlice>(      reference::dynamic_update_slice,      nullptr,                   "kernels/rearrange_test.cpp"),
    row<SpaceToBatchNd>(          reference::space_to_batch_nd,         nullptr,                   "kernels/rearrange_test.cpp"),
    row<BatchToSpaceNd>(          reference::batch_to_space_nd,         nullptr,                   "kernels/rearrange_test.cpp"),
    row<SpaceToDepth>(            reference::space_to_depth,            nullptr,                   "kernels/rearrange_test.cpp"),
    row<DepthToSpace>(            reference::depth_to_space,            nullptr,                   "kernels/rearrange_test.cpp"),
    row<ResizeNearestNeighbor>(   reference::resize_nearest_neighbor,   nullptr,                   "kernels/rearrange_test.cpp"),
    row<ResizeBilinear>(          reference::resize_bilinear,           nullptr,                   "kernels/rearrange_test.cpp"),
    row<UnidirectionalSequenceLstm>(reference::lstm,          simd::lstm,                "kernels/lstm_test.cpp"),
    row<Lstm>(              reference::lstm,                simd::lstm,                "kernels/lstm_test.cpp"),
    row<Svdf>(              reference::svdf,                nullptr,                   "kernels/svdf_test.cpp"),
    row<VarHandle>(         in_run,                         nullptr,                   "run/control_test.cpp"),
    row<ReadVariable>(      in_run,                         nullptr,                   "run/control_test.cpp"),
    row<AssignVariable>(    in_run,                         nullptr,                   "run/control_test.cpp"),
    row<CallOnce>(          in_run,                         nullptr,                   "run/control_test.cpp"),
    row<While>(             in_run,                         nullptr,                   "run/control_test.cpp"),
    row<If>(                in_run,                         nullptr,                   "run/control_test.cpp"),
    row<SignalWindow>(      reference::signal_window,       nullptr,                   "kernels/signal_test.cpp"),
    row<SignalFftAutoScale>(reference::signal_fft_auto_scale,nullptr,                   "kernels/signal_test.cpp"),
    row<SignalRfft>(        reference::signal_rfft,         nullptr,                   "kernels/signal_test.cpp"),
    row<SignalIrfft>(       reference::signal_irfft,        nullptr,                   "kernels/signal_test.cpp"),
    row<SignalEnergy>(      reference::signal_energy,       nullptr,                   "kernels/signal_test.cpp"),
    row<SignalFilterBank>(  reference::signal_filter_bank,  nullptr,                   "kernels/signal_test.cpp"),
    row<SignalFilterBankSquareRoot>(reference::signal_filter_bank_square_root,nullptr,                   "kernels/signal_test.cpp"),
    row<SignalFilterBankSpectralSubtraction>(reference::signal_filter_bank_spectral_subtraction,nullptr,                   "kernels/signal_test.cpp"),
    row<SignalPcan>(        reference::signal_pcan,         nullptr,                   "kernels/signal_test.cpp"),
    row<SignalFilterBankLog>(reference::signal_filter_bank_log,nullptr,                   "kernels/signal_test.cpp"),
    row<SignalFramer>(      reference::signal_framer,       nullptr,                   "kernels/signal_test.cpp"),
    row<SignalStacker>(     reference::signal_stacker,      nullptr,                   "kernels/signal_test.cpp"),
    row<SignalOverlapAdd>(  reference::signal_overlap_add,  nullptr,                   "kernels/signal_test.cpp"),
    row<SignalDelay>(       reference::signal_delay,        nullptr,                   "kernels/signal_test.cpp"),
    row<CircularBuffer>(    in_run,                         nullptr,                   "run/control_test.cpp"),
    row<ConvNd>(                 reference::conv_nd,                  nullptr,                   "kernels/onnx_test.cpp"),
    row<ConvInteger>(            reference::conv_integer,             nullptr,                   "kernels/onnx_test.cpp"),
    row<PoolNd>(                 reference::pool_nd,                  nullptr,                   "kernels/onnx_test.cpp"),
    row<MatMulInteger>(          reference::matmul_integer,           nullptr,                   "kernels/onnx_test.cpp"),
    row<QuantizeLinear>(         reference::quantize_linear,          nullptr,                   "kernels/onnx_test.cpp"),
    row<DequantizeLinear>(       reference::dequantize_linear,        nullptr,                   "kernels/onnx_test.cpp"),
    row<DynamicQuantizeLinear>(  reference::dynamic_quantize_linear,  nullptr,                   "kernels/onnx_test.cpp"),
    row<Function>(               reference::function,                 nullptr,                   "kernels/onnx_test.cpp"),
    row<Clip>(                   reference::clip,                     nullptr,                   "kernels/onnx_test.cpp"),
    row<Binary>(                 reference::binary,                   nullptr,                   "kernels/onnx_test.cpp"),
    row<LayerNormalization>(     reference::layer_normalization,      nullptr,                   "kernels/onnx_test.cpp"),
    row<LocalResponseNormalization>( reference::local_response_normalization, nullptr,                   "kernels/onnx_test.cpp"),
    row<GatherElements>(         reference::gather_elements,          nullptr,                   "kernels/onnx_test.cpp"),
    row<Resize>(                 reference::resize,                   nullptr,                   "kernels/onnx_test.cpp"),
    row<Recurrent>(              reference::recurrent,                nullptr,                   "kernels/onnx_test.cpp"),
};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (table[i].op != i) return false;
  return true;
}
static_assert(is_in_order(), "rows stand in the order of Op, so that an operator finds its row by index");
static_assert(table.size() == index_of<Unsupported>(), "every operator but Unsupported has a row");

}  // namespace

Kernel::Kernel(Kernel&& other) noexcept : state_(std::exchange(other.state_, nullptr)), does_(other.does_) {}
Kernel& Kernel::operator=(Kernel&& other) noexcept {
  std::swap(state_, other.state_);
  std::swap(does_, other.does_);
  return *this;
}
Kernel::~Kernel() {
  if (state_ != nullptr) does_->destroy(state_);
}

std::span<const Row> rows() { return table; }

const Row* row_of(const Op& op) { return op.index() < table.size() ? &table[op.index()] : nullptr; }

}  // namespace edgewise::kernels
