// Against TensorFlow Lite Micro itself: the plans of its GreedyMemoryPlanner and the arenas of its allocator for the models of the corpus.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/formats/load.h"
#include "core/graph/operands.h"
#include "core/mcu/arena.h"
#include "core/mcu/persistent.h"
#include "tests/support/corpus.h"
#include "tests/support/json_reader.h"

using namespace edgewise;
using namespace edgewise::mcu;

TEST_CASE("every offset of every plan is the one that GreedyMemoryPlanner chose") {
  const test::Json plans = test::read_shared_json("mcu/tflm/arena_detail.json");
  std::size_t compared = 0;
  for (const auto& [model, detail] : plans.object) {
    CAPTURE(model);
    std::vector<Lifetime> buffers;
    std::vector<std::uint64_t> offsets;
    for (const test::Json& row : detail["plan_size_first_last_offset"].list) {
      buffers.push_back({row.list[0].count(), static_cast<std::int32_t>(row.list[1].number), static_cast<std::int32_t>(row.list[2].number)});
      offsets.push_back(row.list[3].count());
    }
    CHECK(place(buffers).offset == offsets);
    compared += buffers.size();
  }
  if (!plans.is_null()) CHECK(compared > 1000);
}

TEST_CASE("the arena of a model file, planned part and tables, is as large as in TensorFlow Lite Micro, byte for byte") {
  const test::Json measured = test::read_shared_json("mcu/tflm/arena.json");
  if (measured.is_null()) return;
  for (const Kernels kernels : {Kernels::reference, Kernels::cmsis_nn}) {
    std::size_t compared = 0, with_graphs_inside = 0, planned_equal = 0, equal = 0;
    for (const test::Json& row : measured[kernels == Kernels::cmsis_nn ? "cmsis_nn_m4f" : "primary"]["models"].list) {
      if (row["name"].text.starts_with("tf_testdata_add_quantized")) continue;   // their sums are codes to TensorFlow Lite; Micro makes room for the floats of the file, and cannot run them
      const auto path = test::shared_path("corpus/tflite/" + row["name"].text + ".tflite");
      const Result<Model> model = path ? load_model(test::read_file(*path), "model.tflite") : fail("not in the corpus");
      if (!model) continue;
      const Graph& graph = *model->graph;
      CAPTURE(row["name"].text);
      CAPTURE((kernels == Kernels::cmsis_nn));
      CHECK(std::all_of(graph.nodes.begin(), graph.nodes.end(), [](const Node& node) { return has_measured_data(node.op); }));
      const std::uint64_t planned = plan_arena(graph, kernels).planned_bytes, tables = persistent_bytes(graph, kernels);
      CHECK(planned == row["planner_greedy_bytes"].count());
      CHECK(tables == row["persistent_tail_bytes"].count());
      ++compared;
      with_graphs_inside += all_graphs(graph).size() > 1;
      planned_equal += planned == row["planner_greedy_bytes"].count();
      equal += planned + tables == row["arena_used_bytes"].count();
    }
    CHECK(compared > 240);
    CHECK(with_graphs_inside == 5);   // two loops, one in another; what CALL_ONCE runs, in three
    MESSAGE(std::string(kernels == Kernels::cmsis_nn ? "CMSIS-NN: " : "reference kernels: ") << compared << " models; planned part equal for " << planned_equal << ", the whole for " << equal);
  }
}
