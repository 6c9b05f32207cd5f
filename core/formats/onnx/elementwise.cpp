// Operators that work element by element, and casts.
#include <array>

#include "core/formats/onnx/families.h"

namespace edgewise::onnx {

/// Orders of operands agree where each counts its axes from the last, as broadcasting does.
Aligned aligned(Importer& importer, const std::vector<Symbol*>& symbols) {
  int rank = 0;
  for (const Symbol* symbol : symbols) rank = std::max(rank, symbol->shape.rank());
  Aligned result{{}, in_place(rank)};
  for (Symbol* symbol : symbols) {   // the first of full rank that is stored in another order than ONNX's leads
    if (symbol->shape.rank() != rank || symbol->is_constant()) continue;
    result.order = importer.whole_order(*symbol);
    if (result.order != in_place(rank)) break;
  }
  for (Symbol* symbol : symbols) {
    const int missing = rank - symbol->shape.rank();
    Order own = in_place(symbol->shape.rank());
    const bool fits_anyhow = symbol->shape.elements() == 1 && symbol->shape.rank() < 2;   // broadcasts whatever the order
    if (!fits_anyhow && result.order != in_place(rank)) {
      own.clear();
      for (const int axis : result.order) own.push_back(axis < missing ? added : axis - missing);
    }
    result.operands.push_back(importer.in_order(*symbol, own));
  }
  return result;
}

namespace {

template <class T>
Op plain(const NodeProto&) { return T{}; }

bool computes_in_tflite(DType type) { return type == DType::float32 || type == DType::int32 || type == DType::int64; }
bool compares_in_tflite(DType type) { return computes_in_tflite(type) || type == DType::int8 || type == DType::uint8 || type == DType::int16 || type == DType::boolean; }
bool divides_in_tflite(DType type) { return type == DType::float32; }
bool any_type(DType) { return true; }

/// ONNX's operator of two operands: in TensorFlow Lite's for the types it serves, else in ours for any type of number.
struct BinaryRow {
  std::string_view name;
  Op (*op)(const NodeProto&);
  bool (*serves)(DType);
  Binary::Kind kind = Binary::Kind::add;
  bool makes_truth = false;
};
using Kind = Binary::Kind;
constexpr std::array binaries = {
    BinaryRow{"Add", plain<Add>, computes_in_tflite, Kind::add},
    BinaryRow{"Sum", plain<Add>, computes_in_tflite, Kind::add},
    BinaryRow{"Mean", plain<Add>, computes_in_tflite, Kind::add},
    BinaryRow{"Sub", plain<Sub>, computes_in_tflite, Kind::sub},
    BinaryRow{"Mul", plain<Mul>, computes_in_tflite, Kind::mul},
    BinaryRow{"Div", plain<Div>, divides_in_tflite, Kind::div},
    BinaryRow{"Mod", [](const NodeProto& node) -> Op { return Binary{flag(node, "fmod", false) ? Kind::fmod : Kind::mod}; }, any_type},
    BinaryRow{"Pow", [](const NodeProto&) -> Op { return Binary{Kind::power}; }, any_type},
    BinaryRow{"Min", plain<Minimum>, compares_in_tflite, Kind::min},
    BinaryRow{"Max", plain<Maximum>, compares_in_tflite, Kind::max},
    BinaryRow{"PRelu", plain<Prelu>, any_type},
    BinaryRow{"And", plain<LogicalAnd>, any_type, Kind::min, true},
    BinaryRow{"Or", plain<LogicalOr>, any_type, Kind::max, true},
    BinaryRow{"Xor", plain<NotEqual>, any_type, Kind::equal, true},
    BinaryRow{"Equal", plain<Equal>, compares_in_tflite, Kind::equal, true},
    BinaryRow{"Greater", plain<Greater>, compares_in_tflite, Kind::greater, true},
    BinaryRow{"GreaterOrEqual", plain<GreaterEqual>, compares_in_tflite, Kind::greater_equal, true},
    BinaryRow{"Less", plain<Less>, compares_in_tflite, Kind::less, true},
    BinaryRow{"LessOrEqual", plain<LessEqual>, compares_in_tflite, Kind::less_equal, true},
};

Made emit_binary(Importer& importer, const NodeProto& node, const Made& a, const Made& b, Activation activation = Activation::none) {
  if (!a) return a;
  const auto row = std::ranges::find(binaries, node.op_type, &BinaryRow::name);
  if (row == binaries.end()) return fail("it is not supported");
  const DType type = importer.value(*a).type;
  Op op = row->serves(type) ? row->op(node) : Op(Binary{row->kind});
  if (auto* add = std::get_if<Add>(&op)) add->activation = activation;
  return importer.emit(std::move(op), {a, b}, {row->makes_truth ? DType::boolean : type});
}

/// A PRelu's slope; before opset 7, and in files that kept to it, one number per channel stands along axis 0.
Symbol& slope_of(Importer& importer, Symbol& slope, const Shape& x) {
  const bool is_per_channel = slope.shape.rank() == 1 && slope.shape[0] > 1 && x.rank() > 1 && slope.shape[0] == x[1] && (importer.opset() < 7 || x.back() != slope.shape[0]);
  if (!is_per_channel) return slope;
  Shape along{slope.shape[0]};
  for (int axis = 2; axis < x.rank(); ++axis) along.push(1);
  return importer.reshaped(slope, along);
}

}  // namespace

Result<void> import_binary(Importer& importer, const NodeProto& node) {
  Symbol& a = importer.operand(node, 0);
  Symbol* b = &importer.operand(node, 1);
  if (node.op_type == "PRelu") {
    if (b->shape.rank() > a.shape.rank()) return fail("its slope has more axes than its input");
    b = &slope_of(importer, *b, a.shape);
  }
  const Aligned in = aligned(importer, {&a, b});
  std::string name = node.outputs[0];
  const Activation activation = node.op_type == "Add" && a.type == DType::float32 ? importer.take_activation(name) : Activation::none;
  return importer.define(name, emit_binary(importer, node, in.operands[0], in.operands[1], activation), in.order);
}

Result<void> import_variadic(Importer& importer, const NodeProto& node) {
  std::vector<Symbol*> symbols;
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    symbols.push_back(importer.input(node, i));
    if (symbols.back() == nullptr) return fail(text("input ", i, " is missing"));
  }
  const Aligned in = aligned(importer, symbols);
  Made y = in.operands.front();
  for (std::size_t i = 1; i < symbols.size(); ++i) y = emit_binary(importer, node, y, in.operands[i]);
  if (node.op_type == "Mean") y = importer.emit(Mul{}, {y, importer.floats({1.0f / static_cast<float>(symbols.size())}, {1})});
  return importer.define(node, 0, y, in.order);
}

namespace {

struct UnaryRow {
  std::string_view name;
  Op (*op)(const NodeProto&);
};
constexpr std::array unaries = {
    UnaryRow{"Relu", plain<Relu>},   UnaryRow{"Sigmoid", plain<Logistic>}, UnaryRow{"Tanh", plain<Tanh>}, UnaryRow{"HardSwish", plain<HardSwish>}, UnaryRow{"Abs", plain<Abs>},
    UnaryRow{"Neg", plain<Neg>},     UnaryRow{"Exp", plain<Exp>},          UnaryRow{"Log", plain<Log>},   UnaryRow{"Sin", plain<Sin>},             UnaryRow{"Cos", plain<Cos>},
    UnaryRow{"Sqrt", plain<Sqrt>},   UnaryRow{"Floor", plain<Floor>},      UnaryRow{"Ceil", plain<Ceil>}, UnaryRow{"Round", plain<Round>},         UnaryRow{"Not", plain<LogicalNot>},
    UnaryRow{"LeakyRelu", [](const NodeProto& node) -> Op { return LeakyRelu{real(node, "alpha", 0.01f)}; }},
};

/// A function that TensorFlow Lite lacks, with the names of ONNX's attributes and what they are when left out.
struct FunctionRow {
  std::string_view name;
  Function::Kind kind;
  float alpha = 0.0f, beta = 0.0f;
  std::string_view alpha_name = "alpha", beta_name = "beta";
};
using F = Function::Kind;
constexpr std::array functions = {
    FunctionRow{"Acos", F::acos},
    FunctionRow{"Acosh", F::acosh},
    FunctionRow{"Asin", F::asin},
    FunctionRow{"Asinh", F::asinh},
    FunctionRow{"Atan", F::atan},
    FunctionRow{"Atanh", F::atanh},
    FunctionRow{"Celu", F::celu, 1.0f},
    FunctionRow{"Cosh", F::cosh},
    FunctionRow{"Elu", F::elu, 1.0f},
    FunctionRow{"Erf", F::erf},
    FunctionRow{"Gelu", F::gelu},
    FunctionRow{"HardSigmoid", F::hard_sigmoid, 0.2f, 0.5f},
    FunctionRow{"IsInf", F::is_inf},
    FunctionRow{"IsNaN", F::is_nan},
    FunctionRow{"Mish", F::mish},
    FunctionRow{"Reciprocal", F::reciprocal},
    FunctionRow{"Selu", F::selu, 1.67326319217681884765625f, 1.05070102214813232421875f, "alpha", "gamma"},
    FunctionRow{"Shrink", F::shrink, 0.5f, 0.0f, "lambd", "bias"},
    FunctionRow{"Sign", F::sign},
    FunctionRow{"Sinh", F::sinh},
    FunctionRow{"Softplus", F::softplus},
    FunctionRow{"Softsign", F::softsign},
    FunctionRow{"Swish", F::swish, 1.0f},
    FunctionRow{"Tan", F::tan},
    FunctionRow{"ThresholdedRelu", F::thresholded_relu, 1.0f},
};

/// ONNX's operator of one operand in ours.
std::optional<Op> unary_op(const NodeProto& node) {
  if (const auto row = std::ranges::find(unaries, node.op_type, &UnaryRow::name); row != unaries.end()) return row->op(node);
  const auto row = std::ranges::find(functions, node.op_type, &FunctionRow::name);
  if (row == functions.end()) return {};
  Function function{row->kind, real(node, row->alpha_name, row->alpha), real(node, row->beta_name, row->beta)};
  if (row->kind == F::elu && function.alpha == 1.0f) return Elu{};
  if (row->kind == F::gelu && string(node, "approximate", "none") == "tanh") function.kind = F::gelu_tanh;
  if (row->kind == F::is_inf) {   // which signs count
    function.alpha = flag(node, "detect_positive", true) ? 1.0f : 0.0f;
    function.beta = flag(node, "detect_negative", true) ? 1.0f : 0.0f;
  }
  return function;
}

}  // namespace

Result<void> import_unary(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  const auto op = unary_op(node);
  if (!op) return fail("it is not supported");
  const Order order = importer.whole_order(x);
  const bool makes_truth = node.op_type == "IsInf" || node.op_type == "IsNaN";
  const Made in = importer.in_order(x, order);
  return importer.define(node, 0, makes_truth ? importer.emit(*op, {in}, {DType::boolean}) : importer.emit(*op, {in}), order);
}

Result<void> import_clip(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  const Order order = importer.whole_order(x);
  std::vector<Made> operands{importer.in_order(x, order)};
  std::array<std::optional<float>, 2> known;
  for (std::size_t i = 0; i < 2; ++i) {
    Symbol* end = importer.input(node, i + 1);
    if (const AttributeProto* from = attribute(node, i == 0 ? "min" : "max")) {   // before opset 11
      known[i] = from->f.value_or(0.0f);
      operands.push_back(importer.floats({*known[i]}, {}));
      continue;
    }
    if (end != nullptr && end->shape.elements() != 1) return fail(text("input ", i + 1, " is no single number"));
    if (end != nullptr && end->is_constant()) known[i] = (*importer.reals(*end)).front();
    operands.push_back(end == nullptr ? Made(no_value) : importer.in_order(importer.reshaped(*end, {})));
  }
  const bool is_open_above = operands[2] && *operands[2] == no_value;
  Op op = Clip{};
  if (x.type == DType::float32) {
    if (known[0] == 0.0f && is_open_above) op = Relu{};
    if (known[0] == 0.0f && known[1] == 6.0f) op = Relu6{};
    if (known[0] == -1.0f && known[1] == 1.0f) op = ReluN1To1{};
    if (known[0] == 0.0f && known[1] == 1.0f) op = Relu0To1{};
  }
  if (!std::holds_alternative<Clip>(op)) operands.resize(1, no_value);
  return importer.define(node, 0, importer.emit(std::move(op), std::move(operands)), order);
}

Result<void> import_cast(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  const ElementType to = element_type(integer(node, "to", 1));
  if (!to.foreign.empty()) return fail(text("the type ", to.foreign, " is not supported"));
  if (to.type == x.type) return importer.define_same(node, x);
  const Order order = importer.whole_order(x);
  return importer.define(node, 0, importer.emit(Cast{}, {importer.in_order(x, order)}, {to.type}), order);
}

Result<void> import_where(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 1);
  const Aligned in = aligned(importer, {&importer.operand(node, 0), &x, &importer.operand(node, 2)});
  return importer.define(node, 0, importer.emit(SelectV2{}, in.operands, {x.type}), in.order);
}

}  // namespace edgewise::onnx
