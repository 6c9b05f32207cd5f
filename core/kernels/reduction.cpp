#include "core/kernels/reduction.h"

#include "core/kernels/site.h"

namespace edgewise::kernels {

Result<Reduction> reduction_of(const Site& site) {
  const auto axes = constant_integers(site.optional(1), "axes");
  if (!axes) return std::unexpected(axes.error());
  const Shape& input = site.in(0).shape;
  const auto reduced = named_axes(*axes, input.rank());
  if (!reduced) return std::unexpected(reduced.error());
  Reduction reduction{.runs = input, .outputs = static_cast<std::size_t>(site.out().shape.elements())};
  reduction.is_kept = !reduced->empty() && !reduced->back();
  for (int axis = input.rank() - 1; axis >= 0 && (*reduced)[static_cast<std::size_t>(axis)] != reduction.is_kept; --axis) {
    reduction.length *= input[axis];
    reduction.runs.set(axis, 1);
  }
  std::int64_t stride = 1;
  for (int axis = input.rank() - 1; axis >= 0; --axis) {
    if ((*reduced)[static_cast<std::size_t>(axis)]) {
      reduction.count *= static_cast<std::uint64_t>(input[axis]);
    } else {
      reduction.output_strides[static_cast<std::size_t>(axis)] = stride;
      stride *= input[axis];
    }
  }
  return reduction;
}

}  // namespace edgewise::kernels
