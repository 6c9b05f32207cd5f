#include <algorithm>
#include <cstring>

#include "core/base/limits.h"
#include "core/formats/onnx/import.h"
#include "core/formats/onnx/numbers.h"
#include "core/graph/rule.h"

namespace edgewise::onnx {

// --- constants -------------------------------------------------------------------------------------------------------------------------------------------

ValueId Importer::new_value(DType type, const Shape& shape, std::string name) {
  Value value;
  value.name = std::move(name);
  value.type = type;
  value.shape = shape;
  graph_.values.push_back(std::move(value));
  return static_cast<ValueId>(graph_.values.size() - 1);
}

ValueId Importer::constant(DType type, const Shape& shape, std::shared_ptr<const Bytes> data, std::string name, Quantization grid) {
  const ValueId id = new_value(type, shape, std::move(name));
  count_bytes(data);
  graph_.value(id).data = std::move(data);
  graph_.value(id).grid = std::move(grid);
  return id;
}

ValueId Importer::ints(const std::vector<std::int64_t>& values, const Shape& shape) {
  std::vector<std::int64_t> narrow;
  for (const std::int64_t value : values) narrow.push_back(std::clamp<std::int64_t>(value, INT32_MIN, INT32_MAX));
  return constant(DType::int32, shape, shared(contents_of(DType::int32, narrow)));
}
ValueId Importer::ints(const std::vector<std::int64_t>& values) { return ints(values, {static_cast<std::int64_t>(values.size())}); }

ValueId Importer::extents(const Shape& shape) {
  std::vector<std::int64_t> list;
  for (int axis = 0; axis < shape.rank(); ++axis) list.push_back(shape[axis]);
  return ints(list);
}

ValueId Importer::floats(const std::vector<float>& values, const Shape& shape) { return constant(DType::float32, shape, float_constant(values, shape).data); }

void Importer::note_initializer(const std::string& name, ValueId id) {
  const auto at = std::ranges::find(model_.initializers, name, &TensorProto::name);
  if (at != model_.initializers.end() && !name.empty()) initializer_values_[static_cast<std::size_t>(at - model_.initializers.begin())] = id;
}

/// A constant in another order is another constant.
ValueId Importer::constant_in_order(Symbol& symbol, const Order& order) {
  const bool is_as_stored = long_axes(symbol.shape, order) == long_axes(symbol.shape, in_place(symbol.shape.rank()));
  auto data = is_as_stored ? symbol.data : shared(transposed(*symbol.data, symbol.shape, order, bits_of(symbol.type) / 8));
  const ValueId id = constant(symbol.type, arranged(symbol.shape, order), std::move(data), symbol.name);
  note_initializer(symbol.name, id);
  return id;
}

// --- nodes -----------------------------------------------------------------------------------------------------------------------------------------------

Result<std::vector<ValueId>> Importer::emit(Op op, std::vector<Made> inputs, const std::vector<Kind>& outputs) {
  if (graph_.values.size() + outputs.size() > 4 * limits::values || graph_.nodes.size() >= 2 * limits::nodes) return fail("the graph becomes too large");
  Node node{std::move(op), {}, {}, offset_};
  for (const Made& input : inputs) {
    if (!input) return std::unexpected(input.error());
    node.inputs.push_back(*input);
  }
  while (!node.inputs.empty() && node.inputs.back() == no_value) node.inputs.pop_back();
  const std::size_t before = graph_.values.size();
  for (const Kind& kind : outputs) {
    node.outputs.push_back(new_value(kind.type, {}));
    graph_.values.back().grid = kind.grid;
  }
  auto shapes = rule_of(node.op).shapes({graph_, node});
  if (shapes && (!shapes->known || shapes->of.size() < outputs.size())) shapes = fail(text(rule_of(node.op).name, " makes a shape that is known only while the model runs"));
  if (shapes)
    for (const Shape& shape : shapes->of)
      if (shape.elements() > limits::elements) shapes = fail(text("the output would be ", to_text(shape), ", the limit is ", limits::elements, " elements"));
  if (!shapes) {
    graph_.values.resize(before);
    return std::unexpected(shapes.error());
  }
  for (std::size_t i = 0; i < outputs.size(); ++i) graph_.value(node.outputs[i]).shape = shapes->of[i];
  auto made = node.outputs;
  graph_.nodes.push_back(std::move(node));
  return made;
}

Made Importer::emit(Op op, std::vector<Made> inputs, const Kind& output) {
  const auto made = emit(std::move(op), std::move(inputs), std::vector{output});
  if (!made) return std::unexpected(made.error());
  return made->front();
}

Made Importer::emit(Op op, std::vector<Made> inputs) {
  if (!inputs.front()) return inputs.front();
  const Kind like = kind_of(*inputs.front());
  return emit(std::move(op), std::move(inputs), like);
}

Made Importer::reshape(Made from, const Shape& shape) {
  if (!from || value(*from).shape == shape) return from;
  if (!value(*from).is_constant()) return emit(Reshape{}, {from, extents(shape)});
  const Value same = value(*from);
  const ValueId id = constant(same.type, shape, same.data, same.name, same.grid);
  note_initializer(same.name, id);
  return id;
}

// --- orders ----------------------------------------------------------------------------------------------------------------------------------------------

/// The value behind a symbol that so far only says what it is made of.
Made Importer::make(Symbol& symbol) {
  if (symbol.id != no_value) return symbol.id;
  if (symbol.source != nullptr) {
    const auto id = reshape(stored_in_order(*symbol.source, in_place(symbol.source->shape.rank())), symbol.shape);
    if (!id) return id;
    symbol.id = *id;
    symbol.is_shifted = symbol.source->is_shifted;
    symbol.order = in_place(symbol.shape.rank());
    return id;
  }
  if (symbol.codes != nullptr) {
    auto id = dequantized(*this, symbol);
    if (id && !symbol.is_constant()) symbol.id = *id;
    return id;
  }
  return fail(text("nothing before it makes '", symbol.name, "'"));
}

Made Importer::stored_in_order(Symbol& symbol, const Order& order) {
  if (!symbol.is_known) return fail(text("'", symbol.name, "' comes from an operator that is not supported"));
  for (const auto& [made_order, id] : symbol.made)
    if (made_order == order) return id;
  if (symbol.is_constant()) {
    if (symbol.type == DType::int4) return fail("4-bit constants are supported as weights only");
    const ValueId id = constant_in_order(symbol, order);
    symbol.made.emplace_back(order, id);
    return id;
  }
  const auto whole = make(symbol);
  if (!whole) return whole;
  if (symbol.is_constant()) return stored_in_order(symbol, order);   // dequantized just now
  if (symbol.order == order) return symbol.id;

  const Shape wanted = arranged(symbol.shape, order);
  Made id = symbol.id;
  if (long_axes(symbol.shape, symbol.order) != long_axes(symbol.shape, order)) {
    // As it is stored, without axes of extent 1 that either order lacks; then each wanted axis from where it stands.
    const bool is_direct = is_whole(symbol.order, symbol.shape.rank()) && is_whole(order, symbol.shape.rank());
    const Order from = is_direct ? symbol.order : long_axes(symbol.shape, symbol.order), to = is_direct ? order : long_axes(symbol.shape, order);
    std::vector<std::int64_t> permutation;
    for (const int axis : to) permutation.push_back(position_of(from, axis));
    id = reshape(id, arranged(symbol.shape, from));
    id = emit(Transpose{}, {id, ints(permutation)});
  }
  id = reshape(id, wanted);
  if (id) symbol.made.emplace_back(order, *id);
  return id;
}

Made Importer::in_order(Symbol& symbol, const Order& order) {
  auto id = stored_in_order(symbol, order);
  if (!id || !symbol.is_shifted) return id;
  Quantization grid = value(*id).grid;
  for (std::int32_t& zero : grid.zero_point) zero += 128;
  return emit(Quantize{}, {id}, Kind{DType::uint8, grid});
}

/// The same codes, read on this grid: of a graph input with none it becomes the grid, elsewhere a node says so.
Made Importer::on_grid(Made from, const Quantization& grid) {
  if (!from || value(*from).grid == grid) return from;
  if (value(*from).grid.present() || std::ranges::find(graph_.inputs, *from) == graph_.inputs.end())
    return emit(Reshape{}, {from, extents(value(*from).shape)}, Kind{value(*from).type, grid});
  graph_.value(*from).grid = grid;
  return from;
}

Made Importer::int8_in_order(Symbol& symbol, const Order& order, const Quantization& grid) {
  if (symbol.type != DType::int8 && symbol.type != DType::uint8) return fail(text("'", symbol.name, "' is ", name_of(symbol.type), "; int8 or uint8 is wanted"));
  const bool is_unsigned = symbol.type == DType::uint8;
  Quantization signed_grid = grid;
  if (is_unsigned)
    for (std::int32_t& zero : signed_grid.zero_point) zero -= 128;
  if (grid.per_channel()) signed_grid.axis = position_of(order, grid.axis);
  if (symbol.is_constant()) {
    Bytes bytes = transposed(*symbol.data, symbol.shape, order, 1);
    if (is_unsigned)
      for (std::byte& code : bytes) code ^= std::byte{0x80};
    const ValueId id = constant(DType::int8, arranged(symbol.shape, order), shared(std::move(bytes)), symbol.name, signed_grid);
    note_initializer(symbol.name, id);
    return id;
  }
  const auto id = stored_in_order(symbol, order);
  if (!is_unsigned || symbol.is_shifted) return on_grid(id, signed_grid);
  return emit(Quantize{}, {on_grid(id, grid)}, Kind{DType::int8, signed_grid});
}

Order Importer::whole_order(Symbol& symbol) {
  const int rank = symbol.shape.rank();
  if (symbol.is_constant() || !make(symbol) || symbol.id == no_value) return in_place(rank);
  if (is_whole(symbol.order, rank)) return symbol.order;
  // Axes of extent 1 that the stored order lacks may stand anywhere; in front is as good as elsewhere.
  Order order;
  for (int axis = 0; axis < rank; ++axis)
    if (position_of(symbol.order, axis) < 0) order.push_back(axis);
  for (const int axis : symbol.order)
    if (axis != added) order.push_back(axis);
  return order;
}

}  // namespace edgewise::onnx
