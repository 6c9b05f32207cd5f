#include "core/graph/wide.h"

#include <algorithm>

#include "core/tensor/packed.h"

namespace edgewise {

std::shared_ptr<const Graph> with_wide_constants(std::shared_ptr<const Graph> graph) {
  const auto is_packed = [](const Value& value) { return value.type == DType::int4 && value.is_constant(); };
  if (std::ranges::none_of(graph->values, is_packed)) return graph;
  auto wide = std::make_shared<Graph>(*graph);
  for (Value& value : wide->values) {
    if (!is_packed(value)) continue;
    const auto codes = packed::decode_dense<std::int8_t>(*value.data, value.shape.elements(), 4);
    if (!codes) continue;  // check() says what is wrong with its length
    value.type = DType::int8;
    value.bits = 4;
    value.data = std::make_shared<const Bytes>(Tensor::from<std::int8_t>(value.shape, *codes).bytes);
  }
  return wide;
}

}  // namespace edgewise
