// The rules of the operators that move all elements to new places: borders, repetitions, blocks, other sizes of an image.
#include <algorithm>

#include "core/base/text.h"
#include "core/graph/operands.h"
#include "core/graph/rules/rules.h"

namespace edgewise {
namespace {

constexpr auto most = static_cast<std::int64_t>(limits::elements);

/// Two numbers for each of `axes` axes, each in [0, limits::elements].
Result<std::vector<std::int64_t>> borders(const Place& at, std::size_t position, int axes, std::string_view what) {
  auto numbers = constant_integers(at.optional(position), what);
  if (!numbers) return std::unexpected(numbers.error());
  if (numbers->size() != 2 * static_cast<std::size_t>(axes)) return fail(text(what, " have ", numbers->size(), " elements; two for each of ", axes, " axes are wanted"));
  for (const std::int64_t number : *numbers)
    if (number < 0 || number > most) return fail(text("one of the ", what, " is ", number, "; each must be in [0, ", most, "]"));
  return numbers;
}

Result<Shapes> padded(const Place& at) {
  if (!at.is_constant(1)) return Shapes::unknown();
  Shape out = at.in(0);
  const auto paddings = borders(at, 1, out.rank(), "paddings");
  if (!paddings) return std::unexpected(paddings.error());
  for (int axis = 0; axis < out.rank(); ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    out.set(axis, (*paddings)[2 * a] + out[axis] + (*paddings)[2 * a + 1]);
  }
  return out;
}

Result<Shapes> mirrored(const Place& at) {
  if (!at.is_constant(1)) return Shapes::unknown();
  const Shape& in = at.in(0);
  const auto paddings = borders(at, 1, in.rank(), "paddings");
  if (!paddings) return std::unexpected(paddings.error());
  const std::int64_t left_out = std::get<MirrorPad>(at.node.op).is_symmetric ? 0 : 1;
  for (std::size_t i = 0; i < paddings->size(); ++i)
    if (const std::int64_t extent = in[static_cast<int>(i / 2)]; (*paddings)[i] > extent - left_out)
      return fail(text("a padding of ", (*paddings)[i], " is more than axis ", i / 2, " of extent ", extent, " can mirror"));
  return padded(at);
}

Result<Shapes> tile(const Place& at) {
  const Shape& in = at.in(0);
  if (!at.is_constant(1)) {
    const Shape& out = at.graph.output(at.node).shape;
    bool divides = out.rank() == in.rank();
    for (int axis = 0; divides && axis < in.rank(); ++axis) divides = out[axis] % in[axis] == 0;
    return rules::computed(at, divides, "it is no whole number of inputs along each axis");
  }
  const auto times = constant_integers(at.optional(1), "repetitions");
  if (!times) return std::unexpected(times.error());
  if (times->size() != static_cast<std::size_t>(in.rank())) return fail(text("repetitions have ", times->size(), " elements for a tensor of ", in.rank(), " axes"));
  Shape out;
  for (int axis = 0; axis < in.rank(); ++axis) {
    const std::int64_t here = (*times)[static_cast<std::size_t>(axis)];
    if (here < 1 || here > most) return fail(text("axis ", axis, " is repeated ", here, " times; it must be in [1, ", most, "]"));
    out.push(in[axis] * here);
  }
  return out;
}

Result<Shapes> broadcast_to(const Place& at) {
  const Shape& in = at.in(0);
  const auto reaches = [&](const Shape& shape) {
    const auto both = broadcast(in, shape);
    return both && *both == shape;
  };
  if (!at.is_constant(1)) return rules::computed(at, reaches(at.graph.output(at.node).shape), "the input does not broadcast to it");
  const auto shape = constant_shape(at.optional(1), "the shape");
  if (!shape) return std::unexpected(shape.error());
  if (!reaches(*shape)) return fail(text("an input of ", to_text(in), " does not broadcast to ", to_text(*shape)));
  return *shape;
}

Result<Shapes> reversed(const Place& at) {
  if (!at.is_constant(1)) return Shapes::unknown();
  const auto axes = constant_integers(at.optional(1), "axes");
  if (!axes) return std::unexpected(axes.error());
  const auto named = named_axes(*axes, at.in(0).rank());
  if (!named) return std::unexpected(named.error());
  return at.in(0);
}

/// The extents of a block over the axes behind the batch: at least one axis, each extent at least 1.
Result<std::vector<std::int64_t>> block_of(const Place& at) {
  auto block = constant_integers(at.optional(1), "the block's shape");
  if (!block) return std::unexpected(block.error());
  if (block->empty() || block->size() >= static_cast<std::size_t>(at.in(0).rank()))
    return fail(text("a block of ", block->size(), " axes does not fit a tensor of ", at.in(0).rank(), " axes"));
  for (const std::int64_t extent : *block)
    if (extent < 1 || extent > most) return fail(text("an extent of the block is ", extent, "; it must be in [1, ", most, "]"));
  return block;
}

Result<Shapes> space_to_batch(const Place& at) {
  if (!at.is_constant(1) || !at.is_constant(2)) return Shapes::unknown();
  const auto block = block_of(at);
  if (!block) return std::unexpected(block.error());
  const auto paddings = borders(at, 2, static_cast<int>(block->size()), "paddings");
  if (!paddings) return std::unexpected(paddings.error());
  Shape out = at.in(0);
  for (std::size_t i = 0; i < block->size(); ++i) {
    const int axis = static_cast<int>(i) + 1;
    const std::int64_t extent = (*paddings)[2 * i] + out[axis] + (*paddings)[2 * i + 1];
    if (extent % (*block)[i] != 0) return fail(text("axis ", axis, ", padded to ", extent, ", is no whole number of blocks of ", (*block)[i]));
    out.set(axis, extent / (*block)[i]);
    out.set(0, out[0] * (*block)[i]);
    if (out[0] > most) return fail(text("the output would have ", out[0], " batches, the limit is ", most));
  }
  return out;
}

Result<Shapes> batch_to_space(const Place& at) {
  if (!at.is_constant(1) || !at.is_constant(2)) return Shapes::unknown();
  const auto block = block_of(at);
  if (!block) return std::unexpected(block.error());
  const auto crops = borders(at, 2, static_cast<int>(block->size()), "crops");
  if (!crops) return std::unexpected(crops.error());
  Shape out = at.in(0);
  for (std::size_t i = 0; i < block->size(); ++i) {
    const int axis = static_cast<int>(i) + 1;
    if (out[0] % (*block)[i] != 0) return fail(text(at.in(0)[0], " batches are no whole number of blocks"));
    out.set(0, out[0] / (*block)[i]);
    const std::int64_t extent = out[axis] * (*block)[i] - (*crops)[2 * i] - (*crops)[2 * i + 1];
    if (extent < 1) return fail(text("the crops leave nothing of axis ", axis));
    out.set(axis, extent);
  }
  return out;
}

Result<Shapes> space_to_depth(const Place& at) {
  const std::int64_t block = std::get<SpaceToDepth>(at.node.op).block;
  const Shape& in = at.in(0);
  if (auto ok = rules::want_rank(in, 4, "input"); !ok) return std::unexpected(ok.error());
  if (in[1] % block != 0 || in[2] % block != 0) return fail(text("an image of ", in[1], "x", in[2], " is no whole number of blocks of ", block));
  return Shape{in[0], in[1] / block, in[2] / block, in[3] * block * block};
}

Result<Shapes> depth_to_space(const Place& at) {
  const std::int64_t block = std::get<DepthToSpace>(at.node.op).block;
  const Shape& in = at.in(0);
  if (auto ok = rules::want_rank(in, 4, "input"); !ok) return std::unexpected(ok.error());
  if (in[3] % (block * block) != 0) return fail(text(in[3], " channels do not make blocks of ", block, "x", block));
  return Shape{in[0], in[1] * block, in[2] * block, in[3] / (block * block)};
}

template <class Resize>
Result<Shapes> resized(const Place& at) {
  const auto& op = std::get<Resize>(at.node.op);
  const Shape& in = at.in(0);
  if (auto ok = rules::want_rank(in, 4, "input"); !ok) return std::unexpected(ok.error());
  if (op.align_corners && op.half_pixel_centers) return fail("corners cannot be aligned when pixels are taken at their centres");
  if (!at.is_constant(1)) {
    const Shape& out = at.graph.output(at.node).shape;
    return rules::computed(at, out.rank() == 4 && out[0] == in[0] && out[3] == in[3], "only height and width may change");
  }
  const auto size = constant_shape(at.optional(1), "the new size");
  if (!size) return std::unexpected(size.error());
  if (size->rank() != 2) return fail(text("the new size has ", size->rank(), " elements; height and width are wanted"));
  return Shape{in[0], (*size)[0], (*size)[1], in[3]};
}

}  // namespace

const Rule PadV2::rule = {.name = "PADV2", .inputs = {3, 3}, .shapes = padded, .macs = rules::no_macs};
const Rule MirrorPad::rule = {.name = "MIRROR_PAD", .inputs = {2, 2}, .shapes = mirrored, .macs = rules::no_macs};
const Rule Tile::rule = {.name = "TILE", .inputs = {2, 2}, .shapes = tile, .macs = rules::no_macs};
const Rule BroadcastTo::rule = {.name = "BROADCAST_TO", .inputs = {2, 2}, .shapes = broadcast_to, .macs = rules::no_macs};
const Rule ReverseV2::rule = {.name = "REVERSE_V2", .inputs = {2, 2}, .shapes = reversed, .macs = rules::no_macs};
const Rule SpaceToBatchNd::rule = {.name = "SPACE_TO_BATCH_ND", .inputs = {3, 3}, .shapes = space_to_batch, .macs = rules::no_macs};
const Rule BatchToSpaceNd::rule = {.name = "BATCH_TO_SPACE_ND", .inputs = {3, 3}, .shapes = batch_to_space, .macs = rules::no_macs};
const Rule SpaceToDepth::rule = {.name = "SPACE_TO_DEPTH", .inputs = {1, 1}, .shapes = space_to_depth, .macs = rules::no_macs};
const Rule DepthToSpace::rule = {.name = "DEPTH_TO_SPACE", .inputs = {1, 1}, .shapes = depth_to_space, .macs = rules::no_macs};
const Rule ResizeNearestNeighbor::rule = {.name = "RESIZE_NEAREST_NEIGHBOR", .inputs = {2, 2}, .shapes = resized<ResizeNearestNeighbor>, .macs = rules::no_macs};
const Rule ResizeBilinear::rule = {.name = "RESIZE_BILINEAR", .inputs = {2, 2}, .shapes = resized<ResizeBilinear>, .macs = rules::no_macs};

}  // namespace edgewise
