// A model file: opens or says why not; what opens keeps every rule, and what can run gives the same integers with both kernel sets.
#include <cstring>

#include "core/base/limits.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/formats/load.h"
#include "core/formats/tflite.h"
#include "core/graph/check.h"
#include "core/graph/infer.h"
#include "core/mcu/arena.h"
#include "core/run/run.h"
#include "tests/fuzz/targets.h"

namespace edgewise::fuzz {

namespace {

/// Small enough for thousands of runs a second.
bool is_small(const Graph& graph) {
  std::uint64_t work = 0;
  for (const Node& node : graph.nodes) work += macs_of(graph, node).macs;
  for (const Value& value : graph.values) work += value.shape.elements();
  return work < 200'000;
}

bool has_floats(const Graph& graph) {
  for (const Value& value : graph.values)
    if (value.type == DType::float32 || value.type == DType::float16) return true;
  return false;
}

void fill(Runner& runner, std::uint64_t seed) {
  Random random(seed);
  for (std::size_t i = 0; i < runner.graph().inputs.size(); ++i)
    for (std::byte& b : runner.input(i)) b = static_cast<std::byte>(random.next());
}

void run_both(const std::shared_ptr<const Graph>& graph) {
  auto fast = Runner::prepare(graph, Kernels::fast), reference = Runner::prepare(graph, Kernels::reference);
  demand(fast.has_value() == reference.has_value(), "a graph runs with both kernel sets or with none");
  if (!fast) {
    demand(!fast.error().reason.empty(), "a graph that cannot run says why");
    return;
  }
  fill(*fast, 1), fill(*reference, 1);
  fast->run(), reference->run();
  if (has_floats(*graph)) return;   // their last digits may differ
  for (std::size_t i = 0; i < graph->outputs.size(); ++i) {
    const BytesView a = fast->output(i).bytes, b = reference->output(i).bytes;
    demand(a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0), "fast kernels give the reference's integers");
  }
}

}  // namespace

void model(BytesView input) {
  const auto opened = load_model(input, "input");
  if (!opened) {
    demand(!opened.error().reason.empty(), "a refusal says why");
    demand(opened.error().offset.value_or(0) <= input.size(), "a refusal names a byte of the file");
    return;
  }
  const Graph& graph = *opened->graph;
  demand(check(graph).has_value(), "what opens keeps every rule");
  std::uint64_t at = 0;
  for (const ByteRange& range : opened->bytes) {
    demand(range.first == at && range.count > 0, "every byte is accounted for, once");
    at += range.count;
  }
  demand(at == input.size(), "every byte is accounted for");
  (void)mcu::plan_arena(graph, mcu::Kernels::cmsis_nn);
  if (const auto written = tflite::write(graph)) {
    const auto again = load_model(*written, "again.tflite");
    demand(again.has_value(), "what we write opens");
  }
  if (unsupported(graph).empty() && is_small(graph)) run_both(opened->graph);
}

}  // namespace edgewise::fuzz
