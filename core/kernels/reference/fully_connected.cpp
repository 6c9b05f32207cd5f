// FULLY_CONNECTED: input [rows, I]  weights [O, I]  bias [O]  output [rows, O].
//
//   integers  acc = bias + sum (x - input zero) * (w - weight zero),  code = zero + acc * multiplier, clamped
// With one weight scale the real multiplier takes s_in * s_w in float, with several in double: this decides the last bit of its mantissa.
// Source: TensorFlow Lite, reference/fully_connected.h and integer_ops/fully_connected.h.
#include <algorithm>

#include "core/kernels/dynamic_range.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

struct Extents { std::size_t rows, outputs, depth; };

template <class T, class Weight, class Accumulator>
Kernel integer_kernel(Extents e, IntegerLayer prepared) {
  return [e, layer = std::move(prepared)](const Operands& operands) {
    const T* input = operands.in<T>(0);
    const auto* weights = operands.in<Weight>(1);
    const auto* bias = operands.in<Accumulator>(2);
    T* output = operands.out<T>();
    for (std::size_t row = 0; row < e.rows; ++row)
      for (std::size_t o = 0; o < e.outputs; ++o) {
        Accumulator sum = bias ? bias[o] : 0;
        for (std::size_t i = 0; i < e.depth; ++i)
          sum += (input[row * e.depth + i] - layer.input_zero) * (weights[o * e.depth + i] - layer.weight_zero[o]);
        output[row * e.outputs + o] = static_cast<T>(layer.code(sum, o));
      }
  };
}

/// Each row is quantized by itself.
Kernel dynamic_range_kernel(Extents e, RealClamp range, QuantizeInput quantize_input, std::vector<float> weight_scales) {
  return [e, range, quantize_input, weight_scales = std::move(weight_scales), steps = std::vector<std::int16_t>(e.depth)](const Operands& operands) mutable {
    const auto* weights = operands.in<std::int8_t>(1);
    const auto* bias = operands.in<float>(2);
    float* output = operands.out<float>();
    for (std::size_t row = 0; row < e.rows; ++row) {
      const float scale = quantize_input({operands.in<float>(0) + row * e.depth, e.depth}, steps.data());
      for (std::size_t o = 0; o < e.outputs; ++o) {
        std::int32_t sum = 0;
        for (std::size_t i = 0; i < e.depth; ++i) sum += steps[i] * weights[o * e.depth + i];
        const float real = static_cast<float>(sum) * (scale * weight_scales[o]);
        output[row * e.outputs + o] = std::clamp(bias ? real + bias[o] : real, range.lowest, range.highest);
      }
    }
  };
}

}  // namespace

Result<Kernel> fully_connected(const Site& site) {
  const auto& op = std::get<FullyConnected>(site.node.op);
  const Shape& weights = site.in(1).shape;
  const Extents e{static_cast<std::size_t>(site.in(0).shape.elements()) / static_cast<std::size_t>(weights[1]), static_cast<std::size_t>(weights[0]),
                  static_cast<std::size_t>(weights[1])};
  const auto types = layer_types(site);
  if (!types) return std::unexpected(types.error());

  if (*types == LayerTypes::float32 || *types == LayerTypes::dynamic_range) {
    const auto clamp = real_clamp(op.activation);
    if (!clamp) return std::unexpected(clamp.error());
    if (*types == LayerTypes::dynamic_range) {
      auto scales = dynamic_range_scales(site, e.outputs);
      if (!scales) return std::unexpected(scales.error());
      return dynamic_range_kernel(e, *clamp, op.has_asymmetric_inputs ? quantize_asymmetric : quantize_symmetric, std::move(*scales));
    }
    return [e, range = *clamp](const Operands& operands) {
      const auto *input = operands.in<float>(0), *kernel = operands.in<float>(1), *bias = operands.in<float>(2);
      float* output = operands.out<float>();
      for (std::size_t row = 0; row < e.rows; ++row)
        for (std::size_t o = 0; o < e.outputs; ++o) {
          float sum = 0.0f;
          for (std::size_t i = 0; i < e.depth; ++i) sum += input[row * e.depth + i] * kernel[o * e.depth + i];
          output[row * e.outputs + o] = std::clamp(bias ? sum + bias[o] : sum, range.lowest, range.highest);
        }
    };
  }
  const auto product = site.in(1).grid.per_channel() ? ScaleProduct::in_double : ScaleProduct::in_float;
  auto layer = integer_layer(site, op.activation, e.outputs, product);
  if (!layer) return std::unexpected(layer.error());
  if (*types == LayerTypes::int8) return integer_kernel<std::int8_t, std::int8_t, std::int32_t>(e, std::move(*layer));
  if (*types == LayerTypes::uint8) return integer_kernel<std::uint8_t, std::uint8_t, std::int32_t>(e, std::move(*layer));
  if (*types == LayerTypes::int16_narrow) return integer_kernel<std::int16_t, std::int8_t, std::int32_t>(e, std::move(*layer));
  return integer_kernel<std::int16_t, std::int8_t, std::int64_t>(e, std::move(*layer));
}

}  // namespace edgewise::kernels::reference
