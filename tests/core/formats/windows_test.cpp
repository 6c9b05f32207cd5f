#include "core/formats/windows.h"

#include <cmath>
#include <string>

#include <doctest/doctest.h>

#include "core/base/random.h"
#include "core/base/text.h"

using namespace edgewise;

namespace {

BytesView bytes_of(const std::string& from) { return std::as_bytes(std::span(from)); }

/// Ten readings, ten minutes apart but for 00:50, which is absent: a = 10, 11, ..., b = 5 throughout, and a word.
std::string readings() {
  std::string out = "when,a,b,day\n";
  for (int i = 0; i < 11; ++i)
    if (i != 5) out += text("2016-02-2", i < 6 ? "8 23:" : "9 00:", i % 6, "0,", 10 + i, ",5,Sunday\n");
  return out;
}

WindowOptions options() {
  WindowOptions o;
  o.time = "when";
  o.target = "a";
  o.without = {"day"};
  o.readings = 2;
  o.horizon_minutes = 20;
  o.within_minutes = 0;
  o.learning_part = 0.6;
  return o;
}

std::string error_of(const std::string& csv, const WindowOptions& o) {
  const auto made = read_windows(bytes_of(csv), o);
  return made ? std::string() : to_text(made.error());
}

}  // namespace

TEST_CASE("a window's answer is by how much the target differs at the horizon, across midnight of a leap day, and a gap costs the windows that look into it") {
  const auto made = read_windows(bytes_of(readings()), options());
  REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : to_text(made.error())));
  // Minutes 0 10 20 30 40 60 70 80 90 100; six to learn from (0 to 60), four to test (70 to 100).
  // Now 10: 30. Now 20: 40. Now 30: 50 is absent. Now 40: 60. Now 60 (window from 40): 80 is of the other part. Now 70 (from 60): reaches into both.
  // Now 80 (from 70): 100. Now 90, 100: beyond the end.
  CHECK(made->readings == 10);
  CHECK(made->size() == 4);
  CHECK(made->learning == 3);
  CHECK(made->without_answer == 3);
  CHECK(made->across == 2);
  CHECK(made->first_test == "2016-02-29 00:10");
  CHECK(made->targets == std::vector<float>{2.0f, 2.0f, 2.0f, 2.0f});
  CHECK(made->unchanged_error == doctest::Approx(2.0));
  CHECK(made->sample == Shape{2, 3});
  // a over the first six: 10 11 12 13 14 16, mean 76 / 6, variance 986 / 6 - (76 / 6)^2 = 3.8889; b stands still and says nothing; ages over the horizon.
  const float deviation = std::sqrt(3.888889f), mean = 76.0f / 6.0f;
  const std::vector<float> first = {(10.0f - mean) / deviation, 0.0f, -0.5f, (11.0f - mean) / deviation, 0.0f, 0.0f};
  REQUIRE(made->x.size() == 4 * 6);
  for (std::size_t i = 0; i < 6; ++i) CHECK(made->x[i] == doctest::Approx(first[i]).epsilon(1e-5));
}

TEST_CASE("where stamps are irregular the nearest reading within reach is the answer") {
  WindowOptions o = options();
  o.readings = 1;
  o.within_minutes = 10;
  const auto made = read_windows(bytes_of(readings()), o);
  REQUIRE(made.has_value());
  // Now 30: 50 is absent, 40 and 60 are as near; the first of them.
  CHECK(made->targets[3] == 1.0f);
  CHECK(made->targets[2] == 2.0f);   // now 20: 40 is there, though 30 and 60 are not far
}

TEST_CASE("no reading of a window to test is one of a window to learn from, whatever the stamps") {
  Random random(3);
  std::string csv = "t,a\n";
  double minute = 0.0;
  for (int i = 0; i < 400; ++i) {
    minute += 1.0 + static_cast<double>(random.below(30));
    csv += text(minute, ',', i, '\n');   // the value is the reading's number
  }
  WindowOptions o;
  o.time = "t";
  o.target = "a";
  const auto made = read_windows(bytes_of(csv), o);
  REQUIRE(made.has_value());
  CHECK(made->size() + made->without_answer + made->across == 400 - 5);
  // Back from the scaled value to the reading's number: 300 readings to learn from, mean 149.5, variance (300^2 - 1) / 12.
  const auto number_at = [&](std::uint64_t row, int step) { return std::lround(149.5 + std::sqrt(89999.0 / 12.0) * static_cast<double>(made->x[(row * 6 + static_cast<std::uint64_t>(step)) * 2])); };
  for (std::uint64_t row = 0; row < made->size(); ++row) {
    const long last = number_at(row, 5), answer = last + std::lround(made->targets[row]);
    CHECK(last - number_at(row, 0) == 5);
    CHECK(answer > last);
    if (row < made->learning) CHECK(answer < 300);
    else CHECK(number_at(row, 0) >= 300);
  }
}

TEST_CASE("readings that cannot be used are refused with the row, the column and what to do") {
  const std::string good = readings();
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string csv = good;
    csv.replace(csv.find(from), from.size(), to);
    return csv;
  };
  WindowOptions o = options();
  CHECK(error_of(with("2016-02-28 23:20", "2016-02-30 23:20"), o) ==
        "byte 71, row 3, column 'when': '2016-02-30 23:20' is no time. Write it as 2016-01-11 17:00, or as a number of minutes");   // a header of 13 bytes, rows of 29
  CHECK(error_of(with("2016-02-28 23:20", "2016-02-28 23:10"), o).find("'2016-02-28 23:10' is not after the row before. Sort the rows by time") != std::string::npos);
  CHECK(error_of(with(",12,", ",nan,"), o).find("row 3, column 'a': 'nan' is no finite number") != std::string::npos);
  CHECK(error_of("", o).find("no header line") != std::string::npos);
  const auto changed = [&](auto change) {
    WindowOptions other = options();
    change(other);
    return error_of(good, other);
  };
  CHECK(changed([](WindowOptions& w) { w.target = "c"; }) == "byte 0, header: no column 'c'; it has when, a, b, day");
  CHECK(changed([](WindowOptions& w) { w.without = {"a"}; }) == "byte 0, header: 'a' is the target and cannot be left out");
  CHECK(changed([](WindowOptions& w) { w.without = {}; }).find("column 'day': 'Sunday' is no finite number. Leave the column out with --without") != std::string::npos);
  CHECK(changed([](WindowOptions& w) { w.readings = 0; }) == "windows of 0 readings; from 1 to 1000 are possible");
  CHECK(changed([](WindowOptions& w) { w.within_minutes = 20; }) == "within 20 minutes of a horizon of 20; from 0 to less than the horizon is possible");
  CHECK(changed([](WindowOptions& w) { w.horizon_minutes = std::nan(""); }).find("a horizon of nan minutes") == 0);
  CHECK(changed([](WindowOptions& w) { w.learning_part = 1.0; }) == "a part of 1 to learn from; above 0 and below 1 is possible");
  CHECK(changed([](WindowOptions& w) { w.readings = 11; }).find("0 windows to learn from and 0 to test") == 0);
}
