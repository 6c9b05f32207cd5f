// Where a range ends: noise of clipping and of rounding by hand, and what holds for the methods on the bundled models.
#include "core/labs/calibrate.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "tests/support/subject.h"

using namespace edgewise;
using namespace edgewise::labs;

namespace {

Outcome outcome_at(const char* model, std::initializer_list<const char*> settings) { return test::run_lab("calibrate", model, settings); }

double value_of(const Outcome& outcome, std::string_view key) { return test::figure_of(outcome, key).value; }

}  // namespace

TEST_CASE("calibrate lab: clipping and rounding by hand") {
  // [0, 1.5] at 4 bits: a step of 0.1, codes for 0, 0.1 ... 1.5. 0.34 comes back as 0.3, 1.9 as 1.5, 0.6 as itself; 1.54 is within half a step: it is rounded.
  const std::vector<float> values{0.34f, 1.9f, 0.6f, 1.54f};
  const GridNoise noise = grid_noise(values, {0.0f, 1.5f}, 4);
  CHECK(noise.clipped_share == 0.25);
  CHECK(noise.clipping_rms == doctest::Approx(std::sqrt(0.16 / 4)).epsilon(1e-5));              // (1.9 - 1.5)^2
  CHECK(noise.rounding_rms == doctest::Approx(std::sqrt((0.0016 + 0.0016) / 4)).epsilon(1e-4));   // 0.04^2 twice
  CHECK(noise.total_rms() == doctest::Approx(std::sqrt((0.16 + 0.0032) / 4)).epsilon(1e-5));
  CHECK(noise.signal_rms == doctest::Approx(std::sqrt((0.1156 + 3.61 + 0.36 + 2.3716) / 4)).epsilon(1e-5));
}

TEST_CASE("calibrate lab: smallest to largest clips nothing of its own rows, and a narrower range rounds finer and clips more") {
  for (const char* model : {"har", "digits", "vibration"}) {
    CAPTURE(model);
    const Outcome all = outcome_at(model, {}), narrow = outcome_at(model, {"method=1", "percentile=95"});
    CHECK(value_of(all, "own_clipped_percent") == 0);
    CHECK(value_of(narrow, "own_clipped_percent") > 0);
    CHECK(value_of(narrow, "rounding_rms") < value_of(all, "rounding_rms"));
    CHECK(value_of(narrow, "clipping_rms") > value_of(all, "clipping_rms"));
    for (const Outcome* outcome : {&all, &narrow}) CHECK(value_of(*outcome, "noise_rms") == doctest::Approx(std::hypot(value_of(*outcome, "clipping_rms"), value_of(*outcome, "rounding_rms"))));
  }
}

TEST_CASE("calibrate lab: at 4 bits the ends of least error lose less than all that was seen, and at 8 bits there is little to gain") {
  const double all4 = value_of(outcome_at("har", {"bits=4"}), "noise_rms"), least4 = value_of(outcome_at("har", {"bits=4", "method=2"}), "noise_rms");
  CHECK(least4 < 0.95 * all4);
  const double all8 = value_of(outcome_at("har", {}), "noise_rms"), least8 = value_of(outcome_at("har", {"method=2"}), "noise_rms");
  CHECK(all4 / all8 == doctest::Approx(255.0 / 15).epsilon(0.15));   // rounding noise goes with the step
  CHECK(all4 - least4 > all8 - least8);
}

TEST_CASE("calibrate lab: the more rows, the less the draw matters") {
  const Outcome outcome = outcome_at("har", {});
  const Picture& enough = outcome.pictures[2];
  const Curve &middle = enough.curves[0], &best = enough.curves[1], &worst = enough.curves[2];
  REQUIRE(middle.x.size() >= 6);
  const std::size_t last = middle.x.size() - 1;
  CHECK(middle.x.front() == 1);
  CHECK(worst.y[last] - best.y[last] < worst.y.front() - best.y.front());
  CHECK(middle.y[last] < middle.y.front());
  for (std::size_t i = 0; i <= last; ++i) CHECK((best.y[i] <= middle.y[i] && middle.y[i] <= worst.y[i]));
}

TEST_CASE("calibrate lab: a tensor with one value has no range, and is refused in words") {
  Subject subject = test::bundled_subject("har");
  auto same = std::make_shared<Dataset>(*subject.data);
  std::ranges::fill(same->x, 0.0f);
  subject.data = same;
  const Lab& lab = *find("calibrate");
  std::vector<double> values = initial_values(lab);
  REQUIRE(set(lab, values, "value=1"));
  const auto outcome = labs::outcome_of(lab, values, &subject);
  REQUIRE_FALSE(outcome);
  CHECK(to_text(outcome.error()).find("the input has one value on these rows") != std::string::npos);
}

TEST_CASE("calibrate lab: no method spans more than all that was seen, and one class alone spans less than all of them") {
  const double low = test::figure_of(test::run_lab("calibrate", "har", {}), "range_low").value, high = test::figure_of(test::run_lab("calibrate", "har", {}), "range_high").value;
  for (const char* method : {"method=1", "method=2", "method=3", "method=4"}) {
    CAPTURE(method);
    const Outcome out = test::run_lab("calibrate", "har", {method, "bits=4"});
    CHECK(test::figure_of(out, "range_low").value >= low);
    CHECK(test::figure_of(out, "range_high").value <= high);
    CHECK(test::figure_of(out, "range_high").value > 0);
    REQUIRE(out.tables.size() == 1);
    CHECK(out.tables[0].rows.size() == 5);   // every method beside the others, on the same rows
  }
  const Outcome alone = test::run_lab("calibrate", "har", {"source=1"});
  CHECK(test::figure_of(alone, "range_high").value < high);
}
