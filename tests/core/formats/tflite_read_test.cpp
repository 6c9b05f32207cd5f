#include "core/formats/tflite.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "core/formats/load.h"
#include "core/formats/tflite_schema.h"
#include "core/graph/check.h"
#include "tests/support/corpus.h"
#include "tests/support/graph_builder.h"

namespace edgewise {
namespace {

std::vector<std::string> corpus() {
  const auto folder = test::shared_path("corpus/tflite");
  if (folder) return test::files_in(*folder, ".tflite");
  MESSAGE("skipped: corpus not found");
  return {};
}

TEST_CASE("every file of the corpus can be read, and opens") {
  for (const std::string& path : corpus()) {
    INFO(path);
    const Bytes file = test::read_file(path);
    const auto read = tflite::read(file, "model.tflite");
    CHECK_MESSAGE(read.has_value(), (read ? "" : to_text(read.error())));
    const auto loaded = load_model(file, "model.tflite");
    CHECK_MESSAGE(loaded.has_value(), (loaded ? "" : to_text(loaded.error())));
  }
}

TEST_CASE("every byte of every file is attributed once") {
  for (const std::string& path : corpus()) {
    INFO(path);
    const Bytes file = test::read_file(path);
    const auto model = tflite::read(file, "model.tflite");
    if (!model) continue;
    std::uint64_t at = 0, constants = 0, distinct = 0;
    for (const ByteRange& range : model->bytes) {
      CHECK(range.first == at);
      CHECK(range.count > 0);
      at += range.count;
      const bool is_constant = range.kind == ByteRange::Kind::weights || range.kind == ByteRange::Kind::biases || range.kind == ByteRange::Kind::other_constants;
      if (is_constant && range.value != no_value) constants += range.count;
      if (range.kind == ByteRange::Kind::padding)
        for (std::uint64_t i = range.first; i < range.first + range.count; ++i) CHECK(file[i] == std::byte{0});
    }
    CHECK(at == file.size());
    std::vector<const Bytes*> seen;  // tensors may share a buffer, which is in the file once
    for (const Value& value : model->graph->values) {
      if (!value.is_constant() || std::ranges::find(seen, value.data.get()) != seen.end()) continue;
      seen.push_back(value.data.get());
      distinct += value.data->size();
    }
    CHECK(constants == distinct);
  }
}

/// A convolution whose bias has its scales along `bias_axis`, as a file.
Bytes convolution_file(int bias_axis) {
  test::GraphBuilder b;
  const ValueId x = b.input(DType::int8, {1, 2, 2, 3}, test::grid(0.5f, 3));
  const ValueId w = b.constant<std::int8_t>({2, 1, 1, 3}, {1, 2, 3, 4, 5, 6}, {{0.25f, 0.5f}, {0, 0}, 0});
  const ValueId bias = b.constant<std::int32_t>({2}, {-7, 7}, {{0.125f, 0.25f}, {0, 0}, bias_axis});
  const auto file = tflite::write(b.graph(b.node(Conv2d{}, {x, w, bias}, DType::int8, {1, 2, 2, 2}, test::grid(1.0f, -2))));
  CHECK(file.has_value());
  return file ? *file : Bytes();
}

/// The file with one field of tensor `t` changed.
template <class T>
Bytes with_tensor_field(Bytes file, std::uint32_t t, flatbuffers::voffset_t field, T value) {
  const auto* tensor = tflite::schema::GetModel(file.data())->subgraphs()->Get(0)->tensors()->Get(t);
  std::memcpy(file.data() + tflite::offset_of_field(file, tensor, field), &value, sizeof value);
  return file;
}

TEST_CASE("scales of a bias run along its only axis, whatever axis an old converter wrote") {
  const auto model = load_model(convolution_file(3), "old.tflite");
  CHECK_MESSAGE(model.has_value(), (model ? "" : to_text(model.error())));
  if (!model) return;
  CHECK(model->graph->values[2].grid.axis == 0);
  CHECK(model->graph->values[2].grid.scale == std::vector{0.125f, 0.25f});
}

TEST_CASE("an open batch is read as one sample") {
  Bytes file = convolution_file(0);
  const auto* shape = tflite::schema::GetModel(file.data())->subgraphs()->Get(0)->tensors()->Get(0)->shape();
  const std::int32_t open = -1;
  std::memcpy(file.data() + tflite::offset_in(file, shape->Data()), &open, sizeof open);
  const auto model = load_model(file, "open.tflite");
  CHECK_MESSAGE(model.has_value(), (model ? "" : to_text(model.error())));
  if (model) CHECK(model->graph->values[0].shape == Shape{1, 2, 2, 3});
}

TEST_CASE("a tensor of a type we lack opens for looking, and what touches it cannot run") {
  using tflite::schema::Tensor;
  const Bytes file = with_tensor_field(convolution_file(0), 2, Tensor::VT_TYPE, tflite::schema::TensorType::VARIANT);
  const auto model = load_model(file, "foreign.tflite");
  CHECK_MESSAGE(model.has_value(), (model ? "" : to_text(model.error())));
  if (!model) return;
  CHECK(model->graph->values[2].foreign_type == "variant");
  CHECK(model->graph->values[2].content_bytes() == 8);
  CHECK(name_of(model->graph->node(0).op) == "CONV_2D");
  CHECK(unsupported(*model->graph).size() == 1);
}

TEST_CASE("a sum of codes is of codes, also where the file calls it float") {
  test::GraphBuilder b;
  const ValueId x = b.input(DType::int8, {2}, test::grid(0.5f, 3));
  const auto written = tflite::write(b.graph(b.node(Add{}, {x, x}, DType::int8, {2}, test::grid(1.0f, -2))));
  REQUIRE(written.has_value());
  const auto model = load_model(with_tensor_field(*written, 1, tflite::schema::Tensor::VT_TYPE, tflite::schema::TensorType::FLOAT32), "sum.tflite");
  REQUIRE(model.has_value());
  CHECK(model->graph->values[1].type == DType::int8);
  CHECK(model->graph->values[1].grid.scale == std::vector{1.0f});
  // A layer's output stays what the file says: there a float output of codes has a meaning of its own.
  const auto layer = load_model(with_tensor_field(convolution_file(0), 3, tflite::schema::Tensor::VT_TYPE, tflite::schema::TensorType::FLOAT32), "layer.tflite");
  REQUIRE(layer.has_value());
  CHECK(layer->graph->values[3].type == DType::float32);
}

/// A file of graphs without tensors of interest; graph `i` has one operator, CALL_ONCE of graph calls[i].
Bytes file_of_calls(const std::vector<std::int32_t>& calls) {
  using namespace tflite::schema;
  flatbuffers::FlatBufferBuilder builder;
  std::vector<flatbuffers::Offset<SubGraph>> graphs;
  for (const std::int32_t called : calls) {
    const std::vector<std::int32_t> none, extents{1};
    const auto tensor = CreateTensor(builder, builder.CreateVector(extents), TensorType::FLOAT32);
    const auto call = CreateOperator(builder, 0, builder.CreateVector(none), builder.CreateVector(none), BuiltinOptions::CallOnceOptions, CreateCallOnceOptions(builder, called).Union());
    graphs.push_back(CreateSubGraph(builder, builder.CreateVector(&tensor, 1), builder.CreateVector(none), builder.CreateVector(none), builder.CreateVector(&call, 1)));
  }
  const auto code = CreateOperatorCode(builder, 127, 0, 1, BuiltinOperator::CALL_ONCE);
  const auto buffer = CreateBuffer(builder);
  builder.Finish(CreateModel(builder, tflite::schema_version, builder.CreateVector(&code, 1), builder.CreateVector(graphs), 0, builder.CreateVector(&buffer, 1)), ModelIdentifier());
  const auto* first = reinterpret_cast<const std::byte*>(builder.GetBufferPointer());
  return Bytes(first, first + builder.GetSize());
}

TEST_CASE("graphs that lead to themselves, to none, or too deep are refused, each with the operator that does") {
  struct Case { std::vector<std::int32_t> calls; const char* reason; };
  for (const Case& c : {Case{{0}, "subgraph 0 / operator 0 CALL_ONCE: it leads to subgraph 0, which it is a part of"},
                        Case{{1, 2, 1}, "subgraph 2 / operator 0 CALL_ONCE: it leads to subgraph 1, which it is a part of"},
                        Case{{7}, "subgraph 0 / operator 0 CALL_ONCE: it leads to subgraph 7, the file has 1"},
                        Case{{-1}, "subgraph 0 / operator 0 CALL_ONCE: it leads to subgraph -1, the file has 1"},
                        Case{{1, 2, 3, 4, 5, 6, 7, 8, 9, 0}, "subgraph 8 / operator 0 CALL_ONCE: graphs lead to graphs more than 8 deep"}}) {
    CAPTURE(c.reason);
    const auto model = load_model(file_of_calls(c.calls), "calls.tflite");
    CHECK(!model.has_value());
    if (!model) CHECK(to_text(model.error()).find(c.reason) != std::string::npos);
  }
}

}  // namespace
}  // namespace edgewise
