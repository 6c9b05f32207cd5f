// Windows that share readings: neighbours by hand, the chapter's count of windows, and what holds for simulated months.
#include "core/labs/split.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/subject.h"

using namespace edgewise;
using namespace edgewise::labs;
using test::figure_of;

namespace {

Outcome outcome_at(std::initializer_list<const char*> settings) { return test::run_lab("split", "hvac", settings); }

RoomWindow window(double minute, double feature, double change_k) {
  RoomWindow out{.minute = minute, .features = {}, .change_k = change_k};
  out.features[0] = feature;
  return out;
}

}  // namespace

TEST_CASE("split lab: the most alike windows answer with their mean, none nearer in time than the embargo, and never a window itself") {
  const std::vector<RoomWindow> learned{window(0, 5, 1), window(100, 4, 2), window(200, 1, 4), window(300, 0, 9)};
  const std::vector<RoomWindow> judged{window(100, 4, 2)};
  const double embargoes[] = {0, 150, 250};
  // The window itself does not answer. No embargo: those of minutes 0 and 200, features 5 and 1. From 150 minutes on only minute 300 is left, then none: no change.
  const auto errors = remembered_errors(learned, judged, embargoes, 2);
  CHECK(errors[0] == std::vector<double>{std::fabs((1.0 + 4.0) / 2 - 2)});
  CHECK(errors[1] == std::vector<double>{std::fabs(9.0 - 2)});
  CHECK(errors[2] == std::vector<double>{2.0});
}

TEST_CASE("split lab: 30 days have 43,081 windows of an hour that foresee an hour") { CHECK(window_count(43200, 60, 60) == 43081); }

TEST_CASE("split lab: shuffled windows flatter the test in every month, and an embargo of window and horizon takes that back") {
  for (const char* month : {"month=7", "month=11", "month=30"}) {
    CAPTURE(month);
    const Outcome shuffled = outcome_at({month}), apart = outcome_at({month, "embargo_min=120"});
    CHECK(*figure_of(shuffled, "leaked_k").low > 0);
    CHECK(shuffled.sentence.find("flattered by") != std::string::npos);
    CHECK(figure_of(shuffled, "sharing_windows").value == 120);
    CHECK(figure_of(apart, "sharing_windows").value == 0);
    CHECK(figure_of(apart, "error_k").value == figure_of(shuffled, "honest_k").value);
    CHECK(apart.tone == Tone::good);
  }
}

TEST_CASE("split lab: the room's time constant is R C, and another floor makes another month") {
  CHECK(figure_of(outcome_at({}), "time_constant_h").value == doctest::Approx(11e6 / 150 / 3600));   // 20.4 h
  const Outcome heavy = outcome_at({"loss_w_per_k=60", "capacity_mj_per_k=26"});
  CHECK(figure_of(heavy, "time_constant_h").value == doctest::Approx(26e6 / 60 / 3600));             // 120 h
  CHECK(figure_of(heavy, "no_change_k").value < figure_of(outcome_at({}), "no_change_k").value);     // what is slow changes less in an hour
}

TEST_CASE("split lab: in the order of time few windows share readings, and what leaks cannot be seen") {
  const Outcome in_time = outcome_at({"order=0"});
  CHECK(figure_of(in_time, "sharing_windows").value <= 3);   // 120 judged over nine days: one every 108 minutes
  CHECK(*figure_of(in_time, "leaked_k").low <= 0);
  CHECK(in_time.sentence.find("no difference was shown") != std::string::npos);
}
