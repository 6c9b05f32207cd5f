// What each byte of a TensorFlow Lite file holds. Private to core/formats/tflite_*.
#pragma once

#include <vector>

#include "core/formats/tflite_schema.h"
#include "core/graph/model.h"

namespace edgewise::tflite {

/// Sorted, without gap or overlap, neighbours of one kind and value joined. `model` is verified and points into `file`; `graph` was read from its
/// subgraph 0, so value i is tensor i. Bytes that several tables share belong to the first; bytes that no known table reaches are padding when they
/// are zero, else structure (options of operators we lack).
std::vector<ByteRange> attribute(BytesView file, const schema::Model& model, const Graph& graph);

}  // namespace edgewise::tflite
