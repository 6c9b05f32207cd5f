// DEPTHWISE_CONV_2D: input [N,H,W,C]  weights [1,kH,kW,C*m]  bias [C*m]  output [N,H',W',C*m]. QUANT_SPEC section 5.
//
// Output channel c*m + k sees input channel c alone. Arithmetic and padding as CONV_2D.
#include <algorithm>

#include "core/kernels/dynamic_range.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

/// Calls finish(output index, output channel, sum of products) for every output; `term` makes one product.
template <class Sum, class Term, class Finish>
void convolve(const Geometry& g, Term term, Finish finish) {
  const std::int64_t multiplier = g.out_c / g.in_c;
  std::int64_t out = 0;
  for (std::int64_t n = 0; n < g.batch; ++n)
    for (std::int64_t y = 0; y < g.out_h; ++y)
      for (std::int64_t x = 0; x < g.out_w; ++x)
        for (std::int64_t o = 0; o < g.out_c; ++o) {
          Sum sum = 0;
          for (std::int64_t ky = 0; ky < g.kernel_h; ++ky) {
            const std::int64_t in_y = y * g.stride_h + ky * g.dilation_h - g.before_h;
            if (in_y < 0 || in_y >= g.in_h) continue;
            for (std::int64_t kx = 0; kx < g.kernel_w; ++kx) {
              const std::int64_t in_x = x * g.stride_w + kx * g.dilation_w - g.before_w;
              if (in_x < 0 || in_x >= g.in_w) continue;
              sum += term(((n * g.in_h + in_y) * g.in_w + in_x) * g.in_c + o / multiplier, (ky * g.kernel_w + kx) * g.out_c + o, o);
            }
          }
          finish(out++, o, sum);
        }
}

template <class T, class Accumulator>
Kernel integer_kernel(const Geometry& g, IntegerLayer prepared) {
  return [g, layer = std::move(prepared)](const Operands& operands) {
    const T* input = operands.in<T>(0);
    const auto* weights = operands.in<std::int8_t>(1);
    const auto* bias = operands.in<Accumulator>(2);
    T* output = operands.out<T>();
    convolve<Accumulator>(
        g,
        [&](std::int64_t x, std::int64_t w, std::int64_t o) {
          return static_cast<Accumulator>((input[x] - layer.input_zero) * (weights[w] - layer.weight_zero[static_cast<std::size_t>(o)]));
        },
        [&](std::int64_t out, std::int64_t o, Accumulator sum) {
          output[out] = static_cast<T>(requantize(bias ? sum + bias[o] : sum, layer.multiplier[static_cast<std::size_t>(o)], layer.output));
        });
  };
}

/// Each image of the batch is quantized by itself.
Kernel dynamic_range_kernel(const Geometry& g, RealClamp range, QuantizeInput quantize_input, std::vector<float> weight_scales) {
  const auto image = static_cast<std::size_t>(g.in_h * g.in_w * g.in_c);
  const std::int64_t outputs = g.out_h * g.out_w * g.out_c;
  return [g, range, quantize_input, image, outputs, scales = std::move(weight_scales), codes = std::vector<std::int8_t>(image * static_cast<std::size_t>(g.batch)),
          grids = std::vector<DynamicGrid>(static_cast<std::size_t>(g.batch))](const Operands& operands) mutable {
    const auto* weights = operands.in<std::int8_t>(1);
    const auto* bias = operands.in<float>(2);
    float* output = operands.out<float>();
    for (std::size_t n = 0; n < grids.size(); ++n) grids[n] = quantize_input({operands.in<float>(0) + n * image, image}, codes.data() + n * image);
    const auto grid_of_input = [&](std::int64_t x) { return grids[static_cast<std::size_t>(x) / image]; };
    convolve<std::int32_t>(
        g, [&](std::int64_t x, std::int64_t w, std::int64_t) { return (codes[static_cast<std::size_t>(x)] - grid_of_input(x).zero_point) * weights[w]; },
        [&](std::int64_t out, std::int64_t o, std::int32_t sum) {
          const float real = static_cast<float>(sum) * (grids[static_cast<std::size_t>(out / outputs)].scale * scales[static_cast<std::size_t>(o)]);
          output[out] = std::clamp(bias ? real + bias[o] : real, range.lowest, range.highest);
        });
  };
}

}  // namespace

Result<Kernel> depthwise_conv_2d(const Site& site) {
  const auto& op = std::get<DepthwiseConv2d>(site.node.op);
  const Geometry g = geometry_of(site, op.window, site.in(1).shape[1], site.in(1).shape[2]);
  const auto types = layer_types(site);
  if (!types) return std::unexpected(types.error());

  if (*types == LayerTypes::float32 || *types == LayerTypes::dynamic_range) {
    const auto clamp = real_clamp(op.activation);
    if (!clamp) return std::unexpected(clamp.error());
    if (*types == LayerTypes::dynamic_range) {
      auto scales = dynamic_range_scales(site, static_cast<std::size_t>(g.out_c));
      if (!scales) return std::unexpected(scales.error());
      return dynamic_range_kernel(g, *clamp, site.in(1).grid.per_channel() ? quantize_asymmetric : quantize_symmetric, std::move(*scales));
    }
    return [g, range = *clamp](const Operands& operands) {
      const auto *input = operands.in<float>(0), *kernel = operands.in<float>(1), *bias = operands.in<float>(2);
      float* output = operands.out<float>();
      convolve<float>(
          g, [&](std::int64_t x, std::int64_t w, std::int64_t) { return input[x] * kernel[w]; },
          [&](std::int64_t out, std::int64_t o, float sum) { output[out] = std::clamp(bias ? sum + bias[o] : sum, range.lowest, range.highest); });
    };
  }
  auto layer = integer_layer(site, op.activation, static_cast<std::size_t>(g.out_c), ScaleProduct::in_double);
  if (!layer) return std::unexpected(layer.error());
  if (*types == LayerTypes::int8) return integer_kernel<std::int8_t, std::int32_t>(g, std::move(*layer));
  if (*types == LayerTypes::int16_narrow) return integer_kernel<std::int16_t, std::int32_t>(g, std::move(*layer));
  return integer_kernel<std::int16_t, std::int64_t>(g, std::move(*layer));
}

}  // namespace edgewise::kernels::reference
