// How long a battery lasts: a network runs every so often, the chip sleeps in between.
//
//   P = E * (1 + w / t) / period + I_sleep * V * (1 - (w + t) / period)        days = capacity * V / (P * 24 h)
//
// w is how long the chip takes to wake up, at the power it has while it computes: nobody published it for these boards, so it is 0 unless told. Not counted: what a
// regulator loses, sensors and radio, self-discharge. Each shortens the life, so that the figure is the most that this network leaves.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/mcu/cost.h"

namespace edgewise::mcu {

/// A battery as it is sold: rated capacity and nominal voltage.
struct Battery {
  std::string_view id, name;   ///< "cr2032", "coin cell"
  double capacity_mah, volts;
  double most_ma;              ///< what it gives in pulses; 0: more than any board here takes
  std::string_view source;
  double milliwatt_hours() const { return capacity_mah * volts; }
};
/// cr2032, aa (two of them), lipo.
std::span<const Battery> batteries();
/// Null for an unknown id.
const Battery* find_battery(std::string_view id);

struct BatteryLife {
  Estimate days;               ///< low from the high end of the energy, high from its low end
  bool sleep_known = false;    ///< false: asleep the board was counted as taking nothing, so that even `low` may be too long
  bool keeps_up = true;        ///< false: even at the low end of its band the network is not done when the next answer is due; days are then those of a chip that never sleeps
  double least_pulse_ma = 0;   ///< what the chip takes while it computes, at least: through a linear regulator it is more
  bool is_within_pulse = true; ///< the battery can give that
};

/// Nothing where the board's latency or power is not known. period_s > 0: from one answer to the next.
std::optional<BatteryLife> battery_life(const Estimate& latency_ms, const Estimate& energy_mj, const Figure& sleep_ua, const Battery& battery, double period_s, double wake_ms = 0);

}  // namespace edgewise::mcu
