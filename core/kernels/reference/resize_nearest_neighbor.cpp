// RESIZE_NEAREST_NEIGHBOR: [N,H,W,C] to another height and width; each output pixel is the input's nearest one.
// Source: TensorFlow Lite, reference/resize_nearest_neighbor.h; positions are worked out in float.
#include <algorithm>
#include <cmath>

#include "core/kernels/rearrange.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

std::int64_t nearest(std::int64_t at, std::int64_t in, std::int64_t out, const ResizeNearestNeighbor& op) {
  const bool is_between_corners = op.align_corners && out > 1;
  const float scale = is_between_corners ? static_cast<float>(in - 1) / static_cast<float>(out - 1) : static_cast<float>(in) / static_cast<float>(out);
  const float position = (static_cast<float>(at) + (op.half_pixel_centers ? 0.5f : 0.0f)) * scale;
  const auto index = static_cast<std::int64_t>(op.align_corners ? std::round(position) : std::floor(position));
  return std::clamp<std::int64_t>(index, 0, in - 1);
}

}  // namespace

Result<Kernel> resize_nearest_neighbor(const Site& site) {
  const auto& op = std::get<ResizeNearestNeighbor>(site.node.op);
  const Shape &in = site.in(0).shape, &out = site.out().shape;
  const Strides from = strides_of(in);
  Move move = even_move(out, from, strides_of(out));
  for (const int axis : {1, 2}) {
    const auto a = static_cast<std::size_t>(axis);
    if (auto ok = check_table(out[axis]); !ok) return std::unexpected(ok.error());
    move.axes[a].from = offset_table(out[axis], [&](std::int64_t at) { return nearest(at, in[axis], out[axis], op) * from[a]; });
  }
  return moving_kernel(site, std::move(move));
}

}  // namespace edgewise::kernels::reference
