#include "core/train/finetune.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include <doctest/doctest.h>

#include "core/base/random.h"
#include "core/compress/learned.h"
#include "core/formats/tflite.h"
#include "core/train/train.h"

using namespace edgewise;
using namespace edgewise::train;

namespace {

/// Three clouds in eight dimensions: learnable, not trivially.
std::shared_ptr<const Dataset> clouds(std::size_t rows, std::uint64_t seed) {
  Random random(seed);
  Dataset data;
  data.name = "clouds";
  data.sample = {8};
  for (std::size_t row = 0; row < rows; ++row) {
    const auto label = static_cast<std::int32_t>(row % 3);
    for (int k = 0; k < 8; ++k) data.x.push_back(static_cast<float>(random.normal() + (k % 3 == label ? 1.2 : 0.0)));
    data.labels.push_back(label);
  }
  return std::make_shared<const Dataset>(std::move(data));
}

std::vector<std::uint32_t> all_rows(const Dataset& data) {
  std::vector<std::uint32_t> rows(static_cast<std::size_t>(data.rows()));
  std::iota(rows.begin(), rows.end(), 0u);
  return rows;
}

std::shared_ptr<const Graph> trained(const std::shared_ptr<const Dataset>& data) {
  TrainOptions options;
  options.epochs = 8;
  auto graph = train::train(*parse_architecture("dense24-dense16-dense3"), data, options);
  REQUIRE(graph.has_value());
  return std::make_shared<const Graph>(std::move(*graph));
}

Result<Finetuner> tuner(const std::shared_ptr<const Graph>& graph, std::string_view recipe, const std::shared_ptr<const Dataset>& data, FinetuneOptions options = {}) {
  std::vector<std::uint32_t> calibration = all_rows(*data);
  calibration.resize(std::min<std::size_t>(calibration.size(), 100));
  return Finetuner::prepare(graph, *parse_recipe(recipe), data, all_rows(*data), data, calibration, options);
}

/// Mean cross entropy of what a graph's integers answer.
double loss_of(const Graph& graph, const Dataset& data) {
  auto tape = Tape::prepare(graph);
  REQUIRE(tape.has_value());
  tape->forward(data.x);
  std::vector<float> unused(tape->scores().size());
  return cross_entropy(tape->scores(), data.labels, unused);
}

/// Learns to the end. The integer graph that comes of it, whose loss on `testing` has to be a fifth less than before.
std::shared_ptr<const Graph> learned(Finetuner& tuned, const Dataset& testing) {
  while (!tuned.is_calibrated()) REQUIRE(tuned.step().has_value());
  const auto before = tuned.graph();
  REQUIRE(before.has_value());
  while (*tuned.step()) {}
  const auto after = tuned.graph();
  REQUIRE(after.has_value());
  CHECK(loss_of(**after, testing) < 0.8 * loss_of(**before, testing));
  return *after;
}

}  // namespace

TEST_CASE("fine-tuning at two bits lowers the loss of the integer model on rows it did not learn from") {
  const auto learning = clouds(600, 1), testing = clouds(600, 2);
  const auto graph = trained(learning);
  auto tuned = tuner(graph, "w2a8", learning);
  REQUIRE_MESSAGE(tuned.has_value(), (tuned ? std::string() : to_text(tuned.error())));
  const auto after = learned(*tuned, *testing);
  REQUIRE(after != nullptr);
  // What was trained is what the integers compute: issue's bound, 99.9 % of decisions.
  const auto same = same_decisions(after, *testing, all_rows(*testing));
  REQUIRE(same.has_value());
  CHECK(*same * 1000 >= 600u * 999u);
}

TEST_CASE("the same seed gives the same fine-tuned bytes, another seed others") {
  const auto data = clouds(200, 1);
  const auto graph = trained(data);
  const auto bytes = [&](std::uint64_t seed) {
    FinetuneOptions options;
    options.seed = seed;
    options.epochs = 2;
    auto tuned = tuner(graph, "w4a8", data, options);
    REQUIRE(tuned.has_value());
    while (*tuned->step()) {}
    return *tflite::write(**tuned->graph());
  };
  CHECK(bytes(1) == bytes(1));
  CHECK(bytes(1) != bytes(2));
}

/// What an exponential mean of the first feature, with a fresh start, has come to after nine steps.
std::shared_ptr<const Dataset> sequences(std::size_t rows, std::uint64_t seed) {
  Random random(seed);
  Dataset data;
  data.name = "sequences";
  data.sample = {9, 3};
  for (std::size_t row = 0; row < rows; ++row) {
    double mean = 0.0;
    for (int step = 0; step < 9; ++step) {
      for (int k = 0; k < 3; ++k) data.x.push_back(static_cast<float>(random.normal()));
      mean = 0.7 * mean + 0.3 * static_cast<double>(data.x[data.x.size() - 3]);
    }
    data.targets.push_back(static_cast<float>(mean));
  }
  return std::make_shared<const Dataset>(std::move(data));
}

/// A network of sequences, trained and then fine-tuned at a recipe: it has come nearer to the targets of rows that it did not learn from, what it learned can be put into
/// the file's float model, and the integers answer code for code as it was trained. What it learned.
auto fine_tuned_sequences(std::string_view architecture, std::string_view recipe) {
  const auto learning = sequences(400, 1), testing = sequences(200, 2);
  TrainOptions options;
  options.epochs = 12;
  auto made = train::train(*parse_architecture(architecture), learning, options);
  REQUIRE(made.has_value());
  auto tuned = tuner(std::make_shared<const Graph>(std::move(*made)), recipe, learning);
  REQUIRE_MESSAGE(tuned.has_value(), (tuned ? std::string() : to_text(tuned.error())));
  while (!tuned->is_calibrated()) REQUIRE(tuned->step().has_value());
  const double before = tuned->try_on(*testing, all_rows(*testing))->loss;
  while (*tuned->step()) {}
  CHECK(tuned->try_on(*testing, all_rows(*testing))->loss < 0.8 * before);
  CHECK(learned_from(to_bytes(tuned->learned()), *tuned->float_graph()).has_value());
  const auto graph = tuned->graph();
  REQUIRE(graph.has_value());
  const auto gap = imitation_gap(*graph, *testing, all_rows(*testing));
  REQUIRE(gap.has_value());
  CHECK(*gap == 0.0);
  return tuned->learned();
}

TEST_CASE("a GRU fine-tuned at two bits is nearer to the targets of rows it did not learn from, and answers in integers as it was trained") {
  fine_tuned_sequences("gru8-last-dense1", "w2a8");   // layers, sums, differences, products and curves of all nine steps
}

TEST_CASE("an LSTM fine-tuned at three bits is nearer to the targets of rows it did not learn from, and answers in integers as it was trained") {
  const auto learned = fine_tuned_sequences("lstm6-last-dense1", "w3a8");   // the LSTM's own kernel, then a layer whose sums are rounded as its integers are
  CHECK(fingerprint(learned) == "49cb351c73e799ca");   // natively, with sanitizers and as wasm
}

TEST_CASE("a rate is found that does not raise the loss of a model whose inputs are a thousand times as large and whose weights are small for it") {
  const auto data = clouds(400, 1);
  const auto graph = trained(data);
  // The same function of inputs a thousand times as large.
  Dataset large = *data;
  for (float& x : large.x) x *= 1000.0f;
  const std::shared_ptr<const Dataset> rows = std::make_shared<const Dataset>(std::move(large));
  std::vector<float> parameters = parameters_of(*graph);
  const Layer first = layers_of(*graph).front();
  for (std::size_t i = 0; i < static_cast<std::size_t>(first.weights); ++i) parameters[i] /= 1000.0f;
  const auto small = std::make_shared<const Graph>(with_parameters(*graph, parameters));
  const auto losses = [&](double rate) {
    FinetuneOptions options;
    options.learning_rate = rate;
    options.epochs = 4;
    auto tuned = tuner(small, "wfaf", rows, options);
    REQUIRE(tuned.has_value());
    while (!tuned->is_calibrated()) REQUIRE(tuned->step().has_value());
    const double before = tuned->try_on(*rows, all_rows(*rows))->loss;
    Result<bool> stepped = true;
    while (stepped && *stepped) stepped = tuned->step();
    return std::tuple{before, stepped ? tuned->try_on(*rows, all_rows(*rows))->loss : 1e9, tuned->learning_rate()};
  };
  const auto [before, after, rate] = losses(0.0);
  CHECK(rate < 1e-3);
  CHECK(after <= before);
  const auto [same, fixed_after, fixed_rate] = losses(1e-3);
  CHECK(same == before);
  CHECK(fixed_rate == 1e-3);
  CHECK(fixed_after > after);   // moves of 0.001 are many times what these weights are
}

TEST_CASE("a float recipe fine-tunes the float model and leaves it float") {
  const auto data = clouds(200, 1);
  auto tuned = tuner(trained(data), "wfaf", data);
  REQUIRE(tuned.has_value());
  while (*tuned->step()) {}
  const auto after = tuned->graph();
  REQUIRE(after.has_value());
  for (const Value& value : (*after)->values) CHECK(value.type != DType::int8);
}

TEST_CASE("pruning on a schedule reaches its sparsity, and weights that are gone stay zero") {
  const auto data = clouds(320, 1);   // 10 steps an epoch
  FinetuneOptions options;
  options.epochs = 5;
  options.prune = PruneSchedule{0.2, 0.75, 5, 30, 3.0, 5};
  auto tuned = tuner(trained(data), "w8a8", data, options);
  REQUIRE(tuned.has_value());
  double last = 0.0;
  while (*tuned->step()) {
    CHECK(tuned->sparsity() >= last - 1e-9);
    last = tuned->sparsity();
    if (tuned->steps_done() == 5) CHECK(last < 0.01);
    if (tuned->steps_done() == 6) CHECK(last == doctest::Approx(0.2).epsilon(0.02));   // floor per layer of 192, 384 and 48 weights
  }
  CHECK(last == doctest::Approx(0.75).epsilon(0.01));
}

TEST_CASE("fine-tuning without half of the channels learns, and what it learned makes the same integers of the model it was given") {
  const auto learning = clouds(600, 1), testing = clouds(600, 2);
  const auto graph = trained(learning);
  const Recipe recipe = *parse_recipe("w8a8c0.5");
  auto tuned = tuner(graph, "w8a8c0.5", learning);
  REQUIRE_MESSAGE(tuned.has_value(), (tuned ? std::string() : to_text(tuned.error())));
  const auto after = learned(*tuned, *testing);
  REQUIRE(after != nullptr);
  // 24, 16 and 3 neurons become 12, 8 and 3.
  const std::vector<Layer> layers = layers_of(*tuned->float_graph());
  CHECK(layers[0].weights == 12 * 8);
  CHECK(layers[1].weights == 8 * 12);
  CHECK(layers[2].weights == 3 * 8);
  const Learned learned = tuned->learned();
  CHECK(learned.parameters.size() == parameter_count(*graph));
  const auto again = compress(std::make_shared<const Graph>(with_parameters(*graph, learned.parameters)), learned.ranges, recipe);
  REQUIRE(again.has_value());
  CHECK(*tflite::write(**again) == *tflite::write(*after));
}

TEST_CASE("two of four stay two of four while they learn, and cannot grow on a schedule") {
  const auto data = clouds(320, 1);
  const auto graph = trained(data);
  FinetuneOptions options;
  options.epochs = 2;
  auto tuned = tuner(graph, "w8a8s2of4", data, options);
  REQUIRE(tuned.has_value());
  while (*tuned->step()) {}
  CHECK(tuned->sparsity() == doctest::Approx(0.5));   // rows of 8, 24 and 16 inputs: fours throughout
  const auto parameters = tuned->learned().parameters;
  for (std::size_t four = 0; four < 24 * 8 / 4; ++four) CHECK(std::count(parameters.begin() + 4 * static_cast<std::ptrdiff_t>(four), parameters.begin() + 4 * static_cast<std::ptrdiff_t>(four) + 4, 0.0f) == 2);
  options.prune = PruneSchedule{0.2, 0.5, 0, 5, 3.0, 1};
  const auto refused = tuner(graph, "w8a8s2of4", data, options);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().reason == "2:4 has one sparsity, one half, so it cannot grow on a schedule");
}

TEST_CASE("the polynomial schedule has the chapter's values, and says when training ends before it") {
  // E33: begin 1000, end 5000, power 3, 0.3 to 0.7: 0.300 at 1000, 0.53125 at 2000, 0.65 at 3000, 0.69375 at 4000, 0.7 at 5000.
  const PruneSchedule schedule = *parse_schedule("0.3:0.7:1000:5000:3:100");
  CHECK(sparsity_at(schedule, 999) == 0.0);
  CHECK(sparsity_at(schedule, 1000) == doctest::Approx(0.3));
  CHECK(sparsity_at(schedule, 2000) == doctest::Approx(0.53125));
  CHECK(sparsity_at(schedule, 3000) == doctest::Approx(0.65));
  CHECK(sparsity_at(schedule, 4000) == doctest::Approx(0.69375));
  CHECK(sparsity_at(schedule, 5000) == doctest::Approx(0.7));
  CHECK(shortfall(schedule, 5001).empty());
  // 2300 steps: the last masks are chosen at 2200; 0.7 - 0.4 * 0.7^3 = 0.5628
  CHECK(shortfall(schedule, 2300) == "the schedule ends at step 5000 and training has 2300 steps: it stops at 56.3 % and not 70.0 %; train more epochs or end the schedule earlier");
  CHECK(shortfall(schedule, 800).find("nothing is pruned") != std::string::npos);
  for (const char* wrong : {"0.3:0.7", "0.3:0.99:0:1:3:1", "0.7:0.3:0:1:3:1", "0.3:0.7:5:1:3:1", "0.3:0.7:0:5:0:1", "0.3:0.7:0:5:3:0", "a:0.7:0:5:3:1"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_schedule(wrong).has_value());
  }
}

TEST_CASE("data that nothing can be learned from is refused with what to do") {
  const auto good = clouds(90, 1);
  const auto graph = trained(good);
  struct Case {
    const char* name;
    void (*spoil)(Dataset&);
    const char *reason, *advice;
  };
  for (const Case& c : {
           Case{"no labels", [](Dataset& d) { d.labels.clear(); }, "the data has no labels, so there is nothing to learn", "Give y beside x, or a column named label"},
           Case{"real targets", [](Dataset& d) { d.targets.assign(d.labels.size(), 0.5f); d.labels.clear(); }, "the data has a real number to foresee for each row, the model has 3 outputs",
                "Give class labels, whole numbers, or a model with one output"},
           Case{"one class", [](Dataset& d) { d.labels.assign(d.labels.size(), 1); }, "all rows to learn from have label 1: there is nothing to tell apart",
                "Give rows of at least two classes"},
           Case{"not a number", [](Dataset& d) { d.x[8 * 17 + 2] = std::numeric_limits<float>::quiet_NaN(); }, "row 17 holds a value that is not a finite number",
                "Remove the row, or repair it"},
           Case{"few rows", [](Dataset& d) { d.x.resize(8 * 20); d.labels.resize(20); }, "20 rows to learn from are fewer than a minibatch of 32", "Give more rows, or take smaller minibatches"},
           Case{"another label", [](Dataset& d) { d.labels[3] = 7; }, "label 7 has no output; the model has 3", "Give data with this model's classes"},
           Case{"another shape", [](Dataset& d) { d.sample = {4}; }, "a sample is 4 (4 elements), the model wants 8", "Give data made for this model"},
       }) {
    CAPTURE(c.name);
    Dataset spoiled = *good;
    c.spoil(spoiled);
    const auto data = std::make_shared<const Dataset>(std::move(spoiled));
    const auto refused = Finetuner::prepare(graph, *parse_recipe("w4a8"), data, all_rows(*data), good, all_rows(*good), {});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().reason == c.reason);
    CHECK(refused.error().advice == c.advice);
    CHECK(refused.error().file == "clouds");
  }
}

TEST_CASE("a model of two inputs and two classes is a classifier, not an autoencoder: one class alone is refused as such") {
  Random random(4);
  Dataset data;
  data.name = "pairs";
  data.sample = {2};
  for (int row = 0; row < 90; ++row) {
    for (int k = 0; k < 2; ++k) data.x.push_back(static_cast<float>(random.normal()));
    data.labels.push_back(row % 2);
  }
  auto graph = train::train(*parse_architecture("dense4-dense2"), std::make_shared<const Dataset>(data), {.epochs = 1});
  REQUIRE(graph.has_value());
  data.labels.assign(90, 1);
  const auto refused = tuner(std::make_shared<const Graph>(std::move(*graph)), "w4a8", std::make_shared<const Dataset>(data));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().reason == "all rows to learn from have label 1: there is nothing to tell apart");
}

TEST_CASE("a loss that explodes stops training with a lower rate to try") {
  const auto data = clouds(90, 1);
  const auto graph = trained(data);
  FinetuneOptions options;
  options.learning_rate = 1.0;   // Adam then moves every weight by about 1, and they were about 0.3
  options.epochs = 50;
  auto tuned = tuner(graph, "wfaf", data, options);
  REQUIRE(tuned.has_value());
  Result<bool> stepped = true;
  while (stepped && *stepped) stepped = tuned->step();
  REQUIRE_FALSE(stepped.has_value());
  CHECK(stepped.error().reason.find("the loss exploded at step") == 0);
  CHECK(stepped.error().advice == "Lower the learning rate, for example to 0.1");
}
