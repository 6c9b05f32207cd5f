#include "core/formats/onnx/quantize.h"

#include <cmath>

#include "core/base/limits.h"
#include "core/formats/onnx/families.h"
#include "core/formats/onnx/numbers.h"

namespace edgewise::onnx {

namespace {

/// A scale or zero point of one number broadcasts; one per axis stands along `axis` of `rank` axes; a blocked one is stretched to the whole shape.
Result<Symbol*> spread(Importer& importer, Symbol& symbol, const Shape& shape, int axis, std::int64_t block) {
  if (symbol.shape.elements() == 1 && shape.rank() >= 0 && block == 0) return &importer.reshaped(symbol, {});
  if (block == 0) {
    Shape along;
    for (int a = 0; a < shape.rank(); ++a) along.push(a == axis ? symbol.shape.rank() == 1 ? symbol.shape[0] : 0 : 1);
    if (symbol.shape.rank() != 1 || axis >= shape.rank() || symbol.shape[0] != shape[axis])
      return fail(text("a scale of ", to_text(symbol.shape), " does not fit axis ", axis, " of ", to_text(shape)));
    return &importer.reshaped(symbol, along);
  }
  if (!importer.is_fixed(symbol)) return fail("scales of blocks must be constants");
  Shape wanted = shape;
  wanted.set(axis, (shape[axis] + block - 1) / block);
  if (symbol.shape != wanted) return fail(text("scales of ", to_text(symbol.shape), " do not fit blocks of ", block, " along axis ", axis, " of ", to_text(shape)));
  std::int64_t inner = 1, outer = 1;
  for (int a = 0; a < shape.rank(); ++a) (a < axis ? outer : inner) *= a == axis ? 1 : shape[a];
  const auto width = static_cast<std::size_t>(bits_of(symbol.type) / 8);
  const std::size_t row = static_cast<std::size_t>(inner) * width;
  Bytes stretched;
  for (std::int64_t o = 0; o < outer; ++o)
    for (std::int64_t i = 0; i < shape[axis]; ++i) {
      const std::byte* from = symbol.data->data() + (static_cast<std::size_t>(o * wanted[axis] + i / block)) * row;
      stretched.insert(stretched.end(), from, from + row);
    }
  Symbol result;
  result.name = symbol.name;
  result.type = symbol.type;
  result.shape = shape;
  result.data = shared(std::move(stretched));
  return &importer.temporary(std::move(result));
}

/// The operators with scale and zero point as operands: for what a grid of ours cannot say.
Result<void> general(Importer& importer, const NodeProto& node, Op op, DType type) {
  Symbol &x = importer.operand(node, 0), &scale = importer.operand(node, 1);
  const Shape& shape = x.shape;
  const auto axis = axis_of(shape.rank() > 1 || scale.shape.elements() != 1 ? integer(node, "axis", 1) : 0, std::max(1, shape.rank()));
  if (!axis) return std::unexpected(axis.error());
  const std::int64_t block = integer(node, "block_size", 0);
  if (block < 0 || (block > 0 && scale.shape.rank() != shape.rank())) return fail(text("its block size is ", block));
  std::vector<Made> operands{importer.in_order(x)};
  for (const std::size_t position : {1u, 2u}) {
    Symbol* symbol = importer.input(node, position);
    if (symbol == nullptr) continue;
    const auto stretched = spread(importer, *symbol, shape, *axis, block);
    if (!stretched) return std::unexpected(stretched.error());
    operands.push_back(importer.in_order(**stretched));
  }
  return importer.define(node, 0, importer.emit(std::move(op), std::move(operands), {type}));
}

bool is_byte(DType type) { return type == DType::int8 || type == DType::uint8; }

/// What QuantizeLinear makes: of its zero point's type, else as output_dtype says, else uint8.
ElementType quantized_type(Importer& importer, const NodeProto& node) {
  if (Symbol* zero = importer.input(node, 2)) return {zero->type, {}};
  const std::int64_t named = integer(node, "output_dtype", 0);
  return named == 0 ? ElementType{DType::uint8, {}} : element_type(named);
}

/// A constant's reals. Its codes are unpacked part by part: as 64-bit numbers they take eight times their room.
std::shared_ptr<const Bytes> dequantized_constant(const Symbol& symbol) {
  const Symbol& codes = *symbol.codes;
  const Quantization& grid = symbol.grid;
  std::size_t inner = 1;   // elements in a row that share a scale
  if (grid.per_channel())
    for (int axis = grid.axis + 1; axis < codes.shape.rank(); ++axis) inner *= static_cast<std::size_t>(codes.shape[axis]);
  constexpr std::size_t part = 1 << 16;
  Bytes reals(static_cast<std::size_t>(codes.shape.elements()) * sizeof(float));
  const std::size_t elements = reals.size() / sizeof(float);
  std::size_t i = 0;
  for (BytesView left = *codes.data; !left.empty(); left = left.subspan(std::min(part, left.size())))
    for (const std::int64_t code : whole_numbers(codes.type, left.first(std::min(part, left.size())))) {
      if (i == elements) break;
      const std::size_t c = grid.per_channel() ? i / inner % grid.scale.size() : 0;
      const float real = static_cast<float>(code - grid.zero_point[c]) * grid.scale[c];
      std::memcpy(reals.data() + i++ * sizeof real, &real, sizeof real);
    }
  return shared(std::move(reals));
}

}  // namespace

Quantization signed_grid(DType type, Quantization grid) {
  if (type == DType::uint8)
    for (std::int32_t& zero : grid.zero_point) zero -= 128;
  return grid;
}

Result<Quantization> grid_of(Importer& importer, Symbol& scale, Symbol* zero_point, int axis) {
  const auto scales = importer.reals(scale);
  if (!scales) return std::unexpected(scales.error());
  Quantization grid;
  grid.scale = *scales;
  grid.axis = grid.scale.size() > 1 ? axis : 0;
  grid.zero_point.assign(grid.scale.size(), 0);
  for (const float value : grid.scale)
    if (!std::isfinite(value) || value <= 0.0f) return fail(text("a scale is ", value, ", it must be positive and finite"));
  if (zero_point == nullptr) return grid;
  const auto zeros = importer.integers(*zero_point);
  if (!zeros) return std::unexpected(zeros.error());
  if (zeros->size() != grid.scale.size() && zeros->size() != 1) return fail(text("there are ", grid.scale.size(), " scales and ", zeros->size(), " zero points"));
  for (std::size_t i = 0; i < grid.scale.size(); ++i) grid.zero_point[i] = static_cast<std::int32_t>((*zeros)[zeros->size() == 1 ? 0 : i]);
  return grid;
}

std::optional<Target> take_quantize(Importer& importer, const std::string& name) {
  Target target;
  std::string at = name;
  const NodeProto* relu = importer.only_reader(name, "Relu");
  if (relu != nullptr) at = relu->outputs[0];
  const NodeProto* quantize = importer.only_reader(at, "QuantizeLinear");
  if (quantize == nullptr || quantize->inputs.size() < 2 || quantize->inputs[0] != at) return {};
  Symbol *scale = importer.input(*quantize, 1), *zero = importer.input(*quantize, 2);
  if (scale == nullptr || !scale->is_constant() || scale->shape.elements() != 1 || (zero != nullptr && !zero->is_constant()) || integer(*quantize, "block_size", 0) != 0) return {};
  const ElementType type = quantized_type(importer, *quantize);
  if (!type.foreign.empty() || !is_byte(type.type)) return {};
  const auto grid = grid_of(importer, *scale, zero, 0);
  if (!grid) return {};
  if (relu != nullptr) importer.take(*relu);
  importer.take(*quantize);
  return Target{type.type, *grid, relu != nullptr ? Activation::relu : Activation::none, quantize->outputs[0]};
}

std::optional<IntegerOperands> integer_operands(Importer& importer, Symbol& x, Symbol& weights, Symbol* bias, int weights_axis, const std::string& output) {
  if (x.codes == nullptr || weights.codes == nullptr || !is_byte(x.codes->type) || !is_byte(weights.codes->type) || x.grid.per_channel() || !weights.codes->is_constant()) return {};
  if (weights.grid.per_channel() && weights.grid.axis != weights_axis) return {};
  IntegerOperands operands{x.codes, weights.codes, nullptr, x.grid, weights.grid, {}};
  if (bias != nullptr) {
    if (bias->codes == nullptr || bias->codes->type != DType::int32 || !bias->codes->is_constant()) return {};
    // Its grid has to be that of the products, up to the rounding of the figure in the file.
    for (std::size_t c = 0; c < std::max(bias->grid.scale.size(), weights.grid.scale.size()); ++c) {
      const float product = x.grid.scale.front() * weights.grid.scale[weights.grid.per_channel() ? c % weights.grid.scale.size() : 0];
      const std::size_t at = bias->grid.per_channel() ? c % bias->grid.scale.size() : 0;
      if (!(std::abs(bias->grid.scale[at] - product) <= 1e-5f * product) || bias->grid.zero_point[at] != 0) return {};
    }
    operands.bias = bias->codes;
  }
  auto target = take_quantize(importer, output);
  if (!target) return {};
  operands.target = std::move(*target);
  return operands;
}

Result<IntegerOperands> qlinear_operands(Importer& importer, const NodeProto& node, int weights_axis) {
  const auto in = [&](std::size_t position) -> Symbol& { return importer.operand(node, position); };
  const auto x_grid = grid_of(importer, in(1), &in(2), 0), weights_grid = grid_of(importer, in(4), &in(5), weights_axis), y_grid = grid_of(importer, in(6), &in(7), 0);
  for (const auto* grid : {&x_grid, &weights_grid, &y_grid})
    if (!*grid) return std::unexpected(grid->error());
  if (x_grid->per_channel() || y_grid->per_channel()) return fail("activations with a scale per channel are not supported");
  const DType type = in(7).type;
  if (!is_byte(type) || !is_byte(in(0).type) || !is_byte(in(3).type)) return fail("its codes are not of 8 bits");
  Symbol* bias = importer.input(node, 8);
  if (bias != nullptr && bias->type != DType::int32) return fail("its bias is not int32");
  return IntegerOperands{&in(0), &in(3), bias, *x_grid, *weights_grid, {type, *y_grid, Activation::none, node.outputs[0]}};
}

Result<void> emit_integer_layer(Importer& importer, Op op, const Made& x, const Made& weights, const IntegerOperands& operands, const Order& order) {
  const Target& target = operands.target;
  const Made y = importer.emit(std::move(op), {x, weights, importer.optional(operands.bias)}, {DType::int8, signed_grid(target.type, target.grid)});
  return importer.define(target.output, y, order, target.type == DType::uint8);
}

Made dequantized(Importer& importer, Symbol& symbol) {
  Symbol& codes = *symbol.codes;
  if (codes.is_constant()) {
    symbol.data = dequantized_constant(symbol);
    symbol.codes = nullptr;
    return importer.in_order(symbol);
  }
  symbol.order = importer.whole_order(codes);
  const Made id = importer.stored_in_order(codes, symbol.order);
  if (!id) return id;
  const DType type = importer.value(*id).type;
  const Quantization grid = codes.is_shifted ? signed_grid(DType::uint8, symbol.grid) : symbol.grid;
  const bool is_per_channel = symbol.grid.per_channel();
  if (!is_per_channel && is_byte(type) && importer.value(*id).grid == grid) return importer.emit(Dequantize{}, {id}, {DType::float32});
  // Codes on another grid than they were made on.
  Shape shape;
  if (is_per_channel)
    for (const int axis : symbol.order) shape.push(axis == symbol.grid.axis ? codes.shape[axis] : 1);
  const std::vector<std::int64_t> zeros(grid.zero_point.begin(), grid.zero_point.end());
  return importer.emit(DequantizeLinear{}, {id, importer.floats(grid.scale, shape), importer.constant(type, shape, shared(contents_of(type, zeros)))}, {DType::float32});
}

namespace {

/// A constant's codes on a grid of one scale; 0 of what is no number, as the kernel has it.
Bytes quantized_constant(const std::vector<float>& reals, DType type, const Quantization& grid) {
  std::vector<std::int64_t> codes;
  for (const float value : reals) {
    const double code = static_cast<double>(std::nearbyint(value / grid.scale.front())) + grid.zero_point.front();
    codes.push_back(static_cast<std::int64_t>(std::isnan(code) ? 0.0 : type == DType::uint8 ? std::clamp(code, 0.0, 255.0) : std::clamp(code, -128.0, 127.0)));
  }
  return contents_of(type, codes);
}

/// Scale and zero point are known when the file is loaded, and no block has its own.
bool has_known_grid(Importer& importer, const NodeProto& node) {
  const Symbol &scale = importer.operand(node, 1), *zero = importer.input(node, 2);
  return scale.is_constant() && scale.type == DType::float32 && (zero == nullptr || zero->is_constant()) && integer(node, "block_size", 0) == 0;
}

}  // namespace

Result<void> import_quantize_linear(Importer& importer, const NodeProto& node) {
  Symbol &x = importer.operand(node, 0), &scale = importer.operand(node, 1);
  const ElementType type = quantized_type(importer, node);
  if (!type.foreign.empty()) return fail(text("the type ", type.foreign, " is not supported"));
  if (!has_known_grid(importer, node) || !is_byte(type.type) || x.type != DType::float32 || scale.shape.elements() != 1) return general(importer, node, QuantizeLinear{}, type.type);
  const auto grid = grid_of(importer, scale, importer.input(node, 2), 0);
  if (!grid) return std::unexpected(grid.error());
  // What was dequantized from this very grid is its codes still.
  if (x.codes != nullptr && x.codes->type == type.type && x.grid == *grid) return importer.define_same(node, *x.codes);
  if (x.is_constant()) return importer.define_constant(node.outputs[0], type.type, x.shape, shared(quantized_constant(*importer.reals(x), type.type, *grid)));
  const Order order = importer.whole_order(x);
  const Made y = importer.emit(Quantize{Requantize::in_float}, {importer.in_order(x, order)}, {DType::int8, signed_grid(type.type, *grid)});
  return importer.define(node, 0, y, order, type.type == DType::uint8);
}

Result<void> import_dequantize_linear(Importer& importer, const NodeProto& node) {
  Symbol &x = importer.operand(node, 0), &scale = importer.operand(node, 1);
  if (is_real(x.type) || x.type == DType::boolean) return fail(text("its codes are ", name_of(x.type)));
  if (!has_known_grid(importer, node)) return general(importer, node, DequantizeLinear{}, scale.type);
  const auto axis = axis_of(scale.shape.elements() == 1 ? 0 : integer(node, "axis", 1), std::max(1, x.shape.rank()));
  if (!axis) return std::unexpected(axis.error());
  auto grid = grid_of(importer, scale, importer.input(node, 2), *axis);
  if (!grid) return std::unexpected(grid.error());
  if (grid->per_channel() && (*axis >= x.shape.rank() || x.shape[*axis] != static_cast<std::int64_t>(grid->scale.size())))
    return fail(text("there are ", grid->scale.size(), " scales along axis ", *axis, " of ", to_text(x.shape)));
  return importer.define_dequantized(node, x, std::move(*grid));
}

Result<void> import_dynamic_quantize_linear(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  const Order order = importer.whole_order(x);
  const auto made = importer.emit(DynamicQuantizeLinear{}, {importer.in_order(x, order)}, std::vector<Importer::Kind>{{DType::uint8}, {DType::float32}, {DType::uint8}});
  if (!made) return std::unexpected(made.error());
  for (std::size_t i = 0; i < 3; ++i) importer.define(node, i, (*made)[i], i == 0 ? order : Order{});
  return {};
}

/// QLinearAdd and QLinearMul of ONNX Runtime: a, a_scale, a_zero_point, b, b_scale, b_zero_point, y_scale, y_zero_point; the arithmetic is that of reals.
Result<void> import_qlinear_binary(Importer& importer, const NodeProto& node) {
  std::vector<Symbol*> reals;
  for (const std::size_t first : {0u, 3u}) {
    Symbol *codes = importer.input(node, first), *scale = importer.input(node, first + 1);
    if (codes == nullptr || scale == nullptr) return fail("an operand or its scale is missing");
    const auto grid = grid_of(importer, *scale, importer.input(node, first + 2), 0);
    if (!grid) return std::unexpected(grid.error());
    if (grid->per_channel()) return fail("operands with a scale per channel are not supported");
    Symbol real;
    real.name = codes->name;
    real.shape = codes->shape;
    real.codes = codes;
    real.grid = *grid;
    reals.push_back(&importer.temporary(std::move(real)));
  }
  Symbol *scale = importer.input(node, 6), *zero = importer.input(node, 7);
  if (scale == nullptr || scale->shape.elements() != 1 || (zero != nullptr && zero->shape.elements() != 1)) return fail("its output has no single scale");
  const Aligned in = aligned(importer, reals);
  const Made y = importer.emit(node.op_type == "QLinearAdd" ? Op(Add{}) : Op(Mul{}), in.operands);
  const Made step = importer.in_order(importer.reshaped(*scale, {})), origin = zero == nullptr ? Made(no_value) : importer.in_order(importer.reshaped(*zero, {}));
  return importer.define(node, 0, importer.emit(QuantizeLinear{}, {y, step, origin}, {zero == nullptr ? DType::uint8 : zero->type}), in.order);
}

}  // namespace edgewise::onnx
