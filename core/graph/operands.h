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
/// node_name() of every node, in one pass.
std::vector<std::string> node_names(const Graph& graph);

/// The graphs that control flow leads to; none for most operators.
std::vector<std::shared_ptr<const Graph>> graphs_of(const Op& op);
/// Every graph that `graph` leads to, itself first, each once.
std::vector<const Graph*> all_graphs(const Graph& graph);

/// The variable whose handle a value is: that of the VAR_HANDLE of the same graph that makes it, or null.
const VarHandle* handle_of(const Graph& graph, ValueId id);

/// The elements of a constant of type int32 or int64, at most `most` of them; `what` names it in the error.
Result<std::vector<std::int64_t>> constant_integers(const Value* value, std::string_view what, std::uint64_t most = 2 * limits::rank);

/// The one element of such a constant.
Result<std::int64_t> constant_integer(const Value* value, std::string_view what);

/// Such a constant as an axis of `rank`, counted from the front.
Result<int> constant_axis(const Value* value, int rank);

/// Such a constant as a shape: at most limits::rank extents, each in [0, limits::elements].
Result<Shape> constant_shape(const Value* value, std::string_view what);

/// Which axes of `rank` a list names; negative ones count from the end, repetitions are allowed.
Result<std::vector<bool>> named_axes(const std::vector<std::int64_t>& axes, int rank);

/// `axis` counted from the front, or an error when it is outside [-rank, rank).
Result<int> from_front(int axis, int rank);

/// One axis of a STRIDED_SLICE: codes begin, begin + step, ... `count` of them, all inside the axis; `is_dropped`: the output lacks the axis.
struct AxisSlice {
  std::int64_t begin = 0, step = 1, count = 0;
  bool is_dropped = false;
};
/// A slice of a whole tensor: an entry per axis of the input; the output's shape lacks dropped axes and has new ones of extent 1.
struct Slices {
  std::vector<AxisSlice> axes;
  Shape output;
};
/// begin, end and strides as Python has them (negative from the end, clamped), masks by bit. They must be constants.
Result<Slices> resolve_slices(const Graph& graph, const Node& node, const StridedSlice& op);

/// numpy's broadcasting: extents equal or 1, aligned at the last axis.
Result<Shape> broadcast(const Shape& a, const Shape& b);

}  // namespace edgewise
