// edgewise_chapter TEXT SITE      fills in the text of the sample chapter: SITE/chapter with its posters; and SITE/lesson/labs.js, the labs as data
// edgewise_chapter posters FOLDER a poster of every preset of every lab, with its link, alternative text and figures
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>

#include "core/base/text.h"
#include "core/report/lab_json.h"
#include "web/chapter/render.h"

namespace {

using namespace edgewise;

Result<std::vector<chapter::File>> site_files(const char* text_path) {
  std::ifstream in(text_path, std::ios::binary);
  const std::string from{std::istreambuf_iterator<char>(in), {}};
  if (!in) return fail("it could not be read");
  auto files = chapter::render(from);
  if (!files) return files;
  for (chapter::File& file : *files) file.path = "chapter/" + file.path;
  files->push_back({"lesson/labs.js", text("const edgewiseLabs = ", report::labs_json(), ";\n")});
  return files;
}

bool write(const std::filesystem::path& path, const std::string& content) {
  std::error_code ignored;   // a folder that could not be made cannot be written to either
  std::filesystem::create_directories(path.parent_path(), ignored);
  std::ofstream out(path, std::ios::binary);
  out << content;
  return static_cast<bool>(out.flush());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: edgewise_chapter TEXT SITE, or edgewise_chapter posters FOLDER\n", stderr);
    return 2;
  }
  const auto files = std::string_view(argv[1]) == "posters" ? chapter::posters() : site_files(argv[1]);
  if (!files) {
    std::fprintf(stderr, "%s: %s\n", argv[1], to_text(files.error()).c_str());
    return 1;
  }
  for (const chapter::File& file : *files) {
    const std::filesystem::path path = std::filesystem::path(argv[2]) / file.path;
    if (write(path, file.content)) continue;
    std::fprintf(stderr, "%s could not be written\n", path.string().c_str());
    return 1;
  }
  return 0;
}
