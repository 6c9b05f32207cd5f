#include "core/graph/operands.h"

#include <algorithm>
#include <cstring>

#include "core/base/text.h"

namespace edgewise {

std::string place_of(const Graph& graph, NodeId id) {
  return text("node ", id, " '", node_name(graph, id), "' (", name_of(graph.node(id).op), ")");
}

std::vector<std::shared_ptr<const Graph>> graphs_of(const Op& op) {
  if (const auto* once = std::get_if<CallOnce>(&op)) return {once->graph};
  if (const auto* loop = std::get_if<While>(&op)) return {loop->condition, loop->body};
  if (const auto* branch = std::get_if<If>(&op)) return {branch->then, branch->otherwise};
  return {};
}

std::vector<const Graph*> all_graphs(const Graph& graph) {
  std::vector<const Graph*> all{&graph};
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const Node& node : all[i]->nodes)
      for (const auto& inside : graphs_of(node.op))
        if (inside != nullptr && std::ranges::find(all, inside.get()) == all.end()) all.push_back(inside.get());
  return all;
}

const VarHandle* handle_of(const Graph& graph, ValueId id) {
  for (const Node& node : graph.nodes)
    if (const auto* handle = std::get_if<VarHandle>(&node.op); handle != nullptr && node.outputs.front() == id) return handle;
  return nullptr;
}

Result<std::vector<std::int64_t>> constant_integers(const Value* value, std::string_view what, std::uint64_t most) {
  if (value == nullptr) return fail(text(what, " is missing"));
  if (!value->is_constant()) return fail(text(what, " must be known before the model runs, not computed by it"));
  if (value->type != DType::int32 && value->type != DType::int64)
    return fail(text(what, " is ", name_of(value->type), "; it must be int32 or int64"));
  const std::uint64_t count = value->shape.elements();
  if (count > most) return fail(text(what, " has ", count, " elements, the limit is ", most));
  if (value->data->size() != bytes_for(value->type, count))
    return fail(text(what, " has ", value->data->size(), " bytes, its shape ", to_text(value->shape), " takes ", bytes_for(value->type, count)));

  std::vector<std::int64_t> numbers(static_cast<std::size_t>(count));
  if (value->type == DType::int32) std::ranges::copy(value->view().as<std::int32_t>(), numbers.begin());
  else std::ranges::copy(value->view().as<std::int64_t>(), numbers.begin());
  return numbers;
}

Result<std::int64_t> constant_integer(const Value* value, std::string_view what) {
  const auto numbers = constant_integers(value, what);
  if (!numbers) return std::unexpected(numbers.error());
  if (numbers->size() != 1) return fail(text(what, " has ", numbers->size(), " elements; 1 is wanted"));
  return numbers->front();
}

Result<int> constant_axis(const Value* value, int rank) {
  const auto axis = constant_integer(value, "the axis");
  if (!axis) return std::unexpected(axis.error());
  if (*axis < -rank || *axis >= rank) return fail(text("axis ", *axis, " is outside a tensor of ", rank, " axes"));
  return from_front(static_cast<int>(*axis), rank);
}

Result<Shape> constant_shape(const Value* value, std::string_view what) {
  const auto extents = constant_integers(value, what);
  if (!extents) return std::unexpected(extents.error());
  if (extents->size() > limits::rank) return fail(text(what, " has ", extents->size(), " axes, the limit is ", limits::rank));
  Shape shape;
  constexpr auto most = static_cast<std::int64_t>(limits::elements);
  for (const std::int64_t extent : *extents) {
    if (extent < 0 || extent > most) return fail(text(what, " has an extent of ", extent, "; each must be in [0, ", most, "]"));
    shape.push(extent);
  }
  return shape;
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

namespace {

/// What begin, end, strides and the masks say of one axis.
struct AxisSpec {
  std::int64_t begin = 0, end = 0, step = 1;
  bool is_begin_masked = true, is_end_masked = true, is_dropped = false, ends_from_begin = false;
};

Result<AxisSlice> resolve_axis(const AxisSpec& spec, int axis, std::int64_t extent) {
  constexpr std::int64_t farthest = std::int64_t{1} << 31;
  if (spec.step == 0 || spec.step < -farthest || spec.step > farthest) return fail(text("stride ", spec.step, " of axis ", axis, " is not possible"));
  const auto from_end = [&](std::int64_t at) { return std::clamp(at, -farthest, farthest) + (at < 0 ? extent : 0); };
  if (spec.is_dropped) {  // the end is ignored: one position, which has to exist
    const std::int64_t at = spec.is_begin_masked ? 0 : from_end(spec.begin);
    if (at < 0 || at >= extent) return fail(text("index ", spec.begin, " is outside axis ", axis, " of extent ", extent));
    return AxisSlice{at, 1, 1, true};
  }
  // Python: a forward slice lives in [0, extent], a backward one in [-1, extent - 1].
  const std::int64_t low = spec.step > 0 ? 0 : -1, high = spec.step > 0 ? extent : extent - 1;
  const std::int64_t first = spec.is_begin_masked ? (spec.step > 0 ? 0 : extent - 1) : std::clamp(from_end(spec.begin), low, high);
  const std::int64_t end = spec.ends_from_begin ? first + std::clamp(spec.end, -farthest, farthest) : from_end(spec.end);
  const std::int64_t last = spec.is_end_masked ? (spec.step > 0 ? extent : -1) : std::clamp(end, low, high);
  const std::int64_t distance = spec.step > 0 ? last - first : first - last, stride = spec.step > 0 ? spec.step : -spec.step;
  return AxisSlice{first, spec.step, distance <= 0 ? 0 : (distance + stride - 1) / stride, false};
}

}  // namespace

Result<Slices> resolve_slices(const Graph& graph, const Node& node, const StridedSlice& op) {
  const auto begin = constant_integers(graph.input(node, 1), "begin");
  if (!begin) return std::unexpected(begin.error());
  const auto end = constant_integers(graph.input(node, 2), "end");
  if (!end) return std::unexpected(end.error());
  const auto strides = constant_integers(graph.input(node, 3), "strides");
  if (!strides) return std::unexpected(strides.error());
  const Shape& input = graph.input(node, 0)->shape;
  const std::size_t given = begin->size();
  const auto is_set = [](std::int32_t mask, std::size_t i) { return (mask >> i & 1) != 0; };
  std::size_t named = 0;  // entries that stand for an axis of the input
  for (std::size_t i = 0; i < given; ++i) named += !is_set(op.ellipsis_mask, i) && !is_set(op.new_axis_mask, i);
  if (end->size() != given || strides->size() != given || named > static_cast<std::size_t>(input.rank()))
    return fail(text("begin, end and strides have ", given, ", ", end->size(), " and ", strides->size(), " elements for a tensor of ", input.rank(), " axes"));

  Slices slices;
  const auto push = [&](std::int64_t extent) {
    const bool fits = slices.output.rank() < limits::rank;
    if (fits) slices.output.push(extent);
    return fits;
  };
  const auto take = [&](const AxisSpec& spec) -> Result<void> {
    const auto axis = static_cast<int>(slices.axes.size());
    const auto slice = resolve_axis(spec, axis, input[axis]);
    if (!slice) return std::unexpected(slice.error());
    slices.axes.push_back(*slice);
    if (!slice->is_dropped && !push(slice->count)) return fail(text("the output has more than ", limits::rank, " axes"));
    return {};
  };
  bool has_ellipsis = false;
  for (std::size_t i = 0; i <= given; ++i) {
    const bool is_ellipsis = i < given && is_set(op.ellipsis_mask, i);
    if (is_ellipsis && has_ellipsis) return fail("there is more than one ellipsis");
    has_ellipsis = has_ellipsis || is_ellipsis;
    if (is_ellipsis || i == given) {  // whole axes, until the entries behind an ellipsis name the rest; behind the last entry, all that are left
      std::size_t behind = 0;
      for (std::size_t j = i + 1; j < given; ++j) behind += !is_set(op.ellipsis_mask, j) && !is_set(op.new_axis_mask, j);
      while (slices.axes.size() + behind < static_cast<std::size_t>(input.rank()))
        if (auto ok = take({}); !ok) return std::unexpected(ok.error());
    } else if (is_set(op.new_axis_mask, i)) {
      if (!push(1)) return fail(text("the output has more than ", limits::rank, " axes"));
    } else if (auto ok = take({(*begin)[i], (*end)[i], (*strides)[i], is_set(op.begin_mask, i), is_set(op.end_mask, i), is_set(op.shrink_axis_mask, i), op.ends_from_begins}); !ok) {
      return std::unexpected(ok.error());
    }
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
