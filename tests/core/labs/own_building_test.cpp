// A person's own readings: what is taken, what is refused and in which words, and whether a room that is known is foreseen.
#include "core/labs/own_building.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/random.h"
#include "core/base/text.h"
#include "tests/support/subject.h"

using namespace edgewise;
using namespace edgewise::labs;

namespace {

Bytes bytes_of(std::string_view text) {
  const BytesView view = as_bytes(text);
  return {view.begin(), view.end()};
}

std::string stamp(int minute) {
  const auto two = [](int n) { return text(n < 10 ? "0" : "", n); };
  return text("2026-01-", two(1 + minute / 1440), " ", two(minute / 60 % 24), ":", two(minute % 60));
}

/// A room that swings with the day by 3 degrees, read every ten minutes with a noise of 0.05, beside a column that says nothing and a name.
std::string swinging(int days) {
  Random random(3);
  std::string csv = "time,room,dice,who\n";
  for (int minute = 0; minute < days * 1440; minute += 10)
    csv += text(stamp(minute), ",", fixed(20 + 3 * std::sin(2 * 3.14159265 * minute / 1440) + 0.05 * random.normal(), 3), ",", random.below(6), ",ann\n");
  return csv;
}

std::string refusal(std::string_view csv) {
  const auto checked = check_readings(bytes_of(csv));
  return checked ? std::string() : to_text(checked.error());
}

}  // namespace

TEST_CASE("columns of numbers can be foreseen, words are left out, and dates bring the hour of the day") {
  const auto columns = reading_columns(bytes_of(swinging(2)));
  REQUIRE(columns);
  CHECK(columns->numbers == std::vector<std::string>{"room", "dice"});
  CHECK(columns->others == std::vector<std::string>{"who"});
  CHECK(columns->has_dates);
  CHECK(columns->rows == 288);
}

TEST_CASE("a room that follows the hour is foreseen better than by guessing that nothing changes, and a die is not") {
  const Bytes csv = bytes_of(swinging(12));
  const auto room = own_building_outcome(csv, {.error = 0.3});
  REQUIRE_MESSAGE(room, (room ? "" : to_text(room.error())));
  // an hour ahead the swing alone moves by 3 * 2 pi / 24 * mean |cos| = 0.785 * 0.637 = 0.5
  CHECK(test::figure_of(*room, "no_change_k").value == doctest::Approx(0.5).epsilon(0.1));
  CHECK(room->tone == Tone::good);
  CHECK(*test::figure_of(*room, "less_k").low > 0.2);
  const auto die = own_building_outcome(csv, {.error = 0.1, .column = 1});
  REQUIRE(die);
  CHECK(die->tone == Tone::bad);
  CHECK(test::figure_of(*die, "models_meeting").value == 0);
}

TEST_CASE("the lab takes readings in place of its floor: fields of the floor go, and the column has its name") {
  Subject subject = test::bundled_subject("hvac");
  subject.readings = std::make_shared<const Bytes>(bytes_of(swinging(8)));
  const Lab* const hvac = find("hvac");
  REQUIRE(hvac != nullptr);
  std::vector<double> values = initial_values(*hvac);
  REQUIRE(set(*hvac, values, "column=9"));   // beyond the last: the last
  const auto out = outcome_of(*hvac, values, &subject);
  REQUIRE_MESSAGE(out, (out ? "" : to_text(out.error())));
  const auto column = std::ranges::find(out->reaches, "column", &Reach::key);
  REQUIRE(column != out->reaches.end());
  CHECK(column->shown == "dice");
  CHECK(column->highest == 2);
  const auto week = std::ranges::find(out->reaches, "week", &Reach::key);
  REQUIRE(week != out->reaches.end());
  CHECK(week->highest == std::ranges::find(hvac->fields, "week", &Field::key)->lowest);   // nowhere to turn it: it is not shown
  CHECK_FALSE(out->is_of_model);
}

TEST_CASE("a table that cannot be read as readings is refused with the place and what to do") {
  CHECK(refusal("").find("header") != std::string::npos);
  CHECK(refusal("time;room\n1;2\n").find("Separate columns with commas") != std::string::npos);
  CHECK(refusal("time,room\n1,2\n2,3\n").find("2 rows; 50 or more are wanted") != std::string::npos);
  std::string good = swinging(2);
  CHECK(refusal(good).empty());
  CHECK(refusal(text("room,room", good.substr(good.find(",dice")))).find("two columns are called 'room'") != std::string::npos);
  std::string words = good;
  words.replace(words.find("2026-01-01 05:00,") + 17, 2, "xx");
  CHECK(refusal(words).find("row 31, column 'room'") != std::string::npos);   // 5 h are 30 rows of ten minutes
  std::string back = good;
  back.replace(back.find("2026-01-01 05:00"), 16, "2025-01-01 05:00");
  CHECK(refusal(back).find("is not after the row before") != std::string::npos);
  CHECK(refusal("time,who\n" + [] { std::string rows; for (int i = 0; i < 60; ++i) rows += text(i, ",ann\n"); return rows; }()).find("no column behind the first has a number") != std::string::npos);
  CHECK(refusal(std::string(readings_bytes + 1, 'x')).find("the limit is") != std::string::npos);
}

TEST_CASE("readings by the minute are thinned to six an hour, so that a window spans the hour") {
  std::string csv = "minute,room\n";
  for (int minute = 0; minute < 3000; ++minute) csv += text(minute, ",", minute % 7, "\n");
  const auto columns = reading_columns(bytes_of(csv));
  REQUIRE(columns);
  CHECK_FALSE(columns->has_dates);
  const auto windows = read_windows(bytes_of(csv), reading_windows(*columns, 0, 60));
  REQUIRE(windows);
  CHECK(windows->readings == 300);
  CHECK(windows->minutes[1] - windows->minutes[0] == 10);
}
