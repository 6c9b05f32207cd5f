// MIRROR_PAD: a border that mirrors the input, with the outermost element (symmetric) or without (reflect).
#include "core/graph/operands.h"
#include "core/kernels/rearrange.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> mirror_pad(const Site& site) {
  const Shape &in = site.in(0).shape, &out = site.out().shape;
  const auto paddings = constant_integers(site.optional(1), "paddings");
  if (!paddings) return std::unexpected(paddings.error());
  const std::int64_t left_out = std::get<MirrorPad>(site.node.op).is_symmetric ? 0 : 1;
  const Strides from = strides_of(in), to = strides_of(out);
  Move move;
  for (int axis = 0; axis < in.rank(); ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    if (auto ok = check_table(out[axis]); !ok) return std::unexpected(ok.error());
    const std::int64_t before = (*paddings)[2 * a], extent = in[axis];
    const auto mirrored = [&](std::int64_t at) {
      const std::int64_t inside = at - before;
      if (inside < 0) return -inside - 1 + left_out;
      return inside < extent ? inside : 2 * extent - 1 - inside - left_out;
    };
    move.axes.push_back({out[axis], offset_table(out[axis], [&](std::int64_t at) { return mirrored(at) * from[a]; }), {to[a], {}}});
  }
  return moving_kernel(site, std::move(move));
}

}  // namespace edgewise::kernels::reference
