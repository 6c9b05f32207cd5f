// ONNX models, opsets 7 to 25: read through nanopb's wire layer, and turned into the operators that .tflite files give.
// Source: github.com/onnx/onnx, docs/Operators.md and onnx/onnx.proto3.
#pragma once

#include <span>
#include <string_view>

#include "core/base/result.h"
#include "core/graph/model.h"
#include "core/tensor/tensor.h"

namespace edgewise::onnx {

/// The first bytes are those of a ModelProto: an IR version, then a known field.
bool looks_like(BytesView file);

/// `given`: the model's inputs as far as they are known, in order. ONNX lets an input decide a shape, a slice or a scale; where one does, its value must be given
/// and the graph that comes back is for that value. Open extents are those of the given arrays, else 1.
/// An operator that is not supported is kept as such, with the reason.
Result<Model> read(BytesView file, std::string_view name, std::span<const Tensor> given = {});

}  // namespace edgewise::onnx
