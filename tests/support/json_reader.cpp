#include "tests/support/json_reader.h"

#include <doctest/doctest.h>

#include <cctype>
#include <cstdlib>

#include "tests/support/corpus.h"

namespace edgewise::test {
namespace {

class Parser {
 public:
  explicit Parser(std::string_view from) : rest_(from) {}

  Json value() {
    Json json;
    const char first = next();
    if (first == '{') {
      json.kind = Json::Kind::object;
      for (rest_.remove_prefix(1); next() == '"';) {
        std::string key = text();
        if (next() == ':') rest_.remove_prefix(1);
        json.object.emplace(std::move(key), value());
        if (next() == ',') rest_.remove_prefix(1);
      }
      rest_.remove_prefix(rest_.empty() ? 0 : 1);
    } else if (first == '[') {
      json.kind = Json::Kind::list;
      for (rest_.remove_prefix(1); next() != ']' && next() != '\0';) {
        json.list.push_back(value());
        if (next() == ',') rest_.remove_prefix(1);
      }
      rest_.remove_prefix(rest_.empty() ? 0 : 1);
    } else if (first == '"') {
      json.kind = Json::Kind::text;
      json.text = text();
    } else {
      const std::string word(rest_.substr(0, rest_.find_first_of(",]} \n\t\r")));
      rest_.remove_prefix(word.size());
      if (word == "true" || word == "false") {
        json.kind = Json::Kind::boolean;
        json.boolean = word == "true";
      } else if (word != "null") {
        json.kind = Json::Kind::number;
        json.number = std::strtod(word.c_str(), nullptr);
      }
    }
    return json;
  }

 private:
  /// The next character that is not a space, or 0 at the end.
  char next() {
    while (!rest_.empty() && std::isspace(static_cast<unsigned char>(rest_.front())) != 0) rest_.remove_prefix(1);
    return rest_.empty() ? '\0' : rest_.front();
  }
  std::string text() {   // escapes keep the character behind the backslash, which is enough for ids and names
    std::string out;
    for (rest_.remove_prefix(1); !rest_.empty() && rest_.front() != '"'; rest_.remove_prefix(1)) {
      if (rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
      out += rest_.front();
    }
    rest_.remove_prefix(rest_.empty() ? 0 : 1);
    return out;
  }
  std::string_view rest_;
};

}  // namespace

const Json& Json::operator[](std::string_view key) const {
  static const Json absent{};   // const, so no state: what a missing member reads as
  const auto found = object.find(key);
  return found == object.end() ? absent : found->second;
}

Json parse_json(std::string_view from) { return Parser(from).value(); }

Json read_shared_json(std::string_view relative) {
  const auto path = shared_path(relative);
  if (!path) {
    MESSAGE("skipped: corpus not found");
    return {};
  }
  const std::vector<std::byte> bytes = read_file(*path);
  return parse_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace edgewise::test
