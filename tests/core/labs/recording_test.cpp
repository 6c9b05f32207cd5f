// The recording beside the listener's lab: what is heard, what is seen and what the model says are of one sound.
#include "core/labs/recording.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "core/train/generate/forest.h"
#include "core/train/listener.h"
#include "tests/support/subject.h"

using namespace edgewise;
using namespace edgewise::labs;

namespace {

Recording recording_of(std::initializer_list<std::string_view> assignments) {
  const Lab lab = recording_lab();
  std::vector<double> values = initial_values(lab);
  for (const std::string_view assignment : assignments) REQUIRE(set(lab, values, assignment));
  const auto outcome = recording_outcome(values, test::bundled_subject("forest"));
  REQUIRE(outcome);
  REQUIRE(outcome->recording);
  return *outcome->recording;
}

double loudness(const Recording& recording) { return std::accumulate(recording.levels.begin(), recording.levels.end(), 0.0); }

}  // namespace

TEST_CASE("recording: the sound that is played is the one that is seen and judged") {
  const Recording made = recording_of({"background=rain", "away_m=200", "sound=yes"});
  REQUIRE(made.sound.size() == static_cast<std::size_t>(made.windows) * train::sound_window);
  auto listener = train::ForestListener::prepare(test::bundled_subject("forest").integers);
  REQUIRE(listener);
  for (std::size_t window = 0; window < static_cast<std::size_t>(made.windows); ++window) {
    const auto heard = listener->hear(std::span(made.sound).subspan(window * train::sound_window, train::sound_window));
    REQUIRE(heard);
    CHECK(heard->score == made.scores[window]);
    for (std::size_t i = 0; i < heard->codes.size(); ++i)   // nine levels a code, code -12 at level 0
      if (int{made.levels[window * heard->codes.size() + i]} != std::clamp((heard->codes[i] + 12) * 9, 0, 255)) FAIL(i);
  }
  CHECK(recording_of({"background=rain", "away_m=200"}).sound.empty());   // nobody asked
}

TEST_CASE("recording: a chainsaw that comes nearer makes the same place louder, and one that is not there has no distance") {
  const Recording without = recording_of({"place=7", "chainsaw=none"});
  CHECK(without.levels == recording_of({"place=7", "chainsaw=none", "away_m=10"}).levels);
  CHECK(without.title == "Quiet, no chainsaw");   // the seventh place after six backgrounds: the first again
  double before = loudness(without);
  for (const std::string_view away : {"away_m=400", "away_m=100", "away_m=10"}) {
    const double now = loudness(recording_of({"place=7", away}));
    CHECK(now > before);
    before = now;
  }
  CHECK(recording_of({"place=8"}).title == "Rain, and a chainsaw 150 m away");
}

TEST_CASE("recording: a model that is no listener is refused") {
  CHECK_FALSE(recording_outcome(initial_values(recording_lab()), test::bundled_subject("har")).has_value());
}

TEST_CASE("a vote alarms at the windows where enough of the last ones do") {
  const std::vector<std::uint8_t> scores{200, 10, 200, 128, 127};
  CHECK(alarms_of(scores, 128, 1, 1) == std::vector<int>{0, 2, 3});
  CHECK(alarms_of(scores, 128, 2, 3) == std::vector<int>{2, 3, 4});   // 200 10 200; 10 200 128; 200 128 127
  CHECK(alarms_of(scores, 128, 2, 2) == std::vector<int>{3});
  CHECK(alarms_of(scores, 201, 1, 5).empty());
}

TEST_CASE("a tone in the middle of a mel band is loudest in that band") {
  auto ear = train::LogMel::prepare();
  REQUIRE(ear);
  for (const int band : {5, 12, 20, 27, 31}) {   // lower bands are narrower than a bin of the transform
    CAPTURE(band);
    std::vector<std::int16_t> samples;
    for (int t = 0; t < train::sound_window; ++t) samples.push_back(static_cast<std::int16_t>(8000 * std::sin(2 * std::numbers::pi * train::mel_band_hz(band) * t / train::sound_rate_hz)));
    const std::vector<std::int16_t> codes = ear->codes(samples);
    CHECK(std::ranges::max_element(codes.begin(), codes.begin() + train::mel_bands) - codes.begin() == band);
  }
}
