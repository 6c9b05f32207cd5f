#include "core/train/generate/outdoors.h"

#include <array>
#include <cmath>

#include "core/base/portable_math.h"

namespace edgewise::train {

double air_absorption(double hz, const Weather& weather) {
  constexpr double kelvin_at_20 = 293.15, triple_point = 273.16;
  const double kelvin = weather.celsius + 273.15, relative = kelvin / kelvin_at_20;
  constexpr double ln_10 = 2.302585092994046;
  const double saturation = portable::exp(
      ln_10 * (4.6151 - 6.8346 * portable::pow(triple_point / kelvin, 1.261)));  // over the pressure of an atmosphere
  const double vapour = weather.humidity_percent * saturation;                   // molar concentration, %
  const double oxygen_hz = 24.0 + 4.04e4 * vapour * (0.02 + vapour) / (0.391 + vapour);
  const double nitrogen_hz =
      (9.0 + 280.0 * vapour * portable::exp(-4.170 * (1.0 / portable::pow(relative, 1.0 / 3.0) - 1.0))) / std::sqrt(relative);
  const double relaxations = 0.01275 * portable::exp(-2239.1 / kelvin) / (oxygen_hz + hz * hz / oxygen_hz) +
                             0.1068 * portable::exp(-3352.0 / kelvin) / (nitrogen_hz + hz * hz / nitrogen_hz);
  return 8.686 * hz * hz * (1.84e-11 * std::sqrt(relative) + relaxations / portable::pow(relative, 2.5));
}

double foliage_absorption(double hz) {
  constexpr std::array octaves = {63.0, 125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0};
  constexpr std::array decibels = {0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.09, 0.12};
  if (hz <= octaves.front()) return decibels.front();
  for (std::size_t i = 1; i < octaves.size(); ++i)
    if (hz <= octaves[i])
      return decibels[i - 1] + (decibels[i] - decibels[i - 1]) * (hz - octaves[i - 1]) / (octaves[i] - octaves[i - 1]);
  return decibels.back();
}

}  // namespace edgewise::train
