// JSON as a tree of values, for reading published tables in tests. Not for anything from outside: what it cannot read is null.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace edgewise::test {

struct Json {
  enum class Kind { null, boolean, number, text, list, object } kind = Kind::null;
  bool boolean = false;
  double number = 0;
  std::string text;
  std::vector<Json> list;
  std::map<std::string, Json, std::less<>> object;

  /// A member, or null where there is none.
  const Json& operator[](std::string_view key) const;
  bool is_null() const { return kind == Kind::null; }
  std::uint64_t count() const { return static_cast<std::uint64_t>(number); }
};

Json parse_json(std::string_view from);
/// A file of the shared material; null (and a message that the test is skipped) where the corpus is not found.
Json read_shared_json(std::string_view relative);

}  // namespace edgewise::test
