// The building (building.h), and the windows made of it: 60 minutes of 14 features, and by how much the room's temperature differs 60 minutes later.
//
// Features of a minute, from four sensors and the clock (the chapter lists seven of them; those marked are ours):
//   0 indoor temperature*   1 the same 30 minutes before   2 60 minutes before   3 its change over 15 minutes*
//   4 outdoor temperature   5 its change over an hour      6 its mean over an hour*
//   7, 8 sine and cosine of the hour   9, 10 of the week*   11 occupied   12 heating*   13 share of the last hour heated*
// They are standardized by mean and deviation over the minutes of the training windows, cut at +-6 and rounded to 1/64.
//
// 30 days in order: 70 % to learn from, 15 % to calibrate with, 15 % to test on. Every reading that a window or its target uses lies in its own part: windows of
// two parts are at least 180 minutes apart (60 of window, 60 of the oldest lag, 60 to the target). Test windows follow each other at 61 minutes, so that they do
// not overlap: an interval that takes rows as independent would be twice too narrow with windows 10 minutes apart. An odd stride, so that they do not all begin
// at the same minute of the hour.

#include "core/train/generate/building.h"

#include <algorithm>
#include <cmath>

#include "core/base/portable_math.h"
#include "core/base/text.h"
#include "core/train/generate/generate.h"

namespace edgewise::train {

using namespace office;

namespace {

constexpr double person_w = 75.0;                           // sensible heat, office work: ASHRAE Handbook Fundamentals, chapter 18
constexpr double computer_w = 100.0;                        // a computer and a screen; assumed
constexpr double airing_w_per_k = 250.0;                    // an open window; assumed
constexpr double airing_per_minute = 2.0 / (9 * 60);        // twice in a working day; assumed
constexpr int airing_minutes = 10;
constexpr double aperture_m2 = 10.0 * 0.6 * 0.5;            // glass, g of double glazing (EN 410: about 0.6), half of it in shade; assumed
constexpr double sun_w_per_m2 = 650.0;                      // clear winter noon on a wall to the south; assumed
constexpr double sunrise_h = 8.0, sunset_h = 16.5;
constexpr double mean_outdoor_c = 3.0, front_deviation_k = 4.0, front_minutes = 2.0 * minutes_per_day, daily_swing_k = 3.0, warmest_h = 15.0;   // assumed
constexpr double gust_deviation_k = 0.3, gust_minutes = 30.0;
constexpr double sensor_noise_k = 0.05, sensor_step_k = 1.0 / 16;   // resolution of a 12-bit DS18B20 (its data sheet); noise assumed

int minute_of_day(std::int64_t minute) { return static_cast<int>(minute % minutes_per_day); }
int weekday_of(std::int64_t minute) { return static_cast<int>(minute / minutes_per_day % 7); }
double hour_of(std::int64_t minute) { return static_cast<double>(minute_of_day(minute)) / 60.0; }
double turn_sine(double turns) { return portable::sin(2.0 * portable::pi * turns); }
double turn_cosine(double turns) { return portable::cos(2.0 * portable::pi * turns); }

/// One minute of a value that wanders about 0 with this deviation and memory (Ornstein & Uhlenbeck 1930).
double wander(double value, double deviation, double minutes, Random& random) {
  return value * (1.0 - 1.0 / minutes) + deviation * std::sqrt(2.0 / minutes) * random.normal();
}

}  // namespace

Building::Building(std::uint64_t seed, const OfficeFloor& floor) : floor_(floor), weather_(seed), people_(seed ^ 0x70656f706c65ull), sensors_(seed ^ 0x73656e736full), room_c_(cool_c) {
  front_c_ = front_deviation_k * weather_.normal();
}

void Building::plan_day(int weekday) {
  clearness_ = weather_.uniform(0.1, 1.0);
  const bool is_working_day = weekday < 5;
  for (std::size_t desk = 0; desk < desks; ++desk) {
    const double stays = people_.uniform(), arrives = people_.normal(), leaves = people_.normal(), lunch = people_.normal(), eats_out = people_.uniform();
    Day& day = days_[desk] = {};
    if (stays > (is_working_day ? 0.85 : 0.03)) continue;
    day.arrives = static_cast<int>((is_working_day ? 8.25 : 10.5) * 60 + 30 * arrives);
    day.leaves = static_cast<int>((is_working_day ? 16.75 : 14.0) * 60 + 45 * leaves);
    day.lunch = static_cast<int>(12 * 60 + 15 * lunch);
    day.lunch_minutes = eats_out < 0.6 ? 45 : 0;
  }
}

void Building::change_weather() {
  front_c_ = wander(front_c_, front_deviation_k, front_minutes, weather_);
  gusts_c_ = wander(gusts_c_, gust_deviation_k, gust_minutes, weather_);
  clouds_ = wander(clouds_, 0.35, 20.0, weather_);
}

int Building::count_people() const {
  const int now = minute_of_day(minute_);
  return static_cast<int>(std::ranges::count_if(days_, [&](const Day& day) {
    return now >= day.arrives && now < day.leaves && !(now >= day.lunch && now < day.lunch + day.lunch_minutes);
  }));
}

Reading Building::step(bool heat) {
  if (minute_of_day(minute_) == 0) plan_day(weekday_of(minute_));
  change_weather();
  present_ = count_people();
  const bool opens = people_.uniform() < airing_per_minute;
  if (opens && present_ > 0) airing_minutes_ = airing_minutes;
  else airing_minutes_ = std::max(0, airing_minutes_ - 1);

  const double hour = hour_of(minute_);
  const double outdoor_c = mean_outdoor_c + front_c_ + gusts_c_ + daily_swing_k * turn_cosine((hour - warmest_h) / 24.0);
  const double height = hour > sunrise_h && hour < sunset_h ? turn_sine(0.5 * (hour - sunrise_h) / (sunset_h - sunrise_h)) : 0.0;
  const double sun_w = aperture_m2 * sun_w_per_m2 * height * std::clamp(clearness_ + clouds_, 0.05, 1.0);
  const double people_w = present_ * (person_w + computer_w);
  radiator_w_ += ((heat ? heater_w : 0.0) - radiator_w_) / radiator_minutes;
  const double loss = floor_.loss_w_per_k + (airing_minutes_ > 0 ? airing_w_per_k : 0.0);
  room_c_ += 60.0 / floor_.capacity_j_per_k * ((outdoor_c - room_c_) * loss + radiator_w_ + floor_.gains * people_w + floor_.gains * sun_w);
  heat_kwh_ += (heat ? heater_w : 0.0) / 60.0 / 1000.0;
  ++minute_;
  const auto sensed = [&](double celsius) { return std::floor((celsius + sensor_noise_k * sensors_.normal()) / sensor_step_k + 0.5) * sensor_step_k; };
  const double indoor = sensed(room_c_), outdoor = sensed(outdoor_c);
  return {indoor, outdoor, present_ > 0, heat};
}

double setpoint_c(std::int64_t minute) {
  const int now = minute_of_day(minute);
  return weekday_of(minute) < 5 && now >= warm_from && now < warm_to ? warm_c : cool_c;
}

bool thermostat(const Reading& now, double setpoint, bool was_on) {
  if (now.indoor_c < setpoint - hysteresis_k / 2) return true;
  return was_on && now.indoor_c < setpoint + hysteresis_k / 2;
}

std::vector<Reading> building_readings(std::uint64_t seed, int days, const OfficeFloor& floor) {
  Building building(seed, floor);
  std::vector<Reading> readings;
  readings.reserve(static_cast<std::size_t>(days) * minutes_per_day);
  bool heat = false;
  for (int i = 0; i < days * minutes_per_day; ++i) {
    readings.push_back(building.step(heat));
    heat = thermostat(readings.back(), setpoint_c(building.minute()), heat);
  }
  return readings;
}

namespace {

constexpr std::size_t features = 14, window = 60, oldest_lag = 60, horizon = 60, days = 30, minutes = days * minutes_per_day;
constexpr std::size_t training_end = minutes * 70 / 100, calibration_end = minutes * 85 / 100;
using Features = std::array<double, features>;

/// The last minutes of windows, every `stride` of them and at most `most`, whose readings and target all lie in [begin, end).
std::vector<std::size_t> last_minutes(std::size_t begin, std::size_t end, std::size_t stride, std::size_t most) {
  std::vector<std::size_t> last;
  for (std::size_t t = begin + oldest_lag + window - 1; t + horizon < end && last.size() < most; t += stride) last.push_back(t);
  return last;
}

}  // namespace

Features features_at(const std::vector<Reading>& readings, std::size_t t) {
  const Reading& now = readings[t];
  double outdoor = 0.0, heating = 0.0;
  for (std::size_t back = 0; back < 60; ++back) {
    outdoor += readings[t - back].outdoor_c / 60.0;
    heating += readings[t - back].is_heating ? 1.0 / 60.0 : 0.0;
  }
  const auto clock = static_cast<std::int64_t>(t);
  const double day_turns = hour_of(clock) / 24.0, week_turns = (weekday_of(clock) + day_turns) / 7.0;
  return {now.indoor_c, readings[t - 30].indoor_c, readings[t - 60].indoor_c, now.indoor_c - readings[t - 15].indoor_c,
          now.outdoor_c, now.outdoor_c - readings[t - 60].outdoor_c, outdoor,
          turn_sine(day_turns), turn_cosine(day_turns), turn_sine(week_turns), turn_cosine(week_turns),
          now.is_occupied ? 1.0 : 0.0, now.is_heating ? 1.0 : 0.0, heating};
}

Generated building_windows(std::uint64_t seed) {
  const std::vector<Reading> readings = building_readings(seed, days);
  std::vector<Features> rows(minutes);
  for (std::size_t t = oldest_lag; t < minutes; ++t) rows[t] = features_at(readings, t);

  Features mean{}, deviation{};
  constexpr double count = training_end - horizon - oldest_lag;
  for (std::size_t t = oldest_lag; t + horizon < training_end; ++t)
    for (std::size_t f = 0; f < features; ++f) mean[f] += rows[t][f] / count;
  for (std::size_t t = oldest_lag; t + horizon < training_end; ++t)
    for (std::size_t f = 0; f < features; ++f) deviation[f] += (rows[t][f] - mean[f]) * (rows[t][f] - mean[f]) / count;
  for (double& d : deviation) d = std::sqrt(d);

  Generated generated;
  generated.name = "hvac";
  generated.origin = text("simulated office floor, seed ", seed, ": no real building");
  generated.sample = {window, features};
  generated.step = 1.0f / 64;
  const auto coded = [&](std::size_t begin, std::size_t end, std::size_t stride, std::size_t most = minutes) {
    Samples out;
    for (const std::size_t last : last_minutes(begin, end, stride, most)) {
      for (std::size_t t = last + 1 - window; t <= last; ++t)
        for (std::size_t f = 0; f < features; ++f)
          out.codes.push_back(static_cast<std::int16_t>(std::floor(std::clamp((rows[t][f] - mean[f]) / deviation[f], -6.0, 6.0) * 64.0 + 0.5)));
      out.targets.push_back(static_cast<float>(readings[last + horizon].indoor_c - readings[last].indoor_c));
    }
    return out;
  };
  generated.training = coded(0, training_end, 5);
  generated.calibration = coded(training_end, calibration_end, 15, 400);
  generated.test = coded(calibration_end, minutes, 61);
  return generated;
}

}  // namespace edgewise::train
