// Which model foresees a room's temperature well enough, and what its forecast is worth to the heating.
#pragma once

#include <span>
#include <string_view>

#include "core/evaluate/metrics.h"
#include "core/labs/subject.h"

namespace edgewise::labs {

/// What was measured of a model of the bundled room temperature data: assets/models/SOURCES.md, where tests/core/train/hvac_models_test.cpp measures it again.
struct HvacModel {
  std::string_view name, short_name;
  double error_k, error_low_k, error_high_k;   ///< mean error an hour ahead, and its 95 % interval
  double bytes;
  double macs, compares;                       ///< work of one answer
  double less_k, less_low_k, less_high_k;      ///< by how much less wrong it is than the guess that nothing changes, window by window, and the 95 % interval of that
};
/// The simplest first.
std::span<const HvacModel> hvac_models();

/// By how much more wrong the LSTM is in INT8 than in floats, window by window, K; measured by the same test.
MeanInterval hvac_int8_beside_float();

/// By how much the mean error grows when one feature is dealt out anew among the test windows, all of its minutes together; and how much that varies over ten deals.
/// Of the forest of 10 trees and of the LSTM in INT8. Breiman 2001, section 10; the same table and the same test as above.
struct HvacFeature {
  std::string_view name;
  double forest_k, forest_deviation_k, lstm_k, lstm_deviation_k;
};
/// In the order of the model's inputs.
std::span<const HvacFeature> hvac_features();

/// The room after `minutes` of the heater on or off, by the building's own resistance and capacitance; people and sun left out, the radiator late by its time constant.
double room_after(double room_c, double outdoor_c, double minutes, bool heats);

/// A working week of the simulated floor under one controller.
struct HvacWeek {
  double kwh = 0, starts_a_day = 0, cold_minutes_a_day = 0;   ///< cold: people are there and the room is below 20 degrees
};
/// error_k < 0: by the schedule, 21 degrees from 6:30 to 18:00. Else by forecast: heating starts when the room would just reach 21 degrees at 8:00, and stops when it
/// would stay above 20 until 17:00. Forecasts are too high by error_k on one day and too low by it on the next, in proportion to the hours they reach ahead.
/// room_c, when not empty, takes the room's temperature at each of the first day's minutes.
HvacWeek simulate_week(std::uint64_t seed, double error_k, std::span<double> room_c);

/// Distance of two hours on a circle of radius 1: 2 sin(pi d / 24).
double chord(double hours_apart);

/// Simulated where models are run: two weeks of a building are too much for a frame, and its program too much for the first view of the page.
Lab hvac_lab();
Result<Outcome> hvac_outcome(std::span<const double> values, const Subject& subject);

}  // namespace edgewise::labs
