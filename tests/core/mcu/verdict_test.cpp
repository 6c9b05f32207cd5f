#include "core/mcu/verdict.h"

#include <doctest/doctest.h>

#include "tests/support/graph_builder.h"

using namespace edgewise;
using namespace edgewise::mcu;

namespace {

/// A float dense layer of `inputs` x `outputs`.
std::shared_ptr<const Graph> dense(std::int64_t inputs, std::int64_t outputs) {
  test::GraphBuilder build;
  const ValueId in = build.input(DType::float32, Shape{1, inputs});
  const ValueId weights = build.constant<float>(Shape{outputs, inputs}, std::vector<float>(static_cast<std::size_t>(inputs * outputs), 0.5f));
  const ValueId out = build.node(FullyConnected{}, {in, weights, no_value}, DType::float32, Shape{1, outputs});
  return std::make_shared<const Graph>(build.graph(out));
}

Verdict verdict_on(const std::shared_ptr<const Graph>& graph, const Recipe& recipe, std::string_view board) {
  const Result<Plan> planned = plan(graph, recipe);
  const auto alternatives = alternatives_of(graph, recipe);
  REQUIRE((planned && alternatives));
  if (!planned || !alternatives) return {};
  return verdict_of(*planned, *alternatives, *find_board(board), default_library(*find_board(board)));
}

}  // namespace

TEST_CASE("a model fits, is one change away, or does not fit, and the change is named") {
  // STM32F446 has 512 KiB of flash and 128 KiB of RAM; the runtime takes about 50 KiB.
  Recipe as_float;
  as_float.all.weight_bits = as_float.all.activation_bits = float_bits;
  CHECK(verdict_on(dense(256, 64), {}, "stm32f446").fitting == Fitting::fits);
  const Verdict heavy = verdict_on(dense(1024, 700), {}, "stm32f446");   // 700 KiB of int8 weights, 350 KiB at 4 bits
  CHECK(heavy.fitting == Fitting::one_change_away);
  CHECK(heavy.change == "all weights at 4 bits");
  CHECK(heavy.binding == Binding::flash);
  const Verdict floats = verdict_on(dense(1024, 200), as_float, "stm32f446");   // 800 KiB of floats, 200 KiB as int8
  CHECK(floats.fitting == Fitting::one_change_away);
  CHECK(floats.change == "int8 instead of float");
  CHECK(verdict_on(dense(2048, 2048), {}, "stm32f446").fitting == Fitting::no);   // 4 MiB
  CHECK(verdict_on(dense(256, 64), {}, "himax-we2").fitting == Fitting::unknown);
}

TEST_CASE("an int8 recipe has no alternative but fewer bits, a float one has int8") {
  const auto graph = dense(8, 4);
  const auto from_int8 = alternatives_of(graph, {});
  Recipe as_float;
  as_float.all.weight_bits = as_float.all.activation_bits = float_bits;
  const auto from_float = alternatives_of(graph, as_float);
  REQUIRE((from_int8 && from_float));
  if (!from_int8 || !from_float) return;
  REQUIRE(from_int8->size() == 1);
  CHECK(from_int8->front().recipe.all.weight_bits == 4);
  REQUIRE(from_float->size() == 1);
  CHECK(from_float->front().recipe.all.weight_bits == 8);
}
