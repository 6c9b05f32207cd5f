// The bundled room temperature model beside simpler ones, on the same test windows: the table in assets/models/SOURCES.md, measured again.
#include <cmath>
#include <memory>
#include <numeric>

#include <doctest/doctest.h>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/evaluate/metrics.h"
#include "core/formats/load.h"
#include "core/labs/hvac.h"
#include "core/run/run.h"
#include "core/train/bundled.h"
#include "core/train/generate/generate.h"
#include "core/train/linear.h"
#include "core/train/trees.h"
#include "tests/support/files.h"

using namespace edgewise;
using namespace edgewise::train;

namespace {

using Errors = std::vector<double>;   // absolute, by test window in the order of time

constexpr std::size_t features = 14;

std::span<const float> last_minute(const Dataset& data, std::uint64_t row) { return data.row(row).last(features); }

std::vector<float> last_minutes(const Dataset& data) {
  std::vector<float> x;
  for (std::uint64_t row = 0; row < data.rows(); ++row) {
    const auto minute = last_minute(data, row);
    x.insert(x.end(), minute.begin(), minute.end());
  }
  return x;
}

template <class Model>
Errors errors_of(const Dataset& test, const Model& foresee) {
  Errors errors;
  for (std::uint64_t row = 0; row < test.rows(); ++row)
    errors.push_back(std::abs(static_cast<double>(foresee(row)) - static_cast<double>(test.targets[static_cast<std::size_t>(row)])));
  return errors;
}

Errors errors_of(const std::shared_ptr<const Graph>& graph, const Dataset& test) {
  auto runner = Runner::prepare(graph);
  REQUIRE_MESSAGE(runner.has_value(), (runner ? std::string() : to_text(runner.error())));
  return errors_of(test, [&](std::uint64_t row) {
    float answer = 0.0f;
    runner->reset();
    runner->set_input(0, test.row(row));
    runner->run();
    runner->output_reals(0, {&answer, 1});
    return answer;
  });
}

MeanInterval difference(const Errors& a, const Errors& b) {
  Errors rows;
  for (std::size_t i = 0; i < a.size(); ++i) rows.push_back(a[i] - b[i]);
  return block_bootstrap(rows, 4, 1);
}

std::string say(const MeanInterval& mean) { return text(fixed(mean.mean, 3), " (", fixed(mean.low, 3), " to ", fixed(mean.high, 3), ")"); }
/// "0.459 (0.361 to 0.570)": neighbours are alike for some hours, so four windows are drawn together.
std::string say(const Errors& errors) { return say(block_bootstrap(errors, 4, 1)); }

Errors as_warm_as_now(const Dataset& test) {
  return errors_of(test, [](std::uint64_t) { return 0.0f; });
}

/// "0.109 (0.018)": by how much the mean error grows when a feature, all of its minutes together, is dealt out anew among the windows, ten times.
template <class Model>
std::string importance(const Dataset& test, std::size_t feature, const Model& errors_with) {
  const auto mean = [](const Errors& errors) { return std::accumulate(errors.begin(), errors.end(), 0.0) / static_cast<double>(errors.size()); };
  const double before = mean(errors_with(test));
  const auto elements = static_cast<std::size_t>(test.sample.elements()), rows = static_cast<std::size_t>(test.rows());
  Random random(feature + 1);
  double sum = 0, squares = 0;
  constexpr int deals = 10;
  for (int deal = 0; deal < deals; ++deal) {
    std::vector<std::size_t> from(rows);
    std::iota(from.begin(), from.end(), std::size_t{0});
    for (std::size_t i = rows; i > 1; --i) std::swap(from[i - 1], from[static_cast<std::size_t>(random.below(i))]);
    Dataset dealt = test;
    for (std::size_t row = 0; row < rows; ++row)
      for (std::size_t at = feature; at < elements; at += features) dealt.x[row * elements + at] = test.x[from[row] * elements + at];
    const double more = mean(errors_with(dealt)) - before;
    sum += more, squares += more * more;
  }
  return text(fixed(sum / deals, 3), " (", fixed(std::sqrt((squares - sum * sum / deals) / (deals - 1)), 3), ")");
}

/// The cells of the row that begins with `model`, without spaces around them.
std::vector<std::string> row_of(std::string_view table, std::string_view model) {
  for (const std::string_view line : split(table, '\n')) {
    const std::vector<std::string_view> cells = split(line, '|');
    if (cells.size() < 7 || trim(cells[1]) != model) continue;
    return {std::string(trim(cells[3])), std::string(trim(cells[4])), std::string(trim(cells[5])), std::string(trim(cells[6]))};
  }
  FAIL("no row for ", model);
  return {};
}

/// Errors of a line over what `seen` takes of a window, compared with its row of the table.
Errors line_errors(const std::vector<std::string>& row, const Linear& line, const Dataset& test, std::span<const float> (*seen)(const Dataset&, std::uint64_t)) {
  Errors errors = errors_of(test, [&](std::uint64_t at) { return line(seen(test, at)); });
  CHECK(row[0] == say(errors));
  CHECK(row[1] == text(grouped(line.bytes()), " B"));
  CHECK(row[3] == say(difference(as_warm_as_now(test), errors)));
  return errors;
}

/// The same of a forest.
Errors forest_errors(const std::vector<std::string>& row, const Forest& forest, const Dataset& test) {
  double compares = 0.0;
  Errors errors = errors_of(test, [&](std::uint64_t at) {
    compares += static_cast<double>(forest.compares(last_minute(test, at))) / static_cast<double>(test.rows());
    return forest(last_minute(test, at));
  });
  CHECK(row[0] == say(errors));
  CHECK(row[1] == text(grouped(forest.bytes()), " B"));
  CHECK(row[2] == text(fixed(compares, 0), " compares"));
  CHECK(row[3] == say(difference(as_warm_as_now(test), errors)));
  return errors;
}

}  // namespace

#ifndef __SANITIZE_ADDRESS__   // half a minute there; as WebAssembly it runs every time
TEST_CASE("the line over all 60 minutes and the forest of 100 trees are as wrong and as large as the table says") {
  const std::string table = test::read_source_text("assets/models/SOURCES.md");
  const Generated windows = building_windows(bundled_seed);
  const Dataset training = dataset_of(windows, windows.training), test = dataset_of(windows, windows.test);
  line_errors(row_of(table, "linear, ridge 0.01"), fit_linear(training.x, training.targets, 1e-2), test, [](const Dataset& data, std::uint64_t row) { return std::span<const float>(data.row(row)); });
  forest_errors(row_of(table, "forest, 100 trees of depth 10"), Forest::grow(last_minutes(training), training.targets, {.trees = 100, .deepest = 10, .seed = bundled_seed}), test);
}
#endif

TEST_CASE("the hvac lab's features are worth what the table says, and a forest and two of the LSTM's are measured again") {
  const std::string table = test::read_source_text("assets/models/SOURCES.md");
  REQUIRE(labs::hvac_features().size() == features);
  const Generated windows = building_windows(bundled_seed);
  const Dataset training = dataset_of(windows, windows.training), test = dataset_of(windows, windows.test), calibration = dataset_of(windows, windows.calibration);
  const Forest forest = Forest::grow(last_minutes(training), training.targets, {.trees = 10, .deepest = 7, .seed = bundled_seed});
  const auto model = load_model(test::read_source("assets/models/hvac.tflite"), "hvac.tflite");
  REQUIRE(model.has_value());
  const auto as_float = to_float(model->graph);
  auto calibrator = Calibrator::prepare(*as_float);
  REQUIRE(calibrator.has_value());
  for (std::uint64_t row = 0; row < calibration.rows(); ++row) calibrator->observe(calibration.row(row));
  const auto integers = compress(*as_float, calibrator->ranges(), *parse_recipe("w8a8"));
  REQUIRE(integers.has_value());
  for (std::size_t i = 0; i < features; ++i) {
    const labs::HvacFeature& feature = labs::hvac_features()[i];
    CAPTURE(std::string(feature.name));
    std::vector<std::string> cells;
    for (const std::string_view line : split(table, '\n'))
      if (line.starts_with(text("| ", feature.name, " |")))
        for (const std::string_view cell : split(line, '|')) cells.emplace_back(trim(cell));
    REQUIRE(cells.size() >= 4);
    CHECK(cells[2] == text(fixed(feature.forest_k, 3), " (", fixed(feature.forest_deviation_k, 3), ")"));
    CHECK(cells[3] == text(fixed(feature.lstm_k, 3), " (", fixed(feature.lstm_deviation_k, 3), ")"));
    CHECK(cells[2] == importance(test, i, [&](const Dataset& data) { return errors_of(data, [&](std::uint64_t row) { return forest(last_minute(data, row)); }); }));
    if (i == 5 || i == 9) CHECK(cells[3] == importance(test, i, [&](const Dataset& data) { return errors_of(*integers, data); }));   // a thousand answers each
  }
}

TEST_CASE("the hvac lab's models are those of the table") {
  const std::string table = test::read_source_text("assets/models/SOURCES.md");
  constexpr std::string_view rows[] = {"as warm as now", "linear, ridge 0.001", "linear, ridge 0.01", "forest, 10 trees of depth 7", "forest, 100 trees of depth 10", "LSTM, 4-bit weights (`w4a8`)",
                                       "LSTM, int8 and 16-bit cells (`w8a8`)", "LSTM, float"};
  REQUIRE(labs::hvac_models().size() == std::size(rows));
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    CAPTURE(std::string(rows[i]));
    const labs::HvacModel& model = labs::hvac_models()[i];
    const std::vector<std::string> row = row_of(table, rows[i]);
    CHECK(row[0] == text(fixed(model.error_k, 3), " (", fixed(model.error_low_k, 3), " to ", fixed(model.error_high_k, 3), ")"));
    CHECK(row[1] == (model.bytes == 0 ? std::string("0") : text(grouped(static_cast<std::uint64_t>(model.bytes)), " B")));
    CHECK(row[2] == (model.macs > 0 ? text(grouped(static_cast<std::uint64_t>(model.macs)), " multiply-accumulates") : model.compares > 0 ? text(fixed(model.compares, 0), " compares") : std::string("none")));
    CHECK(row[3] == (i == 0 ? std::string("0") : say(MeanInterval{model.less_k, model.less_low_k, model.less_high_k})));
  }
}

TEST_CASE("an LSTM foresees a room's temperature better than a straight line, no better than a forest, and as well in integers as in float") {
  const std::string table = test::read_source_text("assets/models/SOURCES.md");
  const Generated windows = building_windows(bundled_seed);
  const Dataset training = dataset_of(windows, windows.training), test = dataset_of(windows, windows.test), calibration = dataset_of(windows, windows.calibration);
  const std::vector<float> minutes = last_minutes(training);

  const Errors as_now = as_warm_as_now(test);
  CHECK(row_of(table, "as warm as now")[0] == say(as_now));
  const Errors by_line = line_errors(row_of(table, "linear, ridge 0.001"), fit_linear(minutes, training.targets, 1e-3), test, last_minute);
  const Errors by_forest = forest_errors(row_of(table, "forest, 10 trees of depth 7"), Forest::grow(minutes, training.targets, {.trees = 10, .deepest = 7, .seed = bundled_seed}), test);

  const auto model = load_model(test::read_source("assets/models/hvac.tflite"), "hvac.tflite");
  REQUIRE(model.has_value());
  const auto as_float = to_float(model->graph);
  REQUIRE(as_float.has_value());
  const Errors in_float = errors_of(*as_float, test);
  CHECK(row_of(table, "LSTM, float")[0] == say(in_float));
  CHECK(row_of(table, "LSTM, float")[3] == say(difference(as_now, in_float)));
  auto calibrator = Calibrator::prepare(*as_float);
  REQUIRE(calibrator.has_value());
  for (std::uint64_t row = 0; row < calibration.rows(); ++row) calibrator->observe(calibration.row(row));
  Errors in_integers;
  struct Case { const char* recipe; const char* model; };
  for (const Case& c : {Case{"w4a8", "LSTM, 4-bit weights (`w4a8`)"}, Case{"w8a8", "LSTM, int8 and 16-bit cells (`w8a8`)"}}) {
    CAPTURE(c.recipe);
    const Recipe recipe = *parse_recipe(c.recipe);
    const auto made = compress(*as_float, calibrator->ranges(), recipe);
    REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : to_text(made.error())));
    in_integers = errors_of(*made, test);
    const std::vector<std::string> row = row_of(table, c.model);
    CHECK(row[0] == say(in_integers));
    CHECK(row[1] == text(grouped(plan(*as_float, recipe)->flash_bytes()), " B"));
    CHECK(row[3] == say(difference(as_now, in_integers)));
  }
  CHECK(difference(in_float, by_line).high < 0.0);                 // surely better than the line
  CHECK(difference(by_forest, by_line).high < 0.0);                // and so is a forest of 10 kB
  CHECK(difference(in_float, by_forest).low < 0.0);                // which the LSTM does not surely beat
  CHECK(difference(in_float, by_forest).high > 0.0);
  CHECK(say(difference(in_integers, in_float)) == say(labs::hvac_int8_beside_float()));
  CHECK(difference(in_integers, in_float).high < 0.01);            // integers cost less than a hundredth of a kelvin
}
