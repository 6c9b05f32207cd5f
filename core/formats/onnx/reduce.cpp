// Reductions along axes.
#include <array>
#include <limits>

#include "core/formats/onnx/families.h"
#include "core/formats/onnx/fold.h"
#include "core/formats/onnx/numbers.h"

namespace edgewise::onnx {

namespace {

using Step = Made (*)(Importer&, const Made& x);
Made same(Importer&, const Made& x) { return x; }
Made square(Importer& importer, const Made& x) { return importer.emit(Mul{}, {x, x}); }
template <class T>
Made apply(Importer& importer, const Made& x) { return importer.emit(T{}, {x}); }

using Reduction = Op (*)(bool keep_dims);
template <class T>
Op over_axes(bool keep_dims) { return T{keep_dims}; }

/// What is done to each element before it is reduced, how it is reduced, what is done to the result, and what no elements reduce to.
struct Row { std::string_view name; Step before; Reduction reduction; Step behind; double of_nothing; };
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::array rows = {
    Row{"ReduceMean", same, over_axes<Mean>, same, std::numeric_limits<double>::quiet_NaN()},
    Row{"ReduceMax", same, over_axes<ReduceMax>, same, -infinity},
    Row{"ReduceMin", same, over_axes<ReduceMin>, same, infinity},
    Row{"ReduceSum", same, over_axes<Sum>, same, 0.0},
    Row{"ReduceSumSquare", square, over_axes<Sum>, same, 0.0},
    Row{"ReduceL1", apply<Abs>, over_axes<Sum>, same, 0.0},
    Row{"ReduceL2", square, over_axes<Sum>, apply<Sqrt>, 0.0},
    Row{"ReduceLogSum", same, over_axes<Sum>, apply<Log>, -infinity},
    Row{"ReduceLogSumExp", apply<Exp>, over_axes<Sum>, apply<Log>, -infinity},
};

/// A tensor without elements reduces to what is known now.
Result<void> define_of_nothing(Importer& importer, const NodeProto& node, DType type, const Shape& shape, double value) {
  if (!is_real(type) && value != 0.0) return fail("it is taken of no whole numbers");
  if (shape.elements() > most_folded) return fail(text("a constant of ", to_text(shape), " is larger than ", most_folded, " elements"));
  return importer.define_constant(node.outputs[0], type, shape, shared(contents_of(type, std::vector<double>(static_cast<std::size_t>(shape.elements()), value))));
}

}  // namespace

Result<void> import_reduce(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  const int rank = x.shape.rank();
  const auto named = importer.list(node, "axes", 1);
  if (!named) return std::unexpected(named.error());
  const bool names_none = !*named || (*named)->empty();
  if (names_none && flag(node, "noop_with_empty_axes", false)) return importer.define_same(node, x);
  std::vector<bool> goes(static_cast<std::size_t>(rank), names_none);
  if (!names_none)
    for (const std::int64_t number : **named) {
      const auto axis = axis_of(number, rank);
      if (!axis) return std::unexpected(axis.error());
      goes[static_cast<std::size_t>(*axis)] = true;
    }
  const bool keep_dims = flag(node, "keepdims", true);
  const Order order = importer.whole_order(x);
  std::vector<std::int64_t> axes;
  Order left;   // the order of what is left, its axes renumbered
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (goes[static_cast<std::size_t>(order[i])]) axes.push_back(static_cast<std::int64_t>(i));
    else left.push_back(order[i] - static_cast<int>(std::count(goes.begin(), goes.begin() + order[i], true)));
  }
  const auto row = std::ranges::find(rows, node.op_type, &Row::name);
  if (row == rows.end()) return fail("it is not supported");
  if (x.shape.elements() == 0) {
    Shape shape;
    for (int axis = 0; axis < rank; ++axis) {
      const bool is_reduced = goes[static_cast<std::size_t>(axis)];
      if (!is_reduced || keep_dims) shape.push(is_reduced ? 1 : x.shape[axis]);
    }
    return define_of_nothing(importer, node, x.type, shape, row->of_nothing);
  }
  const ValueId over = importer.ints(axes);
  const bool is_truth = x.type == DType::boolean;   // the largest truth is whether any is, as numbers have it
  const bool is_shifted_down = node.op_type == "ReduceLogSumExp";   // less the largest, so that nothing overflows

  Made y = importer.in_order(x, order);
  if (is_truth) y = importer.emit(Cast{}, {y}, {DType::uint8});
  Made largest = no_value;
  if (is_shifted_down) {
    largest = importer.emit(ReduceMax{keep_dims}, {y, over});
    y = importer.emit(Sub{}, {y, importer.emit(ReduceMax{true}, {y, over})});
  }
  y = row->behind(importer, importer.emit(row->reduction(keep_dims), {row->before(importer, y), over}));
  if (is_shifted_down) y = importer.emit(Add{}, {y, largest});
  if (is_truth) y = importer.emit(Cast{}, {y}, {DType::boolean});
  return importer.define(node, 0, y, keep_dims ? order : left);
}

}  // namespace edgewise::onnx
