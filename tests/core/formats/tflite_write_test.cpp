#include "core/formats/tflite.h"

#include <doctest/doctest.h>

#include <string>

#include "core/base/text.h"
#include "core/formats/load.h"
#include "core/formats/tflite_schema.h"
#include "core/graph/check.h"
#include "tests/support/corpus.h"
#include "tests/support/graph_builder.h"
#include "tests/support/same_graph.h"

namespace edgewise {
namespace {

using test::GraphBuilder;
using test::grid;

std::uint64_t content_bytes(const Graph& graph) {
  std::uint64_t bytes = 0;
  for (const Value& value : graph.values) bytes += value.content_bytes();
  return bytes;
}

/// An integer convolution of `depth` channels into `outputs`, then a softmax; 1x1 so that the weights have depth * outputs bytes.
Graph small(std::int64_t depth, std::int64_t outputs, std::int32_t weights_zero_point = 0) {
  GraphBuilder b;
  const auto weights = static_cast<std::size_t>(depth * outputs);
  const ValueId x = b.input(DType::int8, {1, 2, 2, depth}, grid(0.5f, 3));
  const ValueId w = b.constant<std::int8_t>({outputs, 1, 1, depth}, std::vector<std::int8_t>(weights, 5), grid(0.25f, weights_zero_point));
  const ValueId bias = b.constant<std::int32_t>({outputs}, std::vector<std::int32_t>(static_cast<std::size_t>(outputs), -7), grid(0.125f, 0));
  const ValueId y = b.node(Conv2d{}, {x, w, bias}, DType::int8, {1, 2, 2, outputs}, grid(1.0f, -2));
  return b.graph(b.node(Softmax{}, {y}, DType::int8, {1, 2, 2, outputs}, grid(0x1p-8f, -128)));
}

TEST_CASE("what is written reads back as the same graph: every corpus file that can run") {
  const auto folder = test::shared_path("corpus/tflite");
  if (!folder) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  int written = 0;
  for (const std::string& path : test::files_in(*folder, ".tflite")) {
    INFO(path);
    const auto model = load_model(test::read_file(path), "model.tflite");
    if (!model || !unsupported(*model->graph).empty()) continue;
    const auto file = tflite::write(*model->graph, "again");
    if (!file) {
      MESSAGE("not written: ", to_text(file.error()));
      continue;
    }
    ++written;
    const auto back = load_model(*file, "again.tflite");
    CHECK_MESSAGE(back.has_value(), (back ? "" : to_text(back.error())));
    if (!back) continue;
    CHECK(back->description == "again");
    CHECK(test::difference(*model->graph, *back->graph) == "");
    CHECK(file->size() == tflite::structure_bytes(*model->graph, "again") + content_bytes(*model->graph));
    CHECK(tflite::write(*back->graph, "again").value() == *file);
  }
  CHECK(written > 100);
}

TEST_CASE("the structure's size is exact without contents, whatever their lengths") {
  for (std::int64_t depth = 1; depth <= 17; ++depth) {
    for (std::int64_t outputs = 1; outputs <= 5; ++outputs) {
      Graph graph = small(depth, outputs);
      const auto file = tflite::write(graph, "d");
      CHECK(file.has_value());
      if (!file) continue;
      for (Value& value : graph.values)
        if (value.is_constant()) value.data = without_contents();
      INFO("depth ", depth, ", outputs ", outputs);
      CHECK(tflite::structure_bytes(graph, "d") + content_bytes(graph) == file->size());
    }
  }
}

/// The version of each operator, in execution order.
std::vector<std::int32_t> versions(const Bytes& file) {
  const auto* model = tflite::schema::GetModel(file.data());
  std::vector<std::int32_t> versions;
  for (const auto* op : *model->subgraphs()->Get(0)->operators()) versions.push_back(model->operator_codes()->Get(op->opcode_index())->version());
  return versions;
}

TEST_CASE("operator versions are those TensorFlow's converter wrote for the same operators") {
  int compared = 0;
  for (const char* name : {"mlperf_ad01_int8", "mlperf_ad01_float", "mlperf_kws_int8", "mlperf_ic_resnet_int8", "mlperf_ic_resnet_float", "tflm_micro_speech_int8"}) {
    const auto path = test::shared_path(std::string("corpus/tflite/") + name + ".tflite");
    if (!path) continue;
    INFO(name);
    const Bytes theirs = test::read_file(*path);
    const auto model = load_model(theirs, name);
    CHECK(model.has_value());
    if (!model) continue;
    const auto ours = tflite::write(*model->graph);
    CHECK_MESSAGE(ours.has_value(), (ours ? "" : to_text(ours.error())));
    if (ours) CHECK(versions(*ours) == versions(theirs));
    ++compared;
  }
  if (compared == 0) MESSAGE("skipped: corpus not found");
}

TEST_CASE("contents stand at multiples of 16 bytes, as TensorFlow Lite maps them") {
  const auto file = tflite::write(small(3, 5));
  CHECK(file.has_value());
  if (!file) return;
  const auto model = load_model(*file, "small.tflite");
  CHECK(model.has_value());
  if (!model) return;
  int contents = 0;
  for (const ByteRange& range : model->bytes) {
    if (range.kind != ByteRange::Kind::weights && range.kind != ByteRange::Kind::biases) continue;
    CHECK(range.first % 16 == 0);
    ++contents;
  }
  CHECK(contents == 2);
}

TEST_CASE("activations of fewer than eight bits keep their width in the file, as the first and last real number of their grid") {
  Graph narrow = small(2, 3);
  narrow.values[0].bits = 4;
  narrow.values[3].bits = 5;
  const auto file = tflite::write(narrow);
  REQUIRE(file.has_value());
  // scale 0.5, zero point 3: codes -8 to 7 are -5.5 to 2.0; scale 1, zero point -2: codes -16 to 15 are -14 to 17.
  const auto* tensors = tflite::schema::GetModel(file->data())->subgraphs()->Get(0)->tensors();
  CHECK(tensors->Get(0)->quantization()->min()->Get(0) == -5.5f);
  CHECK(tensors->Get(0)->quantization()->max()->Get(0) == 2.0f);
  CHECK(tensors->Get(3)->quantization()->min()->Get(0) == -14.0f);
  CHECK(tensors->Get(3)->quantization()->max()->Get(0) == 17.0f);
  CHECK(tensors->Get(4)->quantization()->min() == nullptr);   // all of int8
  const auto again = load_model(*file, "again.tflite");
  REQUIRE(again.has_value());
  CHECK(again->graph->values[0].bits == 4);
  CHECK(again->graph->values[3].bits == 5);
  CHECK(again->graph->values[4].bits == 0);
}

TEST_CASE("what TensorFlow Lite cannot run is not written, and the error says why") {
  struct Case { const char* name; Graph graph; const char* reason; };
  Graph no_contents = small(2, 2);
  no_contents.values[1].data = without_contents();
  Graph lacking = small(2, 2);
  lacking.nodes[1].op = Unsupported{"SVDF", 27};
  Graph softmax = small(2, 2);
  softmax.values.back().grid = grid(1.0f / 16, -8);
  Graph bias = small(2, 2);
  bias.values[2].type = DType::int64;
  bias.values[2].data = std::make_shared<const Bytes>(16);
  const Case cases[] = {
      {"asymmetric", small(2, 2, 1), "the weights have a zero point; TensorFlow Lite takes symmetric weights here"},
      {"no contents", no_contents, "the constant has a shape but no contents"},
      {"unsupported", lacking, "an operator that is not supported cannot be written"},
      {"softmax grid", softmax, "the output's grid must have scale 0.00390625 and zero point -128 in TensorFlow Lite"},
      {"wide bias", bias, "the bias is int64 behind int8 activations, TensorFlow Lite takes int32"},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const auto file = tflite::write(c.graph);
    CHECK_FALSE(file.has_value());
    if (!file) CHECK(file.error().reason == c.reason);
  }
}

}  // namespace
}  // namespace edgewise
