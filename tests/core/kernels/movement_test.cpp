// Operators that move elements without changing them.
#include <doctest/doctest.h>

#include "tests/support/graph_builder.h"
#include "tests/support/run.h"

using namespace edgewise;
using test::GraphBuilder;
using test::grid;
using test::run_once;

namespace {
using Numbers = std::vector<std::int32_t>;
Numbers run(const Graph& graph, const std::vector<Numbers>& inputs) { return run_once<std::int32_t, std::int32_t>(graph, inputs); }
}  // namespace

TEST_CASE("pad surrounds with real zero, which is the zero point") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int8, {1, 2}, grid(1.0f, 9));
  const Graph graph = build.graph(build.node(Pad{}, {x, build.integers({1, 0, 0, 2})}, DType::int8, {}, grid(1.0f, 9)));
  CHECK(run_once<std::int8_t, std::int8_t>(graph, {{{1, 2}}}) == std::vector<std::int8_t>{9, 9, 9, 9, 1, 2, 9, 9});
}

TEST_CASE("reshape keeps the order of the elements, and takes a free axis from their count") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int32, {2, 3});
  Graph graph = build.graph(build.node(Reshape{}, {x, build.integers({3, -1})}, DType::int32));
  CHECK(run(graph, {{1, 2, 3, 4, 5, 6}}) == Numbers{1, 2, 3, 4, 5, 6});
  REQUIRE(infer_shapes(graph).has_value());
  CHECK(graph.output(graph.nodes.front()).shape == Shape{3, 2});
}

TEST_CASE("transpose moves axes, and twice is back") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int32, {2, 3, 1});
  const ValueId turned = build.node(Transpose{}, {x, build.integers({1, 2, 0})}, DType::int32);
  CHECK(run(build.graph(turned), {{1, 2, 3, 4, 5, 6}}) == Numbers{1, 4, 2, 5, 3, 6});
  CHECK(run(build.graph(build.node(Transpose{}, {turned, build.integers({2, 0, 1})}, DType::int32)), {{1, 2, 3, 4, 5, 6}}) == Numbers{1, 2, 3, 4, 5, 6});
}

TEST_CASE("a strided slice is Python's") {
  struct Case { const char* python; std::int32_t begin, end, stride, begin_mask, end_mask, shrink; Numbers expected; };
  for (const Case& c : {Case{"x[1:4]", 1, 4, 1, 0, 0, 0, {1, 2, 3}}, Case{"x[-2:]", -2, 0, 1, 0, 1, 0, {4, 5}}, Case{"x[::-2]", 0, 0, -2, 1, 1, 0, {5, 3, 1}},
                        Case{"x[4:0:-1]", 4, 0, -1, 0, 0, 0, {4, 3, 2, 1}}, Case{"x[3:100:2]", 3, 100, 2, 0, 0, 0, {3, 5}}, Case{"x[-1]", -1, 0, 1, 0, 0, 1, {5}}}) {
    CAPTURE(c.python);
    GraphBuilder build;
    const ValueId x = build.input(DType::int32, {6});
    const StridedSlice op{c.begin_mask, c.end_mask, 0, 0, c.shrink};
    const Graph graph = build.graph(build.node(op, {x, build.integers({c.begin}), build.integers({c.end}), build.integers({c.stride})}, DType::int32));
    CHECK(run(graph, {{0, 1, 2, 3, 4, 5}}) == c.expected);
  }
}

TEST_CASE("a slice outside its axis is refused") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int32, {6});
  const StridedSlice op{0, 0, 0, 0, 1};
  const Graph graph = build.graph(build.node(op, {x, build.integers({6}), build.integers({7}), build.integers({1})}, DType::int32));
  CHECK(test::refusal(graph) == "byte 0, node 0 'strided_slice_1' (STRIDED_SLICE): index 6 is outside axis 0 of extent 6");
}

TEST_CASE("concatenation and pack join along any axis") {
  GraphBuilder build;
  const ValueId a = build.input(DType::int32, {2, 1}), b = build.input(DType::int32, {2, 2});
  CHECK(run(build.graph(build.node(Concatenation{1, Activation::none}, {a, b}, DType::int32)), {{1, 2}, {3, 4, 5, 6}}) == Numbers{1, 3, 4, 2, 5, 6});
  GraphBuilder stack;
  const ValueId c = stack.input(DType::int32, {2}), d = stack.input(DType::int32, {2});
  CHECK(run(stack.graph(stack.node(Pack{-1}, {c, d}, DType::int32)), {{1, 2}, {3, 4}}) == Numbers{1, 3, 2, 4});
}

TEST_CASE("shape arithmetic runs on int32: a batch taken from SHAPE shapes a RESHAPE") {
  GraphBuilder build;
  const ValueId x = build.input(DType::float32, {2, 3});
  const ValueId shape = build.node(Shape_{}, {x}, DType::int32);
  const ValueId last = build.node(StridedSlice{0, 0, 0, 0, 1}, {shape, build.integers({1}), build.integers({2}), build.integers({1})}, DType::int32);
  const ValueId doubled = build.node(Mul{}, {last, build.integers({2})}, DType::int32);
  const Graph graph = build.graph(build.node(Add{}, {doubled, build.integers({1})}, DType::int32));
  CHECK(run_once<std::int32_t, float>(graph, {std::vector<float>(6)}) == Numbers{7});  // 3 * 2 + 1
}
