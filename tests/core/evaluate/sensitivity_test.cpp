#include "core/evaluate/sensitivity.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <doctest/doctest.h>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/graph/infer.h"
#include "core/train/network.h"
#include "tests/support/graph_builder.h"
#include "tests/support/small_model.h"

using namespace edgewise;
using namespace edgewise::test;

namespace {

std::shared_ptr<const Dataset> noise_for(const Graph& graph, std::uint64_t rows, std::uint64_t seed) {
  return std::make_shared<const Dataset>(noise_dataset(graph.value(graph.inputs.front()).shape, 0.0f, 0.0f, rows, seed));
}

std::vector<std::uint32_t> rows_of(std::uint32_t first, std::uint32_t end) {
  std::vector<std::uint32_t> rows(end - first);
  std::iota(rows.begin(), rows.end(), first);
  return rows;
}

Ranges ranges_of(const std::shared_ptr<const Graph>& graph, const Dataset& data, std::uint32_t rows) {
  auto calibrator = Calibrator::prepare(graph);
  REQUIRE(calibrator.has_value());
  for (std::uint32_t row = 0; row < rows; ++row) calibrator->observe(data.row(row));
  return calibrator->ranges();
}

/// Calibrated on rows 0 to 39, measured on rows 40 to 119, to the end.
Sensitivity finished(const std::shared_ptr<const Graph>& graph, const std::shared_ptr<const Dataset>& data, std::string_view recipe, const std::vector<int>& bits) {
  auto sensitivity = Sensitivity::prepare(graph, ranges_of(graph, *data, 40), *parse_recipe(recipe), data, rows_of(40, 120), bits);
  REQUIRE_MESSAGE(sensitivity.has_value(), (sensitivity ? std::string() : to_text(sensitivity.error())));
  for (bool more = true; more;) {
    const auto stepped = sensitivity->step();
    REQUIRE_MESSAGE(stepped.has_value(), (stepped ? std::string() : to_text(stepped.error())));
    more = *stepped;
  }
  CHECK(sensitivity->steps_done() == sensitivity->steps_total());
  return std::move(*sensitivity);
}

/// A network of 4 to 7 layers with weights as they are before training.
Graph random_network(std::uint64_t seed) {
  Random random(seed);
  const bool is_dense = seed % 2 == 0;
  std::string layers = is_dense ? "" : text("conv", 10 + random.below(5), "k3-dw3-");
  for (std::uint64_t i = 0, count = 2 + random.below(3); i < count; ++i) layers += text(is_dense ? "dense" : "pw", 11 + random.below(14), '-');
  layers += text(is_dense ? "" : "gap-", is_dense ? "dense12-" : "", "dense", 4 + random.below(4));
  const auto network = train::make_network(*train::parse_architecture(layers), is_dense ? Shape{19} : Shape{7, 6, 2}, seed);
  REQUIRE(network.has_value());
  return train::graph_of(*network, true);
}

std::vector<float> contents(const Graph& graph, ValueId id) {
  const auto reals = graph.value(id).view().as<float>();
  return {reals.begin(), reals.end()};
}

void put(Graph& graph, ValueId id, const std::vector<float>& reals) { graph.value(id).data = std::make_shared<const Bytes>(Tensor::from<float>(graph.value(id).shape, reals).bytes); }

/// What the channels of a layer reach, over rows of noise.
std::vector<float> reach(const Graph& graph, const Layer& layer) {
  const auto shared = std::make_shared<const Graph>(graph);
  const auto data = noise_for(graph, 40, 99);
  auto runner = Runner::prepare(shared);
  REQUIRE(runner.has_value());
  std::vector<float> highest(static_cast<std::size_t>(layer.channels), 0.0f);
  for (std::uint64_t row = 0; row < data->rows(); ++row) {
    runner->set_input(0, data->row(row));
    REQUIRE(runner->run([&](NodeId node) {
      if (node != layer.node) return;
      const auto reals = runner->value(graph.node(node).outputs.front()).as<float>();
      for (std::size_t i = 0; i < reals.size(); ++i) highest[i % highest.size()] = std::max(highest[i % highest.size()], reals[i]);
    }).has_value());
  }
  return highest;
}

/// The strongest channel of a layer made 50 times as strong; the next layer does not need it. It stretches the grid that all share.
void plant_outlier_channel(Graph& graph, std::size_t bad) {
  const auto layers = layers_of(graph);
  const Layer &layer = layers[bad], &next = layers[bad + 1];
  const std::vector<float> highest = reach(graph, layer);
  const auto channel = static_cast<std::size_t>(std::ranges::max_element(highest) - highest.begin());
  const std::size_t channels = highest.size();
  const ValueId weights_id = graph.node(layer.node).inputs[1], bias_id = graph.node(layer.node).inputs[2], next_id = graph.node(next.node).inputs[1];
  std::vector<float> weights = contents(graph, weights_id), bias = contents(graph, bias_id), next_weights = contents(graph, next_id);
  const std::size_t inner = layer.channel_axis == 0 ? weights.size() / channels : 1;
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (i / inner % channels == channel) weights[i] *= 50.0f;
  bias[channel] *= 50.0f;
  for (std::size_t i = channel; i < next_weights.size(); i += channels) next_weights[i] = 0.0f;   // inputs run along the last axis, depthwise too
  put(graph, weights_id, weights);
  put(graph, bias_id, bias);
  put(graph, next_id, next_weights);
}

/// A grid of the file that ends at `part` of what the layer really gives.
void plant_wrong_range(Graph& graph, std::size_t bad, float part) {
  const Layer layer = layers_of(graph)[bad];
  const std::vector<float> highest = reach(graph, layer);
  const ValueId output = graph.node(layer.node).outputs.front();
  const float high = *std::ranges::max_element(highest);
  graph.value(output).grid = grid(part * high / 255.0f, -128);   // from 0 on: a relu's
}

/// Biases so low that a relu never opens, but for one unit.
void plant_dying_relu(Graph& graph, std::size_t bad, std::size_t alive) {
  const ValueId id = graph.node(layers_of(graph)[bad].node).inputs[2];
  std::vector<float> bias = contents(graph, id);
  for (std::size_t i = 0; i < bias.size(); ++i)
    if (i != alive) bias[i] -= 1000.0f;
  put(graph, id, bias);
}

}  // namespace

TEST_CASE("the planted bad layer is named first in 20 of 20 models: an outlier channel, a wrong range, a dying relu") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    Graph graph = random_network(seed);
    const auto layers = layers_of(graph);
    Random random(seed + 1000);
    const std::size_t bad = static_cast<std::size_t>(random.below(layers.size() - 1));   // not the last, which has no relu
    const auto channel = static_cast<std::size_t>(random.below(static_cast<std::uint64_t>(layers[bad].channels)));
    CAPTURE(layers[bad].name);
    switch (seed % 4) {
      case 0: plant_outlier_channel(graph, bad); break;
      case 1: plant_wrong_range(graph, bad, 0.05f); break;   // clips
      case 2: plant_wrong_range(graph, bad, 40.0f); break;   // rounds away
      case 3: plant_dying_relu(graph, bad, channel); break;
    }
    const auto shared = std::make_shared<const Graph>(graph);
    const auto found = finished(shared, noise_for(graph, 120, seed), "w8a8", {});
    const auto suspects = found.suspects();
    REQUIRE(suspects.size() == layers.size());
    CHECK(layers[suspects.front().layer].name == layers[bad].name);
    const Fault expected[] = {Fault::activation_rounding, Fault::activation_clipping, Fault::activation_rounding, Fault::dead_units};
    CHECK(suspects.front().fault == expected[seed % 4]);
  }
}

TEST_CASE("rounding and clipping are told apart: a value on the grid loses nothing, one beyond its end is clipped") {
  // An identity of three numbers on a grid of step 0.5 from -64 to 63.5.
  GraphBuilder b;
  const ValueId x = b.input(DType::float32, {1, 3});
  const ValueId y = b.node(FullyConnected{Activation::none, false}, {x, b.constant<float>({3, 3}, {1, 0, 0, 0, 1, 0, 0, 0, 1}), b.constant<float>({3}, {0, 0, 0})},
                           DType::float32, {1, 3}, grid(0.5f, 0));
  const auto graph = std::make_shared<const Graph>(b.graph(y));
  Dataset data;
  data.sample = {3};
  // channel 0 on the grid; channel 1 off by 0.2 and by 0.1; channel 2 beyond by 1.5, and by 0.2, which is less than half a step: rounding
  data.x = {1.0f, 3.2f, 65.0f, -2.5f, 7.1f, 63.7f};
  const auto shared = std::make_shared<const Dataset>(data);
  auto found = Sensitivity::prepare(graph, ranges_of(graph, data, 2), *parse_recipe("w8a8"), shared, {0, 1}, {});
  REQUIRE(found.has_value());
  while (*found->step()) {}
  const GridLoss& loss = found->layers()[0].activations;
  REQUIRE(loss.channels.size() == 3);
  CHECK(loss.channels[0].rounding == 0.0);
  CHECK(loss.channels[0].clipping == 0.0);
  CHECK(loss.channels[1].rounding == doctest::Approx(0.2 * 0.2 + 0.1 * 0.1).epsilon(1e-4));
  CHECK(loss.channels[1].clipping == 0.0);
  CHECK(loss.channels[2].rounding == doctest::Approx(0.2 * 0.2).epsilon(1e-4));
  CHECK(loss.channels[2].clipping == doctest::Approx(1.5 * 1.5).epsilon(1e-4));
  CHECK(loss.channels[2].signal == doctest::Approx(65.0 * 65.0 + 63.7 * 63.7));
  CHECK(loss.clipped == 1);
  CHECK(loss.count == 6);
  CHECK(found->layers()[0].saturated == 2);   // 65 and 63.7 are both the last code
  // The identity's weights, 127 steps of 1/127, are on their grid.
  CHECK(found->layers()[0].weights.total().clipping == 0.0);
  CHECK(found->layers()[0].weights.rounding_share() < 1e-12);
}

TEST_CASE("a float recipe flips nothing and adds no noise; the flips listed are those the score counts") {
  const auto graph = small_model(3);
  const auto data = noise_for(*graph, 120, 5);
  const auto in_float = finished(graph, data, "wfaf", {});
  CHECK(in_float.flips().empty());
  for (const Trial& trial : in_float.trials()) {
    if (trial.weight_bits != 0) continue;
    CHECK(trial.noise == 0.0);
    CHECK(trial.score.changed == 0);
  }
  const auto two = finished(graph, data, "w2a8", {8, 4});
  CHECK(two.flips().size() == two.find(Trial::Scope::all)->score.changed);
  CHECK(two.flips().size() > 0);
  for (const Flip& flip : two.flips()) CHECK(flip.answer != flip.float_answer);
  // Fewer bits for one layer alone: never less noise at the output, up to chance; from 8 to 2 by far more.
  for (std::size_t layer = 0; layer < 4; ++layer) CHECK(two.find(Trial::Scope::only_weights, layer)->noise > two.find(Trial::Scope::only_weights, layer, 8)->noise);
}

TEST_CASE("a trial's recipe, scored by itself, gives the trial's score") {
  const auto graph = small_model(4);
  const auto data = noise_for(*graph, 120, 6);
  const auto ranges = ranges_of(graph, *data, 40);
  const auto found = finished(graph, data, "w3a8;conv_2:w5", {4});
  for (const Trial& trial : found.trials()) {
    CAPTURE(to_text(trial.recipe));
    const auto again = parse_recipe(to_text(trial.recipe));
    REQUIRE(again.has_value());
    const auto compressed = compress(graph, ranges, *again);
    REQUIRE(compressed.has_value());
    auto evaluation = Evaluation::prepare(*compressed, graph, data, rows_of(40, 120), std::make_shared<FloatAnswers>());
    REQUIRE(evaluation.has_value());
    while (*evaluation->step()) {}
    CHECK(evaluation->score().changed == trial.score.changed);
  }
}

TEST_CASE("a layer is given what its fault asks for, until there is no more to give") {
  const auto text_of = [](const std::optional<Recipe>& recipe) { return recipe ? to_text(*recipe) : "nothing"; };
  CHECK(text_of(raised(*parse_recipe("w4a8"), "conv_1", Fault::weight_rounding)) == "w4a8;conv_1:w8");
  CHECK(text_of(raised(*parse_recipe("w4a8;conv_1:w8;g=tensor"), "conv_1", Fault::weight_clipping)) == "w4a8;conv_1:w8,g=channel;g=tensor");
  CHECK(text_of(raised(*parse_recipe("w8a8"), "conv_1", Fault::weight_rounding)) == "nothing");
  CHECK(text_of(raised(*parse_recipe("w4a8"), "conv_1", Fault::activation_clipping)) == "w4a8;conv_1:a16");
  CHECK(text_of(raised(*parse_recipe("w4a16"), "conv_1", Fault::activation_rounding)) == "nothing");
  CHECK(text_of(raised(*parse_recipe("w4a8"), "conv_1", Fault::dead_units)) == "nothing");
}

TEST_CASE("what a sensitivity cannot measure is refused with the reason") {
  const auto graph = small_model(5);
  const auto data = noise_for(*graph, 10, 1);
  CHECK_FALSE(Sensitivity::prepare(graph, {}, *parse_recipe("w8a8"), data, {}, {}).has_value());
  CHECK_FALSE(Sensitivity::prepare(graph, {}, *parse_recipe("w8a8"), data, {0}, {9}).has_value());
  CHECK_FALSE(Sensitivity::prepare(graph, {}, *parse_recipe("w8a8;dense_9:w4"), data, {0}, {}).has_value());
}
