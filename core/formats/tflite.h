// TensorFlow Lite flatbuffers, schema version 3: read behind the FlatBuffers verifier, and written.
// Source: tensorflow/compiler/mlir/lite/schema/schema.fbs; our subset of it is tflite.fbs beside this file.
#pragma once

#include <string_view>

#include "core/base/result.h"
#include "core/graph/model.h"

namespace edgewise::tflite {

bool looks_like(BytesView file);   ///< "TFL3" at byte 4
Result<Model> read(BytesView file, std::string_view name);

/// A file that TensorFlow Lite can run. Fails with the operator, grid or type the format has no place for
/// (an asymmetric convolution weight, say). Codes narrower than 8 bits are written in int8.
Result<Bytes> write(const Graph& graph, std::string_view description);
/// Bytes of the same file less the contents of its constants: operators, names, grids, tables and alignment. Needs no constant data.
std::uint64_t structure_bytes(const Graph& graph);

}  // namespace edgewise::tflite
