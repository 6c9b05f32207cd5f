// How long a battery lasts, with and without sun.
#pragma once

#include <cmath>

#include "core/labs/lab.h"

namespace edgewise::labs {

constexpr double hours_a_month = 30.44 * 24;   // 365.25 / 12 = 30.44 days

/// E = Q * V.
inline double battery_wh(double capacity_mah, double volts) { return capacity_mah * volts / 1000; }
/// P = d * active + (1 - d) * sleep.   duty d in [0, 1]
inline double average_mw(double active_mw, double sleep_mw, double duty) { return duty * active_mw + (1 - duty) * sleep_mw; }
/// E for each message, spread over the day.   1 day = 86,400 s
inline double radio_mw(double message_mj, double messages_a_day) { return message_mj * messages_a_day / 86400; }
inline double lifetime_hours(double energy_wh, double power_mw) { return energy_wh * 1000 / power_mw; }
/// What a panel brings in a day: watts at full sun * hours of full sun * what charging leaves of it.
inline double solar_wh_a_day(double panel_w, double sun_hours, double efficiency) { return panel_w * sun_hours * efficiency; }
/// Hours of full sun that make up for the average power.
inline double neutral_sun_hours(double power_mw, double panel_w, double efficiency) { return power_mw * 24 / 1000 / (panel_w * efficiency); }

/// Hours of full sun (1 kW a square metre) that a level panel gets in a day: radiation outside the atmosphere times what is left of it.
/// latitude in [-66, 66] degrees, day 1 to 365, clearness in [0, 1].   Allen et al. 1998, FAO Irrigation and drainage paper 56, equations 21 to 25
double full_sun_hours(double latitude_degrees, double day_of_year, double clearness);

Lab battery_lab();

}  // namespace edgewise::labs
