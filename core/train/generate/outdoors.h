// What a few hundred meters of air and leaves leave of a sound.
//
// Air: ISO 9613-1:1993, equations 3 to 5, at sea level. Leaves: ISO 9613-2:1996, table A.1 (dense foliage, dB per meter in octaves from 63 Hz to 8 kHz),
// whose formula holds up to 200 m and is held there. Distance itself, 20 log10(d), is the caller's.
#pragma once

namespace edgewise::train {

struct Weather {
  double celsius, humidity_percent;
};

/// Decibels a meter of air takes from a tone. hz > 0
double air_absorption(double hz, const Weather& weather);
/// Decibels a meter of dense foliage takes from a tone, in a straight line between octaves.
double foliage_absorption(double hz);

constexpr double most_foliage_m = 200;  ///< beyond it the standard lets no more be taken

}  // namespace edgewise::train
