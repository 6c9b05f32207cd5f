// A forest listener on trial: recordings of a set of their own, five windows of each, scored by the integer model.
//
// Five, because a detector that votes hears one place several times: windows of one recording share weather and machine, so they err together, which independent
// rows could not show. What comes out is a table (core/labs/listener_scores.h) that the lab reads; a test makes a part of it again.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/graph/graph.h"

namespace edgewise::train {

constexpr std::uint64_t trial_recordings = 600;  ///< 300 with a chainsaw, 100 of each background
constexpr std::uint64_t trial_windows = 5;

struct TrialRow {
  std::uint8_t distance;                           ///< of the chainsaw, in steps of 2 m; 0 without one
  std::array<std::uint8_t, trial_windows> scores;  ///< of the class chainsaw, in 1/256
  bool operator==(const TrialRow&) const = default;
};

/// Recordings [first, first + count) of the set. `integers`: the compressed listener, int8 scores out; another model is an error.
Result<std::vector<TrialRow>> forest_trial(const std::shared_ptr<const Graph>& integers, std::uint64_t first,
                                           std::uint64_t count);

/// The table as a header file.
std::string trial_source(std::span<const TrialRow> rows);

}  // namespace edgewise::train
