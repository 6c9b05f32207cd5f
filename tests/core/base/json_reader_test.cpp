#include "core/base/json_reader.h"

#include <doctest/doctest.h>

using namespace edgewise;

TEST_CASE("JSON of every kind is read as what it says") {
  const Result<JsonValue> json = read_json(R"( {"a": [1, -2.5e3, true, false, null], "b": {"c": "x\n\u00e9\ud83d\ude00\"/"}, "a2": ""} )");
  REQUIRE(json.has_value());
  if (!json) return;
  const JsonValue& list = (*json)["a"];
  REQUIRE(list.list.size() == 5);
  if (list.list.size() != 5) return;
  CHECK(list.list[0].number == 1);
  CHECK(list.list[1].number == -2500);
  CHECK(list.list[2].boolean);
  CHECK_FALSE(list.list[3].boolean);
  CHECK(list.list[3].kind == JsonValue::Kind::boolean);
  CHECK(list.list[4].is_null());
  CHECK((*json)["b"]["c"].text == "x\n\xC3\xA9\xF0\x9F\x98\x80\"/");   // U+00E9 and U+1F600 in UTF-8
  CHECK((*json)["a2"].is_text());
  CHECK((*json)["nothing"]["there"].is_null());
}

TEST_CASE("what is not JSON is refused at the byte where it goes wrong") {
  struct Case { std::string_view text; std::uint64_t offset; std::string_view reason; };
  for (const Case& c : {Case{"", 0, "the end of the text"}, Case{"[1,]", 3, "a value was expected"}, Case{"{\"a\" 1}", 5, "':' was expected"}, Case{"[1 2]", 3, "',' or ']'"},
                        Case{"\"ab", 3, "'\"' was expected"}, Case{"01", 1, "the end was expected"}, Case{"1.", 2, "a digit"}, Case{"\"\\q\"", 2, "an escape"},
                        Case{"{1:2}", 1, "a name in quotes"}, Case{"nul", 0, "a value"}, Case{"1e999", 0, "cannot be held"}, Case{"\"\x01\"", 1, "an escaped character"}}) {
    CAPTURE(c.text);
    const Result<JsonValue> json = read_json(c.text);
    REQUIRE_FALSE(json.has_value());
    if (json) continue;
    CHECK(json.error().offset == c.offset);
    CHECK(json.error().reason.find(c.reason) != std::string::npos);
  }
}

TEST_CASE("a million brackets are refused before they take the stack") {
  const Result<JsonValue> json = read_json(std::string(1000000, '['));
  REQUIRE_FALSE(json.has_value());
  if (!json) CHECK(json.error().reason == "values are nested deeper than 64 levels");
}
