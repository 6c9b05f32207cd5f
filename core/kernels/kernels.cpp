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

constexpr std::array table = {
    //  operator                       reference                       fast
    Row{index_of<Conv2d>(),            reference::conv_2d,             simd::conv_2d},
    Row{index_of<DepthwiseConv2d>(),   reference::depthwise_conv_2d,   simd::depthwise_conv_2d},
    Row{index_of<FullyConnected>(),    reference::fully_connected,     simd::fully_connected},
    Row{index_of<AvgPool2d>(),         reference::average_pool_2d,     nullptr},
    Row{index_of<MaxPool2d>(),         reference::max_pool_2d,         nullptr},
    Row{index_of<Mean>(),              reference::mean,                nullptr},
    Row{index_of<Sum>(),               reference::sum,                 nullptr},
    Row{index_of<Add>(),               reference::add,                 nullptr},
    Row{index_of<Sub>(),               reference::sub,                 nullptr},
    Row{index_of<Mul>(),               reference::mul,                 nullptr},
    Row{index_of<Pad>(),               reference::pad,                 nullptr},
    Row{index_of<Reshape>(),           reference::reshape,             nullptr},
    Row{index_of<Softmax>(),           reference::softmax,             nullptr},
    Row{index_of<Relu>(),              reference::relu,                nullptr},
    Row{index_of<Relu6>(),             reference::relu6,               nullptr},
    Row{index_of<LeakyRelu>(),         reference::leaky_relu,          nullptr},
    Row{index_of<Logistic>(),          reference::logistic,            nullptr},
    Row{index_of<Tanh>(),              reference::tanh,                nullptr},
    Row{index_of<Quantize>(),          reference::quantize,            nullptr},
    Row{index_of<Dequantize>(),        reference::dequantize,          nullptr},
    Row{index_of<Concatenation>(),     reference::concatenation,       nullptr},
    Row{index_of<Transpose>(),         reference::transpose,           nullptr},
    Row{index_of<StridedSlice>(),      reference::strided_slice,       nullptr},
    Row{index_of<Shape_>(),            reference::shape,               nullptr},
    Row{index_of<Pack>(),              reference::pack,                nullptr},
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
