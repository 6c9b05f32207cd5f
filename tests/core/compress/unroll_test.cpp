// ONNX's GRU written out step by step, and its LSTM: the same answers, the weights once, and integers by the rules that hold for everybody.
#include "core/compress/unroll.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include <doctest/doctest.h>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/formats/load.h"
#include "core/formats/tflite.h"
#include "core/graph/check.h"
#include "core/graph/infer.h"
#include "core/run/run.h"
#include "core/train/network.h"
#include "tests/support/graph_builder.h"
#include "tests/support/onnx_bytes.h"

using namespace edgewise;
using edgewise::test::GraphBuilder;

namespace {

std::vector<float> random_floats(std::uint64_t count, Random& random, double scale = 1.0) {
  std::vector<float> values(static_cast<std::size_t>(count));
  for (float& value : values) value = static_cast<float>(scale * random.normal());
  return values;
}

/// A GRU as ONNX has it, with weights of no meaning.
struct Form {
  const char* name;
  std::int64_t steps, inputs, cells;
  bool resets_behind, has_bias, answers_every_step;
};
Graph gru_graph(const Form& form) {
  GraphBuilder b;
  Random random(7);
  const ValueId x = b.input(DType::float32, {form.steps, 1, form.inputs});
  const auto weights = [&](const Shape& shape) { return b.constant<float>(shape, random_floats(shape.elements(), random, 0.5)); };
  Recurrent op;
  op.cell = Recurrent::Cell::gru;
  op.hidden = static_cast<int>(form.cells);
  op.functions = {{Recurrent::Gate::sigmoid}, {Recurrent::Gate::tanh}};
  op.is_linear_before_reset = form.resets_behind;
  std::vector<ValueId> operands{x, weights({1, 3 * form.cells, form.inputs}), weights({1, 3 * form.cells, form.cells})};
  if (form.has_bias) operands.push_back(weights({1, 6 * form.cells}));
  const Shape state{1, 1, form.cells};
  const auto outputs = b.node_with(op, operands, {{DType::float32, {form.steps, 1, 1, form.cells}}, {DType::float32, state}, {DType::float32, state}});
  return b.graph(outputs[form.answers_every_step ? 0 : 1]);
}

std::vector<float> answers_of(Runner& runner, std::span<const float> sample) {
  runner.reset();
  runner.set_input(0, sample);
  REQUIRE(runner.run().has_value());
  std::vector<float> out(static_cast<std::size_t>(runner.graph().value(runner.graph().outputs.front()).shape.elements()));
  runner.output_reals(0, out);
  return out;
}

void check_valid(Graph graph) {
  const auto inferred = infer_shapes(graph);
  CHECK_MESSAGE(inferred.has_value(), (inferred ? std::string() : to_text(inferred.error())));
  const auto valid = check(graph);
  CHECK_MESSAGE(valid.has_value(), (valid ? std::string() : to_text(valid.error())));
}

std::size_t count_of(const Graph& graph, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::count_if(graph.nodes, [&](const Node& node) { return name_of(node.op) == name; }));
}

Recipe recipe_of(const char* from) {
  const auto recipe = parse_recipe(from);
  REQUIRE_MESSAGE(recipe.has_value(), from);
  return *recipe;
}

std::shared_ptr<const Graph> network_graph(const char* architecture, const Shape& sample, std::uint64_t seed) {
  const auto network = train::make_network(*train::parse_architecture(architecture), sample, seed);
  REQUIRE(network.has_value());
  return std::make_shared<const Graph>(train::graph_of(*network, false));
}

Ranges ranges_of(const std::shared_ptr<const Graph>& graph) {
  auto calibrator = Calibrator::prepare(graph);
  REQUIRE_MESSAGE(calibrator.has_value(), (calibrator ? std::string() : to_text(calibrator.error())));
  Random random(31);
  for (int i = 0; i < 40; ++i) calibrator->observe(random_floats(graph->value(graph->inputs.front()).shape.elements(), random));
  return calibrator->ranges();
}

}  // namespace

TEST_CASE("a GRU written out step by step answers as its kernel, in both forms of the reset, with and without biases") {
  for (const Form& form : {Form{"reset behind", 7, 3, 5, true, true, false}, Form{"reset before", 7, 3, 5, false, true, false}, Form{"no bias", 4, 2, 3, true, false, false},
                           Form{"reset before, no bias", 4, 2, 3, false, false, true}, Form{"every step", 9, 4, 6, true, true, true}, Form{"one step", 1, 3, 2, true, true, true},
                           Form{"more steps than an operator takes inputs", 67, 2, 3, true, true, true}}) {
    CAPTURE(form.name);
    const auto graph = std::make_shared<const Graph>(gru_graph(form));
    check_valid(*graph);
    const auto steps = std::make_shared<const Graph>(unroll(*graph));
    check_valid(*steps);
    CHECK(count_of(*steps, "RECURRENT") == 0);
    CHECK(count_of(*steps, "TANH") == static_cast<std::size_t>(form.steps));
    auto kernel = Runner::prepare(graph, Kernels::reference), written_out = Runner::prepare(steps, Kernels::reference);
    REQUIRE(kernel.has_value());
    REQUIRE_MESSAGE(written_out.has_value(), (written_out ? std::string() : to_text(written_out.error())));
    Random random(9);
    for (int i = 0; i < 5; ++i) {
      const std::vector<float> x = random_floats(static_cast<std::uint64_t>(form.steps * form.inputs), random);
      const std::vector<float> wanted = answers_of(*kernel, x), got = answers_of(*written_out, x);
      REQUIRE(got.size() == wanted.size());
      for (std::size_t k = 0; k < got.size(); ++k) CHECK(std::fabs(got[k] - wanted[k]) <= 1e-5f);
    }
  }
}

TEST_CASE("a GRU that is written out has its weights once: four layers, and the multiply-accumulates of all steps") {
  const auto graph = network_graph("gru5-last-dense2", {11, 3}, 3);
  std::string names;
  for (const Layer& layer : layers_of(*graph)) {
    names += layer.name + " ";
    CHECK(runs_of_layer(*graph, layer).size() == (layer.name == "dense_5" ? 1 : 11));
  }
  CHECK(names == "dense_1 dense_2 dense_3 dense_4 dense_5 ");
  std::uint64_t macs = 0;
  for (const Node& node : graph->nodes) macs += macs_of(*graph, node).macs;
  CHECK(macs == 11 * (15 * 3 + 15 * 5) + 2 * 5);
  // Float: 15 * 3 and 15 * 5 weights, biases of 10, 5 and 5; then 2 * 5 + 2.
  const auto planned = plan(graph, recipe_of("wfaf"));
  REQUIRE(planned.has_value());
  std::uint64_t weights = 0;
  for (const StoredLayer& layer : planned->layers) weights += layer.float_bytes;
  CHECK(weights == 4 * (45 + 75 + 20 + 12));
  CHECK(node_name(*graph, layers_of(*graph)[2].node) == "dense_3");
  CHECK(node_name(*graph, runs_of_layer(*graph, layers_of(*graph)[2])[1]) == "dense_3 (2)");
}

TEST_CASE("a GRU in integers has one grid for its state, one bias to a layer, and the bytes that its plan counted") {
  const auto graph = network_graph("gru6-gru4-last-dense2", {8, 3}, 4);
  const Ranges ranges = ranges_of(graph);
  for (const char* text : {"w8a8", "w4a8", "w2a4", "w8a16", "w8af", "wfaf", "w4a8s0.5", "w8a8;dense_3:w4"}) {
    CAPTURE(text);
    const auto made = compress(graph, ranges, recipe_of(text));
    REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : to_text(made.error())));
    const auto planned = plan(graph, recipe_of(text));
    REQUIRE(planned.has_value());
    CHECK(tflite::structure_bytes(**made) == planned->graph_bytes);
    REQUIRE(planned->graph->values.size() == (*made)->values.size());
    const std::vector<Layer> layers = layers_of(**made);
    REQUIRE(layers.size() == 9);
    for (const Layer& layer : layers) {
      const Node& first = (*made)->node(layer.node);
      for (const NodeId run : runs_of_layer(**made, layer)) {
        const Node& node = (*made)->node(run);
        CHECK(node.inputs[1] == first.inputs[1]);
        if ((*made)->output(node).type == DType::float32) continue;
        CHECK(node.inputs[2] == first.inputs[2]);
        CHECK((*made)->value(node.inputs[0]).grid == (*made)->value(first.inputs[0]).grid);
        CHECK((*made)->output(node).grid == (*made)->output(first).grid);
      }
    }
  }
}

TEST_CASE("a GRU in integers answers nearly as in float, and the fewer bits its weights have the less so") {
  const auto graph = network_graph("gru12-last-dense3", {20, 4}, 5);
  const Ranges ranges = ranges_of(graph);
  auto reals = Runner::prepare(graph);
  REQUIRE(reals.has_value());
  double before = 0.0;
  for (const char* text : {"w8a16", "w8a8", "w4a8", "w2a8"}) {
    CAPTURE(text);
    auto integers = Runner::prepare(*compress(graph, ranges, recipe_of(text)));
    REQUIRE(integers.has_value());
    double error = 0.0, size = 0.0;
    Random random(31);   // the rows it was calibrated on: none leaves its grids
    for (int i = 0; i < 40; ++i) {
      const std::vector<float> x = random_floats(80, random), wanted = answers_of(*reals, x), got = answers_of(*integers, x);
      for (std::size_t k = 0; k < 3; ++k) {
        error += std::pow(static_cast<double>(got[k] - wanted[k]), 2);
        size += std::pow(static_cast<double>(wanted[k]), 2);
      }
    }
    const double relative = std::sqrt(error / size);
    if (before == 0.0) CHECK(relative < 0.05);   // 16-bit activations, 8-bit weights: half a percent of a weight each
    CHECK(relative > before);
    before = relative;
  }
}

TEST_CASE("a GRU in integers survives its file: the same bytes come out, and w8a8 makes the same file of it again") {
  const auto graph = network_graph("gru6-last-dense2", {9, 4}, 6);
  const auto made = compress(graph, ranges_of(graph), recipe_of("w8a8"));
  REQUIRE(made.has_value());
  const auto file = tflite::write(**made, "test");
  REQUIRE_MESSAGE(file.has_value(), (file ? std::string() : to_text(file.error())));
  const auto again = load_model(*file, "gru.tflite");
  REQUIRE_MESSAGE(again.has_value(), (again ? std::string() : to_text(again.error())));
  auto first = Runner::prepare(*made), second = Runner::prepare(again->graph, Kernels::reference);
  REQUIRE((first.has_value() && second.has_value()));
  Random random(3);
  for (int i = 0; i < 5; ++i) {
    const std::vector<float> x = random_floats(36, random);
    CHECK(answers_of(*first, x) == answers_of(*second, x));
  }
  const auto as_float = to_float(again->graph);
  REQUIRE(as_float.has_value());
  CHECK(layers_of(**as_float).size() == 5);
  const auto remade = compress(*as_float, Ranges{}, recipe_of("w8a8"));
  REQUIRE_MESSAGE(remade.has_value(), (remade ? std::string() : to_text(remade.error())));
  CHECK(*tflite::write(**remade, "test") == *file);
}

TEST_CASE("a GRU from an .onnx file, batch first and read at its last step, becomes a .tflite file that answers the same") {
  Random random(13);
  const auto values = [&](std::uint64_t count) { return random_floats(count, random, 0.4); };
  test::OnnxBytes onnx(14);
  onnx.input("x", {1, 6, 3}).output("y", {1, 2});
  onnx.node("Transpose", {"x"}, {"time_first"}, {{"perm", {1, 0, 2}}});
  onnx.constant("W", {1, 12, 3}, values(36)).constant("R", {1, 12, 4}, values(48)).constant("B", {1, 24}, values(24)).constant("h0", {1, 1, 4}, std::vector<float>(4, 0.0f));
  onnx.node("GRU", {"time_first", "W", "R", "B", "", "h0"}, {"all", "last"}, {{"hidden_size", {4}, false}, {"linear_before_reset", {1}, false}});
  onnx.constant("axis", {1}, std::vector<std::int64_t>{0}, onnx::schema::DataType::int64);
  onnx.node("Squeeze", {"last", "axis"}, {"state"});
  onnx.constant("w", {2, 4}, values(8)).constant("b", {2}, values(2));
  onnx.node("Gemm", {"state", "w", "b"}, {"y"}, {{"transB", {1}, false}});
  const auto model = load_model(onnx.file(), "gru.onnx");
  REQUIRE_MESSAGE(model.has_value(), (model ? std::string() : to_text(model.error())));
  CHECK(count_of(*model->graph, "RECURRENT") == 1);
  const auto as_float = to_float(model->graph);
  REQUIRE_MESSAGE(as_float.has_value(), (as_float ? std::string() : to_text(as_float.error())));
  const auto file = tflite::write(**as_float, "test");
  REQUIRE_MESSAGE(file.has_value(), (file ? std::string() : to_text(file.error())));
  const auto again = load_model(*file, "gru.tflite");
  REQUIRE_MESSAGE(again.has_value(), (again ? std::string() : to_text(again.error())));
  auto first = Runner::prepare(model->graph), second = Runner::prepare(again->graph);
  REQUIRE((first.has_value() && second.has_value()));
  for (int i = 0; i < 5; ++i) {
    const std::vector<float> x = random_floats(18, random), wanted = answers_of(*first, x), got = answers_of(*second, x);
    for (std::size_t k = 0; k < 2; ++k) CHECK(std::fabs(got[k] - wanted[k]) <= 1e-5f);
  }
}

TEST_CASE("ONNX's LSTM becomes TensorFlow Lite's operator, with the same answers at every step and at the end, and goes to integers as that does") {
  for (const bool has_bias : {true, false})
    for (const std::size_t output : {0u, 1u}) {
      CAPTURE(has_bias);
      CAPTURE(output);
      constexpr std::int64_t steps = 7, inputs = 3, cells = 5;
      GraphBuilder b;
      Random random(17);
      const ValueId x = b.input(DType::float32, {steps, 1, inputs});
      const auto weights = [&](const Shape& shape) { return b.constant<float>(shape, random_floats(shape.elements(), random, 0.5)); };
      Recurrent op;
      op.cell = Recurrent::Cell::lstm;
      op.hidden = static_cast<int>(cells);
      op.functions = {{Recurrent::Gate::sigmoid}, {Recurrent::Gate::tanh}, {Recurrent::Gate::tanh}};
      std::vector<ValueId> operands{x, weights({1, 4 * cells, inputs}), weights({1, 4 * cells, cells})};
      if (has_bias) operands.push_back(weights({1, 8 * cells}));
      const Shape state{1, 1, cells};
      const auto outputs = b.node_with(op, operands, {{DType::float32, {steps, 1, 1, cells}}, {DType::float32, state}, {DType::float32, state}});
      const auto graph = std::make_shared<const Graph>(b.graph(outputs[output]));
      const auto rewritten = std::make_shared<const Graph>(unroll(*graph));
      check_valid(*rewritten);
      CHECK(count_of(*rewritten, "UNIDIRECTIONAL_SEQUENCE_LSTM") == 1);
      CHECK(count_of(unroll(b.graph(outputs[2])), "RECURRENT") == 1);   // somebody reads its cells
      auto kernel = Runner::prepare(graph, Kernels::reference), as_operator = Runner::prepare(rewritten, Kernels::reference);
      REQUIRE((kernel.has_value() && as_operator.has_value()));
      for (int i = 0; i < 5; ++i) {
        const std::vector<float> sample = random_floats(steps * inputs, random), wanted = answers_of(*kernel, sample), got = answers_of(*as_operator, sample);
        REQUIRE(got.size() == wanted.size());
        for (std::size_t k = 0; k < got.size(); ++k) CHECK(std::fabs(got[k] - wanted[k]) <= 1e-5f);
      }
      const auto made = compress(rewritten, ranges_of(rewritten), recipe_of("w8a8"));
      REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : to_text(made.error())));
      CHECK((*made)->output(*std::ranges::find_if((*made)->nodes, [](const Node& node) { return std::holds_alternative<UnidirectionalSequenceLstm>(node.op); })).type == DType::int8);
    }
}

TEST_CASE("a GRU that cannot be written out stays one operator, and says why") {
  const Form form{"", 5, 3, 2, true, true, false};
  struct Case { const char* why; void (*change)(Graph&); };
  for (const Case& c : {Case{"it runs backwards in time, which a device cannot while the input comes", [](Graph& g) { std::get<Recurrent>(g.nodes[0].op).direction = Recurrent::Direction::reverse; }},
                        Case{"its sums are clipped", [](Graph& g) { std::get<Recurrent>(g.nodes[0].op).clip = 3.0f; }},
                        Case{"its curves are not the logistic function and tanh", [](Graph& g) { std::get<Recurrent>(g.nodes[0].op).functions[1].gate = Recurrent::Gate::relu; }},
                        Case{"its weights are computed", [](Graph& g) { g.value(g.nodes[0].inputs[1]).data = nullptr; }},
                        Case{"its batch is 2, and 1 is wanted", [](Graph& g) { g.value(g.nodes[0].inputs[0]).shape = {5, 2, 3}; }},
                        Case{"its 500 steps make a graph of 7,537 tensors and 7,029 operators; the limits are 4,096 and 4,096",   // 7 + 502 * 15 and 1 + 502 * 14
                             [](Graph& g) { g.value(g.nodes[0].inputs[0]).shape = {500, 1, 3}; }}}) {
    CAPTURE(c.why);
    Graph graph = gru_graph(form);
    CHECK(why_not_unrolled(graph, graph.nodes[0]) == "");
    c.change(graph);
    CHECK(why_not_unrolled(graph, graph.nodes[0]) == c.why);
    CHECK(count_of(unroll(graph), "RECURRENT") == 1);
  }
}
