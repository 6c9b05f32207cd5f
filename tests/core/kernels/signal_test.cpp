// TensorFlow Lite Micro's signal operators, each by hand or against the function it stands for. (The audio preprocessor of the corpus runs ten of them together.)
#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "core/base/random.h"
#include "core/graph/infer.h"
#include "tests/support/graph_builder.h"
#include "tests/support/run.h"

using namespace edgewise;
using test::GraphBuilder;
using test::run_once;

namespace {

using Samples = std::vector<std::int16_t>;

/// A graph of one operator with two outputs, made ready.
struct Two {
  Runner runner;
  template <class T>
  std::vector<T> output(std::size_t index) const {
    const auto out = runner.output(index).as<T>();
    return {out.begin(), out.end()};
  }
};
std::optional<Two> two_outputs(GraphBuilder& build, Op op, std::vector<ValueId> inputs, std::pair<DType, Shape> first, std::pair<DType, Shape> second) {
  const auto ids = build.node_with(std::move(op), std::move(inputs), {first, second});
  Graph graph = build.graph(ids[0]);
  graph.outputs = ids;
  const auto ok = infer_shapes(graph);
  CHECK_MESSAGE(ok.has_value(), (ok ? "" : to_text(ok.error())));
  if (!ok) return {};
  auto runner = Runner::prepare(std::make_shared<const Graph>(std::move(graph)));
  CHECK_MESSAGE(runner.has_value(), (runner ? "" : to_text(runner.error())));
  if (!runner) return {};
  return Two{std::move(*runner)};
}

template <class T>
void feed(Runner& runner, const std::vector<T>& input) {
  CHECK(runner.input(0).size() == input.size() * sizeof(T));
  std::memcpy(runner.input(0).data(), input.data(), input.size() * sizeof(T));
  CHECK(runner.run().has_value());
}

}  // namespace

TEST_CASE("SignalWindow multiplies, shifts toward minus infinity and saturates") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int16, {4});
  const Graph graph = build.graph(build.node(SignalWindow{2}, {x, build.constant<std::int16_t>({2}, {3, 32767})}, DType::int16));
  CHECK(run_once<std::int16_t, std::int16_t>(graph, {{5, 32767, -5, -32768}}) == Samples{3, 32767, -4, -32768});   // 15/4, -15/4
}

TEST_CASE("SignalFftAutoScale uses the room that is left, and silence has none to give") {
  for (const auto& [x, y, bits] : {std::tuple{Samples{1, -5, 3}, Samples{4096, -20480, 12288}, 12}, std::tuple{Samples{16384, 0, -1}, Samples{16384, 0, -1}, 0},
                                   std::tuple{Samples{0, 0, 0}, Samples{0, 0, 0}, 0}}) {
    GraphBuilder build;
    auto two = two_outputs(build, SignalFftAutoScale{}, {build.input(DType::int16, {3})}, {DType::int16, {}}, {DType::int32, {}});
    if (!two) return;
    feed(two->runner, x);
    CHECK(two->output<std::int16_t>(0) == y);
    CHECK(two->output<std::int32_t>(1) == std::vector<std::int32_t>{bits});
  }
}

TEST_CASE("SignalRfft is the discrete Fourier transform, in integers divided by its length, at lengths with the factors 2, 3 and 5") {
  for (const int length : {4, 8, 16, 30, 60, 64, 512}) {
    CAPTURE(length);
    Random random(static_cast<std::uint64_t>(length));
    std::vector<float> reals;
    Samples samples;
    for (int i = 0; i < length; ++i) {
      samples.push_back(static_cast<std::int16_t>(static_cast<int>(random.below(65536)) - 32768));
      reals.push_back(samples.back());
    }
    GraphBuilder of_reals, of_samples;
    const auto in_float = run_once<float, float>(of_reals.graph(of_reals.node(SignalRfft{length}, {of_reals.input(DType::float32, {length})}, DType::float32)), {reals});
    const auto in_int16 = run_once<std::int16_t, std::int16_t>(of_samples.graph(of_samples.node(SignalRfft{length}, {of_samples.input(DType::int16, {length})}, DType::int16)), {samples});
    REQUIRE(in_float.size() == static_cast<std::size_t>(length) + 2);
    REQUIRE(in_int16.size() == in_float.size());
    for (int bin = 0; bin <= length / 2; ++bin) {
      double re = 0, im = 0;
      for (int i = 0; i < length; ++i) {
        const double phase = -2.0 * std::numbers::pi * bin * i / length;
        re += samples[static_cast<std::size_t>(i)] * std::cos(phase);
        im += samples[static_cast<std::size_t>(i)] * std::sin(phase);
      }
      const auto at = 2 * static_cast<std::size_t>(bin);
      CAPTURE(bin);
      CHECK(std::abs(static_cast<double>(in_float[at]) - re) < 1e-4 * 32768 * length);
      CHECK(std::abs(static_cast<double>(in_float[at + 1]) - im) < 1e-4 * 32768 * length);
      CHECK(std::abs(in_int16[at] - re / length) < 8);     // one rounding for each of its stages
      CHECK(std::abs(in_int16[at + 1] - im / length) < 8);
    }
  }
}

TEST_CASE("SignalIrfft undoes SignalRfft: on floats times half the length, as the source scales it") {
  constexpr int length = 60;
  Random random(5);
  std::vector<float> reals;
  for (int i = 0; i < length; ++i) reals.push_back(static_cast<float>(random.normal()));
  GraphBuilder build;
  const ValueId bins = build.node(SignalRfft{length}, {build.input(DType::float32, {length})}, DType::float32);
  const auto back = run_once<float, float>(build.graph(build.node(SignalIrfft{length}, {bins}, DType::float32)), {reals});
  REQUIRE(back.size() == reals.size());
  for (std::size_t i = 0; i < back.size(); ++i) CHECK(back[i] == doctest::Approx(reals[i] * length).epsilon(1e-3));
}

TEST_CASE("a transform with another factor, or an odd length, is refused by name") {
  const auto refusal_of = [](int length) {
    GraphBuilder build;
    return test::refusal(build.graph(build.node(SignalRfft{length}, {build.input(DType::int16, {4})}, DType::int16)));
  };
  CHECK(refusal_of(14).find("half of fft_length 14 has factors other than 2, 3 and 5") != std::string::npos);
  CHECK(refusal_of(9).find("fft_length is 9, it must be even") != std::string::npos);
}

TEST_CASE("SignalEnergy is the squared magnitude of the bins it is asked for") {
  GraphBuilder build;
  const ValueId x = build.input(DType::int16, {6});
  CHECK(run_once<std::uint32_t, std::int16_t>(build.graph(build.node(SignalEnergy{1, 3}, {x}, DType::uint32)), {{1, 1, 3, -4, -32768, -32768}}) ==
        std::vector<std::uint32_t>{0, 25, 2147483648u});
}

TEST_CASE("SignalFilterBank gives each bin to two channels, and the channel before the first is dropped") {
  GraphBuilder build;
  const ValueId x = build.input(DType::uint32, {4});
  const auto list = [&](const Samples& numbers) { return build.constant<std::int16_t>({static_cast<std::int64_t>(numbers.size())}, numbers); };
  const std::vector<ValueId> inputs{x, list({1, 2, 3, 4}), list({9, 8, 7, 6}), list({0, 1, 3}), list({0, 1, 3}), list({1, 2, 1})};
  const Graph graph = build.graph(build.node(SignalFilterBank{2}, inputs, DType::uint64));
  // channel 0: 9*10 handed on, then 2*20 + 3*30;  channel 1: 8*20 + 7*30 handed on, then 4*40
  CHECK(run_once<std::uint64_t, std::uint32_t>(graph, {{10, 20, 30, 40}}) == std::vector<std::uint64_t>{220, 530});
  Graph shaped = graph;
  REQUIRE(infer_shapes(shaped).has_value());
  CHECK(macs_of(shaped, shaped.nodes[0]).macs == 8);
}

TEST_CASE("a filter bank that reads outside its bins is refused") {
  GraphBuilder build;
  const ValueId x = build.input(DType::uint32, {4});
  const auto list = [&](const Samples& numbers) { return build.constant<std::int16_t>({static_cast<std::int64_t>(numbers.size())}, numbers); };
  const std::vector<ValueId> inputs{x, list({1, 2, 3, 4}), list({9, 8, 7, 6}), list({0, 3}), list({0, 0}), list({1, 2})};
  CHECK(test::refusal(build.graph(build.node(SignalFilterBank{1}, inputs, DType::uint64))).find("channel 1 reads 2 bins from 3") != std::string::npos);
}

TEST_CASE("SignalFilterBankSquareRoot is the nearest root, then the scale bits are taken off") {
  const std::vector<std::uint64_t> squares{0, 1, 2, 6, 7, 99, 10000, 0xfffffffffull, 0xffffffffffffffffull};
  for (const int bits : {0, 1}) {
    GraphBuilder build;
    const ValueId x = build.input(DType::uint64, {9});
    const Graph graph = build.graph(build.node(SignalFilterBankSquareRoot{}, {x, build.integers({bits})}, DType::uint32));
    const auto roots = run_once<std::uint32_t, std::uint64_t>(graph, {squares});
    REQUIRE(roots.size() == squares.size());
    for (std::size_t i = 0; i < roots.size(); ++i) {
      const double root = std::min(std::round(std::sqrt(static_cast<double>(squares[i]))), 4294967295.0);
      CHECK(roots[i] == static_cast<std::uint32_t>(root) >> bits);
    }
  }
}

TEST_CASE("SignalFilterBankSpectralSubtraction follows the noise slowly and leaves a part of the signal") {
  // Half of the signal enters the estimate at once (even channel), a quarter on odd ones; at least 1/4 of the signal remains. Scale 2^2.
  GraphBuilder build;
  SignalFilterBankSpectralSubtraction op;
  op.channels = 2;
  op.subtraction_bits = 2;
  op.smoothing = 2, op.one_minus_smoothing = 2, op.alternate_smoothing = 1, op.alternate_one_minus_smoothing = 3, op.min_signal_remaining = 1;
  auto two = two_outputs(build, op, {build.input(DType::uint32, {2})}, {DType::uint32, {}}, {DType::uint32, {}});
  if (!two) return;
  for (int round = 0; round < 2; ++round) {
    feed(two->runner, std::vector<std::uint32_t>{100, 100});
    CHECK(two->output<std::uint32_t>(1) == std::vector<std::uint32_t>{50, 25});
    CHECK(two->output<std::uint32_t>(0) == std::vector<std::uint32_t>{50, 75});
    feed(two->runner, std::vector<std::uint32_t>{20, 20});   // estimates (40+100)/4 = 35, (20+75)/4 = 23: above the signal, a quarter of it remains
    CHECK(two->output<std::uint32_t>(1) == std::vector<std::uint32_t>{35, 23});
    CHECK(two->output<std::uint32_t>(0) == std::vector<std::uint32_t>{5, 5});
    two->runner.reset();
  }
}

TEST_CASE("SignalPCAN squares what is faint and subtracts one from what is loud") {
  GraphBuilder build;
  Samples table(125, 0);
  table[0] = 4096;   // noise 0: a gain of 4096, which is 1 in 12 bits
  const ValueId x = build.input(DType::uint32, {2});
  const Graph graph = build.graph(build.node(SignalPcan{0}, {x, build.constant<std::uint32_t>({2}, {0, 0}), build.constant<std::int16_t>({125}, table)}, DType::uint32));
  CHECK(run_once<std::uint32_t, std::uint32_t>(graph, {{1, 5}}) == std::vector<std::uint32_t>{16, 256});   // 1^2/4 and 5 - 1, in 1/64
}

TEST_CASE("SignalFilterBankLog is the natural logarithm times its scale") {
  GraphBuilder build;
  const std::vector<std::uint32_t> numbers{0, 1, 2, 3, 10, 1000, 123456, 4000000000u};
  const ValueId x = build.input(DType::uint32, {8});
  const auto logs = run_once<std::int16_t, std::uint32_t>(build.graph(build.node(SignalFilterBankLog{1600, 0}, {x}, DType::int16)), {numbers});
  REQUIRE(logs.size() == numbers.size());
  CHECK(logs[0] == 0);
  for (std::size_t i = 1; i < logs.size(); ++i) CHECK(std::abs(logs[i] - std::min(32767.0, 1600 * std::log(static_cast<double>(numbers[i])))) <= 2.0);
}

TEST_CASE("SignalFramer cuts frames that overlap, and says when they are whole") {
  GraphBuilder build;
  auto two = two_outputs(build, SignalFramer{3, 2, false}, {build.input(DType::int16, {2})}, {DType::int16, {}}, {DType::boolean, {}});
  if (!two) return;
  const auto is_whole = [&] { return two->runner.output(1).bytes[0] != std::byte{0}; };
  for (int round = 0; round < 2; ++round) {
    feed(two->runner, Samples{1, 2});
    CHECK(!is_whole());
    feed(two->runner, Samples{3, 4});
    CHECK(is_whole());
    CHECK(two->output<std::int16_t>(0) == Samples{2, 3, 4});
    two->runner.reset();
  }
}

TEST_CASE("SignalStacker pads to the left with the first frame") {
  GraphBuilder build;
  auto two = two_outputs(build, SignalStacker{1, 1, 1, 2}, {build.input(DType::int16, {1})}, {DType::int16, {}}, {DType::boolean, {}});
  if (!two) return;
  const auto push = [&](std::int16_t sample) {
    feed(two->runner, Samples{sample});
    return two->runner.output(1).bytes[0] != std::byte{0} ? two->output<std::int16_t>(0) : Samples{};
  };
  CHECK(push(1) == Samples{});
  CHECK(push(2) == Samples{1, 1, 2});
  CHECK(push(3) == Samples{});
  CHECK(push(4) == Samples{2, 3, 4});
  two->runner.reset();
  CHECK(push(7) == Samples{});
  CHECK(push(8) == Samples{7, 7, 8});
}

TEST_CASE("SignalOverlapAdd adds what overlaps and saturates; SignalDelay delays") {
  GraphBuilder build;
  Graph graph = build.graph(build.node(SignalOverlapAdd{1}, {build.input(DType::int16, {2, 2})}, DType::int16));
  CHECK(run_once<std::int16_t, std::int16_t>(graph, {{30000, 20000, 20000, 5}}) == Samples{30000, 32767});
  GraphBuilder later;
  Graph delayed = later.graph(later.node(SignalDelay{3}, {later.input(DType::int16, {2})}, DType::int16));
  REQUIRE(infer_shapes(delayed).has_value());
  auto runner = Runner::prepare(std::make_shared<const Graph>(delayed));
  REQUIRE(runner.has_value());
  Samples stream;
  for (std::int16_t i = 0; i < 3; ++i) {
    feed(*runner, Samples{static_cast<std::int16_t>(2 * i + 1), static_cast<std::int16_t>(2 * i + 2)});
    const auto out = runner->output(0).as<std::int16_t>();
    stream.insert(stream.end(), out.begin(), out.end());
  }
  CHECK(stream == Samples{0, 0, 0, 1, 2, 3});
}
