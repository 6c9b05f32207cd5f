// What the constant operands of a node say: axes, paddings, permutations, slices. Shape rules and kernels read them through here, so they agree.
//
// Not for weights: those are read where they are used.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "core/graph/graph.h"

namespace edgewise {

/// "node 3 'conv_1' (CONV_2D)": how messages name a node.
std::string place_of(const Graph& graph, NodeId id);

/// The elements of a constant of type int32 or int64, at most `limits::rank * 2` of them; `what` names it in the error.
Result<std::vector<std::int64_t>> constant_integers(const Value* value, std::string_view what);

/// Which axes of `rank` a list names; negative ones count from the end, repetitions are allowed.
Result<std::vector<bool>> named_axes(const std::vector<std::int64_t>& axes, int rank);

/// `axis` counted from the front, or an error when it is outside [-rank, rank).
Result<int> from_front(int axis, int rank);

/// One axis of a STRIDED_SLICE: codes begin, begin + step, ... `count` of them, all inside the axis; `is_dropped`: the output lacks the axis.
struct AxisSlice {
  std::int64_t begin = 0, step = 1, count = 0;
  bool is_dropped = false;
};
/// One entry per axis of the input. begin, end and strides as Python has them (negative from the end, clamped), masks by bit.
/// Ellipsis and new axes are not supported and are an error.
Result<std::vector<AxisSlice>> resolve_slices(const Graph& graph, const Node& node, const StridedSlice& op);

/// numpy's broadcasting: extents equal or 1, aligned at the last axis.
Result<Shape> broadcast(const Shape& a, const Shape& b);

}  // namespace edgewise
