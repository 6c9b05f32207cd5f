#include "core/train/network.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <memory>
#include <string>

#include <doctest/doctest.h>

#include "core/base/random.h"
#include "core/graph/check.h"
#include "core/graph/infer.h"
#include "core/run/run.h"

using namespace edgewise;
using namespace edgewise::train;

namespace {

std::vector<float> random_floats(std::size_t count, Random& random) {
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(random.normal());
  return values;
}

/// A scalar that depends on every answer differently; its gradient by the answers is `weights`.
double weighted_answers(const Network& network, std::span<const float> inputs, std::span<const float> weights) {
  Pass pass;
  pass.learns = true;
  forward(network, inputs, pass);
  double sum = 0.0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += static_cast<double>(weights[i]) * pass.values.back()[i];
  return sum;
}

}  // namespace

TEST_CASE("every layer's gradient is the slope of the answers, by finite differences") {
  // Each kind comes second, so that what it passes back to the first layer is checked too. Odd and even images: SAME pads them
  // differently.
  for (const std::string architecture :
       {"dense5-dense3", "pw3-conv2k3-dense2", "pw3-conv4k3s2-dense2", "pw3-conv2k2-dense2", "pw3-pw5-dense2", "pw3-dw3-dense2",
        "pw3-dw3s2-dense2", "pw3-dw2-dense2", "pw3-avgpool2-dense2", "pw3-maxpool2-dense2", "pw3-gap-dense2",
        "conv3k3s2-dw3-pw6-dw3s2-pw7-gap-dense4", "lstm3-dense2", "lstm5-last-dense3", "pw3-lstm3-lstm2-last-dense2", "gru3-dense2", "gru5-last-dense3", "pw3-gru3-gru2-last-dense2", "pw3tanh-conv2k3sigmoid-dense2", "pw3-conv4k3s2bn-dense2",
        "pw3bn-dw3bntanh-dense2", "dense5bnsigmoid-dense3", "pw3-drop40-dense2", "lstm3-drop30-last-drop20-dense2"})
    for (const Shape& sample : {Shape{5, 7, 2}, Shape{6, 4, 2}}) {
      CAPTURE(architecture);
      CAPTURE(to_text(sample));
      constexpr std::uint64_t seed = 5;
      CAPTURE(seed);
      auto network = make_network(*parse_architecture(architecture), sample, seed);
      REQUIRE(network.has_value());
      Random random(seed);
      constexpr std::size_t samples = 3;
      for (float& parameter : network->parameters) parameter += 0.1f * static_cast<float>(random.normal());  // biases too
      const std::vector<float> inputs = random_floats(samples * sample.elements(), random);
      const std::vector<float> weights = random_floats(samples * static_cast<std::size_t>(network->outputs()), random);

      Pass pass;
      pass.gradients.resize(network->stages.size() + 1);
      pass.learns = true;
      forward(*network, inputs, pass);
      pass.gradients.back() = weights;
      std::vector<float> gradients(network->parameters.size());
      backward(*network, pass, gradients);

      // The answers are piecewise linear in one parameter (with an lstm nearly linear over so short a step), so a difference is the slope unless a relu or a maximum changes over
      // inside the step: then steps to both sides and of half the length differ, and the parameter tells nothing. Tolerance:
      // single precision sums of up to 105 terms over a step of 1/512.
      const double middle = weighted_answers(*network, inputs, weights);
      std::size_t bent = 0;
      for (std::size_t i = 0; i < gradients.size(); ++i) {
        const float kept = network->parameters[i];
        double lowest = 1e30, highest = -1e30;
        for (const float step : {1.0f / 256, -1.0f / 256, 1.0f / 512, -1.0f / 512}) {
          network->parameters[i] = kept + step;
          const double slope = (weighted_answers(*network, inputs, weights) - middle) / step;
          lowest = std::min(lowest, slope);
          highest = std::max(highest, slope);
        }
        network->parameters[i] = kept;
        const double tolerance = 2e-3 * (1.0 + std::fabs(highest));
        if (highest - lowest > 2 * tolerance) {
          ++bent;
          continue;
        }
        CAPTURE(i);
        CHECK(std::fabs(0.5 * (lowest + highest) - gradients[i]) <= tolerance);
      }
      CHECK(bent * 4 < gradients.size());
    }
}

TEST_CASE("the first weights have the variance that keeps signals alive, and biases are zero") {
  // He et al. 2015: variance 2 / fan_in before a relu; the last layer 1 / fan_in. Uniform in +-r has variance r^2 / 3.
  const auto network = make_network(*parse_architecture("dense400-dense300"), {200}, 1);
  REQUIRE(network.has_value());
  for (const Stage& stage : network->stages) {
    double squares = 0.0;
    for (std::size_t i = 0; i < stage.weight_count; ++i)
      squares += std::pow(static_cast<double>(network->parameters[stage.weights + i]), 2);
    const double fan_in = static_cast<double>(stage.in.elements());
    CHECK(squares / static_cast<double>(stage.weight_count) * fan_in == doctest::Approx(stage.bend == Bend::relu ? 2.0 : 1.0).epsilon(0.01));
    for (std::size_t i = 0; i < stage.bias_count; ++i) CHECK(network->parameters[stage.biases + i] == 0.0f);
  }
}

TEST_CASE("a network's graph is valid, has the layer names people use, and counts the same multiply-accumulates") {
  const auto network = make_network(*parse_architecture("conv8k3s2-dw3-pw16-maxpool2-dw3s2-pw12-gap-dense9-dense4"), {20, 17}, 1);
  REQUIRE(network.has_value());
  Graph graph = graph_of(*network, true);
  const auto valid = check(graph);
  CHECK_MESSAGE(valid.has_value(), (valid ? std::string() : to_text(valid.error())));
  const auto inferred = infer_shapes(graph);
  CHECK_MESSAGE(inferred.has_value(), (inferred ? std::string() : to_text(inferred.error())));
  CHECK(to_text(graph.value(graph.inputs[0]).shape) == "1x20x17x1");
  CHECK(to_text(graph.value(graph.outputs[0]).shape) == "1x4");

  std::string names;
  std::uint64_t macs = 0;
  for (const Layer& layer : layers_of(graph)) {
    names += layer.name + " ";
    macs += macs_of(graph, graph.node(layer.node)).macs;
    CHECK(graph.input(graph.node(layer.node), 1)->name == layer.name + "/kernel");
    CHECK(graph.input(graph.node(layer.node), 2)->name == layer.name + "/bias");
  }
  CHECK(names == "conv_1 depthwise_1 conv_2 depthwise_2 conv_3 dense_1 dense_2 ");
  CHECK(macs == network->macs);
  CHECK(std::holds_alternative<Softmax>(graph.nodes.back().op));
}

TEST_CASE("the chapter's LSTM has its 9169 parameters and 537616 multiply-accumulates, and its graph takes 60 steps of 14 features") {
  const auto network = make_network(*parse_architecture("lstm32-lstm16-last-dense1"), {60, 14}, 1);
  REQUIRE(network.has_value());
  CHECK(network->parameters.size() == 9169);   // 4 * 32 * (14 + 32 + 1) + 4 * 16 * (32 + 16 + 1) + 16 + 1
  CHECK(network->macs == 537616);              // 60 * (4 * 32 * (14 + 32) + 4 * 16 * (32 + 16)) + 16
  Graph graph = graph_of(*network, false);
  const auto valid = check(graph);
  CHECK_MESSAGE(valid.has_value(), (valid ? std::string() : to_text(valid.error())));
  const auto inferred = infer_shapes(graph);
  CHECK_MESSAGE(inferred.has_value(), (inferred ? std::string() : to_text(inferred.error())));
  CHECK(to_text(graph.value(graph.inputs[0]).shape) == "1x60x14");
  CHECK(to_text(graph.value(graph.outputs[0]).shape) == "1x1");
  std::uint64_t macs = 0;
  for (const Node& node : graph.nodes) macs += macs_of(graph, node).macs;
  CHECK(macs == network->macs);
}

TEST_CASE("an lstm first forgets little: the biases of its forget gate are one, its others zero") {
  const auto network = make_network(*parse_architecture("lstm5-last-dense1"), {7, 3}, 1);
  REQUIRE(network.has_value());
  const Stage& stage = network->stages.front();
  REQUIRE(stage.bias_count == 20);
  for (std::size_t i = 0; i < stage.bias_count; ++i) CHECK(network->parameters[stage.biases + i] == (i / 5 == 1 ? 1.0f : 0.0f));
}

TEST_CASE("a network's graph answers as the network does") {
  // The graph's kernels are others than training's; single precision sums of up to 105 terms in another order.
  for (const std::string architecture :
       {"dense16-dense5", "conv8k3s2-dw3-pw16-dw3s2-pw12-gap-dense4", "conv4k5-maxpool2-conv6k2-avgpool2-dense9-dense4", "lstm7-dense3",
        "lstm9-lstm6-last-dense4", "conv4k3s2-lstm5-last-dense2", "gru7-dense3", "gru9-gru6-last-dense4", "conv4k3s2-gru5-drop20-last-dense2", "conv5k3bn-dw3bntanh-drop50-pw6bnsigmoid-gap-dense7bn-dense3"})
    for (const Shape& sample : {Shape{12, 9}, Shape{8, 10, 3}}) {
      CAPTURE(architecture);
      CAPTURE(to_text(sample));
      auto network = make_network(*parse_architecture(architecture), sample, 9);
      REQUIRE(network.has_value());
      Random random(9);
      for (float& moment : network->moments) moment = static_cast<float>(random.uniform(0.5, 2.0));   // variances are not negative
      const std::vector<float> input = random_floats(static_cast<std::size_t>(sample.elements()), random);
      Pass pass;
      forward(*network, input, pass);
      auto runner = Runner::prepare(std::make_shared<const Graph>(graph_of(*network, false)), Kernels::reference);
      REQUIRE(runner.has_value());
      runner->set_input(0, input);
      runner->run();
      std::vector<float> answers(pass.values.back().size());
      runner->output_reals(0, answers);
      for (std::size_t i = 0; i < answers.size(); ++i) CHECK(answers[i] == doctest::Approx(pass.values.back()[i]).epsilon(1e-4));
    }
}

TEST_CASE("while it learns a normalised layer's values have mean beta and deviation gamma by channel, whatever comes in") {
  auto network = make_network(*parse_architecture("conv3k3bnlinear-gap-dense2"), {9, 7, 2}, 3);
  REQUIRE(network.has_value());
  const Stage& stage = network->stages.front();
  for (std::size_t c = 0; c < 3; ++c) {
    network->parameters[stage.gammas + c] = 2.0f;
    network->parameters[stage.biases + c] = static_cast<float>(c) - 1.0f;
  }
  Random random(4);
  std::vector<float> inputs = random_floats(20 * 126, random);
  for (float& x : inputs) x = 30.0f * x + 100.0f;
  Pass pass;
  pass.learns = true;
  forward(*network, inputs, pass);
  const std::vector<float>& values = pass.values[1];
  for (std::size_t c = 0; c < 3; ++c) {
    double sum = 0.0, squares = 0.0;
    for (std::size_t i = c; i < values.size(); i += 3) sum += static_cast<double>(values[i]);
    const double mean = sum / (static_cast<double>(values.size()) / 3.0);
    for (std::size_t i = c; i < values.size(); i += 3) squares += (static_cast<double>(values[i]) - mean) * (static_cast<double>(values[i]) - mean);
    CHECK(mean == doctest::Approx(static_cast<double>(c) - 1.0).epsilon(1e-3));
    CHECK(std::sqrt(squares / (static_cast<double>(values.size()) / 3.0)) == doctest::Approx(2.0).epsilon(1e-3));
  }
  // Running moments that took the minibatch's over whole make a network that answers as it did.
  const std::vector<float> learned = pass.values.back();
  keep_moments(*network, pass, 1.0);
  pass.learns = false;
  forward(*network, inputs, pass);
  for (std::size_t i = 0; i < learned.size(); ++i) CHECK(pass.values.back()[i] == doctest::Approx(learned[i]).epsilon(1e-4));
}

TEST_CASE("a dropout of 30 % leaves out about that while it learns and keeps the mean, and nothing afterwards") {
  const auto network = make_network(*parse_architecture("drop30-dense1"), {1000}, 3);
  REQUIRE(network.has_value());
  const std::vector<float> ones(20 * 1000, 1.0f);
  Pass pass;
  pass.learns = true;
  forward(*network, ones, pass);
  std::size_t zeros = 0;
  for (const float value : pass.values[1]) {
    zeros += value == 0.0f;
    CHECK((value == 0.0f || value == doctest::Approx(1.0f / 0.7f)));
  }
  CHECK(zeros > 5700);   // 6,000 of 20,000, deviation sqrt(20000 * 0.3 * 0.7) = 65: more than four of them
  CHECK(zeros < 6300);
  pass.learns = false;
  forward(*network, ones, pass);
  CHECK(pass.values[1] == ones);
}

TEST_CASE("a network that cannot be is refused with the layer's number and the reason") {
  struct Case {
    const char* architecture;
    Shape sample;
    const char *where, *reason;
  };
  for (const Case& c :
       {Case{"maxpool9-dense2", {8, 8}, "layer 1", "a window of 9x9 on an image of 8x8"},
        Case{"dense4-conv3-dense2", {8, 8}, "layer 2", "a window wants an image; what comes in is a row of numbers"},
        Case{"conv3-dense2", {8}, "layer 1", "a window wants an image; what comes in is a row of numbers"},
        Case{"lstm3-dense2", {8}, "layer 1", "steps in time are wanted; what comes in is a row of numbers"},
        Case{"lstm3-conv3-dense2", {8, 8}, "layer 2", "a window wants an image; what comes in are steps in time"},
        Case{"conv3-last-dense2", {8, 8}, "layer 2", "the last step wants an lstm or a gru before it"},
        Case{"lstm3-last-lstm2-dense2", {8, 8}, "layer 3", "steps in time are wanted; what comes in is a row of numbers"},
        Case{"dense2",
             {2, 2, 2, 2},
             "",
             "a sample of shape 2x2x2x2; n, height x width, or height x width x channels are wanted"}}) {
    CAPTURE(c.architecture);
    const auto network = make_network(*parse_architecture(c.architecture), c.sample, 1);
    CHECK_FALSE(network.has_value());
    if (network) continue;
    CHECK(network.error().reason == c.reason);
    CHECK(network.error().where == c.where);
  }
  const auto huge = make_network(*parse_architecture("dense4096-dense4096-dense4096-dense4096-dense4096-dense4096"), {4096},
                                 1);  // 6 * 4096^2 > 2^26
  CHECK_FALSE(huge.has_value());
}
