// Fewer crayons: how many bits one takes to name, and what the picture loses.
#pragma once

#include "core/labs/lab.h"

namespace edgewise::labs {

/// The nearest of `crayons` (at least 2) shades that are spread evenly over [0, 1].
double nearest_crayon(double brightness_share, double crayons);

Lab crayons_lab();

}  // namespace edgewise::labs
