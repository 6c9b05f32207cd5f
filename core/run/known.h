// Whole numbers that a graph computes from its own shapes (paddings, new shapes, slices), computed once.
#pragma once

#include <memory>

#include "core/graph/graph.h"

namespace edgewise {

/// Converters leave SHAPE and arithmetic on it in a file whose batch is free. Where the shape of an operator hangs on such numbers, this is the graph with
/// those numbers as constants, and with the shapes that follow from them in place of the file's; the graph itself where no shape does, or where an output of
/// the graph would change its shape. Nodes keep their ids: one whose result is known writes to a value that nobody reads.
/// `graph` has passed check(); the result has not.
std::shared_ptr<const Graph> with_known_numbers(std::shared_ptr<const Graph> graph);

}  // namespace edgewise
