// A convolution as sums over panels of 8 output channels: a tile of pixels by one panel stays in registers, while the taps go by.
//
// Weights are packed [group][panel][step][8][taps of a step]: two loads bring what one step needs. Functions are small and called often, so that a browser
// soon swaps its first translation of them for the optimised one. What only makes ready is marked cold: compiled for size.
#pragma once

#include "core/kernels/simd/arithmetic.h"
#include "core/kernels/simd/window.h"

namespace edgewise::kernels::simd {

/// How output channels lie in panels. Each group's fill whole panels; a slot is a place in one.
struct Slots {
  std::size_t groups, per_group;   ///< output channels of a group
  std::size_t panels() const { return (per_group + lanes - 1) / lanes; }   ///< of a group
  std::size_t count() const { return groups * panels() * lanes; }
  /// Output channel of each slot, -1 where there is none.
  [[gnu::cold]] std::vector<std::int32_t> channels() const {
    std::vector<std::int32_t> of(count(), -1);
    for (std::size_t o = 0; o < groups * per_group; ++o) of[o / per_group * panels() * lanes + o % per_group] = static_cast<std::int32_t>(o);
    return of;
  }
};

/// Weights of a convolution, packed for one arithmetic.
template <class A>
struct Packed {
  Slots slots;
  std::vector<std::uint32_t> offsets;   ///< of each step's word of taps, from the pixel's first tap
  std::size_t panel_size = 0;
  std::vector<typename A::Weight> weights;

  /// The runs of taps that lie side by side, each `taps` long, start at `runs` from the pixel's first; weight(channel, i) is tap i of all runs, `padding` the
  /// weight of taps that fill up a run's last word.
  template <class Weight>
  [[gnu::cold]] static Packed make(const Slots& slots, std::span<const std::uint32_t> runs, std::size_t taps, typename A::Weight padding, Weight weight) {
    Packed packed{slots, {}, 0, {}};
    const std::size_t steps = (taps + A::step - 1) / A::step;
    for (const std::uint32_t run : runs)
      for (std::size_t step = 0; step < steps; ++step) packed.offsets.push_back(run + static_cast<std::uint32_t>(step * A::step));
    packed.panel_size = packed.offsets.size() * lanes * A::step;
    packed.weights.resize(slots.count() / lanes * packed.panel_size, padding);
    const std::vector<std::int32_t> channels = slots.channels();
    for (std::size_t slot = 0; slot < channels.size(); ++slot)
      for (std::size_t run = 0; channels[slot] >= 0 && run < runs.size(); ++run)
        for (std::size_t i = 0; i < taps; ++i)
          packed.weights[slot / lanes * packed.panel_size + ((run * steps + i / A::step) * lanes + slot % lanes) * A::step + i % A::step] =
              weight(static_cast<std::size_t>(channels[slot]), run * taps + i);
    return packed;
  }
};

/// sums[panel][p][8] of `panels` panels, one after another, for P pixels.
template <class A, std::size_t P>
[[gnu::noinline]] void sum_tile(std::span<const std::uint32_t> offsets, const typename A::X* const* pixels, const typename A::Weight* weights,
                                const typename A::Sum* start, std::size_t panels, typename A::Sum* sums) {
  using Lanes = typename A::Lanes;
  const typename A::X* x[P];
  for (std::size_t p = 0; p < P; ++p) x[p] = pixels[p];
  for (; panels > 0; --panels, start += lanes, sums += P * lanes) {
    Lanes low[P], high[P];
    for (std::size_t p = 0; p < P; ++p) {
      low[p] = load<Lanes>(start);
      high[p] = load<Lanes>(start + 4);
    }
    for (const std::uint32_t offset : offsets) {
      const Lanes w_low = load<Lanes>(weights), w_high = load<Lanes>(weights + 4 * A::step);
      weights += lanes * A::step;
      for (std::size_t p = 0; p < P; ++p) {
        const auto taps = splat_word<Lanes>(x[p] + offset);
        low[p] = A::add(low[p], taps, w_low);
        high[p] = A::add(high[p], taps, w_high);
      }
    }
    for (std::size_t p = 0; p < P; ++p) {
      store(sums + p * lanes, low[p]);
      store(sums + p * lanes + 4, high[p]);
    }
  }
}

/// sums[panel][8] of `panels` panels for one pixel, N at a time.
template <class A, std::size_t N>
[[gnu::noinline]] void sum_pixel(std::span<const std::uint32_t> offsets, const typename A::X* pixel, const typename A::Weight* weights, const typename A::Sum* start,
                                 std::size_t panels, typename A::Sum* sums) {
  using Lanes = typename A::Lanes;
  const std::size_t panel_size = offsets.size() * lanes * A::step;
  for (; panels >= N; panels -= N, start += N * lanes, sums += N * lanes, weights += (N - 1) * panel_size) {
    Lanes low[N], high[N];
    for (std::size_t n = 0; n < N; ++n) {
      low[n] = load<Lanes>(start + n * lanes);
      high[n] = load<Lanes>(start + n * lanes + 4);
    }
    for (const std::uint32_t offset : offsets) {
      const auto taps = splat_word<Lanes>(pixel + offset);
      for (std::size_t n = 0; n < N; ++n) {
        low[n] = A::add(low[n], taps, load<Lanes>(weights + n * panel_size));
        high[n] = A::add(high[n], taps, load<Lanes>(weights + n * panel_size + 4 * A::step));
      }
      weights += lanes * A::step;
    }
    for (std::size_t n = 0; n < N; ++n) {
      store(sums + n * lanes, low[n]);
      store(sums + n * lanes + 4, high[n]);
    }
  }
}

/// What Narrow's weight origin adds to every sum of a pixel.
template <class A>
typename A::Sum origin_share(std::span<const std::uint32_t> offsets, const typename A::X* pixel) {
  using Lanes = typename A::Lanes;
  constexpr std::uint32_t origins = 0x01010101u * A::weight_origin;
  Lanes sum{};
  for (const std::uint32_t offset : offsets) sum = A::add(sum, splat_word<Lanes>(pixel + offset), Lanes{} + origins);
  return sum[0];
}

/// Sums of the pixels at `origins` of `image` over all panels, finished some panels at a time: finish(sums, rows, slot, channels, output, stride) takes sums
/// [panel][rows][8] of the channels from `slot` on.
template <class A, class T, class Finish>
void convolve(const Packed<A>& packed, const typename A::X* image, std::span<const std::uint32_t> origins, std::size_t depth, const typename A::Sum* start,
              const Finish& finish, T* output) {
  const Slots& slots = packed.slots;
  const std::size_t outputs = slots.groups * slots.per_group;
  constexpr std::size_t most_panels = 16;   // whose sums are kept before they are finished
  constexpr std::size_t abreast = 4;        // panels of a lone pixel: as many chains of sums as hide the multiplier's latency
  typename A::Sum sums[most_panels * A::tile * lanes];

  /// The pixels from `pixel` on: a tile of them, or one.
  const auto take = [&]<std::size_t P>(std::size_t pixel, std::size_t group, std::integral_constant<std::size_t, P>) {
    const typename A::X* at[P];
    for (std::size_t p = 0; p < P; ++p) at[p] = image + group * depth + origins[pixel + p];
    [[maybe_unused]] typename A::Sum shares[P];
    if constexpr (A::takes_off_inputs)
      for (std::size_t p = 0; p < P; ++p) shares[p] = origin_share<A>(packed.offsets, at[p]);
    for (std::size_t channel = 0; channel < slots.per_group; channel += most_panels * lanes) {
      const std::size_t channels = std::min(most_panels * lanes, slots.per_group - channel), panels = (channels + lanes - 1) / lanes;
      const std::size_t slot = group * slots.panels() * lanes + channel;
      const auto* weights = packed.weights.data() + slot / lanes * packed.panel_size;
      if constexpr (P > 1) {
        sum_tile<A, P>(packed.offsets, at, weights, start + slot, panels, sums);
      } else {
        const std::size_t in_fours = panels / abreast * abreast;
        sum_pixel<A, abreast>(packed.offsets, at[0], weights, start + slot, in_fours, sums);
        sum_pixel<A, 1>(packed.offsets, at[0], weights + in_fours * packed.panel_size, start + slot + in_fours * lanes, panels - in_fours, sums + in_fours * lanes);
      }
      if constexpr (A::takes_off_inputs)
        for (std::size_t i = 0; i < panels * P * lanes; ++i) sums[i] -= shares[i / lanes % P];
      finish(sums, P, slot, channels, output + pixel * outputs + group * slots.per_group + channel, outputs);
    }
  };
  for (std::size_t group = 0; group < slots.groups; ++group) {
    // Tiles, as long as one is mostly full; a last one goes over some pixels again. Then by twos, whose last may do so too.
    std::size_t next = 0;
    for (; origins.size() >= A::tile && next + 2 < origins.size(); next += A::tile)
      take(std::min(next, origins.size() - A::tile), group, std::integral_constant<std::size_t, A::tile>());
    for (; origins.size() >= 2 && next < origins.size(); next += 2) take(std::min(next, origins.size() - 2), group, std::integral_constant<std::size_t, 2>());
    if (origins.size() == 1) take(0, group, std::integral_constant<std::size_t, 1>());
  }
}

}  // namespace edgewise::kernels::simd
