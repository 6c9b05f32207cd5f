// ONNX files that lie: cut short, with lengths beyond their end, with figures beyond every limit. Each is refused or opened, never more.
#include <doctest/doctest.h>

#include "core/base/limits.h"
#include "core/formats/load.h"
#include "core/formats/onnx_read.h"
#include "core/run/run.h"
#include "tests/fuzz/targets.h"
#include "tests/support/onnx_bytes.h"

using namespace edgewise;
using test::OnnxBytes;
using test::ProtoBytes;
using onnx::schema::DataType;

namespace {

Bytes small_model() {
  OnnxBytes onnx;
  onnx.input("x", {1, 1, 5, 5}).constant("w", {2, 1, 3, 3}, std::vector<float>(18, 0.5f)).constant("b", {2}, {1, -1}).node("Conv", {"x", "w", "b"}, {"c"}, {{"pads", {1, 1, 1, 1}}});
  onnx.node("Relu", {"c"}, {"r"}).node("MaxPool", {"r"}, {"p"}, {{"kernel_shape", {2, 2}}, {"strides", {2, 2}}}).node("Flatten", {"p"}, {"f"});
  onnx.constant("d", {8, 3}, std::vector<float>(24, 0.25f)).node("MatMul", {"f", "d"}, {"m"}).node("Softmax", {"m"}, {"y"}).output("y", {1, 3});
  return onnx.file();
}

/// Opened or refused; when opened and whole, run.
void survive(const Bytes& file) {
  const auto model = load_model(file, "hostile.onnx");
  if (!model) {
    CHECK(!model.error().reason.empty());
    return;
  }
  if (auto runner = Runner::prepare(model->graph)) CHECK(runner->run().has_value());
}

}  // namespace

TEST_CASE("the model that is damaged below opens and runs") {
  const auto model = load_model(small_model(), "small.onnx");
  CHECK(model.has_value());
  if (model) CHECK(Runner::prepare(model->graph).has_value());
}

TEST_CASE("an ONNX file cut short anywhere is refused or still whole") {
  const Bytes whole = small_model();
  for (std::size_t length = 0; length < whole.size(); ++length) survive({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)});
}

TEST_CASE("an ONNX file with any byte changed is refused, or opens and runs") {
  const Bytes whole = small_model();
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (const std::byte change : {std::byte{0x80}, std::byte{0x7f}, std::byte{0x01}}) {
      Bytes damaged = whole;
      damaged[at] ^= change;
      survive(damaged);
    }
}

TEST_CASE("an ONNX file whose fields are changed, with every length around them put right, is refused, or opens and runs") {
  const Bytes whole = small_model();
  int opened = 0;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    CAPTURE(seed);
    Bytes changed = whole;
    changed.resize(2 * whole.size());
    changed.resize(fuzz::mutate_protobuf(changed, whole.size(), seed));
    survive(changed);
    opened += onnx::parse(changed).has_value();
  }
  CHECK(opened > 500);   // else the mutation breaks what it should reach
}

TEST_CASE("a length of four gigabytes in a small ONNX file is refused by its byte") {
  Bytes file;
  for (const int byte : {0x08, 0x08, 0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f}) file.push_back(static_cast<std::byte>(byte));   // ir_version 8, a graph of 2^32 - 1 bytes
  const auto model = load_model(file, "long.onnx");
  CHECK(!model.has_value());
  if (!model) CHECK(model.error().offset == 2);
}

TEST_CASE("figures beyond the limits are refused before memory is taken for them") {
  const auto refused = [](const OnnxBytes& onnx) {
    const auto model = load_model(onnx.file(), "large.onnx");
    if (!model) return true;
    return !Runner::prepare(model->graph).has_value();
  };
  CHECK(refused(OnnxBytes().input("x", {1 << 20, 1 << 20}).node("Relu", {"x"}, {"y"}).output("y", {1})));
  CHECK(refused(OnnxBytes().input("x", {1}).constant("s", {2}, std::vector<std::int64_t>{1 << 20, 1 << 20}, DataType::int64).node("Expand", {"x", "s"}, {"y"}).output("y", {1})));
  CHECK(refused(OnnxBytes().constant("s", {2}, std::vector<std::int64_t>{1 << 20, 1 << 20}, DataType::int64).node("ConstantOfShape", {"s"}, {"y"}).output("y", {1})));
  CHECK(refused(OnnxBytes().input("x", {1, 1, 4, 4}).node("MaxPool", {"x"}, {"y"}, {{"kernel_shape", {1 << 19, 1 << 19}}, {"pads", {1 << 19, 1 << 19, 1 << 19, 1 << 19}}}).output("y", {1})));
  // A name that nothing makes, a name made twice, contents that are not of the shape.
  CHECK(refused(OnnxBytes().input("x", {1}).node("Relu", {"z"}, {"y"}).output("y", {1})));
  CHECK(refused(OnnxBytes().input("x", {1}).node("Relu", {"x"}, {"y"}).node("Relu", {"x"}, {"y"}).output("y", {1})));
  CHECK(refused(OnnxBytes().input("x", {1}).constant("w", {7}, {1.0f}).node("Add", {"x", "w"}, {"y"}).output("y", {1})));
}

TEST_CASE("operands without elements are refused, or open and run, by every operator") {
  for (const char* op : {"Add", "And", "ArgMax", "AveragePool", "BatchNormalization", "Cast", "Clip", "Concat", "ConstantOfShape", "Conv", "ConvInteger", "ConvTranspose", "DepthToSpace",
                         "DequantizeLinear", "Dropout", "DynamicQuantizeLinear", "Expand", "Flatten", "Gather", "GatherElements", "Gelu", "Gemm", "GlobalMaxPool", "GRU",
                         "InstanceNormalization", "LSTM", "LayerNormalization", "LogSoftmax", "LpNormalization", "LRN", "MatMul", "MatMulInteger", "Max", "MaxPool", "Mod", "PRelu", "Pad",
                         "Pow", "QLinearMatMul", "QuantizeLinear", "RNN", "Range", "ReduceL2", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "Relu", "Reshape", "Resize", "Shape", "Size",
                         "Slice", "Softmax", "SpaceToDepth", "Split", "Squeeze", "Sum", "Tile", "TopK", "Transpose", "Unsqueeze", "Upsample", "Where"})
    for (const DataType type : {DataType::float32, DataType::int8, DataType::int64})
      for (const std::vector<std::int64_t>& shape : {std::vector<std::int64_t>{0}, {2, 0}, {0, 2}, {1, 0, 2, 2}, {1, 2, 0, 2}, {0, 1, 1}})
        for (const std::vector<std::string>& inputs : {std::vector<std::string>{"e", "x"}, {"x", "e"}, {"e", "e"}, {"e", "e", "e", "e", "e"}, {"x", "e", "e", "e"}, {"e", "x", "x", "x", "x"}}) {
          CAPTURE(op);
          OnnxBytes onnx;
          onnx.input("x", {1, 2, 2, 2}, type).constant("e", shape, std::vector<std::uint8_t>{}, type).node(op, inputs, {"y"}, {{"kernel_shape", {1, 1}}, {"blocksize", {1}, false}, {"hidden_size", {1}, false}}).output("y", {});
          survive(onnx.file());
        }
}

TEST_CASE("contents in another file are refused by name") {
  using namespace onnx::schema;
  ProtoBytes tensor, graph, model;
  tensor.integer(tensor::dims, 1).integer(tensor::data_type, 1).string(tensor::name, "outside").integer(tensor::data_location, 1);
  graph.message(graph::node, ProtoBytes().string(node::input, "outside").string(node::output, "y").string(node::op_type, "Relu")).message(graph::initializer, tensor);
  model.integer(model::ir_version, 8).message(model::graph, graph).message(model::opset_import, ProtoBytes().integer(opset::version, 13));
  const auto opened = load_model(model.content, "external.onnx");
  CHECK(!opened.has_value());
  if (!opened) CHECK(opened.error().where.find("outside") != std::string::npos);
}
