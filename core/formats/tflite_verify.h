// Whether a file's tables, vectors and strings lie inside the file, and if not, which one does not. Private to core/formats.
//
// FlatBuffers' verifier decides, and says yes or no. Where it says no, a walk over the same tables finds the byte and the place, so that the person
// who brought the file reads more than "invalid".
#pragma once

#include <string_view>

#include "core/base/result.h"
#include "core/formats/tflite_schema.h"

namespace edgewise::tflite {

/// `file` starts at an address divisible by 8. What comes back points into it.
Result<const schema::Model*> verified(BytesView file);

}  // namespace edgewise::tflite
