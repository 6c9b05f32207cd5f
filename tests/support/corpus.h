// Real model files and golden outputs that are not part of the source tree: found at run time, and missing on most machines.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace edgewise::test {

/// Full path of a file or folder of the shared material: in $EDGEWISE_SHARED, or in `shared` beside the source tree. Nothing where it is absent;
/// then the test says "skipped: corpus not found" and returns.
std::optional<std::string> shared_path(std::string_view relative);

/// The bytes of a file, by full path. A missing file fails the running test and reads as empty.
std::vector<std::byte> read_file(const std::string& path);

/// Full paths of the files directly in a folder whose names end in `suffix`, sorted.
std::vector<std::string> files_in(const std::string& folder, std::string_view suffix);

}  // namespace edgewise::test
