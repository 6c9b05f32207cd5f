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

template <class Finish>
std::optional<Kernel> kernel(const Geometry& g, const Value& weights, Finish finish) {
  using T = typename Finish::T;
  using A = std::conditional_t<std::is_same_v<T, float>, Floats, Integers>;
  using X = typename A::X;
  auto image = PaddedImage<X>::make(g);
  if (!image) return {};
  const auto channels = static_cast<std::size_t>(g.out_c), kernel_taps = static_cast<std::size_t>(g.kernel_h * g.kernel_w);
  auto taps = taps_of(g, image->at(1, 0), A::step);
  std::vector<X> packed((channels + lanes - 1) / lanes * lanes * taps.size());
  const auto file = weights.view().as<typename Finish::Weight>();
  for (std::size_t c = 0; c < channels; ++c)
    for (std::size_t t = 0; t < kernel_taps; ++t)
      packed[c / lanes * lanes * taps.size() + (t / A::step * lanes + c % lanes) * A::step + t % A::step] =
          static_cast<X>(file[t * channels + c] - finish.weight_zero(c));

  return [g, channels, image = std::move(*image), taps = std::move(taps), packed = std::move(packed), finish = std::move(finish)](const Operands& operands) mutable {
    const T* input = operands.in<T>(0);
    const auto* bias = operands.in<typename Finish::Bias>(2);
    T* output = operands.out<T>();
    for (std::int64_t n = 0; n < g.batch; ++n) {
      image.fill(input, n, finish.input_zero());
      for (std::int64_t pixel = 0; pixel < g.out_h * g.out_w; ++pixel, output += channels) {
        const X* x = image.data() + image.origin(pixel);
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
  const auto channels = static_cast<std::size_t>(g.out_c);
  return for_types(site, activation, channels, ScaleProduct::in_double, [channels](std::size_t i) { return i % channels; },
                   [&](auto finish) { return kernel(g, site.in(1), std::move(finish)); });
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
