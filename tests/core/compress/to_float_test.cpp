#include <doctest/doctest.h>

#include <cmath>

#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/formats/tflite.h"
#include "core/run/run.h"
#include "tests/support/graph_builder.h"

namespace edgewise {
namespace {

using test::grid;

std::string ops_of(const Graph& graph) {
  std::string out;
  for (const Node& node : graph.nodes) out += text(out.empty() ? "" : " ", name_of(node.op));
  return out;
}

TEST_CASE("float files: RELU and RELU6 become part of the operator that alone feeds them") {
  test::GraphBuilder b;
  const ValueId x = b.input(DType::float32, {1, 2});
  const ValueId w = b.constant<float>({2, 2}, {1, 2, 3, 4}), bias = b.constant<float>({2}, {0, 0});
  const ValueId dense = b.node(FullyConnected{}, {x, w, bias}, DType::float32, {1, 2});
  const ValueId relu = b.node(Relu{}, {dense}, DType::float32, {1, 2});
  const ValueId sum = b.node(Add{}, {relu, x}, DType::float32, {1, 2});
  const ValueId cut = b.node(Relu6{}, {sum}, DType::float32, {1, 2});
  const ValueId y = b.node(Add{}, {cut, sum}, DType::float32, {1, 2});  // also reads what RELU6 reads: RELU6 must stay
  const auto made = to_float(std::make_shared<const Graph>(b.graph(y)));
  REQUIRE(made.has_value());
  CHECK(ops_of(**made) == "FULLY_CONNECTED ADD RELU6 ADD");
  CHECK(std::get<FullyConnected>((*made)->nodes[0].op).activation == Activation::relu);
  CHECK((*made)->values.size() == 7);  // the value between dense and RELU is gone
}

TEST_CASE("float16 weights behind a DEQUANTIZE become float weights") {
  test::GraphBuilder b;
  const ValueId x = b.input(DType::float32, {1, 3});
  const ValueId half = b.constant<std::int16_t>({1, 3}, {0x3c00, static_cast<std::int16_t>(0xc100), 0x0001});  // 1, -2.5, 2^-24
  b.value(half).type = DType::float16;
  const ValueId w = b.node(Dequantize{}, {half}, DType::float32, {1, 3});
  const ValueId y = b.node(FullyConnected{}, {x, w, no_value}, DType::float32, {1, 1});
  const auto made = to_float(std::make_shared<const Graph>(b.graph(y)));
  REQUIRE(made.has_value());
  CHECK(ops_of(**made) == "FULLY_CONNECTED");
  REQUIRE(layers_of(**made).size() == 1);
  const auto weights = (*made)->input((*made)->nodes[0], 1)->view().as<float>();
  CHECK(weights[0] == 1.0f);
  CHECK(weights[1] == -2.5f);
  CHECK(weights[2] == 0x1p-24f);
}

/// A dense layer as an integer file has it; the bias needs all of 32 bits and a weight is -128, which no float can carry through alone.
Graph integer_dense() {
  test::GraphBuilder b;
  const ValueId x = b.input(DType::float32, {1, 2});
  const ValueId q = b.node(Quantize{}, {x}, DType::int8, {1, 2}, grid(0.5f, 3));
  const ValueId w = b.constant<std::int8_t>({2, 2}, {-128, 127, 5, -7}, grid(0.1f, 0));
  const ValueId bias = b.constant<std::int32_t>({2}, {1073741825, -16777217}, grid(0.05f, 0));
  const ValueId dense = b.node(FullyConnected{Activation::relu, false}, {q, w, bias}, DType::int8, {1, 2}, grid(1e6f, -20));
  const ValueId y = b.node(Dequantize{}, {dense}, DType::float32, {1, 2});
  return b.graph(y);
}

TEST_CASE("what a grid that begins at 0 cuts off is cut off among floats too") {
  struct Case { float scale; std::int32_t zero_point; Activation wanted; };
  for (const Case& c : {Case{0.1f, -128, Activation::relu}, Case{6.0f / 255, -128, Activation::relu6}, Case{0.1f, -127, Activation::none}}) {
    test::GraphBuilder b;
    const ValueId x = b.input(DType::int8, {1, 2}, grid(0.5f, 3));
    const ValueId w = b.constant<std::int8_t>({2, 2}, {1, 2, -3, -4}, grid(0.1f, 0));
    const auto made = to_float(std::make_shared<const Graph>(b.graph(b.node(FullyConnected{}, {x, w, no_value}, DType::int8, {1, 2}, grid(c.scale, c.zero_point)))));
    REQUIRE(made.has_value());
    CHECK(std::get<FullyConnected>((*made)->nodes[0].op).activation == c.wanted);
  }
}

TEST_CASE("an integer input without a grid has that of the operator it reaches through a change of shape") {
  test::GraphBuilder b;
  const ValueId x = b.input(DType::uint8, {2});
  const ValueId row = b.node(Reshape{}, {x, b.integers({1, 2})}, DType::uint8, {1, 2}, grid(0.5f, 130));
  const ValueId w = b.constant<std::uint8_t>({1, 2}, {3, 1}, grid(1.0f, 1));
  const auto made = to_float(std::make_shared<const Graph>(b.graph(b.node(FullyConnected{}, {row, w, no_value}, DType::uint8, {1, 1}, grid(0.5f, 7)))));
  REQUIRE(made.has_value());
  const Value& input = (*made)->value((*made)->inputs.front());
  CHECK(input.type == DType::float32);
  CHECK(input.grid.scale == std::vector{0.5f});
  CHECK(input.grid.zero_point == std::vector{130 - 128});   // unsigned codes are signed ones here
}

TEST_CASE("integer files: conversions go, grids stay, and w8a8 gives back every integer, also those a float cannot hold") {
  const auto file = std::make_shared<const Graph>(integer_dense());
  const auto floats = to_float(file);
  REQUIRE(floats.has_value());
  CHECK(ops_of(**floats) == "FULLY_CONNECTED");
  const Graph& f = **floats;
  CHECK(f.value(f.inputs[0]).type == DType::float32);
  CHECK(f.value(f.inputs[0]).grid == grid(0.5f, 3));
  CHECK(f.value(f.outputs[0]).grid == grid(1e6f, -20));
  CHECK(f.input(f.nodes[0], 1)->view().as<float>()[0] == dequantize(-128, 0.1f, 0));
  const auto again = compress(*floats, Ranges{}, Recipe{});
  CHECK_MESSAGE(again.has_value(), (again ? std::string() : to_text(again.error())));
  REQUIRE(again.has_value());
  const Node &ours = (*again)->nodes[0], &theirs = file->nodes[1];
  CHECK(*(*again)->input(ours, 1)->data == *file->input(theirs, 1)->data);
  CHECK(*(*again)->input(ours, 2)->data == *file->input(theirs, 2)->data);
  CHECK((*again)->value((*again)->inputs[0]).type == DType::int8);
  CHECK((*again)->output(ours).grid == grid(1e6f, -20));
  // Pruned, the file's scales and bias still hold.
  const auto pruned = compress(*floats, Ranges{}, *parse_recipe("w8a8s0.5"));
  REQUIRE(pruned.has_value());
  const auto codes = (*pruned)->input((*pruned)->nodes[0], 1)->view().as<std::int8_t>();
  CHECK(std::vector<std::int8_t>(codes.begin(), codes.end()) == std::vector<std::int8_t>{-128, 127, 0, 0});
  CHECK(*(*pruned)->input((*pruned)->nodes[0], 2)->data == *file->input(theirs, 2)->data);
}

TEST_CASE("unsigned codes become signed ones that mean the same reals") {
  test::GraphBuilder b;
  const ValueId x = b.input(DType::uint8, {1, 2}, grid(0.5f, 100));
  const ValueId w = b.constant<std::int8_t>({1, 2}, {0, -1}, grid(0.25f, 127));  // as uint8: 0 and 255
  b.value(w).type = DType::uint8;
  const ValueId y = b.node(FullyConnected{}, {x, w, no_value}, DType::uint8, {1, 1}, grid(2.0f, 0));
  const auto floats = to_float(std::make_shared<const Graph>(b.graph(y)));
  REQUIRE(floats.has_value());
  const Graph& f = **floats;
  CHECK(f.value(f.inputs[0]).grid == grid(0.5f, -28));
  const auto weights = f.input(f.nodes[0], 1)->view().as<float>();
  CHECK(weights[0] == 0.25f * -127);
  CHECK(weights[1] == 0.25f * 128);
  // w8a8 makes a file of them that TensorFlow Lite's int8 kernels run: symmetric, the largest weight at 127. Asked for asymmetric ones, it gives back the file's own.
  const auto modern = compress(*floats, Ranges{}, Recipe{}), as_stored = compress(*floats, Ranges{}, *parse_recipe("w8a8;wz=asym;g=tensor"));
  REQUIRE(modern.has_value());
  REQUIRE(as_stored.has_value());
  const auto weights_of = [](const Graph& graph) { return graph.input(graph.nodes[0], 1); };
  CHECK(weights_of(**modern)->grid.zero_point == std::vector{0});
  CHECK(weights_of(**modern)->view().as<std::int8_t>()[1] == 127);
  CHECK(tflite::write(**modern).has_value());
  CHECK(weights_of(**as_stored)->grid.zero_point == std::vector{127 - 128});
  CHECK(weights_of(**as_stored)->view().as<std::int8_t>()[0] == -128);
  CHECK(weights_of(**as_stored)->view().as<std::int8_t>()[1] == 127);
}

TEST_CASE("a concatenation whose inputs the file requantized gets those QUANTIZE back") {
  test::GraphBuilder b;
  const ValueId x = b.input(DType::int8, {1, 2}, grid(0.5f, 0));
  const ValueId t = b.node(Tanh{}, {x}, DType::int8, {1, 2}, grid(1.0f / 128, 0));
  const ValueId q = b.node(Quantize{}, {t}, DType::int8, {1, 2}, grid(0.5f, 0));
  const ValueId y = b.node(Concatenation{1, Activation::none}, {x, q}, DType::int8, {1, 4}, grid(0.5f, 0));
  const auto file = std::make_shared<const Graph>(b.graph(y));
  const auto floats = to_float(file);
  REQUIRE(floats.has_value());
  CHECK(ops_of(**floats) == "TANH CONCATENATION");
  const auto again = compress(*floats, Ranges{}, Recipe{});
  REQUIRE(again.has_value());
  CHECK(ops_of(**again) == "TANH QUANTIZE CONCATENATION");
  auto a = Runner::prepare(*again), c = Runner::prepare(file);
  REQUIRE(a.has_value());
  REQUIRE(c.has_value());
  for (int code = -128; code < 128; code += 5) {
    for (Runner* runner : {&*a, &*c}) {
      runner->input(0)[0] = static_cast<std::byte>(code);
      runner->input(0)[1] = static_cast<std::byte>(-code);
      runner->run();
    }
    CHECK(std::ranges::equal(a->output(0).bytes, c->output(0).bytes));
  }
}

}  // namespace
}  // namespace edgewise
