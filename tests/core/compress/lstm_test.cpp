// LSTMs in integers as TensorFlow Lite has them: what calibration sees, what a recipe makes, and that a file's own integers come back.
#include "core/compress/lstm.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <doctest/doctest.h>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/formats/load.h"
#include "core/formats/npy.h"
#include "core/formats/tflite.h"
#include "core/train/network.h"
#include "tests/support/corpus.h"

using namespace edgewise;

namespace {

Recipe recipe_of(const char* from) {
  const auto recipe = parse_recipe(from);
  CHECK_MESSAGE(recipe.has_value(), from);
  return recipe.value_or(Recipe{});
}

std::shared_ptr<const Graph> network_graph(const char* architecture, const Shape& sample, std::uint64_t seed) {
  const auto network = train::make_network(*train::parse_architecture(architecture), sample, seed);
  CHECK(network.has_value());
  return network ? std::make_shared<const Graph>(train::graph_of(*network, false)) : nullptr;
}

/// A slow wave with noise: neighbours in time are alike, as they are where an LSTM is of use.
std::vector<float> wave(const Shape& sample, std::uint64_t seed) {
  Random random(seed);
  std::vector<float> values(static_cast<std::size_t>(sample.elements()));
  const std::size_t features = static_cast<std::size_t>(sample.back());
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<float>(std::sin(0.2 * static_cast<double>(i / features) + static_cast<double>(i % features + seed)) + 0.2 * random.normal());
  return values;
}

Ranges ranges_of(const std::shared_ptr<const Graph>& graph, const Shape& sample) {
  auto calibrator = Calibrator::prepare(graph);
  REQUIRE_MESSAGE(calibrator.has_value(), (calibrator ? std::string() : to_text(calibrator.error())));
  for (std::uint64_t seed = 100; seed < 130; ++seed) calibrator->observe(wave(sample, seed));
  return calibrator->ranges();
}

std::vector<float> answers_of(Runner& runner, std::span<const float> sample) {
  runner.reset();
  runner.set_input(0, sample);
  runner.run();
  std::vector<float> out(static_cast<std::size_t>(runner.graph().value(runner.graph().outputs.front()).shape.elements()));
  runner.output_reals(0, out);
  return out;
}

const Node& first_lstm(const Graph& graph) {
  const auto found = std::ranges::find_if(graph.nodes, [](const Node& node) { return std::holds_alternative<UnidirectionalSequenceLstm>(node.op); });
  REQUIRE(found != graph.nodes.end());
  return *found;
}

}  // namespace

TEST_CASE("calibration sees an LSTM's cells after every step, not after the last alone") {
  // Input and forget gate open (logistic(20) is 1 within 3e-9), the cell gate tanh(20 x): the cell counts up where x is 1 and down where it is -1.
  auto network = train::make_network(*train::parse_architecture("lstm1-last-dense1"), {5, 1}, 1);
  REQUIRE(network.has_value());
  const std::vector<float> lstm = {0, 0, 20, 0, 0, 0, 0, 0, 20, 20, 0, 20};   // weights of x, weights of h, biases; gates i f g o
  std::ranges::copy(lstm, network->parameters.begin());
  const auto graph = std::make_shared<const Graph>(train::graph_of(*network, false));
  auto calibrator = Calibrator::prepare(graph);
  REQUIRE(calibrator.has_value());
  calibrator->observe(std::vector<float>{1, 1, 1, -1, -1});   // 1 2 3 2 1
  const Observed& cells = calibrator->ranges().values[static_cast<std::size_t>(first_lstm(*graph).inputs[19])];
  CHECK(cells.count == 5);
  CHECK(cells.low == doctest::Approx(1.0f));
  CHECK(cells.high == doctest::Approx(3.0f));
}

TEST_CASE("16-bit cells have a power of two as their scale, from 2^-15 to 2^-9") {
  struct Case { RealRange range; float scale; };
  for (const Case& c : {Case{{0.0f, 0.5f}, 0x1p-15f}, Case{{-1.0f, 0.3f}, 0x1p-15f}, Case{{0.0f, 1.01f}, 0x1p-14f}, Case{{-3.0f, 2.0f}, 0x1p-13f},
                        Case{{-8.0f, 2.0f}, 0x1p-12f}, Case{{0.0f, 60.0f}, 0x1p-9f}, Case{{0.0f, 1000.0f}, 0x1p-9f}})
    CHECK(cell_grid(c.range).scale.front() == c.scale);
}

TEST_CASE("an LSTM in integers answers nearly as in float, and the fewer bits its weights have the less so") {
  const Shape sample{20, 5};
  const auto graph = network_graph("lstm12-lstm7-last-dense3", sample, 3);
  const Ranges ranges = ranges_of(graph, sample);
  auto exact = Runner::prepare(graph);
  REQUIRE(exact.has_value());
  double before = 0.0;
  for (const char* recipe : {"w8a8", "w4a8", "w2a8"}) {
    CAPTURE(recipe);
    const auto made = compress(graph, ranges, recipe_of(recipe));
    REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : to_text(made.error())));
    const Node& lstm = first_lstm(**made);
    CHECK((*made)->value(lstm.inputs[1]).type == DType::int8);
    CHECK((*made)->value(lstm.inputs[12]).type == DType::int32);
    CHECK((*made)->value(lstm.inputs[19]).type == DType::int16);
    CHECK((*made)->output(lstm).type == DType::int8);
    CHECK((*made)->output(lstm).grid == (*made)->value(lstm.inputs[18]).grid);   // what comes out is what is fed back
    auto runner = Runner::prepare(*made);
    REQUIRE_MESSAGE(runner.has_value(), (runner ? std::string() : to_text(runner.error())));
    double error = 0.0, size = 0.0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      const std::vector<float> x = wave(sample, seed), wanted = answers_of(*exact, x), got = answers_of(*runner, x);
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        error += std::abs(static_cast<double>(got[i]) - static_cast<double>(wanted[i]));
        size += std::abs(static_cast<double>(wanted[i]));
      }
    }
    if (before == 0.0) CHECK(error / size < 0.05);
    CHECK(error > 2.0 * before);
    before = error;
  }
}

TEST_CASE("a plan of an LSTM has the types, names and bytes of the integer model, with weights packed at their width") {
  const Shape sample{6, 3};
  const auto graph = network_graph("lstm5-last-dense2", sample, 4);
  const Ranges ranges = ranges_of(graph, sample);
  for (const char* recipe : {"w8a8", "w4a8", "w8af", "wfaf", "w8a16", "w4a4"}) {
    CAPTURE(recipe);
    const auto made = compress(graph, ranges, recipe_of(recipe));
    const auto planned = plan(graph, recipe_of(recipe));
    REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : to_text(made.error())));
    REQUIRE(planned.has_value());
    CHECK(tflite::structure_bytes(**made) == planned->graph_bytes);
    REQUIRE(planned->graph->values.size() == (*made)->values.size());
    for (std::size_t v = 0; v < (*made)->values.size(); ++v) {
      CHECK(planned->graph->values[v].name == (*made)->values[v].name);
      CHECK(planned->graph->values[v].type == (*made)->values[v].type);
      CHECK(planned->graph->values[v].bits == (*made)->values[v].bits);
    }
  }
  // 4 gates * 5 cells * (3 + 5) weights and 2 * 5 of the dense layer; biases 20 and 2 of 4 bytes; begin, end and strides of the slice are 36 bytes.
  CHECK(plan(graph, recipe_of("w8a8"))->weights_bytes == 160 + 10 + 22 * 4 + 36);
  REQUIRE(stored_lstms(*plan(graph, recipe_of("w8a8"))->graph).size() == 1);
  CHECK(stored_lstms(*plan(graph, recipe_of("w8a8"))->graph).front().bytes == 160 + 20 * 4);
  CHECK(stored_lstms(*plan(graph, recipe_of("w4a8"))->graph).front().bytes == 4 * (8 + 13) + 20 * 4);
  CHECK(stored_lstms(*plan(graph, recipe_of("wfaf"))->graph).front().bytes == (160 + 20) * 4);
  CHECK(plan(graph, recipe_of("w4a8"))->weights_bytes == 4 * (8 + 13) + 5 + 22 * 4 + 36);   // a gate's 15 weights of x take 8 bytes, its 25 of h 13
}

TEST_CASE("an integer LSTM survives its file: the same bytes come out, and TensorFlow Lite Micro's arithmetic runs it") {
  const Shape sample{9, 4};
  const auto graph = network_graph("lstm6-lstm3-last-dense1", sample, 5);
  const auto made = compress(graph, ranges_of(graph, sample), recipe_of("w8a8"));
  REQUIRE(made.has_value());
  const auto file = tflite::write(**made, "test");
  REQUIRE_MESSAGE(file.has_value(), (file ? std::string() : to_text(file.error())));
  const auto again = load_model(*file, "lstm.tflite");
  REQUIRE_MESSAGE(again.has_value(), (again ? std::string() : to_text(again.error())));
  auto first = Runner::prepare(*made), second = Runner::prepare(again->graph);
  auto micro = Runner::prepare(again->graph, Kernels::reference, kernels::Arithmetic::tflm);
  REQUIRE((first.has_value() && second.has_value()));
  REQUIRE_MESSAGE(micro.has_value(), (micro ? std::string() : to_text(micro.error())));
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const std::vector<float> x = wave(sample, seed), wanted = answers_of(*first, x);
    CHECK(answers_of(*second, x) == wanted);
    CHECK(answers_of(*micro, x).front() == doctest::Approx(wanted.front()).epsilon(0.1));
  }
}

TEST_CASE("an int8 LSTM from a file comes back bit for bit with w8a8") {
  const auto corpus = test::shared_path("corpus");
  if (!corpus) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  const auto model = load_model(test::read_file(*corpus + "/tflite/tflm_mnist_lstm_int8.tflite"), "tflm_mnist_lstm_int8");
  REQUIRE(model.has_value());
  const auto as_float = to_float(model->graph);
  REQUIRE(as_float.has_value());
  REQUIRE(is_plain_lstm(**as_float, first_lstm(**as_float)));
  const auto made = compress(*as_float, Ranges{}, recipe_of("w8a8"));
  REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : to_text(made.error())));
  auto file = Runner::prepare(model->graph), again = Runner::prepare(*made);
  REQUIRE((file.has_value() && again.has_value()));
  const auto input = npy::read(test::read_file(*corpus + "/golden/tflm_mnist_lstm_int8/case_0/step_0/input_0.npy"));
  REQUIRE(input.has_value());
  for (Runner* runner : {&*file, &*again}) {
    REQUIRE(runner->input(0).size() == input->bytes.size());
    std::ranges::copy(input->bytes, runner->input(0).begin());
    runner->run();
  }
  const auto wanted = file->output(0).bytes, got = again->output(0).bytes;
  CHECK(std::ranges::equal(wanted, got));
}
