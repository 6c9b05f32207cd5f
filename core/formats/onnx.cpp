#include "core/formats/onnx.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/formats/onnx/import.h"
#include "core/formats/onnx_read.h"
#include "core/graph/check.h"

namespace edgewise::onnx {

namespace {

constexpr std::int64_t newest_opset = 25;

ByteRange::Kind kind_of(const Graph& graph, ValueId id) {
  for (const Node& node : graph.nodes) {
    const bool is_layer = std::holds_alternative<Conv2d>(node.op) || std::holds_alternative<DepthwiseConv2d>(node.op) || std::holds_alternative<FullyConnected>(node.op);
    if (!is_layer) continue;
    if (node.inputs[1] == id) return ByteRange::Kind::weights;
    if (node.inputs.size() > 2 && node.inputs[2] == id) return ByteRange::Kind::biases;
  }
  return ByteRange::Kind::other_constants;
}

/// The contents of initializers, and between them structure.
std::vector<ByteRange> attribute_bytes(const ModelProto& proto, const Graph& graph, const std::vector<ValueId>& values, std::uint64_t file_bytes) {
  std::vector<ByteRange> contents;
  for (std::size_t i = 0; i < proto.initializers.size(); ++i) {
    const TensorProto& tensor = proto.initializers[i];
    if (tensor.count > 0) contents.push_back({tensor.first, tensor.count, values[i] == no_value ? ByteRange::Kind::other_constants : kind_of(graph, values[i]), values[i]});
  }
  std::ranges::sort(contents, {}, &ByteRange::first);
  std::vector<ByteRange> ranges;
  std::uint64_t at = 0;
  for (const ByteRange& range : contents) {
    if (range.first > at) ranges.push_back({at, range.first - at, ByteRange::Kind::structure});
    ranges.push_back(range);
    at = range.first + range.count;
  }
  if (at < file_bytes) ranges.push_back({at, file_bytes - at, ByteRange::Kind::structure});
  return ranges;
}

}  // namespace

bool looks_like(BytesView file) {
  // Field 1 (ir_version) as a varint below 128, then the tag of a field of ModelProto.
  if (file.size() < 4 || file[0] != std::byte{0x08}) return false;
  const auto version = static_cast<unsigned>(file[1]), tag = static_cast<unsigned>(file[2]);
  return version >= 1 && version < 128 && (tag >> 3) >= 2 && (tag >> 3) <= 25;
}

Result<Model> read(BytesView file, std::string_view name, std::span<const Tensor> given) {
  auto proto = parse(file);
  if (!proto) return std::unexpected(proto.error());
  if (proto->opset < 1) proto->opset = newest_opset;   // only operators of other domains, or carelessly written
  Importer importer(*proto, given);
  auto graph = importer.run();
  if (!graph) return std::unexpected(graph.error());
  if (graph->nodes.empty()) return fail("no node of the graph leads to an output", {}, {}, "Export the model again");
  Model model;
  model.name = name;
  model.format = text("ONNX opset ", proto->opset);
  model.description = proto->producer;
  model.file_bytes = file.size();
  model.bytes = attribute_bytes(*proto, *graph, importer.initializer_values(), file.size());
  model.graph = std::make_shared<const Graph>(std::move(*graph));
  return model;
}

}  // namespace edgewise::onnx
