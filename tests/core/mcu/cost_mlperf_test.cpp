// Predicted against published latency: the MLPerf Tiny rows that were measured on boards and libraries of the table.
//
// The rates were fitted to these rows, so this is how well the model describes them, not how well it foresees others; leaving the board out of the fit
// gives a median of 9 % and the worst tenth beyond 27 %.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/formats/load.h"
#include "core/graph/infer.h"
#include "core/mcu/cost.h"
#include "tests/support/corpus.h"
#include "tests/support/graph_builder.h"
#include "tests/support/json_reader.h"

using namespace edgewise;
using namespace edgewise::mcu;

namespace {

/// MobileNetV1 at a quarter of its width on 96 x 96 x 3: the visual wake words model of MLPerf Tiny, without contents.
Graph visual_wake_words() {
  test::GraphBuilder build;
  const auto weights = [&](const Shape& shape) {
    const ValueId id = build.constant<std::int8_t>(shape, std::vector<std::int8_t>(shape.elements()));
    return id;
  };
  std::int64_t side = 48, channels = 8;
  ValueId at = build.input(DType::int8, Shape{1, 96, 96, 3});
  at = build.node(Conv2d{.window = {.padding = Padding::same, .stride_h = 2, .stride_w = 2}}, {at, weights({8, 3, 3, 3}), no_value}, DType::int8, Shape{1, side, side, 8});
  struct Block { int stride; std::int64_t channels; };
  for (const Block& block : {Block{1, 16}, Block{2, 32}, Block{1, 32}, Block{2, 64}, Block{1, 64}, Block{2, 128}, Block{1, 128}, Block{1, 128}, Block{1, 128}, Block{1, 128},
                             Block{1, 128}, Block{2, 256}, Block{1, 256}}) {
    side /= block.stride;
    at = build.node(DepthwiseConv2d{.window = {.padding = Padding::same, .stride_h = block.stride, .stride_w = block.stride}}, {at, weights({1, 3, 3, channels}), no_value},
                    DType::int8, Shape{1, side, side, channels});
    at = build.node(Conv2d{.window = {.padding = Padding::same}}, {at, weights({block.channels, 1, 1, channels}), no_value}, DType::int8, Shape{1, side, side, block.channels});
    channels = block.channels;
  }
  at = build.node(AvgPool2d{.window = {}, .kernel_h = 3, .kernel_w = 3}, {at}, DType::int8, Shape{1, 1, 1, 256});
  at = build.node(Reshape{}, {at}, DType::int8, Shape{1, 256});
  at = build.node(FullyConnected{}, {at, weights({2, 256}), no_value}, DType::int8, Shape{1, 2});
  at = build.node(Softmax{}, {at}, DType::int8, Shape{1, 2});
  return build.graph(at);
}

std::uint64_t total_macs(const Graph& graph) {
  std::uint64_t total = 0;
  for (const Node& node : graph.nodes) total += macs_of(graph, node).macs;
  return total;
}

std::map<std::string, Plan, std::less<>> benchmark_plans() {
  std::map<std::string, Plan, std::less<>> plans;
  for (const auto& [task, file] : {std::pair{"ad", "mlperf_ad01_int8"}, {"ic", "mlperf_ic_resnet_int8"}, {"kws", "mlperf_kws_int8"}}) {
    const auto path = test::shared_path(std::string("corpus/tflite/") + file + ".tflite");
    if (!path) continue;
    const Result<Model> model = load_model(test::read_file(*path), file);
    if (model) plans[task].graph = model->graph;
  }
  plans["vww"].graph = std::make_shared<const Graph>(visual_wake_words());
  return plans;
}

/// The library of our table that a published stack is, or "" where it is another version or none of ours.
std::string_view library_of(const std::string& stack, const std::string& version) {
  if (stack == "TFLM+CMSIS-NN") return "cmsis-nn";
  if (stack == "X-CUBE-AI") return version == "9.0" || version == "10.2" ? "x-cube-ai" : "";
  if (stack == "Plumerai") return version == "2023.05" ? "plumerai" : "";
  if (stack == "Bosch-HALE") return version.find("variant") == std::string::npos ? "hale" : "";
  if (stack == "microTVM+CMSIS-NN") return "microtvm-cmsis-nn";
  if (stack == "microTVM-native") return "microtvm";
  if (stack == "ONNC+CMSIS-NN") return "onnc";
  return "";
}

std::string_view board_of(const std::string& name) {
  for (const auto& [published, id] : {std::pair{"NUCLEO-L4R5ZI", "stm32l4r5"}, {"NUCLEO-L4R5ZI-P (external SMPS)", "stm32l4r5"}, {"NUCLEO-H7A3ZI-Q", "stm32h7a3"},
                                      {"NUCLEO-U575ZI-Q", "stm32u575"}, {"NUCLEO-G0B1RE", "stm32g0b1"}, {"EK-RA6M4", "ra6m4"}, {"EK-RA8D1", "ra8d1"}})
    if (name == published) return id;
  return "";
}

}  // namespace

TEST_CASE("the visual wake words graph written here has the published counts") {
  CHECK(total_macs(visual_wake_words()) == 7489664);   // as computed from vww_96_int8.tflite of mlcommons/tiny
}

TEST_CASE("predicted latency of the int8 MLPerf Tiny networks on Cortex-M is within 10 % of the published one for half the rows, and in the band for nine of ten") {
  const test::Json rows = test::read_shared_json("mcu/mlperf_tiny.json");
  if (rows.is_null()) return;
  const auto plans = benchmark_plans();
  std::vector<double> errors;
  int inside = 0;
  for (const test::Json& row : rows.list) {
    const std::string_view library = library_of(row["stack"].text, row["stack_version"].text), board = board_of(row["board"].text);
    const auto plan = plans.find(row["task"].text);
    if (library.empty() || board.empty() || plan == plans.end() || plan->second.graph == nullptr) continue;
    if (row["dtype"].text != "int8" || row["division"].text != "closed" || row["vww_dead_channels_removed_inferred"].boolean) continue;
    const Board& target = *find_board(board);
    const Cost cost = estimate(plan->second, target, *find_library(library));
    const double published = row["latency_ms"].number * row["clock_mhz"].number / *target.clock_mhz.value;   // a row may run below the rated clock
    errors.push_back(std::fabs(cost.latency_ms.value / published - 1));
    if (cost.latency_ms.low <= published && published <= cost.latency_ms.high) ++inside;
    else MESSAGE(row["id"].text << ": " << published << " ms, predicted " << cost.latency_ms.low << " to " << cost.latency_ms.high);
  }
  REQUIRE(errors.size() > 60);
  if (errors.empty()) return;
  std::sort(errors.begin(), errors.end());
  const double median = errors[errors.size() / 2], worst_tenth = errors[errors.size() * 9 / 10];
  MESSAGE(errors.size() << " rows: median error " << median << ", nine of ten below " << worst_tenth << ", worst " << errors.back() << "; in the band " << inside);
  CHECK(median < 0.10);
  CHECK(worst_tenth < 0.30);
  CHECK(inside >= static_cast<int>(errors.size()) * 9 / 10);
}

TEST_CASE("on RP2350 the wait for external flash explains why three of four networks run five times slower than kws suggests") {
  const auto plans = benchmark_plans();
  // gnotu/pico2-benchmark, TFLM with CMSIS-NN at 150 MHz. Cycles per multiplication: ad 33, ic 21, vww 28, but kws 3.4.
  for (const auto& [task, published_ms] : {std::pair{"ad", 58.95}, {"ic", 1709.93}, {"kws", 60.40}, {"vww", 1375.02}}) {
    const auto plan = plans.find(std::string_view(task));
    if (plan == plans.end()) continue;   // its file is in the corpus
    const Cost cost = estimate(plan->second, *find_board("rp2350"), *find_library("cmsis-nn"));
    CAPTURE(task);
    CAPTURE(cost.latency_ms.value);
    CHECK(std::fabs(cost.latency_ms.value / published_ms - 1) < 0.30);
    CHECK(cost.latency_ms.low < published_ms);
    CHECK(published_ms < cost.latency_ms.high);
  }
}

TEST_CASE("visual wake words: 55,296 bytes are alive at once, and the greedy plan needs a third more") {
  const Arena arena = plan_arena(visual_wake_words());
  CHECK(*std::max_element(arena.live_bytes.begin(), arena.live_bytes.end()) == 55296);   // 48 x 48 x (8 + 16), the first pointwise layer
  // 36,864 [3,4] at 0; the input, 27,648 [0,1], at 0; of the two of 18,432 the later, [2,3], at 36,864; the earlier, [1,2], finds only 9,216 between
  // the input and that one, so it goes on top: 55,296 + 18,432
  CHECK(arena.planned_bytes == 73728);
}
