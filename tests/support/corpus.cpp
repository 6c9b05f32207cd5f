#include "tests/support/corpus.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/files.h"

namespace edgewise::test {

std::optional<std::string> shared_path(std::string_view relative) {
  const char* given = std::getenv("EDGEWISE_SHARED");
  const std::filesystem::path root = given != nullptr ? std::filesystem::path(given) : std::filesystem::path(source_path("../shared"));
  const std::filesystem::path path = root / relative;
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return {};
  return path.string();
}

std::vector<std::byte> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  INFO("reading ", path);
  CHECK(file.good());
  const std::string content((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::vector<std::byte> bytes(content.size());
  if (!bytes.empty()) std::memcpy(bytes.data(), content.data(), bytes.size());
  return bytes;
}

std::vector<std::string> files_in(const std::string& folder, std::string_view suffix) {
  std::vector<std::string> found;
  std::error_code error;
  for (auto entry = std::filesystem::directory_iterator(folder, error); !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
    if (entry->path().string().ends_with(suffix)) found.push_back(entry->path().string());
  std::ranges::sort(found);
  return found;
}

}  // namespace edgewise::test
