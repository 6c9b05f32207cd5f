// DEPTH_TO_SPACE and SPACE_TO_DEPTH: blocks of pixels become channels, [N, H, B, W, B, C] seen as [N, H, W, B, B, C], or back.
#include "core/kernels/rearrange.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

/// Offsets of (n, row, row in block, column, column in block, channel) in the image whose blocks are pixels, and in the one whose blocks are channels.
Move by_blocks(const Shape& image, std::int64_t block, bool to_channels) {
  const std::int64_t rows = image[1] / block, columns = image[2] / block, channels = image[3], row = image[2] * channels;
  const Shape shape{image[0], rows, block, columns, block, channels};
  const Strides pixels = strides_of(shape);
  const Strides deep{rows * row * block, row * block, block * channels, block * block * channels, channels, 1};
  return to_channels ? even_move(shape, pixels, deep) : even_move(shape, deep, pixels);
}

}  // namespace

Result<Kernel> depth_to_space(const Site& site) {
  return moving_kernel(site, by_blocks(site.out().shape, std::get<DepthToSpace>(site.node.op).block, false));
}

Result<Kernel> space_to_depth(const Site& site) {
  return moving_kernel(site, by_blocks(site.in(0).shape, std::get<SpaceToDepth>(site.node.op).block, true));
}

}  // namespace edgewise::kernels::reference
