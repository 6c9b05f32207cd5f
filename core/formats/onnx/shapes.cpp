#include "core/formats/onnx/shapes.h"

#include <algorithm>

#include "core/base/limits.h"

namespace edgewise::onnx {

Result<Shape> shape_of(const std::vector<std::int64_t>& extents) {
  if (extents.size() > limits::rank) return fail(text("the shape has ", extents.size(), " axes, the limit is ", limits::rank));
  Shape shape;
  for (const std::int64_t extent : extents) {
    if (extent < 0) return fail(text("the shape has an extent of ", extent));
    shape.push(extent);
  }
  return shape;
}

Shape as_rows(const Shape& shape, int axis) {
  std::int64_t rows = 1, columns = 1;
  for (int a = 0; a < shape.rank(); ++a) (a < axis ? rows : columns) *= shape[a];
  return {rows, columns};
}

std::vector<AxisSlice> whole_slices(const Shape& shape) {
  std::vector<AxisSlice> slices;
  for (int axis = 0; axis < shape.rank(); ++axis) slices.push_back({0, 1, shape[axis], false});
  return slices;
}

Result<std::vector<AxisSlice>> slices_of(Importer& importer, const NodeProto& node, const Shape& shape) {
  const auto starts = importer.list(node, "starts", 1), ends = importer.list(node, "ends", 2), axes = importer.list(node, "axes", 3), steps = importer.list(node, "steps", 4);
  for (const auto* read : {&starts, &ends, &axes, &steps})
    if (!*read) return std::unexpected(read->error());
  if (!*starts || !*ends) return fail("it has no starts or no ends");
  const std::size_t count = (*starts)->size();
  if ((*ends)->size() != count || (*axes && (*axes)->size() != count) || (*steps && (*steps)->size() != count) || count > static_cast<std::size_t>(shape.rank()))
    return fail("its starts, ends, axes and steps have different lengths");
  auto slices = whole_slices(shape);
  for (std::size_t i = 0; i < count; ++i) {
    const auto axis = axis_of(*axes ? (**axes)[i] : static_cast<std::int64_t>(i), shape.rank());
    if (!axis) return std::unexpected(axis.error());
    const std::int64_t extent = shape[*axis];
    constexpr std::int64_t farthest = std::int64_t{1} << 40;   // beyond any extent; keeps the sums below from overflowing
    const std::int64_t step = std::clamp(*steps ? (**steps)[i] : 1, -farthest, farthest);
    if (step == 0) return fail("a step is 0");
    const bool is_forward = step > 0;
    const auto clamped = [&](std::int64_t at, std::int64_t low, std::int64_t high) { return std::max(low, std::min(high, std::clamp(at, -farthest, farthest) + (at < 0 ? extent : 0))); };
    const std::int64_t first = clamped((**starts)[i], 0, is_forward ? extent : extent - 1), last = is_forward ? clamped((**ends)[i], 0, extent) : clamped((**ends)[i], -1, extent - 1);
    const std::int64_t distance = is_forward ? last - first : first - last, stride = is_forward ? step : -step;
    slices[static_cast<std::size_t>(*axis)] = {first, step, distance <= 0 ? 0 : (distance + stride - 1) / stride, false};
  }
  return slices;
}

}  // namespace edgewise::onnx
