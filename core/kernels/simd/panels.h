// A convolution as sums over panels of 8 output channels: a tile of pixels by one panel stays in registers, while the taps go by.
//
// Weights are packed [group][panel][run][step][8][taps of a step]: two loads bring what one step needs. Functions are small and called often, so that a browser
// soon swaps its first translation of them for the optimised one.
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
  std::vector<std::int32_t> channels() const {
    std::vector<std::int32_t> of(count(), -1);
    for (std::size_t o = 0; o < groups * per_group; ++o) of[o / per_group * panels() * lanes + o % per_group] = static_cast<std::int32_t>(o);
    return of;
  }
};

/// Weights of a convolution, packed for one arithmetic.
template <class A>
struct Packed {
  Slots slots;
  std::vector<Run> runs;
  std::size_t panel_size = 0;
  std::vector<typename A::Weight> weights;

  /// `taps` of a run, at `offsets` from the pixel's first; weight(channel, i) is tap i of all runs, `padding` the weight of taps that are not.
  template <class Weight>
  static Packed make(const Slots& slots, std::span<const std::uint32_t> offsets, std::size_t taps, typename A::Weight padding, Weight weight) {
    Packed packed{slots, {}, 0, {}};
    const std::size_t steps = (taps + A::step - 1) / A::step;
    for (const std::uint32_t offset : offsets) packed.runs.push_back({offset, static_cast<std::uint32_t>(steps)});
    packed.panel_size = offsets.size() * steps * lanes * A::step;
    packed.weights.resize(slots.count() / lanes * packed.panel_size, padding);
    const std::vector<std::int32_t> channels = slots.channels();
    for (std::size_t slot = 0; slot < channels.size(); ++slot)
      for (std::size_t run = 0; channels[slot] >= 0 && run < offsets.size(); ++run)
        for (std::size_t i = 0; i < taps; ++i)
          packed.weights[slot / lanes * packed.panel_size + ((run * steps + i / A::step) * lanes + slot % lanes) * A::step + i % A::step] =
              weight(static_cast<std::size_t>(channels[slot]), run * taps + i);
    return packed;
  }
};

/// sums[p][8] of one panel for P pixels.
template <class A, std::size_t P>
[[gnu::noinline]] void sum_tile(std::span<const Run> runs, const typename A::X* const* pixels, const typename A::Weight* weights, const typename A::Sum* start,
                                typename A::Sum* sums) {
  using Lanes = typename A::Lanes;
  Lanes low[P], high[P];
  for (std::size_t p = 0; p < P; ++p) {
    low[p] = load<Lanes>(start);
    high[p] = load<Lanes>(start + 4);
  }
  for (const Run& run : runs) {
    const typename A::X* x[P];
    for (std::size_t p = 0; p < P; ++p) x[p] = pixels[p] + run.offset;
    for (std::uint32_t step = 0; step < run.steps; ++step, weights += lanes * A::step) {
      const Lanes w_low = load<Lanes>(weights), w_high = load<Lanes>(weights + 4 * A::step);
      for (std::size_t p = 0; p < P; ++p) {
        const auto taps = splat_word<Lanes>(x[p] + step * A::step);
        low[p] = A::add(low[p], taps, w_low);
        high[p] = A::add(high[p], taps, w_high);
      }
    }
  }
  for (std::size_t p = 0; p < P; ++p) {
    store(sums + p * lanes, low[p]);
    store(sums + p * lanes + 4, high[p]);
  }
}

/// sums[n][8] of N panels, one after another, for one pixel.
template <class A, std::size_t N>
[[gnu::noinline]] void sum_pixel(std::span<const Run> runs, const typename A::X* pixel, const typename A::Weight* weights, std::size_t panel_size,
                                 const typename A::Sum* start, typename A::Sum* sums) {
  using Lanes = typename A::Lanes;
  Lanes low[N], high[N];
  for (std::size_t n = 0; n < N; ++n) {
    low[n] = load<Lanes>(start + n * lanes);
    high[n] = load<Lanes>(start + n * lanes + 4);
  }
  for (const Run& run : runs)
    for (std::uint32_t step = 0; step < run.steps; ++step, weights += lanes * A::step) {
      const auto taps = splat_word<Lanes>(pixel + run.offset + step * A::step);
      for (std::size_t n = 0; n < N; ++n) {
        low[n] = A::add(low[n], taps, load<Lanes>(weights + n * panel_size));
        high[n] = A::add(high[n], taps, load<Lanes>(weights + n * panel_size + 4 * A::step));
      }
    }
  for (std::size_t n = 0; n < N; ++n) {
    store(sums + n * lanes, low[n]);
    store(sums + n * lanes + 4, high[n]);
  }
}

/// What Narrow's weight origin adds to every sum of a pixel.
template <class A>
typename A::Sum origin_share(std::span<const Run> runs, const typename A::X* pixel) {
  using Lanes = typename A::Lanes;
  constexpr std::uint32_t ones = 0x01010101u * A::weight_origin;
  Lanes sum{};
  for (const Run& run : runs)
    for (std::uint32_t step = 0; step < run.steps; ++step) sum = A::add(sum, splat_word<Lanes>(pixel + run.offset + step * A::step), Lanes{} + ones);
  return sum[0];
}

/// Sums over all panels of the pixels at `origins` of `image`: finish(sums, rows, slot, count, output, stride) for each panel of each tile.
template <class A, class T, class Finish>
void convolve(const Packed<A>& packed, const typename A::X* image, std::span<const std::uint32_t> origins, std::size_t depth, const typename A::Sum* start,
              const Finish& finish, T* output) {
  using Sum = typename A::Sum;
  const Slots& slots = packed.slots;
  const std::size_t outputs = slots.groups * slots.per_group, panels = slots.panels();
  constexpr std::size_t abreast = 4;   // panels of a lone pixel: as many chains of sums as hide the multiplier's latency
  for (std::size_t group = 0; group < slots.groups; ++group) {
    const typename A::X* x = image + group * depth;
    const std::size_t first_panel = group * panels;
    const auto weights_of = [&](std::size_t panel) { return packed.weights.data() + (first_panel + panel) * packed.panel_size; };
    const auto count_of = [&](std::size_t panel) { return std::min(lanes, slots.per_group - panel * lanes); };
    const auto output_of = [&](std::size_t pixel, std::size_t panel) { return output + pixel * outputs + group * slots.per_group + panel * lanes; };
    if (origins.size() >= A::tile) {
      for (std::size_t next = 0; next < origins.size();) {
        const std::size_t pixel = std::min(next, origins.size() - A::tile);   // the last tile goes over some pixels again
        const typename A::X* at[A::tile];
        for (std::size_t p = 0; p < A::tile; ++p) at[p] = x + origins[pixel + p];
        [[maybe_unused]] Sum shares[A::tile];
        if constexpr (A::takes_off_inputs)
          for (std::size_t p = 0; p < A::tile; ++p) shares[p] = origin_share<A>(packed.runs, at[p]);
        for (std::size_t panel = 0; panel < panels; ++panel) {
          Sum sums[A::tile * lanes];
          sum_tile<A, A::tile>(packed.runs, at, weights_of(panel), start + (first_panel + panel) * lanes, sums);
          if constexpr (A::takes_off_inputs)
            for (std::size_t i = 0; i < A::tile * lanes; ++i) sums[i] -= shares[i / lanes];
          finish(sums, A::tile, (first_panel + panel) * lanes, count_of(panel), output_of(pixel, panel), outputs);
        }
        next = pixel + A::tile;
      }
    } else {
      for (std::size_t pixel = 0; pixel < origins.size(); ++pixel) {
        const typename A::X* at = x + origins[pixel];
        [[maybe_unused]] Sum share{};
        if constexpr (A::takes_off_inputs) share = origin_share<A>(packed.runs, at);
        for (std::size_t panel = 0; panel < panels;) {
          const std::size_t n = panel + abreast <= panels ? abreast : 1;
          Sum sums[abreast * lanes];
          const Sum* from = start + (first_panel + panel) * lanes;
          if (n == abreast) sum_pixel<A, abreast>(packed.runs, at, weights_of(panel), packed.panel_size, from, sums);
          else sum_pixel<A, 1>(packed.runs, at, weights_of(panel), packed.panel_size, from, sums);
          if constexpr (A::takes_off_inputs)
            for (std::size_t i = 0; i < n * lanes; ++i) sums[i] -= share;
          for (std::size_t i = 0; i < n; ++i, ++panel) finish(sums + i * lanes, 1, (first_panel + panel) * lanes, count_of(panel), output_of(pixel, panel), outputs);
        }
      }
    }
  }
}

}  // namespace edgewise::kernels::simd
