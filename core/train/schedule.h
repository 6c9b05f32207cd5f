// How sparsity grows while a model learns: a polynomial from one fraction to another between two steps.
//
//   text = first ":" last ":" begin ":" end ":" power ":" frequency      for example 0.3:0.7:1000:5000:3:100
//
//   sparsity(step) = last + (first - last) * (1 - (step - begin) / (end - begin))^power     for begin <= step <= end
//
// Source: Zhu & Gupta 2017, equation 1 (power 3).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace edgewise::train {

struct PruneSchedule {
  double first = 0.0, last = 0.0;     ///< fractions of the weights, [0, 0.95]
  std::uint64_t begin = 0, end = 0;   ///< steps; equal: all at once
  double power = 3.0;                 ///< [1, 10]
  std::uint64_t frequency = 1;        ///< masks are chosen again every so many steps from begin on
  bool operator==(const PruneSchedule&) const = default;
};

Result<PruneSchedule> parse_schedule(std::string_view from);
/// The fraction wanted at `step`: 0 before begin, `last` from end on.
double sparsity_at(const PruneSchedule& schedule, std::uint64_t step);
/// Whether masks are chosen at `step`.
bool prunes_at(const PruneSchedule& schedule, std::uint64_t step);
/// The sentence for a schedule that training of `steps` steps does not bring to its end; empty when it gets there.
std::string shortfall(const PruneSchedule& schedule, std::uint64_t steps);

}  // namespace edgewise::train
