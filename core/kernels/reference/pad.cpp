// PAD and PADV2: the input inside a border. PAD's border is real 0, which is code zero_point; PADV2's is an operand, on the output's grid.
// Source: TensorFlow Lite, reference/pad.h.
#include "core/base/text.h"
#include "core/graph/operands.h"
#include "core/kernels/rearrange.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

Result<Kernel> bordered(const Site& site, const Move::Fill& fill) {
  const Value &x = site.in(0), &y = site.out();
  const auto paddings = constant_integers(site.optional(1), "paddings");
  if (!paddings) return std::unexpected(paddings.error());
  const Strides to = strides_of(y.shape);
  Move move = even_move(x.shape, strides_of(x.shape), to);
  for (int axis = 0; axis < x.shape.rank(); ++axis) move.to += (*paddings)[2 * static_cast<std::size_t>(axis)] * to[static_cast<std::size_t>(axis)];
  move.fill = fill;
  return moving_kernel(site, std::move(move));
}

}  // namespace

Result<Kernel> pad(const Site& site) {
  const Value& y = site.out();
  return bordered(site, {.bits = static_cast<std::uint64_t>(y.grid.present() ? y.grid.zero_point.front() : 0)});
}

Result<Kernel> pad_v2(const Site& site) {
  const Value& border = site.in(2);
  if (border.type != site.out().type) return no_kernel(site);
  if (border.shape.elements() != 1) return fail(text("the border has ", border.shape.elements(), " elements; 1 is wanted"));
  return bordered(site, {.operand = 2});
}

}  // namespace edgewise::kernels::reference
