// DEPTHWISE_CONV_2D, fast: 4 pixels by 8 channels at a time, several taps of a column at once.
//
// Dot products want the taps of one channel side by side. For each output row its input rows are woven into a strip: 2 or 4 rows of the kernel's height, element
// by element, so a strip serves all of the row's pixels (neighbours share most of their taps). Floats take single taps and need no strip.
// Weights are packed [C/8][kH/taps][kW][8][taps]; rows beyond the kernel's last have weight 0.
#include <utility>

#include "core/kernels/reference/reference.h"
#include "core/kernels/simd/layer.h"
#include "core/kernels/simd/simd.h"

namespace edgewise::kernels::simd {

Result<Kernel> depthwise_of_one_channel(const Site& site);   // in conv_2d.cpp

namespace {

/// Weaves `count` elements of 2 or 4 rows: strip[i][row]. Works on 16 bytes of each, so it may read and write up to that beyond the end.
void weave(const std::int16_t* const* rows, std::size_t count, std::int16_t* strip) {
  for (std::size_t i = 0; i < count; i += 8, strip += 16) {
    const auto a = load<Int16x8>(rows[0] + i), b = load<Int16x8>(rows[1] + i);
    store(strip, __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11));
    store(strip + 8, __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15));
  }
}
[[maybe_unused]] void weave(const std::uint8_t* const* rows, std::size_t count, std::uint8_t* strip) {
  for (std::size_t i = 0; i < count; i += 16, strip += 64) {
    const auto a = load<UInt8x16>(rows[0] + i), b = load<UInt8x16>(rows[1] + i), c = load<UInt8x16>(rows[2] + i), d = load<UInt8x16>(rows[3] + i);
    const auto low = [](UInt8x16 x, UInt8x16 y) {
      return reinterpret_cast<Int16x8>(__builtin_shufflevector(x, y, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
    };
    const auto high = [](UInt8x16 x, UInt8x16 y) {
      return reinterpret_cast<Int16x8>(__builtin_shufflevector(x, y, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
    };
    const Int16x8 ab = low(a, b), cd = low(c, d), ab_high = high(a, b), cd_high = high(c, d);
    store(strip, __builtin_shufflevector(ab, cd, 0, 8, 1, 9, 2, 10, 3, 11));
    store(strip + 16, __builtin_shufflevector(ab, cd, 4, 12, 5, 13, 6, 14, 7, 15));
    store(strip + 32, __builtin_shufflevector(ab_high, cd_high, 0, 8, 1, 9, 2, 10, 3, 11));
    store(strip + 48, __builtin_shufflevector(ab_high, cd_high, 4, 12, 5, 13, 6, 14, 7, 15));
  }
}

/// sums[panel][p][8] of `panels` panels, one after another, for `pixels` pixels, `stride` apart; their taps at `offsets` from each.
template <class A>
[[gnu::noinline]] void sum_channels(std::span<const std::uint32_t> offsets, const typename A::X* pixel, std::size_t stride, const typename A::Weight* weights,
                                    const typename A::Sum* start, std::size_t pixels, std::size_t panels, typename A::Sum* sums) {
  using Lanes = typename A::Lanes;
  for (; panels > 0; --panels, pixel += lanes * A::step, start += lanes, weights += offsets.size() * lanes * A::step) {
    const typename A::X* x = pixel;
    const auto tile = [&]<std::size_t P>(std::integral_constant<std::size_t, P>) {
      Lanes low[P], high[P];
      for (std::size_t p = 0; p < P; ++p) {
        low[p] = load<Lanes>(start);
        high[p] = load<Lanes>(start + 4);
      }
      const typename A::Weight* w = weights;
      for (const std::uint32_t offset : offsets) {
        const Lanes w_low = load<Lanes>(w), w_high = load<Lanes>(w + 4 * A::step);
        w += lanes * A::step;
        for (std::size_t p = 0; p < P; ++p) {
          low[p] = A::add(low[p], load<Lanes>(x + offset + p * stride), w_low);
          high[p] = A::add(high[p], load<Lanes>(x + offset + p * stride + 4 * A::step), w_high);
        }
      }
      for (std::size_t p = 0; p < P; ++p, sums += lanes) {
        store(sums, low[p]);
        store(sums + 4, high[p]);
      }
      x += P * stride;
    };
    // The sums of a tile stay in registers, 16 on most machines; a tile of one pixel takes nearly as long as one of four, so none is left over.
    std::size_t left = pixels;
    for (; left > 6; left -= 4) tile(std::integral_constant<std::size_t, 4>());
    switch (left) {
      case 6: tile(std::integral_constant<std::size_t, 6>()); break;
      case 5: tile(std::integral_constant<std::size_t, 5>()); break;
      case 4: tile(std::integral_constant<std::size_t, 4>()); break;
      case 3: tile(std::integral_constant<std::size_t, 3>()); break;
      case 2: tile(std::integral_constant<std::size_t, 2>()); break;
      default: if (left == 1) tile(std::integral_constant<std::size_t, 1>()); break;
    }
  }
}

/// The rows under one output row, woven in bands of the taps that a word holds. Floats are read where they are.
template <class A>
class Strip {
 public:
  Strip(const Geometry& g, std::size_t row_length)
      : kernel_h_(g.kernel_h), row_distance_(static_cast<std::size_t>(g.dilation_h) * row_length), row_length_(row_length),
        bands_((static_cast<std::size_t>(g.kernel_h) + A::step - 1) / A::step),
        band_distance_(A::step == 1 ? row_distance_ : (row_length + 15) / 16 * 16 * A::step), elements_(A::step == 1 ? 0 : bands_ * band_distance_ + 16 * A::step) {}
  std::size_t bands() const { return bands_; }
  /// From a band's first element to the next band's.
  std::size_t band_distance() const { return band_distance_; }
  /// `row` is the first of the image's rows under the output row.
  const typename A::X* fill(const typename A::X* row) {
    if constexpr (A::step == 1) return row;
    else {
      for (std::size_t band = 0; band < bands_; ++band) {
        const typename A::X* rows[A::step];
        for (std::size_t i = 0; i < A::step; ++i)
          rows[i] = row + static_cast<std::size_t>(std::min(static_cast<std::int64_t>(band * A::step + i), kernel_h_ - 1)) * row_distance_;
        weave(rows, row_length_, elements_.data() + band * band_distance_);
      }
      return elements_.data();
    }
  }

 private:
  std::int64_t kernel_h_;
  std::size_t row_distance_, row_length_, bands_, band_distance_;
  std::vector<typename A::X> elements_;
};

template <class Intake, class Finish>
[[gnu::cold]] std::optional<Kernel> kernel(const Geometry& layer, const Slots& slots, const Value& weights, Intake intake, Finish finish) {
  using A = typename Intake::A;
  using T = typename Intake::T;
  const std::int64_t multiplier = layer.out_c / layer.in_c;
  Geometry g = layer;
  g.in_c = g.out_c;  // of the padded image: each channel as often as it is asked for
  auto images = Images<Intake>::make(g, multiplier, intake);
  if (!images) return {};
  Strip<A> strip(g, static_cast<std::size_t>(images->at(1, 0)));
  std::vector<std::uint32_t> offsets;
  for (std::size_t band = 0; band < strip.bands(); ++band)
    for (std::int64_t kx = 0; kx < g.kernel_w; ++kx)
      offsets.push_back(static_cast<std::uint32_t>(band * strip.band_distance() + static_cast<std::size_t>(images->at(0, kx * g.dilation_w)) * A::step));

  const auto file = weights.view().template as<typename Intake::FileWeight>();
  const auto channels = static_cast<std::size_t>(g.out_c), kernel_h = static_cast<std::size_t>(g.kernel_h), kernel_w = static_cast<std::size_t>(g.kernel_w);
  const std::size_t panel_size = offsets.size() * lanes * A::step;
  std::vector<typename A::Weight> packed(slots.count() / lanes * panel_size);
  for (std::size_t c = 0; c < channels; ++c)
    for (std::size_t ky = 0; ky < kernel_h; ++ky)
      for (std::size_t kx = 0; kx < kernel_w; ++kx)
        packed[c / lanes * panel_size + ((ky / A::step * kernel_w + kx) * lanes + c % lanes) * A::step + ky % A::step] =
            intake.weight(file[(ky * kernel_w + kx) * channels + c], c);

  return shared_kernel([g, channels, panel_size, images = std::move(*images), strip = std::move(strip), offsets = std::move(offsets), packed = std::move(packed),
                        intake = std::move(intake), finish = std::move(finish)](const Operands& operands) mutable {
    constexpr std::size_t most_pixels = 8, most_panels = 8;   // whose sums are kept before they are finished
    typename A::Sum sums[most_pixels * most_panels * lanes];
    T* output = operands.out<T>();
    const auto out_w = static_cast<std::size_t>(g.out_w), stride = static_cast<std::size_t>(images.at(0, g.stride_w)) * A::step;
    for (std::int64_t n = 0; n < g.batch; ++n) {
      const auto* filled = images.fill(operands, n, intake, finish);
      for (std::int64_t y = 0; y < g.out_h; ++y, output += out_w * channels) {
        const auto* row = strip.fill(filled + images.at(y * g.stride_h, 0));
        for (std::size_t c = 0; c < channels; c += most_panels * lanes)
          for (std::size_t x = 0; x < out_w; x += most_pixels) {
            const std::size_t pixels = std::min(most_pixels, out_w - x), count = std::min(most_panels * lanes, channels - c);
            sum_channels<A>(offsets, row + x * stride + c * A::step, stride, packed.data() + c / lanes * panel_size, intake.start.data() + c, pixels,
                            (count + lanes - 1) / lanes, sums);
            finish(sums, pixels, c, count, output + x * channels + c, channels);
          }
      }
    }
  });
}

std::optional<Kernel> prepare(const Site& site, const Geometry& g, Activation activation) {
  const Slots slots{1, static_cast<std::size_t>(g.out_c)};
  // Narrow weights would need the sum of the activations by channel, as much work as the products.
  Site here = site;
  if (here.relaxed_dot == RelaxedDot::i7) here.relaxed_dot = RelaxedDot::none;
  return for_types(here, activation, slots, ScaleProduct::in_double, [&](std::size_t i) { return i % slots.per_group; },
                   [&](auto intake, auto finish) -> std::optional<Kernel> {
                     if constexpr (decltype(intake)::A::takes_off_inputs) return {};
                     else return kernel(g, slots, site.in(1), std::move(intake), std::move(finish));
                   });
}

}  // namespace

Result<Kernel> depthwise_conv_2d(const Site& site) {
  const auto& op = std::get<DepthwiseConv2d>(site.node.op);
  const Geometry g = geometry_of(site, op.window, site.in(1).shape[1], site.in(1).shape[2]);
  if (g.in_c == 1 && g.out_c > 1) return depthwise_of_one_channel(site);
  if (auto fast = prepare(site, g, op.activation)) return std::move(*fast);
  return reference::depthwise_conv_2d(site);
}

}  // namespace edgewise::kernels::simd
