#include "core/compress/compress.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/formats/tflite.h"
#include "core/run/run.h"
#include "tests/support/small_model.h"

namespace edgewise {
namespace {

using test::grid;

Ranges calibrated(const std::shared_ptr<const Graph>& graph, int samples = 20) {
  auto calibrator = Calibrator::prepare(graph);
  if (!calibrator) return {};
  for (int i = 0; i < samples; ++i) calibrator->observe(test::small_sample(static_cast<std::uint64_t>(i) + 100));
  return calibrator->ranges();
}

Recipe recipe_of(const char* from) {
  const auto recipe = parse_recipe(from);
  CHECK_MESSAGE(recipe.has_value(), from);
  return recipe.value_or(Recipe{});
}

std::vector<float> outputs_of(const std::shared_ptr<const Graph>& graph, std::span<const float> sample) {
  auto runner = Runner::prepare(graph);
  CHECK_MESSAGE(runner.has_value(), (runner ? std::string() : to_text(runner.error())));
  if (!runner) return {};
  runner->set_input(0, sample);
  runner->run();
  std::vector<float> out(static_cast<std::size_t>(graph->value(graph->outputs.front()).shape.elements()));
  runner->output_reals(0, out);
  return out;
}

/// The largest difference between a compressed model's outputs and the float model's, over some samples calibration did not see.
float largest_difference(const std::shared_ptr<const Graph>& graph, const std::shared_ptr<const Graph>& float_graph) {
  float largest = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto sample = test::small_sample(seed);
    const auto a = outputs_of(graph, sample), b = outputs_of(float_graph, sample);
    if (a.size() != b.size() || a.empty()) return 1e9f;
    for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  }
  return largest;
}

/// What a plan says about a graph without knowing contents: empty when `plan` and `made` agree in it.
std::string structural_difference(const Graph& plan, const Graph& made) {
  if (plan.nodes.size() != made.nodes.size() || plan.values.size() != made.values.size())
    return text(plan.nodes.size(), " nodes and ", plan.values.size(), " values instead of ", made.nodes.size(), " and ", made.values.size());
  for (std::size_t n = 0; n < made.nodes.size(); ++n)
    if (plan.nodes[n].op.index() != made.nodes[n].op.index() || plan.nodes[n].inputs != made.nodes[n].inputs || plan.nodes[n].outputs != made.nodes[n].outputs)
      return text("node ", n, " is ", name_of(plan.nodes[n].op), " instead of ", name_of(made.nodes[n].op));
  for (std::size_t v = 0; v < made.values.size(); ++v) {
    const Value &a = plan.values[v], &b = made.values[v];
    const bool same = a.type == b.type && a.shape == b.shape && a.bits == b.bits && a.name == b.name && a.is_constant() == b.is_constant() &&
                      a.content_bytes() == b.content_bytes() && a.grid.scale.size() == b.grid.scale.size() && a.grid.axis == b.grid.axis;
    if (!same) return text("value ", v, " '", b.name, "'");
  }
  return plan.inputs == made.inputs && plan.outputs == made.outputs ? "" : "inputs or outputs";
}

TEST_CASE("the finer the recipe, the nearer to the float model; all float is the float model to the bit") {
  struct Case { const char* recipe; float tolerance; };
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    CAPTURE(seed);
    const auto float_graph = test::small_model(seed);
    REQUIRE(float_graph != nullptr);
    const Ranges ranges = calibrated(float_graph);
    // Softmax outputs: 1/256 is a step of the 8-bit ones.
    for (const Case& c : {Case{"wfaf", 0.0f}, Case{"wfa16", 0.003f}, Case{"w8af", 0.02f}, Case{"w8a16", 0.02f}, Case{"w8a8", 0.06f}, Case{"wfa8", 0.06f},
                          Case{"w8a8;g=tensor", 0.08f}, Case{"w6a8", 0.12f}, Case{"w8a6", 0.25f}, Case{"w8a8;conv_2:a16", 0.06f}, Case{"w8a16;depthwise_1:a8", 0.06f},
                          Case{"w8a8;conv_1:wf;dense_1:wfaf", 0.06f}, Case{"w8a8;conv_2:af", 0.06f}, Case{"w8a8;wz=asym", 0.06f}, Case{"w8a8;cal=mse;wr=mse", 0.2f}}) {
      CAPTURE(c.recipe);
      const auto made = compress(float_graph, ranges, recipe_of(c.recipe));
      CHECK_MESSAGE(made.has_value(), (made ? std::string() : to_text(made.error())));
      if (made) CHECK(largest_difference(*made, float_graph) <= c.tolerance);
    }
  }
}

LayerOverride random_layer(Random& random) {
  const int weight_bits[] = {2, 3, 4, 5, 6, 7, 8, float_bits}, activation_bits[] = {4, 5, 6, 7, 8, 16, float_bits};
  LayerOverride layer;
  if (random.below(2) == 0) layer.weight_bits = weight_bits[random.below(8)];
  if (random.below(2) == 0) layer.activation_bits = activation_bits[random.below(7)];
  if (random.below(4) == 0) layer.sparsity = 0.5f;
  if (random.below(4) == 0) layer.granularity = Granularity::per_tensor;
  if (random.below(4) == 0) layer.weight_range = WeightRange::least_error;
  if (random.below(4) == 0) layer.calibration = Calibration::percentile;
  return layer;
}

Recipe random_recipe(Random& random) {
  Recipe recipe;
  const LayerOverride all = random_layer(random);
  recipe.all.weight_bits = all.weight_bits.value_or(8);
  recipe.all.activation_bits = all.activation_bits.value_or(8);
  recipe.all.sparsity = all.sparsity.value_or(0.0f);
  for (const char* name : {"conv_1", "depthwise_1", "conv_2", "dense_1"})
    if (const LayerOverride layer = random_layer(random); layer != LayerOverride{}) recipe.layers.emplace(name, layer);
  return recipe;
}

TEST_CASE("any mixture of widths runs, and a plan foretells the structure and the bytes of what compress makes") {
  const auto float_graph = test::small_model(7);
  REQUIRE(float_graph != nullptr);
  const Ranges ranges = calibrated(float_graph);
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Recipe recipe = random_recipe(random);
    CAPTURE(to_text(recipe));
    const auto planned = plan(float_graph, recipe);
    const auto made = compress(float_graph, ranges, recipe);
    CHECK(planned.has_value());
    CHECK_MESSAGE(made.has_value(), (made ? std::string() : to_text(made.error())));
    if (!planned || !made) continue;
    CHECK(structural_difference(*planned->graph, **made) == "");
    CHECK(outputs_of(*made, test::small_sample(seed)).size() == 5);
    // A file keeps narrow codes in int8; a plan counts them packed. All else is the same.
    const auto file = tflite::write(**made);
    CHECK_MESSAGE(file.has_value(), (file ? std::string() : to_text(file.error())));
    if (!file) continue;
    std::uint64_t not_packed = 0;
    for (const StoredLayer& layer : planned->layers)
      if (layer.recipe.weight_bits < 8) not_packed += layer.weights - layer.dense_bytes;
    CHECK(planned->flash_bytes() + not_packed == file->size());
  }
}

TEST_CASE("layers compute in the arithmetic their recipe asks for, and QUANTIZE and DEQUANTIZE stand where types meet") {
  const auto float_graph = test::small_model(3);
  REQUIRE(float_graph != nullptr);
  const auto ops_of = [&](const char* recipe) {
    const auto planned = plan(float_graph, recipe_of(recipe));
    std::string ops;
    for (std::size_t n = 0; planned && n < planned->graph->nodes.size(); ++n)
      ops += text(n == 0 ? "" : " ", node_name(*planned->graph, static_cast<NodeId>(n)), ':', name_of(planned->graph->output(planned->graph->nodes[n]).type));
    return ops;
  };
  CHECK(ops_of("w8a8") == "conv_1:int8 depthwise_1:int8 add_1:int8 conv_2:int8 concatenation_1:int8 max_pool_2d_1:int8 pad_1:int8 reshape_1:int8 dense_1:int8 softmax_1:int8");
  CHECK(ops_of("wfaf") == "conv_1:float32 depthwise_1:float32 add_1:float32 conv_2:float32 concatenation_1:float32 max_pool_2d_1:float32 pad_1:float32 "
                          "reshape_1:float32 dense_1:float32 softmax_1:float32");
  // Codes of a layer that computes in float are dequantized; it keeps its name.
  CHECK(ops_of("wfaf;conv_2:w4") == "conv_1:float32 depthwise_1:float32 add_1:float32 dequantize_1:float32 conv_2:float32 concatenation_1:float32 max_pool_2d_1:float32 "
                                    "pad_1:float32 reshape_1:float32 dense_1:float32 softmax_1:float32");
  // One layer in 16 bits: its input and what reads its output are converted.
  CHECK(ops_of("w8a8;conv_2:a16") == "conv_1:int8 depthwise_1:int8 add_1:int8 quantize_1:int16 conv_2:int16 quantize_2:int16 concatenation_1:int16 max_pool_2d_1:int16 "
                                     "pad_1:int16 reshape_1:int16 quantize_3:int8 dense_1:int8 softmax_1:int8");
  // One layer in float between integers.
  CHECK(ops_of("w8a8;dense_1:wf") == "conv_1:int8 depthwise_1:int8 add_1:int8 conv_2:int8 concatenation_1:int8 max_pool_2d_1:int8 pad_1:int8 reshape_1:int8 "
                                     "dequantize_1:float32 dense_1:float32 quantize_1:int8 softmax_1:int8");
}

TEST_CASE("narrow activations stay within their codes, operators that hand on a grid share it, softmax keeps its own") {
  const auto float_graph = test::small_model(5);
  REQUIRE(float_graph != nullptr);
  const auto made = compress(float_graph, calibrated(float_graph), recipe_of("w8a4"));
  REQUIRE(made.has_value());
  const Graph& graph = **made;
  for (const Node& node : graph.nodes) {
    const Value& output = graph.output(node);
    CAPTURE(name_of(node.op));
    if (std::holds_alternative<Softmax>(node.op)) {
      CHECK(output.bits == 0);
      CHECK(output.grid == Quantization{{1.0f / 256}, {-128}, 0});
      continue;
    }
    CHECK(output.bits == 4);
    if (std::holds_alternative<MaxPool2d>(node.op) || std::holds_alternative<Pad>(node.op) || std::holds_alternative<Reshape>(node.op) ||
        std::holds_alternative<Concatenation>(node.op))
      for (const ValueId id : node.inputs)
        if (!graph.value(id).is_constant()) CHECK(graph.value(id).grid == output.grid);
  }
  auto runner = Runner::prepare(*made);
  REQUIRE(runner.has_value());
  runner->set_input(0, test::small_sample(4));
  bool inside = true;
  runner->run([&](NodeId n) {
    const ValueId id = graph.node(n).outputs.front();
    if (graph.value(id).bits == 4)
      for (const std::int8_t code : runner->value(id).as<std::int8_t>()) inside = inside && code >= -8 && code <= 7;
  });
  CHECK(inside);
}

TEST_CASE("what is reshaped behind softmax stays on softmax's grid, and two such join in a concatenation without a QUANTIZE") {
  test::GraphBuilder b;
  const ValueId x = b.input(DType::float32, {1, 4});
  const ValueId a = b.node(Softmax{}, {x}, DType::float32, {1, 4}), c = b.node(Logistic{}, {x}, DType::float32, {1, 4});
  const ValueId flat = b.node(Reshape{}, {a, b.integers({1, 4})}, DType::float32, {1, 4});
  const ValueId t = b.node(Tanh{}, {x}, DType::float32, {1, 4});
  const ValueId same = b.node(Concatenation{1, Activation::none}, {flat, c}, DType::float32, {1, 8});
  const ValueId y = b.node(Concatenation{1, Activation::none}, {same, t}, DType::float32, {1, 12});
  const auto float_graph = std::make_shared<const Graph>(b.graph(y));
  auto calibrator = Calibrator::prepare(float_graph);
  REQUIRE(calibrator.has_value());
  calibrator->observe(std::vector<float>{1.0f, -1.0f, 0.5f, 3.0f});
  const auto made = compress(float_graph, calibrator->ranges(), Recipe{});
  REQUIRE(made.has_value());
  const Quantization grid{{1.0f / 256}, {-128}, 0};
  int conversions = 0;
  for (const Node& node : (*made)->nodes) {
    if (std::holds_alternative<Reshape>(node.op)) CHECK((*made)->output(node).grid == grid);
    if (std::holds_alternative<Quantize>(node.op)) ++conversions;
    if (std::holds_alternative<Concatenation>(node.op))
      for (const ValueId id : node.inputs) CHECK((*made)->value(id).grid == (*made)->output(node).grid);
  }
  CHECK(conversions == 2);  // only the second concatenation brings its two inputs onto a grid of both
  const auto out = outputs_of(*made, std::vector<float>{1.0f, -1.0f, 0.5f, 3.0f}), wanted = outputs_of(float_graph, std::vector<float>{1.0f, -1.0f, 0.5f, 3.0f});
  for (std::size_t i = 0; i < out.size(); ++i) CHECK(std::abs(out[i] - wanted[i]) < 0.03f);
}

TEST_CASE("operators that only move numbers, or stand between two of them, hand on the grid: no code leaves the integers") {
  struct Moves { Op op; std::vector<std::vector<std::int32_t>> arguments; Shape shape; };
  const Moves every[] = {{ExpandDims{}, {{0}}, {1, 1, 2, 2, 4}}, {Squeeze{{}}, {}, {2, 2, 4}}, {Slice{}, {{0, 1, 0, 0}, {1, 1, 2, 4}}, {1, 1, 2, 4}}, {MirrorPad{}, {{0, 0, 1, 1, 0, 0, 0, 0}}, {1, 4, 2, 4}},
                         {Tile{}, {{1, 2, 1, 1}}, {1, 4, 2, 4}}, {ReverseV2{}, {{3}}, {1, 2, 2, 4}}, {SpaceToDepth{2}, {}, {1, 1, 1, 16}}, {DepthToSpace{2}, {}, {1, 4, 4, 1}},
                         {SpaceToBatchNd{}, {{2, 2}, {0, 0, 0, 0}}, {4, 1, 1, 4}}, {ResizeNearestNeighbor{}, {{4, 4}}, {1, 4, 4, 4}}, {ResizeBilinear{}, {{4, 4}}, {1, 4, 4, 4}}};
  for (const Moves& moves : every)
    for (const char* recipe : {"w8a8", "w8a16", "w8a5"}) {
      CAPTURE(name_of(moves.op));
      CAPTURE(recipe);
      test::GraphBuilder b;
      const ValueId x = b.input(DType::float32, {1, 2, 2, 4});
      std::vector<ValueId> inputs{b.node(Add{}, {x, x}, DType::float32, {1, 2, 2, 4})};
      for (const auto& argument : moves.arguments) {
        const bool is_pairs = std::holds_alternative<MirrorPad>(moves.op) || (std::holds_alternative<SpaceToBatchNd>(moves.op) && argument.size() == 4);
        const auto count = static_cast<std::int64_t>(argument.size());
        inputs.push_back(b.constant<std::int32_t>(is_pairs ? Shape{count / 2, 2} : Shape{count}, argument));
      }
      const auto float_graph = std::make_shared<const Graph>(b.graph(b.node(moves.op, inputs, DType::float32, moves.shape)));
      std::vector<float> sample;
      for (int i = 0; i < 16; ++i) sample.push_back(0.37f * static_cast<float>(i) - 2.0f);
      auto calibrator = Calibrator::prepare(float_graph);
      REQUIRE_MESSAGE(calibrator.has_value(), (calibrator ? std::string() : to_text(calibrator.error())));
      calibrator->observe(sample);
      const auto made = compress(float_graph, calibrator->ranges(), recipe_of(recipe));
      REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : to_text(made.error())));
      for (const Node& node : (*made)->nodes) CHECK_FALSE((std::holds_alternative<Dequantize>(node.op) || std::holds_alternative<Quantize>(node.op)));
      const Quantization& sums = (*made)->output((*made)->nodes.front()).grid;
      CHECK((*made)->value((*made)->outputs.front()).grid == sums);
      const auto out = outputs_of(*made, sample), wanted = outputs_of(float_graph, sample);
      REQUIRE(out.size() == wanted.size());
      for (std::size_t i = 0; i < out.size(); ++i) CHECK(std::abs(out[i] - wanted[i]) <= 2.0f * sums.scale.front());   // of the input twice and of the sum, half a step each
    }
}

TEST_CASE("a variable stays on the grid that its integer file has for it, from its first contents on; at another width it is kept in float") {
  const Quantization sums = grid(0.5f, -3), steps = grid(0.25f, 10);
  test::GraphBuilder once;
  const ValueId first = once.node(VarHandle{"sum"}, {}, DType::resource, {1});
  once.effect(AssignVariable{}, {first, once.constant<std::int8_t>({1, 2}, {1, -5}, sums)});
  test::GraphBuilder b;
  const ValueId x = b.input(DType::int8, {1, 2}, steps);
  b.effect(CallOnce{std::make_shared<const Graph>(once.graph_without_outputs())}, {});
  const ValueId handle = b.node(VarHandle{"sum"}, {}, DType::resource, {1});
  const ValueId y = b.node(Add{}, {b.node(ReadVariable{}, {handle}, DType::int8, {1, 2}, sums), x}, DType::int8, {1, 2}, sums);
  b.effect(AssignVariable{}, {handle, y});
  const auto file = std::make_shared<const Graph>(b.graph(y));
  const auto as_float = to_float(file);
  REQUIRE_MESSAGE(as_float.has_value(), (as_float ? std::string() : to_text(as_float.error())));
  auto calibrator = Calibrator::prepare(*as_float);
  REQUIRE(calibrator.has_value());
  const std::vector<std::vector<float>> steps_in_time{{1.0f, -1.0f}, {0.5f, -2.0f}, {-3.0f, 0.25f}};
  for (const auto& step : steps_in_time) calibrator->observe(step);
  const auto same = compress(*as_float, calibrator->ranges(), Recipe{}), other = compress(*as_float, calibrator->ranges(), recipe_of("w8a7"));
  REQUIRE_MESSAGE(same.has_value(), (same ? std::string() : to_text(same.error())));
  REQUIRE_MESSAGE(other.has_value(), (other ? std::string() : to_text(other.error())));
  auto in_file = Runner::prepare(file), in_same = Runner::prepare(*same), in_other = Runner::prepare(*other), in_float = Runner::prepare(*as_float);
  REQUIRE((in_file && in_same && in_other && in_float));
  for (const auto& step : steps_in_time) {
    in_other->reset(), in_float->reset();   // as calibration did between its samples
    for (Runner* runner : {&*in_file, &*in_same, &*in_other, &*in_float}) {
      runner->set_input(0, step);
      REQUIRE(runner->run().has_value());
    }
    CHECK(std::ranges::equal(in_same->output(0).as<std::int8_t>(), in_file->output(0).as<std::int8_t>()));
    std::vector<float> reals(2), wanted(2);
    in_other->output_reals(0, reals);
    in_float->output_reals(0, wanted);
    for (std::size_t i = 0; i < 2; ++i) CHECK(std::abs(reals[i] - wanted[i]) < 0.2f);
  }
  std::vector<float> sum(2);
  in_float->output_reals(0, sum);
  CHECK(sum == std::vector<float>{-1.0f, -0.75f});   // 2 and -1 at first, and the last step
}

TEST_CASE("a concatenation's grid reaches as far as whatever joins it: a value on a fixed grid, a constant") {
  test::GraphBuilder b;
  const ValueId x = b.input(DType::float32, {1, 2});
  const ValueId half = b.node(Mul{}, {x, b.constant<float>({1, 2}, {0.1f, 0.1f})}, DType::float32, {1, 2});  // small beside the others
  const ValueId t = b.node(Tanh{}, {x}, DType::float32, {1, 2});
  const ValueId y = b.node(Concatenation{1, Activation::none}, {half, t, b.constant<float>({1, 1}, {-5.0f})}, DType::float32, {1, 5});
  const auto float_graph = std::make_shared<const Graph>(b.graph(y));
  const std::vector<float> sample{1.0f, -2.0f};
  auto calibrator = Calibrator::prepare(float_graph);
  REQUIRE(calibrator.has_value());
  calibrator->observe(sample);
  const auto made = compress(float_graph, calibrator->ranges(), Recipe{});
  REQUIRE(made.has_value());
  const auto out = outputs_of(*made, sample), wanted = outputs_of(float_graph, sample);
  for (std::size_t i = 0; i < out.size(); ++i) CHECK(std::abs(out[i] - wanted[i]) < 0.03f);
}

TEST_CASE("pruned weights are the code of zero, exactly floor(s * n) of them or more") {
  const auto float_graph = test::small_model(9);
  REQUIRE(float_graph != nullptr);
  const Recipe recipe = recipe_of("w8a8s0.5;dense_1:wf");
  const auto made = compress(float_graph, calibrated(float_graph), recipe);
  const auto planned = plan(float_graph, recipe);
  REQUIRE(made.has_value());
  REQUIRE(planned.has_value());
  const auto masks = prune_masks(*float_graph, recipe);
  const auto layers = layers_of(**made);
  REQUIRE(layers.size() == 4);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Value& weights = *(*made)->input((*made)->node(layers[i].node), 1);
    std::uint64_t zeros = 0;
    for (std::size_t w = 0; w < layers[i].weights; ++w) {
      const bool is_zero = weights.type == DType::float32 ? weights.view().as<float>()[w] == 0.0f : weights.view().as<std::int8_t>()[w] == 0;
      zeros += is_zero ? 1 : 0;
      if (!masks[i][w]) CHECK(is_zero);
    }
    CHECK(zeros >= layers[i].weights / 2);
    CHECK(planned->layers[i].nonzero == layers[i].weights - zeros);
  }
}

TEST_CASE("a pruned dense model is not a byte smaller, and its sparse forms are counted beside it") {
  const auto float_graph = test::small_model(2);
  REQUIRE(float_graph != nullptr);
  const auto dense = plan(float_graph, recipe_of("w8a8")), pruned = plan(float_graph, recipe_of("w8a8s0.9"));
  REQUIRE(dense.has_value());
  REQUIRE(pruned.has_value());
  CHECK(pruned->flash_bytes() == dense->flash_bytes());
  const StoredLayer& layer = pruned->layers[3];  // 5 x 84 weights, 42 left: 420 bytes dense
  CHECK(layer.weights == 420);
  CHECK(layer.nonzero == 42);
  CHECK(layer.dense_bytes == 420);
  CHECK(layer.bitmap_bytes == 53 + 42);              // 420 bits, and a byte each
  CHECK(layer.csr_bytes == 4 * 6 + 2 * 42 + 42);     // 6 row starts, columns, codes
  CHECK(layer.relative_index_bytes >= 42 * 12 / 8);  // 12 bits each, and padding
  CHECK(layer.float_bytes == 4 * (420 + 5));
  CHECK(layer.bias_bytes == 4 * 5);
}

TEST_CASE("without ranges, or with another model's, compress says what is missing") {
  const auto float_graph = test::small_model(2);
  REQUIRE(float_graph != nullptr);
  const auto nothing = compress(float_graph, Ranges{}, Recipe{});
  CHECK(!nothing);
  if (!nothing) CHECK(to_text(nothing.error()) == "tensor 0 'value0' was not seen in calibration, so its grid is not known. Give at least one sample of this model's data for calibration.");
  Ranges other;
  other.values.resize(3);
  CHECK(!compress(float_graph, other, Recipe{}));
  CHECK(compress(float_graph, Ranges{}, float_recipe()).has_value());  // floats need no ranges
  const auto layer = compress(float_graph, Ranges{}, recipe_of("w8a8;conv_3:w4"));
  CHECK(!layer);
  if (!layer) CHECK(layer.error().reason == "layer 'conv_3' is not in this model; it has conv_1 to conv_2, depthwise_1, dense_1");
}

TEST_CASE("integer weights without a scale are refused by layer") {
  test::GraphBuilder b;
  const ValueId x = b.input(DType::float32, {1, 2});
  const ValueId y = b.node(FullyConnected{}, {x, b.constant<std::int8_t>({1, 2}, {1, 2}), no_value}, DType::float32, {1, 1});
  const auto as_float = to_float(std::make_shared<const Graph>(b.graph(y)));
  REQUIRE(as_float.has_value());
  const Recipe recipe = recipe_of("w4a8s0.5");
  for (const auto& error : {plan(*as_float, recipe).error(), compress(*as_float, Ranges{}, recipe).error()})
    CHECK(to_text(error) == "dense_1: its weights are int8 without a scale, so they stand for no real numbers");
  CHECK(quantize_weights((*as_float)->value(1), 0, recipe.all, {}).codes.empty());
}

TEST_CASE("a bias that would not fit 32 bits makes its channel's scale coarser instead of wrong") {
  // y = 1e-9 * x + (1000, 0.5). Weight scale 1e-9 / 127 gives the first bias 1000 / (x scale * 7.9e-12), far over 2^31.
  test::GraphBuilder b;
  const ValueId x = b.input(DType::float32, {1, 2});
  const ValueId w = b.constant<float>({2, 2}, {1e-6f, 0.0f, 0.5f, -0.25f}), bias = b.constant<float>({2}, {1000.0f, 0.5f});
  const ValueId y = b.node(FullyConnected{}, {x, w, bias}, DType::float32, {1, 2});
  const auto float_graph = std::make_shared<const Graph>(b.graph(y));
  auto calibrator = Calibrator::prepare(float_graph);
  REQUIRE(calibrator.has_value());
  calibrator->observe(std::vector<float>{1.0f, -1.0f});
  const auto made = compress(float_graph, calibrator->ranges(), Recipe{});
  REQUIRE(made.has_value());
  const auto out = outputs_of(*made, std::vector<float>{1.0f, -1.0f});
  CHECK(std::abs(out[0] - 1000.0f) <= 1000.0f / 255);  // a step of the output's grid
}

}  // namespace
}  // namespace edgewise
