// Operators that move, pick or make elements, beyond those of movement_test.cpp. Expectations can be counted on fingers.
#include <doctest/doctest.h>

#include "tests/support/graph_builder.h"
#include "tests/support/run.h"

using namespace edgewise;
using test::GraphBuilder;
using test::grid;
using test::run_once;

namespace {

using Numbers = std::vector<std::int32_t>;
using Codes = std::vector<std::int8_t>;

Numbers counted(int count) {
  Numbers numbers;
  for (int i = 0; i < count; ++i) numbers.push_back(i);
  return numbers;
}
/// op(x, constants...) over x = 0, 1, 2, ...
Numbers run(const Op& op, const Shape& shape, const std::vector<Numbers>& operands, const Shape& out = {}) {
  GraphBuilder build;
  std::vector<ValueId> inputs{build.input(DType::int32, shape)};
  for (const Numbers& operand : operands) inputs.push_back(build.integers(operand));
  return run_once<std::int32_t, std::int32_t>(build.graph(build.node(op, inputs, DType::int32, out)), {counted(static_cast<int>(shape.elements()))});
}
std::string refused(const Op& op, const Shape& shape, const std::vector<Numbers>& operands, const Shape& out = {}) {
  GraphBuilder build;
  std::vector<ValueId> inputs{build.input(DType::int32, shape)};
  for (const Numbers& operand : operands) inputs.push_back(build.integers(operand));
  return test::refusal(build.graph(build.node(op, inputs, DType::int32, out)));
}
bool says(const std::string& message, const char* words) { return message.find(words) != std::string::npos; }

/// The outputs of an operator with several, over x = 0, 1, 2, ...
std::vector<Numbers> run_split(const Op& op, std::vector<ValueId> inputs, GraphBuilder& build, std::size_t count, int elements) {
  Graph graph = build.graph(build.node(op, std::move(inputs), DType::int32));
  while (graph.outputs.size() < count) {
    Value value;
    value.type = DType::int32;
    graph.values.push_back(value);
    graph.outputs.push_back(static_cast<ValueId>(graph.values.size() - 1));
  }
  graph.nodes[0].outputs = graph.outputs;
  const auto shapes = infer_shapes(graph);
  CHECK_MESSAGE(shapes.has_value(), (shapes ? "" : to_text(shapes.error())));
  if (!shapes) return {};
  auto runner = Runner::prepare(std::make_shared<const Graph>(graph));
  CHECK_MESSAGE(runner.has_value(), (runner ? "" : to_text(runner.error())));
  if (!runner) return {};
  const Numbers x = counted(elements);
  std::memcpy(runner->input(0).data(), x.data(), x.size() * sizeof x[0]);
  CHECK(runner->run().has_value());
  std::vector<Numbers> out;
  for (std::size_t i = 0; i < count; ++i) {
    const auto y = runner->output(i).as<std::int32_t>();
    out.emplace_back(y.begin(), y.end());
  }
  return out;
}

}  // namespace

TEST_CASE("axes of extent 1 come and go without moving anything") {
  CHECK(run(ExpandDims{}, {2, 2}, {{-1}}, {2, 2, 1}) == counted(4));
  CHECK(run(Squeeze{{-1}}, {1, 2, 1}, {}, {1, 2}) == counted(2));
  CHECK(run(Squeeze{}, {1, 2, 1}, {}, {2}) == counted(2));
  CHECK(says(refused(Squeeze{{1}}, {1, 2, 1}, {}), "axis 1 of 1x2x1 has the extent 2"));
  CHECK(says(refused(ExpandDims{}, {1, 1, 1, 1, 1, 1}, {{0}}), "the output has 7 axes, the limit is 6"));
}

TEST_CASE("splitting gives each output its part, along any axis") {
  GraphBuilder even;
  const ValueId x = even.input(DType::int32, {2, 4});
  CHECK(run_split(Split_{}, {even.integers({-1}), x}, even, 2, 8) == std::vector<Numbers>{{0, 1, 4, 5}, {2, 3, 6, 7}});
  GraphBuilder uneven;
  const ValueId y = uneven.input(DType::int32, {2, 4});
  CHECK(run_split(SplitV{}, {y, uneven.integers({1, -1}), uneven.integers({1})}, uneven, 2, 8) == std::vector<Numbers>{{0, 4}, {1, 2, 3, 5, 6, 7}});
  GraphBuilder apart;
  CHECK(run_split(Unpack{1}, {apart.input(DType::int32, {2, 2})}, apart, 2, 4) == std::vector<Numbers>{{0, 2}, {1, 3}});
}

TEST_CASE("parts that do not add up are refused") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int32, {4});
  CHECK(says(test::refusal(build.graph(build.node(SplitV{}, {x, build.integers({3}), build.integers({0})}, DType::int32))), "the extents do not add up to 4"));
  GraphBuilder again;
  const ValueId y = again.input(DType::int32, {4});
  CHECK(says(test::refusal(again.graph(again.node(Unpack{3}, {y}, DType::int32))), "axis 3 is outside a tensor of 1 axes"));
}

TEST_CASE("a slice is a box, and -1 takes the rest") {
  CHECK(run(Slice{}, {3, 4}, {{1, 2}, {-1, 2}}) == Numbers{6, 7, 10, 11});
  CHECK(says(refused(Slice{}, {3, 4}, {{1, 2}, {2, 3}}), "3 elements from 2 are not inside axis 1 of extent 4"));
  CHECK(says(refused(Slice{}, {3, 4}, {{-1, 0}, {1, 1}}), "1 elements from -1 are not inside axis 0"));
}

TEST_CASE("a slice whose beginning is computed stays inside its input") {
  GraphBuilder build;
  const ValueId x = build.constant<std::int32_t>({5}, {0, 1, 2, 3, 4}), begin = build.input(DType::int32, {1});
  const Graph graph = build.graph(build.node(Slice{}, {x, begin, build.integers({2})}, DType::int32));
  CHECK(run_once<std::int32_t, std::int32_t>(graph, {Numbers{1}}) == Numbers{1, 2});
  CHECK(run_once<std::int32_t, std::int32_t>(graph, {Numbers{9}}) == Numbers{3, 4});
  CHECK(run_once<std::int32_t, std::int32_t>(graph, {Numbers{-3}}) == Numbers{0, 1});
}

TEST_CASE("strided slices know Python's ellipsis, new axes and ends counted from begins") {
  // x[..., 1] of 2x3x2
  CHECK(run(StridedSlice{0, 0, 1, 0, 2}, {2, 3, 2}, {{0, 1}, {0, 2}, {1, 1}}, {2, 3}) == Numbers{1, 3, 5, 7, 9, 11});
  // x[1, newaxis, ...] of 2x3
  CHECK(run(StridedSlice{0, 0, 4, 2, 1}, {2, 3}, {{1, 0, 0}, {2, 0, 0}, {1, 1, 1}}, {1, 3}) == Numbers{3, 4, 5});
  StridedSlice counted_from_begin;
  counted_from_begin.ends_from_begins = true;
  CHECK(run(counted_from_begin, {6}, {{2}, {3}, {1}}) == Numbers{2, 3, 4});
}

TEST_CASE("gathering picks slices along an axis, in batches too") {
  CHECK(run(Gather{1, 0}, {2, 3}, {{2, 0}}) == Numbers{2, 0, 5, 3});
  GraphBuilder build;
  const ValueId x = build.input(DType::int32, {2, 3}), indices = build.constant<std::int32_t>({2, 1}, {2, 1});
  CHECK(run_once<std::int32_t, std::int32_t>(build.graph(build.node(Gather{1, 1}, {x, indices}, DType::int32)), {counted(6)}) == Numbers{2, 4});
  CHECK(says(refused(Gather{0, 0}, {3}, {{3}}), "index 3 is outside an axis of 3"));
  GraphBuilder tuples;
  const ValueId y = tuples.input(DType::int32, {2, 3}), pairs = tuples.constant<std::int32_t>({2, 2}, {1, 2, 0, 1});
  CHECK(run_once<std::int32_t, std::int32_t>(tuples.graph(tuples.node(GatherNd{}, {y, pairs}, DType::int32)), {counted(6)}) == Numbers{5, 1});
  CHECK(says(refused(GatherNd{}, {3}, {{5}}), "index 5 is outside axis 0 of extent 3"));
}

TEST_CASE("a lookup gives rows of a table, and codes as floats") {
  GraphBuilder build;
  const ValueId at = build.input(DType::int32, {2}), table = build.constant<std::int8_t>({3, 2}, {1, 2, 3, 4, 5, 6}, grid(0.5f, 0));
  CHECK(run_once<float, std::int32_t>(build.graph(build.node(EmbeddingLookup{}, {at, table}, DType::float32)), {Numbers{2, 0}}) == std::vector<float>{2.5f, 3.0f, 0.5f, 1.0f});
}

TEST_CASE("borders: a value of choice, or a mirror with and without its edge") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int8, {1, 2}, grid(1.0f, 9)), paddings = build.integers({0, 1, 1, 0});
  const ValueId border = build.constant<std::int8_t>({1}, {-7}, grid(1.0f, 9));
  CHECK(run_once<std::int8_t, std::int8_t>(build.graph(build.node(PadV2{}, {x, paddings, border}, DType::int8, {}, grid(1.0f, 9))), {Codes{1, 2}}) == Codes{-7, 1, 2, -7, -7, -7});
  CHECK(run(MirrorPad{false}, {3}, {{2, 1}}) == Numbers{2, 1, 0, 1, 2, 1});
  CHECK(run(MirrorPad{true}, {3}, {{2, 1}}) == Numbers{1, 0, 0, 1, 2, 2});
  CHECK(says(refused(MirrorPad{false}, {3}, {{3, 0}}), "a padding of 3 is more than axis 0 of extent 3 can mirror"));
}

TEST_CASE("repetition: tiles, broadcasts and reversal") {
  CHECK(run(Tile{}, {1, 2}, {{2, 2}}) == Numbers{0, 1, 0, 1, 0, 1, 0, 1});
  CHECK(run(BroadcastTo{}, {2, 1}, {{2, 2, 2}}) == Numbers{0, 0, 1, 1, 0, 0, 1, 1});
  CHECK(run(ReverseV2{}, {2, 3}, {{-1, 0}}) == Numbers{5, 4, 3, 2, 1, 0});
  CHECK(says(refused(Tile{}, {1 << 20}, {{1 << 20}}), "elements; the limit is"));
  CHECK(says(refused(Tile{}, {2}, {{0}}), "axis 0 is repeated 0 times"));
  CHECK(says(refused(BroadcastTo{}, {2}, {{3}}), "does not broadcast to 3"));
}

TEST_CASE("a choice between two operands broadcasts all three") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int32, {2, 1}), y = build.constant<std::int32_t>({2}, {10, 20});
  const ValueId is_less = build.node(Less{}, {x, build.constant<std::int32_t>({}, {1})}, DType::boolean);
  CHECK(run_once<std::int32_t, std::int32_t>(build.graph(build.node(SelectV2{}, {is_less, x, y}, DType::int32)), {Numbers{0, 5}}) == Numbers{0, 0, 10, 20});
}

TEST_CASE("values made from nothing: one everywhere, zeros, the shape two shapes broadcast to") {
  GraphBuilder build;
  const ValueId value = build.input(DType::int32, {1});
  CHECK(run_once<std::int32_t, std::int32_t>(build.graph(build.node(Fill{}, {build.integers({2, 2}), value}, DType::int32)), {Numbers{7}}) == Numbers{7, 7, 7, 7});
  CHECK(run(ZerosLike{}, {3}, {}) == Numbers{0, 0, 0});
  GraphBuilder shapes;
  CHECK(run_once<std::int32_t, std::int32_t>(shapes.graph(shapes.node(BroadcastArgs{}, {shapes.input(DType::int32, {2}), shapes.integers({4, 1, 3})}, DType::int32)),
                                             {Numbers{5, 1}}) == Numbers{4, 5, 3});
  GraphBuilder huge;
  CHECK(says(test::refusal(huge.graph(huge.node(Fill{}, {huge.integers({1 << 20, 1 << 20}), huge.input(DType::int32, {1})}, DType::int32))), "elements; the limit is"));
}

TEST_CASE("an update replaces a box, kept inside") {
  GraphBuilder build;
  const ValueId x = build.constant<std::int32_t>({2, 3}, {0, 1, 2, 3, 4, 5}), update = build.constant<std::int32_t>({1, 2}, {10, 11}), begin = build.input(DType::int32, {2});
  const Graph graph = build.graph(build.node(DynamicUpdateSlice{}, {x, update, begin}, DType::int32));
  CHECK(run_once<std::int32_t, std::int32_t>(graph, {Numbers{1, 0}}) == Numbers{0, 1, 2, 10, 11, 5});
  CHECK(run_once<std::int32_t, std::int32_t>(graph, {Numbers{0, 9}}) == Numbers{0, 10, 11, 3, 4, 5});
}

TEST_CASE("blocks become batches or channels, and back") {
  // 1x2x2x1: each pixel its own batch, then back.
  GraphBuilder build;
  const ValueId x = build.input(DType::int32, {1, 2, 4, 1}), block = build.constant<std::int32_t>({2}, {2, 2}), none = build.constant<std::int32_t>({2, 2}, {0, 0, 0, 0});
  const ValueId batches = build.node(SpaceToBatchNd{}, {x, block, none}, DType::int32);
  CHECK(run_once<std::int32_t, std::int32_t>(build.graph(batches), {counted(8)}) == Numbers{0, 2, 1, 3, 4, 6, 5, 7});
  CHECK(run_once<std::int32_t, std::int32_t>(build.graph(build.node(BatchToSpaceNd{}, {batches, block, none}, DType::int32)), {counted(8)}) == counted(8));
  // Padding is the zero point; crops take it away again.
  GraphBuilder padded;
  const ValueId y = padded.input(DType::int8, {1, 3, 1}, grid(1.0f, 5)), two = padded.integers({2}), one = padded.constant<std::int32_t>({1, 2}, {1, 0});
  const ValueId apart = padded.node(SpaceToBatchNd{}, {y, two, one}, DType::int8, {}, grid(1.0f, 5));
  CHECK(run_once<std::int8_t, std::int8_t>(padded.graph(apart), {Codes{1, 2, 3}}) == Codes{5, 2, 1, 3});
  CHECK(run_once<std::int8_t, std::int8_t>(padded.graph(padded.node(BatchToSpaceNd{}, {apart, two, one}, DType::int8, {}, grid(1.0f, 5))), {Codes{1, 2, 3}}) == Codes{1, 2, 3});
  GraphBuilder deep;
  const ValueId z = deep.input(DType::int32, {1, 2, 4, 1});
  const ValueId channels = deep.node(SpaceToDepth{2}, {z}, DType::int32);
  CHECK(run_once<std::int32_t, std::int32_t>(deep.graph(channels), {counted(8)}) == Numbers{0, 1, 4, 5, 2, 3, 6, 7});
  CHECK(run_once<std::int32_t, std::int32_t>(deep.graph(deep.node(DepthToSpace{2}, {channels}, DType::int32)), {counted(8)}) == counted(8));
  CHECK(says(refused(SpaceToDepth{2}, {1, 3, 2, 1}, {}), "an image of 3x2 is no whole number of blocks of 2"));
}

TEST_CASE("an image is enlarged from its nearest pixels, or between them") {
  CHECK(run(ResizeNearestNeighbor{}, {1, 1, 2, 1}, {{1, 4}}) == Numbers{0, 0, 1, 1});
  CHECK(run(ResizeNearestNeighbor{true, false}, {1, 1, 3, 1}, {{1, 2}}) == Numbers{0, 2});
  struct Case { ResizeBilinear op; std::vector<float> expected; };
  for (const Case& c : {Case{{false, false}, {0, 2, 4, 4}}, Case{{true, false}, {0, 4.0f / 3, 8.0f / 3, 4}}, Case{{false, true}, {0, 1, 3, 4}}}) {
    GraphBuilder build;
    const auto y = run_once<float, float>(build.graph(build.node(c.op, {build.input(DType::float32, {1, 1, 2, 1}), build.integers({1, 4})}, DType::float32)), {std::vector<float>{0, 4}});
    REQUIRE(y.size() == 4);
    // Positions 0, 1/2, 1, 3/2; 0, 1/3, 2/3, 1; -1/4, 1/4, 3/4, 5/4 (what is outside counts as the edge on one side of the pair)
    for (std::size_t i = 1; i < 3; ++i) CHECK(y[i] == doctest::Approx(c.expected[i]));
    GraphBuilder codes;
    const auto z = run_once<std::int8_t, std::int8_t>(
        codes.graph(codes.node(c.op, {codes.input(DType::int8, {1, 1, 2, 1}, grid(1.0f, 0)), codes.integers({1, 4})}, DType::int8, {}, grid(1.0f, 0))), {Codes{0, 120}});
    REQUIRE(z.size() == 4);
    for (std::size_t i = 1; i < 3; ++i) CHECK(std::abs(z[i] - 30 * c.expected[i]) <= 1.0f);
  }
  CHECK(says(refused(ResizeNearestNeighbor{true, true}, {1, 1, 2, 1}, {{1, 4}}), "corners cannot be aligned"));
}
