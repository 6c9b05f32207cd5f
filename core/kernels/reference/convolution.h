// What the reference CONV_2D and DEPTHWISE_CONV_2D share: which products are added and what becomes of a sum.
//
//   integers  acc = bias + sum (x - input zero) * (w - weight zero),  code = zero + acc * multiplier, clamped; with uint8 the multiplier takes s_in * s_w in float
//   float     sum, then + bias, then clamped; with int8 weights as core/kernels/dynamic_range.h says
// Taps on padding contribute nothing: padding is real 0, not code 0.
// Source: TensorFlow Lite, reference/conv.h, integer_ops/conv.h, integer_ops/depthwise_conv.h.
#pragma once

#include <algorithm>

#include "core/kernels/dynamic_range.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

// A Loop is the operator's own: loop.run<Sum>(term, finish) calls finish(output index, output channel, sum) for every output, where the sum is over
// term(input index, weight index, output channel) of the taps inside the image.

template <class T, class Weight, class Accumulator, class Loop>
Kernel integer_convolution(const Loop& loop, IntegerLayer prepared) {
  return [loop, layer = std::move(prepared)](const Operands& operands) {
    const T* input = operands.in<T>(0);
    const auto* weights = operands.in<Weight>(1);
    const auto* bias = operands.in<Accumulator>(2);
    T* output = operands.out<T>();
    loop.template run<Accumulator>(
        [&](std::int64_t x, std::int64_t w, std::int64_t o) {
          return static_cast<Accumulator>((input[x] - layer.input_zero) * (weights[w] - layer.weight_zero[static_cast<std::size_t>(o)]));
        },
        [&](std::int64_t out, std::int64_t o, Accumulator sum) {
          output[out] = static_cast<T>(layer.code(bias ? sum + bias[o] : sum, static_cast<std::size_t>(o)));
        });
  };
}

template <class Loop>
Kernel float_convolution(const Loop& loop, RealClamp range) {
  return [loop, range](const Operands& operands) {
    const auto *input = operands.in<float>(0), *weights = operands.in<float>(1), *bias = operands.in<float>(2);
    float* output = operands.out<float>();
    loop.template run<float>([&](std::int64_t x, std::int64_t w, std::int64_t) { return input[x] * weights[w]; },
                             [&](std::int64_t out, std::int64_t o, float sum) { output[out] = std::clamp(bias ? sum + bias[o] : sum, range.lowest, range.highest); });
  };
}

/// Each image of the batch is quantized by itself.
template <class Loop>
Kernel dynamic_range_convolution(const Loop& loop, RealClamp range, QuantizeInput quantize_input, std::vector<float> weight_scales) {
  const auto batch = static_cast<std::size_t>(loop.g.batch), image = static_cast<std::size_t>(loop.g.in_h * loop.g.in_w * loop.g.in_c);
  return [loop, range, quantize_input, image, weight_scales = std::move(weight_scales), steps = std::vector<std::int16_t>(image * batch),
          scales = std::vector<float>(batch)](const Operands& operands) mutable {
    const auto* weights = operands.in<std::int8_t>(1);
    const auto* bias = operands.in<float>(2);
    float* output = operands.out<float>();
    for (std::size_t n = 0; n < scales.size(); ++n) scales[n] = quantize_input({operands.in<float>(0) + n * image, image}, steps.data() + n * image);
    const std::int64_t outputs = loop.g.out_h * loop.g.out_w * loop.g.out_c;
    loop.template run<std::int32_t>([&](std::int64_t x, std::int64_t w, std::int64_t) { return steps[static_cast<std::size_t>(x)] * weights[w]; },
                                    [&](std::int64_t out, std::int64_t o, std::int32_t sum) {
                                      const float scale = scales[static_cast<std::size_t>(out / outputs)] * weight_scales[static_cast<std::size_t>(o)];
                                      const float real = static_cast<float>(sum) * scale;
                                      output[out] = std::clamp(bias ? real + bias[o] : real, range.lowest, range.highest);
                                    });
  };
}

/// The kernel of the site's types.
template <class Loop>
Result<Kernel> convolution(const Site& site, Activation activation, const Loop& loop) {
  const auto types = layer_types(site);
  if (!types) return std::unexpected(types.error());
  const auto channels = static_cast<std::size_t>(loop.g.out_c);
  if (*types == LayerTypes::float32 || *types == LayerTypes::dynamic_range) {
    const auto clamp = real_clamp(activation);
    if (!clamp) return std::unexpected(clamp.error());
    if (*types == LayerTypes::float32) return float_convolution(loop, *clamp);
    auto scales = dynamic_range_scales(site, channels);
    if (!scales) return std::unexpected(scales.error());
    return dynamic_range_convolution(loop, *clamp, site.in(1).grid.per_channel() ? quantize_asymmetric : quantize_symmetric, std::move(*scales));
  }
  auto layer = integer_layer(site, activation, channels, *types == LayerTypes::uint8 ? ScaleProduct::in_float : ScaleProduct::in_double);
  if (!layer) return std::unexpected(layer.error());
  if (*types == LayerTypes::int8) return integer_convolution<std::int8_t, std::int8_t, std::int32_t>(loop, std::move(*layer));
  if (*types == LayerTypes::uint8) return integer_convolution<std::uint8_t, std::uint8_t, std::int32_t>(loop, std::move(*layer));
  if (*types == LayerTypes::int16_narrow) return integer_convolution<std::int16_t, std::int8_t, std::int32_t>(loop, std::move(*layer));
  return integer_convolution<std::int16_t, std::int8_t, std::int64_t>(loop, std::move(*layer));
}

}  // namespace edgewise::kernels::reference
