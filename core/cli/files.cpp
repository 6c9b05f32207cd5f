#include "core/cli/files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/formats/clips.h"
#include "core/formats/load.h"

namespace edgewise::cli {

namespace fs = std::filesystem;

namespace {

/// The assets folder: below the current folder, or beside the build folder that the program stands in. Empty when neither is there.
fs::path assets_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (const fs::path& root : {fs::path("."), program.parent_path(), program.parent_path() / ".." / ".."})
    if (fs::is_directory(root / "assets" / "models", error)) return root / "assets";
  return {};
}

bool is_there(const std::string& path) {
  std::error_code error;
  return fs::exists(path, error);
}

/// `name` itself when there is such a file, else the bundled one of that name, else `name` for the error to name.
std::string find(const std::string& name, const char* folder, const char* ending) {
  if (is_there(name)) return name;
  const fs::path bundled = assets_folder() / folder / (name + ending);
  return is_there(bundled.string()) ? bundled.string() : name;
}

/// What to give where there is no such file: "Give a file, or one that is bundled: digits, har". Advice that there is already stays.
Error with_bundled(Error error, const char* folder, const char* ending) {
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(assets_folder() / folder, none))
    if (entry.path().extension() == ending) names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  std::string list;
  for (const std::string& name : names) list += text(list.empty() ? "" : ", ", name);
  error.advice = text("Give a file", list.empty() ? "" : ", or one that is bundled: ", list);
  return error;
}

std::unexpected<Error> with_file(Error error, const std::string& path) {
  if (error.file.empty()) error.file = path.empty() ? "''" : path;
  return std::unexpected(std::move(error));
}

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

/// The rows of `all` in `calibration`, then those in `test`: a data set that says itself which are which.
Result<Dataset> arrange(const Dataset& all, std::optional<RowRange> calibration, RowRange test) {
  Dataset out = all;
  out.x.clear();
  out.labels.clear();
  out.targets.clear();
  out.calibration_rows = 0;
  const auto append = [&](RowRange rows) -> Result<void> {
    if (rows.end > all.rows()) return fail(text("rows up to ", rows.end, " are asked for, the data has ", all.rows()), all.name);
    const auto cut = [&](const auto& from, auto& to, std::uint64_t per_row) {
      if (from.empty()) return;
      const auto at = [&](std::uint64_t row) { return from.begin() + static_cast<std::ptrdiff_t>(row * per_row); };
      to.insert(to.end(), at(rows.first), at(rows.end));
    };
    cut(all.x, out.x, all.sample.elements());
    cut(all.labels, out.labels, 1);
    cut(all.targets, out.targets, 1);
    return {};
  };
  if (calibration) {
    if (auto ok = append(*calibration); !ok) return std::unexpected(ok.error());
    out.calibration_rows = calibration->end - calibration->first;
  }
  if (auto ok = append(test); !ok) return std::unexpected(ok.error());
  return out;
}

}  // namespace

std::string asset(const std::string& name) { return (assets_folder() / name).string(); }

Result<Bytes> read_file(const std::string& path, std::uint64_t most) {
  const auto refuse = [&](std::string reason, std::string advice) { return with_file({std::move(reason), {}, {}, {}, std::move(advice)}, path); };
  std::error_code error;
  if (fs::is_directory(path, error)) return refuse("this is a folder, not a file", "Give a file in it");
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) return refuse(text("cannot be opened: ", std::strerror(errno)), "Check its name, and that it may be read");
  Bytes bytes;
  constexpr std::size_t step = 1 << 16;
  for (;;) {
    const std::size_t had = bytes.size();
    bytes.resize(had + step);
    const std::size_t got = std::fread(bytes.data() + had, 1, step, file.get());
    bytes.resize(had + got);
    if (bytes.size() > most) return refuse(text("has more than ", most, " bytes, the limit"), "Give a smaller one");
    if (got == 0) break;
  }
  if (std::ferror(file.get()) != 0) return refuse("cannot be read to its end", "Check the disk that it is on");
  return bytes;
}

Result<void> write_file(const std::string& path, BytesView bytes) {
  const File file(std::fopen(path.c_str(), "wb"));
  if (!file) return with_file({text("cannot be written: ", std::strerror(errno)), {}, {}, {}, "Give a file in a folder that is there and may be written to"}, path);
  if (std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size() || std::fflush(file.get()) != 0)
    return with_file({text("cannot be written to its end: ", std::strerror(errno)), {}, {}, {}, "What is there now is cut short: make room and write it again"}, path);
  return {};
}

Result<void> make_folder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return with_file({text("cannot be made: ", error.message()), {}, {}, {}, "Give a folder that may be written to"}, path);
  return {};
}

Result<Model> open_model(const std::string& name, std::span<const Tensor> given) {
  const std::string path = find(name, "models", ".tflite");
  const auto file = read_file(path, limits::model_file_bytes);
  if (!file) return std::unexpected(is_there(path) ? file.error() : with_bundled(file.error(), "models", ".tflite"));
  auto model = load_model(*file, fs::path(path).filename().string(), given);
  if (!model) return with_file(model.error(), path);
  return model;
}

namespace {

/// Every sound or picture below a folder, named from that folder on; together at most limits::data_file_bytes.
Result<Dataset> open_folder(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error); !error && entry != fs::recursive_directory_iterator(); entry.increment(error))
    if (is_clip(entry->path().string()) && entry->is_regular_file()) paths.push_back(entry->path().string());
  if (error) return with_file({text("cannot be read: ", error.message()), {}, {}, {}, {}}, folder);
  if (paths.size() > limits::clips) return with_file({text("it holds ", paths.size(), " clips, the limit is ", limits::clips), {}, {}, {}, {}}, folder);
  std::vector<Bytes> contents;
  std::vector<DataFile> files;
  std::uint64_t total = 0;
  for (const std::string& path : paths) {
    auto bytes = read_file(path, limits::data_file_bytes - total);
    if (!bytes) return std::unexpected(bytes.error());
    total += bytes->size();
    contents.push_back(std::move(*bytes));
    files.push_back({fs::relative(path, folder).generic_string(), contents.back()});
  }
  auto data = read_clips(files);
  if (!data) return with_file(data.error(), folder);
  data->name = fs::path(folder).filename().string();
  return data;
}

/// One path or two, set apart by a comma; or the name of a bundled data set.
Result<Dataset> open_files(const std::string& name, std::string_view target) {
  std::vector<Bytes> contents;
  std::vector<DataFile> files;
  for (const std::string_view part : split(name, ',')) {
    const std::string path = find(std::string(part), "datasets", ".npz");
    auto bytes = read_file(path, limits::data_file_bytes);
    if (!bytes) return std::unexpected(is_there(path) ? bytes.error() : with_bundled(bytes.error(), "datasets", ".npz"));
    contents.push_back(std::move(*bytes));
    files.push_back({path, contents.back()});   // the outer vector may move, the bytes do not
  }
  return load_dataset(files, target);
}

}  // namespace

Result<Dataset> open_data(const std::string& name, const Arguments& arguments) {
  std::error_code error;
  auto data = fs::is_directory(name, error) ? open_folder(name) : open_files(name, arguments.get("target").value_or(""));
  if (!data) return data;
  const auto test = arguments.get("rows"), calibration = arguments.get("calibration-rows");
  if (!test && !calibration) return data;
  RowRange test_rows{0, data->rows()};
  std::optional<RowRange> calibration_rows;
  if (test) {
    const auto rows = row_range("rows", *test);
    if (!rows) return std::unexpected(rows.error());
    test_rows = *rows;
  }
  if (calibration) {
    const auto rows = row_range("calibration-rows", *calibration);
    if (!rows) return std::unexpected(rows.error());
    calibration_rows = *rows;
  }
  return arrange(*data, calibration_rows, test_rows);
}

}  // namespace edgewise::cli
