#include "core/train/trial.h"

#include <doctest/doctest.h>

#include "core/compress/compress.h"
#include "core/evaluate/evaluation.h"
#include "core/formats/dataset.h"
#include "core/formats/load.h"
#include "core/labs/listener_scores.h"
#include "tests/support/files.h"

using namespace edgewise;
using namespace edgewise::train;

TEST_CASE("the listener's table is what the bundled model says in integers: the rows in the middle, made again") {
  const Bytes model_file = test::read_source("assets/models/forest.tflite"),
              data_file = test::read_source("assets/datasets/forest.npz");
  const auto model = load_model(model_file, "forest.tflite");
  const auto data = load_dataset(std::vector<DataFile>{{"forest.npz", data_file}});
  REQUIRE((model.has_value() && data.has_value()));
  CHECK_FALSE(forest_trial(model->graph, 0, 1).has_value());  // scores in float

  const auto floats = to_float(model->graph);
  auto calibrator = Calibrator::prepare(*floats);
  REQUIRE(calibrator.has_value());
  const Recipe recipe = *parse_recipe("w8a8");
  const Split split = split_rows(*data);
  for (const std::uint32_t row : std::span(split.calibration).first(static_cast<std::size_t>(recipe.calibration_samples)))
    calibrator->observe(data->row(row));
  const auto integers = compress(*floats, calibrator->ranges(), recipe);
  REQUIRE(integers.has_value());

  constexpr std::uint64_t first = 400, count = 12;  // one of each background, with and without a chainsaw
  const auto rows = forest_trial(*integers, first, count);
  REQUIRE(rows.has_value());
  REQUIRE(std::size(labs::listener_scores) == trial_recordings);
  for (std::size_t i = 0; i < count; ++i) {
    CAPTURE(i);
    const auto& listed = labs::listener_scores[first + i];
    CHECK(int{(*rows)[i].distance} == int{listed[0]});
    for (std::size_t window = 0; window < trial_windows; ++window)
      CHECK(int{(*rows)[i].scores[window]} == int{listed[1 + window]});
  }
}

TEST_CASE("the file that holds the listener's table is the one its rows give") {
  std::vector<TrialRow> rows;
  for (const auto& listed : labs::listener_scores) {
    TrialRow row{listed[0], {}};
    for (std::size_t window = 0; window < trial_windows; ++window) row.scores[window] = listed[1 + window];
    rows.push_back(row);
  }
  CHECK(trial_source(rows) == test::read_source_text("core/labs/listener_scores.h"));
}
