// Power while a network runs: published by supply, regulator and clock, because it depends on them far more than on the network.
//
// The tasks of one submission differ by 2 % in the middle (9 % for one in ten), the same board at 1.8 V and at 3 V by 1.8 times.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace edgewise::mcu {

enum class Regulator : std::uint8_t { unstated, linear, switched };

struct PowerMeasurement {
  std::string_view chip;         ///< as chip_named has it: "STM32L4R5"
  double clock_mhz;
  double supply_v;               ///< 0 where it was not stated
  Regulator regulator;
  double milliwatts, low, high;  ///< mean and extremes over its tasks
  std::string_view source;       ///< "MLPerf Tiny v1.2, STMicroelectronics"
};
std::span<const PowerMeasurement> power_measurements();

struct Supply {
  double volts = 0;              ///< 0: not stated
  Regulator regulator = Regulator::unstated;
};
/// From the words of a submission: "Operating at 1.8V / SMPS" is 1.8 V, switched.
Supply supply_in(std::string_view conditions);

/// Milliwatts of a chip at a clock: the mean of what was measured nearest to the supply, in proportion to the clock. Nothing where the chip was not measured.
std::optional<double> measured_power_mw(std::string_view chip, std::string_view conditions, double clock_mhz);

}  // namespace edgewise::mcu
