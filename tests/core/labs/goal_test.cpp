#include "core/labs/goal.h"

#include <doctest/doctest.h>

#include <array>
#include <limits>

#include "core/base/text.h"

namespace edgewise::labs {

namespace {

std::string refused(std::string_view text) {
  const auto goal = parse_goal(text);
  return goal ? std::string() : to_text(goal.error());
}

}  // namespace

TEST_CASE("a goal is read and written as the same text") {
  for (const std::string_view text : {"lo>=0.92,flash<=20480", "error<=-0.5", "bitmap_times>=2.5"}) {
    const auto goal = parse_goal(text);
    REQUIRE(goal);
    CHECK(to_text(*goal) == text);
  }
  CHECK(parse_goal("lo>=0.92,flash<=20480").value() == Goal{{"lo", true, 0.92}, {"flash", false, 20480}});
}

TEST_CASE("what is no condition is refused with its text") {
  for (const std::string_view text : {"", "lo", "lo>0.92", "lo>=", ">=3", "lo>=many", "lo=3", "lo>=1e999", "lo>=nan", "a b>=1", "lo>=0.9,,ms<=1"})
    CHECK_MESSAGE(refused(text).find("is not a condition") != std::string::npos, text);
  CHECK(refused("a>=1,b>=1,c>=1,d>=1,e>=1,f>=1,g>=1,h>=1,i>=1").find("more than 8 conditions") != std::string::npos);
}

TEST_CASE("a bound belongs to its condition, and what is not known meets none") {
  const Goal goal = parse_goal("lo>=0.92,flash<=20480,ms<=5,broken<=1").value();
  const std::array known{Known{"lo", "lower end", 0.92}, Known{"flash", "flash", 20481}, Known{"broken", "broken", std::numeric_limits<double>::quiet_NaN()}};
  const std::vector<Judged> judged = judge(goal, known);
  REQUIRE(judged.size() == 4);
  CHECK(judged[0].is_met);        // exactly at the bound
  CHECK(!judged[1].is_met);       // a byte too much
  CHECK(!judged[2].is_met);
  CHECK(!judged[2].value);
  CHECK(!judged[3].is_met);
  CHECK(sentence(std::span(judged).first(3)) == "Goal: lower end at least 0.92 (0.92, reached); flash at most 20,480 (20,481); ms at most 5 (not known here).");
  CHECK(sentence(std::span(judged).first(1)) == "Goal reached: lower end at least 0.92 (0.92, reached).");
}

}  // namespace edgewise::labs
