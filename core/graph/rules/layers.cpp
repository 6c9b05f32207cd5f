// The rules of the operators with weights: CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED.
#include <algorithm>

#include "core/base/text.h"
#include "core/graph/operands.h"
#include "core/graph/rules/rules.h"

namespace edgewise {
namespace {

using rules::want_rank;

Result<void> want_bias(const Place& at, std::int64_t channels) {
  const Value* bias = at.optional(2);
  if (bias != nullptr && bias->shape.elements() != static_cast<std::uint64_t>(channels))
    return fail(text("the bias has ", bias->shape.elements(), " elements for ", channels, " output channels"));
  return {};
}

Result<Shapes> conv_2d(const Place& at) {
  if (auto ok = want_rank(at.in(0), 4, "input"); !ok) return std::unexpected(ok.error());
  if (auto ok = want_rank(at.in(1), 4, "weights"); !ok) return std::unexpected(ok.error());
  const std::int64_t channels = at.in(0)[3], depth = at.in(1)[3], outputs = at.in(1)[0];
  if (depth < 1 || outputs < 1 || channels % depth != 0 || outputs % (channels / depth) != 0)
    return fail(text("weights of ", to_text(at.in(1)), " do not fit an input of ", to_text(at.in(0)),
                     ": their depth must divide the input's channels, and the groups this makes the output channels"));
  if (auto ok = want_bias(at, outputs); !ok) return std::unexpected(ok.error());
  return rules::image(at.in(0), std::get<Conv2d>(at.node.op).window, at.in(1)[1], at.in(1)[2], outputs);
}

Result<Shapes> depthwise_conv_2d(const Place& at) {
  if (auto ok = want_rank(at.in(0), 4, "input"); !ok) return std::unexpected(ok.error());
  if (auto ok = want_rank(at.in(1), 4, "weights"); !ok) return std::unexpected(ok.error());
  const std::int64_t channels = at.in(0)[3], outputs = at.in(1)[3];
  if (at.in(1)[0] != 1 || channels < 1 || outputs < 1 || outputs % channels != 0)
    return fail(text("weights of ", to_text(at.in(1)), " do not fit an input of ", to_text(at.in(0)),
                     ": they must be 1 x height x width x a multiple of the input's channels"));
  if (auto ok = want_bias(at, outputs); !ok) return std::unexpected(ok.error());
  return rules::image(at.in(0), std::get<DepthwiseConv2d>(at.node.op).window, at.in(1)[1], at.in(1)[2], outputs);
}

Result<Shapes> fully_connected(const Place& at) {
  const auto& op = std::get<FullyConnected>(at.node.op);
  if (auto ok = want_rank(at.in(1), 2, "weights"); !ok) return std::unexpected(ok.error());
  const std::int64_t outputs = at.in(1)[0], depth = at.in(1)[1];
  const std::uint64_t elements = at.in(0).elements();
  if (depth < 1 || outputs < 1 || elements % static_cast<std::uint64_t>(depth) != 0 || (op.keep_dims && at.in(0).back() != depth))
    return fail(text("weights of ", to_text(at.in(1)), " do not fit an input of ", to_text(at.in(0)), ": it is no whole number of rows of ", depth));
  if (auto ok = want_bias(at, outputs); !ok) return std::unexpected(ok.error());
  if (!op.keep_dims) return Shape{static_cast<std::int64_t>(elements / static_cast<std::uint64_t>(depth)), outputs};
  Shape out = at.in(0);
  if (out.rank() == 0) return fail("a scalar has no axes to keep");
  out.set(out.rank() - 1, outputs);
  return out;
}

/// Output elements times the taps behind each: the product of the weights' extents along `axes`.
Macs per_output(const Place& at, std::initializer_list<int> axes) {
  std::uint64_t taps = 1;
  for (const int axis : axes) {
    if (axis >= at.in(1).rank()) return {0, false};  // weights that an operator we lack makes
    taps *= static_cast<std::uint64_t>(at.in(1)[axis]);
  }
  return {at.graph.output(at.node).shape.elements() * taps, true};
}

Result<Shapes> transpose_conv(const Place& at) {
  const auto& op = std::get<TransposeConv>(at.node.op);
  const Shape &weights = at.in(1), &input = at.in(2);
  if (auto ok = rules::want_rank(input, 4, "input"); !ok) return std::unexpected(ok.error());
  if (auto ok = rules::want_rank(weights, 4, "weights"); !ok) return std::unexpected(ok.error());
  Shape out = at.graph.output(at.node).shape;
  if (at.is_constant(0)) {
    const auto wanted = constant_shape(at.optional(0), "the output's shape");
    if (!wanted) return std::unexpected(wanted.error());
    out = *wanted;
  }
  if (auto ok = rules::want_rank(out, 4, "output"); !ok) return std::unexpected(ok.error());
  if (weights[3] != input[3] || weights[0] != out[3] || out[0] != input[0])
    return fail(text("weights of ", to_text(weights), " do not fit an input of ", to_text(input), " and an output of ", to_text(out)));
  if (const Value* bias = at.optional(3); bias != nullptr && bias->shape.elements() != static_cast<std::uint64_t>(out[3]))
    return fail(text("the bias has ", bias->shape.elements(), " elements for ", out[3], " output channels"));
  // What the convolution from the output to the input would make of the output.
  const auto back = rules::image(out, op.window, weights[1], weights[2], input[3]);
  if (!back) return std::unexpected(back.error());
  if (back->of.front() != input) return fail(text("an output of ", to_text(out), " would come from an input of ", to_text(back->of.front()), ", not ", to_text(input)));
  return out;
}

Result<Shapes> batch_matmul(const Place& at) {
  const auto& op = std::get<BatchMatMul>(at.node.op);
  const Shape &a = at.in(0), &b = at.in(1);
  if (a.rank() < 2 || b.rank() < 2) return fail(text("operands of ", to_text(a), " and ", to_text(b), "; each must be a matrix or more"));
  const std::int64_t rows = a[a.rank() - (op.adj_x ? 1 : 2)], depth_a = a[a.rank() - (op.adj_x ? 2 : 1)];
  const std::int64_t columns = b[b.rank() - (op.adj_y ? 2 : 1)], depth_b = b[b.rank() - (op.adj_y ? 1 : 2)];
  if (depth_a != depth_b) return fail(text("matrices of ", rows, "x", depth_a, " and ", depth_b, "x", columns, " cannot be multiplied"));
  Shape batches_a, batches_b;
  for (int axis = 0; axis + 2 < a.rank(); ++axis) batches_a.push(a[axis]);
  for (int axis = 0; axis + 2 < b.rank(); ++axis) batches_b.push(b[axis]);
  auto out = broadcast(batches_a, batches_b);
  if (!out) return std::unexpected(out.error());
  out->push(rows);
  out->push(columns);
  return *out;
}

}  // namespace

const Rule Conv2d::rule = {.name = "CONV_2D",
                           .inputs = {2, 3},
                           .may_be_absent = optional_input(2),
                           .shapes = conv_2d,
                           .macs = [](const Place& at) { return per_output(at, {1, 2, 3}); }};
const Rule DepthwiseConv2d::rule = {.name = "DEPTHWISE_CONV_2D",
                                    .inputs = {2, 3},
                                    .may_be_absent = optional_input(2),
                                    .shapes = depthwise_conv_2d,
                                    .macs = [](const Place& at) { return per_output(at, {1, 2}); }};
const Rule FullyConnected::rule = {.name = "FULLY_CONNECTED",
                                   .inputs = {2, 3},
                                   .may_be_absent = optional_input(2),
                                   .shapes = fully_connected,
                                   .macs = [](const Place& at) { return per_output(at, {1}); }};

const Rule TransposeConv::rule = {.name = "TRANSPOSE_CONV",
                                  .inputs = {3, 4},
                                  .may_be_absent = optional_input(3),
                                  .shapes = transpose_conv,
                                  .macs = [](const Place& at) {
                                    const std::uint64_t outputs_per_input = at.in(1).elements() / static_cast<std::uint64_t>(std::max<std::int64_t>(at.in(1).back(), 1));
                                    return Macs{at.in(2).elements() * outputs_per_input, true};
                                  }};
const Rule BatchMatMul::rule = {.name = "BATCH_MATMUL", .inputs = {2, 2}, .shapes = batch_matmul, .macs = [](const Place& at) {
                                  const Shape& a = at.in(0);
                                  if (a.rank() < 2) return Macs{0, false};
                                  const std::int64_t depth = a[a.rank() - (std::get<BatchMatMul>(at.node.op).adj_x ? 2 : 1)];
                                  return Macs{at.graph.output(at.node).shape.elements() * static_cast<std::uint64_t>(depth), true};
                                }};

}  // namespace edgewise
