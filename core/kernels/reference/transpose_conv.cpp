// TRANSPOSE_CONV: the output shape, weights [O,kH,kW,C], input [N,H,W,C], bias [O]  ->  [N,H',W',O]. Each input pixel is spread over a window of the output.
//
//   integers  acc = sum of what reaches an output + bias,  code = zero + acc * multiplier by output channel, clamped
// The padding is what a convolution from the output to the input would have. Source: TensorFlow Lite, reference/transpose_conv.h and integer_ops/transpose_conv.h.
#include <algorithm>

#include "core/graph/infer.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

struct Spread {
  std::int64_t batch, in_h, in_w, in_c, out_h, out_w, out_c, kernel_h, kernel_w, stride_h, stride_w, before_h, before_w;

  /// sums[output] += term(input, weight, output channel), for one image; `sums` has out_h * out_w * out_c elements.
  template <class Sum, class Term>
  void run(std::int64_t n, std::vector<Sum>& sums, Term term) const {
    std::ranges::fill(sums, Sum{0});
    for (std::int64_t y = 0; y < in_h; ++y)
      for (std::int64_t x = 0; x < in_w; ++x)
        for (std::int64_t c = 0; c < in_c; ++c) {
          const std::int64_t in = ((n * in_h + y) * in_w + x) * in_c + c;
          for (std::int64_t ky = 0; ky < kernel_h; ++ky) {
            const std::int64_t out_y = y * stride_h - before_h + ky;
            if (out_y < 0 || out_y >= out_h) continue;
            for (std::int64_t kx = 0; kx < kernel_w; ++kx) {
              const std::int64_t out_x = x * stride_w - before_w + kx;
              if (out_x < 0 || out_x >= out_w) continue;
              for (std::int64_t o = 0; o < out_c; ++o)
                sums[static_cast<std::size_t>((out_y * out_w + out_x) * out_c + o)] += term(in, ((o * kernel_h + ky) * kernel_w + kx) * in_c + c, o);
            }
          }
        }
  }
  std::size_t outputs() const { return static_cast<std::size_t>(out_h * out_w * out_c); }
};

template <class T, class Weight, class Sum, class Bias>
Kernel integer_kernel(const Spread& spread, IntegerLayer prepared) {
  return [s = spread, layer = std::move(prepared), sums = std::vector<Sum>(spread.outputs())](const Operands& operands) mutable {
    const T* input = operands.in<T>(2);
    const auto* weights = operands.in<Weight>(1);
    const auto* bias = operands.in<Bias>(3);
    T* output = operands.out<T>();
    const auto channels = static_cast<std::size_t>(s.out_c);
    for (std::int64_t n = 0; n < s.batch; ++n) {
      s.run(n, sums, [&](std::int64_t x, std::int64_t w, std::int64_t o) {
        return static_cast<Sum>((input[x] - layer.input_zero) * (weights[w] - layer.weight_zero[static_cast<std::size_t>(o)]));
      });
      for (std::size_t i = 0; i < sums.size(); ++i) {
        const std::size_t o = i % channels;
        *output++ = static_cast<T>(requantize(bias ? sums[i] + static_cast<Sum>(bias[o]) : sums[i], layer.multiplier[o], layer.output));
      }
    }
  };
}

Kernel float_kernel(const Spread& spread, RealClamp range) {
  return [s = spread, range, sums = std::vector<float>(spread.outputs())](const Operands& operands) mutable {
    const auto *input = operands.in<float>(2), *weights = operands.in<float>(1), *bias = operands.in<float>(3);
    float* output = operands.out<float>();
    for (std::int64_t n = 0; n < s.batch; ++n) {
      s.run(n, sums, [&](std::int64_t x, std::int64_t w, std::int64_t) { return input[x] * weights[w]; });
      for (std::size_t i = 0; i < sums.size(); ++i)
        *output++ = std::clamp(bias ? sums[i] + bias[i % static_cast<std::size_t>(s.out_c)] : sums[i], range.lowest, range.highest);
    }
  };
}

}  // namespace

Result<Kernel> transpose_conv(const Site& site) {
  const auto& op = std::get<TransposeConv>(site.node.op);
  const Value &x = site.in(2), &w = site.in(1), &y = site.out();
  const Value* bias = site.optional(3);
  const Shape &in = x.shape, &weights = w.shape, &out = y.shape;
  const Window& window = op.window;
  const Extent h = window_extent(out[1], static_cast<int>(weights[1]), window.stride_h, 1, window.padding);
  const Extent v = window_extent(out[2], static_cast<int>(weights[2]), window.stride_w, 1, window.padding);
  const Spread spread{in[0],   in[1],      in[2],      in[3],           out[1],          out[2],   out[3],
                      weights[1], weights[2], window.stride_h, window.stride_w, h.before, v.before};
  const auto clamp = real_clamp(op.activation);
  if (!clamp) return std::unexpected(clamp.error());
  const auto has_bias = [&](DType type) { return bias == nullptr || bias->type == type; };
  if (x.type != y.type) return no_kernel(site);
  if (x.type == DType::float32 && w.type == x.type && has_bias(x.type)) return float_kernel(spread, *clamp);

  const bool is_unsigned = x.type == DType::uint8;
  auto layer = integer_layer(site, op.activation, static_cast<std::size_t>(out[3]), is_unsigned ? ScaleProduct::in_float : ScaleProduct::in_double, 2, 3);
  if (!layer) return std::unexpected(layer.error());
  if (is_unsigned && w.type == x.type && has_bias(DType::int32)) return integer_kernel<std::uint8_t, std::uint8_t, std::int32_t, std::int32_t>(spread, std::move(*layer));
  if (w.type != DType::int8) return no_kernel(site);
  if (x.type == DType::int8 && has_bias(DType::int32)) return integer_kernel<std::int8_t, std::int8_t, std::int32_t, std::int32_t>(spread, std::move(*layer));
  for (const Multiplier& by : layer->multiplier)
    if (x.type == DType::int16 && by.shift > 7) return fail("the scales' ratio is above 2^7, the limit of 64-bit accumulators");
  if (x.type == DType::int16 && has_bias(DType::int64)) return integer_kernel<std::int16_t, std::int8_t, std::int64_t, std::int64_t>(spread, std::move(*layer));
  if (x.type == DType::int16 && has_bias(DType::int16)) return integer_kernel<std::int16_t, std::int8_t, std::int64_t, std::int16_t>(spread, std::move(*layer));
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
