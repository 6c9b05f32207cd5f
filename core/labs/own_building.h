// The room temperature lab on a person's own readings: models learned from the first three quarters of them, judged on the rest.
#pragma once

#include "core/labs/lab.h"
#include "core/labs/own_readings.h"

namespace edgewise::labs {

/// The limits that a model has to meet, and what it is to foresee.
struct OwnQuestion {
  double error = 1, bytes = 512 * 1024, latency_ms = 1000;   ///< at most; the error in the column's own unit
  std::size_t column = 0;                                    ///< of ReadingColumns::numbers; the last where there are fewer
  double ahead_minutes = 60;
  double clock_mhz = 168, cycles_a_mac = 4.8, cycles_a_compare = 100;
};
/// Figures, pictures and tables; `reaches` is left to the lab. Fails as read_windows does, and where too few windows are left.
Result<Outcome> own_building_outcome(BytesView csv, const OwnQuestion& question);

}  // namespace edgewise::labs
