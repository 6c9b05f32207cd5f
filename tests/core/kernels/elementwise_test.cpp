// Operators that work element by element or reduce: expectations from arithmetic in the comments.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/graph_builder.h"
#include "tests/support/run.h"

using namespace edgewise;
using test::GraphBuilder;
using test::grid;
using test::run_once;

namespace {

using Codes = std::vector<std::int8_t>;

Codes run_int8(const Op& op, const Shape& shape, const Quantization& in, const Quantization& out, const Codes& x, int bits = 0) {
  GraphBuilder build;
  const ValueId y = build.node(op, {build.input(DType::int8, shape, in)}, DType::int8, {}, out);
  build.value(y).bits = bits;
  return run_once<std::int8_t, std::int8_t>(build.graph(y), {x});
}

}  // namespace

TEST_CASE("addition brings both operands onto one grid and broadcasts") {
  GraphBuilder build;
  const ValueId a = build.input(DType::int8, {2, 2}, grid(0.5f, 1)), b = build.constant<std::int8_t>({1, 2}, {10, -20}, grid(0.25f, -2));
  // a: (5,-3,127,0) -> 2, -2, 63, -0.5; b: 3, -4.5. Sums 5, -6.5, 66, -5; /1 + 0.
  const Graph graph = build.graph(build.node(Add{}, {a, b}, DType::int8, {}, grid(0.5f, 0)));
  CHECK(run_once<std::int8_t, std::int8_t>(graph, {Codes{5, -3, 127, 0}}) == Codes{10, -13, 127, -10});
}

TEST_CASE("a sum has 20 bits of headroom exactly: one where 19 or 21 bits give the neighbour") {
  // -93 * 0.9978556 + -31 * 0.38606387 is -60.4999988 steps of 1.7317116. With 20 bits: -48758784 - 6288153 = -55046937, times 1237433854 / 2^31 rounds to
  // -31719424, which is -60.5 * 2^19: the tie goes away from zero. With 19 or 21 bits the first rounding ends just above the tie, at -60.499996 or -60.499999.
  GraphBuilder build;
  const ValueId a = build.input(DType::int8, {1}, grid(0.9978556036949158f, 0)), b = build.constant<std::int8_t>({1}, {-31}, grid(0.3860638737678528f, 0));
  CHECK(run_once<std::int8_t, std::int8_t>(build.graph(build.node(Add{}, {a, b}, DType::int8, {}, grid(1.7317116260528564f, 0))), {Codes{-93}}) == Codes{-61});
}

TEST_CASE("subtraction and multiplication keep their order and zero points") {
  GraphBuilder build;
  const ValueId a = build.input(DType::int8, {3}, grid(0.5f, 1)), b = build.constant<std::int8_t>({3}, {4, 2, -6}, grid(0.5f, 2));
  // a: 2, -2, 4; b: 1, 0, -4
  CHECK(run_once<std::int8_t, std::int8_t>(build.graph(build.node(Sub{}, {a, b}, DType::int8, {}, grid(0.5f, 0))), {Codes{5, -3, 9}}) == Codes{2, -4, 16});
  GraphBuilder again;
  const ValueId c = again.input(DType::int8, {3}, grid(0.5f, 1)), d = again.constant<std::int8_t>({3}, {4, 2, -6}, grid(0.5f, 2));
  CHECK(run_once<std::int8_t, std::int8_t>(again.graph(again.node(Mul{}, {c, d}, DType::int8, {}, grid(0.25f, 10))), {Codes{5, -3, 9}}) == Codes{18, 10, -54});  // 2, 0, -16
}

TEST_CASE("an average rounds to nearest, ties away from zero, over the taps inside the image") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int8, {1, 2, 3, 1}, grid(1.0f, 5));
  const AvgPool2d op{{Padding::same, 1, 2, 1, 1}, 2, 2, Activation::none};
  // columns {0,1} and {2}; rows {0,1} and {1}. (1+2+4+3)/4 = 2.5 -> 3; (-5-6)/2 = -5.5 -> -6; (4+3)/2 = 3.5 -> 4; -6
  const Graph graph = build.graph(build.node(op, {x}, DType::int8, {}, grid(1.0f, 5)));
  CHECK(run_once<std::int8_t, std::int8_t>(graph, {Codes{1, 2, -5, 4, 3, -6}}) == Codes{3, -6, 4, -6});
}

TEST_CASE("a maximum looks at the taps inside the image and clamps at the activation") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int8, {1, 2, 3, 1}, grid(1.0f, -4));
  const MaxPool2d op{{Padding::same, 1, 2, 1, 1}, 2, 2, Activation::relu};
  const Graph graph = build.graph(build.node(op, {x}, DType::int8, {}, grid(1.0f, -4)));
  CHECK(run_once<std::int8_t, std::int8_t>(graph, {Codes{1, 2, -5, 4, 3, -6}}) == Codes{4, -4, 4, -4});
}

TEST_CASE("pooling and concatenation refuse to rescale") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int8, {1, 2, 2, 1}, grid(1.0f, 0));
  CHECK(test::refusal(build.graph(build.node(MaxPool2d{{}, 2, 2, Activation::none}, {x}, DType::int8, {}, grid(2.0f, 0)))).find("pooling does not rescale") != std::string::npos);
  GraphBuilder join;
  const ValueId a = join.input(DType::int8, {1, 2}, grid(1.0f, 0));
  CHECK(test::refusal(join.graph(join.node(Concatenation{0, Activation::none}, {a, a}, DType::int8, {}, grid(1.0f, 1)))).find("concatenation does not rescale") !=
        std::string::npos);
}

TEST_CASE("concatenation puts uint8 codes on the output's grid, and floats that remember grids of a file are copied") {
  using Unsigned = std::vector<std::uint8_t>;
  GraphBuilder build;
  const ValueId a = build.input(DType::uint8, {1, 3}, grid(0.5f, 10)), b = build.input(DType::uint8, {1, 2}, grid(1.0f, 20));
  const Graph graph = build.graph(build.node(Concatenation{1, Activation::none}, {a, b}, DType::uint8, {}, grid(1.0f, 20)));
  // a's reals: (11 - 10) / 2 = 0.5 rounds away from zero to 1, (9 - 10) / 2 = -0.5 to -1, (255 - 10) / 2 = 122.5 to 123; each plus 20. b is on the grid already.
  CHECK(run_once<std::uint8_t, std::uint8_t>(graph, {Unsigned{11, 9, 255}, Unsigned{7, 200}}) == Unsigned{21, 19, 143, 7, 200});
  // -5 + 0 is below the codes, 500 + 0 above.
  GraphBuilder wide;
  const ValueId c = wide.input(DType::uint8, {1, 2}, grid(2.0f, 5));
  CHECK(run_once<std::uint8_t, std::uint8_t>(wide.graph(wide.node(Concatenation{1, Activation::none}, {c}, DType::uint8, {}, grid(1.0f, 0))), {Unsigned{0, 255}}) == Unsigned{0, 255});
  GraphBuilder reals;
  const ValueId f = reals.input(DType::float32, {1, 1}, grid(0.5f, 10)), g = reals.input(DType::float32, {1, 1}, grid(1.0f, 20));
  const Graph joined = reals.graph(reals.node(Concatenation{1, Activation::none}, {f, g}, DType::float32, {}, grid(1.0f, 20)));
  CHECK(run_once<float, float>(joined, {std::vector<float>{0.25f}, std::vector<float>{-3.5f}}) == std::vector<float>{0.25f, -3.5f});
}

TEST_CASE("mean and sum reduce the named axes in integers and in floats") {
  for (const bool is_mean : {true, false}) {
    const Op op = is_mean ? Op(Mean{false}) : Op(Sum{false});
    GraphBuilder build;
    const ValueId x = build.input(DType::int8, {2, 3}, grid(0.5f, 1));
    const Graph graph = build.graph(build.node(op, {x, build.integers({-1})}, DType::int8, {}, grid(0.5f, -1)));
    // reals in halves: (1,2,6) and (-3,-4,-5). Means 3 and -4; sums 9 and -12; less 1.
    CHECK(run_once<std::int8_t, std::int8_t>(graph, {Codes{2, 3, 7, -2, -3, -4}}) == (is_mean ? Codes{2, -5} : Codes{8, -13}));
    GraphBuilder floats;
    const ValueId f = floats.input(DType::float32, {2, 3});
    const Graph float_graph = floats.graph(floats.node(op, {f, floats.integers({0})}, DType::float32));
    CHECK(run_once<float, float>(float_graph, {{1, 2, 3, 4, 5, 7}}) == (is_mean ? std::vector<float>{2.5f, 3.5f, 5.0f} : std::vector<float>{5, 7, 10}));
  }
}

TEST_CASE("relu, relu6 and leaky relu move between grids") {
  const Codes x{-20, 0, 10, 60};  // reals -10.5, -0.5, 4.5, 29.5
  CHECK(run_int8(Relu{}, {4}, grid(0.5f, 1), grid(0.5f, -3), x) == Codes{-3, -3, 6, 56});
  CHECK(run_int8(Relu6{}, {4}, grid(0.5f, 1), grid(0.5f, -3), x) == Codes{-3, -3, 6, 9});            // 6 / 0.5 - 3
  CHECK(run_int8(LeakyRelu{0.5f}, {4}, grid(0.5f, 1), grid(0.5f, 0), x) == Codes{-10, 0, 9, 59});    // -21/2 and -1/2: a product's ties go up
}

TEST_CASE("logistic and tanh are the curve on the output's grid, saturating at its ends") {
  for (const int bits : {0, 4}) {
    CAPTURE(bits);
    const Quantization in = grid(0.125f, 3), out = bits == 0 ? grid(1.0f / 256, -128) : grid(1.0f / 16, -8);
    const int low = bits == 0 ? -128 : -8, high = bits == 0 ? 127 : 7;
    Codes x;
    for (int code = -128; code < 128; ++code) x.push_back(static_cast<std::int8_t>(code));
    const Codes y = run_int8(Logistic{}, {256}, in, out, x, bits);
    REQUIRE(y.size() == 256);
    for (int code = -128; code < 128; ++code) {
      const double exact = 1.0 / (1.0 + std::exp(-0.125 * (code - 3))) * (bits == 0 ? 256 : 16) + low;
      CHECK(std::abs(y[static_cast<std::size_t>(code + 128)] - std::min(exact, static_cast<double>(high))) <= 0.5 + 1e-3);
    }
  }
  CHECK(run_int8(Tanh{}, {3}, grid(0.5f, 0), grid(1.0f / 128, 0), {-127, 0, 1}) == Codes{-128, 0, 59});  // tanh(0.5) * 128 = 59.15
}

TEST_CASE("int16 logistic and tanh stay within 2 codes of the curve") {
  GraphBuilder logistic, tanh;
  const float scale = 8.0f / 32768;
  const Graph l = logistic.graph(logistic.node(Logistic{}, {logistic.input(DType::int16, {5}, grid(scale, 0))}, DType::int16, {}, grid(1.0f / 32768, 0)));
  const Graph t = tanh.graph(tanh.node(Tanh{}, {tanh.input(DType::int16, {5}, grid(scale, 0))}, DType::int16, {}, grid(1.0f / 32768, 0)));
  const std::vector<std::int16_t> x{-32768, -5000, 0, 1234, 32767};
  const auto a = run_once<std::int16_t, std::int16_t>(l, {x}), b = run_once<std::int16_t, std::int16_t>(t, {x});
  for (std::size_t i = 0; i < 5; ++i) {
    const double real = static_cast<double>(scale) * x[i];
    CHECK(std::abs(a[i] - 32768.0 / (1.0 + std::exp(-real))) <= 2.0);
    CHECK(std::abs(b[i] - std::min(32767.0, 32768.0 * std::tanh(real))) <= 2.0);
  }
}

TEST_CASE("softmax sums to one and stays within one code of the exact curve, also on narrow and 16-bit outputs") {
  const Codes x{10, -30, 50, 49, -128, 0, 52};
  double sum = 0.0;
  for (const int code : x) sum += std::exp(0.1 * (code - 52));
  const auto near = [&](auto y, double one, double lowest, double highest, double tolerance) {
    REQUIRE(y.size() == x.size());
    for (std::size_t i = 0; i < x.size(); ++i)
      CHECK(std::abs(y[i] - std::min(highest, std::exp(0.1 * (x[i] - 52)) / sum * one + lowest)) <= tolerance);
  };
  near(run_int8(Softmax{}, {1, 7}, grid(0.1f, 5), grid(1.0f / 256, -128), x), 256, -128, 127, 1.0);
  near(run_int8(Softmax{}, {1, 7}, grid(0.1f, 5), grid(1.0f / 16, -8), x, 4), 16, -8, 7, 1.0);
  GraphBuilder wide;
  near(run_once<std::int16_t, std::int8_t>(wide.graph(wide.node(Softmax{}, {wide.input(DType::int8, {1, 7}, grid(0.1f, 5))}, DType::int16, {}, grid(1.0f / 65536, -32768))), {x}),
       65536, -32768, 32767, 2.0);
  GraphBuilder from_wide;
  const Graph graph = from_wide.graph(from_wide.node(Softmax{}, {from_wide.input(DType::int16, {1, 7}, grid(0.1f, 0))}, DType::int16, {}, grid(1.0f / 32768, 0)));
  near(run_once<std::int16_t, std::int16_t>(graph, {std::vector<std::int16_t>(x.begin(), x.end())}), 32768, 0, 32767, 8.0);
  CHECK(test::refusal([] {
          GraphBuilder build;
          return build.graph(build.node(Softmax{}, {build.input(DType::int8, {1, 7}, grid(0.1f, 5))}, DType::int8, {}, grid(0.5f, 0)));
        }()).find("its output must have the scale 2^-8 and the zero point -128") != std::string::npos);
}

TEST_CASE("quantize rounds ties away from zero and clamps; not a number becomes zero") {
  GraphBuilder build;
  const ValueId y = build.node(Quantize{}, {build.input(DType::float32, {6})}, DType::int8, {}, grid(0.5f, 10));
  const Graph graph = build.graph(y);
  // 0.25 / 0.5 = 0.5 -> 1; -0.25 -> -1; 1e9 and -inf clamp
  CHECK(run_once<std::int8_t, float>(graph, {{0.25f, -0.25f, 1e9f, -std::numeric_limits<float>::infinity(), std::nanf(""), 3.0f}}) == Codes{11, 9, 127, -128, 10, 16});
}

TEST_CASE("a code goes from one grid to another and back, through every integer type") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int8, {4}, grid(0.5f, 2));
  const ValueId wide = build.node(Quantize{}, {x}, DType::int16, {}, grid(0.125f, 0));
  const ValueId widest = build.node(Quantize{}, {wide}, DType::int32, {}, grid(0.125f / 4, 7));
  const ValueId bytes = build.node(Quantize{}, {widest}, DType::uint8, {}, grid(0.5f, 130));
  const Graph graph = build.graph(build.node(Quantize{}, {bytes}, DType::int8, {}, grid(0.5f, 2)));
  CHECK(run_once<std::int8_t, std::int8_t>(graph, {Codes{-128, 2, 7, 127}}) == Codes{-128, 2, 7, 127});
}

TEST_CASE("dequantize takes a scale per channel, and halves exactly") {
  GraphBuilder build;
  const ValueId x = build.constant<std::int8_t>({2, 2}, {1, 2, 3, 4}, {{0.5f, 2.0f}, {0, 1}, 0});
  CHECK(run_once<float, float>(build.graph(build.node(Dequantize{}, {x}, DType::float32)), {}) == std::vector<float>{0.5f, 1.0f, 4.0f, 6.0f});
  GraphBuilder half;
  const ValueId h = half.constant<std::int16_t>({5}, {0x3c00, static_cast<std::int16_t>(0xc100), 0x0001, 0x7bff, 0x3555});
  half.value(h).type = DType::float16;
  // 1, -2.5, the smallest subnormal 2^-24, the largest 65504, 0.333251953125 (IEEE 754 binary16)
  CHECK(run_once<float, float>(half.graph(half.node(Dequantize{}, {h}, DType::float32)), {}) == std::vector<float>{1.0f, -2.5f, 0x1p-24f, 65504.0f, 0.333251953125f});
}
