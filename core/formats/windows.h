// A table of readings with time stamps becomes samples to foresee with: the last readings, and by how much one column differs a while later.
//
// Time stamps may be irregular. A sample ends at any reading; its answer is the reading nearest to the horizon, if one is near enough. What
// is learned from and what is tested on are apart in time, and share no reading.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/tensor/shape.h"

namespace edgewise {

struct WindowOptions {
  std::string time, target;              ///< columns. time: "2016-01-11 17:00", with seconds or a T too, or a number of minutes
  std::vector<std::string> without;      ///< columns that are left out
  std::int64_t readings = 6;             ///< in a sample, [1, 1000]
  double horizon_minutes = 60.0;         ///< (0, 1e6]
  double within_minutes = 10.0;          ///< how far the answer's reading may be from the horizon, [0, horizon)
  double learning_part = 0.75;           ///< of the readings, the first ones, (0, 1)
  double apart_minutes = 0.0;            ///< a reading nearer than this to the one before it that was kept is passed over, 0 or more
};

struct Windows {
  /// readings x values, oldest first. Values: each column but the time and those left out, less its mean over the readings to learn from,
  /// over their standard deviation; last the reading's time less that of the sample's last one, over the horizon.
  Shape sample;
  std::vector<float> x;
  std::vector<float> targets;            ///< the target then less the target now, in its own unit
  std::vector<double> minutes;           ///< of each sample's last reading: since 1970 where time stamps are dates, else as they are
  std::vector<double> now;               ///< the target at that time
  std::uint64_t learning = 0;            ///< the first so many samples; the others are to test
  std::uint64_t readings = 0;
  std::uint64_t without_answer = 0;      ///< no reading near enough to the horizon
  std::uint64_t across = 0;              ///< left out because they reach into both parts
  std::string first_test;                ///< the time stamp of the first reading of the second part
  double unchanged_error = 0.0;          ///< mean absolute target of the samples to test: who says "nothing changes" is so far off
  std::uint64_t size() const { return targets.size(); }
};

/// Fails with row, column and byte: a column that is not there, a cell that is no finite number, a time stamp that cannot be read or is not
/// after the one before, a part without a sample, more than a limit allows.
Result<Windows> read_windows(BytesView csv, const WindowOptions& options);

}  // namespace edgewise
