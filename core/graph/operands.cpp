#include "core/graph/operands.h"

#include <algorithm>
#include <cstring>

#include "core/base/text.h"

namespace edgewise {

std::string place_of(const Graph& graph, NodeId id) {
  return text("node ", id, " '", node_name(graph, id), "' (", name_of(graph.node(id).op), ")");
}

Result<std::vector<std::int64_t>> constant_integers(const Value* value, std::string_view what) {
  if (value == nullptr) return fail(text(what, " is missing"));
  if (!value->is_constant()) return fail(text(what, " is computed while the model runs; it must be a constant"));
  if (value->type != DType::int32 && value->type != DType::int64)
    return fail(text(what, " is ", name_of(value->type), "; it must be int32 or int64"));
  constexpr std::uint64_t most = 2 * limits::rank;
  const std::uint64_t count = value->shape.elements();
  if (count > most) return fail(text(what, " has ", count, " elements, the limit is ", most));
  if (value->data->size() != bytes_for(value->type, count))
    return fail(text(what, " has ", value->data->size(), " bytes, its shape ", to_text(value->shape), " takes ", bytes_for(value->type, count)));

  std::vector<std::int64_t> numbers(static_cast<std::size_t>(count));
  if (value->type == DType::int32) std::ranges::copy(value->view().as<std::int32_t>(), numbers.begin());
  else std::ranges::copy(value->view().as<std::int64_t>(), numbers.begin());
  return numbers;
}

Result<int> from_front(int axis, int rank) {
  if (axis < -rank || axis >= rank) return fail(text("axis ", axis, " is outside a tensor of ", rank, " axes"));
  return axis < 0 ? axis + rank : axis;
}

Result<std::vector<bool>> named_axes(const std::vector<std::int64_t>& axes, int rank) {
  std::vector<bool> named(static_cast<std::size_t>(rank), false);
  for (const std::int64_t axis : axes) {
    if (axis < -rank || axis >= rank) return fail(text("axis ", axis, " is outside a tensor of ", rank, " axes"));
    named[static_cast<std::size_t>(axis < 0 ? axis + rank : axis)] = true;
  }
  return named;
}

Result<std::vector<AxisSlice>> resolve_slices(const Graph& graph, const Node& node, const StridedSlice& op) {
  if (op.ellipsis_mask != 0 || op.new_axis_mask != 0) return fail("slices with an ellipsis or a new axis are not supported");
  const auto begin = constant_integers(graph.input(node, 1), "begin");
  if (!begin) return std::unexpected(begin.error());
  const auto end = constant_integers(graph.input(node, 2), "end");
  if (!end) return std::unexpected(end.error());
  const auto strides = constant_integers(graph.input(node, 3), "strides");
  if (!strides) return std::unexpected(strides.error());
  const Shape& input = graph.input(node, 0)->shape;
  const std::size_t given = begin->size();
  if (end->size() != given || strides->size() != given || given > static_cast<std::size_t>(input.rank()))
    return fail(text("begin, end and strides have ", given, ", ", end->size(), " and ", strides->size(), " elements for a tensor of ", input.rank(), " axes"));

  std::vector<AxisSlice> slices;
  for (int axis = 0; axis < input.rank(); ++axis) {
    const std::int64_t extent = input[axis];
    const auto i = static_cast<std::size_t>(axis);
    if (i >= given) {
      slices.push_back({0, 1, extent, false});
      continue;
    }
    const bool is_begin_masked = (op.begin_mask >> axis & 1) != 0, is_end_masked = (op.end_mask >> axis & 1) != 0;
    const bool is_dropped = (op.shrink_axis_mask >> axis & 1) != 0;
    const std::int64_t step = (*strides)[i];
    constexpr std::int64_t farthest = std::int64_t{1} << 40;  // beyond any extent; keeps the sums below from overflowing
    if (step == 0 || step < -farthest || step > farthest) return fail(text("stride ", step, " of axis ", axis, " is not possible"));
    const auto from_end = [&](std::int64_t at) { return std::clamp(at, -farthest, farthest) + (at < 0 ? extent : 0); };
    if (is_dropped) {  // the end is ignored: one position, which has to exist
      const std::int64_t at = is_begin_masked ? 0 : from_end((*begin)[i]);
      if (at < 0 || at >= extent) return fail(text("index ", (*begin)[i], " is outside axis ", axis, " of extent ", extent));
      slices.push_back({at, 1, 1, true});
      continue;
    }
    // Python: a forward slice lives in [0, extent], a backward one in [-1, extent - 1].
    const std::int64_t low = step > 0 ? 0 : -1, high = step > 0 ? extent : extent - 1;
    const std::int64_t first = is_begin_masked ? (step > 0 ? 0 : extent - 1) : std::clamp(from_end((*begin)[i]), low, high);
    const std::int64_t last = is_end_masked ? (step > 0 ? extent : -1) : std::clamp(from_end((*end)[i]), low, high);
    const std::int64_t distance = step > 0 ? last - first : first - last, stride = step > 0 ? step : -step;
    slices.push_back({first, step, distance <= 0 ? 0 : (distance + stride - 1) / stride, false});
  }
  return slices;
}

Result<Shape> broadcast(const Shape& a, const Shape& b) {
  const int rank = std::max(a.rank(), b.rank());
  Shape out;
  for (int axis = 0; axis < rank; ++axis) {
    const int in_a = axis - (rank - a.rank()), in_b = axis - (rank - b.rank());
    const std::int64_t ea = in_a < 0 ? 1 : a[in_a], eb = in_b < 0 ? 1 : b[in_b];
    if (ea != eb && ea != 1 && eb != 1) return fail(text("shapes ", to_text(a), " and ", to_text(b), " do not broadcast: ", ea, " against ", eb));
    out.push(ea == 1 ? eb : ea);
  }
  return out;
}

}  // namespace edgewise
