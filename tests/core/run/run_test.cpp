#include "core/run/run.h"

#include <doctest/doctest.h>

#include "core/graph/infer.h"
#include "tests/support/graph_builder.h"

using namespace edgewise;
using test::GraphBuilder;
using test::grid;

namespace {

std::shared_ptr<const Graph> share(Graph graph) {
  REQUIRE(infer_shapes(graph).has_value());
  return std::make_shared<const Graph>(std::move(graph));
}

}  // namespace

TEST_CASE("values that share memory do not disturb each other: every value is right when its node has run") {
  // A ladder: y0 = x + 1, y1 = y0 + 1, ... where the last adds the first, so that one value lives through all the others.
  GraphBuilder build;
  const ValueId x = build.input(DType::float32, {3});
  std::vector<ValueId> steps = {x};
  for (int i = 0; i < 6; ++i) steps.push_back(build.node(Add{}, {steps.back(), build.constant<float>({1}, {1.0f})}, DType::float32));
  const ValueId last = build.node(Add{}, {steps.back(), steps[1]}, DType::float32);
  auto runner = Runner::prepare(share(build.graph(last)));
  REQUIRE(runner.has_value());
  for (const float start : {1.0f, 5.0f}) {  // twice: nothing is left over from the first run
    const std::vector<float> reals(3, start);
    runner->set_input(0, reals);
    int seen = 0;
    runner->run([&](NodeId node) {
      const ValueId id = runner->graph().node(node).outputs.front();
      const float expected = id == last ? start + 6.0f + start + 1.0f : start + static_cast<float>(node) + 1.0f;
      CHECK(runner->value(id).as<float>()[2] == expected);
      ++seen;
    });
    CHECK(seen == 7);
    CHECK(runner->output(0).as<float>()[0] == 2.0f * start + 7.0f);
    CHECK(runner->value(x).as<float>()[0] == start);  // inputs stay for another run
  }
}

TEST_CASE("an output that is made early is still there at the end") {
  GraphBuilder build;
  const ValueId x = build.input(DType::float32, {3});
  std::vector<ValueId> steps = {x};
  for (int i = 0; i < 4; ++i) steps.push_back(build.node(Add{}, {steps.back(), build.constant<float>({1}, {1.0f})}, DType::float32));
  Graph graph = build.graph(steps.back());
  graph.outputs = {steps[1], steps.back()};
  auto runner = Runner::prepare(share(std::move(graph)));
  REQUIRE(runner.has_value());
  runner->set_input(0, std::vector<float>(3, 10.0f));
  runner->run();
  CHECK(runner->output(0).as<float>()[0] == 11.0f);
  CHECK(runner->output(1).as<float>()[0] == 14.0f);
}

TEST_CASE("what is only reshaped is not copied, and still there when somebody reads it late") {
  // y = x + 1; r = y reshaped twice; z = three sums that would take y's place if it were free; the output adds r.
  GraphBuilder build;
  const ValueId x = build.input(DType::float32, {2, 3}), one = build.constant<float>({1}, {1.0f});
  const ValueId y = build.node(Add{}, {x, one}, DType::float32);
  const ValueId wide = build.node(ExpandDims{}, {y, build.integers({0})}, DType::float32, {1, 2, 3});
  const ValueId flat = build.node(Reshape{}, {wide}, DType::float32, {6});
  ValueId z = build.node(Reshape{}, {x}, DType::float32, {6});   // of an input: that is written from outside
  for (int i = 0; i < 3; ++i) z = build.node(Add{}, {z, one}, DType::float32);
  Graph graph = build.graph(build.node(Add{}, {z, flat}, DType::float32));
  graph.outputs.push_back(flat);
  auto runner = Runner::prepare(share(std::move(graph)));
  REQUIRE(runner.has_value());
  for (const float start : {1.0f, 10.0f}) {
    runner->set_input(0, std::vector<float>{start, 0, 0, 0, 0, 2});
    REQUIRE(runner->run().has_value());
    const auto sum = runner->output(0).as<float>(), kept = runner->output(1).as<float>();
    CHECK(sum[0] == start + 3.0f + start + 1.0f);
    CHECK(sum[5] == 8.0f);   // 2 + 3 + 2 + 1
    CHECK(kept[0] == start + 1.0f);
    CHECK(runner->value(x).as<float>()[0] == start);
  }
}

TEST_CASE("reals go in and out through the grids, within the codes of a narrow input") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int8, {3}, grid(0.5f, 1));
  build.value(x).bits = 4;
  auto runner = Runner::prepare(share(build.graph(build.node(Reshape{}, {x}, DType::int8, {1, 3}, grid(0.5f, 1)))));
  REQUIRE(runner.has_value());
  const std::vector<float> reals = {1.0f, 100.0f, -100.0f};
  runner->set_input(0, reals);
  runner->run();
  const auto codes = runner->output(0).as<std::int8_t>();
  CHECK(codes[0] == 3);   // 1 / 0.5 + 1
  CHECK(codes[1] == 7);   // 4 bits: -8 to 7
  CHECK(codes[2] == -8);
  std::vector<float> back(3);
  runner->output_reals(0, back);
  CHECK(back == std::vector<float>{1.0f, 3.0f, -4.5f});
}

TEST_CASE("a graph that cannot run says which operator, node and layer, and why") {
  GraphBuilder build;
  const ValueId x = build.input(DType::float32, {1, 8});
  const auto lacking = Runner::prepare(share(build.graph(build.node(Unsupported{"SVDF", 27}, {x}, DType::float32, {1, 8}))));
  REQUIRE(!lacking.has_value());
  CHECK(lacking.error().where == "node 0 'svdf_1' (SVDF)");
  GraphBuilder big;
  const ValueId image = big.input(DType::float32, {1, 2048, 2048, 1});
  const ValueId weights = big.constant<float>({16, 16, 17, 1}, std::vector<float>(16 * 16 * 17));
  const auto heavy = Runner::prepare(share(big.graph(big.node(Conv2d{{Padding::same, 1, 1, 1, 1}, Activation::none}, {image, weights}, DType::float32))));
  REQUIRE(!heavy.has_value());
  CHECK(heavy.error().reason == "one inference takes 18253611008 multiply-accumulates, the limit is 17179869184");  // 2048 * 2048 * 16 * 16 * 17
}

TEST_CASE("a constant that was left out of a plan keeps the graph from running") {
  GraphBuilder build;
  const ValueId x = build.input(DType::float32, {2});
  const ValueId c = build.constant<float>({2}, {1.0f, 2.0f});
  build.value(c).data = without_contents();
  CHECK_FALSE(Runner::prepare(share(build.graph(build.node(Add{}, {x, c}, DType::float32, {2})))).has_value());
}

TEST_CASE("paddings that a graph computes from its own shape are known before it runs, and with them the shapes that the file could not say") {
  // To the next multiple of 4: with x of 1x5, (0 - 5) mod 4 = 3 zeros are put behind. The file wrote 1x1 for what is padded.
  GraphBuilder build;
  const ValueId x = build.input(DType::float32, {1, 5});
  const ValueId shape = build.node(Shape_{}, {x}, DType::int32);
  const ValueId length = build.node(StridedSlice{.shrink_axis_mask = 1}, {shape, build.integers({1}), build.integers({2}), build.integers({1})}, DType::int32);
  const ValueId missing = build.node(FloorMod{}, {build.node(Sub{}, {build.constant<std::int32_t>({}, {0}), length}, DType::int32), build.constant<std::int32_t>({}, {4})}, DType::int32);
  const ValueId zero = build.constant<std::int32_t>({}, {0});
  const ValueId none = build.node(Pack{0}, {zero, zero}, DType::int32);
  const ValueId paddings = build.node(Pack{0}, {none, build.node(Pack{0}, {zero, missing}, DType::int32)}, DType::int32);
  const ValueId padded = build.node(Pad{}, {x, paddings}, DType::float32, {1, 1});
  const ValueId sum = build.node(Sum{}, {build.node(Mul{}, {padded, padded}, DType::float32, {1, 1}), build.integers({1})}, DType::float32, {1});
  Graph graph = build.graph(sum);
  SUBCASE("it runs") {
    auto runner = Runner::prepare(share(graph));
    REQUIRE(runner.has_value());
    CHECK(runner->graph().value(padded).shape == Shape{1, 8});
    runner->set_input(0, std::vector<float>{1, 2, 3, 4, 5});
    REQUIRE(runner->run().has_value());
    CHECK(runner->output(0).as<float>()[0] == 55.0f);   // 1 + 4 + 9 + 16 + 25
  }
  SUBCASE("an output whose shape the file has wrong is not changed: whoever reads it goes by the file") {
    graph.outputs = {padded};
    CHECK_FALSE(Runner::prepare(share(graph)).has_value());
  }
  SUBCASE("paddings that come from the input are still refused, by name") {
    GraphBuilder other;
    const ValueId y = other.input(DType::float32, {1, 5});
    const auto refused = Runner::prepare(share(other.graph(other.node(Pad{}, {y, other.input(DType::int32, {2, 2})}, DType::float32, {1, 8}))));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().reason == "paddings must be known before the model runs, not computed by it");
    CHECK(refused.error().where == "node 0 'pad_1' (PAD)");
  }
}
