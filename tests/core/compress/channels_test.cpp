#include "core/compress/channels.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/compress/learned.h"
#include "core/formats/load.h"
#include "core/formats/tflite.h"
#include "core/graph/check.h"
#include "core/mcu/arena.h"
#include "tests/support/corpus.h"
#include "tests/support/run.h"
#include "tests/support/small_model.h"

namespace edgewise {
namespace {

Recipe recipe_of(std::string_view from) {
  const auto recipe = parse_recipe(from);
  CHECK_MESSAGE(recipe.has_value(), (recipe ? "" : to_text(recipe.error())));
  return recipe.value_or(Recipe{});
}

Shaped shaped(const std::shared_ptr<const Graph>& graph, std::string_view recipe) {
  auto out = leave_out_channels(graph, recipe_of(recipe));
  REQUIRE_MESSAGE(out.has_value(), (out ? "" : to_text(out.error())));
  CHECK_MESSAGE(check(*out->graph).has_value(), to_text(check(*out->graph).has_value() ? Error{} : check(*out->graph).error()));
  return std::move(*out);
}

const ShapedLayer& layer(const Shaped& shaped, std::string_view name) {
  const auto found = std::ranges::find(shaped.layers, name, &ShapedLayer::name);
  REQUIRE(found != shaped.layers.end());
  return *found;
}

std::shared_ptr<const Graph> finished(const test::GraphBuilder& b, ValueId output) {
  Graph graph = b.graph(output);
  const auto inferred = infer_shapes(graph);
  REQUIRE_MESSAGE(inferred.has_value(), (inferred ? "" : to_text(inferred.error())));
  return std::make_shared<const Graph>(std::move(graph));
}

std::uint64_t macs(const Graph& graph) {
  std::uint64_t sum = 0;
  for (const Node& node : graph.nodes) sum += macs_of(graph, node).macs;
  return sum;
}

/// The graph with the weights and the bias of the channels that `shaped` leaves out set to zero.
Graph zeroed(const Graph& from, const Shaped& shaped) {
  Graph graph = from;
  const std::vector<Layer> layers = layers_of(from);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Node& node = from.node(layers[i].node);
    const auto zero = [&](ValueId id, std::size_t inner) {
      Value& value = graph.value(id);
      Bytes bytes = *value.data;
      auto* reals = reinterpret_cast<float*>(bytes.data());
      for (std::size_t at = 0; at < value.shape.elements(); ++at) {
        const auto channel = static_cast<std::uint32_t>(at / inner % static_cast<std::size_t>(layers[i].channels));
        if (!std::ranges::binary_search(shaped.layers[i].kept, channel)) reals[at] = 0.0f;
      }
      value.data = std::make_shared<const Bytes>(std::move(bytes));
    };
    zero(node.inputs[1], layers[i].channel_axis == 0 ? static_cast<std::size_t>(layers[i].weights) / static_cast<std::size_t>(layers[i].channels) : 1);
    if (node.inputs.size() > 2 && node.inputs[2] != no_value) zero(node.inputs[2], 1);
  }
  return graph;
}

void check_same(const std::vector<float>& a, const std::vector<float>& b) {
  REQUIRE(a.size() == b.size());
  REQUIRE(!a.empty());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == doctest::Approx(b[i]).epsilon(1e-4));   // sums of fewer terms in another order
}

TEST_CASE("where zero stays zero, the smaller graph computes what the large one does with those channels zeroed") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    const auto model = test::small_model(seed);
    const Shaped out = shaped(model, "c0.5");
    CHECK(layer(out, "conv_1").after() == 2);                       // floor(0.5 * 4)
    CHECK(layer(out, "conv_2").after() == 2);                       // 3 - floor(0.5 * 3)
    CHECK(layer(out, "dense_1").after() == 5);
    CHECK(layer(out, "conv_1").kept == layer(out, "depthwise_1").kept);   // the addition and the filter tie them
    const auto sample = test::small_sample(seed);
    check_same(test::run_once<float, float>(*out.graph, {sample}), test::run_once<float, float>(zeroed(*model, out), {sample}));
  }
}

TEST_CASE("the channels with the smallest L1 norm go, and of equal ones the first") {
  test::GraphBuilder b;
  const ValueId x = b.input(DType::float32, {1, 2});
  // Norms: |1|+|-1| = 2, 0.5+0.5 = 1, 3, 1.
  const ValueId h = b.node(FullyConnected{Activation::relu}, {x, b.constant<float>({4, 2}, {1, -1, 0.5f, -0.5f, 0, 3, 1, 0}), no_value}, DType::float32);
  const ValueId y = b.node(FullyConnected{}, {h, b.constant<float>({1, 4}, {1, 2, 3, 4}), no_value}, DType::float32);
  const auto graph = finished(b, y);
  CHECK(layer(shaped(graph, "c0.25"), "dense_1").kept == std::vector<std::uint32_t>{0, 2, 3});
  CHECK(layer(shaped(graph, "c0.5"), "dense_1").kept == std::vector<std::uint32_t>{0, 2});
  CHECK(layer(shaped(graph, "c0.75"), "dense_1").kept == std::vector<std::uint32_t>{2});
  CHECK(layer(shaped(graph, "c0.95"), "dense_1").kept == std::vector<std::uint32_t>{2});   // floor(3.8) = 3 go
  CHECK(layer(shaped(graph, "c0.95"), "dense_2").after() == 1);
  CHECK(layer(shaped(graph, "c0.2"), "dense_1").after() == 4);
  CHECK(layer(shaped(graph, "c0.2"), "dense_1").note == "the fraction is less than one channel");
  // x = (1, 2): neuron 2 is 3 * 2 = 6, times 3.
  CHECK(test::run_once<float, float>(*shaped(graph, "c0.75").graph, {{1.0f, 2.0f}}) == std::vector<float>{18.0f});
}

TEST_CASE("MACs fall as arithmetic by hand says") {
  test::GraphBuilder b;
  Random random(3);
  const Window same{Padding::same, 1, 1, 1, 1};
  const ValueId x = b.input(DType::float32, {1, 8, 8, 3});
  const ValueId c1 = b.node(Conv2d{same, Activation::relu}, {x, test::bell_constant(b, random, {8, 3, 3, 3}, 1), test::bell_constant(b, random, {8}, 1)}, DType::float32);
  const ValueId d1 = b.node(DepthwiseConv2d{same, 1, Activation::relu}, {c1, test::bell_constant(b, random, {1, 3, 3, 8}, 1), test::bell_constant(b, random, {8}, 1)}, DType::float32);
  const ValueId c2 = b.node(Conv2d{same, Activation::relu}, {d1, test::bell_constant(b, random, {16, 1, 1, 8}, 1), no_value}, DType::float32);
  const ValueId flat = b.node(Reshape{}, {c2, b.integers({1, 1024})}, DType::float32, {1, 1024});
  const ValueId y = b.node(FullyConnected{}, {flat, test::bell_constant(b, random, {10, 1024}, 1), test::bell_constant(b, random, {10}, 1)}, DType::float32);
  const auto graph = finished(b, y);
  // 64 places: 64*8*27 + 64*8*9 + 64*16*8 + 10*1024
  CHECK(macs(*graph) == 64 * 8 * 27 + 64 * 8 * 9 + 64 * 16 * 8 + 10 * 1024);
  const Shaped out = shaped(graph, "c0.5;conv_2:c0.25");
  // 4 channels, then 12: 64*4*27 + 64*4*9 + 64*12*4 + 10*768
  CHECK(macs(*out.graph) == 64 * 4 * 27 + 64 * 4 * 9 + 64 * 12 * 4 + 10 * 768);
  CHECK(out.graph->value(out.graph->node(3).inputs[1]).view().as<std::int32_t>()[1] == 768);   // the reshape's own operand says so too
  CHECK(layer(out, "conv_1").note == "together with depthwise_1");
  CHECK(layer(out, "dense_1").note == "they are what the model answers");
  // A bias less for each channel, and the weights behind it.
  CHECK(parameter_count(*out.graph) == (4 * 27 + 4) + (4 * 9 + 4) + (12 * 4 + 12) + (10 * 768 + 10));
}

TEST_CASE("layers tied by an addition lose the same channels; the smallest fraction one of them names is theirs") {
  test::GraphBuilder b;
  Random random(5);
  const Window same{Padding::same, 1, 1, 1, 1};
  const auto conv = [&](ValueId from, std::int64_t out, std::int64_t in) {
    return b.node(Conv2d{same, Activation::relu}, {from, test::bell_constant(b, random, {out, 1, 1, in}, 1), test::bell_constant(b, random, {out}, 1)}, DType::float32);
  };
  const ValueId x = b.input(DType::float32, {1, 4, 4, 3});
  const ValueId stem = conv(x, 8, 3), branch = conv(conv(stem, 12, 8), 8, 12);
  const ValueId sum = b.node(Add{Activation::relu}, {branch, stem}, DType::float32);
  const ValueId pooled = b.node(Mean{false}, {sum, b.integers({1, 2})}, DType::float32);
  const ValueId y = b.node(FullyConnected{}, {pooled, test::bell_constant(b, random, {4, 8}, 1), no_value}, DType::float32);
  const auto graph = finished(b, y);
  const Shaped all = shaped(graph, "c0.5");
  CHECK(layer(all, "conv_1").kept == layer(all, "conv_3").kept);
  CHECK(layer(all, "conv_1").after() == 4);
  CHECK(layer(all, "conv_2").after() == 6);
  CHECK(layer(all, "conv_1").note == "together with conv_3");
  const Shaped own = shaped(graph, "c0.5;conv_3:c0.25");
  CHECK(layer(own, "conv_1").after() == 6);
  CHECK(layer(own, "conv_3").after() == 6);
  const Shaped one = shaped(graph, "conv_1:c0.5");
  CHECK(layer(one, "conv_3").after() == 4);
  CHECK(layer(one, "conv_2").after() == 12);
  const std::vector<float> sample = test::bell(random, 48, 1.0);
  check_same(test::run_once<float, float>(*all.graph, {sample}), test::run_once<float, float>(zeroed(*graph, all), {sample}));
}

TEST_CASE("what reads channels by their position keeps them, and is named") {
  test::GraphBuilder b;
  Random random(6);
  const ValueId x = b.input(DType::float32, {1, 6});
  const ValueId h = b.node(FullyConnected{Activation::relu}, {x, test::bell_constant(b, random, {4, 6}, 1), no_value}, DType::float32);
  const ValueId s = b.node(Softmax{}, {h}, DType::float32);
  const ValueId y = b.node(FullyConnected{}, {s, test::bell_constant(b, random, {2, 4}, 1), no_value}, DType::float32);
  const Shaped out = shaped(finished(b, y), "c0.5");
  CHECK(layer(out, "dense_1").after() == 4);
  CHECK(layer(out, "dense_1").note == "softmax_1 reads channels by their position");
  CHECK(out.cuts.empty());
}

TEST_CASE("a factor and an offset for each channel lose the same channels, and padded channels stay") {
  test::GraphBuilder b;
  Random random(8);
  const Window same{Padding::same, 1, 1, 1, 1};
  const ValueId x = b.input(DType::float32, {1, 3, 3, 2});
  const ValueId c1 = b.node(Conv2d{same}, {x, test::bell_constant(b, random, {6, 1, 1, 2}, 1), no_value}, DType::float32);
  const ValueId scaled = b.node(Mul{Activation::relu}, {c1, test::bell_constant(b, random, {6}, 1)}, DType::float32);
  const ValueId padded = b.node(Pad{}, {scaled, b.constant<std::int32_t>({4, 2}, {0, 0, 0, 0, 0, 0, 1, 2})}, DType::float32);   // 1 + 6 + 2 channels
  const ValueId c2 = b.node(Conv2d{same}, {padded, test::bell_constant(b, random, {3, 1, 1, 9}, 1), no_value}, DType::float32);
  const auto graph = finished(b, c2);
  const Shaped out = shaped(graph, "c0.5");
  CHECK(layer(out, "conv_1").after() == 3);
  CHECK(out.graph->value(padded).shape == Shape{1, 3, 3, 6});
  CHECK(out.graph->value(graph->node(1).inputs[1]).shape == Shape{3});
  const std::vector<float> sample = test::bell(random, 18, 1.0);
  check_same(test::run_once<float, float>(*out.graph, {sample}), test::run_once<float, float>(zeroed(*graph, out), {sample}));
}

TEST_CASE("a recipe with channels makes the integer graph of the smaller model, and its plan counts that graph's bytes") {
  const auto model = test::small_model(4);
  auto calibrator = Calibrator::prepare(model);
  REQUIRE(calibrator.has_value());
  for (std::uint64_t seed = 1; seed <= 20; ++seed) calibrator->observe(test::small_sample(seed));
  const Recipe recipe = recipe_of("w4a8c0.5");
  const Shaped out = shaped(model, "w4a8c0.5");
  CHECK(to_text(out.recipe) == "w4a8");
  const auto together = compress(model, calibrator->ranges(), recipe), apart = compress(out.graph, calibrator->ranges(), out.recipe);
  REQUIRE(together.has_value());
  REQUIRE(apart.has_value());
  std::vector<std::int8_t> codes;
  for (int i = 0; i < 72; ++i) codes.push_back(static_cast<std::int8_t>(i * 37 % 256 - 128));
  CHECK(test::run_once<std::int8_t, std::int8_t>(**together, {codes}) == test::run_once<std::int8_t, std::int8_t>(**apart, {codes}));
  const auto planned = plan(model, recipe), whole = plan(model, recipe_of("w4a8"));
  REQUIRE(planned.has_value());
  REQUIRE(whole.has_value());
  CHECK(planned->flash_bytes() < whole->flash_bytes());
  CHECK(planned->float_weights_bytes == whole->float_weights_bytes);   // the float model is the one of the file
  CHECK(planned->channels.size() == planned->layers.size());
  CHECK(whole->channels.empty());
  const auto file = tflite::write(**together);
  REQUIRE(file.has_value());
}

TEST_CASE("parameters of the smaller graph, grown and pruned again, are the same parameters") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    CAPTURE(seed);
    const auto model = test::small_model(seed);
    const Shaped out = shaped(model, "c0.5");
    Random random(seed);
    const std::vector<float> learned = test::bell(random, parameter_count(*out.graph), 0.5);
    const std::vector<float> grown = grown_parameters(*model, out, learned);
    CHECK(grown.size() == parameter_count(*model));
    const auto again = std::make_shared<const Graph>(with_parameters(*model, grown));
    const Shaped second = shaped(again, "c0.5");
    const auto small = with_parameters(*out.graph, learned);
    for (std::size_t i = 0; i < out.layers.size(); ++i) CHECK(second.layers[i].kept == out.layers[i].kept);
    const auto sample = test::small_sample(seed);
    CHECK(test::run_once<float, float>(*second.graph, {sample}) == test::run_once<float, float>(small, {sample}));
  }
}

TEST_CASE("each float model of the corpus loses channels and runs, or names for each layer why not") {
  const auto folder = test::shared_path("corpus/tflite"), onnx = test::shared_path("corpus/onnx");
  if (!folder) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  std::vector<std::string> files = test::files_in(*folder, ".tflite");
  if (onnx)
    for (std::string& file : test::files_in(*onnx, ".onnx")) files.push_back(std::move(file));
  int tried = 0, smaller = 0;
  for (const std::string& file : files) {
    const auto bytes = test::read_file(file);
    if (bytes.size() > (2u << 20)) continue;
    const auto model = load_model(bytes, file);
    if (!model || layers_of(*model->graph).empty()) continue;
    const auto real = to_float(model->graph);
    if (!real) continue;
    CAPTURE(file);
    const Recipe half = recipe_of("wfafc0.5");
    const auto out = leave_out_channels(*real, half);
    CHECK_MESSAGE(out.has_value(), (out ? "" : to_text(out.error())));
    if (!out) continue;
    ++tried;
    for (const ShapedLayer& layer : out->layers) {
      CAPTURE(layer.name);
      CHECK(layer.after() >= 1);
      const bool is_half = layer.before - layer.after() == layer.before / 2;
      CHECK((is_half || !layer.note.empty()));
    }
    if (out->graph == *real) continue;
    ++smaller;
    const auto valid = check(*out->graph);
    CHECK_MESSAGE(valid.has_value(), (valid ? "" : to_text(valid.error())));
    CHECK(macs(*out->graph) < macs(**real));
    auto runner = Runner::prepare(out->graph);
    if (!Runner::prepare(*real)) continue;   // what does not run whole need not run pruned
    CHECK_MESSAGE(runner.has_value(), (runner ? "" : to_text(runner.error())));
    if (runner) CHECK(runner->run().has_value());
  }
  MESSAGE(text(tried, " models, ", smaller, " of them smaller with half of their channels"));
  CHECK(smaller > 20);
}

}  // namespace
}  // namespace edgewise
