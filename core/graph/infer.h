// The shape of every value and the multiply-accumulates of every node, from the operators alone.
#pragma once

#include "core/base/result.h"
#include "core/graph/graph.h"
#include "core/graph/rule.h"

namespace edgewise {

/// Fills in (or checks) the shapes of all computed values. An error names the node, the shapes and the rule.
/// A shape that the file gives and that disagrees with the rule is an error: kernels trust shapes. Behind an operator we lack, or one whose shape depends on
/// computed operands, the file's shapes stand unchecked: such a graph can be looked at, not run.
Result<void> infer_shapes(Graph& graph);

/// Multiply-accumulates of one inference at the graph's own batch size. Operators without multiplications are 0.
Macs macs_of(const Graph& graph, const Node& node);

/// Padding of one axis: output extent, and how many positions come before the first input. SAME and VALID as TensorFlow defines them
/// (ComputePaddingHeightWidth in TensorFlow Lite's padding.h). `extent` in [1, 2^31), kernel, stride, dilation >= 1. An impossible window gives output 0.
struct Extent { std::int64_t output, before; };
Extent window_extent(std::int64_t extent, int kernel, int stride, int dilation, Padding padding);

}  // namespace edgewise
