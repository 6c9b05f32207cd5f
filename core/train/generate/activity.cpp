// Motion windows: what a three-axis accelerometer on a belt gives while its wearer is still, walks, runs, takes stairs or cycles.
//
// A window is 128 samples at 50 Hz, the set-up of the UCI HAR data set (Anguita et al. 2013). The body's motion is a few
// harmonics of the step frequency; up and forward at every step, sideways at every second one (Zijlstra & Hof 2003). People
// differ in pace, strength, regularity and how the device sits; gravity is seen through that tilt. The sensor has 12 bits over
// +-4 g, and noise. Level stretches inside stairs, coasting on the bicycle and sitting in a bus make the classes overlap.
//
// Features, for each of the axes x (right), y (forward), z (up), nine: mean, deviation, lowest, highest (m/s2), root mean square
// of the change between samples (m/s2), crossings of the mean (1/s), and log10 of the power in 0.4 to 1.2, 1.2 to 2.4 and 2.4 to
// 8 Hz (m2/s4). They are standardized by mean and deviation over the training rows, cut at +-6 and rounded to 1/64.

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/portable_math.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/train/generate/generate.h"

namespace edgewise::train {

namespace {

constexpr int samples = 128, axes = 3, features_per_axis = 9, features = axes * features_per_axis;
constexpr double rate_hz = 50.0, gravity = 9.81;
constexpr double range = 4 * gravity, sensor_step = 2 * range / 4096, sensor_noise = 0.05;  // m/s2: 12 bits, noise as a phone's
constexpr double degree = portable::pi / 180.0;

enum Activity : std::int32_t { still, walking, running, stairs, cycling, activities };

using Vector = std::array<double, axes>;  // x right, y forward, z up
using Signal = std::array<Vector, samples>;
using Features = std::array<double, features>;

struct Person {
  double walking_hz, running_hz, stairs_hz, cadence_hz;  ///< steps (pedal turns) per second
  double strength;                                       ///< factor on every amplitude
  double irregularity;                                   ///< how much the pace wanders inside a window
  double limp;                                           ///< how much every second step differs
  double roll, pitch;                                    ///< how the device sits, radians
};

double tone(double cycles) { return portable::sin(2.0 * portable::pi * cycles); }

Person make_person(Random& random) {
  return {
      .walking_hz = 1.85 + 0.14 * random.normal(),
      .running_hz = 2.6 + 0.2 * random.normal(),
      .stairs_hz = 1.62 + 0.16 * random.normal(),
      .cadence_hz = 1.25 + 0.15 * random.normal(),
      .strength = std::max(0.4, 1.0 + 0.25 * random.normal()),
      .irregularity = 0.02 + 0.02 * random.uniform(),
      .limp = 0.12 * std::fabs(random.normal()),
      .roll = 9.0 * degree * random.normal(),
      .pitch = 9.0 * degree * random.normal(),
  };
}

/// How one window's motion is made: harmonics of a rhythm along each axis, and unrhythmic shaking.
struct Motion {
  double rhythm_hz = 0.0;
  double up = 0.0, forward = 0.0, sideways = 0.0;  ///< amplitudes of the first harmonic, m/s2
  double second = 0.0, third = 0.0;                ///< share of the higher harmonics: the hardness of a step
  double shaking = 0.0;                            ///< deviation of the road's or the hand's noise, m/s2
  double lean = 0.0;                               ///< of the trunk, forward, radians
};

Motion walk(const Person& person, Random& random) {
  const double hz = std::max(1.1, person.walking_hz * (1.0 + 0.08 * random.normal()));
  const double up = 2.3 * person.strength * (hz / 1.85) * (hz / 1.85) * (1.0 + 0.12 * random.normal());
  return {.rhythm_hz = hz,
          .up = up,
          .forward = 0.65 * up,
          .sideways = 0.45 * up,
          .second = 0.35 + 0.08 * random.normal(),
          .third = 0.14,
          .shaking = 0.25,
          .lean = 2.0 * degree * random.normal()};
}

Motion run(const Person& person, Random& random) {
  const double hz = std::max(1.9, person.running_hz * (1.0 + 0.05 * random.normal()));
  const double up = 7.5 * person.strength * (hz / 2.6) * (1.0 + 0.15 * random.normal());
  return {.rhythm_hz = hz,
          .up = up,
          .forward = 0.45 * up,
          .sideways = 0.3 * up,
          .second = 0.3 + 0.08 * random.normal(),
          .third = 0.12,
          .shaking = 0.7,
          .lean = (6.0 + 3.0 * random.normal()) * degree};
}

/// Up is slow, soft and leaning; down is quicker and lands hard.
Motion climb(const Person& person, Random& random) {
  const bool is_up = random.uniform() < 0.5;
  const double hz = std::max(1.0, (is_up ? 0.97 : 1.08) * person.stairs_hz * (1.0 + 0.08 * random.normal()));
  const double up = (is_up ? 2.0 : 3.0) * person.strength * (1.0 + 0.15 * random.normal());
  const double hardness = is_up ? 0.45 : 0.6;
  return {.rhythm_hz = hz,
          .up = up,
          .forward = (is_up ? 0.75 : 0.5) * up,
          .sideways = 0.5 * up,
          .second = hardness + 0.1 * random.normal(),
          .third = 0.5 * hardness,
          .shaking = 0.3,
          .lean = (is_up ? 6.0 : -1.0) * degree + 3.0 * degree * random.normal()};
}

Motion cycle(const Person& person, Random& random) {
  const bool coasts = random.uniform() < 0.25;
  const double up = coasts ? 0.0 : 0.55 * person.strength * (1.0 + 0.25 * random.normal());
  const double smoothness = random.uniform();
  return {.rhythm_hz = std::max(0.6, person.cadence_hz * (1.0 + 0.1 * random.normal())),
          .up = up,
          .forward = 0.5 * up,
          .sideways = 1.3 * up,
          .second = 0.3,
          .third = 0.1,
          .shaking = 1.2 - 1.15 * smoothness,
          .lean = (12.0 + 9.0 * random.normal()) * degree};
}

/// Sitting or standing, at times with busy hands, at times in a bus or train.
Motion rest(Random& random) {
  const bool fidgets = random.uniform() < 0.2, rides = random.uniform() < 0.25;
  const double sway = fidgets ? 0.3 + 0.5 * random.uniform() : 0.03 + 0.04 * random.uniform();
  const double lean =
      random.uniform() < 0.5 ? 12.0 * random.normal() : 3.0 * random.normal();  // sitting back or forward, or standing
  return {.rhythm_hz = 0.3 + 0.5 * random.uniform(),
          .up = 0.3 * sway,
          .forward = sway,
          .sideways = sway,
          .second = 0.2,
          .third = 0.1,
          .shaking = rides     ? 0.1 + 0.7 * random.uniform()
                     : fidgets ? 0.25
                               : 0.04,
          .lean = lean * degree};
}

Motion make_motion(Activity activity, const Person& person, Random& random) {
  switch (activity) {
    case still: return rest(random);
    case walking: return walk(person, random);
    case running: return run(person, random);
    case stairs: return climb(person, random);
    case cycling: return cycle(person, random);
    case activities: break;
  }
  return {};
}

/// Acceleration in the body's axes without gravity, turned into the device's with it.
Signal sense(const Motion& before, const Motion& after, int change_at, const Person& person, Random& random) {
  Signal signal;
  const double roll = person.roll + 3.0 * degree * random.normal(), tilt = person.pitch + 3.0 * degree * random.normal();
  double cycles = random.uniform(0.0, 2.0), pace = 1.0, shaking_memory = 0.0;
  const double phase_up = 0.1 * random.normal(), phase_forward = 0.25 + 0.1 * random.normal(), phase_sideways = random.uniform();
  for (int t = 0; t < samples; ++t) {
    const Motion& motion = t < change_at ? before : after;
    pace += 0.05 * (1.0 - pace) + person.irregularity * random.normal() * 0.5;
    cycles += motion.rhythm_hz * pace / rate_hz;
    const double step = tone(cycles / 2) > 0 ? 1.0 + person.limp : 1.0 - person.limp;
    const auto harmonics = [&](double at) {
      return tone(at) + motion.second * tone(2 * at + 0.15) + motion.third * tone(3 * at + 0.4);
    };
    shaking_memory = 0.4 * shaking_memory + random.normal();
    const Vector body = {
        motion.sideways * (tone(cycles / 2 + phase_sideways) + 0.4 * tone(1.5 * cycles)) + motion.shaking * 0.6 * random.normal(),
        motion.forward * step * harmonics(cycles + phase_forward) + motion.shaking * 0.6 * random.normal(),
        motion.up * step * harmonics(cycles + phase_up) + motion.shaking * shaking_memory + gravity,
    };
    // Two turns: the trunk's lean and the device's pitch about x, then its roll about y.
    const double pitch = tilt + motion.lean;
    const double cos_pitch = portable::cos(pitch), sin_pitch = portable::sin(pitch), cos_roll = portable::cos(roll),
                 sin_roll = portable::sin(roll);
    const double y = cos_pitch * body[1] - sin_pitch * body[2], z = sin_pitch * body[1] + cos_pitch * body[2];
    const Vector device = {cos_roll * body[0] + sin_roll * z, y, cos_roll * z - sin_roll * body[0]};
    for (std::size_t axis = 0; axis < axes; ++axis) {
      const double noisy = std::clamp(device[axis] + sensor_noise * random.normal(), -range, range);
      signal[static_cast<std::size_t>(t)][axis] = std::floor(noisy / sensor_step + 0.5) * sensor_step;
    }
  }
  return signal;
}

/// cos and sin of 2 pi k / 128: the twiddle factors of the window's Fourier transform.
struct Twiddles {
  std::array<double, samples> cosine, sine;
  Twiddles() {
    for (std::size_t k = 0; k < samples; ++k) {
      cosine[k] = portable::cos(2.0 * portable::pi * static_cast<double>(k) / samples);
      sine[k] = portable::sin(2.0 * portable::pi * static_cast<double>(k) / samples);
    }
  }
};

/// Power of the bins first..last (of rate_hz / samples = 0.39 Hz each), m2/s4.
double band_power(const std::array<double, samples>& signal, const Twiddles& twiddles, std::size_t first, std::size_t last) {
  double power = 0.0;
  for (std::size_t bin = first; bin <= last; ++bin) {
    double real = 0.0, imaginary = 0.0;
    for (std::size_t t = 0; t < samples; ++t) {
      real += signal[t] * twiddles.cosine[bin * t % samples];
      imaginary += signal[t] * twiddles.sine[bin * t % samples];
    }
    power += 2.0 * (real * real + imaginary * imaginary) / (samples * samples);
  }
  return power;
}

Features features_of(const Signal& signal, const Twiddles& twiddles) {
  constexpr double seconds = samples / rate_hz, floor_power = 1e-4;  // the floor keeps the logarithm of silence finite
  Features all{};
  for (std::size_t axis = 0; axis < axes; ++axis) {
    std::array<double, samples> a{};
    double sum = 0.0;
    for (std::size_t t = 0; t < samples; ++t) sum += a[t] = signal[t][axis];
    const double mean = sum / samples;
    double squares = 0.0, change_squares = 0.0, crossings = 0.0;
    for (std::size_t t = 0; t < samples; ++t) {
      squares += (a[t] - mean) * (a[t] - mean);
      if (t == 0) continue;
      change_squares += (a[t] - a[t - 1]) * (a[t] - a[t - 1]);
      crossings += (a[t] > mean) != (a[t - 1] > mean) ? 1.0 : 0.0;
    }
    const auto [lowest, highest] = std::minmax_element(a.begin(), a.end());
    const auto log10_power = [&](std::size_t first, std::size_t last) {
      return portable::log(floor_power + band_power(a, twiddles, first, last)) / portable::log(10.0);
    };
    const double values[features_per_axis] = {mean,
                                              std::sqrt(squares / samples),
                                              *lowest,
                                              *highest,
                                              std::sqrt(change_squares / (samples - 1)),
                                              crossings / seconds,
                                              log10_power(1, 3),
                                              log10_power(4, 6),
                                              log10_power(7, 20)};
    std::copy_n(values, features_per_axis, all.begin() + static_cast<std::ptrdiff_t>(axis * features_per_axis));
  }
  return all;
}

struct Windows {
  std::vector<Features> rows;
  std::vector<std::int32_t> labels;
};

Windows make_windows(int people, int windows_each, Random& random) {
  const Twiddles twiddles;
  Windows windows;
  for (int person_number = 0; person_number < people; ++person_number) {
    const Person person = make_person(random);
    for (std::int32_t activity = 0; activity < activities; ++activity)
      for (int i = 0; i < windows_each; ++i) {
        const Motion motion = make_motion(static_cast<Activity>(activity), person, random);
        // A flight of stairs has landings: a stretch of level walking in a fifth of the windows.
        const bool has_landing = activity == stairs && random.uniform() < 0.2;
        const Motion level = has_landing ? walk(person, random) : motion;
        const int landing_ends = has_landing ? static_cast<int>(random.below(samples / 2)) : 0;
        windows.rows.push_back(features_of(sense(level, motion, landing_ends, person, random), twiddles));
        windows.labels.push_back(activity);
      }
  }
  // In mixed order, so that the first rows of any stretch are a fair sample.
  for (std::size_t i = windows.rows.size(); i > 1; --i) {
    const auto other = static_cast<std::size_t>(random.below(i));
    std::swap(windows.rows[i - 1], windows.rows[other]);
    std::swap(windows.labels[i - 1], windows.labels[other]);
  }
  return windows;
}

}  // namespace

Generated activity_windows(std::uint64_t seed) {
  Random random(seed);
  const Windows training = make_windows(36, 24, random), calibration = make_windows(8, 10, random),
                test = make_windows(20, 10, random);

  Features mean{}, deviation{};
  const auto count = static_cast<double>(training.rows.size());
  for (std::size_t f = 0; f < features; ++f) {
    for (const Features& row : training.rows) mean[f] += row[f] / count;
    for (const Features& row : training.rows) deviation[f] += (row[f] - mean[f]) * (row[f] - mean[f]) / count;
    deviation[f] = std::sqrt(deviation[f]);
  }

  Generated generated;
  generated.name = "har";
  generated.origin = text("generated motion windows, seed ", seed, ": no real people");
  generated.sample = {features};
  generated.step = 1.0f / 64;
  generated.class_names = {"still", "walking", "running", "stairs", "cycling"};
  const auto coded = [&](const Windows& windows) {
    Samples out;
    for (const Features& row : windows.rows)
      for (std::size_t f = 0; f < features; ++f)
        out.codes.push_back(
            static_cast<std::int16_t>(std::floor(std::clamp((row[f] - mean[f]) / deviation[f], -6.0, 6.0) * 64.0 + 0.5)));
    out.labels = windows.labels;
    return out;
  };
  generated.training = coded(training);
  generated.calibration = coded(calibration);
  generated.test = coded(test);
  return generated;
}

}  // namespace edgewise::train
