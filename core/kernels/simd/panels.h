// A convolution as sums over panels: 4 pixels by 8 output channels at a time stay in registers, while the taps go by.
//
// Weights are packed [O/8][taps][8], integers [O/8][taps/2][8][2]: one load brings what one step needs.
#pragma once

#include "core/kernels/simd/lanes.h"
#include "core/kernels/simd/window.h"

namespace edgewise::kernels::simd {

struct Integers {
  using X = std::int16_t;
  using Sum = std::int32_t;
  using Lanes = Int32x4;
  static constexpr std::size_t step = 2;   ///< taps taken in at once
  static Lanes add_products(Lanes sums, const X* x, const X* w) { return sums + dot_pairs(splat_pair(x), load<Int16x8>(w)); }
};

struct Floats {
  using X = float;
  using Sum = float;
  using Lanes = Float32x4;
  static constexpr std::size_t step = 1;
  static Lanes add_products(Lanes sums, const X* x, const X* w) { return sums + load<Float32x4>(w) * *x; }
};

/// A run of taps that lie side by side in the padded image.
struct Run {
  std::int64_t offset;     ///< from the pixel's first tap
  std::size_t steps;       ///< length / Arithmetic::step, rounded up; the tap beyond an odd length has weight 0
};

/// The runs of a kernel: whole rows of it, or single positions where columns are dilated. `length` is set to the taps of each.
inline std::vector<Run> runs_of(const Geometry& g, std::int64_t image_row, std::size_t step, std::size_t& length) {
  const bool is_whole_row = g.dilation_w == 1;
  length = static_cast<std::size_t>((is_whole_row ? g.kernel_w : 1) * g.in_c);
  std::vector<Run> runs;
  for (std::int64_t ky = 0; ky < g.kernel_h; ++ky)
    for (std::int64_t kx = 0; kx < (is_whole_row ? 1 : g.kernel_w); ++kx)
      runs.push_back({ky * g.dilation_h * image_row + kx * g.dilation_w * g.in_c, (length + step - 1) / step});
  return runs;
}

/// Packs weights [O][runs][length] for panels; `weight(o, i)` is weight i of output o less its zero point.
template <class A, class Weight>
std::vector<typename A::X> pack(std::size_t outputs, std::size_t runs, std::size_t length, Weight weight) {
  const std::size_t steps = (length + A::step - 1) / A::step, panels = (outputs + lanes - 1) / lanes;
  std::vector<typename A::X> packed(panels * runs * steps * lanes * A::step);
  for (std::size_t o = 0; o < outputs; ++o)
    for (std::size_t run = 0; run < runs; ++run)
      for (std::size_t i = 0; i < length; ++i)
        packed[(((o / lanes * runs + run) * steps + i / A::step) * lanes + o % lanes) * A::step + i % A::step] = weight(o, run * length + i);
  return packed;
}

/// Sums of one panel for P pixels: sums[p][o].
template <class A, std::size_t P>
void sum_panel(std::span<const Run> runs, const std::array<const typename A::X*, P>& pixels, const typename A::X* weights, typename A::Sum (&sums)[P][lanes]) {
  typename A::Lanes low[P]{}, high[P]{};
  for (const Run& run : runs)
    for (std::size_t s = 0; s < run.steps; ++s, weights += lanes * A::step)
      for (std::size_t p = 0; p < P; ++p) {
        const auto* x = pixels[p] + run.offset + s * A::step;
        low[p] = A::add_products(low[p], x, weights);
        high[p] = A::add_products(high[p], x, weights + lanes / 2 * A::step);
      }
  for (std::size_t p = 0; p < P; ++p) {
    store(sums[p], low[p]);
    store(sums[p] + lanes / 2, high[p]);
  }
}

}  // namespace edgewise::kernels::simd
