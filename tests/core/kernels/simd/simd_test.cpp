// The fast kernels against the reference, on random layers of every size that leaves a remainder.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/random.h"
#include "core/kernels/simd/simd.h"
#include "tests/support/graph_builder.h"
#include "tests/support/run.h"

using namespace edgewise;
using test::GraphBuilder;

namespace {

enum class Kind { floats, dynamic_range, int8, int8_seven_bits, int8_asymmetric, uint8, int16, int16_narrow };
constexpr Kind kinds[] = {Kind::floats, Kind::dynamic_range, Kind::int8, Kind::int8_seven_bits, Kind::int8_asymmetric, Kind::uint8, Kind::int16, Kind::int16_narrow};

/// The relaxed dot products that can be tried here: every one where they are emulated, else what the machine has and what every machine has.
std::vector<kernels::RelaxedDot> relaxed_dots() {
  using enum kernels::RelaxedDot;
#if defined(__wasm_relaxed_simd__)
  return {none, i7, kernels::simd::relaxed_dot_of_this_machine()};
#else
  return {none, i7, unsigned_exact, signed_exact};
#endif
}

template <class T>
std::vector<T> codes(Random& random, std::uint64_t count, std::int64_t low, std::int64_t high) {
  std::vector<T> out(count);
  for (T& code : out) code = static_cast<T>(low + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(high - low + 1))));
  return out;
}

std::vector<float> reals(Random& random, std::uint64_t count) {
  std::vector<float> out(count);
  for (float& real : out) real = static_cast<float>(random.uniform(-1.0, 1.0));
  return out;
}

/// One layer of this kind with random weights and bias, some of its scales per channel.
Graph layer(Kind kind, Random& random, const Op& op, const Shape& input, const Shape& weights, int channel_axis) {
  GraphBuilder build;
  const std::int64_t channels = weights[channel_axis];
  const std::uint64_t count = weights.elements();
  if (kind == Kind::floats) {
    const ValueId x = build.input(DType::float32, input);
    const ValueId w = build.constant<float>(weights, reals(random, count)), b = build.constant<float>({channels}, reals(random, static_cast<std::uint64_t>(channels)));
    return build.graph(build.node(op, {x, w, b}, DType::float32));
  }
  if (kind == Kind::dynamic_range) {
    Quantization grid;
    grid.axis = channel_axis;
    const std::size_t scales = random.below(2) == 0 ? 1 : static_cast<std::size_t>(channels);
    for (std::size_t c = 0; c < scales; ++c) grid.scale.push_back(static_cast<float>(random.uniform(0.001, 0.02)));
    grid.zero_point.assign(scales, 0);
    std::vector<ValueId> inputs = {build.input(DType::float32, input), build.constant<std::int8_t>(weights, codes<std::int8_t>(random, count, -127, 127), grid)};
    if (random.below(3) > 0) inputs.push_back(build.constant<float>({channels}, reals(random, static_cast<std::uint64_t>(channels))));
    return build.graph(build.node(op, inputs, DType::float32));
  }
  if (kind == Kind::uint8) {   // one grid for all weights, as the old files have it
    const auto grid = [&](double scale) { return test::grid(static_cast<float>(scale * random.uniform(0.5, 2.0)), static_cast<std::int32_t>(random.below(256))); };
    std::vector<ValueId> inputs = {build.input(DType::uint8, input, grid(0.05)), build.constant<std::uint8_t>(weights, codes<std::uint8_t>(random, count, 0, 255), grid(0.01))};
    if (random.below(3) > 0) inputs.push_back(build.constant<std::int32_t>({channels}, codes<std::int32_t>(random, static_cast<std::uint64_t>(channels), -3000, 3000)));
    return build.graph(build.node(op, inputs, DType::uint8, {}, grid(0.04)));
  }
  const bool is_wide = kind == Kind::int16 || kind == Kind::int16_narrow;
  const DType type = is_wide ? DType::int16 : DType::int8;
  const auto zero = [&] { return is_wide ? 0 : static_cast<std::int32_t>(random.below(256)) - 128; };
  const ValueId x = build.input(type, input, test::grid(0.05f, zero()));
  Quantization grid;
  grid.axis = channel_axis;
  const std::size_t scales = random.below(2) == 0 ? 1 : static_cast<std::size_t>(channels);
  for (std::size_t c = 0; c < scales; ++c) {
    grid.scale.push_back(static_cast<float>(random.uniform(0.001, 0.02)));
    grid.zero_point.push_back(kind == Kind::int8_asymmetric ? static_cast<std::int32_t>(random.below(256)) - 128 : 0);
  }
  const int bits = kind == Kind::int8_seven_bits ? 7 : 8;
  const ValueId w = build.constant<std::int8_t>(weights, codes<std::int8_t>(random, count, -(1 << (bits - 1)), (1 << (bits - 1)) - 1), grid);
  std::vector<ValueId> inputs = {x, w};
  if (kind == Kind::int16) inputs.push_back(build.constant<std::int64_t>({channels}, codes<std::int64_t>(random, static_cast<std::uint64_t>(channels), -100000, 100000)));
  else if (random.below(3) > 0) inputs.push_back(build.constant<std::int32_t>({channels}, codes<std::int32_t>(random, static_cast<std::uint64_t>(channels), -3000, 3000)));
  return build.graph(build.node(op, inputs, type, {}, test::grid(0.04f, zero())));
}

template <class T>
void compare(const Graph& graph, const std::vector<T>& input) {
  const auto slow = test::run_once<T, T>(graph, {input}, Kernels::reference);
  const std::vector<kernels::RelaxedDot> dots = std::is_same_v<T, std::int8_t> ? relaxed_dots() : std::vector{kernels::RelaxedDot::none};
  for (const kernels::RelaxedDot dot : dots) {
    CAPTURE(static_cast<int>(dot));
    const auto fast = test::run_once<T, T>(graph, {input}, Kernels::fast, dot);
    CHECK(fast.size() == slow.size());
    CHECK(std::memcmp(fast.data(), slow.data(), std::min(fast.size(), slow.size()) * sizeof(T)) == 0);
  }
}

void compare(Kind kind, Random& random, const Graph& graph) {
  const std::uint64_t count = graph.values[0].shape.elements();
  if (kind == Kind::floats || kind == Kind::dynamic_range) return compare(graph, reals(random, count));
  if (kind == Kind::int8 || kind == Kind::int8_seven_bits || kind == Kind::int8_asymmetric) return compare(graph, codes<std::int8_t>(random, count, -128, 127));
  if (kind == Kind::uint8) return compare(graph, codes<std::uint8_t>(random, count, 0, 255));
  // With narrow accumulators the reference's sums must fit as well: check() refuses what could overflow, so weights are few enough here.
  return compare(graph, codes<std::int16_t>(random, count, -32768, 32767));
}

std::int64_t pick(Random& random, std::initializer_list<std::int64_t> from) { return *(from.begin() + random.below(from.size())); }

Window window(Random& random) {
  const auto small = [&] { return static_cast<int>(1 + random.below(3)); };
  return {random.below(2) == 0 ? Padding::same : Padding::valid, small(), small(), small(), small()};
}

Activation activation(Random& random) {
  const Activation all[] = {Activation::none, Activation::relu, Activation::relu6, Activation::relu_n1_to_1};
  return all[random.below(4)];
}

}  // namespace

TEST_CASE("fast dense layers equal the reference at every size") {
  for (const Kind kind : kinds)
    for (const std::int64_t size : {1, 2, 3, 5, 7, 8, 15, 16, 17, 31, 33})
      for (std::uint64_t seed = 0; seed < 3; ++seed) {
        CAPTURE(static_cast<int>(kind));
        CAPTURE(size);
        CAPTURE(seed);
        Random random(seed * 1000 + static_cast<std::uint64_t>(size));
        const std::int64_t outputs = pick(random, {1, 2, 3, 5, 7, 8, 9, 15, 16, 17}), rows = pick(random, {1, 2, 3, 4, 5, 9});
        compare(kind, random, layer(kind, random, FullyConnected{activation(random), false, random.below(2) == 0}, {rows, size}, {outputs, size}, 0));
      }
}

TEST_CASE("fast convolutions equal the reference for strides, dilations, padding and odd channels") {
  for (const Kind kind : kinds)
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
      CAPTURE(static_cast<int>(kind));
      CAPTURE(seed);
      Random random(seed);
      const std::int64_t depth = pick(random, {1, 2, 3, 5, 8}), groups = pick(random, {1, 1, 1, 2, 3}), outputs = groups * pick(random, {1, 3, 7, 8, 9, 16, 17});
      const std::int64_t kh = pick(random, {1, 1, 2, 3}), kw = pick(random, {1, 1, 2, 3, 4});
      const Shape input{pick(random, {1, 2}), pick(random, {7, 8, 11}), pick(random, {10, 13}), depth * groups};
      compare(kind, random, layer(kind, random, Conv2d{window(random), activation(random)}, input, {outputs, kh, kw, depth}, 0));
    }
}

TEST_CASE("fast depthwise convolutions equal the reference for strides, dilations, padding, odd channels and multipliers") {
  for (const Kind kind : kinds)
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
      CAPTURE(static_cast<int>(kind));
      CAPTURE(seed);
      Random random(seed);
      const std::int64_t channels = pick(random, {1, 2, 3, 7, 8, 9, 16, 17}), multiplier = pick(random, {1, 1, 1, 2, 3, 8});
      const std::int64_t kh = pick(random, {1, 2, 3}), kw = pick(random, {1, 2, 3, 4});
      const Shape input{pick(random, {1, 2}), pick(random, {7, 8, 11}), pick(random, {10, 13}), channels};
      const DepthwiseConv2d op{window(random), static_cast<int>(multiplier), activation(random)};
      compare(kind, random, layer(kind, random, op, input, {1, kh, kw, channels * multiplier}, 3));
    }
}

TEST_CASE("a convolution of single positions is the same product for few pixels and many") {
  for (const Kind kind : kinds)
    for (std::int64_t pixels = 1; pixels <= 14; ++pixels) {
      CAPTURE(static_cast<int>(kind));
      CAPTURE(pixels);
      Random random(static_cast<std::uint64_t>(pixels));
      compare(kind, random, layer(kind, random, Conv2d{{}, activation(random)}, {1, 1, pixels, 21}, {35, 1, 1, 21}, 0));
    }
}

namespace {

/// Codes of type T of two inputs on grids of any ratio, one node over both.
template <class T>
void compare_sums(DType type, const Op& op, std::uint64_t seed) {
  Random random(seed);
  GraphBuilder build;
  constexpr std::int32_t lowest = std::numeric_limits<T>::lowest(), highest = std::numeric_limits<T>::max();
  const Shape shape{1, 3, pick(random, {1, 5, 8, 11}), pick(random, {1, 7, 16, 33})};
  const auto grid = [&] { return test::grid(static_cast<float>(std::exp(random.uniform(-4.0, 4.0))), static_cast<std::int32_t>(random.below(256)) + lowest); };
  const ValueId a = build.input(type, shape, grid()), b = build.input(type, shape, grid());
  const Graph graph = build.graph(build.node(op, {a, b}, type, {}, grid()));
  const std::vector<std::vector<T>> inputs = {codes<T>(random, shape.elements(), lowest, highest), codes<T>(random, shape.elements(), lowest, highest)};
  CHECK(test::run_once<T>(graph, inputs, Kernels::fast) == test::run_once<T>(graph, inputs, Kernels::reference));
}

}  // namespace

TEST_CASE("fast sums, differences and products equal the reference whatever the three grids are to each other") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    for (const Op& op : {Op(Add{activation(random)}), Op(Sub{activation(random)}), Op(Mul{activation(random)})}) {
      compare_sums<std::int8_t>(DType::int8, op, seed);
      compare_sums<std::uint8_t>(DType::uint8, op, seed);
    }
  }
}

TEST_CASE("fast sums and differences of floats are the reference's floats at every size") {
  for (std::int64_t size = 1; size <= 33; ++size) {
    CAPTURE(size);
    Random random(static_cast<std::uint64_t>(size));
    for (const Op& op : {Op(Add{activation(random)}), Op(Sub{activation(random)})}) {
      GraphBuilder build;
      const ValueId a = build.input(DType::float32, {size}), b = build.input(DType::float32, {size});
      const Graph graph = build.graph(build.node(op, {a, b}, DType::float32));
      const std::vector<std::vector<float>> inputs = {reals(random, static_cast<std::uint64_t>(size)), reals(random, static_cast<std::uint64_t>(size))};
      CHECK(test::run_once<float>(graph, inputs, Kernels::fast) == test::run_once<float>(graph, inputs, Kernels::reference));
    }
  }
}

TEST_CASE("sums, differences and products with a constant that repeats equal the reference: one number, one for each channel or for each place, on either side") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const std::int64_t rows = pick(random, {1, 2, 40}), channels = pick(random, {1, 3, 8, 33, 100});
    const Shape shape{1, rows, channels};
    for (const Shape& repeated : {Shape{}, Shape{1}, Shape{channels}, Shape{1, 1, channels}, Shape{rows, channels}, Shape{rows, 1}}) {
      CAPTURE(to_text(repeated));
      const bool is_first = random.below(2) == 0;
      const auto ordered = [&](ValueId x, ValueId c) { return is_first ? std::vector<ValueId>{c, x} : std::vector<ValueId>{x, c}; };
      for (const Op& op : {Op(Add{activation(random)}), Op(Sub{activation(random)}), Op(Mul{activation(random)})}) {
        GraphBuilder build, of_reals;
        const ValueId x = build.input(DType::int8, shape, test::grid(0.1f, 3)), r = of_reals.input(DType::float32, shape);
        const ValueId c = build.constant<std::int8_t>(repeated, codes<std::int8_t>(random, repeated.elements(), -128, 127), test::grid(0.037f, -5));
        const ValueId k = of_reals.constant<float>(repeated, reals(random, repeated.elements()));
        compare(build.graph(build.node(op, ordered(x, c), DType::int8, shape, test::grid(0.2f, 1))), codes<std::int8_t>(random, shape.elements(), -128, 127));
        compare(of_reals.graph(of_reals.node(op, ordered(r, k), DType::float32, shape)), reals(random, shape.elements()));
      }
    }
  }
}

TEST_CASE("a fast sum of every pair of codes equals the reference") {
  for (const float scale : {0.5f, 0.11f, 0.1f, 0.037f}) {   // with equal scales many sums fall on the middle between two codes
    GraphBuilder build;
    const Shape shape{256, 256};
    const ValueId a = build.input(DType::int8, shape, test::grid(0.1f, 3)), b = build.input(DType::int8, shape, test::grid(scale, -5));
    const Graph graph = build.graph(build.node(Add{}, {a, b}, DType::int8, {}, test::grid(0.2f, 1)));
    std::vector<std::vector<std::int8_t>> inputs(2);
    for (int i = 0; i < 256 * 256; ++i) {
      inputs[0].push_back(static_cast<std::int8_t>(i % 256 - 128));
      inputs[1].push_back(static_cast<std::int8_t>(i / 256 - 128));
    }
    CHECK(test::run_once<std::int8_t>(graph, inputs, Kernels::fast) == test::run_once<std::int8_t>(graph, inputs, Kernels::reference));
  }
}

TEST_CASE("fast pooling equals the reference for strides, padding and odd channels") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    Window moves = window(random);
    moves.dilation_h = moves.dilation_w = 1;
    const int kh = static_cast<int>(pick(random, {1, 2, 3, 7})), kw = static_cast<int>(pick(random, {1, 2, 5}));
    const Shape input{pick(random, {1, 2}), pick(random, {7, 8, 11}), pick(random, {10, 13}), pick(random, {1, 3, 8, 17, 33})};
    const std::uint64_t count = input.elements();
    for (const Op& op : {Op(AvgPool2d{moves, kh, kw, activation(random)}), Op(MaxPool2d{moves, kh, kw, activation(random)})}) {
      const auto zero = static_cast<std::int32_t>(random.below(256));
      const Quantization grid = test::grid(0.05f, zero - 128), old_grid = test::grid(0.05f, zero);
      GraphBuilder codes_build, old_build, reals_build;
      const ValueId x = codes_build.input(DType::int8, input, grid), u = old_build.input(DType::uint8, input, old_grid), r = reals_build.input(DType::float32, input);
      compare(codes_build.graph(codes_build.node(op, {x}, DType::int8, {}, grid)), codes<std::int8_t>(random, count, -128, 127));
      compare(old_build.graph(old_build.node(op, {u}, DType::uint8, {}, old_grid)), codes<std::uint8_t>(random, count, 0, 255));
      compare(reals_build.graph(reals_build.node(op, {r}, DType::float32)), reals(random, count));
    }
  }
}

TEST_CASE("the mean of the largest codes is the largest code, however wide the window") {
  for (const std::int64_t width : {1, 127, 128, 129, 300}) {
    GraphBuilder build;
    const Quantization grid = test::grid(0.05f, 0);
    const ValueId x = build.input(DType::uint8, {1, 3, width, 8}, grid);
    const Graph graph = build.graph(build.node(AvgPool2d{{Padding::valid, 1, 1, 1, 1}, 3, static_cast<int>(width), Activation::none}, {x}, DType::uint8, {}, grid));
    const std::vector<std::vector<std::uint8_t>> largest = {std::vector<std::uint8_t>(static_cast<std::size_t>(24 * width), 255)};
    CHECK(test::run_once<std::uint8_t>(graph, largest, Kernels::fast) == std::vector<std::uint8_t>(8, 255));
  }
}

/// Calls check(T{}) for each kind of codes.
template <class Check>
void for_each_code_type(Check check) {
  check(std::int8_t{});
  check(std::uint8_t{});
  check(std::int16_t{});
}

TEST_CASE("fast rounding onto a grid equals the reference for every kind of codes: ties, what is out of range, what is not a number") {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  constexpr float odd[] = {0.0f, -0.0f, 0.49999997f, -0.49999997f, 3e38f, -3e38f, infinity, -infinity, std::numeric_limits<float>::quiet_NaN()};
  Random random(29);
  for_each_code_type([&]<class T>(T) {
    for (std::int64_t count = 1; count <= 33; ++count) {
      const auto scale = static_cast<float>(random.uniform(0.001, 2.0));
      const auto zero_point = codes<T>(random, 1, std::numeric_limits<T>::lowest(), std::numeric_limits<T>::max()).front();
      GraphBuilder build;
      const Graph graph = build.graph(build.node(Quantize{}, {build.input(DType::float32, {count})}, dtype_of<T>(), {}, test::grid(scale, zero_point)));
      std::vector<float> x = reals(random, static_cast<std::uint64_t>(count));
      for (std::size_t i = 0; i < x.size(); ++i) x[i] = i % 3 == 0 ? odd[random.below(std::size(odd))] : i % 3 == 1 ? (std::round(x[i] * 100.0f) + 0.5f) * scale : x[i] * 100.0f * scale;
      CAPTURE(count);
      CHECK(test::run_once<T, float>(graph, {x}, Kernels::fast) == test::run_once<T, float>(graph, {x}, Kernels::reference));
    }
  });
}

TEST_CASE("every code of 8 and of 16 bits becomes the reference's float, with scales down to the smallest there is") {
  for_each_code_type([]<class T>(T) {
    std::vector<T> all;
    for (int code = std::numeric_limits<T>::lowest(); code <= std::numeric_limits<T>::max(); ++code) all.push_back(static_cast<T>(code));
    for (const float scale : {0.0235294f, 1e-38f, 1.4e-45f, 3e30f})
      for (const T zero_point : {all.front(), all[all.size() / 2], all[all.size() - 4]}) {
        GraphBuilder build;
        const ValueId x = build.input(dtype_of<T>(), {static_cast<std::int64_t>(all.size())}, test::grid(scale, zero_point));
        const Graph graph = build.graph(build.node(Dequantize{}, {x}, DType::float32));
        CHECK(test::run_once<float, T>(graph, {all}, Kernels::fast) == test::run_once<float, T>(graph, {all}, Kernels::reference));
      }
  });
}

TEST_CASE("fast padding equals the reference whichever axes are padded") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    GraphBuilder build;
    Shape shape;
    std::vector<std::int32_t> paddings;
    for (std::uint64_t rank = 1 + random.below(4); rank > 0; --rank) {
      shape.push(rank == 1 ? pick(random, {1, 2, 5, 16, 33, 1100}) : pick(random, {1, 2, 5}));
      for (int side = 0; side < 2; ++side) paddings.push_back(random.below(2) == 0 ? 0 : static_cast<std::int32_t>(random.below(4)));
    }
    const Quantization grid = test::grid(0.1f, static_cast<std::int32_t>(random.below(256)) - 128);
    const ValueId x = build.input(DType::int8, shape, grid), sides = build.constant<std::int32_t>({shape.rank(), 2}, paddings);
    compare(build.graph(build.node(Pad{}, {x, sides}, DType::int8, {}, grid)), codes<std::int8_t>(random, shape.elements(), -128, 127));
    GraphBuilder of_reals;
    const ValueId r = of_reals.input(DType::float32, shape), around = of_reals.constant<std::int32_t>({shape.rank(), 2}, paddings);
    compare(of_reals.graph(of_reals.node(Pad{}, {r, around}, DType::float32)), reals(random, shape.elements()));
  }
}

namespace {

struct LstmExtents {
  std::int64_t time, batch, inputs, cells;
};

ValueId variable(GraphBuilder& build, DType type, const Shape& shape, const Quantization& grid) {
  const ValueId id = type == DType::float32 ? build.constant<float>(shape, std::vector<float>(shape.elements()))
                     : type == DType::int8  ? build.constant<std::int8_t>(shape, std::vector<std::int8_t>(shape.elements()), grid)
                                            : build.constant<std::int16_t>(shape, std::vector<std::int16_t>(shape.elements()), grid);
  build.value(id).data = nullptr;
  build.value(id).is_variable = true;
  return id;
}

/// An LSTM of four gates as Keras makes them, int8 or float, sometimes with a clip. Scales are such that gates and cells saturate now and then.
Graph lstm(Random& random, bool is_float, const LstmExtents& e) {
  GraphBuilder build;
  UnidirectionalSequenceLstm op;
  op.is_time_major = random.below(2) == 0;
  op.cell_clip = random.below(3) == 0 ? 0.9f : 0.0f;
  const auto zero = [&] { return static_cast<std::int32_t>(random.below(256)) - 128; };
  const Shape x = op.is_time_major ? Shape{e.time, e.batch, e.inputs} : Shape{e.batch, e.time, e.inputs};
  const DType type = is_float ? DType::float32 : DType::int8;
  const Quantization state_grid = test::grid(0x1p-7f, zero());
  std::vector<ValueId> inputs(20, no_value);
  inputs[0] = build.input(type, x, is_float ? Quantization{} : test::grid(0.02f, zero()));
  for (std::size_t gate = 0; gate < 4; ++gate)
    for (const auto& [position, depth] : {std::pair{1 + gate, e.inputs}, {5 + gate, e.cells}, {12 + gate, std::int64_t{0}}}) {
      const Shape shape = depth == 0 ? Shape{e.cells} : Shape{e.cells, depth};
      const std::uint64_t count = shape.elements();
      const Quantization grid = test::grid(static_cast<float>(random.uniform(0.002, 0.03)), 0);
      inputs[position] = is_float     ? build.constant<float>(shape, reals(random, count))
                         : depth == 0 ? build.constant<std::int32_t>(shape, codes<std::int32_t>(random, count, -9000, 9000))
                                      : build.constant<std::int8_t>(shape, codes<std::int8_t>(random, count, -127, 127), grid);
    }
  inputs[18] = variable(build, type, {e.batch, e.cells}, state_grid);
  const auto exponent = -9 - static_cast<int>(random.below(7));
  inputs[19] = variable(build, is_float ? DType::float32 : DType::int16, {e.batch, e.cells}, test::grid(std::ldexp(1.0f, exponent), 0));
  const ValueId hidden = build.constant<std::int8_t>({1}, {0}, state_grid);
  Graph graph = build.graph(build.node(op, inputs, type, {}, state_grid));
  if (!is_float) graph.nodes[0].intermediates = {no_value, no_value, no_value, no_value, hidden};
  return graph;
}

/// The outputs of `runs` runs, one after another; what the LSTM remembers goes from one to the next.
template <class T>
std::vector<T> outputs_of(Graph graph, const std::vector<T>& input, int runs, Kernels kernels) {
  const auto shapes = infer_shapes(graph);
  CHECK_MESSAGE(shapes.has_value(), (shapes ? "" : to_text(shapes.error())));
  auto runner = Runner::prepare(std::make_shared<const Graph>(std::move(graph)), kernels);
  CHECK_MESSAGE(runner.has_value(), (runner ? "" : to_text(runner.error())));
  std::vector<T> all;
  for (int run = 0; runner && run < runs; ++run) {
    std::memcpy(runner->input(0).data(), input.data(), input.size() * sizeof(T));
    runner->run();
    const auto out = runner->output(0).as<T>();
    all.insert(all.end(), out.begin(), out.end());
  }
  return all;
}

template <class T>
void compare_lstm(Random& random, const LstmExtents& extents) {
  const Graph graph = lstm(random, std::is_same_v<T, float>, extents);
  const std::uint64_t count = graph.values[0].shape.elements();
  std::vector<T> input;
  if constexpr (std::is_same_v<T, float>) input = reals(random, count);
  else input = codes<T>(random, count, -128, 127);
  const auto slow = outputs_of(graph, input, 2, Kernels::reference), fast = outputs_of(graph, input, 2, Kernels::fast);
  CHECK(fast.size() == 2 * static_cast<std::size_t>(extents.time * extents.batch * extents.cells));
  CHECK(fast.size() == slow.size());
  CHECK(std::memcmp(fast.data(), slow.data(), std::min(fast.size(), slow.size()) * sizeof(T)) == 0);
}

}  // namespace

TEST_CASE("a fast LSTM equals the reference at every size, step for step and from run to run") {
  for (const std::int64_t size : {1, 2, 3, 5, 7, 8, 15, 16, 17, 31, 33})
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
      CAPTURE(size);
      CAPTURE(seed);
      Random random(seed * 100 + static_cast<std::uint64_t>(size));
      const LstmExtents extents{pick(random, {1, 2, 5, 6, 11}), pick(random, {1, 1, 3}), pick(random, {1, 3, 8, 14, 33}), size};
      compare_lstm<std::int8_t>(random, extents);
      compare_lstm<float>(random, extents);
    }
}

TEST_CASE("16-bit layers too deep for 32-bit sums fall back and stay right") {
  Random random(5);
  compare(Kind::int16, random, layer(Kind::int16, random, FullyConnected{}, {1, 3000}, {3, 3000}, 0));  // 3000 * 127 * 32768 > 2^31
}

TEST_CASE("padding out of proportion falls back to the reference instead of taking memory") {
  Random random(6);
  Window far{Padding::same, 1, 1, 1 << 20, 1 << 20};
  compare(Kind::int8, random, layer(Kind::int8, random, Conv2d{far, Activation::none}, {1, 4, 4, 2}, {3, 3, 3, 2}, 0));
}
