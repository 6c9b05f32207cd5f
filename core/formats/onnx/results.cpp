#include <cassert>

#include "core/base/limits.h"
#include "core/formats/onnx/import.h"
#include "core/formats/onnx/numbers.h"

namespace edgewise::onnx {

Result<void> Importer::define(const std::string& name, const Made& made, Order order, bool is_shifted) {
  if (!made) return std::unexpected(made.error());
  if (name.empty()) return {};
  Value& stored = graph_.value(*made);
  if (order.empty()) order = in_place(stored.shape.rank());
  Symbol symbol;
  symbol.name = name;
  symbol.type = is_shifted ? DType::uint8 : stored.type;
  for (const int axis : order)
    if (axis != added) symbol.shape.push(1);
  for (std::size_t i = 0; i < order.size(); ++i)
    if (order[i] != added) symbol.shape.set(order[i], stored.shape[static_cast<int>(i)]);
  symbol.id = *made;
  symbol.order = std::move(order);
  symbol.is_shifted = is_shifted;
  if (stored.name.empty()) stored.name = name;
  symbols_[name] = std::move(symbol);
  return {};
}

Result<void> Importer::define(const NodeProto& node, std::size_t position, const Made& made, Order order, bool is_shifted) {
  return define(position < node.outputs.size() ? node.outputs[position] : std::string(), made, std::move(order), is_shifted);
}

Result<void> Importer::define_constant(const std::string& name, DType type, const Shape& shape, std::shared_ptr<const Bytes> data) {
  if (name.empty()) return {};
  Symbol symbol;
  symbol.name = name;
  symbol.type = type;
  symbol.shape = shape;
  count_bytes(data);
  symbol.data = std::move(data);
  symbols_[name] = std::move(symbol);
  return {};
}

Result<void> Importer::define_view(const NodeProto& node, Symbol& from, const std::vector<int>& axes) {
  if (axes.size() > limits::rank) return fail(text("the output would have ", axes.size(), " axes, the limit is ", limits::rank));
  const auto view = viewed(from.is_dequantized() ? *from.codes : from, axes);
  if (!view) return std::unexpected(view.error());
  if (from.is_dequantized()) return define_dequantized(node, **view, from.grid);
  Symbol symbol = **view;
  symbol.name = node.outputs[0];
  symbols_[symbol.name] = std::move(symbol);
  return {};
}

Result<void> Importer::define_reshaped(const NodeProto& node, Symbol& from, const Shape& shape) {
  if (from.is_constant()) return define_constant(node.outputs[0], from.type, shape, from.data);
  if (from.is_dequantized()) return define_dequantized(node, reshaped(*from.codes, shape), from.grid);
  Symbol symbol = reshaped(from, shape);
  symbol.name = node.outputs[0];
  symbols_[symbol.name] = std::move(symbol);
  return {};
}

Result<void> Importer::define_dequantized(const NodeProto& node, Symbol& codes, Quantization grid) {
  Symbol symbol;
  symbol.name = node.outputs[0];
  symbol.shape = codes.shape;
  symbol.codes = &codes;
  symbol.grid = std::move(grid);
  symbols_[symbol.name] = std::move(symbol);
  return {};
}

Symbol& Importer::reshaped(Symbol& from, const Shape& shape) {
  assert(shape.elements() == from.shape.elements());
  Symbol symbol;
  symbol.name = from.name;
  symbol.type = from.type;
  symbol.shape = shape;
  if (from.is_constant()) symbol.data = from.data;
  else symbol.source = from.source != nullptr && from.id == no_value ? from.source : &from;
  return temporary(std::move(symbol));
}

Result<Symbol*> Importer::viewed(Symbol& from, const std::vector<int>& axes) {
  Symbol symbol;
  symbol.name = from.name;
  symbol.type = from.type;
  symbol.shape = arranged(from.shape, axes);
  if (from.is_constant()) {
    const bool is_moved = long_axes(from.shape, axes) != long_axes(from.shape, in_place(from.shape.rank()));
    symbol.data = is_moved ? shared(transposed(*from.data, from.shape, axes, bits_of(from.type) / 8)) : from.data;
    return &temporary(std::move(symbol));
  }
  if (auto made = make(from); !made) return std::unexpected(made.error());
  if (from.is_constant()) return viewed(from, axes);   // dequantized just now
  symbol.id = from.id;
  symbol.is_shifted = from.is_shifted;
  for (const int stored : from.order) symbol.order.push_back(stored == added ? added : position_of(axes, stored));
  return &temporary(std::move(symbol));
}

Symbol& Importer::temporary(Symbol symbol) {
  symbol.made.clear();
  count_bytes(symbol.data);
  temporaries_.push_back(std::move(symbol));
  return temporaries_.back();
}

}  // namespace edgewise::onnx
