// The scratch buffers that kernels of TensorFlow Lite Micro ask the arena for while their node runs.
//
// Sizes as CMSIS-NN's *_get_buffer_size functions give them on a core with DSP, and as the reference kernels of TFLM ask; operators we cannot run ask for none.
#pragma once

#include <cstdint>
#include <vector>

#include "core/graph/graph.h"

namespace edgewise::mcu {

enum class Kernels : std::uint8_t { reference, cmsis_nn };

/// Bytes of each buffer of one node, in the order in which its kernel asks.
std::vector<std::uint64_t> scratch_bytes(const Graph& graph, const Node& node, Kernels kernels);

}  // namespace edgewise::mcu
