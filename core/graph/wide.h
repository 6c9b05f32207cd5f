// Packed 4-bit constants as 8-bit ones, so that kernels read one element a byte.
#pragma once

#include <memory>

#include "core/graph/graph.h"

namespace edgewise {

/// The graph with every int4 constant as int8 codes of 4 bits (Value::bits); the graph itself where it has none.
std::shared_ptr<const Graph> with_wide_constants(std::shared_ptr<const Graph> graph);

}  // namespace edgewise
