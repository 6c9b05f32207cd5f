// The rules of the operators that pick or make elements: parts of a tensor, elements by index, a value everywhere.
#include <algorithm>

#include "core/base/text.h"
#include "core/graph/operands.h"
#include "core/graph/rules/rules.h"

namespace edgewise {
namespace {

Result<Shapes> expand_dims(const Place& at) {
  const Shape& in = at.in(0);
  if (in.rank() + 1 > limits::rank) return fail(text("the output has ", in.rank() + 1, " axes, the limit is ", limits::rank));
  if (!at.is_constant(1)) return rules::computed(at, at.graph.output(at.node).shape.elements() == in.elements(), "it has another number of elements than the input");
  const auto axis = constant_axis(at.optional(1), in.rank() + 1);
  if (!axis) return std::unexpected(axis.error());
  Shape out;
  for (int to = 0, from = 0; to <= in.rank(); ++to) out.push(to == *axis ? 1 : in[from++]);
  return out;
}

Result<Shapes> squeeze(const Place& at) {
  const auto& op = std::get<Squeeze>(at.node.op);
  const Shape& in = at.in(0);
  const auto named = named_axes({op.axes.begin(), op.axes.end()}, in.rank());
  if (!named) return std::unexpected(named.error());
  Shape out;
  for (int axis = 0; axis < in.rank(); ++axis) {
    const bool is_named = (*named)[static_cast<std::size_t>(axis)];
    if (is_named && in[axis] != 1) return fail(text("axis ", axis, " of ", to_text(in), " has the extent ", in[axis], "; only an extent of 1 can be left out"));
    if (!(is_named || (op.axes.empty() && in[axis] == 1))) out.push(in[axis]);
  }
  return out;
}

/// The input with `extents` along `axis`, one output each.
Result<Shapes> pieces(const Shape& in, int axis, const std::vector<std::int64_t>& extents) {
  std::vector<Shape> out;
  for (const std::int64_t extent : extents) {
    out.push_back(in);
    out.back().set(axis, extent);
  }
  return out;
}

Result<Shapes> split(const Place& at) {
  if (!at.is_constant(0)) return Shapes::unknown();
  const auto axis = constant_axis(at.optional(0), at.in(1).rank());
  if (!axis) return std::unexpected(axis.error());
  const auto count = static_cast<std::int64_t>(at.node.outputs.size());
  const std::int64_t extent = at.in(1)[*axis];
  if (extent % count != 0) return fail(text("axis ", *axis, " of extent ", extent, " does not split into ", count, " equal parts"));
  return pieces(at.in(1), *axis, std::vector(static_cast<std::size_t>(count), extent / count));
}

Result<Shapes> split_v(const Place& at) {
  if (!at.is_constant(1) || !at.is_constant(2)) return Shapes::unknown();
  const auto axis = constant_axis(at.optional(2), at.in(0).rank());
  if (!axis) return std::unexpected(axis.error());
  auto extents = constant_integers(at.optional(1), "the extents", rules::many);
  if (!extents) return std::unexpected(extents.error());
  if (extents->size() != at.node.outputs.size()) return fail(text("there are ", extents->size(), " extents for ", at.node.outputs.size(), " outputs"));
  const std::int64_t whole = at.in(0)[*axis];
  std::int64_t rest = whole;
  std::int64_t* open = nullptr;   // one extent may be -1: what is left
  for (std::int64_t& extent : *extents) {
    if (extent == -1 && open == nullptr) open = &extent;
    else if (extent < 0 || extent > whole) return fail(text("an extent is ", extent, "; each must be in [0, ", whole, "], one may be -1"));
    else rest -= extent;
  }
  if (rest < 0 || (open == nullptr && rest != 0)) return fail(text("the extents do not add up to ", whole, ", axis ", *axis, " of the input"));
  if (open != nullptr) *open = rest;
  return pieces(at.in(0), *axis, *extents);
}

Result<Shapes> unpack(const Place& at) {
  const Shape& in = at.in(0);
  const auto axis = from_front(std::get<Unpack>(at.node.op).axis, in.rank());
  if (!axis) return std::unexpected(axis.error());
  if (static_cast<std::size_t>(in[*axis]) != at.node.outputs.size())
    return fail(text("axis ", *axis, " has the extent ", in[*axis], " for ", at.node.outputs.size(), " outputs"));
  Shape out;
  for (int i = 0; i < in.rank(); ++i)
    if (i != *axis) out.push(in[i]);
  return std::vector(at.node.outputs.size(), out);
}

Result<Shapes> slice(const Place& at) {
  const Shape& in = at.in(0);
  const auto fits = [&](const Shape& out) {
    bool does = out.rank() == in.rank();
    for (int axis = 0; does && axis < in.rank(); ++axis) does = out[axis] <= in[axis];
    return does;
  };
  if (!at.is_constant(2)) return rules::computed(at, fits(at.graph.output(at.node).shape), "it does not fit into the input");
  const auto extents = constant_integers(at.optional(2), "the extents");
  if (!extents) return std::unexpected(extents.error());
  std::vector<std::int64_t> begin(extents->size(), 0);
  if (at.is_constant(1)) {
    auto given = constant_integers(at.optional(1), "the beginning");
    if (!given) return std::unexpected(given.error());
    begin = std::move(*given);
  }
  if (extents->size() != static_cast<std::size_t>(in.rank()) || begin.size() != extents->size())
    return fail(text("beginning and extents have ", begin.size(), " and ", extents->size(), " elements for a tensor of ", in.rank(), " axes"));
  Shape out;
  for (int axis = 0; axis < in.rank(); ++axis) {
    const std::int64_t first = begin[static_cast<std::size_t>(axis)], given = (*extents)[static_cast<std::size_t>(axis)];
    if (given == -1 && !at.is_constant(1)) return rules::computed(at, fits(at.graph.output(at.node).shape), "it does not fit into the input");
    if (first < 0 || first > in[axis] || given < -1 || given > in[axis] - first)
      return fail(text(given, " elements from ", first, " are not inside axis ", axis, " of extent ", in[axis]));
    out.push(given == -1 ? in[axis] - first : given);
  }
  return out;
}

Result<Shapes> gather(const Place& at) {
  const auto& op = std::get<Gather>(at.node.op);
  const Shape &in = at.in(0), &indices = at.in(1);
  const auto axis = from_front(op.axis, in.rank());
  if (!axis) return std::unexpected(axis.error());
  const int batches = op.batch_dims < 0 ? op.batch_dims + indices.rank() : op.batch_dims;
  if (batches < 0 || batches > indices.rank() || batches > *axis) return fail(text(op.batch_dims, " batch axes are not possible before axis ", *axis, " and ", indices.rank(), " axes of indices"));
  for (int i = 0; i < batches; ++i)
    if (in[i] != indices[i]) return fail(text("batch axis ", i, " has the extents ", in[i], " and ", indices[i]));
  if (in.rank() - 1 + indices.rank() - batches > limits::rank)
    return fail(text("the output has ", in.rank() - 1 + indices.rank() - batches, " axes, the limit is ", limits::rank));
  Shape out;
  for (int i = 0; i < *axis; ++i) out.push(in[i]);
  for (int i = batches; i < indices.rank(); ++i) out.push(indices[i]);
  for (int i = *axis + 1; i < in.rank(); ++i) out.push(in[i]);
  return out;
}

Result<Shapes> gather_nd(const Place& at) {
  const Shape &in = at.in(0), &indices = at.in(1);
  if (indices.rank() < 1 || indices.back() < 1 || indices.back() > in.rank()) return fail(text("indices of ", to_text(indices), " do not fit an input of ", to_text(in)));
  const auto depth = static_cast<int>(indices.back());
  if (indices.rank() - 1 + in.rank() - depth > limits::rank) return fail(text("the output has ", indices.rank() - 1 + in.rank() - depth, " axes, the limit is ", limits::rank));
  Shape out;
  for (int i = 0; i + 1 < indices.rank(); ++i) out.push(indices[i]);
  for (int i = depth; i < in.rank(); ++i) out.push(in[i]);
  return out;
}

Result<Shapes> embedding_lookup(const Place& at) {
  const Shape &indices = at.in(0), &table = at.in(1);
  if (indices.rank() != 1 || table.rank() < 1) return fail(text("indices of ", to_text(indices), " into a table of ", to_text(table), "; a list and at least rows are wanted"));
  Shape out = table;
  out.set(0, indices[0]);
  return out;
}

Result<Shapes> broadcast_args(const Place& at) {
  const Shape &a = at.in(0), &b = at.in(1);
  if (a.rank() != 1 || b.rank() != 1) return fail(text("shapes of ", to_text(a), " and ", to_text(b), " elements; lists are wanted"));
  return Shape{std::max(a[0], b[0])};
}

Result<Shapes> select(const Place& at) {
  auto out = broadcast(at.in(1), at.in(2));
  if (!out) return std::unexpected(out.error());
  out = broadcast(at.in(0), *out);
  if (!out) return std::unexpected(out.error());
  return *out;
}

Result<Shapes> fill(const Place& at) {
  if (!at.is_constant(0)) {
    const Shape& dims = at.in(0);
    return rules::computed(at, dims.rank() == 1 && dims[0] == at.graph.output(at.node).shape.rank(), "it has another number of axes than the list of extents");
  }
  const auto shape = constant_shape(at.optional(0), "the shape");
  if (!shape) return std::unexpected(shape.error());
  return *shape;
}

Result<Shapes> dynamic_update_slice(const Place& at) {
  const Shape &in = at.in(0), &update = at.in(1), &begin = at.in(2);
  bool fits = update.rank() == in.rank() && begin.elements() == static_cast<std::uint64_t>(in.rank());
  for (int axis = 0; fits && axis < in.rank(); ++axis) fits = update[axis] <= in[axis];
  if (!fits) return fail(text("an update of ", to_text(update), " from ", begin.elements(), " indices does not fit into ", to_text(in)));
  return in;
}

}  // namespace

const Rule ExpandDims::rule = {.name = "EXPAND_DIMS", .inputs = {2, 2}, .shapes = expand_dims, .macs = rules::no_macs};
const Rule Squeeze::rule = {.name = "SQUEEZE", .inputs = {1, 1}, .shapes = squeeze, .macs = rules::no_macs};
const Rule Split_::rule = {.name = "SPLIT", .inputs = {2, 2}, .outputs = {1, rules::many}, .shapes = split, .macs = rules::no_macs};
const Rule SplitV::rule = {.name = "SPLIT_V", .inputs = {3, 3}, .outputs = {1, rules::many}, .shapes = split_v, .macs = rules::no_macs};
const Rule Unpack::rule = {.name = "UNPACK", .inputs = {1, 1}, .outputs = {1, rules::many}, .shapes = unpack, .macs = rules::no_macs};
const Rule Slice::rule = {.name = "SLICE", .inputs = {3, 3}, .shapes = slice, .macs = rules::no_macs};
const Rule Gather::rule = {.name = "GATHER", .inputs = {2, 2}, .shapes = gather, .macs = rules::no_macs};
const Rule GatherNd::rule = {.name = "GATHER_ND", .inputs = {2, 2}, .shapes = gather_nd, .macs = rules::no_macs};
const Rule EmbeddingLookup::rule = {.name = "EMBEDDING_LOOKUP", .inputs = {2, 2}, .shapes = embedding_lookup, .macs = rules::no_macs};
const Rule BroadcastArgs::rule = {.name = "BROADCAST_ARGS", .inputs = {2, 2}, .shapes = broadcast_args, .macs = rules::no_macs};
const Rule SelectV2::rule = {.name = "SELECT_V2", .inputs = {3, 3}, .shapes = select, .macs = rules::no_macs};
const Rule Fill::rule = {.name = "FILL", .inputs = {2, 2}, .shapes = fill, .macs = rules::no_macs};
const Rule DynamicUpdateSlice::rule = {.name = "DYNAMIC_UPDATE_SLICE", .inputs = {3, 3}, .shapes = dynamic_update_slice, .macs = rules::no_macs};

}  // namespace edgewise
