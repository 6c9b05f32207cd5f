#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <string>
#include <vector>

#include "core/labs/detection.h"
#include "core/labs/interval.h"
#include "core/labs/listener_scores.h"

using namespace edgewise::labs;

namespace {

Outcome outcome_of(std::string_view name, const std::vector<std::string>& settings = {}) {
  const Lab& lab = *find(name);
  std::vector<double> values = initial_values(lab);
  for (const std::string& setting : settings) REQUIRE(set(lab, values, setting).has_value());
  return lab.evaluate(values);
}
const Figure& figure(const Outcome& outcome, std::string_view key) { return *std::ranges::find(outcome.figures, key, &Figure::key); }

/// Share of alarms in percent over every way to take `of` of a recording's five windows, counted one by one.
double counted(bool has_chainsaw, int threshold, int votes, int of) {
  double alarms = 0, decisions = 0;
  for (const auto& recording : listener_scores) {
    if ((recording[0] > 0) != has_chainsaw) continue;
    for (unsigned taken = 0; taken < 32; ++taken) {
      if (std::popcount(taken) != of) continue;
      int agreeing = 0;
      for (unsigned window = 0; window < 5; ++window) agreeing += (taken >> window & 1) != 0 && recording[1 + window] >= threshold;
      alarms += agreeing >= votes;
      ++decisions;
    }
  }
  return 100 * alarms / decisions;
}

}  // namespace

TEST_CASE("listener lab: shares are those of counting every window, and every vote one by one") {
  struct Case { int threshold, votes, of; };
  for (const Case& c : {Case{128, 1, 1}, Case{1, 1, 1}, Case{255, 1, 1}, Case{200, 3, 5}, Case{128, 2, 3}, Case{90, 1, 4}, Case{245, 2, 2}}) {
    CAPTURE(c.threshold);
    CAPTURE(c.of);
    const Outcome outcome = outcome_of("listener", {"threshold=" + std::to_string(c.threshold), "votes=" + std::to_string(c.votes), "of=" + std::to_string(c.of)});
    CHECK(figure(outcome, "found_percent").value == doctest::Approx(counted(true, c.threshold, c.votes, c.of)));
    CHECK(figure(outcome, "false_percent").value == doctest::Approx(counted(false, c.threshold, c.votes, c.of)));
    CHECK(figure(outcome, "false_alarms_a_node_day").value == doctest::Approx(counted(false, c.threshold, c.votes, c.of) / 100 * 2880 * (1 - 16e-6)));
  }
}

TEST_CASE("listener lab: a vote of windows from one place is worth a fraction of what independence promises") {
  const Outcome outcome = outcome_of("listener", {"votes=3", "of=5"});
  CHECK(figure(outcome, "false_percent").value > 5 * figure(outcome, "false_if_independent_percent").value);
  CHECK(figure(outcome, "false_if_independent_percent").value == doctest::Approx(100 * at_least(3, 5, counted(false, 128, 1, 1) / 100)));
}

TEST_CASE("listener lab: intervals take windows of one recording for less than independent, and none seen is not never") {
  const Outcome outcome = outcome_of("listener");
  const Figure& wrong = figure(outcome, "false_percent");
  const Share as_if_independent = wilson_interval(wrong.value / 100, 1500), as_if_one = wilson_interval(wrong.value / 100, 300);
  CHECK(*wrong.high - *wrong.low > 100 * (as_if_independent.high - as_if_independent.low));
  CHECK(*wrong.high - *wrong.low < 100 * (as_if_one.high - as_if_one.low));
  // No quiet recording alarms at one half: of 50 recordings none, Wilson's upper end is z^2 / (50 + z^2) = 3.8415 / 53.8415 = 7.1 %.
  const Outcome quiet = outcome_of("listener", {"background=quiet"});
  CHECK(figure(quiet, "false_percent").value == 0);
  CHECK(*figure(quiet, "false_percent").high == doctest::Approx(7.1348).epsilon(1e-4));
}

TEST_CASE("listener lab: far saws are found less, engines alarm most, and the forest lab's preset has these rates") {
  double last = 101;
  for (const char* band : {"distance=1", "distance=2", "distance=3", "distance=4"}) {
    const double found = figure(outcome_of("listener", {band}), "found_percent").value;
    CHECK(found < last);
    last = found;
  }
  const double engines = figure(outcome_of("listener", {"background=engines"}), "false_percent").value;
  for (const char* other : {"background=quiet", "background=rain", "background=wind", "background=birds", "background=insects"})
    CHECK(engines > figure(outcome_of("listener", {other}), "false_percent").value);

  const Lab& forest = *find("forest");
  const auto preset = std::ranges::find(forest.presets, "the listener at one half", &Preset::name);
  REQUIRE(preset != forest.presets.end());
  CHECK(preset->settings == "found_percent=88.9 false_percent=8.93");
  CHECK(figure(outcome_of("listener"), "found_percent").value == doctest::Approx(88.9).epsilon(0.0006));
  CHECK(figure(outcome_of("listener"), "false_percent").value == doctest::Approx(8.93).epsilon(0.006));
}
