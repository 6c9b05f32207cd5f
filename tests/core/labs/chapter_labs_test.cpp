// The labs' figures where arithmetic can be done by hand; what holds for all labs is in lab_test.cpp.
#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>
#include <string_view>

#include "core/labs/battery.h"
#include "core/labs/economics.h"
#include "core/labs/interval.h"
#include "core/labs/lab.h"
#include "core/labs/sparsity.h"

using namespace edgewise::labs;

namespace {

Outcome outcome_of(std::string_view name, std::initializer_list<std::string_view> assignments = {}) {
  const Lab* const lab = find(name);
  REQUIRE(lab != nullptr);
  std::vector<double> values = initial_values(*lab);
  for (const std::string_view assignment : assignments) REQUIRE_MESSAGE(set(*lab, values, assignment).has_value(), std::string(assignment));
  return lab->evaluate(values);
}

double value_of(const Outcome& outcome, std::string_view key) {
  for (const Figure& f : outcome.figures)
    if (f.key == key) return f.value;
  return NAN;
}

const Figure* figure_of(const Outcome& outcome, std::string_view key) {
  for (const Figure& f : outcome.figures)
    if (f.key == key) return &f;
  return nullptr;
}

}  // namespace

TEST_CASE("battery lab: 3,000 mAh last 86.7 days at 5 s in 30 s, and a panel makes the question idle") {
  // 3.7 V * 3 Ah = 11.1 Wh; 32 mW / 6 = 5.333 mW; 11.1 / 0.005333 = 2081.25 h = 86.72 d = 2.849 months
  const Outcome outcome = outcome_of("battery");
  CHECK(value_of(outcome, "battery_alone_days") == doctest::Approx(86.72).epsilon(1e-4));
  CHECK(value_of(outcome, "battery_alone_months") == doctest::Approx(2.8488).epsilon(1e-4));
  CHECK(value_of(outcome, "needed_mw") == doctest::Approx(1.08527).epsilon(1e-5));          // 11.1 Wh / (14 * 730.56 h)
  CHECK(value_of(outcome, "needed_mah") == doctest::Approx(14742.83).epsilon(1e-6));        // 5.333 mW * 10227.84 h / 3.7 V
  CHECK(value_of(outcome, "neutral_sun_minutes") == doctest::Approx(10.9714).epsilon(1e-4));   // 0.128 Wh / 0.7 W
  CHECK(value_of(outcome, "empty_days") == 0);
  CHECK(value_of(outcome_of("battery", {"active_mw=45"}), "battery_alone_days") == doctest::Approx(61.67).epsilon(1e-3));   // 11.1 / 0.0075 / 24
  CHECK(value_of(outcome_of("battery", {"sleep_mw=1"}), "battery_alone_days") == doctest::Approx(75.0).epsilon(1e-3));      // 5.333 + 0.8333 = 6.167 mW
  CHECK(value_of(outcome_of("battery", {"listen_s=30"}), "battery_alone_days") == doctest::Approx(14.453).epsilon(1e-3));   // 11.1 / 0.032 / 24
  CHECK(value_of(outcome_of("battery", {"messages_a_day=864", "message_mj=100"}), "average_mw") == doctest::Approx(32.0 / 6 + 1));   // 86.4 J in 86,400 s
}

TEST_CASE("battery lab: the simulated charge runs empty when the formula says so") {
  for (const char* active : {"active_mw=10", "active_mw=32", "active_mw=100", "active_mw=400"}) {
    const Outcome outcome = outcome_of("battery", {active, "panel_w=0"});
    const Curve& alone = outcome.pictures[0].curves[0];
    const double days = value_of(outcome, "battery_alone_days");
    for (std::size_t day = 0; day < alone.y.size(); ++day) CHECK((alone.y[day] > 0) == (static_cast<double>(day) < days));
  }
}

TEST_CASE("battery lab: radiation outside the atmosphere is that of FAO paper 56") {
  // Its example 8: 3 September (day 246), 20 degrees south: 32.2 MJ / m2 / day
  CHECK(full_sun_hours(-20, 246, 1) * 3.6 == doctest::Approx(32.2).epsilon(0.002));
  // At 60 degrees the shortest day has less than a tenth of the longest; beyond the polar circle there is none, and nothing negative
  CHECK(full_sun_hours(60, 355, 1) < full_sun_hours(60, 172, 1) / 10);
  CHECK(full_sun_hours(-65, 172, 1) >= 0);
}

TEST_CASE("economics lab: 0.7 months becomes 7 with a gateway a floor, and 47 with development") {
  // Without what the gateways draw: 12 * 150 / 2592 = 0.694, 12 * 1500 / 2592 = 6.944, 12 * 75 / 259.2 = 3.472, 12 * 10150 / 2592 = 46.99
  CHECK(value_of(outcome_of("economics", {"gateway_w=0"}), "payback_months") == doctest::Approx(0.694444).epsilon(1e-5));
  CHECK(value_of(outcome_of("economics", {"gateway_w=0", "gateways=10"}), "payback_months") == doctest::Approx(6.944444).epsilon(1e-5));
  CHECK(value_of(outcome_of("economics", {"gateway_w=0", "floors=1", "gateway_usd=75"}), "payback_months") == doctest::Approx(3.472222).epsilon(1e-5));
  CHECK(value_of(outcome_of("economics", {"gateway_w=0", "development_usd=10000"}), "payback_months") == doctest::Approx(46.990741).epsilon(1e-6));
  CHECK(value_of(outcome_of("economics"), "gateway_kwh_a_year") == doctest::Approx(43.83));          // 5 W * 8.766
  CHECK(value_of(outcome_of("economics"), "saving_usd_a_year") == doctest::Approx(2592 - 5.2596));   // 43.83 kWh * 0.12 $
  CHECK(figure_of(outcome_of("economics", {"saved_percent=0"}), "payback_months") == nullptr);       // never
  // 100 $ a year for two years at 10 %: 100 / 1.1 + 100 / 1.21 = 173.55
  CHECK(net_present_value(0, 100, 0.1, 2) == doctest::Approx(173.5537).epsilon(1e-6));
}

TEST_CASE("confidence lab: Wilson's interval and the rows a loss of one point needs") {
  // chapter_check.py, section 10, with z = 1.96 there: 94 % on 100, 500, 2947 rows
  struct Case { double rows, low, high; };
  for (const Case& c : {Case{100, 87.52, 97.22}, Case{200, 89.81, 96.53}, Case{500, 91.56, 95.77}, Case{1000, 92.35, 95.31}, Case{2947, 93.08, 94.80}}) {
    const Share interval = wilson_interval(0.94, c.rows);
    CHECK(std::fabs(100 * interval.low - c.low) < 0.0051);
    CHECK(std::fabs(100 * interval.high - c.high) < 0.0051);
  }
  CHECK(paired_rows(0.01, 0.03) == 2353);       // ((1.96 sqrt(0.03) + 0.8416 sqrt(0.0299)) / 0.01)^2 = 2352.5
  CHECK(unpaired_rows(0.95, 0.94) == 8158);
  CHECK(wilson_interval(1, 20).high == 1);      // 20 of 20: 20 / (20 + 3.8415) = 0.8389
  CHECK(wilson_interval(1, 20).low == doctest::Approx(0.8389).epsilon(1e-4));
  CHECK(outcome_of("confidence").tone == Tone::bad);
  CHECK(outcome_of("confidence", {"rows=2947"}).tone == Tone::good);
}

TEST_CASE("prune lab: what 70 % zeros are worth depends on the width, and the schedule does not finish") {
  // chapter_check.py, section 7
  const Outcome outcome = outcome_of("prune");
  CHECK(value_of(outcome, "bitmap_times") == doctest::Approx(8 / 3.4));
  CHECK(value_of(outcome, "distance8_times") == doctest::Approx(8 / 4.8));
  CHECK(value_of(outcome, "csr16_times") == doctest::Approx(8 / 7.2));
  CHECK(value_of(outcome, "steps") == 2300);                                     // ceil(7352 / 32) = 230
  CHECK(value_of(outcome, "reached_percent") == doctest::Approx(57.698125));     // 70 - 40 * (2700 / 4000)^3
  CHECK(value_of(outcome, "rows_needed") == 16000);
  CHECK(value_of(outcome_of("prune", {"bits=32"}), "bitmap_times") == doctest::Approx(32 / 10.6));
  CHECK(value_of(outcome_of("prune", {"bits=32"}), "csr16_times") == doctest::Approx(32 / 14.4));
  CHECK(value_of(outcome_of("prune", {"bits=4"}), "bitmap_times") == doctest::Approx(4 / 2.2));
  CHECK(value_of(outcome_of("prune", {"rows=16000"}), "reached_percent") == doctest::Approx(70));
  // a bitmap begins to pay when more than 1 / b are zero, 16-bit columns when more than 16 / (b + 16) are
  CHECK(bitmap_bits(1 / 8.0, 8) == doctest::Approx(8));
  CHECK(index_bits_each(1 - 8 / 24.0, 8, 16) == doctest::Approx(8));
  CHECK(mask_entropy_bits(0.7) == doctest::Approx(0.8812909));
  CHECK(mask_entropy_bits(0) == 0);
}
