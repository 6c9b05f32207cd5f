// The rules of the operators with weights: CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED.
#include "core/base/text.h"
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

}  // namespace edgewise
