// What a node says of itself: its attributes, with what stands for those left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/formats/onnx_read.h"

namespace edgewise::onnx {

/// Null where the node has none of that name.
const AttributeProto* attribute(const NodeProto& node, std::string_view name);
std::int64_t integer(const NodeProto& node, std::string_view name, std::int64_t otherwise);
float real(const NodeProto& node, std::string_view name, float otherwise);
std::string string(const NodeProto& node, std::string_view name, std::string_view otherwise);
std::vector<std::int64_t> integers(const NodeProto& node, std::string_view name);
std::vector<float> reals(const NodeProto& node, std::string_view name);
bool flag(const NodeProto& node, std::string_view name, bool otherwise);

/// `axis` counted from the front; fails outside [-rank, rank).
Result<int> axis_of(std::int64_t axis, int rank);
/// The node's axis `name`, of a tensor of `rank`.
Result<int> axis_of(const NodeProto& node, std::string_view name, std::int64_t otherwise, int rank);

}  // namespace edgewise::onnx
