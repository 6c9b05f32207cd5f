// What a valid graph is: one rule per function, every rule's message names node, value, figure and bound.
//
// Run once after load and once after compress: everything behind it (kernels, arena, cost) may trust ids, ranks, shapes, grids and depths. Which types an
// operator can compute with is not asked here: the table of kernels knows (core/kernels/kernels.h), and a graph it cannot run may still be looked at.
#pragma once

#include <vector>

#include "core/base/result.h"
#include "core/graph/graph.h"

namespace edgewise {

/// Everything below, in this order: check_structure; the shapes of infer_shapes; constants as long as their shape says, their floats finite; grids positive,
/// finite and inside their type; accumulators that cannot overflow, whatever the input:
///   sum over a weight row of |w - zero point| * largest |x - zero point| + |bias| < 2^31   (with 16-bit activations and a 64-bit bias: < 2^47).
Result<void> check(const Graph& graph);

/// What infer_shapes needs: counts within limits, ids in range, as many operands as the operator wants, every value written once and before it is read,
/// extents that are possible.
Result<void> check_structure(const Graph& graph);

/// Empty when every operator of the graph is known; else one sentence per operator we lack: operator, node, layer name.
std::vector<Error> unsupported(const Graph& graph);

}  // namespace edgewise
