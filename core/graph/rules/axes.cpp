// The rules of the operators that work along axes: normalizations, extremes, running sums.
#include "core/base/text.h"
#include "core/graph/operands.h"
#include "core/graph/rules/rules.h"

namespace edgewise {
namespace {

Result<Shapes> arg(const Place& at) {
  if (!at.is_constant(1)) return Shapes::unknown();
  const auto axis = constant_axis(at.optional(1), at.in(0).rank());
  if (!axis) return std::unexpected(axis.error());
  Shape out;
  for (int i = 0; i < at.in(0).rank(); ++i)
    if (i != *axis) out.push(at.in(0)[i]);
  return out;
}

Result<Shapes> topk(const Place& at) {
  Shape out = at.in(0);
  if (out.rank() == 0) return fail("a scalar has no axis to search");
  std::int64_t k = at.graph.output(at.node).shape.back();
  if (at.is_constant(1)) {
    const auto wanted = constant_integer(at.optional(1), "k");
    if (!wanted) return std::unexpected(wanted.error());
    k = *wanted;
  }
  if (k < 1 || k > out.back()) return fail(text("k is ", k, "; it must be in [1, ", out.back(), "], the length of a row"));
  out.set(out.rank() - 1, k);
  return std::vector{out, out};
}

}  // namespace

const Rule LogSoftmax::rule = {.name = "LOG_SOFTMAX", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule L2Normalization::rule = {.name = "L2_NORMALIZATION", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule ArgMax::rule = {.name = "ARG_MAX", .inputs = {2, 2}, .shapes = arg, .macs = rules::no_macs};
const Rule ArgMin::rule = {.name = "ARG_MIN", .inputs = {2, 2}, .shapes = arg, .macs = rules::no_macs};
const Rule CumSum::rule = {.name = "CUMSUM", .inputs = {2, 2}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule TopKV2::rule = {.name = "TOPK_V2", .inputs = {2, 2}, .outputs = {2, 2}, .shapes = topk, .macs = rules::no_macs};

}  // namespace edgewise
