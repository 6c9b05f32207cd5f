#include "core/mcu/own_board.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "tests/support/files.h"

using namespace edgewise;
using namespace edgewise::mcu;

namespace {

Result<std::shared_ptr<const OwnBoard>> board_of(std::string_view json_text) {
  const Result<JsonValue> json = read_json(json_text);
  REQUIRE(json.has_value());
  return json ? read_board(*json) : fail("not JSON");
}

}  // namespace

TEST_CASE("a described board has the figures it was given and the rest of its core class") {
  const auto own = board_of(R"({"name":"node","core_class":"cortex-m4","clock_mhz":96,"flash_kib":512,"ram_kib":128,"chip":"STM32L432KC","active_mw":20})");
  REQUIRE(own.has_value());
  if (!own) return;
  const Board& board = (*own)->board;
  CHECK(board.name == "node");
  CHECK(board.core == "Cortex-M4F");
  CHECK(board.has_fpu);
  CHECK(board.clock_mhz.value == 96);
  CHECK(board.ram_kib.value == 128);
  CHECK(board.active_mw.value == 20);
  CHECK_FALSE(board.sleep_ua.value.has_value());
  CHECK(default_library(board).id == "cmsis-nn");
}

TEST_CASE("a missing, absurd or misspelt figure is refused by its name, with what it may be") {
  struct Case { std::string_view fields, reason; };
  for (const Case& c : {Case{R"("clock_mhz":-5,"flash_kib":512,"ram_kib":128)", "'clock_mhz' is -5; it may be 0.1 to 5000 MHz"},
                        Case{R"("flash_kib":512,"ram_kib":128)", "the board has no 'clock_mhz'; it is a number from 0.1 to 5000 MHz"},
                        Case{R"("clock_mhz":96,"flash_kib":512,"ram_kib":1048577)", "'ram_kib' is 1048577; it may be 0.25 to 1048576 KiB"},
                        Case{R"("clock_mhz":"fast","flash_kib":512,"ram_kib":128)", "'clock_mhz' is not a number; it may be 0.1 to 5000 MHz"},
                        Case{R"("clock_mhz":96,"flash_kib":512,"ram_kib":128,"active_mw":0)", "'active_mw' is 0; it may be 0.001 to 100000 mW"},
                        Case{R"("clock_mhz":96,"flash_kib":512,"ram_kib":128,"has_fpu":1)", "'has_fpu' is not true or false"},
                        Case{R"("clock_mhz":96,"flash_kib":512,"ram_kib":128,"clock":1)", "a board has no field 'clock'"}}) {
    CAPTURE(c.fields);
    const auto own = board_of(text(R"({"name":"node","core_class":"cortex-m4",)", c.fields, "}"));
    REQUIRE_FALSE(own.has_value());
    if (!own) CHECK(own.error().reason == c.reason);
  }
  const auto unknown = board_of(R"({"name":"node","core_class":"cortex-m9","clock_mhz":96,"flash_kib":512,"ram_kib":128})");
  REQUIRE_FALSE(unknown.has_value());
  if (!unknown) CHECK(unknown.error().reason.starts_with("'core_class' is 'cortex-m9'; it may be cortex-m4, "));
  const auto list = board_of("[]");
  CHECK_FALSE(list.has_value());
}

TEST_CASE("the schema of a board says what the reader takes: its fields, its bounds, its core classes") {
  const Result<JsonValue> schema = read_json(test::read_source_text("assets/boards/board.schema.json"));
  REQUIRE(schema.has_value());
  if (!schema) return;
  std::map<std::string, std::string, std::less<>> least;   // what is required, as JSON
  for (const JsonValue& field : (*schema)["required"].list) least[field.text] = field.text == "name" ? R"("n")" : field.text == "core_class" ? R"("avr")" : "16";
  const auto accepts = [&](std::string_view field, std::string_view value) {
    auto fields = least;
    if (value.empty()) fields.erase(fields.find(field));
    else fields[std::string(field)] = value;
    std::string json;
    for (const auto& [name, contents] : fields) json += text(json.empty() ? "{" : ",", '"', name, "\":", contents);
    return board_of(json + "}").has_value();
  };
  REQUIRE(accepts("name", R"("another")"));
  for (const auto& [field, contents] : least) CHECK_FALSE_MESSAGE(accepts(field, ""), field, " is required");
  for (const auto& [field, rule] : (*schema)["properties"].object) {
    CAPTURE(field);
    for (const JsonValue& allowed : rule["enum"].list) CHECK_MESSAGE(accepts(field, text('"', allowed.text, '"')), allowed.text);
    if (!rule["enum"].list.empty()) CHECK_FALSE(accepts(field, R"("none of them")"));
    if (rule["type"].text == "boolean") CHECK((accepts(field, "true") && accepts(field, "false") && !accepts(field, "1")));
    if (rule["type"].text == "string") CHECK((accepts(field, text('"', std::string(64, 'x'), '"')) && !accepts(field, text('"', std::string(65, 'x'), '"')) && !accepts(field, R"("")")));
    if (rule["type"].text == "number") {
      const double lowest = rule["minimum"].number, highest = rule["maximum"].number;
      CHECK((accepts(field, number(lowest)) && !accepts(field, number(lowest * 0.99))));
      CHECK((accepts(field, number(highest)) && !accepts(field, number(highest * 1.01))));
    }
  }
  CHECK_FALSE(accepts("clock", "16"));
  for (const Board& board : boards()) CHECK_MESSAGE(std::ranges::count((*schema)["properties"]["core_class"]["enum"].list, board.core_class, &JsonValue::text) == 1, board.core_class);
}
