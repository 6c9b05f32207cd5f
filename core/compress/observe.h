// What goes into the layers of a graph, sample by sample: for repairs that measure.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/compress/repair.h"
#include "core/graph/graph.h"

namespace edgewise {

/// Calls visit(layer, reals) with input 0 of each of `layers` (places in layers_of order), for every sample; of a layer that runs several times, every run.
Result<void> observe_inputs(const std::shared_ptr<const Graph>& graph, const std::vector<std::size_t>& layers, const Samples& samples,
                            const std::function<void(std::size_t, std::span<const float>)>& visit);

}  // namespace edgewise
