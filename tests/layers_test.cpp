// Who may include whom. The table is the architecture; a line that breaks it is named by file and line.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/files.h"

namespace {

using edgewise::test::list_source;
using edgewise::test::read_source_text;

// A folder may include folders of a lower rank and itself, never its neighbours of the same rank.
struct Layer {
  int rank;
  std::string_view folder;
};
// clang-format off
constexpr std::array layers = {
    Layer{0, "core/base"},
    Layer{1, "core/tensor"},
    Layer{2, "core/graph"},
    Layer{3, "core/formats"}, Layer{3, "core/kernels"},
    Layer{4, "core/run"},
    Layer{5, "core/compress"},
    Layer{6, "core/mcu"}, Layer{6, "core/train"},
    Layer{7, "core/evaluate"}, Layer{7, "core/deploy"},
    Layer{8, "core/labs"},
    Layer{9, "core/report"},
    Layer{10, "core/cli"}, Layer{10, "web/worker"}, Layer{10, "web/headless"}, Layer{10, "web/chapter"},
    Layer{11, "web/widgets"}, Layer{11, "web/app"},
    Layer{12, "web/panels"},
    Layer{13, "web/platform"},
    Layer{14, "web/frame.h"}, Layer{14, "web/frame.cpp"}, Layer{14, "web/main.cpp"},
};
// clang-format on

// Words that belong to few places: `word` may stand only in files whose path starts with one of `places`.
struct Reserved {
  std::string_view word, why;
  std::vector<std::string_view> places;
};
const std::vector<Reserved> reserved = {
    {"__EMSCRIPTEN__", "what differs on the web is the platform's affair", {"web/platform/", "web/worker/worker_main.cpp"}},
    {"#include <emscripten", "only the platform talks to the browser", {"web/platform/", "web/worker/worker_main.cpp"}},
    {"#include <SDL", "panels are tested without a window", {"web/platform/"}},
    {"#include <imgui",
     "core and worker draw nothing",
     {"web/widgets/", "web/panels/", "web/platform/", "web/frame", "web/main.cpp"}},
    {"#include <flatbuffers/", "one folder knows file formats", {"core/formats/"}},
    {"#include \"flatbuffers/", "one folder knows file formats", {"core/formats/"}},
    {"#include <pb_decode.h>", "one folder knows file formats", {"core/formats/"}},
    {"#include <zlib.h>", "one folder knows file formats", {"core/formats/", "core/cli/"}},
    {"#include \"core/cli/", "the command line is no part of the page", {"core/cli/"}},
    {"#include <format>", "it does not exist in every standard library used here, and costs 250 kB of wasm", {}},
    {"#include <print>", "it does not exist in every standard library used here, and costs 250 kB of wasm", {}},
    {"#include \"../", "includes are full paths from the root", {}},
};

bool starts_with_any(std::string_view path, const std::vector<std::string_view>& places) {
  return std::ranges::any_of(places, [&](std::string_view place) { return path.starts_with(place); });
}

// The layer a path belongs to, or null: folders are matched whole ("core/run" is not "core/runner").
const Layer* layer_of(std::string_view path) {
  const auto found = std::ranges::find_if(layers, [&](const Layer& layer) {
    return path == layer.folder || (path.starts_with(layer.folder) && path[layer.folder.size()] == '/');
  });
  return found == layers.end() ? nullptr : &*found;
}

// The path inside #include "core/..." or "web/...", or empty.
std::string_view project_include(std::string_view line) {
  constexpr std::string_view start = "#include \"";
  if (!line.starts_with(start)) return {};
  line.remove_prefix(start.size());
  const std::string_view path = line.substr(0, line.find('"'));
  return path.starts_with("core/") || path.starts_with("web/") ? path : std::string_view{};
}

// Why the line may not stand in the file, or empty.
std::string objection(std::string_view file, std::string_view line) {
  for (const Reserved& r : reserved)
    if (line.find(r.word) != std::string_view::npos && !starts_with_any(file, r.places)) return std::string(r.why);
  const std::string_view included = project_include(line);
  if (included.empty()) return {};
  const Layer* from = layer_of(file);
  const Layer* to = layer_of(included);
  if (from == nullptr) return "the file's folder is not in the table of layers";
  if (to == nullptr) return "the included folder is not in the table of layers";
  if (from->rank > to->rank || from->folder == to->folder || (from->rank == 14 && to->rank == 14)) return {};
  return std::string(from->folder) + " may not include " + std::string(to->folder) + ": that is " +
         (from->rank == to->rank ? "beside" : "above") + " it";
}

std::vector<std::string> objections(std::string_view file, std::string_view text) {
  std::vector<std::string> found;
  for (int number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::string why = objection(file, line);
    if (!why.empty())
      found.push_back(std::string(file) + ":" + std::to_string(number) + ": " + std::string(line) + "   (" + why + ")");
  }
  return found;
}

}  // namespace

TEST_CASE("includes point one way, and the platform keeps its secrets") {
  int files = 0;
  for (const std::string_view folder : {"core", "web"}) {
    for (const std::string& file : list_source(folder, "")) {
      if (!file.ends_with(".h") && !file.ends_with(".cpp")) continue;
      ++files;
      for (const std::string& sin : objections(file, read_source_text(file))) FAIL_CHECK(sin);
    }
  }
  CHECK(files > 20);  // an empty tree would pass
}

TEST_CASE("the rules catch what they are for") {
  struct Case {
    std::string_view file, line;
    bool is_allowed;
  };
  for (const Case& c : {
           Case{"core/graph/graph.h", "#include \"core/tensor/tensor.h\"", true},
           Case{"core/graph/graph.h", "#include \"core/graph/ops.h\"", true},
           Case{"core/tensor/tensor.h", "#include \"core/graph/graph.h\"", false},     // upwards
           Case{"core/formats/load.h", "#include \"core/kernels/kernels.h\"", false},  // a neighbour
           Case{"core/mcu/cost.cpp", "#include \"web/app/app.h\"", false},
           Case{"core/unheard_of/a.h", "#include \"core/base/result.h\"", false},
           Case{"core/runner/a.h", "#include \"core/base/result.h\"", false},
           Case{"web/panels/score.cpp", "#include <imgui.h>", true},
           Case{"core/run/run.cpp", "#include <imgui.h>", false},
           Case{"web/panels/score.cpp", "#include <SDL.h>", false},
           Case{"web/app/link.cpp", "#ifdef __EMSCRIPTEN__", false},
           Case{"web/platform/gl.cpp", "#ifdef __EMSCRIPTEN__", true},
           Case{"core/base/text.h", "#include \"../base/result.h\"", false},
       }) {
    CAPTURE(c.file);
    CAPTURE(c.line);
    CHECK(objection(c.file, c.line).empty() == c.is_allowed);
  }
}

TEST_CASE("every source file is built: the list of its folder names it") {
  for (const std::string folder : {"core", "web", "tests"}) {
    const std::string list = "\n" + read_source_text(folder + "/CMakeLists.txt");
    for (const std::string& file : list_source(folder, ".cpp")) {
      const std::string name = file.substr(folder.size() + 1);
      bool is_listed = false;
      for (std::size_t at = list.find(name); at != std::string::npos; at = list.find(name, at + 1)) {
        const std::size_t end = at + name.size();
        const bool is_whole =
            (list[at - 1] == ' ' || list[at - 1] == '\n') && (end == list.size() || std::string_view(" \n)").contains(list[end]));
        is_listed |= is_whole;
      }
      CHECK_MESSAGE(is_listed, file << " is not in " << folder << "/CMakeLists.txt");
    }
  }
}
