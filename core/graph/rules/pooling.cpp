// The rules of the operators that look at a window or an axis and multiply nothing: pooling and reductions.
#include "core/graph/operands.h"
#include "core/graph/rules/rules.h"

namespace edgewise {
namespace {

template <class Pool>
Result<Shapes> pooled(const Place& at) {
  const auto& op = std::get<Pool>(at.node.op);
  if (auto ok = rules::want_rank(at.in(0), 4, "input"); !ok) return std::unexpected(ok.error());
  return rules::image(at.in(0), op.window, op.kernel_h, op.kernel_w, at.in(0)[3]);
}

template <class Reduction>
Result<Shapes> reduced(const Place& at) {
  if (!at.is_constant(1)) return Shapes::unknown();
  const auto axes = constant_integers(at.optional(1), "axes");
  if (!axes) return std::unexpected(axes.error());
  const auto named = named_axes(*axes, at.in(0).rank());
  if (!named) return std::unexpected(named.error());
  Shape out;
  for (int axis = 0; axis < at.in(0).rank(); ++axis) {
    if (!(*named)[static_cast<std::size_t>(axis)]) out.push(at.in(0)[axis]);
    else if (std::get<Reduction>(at.node.op).keep_dims) out.push(1);
  }
  return out;
}

}  // namespace

const Rule AvgPool2d::rule = {.name = "AVERAGE_POOL_2D", .inputs = {1, 1}, .shapes = pooled<AvgPool2d>, .macs = rules::no_macs};
const Rule MaxPool2d::rule = {.name = "MAX_POOL_2D", .inputs = {1, 1}, .shapes = pooled<MaxPool2d>, .macs = rules::no_macs};
const Rule Mean::rule = {.name = "MEAN", .inputs = {2, 2}, .shapes = reduced<Mean>, .macs = rules::no_macs};
const Rule Sum::rule = {.name = "SUM", .inputs = {2, 2}, .shapes = reduced<Sum>, .macs = rules::no_macs};
const Rule L2Pool2d::rule = {.name = "L2_POOL_2D", .inputs = {1, 1}, .shapes = pooled<L2Pool2d>, .macs = rules::no_macs};
const Rule ReduceMax::rule = {.name = "REDUCE_MAX", .inputs = {2, 2}, .shapes = reduced<ReduceMax>, .macs = rules::no_macs};
const Rule ReduceMin::rule = {.name = "REDUCE_MIN", .inputs = {2, 2}, .shapes = reduced<ReduceMin>, .macs = rules::no_macs};
const Rule ReduceAll::rule = {.name = "REDUCE_ALL", .inputs = {2, 2}, .shapes = reduced<ReduceAll>, .macs = rules::no_macs};

}  // namespace edgewise
