// Operators of two operands that broadcast, beyond ADD, SUB and MUL: expectations from arithmetic in the comments.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

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
using Bools = std::vector<std::uint8_t>;

template <class Out, class In>
std::vector<Out> run(const Op& op, DType in, DType out, const std::vector<In>& a, const std::vector<In>& b, const Quantization& grid_a = {},
                     const Quantization& grid_b = {}, const Quantization& grid_y = {}) {
  GraphBuilder build;
  const ValueId x = build.input(in, Shape{static_cast<std::int64_t>(a.size())}, grid_a), y = build.input(in, Shape{static_cast<std::int64_t>(b.size())}, grid_b);
  return run_once<Out, In>(build.graph(build.node(op, {x, y}, out, {}, grid_y)), {a, b});
}
std::vector<std::uint8_t> bools(const Op& op, DType in, const auto& a, const auto& b, const Quantization& grid_a = {}, const Quantization& grid_b = {}) {
  GraphBuilder build;
  const ValueId x = build.input(in, Shape{static_cast<std::int64_t>(a.size())}, grid_a), y = build.input(in, Shape{static_cast<std::int64_t>(b.size())}, grid_b);
  const Graph graph = build.graph(build.node(op, {x, y}, DType::boolean));
  Graph inferred = graph;
  auto ok = infer_shapes(inferred);
  REQUIRE(ok.has_value());
  auto runner = Runner::prepare(std::make_shared<const Graph>(inferred));
  if (!runner) MESSAGE(to_text(runner.error()));
  REQUIRE(runner.has_value());
  std::memcpy(runner->input(0).data(), a.data(), runner->input(0).size());
  std::memcpy(runner->input(1).data(), b.data(), runner->input(1).size());
  CHECK(runner->run().has_value());
  std::vector<std::uint8_t> out;
  for (const std::byte byte : runner->output(0).bytes) out.push_back(static_cast<std::uint8_t>(byte));
  return out;
}

}  // namespace

TEST_CASE("operands of six axes broadcast along any of them, and a scalar along all") {
  GraphBuilder build;
  const ValueId a = build.input(DType::int32, {2, 1, 2, 1, 1, 2}), b = build.input(DType::int32, {1, 3, 1, 1, 2, 1});
  const Graph graph = build.graph(build.node(Add{}, {a, b}, DType::int32));
  Numbers x, y, expected;
  for (int i = 0; i < 8; ++i) x.push_back(i * 100);
  for (int i = 0; i < 6; ++i) y.push_back(i);
  for (int i0 = 0; i0 < 2; ++i0)
    for (int i1 = 0; i1 < 3; ++i1)
      for (int i2 = 0; i2 < 2; ++i2)
        for (int i4 = 0; i4 < 2; ++i4)
          for (int i5 = 0; i5 < 2; ++i5) expected.push_back(x[static_cast<std::size_t>(i0 * 4 + i2 * 2 + i5)] + y[static_cast<std::size_t>(i1 * 2 + i4)]);
  CHECK(run_once<std::int32_t, std::int32_t>(graph, {x, y}) == expected);
  CHECK(run<std::int32_t, std::int32_t>(Sub{}, DType::int32, DType::int32, {5}, {1, 2, 3}) == Numbers{4, 3, 2});
}

TEST_CASE("whole numbers wrap around, and a fused activation clamps them") {
  constexpr std::int32_t most = std::numeric_limits<std::int32_t>::max();
  CHECK(run<std::int32_t, std::int32_t>(Add{}, DType::int32, DType::int32, {most, 1}, {1, 2}) == Numbers{std::numeric_limits<std::int32_t>::min(), 3});
  CHECK(run<std::int32_t, std::int32_t>(Mul{Activation::relu6}, DType::int32, DType::int32, {3, -2, 1}, {4, 4, 4}) == Numbers{6, 0, 4});
  CHECK(run<std::int64_t, std::int64_t>(Sub{Activation::relu}, DType::int64, DType::int64, {std::int64_t{1} << 40, 1}, {1, 2}) ==
        std::vector<std::int64_t>{(std::int64_t{1} << 40) - 1, 0});
}

TEST_CASE("unsigned codes are the signed ones plus 128") {
  // The sums of "addition brings both operands onto one grid": 5, -6.5, 66, -5 in steps of 0.5.
  CHECK(run<std::uint8_t, std::uint8_t>(Add{}, DType::uint8, DType::uint8, {133, 125, 255, 128}, {138, 108, 138, 108}, grid(0.5f, 129), grid(0.25f, 126), grid(0.5f, 128)) ==
        std::vector<std::uint8_t>{138, 115, 255, 118});
  // (4 * 0.5) * (-3 * 0.5) = -3, in steps of 0.25 about 100.
  CHECK(run<std::uint8_t, std::uint8_t>(Mul{}, DType::uint8, DType::uint8, {14}, {7}, grid(0.5f, 10), grid(0.5f, 10), grid(0.25f, 100)) == std::vector<std::uint8_t>{88});
}

TEST_CASE("a 16-bit sum on grids of powers of two shifts one operand, ties away from zero, and saturates") {
  // Steps of 2^-10 and 2^-8 to 2^-8: 6/4 = 1.5 -> 2, -6/4 -> -2, 32767/4 + 32767 saturates.
  CHECK(run<std::int16_t, std::int16_t>(Add{Activation::none, true}, DType::int16, DType::int16, {6, -6, 32767}, {100, 100, 32767}, grid(0x1p-10f, 0), grid(0x1p-8f, 0),
                                        grid(0x1p-8f, 0)) == std::vector<std::int16_t>{102, 98, 32767});
  CHECK(run<std::int16_t, std::int16_t>(Sub{Activation::none, true}, DType::int16, DType::int16, {6, -6}, {100, 100}, grid(0x1p-10f, 0), grid(0x1p-8f, 0), grid(0x1p-8f, 0)) ==
        std::vector<std::int16_t>{-98, -102});
}

TEST_CASE("division truncates whole numbers, and its fixed point divides codes to nearest") {
  CHECK(run<std::int32_t, std::int32_t>(Div{}, DType::int32, DType::int32, {7, -7, std::numeric_limits<std::int32_t>::min(), 5}, {2, 2, -1, 0}) ==
        Numbers{3, -3, std::numeric_limits<std::int32_t>::min(), 0});
  CHECK(run<float, float>(Div{Activation::relu}, DType::float32, DType::float32, {1, -1}, {4, 4}) == Floats{0.25f, 0.0f});
  // Reals 30, -30, 7 over 4, 4, -2: 7.5, -7.5, -3.5, in steps of 0.5.
  CHECK(run<std::int8_t, std::int8_t>(Div{}, DType::int8, DType::int8, {60, -60, 14}, {17, 17, -7}, grid(0.5f, 0), grid(0.25f, 1), grid(0.5f, 0)) == Codes{15, -15, -7});
  GraphBuilder build;
  const ValueId x = build.input(DType::int32, {2});
  CHECK(test::refusal(build.graph(build.node(Div{}, {x, build.integers({1, 0})}, DType::int32))).find("element 1 of the divisor is 0") != std::string::npos);
}

TEST_CASE("the floor of a quotient goes down, and the remainder has the divisor's sign") {
  CHECK(run<std::int32_t, std::int32_t>(FloorDiv{}, DType::int32, DType::int32, {7, -7, 7, -7, 6}, {2, 2, -2, -2, -3}) == Numbers{3, -4, -4, 3, -2});
  CHECK(run<std::int32_t, std::int32_t>(FloorMod{}, DType::int32, DType::int32, {7, -7, 7, -7, 6, 5}, {2, 2, -2, -2, -3, -1}) == Numbers{1, 1, -1, -1, 0, 0});
  CHECK(run<float, float>(FloorDiv{}, DType::float32, DType::float32, {5.5f, -5.5f}, {2, 2}) == Floats{2, -3});
  CHECK(run<float, float>(FloorMod{}, DType::float32, DType::float32, {5.5f, -5.5f, 5.5f}, {2, 2, -2}) == Floats{1.5f, 0.5f, -0.5f});
}

TEST_CASE("maximum and minimum compare codes as they are") {
  CHECK(run<std::int8_t, std::int8_t>(Maximum{}, DType::int8, DType::int8, {1, -5, 3}, {0}, grid(0.5f, 7), grid(0.5f, 7), grid(0.5f, 7)) == Codes{1, 0, 3});
  CHECK(run<std::int64_t, std::int64_t>(Minimum{}, DType::int64, DType::int64, {std::int64_t{1} << 40, -5}, {3, 3}) == std::vector<std::int64_t>{3, -5});
}

TEST_CASE("a squared difference is taken on one grid") {
  // Reals 2 - 0.5 = 1.5 and -1 - 3 = -4: 2.25 and 16, in steps of 0.25: 9 and 64.
  CHECK(run<std::int8_t, std::int8_t>(SquaredDifference{}, DType::int8, DType::int8, {4, -2}, {2, 12}, grid(0.5f, 0), grid(0.25f, 0), grid(0.25f, -1)) == Codes{8, 63});
  CHECK(run<float, float>(SquaredDifference{}, DType::float32, DType::float32, {1, -2}, {3}) == Floats{4, 25});
  CHECK(run<std::int32_t, std::int32_t>(SquaredDifference{}, DType::int32, DType::int32, {1, -2}, {3}) == Numbers{4, 25});
}

TEST_CASE("prelu multiplies what is below zero by its channel's alpha") {
  // Reals -4 and 4 (steps of 0.5 about 1), alpha 0.25 and 0.5 (steps of 0.25): -1 and 4; -2 and 4, in steps of 0.5.
  GraphBuilder build;
  const ValueId x = build.input(DType::int8, {2, 2}, grid(0.5f, 1)), alpha = build.constant<std::int8_t>({2}, {1, 2}, grid(0.25f, 0));
  CHECK(run_once<std::int8_t, std::int8_t>(build.graph(build.node(Prelu{}, {x, alpha}, DType::int8, {}, grid(0.5f, 0))), {Codes{-7, -7, 9, 9}}) == Codes{-2, -4, 8, 8});
  CHECK(run<float, float>(Prelu{}, DType::float32, DType::float32, {-2, 3}, {0.5f, 0.5f}) == Floats{-1, 3});
  GraphBuilder wide;
  const ValueId narrow = wide.input(DType::float32, {1}), wide_alpha = wide.constant<float>({3}, {1, 2, 3});
  CHECK(test::refusal(wide.graph(wide.node(Prelu{}, {narrow, wide_alpha}, DType::float32))).find("does not broadcast to 1") != std::string::npos);
}

TEST_CASE("comparisons look at the reals behind codes, and nothing but difference holds for what is not a number") {
  const Floats a{1, 2, 3, std::nanf("")}, b{2, 2, 2, 2};
  CHECK(bools(Equal{}, DType::float32, a, b) == Bools{0, 1, 0, 0});
  CHECK(bools(NotEqual{}, DType::float32, a, b) == Bools{1, 0, 1, 1});
  CHECK(bools(Less{}, DType::float32, a, b) == Bools{1, 0, 0, 0});
  CHECK(bools(LessEqual{}, DType::float32, a, b) == Bools{1, 1, 0, 0});
  CHECK(bools(Greater{}, DType::float32, a, b) == Bools{0, 0, 1, 0});
  CHECK(bools(GreaterEqual{}, DType::float32, a, b) == Bools{0, 1, 1, 0});
  // 10 * 0.5 against 20 * 0.25 + shifted zero points: equal although the codes differ.
  CHECK(bools(Equal{}, DType::int8, Codes{10, 11}, Codes{24, 24}, grid(0.5f, 0), grid(0.25f, 4)) == Bools{1, 0});
  CHECK(bools(Less{}, DType::int32, Numbers{-1, 5}, Numbers{0, 5}) == Bools{1, 0});
}

TEST_CASE("logical operators take every byte but 0 as true") {
  CHECK(bools(LogicalAnd{}, DType::boolean, Bools{0, 1, 2, 1}, Bools{0, 0, 1, 1}) == Bools{0, 0, 1, 1});
  CHECK(bools(LogicalOr{}, DType::boolean, Bools{0, 1, 2, 0}, Bools{0, 0, 1, 4}) == Bools{0, 1, 1, 1});
}
