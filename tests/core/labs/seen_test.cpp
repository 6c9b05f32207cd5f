#include "core/labs/seen.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "core/labs/hvac.h"
#include "tests/support/subject.h"

using namespace edgewise;
using namespace edgewise::labs;
using test::figure_of;
using test::run_lab;

namespace {

double mean_of(const std::vector<double>& errors) { return std::accumulate(errors.begin(), errors.end(), 0.0) / static_cast<double>(errors.size()); }

}  // namespace

TEST_CASE("a forest and a line that are learned anew from all features err as those of the table of models") {
  const SeenErrors all = errors_seeing(Seen::all);
  REQUIRE(all.forest.size() == 104);   // the test windows of assets/models/SOURCES.md
  CHECK(mean_of(all.forest) == doctest::Approx(hvac_models()[3].error_k).epsilon(0.003));   // half of the last digit that is told
  CHECK(mean_of(all.line) == doctest::Approx(hvac_models()[1].error_k).epsilon(0.002));
}

TEST_CASE("hvac lab: leaving features out is compared window by window, and a number for the hour makes the small forest worse") {
  const Outcome numbers = run_lab("hvac", "hvac", {"sees=7"}), all = run_lab("hvac", "hvac", {});
  CHECK(figure_of(numbers, "forest_more_k").value == doctest::Approx(figure_of(numbers, "forest_sees_k").value - figure_of(all, "forest_sees_k").value));
  CHECK(*figure_of(numbers, "forest_more_k").low > 0);
  CHECK(numbers.sentence.find("no difference was shown") != std::string::npos);   // of the line
  CHECK(std::ranges::find(all.figures, "forest_more_k", &Figure::key) == all.figures.end());
}

TEST_CASE("hvac lab: the prediction band is an error of the calibration windows, and what is inside is counted") {
  const Outcome outcome = run_lab("hvac", "hvac", {});
  const auto picture = std::ranges::find(outcome.pictures, "The first test windows, an hour ahead", &Picture::title);
  REQUIRE(picture != outcome.pictures.end());
  const Curve &model = picture->curves[0], &truth = picture->curves[1];
  const double band = figure_of(outcome, "band_k").value;
  double inside = 0;
  for (std::size_t i = 0; i < truth.y.size(); ++i) {
    CHECK(model.high[i] - model.y[i] == doctest::Approx(band));
    inside += truth.y[i] >= model.low[i] && truth.y[i] <= model.high[i];
  }
  CHECK(figure_of(outcome, "inside_percent").value == doctest::Approx(100 * inside / 24));
}
