#include "core/labs/zoo.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/support/subject.h"

using namespace edgewise;
using namespace edgewise::labs;

TEST_CASE("a model is beaten by one that is no larger and no less often right, and of two alike the first stays") {
  //                    0: small  1: large, better  2: as large as 1, worse  3: as 0  4: smallest, worst
  const double cost[] = {2, 5, 5, 2, 1}, value[] = {80, 90, 85, 80, 30};
  CHECK(unbeaten(cost, value) == std::vector<bool>{true, true, false, false, true});
}

TEST_CASE("the zoo has trees, a line and one dense network at six widths, each network at three precisions, and the smallest that meets the limits is chosen") {
  const Outcome out = test::run_lab("zoo", "har", {"epochs=12"});
  REQUIRE(out.tables.size() == 1);
  CHECK(out.tables[0].rows.size() == 1 + 3 * 7);
  REQUIRE(out.pictures.size() == 2);
  CHECK(out.pictures[1].x_names.size() == 6);
  CHECK(out.pictures[1].curves.size() == 3);
  std::size_t chosen = 0;
  for (std::size_t i = 0; i < out.tables[0].rows.size(); ++i) {
    const std::string& verdict = out.tables[0].rows[i][5];
    if (verdict == "yes, the smallest") ++chosen;
    if (verdict == "yes") CHECK(chosen == 1);   // by flash, upwards: none that meets the limits comes before it
  }
  CHECK(chosen == (test::figure_of(out, "models_meeting").value > 0 ? 1 : 0));
}

TEST_CASE("a limit that nothing meets is told, with the best there is") {
  const Outcome out = test::run_lab("zoo", "har", {"epochs=3", "flash_kib=0.25", "least_percent=99"});
  CHECK(out.tone == Tone::bad);
  CHECK(out.sentence.find("None is right 99 % of the time") != std::string::npos);
}

TEST_CASE("images bring convolutions at six widths, and rows without classes are refused with what to do") {
  const Outcome out = test::run_lab("zoo", "digits", {"epochs=1", "learned_rows=60"});
  CHECK(out.tables[0].rows.size() == 1 + 3 * 8);
  CHECK(std::ranges::any_of(out.tables[0].rows, [](const auto& row) { return row[0].starts_with("convolutions, width 1/8"); }));
  const auto refused = test::try_lab("zoo", "hvac", {});
  REQUIRE_FALSE(refused);
  CHECK_FALSE(refused.error().advice.empty());
}
