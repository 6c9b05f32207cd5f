// What the fast layers share: the input as one padded image of steps from zero, so that no tap asks whether it is inside; and how sums become outputs.
//
// Integers are widened to int16 less their zero point (padding is then 0, and asymmetric weights cost nothing); floats stay floats.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/kernels/site.h"

namespace edgewise::kernels::simd {

constexpr std::size_t lanes = 8;   ///< output channels computed together; weights of channels beyond the last are 0
constexpr std::uint64_t most_elements = 1u << 24;   ///< of a padded image or packed weights; what is larger is left to the reference, which takes no memory

/// One image with its border, filled anew for each image of a batch. X is int16 or float.
template <class X>
class PaddedImage {
 public:
  /// Nothing when the border would be out of proportion (a huge dilation over a small image): then the reference runs.
  static std::optional<PaddedImage> make(const Geometry& g) {
    PaddedImage image;
    image.height_ = std::max(g.before_h + g.in_h, (g.out_h - 1) * g.stride_h + (g.kernel_h - 1) * g.dilation_h + 1);
    image.width_ = std::max(g.before_w + g.in_w, (g.out_w - 1) * g.stride_w + (g.kernel_w - 1) * g.dilation_w + 1);
    constexpr std::int64_t farthest = 1 << 24, little = 1 << 16;
    if (image.height_ > farthest || image.width_ > farthest || image.height_ * image.width_ > 4 * g.in_h * g.in_w + little / g.in_c) return {};
    if (static_cast<std::uint64_t>(image.height_ * image.width_) > most_elements / static_cast<std::uint64_t>(g.in_c)) return {};
    image.geometry_ = g;
    image.steps_.resize(static_cast<std::size_t>(image.height_ * image.width_ * g.in_c) + lanes);  // the last loads reach past the end, onto zero weights
    return image;
  }
  template <class T>
  void fill(const T* input, std::int64_t n, std::int32_t zero_point) {
    const Geometry& g = geometry_;
    for (std::int64_t y = 0; y < g.in_h; ++y) {
      const T* from = input + (n * g.in_h + y) * g.in_w * g.in_c;
      X* to = steps_.data() + at(y + g.before_h, g.before_w);
      for (std::int64_t i = 0; i < g.in_w * g.in_c; ++i) to[i] = static_cast<X>(from[i] - static_cast<X>(zero_point));
    }
  }
  /// Offset of the first channel of a position of the padded image.
  std::int64_t at(std::int64_t y, std::int64_t x) const { return (y * width_ + x) * geometry_.in_c; }
  /// Offset of the first tap of output `pixel`, counted row by row.
  std::int64_t origin(std::int64_t pixel) const { return at(pixel / geometry_.out_w * geometry_.stride_h, pixel % geometry_.out_w * geometry_.stride_w); }
  const X* data() const { return steps_.data(); }

 private:
  Geometry geometry_{};
  std::int64_t height_ = 0, width_ = 0;
  std::vector<X> steps_;
};

/// Sums of floats to outputs: + bias, clamped.
struct FinishFloat {
  RealClamp range;
  using T = float;
  using Weight = float;
  using Bias = float;
  static constexpr std::int32_t input_zero() { return 0; }
  static constexpr float weight_zero(std::size_t) { return 0.0f; }
  float operator()(float sum, std::size_t channel, const float* bias) const { return std::clamp(bias ? sum + bias[channel] : sum, range.lowest, range.highest); }
};

/// Sums of integers to codes. B is the accumulator: int32, or int64 with the 64-bit bias of 16-bit activations.
template <class Code, class B>
struct FinishInteger {
  IntegerLayer layer;
  using T = Code;
  using Weight = std::int8_t;
  using Bias = B;
  std::int32_t input_zero() const { return layer.input_zero; }
  std::int32_t weight_zero(std::size_t channel) const { return layer.weight_zero[channel]; }
  Code operator()(std::int32_t sum, std::size_t channel, const B* bias) const {
    return static_cast<Code>(requantize(bias ? B{sum} + bias[channel] : B{sum}, layer.multiplier[channel], layer.output));
  }
};

/// Whether the sums of products of every output channel stay inside int32 whatever the 16-bit input: check() promises it for 32-bit accumulators, not for 64.
template <class ChannelOf>
bool sums_fit(std::span<const std::int8_t> weights, const IntegerLayer& layer, ChannelOf channel_of) {
  std::vector<std::int64_t> sums(layer.multiplier.size(), 0);
  for (std::size_t i = 0; i < weights.size(); ++i) sums[channel_of(i)] += std::abs(weights[i] - layer.weight_zero[channel_of(i)]);
  return std::ranges::all_of(sums, [](std::int64_t sum) { return sum * (1 << 15) < std::int64_t{1} << 31; });
}

/// make(finish) for the types of the site; nothing where the reference has to serve. `channel_of(i)` is the output channel of weight i in the file.
template <class ChannelOf, class Make>
std::optional<Kernel> for_types(const Site& site, Activation activation, std::size_t channels, ScaleProduct product, ChannelOf channel_of, Make make) {
  const auto types = layer_types(site);
  const Value& weights = site.in(1);
  if (!types || *types == LayerTypes::dynamic_range || !weights.is_constant()) return {};
  const std::uint64_t packed_channels = channels + lanes;  // rounding up to whole panels adds less than this
  if (weights.shape.elements() / channels > most_elements / packed_channels) return {};
  if (*types == LayerTypes::float32) {
    const auto clamp = real_clamp(activation);
    return clamp ? make(FinishFloat{*clamp}) : std::nullopt;
  }
  auto layer = integer_layer(site, activation, channels, product);
  if (!layer) return {};
  if (*types == LayerTypes::int8) return make(FinishInteger<std::int8_t, std::int32_t>{std::move(*layer)});
  if (*types == LayerTypes::int16_narrow) return make(FinishInteger<std::int16_t, std::int32_t>{std::move(*layer)});
  if (!sums_fit(weights.view().as<std::int8_t>(), *layer, channel_of)) return {};
  return make(FinishInteger<std::int16_t, std::int64_t>{std::move(*layer)});
}

}  // namespace edgewise::kernels::simd
