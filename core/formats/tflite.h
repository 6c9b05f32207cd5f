// TensorFlow Lite flatbuffers, schema version 3: read behind the FlatBuffers verifier, and written.
// Source: tensorflow/compiler/mlir/lite/schema/schema.fbs; our subset of it is tflite.fbs beside this file.
#pragma once

#include <string_view>

#include "core/base/result.h"
#include "core/graph/model.h"

namespace edgewise::tflite {

bool looks_like(BytesView file);   ///< "TFL3" at byte 4
Result<Model> read(BytesView file, std::string_view name);

/// What the files we write say of themselves, unless told otherwise.
constexpr std::string_view default_description = "Edgewise";

/// A file that TensorFlow Lite can run: a graph that passed check(), each constant in a buffer of its own. The same graph gives the same bytes. Fails with
/// the operator, grid or type that the format has no place for (an asymmetric convolution weight, say) or the constant without contents.
/// Codes narrower than 8 bits are written in int8.
Result<Bytes> write(const Graph& graph, std::string_view description = default_description);
/// Bytes of the same file less the contents of its constants: operators, names, grids, tables and alignment. Exact, and needs no constant data:
/// write(graph).size() == structure_bytes(graph) + the sum of Value::content_bytes.
std::uint64_t structure_bytes(const Graph& graph, std::string_view description = default_description);

}  // namespace edgewise::tflite
