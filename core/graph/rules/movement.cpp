// The rules of the operators that move elements without computing: their shapes follow from axes, paddings and slices.
#include "core/base/text.h"
#include "core/graph/operands.h"
#include "core/graph/rules/rules.h"

namespace edgewise {
namespace {

Result<Shapes> pad(const Place& at) {
  if (!at.is_constant(1)) return Shapes::unknown();
  const auto paddings = constant_integers(at.optional(1), "paddings");
  if (!paddings) return std::unexpected(paddings.error());
  Shape out = at.in(0);
  if (paddings->size() != 2 * static_cast<std::size_t>(out.rank()))
    return fail(text("paddings have ", paddings->size(), " elements; two for each of ", out.rank(), " axes are wanted"));
  for (int axis = 0; axis < out.rank(); ++axis) {
    const std::int64_t before = (*paddings)[2 * static_cast<std::size_t>(axis)], after = (*paddings)[2 * static_cast<std::size_t>(axis) + 1];
    constexpr auto most = static_cast<std::int64_t>(limits::elements);
    if (before < 0 || after < 0 || before > most || after > most)
      return fail(text("padding ", before, " before and ", after, " after axis ", axis, ": each must be in [0, ", most, "]"));
    out.set(axis, before + out[axis] + after);
  }
  return out;
}

Result<Shapes> reshape(const Place& at) {
  const Shape& output = at.graph.output(at.node).shape;
  if (output.elements() == at.in(0).elements() && output.rank() > 0) return output;  // what the file says is what counts
  const Value* wanted = at.optional(1);
  if (wanted == nullptr || !wanted->is_constant()) {
    if (output.elements() == at.in(0).elements()) return output;
    return fail(text("an input of ", to_text(at.in(0)), " does not fill an output of ", to_text(output)));
  }
  const auto extents = constant_integers(wanted, "the new shape");
  if (!extents) return std::unexpected(extents.error());
  if (extents->size() > limits::rank) return fail(text("the new shape has ", extents->size(), " axes, the limit is ", limits::rank));
  Shape out;
  int free_axis = -1;
  for (const std::int64_t extent : *extents) {
    if (extent == -1 && free_axis < 0) free_axis = out.rank();
    else if (extent < 0) return fail(text("the new shape has an extent of ", extent));
    out.push(extent == -1 ? 1 : extent);
  }
  const std::uint64_t others = out.elements();
  if (free_axis >= 0 && others > 0) out.set(free_axis, static_cast<std::int64_t>(at.in(0).elements() / others));
  if (out.elements() != at.in(0).elements()) return fail(text("an input of ", to_text(at.in(0)), " does not fill an output of ", to_text(out)));
  return out;
}

Result<Shapes> concatenation(const Place& at) {
  const auto& op = std::get<Concatenation>(at.node.op);
  const auto axis = from_front(op.axis, at.in(0).rank());
  if (!axis) return std::unexpected(axis.error());
  Shape out = at.in(0);
  for (std::size_t i = 1; i < at.node.inputs.size(); ++i) {
    Shape other = at.in(i);
    if (other.rank() != out.rank()) return fail(text("input ", i, " is ", to_text(other), ", input 0 is ", to_text(at.in(0))));
    const std::int64_t joined = out[*axis] + other[*axis];
    other.set(*axis, out[*axis]);
    if (other != out) return fail(text("input ", i, " is ", to_text(at.in(i)), ", input 0 is ", to_text(at.in(0)), ": only axis ", *axis, " may differ"));
    out.set(*axis, joined);
  }
  return out;
}

Result<Shapes> transpose(const Place& at) {
  if (!at.is_constant(1)) return Shapes::unknown();
  const auto permutation = constant_integers(at.optional(1), "permutation");
  if (!permutation) return std::unexpected(permutation.error());
  const auto named = named_axes(*permutation, at.in(0).rank());
  if (!named) return std::unexpected(named.error());
  for (const bool is_named : *named)
    if (!is_named || permutation->size() != named->size()) return fail(text("the permutation must name each of ", named->size(), " axes once"));
  Shape out;
  for (const std::int64_t axis : *permutation) out.push(at.in(0)[static_cast<int>(axis < 0 ? axis + at.in(0).rank() : axis)]);
  return out;
}

Result<Shapes> strided_slice(const Place& at) {
  const auto& op = std::get<StridedSlice>(at.node.op);
  for (std::size_t i = 1; i < 4; ++i)
    if (!at.is_constant(i)) return Shapes::unknown();
  const auto slices = resolve_slices(at.graph, at.node, op);
  if (!slices) return std::unexpected(slices.error());
  return slices->output;
}

Result<Shapes> pack(const Place& at) {
  const auto& op = std::get<Pack>(at.node.op);
  const int rank = at.in(0).rank() + 1;
  if (rank > limits::rank) return fail(text("packing makes ", rank, " axes, the limit is ", limits::rank));
  const auto axis = from_front(op.axis, rank);
  if (!axis) return std::unexpected(axis.error());
  for (std::size_t i = 1; i < at.node.inputs.size(); ++i)
    if (at.in(i) != at.in(0)) return fail(text("input ", i, " is ", to_text(at.in(i)), ", input 0 is ", to_text(at.in(0))));
  Shape out;
  for (int to = 0, from = 0; to < rank; ++to) out.push(to == *axis ? static_cast<std::int64_t>(at.node.inputs.size()) : at.in(0)[from++]);
  return out;
}

}  // namespace

const Rule Pad::rule = {.name = "PAD", .inputs = {2, 2}, .shapes = pad, .macs = rules::no_macs};
const Rule Reshape::rule = {.name = "RESHAPE", .inputs = {1, 2}, .shapes = reshape, .macs = rules::no_macs};
const Rule Concatenation::rule = {.name = "CONCATENATION", .inputs = {1, rules::many}, .shapes = concatenation, .macs = rules::no_macs};
const Rule Transpose::rule = {.name = "TRANSPOSE", .inputs = {2, 2}, .shapes = transpose, .macs = rules::no_macs};
const Rule StridedSlice::rule = {.name = "STRIDED_SLICE", .inputs = {4, 4}, .shapes = strided_slice, .macs = rules::no_macs};
const Rule Shape_::rule = {.name = "SHAPE",
                           .inputs = {1, 1},
                           .shapes = [](const Place& at) -> Result<Shapes> { return Shape{at.in(0).rank()}; },
                           .macs = rules::no_macs};
const Rule Pack::rule = {.name = "PACK", .inputs = {1, rules::many}, .shapes = pack, .macs = rules::no_macs};

}  // namespace edgewise
