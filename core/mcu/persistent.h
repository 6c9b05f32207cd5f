// The part of TensorFlow Lite Micro's arena that is not activations: tensor and node tables, operator parameters, per-channel multipliers.
//
// Every allocation of the allocator on a 32-bit target (Cortex-M4F, short enums; TFLM of 2026-08-20), in its order, each rounded up to its alignment.
#pragma once

#include <cstdint>

#include "core/graph/graph.h"
#include "core/mcu/scratch.h"

namespace edgewise::mcu {

/// Was the operator among those whose allocations were measured? The sizes of the others are guesses.
bool has_measured_data(const Op& op);

/// Bytes at the tail of the arena for this graph. CMSIS-NN's operator data are a little larger.
std::uint64_t persistent_bytes(const Graph& graph, Kernels kernels);

}  // namespace edgewise::mcu
