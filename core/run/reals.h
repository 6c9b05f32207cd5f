// What a value's contents stand for, as real numbers.
#pragma once

#include <span>

#include "core/graph/graph.h"

namespace edgewise {

/// Dequantized where the value has a grid, converted where it has none. into.size() == elements of the value; int4 and resources have no reals and leave it.
void read_reals(const Value& value, const TensorView& contents, std::span<float> into);

}  // namespace edgewise
