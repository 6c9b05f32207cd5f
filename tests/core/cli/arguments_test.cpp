#include "core/cli/arguments.h"

#include <doctest/doctest.h>

using namespace edgewise;
using namespace edgewise::cli;

namespace {
constexpr std::string_view takes[] = {"recipe", "input"};
constexpr std::string_view flags[] = {"json"};
}  // namespace

TEST_CASE("words and options may mix, --name value and --name=value are the same, the last one wins and all are kept") {
  const std::vector<std::string> words = {"m.tflite", "--recipe", "w8a8", "--json", "--input=a.npy", "--input", "b.npy", "--recipe=w4a8;g=tensor"};
  const auto arguments = parse(words, takes, flags);
  REQUIRE(arguments.has_value());
  CHECK(arguments->words == std::vector<std::string>{"m.tflite"});
  CHECK(arguments->get("recipe") == "w4a8;g=tensor");
  CHECK(arguments->all("input") == std::vector<std::string>{"a.npy", "b.npy"});
  CHECK(arguments->has("json"));
  CHECK_FALSE(arguments->get("board").has_value());
}

TEST_CASE("an unknown option names those there are, and an option without its value says so") {
  const std::vector<std::string> unknown = {"--recipes", "w8a8"};
  const auto first = parse(unknown, takes, flags);
  REQUIRE_FALSE(first.has_value());
  CHECK(first.error().reason == "unknown option --recipes; this command takes --recipe, --input, --json");
  const std::vector<std::string> missing = {"--recipe"};
  const auto second = parse(missing, takes, flags);
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().reason == "--recipe wants a value");
}

TEST_CASE("the next option is not taken for a forgotten value, and a flag takes none") {
  const std::vector<std::string> forgotten = {"--recipe", "--json"};
  const auto first = parse(forgotten, takes, flags);
  REQUIRE_FALSE(first.has_value());
  CHECK(first.error().reason == "--recipe wants a value");
  const std::vector<std::string> meant = {"--recipe=--json"};
  REQUIRE(parse(meant, takes, flags).has_value());
  CHECK(parse(meant, takes, flags)->get("recipe") == "--json");
  const std::vector<std::string> valued = {"--json=no"};
  const auto second = parse(valued, takes, flags);
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().reason == "--json takes no value");
}

TEST_CASE("rows are FIRST:END with FIRST before END") {
  const auto rows = row_range("rows", "8000:10000");
  REQUIRE(rows.has_value());
  CHECK(rows->first == 8000);
  CHECK(rows->end == 10000);
  for (const char* bad : {"", "5", "5:5", "6:5", "-1:5", "1:2:3", "a:b", "0:99999999999"}) CHECK_FALSE(row_range("rows", bad).has_value());
}

TEST_CASE("whole numbers are refused outside their bounds, with the bounds in the sentence") {
  CHECK(whole("limit", "12", 1, 100) == 12);
  const auto bad = whole("limit", "101", 1, 100);
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().reason == "--limit wants a whole number from 1 to 100, not '101'");
}
