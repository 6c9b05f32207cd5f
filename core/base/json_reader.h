// JSON, read: a tree of values from text that may come from anywhere.
//
// Strict (RFC 8259), at most 64 levels deep. Not for large arrays of numbers: each value is a node. Numbers are doubles.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace edgewise {

struct JsonValue {
  enum class Kind : std::uint8_t { null, boolean, number, text, list, object } kind = Kind::null;
  bool boolean = false;
  double number = 0;
  std::string text;
  std::vector<JsonValue> list;
  std::map<std::string, JsonValue, std::less<>> object;   ///< of equal keys the last one
  std::uint64_t offset = 0;                               ///< byte where it begins

  bool is_null() const { return kind == Kind::null; }
  bool is_number() const { return kind == Kind::number; }
  bool is_text() const { return kind == Kind::text; }
  /// A member, or a null value where there is none.
  const JsonValue& operator[](std::string_view key) const;
};

/// The whole of `from`; an error names the byte and what was expected there.
Result<JsonValue> read_json(std::string_view from);

}  // namespace edgewise
