// edgewise_hash [MOST_MACS]: one hash over what every model of the corpus answers to its golden inputs, by type of output. Builds of different compilers and
// machines must print the same lines; ./dev hash compares them. Prints "skipped: corpus not found" where there is none.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/formats/load.h"
#include "core/formats/npy.h"
#include "core/graph/check.h"
#include "core/graph/infer.h"
#include "core/run/run.h"

using namespace edgewise;
namespace fs = std::filesystem;

namespace {

Bytes read(const fs::path& path) {
  Bytes bytes;
  if (std::FILE* file = std::fopen(path.c_str(), "rb")) {
    std::byte buffer[1 << 16];
    for (std::size_t count; (count = std::fread(buffer, 1, sizeof buffer, file)) > 0;) bytes.insert(bytes.end(), buffer, buffer + count);
    std::fclose(file);
  }
  return bytes;
}

std::vector<fs::path> sorted(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder)) paths.push_back(entry.path());
  std::ranges::sort(paths);
  return paths;
}

struct Sum {
  std::uint64_t hash = hash_start, outputs = 0;
  void add(BytesView bytes) {
    hash = edgewise::hash(bytes, hash);
    ++outputs;
  }
};
using Sums = std::map<std::string, Sum, std::less<>>;

/// One run with the inputs of a folder. False where they do not fit.
bool add_run(Runner& runner, const fs::path& folder, Sums& sums) {
  for (std::size_t i = 0; i < runner.graph().inputs.size(); ++i) {
    const auto input = npy::read(read(folder / text("input_", i, ".npy")));
    if (!input || input->bytes.size() != runner.input(i).size()) return false;
    std::ranges::copy(input->bytes, runner.input(i).begin());
  }
  if (!runner.run()) return false;
  for (std::size_t i = 0; i < runner.graph().outputs.size(); ++i) {
    const TensorView output = runner.output(i);
    sums[std::string(name_of(output.type))].add(output.bytes);
    if (output.type != DType::float32) sums["all integers"].add(output.bytes);
  }
  return true;
}

std::uint64_t macs_of(const Graph& graph) {
  std::uint64_t macs = 0;
  for (const Node& node : graph.nodes) macs += edgewise::macs_of(graph, node).macs;
  return macs;
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t most_macs = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : ~std::uint64_t{0};
  const char* shared = std::getenv("EDGEWISE_SHARED");
  const fs::path corpus = fs::path(shared ? shared : EDGEWISE_SOURCE_DIR "/../shared") / "corpus";
  if (!fs::exists(corpus / "golden")) {
    std::puts("skipped: corpus not found");
    return 0;
  }
  Sums sums;
  int models = 0;
  for (const fs::path& folder : sorted(corpus / "golden")) {
    const std::string name = folder.filename().string();
    const auto model = load_model(read(corpus / "tflite" / (name + ".tflite")), name);
    if (!model || !unsupported(*model->graph).empty() || macs_of(*model->graph) > most_macs) continue;
    auto runner = Runner::prepare(model->graph);
    if (!runner) continue;
    bool has_run = false;
    for (const fs::path& one : sorted(folder)) {
      if (!one.filename().string().starts_with("case_")) continue;
      runner->reset();
      if (!fs::exists(one / "step_0")) has_run |= add_run(*runner, one, sums);
      for (int step = 0; fs::exists(one / text("step_", step)); ++step) has_run |= add_run(*runner, one / text("step_", step), sums);
    }
    models += has_run;
  }
  std::printf("%d models\n", models);
  for (const auto& [type, sum] : sums) std::printf("%-12s %5llu outputs  %016llx\n", type.c_str(), static_cast<unsigned long long>(sum.outputs), static_cast<unsigned long long>(sum.hash));
}
