// Models of every size on one data set: trees, a line, dense and convolutional networks at several widths and precisions, each learned and judged here on the same rows.
#pragma once

#include "core/labs/subject.h"

namespace edgewise::labs {

/// Which of the points no other beats: none has as little or less of `cost` and as much or more of `value`, and differs. Of equal points the first.
std::vector<bool> unbeaten(std::span<const double> cost, std::span<const double> value);

Lab zoo_lab();
Result<Outcome> zoo_outcome(std::span<const double> values, const Subject& subject);

}  // namespace edgewise::labs
