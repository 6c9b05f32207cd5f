// BATCH_TO_SPACE_ND and SPACE_TO_BATCH_ND: each position of a block of the image is a batch of its own. Padding is real 0; crops are left out.
//
// The batch is (row in block, column in block, n); any number of axes behind it may have blocks.
// Source: TensorFlow Lite, reference/batch_to_space_nd.h, reference/space_to_batch_nd.h.
#include "core/graph/operands.h"
#include "core/kernels/rearrange.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

/// Offsets of each position of `image` in itself (first) and in `blocked`; `before`: how many positions of padding or crop come first along each axis.
Result<std::vector<MovedAxis>> between(const Site& site, const Shape& image, const Shape& blocked) {
  const auto block = constant_integers(site.optional(1), "the block's shape");
  if (!block) return std::unexpected(block.error());
  const auto before = constant_integers(site.optional(2), "paddings or crops");
  if (!before) return std::unexpected(before.error());
  const Strides own = strides_of(image), there = strides_of(blocked);
  std::vector<MovedAxis> axes{{image[0], {own[0], {}}, {there[0], {}}}};
  std::int64_t batch = image[0] * there[0];  // from one position in the block to the next, starting with the last axis
  std::vector<std::int64_t> batches(block->size());
  for (std::size_t i = block->size(); i-- > 0; batch *= (*block)[i]) batches[i] = batch;
  for (int axis = 1; axis < image.rank(); ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    MovedAxis moved{image[axis], {own[a], {}}, {there[a], {}}};
    if (a <= block->size()) {
      if (auto ok = check_table(image[axis]); !ok) return std::unexpected(ok.error());
      const std::int64_t extent = (*block)[a - 1], first = (*before)[2 * (a - 1)];
      moved.to = offset_table(image[axis], [&](std::int64_t at) { return (at + first) % extent * batches[a - 1] + (at + first) / extent * there[a]; });
    }
    axes.push_back(std::move(moved));
  }
  return axes;
}

}  // namespace

Result<Kernel> space_to_batch_nd(const Site& site) {
  const Value& y = site.out();
  auto axes = between(site, site.in(0).shape, y.shape);
  if (!axes) return std::unexpected(axes.error());
  const Move::Fill padding{.bits = static_cast<std::uint64_t>(y.grid.present() ? y.grid.zero_point.front() : 0)};
  return moving_kernel(site, {std::move(*axes), 0, 0, padding});
}

Result<Kernel> batch_to_space_nd(const Site& site) {
  auto axes = between(site, site.out().shape, site.in(0).shape);
  if (!axes) return std::unexpected(axes.error());
  for (MovedAxis& axis : *axes) std::swap(axis.from, axis.to);
  return moving_kernel(site, {std::move(*axes), 0, 0, {}});
}

}  // namespace edgewise::kernels::reference
