#include "core/mcu/power.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"

namespace edgewise::mcu {
namespace {

constexpr auto linear = Regulator::linear, switched = Regulator::switched, unstated = Regulator::unstated;

constexpr std::array all{
    PowerMeasurement{"STM32L4R5", 120, 1.8, linear, 40.68, 40.09, 41.48, "MLPerf Tiny v0.5, reference"},
    PowerMeasurement{"STM32L4R5", 120, 1.8, linear, 47.37, 44.69, 48.73, "MLPerf Tiny v0.7, STMicroelectronics, dual bank"},
    PowerMeasurement{"STM32L4R5", 120, 0, unstated, 52.81, 50.64, 55.18, "MLPerf Tiny v1.0, OctoML"},
    PowerMeasurement{"STM32L4R5", 120, 1.8, linear, 44.81, 42.65, 47.10, "MLPerf Tiny v1.0, STMicroelectronics, dual bank"},
    PowerMeasurement{"STM32L4R5", 120, 3.0, linear, 74.35, 69.76, 78.24, "MLPerf Tiny v1.1, Krai, dual bank"},
    PowerMeasurement{"STM32L4R5", 120, 1.8, linear, 42.51, 34.97, 47.26, "MLPerf Tiny v1.1, STMicroelectronics, single bank"},
    PowerMeasurement{"STM32L4R5", 120, 0, unstated, 46.77, 41.44, 53.01, "MLPerf Tiny v1.1, Skymizer"},
    PowerMeasurement{"STM32L4R5", 120, 1.8, linear, 41.67, 38.73, 43.82, "MLPerf Tiny v1.2, STMicroelectronics, single bank"},
    PowerMeasurement{"STM32L4R5", 120, 3.0, switched, 33.26, 32.88, 33.74, "MLPerf Tiny v1.3, STMicroelectronics, external SMPS"},
    PowerMeasurement{"STM32H7A3", 280, 3.0, switched, 160.26, 152.81, 166.41, "MLPerf Tiny v0.7, STMicroelectronics"},
    PowerMeasurement{"STM32H7A3", 280, 3.3, switched, 156.77, 146.21, 162.74, "MLPerf Tiny v1.0, STMicroelectronics"},
    PowerMeasurement{"STM32H7A3", 280, 3.0, switched, 143.42, 129.47, 157.85, "MLPerf Tiny v1.1, Krai"},
    PowerMeasurement{"STM32H7A3", 280, 3.0, switched, 122.86, 121.79, 125.36, "MLPerf Tiny v1.1, STMicroelectronics"},
    PowerMeasurement{"STM32H7A3", 280, 3.0, switched, 126.86, 121.86, 135.63, "MLPerf Tiny v1.2, STMicroelectronics"},
    PowerMeasurement{"STM32U575", 160, 1.8, switched, 26.78, 26.40, 27.19, "MLPerf Tiny v0.7, STMicroelectronics"},
    PowerMeasurement{"STM32U575", 160, 1.8, switched, 25.52, 24.70, 26.22, "MLPerf Tiny v1.0, STMicroelectronics"},
    PowerMeasurement{"STM32U575", 160, 1.8, switched, 26.25, 25.17, 27.03, "MLPerf Tiny v1.1, STMicroelectronics"},
    PowerMeasurement{"STM32U575", 160, 1.8, switched, 23.28, 22.72, 24.02, "MLPerf Tiny v1.2, STMicroelectronics"},
    PowerMeasurement{"STM32U575", 160, 1.8, switched, 23.55, 23.07, 24.24, "MLPerf Tiny v1.3, STMicroelectronics"},
    PowerMeasurement{"STM32U385", 96, 1.8, switched, 5.39, 5.09, 5.90, "MLPerf Tiny v1.3, STMicroelectronics"},
    PowerMeasurement{"R7FA6M4AF3CFB", 200, 3.0, linear, 72.93, 71.17, 74.74, "MLPerf Tiny v0.7, Renesas"},
    PowerMeasurement{"RX65N", 120, 0, unstated, 52.74, 50.22, 54.70, "MLPerf Tiny v0.7, Renesas"},
    PowerMeasurement{"EFR32MG24", 78, 1.8, switched, 9.18, 8.45, 9.68, "MLPerf Tiny v0.7, Silicon Labs"},
    PowerMeasurement{"EFR32MG24", 78, 1.8, switched, 10.05, 8.72, 11.03, "MLPerf Tiny v1.0, Silicon Labs"},
};

}  // namespace

std::span<const PowerMeasurement> power_measurements() { return all; }

Supply supply_in(std::string_view conditions) {
  Supply supply;
  for (std::size_t end = conditions.find('V'); end != std::string_view::npos; end = conditions.find('V', end + 1)) {
    std::size_t last = end;
    while (last > 0 && conditions[last - 1] == ' ') --last;
    std::size_t first = last;
    while (first > 0 && ((conditions[first - 1] >= '0' && conditions[first - 1] <= '9') || conditions[first - 1] == '.')) --first;
    if (const auto volts = parse_real(conditions.substr(first, last - first)); volts && *volts > 0.5 && *volts < 6) {
      supply.volts = *volts;
      break;
    }
  }
  if (supply.volts > 0) supply.regulator = conditions.find("SMPS") != std::string_view::npos ? switched : linear;
  return supply;
}

std::optional<double> measured_power_mw(std::string_view chip, std::string_view conditions, double clock_mhz) {
  const Supply wanted = supply_in(conditions);
  // How far a measurement is from what is asked: another regulator matters more than another voltage, both more than none stated.
  const auto distance = [&](const PowerMeasurement& m) {
    if (wanted.volts <= 0) return m.supply_v > 0 ? 1.0 : 0.0;
    if (m.supply_v <= 0) return 2.0;
    return std::fabs(m.supply_v - wanted.volts) + (m.regulator == wanted.regulator ? 0.0 : 4.0);
  };
  double nearest = 1e9, sum = 0, count = 0;
  for (const PowerMeasurement& m : all)
    if (m.chip == chip) nearest = std::min(nearest, distance(m));
  for (const PowerMeasurement& m : all)
    if (m.chip == chip && distance(m) <= nearest + 0.05) {
      sum += m.milliwatts / m.clock_mhz;
      count += 1;
    }
  if (count == 0 || clock_mhz <= 0) return {};
  return sum / count * clock_mhz;
}

}  // namespace edgewise::mcu
