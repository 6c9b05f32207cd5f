#include "core/kernels/kernels.h"

#include <array>

#include "core/kernels/reference/reference.h"
#include "core/kernels/simd/simd.h"

namespace edgewise::kernels {
namespace {

template <class T, std::size_t at = 0>
consteval std::size_t index_of() {
  if constexpr (std::is_same_v<T, std::variant_alternative_t<at, Op>>) return at;
  else return index_of<T, at + 1>();
}

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
    row<Mul>(               reference::mul,                 nullptr,                   "kernels/elementwise_test.cpp"),
    row<Pad>(               reference::pad,                 nullptr,                   "kernels/movement_test.cpp"),
    row<Reshape>(           reference::reshape,             nullptr,                   "kernels/movement_test.cpp"),
    row<Softmax>(           reference::softmax,             nullptr,                   "kernels/elementwise_test.cpp"),
    row<Relu>(              reference::relu,                nullptr,                   "kernels/elementwise_test.cpp"),
    row<Relu6>(             reference::relu6,               nullptr,                   "kernels/elementwise_test.cpp"),
    row<LeakyRelu>(         reference::leaky_relu,          nullptr,                   "kernels/elementwise_test.cpp"),
    row<Logistic>(          reference::logistic,            nullptr,                   "kernels/elementwise_test.cpp"),
    row<Tanh>(              reference::tanh,                nullptr,                   "kernels/elementwise_test.cpp"),
    row<Quantize>(          reference::quantize,            nullptr,                   "kernels/elementwise_test.cpp"),
    row<Dequantize>(        reference::dequantize,          nullptr,                   "kernels/elementwise_test.cpp"),
    row<Concatenation>(     reference::concatenation,       nullptr,                   "kernels/elementwise_test.cpp"),
    row<Transpose>(         reference::transpose,           nullptr,                   "kernels/movement_test.cpp"),
    row<StridedSlice>(      reference::strided_slice,       nullptr,                   "kernels/movement_test.cpp"),
    row<Shape_>(            reference::shape,               nullptr,                   "kernels/movement_test.cpp"),
    row<Pack>(              reference::pack,                nullptr,                   "kernels/movement_test.cpp"),
};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (table[i].op != i) return false;
  return true;
}
static_assert(is_in_order(), "rows stand in the order of Op, so that an operator finds its row by index");
static_assert(table.size() == index_of<Unsupported>(), "every operator but Unsupported has a row");

}  // namespace

std::span<const Row> rows() { return table; }

const Row* row_of(const Op& op) { return op.index() < table.size() ? &table[op.index()] : nullptr; }

}  // namespace edgewise::kernels
