// Sound of a forest, with and without a chainsaw in it. Synthesised: no recording of any real place, animal or machine.
//
// forest.cpp says what is imitated, at which levels and after which sources.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/train/generate/generate.h"
#include "core/train/generate/log_mel.h"

namespace edgewise::train {

/// What is loudest beside the chainsaw, or without one.
enum class Background : std::uint8_t { quiet, rain, wind, birds, insects, engines };
constexpr std::array<std::string_view, 6> background_names = {"quiet", "rain", "wind", "birds", "insects", "engines"};

/// Which rows a recording belongs to. Seeds of different sets never meet.
enum class ForestSet : std::uint8_t { training, calibration, test, trial };

/// A place on a day, with its weather, creatures and machines.
struct ForestRecording {
  std::uint64_t seed = 0;
  bool has_chainsaw = false;
  Background background = Background::quiet;
  double distance_m = 0;  ///< of the chainsaw, at most most_distance_m
};
constexpr double least_distance_m = 10, most_distance_m = 400;

/// Every second recording has a chainsaw, and backgrounds take turns, so that the first rows of any stretch are a fair sample. Distances are uniform.
ForestRecording forest_recording(std::uint64_t seed, ForestSet set, std::uint64_t number);

/// Makes the microphone's samples of a recording.
class ForestMicrophone {
 public:
  ForestMicrophone();
  /// Window `moment` of the recording: same place, weather and machine, another second. `sound_window` samples at `sound_rate_hz`.
  std::vector<std::int16_t> sound(const ForestRecording& recording, std::uint64_t moment) const;

 private:
  std::vector<double> sine_;  ///< a turn in 4096 steps
};

/// A second of forest sound each, as 16 spectra of 32 mel bands: 0 without, 1 with a chainsaw.  Training 3000, calibration 400, test 600 windows; each of a place, a
/// day and machines of its own.
Generated forest_sounds(std::uint64_t seed);

/// The first windows of the first `count` recordings of a set, as log-mel codes; 1 with a chainsaw.
Samples forest_rows(std::uint64_t seed, ForestSet set, std::uint64_t count);

}  // namespace edgewise::train
