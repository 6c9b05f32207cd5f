#include "core/evaluate/search.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <doctest/doctest.h>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/formats/load.h"
#include "core/train/train.h"
#include "tests/support/files.h"

using namespace edgewise;

namespace {

std::vector<std::uint32_t> rows_of(std::uint32_t first, std::uint32_t end) {
  std::vector<std::uint32_t> rows(end - first);
  std::iota(rows.begin(), rows.end(), first);
  return rows;
}

/// Four clouds in nine dimensions.
std::shared_ptr<const Dataset> clouds(std::uint32_t rows, std::uint64_t seed) {
  Random random(seed);
  Dataset data;
  data.name = "clouds";
  data.sample = {9};
  for (std::uint32_t row = 0; row < rows; ++row) {
    const auto label = static_cast<std::int32_t>(row % 4);
    for (int k = 0; k < 9; ++k) data.x.push_back(static_cast<float>(random.normal() + (k % 4 == label ? 1.5 : 0.0)));
    data.labels.push_back(label);
  }
  return std::make_shared<const Dataset>(std::move(data));
}

struct Task {
  std::shared_ptr<const Graph> graph;
  std::shared_ptr<const Dataset> data;
  Ranges ranges;
  std::vector<std::uint32_t> rows;

  CostOf flash() const {
    return [graph = graph](const Recipe& recipe) -> Result<double> {
      const auto planned = plan(graph, recipe);
      if (!planned) return std::unexpected(planned.error());
      return static_cast<double>(planned->flash_bytes());
    };
  }
  Search search(const SearchOptions& options, const CostOf& cost) const {
    auto made = Search::prepare(graph, ranges, Recipe{}, data, rows, cost, options);
    REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : to_text(made.error())));
    return std::move(*made);
  }
  Score score(const Recipe& recipe) const {
    const auto compressed = compress(graph, ranges, recipe);
    REQUIRE(compressed.has_value());
    return score(*compressed);
  }
  Score score(const std::shared_ptr<const Graph>& compressed) const {
    auto evaluation = Evaluation::prepare(compressed, graph, data, rows, std::make_shared<FloatAnswers>());
    REQUIRE(evaluation.has_value());
    while (*evaluation->step()) {}
    return evaluation->score();
  }
};

/// Whether what a recipe made is what the search calls good: worse by at most the tolerance, with one standard error, counted by hand.
bool is_good(const Task& task, const Result<std::shared_ptr<const Graph>>& compressed, double tolerance) {
  REQUIRE(compressed.has_value());
  const auto answers = std::make_shared<FloatAnswers>();
  auto in_float = Evaluation::prepare(task.graph, task.graph, task.data, task.rows, answers), as_recipe = Evaluation::prepare(*compressed, task.graph, task.data, task.rows, answers);
  REQUIRE(in_float.has_value());
  REQUIRE(as_recipe.has_value());
  double lost = 0, won = 0, n = static_cast<double>(task.rows.size());
  for (std::size_t i = 0; i < task.rows.size(); ++i) {
    REQUIRE(in_float->step().has_value());
    REQUIRE(as_recipe->step().has_value());
    const std::int32_t label = task.data->labels[task.rows[i]];
    const bool float_right = class_of(in_float->answer()) == label, right = class_of(as_recipe->answer()) == label;
    lost += float_right && !right;
    won += right && !float_right;
  }
  const double difference = (lost - won) / n;
  return difference + std::sqrt(((lost + won) / n - difference * difference) / n) <= tolerance;
}

Ranges ranges_of(const std::shared_ptr<const Graph>& graph, const Dataset& data, std::span<const std::uint32_t> rows) {
  auto calibrator = Calibrator::prepare(graph);
  REQUIRE(calibrator.has_value());
  for (const std::uint32_t row : rows) calibrator->observe(data.row(row));
  return calibrator->ranges();
}

Task trained_task(std::uint64_t seed, std::string_view architecture) {
  train::TrainOptions options;
  options.seed = seed;
  options.epochs = 8;
  auto graph = train::train(*train::parse_architecture(architecture), clouds(400, seed), options);
  REQUIRE(graph.has_value());
  Task task;
  task.graph = std::make_shared<const Graph>(std::move(*graph));
  task.data = clouds(300, seed + 100);
  task.rows = rows_of(60, 300);
  task.ranges = ranges_of(task.graph, *task.data, rows_of(0, 60));
  return task;
}

Task bundled_task(const std::string& name, std::size_t rows) {
  const auto model = load_model(test::read_source("assets/models/" + name + ".tflite"), name);
  REQUIRE(model.has_value());
  const Bytes bytes = test::read_source("assets/datasets/" + name + ".npz");
  const DataFile file{name + ".npz", bytes};
  auto data = load_dataset({&file, 1});
  REQUIRE(data.has_value());
  Task task;
  task.graph = *to_float(model->graph);
  task.data = std::make_shared<const Dataset>(std::move(*data));
  Split split = split_rows(*task.data);
  split.calibration.resize(std::min<std::size_t>(split.calibration.size(), 100));
  task.ranges = ranges_of(task.graph, *task.data, split.calibration);
  split.test.resize(std::min(split.test.size(), rows));
  task.rows = split.test;
  return task;
}

void finish(Search& search) {
  for (bool more = true; more;) {
    const auto stepped = search.step();
    REQUIRE_MESSAGE(stepped.has_value(), (stepped ? std::string() : to_text(stepped.error())));
    more = *stepped;
  }
  CHECK(search.phase() == "done");
}

}  // namespace

TEST_CASE("the search comes within 10 % of the exhaustive optimum where every recipe can be measured") {
  const std::vector<int> bits = {8, 6, 4, 3, 2};
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    const Task task = trained_task(seed, "dense28-dense20-dense4");
    const CostOf flash = task.flash();
    SearchOptions options;
    options.bits = bits;
    options.tolerance = 0.02;
    Search search = task.search(options, flash);
    finish(search);

    double least = 1e300;   // over all 5^3 recipes
    for (const int first : bits)
      for (const int second : bits)
        for (const int third : bits) {
          const Recipe recipe = *parse_recipe(text("dense_1:w", first, ";dense_2:w", second, ";dense_3:w", third));
          const double cost = *flash(recipe);
          if (cost < least && is_good(task, compress(task.graph, task.ranges, recipe), options.tolerance)) least = cost;
        }
    REQUIRE(search.best() != nullptr);
    CHECK(search.best()->cost <= 1.1 * least);
    CHECK(search.best()->cost >= least);   // it is one of them
    CHECK(search.recipes_tried() < 125);
  }
}

TEST_CASE("for time the search leaves out channels, within 10 % of the exhaustive optimum; each point is what its recipe costs and scores") {
  const std::vector<float> channels = {0.0f, 0.125f, 0.25f, 0.5f, 0.75f};
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    CAPTURE(seed);
    const Task task = trained_task(seed, "dense64-dense40-dense4");
    const CostOf time = latency_of(task.graph, *mcu::find_board("stm32l4r5"), *mcu::find_library("cmsis-nn"));
    SearchOptions options;
    options.bits = {8};
    options.channels = channels;
    options.calibration = rows_of(0, 60);
    options.tolerance = 0.03;   // what is left is not trained on
    Search search = task.search(options, time);
    finish(search);
    double least = 1e300;   // the answers' four channels stay whatever is asked for
    for (const float first : channels)
      for (const float second : channels) {
        const Recipe recipe = *parse_recipe(text("dense_1:c", first, ";dense_2:c", second));
        const double cost = *time(recipe);
        if (cost < least && is_good(task, search.graph_of(recipe), options.tolerance)) least = cost;
      }
    REQUIRE(search.best() != nullptr);
    CHECK(search.best()->cost <= 1.1 * least);
    CHECK(search.best()->cost < search.points().front().cost);   // all channels
    for (const SearchPoint& point : search.points()) {
      const Recipe again = *parse_recipe(to_text(point.recipe));
      CHECK(*time(again) == point.cost);
      auto shaped = leave_out_channels(task.graph, again);
      REQUIRE(shaped.has_value());
      const auto compressed = compress(shaped->graph, ranges_of(shaped->graph, *task.data, rows_of(0, 60)), shaped->recipe);
      REQUIRE(compressed.has_value());
      CHECK(task.score(*compressed).value == point.score.value);
    }
  }
}

TEST_CASE("the rows of a search choose, confirm or report, each one thing only, and no test row is left out") {
  struct Case { std::uint32_t calibration, test; std::size_t most, choose, confirm, report; };
  for (const Case& c : {Case{400, 1000, 1000, 500, 500, 250},    // 1000/4 test rows and as many for calibration; 750 * 2/3; the rest
                        Case{400, 1000, 100, 100, 100, 650},
                        Case{400, 104, 1000, 52, 52, 26},
                        Case{10, 1000, 1000, 260, 500, 250},     // fewer calibration rows than a quarter
                        Case{0, 3, 1000, 1, 1, 1},
                        Case{1, 2, 1000, 2, 0, 1}}) {            // nothing is left to confirm by
    CAPTURE(c.test);
    CAPTURE(c.most);
    const std::vector<std::uint32_t> calibration = rows_of(0, c.calibration), test = rows_of(c.calibration, c.calibration + c.test);
    const SearchRows rows = search_rows(calibration, test, c.most);
    CHECK(rows.choose.size() == c.choose);
    CHECK(rows.confirm.size() == c.confirm);
    CHECK(rows.report.size() == c.report);
    std::vector<std::uint32_t> all = rows.choose;
    all.insert(all.end(), rows.confirm.begin(), rows.confirm.end());
    all.insert(all.end(), rows.report.begin(), rows.report.end());
    std::ranges::sort(all);
    CHECK(std::ranges::adjacent_find(all) == all.end());
    if (c.most >= 1000) CHECK(std::ranges::count_if(all, [&](std::uint32_t row) { return row >= c.calibration; }) == static_cast<std::ptrdiff_t>(c.test));
  }
}

TEST_CASE("what the search ends with loses at most what was asked on rows that it did not choose by, in size and in time") {
  int refused = 0;
  for (std::uint64_t seed = 1; seed <= 4; ++seed)
    for (const bool is_time : {false, true}) {
      CAPTURE(seed);
      CAPTURE(is_time);
      Task task = trained_task(seed, "dense28-dense20-dense4");
      const CostOf cost = is_time ? latency_of(task.graph, *mcu::find_board("stm32l4r5"), *mcu::find_library("cmsis-nn")) : task.flash();
      SearchOptions options;
      options.tolerance = 0.03;
      task.rows = rows_of(60, 140);   // few to choose by, so that luck has its chance
      options.confirm = rows_of(140, 300);
      if (is_time) {
        options.bits = {8};
        options.channels = latency_channels();
        options.calibration = rows_of(0, 60);
      }
      Search search = task.search(options, cost);
      finish(search);
      const SearchPoint* best = search.best();
      REQUIRE(best != nullptr);
      CHECK(is_good(task, search.graph_of(best->recipe), options.tolerance));
      task.rows = options.confirm;
      const double in_float = task.score(task.graph).value;
      for (const SearchPoint& point : search.points()) {
        if (!point.is_confirmed) continue;
        CHECK(*point.is_confirmed == (in_float - task.score(*search.graph_of(point.recipe)).value <= options.tolerance + 1e-9));
        if (*point.is_confirmed) CHECK(best->cost <= point.cost);
        else ++refused;
      }
      CHECK(best->is_confirmed == true);
      if (search.best_uniform() != nullptr) CHECK(search.best_uniform()->is_confirmed == true);
    }
  CHECK(refused > 0);   // luck had chosen some of them
}

TEST_CASE("a recipe that is good by luck alone is not the answer: the rows to confirm by refuse it") {
  Task task = trained_task(7, "dense20-dense4");
  const auto two_bits = compress(task.graph, task.ranges, *parse_recipe("w2a8"));
  REQUIRE(two_bits.has_value());
  SearchOptions options;
  options.bits = {8, 2};
  std::vector<std::uint32_t> lucky;   // where two bits answer as float does
  for (const std::uint32_t row : rows_of(60, 300)) {
    Task one = task;
    one.rows = {row};
    (one.score(*two_bits).value >= one.score(task.graph).value ? lucky : options.confirm).push_back(row);
  }
  REQUIRE(lucky.size() > 100);
  REQUIRE(options.confirm.size() > 1);
  task.rows = lucky;
  SearchOptions trusting = options;
  trusting.confirm.clear();
  Search trusts = task.search(trusting, task.flash());
  finish(trusts);
  REQUIRE(trusts.best() != nullptr);
  CHECK(to_text(trusts.best()->recipe) == "w2a8");
  Search checks = task.search(options, task.flash());
  finish(checks);
  CHECK(checks.points()[1].is_confirmed == false);
  REQUIRE(checks.best() != nullptr);
  CHECK(checks.best()->cost > trusts.best()->cost);
  options.bits = {2};
  Search hopeless = task.search(options, task.flash());
  finish(hopeless);
  CHECK(hopeless.best() == nullptr);
}

TEST_CASE("on each bundled model the search beats the best recipe that treats all layers alike") {
  struct Case { const char* name; std::size_t choose, confirm; };
  for (const Case& c : {Case{"har", 300, 200}, Case{"digits", 120, 80}, Case{"vibration", 300, 200}, Case{"forest", 80, 80}, Case{"hvac", 16, 8}}) {
    CAPTURE(c.name);
    Task task = bundled_task(c.name, c.choose + c.confirm);
    SearchOptions options;
    options.confirm.assign(task.rows.begin() + static_cast<std::ptrdiff_t>(c.choose), task.rows.end());
    task.rows.resize(c.choose);
    Search search = task.search(options, task.flash());
    finish(search);
    REQUIRE(search.best() != nullptr);
    REQUIRE(search.best_uniform() != nullptr);
    CHECK(search.best()->cost < search.best_uniform()->cost);
    CHECK(search.best()->worse_by + search.best()->standard_error <= 0.01);
    CHECK(search.best()->is_confirmed == true);
  }
}

TEST_CASE("every point is what its recipe, written and read again, costs and scores") {
  const Task task = trained_task(3, "dense20-dense12-dense4");
  const CostOf flash = task.flash();
  SearchOptions options;
  options.bits = {8, 4, 2};
  options.sparsities = {0.0f, 0.5f};
  Search search = task.search(options, flash);
  finish(search);
  CHECK(search.points().size() >= 6);
  for (const SearchPoint& point : search.points()) {
    CAPTURE(to_text(point.recipe));
    const auto again = parse_recipe(to_text(point.recipe));
    REQUIRE(again.has_value());
    CHECK(*flash(*again) == point.cost);
    CHECK(task.score(*again).value == point.score.value);
    CHECK(point.worse_by == doctest::Approx(search.in_float().value - point.score.value));
  }
  // The frontier: dearer is better, and no point beats one of it.
  const auto frontier = search.frontier();
  REQUIRE_FALSE(frontier.empty());
  for (std::size_t i = 1; i < frontier.size(); ++i) {
    CHECK(search.points()[frontier[i]].cost > search.points()[frontier[i - 1]].cost);
    CHECK(search.points()[frontier[i]].worse_by < search.points()[frontier[i - 1]].worse_by);
  }
  for (const SearchPoint& point : search.points())
    for (const std::size_t i : frontier) CHECK_FALSE((point.cost < search.points()[i].cost && point.worse_by <= search.points()[i].worse_by));
}

TEST_CASE("a search that was stopped and gone on with finds what one without a break finds") {
  const Task task = trained_task(5, "dense20-dense4");
  Search straight = task.search({}, task.flash());
  finish(straight);
  Search broken = task.search({}, task.flash());
  for (int i = 0; i < 777; ++i) REQUIRE(broken.step().has_value());
  const std::size_t before = broken.points().size();
  CHECK(before > 0);                       // the frontier fills in while it runs
  Search moved = std::move(broken);
  finish(moved);
  REQUIRE(moved.points().size() == straight.points().size());
  for (std::size_t i = 0; i < moved.points().size(); ++i) CHECK(to_text(moved.points()[i].recipe) == to_text(straight.points()[i].recipe));
}

TEST_CASE("where no recipe is good enough there is no best one, and a cost that nothing lowers leaves all layers alike") {
  const Task task = trained_task(7, "dense20-dense4");
  SearchOptions options;
  options.bits = {2};
  options.tolerance = 0.0;
  // Two bits for everything lose some of 240 answers.
  Search none = task.search(options, task.flash());
  finish(none);
  CHECK(none.best() == nullptr);
  Search level = task.search({}, [](const Recipe&) -> Result<double> { return 5.0; });
  finish(level);
  REQUIRE(level.best() != nullptr);
  CHECK(level.best()->is_uniform);
}
