// How many things a fraction of a recipe stands for.
#pragma once

#include <cstddef>

namespace edgewise {

/// floor(fraction * count). The fraction came as decimal text and is stored in a float: half a unit in its last place more, so that 0.7 of 10 is 7 and not 6.
std::size_t pruned_count(float fraction, std::size_t count);

}  // namespace edgewise
