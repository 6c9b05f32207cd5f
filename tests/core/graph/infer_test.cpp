#include "core/graph/infer.h"

#include <doctest/doctest.h>

#include "tests/support/graph_builder.h"

using namespace edgewise;
using test::GraphBuilder;

TEST_CASE("window_extent is TensorFlow's SAME and VALID: ceil(in / stride), and the odd pad comes after") {
  struct Case { const char* name; std::int64_t in; int kernel, stride, dilation; Padding padding; std::int64_t output, before; };
  for (const Case& c : {
           Case{"same 3 stride 1", 5, 3, 1, 1, Padding::same, 5, 1},       // total 2
           Case{"same 2 stride 1", 5, 2, 1, 1, Padding::same, 5, 0},       // total 1: floor(1/2) before
           Case{"same 3 stride 2 even", 96, 3, 2, 1, Padding::same, 48, 0},  // (48-1)*2+3-96 = 1
           Case{"same 10 stride 2", 49, 10, 2, 1, Padding::same, 25, 4},   // (25-1)*2+10-49 = 9
           Case{"same dilated", 7, 3, 1, 2, Padding::same, 7, 2},          // reach 5, total 4
           Case{"same, stride skips all", 4, 1, 3, 1, Padding::same, 2, 0},  // (2-1)*3+1-4 = 0
           Case{"valid", 5, 3, 2, 1, Padding::valid, 2, 0},                // (5-3)/2+1
           Case{"valid dilated", 7, 3, 1, 3, Padding::valid, 1, 0},        // reach 7
           Case{"valid too small", 2, 3, 1, 1, Padding::valid, 0, 0},
           Case{"one", 1, 1, 1, 1, Padding::same, 1, 0},
       }) {
    CAPTURE(c.name);
    const Extent extent = window_extent(c.in, c.kernel, c.stride, c.dilation, c.padding);
    CHECK(extent.output == c.output);
    CHECK(extent.before == c.before);
  }
}

TEST_CASE("shapes follow from the operators") {
  GraphBuilder build;
  const ValueId x = build.input(DType::float32, {1, 49, 10, 1});
  const ValueId weights = build.constant<float>({64, 10, 4, 1}, std::vector<float>(2560));
  const ValueId conv = build.node(Conv2d{{Padding::same, 2, 2, 1, 1}, Activation::none}, {x, weights}, DType::float32);
  const ValueId pool = build.node(AvgPool2d{{Padding::valid, 1, 1, 1, 1}, 25, 5, Activation::none}, {conv}, DType::float32);
  const ValueId flat = build.node(Reshape{}, {pool, build.integers({-1, 64})}, DType::float32);
  const ValueId dense = build.node(FullyConnected{}, {flat, build.constant<float>({12, 64}, std::vector<float>(768))}, DType::float32);
  const ValueId turned = build.node(Transpose{}, {dense, build.integers({1, 0})}, DType::float32);
  const ValueId padded = build.node(Pad{}, {turned, build.integers({0, 1, 2, 3})}, DType::float32);
  const ValueId sliced = build.node(StridedSlice{}, {padded, build.integers({12, 0}), build.integers({0, 6}), build.integers({-4, 2})}, DType::float32);
  const ValueId joined = build.node(Concatenation{-1, Activation::none}, {sliced, sliced}, DType::float32);
  const ValueId packed = build.node(Pack{1}, {joined, joined}, DType::float32);
  const ValueId summed = build.node(Sum{true}, {packed, build.integers({-1, 0})}, DType::float32);
  const ValueId mean = build.node(Mean{false}, {packed, build.integers({1})}, DType::float32);
  const ValueId shape = build.node(Shape_{}, {summed}, DType::int32);
  Graph graph = build.graph(shape);
  REQUIRE(infer_shapes(graph).has_value());
  CHECK(graph.value(conv).shape == Shape{1, 25, 5, 64});
  CHECK(graph.value(pool).shape == Shape{1, 1, 1, 64});
  CHECK(graph.value(flat).shape == Shape{1, 64});
  CHECK(graph.value(dense).shape == Shape{1, 12});
  CHECK(graph.value(turned).shape == Shape{12, 1});
  CHECK(graph.value(padded).shape == Shape{13, 6});
  CHECK(graph.value(sliced).shape == Shape{3, 3});   // rows 12, 8, 4 (0 excluded); columns 0, 2, 4
  CHECK(graph.value(joined).shape == Shape{3, 6});
  CHECK(graph.value(packed).shape == Shape{3, 2, 6});
  CHECK(graph.value(summed).shape == Shape{1, 2, 1});
  CHECK(graph.value(mean).shape == Shape{3, 6});
  CHECK(graph.value(shape).shape == Shape{3});       // of three axes
}

TEST_CASE("a broadcast that numpy refuses is refused") {
  GraphBuilder build;
  const ValueId a = build.input(DType::float32, {3, 1}), b = build.input(DType::float32, {1, 4}), c = build.input(DType::float32, {3, 3});
  Graph good = build.graph(build.node(Add{}, {a, b}, DType::float32));
  REQUIRE(infer_shapes(good).has_value());
  CHECK(good.values.back().shape == Shape{3, 4});
  Graph bad = build.graph(build.node(Add{}, {b, c}, DType::float32));
  const auto result = infer_shapes(bad);
  REQUIRE(!result.has_value());
  CHECK(result.error().where == "node 1 'add_2' (ADD)");
  CHECK(result.error().reason == "shapes 1x4 and 3x3 do not broadcast: 4 against 3");
}

TEST_CASE("a shape that the file gives and the operator does not make is refused") {
  GraphBuilder build;
  const ValueId x = build.input(DType::float32, {1, 8});
  Graph graph = build.graph(build.node(Relu{}, {x}, DType::float32, {1, 9}));
  const auto result = infer_shapes(graph);
  REQUIRE(!result.has_value());
  CHECK(result.error().reason == "the file gives the output the shape 1x9; the operator makes 1x8");
}

TEST_CASE("multiply-accumulates count output elements times taps, padding included; what is unknown says so") {
  GraphBuilder build;
  const ValueId x = build.input(DType::float32, {1, 5, 5, 4});
  const Window same{Padding::same, 1, 1, 1, 1};
  const ValueId conv = build.node(Conv2d{same, Activation::none}, {x, build.constant<float>({6, 3, 3, 2}, std::vector<float>(108))}, DType::float32);
  const ValueId depth = build.node(DepthwiseConv2d{same, 1, Activation::none}, {conv, build.constant<float>({1, 3, 3, 6}, std::vector<float>(54))}, DType::float32);
  const ValueId dense = build.node(FullyConnected{}, {depth, build.constant<float>({7, 75}, std::vector<float>(525))}, DType::float32);
  const ValueId last = build.node(Unsupported{"SVDF", 27}, {dense}, DType::float32, {2, 7});
  Graph graph = build.graph(last);
  REQUIRE(infer_shapes(graph).has_value());
  CHECK(macs_of(graph, graph.node(0)).macs == 25 * 6 * 9 * 2);  // two groups: each output sees 2 of 4 channels
  CHECK(macs_of(graph, graph.node(1)).macs == 25 * 6 * 9);
  CHECK(macs_of(graph, graph.node(2)).macs == 2 * 7 * 75);      // 150 elements are two rows of 75
  CHECK(macs_of(graph, graph.node(2)).known);
  CHECK_FALSE(macs_of(graph, graph.node(3)).known);
}

TEST_CASE("behind an operator we lack the file's shapes stand, and the graph can be looked at") {
  GraphBuilder build;
  const ValueId x = build.input(DType::float32, {1, 8, 8, 4});
  const ValueId unknown = build.node(Unsupported{"SPACE_TO_BATCH_ND", 38}, {x}, DType::float32, {1, 1, 1, 4});  // files with free extents write 1
  const ValueId weights = build.constant<float>({4, 3, 3, 4}, std::vector<float>(144));
  Graph graph = build.graph(build.node(Conv2d{}, {unknown, weights}, DType::float32, {1, 6, 6, 4}));
  REQUIRE(infer_shapes(graph).has_value());
  CHECK(graph.values.back().shape == Shape{1, 6, 6, 4});
}
