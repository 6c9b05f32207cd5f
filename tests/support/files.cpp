#include "tests/support/files.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace edgewise::test {

std::string source_path(std::string_view relative) { return std::string(EDGEWISE_SOURCE_DIR "/").append(relative); }

std::string read_source_text(std::string_view relative) {
  const std::string path = source_path(relative);
  std::ifstream file(path, std::ios::binary);
  INFO("reading ", path);
  CHECK(file.good());
  return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

std::vector<std::byte> read_source(std::string_view relative) {
  const std::string content = read_source_text(relative);
  std::vector<std::byte> bytes(content.size());
  if (!bytes.empty()) std::memcpy(bytes.data(), content.data(), bytes.size());
  return bytes;
}

std::vector<std::string> list_source(std::string_view folder, std::string_view suffix) {
  const std::filesystem::path root = source_path("");
  const std::filesystem::path start = source_path(folder);
  std::vector<std::string> found;
  std::error_code error;
  for (auto entry = std::filesystem::recursive_directory_iterator(start, error);
       !error && entry != std::filesystem::recursive_directory_iterator(); entry.increment(error)) {
    if (!entry->is_regular_file(error)) continue;
    const std::string path = entry->path().lexically_relative(root).generic_string();
    if (path.ends_with(suffix)) found.push_back(path);
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace edgewise::test
