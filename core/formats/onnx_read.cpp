#include "core/formats/onnx_read.h"

#include <cmath>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/formats/onnx/schema.h"
#include "core/formats/onnx/wire.h"

namespace edgewise::onnx {

namespace {

constexpr std::uint64_t most_constant_bytes = 4 * limits::model_file_bytes;   // numbers stored one by one as varints unpack to several bytes
constexpr std::size_t most_attributes = 64, most_list = 4096;

/// Goes through all fields of a message: visit(message) takes or skips each.
template <class Visit>
Result<void> each_field(Message message, Visit visit) {
  for (;;) {
    const auto more = message.next();
    if (!more) return std::unexpected(more.error());
    if (!*more) return {};
    if (auto ok = visit(message); !ok) return ok;
  }
}

/// Puts what was read into place, or hands on the error.
template <class T>
Result<void> into(T& place, Result<T> value) {
  if (!value) return std::unexpected(value.error());
  place = std::move(*value);
  return {};
}
template <class T, class U>
Result<void> append(std::vector<T>& list, std::size_t most, const Message& at, std::string_view what, Result<U> value) {
  if (!value) return std::unexpected(value.error());
  if (list.size() >= most) return fail(text("there are more than ", most, " ", what), {}, at.at(), "Open a smaller model");
  list.push_back(std::move(*value));
  return {};
}

class Parser {
 public:
  explicit Parser(BytesView file) : file_(file) {}

  Result<ModelProto> model() {
    using namespace schema;
    ModelProto model;
    bool has_graph = false;
    auto ok = each_field(Message(file_, file_), [&](Message& m) -> Result<void> {
      switch (m.field()) {
        case model::ir_version: return into(model.ir_version, m.integer());
        case model::producer_name: return into(model.producer, m.string(limits::name_bytes));
        case model::opset_import: return opset(m, model);
        case model::graph: has_graph = true; return graph(m, model);
        default: return m.skip();
      }
    });
    if (!ok) return std::unexpected(ok.error());
    if (!has_graph || model.nodes.empty()) return fail("there is no graph in the file", {}, {}, "Choose an ONNX model");
    return model;
  }

  Result<Tensor> lone_tensor() {
    auto tensor = this->tensor(Message(file_, file_), 0);
    if (!tensor) return std::unexpected(tensor.error());
    if (!tensor->foreign.empty()) return fail(text("the type ", tensor->foreign, " is not supported"));
    return Tensor{tensor->type, tensor->shape, *tensor->contents};
  }

 private:
  Result<void> opset(Message& from, ModelProto& model) const {
    std::string domain;
    std::int64_t version = 0;
    auto message = from.message();
    if (!message) return std::unexpected(message.error());
    auto ok = each_field(*message, [&](Message& m) -> Result<void> {
      switch (m.field()) {
        case schema::opset::domain: return into(domain, m.string(limits::name_bytes));
        case schema::opset::version: return into(version, m.integer());
        default: return m.skip();
      }
    });
    if (!ok) return ok;
    if (domain.empty() || domain == "ai.onnx") model.opset = version;
    return {};
  }

  Result<void> graph(Message& from, ModelProto& model) {
    using namespace schema;
    auto message = from.message();
    if (!message) return std::unexpected(message.error());
    return each_field(*message, [&](Message& m) -> Result<void> {
      switch (m.field()) {
        case graph::node: return append(model.nodes, limits::nodes, m, "nodes", node(m));
        case graph::initializer: return append(model.initializers, limits::values, m, "initializers", tensor(m));
        case graph::input: return append(model.inputs, limits::values, m, "inputs", value_info(m));
        case graph::output: return append(model.outputs, limits::node_inputs, m, "outputs", value_info(m));
        case graph::value_info: return append(model.values, 4 * limits::values, m, "values", value_info(m));
        case graph::sparse_initializer: return fail("the file stores weights sparse, which this program does not unpack", {}, m.at(), "Export the model without sparse storage");
        default: return m.skip();
      }
    });
  }

  Result<NodeProto> node(Message& from) {
    using namespace schema;
    NodeProto node;
    node.offset = from.at();
    auto message = from.message();
    if (!message) return std::unexpected(message.error());
    auto ok = each_field(*message, [&](Message& m) -> Result<void> {
      switch (m.field()) {
        case node::input: return append(node.inputs, limits::node_inputs, m, "inputs of a node", m.string(limits::name_bytes));
        case node::output: return append(node.outputs, limits::node_inputs, m, "outputs of a node", m.string(limits::name_bytes));
        case node::name: return into(node.name, m.string(limits::name_bytes));
        case node::op_type: return into(node.op_type, m.string(limits::name_bytes));
        case node::domain: return into(node.domain, m.string(limits::name_bytes));
        case node::attribute: return append(node.attributes, most_attributes, m, "attributes of a node", attribute(m));
        default: return m.skip();
      }
    });
    if (!ok) return std::unexpected(ok.error());
    return node;
  }

  Result<AttributeProto> attribute(Message& from) {
    using namespace schema;
    AttributeProto attribute;
    auto message = from.message();
    if (!message) return std::unexpected(message.error());
    const auto number = [](auto& place, auto value) -> Result<void> {
      if (!value) return std::unexpected(value.error());
      place = *value;
      return {};
    };
    auto ok = each_field(*message, [&](Message& m) -> Result<void> {
      switch (m.field()) {
        case attribute::name: return into(attribute.name, m.string(limits::name_bytes));
        case attribute::f: return number(attribute.f, m.real());
        case attribute::i: return number(attribute.i, m.integer());
        case attribute::s: return number(attribute.s, m.string(limits::name_bytes));
        case attribute::t: return number(attribute.t, tensor(m));
        case attribute::floats:
          return m.fixed(PB_WT_32BIT, 4, [&](BytesView reals) -> Result<void> {
            if (attribute.floats.size() + reals.size() / 4 > most_list) return m.broken(text("a list has more than ", most_list, " numbers"));
            const std::size_t old = attribute.floats.size();
            attribute.floats.resize(old + reals.size() / 4);
            if (!reals.empty()) std::memcpy(attribute.floats.data() + old, reals.data(), reals.size());
            return {};
          });
        case attribute::ints:
          return m.integers([&](std::int64_t value) -> Result<void> {
            if (attribute.ints.size() >= most_list) return m.broken(text("a list has more than ", most_list, " numbers"));
            attribute.ints.push_back(value);
            return {};
          });
        case attribute::strings: return append(attribute.strings, most_list, m, "strings", m.string(limits::name_bytes));
        case attribute::g: case attribute::graphs: attribute.is_graph = true; return m.skip();
        default: return m.skip();
      }
    });
    if (!ok) return std::unexpected(ok.error());
    return attribute;
  }

  Result<ValueInfo> value_info(Message& from) const {
    using namespace schema;
    ValueInfo info;
    info.offset = from.at();
    info.foreign = "no tensor";
    auto message = from.message();
    if (!message) return std::unexpected(message.error());
    auto ok = each_field(*message, [&](Message& m) -> Result<void> {
      switch (m.field()) {
        case value_info::name: return into(info.name, m.string(limits::name_bytes));
        case value_info::type: {
          auto type = m.message();
          if (!type) return std::unexpected(type.error());
          return each_field(*type, [&](Message& t) -> Result<void> { return t.field() == type::tensor_type ? tensor_type(t, info) : t.skip(); });
        }
        default: return m.skip();
      }
    });
    if (!ok) return std::unexpected(ok.error());
    return info;
  }

  Result<void> tensor_type(Message& from, ValueInfo& info) const {
    using namespace schema;
    auto message = from.message();
    if (!message) return std::unexpected(message.error());
    return each_field(*message, [&](Message& m) -> Result<void> {
      if (m.field() == tensor_type::elem_type) {
        const auto number = m.integer();
        if (!number) return std::unexpected(number.error());
        const ElementType type = element_type(*number);
        info.type = type.type;
        info.foreign = type.foreign;
        return {};
      }
      if (m.field() != tensor_type::shape) return m.skip();
      info.has_shape = true;
      auto shape = m.message();
      if (!shape) return std::unexpected(shape.error());
      return each_field(*shape, [&](Message& s) -> Result<void> {
        if (s.field() != shape::dim) return s.skip();
        if (info.extents.size() >= 64) return s.broken("a shape has more than 64 axes");
        info.extents.push_back(-1);
        auto dimension = s.message();
        if (!dimension) return std::unexpected(dimension.error());
        return each_field(*dimension, [&](Message& d) -> Result<void> {
          if (d.field() != dimension::dim_value) return d.skip();
          auto extent = d.integer();
          if (!extent) return std::unexpected(extent.error());
          if (*extent < -1 || *extent > static_cast<std::int64_t>(limits::elements))
            return d.broken(text("an extent is ", *extent, ", it must be in [0, ", limits::elements, "]"));
          info.extents.back() = *extent;
          return {};
        });
      });
    });
  }

  /// The contents come before or after type and shape: they are found first, and taken when all is known.
  struct Fields {
    std::int64_t data_type = 0;
    bool is_external = false, is_segment = false;
    std::uint64_t at = 0, raw_at = 0;
    std::optional<BytesView> raw;
    Bytes listed;             ///< numbers that stand in lists, as they are listed: 4 bytes each of float_data and int32_data, 8 of the others
    bool is_listed = false;
  };

  Result<TensorProto> tensor(Message& from) {
    auto message = from.message();
    if (!message) return std::unexpected(message.error());
    return tensor(*message, from.at());
  }

  Result<TensorProto> tensor(const Message& message, std::uint64_t at) {
    using namespace schema;
    TensorProto tensor;
    Fields fields;
    fields.at = at;
    const auto list = [&](BytesView numbers, const Message& m) -> Result<void> {
      fields.is_listed = true;
      constant_bytes_ += numbers.size();
      if (constant_bytes_ > most_constant_bytes) return m.broken(text("the constants take more than ", most_constant_bytes, " bytes"));
      fields.listed.insert(fields.listed.end(), numbers.begin(), numbers.end());
      return {};
    };
    auto ok = each_field(message, [&](Message& m) -> Result<void> {
      switch (m.field()) {
        case tensor::dims:
          return m.integers([&](std::int64_t extent) -> Result<void> {
            if (tensor.shape.rank() >= limits::rank) return m.broken(text("the shape has more than ", limits::rank, " axes"));
            if (extent < 0) return m.broken(text("axis ", tensor.shape.rank(), " of the shape is ", extent, ", it must be at least 0"));
            tensor.shape.push(extent);
            return {};
          });
        case tensor::data_type: return into(fields.data_type, m.integer());
        case tensor::name: return into(tensor.name, m.string(limits::name_bytes));
        case tensor::raw_data: {
          const auto view = m.bytes();
          if (!view) return std::unexpected(view.error());
          fields.raw = *view;
          tensor.first = static_cast<std::uint64_t>(view->data() - file_.data());
          tensor.count = view->size();
          return {};
        }
        case tensor::float_data: return m.fixed(PB_WT_32BIT, 4, [&](BytesView numbers) { return list(numbers, m); });
        case tensor::double_data: return m.fixed(PB_WT_64BIT, 8, [&](BytesView numbers) { return list(numbers, m); });
        case tensor::int32_data: case tensor::int64_data: case tensor::uint64_data:
          return m.integers([&, is_narrow = m.field() == tensor::int32_data](std::int64_t number) {
            return list(std::as_bytes(std::span(&number, 1)).first(is_narrow ? 4 : 8), m);
          });
        case tensor::segment: fields.is_segment = true; return m.skip();
        case tensor::external_data: fields.is_external = true; return m.skip();
        case tensor::data_location: {
          const auto location = m.integer();
          if (!location) return std::unexpected(location.error());
          fields.is_external = fields.is_external || *location == 1;
          return {};
        }
        default: return m.skip();
      }
    });
    if (ok) ok = finish(tensor, fields);
    if (!ok) {
      Error error = ok.error();
      if (error.where.empty()) error.where = text("tensor '", tensor.name, "'");
      return std::unexpected(error);
    }
    return tensor;
  }

  Result<void> finish(TensorProto& tensor, const Fields& fields) {
    if (fields.is_external)
      return fail("its contents stand in another file", {}, fields.at, "Save the model as one file (onnx.save with save_as_external_data=False)");
    if (fields.is_segment) return fail("it is stored in segments, which this program does not join", {}, fields.at, "Export the model again");
    const ElementType type = element_type(fields.data_type);
    tensor.type = type.type;
    tensor.foreign = type.foreign;
    if (tensor.shape.elements() > limits::elements)
      return fail(text("the shape is ", to_text(tensor.shape), ", ", tensor.shape.elements(), " elements, the limit is ", limits::elements), {}, fields.at, "Open a smaller model");
    if (!type.foreign.empty()) return {};
    const std::uint64_t elements = tensor.shape.elements(), wanted = bytes_for(tensor.type, elements);
    const auto wrong_size = [&](std::uint64_t has, std::uint64_t takes) {
      return fail(text("the contents have ", has, " bytes, ", to_text(tensor.shape), " of ", name_of(tensor.type), " takes ", takes), {}, fields.at, "Export the model again");
    };
    if (fields.raw || !fields.is_listed) {
      const BytesView raw = fields.raw.value_or(BytesView());
      if (raw.size() != wanted) return wrong_size(raw.size(), wanted);
      constant_bytes_ += raw.size();
      if (constant_bytes_ > most_constant_bytes) return fail(text("the constants take more than ", most_constant_bytes, " bytes"), {}, fields.at, "Open a smaller model");
      tensor.contents = std::make_shared<const Bytes>(raw.begin(), raw.end());
      return {};
    }
    // Lists: narrow types stand in 4 bytes each (uint32 in 8), little-endian, so the low bytes are the number.
    const std::uint64_t width = bytes_for(tensor.type, 1);
    const std::uint64_t listed_width = width == 8 || tensor.type == DType::uint32 ? 8 : 4;
    if (tensor.type == DType::int4 || fields.listed.size() != elements * listed_width) return wrong_size(fields.listed.size(), elements * listed_width);
    Bytes contents(static_cast<std::size_t>(wanted));
    for (std::uint64_t i = 0; i < elements; ++i)
      std::memcpy(contents.data() + i * width, fields.listed.data() + i * listed_width, static_cast<std::size_t>(width));
    tensor.contents = std::make_shared<const Bytes>(std::move(contents));
    return {};
  }

  BytesView file_;
  std::uint64_t constant_bytes_ = 0;
};

}  // namespace

ElementType element_type(std::int64_t number) {
  using schema::DataType;
  if (number < 0 || number > static_cast<std::int64_t>(DataType::int2)) return {DType::uint8, "of an unknown type"};
  switch (static_cast<DataType>(number)) {
    case DataType::float32: return {DType::float32, {}};
    case DataType::uint8: return {DType::uint8, {}};
    case DataType::int8: return {DType::int8, {}};
    case DataType::uint16: return {DType::uint16, {}};
    case DataType::int16: return {DType::int16, {}};
    case DataType::int32: return {DType::int32, {}};
    case DataType::int64: return {DType::int64, {}};
    case DataType::boolean: return {DType::boolean, {}};
    case DataType::float16: return {DType::float16, {}};
    case DataType::float64: return {DType::float64, {}};
    case DataType::uint32: return {DType::uint32, {}};
    case DataType::uint64: return {DType::uint64, {}};
    case DataType::int4: return {DType::int4, {}};
    case DataType::undefined: return {DType::uint8, "undefined"};
    case DataType::string: return {DType::uint8, "string"};
    case DataType::complex64: return {DType::int64, "complex64"};
    case DataType::complex128: return {DType::uint8, "complex128"};
    case DataType::bfloat16: return {DType::int16, "bfloat16"};
    case DataType::float8e4m3fn: case DataType::float8e4m3fnuz: case DataType::float8e5m2: case DataType::float8e5m2fnuz: case DataType::float8e8m0:
      return {DType::uint8, "float8"};
    case DataType::uint4: return {DType::uint8, "uint4"};
    case DataType::float4e2m1: return {DType::uint8, "float4"};
    case DataType::uint2: case DataType::int2: return {DType::uint8, "2-bit integer"};
  }
  return {DType::uint8, "of an unknown type"};
}

Result<ModelProto> parse(BytesView file) { return Parser(file).model(); }
Result<Tensor> parse_tensor(BytesView file) { return Parser(file).lone_tensor(); }

}  // namespace edgewise::onnx
