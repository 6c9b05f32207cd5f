// Operators that only rename axes or extents: Identity, Dropout, Transpose, Squeeze, Unsqueeze, Reshape, Flatten. They make no node: readers ask for the order
// they want.
#include "core/base/limits.h"
#include "core/formats/onnx/families.h"
#include "core/formats/onnx/fold.h"
#include "core/formats/onnx/shapes.h"

namespace edgewise::onnx {

Result<void> import_identity(Importer& importer, const NodeProto& node) { return importer.define_same(node, importer.operand(node, 0)); }

Result<void> import_dropout(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  if (Symbol* training = importer.input(node, 2)) {
    const auto is_training = importer.integers(*training);
    if (!is_training) return std::unexpected(is_training.error());
    Symbol* ratio = importer.input(node, 1);
    const auto rate = ratio == nullptr ? Result<std::vector<float>>(std::vector{0.5f}) : importer.reals(*ratio);
    if (!rate) return std::unexpected(rate.error());
    if (!is_training->empty() && is_training->front() != 0 && !rate->empty() && rate->front() != 0.0f) return fail("in training it drops values at random");
  }
  if (node.outputs.size() > 1 && x.shape.elements() <= most_folded)   // nothing is dropped
    if (auto ok = importer.define_constant(node.outputs[1], DType::boolean, x.shape, shared(Bytes(static_cast<std::size_t>(x.shape.elements()), std::byte{1}))); !ok) return ok;
  return importer.define_same(node, x);
}

Result<void> import_transpose(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  const int rank = x.shape.rank();
  auto perm = integers(node, "perm");
  if (perm.empty())
    for (int axis = rank; axis-- > 0;) perm.push_back(axis);
  std::vector<int> axes;
  for (const std::int64_t named : perm) {
    const auto axis = axis_of(named, rank);
    if (!axis) return std::unexpected(axis.error());
    if (position_of(axes, *axis) >= 0) return fail(text("axis ", *axis, " is named twice"));
    axes.push_back(*axis);
  }
  if (!is_whole(axes, rank)) return fail(text("the permutation must name each of ", rank, " axes once"));
  return importer.define_view(node, x, axes);
}

Result<void> import_squeeze(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  const auto named = importer.list(node, "axes", 1);
  if (!named) return std::unexpected(named.error());
  Order goes;
  if (!*named)
    for (int axis = 0; axis < x.shape.rank(); ++axis)
      if (x.shape[axis] == 1) goes.push_back(axis);
  for (const std::int64_t number : named->value_or(std::vector<std::int64_t>())) {
    const auto axis = axis_of(number, x.shape.rank());
    if (!axis) return std::unexpected(axis.error());
    if (x.shape[*axis] != 1) return fail(text("axis ", *axis, " has an extent of ", x.shape[*axis], "; only 1 can be left out"));
    goes.push_back(*axis);
  }
  Order axes = in_place(x.shape.rank());
  std::erase_if(axes, [&](int axis) { return position_of(goes, axis) >= 0; });
  return importer.define_view(node, x, axes);
}

Result<void> import_unsqueeze(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  const auto named = importer.list(node, "axes", 1);
  if (!named) return std::unexpected(named.error());
  if (!*named) return fail("it has no axes");
  const std::size_t rank = static_cast<std::size_t>(x.shape.rank()) + (*named)->size();
  if (rank > limits::rank) return fail(text("the output would have ", rank, " axes, the limit is ", limits::rank));
  Order is_new;
  for (const std::int64_t number : **named) {
    const auto axis = axis_of(number, static_cast<int>(rank));
    if (!axis) return std::unexpected(axis.error());
    if (position_of(is_new, *axis) >= 0) return fail(text("axis ", *axis, " is named twice"));
    is_new.push_back(*axis);
  }
  Order axes;
  int from = 0;
  for (const int axis : in_place(static_cast<int>(rank))) axes.push_back(position_of(is_new, axis) >= 0 ? added : from++);
  return importer.define_view(node, x, axes);
}

Result<void> import_reshape(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  auto extents = importer.list(node, "shape", 1);
  if (!extents) return std::unexpected(extents.error());
  if (!*extents) return fail("it has no shape");
  std::vector<std::int64_t>& list = **extents;
  const bool keeps_zero = flag(node, "allowzero", false);
  std::uint64_t others = 1;
  std::int64_t* open = nullptr;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] == 0 && !keeps_zero) {
      if (static_cast<int>(i) >= x.shape.rank()) return fail(text("axis ", i, " is copied from an input of ", x.shape.rank(), " axes"));
      list[i] = x.shape[static_cast<int>(i)];
    }
    if (list[i] == -1 && open == nullptr) open = &list[i];
    else if (list[i] >= 0 && static_cast<std::uint64_t>(list[i]) <= limits::elements && others <= limits::elements) others *= static_cast<std::uint64_t>(list[i]);
    else return fail(text("the shape has an extent of ", list[i]));
  }
  if (open != nullptr) *open = others == 0 ? 0 : static_cast<std::int64_t>(x.shape.elements() / others);
  const auto shape = shape_of(list);
  if (!shape) return std::unexpected(shape.error());
  if (shape->elements() != x.shape.elements()) return fail(text("an input of ", to_text(x.shape), " does not fill an output of ", to_text(*shape)));
  return importer.define_reshaped(node, x, *shape);
}

Result<void> import_flatten(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  std::int64_t axis = integer(node, "axis", 1);
  if (axis < 0) axis += x.shape.rank();
  if (axis < 0 || axis > x.shape.rank()) return fail(text("axis ", axis, " is outside a tensor of ", x.shape.rank(), " axes"));
  return importer.define_reshaped(node, x, as_rows(x.shape, static_cast<int>(axis)));
}

}  // namespace edgewise::onnx
