// Differences that a lab claims: row by row, with an interval, and "not shown" where that holds 0.
#include "core/labs/scoring.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "tests/support/subject.h"

using namespace edgewise;
using namespace edgewise::labs;
using test::figure_of;
using test::run_lab;

namespace {

bool says(const Outcome& outcome, std::string_view words) { return outcome.sentence.find(words) != std::string::npos; }
bool holds_zero(const Figure& figure) { return *figure.low <= 0 && *figure.high >= 0; }

}  // namespace

TEST_CASE("a difference is said with its interval, and where that holds 0 it is said not to be shown") {
  CHECK(difference_text({0.058, 0.024, 0.088}, "K", 3) == "0.058 K more (0.024 to 0.088)");
  CHECK(difference_text({-0.058, -0.088, -0.024}, "K", 3) == "0.058 K less (0.024 to 0.088)");
  CHECK(difference_text({-0.002, -0.011, 0.005}, "K", 3) == "no difference was shown, -0.002 K (-0.011 to 0.005)");
  CHECK(difference_text({-0.022, -0.034, -0.010}, unit_of(Metric::accuracy)) == "2.2 points fewer (1.0 to 3.4)");
  CHECK(difference_text({0.0001, -0.034, 0.010}, unit_of(Metric::mae)) == "no difference was shown, 0.000 (-0.034 to 0.010)");
}

TEST_CASE("what rows bring to a score adds up to it") {
  for (const char* model : {"har", "hvac"}) {
    CAPTURE(model);
    const Subject& subject = test::bundled_subject(model);
    const auto judged = score_of(subject.integers, subject, 60);
    REQUIRE(judged.has_value());
    REQUIRE(judged->rows.size() == 60);
    CHECK(std::accumulate(judged->rows.begin(), judged->rows.end(), 0.0) / 60 == doctest::Approx(judged->score.value));
    const auto none = difference_of(*judged, *judged);
    REQUIRE(none.has_value());
    CHECK(none->mean == 0);
    CHECK(none->low <= 0);
    CHECK(none->high >= 0);
  }
}

TEST_CASE("an area under a curve has no rows to compare by, and no difference is claimed") {
  const Subject& subject = test::bundled_subject("vibration");
  const auto judged = score_of(subject.integers, subject, 40);
  REQUIRE(judged.has_value());
  CHECK(judged->score.metric == Metric::auc);
  CHECK_FALSE(difference_of(*judged, *judged).has_value());
}

TEST_CASE("labs that compare two models say by how much, row by row") {
  const Outcome ladder = run_lab("ladder", "har", {});
  CHECK(figure_of(ladder, "int4_beside_fp32").value == doctest::Approx(figure_of(ladder, "accuracy_int4").value - figure_of(ladder, "accuracy_fp32").value));
  CHECK(holds_zero(figure_of(ladder, "int8_beside_fp32")));   // their rows are answered alike but for a few
  CHECK(says(ladder, "no difference was shown"));

  const Outcome prune = run_lab("prune", "har", {"sparsity_percent=90"});
  CHECK(figure_of(prune, "lost_at_once").value == doctest::Approx(figure_of(prune, "at_once").value - figure_of(prune, "whole").value));
  CHECK(*figure_of(prune, "lost_at_once").high < 0);
  CHECK(figure_of(prune, "won_back").value == doctest::Approx(figure_of(prune, "learned_on").value - figure_of(prune, "at_once").value));

  const Outcome drift = run_lab("drift", "har", {});
  CHECK(figure_of(drift, "fallen_points").value == doctest::Approx(figure_of(drift, "alone_percent").value - figure_of(drift, "first_percent").value));
  CHECK(*figure_of(drift, "fallen_points").high < 0);
  CHECK(figure_of(drift, "kept_points").value == doctest::Approx(figure_of(drift, "kept_percent").value - figure_of(drift, "alone_percent").value));
  const Outcome still = run_lab("drift", "har", {"rate_percent=0"});
  CHECK(figure_of(still, "fallen_points").value == 0);
  CHECK(says(still, "no difference was shown"));
  CHECK(still.tone == Tone::good);

  const Outcome coarse = run_lab("sensitivity", "har", {}), fine = run_lab("sensitivity", "har", {"weight_bits=8", "activation_bits=8"});
  CHECK(*figure_of(coarse, "lost_points").high < 0);
  CHECK(holds_zero(figure_of(fine, "lost_points")));
  CHECK(says(fine, "not shown to cost more than"));   // a handful of flips does not tell one layer from another
}

TEST_CASE("a paired interval is narrower than two scores' own intervals allow") {
  const Outcome ladder = run_lab("ladder", "har", {});
  const Figure &paired = figure_of(ladder, "int4_beside_fp32"), &four = figure_of(ladder, "accuracy_int4"), &floats = figure_of(ladder, "accuracy_fp32");
  CHECK(*four.high > *floats.low);                                                                                        // they overlap
  CHECK(*paired.high - *paired.low < std::hypot(*four.high - *four.low, *floats.high - *floats.low));   // of independent rows
}

TEST_CASE("the hvac lab does not call a line better than guessing, and says over how many weeks heat is saved") {
  const Outcome line = run_lab("hvac", "hvac", {"error_k=0.5", "latency_ms=0.01"});
  CHECK(says(line, "was not shown"));
  CHECK(holds_zero(figure_of(line, "skill_percent")));
  const Outcome forest = run_lab("hvac", "hvac", {"error_k=0.3"});
  CHECK(*figure_of(forest, "skill_percent").low > 0);
  CHECK_FALSE(says(forest, "not shown"));
  CHECK(figure_of(forest, "saved_weeks_percent").low.has_value());
  CHECK(holds_zero(figure_of(forest, "int8_growth_percent")));
}

TEST_CASE("listener lab: windows of a recording err together, which one of two strict windows does not show") {
  const Outcome together = run_lab("listener", "har", {"votes=3", "of=5"});
  CHECK(*figure_of(together, "false_together_points").low > 0);
  CHECK(figure_of(together, "false_together_points").value == doctest::Approx(figure_of(together, "false_percent").value - figure_of(together, "false_if_independent_percent").value));
  const Outcome strict = run_lab("listener", "har", {"votes=5", "of=5", "threshold=254"});
  CHECK(says(strict, "was not shown"));
}
