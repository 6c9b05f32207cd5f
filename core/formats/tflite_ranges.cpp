#include "core/formats/tflite_ranges.h"

#include <algorithm>

namespace edgewise::tflite {

namespace {

using Kind = ByteRange::Kind;

/// Bytes of an element of a flatbuffer vector: an offset to a table stands for the table.
template <class T>
constexpr std::uint64_t stored_bytes = sizeof(T);
template <class T>
constexpr std::uint64_t stored_bytes<flatbuffers::Offset<T>> = sizeof(flatbuffers::uoffset_t);

class Attribution {
 public:
  explicit Attribution(BytesView file) : file_(file) {}

  void mark(std::uint64_t first, std::uint64_t count, Kind kind, ValueId value = no_value) {
    if (first >= file_.size() || count == 0) return;
    marks_.push_back({first, std::min<std::uint64_t>(count, file_.size() - first), kind, value});
  }
  /// The table itself as `kind`; its layout, which tables of the same layout share, as structure. The verifier does not know tables of operators that
  /// we lack, so the bounds are looked at again.
  void table(const void* pointer, Kind kind = Kind::structure, ValueId value = no_value) {
    if (pointer == nullptr) return;
    const std::uint64_t at = offset_in(file_, pointer);
    if (at > file_.size() || file_.size() - at < 4) return;
    const std::int64_t layout = static_cast<std::int64_t>(at) - number<std::int32_t>(at);
    if (layout < 0 || static_cast<std::uint64_t>(layout) > file_.size() || file_.size() - static_cast<std::uint64_t>(layout) < 4) return;
    mark(at, number<std::uint16_t>(static_cast<std::uint64_t>(layout) + 2), kind, value);
    mark(static_cast<std::uint64_t>(layout), number<std::uint16_t>(static_cast<std::uint64_t>(layout)), Kind::structure);
  }
  template <class T>
  void vector(const flatbuffers::Vector<T>* vector, Kind kind = Kind::structure, ValueId value = no_value) {
    if (vector != nullptr) mark(offset_in(file_, vector), 4 + std::uint64_t{vector->size()} * stored_bytes<T>, kind, value);
  }
  void string(const flatbuffers::String* string, ValueId value = no_value) {
    if (string != nullptr) mark(offset_in(file_, string), 4 + std::uint64_t{string->size()} + 1, Kind::names, value);
  }

  std::vector<ByteRange> ranges() {
    std::ranges::stable_sort(marks_, {}, &ByteRange::first);
    std::uint64_t at = 0;
    for (const ByteRange& mark : marks_) {
      const std::uint64_t end = mark.first + mark.count;
      if (end <= at) continue;
      if (mark.first > at) unreached(at, mark.first - at);
      at = std::max(at, mark.first);
      append({at, end - at, mark.kind, mark.value});
      at = end;
    }
    if (at < file_.size()) unreached(at, file_.size() - at);
    return std::move(ranges_);
  }

 private:
  template <class T>
  T number(std::uint64_t at) const {
    T value;
    std::memcpy(&value, file_.data() + at, sizeof value);
    return value;
  }
  void unreached(std::uint64_t first, std::uint64_t count) {
    const BytesView bytes = file_.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
    const bool is_zero = std::ranges::all_of(bytes, [](std::byte b) { return b == std::byte{0}; });
    append({first, count, is_zero ? Kind::padding : Kind::structure, no_value});
  }
  void append(const ByteRange& range) {
    if (!ranges_.empty() && ranges_.back().kind == range.kind && ranges_.back().value == range.value) ranges_.back().count += range.count;
    else ranges_.push_back(range);
  }

  BytesView file_;
  std::vector<ByteRange> marks_, ranges_;
};

/// What each value's contents are: the weights or the bias of a layer, or something else.
std::vector<Kind> roles_of(const Graph& graph) {
  std::vector<Kind> roles(graph.values.size(), Kind::other_constants);
  for (const Layer& layer : layers_of(graph)) {
    const Node& node = graph.node(layer.node);
    roles[static_cast<std::size_t>(node.inputs[1])] = Kind::weights;
    if (const Value* bias = graph.input(node, 2); bias != nullptr && bias->is_constant()) roles[static_cast<std::size_t>(node.inputs[2])] = Kind::biases;
  }
  return roles;
}

void contents_of(Attribution& to, BytesView file, const schema::Buffer& buffer, Kind kind, ValueId value) {
  if (const auto* data = buffer.data(); data != nullptr) {
    to.mark(offset_in(file, data->Data()), data->size(), kind, value);
    to.mark(offset_in(file, data), 4, Kind::structure);
  }
  if (buffer.offset() > 1) to.mark(buffer.offset(), buffer.size(), kind, value);
}

void tensor(Attribution& to, const schema::Tensor& from, ValueId value) {
  to.table(&from);
  to.vector(from.shape());
  to.vector(from.shape_signature());
  to.string(from.name(), value);
  to.table(from.sparsity());
  const auto* grid = from.quantization();
  if (grid == nullptr) return;
  to.table(grid, Kind::quantization, value);
  to.vector(grid->min(), Kind::quantization, value);
  to.vector(grid->max(), Kind::quantization, value);
  to.vector(grid->scale(), Kind::quantization, value);
  to.vector(grid->zero_point(), Kind::quantization, value);
  to.table(grid->details(), Kind::quantization, value);
}

/// Calls `each` with every table of a vector of tables and its place in it; null counts as empty.
template <class T, class Each>
void for_each(Attribution& to, const flatbuffers::Vector<flatbuffers::Offset<T>>* tables, const Each& each) {
  to.vector(tables);
  for (std::uint32_t i = 0; i < count_of(tables); ++i) each(*tables->Get(i), i);
}

}  // namespace

std::vector<ByteRange> attribute(BytesView file, const schema::Model& model, const Graph& graph) {
  Attribution to(file);
  to.mark(0, 8, Kind::structure);  // the root's offset and "TFL3"
  to.table(&model);
  to.string(model.description());
  to.vector(model.metadata_buffer());
  for_each(to, model.operator_codes(), [&](const schema::OperatorCode& code, std::uint32_t) {
    to.table(&code);
    to.string(code.custom_code());
  });
  for_each(to, model.metadata(), [&](const schema::Metadata& metadata, std::uint32_t) {
    to.table(&metadata);
    to.string(metadata.name());
  });
  const auto map = [&](const schema::TensorMap& entry, std::uint32_t) {
    to.table(&entry);
    to.string(entry.name());
  };
  for_each(to, model.signature_defs(), [&](const schema::SignatureDef& signature, std::uint32_t) {
    to.table(&signature);
    to.string(signature.signature_key());
    for_each(to, signature.inputs(), map);
    for_each(to, signature.outputs(), map);
  });

  struct Owner {
    Kind kind = Kind::structure;   // a buffer that no tensor has: metadata
    ValueId value = no_value;
    bool is_known = false;
  };
  std::vector<Owner> owners(count_of(model.buffers()));
  const std::vector<Kind> roles = roles_of(graph);
  for_each(to, model.subgraphs(), [&](const schema::SubGraph& subgraph, std::uint32_t s) {
    to.table(&subgraph);
    to.string(subgraph.name());
    to.vector(subgraph.inputs());
    to.vector(subgraph.outputs());
    for_each(to, subgraph.tensors(), [&](const schema::Tensor& from, std::uint32_t t) {
      const ValueId value = s == 0 ? static_cast<ValueId>(t) : no_value;
      tensor(to, from, value);
      if (from.buffer() >= owners.size() || owners[from.buffer()].is_known) return;
      owners[from.buffer()] = {s == 0 ? roles[t] : Kind::other_constants, value, true};
    });
    for_each(to, subgraph.operators(), [&](const schema::Operator& from, std::uint32_t) {
      to.table(&from);
      to.vector(from.inputs());
      to.vector(from.outputs());
      to.table(from.builtin_options());
      if (const auto* reshape = from.builtin_options_as_ReshapeOptions()) to.vector(reshape->new_shape());
      to.vector(from.custom_options());
      to.vector(from.mutating_variable_inputs());
      to.vector(from.intermediates());
    });
  });
  for_each(to, model.buffers(), [&](const schema::Buffer& buffer, std::uint32_t b) {
    to.table(&buffer);
    contents_of(to, file, buffer, owners[b].kind, owners[b].value);
  });
  return to.ranges();
}

}  // namespace edgewise::tflite
