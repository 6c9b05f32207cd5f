// ONNX files for tests, written through nanopb's encoder: nodes, initializers, inputs and outputs, field by field.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <pb_encode.h>

#include "core/base/bytes.h"
#include "core/formats/onnx/schema.h"

namespace edgewise::test {

/// One protobuf message being written.
class ProtoBytes {
 public:
  ProtoBytes& integer(std::uint32_t field, std::int64_t value) { return write([&](pb_ostream_t* to) { return pb_encode_tag(to, PB_WT_VARINT, field) && pb_encode_varint(to, static_cast<std::uint64_t>(value)); }); }
  ProtoBytes& real(std::uint32_t field, float value) { return write([&](pb_ostream_t* to) { return pb_encode_tag(to, PB_WT_32BIT, field) && pb_encode_fixed32(to, &value); }); }
  ProtoBytes& bytes(std::uint32_t field, BytesView value) {
    return write([&](pb_ostream_t* to) { return pb_encode_tag(to, PB_WT_STRING, field) && pb_encode_string(to, reinterpret_cast<const pb_byte_t*>(value.data()), value.size()); });
  }
  ProtoBytes& string(std::uint32_t field, std::string_view value) { return bytes(field, as_bytes(value)); }
  ProtoBytes& message(std::uint32_t field, const ProtoBytes& value) { return bytes(field, value.content); }

  Bytes content;

 private:
  template <class Encode>
  ProtoBytes& write(Encode encode) {
    pb_ostream_t measure = PB_OSTREAM_SIZING;
    encode(&measure);
    const std::size_t before = content.size();
    content.resize(before + measure.bytes_written);
    pb_ostream_t to = pb_ostream_from_buffer(reinterpret_cast<pb_byte_t*>(content.data()) + before, measure.bytes_written);
    encode(&to);
    return *this;
  }
};

/// A model of one graph.
class OnnxBytes {
 public:
  explicit OnnxBytes(std::int64_t opset = 13) : opset_(opset) {}

  OnnxBytes& input(std::string_view name, const std::vector<std::int64_t>& shape, onnx::schema::DataType type = onnx::schema::DataType::float32) { return ends(onnx::schema::graph::input, name, shape, type); }
  OnnxBytes& output(std::string_view name, const std::vector<std::int64_t>& shape, onnx::schema::DataType type = onnx::schema::DataType::float32) { return ends(onnx::schema::graph::output, name, shape, type); }
  template <class T>
  OnnxBytes& constant(std::string_view name, const std::vector<std::int64_t>& shape, const std::vector<T>& values, onnx::schema::DataType type) {
    using namespace onnx::schema;
    ProtoBytes tensor;
    for (const std::int64_t extent : shape) tensor.integer(tensor::dims, extent);
    tensor.integer(tensor::data_type, static_cast<std::int64_t>(type)).string(tensor::name, name).bytes(tensor::raw_data, std::as_bytes(std::span(values)));
    graph_.message(graph::initializer, tensor);
    return *this;
  }
  OnnxBytes& constant(std::string_view name, const std::vector<std::int64_t>& shape, const std::vector<float>& values) { return constant(name, shape, values, onnx::schema::DataType::float32); }

  struct Attribute {
    std::string name;
    std::vector<std::int64_t> ints;
    bool is_list = true;
    std::vector<float> floats = {};
  };
  OnnxBytes& node(std::string_view op, const std::vector<std::string>& inputs, const std::vector<std::string>& outputs, const std::vector<Attribute>& attributes = {}) {
    using namespace onnx::schema;
    ProtoBytes node;
    for (const std::string& name : inputs) node.string(node::input, name);
    for (const std::string& name : outputs) node.string(node::output, name);
    node.string(node::op_type, op);
    for (const Attribute& from : attributes) {
      ProtoBytes to;
      to.string(attribute::name, from.name);
      for (const std::int64_t value : from.ints) to.integer(from.is_list ? attribute::ints : attribute::i, value);
      for (const float value : from.floats) to.real(from.is_list ? attribute::floats : attribute::f, value);
      node.message(node::attribute, to);
    }
    graph_.message(graph::node, node);
    return *this;
  }
  Bytes file() const {
    using namespace onnx::schema;
    ProtoBytes opset;
    opset.integer(opset::version, opset_);
    ProtoBytes model;
    model.integer(model::ir_version, 8).message(model::graph, graph_).message(model::opset_import, opset);
    return model.content;
  }

 private:
  OnnxBytes& ends(std::uint32_t field, std::string_view name, const std::vector<std::int64_t>& shape, onnx::schema::DataType elements) {
    using namespace onnx::schema;
    ProtoBytes extents, tensor, type, info;
    for (const std::int64_t extent : shape) extents.message(shape::dim, ProtoBytes().integer(dimension::dim_value, extent));
    tensor.integer(tensor_type::elem_type, static_cast<std::int64_t>(elements)).message(tensor_type::shape, extents);
    type.message(type::tensor_type, tensor);
    info.string(value_info::name, name).message(value_info::type, type);
    graph_.message(field, info);
    return *this;
  }

  std::int64_t opset_;
  ProtoBytes graph_;
};

}  // namespace edgewise::test
