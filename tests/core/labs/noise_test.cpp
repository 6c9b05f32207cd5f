// Sums of rounding errors: what one is by hand, and what their sums are by the formula they stand beside.
#include "core/labs/noise.h"

#include <doctest/doctest.h>

#include <cmath>

#include "core/base/random.h"
#include "core/labs/quantize.h"
#include "tests/support/subject.h"

using namespace edgewise;
using namespace edgewise::labs;
using test::figure_of;

namespace {

Outcome outcome_at(std::initializer_list<const char*> settings) { return test::run_lab("noise", "har", settings); }

std::vector<double> even_weights() {
  Random random(9);
  std::vector<double> weights;
  for (int i = 0; i < 4096; ++i) weights.push_back(random.uniform(-0.5, 0.8));
  return weights;
}

}  // namespace

TEST_CASE("noise lab: errors of two bits by hand") {
  const Rounded made = rounded({0, 0.25, 0.5, 3}, 2);   // four codes over 0 to 3: a step of 1
  CHECK(made.scale == doctest::Approx(1));
  CHECK(made.errors == std::vector<double>{0, -0.25, 0.5, 0});   // halves go up
  CHECK(made.error_rms == doctest::Approx(std::sqrt((0.0625 + 0.25) / 4)));
}

TEST_CASE("noise lab: the chapter's thousand errors add up to what the formula says, in units of the weights, and their share of a sum is 0.364 %") {
  const Outcome outcome = outcome_at({});
  CHECK(figure_of(outcome, "predicted_deviation").value == doctest::Approx(1.3 / 255 / std::sqrt(12) * std::sqrt(1000)));
  CHECK(figure_of(outcome, "deviation").value == doctest::Approx(figure_of(outcome, "predicted_deviation").value).epsilon(0.05));         // 4000 sums: the deviation is known to 1.1 %
  CHECK(figure_of(outcome, "within_percent").value == doctest::Approx(95.45).epsilon(0.02));
  CHECK(figure_of(outcome, "predicted_relative_percent").value == doctest::Approx(0.364).epsilon(0.002));   // (1.3 / 255 / sqrt 12) / sqrt((0.5^3 + 0.8^3) / 3 / 1.3), in %
  CHECK(figure_of(outcome, "sqnr_db").value == doctest::Approx(48.8).epsilon(0.005));
  CHECK(outcome.tone == Tone::good);
}

TEST_CASE("noise lab: the sum of errors grows with the root of how many there are, its share of a sum of products does not") {
  const Rounded from = rounded(even_weights(), 8);
  const auto deviation = [&](int terms) {
    double squares = 0;
    for (const double sum : error_sums(from, terms, 3000, 5)) squares += sum * sum / 3000;
    return std::sqrt(squares);
  };
  CHECK(deviation(400) == doctest::Approx(10 * deviation(4)).epsilon(0.06));
  CHECK(relative_noise(from, 400, 3000, 5) == doctest::Approx(relative_noise(from, 4, 3000, 5)).epsilon(0.06));
}

TEST_CASE("noise lab: behind nine layers noise is three times that behind one, where errors of layers know nothing of each other") {
  const std::vector<double> noise = layer_noise(rounded(even_weights(), 6), 9, 200, 7);
  CHECK(noise[8] == doctest::Approx(3 * noise[0]).epsilon(0.12));
}

TEST_CASE("noise lab: with few weights far out at four bits the formula fails, and the lab says so; one error is no bell") {
  const Outcome far_out = outcome_at({"spread=2", "bits=4"});
  CHECK(far_out.tone == Tone::bad);
  CHECK(far_out.sentence.find("it does not hold here") != std::string::npos);
  CHECK(figure_of(outcome_at({"terms=1"}), "within_percent").value == 100);   // an error is at most half a step, 1.73 deviations
}

TEST_CASE("noise lab: a model's own weights are taken from it, and the same seed draws the same") {
  const Outcome own = outcome_at({"spread=3"});
  CHECK(own.figures.size() == 7);
  CHECK(figure_of(own, "sqnr_db").value != figure_of(outcome_at({}), "sqnr_db").value);
  CHECK(figure_of(own, "deviation").value == figure_of(outcome_at({"spread=3"}), "deviation").value);
}
