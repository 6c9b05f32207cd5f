#include "core/formats/onnx/fold.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/formats/onnx/numbers.h"
#include "core/formats/onnx/shapes.h"

namespace edgewise::onnx {

namespace {

struct Array {
  DType type;
  Shape shape;
  Bytes contents;
};
using Folded = std::optional<Array>;

constexpr std::uint64_t most_cast = 1u << 22;   // weights stored in half precision are cast; in 64 bits on the way

using Position = std::vector<std::int64_t>;

/// Every element of `shape` comes from one of `from`: source(position) says from which, by axis.
template <class Source>
Folded rearranged(const Symbol& from, const Shape& shape, Source source) {
  if (shape.elements() > most_folded) return {};
  const auto width = static_cast<std::size_t>(bits_of(from.type) / 8);
  Array result{from.type, shape, Bytes(static_cast<std::size_t>(shape.elements()) * width)};
  Position at(static_cast<std::size_t>(shape.rank()), 0);
  for (std::size_t i = 0; i < result.contents.size(); i += width) {
    const Position where = source(at);
    std::int64_t flat = 0;
    for (int axis = 0; axis < from.shape.rank(); ++axis) flat = flat * from.shape[axis] + where[static_cast<std::size_t>(axis)];
    std::memcpy(result.contents.data() + i, from.data->data() + static_cast<std::size_t>(flat) * width, width);
    for (int axis = shape.rank() - 1; axis >= 0; --axis) {
      if (++at[static_cast<std::size_t>(axis)] < shape[axis]) break;
      at[static_cast<std::size_t>(axis)] = 0;
    }
  }
  return result;
}

/// The symbol stretched to a shape it broadcasts to.
Folded stretched(const Symbol& from, const Shape& shape) {
  const int missing = shape.rank() - from.shape.rank();
  return rearranged(from, shape, [&](const Position& at) {
    Position where;
    for (int axis = 0; axis < from.shape.rank(); ++axis) where.push_back(from.shape[axis] == 1 ? 0 : at[static_cast<std::size_t>(axis + missing)]);
    return where;
  });
}

Folded cast(const NodeProto& node, const Symbol& x) {
  const ElementType to = element_type(integer(node, "to", 1));
  if (!to.foreign.empty() || to.type == DType::int4 || x.shape.elements() > most_cast) return {};
  Array result{to.type, x.shape, {}};
  result.contents = is_real(x.type) ? contents_of(to.type, real_numbers(x.type, *x.data)) : contents_of(to.type, whole_numbers(x.type, *x.data));
  return result;
}

Folded gather(const NodeProto& node, const Symbol& x, const Symbol& indices) {
  const auto axis = axis_of(integer(node, "axis", 0), x.shape.rank());
  if (!axis || x.shape.rank() - 1 + indices.shape.rank() > limits::rank) return {};
  const auto chosen = whole_numbers(indices.type, *indices.data);
  const std::int64_t extent = x.shape[*axis];
  if (std::ranges::any_of(chosen, [&](std::int64_t index) { return index < -extent || index >= extent; })) return {};
  Shape shape;
  for (int a = 0; a < *axis; ++a) shape.push(x.shape[a]);
  for (int a = 0; a < indices.shape.rank(); ++a) shape.push(indices.shape[a]);
  for (int a = *axis + 1; a < x.shape.rank(); ++a) shape.push(x.shape[a]);
  return rearranged(x, shape, [&](const Position& at) {
    Position where(at.begin(), at.begin() + *axis);
    std::int64_t flat = 0;
    for (int a = 0; a < indices.shape.rank(); ++a) flat = flat * indices.shape[a] + at[static_cast<std::size_t>(*axis + a)];
    const std::int64_t index = chosen[static_cast<std::size_t>(flat)];
    where.push_back(index < 0 ? index + extent : index);
    where.insert(where.end(), at.begin() + *axis + indices.shape.rank(), at.end());
    return where;
  });
}

Folded concat(const NodeProto& node, const std::vector<Symbol*>& parts) {
  const Symbol& first = *parts.front();
  const auto axis = axis_of(integer(node, "axis", 0), first.shape.rank());
  if (!axis) return {};
  Shape shape = first.shape;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    Shape other = parts[i]->shape;
    if (other.rank() != shape.rank() || parts[i]->type != first.type) return {};
    shape.set(*axis, shape[*axis] + other[*axis]);
    other.set(*axis, first.shape[*axis]);
    if (other != first.shape) return {};
  }
  if (shape.elements() > most_folded) return {};
  std::size_t rows = 1;
  for (int a = 0; a < *axis; ++a) rows *= static_cast<std::size_t>(shape[a]);
  Array result{first.type, shape, {}};
  for (std::size_t row = 0; row < rows; ++row)
    for (const Symbol* part : parts) {
      const std::size_t bytes = part->data->size() / rows;
      result.contents.insert(result.contents.end(), part->data->begin() + static_cast<std::ptrdiff_t>(row * bytes), part->data->begin() + static_cast<std::ptrdiff_t>((row + 1) * bytes));
    }
  return result;
}

Folded slice(Importer& importer, const NodeProto& node, const Symbol& x) {
  const auto slices = slices_of(importer, node, x.shape);
  if (!slices) return {};
  Shape shape;
  for (const AxisSlice& s : *slices) shape.push(s.count);
  return rearranged(x, shape, [&](const Position& at) {
    Position where;
    for (std::size_t axis = 0; axis < at.size(); ++axis) where.push_back((*slices)[axis].begin + at[axis] * (*slices)[axis].step);
    return where;
  });
}

template <class Number>
std::optional<Number> combined(std::string_view op, Number a, Number b) {
  if constexpr (std::is_same_v<Number, std::int64_t>) {   // modulo 2^64
    const auto wrapped = [](std::uint64_t x) { return static_cast<std::int64_t>(x); };
    const auto ua = static_cast<std::uint64_t>(a), ub = static_cast<std::uint64_t>(b);
    if (op == "Add") return wrapped(ua + ub);
    if (op == "Sub") return wrapped(ua - ub);
    if (op == "Mul") return wrapped(ua * ub);
    if (op == "Div") return b == 0 || (b == -1 && a == std::numeric_limits<std::int64_t>::min()) ? std::optional<Number>() : a / b;
    if (op == "Mod") return b == 0 || b == -1 ? std::optional<Number>() : (a % b != 0 && (a < 0) != (b < 0) ? a % b + b : a % b);
  } else {
    if (op == "Add") return a + b;
    if (op == "Sub") return a - b;
    if (op == "Mul") return a * b;
    if (op == "Div") return a / b;
  }
  if (op == "Min") return std::min(a, b);
  if (op == "Max") return std::max(a, b);
  return {};
}

template <class Number>
Folded binary(std::string_view op, DType type, const Shape& shape, const std::vector<Number>& a, const std::vector<Number>& b) {
  std::vector<Number> results;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto result = combined(op, a[i], b[i]);
    if (!result) return {};
    results.push_back(*result);
  }
  return Array{type, shape, contents_of(type, results)};
}

Folded arithmetic(const NodeProto& node, const Symbol& a, const Symbol& b) {
  if (a.type != b.type || a.type == DType::uint64 || integer(node, "fmod", 0) != 0) return {};
  const auto shape = broadcast(a.shape, b.shape);
  if (!shape) return {};
  const auto left = stretched(a, *shape), right = stretched(b, *shape);
  if (!left || !right) return {};
  if (!is_real(a.type)) return binary(node.op_type, a.type, *shape, whole_numbers(a.type, left->contents), whole_numbers(b.type, right->contents));
  return binary(node.op_type, a.type, *shape, real_numbers(a.type, left->contents), real_numbers(b.type, right->contents));  // rounded once: as in the type itself
}

Folded unary(const NodeProto& node, const Symbol& x) {
  if (x.type != DType::float32 && x.type != DType::float64) {
    if (node.op_type != "Neg") return {};
    auto numbers = whole_numbers(x.type, *x.data);
    for (std::int64_t& number : numbers) number = static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(number));
    return Array{x.type, x.shape, contents_of(x.type, numbers)};
  }
  auto numbers = real_numbers(x.type, *x.data);
  for (double& number : numbers) {
    if (node.op_type == "Neg") number = -number;
    if (node.op_type == "Floor") number = std::floor(number);
    if (node.op_type == "Ceil") number = std::ceil(number);
    if (node.op_type == "Sqrt") number = std::sqrt(number);
  }
  return Array{x.type, x.shape, contents_of(x.type, numbers)};
}

Folded product(const NodeProto& node, const Symbol& x) {
  if (is_real(x.type) || attribute(node, "axes") != nullptr || node.inputs.size() > 1 || integer(node, "keepdims", 1) != 0) return {};
  std::uint64_t result = 1;
  for (const std::int64_t number : whole_numbers(x.type, *x.data)) result *= static_cast<std::uint64_t>(number);
  return Array{x.type, {}, contents_of(x.type, std::vector<std::int64_t>{static_cast<std::int64_t>(result)})};
}

/// What is folded of each operator, for as many operands.
struct Row {
  std::string_view op_type;
  std::size_t operands;     ///< 0: any number
  Folded (*fold)(Importer&, const NodeProto&, const std::vector<Symbol*>&);
};
using In = const std::vector<Symbol*>&;
constexpr auto fold_arithmetic = [](Importer&, const NodeProto& node, In in) { return arithmetic(node, *in[0], *in[1]); };
constexpr auto fold_unary = [](Importer&, const NodeProto& node, In in) { return unary(node, *in[0]); };
constexpr std::array rows = {
    Row{"Cast", 1, [](Importer&, const NodeProto& node, In in) { return cast(node, *in[0]); }},
    Row{"Gather", 2, [](Importer&, const NodeProto& node, In in) { return gather(node, *in[0], *in[1]); }},
    Row{"Concat", 0, [](Importer&, const NodeProto& node, In in) { return concat(node, in); }},
    Row{"Slice", 0, [](Importer& importer, const NodeProto& node, In in) { return slice(importer, node, *in[0]); }},
    Row{"ReduceProd", 1, [](Importer&, const NodeProto& node, In in) { return product(node, *in[0]); }},
    Row{"Add", 2, fold_arithmetic}, Row{"Sub", 2, fold_arithmetic}, Row{"Mul", 2, fold_arithmetic}, Row{"Div", 2, fold_arithmetic}, Row{"Mod", 2, fold_arithmetic},
    Row{"Min", 2, fold_arithmetic}, Row{"Max", 2, fold_arithmetic},
    Row{"Neg", 1, fold_unary}, Row{"Floor", 1, fold_unary}, Row{"Ceil", 1, fold_unary}, Row{"Sqrt", 1, fold_unary},
};

}  // namespace

bool folded(Importer& importer, const NodeProto& node) {
  const auto row = std::ranges::find(rows, node.op_type, &Row::op_type);
  if (row == rows.end()) return false;
  std::vector<Symbol*> inputs;
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    Symbol* symbol = importer.input(node, i);
    if (symbol == nullptr) continue;
    if (!symbol->is_constant() || !symbol->is_known || symbol->type == DType::int4) return false;
    inputs.push_back(symbol);
  }
  if (inputs.empty() || (row->operands != 0 && inputs.size() != row->operands)) return false;
  auto result = row->fold(importer, node, inputs);
  if (!result) return false;
  return importer.define_constant(node.outputs[0], result->type, result->shape, shared(std::move(result->contents))).has_value();
}

}  // namespace edgewise::onnx
