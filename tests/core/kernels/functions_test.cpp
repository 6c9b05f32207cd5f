// Functions of one element: expectations from arithmetic in the comments or from the curve itself.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
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

template <class T>
std::vector<T> run(const Op& op, const std::vector<T>& x, const Quantization& in = {}, const Quantization& out = {}) {
  GraphBuilder build;
  return run_once<T, T>(build.graph(build.node(op, {build.input(dtype_of<T>(), Shape{static_cast<std::int64_t>(x.size())}, in)}, dtype_of<T>(), {}, out)), {x});
}

/// Every code of the type in `in` gives the curve on `out`, within `tolerance` codes.
template <class T>
void follows(const Op& op, const std::function<double(double)>& curve, const Quantization& in, const Quantization& out, double tolerance) {
  std::vector<T> x;
  constexpr int lowest = std::numeric_limits<T>::min(), highest = std::numeric_limits<T>::max();
  for (int code = lowest; code <= highest; ++code) x.push_back(static_cast<T>(code));
  const auto y = run<T>(op, x, in, out);
  REQUIRE(y.size() == x.size());
  double worst = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double real = static_cast<double>(in.scale[0]) * (x[i] - in.zero_point[0]);
    const double exact = std::clamp(curve(real) / static_cast<double>(out.scale[0]) + out.zero_point[0], double{lowest}, double{highest});
    worst = std::max(worst, std::abs(y[i] - exact));
  }
  CHECK(worst <= tolerance);
}

}  // namespace

TEST_CASE("float functions are the curves of their names") {
  CHECK(run<float>(Abs{}, {-1.5f, 2}) == Floats{1.5f, 2});
  CHECK(run<float>(Neg{}, {-1.5f, 2}) == Floats{1.5f, -2});
  CHECK(run<float>(Square{}, {-1.5f, 2}) == Floats{2.25f, 4});
  CHECK(run<float>(Sqrt{}, {2.25f, 4}) == Floats{1.5f, 2});
  CHECK(run<float>(Rsqrt{}, {4, 0.25f}) == Floats{0.5f, 2});
  CHECK(run<float>(Floor{}, {-1.5f, 2.7f}) == Floats{-2, 2});
  CHECK(run<float>(Ceil{}, {-1.5f, 2.2f}) == Floats{-1, 3});
  CHECK(run<float>(Exp{}, {0, 1})[1] == doctest::Approx(2.718281828));
  CHECK(run<float>(Log{}, {1, 10})[1] == doctest::Approx(2.302585093));
  CHECK(run<float>(Sin{}, {0, 1})[1] == doctest::Approx(0.841470985));
  CHECK(run<float>(Cos{}, {0, 1})[1] == doctest::Approx(0.540302306));
  CHECK(run<float>(Elu{}, {1, -1})[1] == doctest::Approx(std::exp(-1.0) - 1.0));
  CHECK(run<float>(HardSwish{}, {-4, -1, 1, 4}) == Floats{0, -1.0f * 2 / 6, 1.0f * 4 / 6, 4});
  CHECK(run<float>(ReluN1To1{}, {-2, 0.5f, 2}) == Floats{-1, 0.5f, 1});
  CHECK(run<float>(Relu0To1{}, {-2, 0.5f, 2}) == Floats{0, 0.5f, 1});
}

TEST_CASE("round goes to the nearest, halves to the even one") {
  CHECK(run<float>(Round{}, {0.5f, 1.5f, 2.5f, -0.5f, -1.5f, 2.4999f, 1e30f}) == Floats{0, 2, 2, -0.0f, -2, 2, 1e30f});
}

TEST_CASE("functions of codes stay within one code of the curve") {
  follows<std::int8_t>(Abs{}, [](double x) { return std::abs(x); }, grid(0.1f, 3), grid(0.11f, -128), 0.51);
  follows<std::int16_t>(Abs{}, [](double x) { return std::abs(x); }, grid(0.1f, 0), grid(0.11f, 0), 0.51);
  follows<std::int8_t>(Exp{}, [](double x) { return std::exp(x); }, grid(0.02f, 0), grid(0.06f, -128), 0.51);
  follows<std::int16_t>(Exp{}, [](double x) { return std::exp(x); }, grid(1.0f / 32768, 0), grid(4.0f / 32768, 0), 2.0);   // a half each: the sample, its rounded correction, the interpolation, the curve between samples
  follows<std::int8_t>(Elu{}, [](double x) { return x < 0 ? std::expm1(x) : x; }, grid(0.03f, 10), grid(0.03f, -90), 0.51);
  follows<std::uint8_t>(Tanh{}, [](double x) { return std::tanh(x); }, grid(0.03f, 120), grid(1.0f / 128, 128), 0.51);
  follows<std::uint8_t>(Logistic{}, [](double x) { return 1.0 / (1.0 + std::exp(-x)); }, grid(0.05f, 120), grid(1.0f / 256, 0), 0.51);
  follows<std::int8_t>(HardSwish{}, [](double x) { return x * std::clamp(x + 3.0, 0.0, 6.0) / 6.0; }, grid(0.06f, 5), grid(0.05f, -100), 1.5);
  follows<std::uint8_t>(HardSwish{}, [](double x) { return x * std::clamp(x + 3.0, 0.0, 6.0) / 6.0; }, grid(0.06f, 133), grid(0.05f, 28), 1.5);
  follows<std::int8_t>(ReluN1To1{}, [](double x) { return std::clamp(x, -1.0, 1.0); }, grid(0.02f, 5), grid(0.01f, 0), 0.51);
  follows<std::uint8_t>(Relu6{}, [](double x) { return std::clamp(x, 0.0, 6.0); }, grid(0.1f, 100), grid(0.04f, 0), 0.51);
}

TEST_CASE("the inverse root of codes is the curve; zero and less give the highest code") {
  const Codes y = run<std::int8_t>(Rsqrt{}, {-128, -127, -112, -28, 72}, grid(0.01f, -128), grid(0.1f, -128));
  // 0 -> highest. sqrt(1/0.01) = 10 -> 100 codes; sqrt(1/0.16) = 2.5 -> 25; 1 -> 10; sqrt(1/2) -> 7.07.
  CHECK(y == Codes{127, -28, -103, -118, -121});
}

TEST_CASE("whole numbers negate and lose their sign modulo 2^32") {
  constexpr std::int32_t lowest = std::numeric_limits<std::int32_t>::min();
  CHECK(run<std::int32_t>(Neg{}, {5, lowest}) == std::vector<std::int32_t>{-5, lowest});
  CHECK(run<std::int32_t>(Abs{}, {-5, 3, lowest}) == std::vector<std::int32_t>{5, 3, lowest});
}

TEST_CASE("not turns every byte but 0 into 0") {
  GraphBuilder build;
  Graph graph = build.graph(build.node(LogicalNot{}, {build.input(DType::boolean, {3})}, DType::boolean));
  REQUIRE(infer_shapes(graph).has_value());
  auto runner = Runner::prepare(std::make_shared<const Graph>(graph));
  REQUIRE(runner.has_value());
  const std::uint8_t x[] = {0, 1, 7};
  std::memcpy(runner->input(0).data(), x, 3);
  CHECK(runner->run().has_value());
  CHECK(runner->output(0).bytes[0] == std::byte{1});
  CHECK(runner->output(0).bytes[1] == std::byte{0});
  CHECK(runner->output(0).bytes[2] == std::byte{0});
}

TEST_CASE("a cast drops the fraction, keeps the low bits, and ends where the type does") {
  GraphBuilder floats;
  CHECK(run_once<std::int8_t, float>(floats.graph(floats.node(Cast{}, {floats.input(DType::float32, {5})}, DType::int8)), {Floats{1.9f, -1.9f, 1e9f, -1e9f, std::nanf("")}}) ==
        Codes{1, -1, 127, -128, 0});
  GraphBuilder whole;
  CHECK(run_once<std::int8_t, std::int32_t>(whole.graph(whole.node(Cast{}, {whole.input(DType::int32, {3})}, DType::int8)), {std::vector<std::int32_t>{300, -1, 127}}) ==
        Codes{44, -1, 127});  // 300 - 256
  GraphBuilder wide;
  CHECK(run_once<float, std::int64_t>(wide.graph(wide.node(Cast{}, {wide.input(DType::int64, {2})}, DType::float32)), {std::vector<std::int64_t>{std::int64_t{1} << 40, -3}}) ==
        Floats{0x1p40f, -3});
  GraphBuilder many;   // more than one chunk of 64
  Floats x(150);
  std::vector<std::int32_t> expected;
  for (int i = 0; i < 150; ++i) {
    x[static_cast<std::size_t>(i)] = static_cast<float>(i) + 0.5f;
    expected.push_back(i);
  }
  CHECK(run_once<std::int32_t, float>(many.graph(many.node(Cast{}, {many.input(DType::float32, {150})}, DType::int32)), {x}) == expected);
}

TEST_CASE("any number of tensors of one shape add up") {
  GraphBuilder build;
  const ValueId x = build.input(DType::float32, {2});
  CHECK(run_once<float, float>(build.graph(build.node(AddN{}, {x, x, build.constant<float>({2}, {10, 20})}, DType::float32)), {Floats{1, 2}}) == Floats{12, 24});
  GraphBuilder other;
  const ValueId y = other.input(DType::float32, {2});
  CHECK(test::refusal(other.graph(other.node(AddN{}, {y, other.constant<float>({1}, {10})}, DType::float32))).find("input 1 is 1, input 0 is 2") != std::string::npos);
}
