// The world changes: what is made of rows by hand, energy by arithmetic, and what holds for the bundled models.
#include "core/labs/drift.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "core/evaluate/evaluation.h"
#include "core/formats/tflite.h"
#include "tests/support/subject.h"

using namespace edgewise;
using namespace edgewise::labs;

namespace {

Result<Outcome> try_at(const char* model, std::initializer_list<const char*> settings) { return test::try_lab("drift", model, settings); }
Outcome outcome_at(const char* model, std::initializer_list<const char*> settings) { return test::run_lab("drift", model, settings); }

using test::figure_of;

/// Two inputs, four rows: 1, 3, 1, 3 with mean 2 and deviation 1; and 0 everywhere.
Dataset small_data() { return {.name = {}, .origin = {}, .sample = Shape{2}, .x = {1, 0, 3, 0, 1, 0, 3, 0}, .labels = {}, .targets = {}, .class_names = {}}; }
const std::vector<std::uint32_t> four{0, 1, 2, 3};

std::vector<float> measured(Change change, double amount, std::uint32_t row) {
  const Dataset data = small_data();
  std::vector<float> into;
  World(change, data, four).measure(data, row, amount, into);
  return into;
}

}  // namespace

TEST_CASE("drift lab: an input fades to nothing and not beyond, shifts by a share of its deviation, and gets noise of that deviation") {
  CHECK(measured(Change::fade, 0.25, 1) == std::vector<float>{2.25f, 0});   // 3 * (1 - 0.25)
  CHECK(measured(Change::fade, 2, 1) == std::vector<float>{0, 0});
  CHECK(std::fabs(measured(Change::shift, 0.5, 1)[0] - 3) == 0.5f);         // half of a deviation of 1, up or down
  CHECK(measured(Change::shift, 0.5, 1)[0] - 3 == measured(Change::shift, 0.5, 0)[0] - 1);   // every row the same way
  CHECK(measured(Change::shift, 0.5, 1)[1] == 0);                           // an input that never varies has no deviation
  CHECK(measured(Change::noise, 0.5, 1) == measured(Change::noise, 0.5, 1));
  const double once = static_cast<double>(measured(Change::noise, 1, 2)[0]) - 1, twice = static_cast<double>(measured(Change::noise, 2, 2)[0]) - 1;
  CHECK(twice == doctest::Approx(2 * once).epsilon(1e-5));                  // the same noise, larger
  double squares = 0;
  Dataset wide = small_data();
  wide.x.assign(2 * 4000, 1.0f);
  const World world(Change::noise, small_data(), four);
  std::vector<float> into;
  for (std::uint32_t row = 0; row < 4000; ++row) {
    world.measure(wide, row, 0.5, into);
    squares += std::pow(static_cast<double>(into[0]) - 1, 2);
  }
  CHECK(std::sqrt(squares / 4000) == doctest::Approx(0.5).epsilon(0.05));   // 4000 draws: the deviation is known to 1.1 %
}

TEST_CASE("drift lab: how far inputs have moved, by hand") {
  const World world(Change::shift, small_data(), four);
  // 2, 4: mean 3, deviation 1, so the mean has moved by 1 of 1. The other input has no deviation and does not count.
  CHECK(world.moved(std::vector<double>{6, 0}, std::vector<double>{20, 0}, 2) == doctest::Approx(1));
  // 0, 4: mean 2 as before, deviation 2 instead of 1.
  CHECK(world.moved(std::vector<double>{4, 0}, std::vector<double>{16, 0}, 2) == doctest::Approx(1));
  CHECK(world.moved(std::vector<double>{8, 0}, std::vector<double>{20, 0}, 4) == doctest::Approx(0));   // the same rows
}

TEST_CASE("drift lab: receiving costs volts times amperes times the time the bits take") {
  const Radio radio{"", 2.0, 500, 8, ""};   // 1 W; 1000 bytes are 8000 bits, a second at 8 kbit/s
  CHECK(receiving_seconds(radio, 1000) == doctest::Approx(1));
  CHECK(receiving_joules(radio, 1000) == doctest::Approx(1));
  const Outcome outcome = outcome_at("har", {});
  const double bytes = figure_of(outcome, "update_bytes").value;
  CHECK(figure_of(outcome, "update_mj").value == doctest::Approx(3.3 * 9.9 * 8 * bytes / 5470).epsilon(1e-9));   // mW * s
  // Between the same machine and a radio that is faster by more than it draws, energy falls.
  CHECK(figure_of(outcome_at("har", {"radio=1"}), "update_mj").value < figure_of(outcome, "update_mj").value / 100);
}

TEST_CASE("drift lab: an update at 8 bits is as long as the file of the model, at 4 bits shorter by half of the weights") {
  const Subject& subject = test::bundled_subject("har");
  const auto file = tflite::write(*subject.integers);
  REQUIRE(file);
  const double eight = figure_of(outcome_at("har", {}), "update_bytes").value, four_bits = figure_of(outcome_at("har", {"bits=4"}), "update_bytes").value;
  CHECK(eight == static_cast<double>(file->size()));
  CHECK(eight - four_bits == 11968 / 2);   // 27 * 128 + 128 * 64 + 64 * 5 weights
}

TEST_CASE("drift lab: codes that changed are counted one by one") {
  const Subject& subject = test::bundled_subject("har");
  Graph other = *subject.integers;
  CHECK(changed_codes(*subject.integers, other).changed == 0);
  CHECK(changed_codes(*subject.integers, other).weights == 11968);
  Value& weights = other.value(other.node(layers_of(other)[1].node).inputs[1]);
  Bytes codes = *weights.data;
  for (const std::size_t at : {0u, 77u, 8191u}) codes[at] ^= std::byte{1};
  weights.data = std::make_shared<const Bytes>(std::move(codes));
  CHECK(changed_codes(*subject.integers, other).changed == 3);
}

TEST_CASE("drift lab: on the first day the accuracy is that of the integer model as it is scored elsewhere") {
  for (const char* model : {"har", "forest"}) {
    CAPTURE(model);
    const Subject& subject = test::bundled_subject(model);
    const Outcome outcome = outcome_at(model, {"every_months=24"});
    const std::string& numbers = figure_of(outcome, "first_percent").numbers;   // "951 / 1,000": how many rows it took
    std::string count = numbers.substr(numbers.find("/ ") + 2);
    std::erase(count, ',');
    std::vector<std::uint32_t> rows = subject.rows;
    rows.resize(std::stoul(count));
    auto evaluation = Evaluation::prepare(subject.integers, subject.reals, subject.data, rows, std::make_shared<FloatAnswers>());
    REQUIRE(evaluation);
    for (auto more = evaluation->step(); *more;) more = evaluation->step();
    CHECK(figure_of(outcome, "first_percent").value == doctest::Approx(100 * evaluation->score().value));
    CHECK(*figure_of(outcome, "first_percent").low == doctest::Approx(100 * evaluation->score().low));
  }
}

TEST_CASE("drift lab: rows that are learned from are none that accuracy is measured on") {
  for (const char* model : {"har", "digits", "forest"}) {
    const Subject& subject = test::bundled_subject(model);
    const std::set<std::uint32_t> measured_on(subject.rows.begin(), subject.rows.end());
    CHECK(std::ranges::none_of(subject.calibration, [&](std::uint32_t row) { return measured_on.contains(row); }));
  }
}

TEST_CASE("drift lab: where nothing changes nothing is lost; where sensors shift much is, training again brings it back, and noise it does not bring back as much of") {
  const Outcome still = outcome_at("har", {"rate_percent=0"});
  const std::vector<double>& alone = still.pictures[0].curves[0].y;
  CHECK(alone.size() == 13);   // the first day and twelve months
  CHECK(std::ranges::all_of(alone, [&](double y) { return y == alone.front(); }));
  CHECK(still.tone == Tone::good);
  struct Case { const char* name; std::initializer_list<const char*> settings; };
  double recovered[2] = {};
  int i = 0;
  for (const Case& c : {Case{"shift", {}}, Case{"noise", {"change=2", "rate_percent=10"}}}) {
    CAPTURE(c.name);
    const Outcome outcome = outcome_at("har", c.settings);
    const Figure &first = figure_of(outcome, "first_percent"), &left = figure_of(outcome, "alone_percent"), &kept = figure_of(outcome, "kept_percent");
    CHECK(*left.high < *first.low);
    CHECK(*kept.low > *left.high);
    CHECK(figure_of(outcome, "moved_percent").value > 40);
    recovered[i++] = (kept.value - left.value) / (first.value - left.value);
  }
  CHECK(recovered[0] > 2 * recovered[1]);
}

TEST_CASE("drift lab: sure is not right: after two years of shifting three of four answers are wrong, and fewer are unsure than on the first day") {
  const Outcome first = outcome_at("har", {"rate_percent=0", "every_months=24"}), last = outcome_at("har", {"months=24", "every_months=24"});
  CHECK(figure_of(last, "alone_percent").value < 30);
  CHECK(figure_of(last, "unsure_percent").value < figure_of(first, "unsure_percent").value);
  CHECK(figure_of(last, "moved_percent").value > 10 * figure_of(first, "moved_percent").value);
}

TEST_CASE("drift lab: each update begins a curve of its own where the last one ends, with an interval around every point") {
  const Outcome outcome = outcome_at("har", {"every_months=3"});
  REQUIRE(outcome.pictures[0].curves.size() == 2);
  const Curve& kept = outcome.pictures[0].curves[1];
  CHECK(outcome.pictures[0].marks.size() == 3);   // months 3, 6 and 9; the twelfth is the end
  CHECK(kept.x.size() == 13 + 3);                 // at an update there are two points
  REQUIRE(kept.low.size() == kept.y.size());
  for (std::size_t i = 0; i < kept.y.size(); ++i) CHECK((kept.low[i] < kept.y[i] && kept.y[i] < kept.high[i]));
}

TEST_CASE("drift lab: a model without classes is refused in words that say what to choose") {
  for (const char* model : {"vibration", "hvac"}) {
    const auto outcome = try_at(model, {});
    REQUIRE_FALSE(outcome);
    CHECK(to_text(outcome.error()).find("Choose a model that tells classes apart") != std::string::npos);
  }
}
