// UNIDIRECTIONAL_SEQUENCE_LSTM and LSTM: formulas by hand, 16-bit functions against the real ones, TensorFlow Lite Micro's own outputs.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>

#include "core/base/text.h"
#include "core/formats/load.h"
#include "core/formats/npy.h"
#include "core/graph/infer.h"
#include "core/kernels/fixed_point_16.h"
#include "tests/support/corpus.h"
#include "tests/support/graph_builder.h"
#include "tests/support/run.h"

using namespace edgewise;
using test::GraphBuilder;
using test::grid;

namespace {

ValueId variable(GraphBuilder& build, const Shape& shape) {
  const ValueId id = build.constant<float>(shape, std::vector<float>(static_cast<std::size_t>(shape.elements())));
  build.value(id).data = nullptr;
  build.value(id).is_variable = true;
  return id;
}

/// One input, one cell. Weights are 0, biases are given in the order input, forget, cell, output; without the first there is no input gate (CIFG).
struct SmallLstm {
  GraphBuilder build;
  std::vector<ValueId> inputs = std::vector<ValueId>(20, no_value);
  explicit SmallLstm(std::array<float, 4> biases, bool has_input_gate, std::int64_t steps) {
    inputs[0] = build.input(DType::float32, {steps, 1, 1});
    for (std::size_t gate = has_input_gate ? 0 : 1; gate < 4; ++gate) {
      inputs[1 + gate] = build.constant<float>({1, 1}, {0.0f});
      inputs[5 + gate] = build.constant<float>({1, 1}, {0.0f});
      inputs[12 + gate] = build.constant<float>({1}, {biases[gate]});
    }
    inputs[18] = variable(build, {1, 1});
    inputs[19] = variable(build, {1, 1});
  }
  Graph graph() {
    UnidirectionalSequenceLstm op;
    op.is_time_major = true;
    return build.graph(build.node(op, inputs, DType::float32));
  }
};

float logistic(float x) { return 1.0f / (1.0f + std::exp(-x)); }

}  // namespace

TEST_CASE("a float LSTM keeps its cell from step to step and from run to run, until it is reset") {
  SmallLstm lstm({0.5f, -0.25f, 1.0f, 0.75f}, true, 2);
  Graph graph = lstm.graph();
  REQUIRE(infer_shapes(graph).has_value());
  auto runner = Runner::prepare(std::make_shared<const Graph>(graph));
  REQUIRE(runner.has_value());
  // Without weights the gates are constants: c' = f c + i tanh(b), h = o tanh(c').
  float c = 0.0f;
  const auto next = [&c] {
    c = logistic(-0.25f) * c + logistic(0.5f) * std::tanh(1.0f);
    return logistic(0.75f) * std::tanh(c);
  };
  for (int round = 0; round < 2; ++round) {
    CAPTURE(round);
    c = 0.0f;
    for (int run = 0; run < 2; ++run) {
      REQUIRE(runner->run().has_value());
      for (int step = 0; step < 2; ++step) CHECK(runner->output(0).as<float>()[static_cast<std::size_t>(step)] == doctest::Approx(next()));
    }
    runner->reset();
  }
}

TEST_CASE("without an input gate, what is forgotten is what is taken in") {
  SmallLstm lstm({0.0f, 1.5f, 2.0f, 0.0f}, false, 1);
  Graph graph = lstm.graph();
  // c = (1 - f) tanh(2) at the first step, h = tanh(c) / 2
  const float c = (1.0f - logistic(1.5f)) * std::tanh(2.0f);
  const auto y = test::run_once<float, float>(graph, {{0.0f}});
  REQUIRE(y.size() == 1);
  CHECK(y[0] == doctest::Approx(0.5f * std::tanh(c)));
}

TEST_CASE("multiply-accumulates of an LSTM are gates x cells x (inputs + outputs), at every step") {
  GraphBuilder build;
  std::vector<ValueId> inputs(20, no_value);
  inputs[0] = build.input(DType::float32, {2, 7, 5});   // batch 2, 7 steps, 5 inputs
  for (std::size_t gate = 0; gate < 4; ++gate) {
    inputs[1 + gate] = build.constant<float>({3, 5}, std::vector<float>(15));
    inputs[5 + gate] = build.constant<float>({3, 3}, std::vector<float>(9));
    inputs[12 + gate] = build.constant<float>({3}, std::vector<float>(3));
  }
  inputs[18] = variable(build, {2, 3});
  inputs[19] = variable(build, {2, 3});
  Graph graph = build.graph(build.node(UnidirectionalSequenceLstm{}, inputs, DType::float32));
  REQUIRE(infer_shapes(graph).has_value());
  CHECK(graph.output(graph.nodes[0]).shape == Shape{2, 7, 3});
  CHECK(macs_of(graph, graph.nodes[0]).macs == 2 * 7 * 4 * 3 * (5 + 3));
}

TEST_CASE("an LSTM whose operands do not fit is refused by name") {
  SmallLstm partial({0, 0, 0, 0}, true, 1);
  partial.inputs[12] = no_value;
  CHECK(test::refusal(partial.graph()).find("of the input gate some operands are there and some are not") != std::string::npos);
  SmallLstm fixed({0, 0, 0, 0}, true, 1);
  fixed.inputs[19] = fixed.build.constant<float>({1, 1}, {0.0f});
  CHECK(test::refusal(fixed.graph()).find("the cell state is no variable tensor") != std::string::npos);
  SmallLstm wide({0, 0, 0, 0}, true, 1);
  wide.inputs[7] = wide.build.constant<float>({1, 2}, {0.0f, 0.0f});
  CHECK(test::refusal(wide.graph()).find("input 7 is 1x2; 1 elements are wanted") != std::string::npos);
  SmallLstm single({0, 0, 0, 0}, true, 1);
  single.inputs[0] = single.build.input(DType::float32, {1, 1});
  Graph graph = single.build.graph(single.build.node(Lstm{}, single.inputs, DType::float32));
  CHECK(infer_shapes(graph).has_value());   // one step of the same
}

TEST_CASE("16-bit logistic and tanh stay within 8 and 12 codes of the real functions, everywhere") {
  for (int raw = -32768; raw <= 32767; raw += 7) {
    CAPTURE(raw);
    const auto a = static_cast<std::int16_t>(raw);
    CHECK(std::abs(fixed_point_16::logistic(a) - 32768.0 / (1.0 + std::exp(-raw / 4096.0))) <= 8.0);
    for (const int integer_bits : {0, 3, 4, 6}) {
      CAPTURE(integer_bits);
      CHECK(std::abs(fixed_point_16::tanh(a, integer_bits) - 32768.0 * std::tanh(raw / std::exp2(15 - integer_bits))) <= 12.0);
    }
  }
}

TEST_CASE("with TensorFlow Lite Micro's arithmetic an int8 LSTM gives Micro's outputs byte for byte") {
  const auto corpus = test::shared_path("corpus");
  if (!corpus) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  const auto bytes = test::read_file(*corpus + "/tflite/tflm_mnist_lstm_int8.tflite");
  const auto model = load_model(bytes, "tflm_mnist_lstm_int8");
  REQUIRE(model.has_value());
  auto runner = Runner::prepare(model->graph, Kernels::fast, kernels::Arithmetic::tflm);
  REQUIRE(runner.has_value());
  int different = 0;
  for (int number = 0; number < 9; ++number) {
    runner->reset();
    for (int step = 0;; ++step) {
      const std::string folder = text(*corpus, "/golden/tflm_mnist_lstm_int8/case_", number, "/step_", step);
      if (!std::filesystem::exists(folder)) break;
      CAPTURE(folder);
      const auto input = npy::read(test::read_file(folder + "/input_0.npy"));
      const bool has_own = std::filesystem::exists(folder + "/tflm_0.npy");   // else Micro's are TensorFlow Lite's
      different += has_own;
      const auto output = npy::read(test::read_file(folder + (has_own ? "/tflm_0.npy" : "/output_0.npy")));
      REQUIRE(input.has_value());
      REQUIRE(output.has_value());
      std::ranges::copy(input->bytes, runner->input(0).begin());
      REQUIRE(runner->run().has_value());
      CHECK(std::ranges::equal(runner->output(0).bytes, output->bytes));
    }
  }
  CHECK(different > 0);
}
