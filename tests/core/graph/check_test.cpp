#include "core/graph/check.h"

#include <doctest/doctest.h>

#include <functional>
#include <limits>

#include "core/graph/infer.h"
#include "tests/support/graph_builder.h"

using namespace edgewise;
using test::GraphBuilder;
using test::grid;

namespace {

/// input 1x4 int8 -> dense 4 to 2 -> 1x2 int8, valid.  Values: 0 input, 1 weights, 2 bias, 3 output.
Graph dense_graph() {
  GraphBuilder build;
  const ValueId x = build.input(DType::int8, {1, 4}, grid(0.5f, 3));
  const ValueId weights = build.constant<std::int8_t>({2, 4}, {1, -2, 3, -4, 127, 127, 127, 127}, grid(0.25f, 0));
  const ValueId bias = build.constant<std::int32_t>({2}, {10, -10}, grid(0.125f, 0));
  return build.graph(build.node(FullyConnected{}, {x, weights, bias}, DType::int8, {1, 2}, grid(1.0f, 0)));
}

}  // namespace

TEST_CASE("a valid graph passes") { CHECK(check(dense_graph()).has_value()); }

TEST_CASE("each rule names its place and figure") {
  struct Case { const char* name; std::function<void(Graph&)> spoil; const char* where; const char* reason; };
  const float infinity = std::numeric_limits<float>::infinity();
  const std::vector<Case> cases = {
      {"input id", [](Graph& g) { g.nodes[0].inputs[1] = 9; }, "node 0 (FULLY_CONNECTED)", "an input is tensor 9; the graph has 4 tensors"},
      {"negative id", [](Graph& g) { g.nodes[0].outputs[0] = -7; }, "node 0 (FULLY_CONNECTED)", "an output is tensor -7; the graph has 4 tensors"},
      {"absent weights", [](Graph& g) { g.nodes[0].inputs[1] = no_value; }, "node 0 'fully_connected_1' (FULLY_CONNECTED)", "input 1 is absent"},
      {"too few inputs", [](Graph& g) { g.nodes[0].inputs.resize(1); }, "node 0 'fully_connected_1' (FULLY_CONNECTED)", "it has 1 inputs; 2 to 3 are wanted"},
      {"written twice", [](Graph& g) { g.nodes.push_back(g.nodes[0]); }, "node 1 'dense_1 (2)' (FULLY_CONNECTED)", "it writes tensor 3 '', which has a content already"},
      {"read before", [](Graph& g) { g.nodes[0].inputs[0] = 3; }, "node 0 'dense_1' (FULLY_CONNECTED)", "it reads tensor 3 '', which nothing before it writes"},
      {"unwritten output", [](Graph& g) { g.nodes.clear(); }, "tensor 3 ''", "a graph output that no operator writes"},
      {"extent", [](Graph& g) { g.value(0).shape.set(1, 0); }, "tensor 0 ''", "the shape is 1x0; axis 1 must be at least 1"},
      {"elements", [](Graph& g) { g.value(0).shape = Shape{1 << 20, 1 << 20}; }, "tensor 0 ''",
       "the shape is 1048576x1048576, 1099511627776 elements; the limit is 67108864"},
      {"constant length", [](Graph& g) { g.value(1).shape = Shape{2, 5}; }, "tensor 1 ''", "it holds 8 bytes; 2x5 of int8 takes 10"},
      {"scale", [=](Graph& g) { g.value(3).grid.scale[0] = infinity; }, "tensor 3 ''", "scale 0 is inf; it must be positive and finite"},
      {"scale sign", [](Graph& g) { g.value(3).grid.scale[0] = -1.0f; }, "tensor 3 ''", "scale 0 is -1; it must be positive and finite"},
      {"zero point", [](Graph& g) { g.value(0).grid.zero_point[0] = 128; }, "tensor 0 ''", "zero point 0 is 128; int8 holds -128 to 127"},
      {"zero points", [](Graph& g) { g.value(0).grid.zero_point.clear(); }, "tensor 0 ''", "its grid has 1 scales and 0 zero points"},
      {"channels", [](Graph& g) { g.value(1).grid = {{1, 1, 1}, {0, 0, 0}, 0}; }, "tensor 1 ''", "it has 3 scales along an axis of 2"},
      {"bias length", [](Graph& g) { g.value(2) = g.value(1); g.value(2).grid = {}; }, "node 0 'dense_1' (FULLY_CONNECTED)", "the bias has 8 elements for 2 output channels"},
      {"output shape", [](Graph& g) { g.value(3).shape = Shape{1, 3}; }, "node 0 'dense_1' (FULLY_CONNECTED)",
       "the file gives the output the shape 1x3; the operator makes 1x2"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    Graph graph = dense_graph();
    c.spoil(graph);
    const auto result = check(graph);
    REQUIRE(!result.has_value());
    CHECK(result.error().where == c.where);
    CHECK(result.error().reason == c.reason);
  }
}

TEST_CASE("a constant that is not a number is refused") {
  GraphBuilder build;
  const ValueId x = build.input(DType::float32, {2});
  const ValueId c = build.constant<float>({2}, {1.0f, std::numeric_limits<float>::quiet_NaN()});
  const auto result = check(build.graph(build.node(Add{}, {x, c}, DType::float32, {2})));
  REQUIRE(!result.has_value());
  CHECK(result.error().reason == "element 1 is nan; numbers must be finite");
}

TEST_CASE("an accumulator is refused exactly where 2^31 is reached") {
  // Row 1 of the dense graph: 4 * 127 = 508; inputs step at most 127 - 3 = 124 up and 131 down: 508 * 131 = 66548.
  Graph graph = dense_graph();
  const auto with_bias = [&](std::int32_t bias) {
    const std::vector<std::int32_t> contents = {0, bias};
    graph.value(2).data = std::make_shared<const Bytes>(Tensor::from<std::int32_t>(Shape{2}, contents).bytes);
    return check(graph).has_value();
  };
  CHECK(with_bias(std::numeric_limits<std::int32_t>::max() - 66548));        // 2^31 - 1: the last that fits
  CHECK_FALSE(with_bias(std::numeric_limits<std::int32_t>::max() - 66547));  // 2^31
  CHECK_FALSE(with_bias(std::numeric_limits<std::int32_t>::min()));
}

TEST_CASE("what we lack is named by operator, node and layer") {
  GraphBuilder build;
  const ValueId x = build.input(DType::float32, {1, 8});
  const Graph graph = build.graph(build.node(Unsupported{"SVDF", 27}, {x}, DType::float32, {1, 8}));
  CHECK(check(graph).has_value());
  const auto lacking = unsupported(graph);
  REQUIRE(lacking.size() == 1);
  CHECK(to_text(lacking[0]) == "byte 0, node 0 'svdf_1' (SVDF): the operator SVDF is not supported. The model can be looked at, but not run.");
}
