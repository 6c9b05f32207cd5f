// SVDF: its answer is a filter over the last inputs.
#include <doctest/doctest.h>

#include "core/graph/infer.h"
#include "tests/support/graph_builder.h"
#include "tests/support/run.h"

using namespace edgewise;
using test::GraphBuilder;
using test::grid;

namespace {

template <class T>
ValueId variable(GraphBuilder& build, const Shape& shape, Quantization quantization = {}) {
  const ValueId id = build.constant<T>(shape, std::vector<T>(static_cast<std::size_t>(shape.elements())), std::move(quantization));
  build.value(id).data = nullptr;
  build.value(id).is_variable = true;
  return id;
}

template <class T>
std::vector<T> run_steps(Runner& runner, const std::vector<T>& inputs) {
  std::vector<T> outputs;
  for (const T input : inputs) {
    std::memcpy(runner.input(0).data(), &input, sizeof input);
    CHECK(runner.run().has_value());
    outputs.push_back(runner.output(0).as<T>()[0]);
  }
  return outputs;
}

}  // namespace

TEST_CASE("a float SVDF of rank 2 sums two filters over the last three inputs") {
  GraphBuilder build;
  const ValueId x = build.input(DType::float32, {1, 1});
  const ValueId feature = build.constant<float>({2, 1}, {1.0f, 10.0f});
  const ValueId time = build.constant<float>({2, 3}, {1.0f, 2.0f, 3.0f, 0.0f, 0.0f, 1.0f});   // oldest first
  const ValueId bias = build.constant<float>({1}, {100.0f});
  Graph graph = build.graph(build.node(Svdf{2, Activation::none, false}, {x, feature, time, bias, variable<float>(build, {1, 6})}, DType::float32));
  REQUIRE(infer_shapes(graph).has_value());
  CHECK(macs_of(graph, graph.nodes[0]).macs == 2 * (1 + 3));
  auto runner = Runner::prepare(std::make_shared<const Graph>(graph));
  REQUIRE(runner.has_value());
  // 100 + x[t-2] + 2 x[t-1] + 3 x[t] + 10 x[t]
  const std::vector<float> expected{113, 128, 144, 108};   // 100+13; 100+2+26; 100+1+4+39; 100+2+6
  CHECK(run_steps<float>(*runner, {1, 2, 3, 0}) == expected);
  runner->reset();
  CHECK(run_steps<float>(*runner, {1, 2, 3, 0}) == expected);
}

TEST_CASE("an int8 SVDF with a 16-bit or an 8-bit state computes the same small numbers, and negative ones end at the zero point") {
  for (const bool is_wide : {true, false}) {
    CAPTURE(is_wide);
    GraphBuilder build;
    const Quantization one = grid(1.0f, 0);
    const ValueId x = build.input(DType::int8, {1, 1}, grid(1.0f, 2));   // real 0 is code 2
    const ValueId feature = build.constant<std::int8_t>({1, 1}, {1}, one);
    const ValueId time = is_wide ? build.constant<std::int16_t>({1, 2}, {-1, 2}, one) : build.constant<std::int8_t>({1, 2}, {-1, 2}, one);
    const ValueId bias = build.constant<std::int32_t>({1}, {1}, one);
    const ValueId state = is_wide ? variable<std::int16_t>(build, {1, 2}, one) : variable<std::int8_t>(build, {1, 2}, grid(1.0f, 3));
    const Graph graph = build.graph(build.node(Svdf{1, Activation::relu, false}, {x, feature, time, bias, state}, DType::int8, {}, grid(1.0f, -128)));
    Graph inferred = graph;
    REQUIRE(infer_shapes(inferred).has_value());
    auto runner = Runner::prepare(std::make_shared<const Graph>(inferred));
    REQUIRE(runner.has_value());
    // y = 1 - x[t-1] + 2 x[t] for real x = code - 2, on a grid that starts at -128: 1+2*3=7; 1-3+2*5=8; 1-5=-4 -> 0
    CHECK(run_steps<std::int8_t>(*runner, {5, 7, 2}) == std::vector<std::int8_t>{-121, -120, -128});
    runner->reset();
    CHECK(run_steps<std::int8_t>(*runner, {5}) == std::vector<std::int8_t>{-121});
  }
}

TEST_CASE("an SVDF whose operands do not fit is refused by name") {
  const auto refusal_of = [](int rank, const Shape& state, Activation activation, DType type) {
    GraphBuilder build;
    const Quantization g = type == DType::int8 ? grid(1.0f, 0) : Quantization{};
    const ValueId x = build.input(type, {1, 2}, g);
    const ValueId feature = type == DType::int8 ? build.constant<std::int8_t>({4, 2}, std::vector<std::int8_t>(8), g) : build.constant<float>({4, 2}, std::vector<float>(8));
    const ValueId time = type == DType::int8 ? build.constant<std::int16_t>({4, 3}, std::vector<std::int16_t>(12), g) : build.constant<float>({4, 3}, std::vector<float>(12));
    const ValueId memory = type == DType::int8 ? variable<std::int16_t>(build, state, g) : variable<float>(build, state);
    return test::refusal(build.graph(build.node(Svdf{rank, activation, false}, {x, feature, time, no_value, memory}, type, {}, g)));
  };
  CHECK(refusal_of(2, {1, 12}, Activation::none, DType::float32) == "");
  CHECK(refusal_of(3, {1, 12}, Activation::none, DType::float32).find("the rank is 3; it must divide the 4 filters") != std::string::npos);
  CHECK(refusal_of(2, {1, 11}, Activation::none, DType::float32).find("the state is 1x11") != std::string::npos);
  CHECK(refusal_of(2, {1, 12}, Activation::none, DType::int8).find("an integer SVDF has RELU as its activation") != std::string::npos);
}
