// CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED: small sums worked out by hand, and what must be equal to what. Each claim holds for both rows of the table.
#include <doctest/doctest.h>

#include "core/base/random.h"
#include "tests/support/graph_builder.h"
#include "tests/support/run.h"

using namespace edgewise;
using test::GraphBuilder;
using test::grid;
using test::run_once;

namespace {

constexpr Kernels both[] = {Kernels::reference, Kernels::fast};

std::vector<std::int8_t> random_codes(Random& random, std::uint64_t count) {
  std::vector<std::int8_t> out(count);
  for (std::int8_t& code : out) code = static_cast<std::int8_t>(static_cast<int>(random.below(255)) - 127);
  return out;
}

}  // namespace

TEST_CASE("a dense layer subtracts both zero points, adds the bias and brings the sum onto the output's grid") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int8, {1, 3}, grid(0.5f, 2));
  const ValueId w = build.constant<std::int8_t>({2, 3}, {1, 2, 3, -4, 5, 6}, grid(0.25f, 1));
  const ValueId b = build.constant<std::int32_t>({2}, {10, -20});
  Graph graph = build.graph(build.node(FullyConnected{}, {x, w, b}, DType::int8, {}, grid(0.5f, -3)));
  // x - 2 = 8 -12 18; w - 1 = 0 1 2 / -5 4 5. Row 0: -12 + 36 + 10 = 34; row 1: -40 - 48 + 90 - 20 = -18.
  // multiplier 0.5 * 0.25 / 0.5 = 1/4: 8.5 -> 9 (product 17 exactly, its tie goes away from zero), -4.5 -> -5; less 3.
  for (const Kernels kernels : both) CHECK(run_once<std::int8_t, std::int8_t>(graph, {{10, -10, 20}}, kernels) == std::vector<std::int8_t>{6, -8});
}

TEST_CASE("a fused relu6 clamps at the codes of 0 and 6, and narrow activations at theirs") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int8, {1, 1}, grid(1.0f, 0));
  const ValueId w = build.constant<std::int8_t>({3, 1}, {-1, 1, 4}, grid(1.0f, 0));
  const ValueId y = build.node(FullyConnected{Activation::relu6, false}, {x, w}, DType::int8, {}, grid(0.5f, -5));
  // 20 * (-1, 1, 4) / 0.5 - 5 = -45, 35, 155; real 0 is code -5, real 6 is code 7.
  Graph graph = build.graph(y);
  for (const Kernels kernels : both) CHECK(run_once<std::int8_t, std::int8_t>(graph, {{20}}, kernels) == std::vector<std::int8_t>{-5, 7, 7});
  graph.value(y).bits = 4;
  std::get<FullyConnected>(graph.nodes[0].op).activation = Activation::none;
  for (const Kernels kernels : both) CHECK(run_once<std::int8_t, std::int8_t>(graph, {{20}}, kernels) == std::vector<std::int8_t>{-8, 7, 7});  // 4 bits: -8 to 7
}

TEST_CASE("padding is real zero: a border sum lacks the taps outside, whatever the zero point") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int8, {1, 3, 3, 1}, grid(1.0f, 100));
  const ValueId w = build.constant<std::int8_t>({1, 3, 3, 1}, std::vector<std::int8_t>(9, 1), grid(1.0f, 0));
  Graph graph = build.graph(build.node(Conv2d{{Padding::same, 1, 1, 1, 1}, Activation::none}, {x, w}, DType::int8, {}, grid(1.0f, 0)));
  // Every input is real 1: the sum counts the taps inside: 4 in a corner, 6 at an edge, 9 in the middle.
  for (const Kernels kernels : both)
    CHECK(run_once<std::int8_t, std::int8_t>(graph, {std::vector<std::int8_t>(9, 101)}, kernels) == std::vector<std::int8_t>{4, 6, 4, 6, 9, 6, 4, 6, 4});
}

TEST_CASE("a 1x1 convolution is a dense layer over the pixels, channel scales included") {
  const std::uint64_t seed = 3;
  CAPTURE(seed);
  Random random(seed);
  Quantization scales;
  for (int c = 0; c < 5; ++c) {
    scales.scale.push_back(0.01f + 0.003f * static_cast<float>(c));
    scales.zero_point.push_back(0);
  }
  const auto weights = random_codes(random, 5 * 7), input = random_codes(random, 6 * 7);
  GraphBuilder conv, dense;
  const Graph a = conv.graph(conv.node(Conv2d{}, {conv.input(DType::int8, {1, 2, 3, 7}, grid(0.1f, 4)), conv.constant<std::int8_t>({5, 1, 1, 7}, weights, scales)}, DType::int8,
                                       {}, grid(0.3f, -9)));
  const Graph b = dense.graph(dense.node(FullyConnected{}, {dense.input(DType::int8, {6, 7}, grid(0.1f, 4)), dense.constant<std::int8_t>({5, 7}, weights, scales)}, DType::int8,
                                         {}, grid(0.3f, -9)));
  for (const Kernels kernels : both) CHECK(run_once<std::int8_t, std::int8_t>(a, {input}, kernels) == run_once<std::int8_t, std::int8_t>(b, {input}, kernels));
}

TEST_CASE("a dilated kernel is the same kernel with zeros between its taps") {
  const std::uint64_t seed = 4;
  CAPTURE(seed);
  Random random(seed);
  const auto weights = random_codes(random, 2 * 2 * 2 * 3), input = random_codes(random, 6 * 7 * 3);
  std::vector<std::int8_t> stuffed(2 * 3 * 4 * 3, 0);  // 2x2 taps, dilation 2 and 3: 3x4
  for (std::size_t o = 0; o < 2; ++o)
    for (std::size_t y = 0; y < 2; ++y)
      for (std::size_t x = 0; x < 2; ++x)
        for (std::size_t c = 0; c < 3; ++c) stuffed[((o * 3 + 2 * y) * 4 + 3 * x) * 3 + c] = weights[((o * 2 + y) * 2 + x) * 3 + c];
  const auto graph = [&](const Window& window, const Shape& shape, const std::vector<std::int8_t>& w) {
    GraphBuilder build;
    return build.graph(build.node(Conv2d{window, Activation::none}, {build.input(DType::int8, {1, 6, 7, 3}, grid(0.1f, -20)), build.constant<std::int8_t>(shape, w, grid(0.02f, 0))},
                                  DType::int8, {}, grid(0.5f, 7)));
  };
  for (const Padding padding : {Padding::same, Padding::valid})
    for (const Kernels kernels : both)
      CHECK(run_once<std::int8_t, std::int8_t>(graph({padding, 1, 1, 2, 3}, {2, 2, 2, 3}, weights), {input}, kernels) ==
            run_once<std::int8_t, std::int8_t>(graph({padding, 1, 1, 1, 1}, {2, 3, 4, 3}, stuffed), {input}, kernels));
}

TEST_CASE("a depthwise convolution is a convolution in as many groups as channels") {
  const std::uint64_t seed = 5;
  CAPTURE(seed);
  Random random(seed);
  const auto weights = random_codes(random, 3 * 3 * 6), input = random_codes(random, 5 * 5 * 3);  // 3 channels, 2 outputs each
  std::vector<std::int8_t> grouped(weights.size());
  for (std::size_t tap = 0; tap < 9; ++tap)
    for (std::size_t o = 0; o < 6; ++o) grouped[o * 9 + tap] = weights[tap * 6 + o];
  const Window window{Padding::same, 2, 1, 1, 1};
  GraphBuilder depthwise, conv;
  const Graph a = depthwise.graph(depthwise.node(DepthwiseConv2d{window, 2, Activation::relu}, {depthwise.input(DType::int8, {1, 5, 5, 3}, grid(0.1f, 1)),
                                                 depthwise.constant<std::int8_t>({1, 3, 3, 6}, weights, grid(0.02f, 0))}, DType::int8, {}, grid(0.2f, -10)));
  const Graph b = conv.graph(conv.node(Conv2d{window, Activation::relu}, {conv.input(DType::int8, {1, 5, 5, 3}, grid(0.1f, 1)),
                                       conv.constant<std::int8_t>({6, 3, 3, 1}, grouped, grid(0.02f, 0))}, DType::int8, {}, grid(0.2f, -10)));
  for (const Kernels kernels : both) CHECK(run_once<std::int8_t, std::int8_t>(a, {input}, kernels) == run_once<std::int8_t, std::int8_t>(b, {input}, kernels));
}

TEST_CASE("a float layer adds the bias after the sum, then clamps") {
  GraphBuilder build;
  const ValueId x = build.input(DType::float32, {1, 2});
  const ValueId w = build.constant<float>({3, 2}, {1.0f, 2.0f, -1.0f, 0.5f, 3.0f, 3.0f}), b = build.constant<float>({3}, {0.5f, 0.25f, -1.0f});
  const Graph graph = build.graph(build.node(FullyConnected{Activation::relu6, false}, {x, w, b}, DType::float32));
  // 1*1 + 2*1 + 0.5 = 3.5; -1 + 0.5 + 0.25 = -0.25 -> 0; 6 - 1 = 5
  for (const Kernels kernels : both) CHECK(run_once<float, float>(graph, {{1.0f, 1.0f}}, kernels) == std::vector<float>{3.5f, 0.0f, 5.0f});
}

TEST_CASE("float inputs before int8 weights are quantized as they come, symmetrically or over their range") {
  for (const bool is_asymmetric : {false, true}) {
    GraphBuilder build;
    const ValueId x = build.input(DType::float32, {1, 2});
    const ValueId w = build.constant<std::int8_t>({1, 2}, {2, 4}, grid(0.5f, 0)), b = build.constant<float>({1}, {10.0f});
    const Graph graph = build.graph(build.node(FullyConnected{Activation::none, false, is_asymmetric}, {x, w, b}, DType::float32));
    // symmetric, 1/127 a code: 127 and -63.5 -> -64: 127*2 - 64*4 = -2, times 0.5/127. Over [-0.5, 1], 1.5/255 a code: 170 and -85 steps: 340 - 340 = 0.
    for (const Kernels kernels : both)
      CHECK(run_once<float, float>(graph, {{1.0f, -0.5f}}, kernels) == std::vector<float>{is_asymmetric ? 10.0f : 10.0f - 1.0f / 127.0f});
  }
}

TEST_CASE("types without a kernel and grids that cannot be are refused by node and reason") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int8, {1, 2}, grid(1.0f, 0));
  const ValueId w = build.constant<std::int8_t>({3, 2}, std::vector<std::int8_t>(6, 1), grid(1.0f, 0));
  CHECK(test::refusal(build.graph(build.node(FullyConnected{}, {x, w}, DType::float32))) ==
        "byte 0, node 0 'dense_1' (FULLY_CONNECTED): int8 by int8 to float32 has no kernel");
  GraphBuilder without;
  const ValueId x2 = without.input(DType::int8, {1, 2}, grid(1.0f, 0)), w2 = without.constant<std::int8_t>({3, 2}, std::vector<std::int8_t>(6, 1), grid(1.0f, 0));
  CHECK(test::refusal(without.graph(without.node(FullyConnected{}, {x2, w2}, DType::int8))) ==
        "byte 0, node 0 'dense_1' (FULLY_CONNECTED): the output is int8 without a scale");
  GraphBuilder apart;
  const ValueId x3 = apart.input(DType::int8, {1, 2}, grid(1e30f, 0)), w3 = apart.constant<std::int8_t>({3, 2}, std::vector<std::int8_t>(6, 1), grid(1.0f, 0));
  CHECK(test::refusal(apart.graph(apart.node(FullyConnected{}, {x3, w3}, DType::int8, {}, grid(1.0f, 0)))).find("too far apart") != std::string::npos);
}

TEST_CASE("a transposed convolution spreads each pixel over a window; what overlaps adds up") {
  GraphBuilder build;
  const ValueId shape = build.integers({1, 1, 5, 1}), w = build.constant<float>({1, 1, 3, 1}, {1, 10, 100}), x = build.input(DType::float32, {1, 1, 2, 1});
  const ValueId b = build.constant<float>({1}, {0.5f});
  // stride 2: 2 at 0..2, 3 at 2..4
  CHECK(run_once<float, float>(build.graph(build.node(TransposeConv{{Padding::valid, 1, 2, 1, 1}}, {shape, w, x, b}, DType::float32)), {std::vector<float>{2, 3}}) ==
        std::vector<float>{2.5f, 20.5f, 203.5f, 30.5f, 300.5f});
  GraphBuilder codes;
  const ValueId extents = codes.integers({1, 1, 4, 2}), weights = codes.constant<std::int8_t>({2, 1, 3, 1}, {1, 2, 3, -1, -2, -3}, {{0.5f, 1.0f}, {0, 0}, 0});
  const ValueId y = codes.input(DType::int8, {1, 1, 2, 1}, grid(1.0f, 4)), bias = codes.constant<std::int32_t>({2}, {10, 0});
  // x: 2 and 3; SAME of stride 2 pads nothing before 4: 2 4 6+3 6 for channel 0 with bias 12 14 19 16, halved: 6 7 9.5 -> 10 8; channel 1: -2 -4 -9 -6; less 1.
  CHECK(run_once<std::int8_t, std::int8_t>(codes.graph(codes.node(TransposeConv{{Padding::same, 1, 2, 1, 1}}, {extents, weights, y, bias}, DType::int8, {}, grid(1.0f, -1))), {{{6, 7}}}) ==
        std::vector<std::int8_t>{5, -3, 6, -5, 9, -10, 7, -7});
}

TEST_CASE("a transposed convolution whose output could not come from its input is refused") {
  GraphBuilder build;
  const ValueId shape = build.integers({1, 1, 9, 1}), w = build.constant<float>({1, 1, 3, 1}, {1, 10, 100}), x = build.input(DType::float32, {1, 1, 2, 1});
  CHECK(test::refusal(build.graph(build.node(TransposeConv{{Padding::valid, 1, 2, 1, 1}}, {shape, w, x}, DType::float32)))
            .find("an output of 1x1x9x1 would come from an input of 1x1x4x1, not 1x1x2x1") != std::string::npos);
}

TEST_CASE("unsigned codes and weights give what signed ones 128 below give, with one weight scale in float") {
  GraphBuilder build;
  const ValueId x = build.input(DType::uint8, {1, 3}, grid(0.5f, 130)), w = build.constant<std::uint8_t>({2, 3}, {129, 130, 131, 124, 133, 134}, grid(0.25f, 129));
  const ValueId b = build.constant<std::int32_t>({2}, {10, -20});
  // The first case of this file with 128 added to every code.
  for (const Kernels kernels : both)
    CHECK(run_once<std::uint8_t, std::uint8_t>(build.graph(build.node(FullyConnected{}, {x, w, b}, DType::uint8, {}, grid(0.5f, 125))), {{138, 118, 148}}, kernels) ==
          std::vector<std::uint8_t>{134, 120});
}

TEST_CASE("packed 4-bit weights are the same weights") {
  GraphBuilder packed, plain;
  const ValueId x = packed.input(DType::int8, {1, 3}, grid(0.5f, 2));
  // 1, -2, 7, -7, 0: low nibble first
  const ValueId w = packed.constant<std::int8_t>({1, 3}, {1, -2, 7}, grid(0.25f, 0));
  packed.value(w).type = DType::int4;
  packed.value(w).data = std::make_shared<const Bytes>(Bytes{std::byte{0xe1}, std::byte{0x07}});
  const ValueId y = plain.input(DType::int8, {1, 3}, grid(0.5f, 2)), v = plain.constant<std::int8_t>({1, 3}, {1, -2, 7}, grid(0.25f, 0));
  for (const Kernels kernels : both)
    CHECK(run_once<std::int8_t, std::int8_t>(packed.graph(packed.node(FullyConnected{}, {x, w}, DType::int8, {}, grid(0.5f, 0))), {{10, -10, 20}}, kernels) ==
          run_once<std::int8_t, std::int8_t>(plain.graph(plain.node(FullyConnected{}, {y, v}, DType::int8, {}, grid(0.5f, 0))), {{10, -10, 20}}, kernels));
}
