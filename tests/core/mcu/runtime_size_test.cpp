#include "core/mcu/runtime_size.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <utility>

#include "tests/support/graph_builder.h"
#include "tests/support/json_reader.h"

using namespace edgewise;
using namespace edgewise::mcu;

namespace {

Graph graph_with(std::vector<Op> ops) {
  test::GraphBuilder build;
  ValueId at = build.input(DType::int8, Shape{1, 4});
  for (Op& op : ops) at = build.node(std::move(op), {at}, DType::int8, Shape{1, 4});
  return build.graph(at);
}

/// "AVERAGE_POOL_2D" and "AveragePool2D" are both "averagepool2d"; "SignalRfft" is "rfft", as its registration is AddRfft.
std::string plain(std::string name) {
  if (name.starts_with("Signal")) name.erase(0, 6);
  std::erase(name, '_');
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name;
}

template <std::size_t... kinds>
std::map<std::string, Op> operators_by_registration(std::index_sequence<kinds...>) {
  std::map<std::string, Op> all;
  (all.emplace(plain(name_of(Op(std::variant_alternative_t<kinds, OpKinds>{}))), std::variant_alternative_t<kinds, OpKinds>{}), ...);
  return all;
}

std::uint64_t code(std::vector<Op> ops, std::string_view board, std::string_view library) {
  return runtime_size(graph_with(std::move(ops)), *find_board(board), *find_library(library)).code_bytes;
}

}  // namespace

TEST_CASE("the code is within 3 % on Arm and 10 % on RISC-V of every program that was linked: each operator alone, and five models") {
  const test::Json sizes = test::read_shared_json("mcu/tflm/codesize.json");
  if (sizes.is_null()) return;
  const std::map<std::string, Op> by_name = operators_by_registration(std::make_index_sequence<std::variant_size_v<OpKinds>>());
  struct Configuration { const char* name; std::string_view board, library; double limit; };
  for (const Configuration& c : {Configuration{"m4f_os", "stm32l4r5", "tflm", 0.03}, Configuration{"m4f_os_cmsis", "stm32l4r5", "cmsis-nn", 0.03}, Configuration{"m0p_os", "rp2040", "tflm", 0.03},
                                 Configuration{"m55_os", "himax-we2", "tflm", 0.03}, Configuration{"rv32", "esp32-c3", "tflm", 0.10}}) {
    CAPTURE(c.name);
    const test::Json& measured = sizes["configs"][c.name];
    const test::Json& none = measured["baseline_no_operator"];
    const double base = none["text"].number + none["data"].number;
    std::vector<double> errors;
    const auto compare = [&](const std::string& what, std::vector<Op> ops, double linked) {
      CAPTURE(what);
      const double error = static_cast<double>(code(std::move(ops), c.board, c.library)) / linked - 1;
      CHECK(std::fabs(error) <= c.limit);
      errors.push_back(std::fabs(error));
    };
    for (const auto& [registration, figures] : measured["ops"].object)
      if (const auto op = by_name.find(plain(registration.substr(3))); op != by_name.end()) compare(registration, {op->second}, base + figures["delta_flash"].number);
    const std::vector<Op> ad{FullyConnected{}}, kws{Conv2d{}, DepthwiseConv2d{}, AvgPool2d{}, Reshape{}, FullyConnected{}, Softmax{}}, ic{Conv2d{}, Add{}, AvgPool2d{}, Reshape{}, FullyConnected{}, Softmax{}},
        person{Conv2d{}, DepthwiseConv2d{}, AvgPool2d{}, Reshape{}, Softmax{}};
    struct Program { const char* name; const std::vector<Op>& ops; };
    for (const Program& p : {Program{"model_ad", ad}, Program{"model_kws", kws}, Program{"model_vww", kws}, Program{"model_ic", ic}, Program{"model_person", person}})
      compare(p.name, p.ops, measured["models"][p.name]["linked_code_flash"].number);
    REQUIRE(errors.size() > 115);
    std::sort(errors.begin(), errors.end());
    MESSAGE(std::string(c.name) << ": " << errors.size() << " programs, median " << 100 * errors[errors.size() / 2] << " %, worst " << 100 * errors.back() << " %");
  }
}

TEST_CASE("an operator whose code nobody measured is named, and one beyond the first 32 kinds counts as its own code") {
  const RuntimeSize size = runtime_size(graph_with({Conv2d{}, TopKV2{}, TopKV2{}}), *find_board("stm32l4r5"), *find_library("tflm"));
  CHECK(size.unmeasured == std::vector<std::string>{name_of(Op(TopKV2{}))});
  CHECK(size.code_bytes == code({Conv2d{}}, "stm32l4r5", "tflm"));
  CHECK(code({Svdf{}}, "stm32l4r5", "tflm") > code({}, "stm32l4r5", "tflm") + 5000);   // delta_flash of AddSvdf: 11,112 bytes
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
