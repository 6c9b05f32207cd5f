#include "core/train/generate/generate.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <doctest/doctest.h>

#include "core/base/hash.h"
#include "core/train/bundled.h"
#include "core/train/generate/building.h"
#include "tests/support/files.h"

using namespace edgewise;
using namespace edgewise::train;

namespace {

std::int16_t code(const Generated& generated, const Samples& samples, std::size_t row, std::size_t element) {
  return samples.codes[row * static_cast<std::size_t>(generated.sample.elements()) + element];
}

/// Mean of one element over the rows of one class.
double class_mean(const Generated& generated, const Samples& samples, std::int32_t label, std::size_t element) {
  double sum = 0.0, count = 0.0;
  for (std::size_t row = 0; row < samples.labels.size(); ++row)
    if (samples.labels[row] == label) sum += code(generated, samples, row, element), count += 1.0;
  return sum / count;
}

/// Rows that occur more than once in the three sets together.
std::size_t repeated_rows(const Generated& generated) {
  std::set<std::uint64_t> seen;
  std::size_t rows = 0;
  for (const Samples* samples : {&generated.training, &generated.calibration, &generated.test})
    for (std::size_t row = 0; row < samples->count(); ++row, ++rows) {
      const auto elements = static_cast<std::size_t>(generated.sample.elements());
      seen.insert(hash(std::as_bytes(std::span(samples->codes).subspan(row * elements, elements))));
    }
  return rows - seen.size();
}

void check_balance(const Samples& samples, std::int32_t classes, std::size_t rows) {
  CHECK(samples.labels.size() == rows);
  for (std::int32_t label = 0; label < classes; ++label)
    CHECK(static_cast<std::size_t>(std::count(samples.labels.begin(), samples.labels.end(), label)) *
              static_cast<std::size_t>(classes) ==
          rows);
}

}  // namespace

TEST_CASE("activity windows are balanced, differ from each other and are ordered as bodies move") {
  const Generated windows =
      activity_windows(3);  // another seed than the bundled one: claims about the generator, not about one file
  check_balance(windows.training, 5, 4320);
  check_balance(windows.calibration, 5, 400);
  check_balance(windows.test, 5, 1000);
  CHECK(repeated_rows(windows) == 0);
  CHECK(windows.training.codes != activity_windows(4).training.codes);

  // Features: axis z (up) is the third of nine; deviation is its second, crossings of the mean its sixth.
  constexpr std::size_t up_deviation = 2 * 9 + 1, up_crossings = 2 * 9 + 5;
  const auto mean = [&](std::int32_t label, std::size_t feature) { return class_mean(windows, windows.test, label, feature); };
  CHECK(mean(0, up_deviation) < mean(4, up_deviation));  // still, cycling, walking, running
  CHECK(mean(4, up_deviation) < mean(1, up_deviation));
  CHECK(mean(1, up_deviation) < mean(2, up_deviation));
  CHECK(mean(3, up_crossings) < mean(2, up_crossings));  // stairs are slower than running
  // Standardized over the training rows: codes of step 1/64 have mean 0 and deviation 64, but for rounding and the cut at 6
  // deviations.
  for (std::size_t feature = 0; feature < 27; ++feature) {
    double sum = 0.0, squares = 0.0;
    for (std::size_t row = 0; row < 4320; ++row) {
      sum += code(windows, windows.training, row, feature);
      squares += std::pow(static_cast<double>(code(windows, windows.training, row, feature)), 2);
    }
    CHECK(std::fabs(sum / 4320) < 2.0);
    CHECK(std::sqrt(squares / 4320) == doctest::Approx(64.0).epsilon(0.05));
  }
}

TEST_CASE("the digits and the machine's spectra are the bundled ones on every machine") {
  const Generated digits = digit_images(bundled_seed);
  CHECK((bundled_file(digits) == test::read_source("assets/datasets/digits.npz")));
  check_balance(digits.training, 10, 6000);
  check_balance(digits.calibration, 10, 400);
  check_balance(digits.test, 10, 800);
  CHECK(repeated_rows(digits) == 0);
  const auto [least, most] = std::minmax_element(digits.training.codes.begin(), digits.training.codes.end());
  CHECK(*least == 0);
  CHECK(*most == 16);

  const Generated spectra = machine_spectra(bundled_seed);
  CHECK((bundled_file(spectra) == test::read_source("assets/datasets/vibration.npz")));
  CHECK(std::count(spectra.training.labels.begin(), spectra.training.labels.end(), 0) == 4000);  // normal only
  CHECK(std::count(spectra.calibration.labels.begin(), spectra.calibration.labels.end(), 0) == 400);
  check_balance(spectra.test, 2, 800);
  CHECK(repeated_rows(spectra) == 0);
  // Imbalance grows the rotation near 24.5 Hz, in band 1 (16 to 32 Hz); a struck bearing rings at 700 Hz, in band 43 (688 to 704
  // Hz).
  for (const std::size_t band : {1u, 43u})
    CHECK(class_mean(spectra, spectra.test, 1, band) > class_mean(spectra, spectra.test, 0, band) + 8);
}

TEST_CASE("the building's weather and people are the same whatever its heater does, and heat warms it as its capacity and its losses say") {
  Building warm(3), cold(3);
  for (int minute = 0; minute < 2 * minutes_per_day; ++minute) {
    const Reading a = warm.step(true), b = cold.step(false);
    CHECK(a.outdoor_c == b.outdoor_c);
    CHECK(a.is_occupied == b.is_occupied);
    if (minute + 1 != 60) continue;
    // The radiator follows with 15 minutes: 9 kW * 60 s * (60 - 15 (1 - exp(-4))) = 24.4 MJ in the first hour, over 11 MJ/K is 2.22 K. Meanwhile half of that,
    // more or less, loses 150 W/K * 3600 s * 0.9 K = 0.5 MJ again, or 0.04 K.
    CHECK(warm.room_c() - cold.room_c() == doctest::Approx(2.18).epsilon(0.02));
  }
  CHECK(warm.heat_kwh() == doctest::Approx(2 * 24 * 9.0));
  CHECK(cold.heat_kwh() == 0.0);
  CHECK(warm.room_c() - cold.room_c() < 9000.0 / 150.0);   // where losses equal the heat
}

TEST_CASE("a floor that loses twice as much, or stores twice as much, warms as its equation says; without people and sun it is heated more") {
  // As above: 24.4 MJ in the first hour over 22 MJ/K is 1.11 K, less 0.01 K lost. At twice the loss of 150 W/K, 0.04 K more is lost of 2.22 K.
  const auto warmed_in_an_hour = [](const OfficeFloor& floor) {
    Building warm(3, floor), cold(3, floor);
    for (int minute = 0; minute < 60; ++minute) warm.step(true), cold.step(false);
    return warm.room_c() - cold.room_c();
  };
  CHECK(warmed_in_an_hour({.capacity_j_per_k = 22e6}) == doctest::Approx(1.10).epsilon(0.02));
  CHECK(warmed_in_an_hour({.loss_w_per_k = 300}) == doctest::Approx(2.14).epsilon(0.02));
  const auto heated_share = [](const OfficeFloor& floor) {
    const std::vector<Reading> week = building_readings(5, 7, floor);
    return static_cast<double>(std::ranges::count_if(week, &Reading::is_heating)) / static_cast<double>(week.size());
  };
  CHECK(heated_share({.gains = 0}) > heated_share({}));
  CHECK(heated_share({.loss_w_per_k = 300}) > 1.5 * heated_share({}));
}

TEST_CASE("the thermostat holds what its schedule asks for, and people come on working days") {
  const std::vector<Reading> readings = building_readings(5, 14);
  REQUIRE(readings.size() == 14u * minutes_per_day);
  int occupied_nights = 0, occupied_days = 0;
  for (std::size_t t = 0; t < readings.size(); ++t) {
    const auto day = t / minutes_per_day, hour = t % minutes_per_day / 60;
    const bool is_working_day = day % 7 < 5;
    CHECK(readings[t].indoor_c > 16.0);                                                         // 17 less half the hysteresis, and the radiator's delay
    if (is_working_day && hour >= 11 && hour < 18) CHECK(readings[t].indoor_c > 20.0);          // 21 less the same; by 11 any night is made up for
    occupied_nights += readings[t].is_occupied && hour < 5;
    occupied_days += is_working_day && hour == 11 && readings[t].is_occupied;
  }
  CHECK(occupied_nights == 0);
  CHECK(occupied_days == 10 * 60);   // ten desks: somebody is there
  CHECK(setpoint_c(11 * 60) == 21.0);                           // a Monday
  CHECK(setpoint_c(5 * minutes_per_day + 11 * 60) == 17.0);     // a Saturday
  CHECK(setpoint_c(3 * 60) == 17.0);
}

TEST_CASE("windows of the building are the bundled ones, foresee the reading an hour later, and those of different sets share no reading") {
  const Generated windows = building_windows(bundled_seed);
  CHECK((bundled_file(windows) == test::read_source("assets/datasets/hvac.npz")));
  CHECK(repeated_rows(windows) == 0);
  // 30 days are 43200 minutes: 30240 to learn from, 6480 to calibrate with, 6480 to test on. A window ends at minute t when its oldest lag, t - 119, and its
  // target, t + 60, are in its part.
  CHECK(windows.training.count() == 6013);   // t = 119, 124, ... below 30180
  CHECK(windows.calibration.count() == 400);
  CHECK(windows.test.count() == 104);        // t = 36839, 36900, ... below 43140
  const std::vector<Reading> readings = building_readings(bundled_seed, 30);
  constexpr std::size_t occupied = 11, features = 14, steps = 60;
  std::set<std::int16_t> empty, full;
  for (std::size_t row = 0; row < windows.test.count(); ++row) {
    const std::size_t t = 36839 + 61 * row;
    CHECK(windows.test.targets[row] == static_cast<float>(readings[t + 60].indoor_c - readings[t].indoor_c));
    for (std::size_t step = 0; step < steps; ++step)
      (readings[t - 59 + step].is_occupied ? full : empty).insert(code(windows, windows.test, row, step * features + occupied));
  }
  CHECK(empty.size() == 1);
  CHECK(full.size() == 1);
  CHECK(*empty.begin() < *full.begin());
  const Dataset data = bundled_dataset(windows);
  CHECK(data.labels.empty());
  CHECK(data.targets.size() == 504);
  CHECK(data.calibration_rows == 400);
}
