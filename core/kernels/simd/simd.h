// The fast kernels. Each gives the reference's codes bit for bit, and the reference's floats: it adds in the same order.
//
// What they do not serve (weights that are computed, monstrous padding) they hand to the reference.
#pragma once

#include "core/kernels/kernels.h"

namespace edgewise::kernels::simd {

/// Runs the relaxed dot product, where this build has it, on operands that tell what it does here.
RelaxedDot relaxed_dot_of_this_machine();

Result<Kernel> conv_2d(const Site& site);
Result<Kernel> depthwise_conv_2d(const Site& site);
Result<Kernel> fully_connected(const Site& site);
Result<Kernel> average_pool_2d(const Site& site);
Result<Kernel> max_pool_2d(const Site& site);
Result<Kernel> add(const Site& site);
Result<Kernel> sub(const Site& site);
Result<Kernel> mul(const Site& site);
Result<Kernel> pad(const Site& site);
Result<Kernel> quantize(const Site& site);
Result<Kernel> dequantize(const Site& site);
Result<Kernel> lstm(const Site& site);

}  // namespace edgewise::kernels::simd
