#include "core/mcu/runtime_size.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/graph_builder.h"

using namespace edgewise;
using namespace edgewise::mcu;

namespace {

Graph graph_with(std::vector<Op> ops) {
  test::GraphBuilder build;
  ValueId at = build.input(DType::int8, Shape{1, 4});
  for (Op& op : ops) at = build.node(std::move(op), {at}, DType::int8, Shape{1, 4});
  return build.graph(at);
}

std::uint64_t code(std::vector<Op> ops, std::string_view board, std::string_view library) {
  return runtime_size(graph_with(std::move(ops)), *find_board(board), *find_library(library)).code_bytes;
}

}  // namespace

TEST_CASE("the code of a model is within 3 % of the whole program that was linked for it") {
  const std::vector<Op> ad{FullyConnected{}};
  const std::vector<Op> kws{Conv2d{}, DepthwiseConv2d{}, AvgPool2d{}, Reshape{}, FullyConnected{}, Softmax{}};
  const std::vector<Op> ic{Conv2d{}, Add{}, AvgPool2d{}, Reshape{}, FullyConnected{}, Softmax{}};
  // linked_code_flash of TensorFlow Lite Micro 90b983c2 with the model's operators, arm-none-eabi-g++ 12.2 -Os (RISC-V: riscv64-unknown-elf-g++ 12.2 -Os)
  struct Case { std::string_view board, library; std::uint64_t ad, kws, ic; };
  for (const Case& c : {Case{"stm32l4r5", "tflm", 38840, 59868, 61976}, Case{"stm32l4r5", "cmsis-nn", 46356, 99652, 92984},
                        Case{"rp2040", "tflm", 47696, 69988, 71768}, Case{"himax-we2", "tflm", 35904, 57256, 59168}, Case{"esp32-c3", "tflm", 55452, 82348, 85140}}) {
    CAPTURE(c.board);
    CAPTURE(c.library);
    CHECK(static_cast<double>(code(ad, c.board, c.library)) == doctest::Approx(static_cast<double>(c.ad)).epsilon(0.03));
    CHECK(static_cast<double>(code(kws, c.board, c.library)) == doctest::Approx(static_cast<double>(c.kws)).epsilon(0.03));
    CHECK(static_cast<double>(code(ic, c.board, c.library)) == doctest::Approx(static_cast<double>(c.ic)).epsilon(0.03));
  }
}

TEST_CASE("an operator used twice costs its code once, and a second operator less than alone") {
  const std::uint64_t none = code({}, "stm32l4r5", "tflm"), conv = code({Conv2d{}}, "stm32l4r5", "tflm"), depthwise = code({DepthwiseConv2d{}}, "stm32l4r5", "tflm");
  CHECK(code({Conv2d{}, Conv2d{}}, "stm32l4r5", "tflm") == conv);
  CHECK(code({Conv2d{}, DepthwiseConv2d{}}, "stm32l4r5", "tflm") < conv + depthwise - none);
}

TEST_CASE("where another core or library was measured, the size says that it is the nearest") {
  const Graph graph = graph_with({Conv2d{}});
  CHECK_FALSE(runtime_size(graph, *find_board("stm32l4r5"), *find_library("cmsis-nn")).is_nearest);
  CHECK(runtime_size(graph, *find_board("stm32h743"), *find_library("cmsis-nn")).is_nearest);
  CHECK(runtime_size(graph, *find_board("stm32l4r5"), *find_library("x-cube-ai")).is_nearest);
  CHECK(runtime_size(graph, *find_board("esp32-s3"), *find_library("esp-nn")).is_nearest);
}
