// Spectra of a motor with a fan on its shaft, as an accelerometer on the bearing housing gives them: normal, or with a fault.
//
// A record is two seconds, 4096 samples at 2048 Hz. Normal: harmonics of the shaft's rotation, the fan's blade passing, the
// mains' double frequency and flow noise, all following the load. Faults, one per record, mild to clear (Randall, Vibration-based
// Condition Monitoring, 2011, chapters 2 and 5):
//   imbalance   the first harmonic of the rotation grows
//   looseness   its half and many of its harmonics appear
//   bearing     a ball passes a dent in the outer race 3.58 times a turn (8 balls, ball to pitch diameter 0.105), each time ringing a resonance near 700 Hz,
//               more or less strongly as the shaft turns: tones with sidebands
// Mild faults hide in the spread of the load: that is why the classes overlap.
//
// Features: power of four Hann-windowed quarters, averaged (Welch 1967), summed into 64 bands of 16 Hz, log10, less the training
// rows' mean over their common deviation, cut at +-6 and rounded to 1/64.

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "core/base/portable_math.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/train/generate/generate.h"

namespace edgewise::train {

namespace {

constexpr std::size_t samples = 4096, quarter = samples / 4, bands = 64, bins_per_band = quarter / 2 / bands;
constexpr double rate_hz = 2048.0, mains_hz = 50.0;
constexpr int harmonics = 6, blades = 7, blade_harmonics = 2;
constexpr double balls_per_turn = 0.5 * 8 * (1.0 - 0.105);       // ball pass frequency, outer race: n/2 (1 - d/D)
constexpr double resonance_hz = 700.0, resonance_decay = 0.015;  // seconds until a ring has fallen to 1/e

using Record = std::array<double, samples>;
using Spectrum = std::array<double, bands>;

enum class Fault { none, imbalance, looseness, bearing };

double tone(double cycles) { return portable::sin(2.0 * portable::pi * cycles); }

Record make_record(Fault fault, Random& random) {
  const double load = random.uniform(0.3, 1.0);                        // share of the rated torque
  const double shaft_hz = 24.9 - 0.6 * load + 0.05 * random.normal();  // a two-pair induction motor slips with its load
  const double severity = random.uniform(0.15, 1.0);
  const auto spread = [&] { return std::max(0.3, 1.0 + 0.2 * random.normal()); };

  Record record{};
  const auto add_tone = [&](double hz, double amplitude) {
    // A point that turns by the same angle from sample to sample; over 4096 of them rounding moves it by less than 1e-12.
    const double start = 2.0 * portable::pi * random.uniform(), angle = 2.0 * portable::pi * hz / rate_hz;
    const double cosine = portable::cos(angle), sine = portable::sin(angle);
    double x = amplitude * portable::cos(start), y = amplitude * portable::sin(start);
    for (double& value : record) {
      value += y;
      const double turned = cosine * x - sine * y;
      y = sine * x + cosine * y;
      x = turned;
    }
  };
  for (int h = 1; h <= harmonics; ++h) {
    double amplitude = 0.5 * (0.6 + 0.4 * load) / (h * h) * spread();
    if (fault == Fault::imbalance && h == 1) amplitude *= 1.0 + 2.5 * severity;
    if (fault == Fault::looseness) amplitude += 0.12 * severity * spread();
    add_tone(shaft_hz * h, amplitude);
  }
  if (fault == Fault::looseness)
    for (int h = 0; h < 4; ++h) add_tone(shaft_hz * (h + 0.5), 0.08 * severity * spread());
  for (int h = 1; h <= blade_harmonics; ++h) add_tone(shaft_hz * blades * h, 0.3 * load / h * spread());
  add_tone(2 * mains_hz, 0.15 * spread());
  if (fault == Fault::bearing) {
    const double turn_phase = random.uniform(), strength = 0.9 * severity;
    for (double strike = random.uniform() / (balls_per_turn * shaft_hz); strike < samples / rate_hz;) {
      const double force = strength * (1.0 + 0.4 * tone(turn_phase + strike * shaft_hz)) * spread();
      for (auto t = static_cast<std::size_t>(strike * rate_hz) + 1; t < samples; ++t) {
        const double since = static_cast<double>(t) / rate_hz - strike;
        if (since > 6 * resonance_decay) break;
        record[t] += force * portable::exp(-since / resonance_decay) * tone(resonance_hz * since);
      }
      strike += (1.0 + 0.01 * random.normal()) / (balls_per_turn * shaft_hz);  // balls slip a little
    }
  }
  const double noise = 0.10 + 0.15 * load * spread();
  double flow = 0.0;  // turbulence: mostly low frequencies
  for (double& value : record) {
    flow = 0.7 * flow + random.normal();
    value += noise * (0.5 * flow + 0.5 * random.normal());
  }
  return record;
}

/// Power in bands. Fourier transform: Cooley & Tukey 1965, radix 2, in place, over bit-reversed order.
class Analyser {
 public:
  Analyser() {
    for (std::size_t k = 0; k < quarter / 2; ++k) {
      const double angle = 2.0 * portable::pi * static_cast<double>(k) / quarter;
      twiddles_[k] = {portable::cos(angle), -portable::sin(angle)};
    }
    for (std::size_t t = 0; t < quarter; ++t)
      window_[t] = 0.5 - 0.5 * portable::cos(2.0 * portable::pi * static_cast<double>(t) / quarter);
  }

  Spectrum power(const Record& record) const {
    Spectrum spectrum{};
    for (std::size_t first = 0; first < samples; first += quarter) {
      const auto bins = transform(std::span(record).subspan(first).first<quarter>());
      for (std::size_t bin = 0; bin < quarter / 2; ++bin)
        spectrum[bin / bins_per_band] += 0.25 * (bins[bin].re * bins[bin].re + bins[bin].im * bins[bin].im);
    }
    return spectrum;
  }

 private:
  struct Complex {  // not std::complex, whose product asks for NaN in a way that differs between libraries
    double re, im;
  };

  std::array<Complex, quarter> transform(std::span<const double, quarter> signal) const {
    std::array<Complex, quarter> a;
    for (std::size_t t = 0, reversed = 0; t < quarter; ++t) {
      a[reversed] = {signal[t] * window_[t], 0.0};
      std::size_t bit = quarter / 2;
      for (; (reversed & bit) != 0; bit /= 2) reversed ^= bit;
      reversed |= bit;
    }
    for (std::size_t half = 1; half < quarter; half *= 2)
      for (std::size_t first = 0; first < quarter; first += 2 * half)
        for (std::size_t k = 0; k < half; ++k) {
          Complex &u = a[first + k], &v = a[first + k + half];
          const Complex w = twiddles_[k * (quarter / 2 / half)];
          const Complex turned = {w.re * v.re - w.im * v.im, w.re * v.im + w.im * v.re};
          v = {u.re - turned.re, u.im - turned.im};
          u = {u.re + turned.re, u.im + turned.im};
        }
    return a;
  }

  std::array<Complex, quarter / 2> twiddles_;
  std::array<double, quarter> window_;
};

struct Spectra {
  std::vector<Spectrum> rows;
  std::vector<std::int32_t> labels;
};

/// Every second record has a fault where `with_faults`, so that the first rows of any stretch are a fair sample.
Spectra make_spectra(int count, bool with_faults, const Analyser& analyser, Random& random) {
  constexpr Fault kinds[] = {Fault::imbalance, Fault::looseness, Fault::bearing};
  Spectra spectra;
  for (int i = 0; i < count; ++i) {
    const bool is_faulty = with_faults && i % 2 == 1;
    Spectrum spectrum = analyser.power(make_record(is_faulty ? kinds[i / 2 % 3] : Fault::none, random));
    for (double& power : spectrum) power = portable::log(1e-3 + power) / portable::log(10.0);
    spectra.rows.push_back(spectrum);
    spectra.labels.push_back(is_faulty ? 1 : 0);
  }
  return spectra;
}

}  // namespace

Generated machine_spectra(std::uint64_t seed) {
  Random random(seed);
  const Analyser analyser;
  const Spectra training = make_spectra(4000, false, analyser, random), calibration = make_spectra(400, false, analyser, random),
                test = make_spectra(800, true, analyser, random);

  Spectrum mean{};
  double square = 0.0;
  const auto count = static_cast<double>(training.rows.size());
  for (const Spectrum& row : training.rows)
    for (std::size_t band = 0; band < bands; ++band) mean[band] += row[band] / count;
  for (const Spectrum& row : training.rows)
    for (std::size_t band = 0; band < bands; ++band)
      square += (row[band] - mean[band]) * (row[band] - mean[band]) / (count * bands);
  const double deviation = std::sqrt(square);

  Generated generated;
  generated.name = "vibration";
  generated.origin = text("generated machine vibration, seed ", seed, ": no real machine");
  generated.sample = {bands};
  generated.step = 1.0f / 64;
  generated.class_names = {"normal", "fault"};
  const auto coded = [&](const Spectra& spectra) {
    Samples out;
    for (const Spectrum& row : spectra.rows)
      for (std::size_t band = 0; band < bands; ++band)
        out.codes.push_back(
            static_cast<std::int16_t>(std::floor(std::clamp((row[band] - mean[band]) / deviation, -6.0, 6.0) * 64.0 + 0.5)));
    out.labels = spectra.labels;
    return out;
  };
  generated.training = coded(training);
  generated.calibration = coded(calibration);
  generated.test = coded(test);
  return generated;
}

}  // namespace edgewise::train
