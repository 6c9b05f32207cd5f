// Arithmetic on constants, done when the file is loaded: what exporters write to compute shapes, and a scale times a scale.
#pragma once

#include "core/formats/onnx/import.h"

namespace edgewise::onnx {

/// True when all inputs of the node are constants and its output is defined as one. An operator that is not folded runs like any other.
bool folded(Importer& importer, const NodeProto& node);

/// What folding makes at most; larger results are left to a run.
constexpr std::uint64_t most_folded = 1u << 20;

}  // namespace edgewise::onnx
