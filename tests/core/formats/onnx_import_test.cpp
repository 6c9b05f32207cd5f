// What becomes of ONNX's nodes: axes in our order, transposes gone, what belongs together in one operator.
#include <doctest/doctest.h>

#include <string>

#include "core/formats/load.h"
#include "core/graph/check.h"
#include "core/run/run.h"
#include "tests/support/onnx_bytes.h"

using namespace edgewise;
using test::OnnxBytes;
using onnx::schema::DataType;

namespace {

/// The operators' names in order, one space between.
std::string operators_of(const Bytes& file, std::span<const Tensor> given = {}) {
  const auto model = load_model(file, "test.onnx", given);
  if (!model) return to_text(model.error());
  std::string names;
  for (const Node& node : model->graph->nodes) names += (names.empty() ? "" : " ") + name_of(node.op);
  return names;
}

std::vector<float> run(const Bytes& file, const std::vector<float>& input) {
  const auto model = load_model(file, "test.onnx");
  if (!model) return {};
  auto runner = Runner::prepare(model->graph);
  if (!runner) {
    MESSAGE(to_text(runner.error()));
    return {};
  }
  runner->set_input(0, input);
  if (auto ok = runner->run(); !ok) return {};
  std::vector<float> output(static_cast<std::size_t>(runner->output(0).shape.elements()));
  runner->output_reals(0, output);
  return output;
}

const std::vector<float> weights_2x3x1x1 = {1, 0, 0, 0, 1, 1};   // [O=2, I=3]: channel 0, and channels 1 + 2

}  // namespace

TEST_CASE("a convolution of an image that is transposed to channels first and back makes no transposes") {
  OnnxBytes onnx;
  onnx.input("x", {1, 4, 5, 3}).constant("w", {2, 3, 1, 1}, weights_2x3x1x1).node("Transpose", {"x"}, {"t"}, {{"perm", {0, 3, 1, 2}}});
  onnx.node("Conv", {"t", "w"}, {"c"}).node("Relu", {"c"}, {"r"}).node("Transpose", {"r"}, {"y"}, {{"perm", {0, 2, 3, 1}}}).output("y", {1, 4, 5, 2});
  CHECK(operators_of(onnx.file()) == "CONV_2D");
}

TEST_CASE("an image with channels first is transposed once, whatever elementwise operators follow") {
  OnnxBytes onnx;
  onnx.input("x", {1, 3, 2, 2}).constant("w", {2, 3, 1, 1}, weights_2x3x1x1).constant("b", {2, 1, 1}, {10, 20});
  onnx.node("Conv", {"x", "w"}, {"c"}).node("Sigmoid", {"c"}, {"s"}).node("Add", {"s", "b"}, {"a"}).node("GlobalAveragePool", {"a"}, {"y"}).output("y", {1, 2, 1, 1});
  CHECK(operators_of(onnx.file()) == "TRANSPOSE CONV_2D LOGISTIC ADD MEAN RESHAPE");
}

TEST_CASE("weights behind a flattened image are reordered instead of the image") {
  OnnxBytes onnx;
  onnx.input("x", {1, 2, 2, 3}).constant("w", {2, 3, 1, 1}, weights_2x3x1x1).node("Transpose", {"x"}, {"t"}, {{"perm", {0, 3, 1, 2}}}).node("Conv", {"t", "w"}, {"c"});
  onnx.node("Flatten", {"c"}, {"f"}).constant("d", {8, 1}, {1, 2, 3, 4, 10, 20, 30, 40}).node("MatMul", {"f", "d"}, {"y"}).output("y", {1, 1});
  CHECK(operators_of(onnx.file()) == "CONV_2D RESHAPE FULLY_CONNECTED");
  // Pixels (1,0,0) (0,1,0) (0,0,1) (2,0,0): channel 0 is 1 0 0 2, channel 1 is 0 1 1 0; 1*1 + 2*4 + 1*20 + 1*30 = 59
  const auto y = run(onnx.file(), {1, 0, 0, 0, 1, 0, 0, 0, 1, 2, 0, 0});
  CHECK(y == std::vector<float>{59});
}

TEST_CASE("padding that SAME would give is SAME, other padding stands by itself") {
  const auto conv = [](std::vector<std::int64_t> pads, std::int64_t extent, std::int64_t stride) {
    OnnxBytes onnx;
    onnx.input("x", {1, 1, extent, extent}).constant("w", {1, 1, 3, 3}, std::vector<float>(9, 1)).node("Conv", {"x", "w"}, {"y"}, {{"pads", std::move(pads)}, {"strides", {stride, stride}}}).output("y", {});
    return operators_of(onnx.file());
  };
  CHECK(conv({1, 1, 1, 1}, 5, 1) == "RESHAPE CONV_2D RESHAPE");      // one channel: nothing moves
  CHECK(conv({0, 0, 1, 1}, 4, 2) == "RESHAPE CONV_2D RESHAPE");      // SAME puts an odd one behind
  CHECK(conv({1, 1, 1, 1}, 4, 2) == "RESHAPE PAD CONV_2D RESHAPE");  // PyTorch's stride of two over an even extent
  CHECK(conv({0, 0, 0, 0}, 5, 1) == "RESHAPE CONV_2D RESHAPE");
}

TEST_CASE("batch normalization becomes part of the layer before it") {
  OnnxBytes onnx;
  onnx.input("x", {1, 2}).constant("w", {1, 2}, {1, 2}).constant("b", {1}, {3}).node("Gemm", {"x", "w", "b"}, {"g"}, {{"transB", {1}, false}});
  onnx.constant("s", {1}, {2}).constant("o", {1}, {5}).constant("m", {1}, {1}).constant("v", {1}, {4}).node("BatchNormalization", {"g", "s", "o", "m", "v"}, {"y"}).output("y", {1, 1});
  CHECK(operators_of(onnx.file()) == "FULLY_CONNECTED");
  // (1*1 + 2*1 + 3 - 1) / sqrt(4 + 1e-5) * 2 + 5 = 10
  const auto y = run(onnx.file(), {1, 1});
  CHECK(y.size() == 1);
  if (y.size() == 1) CHECK(y[0] == doctest::Approx(10.0f).epsilon(1e-5));
}

TEST_CASE("what is folded into a layer may stand behind it in the file") {
  OnnxBytes onnx;
  onnx.input("x", {1, 2}).constant("w", {1, 2}, {1, 2}).node("Gemm", {"x", "w"}, {"g"}, {{"transB", {1}, false}});
  onnx.node("Constant", {}, {"low"}, {{"value_float", {}, false, {0.0f}}}).node("Constant", {}, {"high"}, {{"value_float", {}, false, {6.0f}}}).node("Clip", {"g", "low", "high"}, {"y"}).output("y", {1, 1});
  CHECK(operators_of(onnx.file()) == "FULLY_CONNECTED");
  CHECK(run(onnx.file(), {1, 2}) == std::vector<float>{5});
  CHECK(run(onnx.file(), {3, 2}) == std::vector<float>{6});
}

TEST_CASE("a tensor without elements is known when the file is loaded") {
  OnnxBytes onnx;
  onnx.input("x", {2, 0, 3}).node("ReduceSum", {"x"}, {"s"}, {{"axes", {1}}}).output("s", {2, 1, 3});
  CHECK(operators_of(onnx.file()) == "RESHAPE");
  CHECK(run(onnx.file(), {}) == std::vector<float>{0, 0, 0, 0, 0, 0});
  OnnxBytes other;
  other.input("x", {0, 3}).constant("shape", {2}, std::vector<std::int64_t>{3, 0}, DataType::int64).node("Reshape", {"x", "shape"}, {"y"}, {{"allowzero", {1}, false}}).output("y", {3, 0});
  CHECK(run(other.file(), {}).empty());
  CHECK(load_model(other.file(), "test.onnx").has_value());
}

TEST_CASE("shapes that are computed from shapes are worked out when the file is loaded") {
  OnnxBytes onnx;
  onnx.input("x", {2, 3, 4}).node("Shape", {"x"}, {"s"}).constant("i", {}, std::vector<std::int64_t>{0}, DataType::int64).node("Gather", {"s", "i"}, {"n"});
  onnx.constant("z", {1}, std::vector<std::int64_t>{0}, DataType::int64).node("Unsqueeze", {"n", "z"}, {"u"}).constant("m", {1}, std::vector<std::int64_t>{-1}, DataType::int64);
  onnx.node("Concat", {"u", "m"}, {"shape"}, {{"axis", {0}, false}}).node("Reshape", {"x", "shape"}, {"y"}).output("y", {2, 12});
  CHECK(operators_of(onnx.file()) == "RESHAPE");
}

TEST_CASE("dequantized operands of a layer that is quantized again are an integer layer that rounds as ONNX does") {
  OnnxBytes onnx;
  onnx.input("x", {1, 2}).constant("s", {}, {1.0f}).constant("z", {}, std::vector<std::uint8_t>{128}, DataType::uint8).node("QuantizeLinear", {"x", "s", "z"}, {"q"}).node("DequantizeLinear", {"q", "s", "z"}, {"d"});
  onnx.constant("w", {2, 1}, std::vector<std::int8_t>{1, 1}, DataType::int8).constant("ws", {}, {0.5f}).constant("wz", {}, std::vector<std::int8_t>{0}, DataType::int8).node("DequantizeLinear", {"w", "ws", "wz"}, {"wd"});
  onnx.node("MatMul", {"d", "wd"}, {"m"}).node("Relu", {"m"}, {"r"}).node("QuantizeLinear", {"r", "s", "z"}, {"yq"}).node("DequantizeLinear", {"yq", "s", "z"}, {"y"}).output("y", {1, 1});
  CHECK(operators_of(onnx.file()) == "QUANTIZE FULLY_CONNECTED DEQUANTIZE");
  CHECK(run(onnx.file(), {1, 4}) == std::vector<float>{2});     // 2.5 rounds to even, not away from zero
  CHECK(run(onnx.file(), {-1, -4}) == std::vector<float>{0});
}

TEST_CASE("an input that decides a shape is taken from the arrays given with the file") {
  OnnxBytes onnx;
  onnx.input("x", {2, 3}).input("shape", {2}, DataType::int64).node("Reshape", {"x", "shape"}, {"y"}).output("y", {3, 2});
  const auto alone = load_model(onnx.file(), "test.onnx");
  CHECK(alone.has_value());   // it can be looked at
  if (alone) CHECK(unsupported(*alone->graph).size() == 1);
  const std::vector given{Tensor::of(DType::float32, {2, 3}), Tensor::from<std::int64_t>({2}, std::vector<std::int64_t>{3, 2})};
  CHECK(operators_of(onnx.file(), given) == "RESHAPE");
}

TEST_CASE("an operator we lack leaves a file that can be looked at, and says which it is and why") {
  OnnxBytes onnx;
  onnx.input("x", {1, 3, 8, 8}).node("NonMaxSuppression", {"x"}, {"n"}).node("Relu", {"n"}, {"y"}).output("y", {1, 3, 8, 8});
  const auto model = load_model(onnx.file(), "test.onnx");
  CHECK(model.has_value());
  if (!model) return;
  const auto lacking = unsupported(*model->graph);
  CHECK(lacking.size() == 2);
  if (!lacking.empty()) CHECK(lacking.front().reason.find("NonMaxSuppression") != std::string::npos);
}

TEST_CASE("a transposed convolution that TensorFlow Lite has is its own, another is computed in general") {
  const auto conv = [](std::vector<OnnxBytes::Attribute> attributes) {
    OnnxBytes onnx;
    onnx.input("x", {1, 2, 2, 1}).constant("w", {1, 1, 2, 2}, {1, 2, 3, 4}).node("Transpose", {"x"}, {"t"}, {{"perm", {0, 3, 1, 2}}});
    onnx.node("ConvTranspose", {"t", "w"}, {"y"}, std::move(attributes)).output("y", {});
    return onnx.file();
  };
  const Bytes plain = conv({{"strides", {2, 2}}});
  CHECK(operators_of(plain) == "TRANSPOSE_CONV RESHAPE");
  // Each element spreads over its own 2x2 of the output: 1 and 2 above, 0 and 1 below.
  CHECK(run(plain, {1, 2, 0, 1}) == std::vector<float>{1, 2, 2, 4, 3, 4, 6, 8, 0, 0, 1, 2, 0, 0, 3, 4});
  const Bytes dilated = conv({{"dilations", {2, 2}}});
  CHECK(operators_of(dilated) == "RESHAPE CONV_ND RESHAPE");
  CHECK(run(dilated, {1, 0, 0, 0}) == std::vector<float>{1, 0, 2, 0, 0, 0, 0, 0, 3, 0, 4, 0, 0, 0, 0, 0});
}

TEST_CASE("weights of four bits are unpacked, the low half of a byte first") {
  OnnxBytes onnx;
  // 1 -2 7: 0x1, 0xe, 0x7
  onnx.input("x", {1, 3}).constant("w", {3, 1}, std::vector<std::uint8_t>{0xe1, 0x07}, DataType::int4).constant("s", {}, {0.5f}).node("DequantizeLinear", {"w", "s"}, {"d"});
  onnx.node("MatMul", {"x", "d"}, {"y"}).output("y", {1, 1});
  CHECK(operators_of(onnx.file()) == "FULLY_CONNECTED");
  CHECK(run(onnx.file(), {1, 1, 1}) == std::vector<float>{3});
  CHECK(run(onnx.file(), {0, 1, 0}) == std::vector<float>{-1});
}

TEST_CASE("weights of a type we lack are named in the reason") {
  OnnxBytes onnx;
  onnx.input("x", {1, 1}).constant("w", {1, 1}, std::vector<std::uint16_t>{0x3f80}, DataType::bfloat16).node("MatMul", {"x", "w"}, {"y"}).output("y", {1, 1});
  const auto model = load_model(onnx.file(), "test.onnx");
  CHECK(model.has_value());
  if (!model) return;
  const auto lacking = unsupported(*model->graph);
  CHECK(lacking.size() == 1);
  if (!lacking.empty()) CHECK(lacking.front().reason.find("'w' is bfloat16") != std::string::npos);
}
