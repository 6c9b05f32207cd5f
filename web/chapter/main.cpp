// edgewise_chapter TEXT FOLDER: fills in the text of the sample chapter and writes the page with its posters.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include "core/base/text.h"
#include "web/chapter/render.h"

int main(int argc, char** argv) {
  using namespace edgewise;
  if (argc != 3) {
    std::fputs("usage: edgewise_chapter TEXT FOLDER\n", stderr);
    return 2;
  }
  std::ifstream in(argv[1], std::ios::binary);
  const std::string from{std::istreambuf_iterator<char>(in), {}};
  const auto files = chapter::render(from);
  if (!in || !files) {
    std::fprintf(stderr, "%s: %s\n", argv[1], files ? "it could not be read" : to_text(files.error()).c_str());
    return 1;
  }
  const std::filesystem::path folder(argv[2]);
  for (const chapter::File& file : *files) {
    std::error_code ignored;   // what could not be made cannot be written to either
    std::filesystem::create_directories((folder / file.path).parent_path(), ignored);
    std::ofstream out(folder / file.path, std::ios::binary);
    out << file.content;
    if (!out.flush()) {
      std::fprintf(stderr, "%s could not be written\n", (folder / file.path).string().c_str());
      return 1;
    }
  }
  return 0;
}
