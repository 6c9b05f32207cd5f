// The latency model against published measurements: each record's prediction, band and error, and what they sum up to.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/mcu/records.h"

namespace edgewise::report {

struct Prediction {
  const mcu::Record* record;
  double predicted_ms = 0, low_ms = 0, high_ms = 0;   ///< all in cycles / 1e3 where the clock is not known: the error is the same
  double published_ms = 0;
  double error = 0;               ///< |predicted / published - 1|
  mcu::Basis basis = mcu::Basis::specification_only;
  double predicted_uj = 0;        ///< 0 where the record has no energy or the chip's power is not known
  bool is_inside() const { return low_ms <= published_ms && published_ms <= high_ms; }
};

struct Spread {
  std::size_t count = 0;
  double median = 0, mean = 0, p90 = 0, worst = 0;
  double coverage = 0, band_ratio = 0;   ///< share inside the band; mean of high / low
};
Spread spread_of(std::span<const Prediction> predictions);
/// Of errors alone.
Spread spread_of(std::vector<double> errors);

struct Validation {
  std::vector<Prediction> predictions;
  std::map<std::string, std::size_t> refused;   ///< by reason
};
/// The band of a record: wider where its network is known by its multiplications only.
mcu::Band band_of(const mcu::Rates& rates, const mcu::Measurement& measurement);
/// Predicts every record that has no refusal.
Validation validate(std::span<const mcu::Record> records);

std::string validation_json(const Validation& validation);
std::string validation_text(const Validation& validation);

}  // namespace edgewise::report
