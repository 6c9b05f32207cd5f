#include "tests/support/same_graph.h"

#include <algorithm>

#include "core/base/text.h"

namespace edgewise::test {

namespace {

/// The attributes of an operator as text; two operators are the same when name and attributes are.
struct Attributes {
  static std::string of(const Window& w) {
    return text(static_cast<int>(w.padding), ' ', w.stride_h, ' ', w.stride_w, ' ', w.dilation_h, ' ', w.dilation_w, ' ');
  }
  static int number(Activation activation) { return static_cast<int>(activation); }

  std::string operator()(const Conv2d& op) const { return text(of(op.window), number(op.activation)); }
  std::string operator()(const DepthwiseConv2d& op) const { return text(of(op.window), op.multiplier, ' ', number(op.activation)); }
  std::string operator()(const FullyConnected& op) const { return text(number(op.activation), op.keep_dims); }
  std::string operator()(const AvgPool2d& op) const { return text(of(op.window), op.kernel_h, ' ', op.kernel_w, ' ', number(op.activation)); }
  std::string operator()(const MaxPool2d& op) const { return text(of(op.window), op.kernel_h, ' ', op.kernel_w, ' ', number(op.activation)); }
  std::string operator()(const Mean& op) const { return text(op.keep_dims); }
  std::string operator()(const Sum& op) const { return text(op.keep_dims); }
  std::string operator()(const Add& op) const { return text(number(op.activation)); }
  std::string operator()(const Sub& op) const { return text(number(op.activation)); }
  std::string operator()(const Mul& op) const { return text(number(op.activation)); }
  std::string operator()(const Softmax& op) const { return text(op.beta); }
  std::string operator()(const LeakyRelu& op) const { return text(op.alpha); }
  std::string operator()(const Concatenation& op) const { return text(op.axis, ' ', number(op.activation)); }
  std::string operator()(const StridedSlice& op) const {
    return text(op.begin_mask, ' ', op.end_mask, ' ', op.ellipsis_mask, ' ', op.new_axis_mask, ' ', op.shrink_axis_mask);
  }
  std::string operator()(const Pack& op) const { return text(op.axis); }
  std::string operator()(const Unsupported& op) const { return text(op.code); }
  template <class Plain>
  std::string operator()(const Plain&) const {
    return {};
  }
};

std::string value_difference(const Value& a, const Value& b) {
  if (a.name != b.name) return text("names '", a.name, "' and '", b.name, "'");
  if (a.type != b.type) return text("types ", name_of(a.type), " and ", name_of(b.type));
  if (a.shape != b.shape) return text("shapes ", to_text(a.shape), " and ", to_text(b.shape));
  if (a.grid != b.grid) return "grids";
  if (a.is_constant() != b.is_constant() || (a.is_constant() && *a.data != *b.data)) return "contents";
  if (a.is_variable != b.is_variable) return "is_variable";
  return a.foreign_type == b.foreign_type ? "" : "foreign types";
}

std::string node_difference(const Node& a, const Node& b) {
  if (name_of(a.op) != name_of(b.op)) return text("operators ", name_of(a.op), " and ", name_of(b.op));
  const std::string attributes_a = std::visit(Attributes{}, a.op), attributes_b = std::visit(Attributes{}, b.op);
  if (attributes_a != attributes_b) return text("attributes ", attributes_a, " and ", attributes_b);
  if (a.inputs != b.inputs) return "inputs";
  return a.outputs == b.outputs ? "" : "outputs";
}

}  // namespace

std::string difference(const Graph& a, const Graph& b) {
  if (a.inputs != b.inputs) return "graph inputs";
  if (a.outputs != b.outputs) return "graph outputs";
  if (a.values.size() != b.values.size()) return text(a.values.size(), " and ", b.values.size(), " values");
  if (a.nodes.size() != b.nodes.size()) return text(a.nodes.size(), " and ", b.nodes.size(), " nodes");
  for (std::size_t i = 0; i < a.values.size(); ++i)
    if (const std::string what = value_difference(a.values[i], b.values[i]); !what.empty()) return text("value ", i, ": ", what);
  for (std::size_t i = 0; i < a.nodes.size(); ++i)
    if (const std::string what = node_difference(a.nodes[i], b.nodes[i]); !what.empty()) return text("node ", i, ": ", what);
  return {};
}

}  // namespace edgewise::test
