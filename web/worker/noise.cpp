#include "web/worker/noise.h"

#include <algorithm>
#include <cassert>

#include "core/base/limits.h"

namespace edgewise {

Dataset noise_for(const Graph& graph) {
  assert(!graph.inputs.empty());
  const Value& input = graph.value(graph.inputs.front());
  Shape sample;
  for (int axis = input.shape.rank() > 0 && input.shape[0] == 1 ? 1 : 0; axis < input.shape.rank(); ++axis) sample.push(input.shape[axis]);
  float lowest = 0, highest = 0;  // lowest >= highest asks noise_dataset for standard normal
  if (input.grid.present()) {   // that of the file's codes, which are signed here (compress/to_float.cpp)
    const CodeRange codes = activation_codes(input.bits == 16 ? 16 : 8);
    lowest = dequantize(codes.lowest, input.grid.scale.front(), input.grid.zero_point.front());
    highest = dequantize(codes.highest, input.grid.scale.front(), input.grid.zero_point.front());
  }
  const std::uint64_t fits = limits::data_bytes / (sizeof(float) * std::max<std::uint64_t>(1, sample.elements()));
  return noise_dataset(sample, lowest, highest, std::clamp<std::uint64_t>(fits, 1, 250), 1);
}

}  // namespace edgewise
