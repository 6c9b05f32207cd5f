// The fast kernels. Each gives the reference's codes bit for bit, and the reference's floats: it adds in the same order.
//
// What they do not serve (groups, weights that are computed, monstrous padding) they hand to the reference.
#pragma once

#include "core/kernels/kernels.h"

namespace edgewise::kernels::simd {

Result<Kernel> conv_2d(const Site& site);
Result<Kernel> depthwise_conv_2d(const Site& site);
Result<Kernel> fully_connected(const Site& site);

}  // namespace edgewise::kernels::simd
