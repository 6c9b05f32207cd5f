#include "core/mcu/battery.h"

#include <algorithm>
#include <array>

namespace edgewise::mcu {

std::span<const Battery> batteries() {
  static constexpr std::array all{
      Battery{"cr2032", "coin cell", 225, 3.0, 15, "CR2032: 225 mAh to 2 V, pulses of 15 mA at most; typical of its makers' data sheets"},
      Battery{"aa", "two AA", 2700, 3.0, 0, "Duracell Procell alkaline: about 2,700 mAh at 0.1 A; 1.5 V nominal each"},
      Battery{"lipo", "3,000 mAh LiPo", 3000, 3.7, 0, "the course chapter's forest node; 3.7 V nominal"}};
  return all;
}

const Battery* find_battery(std::string_view id) {
  const auto all = batteries();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Battery& each) { return each.id == id; });
  return found == all.end() ? nullptr : &*found;
}

std::optional<BatteryLife> battery_life(const Estimate& latency_ms, const Estimate& energy_mj, const Figure& sleep_ua, const Battery& battery, double period_s, double wake_ms) {
  if (!(latency_ms.value > 0) || !(energy_mj.value > 0) || !(period_s > 0)) return {};
  BatteryLife life;
  life.sleep_known = sleep_ua.value.has_value();
  life.keeps_up = latency_ms.low + wake_ms <= period_s * 1e3;
  const double sleep_mw = sleep_ua.value.value_or(0) / 1e3 * battery.volts;
  const auto days = [&](double ms, double mj) {
    const double busy_s = (ms + wake_ms) / 1e3, share = std::min(1.0, busy_s / period_s);
    const double milliwatts = mj * (1 + wake_ms / ms) / std::max(period_s, busy_s) + sleep_mw * (1 - share);
    return battery.milliwatt_hours() / milliwatts / 24;
  };
  life.days = {days(latency_ms.value, energy_mj.value), days(latency_ms.high, energy_mj.high), days(latency_ms.low, energy_mj.low)};
  life.least_pulse_ma = energy_mj.value / latency_ms.value * 1e3 / battery.volts;
  life.is_within_pulse = battery.most_ma <= 0 || life.least_pulse_ma <= battery.most_ma;
  return life;
}

}  // namespace edgewise::mcu
