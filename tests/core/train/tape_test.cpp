#include "core/train/tape.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>

#include <doctest/doctest.h>

#include "core/base/random.h"
#include "core/compress/compress.h"
#include "core/compress/unroll.h"
#include "core/graph/check.h"
#include "core/run/run.h"
#include "core/train/architecture.h"
#include "core/train/train.h"
#include "tests/support/graph_builder.h"

using namespace edgewise;
using namespace edgewise::train;
using edgewise::test::GraphBuilder;

namespace {

std::vector<float> random_floats(std::size_t count, Random& random) {
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(random.normal());
  return values;
}

/// Builds graphs whose weights are random, so that no operand is special.
struct Made {
  GraphBuilder builder;
  Random random{11};
  ValueId weights(const Shape& shape) { return builder.constant<float>(shape, random_floats(static_cast<std::size_t>(shape.elements()), random)); }
  ValueId node(Op op, std::vector<ValueId> inputs, const Shape& shape) { return builder.node(std::move(op), std::move(inputs), DType::float32, shape); }
  ValueId input(const Shape& shape) { return builder.input(DType::float32, shape); }
  /// As Keras' is converted: weights, no peepholes, no projection, states of its own.
  ValueId lstm(ValueId x, std::int64_t cells) {
    const Shape sequence = builder.value(x).shape;
    std::vector<ValueId> operands(24, no_value);
    operands[0] = x;
    for (std::size_t gate = 0; gate < 4; ++gate) {
      operands[1 + gate] = weights({cells, sequence.back()});
      operands[5 + gate] = weights({cells, cells});
      operands[12 + gate] = weights({cells});
    }
    for (const std::size_t state : {18u, 19u}) {
      operands[state] = weights({1, cells});
      builder.value(operands[state]).data = nullptr;
      builder.value(operands[state]).is_variable = true;
    }
    return node(UnidirectionalSequenceLstm{}, operands, {1, sequence[1], cells});
  }
};

/// A GRU written out, over 5 steps of 28.
ValueId gru(Made& m, ValueId x, bool resets_behind) {
  const ValueId sequence = m.node(Reshape{}, {x}, {5, 1, 28});
  Recurrent op;
  op.cell = Recurrent::Cell::gru;
  op.hidden = 3;
  op.functions = {{Recurrent::Gate::sigmoid}, {Recurrent::Gate::tanh}};
  op.is_linear_before_reset = resets_behind;
  return m.builder.node_with(op, {sequence, m.weights({1, 9, 28}), m.weights({1, 9, 3}), m.weights({1, 18})},
                             {{DType::float32, {5, 1, 1, 3}}, {DType::float32, {1, 1, 3}}, {DType::float32, {1, 1, 3}}})[0];
}

double weighted(const Tape& tape, std::span<const float> weights) {
  double sum = 0.0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += static_cast<double>(weights[i]) * tape.scores()[i];
  return sum;
}

/// A first layer, so that what `middle` hands back is checked, then `middle`, then a dense layer to 3.
struct Piece {
  const char* name;
  Shape after;   ///< of what `middle` makes of 1x5x7x4
  std::function<ValueId(Made&, ValueId)> middle;
};
Graph around(const Piece& piece) {
  Made m;
  const ValueId x = m.input({1, 5, 7, 2});
  const ValueId first = m.node(Conv2d{}, {x, m.weights({4, 1, 1, 2}), m.weights({4})}, {1, 5, 7, 4});
  const ValueId middle = piece.middle(m, first);
  const auto elements = static_cast<std::int64_t>(piece.after.elements());
  const ValueId flat = m.node(Reshape{}, {middle}, {1, elements});
  return m.builder.graph(m.node(FullyConnected{}, {flat, m.weights({3, elements}), m.weights({3})}, {1, 3}));
}

Window window(Padding padding, int stride_h, int stride_w, int dilation = 1) { return {padding, stride_h, stride_w, dilation, dilation}; }

}  // namespace

TEST_CASE("a loaded graph's gradients are the slopes of its answers, operator by operator, by central differences") {
  const std::vector<Piece> pieces = {
      {"conv 3x2 stride 2x3 SAME relu", {1, 3, 3, 5}, [](Made& m, ValueId x) {
         return m.node(Conv2d{window(Padding::same, 2, 3), Activation::relu}, {x, m.weights({5, 3, 2, 4}), m.weights({5})}, {1, 3, 3, 5}); }},
      {"conv 2x2 dilated VALID without bias", {1, 3, 5, 3}, [](Made& m, ValueId x) {
         return m.node(Conv2d{window(Padding::valid, 1, 1, 2), Activation::none}, {x, m.weights({3, 2, 2, 4})}, {1, 3, 5, 3}); }},
      {"depthwise multiplier 2 stride 2 relu6", {1, 3, 4, 8}, [](Made& m, ValueId x) {
         return m.node(DepthwiseConv2d{window(Padding::same, 2, 2), 2, Activation::relu6}, {x, m.weights({1, 3, 3, 8}), m.weights({8})}, {1, 3, 4, 8}); }},
      {"average pool 3x2 SAME", {1, 3, 4, 4}, [](Made& m, ValueId x) { return m.node(AvgPool2d{window(Padding::same, 2, 2), 3, 2}, {x}, {1, 3, 4, 4}); }},
      {"max pool 2x3 SAME", {1, 3, 7, 4}, [](Made& m, ValueId x) { return m.node(MaxPool2d{window(Padding::same, 2, 1), 2, 3}, {x}, {1, 3, 7, 4}); }},
      {"global average", {1, 4}, [](Made& m, ValueId x) { return m.node(Mean{}, {x, m.builder.integers({1, 2})}, {1, 4}); }},
      {"a value read twice and added", {1, 5, 7, 4}, [](Made& m, ValueId x) {
         const ValueId branch = m.node(Conv2d{window(Padding::same, 1, 1), Activation::none}, {x, m.weights({4, 3, 3, 4}), m.weights({4})}, {1, 5, 7, 4});
         return m.node(Add{Activation::relu}, {x, branch}, {1, 5, 7, 4}); }},
      {"a constant added", {1, 5, 7, 4}, [](Made& m, ValueId x) { return m.node(Add{}, {m.weights({4}), x}, {1, 5, 7, 4}); }},
      {"zero padding", {1, 8, 8, 4}, [](Made& m, ValueId x) { return m.node(Pad{}, {x, m.builder.constant<std::int32_t>({4, 2}, {0, 0, 1, 2, 0, 1, 0, 0})}, {1, 8, 8, 4}); }},
      {"relu", {1, 5, 7, 4}, [](Made& m, ValueId x) { return m.node(Relu{}, {x}, {1, 5, 7, 4}); }},
      {"leaky relu", {1, 5, 7, 4}, [](Made& m, ValueId x) { return m.node(LeakyRelu{0.3f}, {x}, {1, 5, 7, 4}); }},
      {"logistic", {1, 5, 7, 4}, [](Made& m, ValueId x) { return m.node(Logistic{}, {x}, {1, 5, 7, 4}); }},
      {"tanh", {1, 5, 7, 4}, [](Made& m, ValueId x) { return m.node(Tanh{}, {x}, {1, 5, 7, 4}); }},
      {"lstm over 5 steps of 28", {1, 5, 3}, [](Made& m, ValueId x) { return m.lstm(m.node(Reshape{}, {x}, {1, 5, 28}), 3); }},
      {"gru over 5 steps of 28, the reset behind the product", {5, 1, 1, 3}, [](Made& m, ValueId x) { return gru(m, x, true); }},
      {"gru over 5 steps of 28, the reset before it", {5, 1, 1, 3}, [](Made& m, ValueId x) { return gru(m, x, false); }},
      {"a value less its tanh", {1, 5, 7, 4}, [](Made& m, ValueId x) { return m.node(Sub{}, {x, m.node(Tanh{}, {x}, {1, 5, 7, 4})}, {1, 5, 7, 4}); }},
      {"a constant less a value", {1, 5, 7, 4}, [](Made& m, ValueId x) { return m.node(Sub{Activation::relu}, {m.weights({4}), x}, {1, 5, 7, 4}); }},
      {"a value times its logistic, and that times itself", {1, 5, 7, 4}, [](Made& m, ValueId x) {
         const ValueId curve = m.node(Logistic{}, {x}, {1, 5, 7, 4}), square = m.node(Mul{}, {curve, curve}, {1, 5, 7, 4});
         return m.node(Mul{}, {x, square}, {1, 5, 7, 4}); }},
      {"a value times a constant", {1, 5, 7, 4}, [](Made& m, ValueId x) { return m.node(Mul{}, {x, m.weights({4})}, {1, 5, 7, 4}); }},
      {"halves joined the other way round, one of them twice", {1, 5, 7, 6}, [](Made& m, ValueId x) {
         const auto halves = m.builder.node_with(Split_{}, {m.builder.integers({3}), x}, {{DType::float32, {1, 5, 7, 2}}, {DType::float32, {1, 5, 7, 2}}});
         return m.node(Concatenation{3}, {halves[1], halves[0], halves[1]}, {1, 5, 7, 6}); }},
      {"rows picked, one of them twice", {1, 3, 7, 4}, [](Made& m, ValueId x) { return m.node(Gather{1, 0}, {x, m.builder.integers({4, 0, 4})}, {1, 3, 7, 4}); }},
      {"weights that are read twice", {1, 5, 7, 4}, [](Made& m, ValueId x) {
         const ValueId weights = m.weights({4, 3, 3, 4}), bias = m.weights({4});
         const ValueId once = m.node(Conv2d{window(Padding::same, 1, 1), Activation::none}, {x, weights, bias}, {1, 5, 7, 4});
         return m.node(Conv2d{window(Padding::same, 1, 1), Activation::none}, {m.node(Logistic{}, {once}, {1, 5, 7, 4}), weights, bias}, {1, 5, 7, 4}); }},
      {"every second column, backwards", {1, 5, 4, 4}, [](Made& m, ValueId x) {
         return m.node(StridedSlice{}, {x, m.builder.integers({0, 0, 6, 0}), m.builder.integers({1, 5, -8, 4}), m.builder.integers({1, 1, -2, 1})}, {1, 5, 4, 4}); }},
      {"a part", {1, 2, 3, 4}, [](Made& m, ValueId x) { return m.node(Slice{}, {x, m.builder.integers({0, 1, 2, 0}), m.builder.integers({1, 2, 3, 4})}, {1, 2, 3, 4}); }},
      {"columns before rows", {1, 7, 4, 5}, [](Made& m, ValueId x) { return m.node(Transpose{}, {x, m.builder.integers({0, 2, 3, 1})}, {1, 7, 4, 5}); }},
      {"dense over rows", {1, 35, 6}, [](Made& m, ValueId x) {
         const ValueId rows = m.node(Reshape{}, {x}, {1, 35, 4});
         return m.node(FullyConnected{Activation::none, true}, {rows, m.weights({6, 4}), m.weights({6})}, {1, 35, 6}); }},
  };
  for (const Piece& piece : pieces) {
    const std::string name = piece.name;
    CAPTURE(name);
    const Graph graph = unroll(around(piece));
    auto tape = Tape::prepare(graph);
    REQUIRE_MESSAGE(tape.has_value(), (tape ? std::string() : to_text(tape.error())));
    Random random(3);
    constexpr std::size_t samples = 2;
    const std::vector<float> inputs = random_floats(samples * static_cast<std::size_t>(tape->inputs()), random), weights = random_floats(samples * 3, random);

    // The answers are those of the graph's own kernels.
    auto runner = Runner::prepare(std::make_shared<const Graph>(graph), Kernels::reference);
    REQUIRE_MESSAGE(runner.has_value(), (runner ? std::string() : to_text(runner.error())));
    tape->forward(inputs);
    runner->set_input(0, std::span(inputs).first(inputs.size() / samples));
    runner->run();
    std::vector<float> answers(3);
    runner->output_reals(0, answers);
    for (std::size_t i = 0; i < 3; ++i) CHECK(tape->answers()[i] == doctest::Approx(answers[i]).epsilon(1e-3));

    std::vector<float> gradients(tape->parameters().size());
    tape->backward(weights, gradients);
    // As in network_test.cpp: where a relu or a maximum changes over inside the step the two sides differ, and the parameter tells nothing.
    const double middle = weighted(*tape, weights);
    std::size_t bent = 0, checked = 0;
    for (const TapeLayer& layer : tape->layers())
      for (std::size_t i = layer.weights; i < layer.biases + (layer.has_bias ? layer.bias_count : 0); ++i) {
        const float kept = tape->parameters()[i];
        double slopes[2] = {};
        constexpr float step = 1.0f / 512;
        for (const int side : {0, 1}) {
          tape->parameters()[i] = kept + (side == 0 ? step : -step);
          tape->forward(inputs);
          slopes[side] = (weighted(*tape, weights) - middle) / (side == 0 ? step : -step);
        }
        tape->parameters()[i] = kept;
        // Single precision sums over a step of 1/512; curvature of logistic and tanh cancels in the mean of the two sides.
        const double tolerance = 2e-2 * (1.0 + std::fabs(slopes[0]));
        if (std::fabs(slopes[0] - slopes[1]) > 2 * tolerance) {
          ++bent;
          continue;
        }
        ++checked;
        CAPTURE(i);
        CHECK(std::fabs(0.5 * (slopes[0] + slopes[1]) - gradients[i]) <= tolerance);
      }
    CHECK(bent * 2 < checked);
  }
}

TEST_CASE("the slope of cross entropy through a softmax is taken at what goes into it") {
  Made m;
  const ValueId x = m.input({1, 5});
  const ValueId scores = m.node(FullyConnected{}, {x, m.weights({4, 5}), m.weights({4})}, {1, 4});
  const Graph graph = m.builder.graph(m.node(Softmax{1.0f}, {scores}, {1, 4}));
  auto tape = Tape::prepare(graph);
  REQUIRE(tape.has_value());
  const std::vector<float> inputs = {0.5f, -1.0f, 0.25f, 2.0f, 0.0f};
  const std::vector<std::int32_t> labels = {2};
  std::vector<float> by_scores(4), gradients(tape->parameters().size());
  tape->forward(inputs);
  double sum = 0.0;
  for (const float share : tape->answers()) sum += static_cast<double>(share);
  CHECK(sum == doctest::Approx(1.0));
  cross_entropy(tape->scores(), labels, by_scores);
  tape->backward(by_scores, gradients);
  // d loss / d bias_c = share_c - [c is the label]: Bishop 2006, equation 4.109
  for (std::size_t c = 0; c < 4; ++c) CHECK(gradients[tape->layers()[0].biases + c] == doctest::Approx(tape->answers()[c] - (c == 2 ? 1.0f : 0.0f)).epsilon(1e-4));
}

TEST_CASE("the imitation of an integer graph gives the codes of its integers, at every bit width") {
  const auto network = make_network(*parse_architecture("conv6k3s2-dw3-pw8-gap-dense5"), {9, 11, 2}, 4);
  REQUIRE(network.has_value());
  const auto graph = std::make_shared<const Graph>(graph_of(*network, true));
  Random random(21);
  auto calibrator = Calibrator::prepare(graph);
  REQUIRE(calibrator.has_value());
  for (int i = 0; i < 20; ++i) calibrator->observe(random_floats(198, random));
  for (const std::string recipe : {"w8a8", "w4a8", "w2a8", "w4a4", "w3a6;g=tensor"}) {
    CAPTURE(recipe);
    const auto compressed = compress(graph, calibrator->ranges(), *parse_recipe(recipe));
    REQUIRE(compressed.has_value());
    auto tape = Tape::prepare(**compressed);
    REQUIRE_MESSAGE(tape.has_value(), (tape ? std::string() : to_text(tape.error())));
    auto runner = Runner::prepare(*compressed);
    REQUIRE(runner.has_value());
    const Quantization& grid = (*compressed)->value((*compressed)->nodes.back().inputs.front()).grid;   // of the scores
    std::size_t same = 0;
    constexpr std::size_t samples = 200;
    for (std::size_t i = 0; i < samples; ++i) {
      const std::vector<float> sample = random_floats(198, random);
      tape->forward(sample);
      runner->set_input(0, sample);
      bool equal = true;
      runner->run([&](NodeId node) {
        const ValueId out = (*compressed)->node(node).outputs.front();
        if (out != (*compressed)->nodes.back().inputs.front()) return;
        const auto codes = runner->value(out).as<std::int8_t>();
        for (std::size_t c = 0; c < codes.size(); ++c)
          equal &= std::fabs(dequantize(codes[c], grid.scale.front(), grid.zero_point.front()) - tape->scores()[c]) < 0.25f * grid.scale.front();
      });
      same += equal;
    }
    CHECK(same == samples);
  }
}

TEST_CASE("the imitation of an LSTM in integers gives the codes of its integers, step by step and at the end") {
  const auto network = make_network(*parse_architecture("lstm7-lstm5-last-dense3"), {11, 4}, 4);
  REQUIRE(network.has_value());
  const auto graph = std::make_shared<const Graph>(graph_of(*network, false));
  Random random(22);
  auto calibrator = Calibrator::prepare(graph);
  REQUIRE(calibrator.has_value());
  for (int i = 0; i < 20; ++i) calibrator->observe(random_floats(44, random));
  for (const std::string recipe : {"w8a8", "w4a8", "w2a8", "w4a4"}) {
    CAPTURE(recipe);
    const auto compressed = compress(graph, calibrator->ranges(), *parse_recipe(recipe));
    REQUIRE(compressed.has_value());
    auto tape = Tape::prepare(**compressed);
    REQUIRE_MESSAGE(tape.has_value(), (tape ? std::string() : to_text(tape.error())));
    auto runner = Runner::prepare(*compressed);
    REQUIRE(runner.has_value());
    const std::vector<float> samples = random_floats(100 * 44, random);
    tape->forward(samples);   // all at once: no sample may see another's state
    std::vector<float> answers(3);
    for (std::size_t i = 0; i < 100; ++i) {
      runner->reset();
      runner->set_input(0, std::span(samples).subspan(44 * i, 44));
      runner->run();
      runner->output_reals(0, answers);
      for (std::size_t c = 0; c < 3; ++c) CHECK(tape->answers()[3 * i + c] == answers[c]);
    }
  }
}

TEST_CASE("an LSTM with a state that somebody else reads is not trained, and is named") {
  Made m;
  const ValueId x = m.input({1, 5, 4});
  const ValueId y = m.lstm(x, 3);
  const Graph made = m.builder.graph(y);
  const ValueId state = made.nodes.front().inputs[18];
  const auto tape = Tape::prepare(m.builder.graph(m.node(Add{}, {state, m.node(Reshape{}, {y}, {1, 15})}, {1, 15})));
  REQUIRE_FALSE(tape.has_value());
  CHECK(tape.error().reason.find("keeps a state between runs") != std::string::npos);
}

TEST_CASE("an operator without a backward pass is named with its node") {
  Made m;
  const ValueId x = m.input({1, 4});
  const ValueId dense = m.node(FullyConnected{}, {x, m.weights({4, 4}), m.weights({4})}, {1, 4});
  const auto tape = Tape::prepare(m.builder.graph(m.node(Cos{}, {dense}, {1, 4})));
  REQUIRE_FALSE(tape.has_value());
  CHECK(tape.error().reason == "COS has no backward pass here, so this model cannot be trained");
  CHECK(tape.error().where.find("node 1 'cos_1'") != std::string::npos);
}
