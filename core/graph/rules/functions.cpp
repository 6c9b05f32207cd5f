// The rules of the functions of one element and of two that broadcast, as far as core/graph/rules/elementwise.cpp does not have them.
#include "core/base/text.h"
#include "core/graph/rules/rules.h"

namespace edgewise {
namespace {

/// Alpha broadcasts to x, not the other way.
Result<Shapes> prelu(const Place& at) {
  const auto shapes = rules::broadcast(at);
  if (shapes && shapes->of.front() != at.in(0)) return fail(text("alpha of ", to_text(at.in(1)), " does not broadcast to ", to_text(at.in(0))));
  return shapes;
}

Result<Shapes> as_all_inputs(const Place& at) {
  for (std::size_t i = 1; i < at.node.inputs.size(); ++i)
    if (at.in(i) != at.in(0)) return fail(text("input ", i, " is ", to_text(at.in(i)), ", input 0 is ", to_text(at.in(0))));
  return at.in(0);
}

}  // namespace

const Rule Div::rule = {.name = "DIV", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule FloorDiv::rule = {.name = "FLOOR_DIV", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule FloorMod::rule = {.name = "FLOOR_MOD", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule Maximum::rule = {.name = "MAXIMUM", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule Minimum::rule = {.name = "MINIMUM", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule SquaredDifference::rule = {.name = "SQUARED_DIFFERENCE", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule Equal::rule = {.name = "EQUAL", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule NotEqual::rule = {.name = "NOT_EQUAL", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule Less::rule = {.name = "LESS", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule LessEqual::rule = {.name = "LESS_EQUAL", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule Greater::rule = {.name = "GREATER", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule GreaterEqual::rule = {.name = "GREATER_EQUAL", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule LogicalAnd::rule = {.name = "LOGICAL_AND", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule LogicalOr::rule = {.name = "LOGICAL_OR", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule Prelu::rule = {.name = "PRELU", .inputs = {2, 2}, .shapes = prelu, .macs = rules::no_macs};

const Rule LogicalNot::rule = {.name = "LOGICAL_NOT", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Abs::rule = {.name = "ABS", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Neg::rule = {.name = "NEG", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Exp::rule = {.name = "EXP", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Log::rule = {.name = "LOG", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Sin::rule = {.name = "SIN", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Cos::rule = {.name = "COS", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Sqrt::rule = {.name = "SQRT", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Rsqrt::rule = {.name = "RSQRT", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Square::rule = {.name = "SQUARE", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Floor::rule = {.name = "FLOOR", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Ceil::rule = {.name = "CEIL", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Round::rule = {.name = "ROUND", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Elu::rule = {.name = "ELU", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule HardSwish::rule = {.name = "HARD_SWISH", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule ReluN1To1::rule = {.name = "RELU_N1_TO_1", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Relu0To1::rule = {.name = "RELU_0_TO_1", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Cast::rule = {.name = "CAST", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule ZerosLike::rule = {.name = "ZEROS_LIKE", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule AddN::rule = {.name = "ADD_N", .inputs = {1, rules::many}, .shapes = as_all_inputs, .macs = rules::no_macs};

}  // namespace edgewise
