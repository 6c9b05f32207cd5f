// Tables become values and nodes. The verifier has put every table inside the file; what a number may be is asked here, each with the byte it stands at.
#include "core/formats/tflite.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/formats/tflite_operators.h"
#include "core/formats/tflite_ranges.h"
#include "core/formats/tflite_verify.h"
#include "core/graph/infer.h"
#include "core/tensor/affine.h"

namespace edgewise::tflite {

namespace {

constexpr std::string_view convert_again = "Convert the model again";
constexpr std::uint32_t most_buffers = 4 * limits::values;   // tensors of a few subgraphs, and metadata

struct StoredType {
  DType type;
  std::string_view foreign = {};   ///< see Value::foreign_type
};
/// Nothing for a number that is not in the schema.
std::optional<StoredType> type_of(schema::TensorType type) {
  switch (type) {
    case schema::TensorType::FLOAT32: return StoredType{DType::float32};
    case schema::TensorType::FLOAT16: return StoredType{DType::float16};
    case schema::TensorType::INT32: return StoredType{DType::int32};
    case schema::TensorType::UINT8: return StoredType{DType::uint8};
    case schema::TensorType::INT64: return StoredType{DType::int64};
    case schema::TensorType::BOOL: return StoredType{DType::boolean};
    case schema::TensorType::INT16: return StoredType{DType::int16};
    case schema::TensorType::INT8: return StoredType{DType::int8};
    case schema::TensorType::INT4: return StoredType{DType::int4};
    case schema::TensorType::STRING: return StoredType{DType::uint8, "string"};
    case schema::TensorType::COMPLEX64: return StoredType{DType::int64, "complex64"};
    case schema::TensorType::FLOAT64: return StoredType{DType::float64};
    case schema::TensorType::COMPLEX128: return StoredType{DType::uint8, "complex128"};
    case schema::TensorType::UINT64: return StoredType{DType::uint64};
    case schema::TensorType::RESOURCE: return StoredType{DType::resource};
    case schema::TensorType::VARIANT: return StoredType{DType::int32, "variant"};
    case schema::TensorType::UINT32: return StoredType{DType::uint32};
    case schema::TensorType::UINT16: return StoredType{DType::uint16};
    case schema::TensorType::BFLOAT16: return StoredType{DType::int16, "bfloat16"};
  }
  return {};
}

/// A type whose contents cannot be counted in elements of `type`: kept as plain bytes.
bool is_opaque(std::string_view foreign_type) { return foreign_type == "string" || foreign_type == "complex128"; }

bool has_grid(DType type) {
  switch (type) {
    case DType::float32: case DType::float16: case DType::float64: case DType::boolean: case DType::resource: return false;
    case DType::int8: case DType::uint8: case DType::int16: case DType::uint16: case DType::int32: case DType::uint32: case DType::int64: case DType::uint64:
    case DType::int4: return true;
  }
  return false;
}

struct ZeroPoints { std::int64_t lowest, highest; };
ZeroPoints zero_points_of(DType type) {
  switch (type) {
    case DType::int8: return {-128, 127};
    case DType::uint8: return {0, 255};
    case DType::int16: return {-32768, 32767};
    case DType::int4: return {-8, 7};
    case DType::uint16: return {0, 65535};
    case DType::int32: case DType::int64: case DType::uint32: case DType::uint64: case DType::boolean: case DType::float32: case DType::float16: case DType::float64:
    case DType::resource: return {INT32_MIN, INT32_MAX};
  }
  return {0, 0};
}

std::string string_of(const flatbuffers::String* from) {
  return from == nullptr ? std::string() : std::string(from->c_str(), std::min<std::size_t>(from->size(), limits::name_bytes));
}

/// The first element that is not a finite number, when the type has such.
std::optional<std::uint64_t> first_not_finite(DType type, BytesView contents) {
  const auto find = [&]<class Bits>(Bits exponent) -> std::optional<std::uint64_t> {
    for (std::uint64_t i = 0; i < contents.size() / sizeof(Bits); ++i) {
      Bits bits;
      std::memcpy(&bits, contents.data() + i * sizeof bits, sizeof bits);
      if ((bits & exponent) == exponent) return i;  // all exponent bits set: NaN or infinity, IEEE 754
    }
    return {};
  };
  if (type == DType::float32) return find(std::uint32_t{0x7f800000});
  if (type == DType::float16) return find(std::uint16_t{0x7c00});
  if (type == DType::float64) return find(std::uint64_t{0x7ff0000000000000});
  return {};
}

/// What the readers of a file's graphs share.
struct Shared {
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::shared_ptr<const Bytes>> contents;   ///< by offset and length: tensors may share a buffer
  std::uint64_t copied = 0;                                                                  ///< bytes in `contents`: never more than the file has
  std::map<std::uint32_t, std::shared_ptr<const Graph>> graphs;                              ///< those that are read, by number; null while one is being read
};

/// One graph of the file, and through its operators the graphs it leads to.
class Reader {
 public:
  Reader(BytesView file, const schema::Model& model, Shared& shared, std::uint32_t number, int depth)
      : file_(file), model_(model), shared_(shared), number_(number), depth_(depth) {}

  Result<std::shared_ptr<const Graph>> graph() {
    if (auto ok = check_counts(); !ok) return std::unexpected(ok.error());
    subgraph_ = model_.subgraphs()->Get(number_);
    if (auto ok = check_subgraph(); !ok) return std::unexpected(ok.error());
    if (auto ok = read_ends(); !ok) return std::unexpected(ok.error());
    if (auto ok = read_wiring(); !ok) return std::unexpected(ok.error());
    if (auto ok = read_values(); !ok) return std::unexpected(ok.error());
    if (auto ok = read_operators(); !ok) return std::unexpected(ok.error());
    return std::make_shared<const Graph>(std::move(graph_));
  }

 private:
  template <class Table>
  std::uint64_t at(const Table* table, flatbuffers::voffset_t field) const { return offset_of_field(file_, table, field); }
  template <class T>
  std::uint64_t at_element(const flatbuffers::Vector<T>& vector, std::uint32_t i) const { return offset_in(file_, vector.Data()) + std::uint64_t{i} * sizeof(T); }
  std::string place() const { return text("subgraph ", number_); }
  std::string place_of_tensor(std::uint32_t t) const { return text(place(), " / tensor ", t, " '", string_of(subgraph_->tensors()->Get(t)->name()), "'"); }
  std::string place_of_operator(std::uint32_t n) const {
    const std::string_view name = n < names_.size() ? std::string_view(names_[n]) : std::string_view();
    return text(place(), " / operator ", n, name.empty() ? "" : " ", name);
  }

  template <class Table>
  Result<void> check_count(const Table* table, flatbuffers::voffset_t field, std::string_view what, std::uint64_t count, std::uint64_t least, std::uint64_t most,
                           const std::string& where = {}) const {
    if (count >= least && count <= most) return {};
    if (count < least) return fail(text("there is no ", what), where, at(table, field), std::string(convert_again));
    return fail(text("there are ", count, " of ", what, ", the limit is ", most), where, at(table, field), "Open a smaller model");
  }

  Result<void> check_counts() const {
    using schema::Model;
    if (auto ok = check_count(&model_, Model::VT_SUBGRAPHS, "subgraph", count_of(model_.subgraphs()), 1, 64); !ok) return ok;
    if (auto ok = check_count(&model_, Model::VT_BUFFERS, "buffer", count_of(model_.buffers()), 0, most_buffers); !ok) return ok;
    return check_count(&model_, Model::VT_OPERATOR_CODES, "operator code", count_of(model_.operator_codes()), 0, limits::nodes);
  }
  Result<void> check_subgraph() const {
    using schema::SubGraph;
    const std::string where = place();
    if (auto ok = check_count(subgraph_, SubGraph::VT_TENSORS, "tensor", count_of(subgraph_->tensors()), 1, limits::values, where); !ok) return ok;
    if (auto ok = check_count(subgraph_, SubGraph::VT_OPERATORS, "operator", count_of(subgraph_->operators()), 1, limits::nodes, where); !ok) return ok;
    if (auto ok = check_count(subgraph_, SubGraph::VT_INPUTS, "input", count_of(subgraph_->inputs()), 0, limits::node_inputs, where); !ok) return ok;
    return check_count(subgraph_, SubGraph::VT_OUTPUTS, "output", count_of(subgraph_->outputs()), 0, limits::node_inputs, where);
  }

  /// A list of tensor numbers; -1 only where `may_be_absent`.
  Result<std::vector<ValueId>> ids(const flatbuffers::Vector<std::int32_t>* from, std::string_view what, bool may_be_absent, const std::string& where) const {
    std::vector<ValueId> ids;
    for (std::uint32_t i = 0; i < count_of(from); ++i) {
      const std::int32_t id = element(*from, i);
      const bool is_absent = id == no_value && may_be_absent;
      if (!is_absent && (id < 0 || static_cast<std::uint32_t>(id) >= subgraph_->tensors()->size()))
        return fail(text(what, ' ', i, " is tensor ", id, ", the subgraph has ", subgraph_->tensors()->size()), where, at_element(*from, i), std::string(convert_again));
      ids.push_back(id);
    }
    return ids;
  }

  Result<void> read_ends() {
    auto inputs = ids(subgraph_->inputs(), "input", false, place());
    if (!inputs) return std::unexpected(inputs.error());
    auto outputs = ids(subgraph_->outputs(), "output", false, place());
    if (!outputs) return std::unexpected(outputs.error());
    graph_.inputs = std::move(*inputs);
    graph_.outputs = std::move(*outputs);
    return {};
  }

  /// Each operator's number and name, inputs and outputs. What they do is read after the values, whose shapes and types it depends on.
  Result<void> read_wiring() {
    is_written_.assign(subgraph_->tensors()->size(), false);
    for (std::uint32_t t = 0; t < subgraph_->tensors()->size(); ++t) types_.push_back(subgraph_->tensors()->Get(t)->type());
    for (const ValueId id : graph_.inputs) is_written_[static_cast<std::size_t>(id)] = true;
    for (std::uint32_t n = 0; n < subgraph_->operators()->size(); ++n) {
      const schema::Operator* from = subgraph_->operators()->Get(n);
      if (from->opcode_index() >= count_of(model_.operator_codes()))
        return fail(text("the operator code is number ", from->opcode_index(), ", the file has ", count_of(model_.operator_codes())), place_of_operator(n),
                    at(from, schema::Operator::VT_OPCODE_INDEX), std::string(convert_again));
      const schema::OperatorCode* code = model_.operator_codes()->Get(from->opcode_index());
      codes_.push_back(static_cast<schema::BuiltinOperator>(std::max<std::int32_t>(code->deprecated_builtin_code(), static_cast<std::int32_t>(code->builtin_code()))));
      names_.push_back(operator_name(codes_.back(), *code));
      const std::string where = place_of_operator(n);
      if (auto ok = check_count(from, schema::Operator::VT_INPUTS, "input", count_of(from->inputs()), 0, limits::node_inputs, where); !ok) return ok;
      if (auto ok = check_count(from, schema::Operator::VT_INTERMEDIATES, "intermediate", count_of(from->intermediates()), 0, limits::node_inputs, where); !ok) return ok;
      if (auto ok = check_count(from, schema::Operator::VT_OUTPUTS, "output", count_of(from->outputs()), 0, limits::node_inputs, where); !ok) return ok;
      auto inputs = ids(from->inputs(), "input", true, where);
      if (!inputs) return std::unexpected(inputs.error());
      auto outputs = ids(from->outputs(), "output", false, where);
      if (!outputs) return std::unexpected(outputs.error());
      for (const ValueId id : *outputs) is_written_[static_cast<std::size_t>(id)] = true;
      take_operand_type(codes_.back(), *inputs, *outputs);
      auto intermediates = ids(from->intermediates(), "intermediate", true, where);
      if (!intermediates) return std::unexpected(intermediates.error());
      graph_.nodes.push_back({Unsupported{}, std::move(*inputs), std::move(*outputs), offset_in(file_, from), std::move(*intermediates)});
    }
    return {};
  }

  /// A sum or product of codes is of codes, also where the file calls it float: `output->type = input2->type` in TensorFlow Lite's add.cc, sub.cc, mul.cc, div.cc
  /// and squared_difference.cc.
  void take_operand_type(schema::BuiltinOperator code, const std::vector<ValueId>& inputs, const std::vector<ValueId>& outputs) {
    using enum schema::BuiltinOperator;
    if (code != ADD && code != SUB && code != MUL && code != DIV && code != SQUARED_DIFFERENCE) return;
    if (inputs.size() < 2 || inputs[1] == no_value || outputs.empty()) return;
    const schema::TensorType operand = types_[static_cast<std::size_t>(inputs[1])];
    schema::TensorType& type = types_[static_cast<std::size_t>(outputs[0])];
    const bool is_code = operand == schema::TensorType::INT8 || operand == schema::TensorType::UINT8 || operand == schema::TensorType::INT16;
    if (is_code && type == schema::TensorType::FLOAT32) type = operand;
  }

  static std::string operator_name(schema::BuiltinOperator code, const schema::OperatorCode& from) {
    if (code == schema::BuiltinOperator::CUSTOM) return from.custom_code() == nullptr ? std::string("CUSTOM") : string_of(from.custom_code());
    const std::string name = schema::EnumNameBuiltinOperator(code);
    return name.empty() ? text("operator number ", static_cast<std::int32_t>(code)) : name;
  }

  Result<void> read_values() {
    for (std::uint32_t t = 0; t < subgraph_->tensors()->size(); ++t) {
      auto value = read_value(t, *subgraph_->tensors()->Get(t));
      if (!value) {
        Error error = value.error();
        error.where = place_of_tensor(t);
        if (error.advice.empty()) error.advice = convert_again;
        return std::unexpected(error);
      }
      graph_.values.push_back(std::move(*value));
    }
    return {};
  }

  Result<Value> read_value(std::uint32_t t, const schema::Tensor& from) {
    Value value;
    value.name = string_of(from.name());
    value.is_variable = from.is_variable();
    const auto type = type_of(types_[t]);
    if (!type)
      return fail(text("the type is number ", static_cast<int>(from.type()), ", the format has 0 to 18"), {}, at(&from, schema::Tensor::VT_TYPE));
    value.type = type->type;
    value.foreign_type = type->foreign;
    auto shape = read_shape(from);
    if (!shape) return std::unexpected(shape.error());
    value.shape = *shape;
    if (from.sparsity() != nullptr)
      return fail("the contents are stored sparse, which this program does not unpack", {}, at(&from, schema::Tensor::VT_SPARSITY), "Convert the model without sparse storage");
    if (auto ok = read_contents(t, from, value); !ok) return std::unexpected(ok.error());
    if (auto ok = read_grid(from, value); !ok) return std::unexpected(ok.error());
    return value;
  }

  Result<Shape> read_shape(const schema::Tensor& from) const {
    const auto* extents = from.shape();
    if (count_of(extents) > static_cast<std::uint32_t>(limits::rank))
      return fail(text("the shape has ", extents->size(), " axes, the limit is ", limits::rank), {}, offset_in(file_, extents), "Open a model of smaller rank");
    Shape shape;
    for (std::uint32_t i = 0; i < count_of(extents); ++i) {
      const std::int32_t extent = element(*extents, i);
      const bool is_open_batch = i == 0 && extent == -1;
      if (extent < 0 && !is_open_batch) return fail(text("axis ", i, " of the shape is ", extent, ", it must be at least 0"), {}, at_element(*extents, i));
      shape.push(is_open_batch ? 1 : extent);
    }
    if (shape.elements() > limits::elements)
      return fail(text("the shape is ", to_text(shape), ", ", shape.elements(), " elements, the limit is ", limits::elements), {}, offset_in(file_, extents), "Open a smaller model");
    return shape;
  }

  struct Contents {
    BytesView bytes;
    std::uint64_t offset = 0;
  };
  Result<Contents> contents_of(const schema::Tensor& from) const {
    const std::uint32_t number = from.buffer(), count = count_of(model_.buffers());
    if (number == 0 && count == 0) return Contents{};
    if (number >= count) return fail(text("the buffer is number ", number, ", the file has ", count), {}, at(&from, schema::Tensor::VT_BUFFER));
    const schema::Buffer* buffer = model_.buffers()->Get(number);
    if (const auto* data = buffer->data(); data != nullptr && data->size() > 0) {
      const std::uint64_t offset = offset_in(file_, data->Data());
      return Contents{file_.subspan(static_cast<std::size_t>(offset), data->size()), offset};
    }
    const std::uint64_t first = buffer->offset(), bytes = buffer->size();
    if (first <= 1) return Contents{};
    if (first > file_.size() || bytes > file_.size() - first)
      return fail(text("buffer ", number, " has ", bytes, " bytes from byte ", first, ", the file has ", file_.size()), {}, at(buffer, schema::Buffer::VT_OFFSET),
                  "The file is damaged or cut short: export or download it again");
    return Contents{file_.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(bytes)), first};
  }

  Result<void> read_contents(std::uint32_t t, const schema::Tensor& from, Value& value) {
    if (value.is_variable) return {};
    const auto contents = contents_of(from);
    if (!contents) return std::unexpected(contents.error());
    if (contents->bytes.empty() && (is_written_[t] || value.shape.elements() > 0)) return {};
    if (is_opaque(value.foreign_type)) value.shape = {static_cast<std::int64_t>(contents->bytes.size())};
    if (const std::uint64_t wanted = bytes_for(value.type, value.shape.elements()); contents->bytes.size() != wanted)
      return fail(text("the contents have ", contents->bytes.size(), " bytes, ", to_text(value.shape), " of ", name_of(value.type), " takes ", wanted), {}, contents->offset);
    if (const auto bad = first_not_finite(value.type, contents->bytes))
      return fail(text("element ", *bad, " is infinite or not a number"), {}, contents->offset + *bad * (static_cast<std::uint64_t>(bits_of(value.type)) / 8),
                  "Train or convert the model again");
    auto& shared = shared_.contents[{contents->offset, contents->bytes.size()}];
    if (shared == nullptr) {
      if (contents->bytes.size() > file_.size() - shared_.copied)
        return fail("the buffers of the file overlap", {}, contents->offset);
      shared_.copied += contents->bytes.size();
      shared = std::make_shared<const Bytes>(contents->bytes.begin(), contents->bytes.end());
    }
    value.data = shared;
    return {};
  }

  /// A float has no grid: what a converter left there counts for nothing.
  Result<void> read_grid(const schema::Tensor& from, Value& value) const {
    using schema::QuantizationParameters;
    const auto* grid = from.quantization();
    if (grid == nullptr || !has_grid(value.type)) return {};
    if (grid->details_type() != schema::QuantizationDetails::NONE) {
      if (value.foreign_type.empty()) value.foreign_type = "custom quantization";
      return {};
    }
    const auto* scales = grid->scale();
    const auto* zero_points = grid->zero_point();
    const std::uint32_t count = count_of(scales);
    if (count == 0 || !value.foreign_type.empty()) return {};
    if (count_of(zero_points) != 0 && zero_points->size() != count)
      return fail(text("the grid has ", count, " scales and ", zero_points->size(), " zero points"), {}, offset_in(file_, zero_points));
    const ZeroPoints allowed = zero_points_of(value.type);
    for (std::uint32_t i = 0; i < count; ++i) {
      const float scale = element(*scales, i);
      if (!std::isfinite(scale) || scale <= 0.0f) return fail(text("scale ", i, " is ", scale, ", it must be positive and finite"), {}, at_element(*scales, i));
      const std::int64_t zero_point = count_of(zero_points) == 0 ? 0 : element(*zero_points, i);
      if (zero_point < allowed.lowest || zero_point > allowed.highest)
        return fail(text("zero point ", i, " is ", zero_point, ", ", name_of(value.type), " holds ", allowed.lowest, " to ", allowed.highest), {}, at_element(*zero_points, i));
      value.grid.scale.push_back(scale);
      value.grid.zero_point.push_back(static_cast<std::int32_t>(zero_point));
    }
    if (count == 1) {
      read_width(*grid, from, value);
      return {};
    }
    // Old converters write axis 3 on a bias, which has one axis.
    value.grid.axis = value.shape.rank() == 1 ? 0 : grid->quantized_dimension();
    const bool has_axis = value.grid.axis >= 0 && value.grid.axis < value.shape.rank();
    if (!has_axis || value.shape[value.grid.axis] != static_cast<std::int64_t>(count))
      return fail(text("the grid has ", count, " scales along axis ", value.grid.axis, " of ", to_text(value.shape)), {}, at(grid, QuantizationParameters::VT_QUANTIZED_DIMENSION));
    return {};
  }

  /// Whether the first and last real number of a computed value are those of fewer codes than int8 has: as tflite_write.cpp says.
  static void read_width(const schema::QuantizationParameters& grid, const schema::Tensor& from, Value& value) {
    if (value.type != DType::int8 || value.is_constant() || from.is_variable() || count_of(grid.min()) != 1 || count_of(grid.max()) != 1) return;
    for (int bits = 2; bits < 8; ++bits) {
      const CodeRange codes = activation_codes(bits);
      const auto real = [&](std::int32_t code) { return dequantize(code, value.grid.scale.front(), value.grid.zero_point.front()); };
      if (element(*grid.min(), 0) == real(codes.lowest) && element(*grid.max(), 0) == real(codes.highest)) value.bits = bits;
    }
  }

  /// The graph that an operator leads to, its shapes filled in. Each is read once.
  Result<std::shared_ptr<const Graph>> other_graph(std::int32_t number, std::uint64_t offset) {
    if (number < 0 || static_cast<std::uint32_t>(number) >= count_of(model_.subgraphs()))
      return fail(text("it leads to subgraph ", number, ", the file has ", count_of(model_.subgraphs())), {}, offset, std::string(convert_again));
    const auto wanted = static_cast<std::uint32_t>(number);
    if (wanted == 0) return fail("it leads to subgraph 0, which it is a part of", {}, offset, std::string(convert_again));
    if (depth_ >= limits::nesting) return fail(text("graphs lead to graphs more than ", limits::nesting, " deep"), {}, offset, "Open a simpler model");
    const auto [known, is_new] = shared_.graphs.try_emplace(wanted);
    if (!is_new) {
      if (known->second == nullptr) return fail(text("it leads to subgraph ", number, ", which it is a part of"), {}, offset, std::string(convert_again));
      return known->second;
    }
    auto graph = Reader(file_, model_, shared_, wanted, depth_ + 1).graph();
    if (!graph) return std::unexpected(graph.error());
    Graph inferred = **graph;
    if (auto ok = infer_shapes(inferred); !ok) {
      Error error = ok.error();
      error.where = text("subgraph ", number, " / ", error.where);
      return std::unexpected(error);
    }
    return shared_.graphs[wanted] = std::make_shared<const Graph>(std::move(inferred));
  }

  Result<void> read_operators() {
    const auto is_foreign = [&](ValueId id) { return id != no_value && !graph_.value(id).foreign_type.empty(); };
    for (std::uint32_t n = 0; n < graph_.nodes.size(); ++n) {
      Node& node = graph_.nodes[n];
      if (std::ranges::any_of(node.inputs, is_foreign) || std::ranges::any_of(node.outputs, is_foreign)) {
        node.op = Unsupported{names_[n], static_cast<int>(codes_[n])};
        continue;
      }
      auto op = read_operator({file_, *subgraph_->operators()->Get(n), codes_[n], names_[n], graph_, node, [&](std::int32_t number) { return other_graph(number, node.offset); }});
      if (!op) {
        Error error = op.error();
        if (error.where.empty()) error.where = place_of_operator(n);   // a graph inside has said where
        return std::unexpected(error);
      }
      node.op = std::move(*op);
    }
    return {};
  }

  BytesView file_;
  const schema::Model& model_;
  Shared& shared_;
  std::uint32_t number_;                            ///< of this graph in the file
  int depth_;                                       ///< of graphs that lead to this one
  const schema::SubGraph* subgraph_ = nullptr;
  Graph graph_;
  std::vector<bool> is_written_;                    ///< by tensor: an input of the graph or an output of an operator
  std::vector<schema::TensorType> types_;           ///< by tensor: the type in the file, or what its operator makes of it
  std::vector<schema::BuiltinOperator> codes_;      ///< by operator
  std::vector<std::string> names_;                  ///< by operator
};

bool is_aligned(BytesView file) { return reinterpret_cast<std::uintptr_t>(file.data()) % 8 == 0; }

}  // namespace

bool looks_like(BytesView file) { return file.size() >= 8 && as_chars(file.subspan(4, 4)) == "TFL3"; }

Result<Model> read(BytesView file, std::string_view name) {
  if (file.size() <= limits::model_file_bytes && !is_aligned(file)) {
    const Bytes aligned(file.begin(), file.end());
    return read(aligned, name);
  }
  const auto root = verified(file);
  if (!root) return std::unexpected(root.error());
  Shared shared;
  auto graph = Reader(file, **root, shared, 0, 0).graph();
  if (!graph) return std::unexpected(graph.error());

  Model model;
  model.name = name;
  model.format = text("TensorFlow Lite ", schema_version);
  model.description = string_of((*root)->description());
  model.file_bytes = file.size();
  model.bytes = attribute(file, **root, **graph);
  model.graph = std::move(*graph);
  return model;
}

}  // namespace edgewise::tflite
