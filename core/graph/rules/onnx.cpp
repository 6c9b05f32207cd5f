// The rules of ONNX's own operators.
#include <algorithm>

#include "core/base/text.h"
#include "core/graph/operands.h"
#include "core/graph/rules/rules.h"

namespace edgewise {
namespace {

using rules::want_rank;

/// The shapes of as many outputs as the node has: the later ones may be left off.
Shapes as_many(const Place& at, std::vector<Shape> shapes) {
  shapes.resize(std::min(shapes.size(), at.node.outputs.size()));
  return Shapes(std::move(shapes));
}

/// [N, output, channels] where the window's own figures are possible. Taps outside the image are padding, so no more has to hold.
Result<Shape> volume(const Place& at, const Window3d& window, std::int64_t channels) {
  if (auto ok = want_rank(at.in(0), 5, "input"); !ok) return std::unexpected(ok.error());
  constexpr std::int64_t most = std::int64_t{1} << 30;
  for (std::size_t a = 0; a < 3; ++a) {
    for (const std::int64_t step : {window.kernel[a], window.stride[a], window.dilation[a], window.output[a]})
      if (step < 1 || step > most) return fail(text("a window's extent or step is ", step, "; it must be in [1, 2^30]"));
    for (const std::int64_t pad : {window.before[a], window.after[a]})
      if (pad < 0 || pad > most) return fail(text("its padding is ", pad, "; it must be in [0, 2^30]"));
  }
  return Shape{at.in(0)[0], window.output[0], window.output[1], window.output[2], channels};
}

Result<Shapes> convolution(const Place& at, const Window3d& window, int groups) {
  if (auto ok = want_rank(at.in(0), 5, "input"); !ok) return std::unexpected(ok.error());
  if (auto ok = want_rank(at.in(1), 5, "weights"); !ok) return std::unexpected(ok.error());
  const Shape& weights = at.in(1);
  for (int a = 0; a < 3; ++a)
    if (weights[a + 1] != window.kernel[static_cast<std::size_t>(a)]) return fail(text("weights of ", to_text(weights), " are not of the window's extents"));
  if (groups < 1 || weights[0] < 1 || weights[4] < 1 || weights[0] % groups != 0 || weights[4] * groups != at.in(0)[4])
    return fail(text("weights of ", to_text(weights), " in ", groups, " groups do not fit an input of ", to_text(at.in(0))));
  const auto shape = volume(at, window, weights[0]);
  if (!shape) return std::unexpected(shape.error());
  return *shape;
}

Result<Shapes> conv_nd(const Place& at) {
  const auto& op = std::get<ConvNd>(at.node.op);
  if (const Value* bias = at.optional(2); bias != nullptr && bias->shape.elements() != static_cast<std::uint64_t>(at.in(1).rank() > 0 ? at.in(1)[0] : 0))
    return fail(text("the bias has ", bias->shape.elements(), " elements for weights of ", to_text(at.in(1))));
  return convolution(at, op.window, op.groups);
}

Result<Shapes> conv_integer(const Place& at) {
  const auto& op = std::get<ConvInteger>(at.node.op);
  const Value *input_zero = at.optional(2), *weight_zero = at.optional(3);
  if (input_zero != nullptr && input_zero->shape.elements() != 1) return fail("the input has more than one zero point");
  if (weight_zero != nullptr && weight_zero->shape.elements() != 1 && (at.in(1).rank() < 1 || weight_zero->shape.elements() != static_cast<std::uint64_t>(at.in(1)[0])))
    return fail(text("the weights of ", to_text(at.in(1)), " have ", weight_zero->shape.elements(), " zero points"));
  return convolution(at, op.window, op.groups);
}

Macs taps(const Place& at) {
  const Shape& weights = at.in(1);
  if (weights.rank() != 5 || at.in(0).rank() != 5) return {0, false};
  const auto* nd = std::get_if<ConvNd>(&at.node.op);
  const Shape& per = nd != nullptr && nd->is_transposed ? at.in(0) : at.graph.output(at.node).shape;   // transposed: every input meets every weight of its group
  std::uint64_t positions = 1;
  for (int axis = 0; axis < 4; ++axis) positions *= static_cast<std::uint64_t>(per[axis]);
  return {positions * weights.elements(), true};
}

Result<Shapes> pool_nd(const Place& at) {
  const auto& op = std::get<PoolNd>(at.node.op);
  if (auto ok = want_rank(at.in(0), 5, "input"); !ok) return std::unexpected(ok.error());
  if (op.kind != PoolNd::Kind::max && at.node.outputs.size() > 1) return fail("only the largest value has an index");
  const auto shape = volume(at, op.window, at.in(0)[4]);
  if (!shape) return std::unexpected(shape.error());
  return as_many(at, {*shape, *shape});
}

/// numpy's matmul: the last two axes are matrices, those before broadcast; a vector is a row on the left, a column on the right.
Result<Shapes> matmul(const Place& at) {
  Shape a = at.in(0), b = at.in(1);
  const bool is_row = a.rank() == 1, is_column = b.rank() == 1;
  if (is_row) a = Shape{1, a[0]};
  if (is_column) b = Shape{b[0], 1};
  if (a.rank() < 2 || b.rank() < 2 || a.back() != b[b.rank() - 2]) return fail(text("matrices of ", to_text(at.in(0)), " and ", to_text(at.in(1)), " cannot be multiplied"));
  Shape outer_a, outer_b;
  for (int axis = 0; axis < a.rank() - 2; ++axis) outer_a.push(a[axis]);
  for (int axis = 0; axis < b.rank() - 2; ++axis) outer_b.push(b[axis]);
  auto shape = broadcast(outer_a, outer_b);
  if (!shape) return std::unexpected(shape.error());
  if (!is_row) shape->push(a[a.rank() - 2]);
  if (!is_column) shape->push(b.back());
  return *shape;
}

/// The others broadcast to input 0, which gives the shape.
Result<Shapes> stretched_to_first(const Place& at) {
  for (std::size_t i = 1; i < at.node.inputs.size(); ++i) {
    if (at.optional(i) == nullptr) continue;
    const auto shape = broadcast(at.in(0), at.in(i));
    if (!shape) return std::unexpected(shape.error());
    if (*shape != at.in(0)) return fail(text("input ", i, " of ", to_text(at.in(i)), " does not broadcast to ", to_text(at.in(0))));
  }
  return at.in(0);
}

Result<Shapes> layer_normalization(const Place& at) {
  const auto axis = from_front(std::get<LayerNormalization>(at.node.op).axis, at.in(0).rank());
  if (!axis) return std::unexpected(axis.error());
  if (auto ok = stretched_to_first(at); !ok) return ok;
  Shape row = at.in(0);
  for (int a = *axis; a < row.rank(); ++a) row.set(a, 1);
  return as_many(at, {at.in(0), row, row});
}

Result<Shapes> local_response_normalization(const Place& at) {
  if (const int size = std::get<LocalResponseNormalization>(at.node.op).size; size < 1 || size > (1 << 20)) return fail(text("its size is ", size));
  if (at.in(0).rank() < 1) return fail("a scalar has no neighbours");
  return at.in(0);
}

Result<Shapes> gather_elements(const Place& at) {
  const Shape &x = at.in(0), &indices = at.in(1);
  const auto axis = from_front(std::get<GatherElements>(at.node.op).axis, x.rank());
  if (!axis) return std::unexpected(axis.error());
  bool fits = x.rank() == indices.rank();
  for (int a = 0; fits && a < x.rank(); ++a) fits = a == *axis || indices[a] <= x[a];
  if (!fits || x.elements() == 0) return fail(text("indices of ", to_text(indices), " do not fit an input of ", to_text(x)));
  return indices;
}

Result<Shapes> resize(const Place& at) {
  const auto& op = std::get<Resize>(at.node.op);
  const auto rank = static_cast<std::size_t>(at.in(0).rank());
  const bool is_cropped = op.coordinates == Resize::Coordinates::tf_crop_and_resize;
  if (op.output.size() != rank || op.scale.size() != rank || (is_cropped && (op.roi_start.size() != rank || op.roi_end.size() != rank)))
    return fail(text("its scales are not those of ", rank, " axes"));
  if (at.in(0).elements() == 0) return fail("its input has no elements");
  Shape shape;
  for (const std::int64_t extent : op.output) shape.push(extent);
  return shape;
}

Result<Shapes> recurrent(const Place& at) {
  const auto& op = std::get<Recurrent>(at.node.op);
  using Cell = Recurrent::Cell;
  const std::int64_t gates = op.cell == Cell::lstm ? 4 : op.cell == Cell::gru ? 3 : 1;
  const std::int64_t directions = op.direction == Recurrent::Direction::bidirectional ? 2 : 1, hidden = op.hidden;
  if (hidden < 1 || hidden > (1 << 20)) return fail(text("its hidden size is ", hidden));
  if (auto ok = want_rank(at.in(0), 3, "input"); !ok) return std::unexpected(ok.error());
  const std::int64_t steps = at.in(0)[0], batch = at.in(0)[1], inputs = at.in(0)[2];
  struct Wanted { std::size_t position; Shape shape; std::string_view what; };
  for (const Wanted& wanted : {Wanted{1, {directions, gates * hidden, inputs}, "weight tensor"}, Wanted{2, {directions, gates * hidden, hidden}, "recurrence tensor"},
                               Wanted{3, {directions, 2 * gates * hidden}, "bias"}, Wanted{4, {batch}, "list of lengths"},
                               Wanted{5, {directions, batch, hidden}, "initial state"}, Wanted{6, {directions, batch, hidden}, "initial cell"},
                               Wanted{7, {directions, 3 * hidden}, "tensor of peepholes"}})
    if (at.optional(wanted.position) != nullptr && at.in(wanted.position) != wanted.shape)
      return fail(text("the ", wanted.what, " is ", to_text(at.in(wanted.position)), "; ", to_text(wanted.shape), " is wanted"));
  const std::size_t functions = op.cell == Cell::lstm ? 3 : op.cell == Cell::gru ? 2 : 1;
  if (op.functions.size() != functions * static_cast<std::size_t>(directions)) return fail(text("it has ", op.functions.size(), " activation functions"));
  const Shape state{directions, batch, hidden};
  return Shapes(std::vector<Shape>{{steps, directions, batch, hidden}, state, state});
}

constexpr std::uint64_t inputs_from_3_to_7 = optional_input(3) | optional_input(4) | optional_input(5) | optional_input(6) | optional_input(7);

}  // namespace

using rules::as_input;
using rules::no_macs;

const Rule ConvNd::rule = {.name = "CONV_ND", .inputs = {2, 3}, .may_be_absent = optional_input(2), .shapes = conv_nd, .macs = taps};
const Rule ConvInteger::rule = {.name = "CONV_INTEGER", .inputs = {2, 4}, .may_be_absent = optional_input(2) | optional_input(3), .shapes = conv_integer, .macs = taps};
const Rule PoolNd::rule = {.name = "POOL_ND", .inputs = {1, 1}, .outputs = {1, 2}, .shapes = pool_nd, .macs = no_macs};
const Rule MatMulInteger::rule = {.name = "MATMUL_INTEGER",
                                  .inputs = {2, 4},
                                  .may_be_absent = optional_input(2) | optional_input(3),
                                  .shapes = matmul,
                                  .macs = [](const Place& at) -> Macs { return {at.graph.output(at.node).shape.elements() * static_cast<std::uint64_t>(at.in(0).back()), true}; }};
const Rule QuantizeLinear::rule = {.name = "QUANTIZE_LINEAR", .inputs = {2, 3}, .may_be_absent = optional_input(2), .shapes = stretched_to_first, .macs = no_macs};
const Rule DequantizeLinear::rule = {.name = "DEQUANTIZE_LINEAR", .inputs = {2, 3}, .may_be_absent = optional_input(2), .shapes = stretched_to_first, .macs = no_macs};
const Rule DynamicQuantizeLinear::rule = {.name = "DYNAMIC_QUANTIZE_LINEAR",
                                          .inputs = {1, 1},
                                          .outputs = {3, 3},
                                          .shapes = [](const Place& at) -> Result<Shapes> { return Shapes(std::vector<Shape>{at.in(0), Shape{}, Shape{}}); },
                                          .macs = no_macs};
const Rule Function::rule = {.name = "FUNCTION", .inputs = {1, 1}, .shapes = as_input, .macs = no_macs};
const Rule Clip::rule = {.name = "CLIP", .inputs = {1, 3}, .may_be_absent = optional_input(1) | optional_input(2), .shapes = stretched_to_first, .macs = no_macs};
const Rule Binary::rule = {.name = "BINARY", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = no_macs};
const Rule LayerNormalization::rule = {
    .name = "LAYER_NORMALIZATION", .inputs = {1, 3}, .outputs = {1, 3}, .may_be_absent = optional_input(1) | optional_input(2), .shapes = layer_normalization, .macs = no_macs};
const Rule LocalResponseNormalization::rule = {.name = "LOCAL_RESPONSE_NORMALIZATION", .inputs = {1, 1}, .shapes = local_response_normalization, .macs = no_macs};
const Rule GatherElements::rule = {.name = "GATHER_ELEMENTS", .inputs = {2, 2}, .shapes = gather_elements, .macs = no_macs};
const Rule Resize::rule = {.name = "RESIZE", .inputs = {1, 1}, .shapes = resize, .macs = no_macs};
const Rule Recurrent::rule = {.name = "RECURRENT",
                              .inputs = {3, 8},
                              .outputs = {3, 3},
                              .may_be_absent = inputs_from_3_to_7,
                              .shapes = recurrent,
                              .macs = [](const Place& at) -> Macs {
                                return {static_cast<std::uint64_t>(at.in(0)[0]) * static_cast<std::uint64_t>(at.in(0)[1]) * (at.in(1).elements() + at.in(2).elements()), true};
                              }};

}  // namespace edgewise
