#include "core/train/generate/forest.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <set>

#include <doctest/doctest.h>

#include "core/base/portable_math.h"
#include "core/base/random.h"
#include "core/formats/dataset.h"
#include "core/kernels/fft.h"
#include "core/train/bundled.h"
#include "core/train/generate/outdoors.h"
#include "tests/support/files.h"

using namespace edgewise;
using namespace edgewise::train;

namespace {

/// A sixteen-bit number whose multiplications are counted.
struct Counted {
  std::int16_t value = 0;
};
std::uint64_t multiplications = 0;

double mel_of(double hz) { return 1127.0 * std::log(1.0 + hz / 700.0); }

/// ln of the amplitude in each band of one frame, in real numbers, by the definitions: Hann window, discrete Fourier transform divided by its length, triangles on the
/// mel scale with the weight 4096 at their tip, square root.
std::array<double, mel_bands> true_logs(std::span<const std::int16_t> frame) {
  std::array<double, mel_bands> sums{};
  const double lowest = mel_of(60), spacing = (mel_of(7600) - lowest) / (mel_bands + 1);
  for (int bin = 1; bin <= mel_frame / 2; ++bin) {
    std::complex<double> sum = 0;
    for (int t = 0; t < mel_frame; ++t) {
      const double hann = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * t / mel_frame);
      sum += hann * frame[static_cast<std::size_t>(t)] * std::polar(1.0, -2 * std::numbers::pi * double(bin) * t / mel_frame);
    }
    const double energy = std::norm(sum / double{mel_frame}), mel = mel_of(bin * double{sound_rate_hz} / mel_frame);
    for (int band = 0; band < mel_bands; ++band) {
      const double middle = lowest + spacing * (band + 1);
      sums[static_cast<std::size_t>(band)] += std::max(0.0, 1 - std::fabs(mel - middle) / spacing) * 4096 * energy;
    }
  }
  for (double& sum : sums) sum = std::log(std::sqrt(sum));
  return sums;
}

}  // namespace

namespace edgewise::kernels {
template <>
struct FftNumber<Counted> {
  using N = FftNumber<std::int16_t>;
  static Counted product(Counted a, Counted b) { return ++multiplications, Counted{N::product(a.value, b.value)}; }
  static Complex<Counted> product(Complex<Counted> a, Complex<Counted> b) {
    multiplications += 4;
    const auto [re, im] = N::product(Complex<std::int16_t>{a.re.value, a.im.value}, {b.re.value, b.im.value});
    return {{re}, {im}};
  }
  static Counted divided(Counted x, int by) { return ++multiplications, Counted{N::divided(x.value, by)}; }
  static Counted half(Counted x) { return {N::half(x.value)}; }
  static Counted sum(Counted a, Counted b) { return {N::sum(a.value, b.value)}; }
  static Counted difference(Counted a, Counted b) { return {N::difference(a.value, b.value)}; }
  static Counted of(double real) { return {N::of(real)}; }
};
}  // namespace edgewise::kernels

TEST_CASE("air takes from a tone what the standard's table says, in decibels per kilometer") {
  // ISO 9613-2:1996, table 2: octaves from 63 Hz to 8 kHz, at 10 and 20 degrees and 70 %, 15 degrees and 20 and 80 %. It is printed in tenths, and for exact midband
  // frequencies (1000 * 10^(0.3 n)): half a tenth and 1 % are allowed.
  struct Row {
    Weather weather;
    std::array<double, 8> decibels;
  };
  for (const Row& row :
       {Row{{10, 70}, {0.1, 0.4, 1.0, 1.9, 3.7, 9.7, 32.8, 117}}, Row{{20, 70}, {0.1, 0.3, 1.1, 2.8, 5.0, 9.0, 22.9, 76.6}},
        Row{{15, 20}, {0.3, 0.6, 1.2, 2.7, 8.2, 28.2, 88.8, 202}}, Row{{15, 80}, {0.1, 0.3, 1.1, 2.4, 4.1, 8.3, 23.7, 82.8}}})
    for (int octave = 0; octave < 8; ++octave) {
      CAPTURE(octave);
      const double hz = 1000 * std::pow(10.0, 0.3 * (octave - 4)), wanted = row.decibels[static_cast<std::size_t>(octave)];
      CHECK(std::fabs(1000 * air_absorption(hz, row.weather) - wanted) <= 0.05 + 0.01 * wanted);
    }
  CHECK(foliage_absorption(500) == doctest::Approx(0.05));    // ISO 9613-2, table A.1
  CHECK(foliage_absorption(3000) == doctest::Approx(0.085));  // half way from 0.08 to 0.09
  CHECK(foliage_absorption(20) == doctest::Approx(0.02));
  CHECK(foliage_absorption(16000) == doctest::Approx(0.12));
}

TEST_CASE("no recording is in two sets, and saws, backgrounds and distances are shared out evenly") {
  std::set<std::uint64_t> seeds;
  for (const ForestSet set : {ForestSet::training, ForestSet::calibration, ForestSet::test, ForestSet::trial}) {
    std::array<int, 6> with{}, without{};
    double distances = 0;
    for (std::uint64_t number = 0; number < 6000; ++number) {
      const ForestRecording recording = forest_recording(7, set, number);
      seeds.insert(recording.seed);
      ++(recording.has_chainsaw ? with : without)[static_cast<std::size_t>(recording.background)];
      distances += recording.distance_m / 6000;
      CHECK((recording.distance_m >= least_distance_m && recording.distance_m <= most_distance_m));
    }
    for (std::size_t kind = 0; kind < 6; ++kind) CHECK((with[kind] == 500 && without[kind] == 500));
    CHECK(distances ==
          doctest::Approx(205).epsilon(0.03));  // the middle of 10 and 400 m; the mean of 6000 has a deviation of 0.7 %
  }
  CHECK(seeds.size() == 4 * 6000);
}

TEST_CASE("the bundled seconds of forest are those of their seed, on every machine") {
  const Bytes file = test::read_source("assets/datasets/forest.npz");
  const auto data = load_dataset(std::vector<DataFile>{{"forest.npz", file}});
  REQUIRE(data.has_value());
  REQUIRE(data->rows() == 1000);
  for (const auto& [set, first] : {std::pair{ForestSet::calibration, 0u}, std::pair{ForestSet::test, 400u}}) {
    const Samples made = forest_rows(bundled_seed, set, 12);  // one of each background, with and without a chainsaw
    for (std::uint32_t row = 0; row < 12; ++row) {
      CAPTURE(row);
      CHECK(data->labels[first + row] == made.labels[row]);
      std::size_t different = 0;
      for (std::size_t k = 0; k < 512; ++k)
        different += data->row(first + row)[k] != static_cast<float>(made.codes[row * 512 + k]) * 0.125f;
      CHECK(different == 0);
    }
  }
}

TEST_CASE("the integer front end is within a code of the logarithms it stands for, where the sound is above its own rounding") {
  auto ear = LogMel::prepare();
  REQUIRE(ear.has_value());
  Random random(5);
  for (const double level : {300.0, 3000.0}) {
    std::vector<std::int16_t> samples(sound_window);
    for (std::int16_t& sample : samples)
      sample = static_cast<std::int16_t>(std::clamp(level * random.normal(), -32768.0, 32767.0));
    const std::vector<std::int16_t> codes = ear->codes(samples);
    REQUIRE(codes.size() == 512);
    const auto logs = true_logs(std::span(samples).subspan(3 * mel_frame, mel_frame));
    for (std::size_t band = 0; band < mel_bands; ++band) {
      CAPTURE(band);
      CHECK(std::fabs(codes[3 * mel_bands + band] + mel_middle - log_scale * logs[band]) <=
            1.0);  // half a code is rounding of the last step
    }
  }
  for (const std::int16_t code : ear->codes(std::vector<std::int16_t>(sound_window)))
    CHECK(code == -mel_middle);  // silence: ln 1
}

TEST_CASE("the front end's work is counted as its transform does it") {
  kernels::RealFft<Counted> fft(mel_frame, false);
  const std::vector<Counted> samples(mel_frame, Counted{1000});
  std::vector<kernels::Complex<Counted>> bins(mel_frame / 2 + 1);
  multiplications = 0;
  fft.forward(samples.data(), bins.data());
  // Beside the transform a frame has 1024 products with the window, two squares for each bin between 60 Hz (bin 4) and 8 kHz (bin 512), and two weights for each bin up
  // to 7600 Hz (bin 486).
  const LogMelWork work = log_mel_work();
  CHECK(work.multiplications == mel_frames * (1024 + multiplications + 2 * 509 + 2 * 483));
  CHECK(work.square_roots == 16 * 32);
}

TEST_CASE("no twiddle factor of the front end hangs on the last bit of a system's cosine") {
  for (int k = 0; k < 1024; ++k) {
    const double phase = 2 * portable::pi * k / 1024 + 0.0;
    for (const double x : {std::cos(phase), std::sin(phase)}) {
      const double scaled = 0.5 + 32767 * x;
      CHECK((std::fabs(scaled - std::round(scaled)) > 1e-6));
    }
  }
}
