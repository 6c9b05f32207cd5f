// Loops, branches, graphs that run once, and variables that outlive a run.
#include <doctest/doctest.h>

#include "core/base/limits.h"
#include "core/graph/infer.h"
#include "core/run/run.h"
#include "tests/support/graph_builder.h"
#include "tests/support/run.h"

using namespace edgewise;
using test::GraphBuilder;

namespace {

std::shared_ptr<const Graph> whole(Graph graph) {
  const auto ok = infer_shapes(graph);
  CHECK_MESSAGE(ok.has_value(), (ok ? "" : to_text(ok.error())));
  return std::make_shared<const Graph>(std::move(graph));
}

/// x -> x * factor, on one int32.
std::shared_ptr<const Graph> times(std::int32_t factor) {
  GraphBuilder build;
  const ValueId x = build.input(DType::int32, {1});
  return whole(build.graph(build.node(Mul{}, {x, build.integers({factor})}, DType::int32)));
}

/// One boolean that is handed through: a condition.
std::shared_ptr<const Graph> hand_through() {
  GraphBuilder build;
  const ValueId x = build.input(DType::boolean, {1});
  return whole(build.graph(build.node(Reshape{}, {x}, DType::boolean, {1})));
}

struct Variables {
  GraphBuilder build;
  ValueId handle(const std::string& name) { return build.node(VarHandle{name}, {}, DType::resource, {1}); }
  void assign(ValueId handle, ValueId value) { build.effect(AssignVariable{}, {handle, value}); }
};

}  // namespace

TEST_CASE("a branch runs the graph that its condition names") {
  GraphBuilder build;
  const ValueId condition = build.input(DType::boolean, {1});
  const ValueId x = build.constant<std::int32_t>({1}, {7});
  Graph graph = build.graph(build.node(If{times(2), times(3)}, {condition, x}, DType::int32));
  CHECK(test::run_once<std::int32_t, std::uint8_t>(graph, {{1}}) == std::vector<std::int32_t>{14});
  CHECK(test::run_once<std::int32_t, std::uint8_t>(graph, {{0}}) == std::vector<std::int32_t>{21});
}

TEST_CASE("a loop whose condition is false at once hands on its inputs, and one that does not end is stopped by name") {
  GraphBuilder build;
  const ValueId go = build.input(DType::boolean, {1});
  Graph graph = build.graph(build.node(While{hand_through(), hand_through()}, {go}, DType::boolean));
  auto runner = Runner::prepare(whole(graph));
  REQUIRE(runner.has_value());
  CHECK(runner->run().has_value());   // inputs are 0 before they are set
  CHECK(runner->output(0).bytes[0] == std::byte{0});
  runner->input(0)[0] = std::byte{1};
  const auto ran = runner->run();
  REQUIRE(!ran.has_value());
  CHECK(to_text(ran.error()).find("node 0 'while_1' (WHILE): the loop does not end within 65536 rounds") != std::string::npos);
  CHECK(macs_of(graph, graph.nodes[0]).known == false);   // nobody knows how often
}

TEST_CASE("a loop with graphs that do not fit each other is refused") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int32, {1});
  const std::string refusal = test::refusal(build.graph(build.node(While{hand_through(), times(2)}, {x}, DType::int32)));
  CHECK(refusal.find("input of the condition 0 is bool 1; int32 1 is handed to it") != std::string::npos);
}

TEST_CASE("a variable keeps what is assigned, CALL_ONCE gives it a value in the first run, and a reset forgets both") {
  Variables once;
  once.assign(once.handle("/total"), once.build.constant<std::int32_t>({1}, {100}));
  Variables main;
  const ValueId x = main.build.input(DType::int32, {1});
  main.build.effect(CallOnce{whole(once.build.graph_without_outputs())}, {});
  const ValueId handle = main.handle("/total");
  const ValueId before = main.build.node(ReadVariable{}, {handle}, DType::int32, {1});
  const ValueId after = main.build.node(Add{}, {before, x}, DType::int32);
  main.assign(handle, after);
  auto runner = Runner::prepare(whole(main.build.graph(after)));
  CHECK_MESSAGE(runner.has_value(), (runner ? "" : to_text(runner.error())));
  if (!runner) return;
  const auto add = [&](std::int32_t number) {
    std::memcpy(runner->input(0).data(), &number, sizeof number);
    CHECK(runner->run().has_value());
    return runner->output(0).as<std::int32_t>()[0];
  };
  CHECK(add(1) == 101);
  CHECK(add(5) == 106);
  runner->reset();
  CHECK(add(5) == 105);
}

TEST_CASE("a variable of two types, or without a handle, is refused") {
  Variables two;
  const ValueId handle = two.handle("/v");
  two.assign(handle, two.build.constant<std::int32_t>({1}, {1}));
  const ValueId y = two.build.node(ReadVariable{}, {handle}, DType::float32, {1});
  CHECK(test::refusal(two.build.graph(y)).find("the variable '/v' is int32 1; here it is float32 1") != std::string::npos);
  GraphBuilder none;
  const ValueId given = none.node(Reshape{}, {none.constant<std::int32_t>({1}, {0})}, DType::resource, {1});
  CHECK(test::refusal(none.graph(none.node(ReadVariable{}, {given}, DType::int32, {1}))).find("no kernel") != std::string::npos);
}

TEST_CASE("a circular buffer keeps the newest inputs and lets the rest of the graph run every second time") {
  GraphBuilder build;
  const Quantization same = test::grid(1.0f, 0);
  const ValueId x = build.input(DType::int8, {1, 1, 1, 1}, same);
  const ValueId slots = build.node(CircularBuffer{2}, {x}, DType::int8, {1, 3, 1, 1}, same);
  auto runner = Runner::prepare(whole(build.graph(build.node(Reshape{}, {slots}, DType::int8, {3}, same))));
  CHECK_MESSAGE(runner.has_value(), (runner ? "" : to_text(runner.error())));
  if (!runner) return;
  const auto push = [&](std::int8_t code) {
    std::memcpy(runner->input(0).data(), &code, 1);
    CHECK(runner->run().has_value());
    const auto out = runner->output(0).as<std::int8_t>();
    return std::vector<std::int8_t>(out.begin(), out.end());
  };
  push(1);
  CHECK(push(2) == std::vector<std::int8_t>{0, 1, 2});
  CHECK(push(3) == std::vector<std::int8_t>{0, 1, 2});   // not run: as it was
  CHECK(push(4) == std::vector<std::int8_t>{2, 3, 4});
}
