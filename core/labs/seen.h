// What features are worth to a model that is learned without them: the simulated floor's forest of 10 trees and its line over the last minute, learned anew.
//
// Shuffling a feature (core/labs/hvac) asks what a model that has it makes of it; leaving it out asks whether another feature can stand in. The data are those of the bundled room
// temperature model (core/train/generate/building): learned from the first 21 days, judged on 104 windows of the last 4.5.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace edgewise::labs {

enum class Seen : std::uint8_t { all, no_past, no_outdoors, no_hour, no_weekday, no_people, no_heater, as_numbers };
constexpr std::array<std::string_view, 8> seen_names{"all 14 features", "no past of the room", "no weather", "no hour of the day", "no day of the week", "no people", "no heater", "hour and day as numbers"};

/// Absolute errors of the test windows in the order of time, K. As numbers: the hour from 0 to 24 and the weekday from 0 to 7 in place of their sines and cosines.
struct SeenErrors {
  std::vector<double> forest, line;
};
SeenErrors errors_seeing(Seen seen);

}  // namespace edgewise::labs
