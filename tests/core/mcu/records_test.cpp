#include "core/mcu/records.h"

#include <doctest/doctest.h>

#include "core/base/text.h"

using namespace edgewise;
using namespace edgewise::mcu;

namespace {

Record record_of(std::string_view row) {
  const Result<JsonValue> json = read_json(std::string("[") + std::string(row) + "]");
  REQUIRE(json.has_value());
  if (!json) return {};
  const auto records = read_records(*json, {{"kws", {dense_work(10, 10)}}});
  REQUIRE(records.has_value());
  return records ? records->front() : Record{};
}

}  // namespace

TEST_CASE("libraries are known by the many names that publications give them") {
  struct Case { std::string_view stack, version, id, canonical; };
  for (const Case& c : {Case{"X-CUBE-AI", "7.1.0", "x-cube-ai", "7.1"}, Case{"X-CUBE-AI", "9.0", "x-cube-ai", "9.0"},
                        Case{"TFLM+CMSIS-NN", "TFLM 2.3.1, mbed-os, CMSIS-NN kernels", "cmsis-nn", "TFLM 2.3.1"}, Case{"CMSIS-NN extended", "2019-03", "cmsis-nn", "2019-03"},
                        Case{"ONNC+CMSIS-NN", "ONNC on CMSIS_5 b966796 (legacy q7 kernels), Zephyr", "onnc", "ONNC on CMSIS_5 b966796"},
                        Case{"Bosch-HALE", "HALE 1.0.175 (min_ram variant)", "hale", "HALE 1.0.175 (min_ram variant)"}, Case{"TFLM reference kernels", "", "tflm", ""},
                        Case{"microTVM-native", "TVM e3a6cb6a, Zephyr 2.7.3", "microtvm", "TVM e3a6cb6a"}, Case{"Something New", "1", "something new", "1"},
                        Case{"TFLM + CMSIS-NN", "TFLM + CMSIS-NN", "cmsis-nn", "TFLM + CMSIS-NN"}, Case{"TensorFlow Lite Micro", "", "tflm", ""}, Case{"X-CUBE-AI", "v10.2.0", "x-cube-ai", "10.2"},
                        // ST's versions.json: core 2.2.0 brings 10.2.0 to STM32, 4.0.1 brings 12.0.1
                        Case{"ST Edge AI Core", "2.2.0", "x-cube-ai", "10.2"}, Case{"ST-EdgeAI", "4.0.1", "x-cube-ai", "12.0"}, Case{"ST Edge AI", "9.0", "x-cube-ai", "9.0"}}) {
    CAPTURE(c.stack);
    const LibraryName name = library_named(c.stack, c.version);
    CHECK(name.id == c.id);
    CHECK(name.version == c.canonical);
  }
}

TEST_CASE("chips are one where they differ in memory or package only") {
  CHECK(chip_named("STM32L4R5ZI").chip == "STM32L4R5");
  CHECK(chip_named("STM32L4R5ZI").family == "STM32L4");
  CHECK(chip_named("RaspberryPi RP2040").chip == "RP2040");
  CHECK(chip_named("CY8C624ABZI").chip == "PSoC 62");
  CHECK(chip_named("nRF5340").family.empty());
}

TEST_CASE("chips that keep their flash in RAM, and Teensy 4, run without wait states; STM32, RP2040 and another board with the same i.MX RT do not") {
  CHECK(runs_without_waits("AT32F403A", "AT32F403A"));
  CHECK(runs_without_waits("GD32F303", ""));
  CHECK(runs_without_waits("i.MX RT1062", "Teensy 4.0"));
  CHECK_FALSE(runs_without_waits("i.MX RT1062", "MIMXRT1060-EVK"));
  CHECK_FALSE(runs_without_waits("STM32F411", "NUCLEO-F411RE"));
  CHECK_FALSE(runs_without_waits("RP2040", "Raspberry Pi Pico"));
}

TEST_CASE("one record in many spellings is one measurement") {
  const auto measured = [](std::string_view fields) {
    return record_of(text(R"({"id":"x","soc":"A","clock_mhz":100,"latency_ms":1,)", fields, "}"));
  };
  const Record usual = measured(R"("task":"kws","core_class":"cortex-m4","stack":"X-CUBE-AI","stack_version":"10.2.0","dtype":"int8")");
  for (const char* fields : {R"("task":"KWS","core_class":"Cortex-M4F","stack":"X-CUBE-AI","stack_version":10.2,"dtype":"INT8")",
                             R"("task":"kws","core_class":"cortex-m4f","stack":"STM32Cube.AI","stack_version":"v10.2","dtype":"int8")"}) {
    CAPTURE(fields);
    const Record other = measured(fields);
    CHECK(other.refusal.empty());
    CHECK(other.measurement.core == usual.measurement.core);
    CHECK(other.measurement.library == usual.measurement.library);
    CHECK(other.measurement.version == usual.measurement.version);
    CHECK(other.measurement.is_known_network);
  }
}

TEST_CASE("what nobody measured on such a chip is refused: external memory, a core without its DSP instructions, 16-bit activations; RP2350 runs from outside as it was measured") {
  const auto refusal = [](std::string_view fields) {
    return record_of(text(R"({"id":"x","task":"kws","core":"C","stack":"TFLM+CMSIS-NN","clock_mhz":100,"latency_ms":1,)", fields, "}")).refusal;
  };
  CHECK(refusal(R"("soc":"STM32F767","core_class":"cortex-m7","dtype":"int8","memory_placement":"internal flash")").empty());
  CHECK(refusal(R"("soc":"STM32F767","core_class":"cortex-m7","dtype":"int8","memory_placement":"model in external SDRAM")").starts_with("the model lies in external memory"));
  CHECK(refusal(R"("soc":"RP2350","core_class":"cortex-m33","dtype":"int8","memory_placement":"external QSPI flash, XIP")").empty());
  CHECK(refusal(R"("soc":"A","core_class":"cortex-m33","dtype":"int8","isa":"Armv8-M, no DSP")") == "nobody measured this core without its DSP instructions");
  CHECK(refusal(R"("soc":"A","core_class":"cortex-m4","dtype":"int8 weights, int16 activations")") == "neither int8 nor float32");
}

TEST_CASE("a layer is read from the words of four publications") {
  struct Case { std::string_view op, shape; double macs; Unit unit; double outputs; };
  for (const Case& c : {Case{"conv1x1", "CONV_2D in [1, 48, 48, 8] w [16, 1, 1, 8] out [1, 48, 48, 16] stride [1, 1]", 294912, Unit::pointwise, 36864},
                        Case{"conv", "in 160x160x3, k3, stride 2, out 80x80x8", 1382400, Unit::convolution, 51200},
                        Case{"conv1x1", "in 10x10x64, filter 64x1x1x64, pad 0, stride 1", 409600, Unit::pointwise, 6400}, Case{"fc", "576 -> 35", 20160, Unit::dense, 35},
                        Case{"fc", "fully_connected in 1x640,128x640,128 out 1x128 Activation:relu", 81920, Unit::dense, 128},
                        Case{"depthwise", "in 12x12x4, 5x5, mult 8, pad 1, stride 1 (out 10x10x32)", 80000, Unit::depthwise, 3200}}) {
    CAPTURE(c.shape);
    const Record r = record_of(text(R"({"id":"x","kind":"layer","core_class":"cortex-m4","soc":"A","clock_mhz":100,"runtime":"X-CUBE-AI","dtype":"int8","cycles":1000,"op":")", c.op,
                                    R"(","shape":")", c.shape, R"(","macs":)", c.macs, "}"));
    CHECK(r.refusal.empty());
    REQUIRE(r.measurement.layers.size() == 1);
    if (r.measurement.layers.size() != 1) continue;
    const Work& work = r.measurement.layers[0];
    CHECK(work[c.unit] == c.macs);
    CHECK(work[c.unit == Unit::depthwise ? Unit::depthwise_output : c.unit == Unit::dense ? Unit::dense_output : Unit::convolution_output] == c.outputs);
  }
}

TEST_CASE("what cannot be predicted says why") {
  struct Case { std::string_view fields, why; };
  for (const Case& c : {Case{R"("core_class":"npu","dtype":"int8","clock_mhz":1,"latency_ms":1)", "no model of this kind"}, Case{R"("dtype":"int8","clock_mhz":1,"latency_ms":1)", "the core is not named"},
                        Case{R"("core_class":"cortex-m4","dtype":"fp16","clock_mhz":1,"latency_ms":1)", "neither int8 nor float32"},
                        Case{R"("core_class":"cortex-m4","dtype":"int8","latency_ms":1)", "the clock is not stated"}, Case{R"("core_class":"cortex-m4","dtype":"int8","clock_mhz":1)", "no latency"},
                        Case{R"("core_class":"cortex-m4","dtype":"int8","clock_mhz":1,"latency_ms":1,"measured":"estimated")", "a simulation or an estimate"}}) {
    CAPTURE(c.fields);
    CHECK(record_of(text(R"({"id":"x","task":"kws","soc":"A","stack":"X-CUBE-AI",)", c.fields, "}")).refusal.find(c.why) != std::string::npos);
  }
}

TEST_CASE("a core of a known class is refused where any field of the record names an NPU beside it") {
  const auto refusal = [](std::string_view fields) {
    return record_of(text(R"({"id":"x","task":"kws","core_class":"cortex-m7","clock_mhz":100,"dtype":"int8","latency_ms":1,)", fields, "}")).refusal;
  };
  CHECK(refusal(R"("soc":"A","stack":"TFLM+CMSIS-NN")").empty());
  for (const char* fields : {R"("soc":"A","stack":"TFLM + Vela")", R"("soc":"Alif E7, Ethos-U55","stack":"TFLM+CMSIS-NN")", R"("soc":"A","stack":"X-CUBE-AI","accelerator":"ST Neural-ART")",
                             R"("soc":"A","core":"Cortex-M55 + Ethos-U55","stack":"TFLM")", R"("soc":"A","isa":"Armv8.1-M; Ethos-U65","stack":"TFLM")"}) {
    CAPTURE(fields);
    CHECK(refusal(fields).starts_with("no model of this kind of processor"));
  }
}

TEST_CASE("a layer whose size nobody states is refused, not taken for one element; a kernel called by itself has no interpreter about it, a layer has") {
  const auto layer = [](std::string_view kind, std::string_view shape) {
    return record_of(text(R"({"kind":")", kind, R"(","op":"other","model":"softmax","shape":")", shape,
                          R"(","core_class":"cortex-m4","soc":"X","clock_mhz":100,"runtime":"TFLM","dtype":"int8","latency_ms":1})"));
  };
  CHECK(layer("layer", "").refusal == "neither the network nor its multiplications are known");
  const Record known = layer("layer", "in 10"), kernel = layer("kernel", "in 10");
  REQUIRE(known.measurement.layers.size() == 1);
  REQUIRE(kernel.measurement.layers.size() == 1);
  CHECK(known.measurement.layers[0][Unit::softmax_element] == 10);
  CHECK(known.measurement.layers[0][Unit::node] == 1);
  CHECK(kernel.measurement.layers[0][Unit::node] == 0);
  CHECK(known.measurement.scope() == Scope::one_layer);
}

TEST_CASE("an absurd figure refuses its record and names the field, whatever else the record says") {
  struct Case { std::string_view fields, why; };
  for (const Case& c : {Case{R"("clock_mhz":-80,"latency_ms":1)", "clock_mhz is outside 0.01 to 100000"}, Case{R"("clock_mhz":0,"latency_ms":1)", "clock_mhz is outside"},
                        Case{R"("clock_mhz":"80","latency_ms":1)", "clock_mhz is not a number"}, Case{R"("clock_mhz":80,"latency_ms":1e300)", "latency_ms is outside"},
                        Case{R"("clock_mhz":80,"latency_ms":0)", "latency_ms is outside"}, Case{R"("clock_mhz":80,"latency_ms":[1])", "latency_ms is not a number"},
                        Case{R"("clock_mhz":80,"latency_ms":1,"macs":-5)", "macs is outside"}, Case{R"("clock_mhz":80,"latency_ms":1,"macs":1e14)", "macs is outside"},
                        Case{R"("clock_mhz":80,"cycles":1e16)", "cycles is outside"}, Case{R"("clock_mhz":80,"latency_ms":1,"energy_uJ":-1)", "energy_uJ is outside"}}) {
    CAPTURE(c.fields);
    const std::string why = record_of(text(R"({"id":"x","task":"kws","soc":"STM32L4R5ZI","core_class":"cortex-m4","stack":"X-CUBE-AI","dtype":"int8",)", c.fields, "}")).refusal;
    CHECK_MESSAGE(why.starts_with(c.why), why);
  }
}

TEST_CASE("fields of the wrong kind, a hostile name and shapes without end give a record or a refusal, never more") {
  for (const std::string_view row : {R"({})", R"({"id":7,"task":["kws"],"core_class":{},"stack":null,"dtype":false})", R"({"id":"x","task":"kws","core_class":"cortex-m4","soc":"","stack":"","dtype":"int8","clock_mhz":80,"latency_ms":5})",
                                     R"({"id":"x","kind":"layer","op":"conv","core_class":"cortex-m4","soc":"A","runtime":"CMSIS-NN","dtype":"int8","clock_mhz":80,"cycles":10,"macs":100,"shape":"in 99999999999999999999999x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1, out 0x0x0 ->"})",
                                     R"({"id":"x","kind":"kernel","op":"other","model":"pool","core_class":"cortex-m4","soc":"A","runtime":"CMSIS-NN","dtype":"int8","clock_mhz":80,"cycles":10,"shape":"in 0x0x0 out 0x0x0"})",
                                     R"({"id":"x","task":"kws","core_class":"cortex-m4","soc":"A","stack":"X-CUBE-AI","stack_version":"..,.(","dtype":"int8","clock_mhz":80,"latency_ms":5,"threads":-3e9})"}) {
    CAPTURE(row);
    const Record record = record_of(row);
    CHECK_FALSE(record.measurement.id.empty());
    if (!record.refusal.empty()) continue;
    for (const Work& layer : record.measurement.layers)
      for (const double amount : layer.amount) CHECK((amount >= 0 && amount < 1e18));
    CHECK((record.measurement.threads >= 1 && record.measurement.threads <= 64));
  }
  const Record named = record_of(R"({"id":"a\u001b[31m\nb","task":"kws","core_class":"cortex-m4\n","soc":"A","stack":"X\tY","dtype":"int8","clock_mhz":80,"latency_ms":5})");
  CHECK(named.measurement.id == "a?[31m?b");   // nothing that a terminal would obey
  CHECK(named.measurement.library == "x?y");
  CHECK(record_of(text(R"({"id":")", std::string(5000, 'x'), R"(","task":"kws"})")).measurement.id.size() == 160);
  CHECK(record_of(R"({"task":"kws"})").measurement.id == "record 0");
}

TEST_CASE("where cycles and milliseconds are published, the clock follows from them; where only cycles are, none is needed") {
  const Record both = record_of(R"({"id":"x","task":"kws","core_class":"cortex-m4","soc":"A","stack":"X-CUBE-AI","dtype":"int8","cycles":800000,"latency_ms":10})");
  CHECK(both.refusal.empty());
  CHECK(both.clock_mhz == doctest::Approx(80));   // 800,000 cycles / 10 ms
  const Record cycles = record_of(R"({"id":"x","task":"kws","core_class":"cortex-m4","soc":"A","stack":"X-CUBE-AI","dtype":"int8","cycles":800000})");
  CHECK(cycles.refusal.empty());
  CHECK(cycles.measurement.cycles == 800000);
}

TEST_CASE("a malformed network or list of records is an error that names the place") {
  const auto networks_error = [](std::string_view text) {
    const Result<JsonValue> json = read_json(text);
    REQUIRE(json.has_value());
    const auto networks = json ? read_networks(*json) : fail("");
    return networks ? std::string("read") : networks.error().reason;
  };
  CHECK(networks_error(R"({})") == "a list 'networks' was expected");
  CHECK(networks_error(R"({"networks":[{"names":["n"],"layers":[["conv",1]]}]})") == "network 'n': no layer 'conv' with 1 numbers");
  CHECK(networks_error(R"({"networks":[{"names":["n"],"layers":[["dense",1,-2]]}]})") == "network 'n': entry 2 of a dense layer is not a number from 0 to 10,000,000");
  const auto rows = read_json("[1]");
  REQUIRE(rows.has_value());
  if (rows) CHECK_FALSE(read_records(*rows, {}).has_value());
}
