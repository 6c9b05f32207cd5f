// A model file of any format we know, told apart by its first bytes.
#pragma once

#include <string_view>

#include "core/base/result.h"
#include "core/graph/model.h"

namespace edgewise {

/// `file` is at most limits::model_file_bytes. The graph that comes back passed check() except that it may hold unsupported operators:
/// it can be looked at, and unsupported() says what keeps it from running. `name` is only for messages.
Result<Model> load_model(BytesView file, std::string_view name);

}  // namespace edgewise
