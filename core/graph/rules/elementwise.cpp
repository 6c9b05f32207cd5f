// The rules of the operators that compute each output element from the elements at its place.
#include "core/graph/rules/rules.h"

namespace edgewise {

const Rule Add::rule = {.name = "ADD", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule Sub::rule = {.name = "SUB", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule Mul::rule = {.name = "MUL", .inputs = {2, 2}, .shapes = rules::broadcast, .macs = rules::no_macs};
const Rule Softmax::rule = {.name = "SOFTMAX", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Relu::rule = {.name = "RELU", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Relu6::rule = {.name = "RELU6", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule LeakyRelu::rule = {.name = "LEAKY_RELU", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Logistic::rule = {.name = "LOGISTIC", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Tanh::rule = {.name = "TANH", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Quantize::rule = {.name = "QUANTIZE", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};
const Rule Dequantize::rule = {.name = "DEQUANTIZE", .inputs = {1, 1}, .shapes = rules::as_input, .macs = rules::no_macs};

}  // namespace edgewise
