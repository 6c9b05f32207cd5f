// Files of the source tree, for tests: test data, and the sources themselves.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace edgewise::test {

/// Full path of a file or folder of the source tree, e.g. source_path("tests/data/conv_2d").
std::string source_path(std::string_view relative);

/// The bytes of a file of the source tree. A missing file fails the running test and reads as empty.
std::vector<std::byte> read_source(std::string_view relative);
std::string read_source_text(std::string_view relative);

/// Every file below a folder, as paths relative to the source tree, sorted; `suffix` "" means all.
std::vector<std::string> list_source(std::string_view folder, std::string_view suffix);

}  // namespace edgewise::test
