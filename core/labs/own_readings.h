// Readings of a person's own building: what a table must be like to be foreseen with, found out before anything is learned from it.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/formats/windows.h"

namespace edgewise::labs {

constexpr std::uint64_t readings_bytes = 4u << 20;   ///< at most, as a file
constexpr std::size_t most_readings = 100'000, most_reading_columns = 64, least_readings = 50;

struct ReadingColumns {
  std::string time;                       ///< the first column
  std::vector<std::string> numbers = {};       ///< those whose first cell is a number, in the file's order: each can be foreseen
  std::vector<std::string> others = {};        ///< words: left out
  bool has_dates = false;                 ///< the time is a date, so that there is an hour of the day
  std::uint64_t rows = 0;
};
/// Fails with what is wrong and what to do: too large, no table, no time in the first column, no column of numbers, two of one name, too few rows or too many.
Result<ReadingColumns> reading_columns(BytesView csv);

/// How they are cut: six readings, spread over as long as it looks ahead; the first three quarters are learned from.
WindowOptions reading_windows(const ReadingColumns& columns, std::size_t column, double ahead_minutes);

/// All that the lab will ask of the file, in its first state.
Result<void> check_readings(BytesView csv);

}  // namespace edgewise::labs
