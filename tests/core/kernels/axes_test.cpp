// Operators that work along axes: normalizations, reductions, extremes, running sums. Expectations from arithmetic in the comments.
#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/graph_builder.h"
#include "tests/support/run.h"

using namespace edgewise;
using test::GraphBuilder;
using test::grid;
using test::run_once;

namespace {
using Codes = std::vector<std::int8_t>;
using Floats = std::vector<float>;
using Numbers = std::vector<std::int32_t>;
}  // namespace

TEST_CASE("the logarithm of a softmax, in codes of 1/16 from the highest down") {
  const Codes x{10, -30, 50, 49, -128, 0, 52};
  double sum = 0.0;
  for (const int code : x) sum += std::exp(0.05 * (code - 52));
  GraphBuilder build;
  const Codes y = run_once<std::int8_t, std::int8_t>(
      build.graph(build.node(LogSoftmax{}, {build.input(DType::int8, {1, 7}, grid(0.05f, 5))}, DType::int8, {}, grid(16.0f / 256, 127))), {x});
  GraphBuilder legacy;
  std::vector<std::uint8_t> unsigned_x;
  for (const int code : x) unsigned_x.push_back(static_cast<std::uint8_t>(code + 128));
  const auto unsigned_y = run_once<std::uint8_t, std::uint8_t>(
      legacy.graph(legacy.node(LogSoftmax{}, {legacy.input(DType::uint8, {1, 7}, grid(0.05f, 133))}, DType::uint8, {}, grid(16.0f / 256, 255))), {unsigned_x});
  REQUIRE(y.size() == 7);
  REQUIRE(unsigned_y.size() == 7);
  for (std::size_t i = 0; i < 7; ++i) {
    CHECK(std::abs(y[i] - (127.0 + 16.0 * (0.05 * (x[i] - 52) - std::log(sum)))) <= 1.0);
    CHECK(unsigned_y[i] == y[i] + 128);
  }
  GraphBuilder real;
  const Floats z = run_once<float, float>(real.graph(real.node(LogSoftmax{}, {real.input(DType::float32, {1, 2})}, DType::float32)), {Floats{0, std::log(3.0f)}});
  CHECK(z[0] == doctest::Approx(std::log(0.25)));
  CHECK(z[1] == doctest::Approx(std::log(0.75)));
}

TEST_CASE("a row is divided by its length") {
  GraphBuilder build;
  // (3, 4) and (0, -5): lengths 5; 128 * (0.6, 0.8, 0, -1).
  CHECK(run_once<std::int8_t, std::int8_t>(build.graph(build.node(L2Normalization{}, {build.input(DType::int8, {2, 2}, grid(0.5f, 1))}, DType::int8, {}, grid(1.0f / 128, 0))),
                                           {Codes{4, 5, 1, -4}}) == Codes{77, 102, 0, -128});
  GraphBuilder real;
  CHECK(run_once<float, float>(real.graph(real.node(L2Normalization{}, {real.input(DType::float32, {1, 2})}, DType::float32)), {Floats{3, 4}}) == Floats{0.6f, 0.8f});
  GraphBuilder other;
  CHECK(test::refusal(other.graph(other.node(L2Normalization{}, {other.input(DType::int8, {1, 2}, grid(0.5f, 1))}, DType::int8, {}, grid(1.0f / 64, 0))))
            .find("its output must have the scale 1/128 and the zero point 0") != std::string::npos);
}

TEST_CASE("a root mean square looks at the taps inside the image") {
  GraphBuilder build;
  const L2Pool2d op{{Padding::same, 1, 2, 1, 1}, 1, 2, Activation::none};
  // sqrt((9 + 16)/2), and 6 alone
  const Floats y = run_once<float, float>(build.graph(build.node(op, {build.input(DType::float32, {1, 1, 3, 1})}, DType::float32)), {Floats{3, 4, -6}});
  CHECK(y == Floats{std::sqrt(12.5f), 6});
}

TEST_CASE("extremes along any axes, negative ones too, with and without keeping them") {
  const Numbers x{1, 5, 2, -4, 0, 3, 9, 8};
  GraphBuilder build;
  const ValueId in = build.input(DType::int32, {2, 2, 2});
  CHECK(run_once<std::int32_t, std::int32_t>(build.graph(build.node(ReduceMax{false}, {in, build.integers({-1})}, DType::int32)), {x}) == Numbers{5, 2, 3, 9});
  CHECK(run_once<std::int32_t, std::int32_t>(build.graph(build.node(ReduceMin{true}, {in, build.integers({0, 2})}, DType::int32, {1, 2, 1})), {x}) == Numbers{0, -4});
  GraphBuilder truth;
  Graph graph = truth.graph(truth.node(ReduceAll{false}, {truth.input(DType::boolean, {2, 2}), truth.integers({1})}, DType::boolean));
  REQUIRE(infer_shapes(graph).has_value());
  auto runner = Runner::prepare(std::make_shared<const Graph>(graph));
  REQUIRE(runner.has_value());
  const std::uint8_t bools[] = {1, 2, 1, 0};
  std::memcpy(runner->input(0).data(), bools, 4);
  CHECK(runner->run().has_value());
  CHECK(runner->output(0).bytes[0] == std::byte{1});
  CHECK(runner->output(0).bytes[1] == std::byte{0});
}

TEST_CASE("means and sums of whole numbers, and of unsigned codes") {
  GraphBuilder build;
  const ValueId in = build.input(DType::int32, {3});
  CHECK(run_once<std::int32_t, std::int32_t>(build.graph(build.node(Mean{true}, {in, build.integers({0})}, DType::int32)), {Numbers{-5, -5, -4}}) == Numbers{-4});  // -14/3, truncated
  CHECK(run_once<std::int32_t, std::int32_t>(build.graph(build.node(Sum{true}, {in, build.integers({0})}, DType::int32)), {Numbers{-5, -5, -4}}) == Numbers{-14});
  GraphBuilder codes;
  const ValueId x = codes.input(DType::uint8, {1, 3}, grid(0.5f, 100));
  // reals 1, 2, 6: mean 3, in steps of 0.25 about 10
  CHECK(run_once<std::uint8_t, std::uint8_t>(codes.graph(codes.node(Mean{}, {x, codes.integers({1})}, DType::uint8, {}, grid(0.25f, 10))), {{102, 104, 112}}) ==
        std::vector<std::uint8_t>{22});
}

TEST_CASE("of equal extremes the first is named, along any axis, in either index type") {
  const Floats x{1, 7, 7, 3, 7, 0};
  GraphBuilder build;
  const ValueId in = build.input(DType::float32, {2, 3});
  CHECK(run_once<std::int64_t, float>(build.graph(build.node(ArgMax{}, {in, build.integers({-1})}, DType::int64)), {x}) == std::vector<std::int64_t>{1, 1});
  CHECK(run_once<std::int32_t, float>(build.graph(build.node(ArgMin{}, {in, build.integers({0})}, DType::int32)), {x}) == Numbers{0, 0, 1});
  GraphBuilder outside;
  CHECK(test::refusal(outside.graph(outside.node(ArgMax{}, {outside.input(DType::float32, {2, 3}), outside.integers({2})}, DType::int32)))
            .find("axis 2 is outside a tensor of 2 axes") != std::string::npos);
}

TEST_CASE("running sums go forward or backward, with or without the element itself") {
  const Numbers x{1, 2, 3, 4};
  struct Case { bool exclusive, reverse; Numbers expected; };
  for (const Case& c : {Case{false, false, {1, 3, 6, 10}}, Case{true, false, {0, 1, 3, 6}}, Case{false, true, {10, 9, 7, 4}}, Case{true, true, {9, 7, 4, 0}}}) {
    GraphBuilder build;
    CHECK(run_once<std::int32_t, std::int32_t>(build.graph(build.node(CumSum{c.exclusive, c.reverse}, {build.input(DType::int32, {4}), build.integers({0})}, DType::int32)), {x}) ==
          c.expected);
  }
}

TEST_CASE("the largest come in falling order with their places, the first of equal ones first") {
  GraphBuilder build;
  const ValueId values = build.node(TopKV2{}, {build.input(DType::float32, {2, 4}), build.constant<std::int32_t>({}, {3})}, DType::float32);
  Graph graph = build.graph(values);
  Value places;
  places.type = DType::int32;
  graph.values.push_back(places);
  graph.nodes[0].outputs.push_back(static_cast<ValueId>(graph.values.size() - 1));
  graph.outputs.push_back(graph.nodes[0].outputs[1]);
  REQUIRE(infer_shapes(graph).has_value());
  auto runner = Runner::prepare(std::make_shared<const Graph>(graph));
  REQUIRE(runner.has_value());
  const float x[] = {1, 5, 5, 2, -1, -3, -2, -4};
  std::memcpy(runner->input(0).data(), x, sizeof x);
  CHECK(runner->run().has_value());
  const auto y = runner->output(0).as<float>();
  const auto at = runner->output(1).as<std::int32_t>();
  CHECK(Floats(y.begin(), y.end()) == Floats{5, 5, 2, -1, -2, -3});
  CHECK(Numbers(at.begin(), at.end()) == Numbers{1, 2, 3, 0, 2, 1});
}
