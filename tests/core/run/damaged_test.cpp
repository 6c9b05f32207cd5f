// Files with a few bytes changed: what still opens must run, or say why not, and never read or write outside its tensors (the sanitizers watch).
#include <doctest/doctest.h>

#include <algorithm>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/formats/load.h"
#include "core/graph/infer.h"
#include "core/run/run.h"
#include "tests/support/corpus.h"

using namespace edgewise;

namespace {

enum class Outcome { not_opened, not_run, run };

Outcome try_to_run(BytesView file, Random& random) {
  const auto model = load_model(file, "damaged.tflite");
  if (!model) {
    CHECK(!model.error().reason.empty());
    return Outcome::not_opened;
  }
  std::uint64_t work = 0;
  for (const Node& node : model->graph->nodes) work += macs_of(*model->graph, node).macs;
  for (const Value& value : model->graph->values) work += value.shape.elements();
  if (work > 300'000) return Outcome::not_run;  // keeps the test short
  for (const Kernels kernels : {Kernels::fast, Kernels::reference}) {
    auto runner = Runner::prepare(model->graph, kernels);
    if (!runner) {
      CHECK(!runner.error().reason.empty());
      return Outcome::not_run;
    }
    for (std::size_t i = 0; i < model->graph->inputs.size(); ++i)
      for (std::byte& b : runner->input(i)) b = static_cast<std::byte>(random.next());  // any bits: floats that are not numbers too
    runner->run();
  }
  return Outcome::run;
}

}  // namespace

TEST_CASE("a damaged model runs or says why not") {
  const auto folder = test::shared_path("corpus/tflite");
  if (!folder) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  int counts[3] = {};
  std::uint64_t seed = 1;
  for (const std::string& path : test::files_in(*folder, ".tflite")) {
    Bytes file = test::read_file(path);
    if (file.size() > 20'000) continue;
    for (int round = 0; round < 4; ++round, ++seed) {
      CAPTURE(path);
      CAPTURE(seed);
      Random random(seed);
      Bytes damaged = file;
      for (std::uint64_t changes = 1 + random.below(4); changes > 0; --changes) {
        const auto at = static_cast<std::size_t>(random.below(damaged.size()));
        const std::uint64_t how = random.below(3);
        damaged[at] = how == 0 ? static_cast<std::byte>(random.next()) : how == 1 ? std::byte{0} : damaged[at] ^ static_cast<std::byte>(1 << random.below(8));
      }
      ++counts[static_cast<int>(try_to_run(damaged, random))];
    }
  }
  MESSAGE(counts[0], " not opened, ", counts[1], " not run, ", counts[2], " run");
  CHECK(counts[2] > 50);
}
