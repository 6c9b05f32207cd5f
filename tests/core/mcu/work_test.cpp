#include "core/mcu/work.h"

#include <doctest/doctest.h>

#include <cmath>
#include <variant>

#include "core/formats/load.h"
#include "core/mcu/records.h"
#include "tests/support/corpus.h"
#include "tests/support/files.h"
#include "tests/support/graph_builder.h"

using namespace edgewise;
using namespace edgewise::mcu;

namespace {

double macs_of(const std::vector<Work>& layers) {
  double sum = 0;
  for (const Work& layer : layers) sum += layer.macs;
  return sum;
}

Networks published_networks() {
  const std::string file = test::read_source_text("assets/boards/networks.json");
  const Result<JsonValue> json = read_json(file);
  REQUIRE(json.has_value());
  if (!json) return {};
  const Result<Networks> networks = read_networks(*json);
  REQUIRE(networks.has_value());
  return networks ? *networks : Networks{};
}

}  // namespace

TEST_CASE("the share of taps that meet the image is counted window by window") {
  // 4 wide, kernel 3, stride 1, SAME: windows at -1, 0, 1, 2; one tap over at each end: 10 of 12
  CHECK(valid_share({4, 3, 1, true}) == doctest::Approx(10.0 / 12));
  // 4 wide, kernel 3, stride 2, SAME: 2 outputs, padding 1 behind: 5 of 6
  CHECK(valid_share({4, 3, 2, true}) == doctest::Approx(5.0 / 6));
  // 1 wide, kernel 5: 1 of 5
  CHECK(valid_share({1, 5, 1, true}) == doctest::Approx(0.2));
  CHECK(valid_share({9, 3, 1, false}) == 1);
  CHECK(output_extent({9, 3, 2, false}) == 4);
}

TEST_CASE("the published networks have the multiplications that were counted in their files") {
  const Networks networks = published_networks();
  // ../mcu/README.md (b), computed from the files of mlcommons/tiny; person detection and TinyMaix: their files
  struct Case { std::string_view name; double macs; };
  for (const Case& c : {Case{"ad", 264192}, Case{"ic", 12501632}, Case{"kws", 2656768}, Case{"vww", 7489664}, Case{"sww", 826368}, Case{"person_detect", 7157888},
                        Case{"TinyMaix cifar", 3082240}, Case{"TinyMaix mnist", 21220}, Case{"TinyMaix mbnet128", 13570048}, Case{"MobileNetV1 0.25 160x160x3", 21059200},
                        Case{"FC 10+50 Digits (4 ops)", 1640}}) {
    CAPTURE(c.name);
    const auto at = networks.find(c.name);
    REQUIRE(at != networks.end());
    if (at != networks.end()) CHECK(macs_of(at->second) == c.macs);
  }
}

TEST_CASE("a model file asks for the same work, unit by unit, as the layers published of it") {
  const Networks networks = published_networks();
  for (const auto& [task, file] : {std::pair{"ad", "mlperf_ad01_int8"}, {"ic", "mlperf_ic_resnet_int8"}, {"kws", "mlperf_kws_int8"}, {"image_example1", "mltk_image_example1"}}) {
    const auto path = test::shared_path(std::string("corpus/tflite/") + file + ".tflite");
    const Result<Model> model = path ? load_model(test::read_file(*path), file) : fail("not in the corpus");
    const auto published = networks.find(std::string_view(task));
    if (!model || published == networks.end()) continue;
    CAPTURE(task);
    const std::vector<Work> layers = work_of(*model->graph);
    for (std::size_t u = 0; u < units; ++u) {
      double file_sum = 0, published_sum = 0;
      for (const Work& layer : layers) file_sum += layer.amount[u];
      for (const Work& layer : published->second) published_sum += layer.amount[u];
      CAPTURE(name_of(static_cast<Unit>(u)));
      CHECK(file_sum == doctest::Approx(published_sum));
    }
  }
}

TEST_CASE("output channels whose weights are all zero are counted, where there are weights") {
  test::GraphBuilder build;
  const ValueId in = build.input(DType::int8, Shape{1, 4, 4, 2});
  const ValueId weights = build.constant<std::int8_t>(Shape{4, 1, 1, 2}, {1, 0, 0, 0, 0, 5, 0, 0});   // channels 1 and 3 are dead
  const ValueId out = build.node(Conv2d{}, {in, weights, no_value}, DType::int8, Shape{1, 4, 4, 4});
  const Graph graph = build.graph(out);
  const Work work = work_of(graph, graph.nodes[0]);
  CHECK(work.dead_share == 0.5);
  CHECK(work[Unit::pointwise] == 128);            // 16 positions x 4 channels x 2
  CHECK(work[Unit::convolution_output] == 64);
  CHECK(work.positions == 16);
}

TEST_CASE("an operator that nothing is known of is counted by its outputs and says so") {
  test::GraphBuilder build;
  const ValueId in = build.input(DType::int8, Shape{1, 8});
  const ValueId out = build.node(Unsupported{"SVDF", 27}, {in}, DType::int8, Shape{1, 8});
  const Graph graph = build.graph(out);
  const Work work = work_of(graph, graph.nodes[0]);
  CHECK_FALSE(work.has_rule);
  CHECK(work[Unit::other_element] == 8);
}

TEST_CASE("an operator that cannot be run multiplies each of its weights once, and a bias not") {
  test::GraphBuilder build;
  const ValueId in = build.input(DType::float32, Shape{1, 5});
  const ValueId weights = build.constant<float>(Shape{12, 5}, std::vector<float>(60)), bias = build.constant<float>(Shape{12}, std::vector<float>(12));
  const Graph graph = build.graph(build.node(Unsupported{"LSTM", 16}, {in, weights, no_value, bias}, DType::float32, Shape{1, 3}));
  const Work work = work_of(graph, graph.nodes[0]);
  CHECK(work.macs == 60);
  CHECK(work[Unit::dense] == 60);
  CHECK_FALSE(work.has_rule);
}

TEST_CASE("a loop is one pass of its condition and its body, a branch the graph with more to do, each an operator more") {
  const auto dense_of = [](std::int64_t outputs) {
    test::GraphBuilder build;
    const ValueId in = build.input(DType::int8, Shape{1, 10});
    const ValueId weights = build.constant<std::int8_t>(Shape{outputs, 10}, std::vector<std::int8_t>(static_cast<std::size_t>(outputs) * 10));
    return std::make_shared<const Graph>(build.graph(build.node(FullyConnected{}, {in, weights, no_value}, DType::int8, Shape{1, outputs})));
  };
  test::GraphBuilder build;
  const ValueId in = build.input(DType::int8, Shape{1, 10});
  const ValueId looped = build.node(While{dense_of(1), dense_of(10)}, {in}, DType::int8, Shape{1, 10});
  const Graph graph = build.graph(build.node(If{dense_of(10), dense_of(7)}, {in, looped}, DType::int8, Shape{1, 10}));
  const std::vector<Work> work = work_of(graph);
  CHECK(work[0].macs == 110);           // 10 x 1 + 10 x 10
  CHECK(work[0][Unit::node] == 3);      // WHILE and the two dense layers
  CHECK(work[1].macs == 100);
  CHECK(work[1][Unit::node] == 2);
  CHECK_FALSE(work[0].has_rule);
  CHECK_FALSE(work[1].has_rule);
}

TEST_CASE("what runs once when the chip starts costs no run anything, and a variable's copies are counted by their elements") {
  const auto path = test::shared_path("corpus/tflite/microwakeword_v2_vad.tflite");
  if (!path) return;
  const Result<Model> model = load_model(test::read_file(*path), "model.tflite");
  REQUIRE(model.has_value());
  if (!model) return;
  std::size_t once = 0, assigned = 0;
  for (const Node& node : model->graph->nodes) {
    const Work work = work_of(*model->graph, node);
    if (std::holds_alternative<CallOnce>(node.op)) {
      ++once;
      CHECK(work.has_rule);
      for (std::size_t u = 0; u < units; ++u) CHECK(work.amount[u] == (static_cast<Unit>(u) == Unit::node ? 0.3 : 0));   // looked up, like a RESHAPE
    } else if (std::holds_alternative<AssignVariable>(node.op)) {
      ++assigned;
      CHECK(work.has_rule);
      CHECK(work[Unit::other_element] == static_cast<double>(model->graph->value(node.inputs[1]).shape.elements()));
    }
  }
  CHECK(once == 1);
  CHECK(assigned == 4);   // as many as the file has variables
}
