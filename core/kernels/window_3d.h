// Windows over [N,D,H,W,C]: what CONV_ND, CONV_INTEGER and POOL_ND share.
#pragma once

#include <algorithm>
#include <array>

#include "core/graph/ops.h"
#include "core/tensor/shape.h"

namespace edgewise::kernels {

/// Calls visit(n, {z, y, x}, index of the output's channel 0) for every position of the output [N,D',H',W',C'].
template <class Visit>
void for_each_position(std::int64_t batch, const Window3d& window, std::int64_t channels, Visit visit) {
  std::int64_t out = 0;
  for (std::int64_t n = 0; n < batch; ++n)
    for (std::int64_t z = 0; z < window.output[0]; ++z)
      for (std::int64_t y = 0; y < window.output[1]; ++y)
        for (std::int64_t x = 0; x < window.output[2]; ++x, out += channels) visit(n, std::array{z, y, x}, out);
}

/// Which taps of one axis, from `first` to `last`, fall inside the image: tap k at  from + k * step.  Transposed, the image's elements stand `spacing` apart.
struct Taps {
  std::int64_t first, last, from, step, spacing;

  Taps(const Window3d& window, std::int64_t extent, std::int64_t at, bool is_transposed, std::size_t a) {
    const std::int64_t dilation = window.dilation[a];
    spacing = is_transposed ? window.stride[a] : 1;
    from = is_transposed ? at + window.before[a] : at * window.stride[a] - window.before[a];
    step = is_transposed ? -dilation : dilation;
    const std::int64_t end = (extent - 1) * spacing, before = is_transposed ? from - end : -from, inside = is_transposed ? from : end - from;
    first = before > 0 ? (before + dilation - 1) / dilation : 0;
    last = inside < 0 ? -1 : std::min(window.kernel[a] - 1, inside / dilation);
  }
  /// Where in the image tap k falls; nowhere between two elements.
  bool meets(std::int64_t k) const { return spacing == 1 || (from + k * step) % spacing == 0; }
  std::int64_t position(std::int64_t k) const { return (from + k * step) / spacing; }
};

/// Calls visit(flat index of the input position, flat index of the tap) for every tap of an output position that lies inside the image.
template <class Visit>
void for_each_tap(const Window3d& window, const std::array<std::int64_t, 3>& extents, const std::array<std::int64_t, 3>& at, bool is_transposed, Visit visit) {
  const Taps z(window, extents[0], at[0], is_transposed, 0), y(window, extents[1], at[1], is_transposed, 1), x(window, extents[2], at[2], is_transposed, 2);
  for (std::int64_t kz = z.first; kz <= z.last; ++kz) {
    if (!z.meets(kz)) continue;
    for (std::int64_t ky = y.first; ky <= y.last; ++ky) {
      if (!y.meets(ky)) continue;
      for (std::int64_t kx = x.first; kx <= x.last; ++kx)
        if (x.meets(kx)) visit((z.position(kz) * extents[1] + y.position(ky)) * extents[2] + x.position(kx), (kz * window.kernel[1] + ky) * window.kernel[2] + kx);
    }
  }
}

inline std::array<std::int64_t, 3> extents_of(const Shape& image) { return {image[1], image[2], image[3]}; }
inline std::int64_t positions_of(const std::array<std::int64_t, 3>& extents) { return extents[0] * extents[1] * extents[2]; }

}  // namespace edgewise::kernels
