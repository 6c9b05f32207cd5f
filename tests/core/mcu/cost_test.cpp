#include "core/mcu/cost.h"

#include <doctest/doctest.h>

#include <string>

#include "core/mcu/explain.h"
#include "tests/support/graph_builder.h"

using namespace edgewise;
using namespace edgewise::mcu;

namespace {

/// A dense layer of `inputs` x `outputs` and a softmax, all of one type.
Plan dense_plan(std::int64_t inputs, std::int64_t outputs, DType type = DType::int8, LayerRecipe recipe = {}) {
  test::GraphBuilder build;
  const ValueId in = build.input(type, Shape{1, inputs});
  const DType weight_type = type == DType::float32 ? DType::float32 : DType::int8;
  const ValueId weights = build.constant<std::int8_t>(Shape{outputs, inputs}, std::vector<std::int8_t>(static_cast<std::size_t>(outputs * inputs)));
  build.value(weights).type = weight_type;
  const ValueId dense = build.node(FullyConnected{}, {in, weights, no_value}, type, Shape{1, outputs});
  const ValueId out = build.node(Softmax{}, {dense}, type, Shape{1, outputs});
  Plan plan;
  plan.graph = std::make_shared<const Graph>(build.graph(out));
  plan.weights_bytes = static_cast<std::uint64_t>(inputs * outputs);
  plan.graph_bytes = 1000;
  StoredLayer layer;
  layer.name = "dense_1";
  layer.recipe = recipe;
  layer.weights = layer.dense_bytes = plan.weights_bytes;
  plan.layers.push_back(layer);
  return plan;
}

Cost cost_on(const Plan& plan, std::string_view board, std::string_view library) { return estimate(plan, *find_board(board), *find_library(library)); }

}  // namespace

TEST_CASE("a layer's cycles are its work at the fitted prices, split into arithmetic, memory and overhead, and latency is their sum over the clock") {
  const Board& board = *find_board("stm32u575");
  const Library& library = *find_library("x-cube-ai");
  const Cost cost = cost_on(dense_plan(100, 20), "stm32u575", "x-cube-ai");
  REQUIRE(cost.layers.size() == 2);
  if (cost.layers.size() != 2) return;
  const LayerCost& dense = cost.layers[0];
  CHECK(dense.name == "dense_1");
  CHECK(dense.op == "FULLY_CONNECTED");
  CHECK(dense.macs == 2000);
  CHECK(dense.weight_bytes == 2000);
  const Rates rates = rates_of(target_of(board, library), false);
  const auto price = [&](Unit unit) { return rates.cycles[static_cast<std::size_t>(unit)]; };
  CHECK(dense.arithmetic_cycles == doctest::Approx(2000 * price(Unit::dense)));
  CHECK(dense.memory_cycles == doctest::Approx(20 * price(Unit::dense_output)));
  CHECK(dense.overhead_cycles == doctest::Approx(price(Unit::node)));
  CHECK(dense.cycles == doctest::Approx(dense.arithmetic_cycles + dense.memory_cycles + dense.overhead_cycles));
  CHECK(cost.layers[1].cycles == doctest::Approx(20 * price(Unit::softmax_element) + price(Unit::node)));
  CHECK(cost.latency_ms.value == doctest::Approx((dense.cycles + cost.layers[1].cycles) / 160e3));
  CHECK(cost.basis == Basis::calibrated_on_board);
  // 23.55 mW measured
  CHECK(cost.energy_known);
  CHECK(cost.energy_mj.value == doctest::Approx(cost.latency_ms.value * 23.55 / 1000));
}

TEST_CASE("one measurement of one's own moves the estimate nearly to it and narrows the band to that of a measured board") {
  const Plan plan = dense_plan(640, 128);
  const Board& board = *find_board("nrf5340");
  const Library& library = *find_library("cmsis-nn");
  const Cost before = estimate(plan, board, library);
  CHECK(before.basis != Basis::calibrated_on_board);
  const double measured = before.latency_ms.value * 1.3;
  const Cost after = estimate(plan, board, library, calibrated_by({measured, before.latency_ms.value}, before));
  CHECK(after.basis == Basis::calibrated_on_board);
  CHECK(after.latency_ms.value > before.latency_ms.value * 1.2);
  CHECK(after.latency_ms.value <= measured);
  CHECK(after.latency_ms.low < measured);
  CHECK(measured < after.latency_ms.high);
  CHECK(after.latency_ms.high / after.latency_ms.low < before.latency_ms.high / before.latency_ms.low);
  // Both are normal in the logarithm: 1/variance adds up. The estimate's band is 1.645 deviations either way, the measurement's deviation is 0.05.
  const double deviation = std::log(before.latency_ms.high / before.latency_ms.low) / 3.29, both = 1 / std::sqrt(1 / (deviation * deviation) + 1 / 0.0025);
  CHECK(after.latency_ms.high / after.latency_ms.low == doctest::Approx(std::exp(3.29 * both)));
  CHECK(both < 0.05);

  const Plan another = dense_plan(640, 64);   // on the same board: surer than before, less sure than of the network that was measured
  const Cost of_another = estimate_with(OwnTime{measured, before.latency_ms.value}, another, board, library), unmeasured = estimate(another, board, library);
  const auto ratio = [](const Cost& cost) { return cost.latency_ms.high / cost.latency_ms.low; };
  CHECK(ratio(of_another) < ratio(unmeasured));
  CHECK(ratio(of_another) > ratio(after));
  CHECK(of_another.latency_ms.value / unmeasured.latency_ms.value == doctest::Approx(after.latency_ms.value / before.latency_ms.value));
  CHECK(calibrated_by({0, 1}, before).factor == 1);    // no measurement, no change
  CHECK(calibrated_by({-5, 1}, before).factor == 1);
}

TEST_CASE("the band holds the estimate, and is the wider the less is known") {
  const Plan plan = dense_plan(64, 64);
  const auto width = [&](std::string_view board, std::string_view library) {
    const Cost cost = cost_on(plan, board, library);
    CHECK(cost.latency_ms.low < cost.latency_ms.value);
    CHECK(cost.latency_ms.value < cost.latency_ms.high);
    return cost.latency_ms.high / cost.latency_ms.low;
  };
  const double here = width("stm32l4r5", "hale"), like = width("nrf52840", "hale"), core = width("stm32f446", "tinyengine"), sheet = width("esp8266", "tflm");
  CHECK(here < like);
  CHECK(like < core);
  CHECK(core < sheet);
}

TEST_CASE("float costs hundreds of cycles a multiplication without a floating-point unit, and about ten with one") {
  const auto cycles_per_mac = [](std::string_view board, std::string_view library) {
    const Cost cost = cost_on(dense_plan(1000, 100, DType::float32), board, library);
    CHECK(cost.layers[0].is_float);
    return cost.layers[0].cycles / 100000.0;
  };
  CHECK(cycles_per_mac("rp2040", "cmsis-nn") > 300);     // 327 measured on RP2040
  CHECK(cycles_per_mac("stm32h743", "cmsis-nn") < 12);   // 9 measured on STM32H743
}

TEST_CASE("four bits and zeros change no time, and the note says so") {
  LayerRecipe four_bits, zeros, both;
  four_bits.weight_bits = both.weight_bits = 4;
  zeros.sparsity = both.sparsity = 0.5f;
  const Cost plain = cost_on(dense_plan(64, 32), "stm32l4r5", "cmsis-nn");
  for (const LayerRecipe& recipe : {four_bits, zeros, both}) {
    const Cost cost = cost_on(dense_plan(64, 32, DType::int8, recipe), "stm32l4r5", "cmsis-nn");
    CHECK(cost.latency_ms.value == plain.latency_ms.value);
    CHECK_FALSE(cost.note.empty());
  }
  CHECK(cost_on(dense_plan(64, 32, DType::int8, four_bits), "stm32l4r5", "cmsis-nn").note == "4 bits save no time: the kernels unpack to int8");
  CHECK(plain.note.empty());
}

TEST_CASE("what nobody measured is a guess inside the widest band") {
  const Cost int16 = cost_on(dense_plan(64, 32, DType::int16), "stm32u575", "x-cube-ai");
  CHECK_FALSE(int16.layers[0].has_rule);
  CHECK(int16.latency_ms.high / int16.latency_ms.low > 7);
  LayerRecipe four_bits;
  four_bits.weight_bits = 4;
  const std::string note = cost_on(dense_plan(64, 32, DType::int16, four_bits), "stm32l4r5", "cmsis-nn").note;
  CHECK(note.starts_with("16-bit activations are counted like 8-bit ones"));   // a figure that is doubtful says so, whatever else there is to say
  CHECK(note.ends_with("4 bits save no time: the kernels unpack to int8"));

  test::GraphBuilder build;
  const ValueId in = build.input(DType::int8, Shape{1, 8});
  const ValueId out = build.node(Unsupported{"SVDF", 27}, {in}, DType::int8, Shape{1, 8});
  Plan plan;
  plan.graph = std::make_shared<const Graph>(build.graph(out));
  const Cost cost = cost_on(plan, "stm32u575", "x-cube-ai");
  CHECK_FALSE(cost.layers[0].has_rule);
  CHECK(cost.note.starts_with("nothing is published on the speed of SVDF: its time is a guess"));
}

TEST_CASE("one operator without a published speed makes the whole a guess, however small it is and whoever measured the board") {
  test::GraphBuilder inside, build;
  const ValueId carried = inside.input(DType::int8, Shape{1, 4});
  const auto loop = std::make_shared<const Graph>(inside.graph(inside.node(Relu{}, {carried}, DType::int8, Shape{1, 4})));
  const ValueId in = build.input(DType::int8, Shape{1, 640});
  const ValueId weights = build.constant<std::int8_t>(Shape{128, 640}, std::vector<std::int8_t>(128 * 640));
  const ValueId dense = build.node(FullyConnected{}, {in, weights, no_value}, DType::int8, Shape{1, 128});
  struct Case { const char* name; Op op; };
  for (const Case& c : {Case{"cannot be run", Unsupported{"MyFilter", 32}}, Case{"no rule", Rsqrt{}}, Case{"loops", While{loop, loop}}, Case{"branches", If{loop, loop}}}) {
    CAPTURE(c.name);
    test::GraphBuilder whole = build;
    Plan plan;
    plan.graph = std::make_shared<const Graph>(whole.graph(whole.node(c.op, {dense}, DType::int8, Shape{1, 4})));
    for (const std::string_view board : {"stm32l4r5", "nrf52840", "esp8266", "spresense"}) {
      CAPTURE(board);
      const Cost cost = cost_on(plan, board, board == "esp8266" ? "tflm" : "cmsis-nn");
      CHECK(cost.basis == Basis::guess);
      CHECK(cost.latency_ms.low <= 0.4 * cost.latency_ms.value);
      CHECK(cost.latency_ms.high >= 3 * cost.latency_ms.value);
      CHECK(cost.latency_known == (cost.latency_ms.value > 0));   // a board without a clock stays without a time
      CHECK(cost.layers[0].has_rule);
      CHECK_FALSE(cost.layers[1].has_rule);
      CHECK(cost.layers[1].cycles > 0);
      CHECK_FALSE(cost.note.empty());
    }
    const Cost measured = estimate(plan, *find_board("stm32l4r5"), *find_library("cmsis-nn"), mcu::Calibration{1.2});
    CHECK(measured.basis == Basis::guess);
    CHECK(measured.latency_ms.high >= 3 * measured.latency_ms.value);
  }
}

TEST_CASE("the verdict names the limit that is broken most") {
  struct Case { std::string_view board; std::int64_t inputs, outputs; Binding binding; };
  for (const Case& c : {Case{"stm32l4r5", 64, 32, Binding::none},
                        Case{"stm32f446", 4096, 1024, Binding::flash},      // 4 MiB of weights, 512 KiB of flash
                        Case{"stm32f446", 500000, 1, Binding::ram},         // 500,000 bytes of input, 128 KiB of RAM; flash is over too, by less
                        Case{"atmega328p", 8, 2, Binding::flash},           // the runtime alone, as on another core without SIMD, is twice the flash
                        Case{"himax-we2", 64, 32, Binding::unknown_memory}, // its RAM is not published
                        Case{"rpi4", 64, 32, Binding::none}}) {
    CAPTURE(c.board);
    const Board& board = *find_board(c.board);
    const Cost cost = estimate(dense_plan(c.inputs, c.outputs), board, default_library(board));
    CHECK(cost.binding == c.binding);
    CHECK(cost.fits == (c.binding == Binding::none));
  }
}

TEST_CASE("a board without a published clock has no latency and no energy, but a verdict") {
  const Cost cost = cost_on(dense_plan(64, 32), "spresense", "cmsis-nn");
  CHECK_FALSE(cost.latency_known);
  CHECK_FALSE(cost.energy_known);
  CHECK(cost.latency_ms.value == 0);
  CHECK(cost.fits);
}

TEST_CASE("large layers wait for external flash where it was seen to be slow, small ones do not") {
  // RP2350: 64 x 64 = 4,096 bytes stay; 65 x 64 are read again, at 4.4 MB/s and 150 MHz about 34 cycles a byte (fitted: within a factor of 1.5)
  const double stays = cost_on(dense_plan(64, 64), "rp2350", "cmsis-nn").layers[0].memory_cycles;
  const double streams = cost_on(dense_plan(65, 64), "rp2350", "cmsis-nn").layers[0].memory_cycles;
  CHECK(streams - stays > 4160 * 34 / 1.5);
  CHECK(streams - stays < 4160 * 34 * 1.5);
}

TEST_CASE("every pair of board and library explains each of its figures") {
  const Plan plan = dense_plan(64, 32);
  for (const Board& board : boards())
    for (const Library& library : libraries()) {
      if (!runs_on(library, board)) continue;
      CAPTURE(board.id);
      CAPTURE(library.id);
      const Cost cost = estimate(plan, board, library);
      const std::vector<std::string> latency = explain_latency(cost, board, library);
      CHECK(latency.size() >= (cost.latency_known ? 5 : 1));
      for (const auto& lines : {latency, explain_energy(cost, board), explain_flash(cost, plan, board, library), explain_ram(cost, plan, board, library)}) {
        CHECK_FALSE(lines.empty());
        for (const std::string& line : lines) CHECK_FALSE(line.empty());
      }
      if (cost.latency_known) CHECK(cost.latency_ms.value > 0);
    }
}

TEST_CASE("a layer explains the price of every unit in it, and the factors it names multiply up to the price but for those under 1.5 percent") {
  const Cost cost = cost_on(dense_plan(100, 20), "stm32u575", "x-cube-ai");
  const Board& board = *find_board("stm32u575");
  const std::vector<std::string> lines = explain_layer(cost.layers[0], board, *find_library("x-cube-ai"));
  REQUIRE(lines.size() == 6);   // formula, milliseconds, three parts; a dense MAC, a dense output, the operator
  CHECK(lines[0].starts_with("dense_1: "));
  CHECK(lines[3].find(" cycles a dense MAC = 3 x ") != std::string::npos);   // 3: base_cycles
  CHECK(lines[4].find(" cycles for each dense output = 32") != std::string::npos);
  CHECK(lines[1].find(" cycles / 160 MHz = ") != std::string::npos);
  CHECK(lines[5].find(" cycles for each operator = 400") != std::string::npos);
  const std::string& line = lines[3];
  double product = 1, hidden = 1;
  for (std::size_t at = line.find("= ") + 2; at != std::string::npos;) {
    product *= std::stod(line.substr(at));
    at = line.find(" x ", at);
    if (at != std::string::npos) at += 3;
  }
  for_each_level(target_of(board, *find_library("x-cube-ai")), false, Unit::dense, false, [&](const Level& level) {
    const double factor = factor_of(level);
    if (factor <= 1.015 && factor >= 0.985) hidden *= factor;
  });
  CHECK(product * hidden == doctest::Approx(std::stod(line)).epsilon(0.05));   // each factor is written with two decimals
}

TEST_CASE("a layer's line shows the formula with its numbers, and the total's line what a price is made of") {
  const Cost cost = cost_on(dense_plan(100, 20), "stm32u575", "x-cube-ai");
  const std::vector<std::string> lines = explain_latency(cost, *find_board("stm32u575"), *find_library("x-cube-ai"));
  REQUIRE(lines.size() == 6);
  if (lines.size() != 6) return;
  CHECK(lines[3].find("cycles a pointwise MAC = 2 x ") != std::string::npos);
  CHECK(lines[4].starts_with("dense_1: "));
  CHECK(lines[4].find(" x 2,000 dense MACs + ") != std::string::npos);
  CHECK(lines[4].find(" x 20 dense outputs + ") != std::string::npos);
  CHECK(lines[4].ends_with(" cycles"));
}
