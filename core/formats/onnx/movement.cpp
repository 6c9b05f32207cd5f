// Operators that move, pick or repeat elements: Concat, Gather, GatherElements, Expand, Tile, DepthToSpace, SpaceToDepth.
#include "core/formats/onnx/any_order.h"
#include "core/formats/onnx/families.h"
#include "core/formats/onnx/shapes.h"

namespace edgewise::onnx {

Result<void> import_concat(Importer& importer, const NodeProto& node) {
  const int rank = importer.operand(node, 0).shape.rank();
  std::vector<Symbol*> parts;
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    Symbol* part = importer.input(node, i);
    if (part == nullptr) return fail(text("input ", i, " is missing"));
    if (part->shape.rank() != rank) return fail(text("input ", i, " has another number of axes than input 0"));
    if (part->shape.elements() > 0) parts.push_back(part);   // an empty part adds nothing
  }
  if (parts.empty()) return fail("all its inputs are empty");
  const auto axis = axis_of(node, "axis", 1, rank);   // opset 1 has a default
  if (!axis) return std::unexpected(axis.error());
  Order order = in_place(rank);   // of the first part that is stored in another than ONNX's; constants follow
  for (Symbol* part : parts) {
    order = importer.whole_order(*part);
    if (order != in_place(rank)) break;
  }
  const bool is_shifted = std::ranges::all_of(parts, [](const Symbol* part) { return part->is_shifted; });
  std::vector<Made> operands;
  for (Symbol* part : parts) operands.push_back(is_shifted ? importer.stored_in_order(*part, order) : importer.in_order(*part, order));
  return importer.define(node, 0, importer.emit(Concatenation{position_of(order, *axis)}, std::move(operands)), order, is_shifted);
}

Result<void> import_gather(Importer& importer, const NodeProto& node) {
  Symbol &x = importer.operand(node, 0), &indices = importer.operand(node, 1);
  const auto axis = axis_of(node, "axis", 0, x.shape.rank());
  if (!axis) return std::unexpected(axis.error());
  const std::int64_t extent = x.shape[*axis];
  Made where = no_value;
  if (indices.is_constant()) {
    auto list = importer.integers(indices);
    if (!list) return std::unexpected(list.error());
    for (std::int64_t& index : *list) {
      if (index < -extent || index >= extent) return fail(text("index ", index, " is outside an axis of ", extent));
      if (index < 0) index += extent;
    }
    where = importer.ints(*list, indices.shape);
  } else {   // negative indices count from the end
    where = importer.in_order(indices);
    if (where && importer.value(*where).type != DType::int32) where = importer.emit(Cast{}, {where}, {DType::int32});
    where = importer.emit(FloorMod{}, {where, importer.ints({extent}, {})});
  }
  return importer.define(node, 0, importer.emit(Gather{*axis}, {importer.in_order(x), where}));
}

Result<void> import_gather_elements(Importer& importer, const NodeProto& node) {
  Symbol &x = importer.operand(node, 0), &indices = importer.operand(node, 1);
  const auto axis = axis_of(node, "axis", 0, x.shape.rank());
  if (!axis) return std::unexpected(axis.error());
  return importer.define(node, 0, importer.emit(GatherElements{*axis}, {importer.in_order(x), importer.in_order(indices)}));
}

Result<void> import_expand(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  const auto extents = importer.integers(importer.operand(node, 1));
  if (!extents) return std::unexpected(extents.error());
  const auto shape = shape_of(*extents);
  if (!shape) return std::unexpected(shape.error());
  const auto target = broadcast(x.shape, *shape);
  if (!target) return std::unexpected(target.error());
  return importer.define(node, 0, importer.emit(BroadcastTo{}, {importer.in_order(x), importer.extents(*target)}));
}

Result<void> import_tile(Importer& importer, const NodeProto& node) {
  const AnyOrder x(importer, node);
  const auto repeats = importer.list(node, "repeats", 1);
  if (!repeats) return std::unexpected(repeats.error());
  if (!*repeats || static_cast<int>((*repeats)->size()) != x.symbol.shape.rank()) return fail("it has no repeat for each axis");
  std::vector<std::int64_t> stored;
  for (const int axis : x.order) stored.push_back((**repeats)[static_cast<std::size_t>(axis)]);
  return x.define(importer, node, importer.emit(Tile{}, {x.id, importer.ints(stored)}));
}

namespace {

/// [N, C, H, W] as six axes, moved, and joined to another four.
Result<void> blocks(Importer& importer, const NodeProto& node, const Shape& split, const Order& order, const Shape& joined) {
  return importer.define(node, 0, importer.reshape(importer.in_order(importer.reshaped(importer.operand(node, 0), split), order), joined));
}

}  // namespace

Result<void> import_depth_to_space(Importer& importer, const NodeProto& node) {
  const Shape s = importer.operand(node, 0).shape;
  const std::int64_t b = integer(node, "blocksize", 0);
  if (s.rank() != 4 || b < 1 || b > 4096 || s[1] % (b * b) != 0) return fail(text("blocks of ", b, " do not fit an input of ", to_text(s)));
  const std::int64_t c = s[1] / (b * b);
  const Shape joined{s[0], c, s[2] * b, s[3] * b};
  if (string(node, "mode", "DCR") == "CRD") return blocks(importer, node, {s[0], c, b, b, s[2], s[3]}, {0, 1, 4, 2, 5, 3}, joined);
  return blocks(importer, node, {s[0], b, b, c, s[2], s[3]}, {0, 3, 4, 1, 5, 2}, joined);
}

Result<void> import_space_to_depth(Importer& importer, const NodeProto& node) {
  const Shape s = importer.operand(node, 0).shape;
  const std::int64_t b = integer(node, "blocksize", 0);
  if (s.rank() != 4 || b < 1 || b > 4096 || s[2] % b != 0 || s[3] % b != 0) return fail(text("blocks of ", b, " do not fit an input of ", to_text(s)));
  return blocks(importer, node, {s[0], s[1], s[2] / b, b, s[3] / b, b}, {0, 3, 5, 1, 2, 4}, {s[0], s[1] * b * b, s[2] / b, s[3] / b});
}

}  // namespace edgewise::onnx
