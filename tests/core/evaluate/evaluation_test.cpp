#include "core/evaluate/evaluation.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/run/run.h"
#include "tests/support/small_model.h"

namespace edgewise {
namespace {

/// Samples for the small model, labelled by it: so it is right everywhere, but for every tenth sample.
std::shared_ptr<Dataset> labelled(const std::shared_ptr<const Graph>& graph, std::uint32_t rows) {
  auto data = std::make_shared<Dataset>();
  data->name = "samples";
  data->sample = {6, 6, 2};
  auto runner = Runner::prepare(graph);
  CHECK(runner.has_value());
  std::vector<float> out(5);
  for (std::uint32_t i = 0; i < rows && runner; ++i) {
    const auto sample = test::small_sample(i + 500);
    data->x.insert(data->x.end(), sample.begin(), sample.end());
    runner->set_input(0, sample);
    runner->run();
    runner->output_reals(0, out);
    const auto best = static_cast<std::int32_t>(std::ranges::max_element(out) - out.begin());
    data->labels.push_back(i % 10 == 0 ? (best + 1) % 5 : best);
  }
  return data;
}

std::vector<std::uint32_t> all_rows(const Dataset& data) {
  std::vector<std::uint32_t> rows(static_cast<std::size_t>(data.rows()));
  std::iota(rows.begin(), rows.end(), 0u);
  return rows;
}

std::shared_ptr<const Graph> compressed(const std::shared_ptr<const Graph>& graph, const Dataset& data, const char* recipe) {
  auto calibrator = Calibrator::prepare(graph);
  if (!calibrator) return nullptr;
  for (std::uint64_t row = 0; row < std::min<std::uint64_t>(20, data.rows()); ++row) calibrator->observe(data.row(row));
  const auto made = compress(graph, calibrator->ranges(), *parse_recipe(recipe));
  CHECK_MESSAGE(made.has_value(), (made ? std::string() : to_text(made.error())));
  return made ? *made : nullptr;
}

Evaluation::Part straight(const std::shared_ptr<const Graph>& graph, const std::shared_ptr<const Graph>& floats, const std::shared_ptr<const Dataset>& data,
                          const std::vector<std::uint32_t>& rows, const std::shared_ptr<FloatAnswers>& answers = std::make_shared<FloatAnswers>()) {
  auto evaluation = Evaluation::prepare(graph, floats, data, rows, answers);
  CHECK_MESSAGE(evaluation.has_value(), (evaluation ? std::string() : to_text(evaluation.error())));
  if (!evaluation) return {};
  for (bool more = true; more;) {
    const auto stepped = evaluation->step();
    CHECK(stepped.has_value());
    more = stepped && *stepped;
  }
  return evaluation->part();
}

void check_same(const Score& a, const Score& b) {
  CHECK(a.metric == b.metric);
  CHECK(a.value == b.value);
  CHECK(a.low == b.low);
  CHECK(a.high == b.high);
  CHECK(a.seen == b.seen);
  CHECK(a.total == b.total);
  CHECK(a.agreement == b.agreement);
  CHECK(a.changed == b.changed);
  CHECK(a.confusion == b.confusion);
}

TEST_CASE("accuracy, confusion and agreement are counted against labels and the float model") {
  const auto floats = test::small_model(1);
  REQUIRE(floats != nullptr);
  const auto data = labelled(floats, 50);
  const Score score = score_of(straight(floats, floats, data, all_rows(*data)));
  CHECK(score.metric == Metric::accuracy);
  CHECK(score.value == 0.9);  // every tenth label is wrong on purpose
  CHECK(score.seen == 50);
  CHECK(score.total == 50);
  CHECK(score.changed == 0);
  CHECK(score.agreement == 1.0);
  CHECK(score.classes == 5);
  std::uint32_t on_diagonal = 0, all = 0;
  for (int i = 0; i < 5; ++i)
    for (int j = 0; j < 5; ++j) {
      all += score.confusion[static_cast<std::size_t>(5 * i + j)];
      if (i == j) on_diagonal += score.confusion[static_cast<std::size_t>(5 * i + j)];
    }
  CHECK(on_diagonal == 45);
  CHECK(all == 50);
  const Interval interval = wilson(45, 50);
  CHECK(score.low == interval.low);
  CHECK(score.high == interval.high);
}

TEST_CASE("a recipe of floats scores exactly like the float model; float answers known already are not computed again") {
  const auto floats = test::small_model(1);
  REQUIRE(floats != nullptr);
  const auto data = labelled(floats, 30);
  const auto answers = std::make_shared<FloatAnswers>();
  const Score of_float = score_of(straight(floats, floats, data, all_rows(*data), answers));
  const Score of_recipe = score_of(straight(compressed(floats, *data, "wfaf"), floats, data, all_rows(*data), answers));
  check_same(of_float, of_recipe);
  const auto narrow = compressed(floats, *data, "w2a4");
  const Score with_known = score_of(straight(narrow, floats, data, all_rows(*data), answers)), without = score_of(straight(narrow, floats, data, all_rows(*data)));
  check_same(with_known, without);
  CHECK(with_known.changed > 0);
  CHECK(with_known.agreement == doctest::Approx(1.0 - with_known.changed / 30.0));
}

TEST_CASE("parts of any slices, merged in any order, give the score of a straight run to the bit") {
  const auto floats = test::small_model(4);
  REQUIRE(floats != nullptr);
  auto data = labelled(floats, 40);
  const auto narrow = compressed(floats, *data, "w3a8");
  for (const bool has_labels : {true, false}) {
    if (!has_labels) data->labels.clear();
    const Score whole = score_of(straight(narrow, floats, data, all_rows(*data)));
    CHECK(whole.metric == (has_labels ? Metric::accuracy : Metric::agreement));
    CHECK(whole.against_labels == has_labels);
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      Random random(seed);
      std::vector<std::vector<std::uint32_t>> slices(4);
      for (std::uint32_t row = 0; row < 40; ++row) slices[random.below(3)].push_back(row);  // the last is empty
      Evaluation::Part sum = straight(narrow, floats, data, slices[3]);
      for (const std::size_t i : {2u, 0u, 1u}) sum = merge(straight(narrow, floats, data, slices[i]), sum);
      check_same(score_of(sum), whole);
    }
  }
}

std::shared_ptr<const Graph> dense(std::int64_t inputs, std::int64_t outputs, const std::vector<float>& weights, const std::vector<float>& bias) {
  test::GraphBuilder b;
  const ValueId x = b.input(DType::float32, {1, inputs});
  const ValueId y = b.node(FullyConnected{}, {x, b.constant<float>({outputs, inputs}, weights), b.constant<float>({outputs}, bias)}, DType::float32, {1, outputs});
  return std::make_shared<const Graph>(b.graph(y));
}

TEST_CASE("one output against real targets is a mean absolute error, the same in any slices") {
  const auto graph = dense(2, 1, {1.0f, 1.0f}, {0.0f});
  auto data = std::make_shared<Dataset>();
  data->sample = {2};
  data->x = {1, 1, 2, 2, 0, 1, 5, 5};
  data->targets = {2.5f, 4.0f, 0.0f, 10.25f};  // errors 0.5, 0, 1, 0.25
  const Score score = score_of(straight(graph, graph, data, {0, 1, 2, 3}));
  CHECK(score.metric == Metric::mae);
  CHECK(score.value == 0.4375);
  check_same(score_of(merge(straight(graph, graph, data, {3, 1}), straight(graph, graph, data, {2, 0}))), score);
  data->targets.clear();
  data->labels = {2, 4, 1, 7};  // whole numbers that are no classes of a single output: targets
  CHECK(score_of(straight(graph, graph, data, {0, 1, 2, 3})).value == 0.75);
}

TEST_CASE("mean absolute errors of many sizes add up to the same bits in any slices") {
  const auto graph = dense(2, 1, {0.3f, -1.7f}, {0.0f});
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    auto data = std::make_shared<Dataset>();
    data->sample = {2};
    std::vector<std::vector<std::uint32_t>> slices(4);
    for (std::uint32_t row = 0; row < 100; ++row) {
      const double size = std::exp2(random.uniform(-40.0, 10.0));  // so many sizes that plain sums in double depend on their order
      for (int i = 0; i < 2; ++i) data->x.push_back(static_cast<float>(random.normal() * size));
      data->targets.push_back(static_cast<float>(random.normal() * size));
      slices[random.below(4)].push_back(row);
    }
    const Score whole = score_of(straight(graph, graph, data, all_rows(*data)));
    Evaluation::Part sum = straight(graph, graph, data, slices[2]);
    for (const std::size_t i : {3u, 0u, 1u}) sum = merge(sum, straight(graph, graph, data, slices[i]));
    check_same(score_of(sum), whole);
  }
}

TEST_CASE("a model that reconstructs its input is scored by how well the error tells anomalies") {
  // Passes inputs below 1 only: relu6 of x, so large inputs are not reconstructed.
  test::GraphBuilder b;
  const ValueId x = b.input(DType::float32, {1, 3});
  const auto graph = std::make_shared<const Graph>(b.graph(b.node(Relu6{}, {x}, DType::float32, {1, 3})));
  auto data = std::make_shared<Dataset>();
  data->sample = {3};
  data->x = {1, 2, 3, 9, 1, 1, 2, 2, 2, 1, 8, 8};
  data->labels = {0, 1, 0, 1};
  const Score score = score_of(straight(graph, graph, data, {0, 1, 2, 3}));
  CHECK(score.metric == Metric::auc);
  CHECK(score.value == 1.0);
  CHECK(score.seen == 4);
  data->labels = {1, 0, 0, 1};  // errors 0, 3, 0, 8/3: of the four pairs the anomalies lose to 3 twice, tie once, win once
  CHECK(score_of(straight(graph, graph, data, {0, 1, 2, 3})).value == (0.5 + 1.0) / 4.0);
}

TEST_CASE("one output with labels 0 and 1 is the probability of 1") {
  const auto graph = dense(2, 1, {1.0f, 0.0f}, {0.0f});
  auto data = std::make_shared<Dataset>();
  data->sample = {2};
  data->x = {0.9f, 0, 0.2f, 0, 0.5f, 0, 0.1f, 0};
  data->labels = {1, 0, 1, 1};
  const Score score = score_of(straight(graph, graph, data, {0, 1, 2, 3}));
  CHECK(score.metric == Metric::accuracy);
  CHECK(score.value == 0.75);
  CHECK(score.confusion == std::vector<std::uint32_t>{1, 0, 1, 2});
}

TEST_CASE("data that does not fit is refused with both shapes and what to do; the same number of elements fits") {
  const auto graph = test::small_model(1);
  REQUIRE(graph != nullptr);
  auto data = std::make_shared<Dataset>();
  data->name = "digits";
  data->sample = {8, 8};
  data->x.assign(64, 0.0f);
  const auto refused = choose_metric(*graph, *data);
  CHECK(!refused);
  if (!refused)
    CHECK(to_text(refused.error()) == "the model reads 1x6x6x2 (72 numbers), a sample of 'digits' is 8x8 (64). Bring data whose samples have 72 numbers each, or the model this data was made for");
  data->sample = {72};
  data->x.assign(72, 0.0f);
  CHECK(choose_metric(*graph, *data) == Metric::agreement);
  data->labels = {5};
  const auto label = choose_metric(*graph, *data);
  CHECK(!label);
  if (!label) CHECK(label.error().reason == "a label is 5, the model has 5 outputs, so labels go from 0 to 4");
  data->labels.clear();
  data->targets = {0.5f};
  CHECK(!choose_metric(*graph, *data));
}

}  // namespace
}  // namespace edgewise
