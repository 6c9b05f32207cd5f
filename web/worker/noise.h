// Data for a model that came without any: noise, the same on the page and in every evaluator. It shows agreement with the float model, nothing about the world.
#pragma once

#include "core/formats/dataset.h"
#include "core/graph/graph.h"

namespace edgewise {

/// 250 samples over the grid of the first input of a float graph (Value::grid), or standard normal where it has none. The graph has an input.
Dataset noise_for(const Graph& graph);

}  // namespace edgewise
