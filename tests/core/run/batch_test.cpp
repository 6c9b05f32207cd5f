// Many samples in one call against the same samples one by one.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/formats/load.h"
#include "core/graph/infer.h"
#include "core/run/batch.h"
#include "tests/support/corpus.h"
#include "tests/support/graph_builder.h"

using namespace edgewise;

namespace {

/// `count` samples of random bytes (small floats where the input is float) through the batch and one by one.
void compare(const std::shared_ptr<const Graph>& graph, std::size_t count) {
  auto batch = BatchRunner::prepare(graph);
  auto single = Runner::prepare(graph);
  REQUIRE((batch && single));
  if (!batch || !single) return;
  const std::size_t in = single->input(0).size(), out = single->output(0).bytes.size();
  Random random(count);
  Bytes inputs(in * count), outputs(out * count), wanted;
  if (graph->value(graph->inputs[0]).type == DType::float32)
    for (std::size_t i = 0; i < inputs.size() / sizeof(float); ++i) reinterpret_cast<float*>(inputs.data())[i] = static_cast<float>(random.uniform(-1.0, 1.0));
  else
    for (std::byte& byte : inputs) byte = static_cast<std::byte>(random.below(256));
  for (std::size_t n = 0; n < count; ++n) {
    std::copy_n(inputs.begin() + static_cast<std::ptrdiff_t>(n * in), in, single->input(0).begin());
    CHECK(single->run().has_value());
    const BytesView one = single->output(0).bytes;
    wanted.insert(wanted.end(), one.begin(), one.end());
  }
  CHECK(batch->run(inputs, outputs, count).has_value());
  CHECK(std::ranges::equal(outputs, wanted));
}

}  // namespace

TEST_CASE("a batch gives every sample the answer that it has alone, whatever the count") {
  const auto corpus = test::shared_path("corpus");
  if (!corpus) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  for (const char* name : {"mlperf_ad01_int8", "mlperf_ad01_float", "tflm_micro_speech_int8", "tflm_hello_world_int8", "har_thejosephallen_float"}) {
    CAPTURE(name);
    const auto model = load_model(test::read_file(text(*corpus, "/tflite/", name, ".tflite")), name);
    REQUIRE(model.has_value());
    if (!model) continue;
    for (const std::size_t count : {1, 31, 70}) compare(model->graph, count);
  }
}

TEST_CASE("dense networks take several samples at a time, others one") {
  test::GraphBuilder build;
  const ValueId x = build.input(DType::float32, {1, 64});
  const ValueId w = build.constant<float>({16, 64}, std::vector<float>(1024, 0.5f));
  Graph graph = build.graph(build.node(FullyConnected{}, {x, w}, DType::float32));
  REQUIRE(infer_shapes(graph).has_value());
  const auto dense = BatchRunner::prepare(std::make_shared<const Graph>(graph));
  CHECK((dense && dense->abreast() > 1));

  // Transposing moves the first axis: samples would be mixed.
  test::GraphBuilder mixing;
  const ValueId a = mixing.input(DType::float32, {1, 64});
  const ValueId across = mixing.node(Transpose{}, {a, mixing.integers({1, 0})}, DType::float32);
  Graph mixed = mixing.graph(across);
  REQUIRE(infer_shapes(mixed).has_value());
  CHECK(!over_samples(mixed, 4));
  // A state goes from sample to sample.
  graph.values[0].is_variable = true;
  CHECK(!over_samples(graph, 4));
}
