// A recording of the forest, to hear and to see: five seconds of one place on one day, with a chainsaw at a distance of one's choice or without it.
//
// Synthesised (core/train/generate/forest.h), turned into what the bundled listener reads by the engine's own integers, and judged by it in int8. Place, weather and moments
// stay what they are when the chainsaw goes farther or away: what changes is the chainsaw alone. No training set holds these places, nor does the trial (core/train/trial.h).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/labs/subject.h"

namespace edgewise::labs {

constexpr std::string_view recorded_model = "forest";   ///< the bundled model that listens

// The fields it shares with the lab of the listener.
inline constexpr std::array<std::string_view, 7> backgrounds = {"all", "quiet", "rain", "wind", "birds", "insects", "engines"};
inline constexpr std::array<std::string_view, 2> chainsaw_choices = {"a chainsaw", "none"};
inline constexpr Field background_field{.key = "background", .label = "Loudest beside it", .unit = "", .lowest = 0, .highest = 6, .initial = 0, .step = 1, .choices = backgrounds,
                                        .why = "Engines are motorbikes, mopeds, trucks and planes far away. All: a sixth of the recordings each, which no forest has."};
inline constexpr Field chainsaw_field{.key = "chainsaw", .label = "In the recording", .unit = "", .lowest = 0, .highest = 1, .initial = 0, .step = 1, .choices = chainsaw_choices,
                                      .why = "The same place and moment with it and without it."};
inline constexpr Field away_field{.key = "away_m", .label = "Its chainsaw is away", .unit = "m", .lowest = 10, .highest = 400, .initial = 150, .step = 5, .why = "Sound falls by 6 dB a doubling, and by what air and leaves take."};
inline constexpr Field place_field{.key = "place", .label = "Another place and day", .unit = "", .lowest = 1, .highest = 60, .initial = 1, .step = 1,
                                   .why = "Weather, creatures and machine are drawn anew. With all backgrounds they take turns.", .is_detail = true};

/// The windows at which it alarms: of the last `of`, as far as there are so many, at least `votes` have a score of `from` or more.
std::vector<int> alarms_of(std::span<const std::uint8_t> scores, int from, int votes, int of);

/// The fields above, and whether the sound itself is wanted. It is no lab of the page's list.
Lab recording_lab();
Result<Outcome> recording_outcome(std::span<const double> values, const Subject& subject);

}  // namespace edgewise::labs
