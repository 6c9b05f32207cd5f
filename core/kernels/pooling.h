// What AVERAGE_POOL_2D and MAX_POOL_2D share: the part of the window that lies inside the image.
#pragma once

#include <algorithm>

#include "core/kernels/site.h"

namespace edgewise::kernels {

/// Positions [first, last) of one axis that window `at` covers inside the image.
struct Span {
  std::int64_t first, last;
};
inline Span inside(std::int64_t at, std::int64_t stride, std::int64_t kernel, std::int64_t before, std::int64_t extent) {
  const std::int64_t start = at * stride - before;
  return {std::max<std::int64_t>(start, 0), std::min(start + kernel, extent)};
}

/// Calls window(output index of channel 0, image n, rows, columns) for every output position.
template <class Window>
void for_each_window(const Geometry& g, Window window) {
  std::int64_t out = 0;
  for (std::int64_t n = 0; n < g.batch; ++n)
    for (std::int64_t y = 0; y < g.out_h; ++y)
      for (std::int64_t x = 0; x < g.out_w; ++x, out += g.out_c)
        window(out, n, inside(y, g.stride_h, g.kernel_h, g.before_h, g.in_h), inside(x, g.stride_w, g.kernel_w, g.before_w, g.in_w));
}

/// Integer pooling does not rescale: input and output need one grid. A huge window over a huge image is refused, it would hang.
template <class Op>
Result<Geometry> pooling_geometry(const Site& site) {
  const auto& op = std::get<Op>(site.node.op);
  if (site.in(0).type != site.out().type) return no_kernel(site);
  if (op.window.dilation_h != 1 || op.window.dilation_w != 1) return fail("a dilated pooling window is not supported");
  if (site.in(0).type != DType::float32 && (site.in(0).grid.scale != site.out().grid.scale || site.in(0).grid.zero_point != site.out().grid.zero_point))
    return fail("its input and output have different grids; pooling does not rescale");
  const Geometry g = geometry_of(site, op.window, op.kernel_h, op.kernel_w);
  const auto taps = static_cast<std::uint64_t>(std::min<std::int64_t>(g.kernel_h, g.in_h)) * static_cast<std::uint64_t>(std::min<std::int64_t>(g.kernel_w, g.in_w));
  if (taps > limits::macs / site.out().shape.elements()) return fail("its windows cover more than 2^34 elements");
  return g;
}

}  // namespace edgewise::kernels
