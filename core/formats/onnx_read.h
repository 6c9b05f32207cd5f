// The bytes of an ONNX file as ONNX's own nodes and tensors, bounded; nothing is interpreted yet. Private to core/formats.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/graph/model.h"
#include "core/tensor/tensor.h"

namespace edgewise::onnx {

/// TensorProto. `foreign` is not empty when DType has no such type; then there are no contents.
struct TensorProto {
  std::string name;
  DType type = DType::float32;
  std::string_view foreign;
  Shape shape;
  std::shared_ptr<const Bytes> contents;
  std::uint64_t first = 0, count = 0;   ///< where in the file the contents stand
};

struct AttributeProto {
  std::string name;
  std::optional<float> f;
  std::optional<std::int64_t> i;
  std::optional<std::string> s;
  std::optional<TensorProto> t;
  std::vector<float> floats;
  std::vector<std::int64_t> ints;
  std::vector<std::string> strings;
  bool is_graph = false;                ///< holds a subgraph, which is not read
};

struct NodeProto {
  std::string name, op_type, domain;
  std::vector<std::string> inputs, outputs;   ///< "" is absent
  std::vector<AttributeProto> attributes;
  std::uint64_t offset = 0;
};

/// ValueInfoProto. An extent that the file leaves open is -1.
struct ValueInfo {
  std::string name;
  DType type = DType::float32;
  std::string_view foreign;             ///< not empty: no tensor, or of a type that DType lacks
  bool has_shape = false;
  std::vector<std::int64_t> extents;
  std::uint64_t offset = 0;
};

struct ModelProto {
  std::int64_t ir_version = 0, opset = 0;     ///< opset of the domain "" or "ai.onnx"
  std::string producer;
  std::vector<NodeProto> nodes;
  std::vector<TensorProto> initializers;
  std::vector<ValueInfo> inputs, outputs, values;
  std::vector<ByteRange> names;               ///< the names of values, for the account of the file's bytes
};

/// `file` is at most limits::model_file_bytes. Fails where the bytes are no ONNX model, a count or a size is over its limit, or contents stand in another file.
Result<ModelProto> parse(BytesView file);

/// A file that holds one TensorProto: what ONNX's own tests keep their inputs and outputs in.
Result<Tensor> parse_tensor(BytesView file);

/// ONNX's type as ours; `foreign` as in TensorProto.
struct ElementType {
  DType type = DType::float32;
  std::string_view foreign;
};
ElementType element_type(std::int64_t number);

}  // namespace edgewise::onnx
