#include "core/labs/recording.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/labs/words.h"
#include "core/train/bundled.h"
#include "core/train/generate/forest.h"
#include "core/train/listener.h"
#include "core/train/trial.h"

namespace edgewise::labs {

namespace {

constexpr std::array<std::string_view, 2> sound_choices = {"no", "yes"};

enum At { background_at, chainsaw_at, away_at, place_at, sound_at };

constexpr std::array fields = {
    background_field, chainsaw_field, away_field, place_field,
    Field{.key = "sound", .label = "To be heard", .unit = "", .lowest = 0, .highest = 1, .initial = 0, .step = 1, .choices = sound_choices, .why = "160 kB that nobody needs who only looks."},
};

// 99.9 % of the codes of the bundled data lie between -12 and 16: what is beyond has the first or the last colour.
constexpr int least_code = -12, levels_a_code = 9;
const double decibels_a_code = 20 / std::log(10.0) / train::log_scale;   // a code is log_scale * ln(amplitude)

std::uint8_t level_of(int code) { return static_cast<std::uint8_t>(std::clamp((code - least_code) * levels_a_code, 0, 255)); }

std::string title_of(const train::ForestRecording& recording) {
  std::string name(train::background_names[static_cast<std::size_t>(recording.background)]);
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return recording.has_chainsaw ? text(name, ", and a chainsaw ", brief(recording.distance_m), " m away") : text(name, ", no chainsaw");
}

}  // namespace

std::vector<int> alarms_of(std::span<const std::uint8_t> scores, int from, int votes, int of) {
  std::vector<int> alarms;
  const int count = static_cast<int>(scores.size());
  for (int i = 0; i < count; ++i) {
    const int first = std::max(0, i + 1 - of);
    const auto window = scores.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(i + 1 - first));
    if (std::ranges::count_if(window, [&](int score) { return score >= from; }) >= votes) alarms.push_back(i);
  }
  return alarms;
}

Result<Outcome> recording_outcome(std::span<const double> v, const Subject& subject) {
  auto listener = train::ForestListener::prepare(subject.integers);
  if (!listener) return std::unexpected(listener.error());
  const int place = static_cast<int>(v[place_at]), background = static_cast<int>(v[background_at]);
  train::ForestRecording made = train::forest_recording(train::bundled_seed, train::ForestSet::trial, train::trial_recordings + static_cast<std::uint64_t>(place));
  made.has_chainsaw = v[chainsaw_at] == 0;
  made.distance_m = v[away_at];
  made.background = static_cast<train::Background>(background > 0 ? background - 1 : (place - 1) % static_cast<int>(train::background_names.size()));

  Recording recording{.title = title_of(made), .windows = static_cast<int>(train::trial_windows), .frames = train::mel_frames, .bands = train::mel_bands,
                      .window_s = train::sound_window / double{train::sound_rate_hz}, .band_hz = {}, .levels = {}, .decibels = 255.0 / levels_a_code * decibels_a_code, .scores = {}, .rate_hz = train::sound_rate_hz};
  for (int band = 0; band < train::mel_bands; ++band) recording.band_hz.push_back(train::mel_band_hz(band));
  const train::ForestMicrophone microphone;
  for (std::uint64_t window = 0; window < train::trial_windows; ++window) {
    const std::vector<std::int16_t> samples = microphone.sound(made, window);
    const auto heard = listener->hear(samples);
    if (!heard) return std::unexpected(heard.error());
    std::ranges::transform(heard->codes, std::back_inserter(recording.levels), level_of);
    recording.scores.push_back(heard->score);
    if (v[sound_at] > 0) recording.sound.insert(recording.sound.end(), samples.begin(), samples.end());
  }
  const auto highest = std::ranges::max(recording.scores);
  Outcome out{.sentence = text(recording.title, ": the highest of ", recording.windows, " scores is ", int{highest}, " of 256."), .figures = {}};
  out.figures.push_back({.key = "highest_score", .label = "Highest score", .unit = "of 256", .value = static_cast<double>(highest), .source = "the bundled listener in int8, on synthesised sound", .decimals = 0});
  out.recording = std::move(recording);
  return out;
}

Lab recording_lab() {
  return {.name = "recording", .title = "A recording", .question = "What does the listener read, and what does it say?", .fields = fields, .presets = {}, .evaluate = nullptr, .sources = "Synthesised: core/train/generate/forest.cpp."};
}

}  // namespace edgewise::labs
