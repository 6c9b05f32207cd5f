// Learning from a teacher: what holds for any student, and that the lab's numbers are those of the experiment.
#include "core/labs/distill.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "core/base/text.h"
#include "tests/support/subject.h"

using namespace edgewise;
using namespace edgewise::labs;

namespace {

Result<Outcome> try_at(const char* model, std::initializer_list<const char*> settings) { return test::try_lab("distill", model, settings); }
Outcome outcome_at(const char* model, std::initializer_list<const char*> settings) { return test::run_lab("distill", model, settings); }

using test::figure_of;

}  // namespace

TEST_CASE("distill lab: where the teacher counts nothing both students are the same to the last bit, and no difference was shown") {
  const Outcome outcome = outcome_at("har", {"alpha=0", "seeds=3", "epochs=5"});
  CHECK(outcome.pictures[0].curves[0].y == outcome.pictures[0].curves[1].y);
  CHECK(outcome.pictures[1].curves[0].y == outcome.pictures[1].curves[1].y);
  CHECK(figure_of(outcome, "difference_points").value == 0);
  CHECK(outcome.tone == Tone::warning);
  CHECK(outcome.sentence.find("no difference was shown") != std::string::npos);
}

TEST_CASE("distill lab: means are of the points that are drawn, and the difference is of the means") {
  const Outcome outcome = outcome_at("har", {"seeds=3", "epochs=5"});
  double sums[2] = {};
  for (int kind = 0; kind < 2; ++kind) {
    const Curve& seeds = outcome.pictures[1].curves[static_cast<std::size_t>(kind)];
    REQUIRE(seeds.y.size() == 3);
    for (const double y : seeds.y) sums[kind] += y / 3;
  }
  CHECK(figure_of(outcome, "distilled_percent").value == doctest::Approx(sums[0]));
  CHECK(figure_of(outcome, "alone_percent").value == doctest::Approx(sums[1]));
  CHECK(figure_of(outcome, "difference_points").value == doctest::Approx(sums[0] - sums[1]));
}

TEST_CASE("distill lab: a student of an eighth of the channels has the weights one counts, and more rows teach it more") {
  const Outcome outcome = outcome_at("har", {"seeds=2", "epochs=20", "size=2"});
  // 27-128-64-5 becomes 27-16-8-5.
  CHECK(figure_of(outcome, "student_bytes").numbers.find("dense16-dense8-dense5, 600 MACs") == 0);   // 27 * 16 + 16 * 8 + 8 * 5
  const Outcome few = outcome_at("har", {"seeds=2", "epochs=20", "learned_rows=20"}), many = outcome_at("har", {"seeds=2", "epochs=20", "learned_rows=400"});
  CHECK(figure_of(many, "alone_percent").value > figure_of(few, "alone_percent").value + 5);
  CHECK(figure_of(many, "distilled_percent").value > figure_of(few, "distilled_percent").value + 5);
}

TEST_CASE("distill lab: a teacher helps a student of a quarter, harms one of an eighth that has 20 rows, and each is told from chance") {
  const Outcome helped = outcome_at("har", {}), harmed = outcome_at("har", {"learned_rows=20", "size=2", "epochs=30"});
  CHECK(*figure_of(helped, "difference_points").low > 0);
  CHECK(helped.tone == Tone::good);
  CHECK(*figure_of(harmed, "difference_points").high < 0);
  CHECK(harmed.tone == Tone::bad);
}

TEST_CASE("distill lab: the same state gives the same numbers, and a model without classes is refused in words") {
  CHECK(outcome_at("har", {"seeds=2", "epochs=5"}).pictures[0].curves[0].y == outcome_at("har", {"seeds=2", "epochs=5"}).pictures[0].curves[0].y);
  for (const char* model : {"vibration", "hvac"}) {
    const auto outcome = try_at(model, {});
    REQUIRE_FALSE(outcome);
    CHECK(to_text(outcome.error()).find("Choose a model that tells classes apart") != std::string::npos);
  }
}

TEST_CASE("distill lab: soft labels are shares of one row, and the hotter the nearer to each other") {
  const auto shares_at = [](const char* temperature) {
    const Outcome outcome = outcome_at("har", {temperature, "seeds=2", "epochs=5"});
    REQUIRE(outcome.tables.size() == 1);
    std::vector<double> shares;
    for (const auto& row : outcome.tables[0].rows) shares.push_back(*parse_real(row[3]));
    return shares;
  };
  const auto cold = shares_at("temperature=1"), hot = shares_at("temperature=20");
  REQUIRE(cold.size() == 5);
  double sum = 0;
  for (const double share : hot) sum += share;
  CHECK(sum == doctest::Approx(100).epsilon(0.005));   // one decimal each
  CHECK(std::ranges::max(hot) < std::ranges::max(cold));
  CHECK(std::ranges::min(hot) > std::ranges::min(cold));
}
