// A floor of an office in winter, minute by minute: one thermal resistance, one capacitance, weather, people, sun and a heater.
//
//   C dT/dt = (T_outside - T) / R + Q_heating + Q_people + Q_sun
//
// Simulated: no measurement of any building. Figures have their source beside them in building.cpp; "assumed" are ours. Weather and people depend on the seed
// alone, whatever the heater does, so that two controllers can be compared on the same days.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/base/random.h"

namespace edgewise::train {

constexpr int minutes_per_day = 24 * 60;

namespace office {

constexpr double floor_m2 = 100.0;                        // assumed
constexpr double capacity_j_per_k = 110e3 * floor_m2;     // C; "light" construction: EN ISO 13790:2008, table 12
constexpr double loss_w_per_k = 150.0;                    // 1 / R, walls and ventilation; assumed
constexpr double heater_w = 9000.0;                       // twice what holds 20 degrees at -10; assumed
constexpr double radiator_minutes = 15.0;                 // until a radiator gives 63 % of it; assumed
constexpr double warm_c = 21.0, cool_c = 17.0, hysteresis_k = 0.6;
constexpr int warm_from = 6 * 60 + 30, warm_to = 18 * 60; // minutes of a working day; assumed

}  // namespace office

/// What of a floor can be turned; as it stands, the floor that the bundled data are of.
struct OfficeFloor {
  double loss_w_per_k = office::loss_w_per_k;               ///< 1 / R
  double capacity_j_per_k = office::capacity_j_per_k;       ///< C
  double gains = 1.0;                                       ///< times what people, their computers and the sun give
};

/// What the four sensors say at the end of a minute.
struct Reading {
  double indoor_c = 0.0, outdoor_c = 0.0;
  bool is_occupied = false, is_heating = false;
};

/// Day 0 is a Monday; the first minute begins at midnight.
class Building {
 public:
  explicit Building(std::uint64_t seed, const OfficeFloor& floor = {});
  /// The next minute, with the heater on or off.
  Reading step(bool heat);
  std::int64_t minute() const { return minute_; }   ///< minutes done
  double room_c() const { return room_c_; }         ///< the room itself, without a sensor's noise
  double heat_kwh() const { return heat_kwh_; }     ///< what the heater gave so far
  int people() const { return present_; }

 private:
  static constexpr std::size_t desks = 10;
  struct Day { int arrives = 0, leaves = 0, lunch = 0, lunch_minutes = 0; };   ///< minutes of the day; leaves <= arrives: stays away

  void plan_day(int weekday);
  void change_weather();
  int count_people() const;

  OfficeFloor floor_;
  Random weather_, people_, sensors_;
  std::int64_t minute_ = 0;
  double room_c_ = 0.0, heat_kwh_ = 0.0, radiator_w_ = 0.0;
  double front_c_ = 0.0, gusts_c_ = 0.0, clouds_ = 0.0, clearness_ = 0.5;   ///< weather of days, of minutes; clouds of minutes, of a day
  std::array<Day, desks> days_{};
  int present_ = 0, airing_minutes_ = 0;
};

/// What the schedule asks for in this minute: warm on working days, cool else.
double setpoint_c(std::int64_t minute);

/// On below the setpoint less half the hysteresis, off above it plus half; between, as before.
bool thermostat(const Reading& now, double setpoint, bool was_on);

/// `days` days under that thermostat.
std::vector<Reading> building_readings(std::uint64_t seed, int days, const OfficeFloor& floor = {});

/// The features of a minute, 60 or later, as building.cpp lists them; not standardized.
std::array<double, 14> features_at(const std::vector<Reading>& readings, std::size_t minute);

}  // namespace edgewise::train
