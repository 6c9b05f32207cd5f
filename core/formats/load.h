// A model file of any format we know, told apart by its first bytes.
#pragma once

#include <span>
#include <string_view>

#include "core/base/result.h"
#include "core/graph/model.h"
#include "core/tensor/tensor.h"

namespace edgewise {

/// `file` is at most limits::model_file_bytes. The graph that comes back passed check() except that it may hold unsupported operators:
/// it can be looked at, and unsupported() says what keeps it from running. `name` is only for messages.
/// `given`: arrays for the model's inputs, in order, where they are known already. Some ONNX models need them: core/formats/onnx.h.
Result<Model> load_model(BytesView file, std::string_view name, std::span<const Tensor> given = {});

}  // namespace edgewise
