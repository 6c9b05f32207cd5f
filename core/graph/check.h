// What a valid graph is: one rule per function, every rule's message names node, value, figure and bound.
//
// Run once after load and once after compress: everything behind it (kernels, arena, cost) may trust ids, ranks, types and depths.
#pragma once

#include "core/base/result.h"
#include "core/graph/graph.h"

namespace edgewise {

/// Ids in range, outputs written once and before they are read, ranks and types as the operator wants them, constants as long as their shape says,
/// finite floats, grids that are positive and finite, int32 accumulators that cannot overflow: depth * 2^(activation bits) * 2^(weight bits) < 2^31.
Result<void> check(const Graph& graph);

/// Empty when every operator of the graph can run; else one sentence per operator we lack: operator, node, layer name.
std::vector<Error> unsupported(const Graph& graph);

}  // namespace edgewise
