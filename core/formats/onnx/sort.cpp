// ArgMax, ArgMin, TopK.
#include "core/formats/onnx/families.h"
#include "core/formats/onnx/numbers.h"

namespace edgewise::onnx {

Result<void> import_arg(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  const auto axis = axis_of(node, "axis", 0, x.shape.rank());
  if (!axis) return std::unexpected(axis.error());
  const Order order = importer.whole_order(x);
  const int stored = position_of(order, *axis);
  const bool is_last = flag(node, "select_last_index", false);
  Made in = importer.in_order(x, order);
  if (is_last) in = importer.emit(ReverseV2{}, {in, importer.ints({stored})});   // the last is the first from the other end
  if (!in) return std::unexpected(in.error());
  const ValueId along = importer.ints({stored}, {});
  Made y = importer.emit(node.op_type == "ArgMax" ? Op(ArgMax{}) : Op(ArgMin{}), {in, along}, {DType::int64});
  if (is_last) y = importer.emit(Sub{}, {importer.constant(DType::int64, {}, shared(contents_of(DType::int64, std::vector<std::int64_t>{x.shape[*axis] - 1}))), y});
  if (flag(node, "keepdims", true)) {
    Shape kept = importer.value(*in).shape;
    kept.set(stored, 1);
    return importer.define(node, 0, importer.reshape(y, kept), order);
  }
  Order left;   // the order of what is left, its axes renumbered
  for (const int a : order)
    if (a != *axis) left.push_back(a - (a > *axis ? 1 : 0));
  return importer.define(node, 0, y, left);
}

Result<void> import_top_k(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  const auto axis = axis_of(node, "axis", -1, x.shape.rank());
  if (!axis) return std::unexpected(axis.error());
  std::int64_t k = integer(node, "k", 0);   // before opset 10
  if (Symbol* count = importer.input(node, 1)) {
    const auto read = importer.integers(*count);
    if (!read) return std::unexpected(read.error());
    if (read->size() != 1) return fail("its k is no single number");
    k = read->front();
  }
  if (k < 1 || k > x.shape[*axis]) return fail(text("k is ", k, " along an axis of ", x.shape[*axis]));
  Order order = in_place(x.shape.rank());
  std::erase(order, *axis);
  order.push_back(*axis);
  const bool is_largest = flag(node, "largest", true);
  Made in = importer.in_order(x, order);
  if (!is_largest) in = importer.emit(Neg{}, {in});   // the smallest are the largest of the negatives; ties keep their order
  const auto made = importer.emit(TopKV2{}, {in, importer.ints({k}, {})}, std::vector<Importer::Kind>{{x.type}, {DType::int32}});
  if (!made) return std::unexpected(made.error());
  const Made values = is_largest ? made->front() : importer.emit(Neg{}, {made->front()});
  if (auto ok = importer.define(node, 0, values, order); !ok) return ok;
  return importer.define(node, 1, importer.emit(Cast{}, {made->back()}, {DType::int64}), order);
}

}  // namespace edgewise::onnx
