// Adding values to what was observed of one tensor. Choosing a range from it is calibrate.h.
#pragma once

#include <span>

#include "core/compress/calibrate.h"

namespace edgewise {

constexpr std::size_t histogram_bins = 2048;

/// Counts the finite ones among `values`. The bins grow by doubling their width, merging two and two, so nothing that was counted moves to a wrong bin.
void add_values(Observed& observed, std::span<const float> values);

}  // namespace edgewise
