// A graph becomes a flatbuffer. FlatBuffers are built from the end, so the contents of constants come first here and last in the file.
//
// Each constant has a buffer of its own, 16-byte aligned as TensorFlow Lite wants it. The padding that takes depends on lengths modulo 16 only: so
// structure_bytes builds the same file with a stand-in of at most 16 bytes for each content, and is exact without any contents.
#include "core/formats/tflite.h"

#include <algorithm>
#include <limits>
#include <map>

#include "core/base/text.h"
#include "core/formats/tflite_operators.h"
#include "core/graph/operands.h"
#include "core/graph/rule.h"
#include "core/tensor/affine.h"

namespace edgewise::tflite {

namespace {

constexpr std::uint64_t buffer_alignment = 16;                                             // schema.fbs: Buffer.data
constexpr std::uint64_t most_file_bytes = std::numeric_limits<std::int32_t>::max();        // FlatBuffers' offsets

// --- what the format, or the runtime behind it, has no place for ---------------------------------------------------------------------------

bool has_grid(DType type) { return type != DType::float32 && type != DType::float16 && type != DType::float64 && type != DType::boolean && type != DType::resource; }
bool is_zero(std::int32_t zero_point) { return zero_point == 0; }

bool is_rounded_as_onnx(const Op& op) {
  return std::visit([](const auto& of) {
    if constexpr (requires { of.requantize; }) return of.requantize == Requantize::in_float;
    else return false;
  }, op);
}

struct Rules {
  const Graph& graph;
  const Node& node;

  static Result<void> no(std::string reason) { return fail(std::move(reason)); }

  /// Weights of a layer with integer activations. `channel_axis`: where TensorFlow Lite wants a scale per channel.
  Result<void> weighted(int channel_axis, bool takes_zero_point, bool takes_narrow_bias) const {
    const Value &x = *graph.input(node, 0), &weights = *graph.input(node, 1);
    if (x.type != DType::int8 && x.type != DType::int16) return {};
    if (weights.type != DType::int8 && weights.type != DType::int4)
      return no(text("the weights are ", name_of(weights.type), " behind ", name_of(x.type), " activations; TensorFlow Lite takes int8"));
    const bool is_symmetric = std::ranges::all_of(weights.grid.zero_point, is_zero);
    if (!is_symmetric && (!takes_zero_point || weights.grid.per_channel()))
      return no("the weights have a zero point; TensorFlow Lite takes symmetric weights here");
    if (weights.grid.per_channel() && weights.grid.axis != channel_axis)
      return no(text("the weights have scales along axis ", weights.grid.axis, ", TensorFlow Lite takes axis ", channel_axis));
    const Value* bias = graph.input(node, 2);
    if (bias == nullptr) return {};
    const DType wanted = x.type == DType::int16 ? DType::int64 : DType::int32;
    if (bias->type != wanted && !(takes_narrow_bias && bias->type == DType::int32))
      return no(text("the bias is ", name_of(bias->type), " behind ", name_of(x.type), " activations, TensorFlow Lite takes ", name_of(wanted)));
    return symmetric_16_bits();
  }
  Result<void> symmetric_16_bits() const {
    for (const auto* ids : {&node.inputs, &node.outputs})
      for (const ValueId id : *ids)
        if (id != no_value && graph.value(id).type == DType::int16 && !std::ranges::all_of(graph.value(id).grid.zero_point, is_zero))
          return no(text("the 16-bit tensor ", id, " has a zero point, TensorFlow Lite takes 0"));
    return {};
  }
  /// Functions whose output grid TensorFlow Lite fixes.
  Result<void> fixed_output(float scale_8, std::int32_t zero_point_8, float scale_16) const {
    const Value& y = graph.output(node);
    if (y.type != DType::int8 && y.type != DType::int16) return {};
    const float scale = y.type == DType::int8 ? scale_8 : scale_16;
    const std::int32_t zero_point = y.type == DType::int8 ? zero_point_8 : 0;
    if (y.grid.scale == std::vector{scale} && y.grid.zero_point == std::vector{zero_point}) return {};
    return no(text("the output's grid must have scale ", scale, " and zero point ", zero_point, " in TensorFlow Lite"));
  }

  Result<void> operator()(const Conv2d&) const { return weighted(0, false, true); }
  Result<void> operator()(const DepthwiseConv2d&) const { return weighted(3, false, false); }
  Result<void> operator()(const FullyConnected&) const { return weighted(0, true, true); }
  Result<void> operator()(const Add&) const { return symmetric_16_bits(); }
  Result<void> operator()(const Sub&) const { return symmetric_16_bits(); }
  Result<void> operator()(const Mul&) const { return symmetric_16_bits(); }
  Result<void> operator()(const Softmax&) const { return fixed_output(0x1p-8f, -128, 0x1p-15f); }
  Result<void> operator()(const Logistic&) const { return fixed_output(0x1p-8f, -128, 0x1p-15f); }
  Result<void> operator()(const Tanh&) const { return fixed_output(0x1p-7f, 0, 0x1p-15f); }
  Result<void> operator()(const Unsupported&) const { return no("an operator that is not supported cannot be written"); }
  template <OnnxOnly Other>
  Result<void> operator()(const Other&) const { return no(text(Other::rule.name, " is an operator of ONNX that TensorFlow Lite lacks")); }
  template <class Other>
  Result<void> operator()(const Other&) const {
    if constexpr (!is_written<Other>) return no("this operator is read but not written");
    return {};
  }
};

Result<void> check_value(const Graph& graph, ValueId id) {
  const Value& value = graph.value(id);
  const auto no = [&](std::string reason) { return fail(std::move(reason), text("tensor ", id, " '", value.name, "'")); };
  if (!value.foreign_type.empty()) return no(text("values of type ", value.foreign_type, " cannot be written"));
  if (value.contents_omitted()) return no("the constant has a shape but no contents");
  if (value.grid.per_channel() && !value.is_constant()) return no("TensorFlow Lite takes one scale for a tensor that is computed");
  return {};
}

Result<void> check_writable(const Graph& graph) {
  std::uint64_t contents = 0;
  for (std::size_t v = 0; v < graph.values.size(); ++v) {
    if (auto ok = check_value(graph, static_cast<ValueId>(v)); !ok) return ok;
    contents += graph.values[v].content_bytes();
  }
  if (contents > most_file_bytes / 2) return fail(text("the constants have ", contents, " bytes, a file of this format takes ", most_file_bytes / 2));
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const Node& node = graph.nodes[n];
    auto ok = std::visit(Rules{graph, node}, node.op);
    if (!ok) return fail(ok.error().reason, place_of(graph, static_cast<NodeId>(n)), {}, "Choose a recipe that TensorFlow Lite can run");
    if (is_rounded_as_onnx(graph.nodes[n].op)) return fail("its sums are rounded as ONNX rounds, which TensorFlow Lite does not", place_of(graph, static_cast<NodeId>(n)), {}, "Compress the model first");
  }
  return {};
}

// --- the flatbuffer ------------------------------------------------------------------------------------------------------------------------

schema::TensorType type_number(DType type) {
  switch (type) {
    case DType::float32: return schema::TensorType::FLOAT32;
    case DType::int8: return schema::TensorType::INT8;
    case DType::uint8: return schema::TensorType::UINT8;
    case DType::int16: return schema::TensorType::INT16;
    case DType::int32: return schema::TensorType::INT32;
    case DType::int64: return schema::TensorType::INT64;
    case DType::boolean: return schema::TensorType::BOOL;
    case DType::float16: return schema::TensorType::FLOAT16;
    case DType::int4: return schema::TensorType::INT4;
    case DType::uint16: return schema::TensorType::UINT16;
    case DType::uint32: return schema::TensorType::UINT32;
    case DType::uint64: return schema::TensorType::UINT64;
    case DType::float64: return schema::TensorType::FLOAT64;
    case DType::resource: return schema::TensorType::RESOURCE;
  }
  return schema::TensorType::FLOAT32;
}

enum class Contents : std::uint8_t { whole, stand_ins };

/// A length that pads as `bytes` does: equal modulo the alignment, and empty only for empty, which FlatBuffers does not align.
std::uint64_t stand_in_bytes(std::uint64_t bytes) { return bytes == 0 ? 0 : (bytes - 1) % buffer_alignment + 1; }

using Builder = flatbuffers::FlatBufferBuilder;
template <class Table>
using Tables = std::vector<flatbuffers::Offset<Table>>;

/// Buffer 0 is empty, as the format wants; then one for each constant, in the order of the values.
Tables<schema::Buffer> write_buffers(Builder& builder, const Graph& graph, Contents contents) {
  constexpr std::uint8_t zeros[buffer_alignment] = {};
  std::vector<flatbuffers::Offset<flatbuffers::Vector<std::uint8_t>>> written = {0};
  for (const Value& value : graph.values) {
    if (!value.is_constant()) continue;
    const bool is_whole = contents == Contents::whole;
    const auto bytes = static_cast<std::size_t>(is_whole ? value.data->size() : stand_in_bytes(value.content_bytes()));
    const auto* from = is_whole ? reinterpret_cast<const std::uint8_t*>(value.data->data()) : zeros;
    builder.ForceVectorAlignment(bytes, sizeof(std::uint8_t), buffer_alignment);
    written.push_back(builder.CreateVector(from, bytes));
  }
  Tables<schema::Buffer> buffers;
  for (const auto& data : written) buffers.push_back(schema::CreateBuffer(builder, data));
  return buffers;
}

/// A grid of fewer codes than its type's tells its first and last real number, so that the same codes are used when the file is read again. TensorFlow Lite's
/// kernels pass over min and max.
flatbuffers::Offset<schema::QuantizationParameters> write_grid(Builder& builder, const Value& value) {
  if (!value.grid.present() || !has_grid(value.type)) return 0;
  flatbuffers::Offset<flatbuffers::Vector<float>> low, high;
  if (value.type == DType::int8 && !value.is_constant() && !value.is_variable && value.grid.scale.size() == 1 && value.bits >= 2 && value.bits < 8) {
    const CodeRange codes = activation_codes(value.bits);
    const auto real = [&](std::int32_t code) { return std::vector<float>{dequantize(code, value.grid.scale.front(), value.grid.zero_point.front())}; };
    low = builder.CreateVector(real(codes.lowest));
    high = builder.CreateVector(real(codes.highest));
  }
  const auto scales = builder.CreateVector(value.grid.scale);
  const auto zero_points = builder.CreateVector(std::vector<std::int64_t>(value.grid.zero_point.begin(), value.grid.zero_point.end()));
  return schema::CreateQuantizationParameters(builder, low, high, scales, zero_points, schema::QuantizationDetails::NONE, 0,
                                              value.grid.per_channel() ? value.grid.axis : 0);
}

Tables<schema::Tensor> write_tensors(Builder& builder, const Graph& graph) {
  Tables<schema::Tensor> tensors;
  std::uint32_t buffers = 1;
  for (const Value& value : graph.values) {
    std::vector<std::int32_t> extents;
    for (int axis = 0; axis < value.shape.rank(); ++axis) extents.push_back(static_cast<std::int32_t>(value.shape[axis]));
    const auto shape = builder.CreateVector(extents);
    const auto name = value.name.empty() ? flatbuffers::Offset<flatbuffers::String>() : builder.CreateString(value.name);
    const auto grid = write_grid(builder, value);
    tensors.push_back(schema::CreateTensor(builder, shape, type_number(value.type), value.is_constant() ? buffers++ : 0, name, grid, value.is_variable));
  }
  return tensors;
}

/// The operators, and the codes they refer to: one for each pair of operator and version, in order of first use.
struct Operators {
  Tables<schema::Operator> operators;
  Tables<schema::OperatorCode> codes;
};
Operators write_operators(Builder& builder, const Graph& graph) {
  Operators written;
  std::map<std::pair<schema::BuiltinOperator, std::int32_t>, std::uint32_t> numbers;
  for (const Node& node : graph.nodes) {
    const auto code = code_of(node.op);
    const std::int32_t version = version_of(graph, node);
    const auto [found, is_new] = numbers.try_emplace({code, version}, static_cast<std::uint32_t>(numbers.size()));
    // All our numbers are below 127, so old readers find them in the first field.
    if (is_new) written.codes.push_back(schema::CreateOperatorCode(builder, static_cast<std::int8_t>(code), 0, version, code));
    const auto inputs = builder.CreateVector(node.inputs);
    const auto outputs = builder.CreateVector(node.outputs);
    const auto intermediates = node.intermediates.empty() ? flatbuffers::Offset<flatbuffers::Vector<std::int32_t>>() : builder.CreateVector(node.intermediates);
    const Options options = write_options(builder, graph, node);
    written.operators.push_back(schema::CreateOperator(builder, found->second, inputs, outputs, options.type, options.at, 0, 0, 0, intermediates));
  }
  return written;
}

void build(Builder& builder, const Graph& graph, std::string_view description, Contents contents) {
  const auto buffers = builder.CreateVector(write_buffers(builder, graph, contents));
  const auto tensors = builder.CreateVector(write_tensors(builder, graph));
  const Operators written = write_operators(builder, graph);
  const auto operators = builder.CreateVector(written.operators);
  const auto codes = builder.CreateVector(written.codes);
  const auto inputs = builder.CreateVector(graph.inputs);
  const auto outputs = builder.CreateVector(graph.outputs);
  const auto subgraph = schema::CreateSubGraph(builder, tensors, inputs, outputs, operators, builder.CreateString("main"));
  const auto subgraphs = builder.CreateVector(&subgraph, 1);
  const auto text = builder.CreateString(description.data(), description.size());
  builder.Finish(schema::CreateModel(builder, schema_version, codes, subgraphs, text, buffers), schema::ModelIdentifier());
}

}  // namespace

Result<Bytes> write(const Graph& graph, std::string_view description) {
  if (auto ok = check_writable(graph); !ok) return std::unexpected(ok.error());
  Builder builder;
  build(builder, graph, description, Contents::whole);
  const auto* first = reinterpret_cast<const std::byte*>(builder.GetBufferPointer());
  return Bytes(first, first + builder.GetSize());
}

std::uint64_t structure_bytes(const Graph& graph, std::string_view description) {
  Builder builder;
  build(builder, graph, description, Contents::stand_ins);
  std::uint64_t stand_ins = 0;
  for (const Value& value : graph.values) stand_ins += stand_in_bytes(value.content_bytes());
  return builder.GetSize() - stand_ins;
}

}  // namespace edgewise::tflite
