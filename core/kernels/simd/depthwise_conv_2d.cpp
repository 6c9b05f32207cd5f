// DEPTHWISE_CONV_2D, fast: 8 channels of one pixel at a time; integers take two taps at once, interleaved. Serves one output channel per input channel.
//
// Weights are packed [C/8][taps][8], integers [C/8][taps/2][8][2]; a missing second tap has weight 0.
#include <array>

#include "core/kernels/reference/reference.h"
#include "core/kernels/simd/lanes.h"
#include "core/kernels/simd/simd.h"
#include "core/kernels/simd/window.h"

namespace edgewise::kernels::simd {

Result<Kernel> depthwise_of_one_channel(const Site& site);   // in conv_2d.cpp

namespace {

/// Offsets of the taps from the pixel's first; for integers an even count, the last repeated if need be.
std::vector<std::int64_t> taps_of(const Geometry& g, std::int64_t image_row, std::size_t multiple) {
  std::vector<std::int64_t> taps;
  for (std::int64_t ky = 0; ky < g.kernel_h; ++ky)
    for (std::int64_t kx = 0; kx < g.kernel_w; ++kx) taps.push_back(ky * g.dilation_h * image_row + kx * g.dilation_w * g.in_c);
  while (taps.size() % multiple != 0) taps.push_back(taps.back());
  return taps;
}

struct Integers {
  using X = std::int16_t;
  using Sum = std::int32_t;
  static constexpr std::size_t step = 2;
  static void sum(std::span<const std::int64_t> taps, const X* x, const X* w, Sum (&sums)[lanes]) {
    Int32x4 low{}, high{};
    for (std::size_t t = 0; t < taps.size(); t += 2, w += 2 * lanes) {
      const auto a = load<Int16x8>(x + taps[t]), b = load<Int16x8>(x + taps[t + 1]);
      low += dot_pairs(interleave_low(a, b), load<Int16x8>(w));
      high += dot_pairs(interleave_high(a, b), load<Int16x8>(w + lanes));
    }
    store(sums, low);
    store(sums + lanes / 2, high);
  }
};

struct Floats {
  using X = float;
  using Sum = float;
  static constexpr std::size_t step = 1;
  static void sum(std::span<const std::int64_t> taps, const X* x, const X* w, Sum (&sums)[lanes]) {
    Float32x4 low{}, high{};
    for (std::size_t t = 0; t < taps.size(); ++t, w += lanes) {
      low += load<Float32x4>(x + taps[t]) * load<Float32x4>(w);
      high += load<Float32x4>(x + taps[t] + lanes / 2) * load<Float32x4>(w + lanes / 2);
    }
    store(sums, low);
    store(sums + lanes / 2, high);
  }
};

template <class A, class File, class Finish, class Bias>
std::optional<Kernel> kernel(const Geometry& g, const Value& weights, std::int32_t input_zero, std::span<const std::int32_t> weight_zero, Finish finish) {
  auto image = PaddedImage<typename A::X>::make(g);
  if (!image) return {};
  const auto channels = static_cast<std::size_t>(g.out_c), kernel_taps = static_cast<std::size_t>(g.kernel_h * g.kernel_w);
  auto taps = taps_of(g, image->at(1, 0), A::step);
  std::vector<typename A::X> packed((channels + lanes - 1) / lanes * lanes * taps.size());
  const auto file = weights.view().as<File>();
  for (std::size_t c = 0; c < channels; ++c)
    for (std::size_t t = 0; t < kernel_taps; ++t)
      packed[c / lanes * lanes * taps.size() + (t / A::step * lanes + c % lanes) * A::step + t % A::step] =
          static_cast<typename A::X>(file[t * channels + c] - static_cast<typename A::X>(weight_zero.empty() ? 0 : weight_zero[c]));

  return [g, input_zero, channels, image = std::move(*image), taps = std::move(taps), packed = std::move(packed), finish = std::move(finish)](const Operands& operands) mutable {
    using T = typename Finish::T;
    const T* input = operands.in<T>(0);
    const Bias* bias = operands.in<Bias>(2);
    T* output = operands.out<T>();
    for (std::int64_t n = 0; n < g.batch; ++n) {
      image.fill(input, n, input_zero);
      for (std::int64_t pixel = 0; pixel < g.out_h * g.out_w; ++pixel, output += channels) {
        const auto* x = image.data() + image.origin(pixel);
        for (std::size_t c = 0; c < channels; c += lanes) {
          typename A::Sum sums[lanes];
          A::sum(taps, x + c, packed.data() + c * taps.size(), sums);
          const std::size_t count = std::min(lanes, channels - c);
          for (std::size_t j = 0; j < count; ++j) output[c + j] = finish(sums[j], c + j, bias);
        }
      }
    }
  };
}

std::optional<Kernel> prepare(const Site& site, const Geometry& g, Activation activation) {
  const auto types = layer_types(site);
  const Value& weights = site.in(1);
  if (!types || *types == LayerTypes::dynamic_range || !weights.is_constant()) return {};
  if (*types == LayerTypes::float32) {
    const auto clamp = real_clamp(activation);
    if (!clamp) return {};
    return kernel<Floats, float, FinishFloat, float>(g, weights, 0, {}, FinishFloat{*clamp});
  }
  auto layer = integer_layer(site, activation, static_cast<std::size_t>(g.out_c), ScaleProduct::in_double);
  if (!layer) return {};
  const std::int32_t zero = layer->input_zero;
  const std::vector<std::int32_t> weight_zero = layer->weight_zero;
  const auto integers = [&]<class Code, class B>(Code, B) {
    using Finish = FinishInteger<Code, B>;
    return kernel<Integers, std::int8_t, Finish, B>(g, weights, zero, weight_zero, Finish{std::move(*layer)});
  };
  switch (*types) {
    case LayerTypes::int8: return integers(std::int8_t{}, std::int32_t{});
    case LayerTypes::int16_narrow: return integers(std::int16_t{}, std::int32_t{});
    case LayerTypes::int16:
      if (!sums_fit(weights.view().as<std::int8_t>(), *layer, [&](std::size_t i) { return i % static_cast<std::size_t>(g.out_c); })) return {};
      return integers(std::int16_t{}, std::int64_t{});
    case LayerTypes::float32: case LayerTypes::dynamic_range: break;
  }
  return {};
}

}  // namespace

Result<Kernel> depthwise_conv_2d(const Site& site) {
  const auto& op = std::get<DepthwiseConv2d>(site.node.op);
  const Geometry g = geometry_of(site, op.window, site.in(1).shape[1], site.in(1).shape[2]);
  if (g.in_c == 1 && g.out_c > 1) return depthwise_of_one_channel(site);
  if (g.in_c == g.out_c)
    if (auto fast = prepare(site, g, op.activation)) return std::move(*fast);
  return reference::depthwise_conv_2d(site);
}

}  // namespace edgewise::kernels::simd
