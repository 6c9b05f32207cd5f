// Shapes that a node's lists of numbers say.
#pragma once

#include <vector>

#include "core/base/result.h"
#include "core/formats/onnx/import.h"
#include "core/graph/operands.h"

namespace edgewise::onnx {

/// Fails where there are more than limits::rank extents or one is negative.
Result<Shape> shape_of(const std::vector<std::int64_t>& extents);
/// The axes before `axis` as one, and those from it on.
Shape as_rows(const Shape& shape, int axis);
/// What a Slice takes of each axis of `shape`, in range; starts, ends, axes and steps as attributes (opset 1) or as constant inputs (10 and later).
Result<std::vector<AxisSlice>> slices_of(Importer& importer, const NodeProto& node, const Shape& shape);
/// The whole of each axis.
std::vector<AxisSlice> whole_slices(const Shape& shape);

}  // namespace edgewise::onnx
