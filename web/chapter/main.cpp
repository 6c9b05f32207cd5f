// edgewise_chapter TEXT SITE ASSETS       fills in the text of the sample chapter: SITE/chapter with its posters; and SITE/lesson/labs.js, the labs as data
// edgewise_chapter posters FOLDER ASSETS  a poster of every preset of every lab, with its link, alternative text and figures
//
// ASSETS holds the models that labs run which run one.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <system_error>

#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/evaluate/evaluation.h"
#include "core/formats/load.h"
#include "core/report/lab_json.h"
#include "web/chapter/render.h"

namespace {

using namespace edgewise;

Result<std::string> read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(in), {}};
  if (!in) return fail("it could not be read", path.string());
  return content;
}

Result<labs::Subject> subject_of(const std::filesystem::path& assets, const std::string& name) {
  const std::string model_name = name + ".tflite", data_name = name + ".npz";
  const auto file = read(assets / "models" / model_name), rows = read(assets / "datasets" / data_name);
  if (!file) return std::unexpected(file.error());
  if (!rows) return std::unexpected(rows.error());
  const auto model = load_model(as_bytes(*file), model_name);
  if (!model) return std::unexpected(model.error());
  const auto reals = to_float(model->graph);
  if (!reals) return std::unexpected(reals.error());
  const DataFile files[] = {{data_name, as_bytes(*rows)}};
  auto data = load_dataset(files);
  if (!data) return std::unexpected(data.error());
  Split split = split_rows(*data);
  return labs::make_subject(*reals, std::make_shared<const Dataset>(std::move(*data)), std::move(split.calibration), std::move(split.test));
}

/// Each read when it is first asked for.
chapter::Subjects subjects_in(std::filesystem::path assets, std::map<std::string, labs::Subject>& known) {
  return [assets = std::move(assets), &known](std::string_view model) -> Result<const labs::Subject*> {
    const std::string name(model);
    if (const auto found = known.find(name); found != known.end()) return &found->second;
    auto subject = subject_of(assets, name);
    if (!subject) return std::unexpected(subject.error());
    return &known.emplace(name, *std::move(subject)).first->second;
  };
}

Result<std::vector<chapter::File>> site_files(const char* text_path, const chapter::Subjects& subjects) {
  const auto from = read(text_path);
  if (!from) return std::unexpected(from.error());
  auto files = chapter::render(*from, subjects);
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
  if (argc != 4) {
    std::fputs("usage: edgewise_chapter TEXT SITE ASSETS, or edgewise_chapter posters FOLDER ASSETS\n", stderr);
    return 2;
  }
  std::map<std::string, labs::Subject> known;
  const chapter::Subjects subjects = subjects_in(argv[3], known);
  const auto files = std::string_view(argv[1]) == "posters" ? chapter::posters(subjects) : site_files(argv[1], subjects);
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
