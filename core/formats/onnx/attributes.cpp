#include "core/formats/onnx/attributes.h"

#include <algorithm>

#include "core/base/text.h"

namespace edgewise::onnx {

const AttributeProto* attribute(const NodeProto& node, std::string_view name) {
  const auto at = std::ranges::find(node.attributes, name, &AttributeProto::name);
  return at == node.attributes.end() ? nullptr : &*at;
}
std::int64_t integer(const NodeProto& node, std::string_view name, std::int64_t otherwise) {
  const AttributeProto* from = attribute(node, name);
  return from == nullptr ? otherwise : from->i.value_or(0);   // proto3 leaves a zero out
}
float real(const NodeProto& node, std::string_view name, float otherwise) {
  const AttributeProto* from = attribute(node, name);
  return from == nullptr ? otherwise : from->f.value_or(0.0f);
}
std::string string(const NodeProto& node, std::string_view name, std::string_view otherwise) {
  const AttributeProto* from = attribute(node, name);
  return from == nullptr || !from->s ? std::string(otherwise) : *from->s;
}
std::vector<std::int64_t> integers(const NodeProto& node, std::string_view name) {
  const AttributeProto* from = attribute(node, name);
  return from == nullptr ? std::vector<std::int64_t>() : from->ints;
}
std::vector<float> reals(const NodeProto& node, std::string_view name) {
  const AttributeProto* from = attribute(node, name);
  return from == nullptr ? std::vector<float>() : from->floats;
}
bool flag(const NodeProto& node, std::string_view name, bool otherwise) { return integer(node, name, otherwise ? 1 : 0) != 0; }

Result<int> axis_of(std::int64_t axis, int rank) {
  if (axis < -rank || axis >= rank) return fail(text("axis ", axis, " is outside a tensor of ", rank, " axes"));
  return static_cast<int>(axis < 0 ? axis + rank : axis);
}
Result<int> axis_of(const NodeProto& node, std::string_view name, std::int64_t otherwise, int rank) { return axis_of(integer(node, name, otherwise), rank); }

}  // namespace edgewise::onnx
