// The options of a custom operator: a FlexBuffers map from names to numbers. Only that: other values are skipped, nothing is followed but what a number needs.
//
// Format: flatbuffers.dev, "FlexBuffers". A tiny reader of ours, because every offset of the bytes is hostile and must be bounded before it is followed.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/base/bytes.h"

namespace edgewise::flexbuffer {

/// Numbers by name. Whole ones (and booleans) are exact up to 2^53, beyond any option.
using Numbers = std::map<std::string, double, std::less<>>;

/// Empty bytes are an empty map. Offsets of errors count from the start of `bytes`.
Result<Numbers> read_numbers(BytesView bytes);

}  // namespace edgewise::flexbuffer
