#include "core/mcu/power.h"

#include <doctest/doctest.h>

using namespace edgewise::mcu;

TEST_CASE("the supply is read out of a submission's words") {
  struct Case { std::string_view words; double volts; Regulator regulator; };
  for (const Case& c : {Case{"Operating at 1.8V / SMPS", 1.8, Regulator::switched}, Case{"Operating at 3 V with external SMPS / Single Bank Mode", 3, Regulator::switched},
                        Case{"Operating at 3.0V / Dual Bank Mode Activated", 3, Regulator::linear}, Case{"", 0, Regulator::unstated}, Case{"VDD unknown", 0, Regulator::unstated}}) {
    CAPTURE(c.words);
    CHECK(supply_in(c.words).volts == c.volts);
    CHECK(supply_in(c.words).regulator == c.regulator);
  }
}

TEST_CASE("power is taken from the measurements nearest to the supply, in proportion to the clock") {
  // STM32L4R5 at 3 V without a converter was measured once: 74.35 mW at 120 MHz
  CHECK(measured_power_mw("STM32L4R5", "Operating at 3.0V", 120) == doctest::Approx(74.35));
  CHECK(measured_power_mw("STM32L4R5", "Operating at 3.0V", 60) == doctest::Approx(74.35 / 2));
  CHECK(measured_power_mw("STM32L4R5", "Operating at 3 V with external SMPS", 120) == doctest::Approx(33.26));
  // at 1.8 V five times: 40.68, 47.37, 44.81, 42.51, 41.67
  CHECK(measured_power_mw("STM32L4R5", "Operating at 1.8V", 120) == doctest::Approx((40.68 + 47.37 + 44.81 + 42.51 + 41.67) / 5));
  CHECK_FALSE(measured_power_mw("STM32F0", "Operating at 1.8V", 48).has_value());
}

TEST_CASE("every published power lies between its extremes and names its source") {
  for (const PowerMeasurement& m : power_measurements()) {
    CAPTURE(m.chip);
    CHECK(m.low <= m.milliwatts);
    CHECK(m.milliwatts <= m.high);
    CHECK_FALSE(m.source.empty());
  }
}
