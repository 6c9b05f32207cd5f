// BATCH_MATMUL: products worked out by hand, and what must be equal to what.
#include <doctest/doctest.h>

#include "core/base/random.h"
#include "tests/support/graph_builder.h"
#include "tests/support/run.h"

using namespace edgewise;
using test::GraphBuilder;
using test::grid;
using test::run_once;

namespace {
using Codes = std::vector<std::int8_t>;
using Floats = std::vector<float>;
}  // namespace

TEST_CASE("matrices multiply, and one stored transposed gives the same product") {
  // [1 2; 3 4] [5 6; 7 8] = [19 22; 43 50]
  for (const bool adj_x : {false, true})
    for (const bool adj_y : {false, true}) {
      GraphBuilder build;
      const ValueId a = build.input(DType::float32, {2, 2}), b = build.input(DType::float32, {2, 2});
      const Floats x = adj_x ? Floats{1, 3, 2, 4} : Floats{1, 2, 3, 4}, y = adj_y ? Floats{5, 7, 6, 8} : Floats{5, 6, 7, 8};
      CHECK(run_once<float, float>(build.graph(build.node(BatchMatMul{adj_x, adj_y}, {a, b}, DType::float32)), {x, y}) == Floats{19, 22, 43, 50});
    }
}

TEST_CASE("the axes before a matrix broadcast") {
  GraphBuilder build;
  const ValueId a = build.input(DType::float32, {2, 1, 1, 2}), b = build.input(DType::float32, {3, 2, 1});
  // rows (1,2) and (3,4) by columns (1,0), (0,1), (1,1)
  CHECK(run_once<float, float>(build.graph(build.node(BatchMatMul{}, {a, b}, DType::float32)), {Floats{1, 2, 3, 4}, Floats{1, 0, 0, 1, 1, 1}}) == Floats{1, 2, 3, 3, 4, 7});
}

TEST_CASE("a product of codes subtracts both zero points and goes to the output's grid") {
  GraphBuilder build;
  const ValueId a = build.input(DType::int8, {1, 3}, grid(0.5f, 2)), b = build.input(DType::int8, {3, 2}, grid(0.25f, 1));
  // a: 8 -12 18; b: rows (0,-5), (1,4), (2,5). Sums 24 and 2; times 0.125 / 0.5 = 1/4: 6 and 0.5 -> 1; less 3.
  CHECK(run_once<std::int8_t, std::int8_t>(build.graph(build.node(BatchMatMul{}, {a, b}, DType::int8, {}, grid(0.5f, -3))), {Codes{10, -10, 20}, Codes{1, -4, 2, 5, 3, 6}}) ==
        Codes{3, -2});
  GraphBuilder wide;
  const ValueId c = wide.input(DType::int16, {1, 2}, grid(0.5f, 0)), d = wide.input(DType::int16, {2, 1}, grid(0.25f, 0));
  // 1000 * 2000 + 500 * -400 = 1800000; times 0.125 / 8 = 2^-6: 28125
  CHECK(run_once<std::int16_t, std::int16_t>(wide.graph(wide.node(BatchMatMul{}, {c, d}, DType::int16, {}, grid(8.0f, 0))), {{1000, 500}, {2000, -400}}) ==
        std::vector<std::int16_t>{28125});
}

TEST_CASE("float rows against int8 weights are quantized as they come") {
  GraphBuilder build;
  const ValueId a = build.input(DType::float32, {2, 2}), b = build.constant<std::int8_t>({2, 1}, {2, -3}, grid(0.5f, 0));
  // Row (127, -127) has steps of 1: 127 * 2 + 127 * 3 = 635, times 1/2. Row (1, 0.5): steps of 1/127: 127 * 2 - 64 * 3 = 62, times 1/254.
  const Floats y = run_once<float, float>(build.graph(build.node(BatchMatMul{}, {a, b}, DType::float32)), {Floats{127, -127, 1, 0.5f}});
  REQUIRE(y.size() == 2);
  CHECK(y[0] == 317.5f);
  CHECK(y[1] == doctest::Approx(62.0 / 254));
}

TEST_CASE("matrices that cannot be multiplied are refused with their extents") {
  GraphBuilder build;
  const ValueId a = build.input(DType::float32, {2, 3}), b = build.input(DType::float32, {2, 3});
  CHECK(test::refusal(build.graph(build.node(BatchMatMul{}, {a, b}, DType::float32))).find("matrices of 2x3 and 2x3 cannot be multiplied") != std::string::npos);
}
