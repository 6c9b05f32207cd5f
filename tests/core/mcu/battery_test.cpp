#include "core/mcu/battery.h"

#include <doctest/doctest.h>

using namespace edgewise::mcu;

namespace {
const Battery ten_watt_hours{"ten", "ten watt hours", 2500, 4, 20, "by hand"};
constexpr Estimate exactly(double value) { return {value, value, value}; }
}  // namespace

TEST_CASE("a battery lasts its energy over the mean power: answers and sleep, in the share of the time that each takes") {
  // 10 ms and 5 mJ every second: 5 mW; 100 uA asleep at 4 V for 0.99 of it: 0.396 mW; 10,000 mWh / 5.396 mW = 1,853.2 h = 77.218 days
  const auto life = battery_life(exactly(10), exactly(5), {100, "by hand"}, ten_watt_hours, 1);
  REQUIRE(life);
  CHECK(life->days.value == doctest::Approx(10000 / 5.396 / 24));
  CHECK(life->sleep_known);
  CHECK(life->keeps_up);
}

TEST_CASE("waking up takes the power of computing for its time, and that much less of sleep") {
  // 10 ms and 5 mJ are 500 mW; 10 ms more to wake up are 5 mJ more: 10 mW in the mean, and 0.98 of 0.4 mW asleep
  const auto life = battery_life(exactly(10), exactly(5), {100, "by hand"}, ten_watt_hours, 1, 10);
  REQUIRE(life);
  CHECK(life->days.value == doctest::Approx(10000 / 10.392 / 24));
  CHECK_FALSE(battery_life(exactly(600), exactly(5), {100, "by hand"}, ten_watt_hours, 1, 500)->keeps_up);   // 1.1 s of every second
}

TEST_CASE("the high end of the energy is the low end of the life") {
  const auto life = battery_life({10, 5, 20}, {5, 2.5, 10}, {0, "by hand"}, ten_watt_hours, 1);
  REQUIRE(life);
  CHECK(life->days.low == doctest::Approx(10000.0 / 10 / 24));
  CHECK(life->days.high == doctest::Approx(10000.0 / 2.5 / 24));
}

TEST_CASE("what a board takes asleep counts as nothing where nobody published it, and that is told") {
  const auto life = battery_life(exactly(10), exactly(5), {{}, ""}, ten_watt_hours, 1);
  REQUIRE(life);
  CHECK_FALSE(life->sleep_known);
  CHECK(life->days.value == doctest::Approx(10000.0 / 5 / 24));
}

TEST_CASE("a network that is slower than its interval does not keep up, and its chip never sleeps") {
  const auto life = battery_life(exactly(2000), exactly(80), {1000, "by hand"}, ten_watt_hours, 1);   // 40 mW all the time
  REQUIRE(life);
  CHECK_FALSE(life->keeps_up);
  CHECK(life->days.value == doctest::Approx(10000.0 / 40 / 24));
}

TEST_CASE("a chip that takes more than the battery's pulses is told") {
  // 1 mJ in 10 ms: 100 mW, 25 mA at 4 V, over 20 mA
  const auto life = battery_life(exactly(10), exactly(1), {0, ""}, ten_watt_hours, 10);
  REQUIRE(life);
  CHECK(life->least_pulse_ma == doctest::Approx(25));
  CHECK_FALSE(life->is_within_pulse);
  CHECK(battery_life(exactly(10), exactly(0.7), {0, ""}, ten_watt_hours, 10)->is_within_pulse);   // 17.5 mA
}

TEST_CASE("without latency, power or an interval there is no life") {
  CHECK_FALSE(battery_life({}, exactly(1), {0, ""}, ten_watt_hours, 1));
  CHECK_FALSE(battery_life(exactly(1), {}, {0, ""}, ten_watt_hours, 1));
  CHECK_FALSE(battery_life(exactly(1), exactly(1), {0, ""}, ten_watt_hours, 0));
}

TEST_CASE("every battery has an id of its own, a source and a capacity") {
  for (const Battery& battery : batteries()) {
    CAPTURE(battery.id);
    CHECK(find_battery(battery.id) == &battery);
    CHECK(battery.milliwatt_hours() > 0);
    CHECK_FALSE(battery.source.empty());
  }
  CHECK(find_battery("nine volts") == nullptr);
}
