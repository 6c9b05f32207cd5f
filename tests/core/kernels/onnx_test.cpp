// ONNX's own operators against figures worked out by hand from ONNX's definitions.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <vector>

#include "core/run/run.h"

using namespace edgewise;

namespace {

/// A graph of one node, built operand by operand.
struct OneNode {
  Graph graph;
  std::vector<ValueId> operands, results;

  template <class T>
  OneNode& with(const Shape& shape, const std::vector<T>& values) {
    Value value;
    value.type = dtype_of<T>();
    value.shape = shape;
    const auto bytes = std::as_bytes(std::span(values));
    value.data = std::make_shared<const Bytes>(bytes.begin(), bytes.end());
    graph.values.push_back(value);
    operands.push_back(static_cast<ValueId>(graph.values.size() - 1));
    return *this;
  }
  OneNode& without() {
    operands.push_back(no_value);
    return *this;
  }
  OneNode& gives(DType type, const Shape& shape) {
    Value value;
    value.type = type;
    value.shape = shape;
    graph.values.push_back(value);
    results.push_back(static_cast<ValueId>(graph.values.size() - 1));
    graph.outputs.push_back(results.back());
    return *this;
  }
  Result<Runner> run(Op op) {
    graph.nodes.push_back({std::move(op), operands, results});
    auto runner = Runner::prepare(std::make_shared<const Graph>(graph), Kernels::reference);
    if (!runner) {
      MESSAGE(to_text(runner.error()));
      return runner;
    }
    if (auto ok = runner->run(); !ok) MESSAGE(to_text(ok.error()));
    return runner;
  }
};

template <class T>
std::vector<T> output(const Result<Runner>& runner, std::size_t index = 0) {
  if (!runner) return {};
  const auto view = runner->output(index).as<T>();
  return {view.begin(), view.end()};
}

void check_close(const std::vector<float>& got, const std::vector<float>& wanted) {
  CHECK(got.size() == wanted.size());
  for (std::size_t i = 0; i < std::min(got.size(), wanted.size()); ++i) CHECK(got[i] == doctest::Approx(wanted[i]).epsilon(1e-6));
}

}  // namespace

TEST_CASE("a convolution over three axes sums its window, a transposed one spreads it") {
  // 2x2x2 of ones in steps of one over 1..8: one output, the sum 36, plus bias 0.5
  const Window3d cube{.kernel = {2, 2, 2}};
  check_close(output<float>(OneNode().with<float>({1, 2, 2, 2, 1}, {1, 2, 3, 4, 5, 6, 7, 8}).with<float>({1, 2, 2, 2, 1}, std::vector<float>(8, 1)).with<float>({1}, {0.5f}).gives(DType::float32, {1, 1, 1, 1, 1}).run(ConvNd{cube})), {36.5f});
  // [1 2] spread by [1 10] with a stride of 2: 1 10 2 20
  const Window3d spread{.kernel = {1, 1, 2}, .stride = {1, 1, 2}, .output = {1, 1, 4}};
  check_close(output<float>(OneNode().with<float>({1, 1, 1, 2, 1}, {1, 2}).with<float>({1, 1, 1, 2, 1}, {1, 10}).gives(DType::float32, {1, 1, 1, 4, 1}).run(ConvNd{spread, 1, true})), {1, 10, 2, 20});
}

TEST_CASE("sums of bytes leave out their zero points") {
  // (5-3)*(4-2) + (1-3)*(1-2) = 6
  const Window3d pair{.kernel = {1, 1, 2}};
  CHECK(output<std::int32_t>(OneNode().with<std::uint8_t>({1, 1, 1, 2, 1}, {5, 1}).with<std::int8_t>({1, 1, 1, 2, 1}, {4, 1}).with<std::uint8_t>({}, {3}).with<std::int8_t>({}, {2}).gives(DType::int32, {1, 1, 1, 1, 1}).run(ConvInteger{pair})) == std::vector<std::int32_t>{6});
  CHECK(output<std::int32_t>(OneNode().with<std::uint8_t>({1, 2}, {5, 1}).with<std::int8_t>({2, 1}, {4, 1}).with<std::uint8_t>({}, {3}).with<std::int8_t>({}, {2}).gives(DType::int32, {1, 1}).run(MatMulInteger{})) == std::vector<std::int32_t>{6});
}

TEST_CASE("a mean counts its padding when told to, and the largest knows where it stands") {
  // 3 over [0 3 6 0] in windows of 2 with one of padding on both sides: without padding 3, 4.5, 6; with it 1.5, 4.5, 3
  Window3d window{.kernel = {1, 1, 2}, .before = {0, 0, 1}, .after = {0, 0, 1}, .output = {1, 1, 3}};
  check_close(output<float>(OneNode().with<float>({1, 1, 1, 2, 1}, {3, 6}).gives(DType::float32, {1, 1, 1, 3, 1}).run(PoolNd{PoolNd::Kind::average, window, false})), {3, 4.5f, 6});
  check_close(output<float>(OneNode().with<float>({1, 1, 1, 2, 1}, {3, 6}).gives(DType::float32, {1, 1, 1, 3, 1}).run(PoolNd{PoolNd::Kind::average, window, true})), {1.5f, 4.5f, 3});
  // Two channels, stored channels last; indices count as [N,C,D,H,W]: channel 1 begins at 2
  Window3d all{.kernel = {1, 1, 2}};
  const auto largest = OneNode().with<float>({1, 1, 1, 2, 2}, {1, 8, 2, 7}).gives(DType::float32, {1, 1, 1, 1, 2}).gives(DType::int64, {1, 1, 1, 1, 2}).run(PoolNd{PoolNd::Kind::max, all});
  check_close(output<float>(largest), {2, 8});
  CHECK(output<std::int64_t>(largest, 1) == std::vector<std::int64_t>{1, 2});
}

TEST_CASE("codes round half to even and stay inside their type") {
  CHECK(output<std::int8_t>(OneNode().with<float>({5}, {0.5f, 1.5f, 2.5f, -0.5f, 400.0f}).with<float>({}, {1.0f}).with<std::int8_t>({}, {1}).gives(DType::int8, {5}).run(QuantizeLinear{})) == std::vector<std::int8_t>{1, 3, 3, 1, 127});
  // One scale per column: (3-1)*0.5 and (3-2)*2
  check_close(output<float>(OneNode().with<std::uint8_t>({1, 2}, {3, 3}).with<float>({2}, {0.5f, 2.0f}).with<std::uint8_t>({2}, {1, 2}).gives(DType::float32, {1, 2}).run(DequantizeLinear{})), {1, 2});
  // ONNX's example: 0 2 -3 -2.5 1.34 0.5 has a range of 5: scale 5/255, zero point 153
  const auto dynamic = OneNode().with<float>({6}, {0, 2, -3, -2.5f, 1.34f, 0.5f}).gives(DType::uint8, {6}).gives(DType::float32, {}).gives(DType::uint8, {}).run(DynamicQuantizeLinear{});
  CHECK(output<std::uint8_t>(dynamic) == std::vector<std::uint8_t>{153, 255, 0, 26, 221, 179});
  check_close(output<float>(dynamic, 1), {5.0f / 255.0f});
  CHECK(output<std::uint8_t>(dynamic, 2) == std::vector<std::uint8_t>{153});
}

TEST_CASE("functions have the values of their formulas") {
  struct Case { Function function; float x, y; };
  for (const Case& c : {Case{{Function::Kind::hard_sigmoid, 0.2f, 0.5f}, 1.0f, 0.7f}, Case{{Function::Kind::softsign}, -3.0f, -0.75f}, Case{{Function::Kind::thresholded_relu, 2.0f}, 1.5f, 0.0f},
                        Case{{Function::Kind::reciprocal}, 4.0f, 0.25f}, Case{{Function::Kind::sign}, -9.0f, -1.0f}, Case{{Function::Kind::elu, 2.0f}, -1.0f, 2.0f * std::expm1(-1.0f)},
                        Case{{Function::Kind::softplus}, 0.0f, std::log(2.0f)}, Case{{Function::Kind::gelu}, 0.0f, 0.0f}, Case{{Function::Kind::shrink, 0.5f, 0.25f}, 1.0f, 0.75f}})
    check_close(output<float>(OneNode().with<float>({1}, {c.x}).gives(DType::float32, {1}).run(c.function)), {c.y});
}

TEST_CASE("arithmetic of whole numbers is that of their type") {
  using Kind = Binary::Kind;
  const auto of = [](Kind kind, std::vector<std::uint8_t> a, std::vector<std::uint8_t> b) {
    const Shape shape{static_cast<std::int64_t>(a.size())};
    return output<std::uint8_t>(OneNode().with<std::uint8_t>(shape, a).with<std::uint8_t>(shape, b).gives(DType::uint8, shape).run(Binary{kind}));
  };
  CHECK(of(Kind::add, {250, 1}, {10, 2}) == std::vector<std::uint8_t>{4, 3});
  CHECK(of(Kind::div, {7, 9}, {2, 0}) == std::vector<std::uint8_t>{3, 0});
  // Python's mod has the divisor's sign, C's the dividend's
  CHECK(output<std::int32_t>(OneNode().with<std::int32_t>({2}, {-7, 7}).with<std::int32_t>({2}, {3, -3}).gives(DType::int32, {2}).run(Binary{Kind::mod})) == std::vector<std::int32_t>{2, -2});
  CHECK(output<std::int32_t>(OneNode().with<std::int32_t>({2}, {-7, 7}).with<std::int32_t>({2}, {3, -3}).gives(DType::int32, {2}).run(Binary{Kind::fmod})) == std::vector<std::int32_t>{-1, 1});
  check_close(output<float>(OneNode().with<float>({2}, {2, 3}).with<std::int32_t>({}, {3}).gives(DType::float32, {2}).run(Binary{Kind::power})), {8, 27});
  CHECK(output<std::int8_t>(OneNode().with<std::int8_t>({3}, {-5, 0, 5}).with<std::int8_t>({}, {-1}).without().gives(DType::int8, {3}).run(Clip{})) == std::vector<std::int8_t>{-1, 0, 5});
}

TEST_CASE("normalization leaves a mean of zero and a variance of one") {
  // 1 3: mean 2, deviation 1; times 10 plus 5
  const auto layer = OneNode().with<float>({1, 2}, {1, 3}).with<float>({2}, {10, 10}).with<float>({2}, {5, 5}).gives(DType::float32, {1, 2}).gives(DType::float32, {1, 1}).gives(DType::float32, {1, 1}).run(LayerNormalization{-1, 0.0f});
  check_close(output<float>(layer), {-5, 15});
  check_close(output<float>(layer, 1), {2});
  check_close(output<float>(layer, 2), {1});
  // 2 / (1 + 3/1 * 2^2)^0.5 = 2 / sqrt(13)
  check_close(output<float>(OneNode().with<float>({1, 1}, {2}).gives(DType::float32, {1, 1}).run(LocalResponseNormalization{1, 3.0f, 0.5f, 1.0f})), {2.0f / std::sqrt(13.0f)});
}

TEST_CASE("elements are gathered along one axis, negative indices from its end") {
  CHECK(output<std::int32_t>(OneNode().with<std::int32_t>({2, 2}, {1, 2, 3, 4}).with<std::int64_t>({2, 1}, {-1, 0}).gives(DType::int32, {2, 1}).run(GatherElements{1})) == std::vector<std::int32_t>{2, 3});
}

TEST_CASE("linear interpolation of half pixels doubles a line as ONNX does") {
  Resize op;
  op.mode = Resize::Mode::linear;
  op.output = {4};
  op.scale = {2.0f};
  // centres at -0.25, 0.25, 0.75, 1.25 of 1 3
  check_close(output<float>(OneNode().with<float>({2}, {1, 3}).gives(DType::float32, {4}).run(op)), {1, 1.5f, 2.5f, 3});
}

TEST_CASE("a recurrent cell steps through its sequence, in reverse from the end, and stops where the sequence does") {
  // h = relu(x + h): 1, 1+2, 3+3
  Recurrent op;
  op.cell = Recurrent::Cell::rnn;
  op.hidden = 1;
  op.functions = {{Recurrent::Gate::relu}};
  const auto node = [] { return OneNode().with<float>({3, 1, 1}, {1, 2, 3}).with<float>({1, 1, 1}, {1}).with<float>({1, 1, 1}, {1}); };
  const auto ends = [](OneNode one) { return one.gives(DType::float32, {3, 1, 1, 1}).gives(DType::float32, {1, 1, 1}).gives(DType::float32, {1, 1, 1}); };
  const auto forward = ends(node()).run(op);
  check_close(output<float>(forward), {1, 3, 6});
  check_close(output<float>(forward, 1), {6});
  check_close(output<float>(ends(node().without().with<std::int32_t>({1}, {2})).run(op)), {1, 3, 0});
  op.direction = Recurrent::Direction::reverse;
  check_close(output<float>(ends(node()).run(op)), {6, 5, 3});
}
