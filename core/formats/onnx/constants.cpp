// Constant, ConstantOfShape, Range, Shape, Size: what is known when the file is loaded.
#include <cmath>

#include "core/base/limits.h"
#include "core/formats/onnx/families.h"
#include "core/formats/onnx/fold.h"
#include "core/formats/onnx/numbers.h"
#include "core/formats/onnx/shapes.h"

namespace edgewise::onnx {

namespace {

Result<void> define_integers(Importer& importer, const NodeProto& node, const std::vector<std::int64_t>& values, const Shape& shape) {
  return importer.define_constant(node.outputs[0], DType::int64, shape, shared(contents_of(DType::int64, values)));
}
Result<void> define_reals(Importer& importer, const NodeProto& node, const std::vector<float>& values, const Shape& shape) {
  return importer.define_constant(node.outputs[0], DType::float32, shape, float_constant(values, shape).data);
}
template <class T>
Shape list_of(const std::vector<T>& values) { return {static_cast<std::int64_t>(values.size())}; }

}  // namespace

Result<void> import_constant(Importer& importer, const NodeProto& node) {
  for (const AttributeProto& from : node.attributes) {
    if (from.name == "value" && from.t) {
      if (!from.t->foreign.empty()) return fail(text("the type ", from.t->foreign, " is not supported"));
      return importer.define_constant(node.outputs[0], from.t->type, from.t->shape, from.t->contents);
    }
    if (from.name == "value_int") return define_integers(importer, node, {from.i.value_or(0)}, {});
    if (from.name == "value_ints") return define_integers(importer, node, from.ints, list_of(from.ints));
    if (from.name == "value_float") return define_reals(importer, node, {from.f.value_or(0.0f)}, {});
    if (from.name == "value_floats") return define_reals(importer, node, from.floats, list_of(from.floats));
  }
  return fail("its value is of a kind that is not supported");
}

Result<void> import_constant_of_shape(Importer& importer, const NodeProto& node) {
  const auto extents = importer.integers(importer.operand(node, 0));
  if (!extents) return std::unexpected(extents.error());
  const auto shape = shape_of(*extents);
  if (!shape) return std::unexpected(shape.error());
  if (shape->elements() > most_folded) return fail(text("a constant of ", to_text(*shape), " is larger than ", most_folded, " elements"));
  const AttributeProto* value = attribute(node, "value");
  DType type = DType::float32;
  Bytes one(4);
  if (value != nullptr && value->t) {
    if (!value->t->foreign.empty() || value->t->shape.elements() != 1 || value->t->type == DType::int4) return fail("its value is no single number");
    type = value->t->type;
    one = *value->t->contents;
  }
  Bytes contents;
  for (std::uint64_t i = 0; i < shape->elements(); ++i) contents.insert(contents.end(), one.begin(), one.end());
  return importer.define_constant(node.outputs[0], type, *shape, shared(std::move(contents)));
}

Result<void> import_range(Importer& importer, const NodeProto& node) {
  const DType type = importer.operand(node, 0).type;
  std::array<double, 3> ends{};   // start, limit, step
  for (std::size_t i = 0; i < ends.size(); ++i) {
    Symbol& end = importer.operand(node, i);
    if (const auto known = importer.reals(end); !known) return std::unexpected(known.error());
    if (end.shape.elements() != 1 || end.type != type) return fail(text("input ", i, " is no single number of the type of the others"));
    ends[i] = is_real(type) ? real_numbers(type, *end.data).front() : static_cast<double>(whole_numbers(type, *end.data).front());   // whole numbers beyond 2^53 are none that count
  }
  const double count = std::ceil((ends[1] - ends[0]) / ends[2]);
  if (std::isnan(count) || count > static_cast<double>(most_folded)) return fail(text("it has ", static_cast<float>(count), " elements, the limit is ", most_folded));
  std::vector<double> numbers;
  for (double i = 0.0; i < count; i += 1.0) numbers.push_back(ends[0] + i * ends[2]);
  return importer.define_constant(node.outputs[0], type, list_of(numbers), shared(contents_of(type, numbers)));
}

Result<void> import_shape(Importer& importer, const NodeProto& node) {
  const Shape& shape = importer.operand(node, 0).shape;
  const auto end = [&](std::string_view name, std::int64_t otherwise) {
    const std::int64_t at = integer(node, name, otherwise);
    return std::clamp<std::int64_t>(at < 0 ? at + shape.rank() : at, 0, shape.rank());
  };
  std::vector<std::int64_t> extents;
  for (std::int64_t axis = end("start", 0); axis < end("end", shape.rank()); ++axis) extents.push_back(shape[static_cast<int>(axis)]);
  return define_integers(importer, node, extents, list_of(extents));
}

Result<void> import_size(Importer& importer, const NodeProto& node) {
  return define_integers(importer, node, {static_cast<std::int64_t>(importer.operand(node, 0).shape.elements())}, {});
}

}  // namespace edgewise::onnx
