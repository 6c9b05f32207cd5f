// A microphone in a tree: rain on the roof of its box, wind, birds, insects, engines far away, and in every second recording a chainsaw 10 to 400 m off.
//
//   chainsaw   a single two-stroke cylinder fires once a turn: 45 to 55 Hz idle, 140 to 175 Hz in wood, to 225 Hz free, where it misfires every second time
//              ("four-stroking"). 34 harmonics through two resonances of the muffler, strength and pace differ from turn to turn, the load moves with the cut; the
//              chain's rasp is noise of 1.5 to 6 kHz. Sound power 110 to 118 dB, as makers state for petrol saws; 18 dB less when idle
//   distance   level - 20 log10(d) - 11 dB (ISO 9613-2, a point on no ground), less what air and leaves take (outdoors.h), as a filter of 63 taps
//   rain       drops at random (Poisson) ring two resonances of the roof; hiss of leaves around
//   wind       noise below 40 to 200 Hz with gusts, rustling leaves of 2 to 6 kHz with the same gusts
//   birds      syllables of 40 to 250 ms that glide between 1.8 and 7 kHz, some trilled
//   insects    a cicada's band of 3.5 to 7 kHz in 60 to 180 pulses a second, or a cricket's tone in chirps
//   engines    hard to tell from a saw: a motorbike (four-stroke, 1 to 4 cylinders, changing gear), a two-stroke moped, a propeller plane, a truck; muffled, far, and
//              moving, so that pitch and level drift
// Levels at the microphone, ranges and mixtures are assumptions in the code below, chosen to be plausible and not measured in a forest. The microphone: 16 bits, full
// scale at a peak of 93 dB, own noise of 30 dB (a MEMS microphone's 64 dB below 94), a high-pass at 60 Hz.

#include "core/train/generate/forest.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/base/portable_math.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/train/generate/generate.h"
#include "core/train/generate/outdoors.h"

namespace edgewise::train {

namespace {

constexpr double rate = sound_rate_hz;
constexpr double full_scale_db = 90.0;  ///< rms of 1.0; samples are clipped at +-1.41, a peak of 93 dB
constexpr std::size_t length = sound_window;
constexpr std::size_t sine_steps = 4096;

using Signal = std::vector<double>;

double amplitude_of(double decibels) { return portable::exp(decibels * 0.11512925464970229); }  // ln 10 / 20

/// Nearly normal, deviation 1: four uniforms of 16 bits from one number. Noise of a sound needs no better tails.
double hiss(Random& random) {
  constexpr double deviation = 37837.2;  // of the sum: sqrt(4 / 12) * 65536
  const std::uint64_t bits = random.next();
  const auto sum = static_cast<std::int64_t>((bits & 0xffff) + ((bits >> 16) & 0xffff) + ((bits >> 32) & 0xffff) + (bits >> 48));
  return static_cast<double>(sum - 131070) / deviation;
}

/// One pole: passes below `hz`.
class LowPass {
 public:
  explicit LowPass(double hz) : share_(1.0 - portable::exp(-2.0 * portable::pi * hz / rate)) {}
  double operator()(double x) { return value_ += share_ * (x - value_); }

 private:
  double share_, value_ = 0.0;
};

/// Two poles around `hz`, gain 1 there, quality q. Source: Bristow-Johnson, Cookbook formulae for audio EQ, band-pass with constant peak.
class Resonance {
 public:
  Resonance(double hz, double q) {
    const double angle = 2.0 * portable::pi * hz / rate, alpha = portable::sin(angle) / (2.0 * q);
    gain_ = alpha / (1.0 + alpha);
    feedback_1_ = -2.0 * portable::cos(angle) / (1.0 + alpha);
    feedback_2_ = (1.0 - alpha) / (1.0 + alpha);
  }
  double operator()(double x) {
    const double y = gain_ * (x - x2_) - feedback_1_ * y1_ - feedback_2_ * y2_;
    x2_ = x1_, x1_ = x, y2_ = y1_, y1_ = y;
    return y;
  }

 private:
  double gain_, feedback_1_, feedback_2_, x1_ = 0.0, x2_ = 0.0, y1_ = 0.0, y2_ = 0.0;
};

/// Adds `part` to `sum` with a mean level over the window.
void add(Signal& sum, const Signal& part, double decibels) {
  double squares = 0.0;
  for (const double x : part) squares += x * x;
  if (squares == 0.0) return;
  const double gain = amplitude_of(decibels - full_scale_db) / std::sqrt(squares / static_cast<double>(length));
  for (std::size_t t = 0; t < length; ++t) sum[t] += gain * part[t];
}

/// A value that wanders around 0 with deviation 1, slower than `hz`; new every 64 samples, a straight line between.
class Drift {
 public:
  Drift(double hz, Random& random)
      : keep_(portable::exp(-2.0 * portable::pi * hz * block / rate)), renew_(std::sqrt(1.0 - keep_ * keep_)) {
    from_ = random.normal();
    to_ = keep_ * from_ + renew_ * random.normal();
  }
  double next(Random& random) {
    if (at_ == block) {
      at_ = 0;
      from_ = to_;
      to_ = keep_ * from_ + renew_ * random.normal();
    }
    return from_ + (to_ - from_) * (at_++ / double{block});
  }

 private:
  static constexpr int block = 64;
  double keep_, renew_, from_ = 0.0, to_ = 0.0;
  int at_ = 0;
};

class Sounds {
 public:
  Sounds(const std::vector<double>& sine) : sine_(sine) {}

  double tone(double turns) const {
    return sine_[static_cast<std::size_t>((turns - std::floor(turns)) * sine_steps) % sine_steps];
  }

  /// One turn of an engine: harmonics that fall as h^-slope, in phases of its own.
  std::vector<double> turn(int harmonics, double slope, Random& random) const {
    std::vector<double> wave(sine_steps / 4);
    for (int h = 1; h <= harmonics; ++h) {
      const double amplitude = 1.0 / portable::pow(h, slope);
      const auto start = static_cast<std::size_t>(random.below(sine_steps));
      for (std::size_t i = 0; i < wave.size(); ++i)
        wave[i] += amplitude * sine_[(start + 4 * static_cast<std::size_t>(h) * i) % sine_steps];
    }
    return wave;
  }

  struct Saw {
    Signal signal;
    bool is_idle;
  };
  Saw chainsaw(Random& machine, Random& moment) const;
  Signal engine(Random& machine, Random& moment) const;
  Signal rain(Random& place, Random& moment) const;
  Signal wind(Random& place, Random& moment) const;
  Signal birds(Random& moment) const;
  Signal insects(Random& place, Random& moment) const;

 private:
  const std::vector<double>& sine_;
};

/// An engine's turns one after the other. Each fires with a strength of its own.
class Turns {
 public:
  Turns(std::vector<double> wave, double jitter, Random& random)
      : wave_(std::move(wave)), jitter_(jitter), phase_(random.uniform()) {}
  /// weak: how much every second turn loses.
  double next(double hz, double weak, Random& random) {
    phase_ += hz / rate;
    if (phase_ >= 1.0) {
      phase_ -= 1.0;
      is_second_ = !is_second_;
      strength_ = (1.0 + jitter_ * random.normal()) * (is_second_ ? 1.0 - weak : 1.0);
    }
    return strength_ * wave_[static_cast<std::size_t>(phase_ * static_cast<double>(wave_.size())) % wave_.size()];
  }
  double strength() const { return strength_; }

 private:
  std::vector<double> wave_;
  double jitter_, phase_, strength_ = 1.0;
  bool is_second_ = false;
};

Sounds::Saw Sounds::chainsaw(Random& machine, Random& moment) const {
  const double idle_hz = machine.uniform(45, 55), cutting_hz = machine.uniform(140, 175), free_hz = machine.uniform(195, 225);
  std::vector<double> wave = turn(34, machine.uniform(0.5, 0.9), machine);
  Resonance muffler(machine.uniform(350, 900), 2.0), shell(machine.uniform(1500, 3200), 3.0),
      teeth(machine.uniform(2000, 4500), 0.8);
  const double muffler_gain = machine.uniform(1.0, 3.0), shell_gain = machine.uniform(0.5, 2.5), rasp = machine.uniform(1.5, 4.0);
  Turns turns(std::move(wave), machine.uniform(0.08, 0.2), machine);

  // Standing idle between cuts, one long cut, or branches one after the other: the throttle opens and closes.
  enum class Work { idle, cut, branches };
  const double drawn = moment.uniform();
  const Work work = drawn < 0.12 ? Work::idle : drawn < 0.6 ? Work::cut : Work::branches;
  const double beat_s = moment.uniform(0.5, 1.4), beat_start = moment.uniform(), open = moment.uniform(0.4, 0.8);
  double speed_hz = work == Work::idle ? idle_hz : moment.uniform(cutting_hz, free_hz);
  Drift load(3.0, moment);
  Signal signal(length);
  for (std::size_t t = 0; t < length; ++t) {
    const double pushed = load.next(moment);
    double throttle = 1.0, target = cutting_hz * (1.0 - 0.05 * pushed), biting = std::clamp(0.8 + 0.3 * pushed, 0.0, 1.5);
    if (work == Work::idle) throttle = 0.0;
    if (work == Work::branches) {
      const double beat = static_cast<double>(t) / rate / beat_s + beat_start, at = beat - std::floor(beat);
      if (at > open) throttle = 0.0;
      if (at < 0.3 * open) target = free_hz, biting = 0.0;
    }
    if (throttle == 0.0) target = idle_hz * (1.0 + 0.04 * pushed), biting = 0.0;
    speed_hz += (target - speed_hz) / (0.12 * rate);  // the engine follows in an eighth of a second
    const double power = 0.12 + 0.88 * std::clamp((speed_hz - idle_hz) / (cutting_hz - idle_hz), 0.0, 1.0);
    const double misfire = speed_hz > 1.08 * cutting_hz ? 0.45 : 0.0;
    const double fired = turns.next(speed_hz, misfire, moment), noise = hiss(moment);
    const double voice = fired + muffler_gain * muffler(fired) + shell_gain * shell(fired + 0.5 * noise);
    signal[t] = power * (voice + rasp * biting * turns.strength() * teeth(noise));
  }
  return {std::move(signal), work == Work::idle};
}

Signal Sounds::engine(Random& machine, Random& moment) const {
  const double drawn = machine.uniform();
  const bool flies = drawn < 0.3, is_moped = !flies && drawn < 0.5, is_truck = !flies && !is_moped && drawn < 0.65;
  // Firing frequency: a propeller's blades; a two-stroke's turns; half the turns of a four-stroke, times its cylinders.
  const double low_hz = flies      ? machine.uniform(70, 125)
                        : is_moped ? machine.uniform(90, 165)
                        : is_truck ? machine.uniform(40, 80)
                                   : machine.uniform(25, 45) * static_cast<double>(1 + machine.below(4));
  const double slope = flies ? machine.uniform(0.8, 1.3) : machine.uniform(0.9, 1.5), jitter = flies      ? 0.03
                                                                                               : is_moped ? 0.12
                                                                                                          : 0.08;
  const int harmonics = static_cast<int>(std::clamp(7500.0 / (1.6 * low_hz), 8.0, 34.0));
  Turns turns(turn(harmonics, slope, machine), jitter, machine);
  Resonance pipe(machine.uniform(150, 700), 1.5);
  LowPass muffler(machine.uniform(600, 2500)), far(machine.uniform(900, 3500));
  const double pipe_gain = machine.uniform(0.5, 2.0), noise_share = machine.uniform(0.1, 0.5);

  const bool shifts = !flies && moment.uniform() < 0.3;
  const double shift_at = moment.uniform(0.2, 0.8), climb = flies || is_truck ? 0.0 : moment.uniform(-0.05, 0.25),
               passing_by = moment.uniform(-0.03, 0.03), swell_db = moment.uniform(-6, 6);
  const double start_hz = low_hz * (flies ? 1.0 : moment.uniform(0.9, 1.4));
  const double swell = amplitude_of(swell_db / static_cast<double>(length));  // a factor from sample to sample
  Drift wander(1.5, moment), gusts(2.0, moment);
  double loudness = 1.0;
  Signal signal(length);
  for (std::size_t t = 0; t < length; ++t) {
    const double at = static_cast<double>(t) / static_cast<double>(length);
    double hz = start_hz * (1.0 + climb * at + passing_by * at + 0.01 * wander.next(moment));
    double power = 1.0;
    if (shifts && at > shift_at) {
      hz *= 0.72;                              // the next gear
      if (at < shift_at + 0.12) power = 0.25;  // the clutch is drawn
    }
    loudness *= swell;
    const double fired = turns.next(hz, 0.0, moment);
    const double voice = power * (fired + pipe_gain * pipe(fired)) + noise_share * hiss(moment);
    signal[t] = loudness * (1.0 + 0.15 * gusts.next(moment)) * far(muffler(voice));
  }
  return signal;
}

Signal Sounds::rain(Random& place, Random& moment) const {
  Resonance sheet(place.uniform(250, 900), 4.0), rim(place.uniform(1200, 3500), 6.0), leaves(place.uniform(3000, 5500), 0.6);
  const double drops_a_second = 15.0 * portable::exp(place.uniform(0.0, 3.2)), hiss_share = place.uniform(0.02, 0.3);
  const double chance = drops_a_second / rate;
  Signal signal(length);
  for (std::size_t t = 0; t < length; ++t) {
    double drop = 0.0;
    if (moment.uniform() < chance) {
      const double size = moment.uniform(0.3, 1.0);
      drop = size * size * size * 60.0;  // most drops are small
    }
    const double noise = hiss(moment);
    signal[t] = sheet(drop) + 0.7 * rim(drop) + hiss_share * leaves(noise);
  }
  return signal;
}

Signal Sounds::wind(Random& place, Random& moment) const {
  LowPass first(place.uniform(40, 200)), second(place.uniform(60, 300));
  Resonance leaves(place.uniform(2000, 5000), 0.5);
  const double rustle = place.uniform(0.0, 0.08);
  Drift gust(1.0, moment);
  Signal signal(length);
  for (std::size_t t = 0; t < length; ++t) {
    const double strength = std::max(0.1, 1.0 + 0.5 * gust.next(moment)), noise = hiss(moment);
    signal[t] = strength * second(first(noise)) + rustle * strength * strength * leaves(noise);
  }
  return signal;
}

Signal Sounds::birds(Random& moment) const {
  Signal signal(length);
  const auto syllables = 1 + moment.below(7);
  const double home_hz = moment.uniform(2200, 5500);
  for (std::uint64_t s = 0; s < syllables; ++s) {
    const double seconds = moment.uniform(0.04, 0.25), from_hz = std::clamp(home_hz * moment.uniform(0.7, 1.3), 1800.0, 7000.0),
                 to_hz = std::clamp(home_hz * moment.uniform(0.7, 1.3), 1800.0, 7000.0);
    const double trill_hz = moment.uniform() < 0.4 ? moment.uniform(18, 45) : 0.0, overtone = moment.uniform(0.0, 0.25),
                 strength = moment.uniform(0.3, 1.0);
    const auto count = static_cast<std::size_t>(seconds * rate), start = static_cast<std::size_t>(moment.below(length - count));
    double turns = moment.uniform();
    for (std::size_t t = 0; t < count; ++t) {
      const double at = static_cast<double>(t) / static_cast<double>(count);
      turns += (from_hz + (to_hz - from_hz) * at) / rate;
      const double swell = 0.5 - 0.5 * tone(at + 0.25);  // 1 - cos
      const double trill = trill_hz > 0.0 ? 0.5 + 0.5 * tone(trill_hz * static_cast<double>(t) / rate) : 1.0;
      signal[start + t] +=
          strength * swell * trill * (tone(turns) + (2 * to_hz < 7800 && 2 * from_hz < 7800 ? overtone * tone(2 * turns) : 0.0));
    }
  }
  return signal;
}

Signal Sounds::insects(Random& place, Random& moment) const {
  const bool is_cricket = place.uniform() < 0.4;
  const double hz = is_cricket ? place.uniform(3200, 5200) : place.uniform(3500, 7000),
               pulses_hz = is_cricket ? place.uniform(25, 40) : place.uniform(60, 180);
  const double chirp_s = place.uniform(0.25, 0.9), sings = is_cricket ? place.uniform(0.2, 0.6) : 1.0, start = moment.uniform();
  Resonance body(hz, 8.0), second(std::min(7400.0, hz * 1.25), 6.0);
  double turns = moment.uniform();
  Drift pace(2.0, moment);
  double pulse = moment.uniform();
  Signal signal(length);
  for (std::size_t t = 0; t < length; ++t) {
    pulse += pulses_hz * (1.0 + 0.02 * pace.next(moment)) / rate;
    const double beat = static_cast<double>(t) / rate / chirp_s + start, is_on = beat - std::floor(beat) < sings ? 1.0 : 0.0;
    const double swell = 0.5 + 0.5 * tone(pulse);
    turns += hz / rate;
    const double noise = hiss(moment);
    signal[t] = is_cricket ? is_on * swell * tone(turns) : (0.3 + 0.7 * swell) * (body(noise) + 0.4 * second(noise));
  }
  return signal;
}

/// What is left after `meters` of air and leaves, without the distance itself: a filter of linear phase, sampled at 33 frequencies and rounded off by a Hann window.
Signal carried(const Signal& signal, double meters, double foliage_m, const Weather& weather) {
  constexpr std::size_t taps = 63, points = 33;
  std::array<double, points> gain{};
  for (std::size_t k = 0; k < points; ++k) {
    const double hz = std::max(31.0, rate / 2 * static_cast<double>(k) / (points - 1));
    gain[k] = amplitude_of(-meters * air_absorption(hz, weather) - foliage_m * foliage_absorption(hz));
  }
  std::array<double, taps> filter{};
  for (std::size_t n = 0; n < taps; ++n) {
    const double from_middle = static_cast<double>(n) - (taps - 1) / 2;
    double sum = gain[0] + gain[points - 1] * portable::cos(portable::pi * from_middle);
    for (std::size_t k = 1; k + 1 < points; ++k)
      sum += 2.0 * gain[k] * portable::cos(portable::pi * static_cast<double>(k) * from_middle / (points - 1));
    filter[n] = sum / (2 * (points - 1)) * (0.5 + 0.5 * portable::cos(portable::pi * from_middle / ((taps + 1) / 2)));
  }
  Signal out(length);
  for (std::size_t n = 0; n < taps; ++n)  // tap by tap: vectors run along time, and each sum keeps its order
    for (std::size_t t = n; t < length; ++t) out[t] += filter[n] * signal[t - n];
  return out;
}

/// Levels at the microphone in dB, loudest where the sound is the recording's background.
struct Range {
  double low, high;
};
Range level_of(Background kind, bool is_loudest) {
  switch (kind) {
    case Background::quiet: return {24, 36};
    case Background::rain: return is_loudest ? Range{42, 68} : Range{24, 36};
    case Background::wind: return is_loudest ? Range{46, 76} : Range{26, 42};
    case Background::birds: return is_loudest ? Range{36, 62} : Range{22, 38};
    case Background::insects: return is_loudest ? Range{36, 62} : Range{22, 38};
    case Background::engines: return is_loudest ? Range{34, 62} : Range{22, 34};
  }
  return {0, 0};
}

}  // namespace

ForestRecording forest_recording(std::uint64_t seed, ForestSet set, std::uint64_t number) {
  Random random(seed * 0x9e3779b97f4a7c15ull + (static_cast<std::uint64_t>(set) << 40) + number);
  ForestRecording recording;
  recording.seed = random.next();
  recording.has_chainsaw = number % 2 == 1;
  recording.background = static_cast<Background>(number / 2 % background_names.size());
  recording.distance_m = random.uniform(least_distance_m, most_distance_m);
  return recording;
}

ForestMicrophone::ForestMicrophone() : sine_(sine_steps) {
  for (std::size_t i = 0; i < sine_steps; ++i) sine_[i] = portable::sin(2.0 * portable::pi * static_cast<double>(i) / sine_steps);
}

std::vector<std::int16_t> ForestMicrophone::sound(const ForestRecording& recording, std::uint64_t moment) const {
  // Streams of their own for place, machine and moment: what one takes does not move the others.
  Random place(recording.seed), machine(recording.seed ^ 0x6d616368696e65ull),
      now(recording.seed + 0x6d6f6d656e74ull * (moment + 1));
  const Sounds sounds(sine_);
  const Weather weather{place.uniform(2, 32), place.uniform(35, 98)};
  const double forest_share = place.uniform(0.0, 1.0);  // of the way that leads through leaves
  const auto level = [&](Background kind) {
    const Range range = level_of(kind, kind == recording.background);
    return place.uniform(range.low, range.high);
  };

  Signal sum(length), part(length);
  LowPass rumble(500);
  for (double& x : part) {  // the forest's own murmur: pink enough, from one pole
    const double noise = hiss(now);
    x = 0.25 * noise + rumble(noise);
  }
  add(sum, part, level(Background::quiet));
  for (const Background kind :
       {Background::rain, Background::wind, Background::birds, Background::insects, Background::engines}) {
    const double decibels = level(kind);
    const bool is_heard = kind == recording.background || place.uniform() < 0.25;
    Random own(recording.seed + 31 * static_cast<std::uint64_t>(kind) + 7);
    if (!is_heard) continue;
    const double moment_db = decibels + 1.5 * now.normal();
    switch (kind) {
      case Background::rain: add(sum, sounds.rain(own, now), moment_db); break;
      case Background::wind: add(sum, sounds.wind(own, now), moment_db); break;
      case Background::birds: add(sum, sounds.birds(now), moment_db); break;
      case Background::insects: add(sum, sounds.insects(own, now), moment_db); break;
      case Background::engines: add(sum, sounds.engine(own, now), moment_db); break;
      case Background::quiet: break;
    }
  }
  if (recording.has_chainsaw) {
    const double power_db = machine.uniform(110, 118);
    const Sounds::Saw made = sounds.chainsaw(machine, now);
    Signal saw(length);
    add(saw, made.signal,
        power_db - (made.is_idle ? 18.0 : 0.0) - 11.0 - 20.0 * portable::log(recording.distance_m) / portable::log(10.0));
    const Signal heard =
        carried(saw, recording.distance_m, std::min(forest_share * recording.distance_m, most_foliage_m), weather);
    for (std::size_t t = 0; t < length; ++t) sum[t] += heard[t];
  }

  const double own_noise = amplitude_of(30.0 - full_scale_db);
  LowPass below(60);
  std::vector<std::int16_t> samples(length);
  for (std::size_t t = 0; t < length; ++t) {
    const double x = sum[t] + own_noise * hiss(now), heard = x - below(x);
    samples[t] = static_cast<std::int16_t>(std::clamp(std::floor(heard / 1.41 * 32768.0 + 0.5), -32768.0, 32767.0));
  }
  return samples;
}

Samples forest_rows(std::uint64_t seed, ForestSet set, std::uint64_t count) {
  const ForestMicrophone microphone;
  auto ear = LogMel::prepare();
  assert(ear.has_value());  // a graph of our own
  Samples rows;
  for (std::uint64_t number = 0; number < count; ++number) {
    const ForestRecording recording = forest_recording(seed, set, number);
    const std::vector<std::int16_t> codes = ear->codes(microphone.sound(recording, 0));
    rows.codes.insert(rows.codes.end(), codes.begin(), codes.end());
    rows.labels.push_back(recording.has_chainsaw ? 1 : 0);
  }
  return rows;
}

Generated forest_sounds(std::uint64_t seed) {
  Generated generated;
  generated.name = "forest";
  generated.origin = text("synthesised forest sound, seed ", seed, ": no real recording");
  generated.sample = {mel_frames, mel_bands, 1};
  generated.step = mel_step;
  generated.class_names = {"no chainsaw", "chainsaw"};
  generated.training = forest_rows(seed, ForestSet::training, 3000);
  generated.calibration = forest_rows(seed, ForestSet::calibration, 400);
  generated.test = forest_rows(seed, ForestSet::test, 600);
  return generated;
}

}  // namespace edgewise::train
