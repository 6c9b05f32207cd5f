#include "core/mcu/arena.h"

#include <random>

#include <doctest/doctest.h>
#include "tests/support/graph_builder.h"

using namespace edgewise;
using namespace edgewise::mcu;

namespace {

bool meet(const Lifetime& a, const Lifetime& b) { return a.first_use <= b.last_use && b.first_use <= a.last_use; }

}  // namespace

TEST_CASE("the largest buffer goes to the bottom, the next to the lowest gap that is free while it lives") {
  // a 64 [0,1]   b 32 [1,2]   c 48 [2,3]   d 16 [0,3]
  // order a, c, b, d: a at 0; c does not meet a: 0; b meets a (0..64) and c (0..48): 64; d meets all: above b, 96
  const std::vector<Lifetime> buffers{{64, 0, 1}, {32, 1, 2}, {48, 2, 3}, {16, 0, 3}};
  const Placement placement = place(buffers);
  CHECK(placement.order == std::vector<std::size_t>{0, 2, 1, 3});
  CHECK(placement.offset == std::vector<std::uint64_t>{0, 64, 0, 96});
}

TEST_CASE("a gap that is exactly wide enough is used, one byte less is not") {
  // a 64 [0,9] at 0; b 48 [0,4] at 64; c 32 [0,9] at 112; after b is dead, d wants [5,9]: the gap between a and c is 48
  const std::vector<Lifetime> fits{{64, 0, 9}, {48, 0, 4}, {32, 0, 9}, {16, 5, 9}};
  CHECK(place(fits).offset[3] == 64);
  const std::vector<Lifetime> wide{{64, 0, 9}, {60, 0, 4}, {61, 0, 9}, {60, 5, 9}};   // order a, c, b, d: c at 64, b at 125, d shares with b
  CHECK(place(wide).offset == std::vector<std::uint64_t>{0, 125, 64, 125});
}

TEST_CASE("of buffers of one size the last is placed first, as GreedyMemoryPlanner fills its list from the back") {
  const std::vector<Lifetime> buffers{{16, 0, 1}, {16, 0, 1}, {16, 0, 1}};
  CHECK(place(buffers).offset == std::vector<std::uint64_t>{32, 16, 0});
}

TEST_CASE("no two buffers that live at the same time overlap, and the plan is at least as high as what is alive at once") {
  constexpr unsigned seed = 20260820;
  std::mt19937 random(seed);
  for (int round = 0; round < 200; ++round) {
    CAPTURE(seed);
    CAPTURE(round);
    std::vector<Lifetime> buffers;
    const int count = 1 + static_cast<int>(random() % 40);
    for (int i = 0; i < count; ++i) {
      const auto first = static_cast<std::int32_t>(random() % 20);
      buffers.push_back({16 * (random() % 30), first, first + static_cast<std::int32_t>(random() % 6)});
    }
    const Placement placement = place(buffers);
    std::uint64_t top = 0;
    for (std::size_t a = 0; a < buffers.size(); ++a) {
      top = std::max(top, placement.offset[a] + buffers[a].bytes);
      for (std::size_t b = 0; b < a; ++b) {
        if (!meet(buffers[a], buffers[b])) continue;
        const bool apart = placement.offset[a] + buffers[a].bytes <= placement.offset[b] || placement.offset[b] + buffers[b].bytes <= placement.offset[a];
        CHECK(apart);
      }
    }
    for (std::int32_t step = 0; step < 26; ++step) {
      std::uint64_t alive = 0;
      for (const Lifetime& life : buffers)
        if (life.first_use <= step && step <= life.last_use) alive += life.bytes;
      CHECK(top >= alive);
    }
  }
}

TEST_CASE("a value lives from the node that makes it to the last that reads it, an output to the end, a constant not at all") {
  test::GraphBuilder build;
  const ValueId in = build.input(DType::int8, Shape{1, 10});
  const ValueId a = build.node(Relu{}, {in}, DType::int8, Shape{1, 20});
  const ValueId early = build.node(Tanh{}, {a}, DType::int8, Shape{1, 3});
  const ValueId weights = build.constant<std::int8_t>(Shape{5, 20}, std::vector<std::int8_t>(100));
  const ValueId out = build.node(FullyConnected{}, {a, weights, no_value}, DType::int8, Shape{1, 5});
  Graph graph = build.graph(out);
  graph.outputs.push_back(early);
  const Arena arena = plan_arena(graph);
  REQUIRE(arena.placed.size() == 4);
  for (const Placed& placed : arena.placed) {
    CAPTURE(placed.value);
    CHECK(placed.bytes % arena_alignment == 0);
    CHECK(placed.value != weights);
    // step 0 fills the input in; Relu is step 1, Tanh 2, the dense layer 3
    if (placed.value == in) CHECK((placed.first_use == 0 && placed.last_use == 1));
    if (placed.value == a) CHECK((placed.first_use == 1 && placed.last_use == 3));
    if (placed.value == early) CHECK((placed.first_use == 2 && placed.last_use == 3));
    if (placed.value == out) CHECK((placed.first_use == 3 && placed.last_use == 3));
  }
  // Relu: 16 + 32; Tanh: 32 + 16; dense: 32 + 16 + 16
  CHECK(arena.live_bytes == std::vector<std::uint64_t>{48, 48, 64});
  CHECK(arena.planned_bytes == 64);
}

TEST_CASE("a graph without nodes plans its input alone") {
  test::GraphBuilder build;
  const ValueId in = build.input(DType::float32, Shape{1, 5});
  const Arena arena = plan_arena(build.graph(in));
  CHECK(arena.planned_bytes == 32);   // 20 bytes, rounded up to 16s
  CHECK(arena.live_bytes.empty());
}

TEST_CASE("what a loop reads and makes lives as long as the loop runs, and its graphs' values one after another inside") {
  test::GraphBuilder condition, body, build;
  const ValueId asked = condition.input(DType::int8, Shape{1, 100});
  const Graph ask = condition.graph(condition.node(Less{}, {asked, asked}, DType::boolean, Shape{1}));
  const ValueId carried = body.input(DType::int8, Shape{1, 100});
  const ValueId wide = body.node(Relu{}, {carried}, DType::int8, Shape{1, 300});
  const Graph next = body.graph(body.node(Relu{}, {wide}, DType::int8, Shape{1, 100}));
  const ValueId in = build.input(DType::int8, Shape{1, 100});
  const ValueId first = build.node(Relu{}, {in}, DType::int8, Shape{1, 100});
  const ValueId looped = build.node(While{std::make_shared<const Graph>(ask), std::make_shared<const Graph>(next)}, {first}, DType::int8, Shape{1, 100});
  const Arena arena = plan_arena(build.graph(looped));
  // steps: 0 input, 1 Relu, 2 WHILE, 3 its condition, 4 Less, 5 its body, 6 and 7 Relu. Rounded up to 16s a hundred bytes are 112, 300 are 304.
  // In the loop the value before and the value after it live throughout: 224. In step 6 the body's input and 304 join them, in step 7 304 and the body's output.
  CHECK(arena.live_bytes == std::vector<std::uint64_t>{224, 224 + 112 + 304});
  CHECK(arena.planned_bytes == 224 + 112 + 304);
  REQUIRE(arena.placed.size() == 3);
  for (const Placed& placed : arena.placed) {
    CAPTURE(placed.value);
    CHECK(placed.last_use == (placed.value == in ? 1 : 2));   // both nodes of the outer graph have one step each, as in the picture
  }
  CHECK(arena.scratch.size() == 5);
  for (const Scratch& inside : arena.scratch) CHECK(inside.node == 1);
}

TEST_CASE("graphs that enter one another more often than can be counted are planned all the same") {
  test::GraphBuilder innermost;
  const ValueId last = innermost.input(DType::int8, Shape{1, 64});
  auto inside = std::make_shared<const Graph>(innermost.graph(innermost.node(Relu{}, {last}, DType::int8, Shape{1, 64})));
  for (int level = 0; level < 8; ++level) {   // limits::nesting; 50 to the power of 8 operators, were they all written down
    test::GraphBuilder build;
    ValueId value = build.input(DType::int8, Shape{1, 64});
    const ValueId which = build.constant<std::uint8_t>(Shape{1}, {1});
    for (int i = 0; i < 25; ++i) value = build.node(If{inside, inside}, {which, value}, DType::int8, Shape{1, 64});
    inside = std::make_shared<const Graph>(build.graph(value));
  }
  const Arena arena = plan_arena(*inside);
  CHECK(arena.planned_bytes >= 2 * 64);
  CHECK(arena.planned_bytes <= 9 * 26 * 64);   // every value of every graph, side by side
}
