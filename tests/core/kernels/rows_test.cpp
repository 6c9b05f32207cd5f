// The table of operators is whole: every operator has its rules, a kernel or a place in core/run, and a test that the row names.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "core/kernels/kernels.h"
#include "tests/support/files.h"

using namespace edgewise;

namespace {

/// The operators' structs as the rows spell them: "row<Conv2d>(" gives "Conv2d", in order.
std::vector<std::string> structs_of_rows() {
  const std::string source = test::read_source_text("core/kernels/kernels.cpp");
  std::vector<std::string> names;
  for (std::size_t at = source.find("    row<"); at != std::string::npos; at = source.find("    row<", at + 1))
    names.push_back(source.substr(at + 8, source.find('>', at) - at - 8));
  return names;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool starts = at == 0 || !is_letter(text[at - 1]), ends = at + word.size() == text.size() || !is_letter(text[at + word.size()]);
    if (starts && ends) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("every operator has a name, a shape rule and a rule for its multiply-accumulates") {
  std::set<std::string_view> names;
  for (const kernels::Row& row : kernels::rows()) {
    CAPTURE(row.op);
    CHECK(!row.rule->name.empty());
    CHECK_MESSAGE(names.insert(row.rule->name).second, row.rule->name, " names two operators");
    CHECK((row.rule->shapes != nullptr));   // doctest cannot print functions
    CHECK((row.rule->macs != nullptr));
    CHECK(row.rule->inputs.least <= row.rule->inputs.most);
    CHECK(row.rule->outputs.least <= row.rule->outputs.most);
    CHECK(row.rule->inputs.most <= limits::node_inputs);
  }
}

TEST_CASE("every operator has a test: the file its row names is part of the tests and makes the operator") {
  const std::vector<std::string> structs = structs_of_rows();
  const auto rows = kernels::rows();
  CHECK(structs.size() == rows.size());
  const std::string list = test::read_source_text("tests/CMakeLists.txt");
  const std::vector<std::string> files = test::list_source("tests/core", "_test.cpp");
  for (std::size_t i = 0; i < std::min(structs.size(), rows.size()); ++i) {
    CAPTURE(rows[i].rule->name);
    CAPTURE(rows[i].test);
    const std::string path = "tests/core/" + std::string(rows[i].test);
    const bool is_there = std::ranges::find(files, path) != files.end();
    CHECK_MESSAGE(is_there, "there is no such file");
    CHECK_MESSAGE(list.find("core/" + std::string(rows[i].test)) != std::string::npos, "tests/CMakeLists.txt does not list it");
    if (is_there) CHECK_MESSAGE(has_word(test::read_source_text(path), structs[i]), "it does not say ", structs[i]);
  }
}
