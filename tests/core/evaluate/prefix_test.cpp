// Activations that are kept against activations that are computed: the same answers, whatever changed in between.
#include "core/evaluate/prefix.h"

#include <doctest/doctest.h>

#include <string>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/compress/compress.h"
#include "tests/support/small_model.h"

using namespace edgewise;

namespace {

constexpr std::size_t row_count = 12;

struct World {
  std::shared_ptr<const Graph> floats = test::small_model(3);
  std::vector<std::vector<float>> samples;
  std::vector<std::uint32_t> rows;
  Ranges ranges;

  World() {
    auto calibrator = Calibrator::prepare(floats);
    for (std::uint32_t row = 0; row < row_count; ++row) {
      samples.push_back(test::small_sample(row + 1));
      rows.push_back(row);
      if (calibrator) calibrator->observe(samples.back());
    }
    if (calibrator) ranges = calibrator->ranges();
  }
  std::shared_ptr<const Graph> compressed(const std::string& recipe) const {
    const auto made = compress(floats, ranges, *parse_recipe(recipe));
    CHECK_MESSAGE(made.has_value(), (made ? std::string() : to_text(made.error())));
    return made ? *made : nullptr;
  }
  /// The answers to all rows, without any memory.
  std::vector<std::vector<float>> straight(const std::shared_ptr<const Graph>& graph) const {
    std::vector<std::vector<float>> answers(row_count, std::vector<float>(5));
    auto runner = Runner::prepare(graph);
    CHECK(runner.has_value());
    for (std::size_t row = 0; runner && row < row_count; ++row) {
      runner->set_input(0, samples[row]);
      CHECK(runner->run().has_value());
      runner->output_reals(0, answers[row]);
    }
    return answers;
  }
  /// The same of the first `count` rows through a cache; how many nodes were skipped in all.
  std::size_t check_cached(const std::shared_ptr<const Graph>& graph, const std::shared_ptr<PrefixCache>& cache, std::size_t count = row_count) const {
    const auto wanted = straight(graph);
    auto runner = CachedRunner::prepare(graph, rows, cache);
    CHECK(runner.has_value());
    std::size_t skipped = 0;
    for (std::size_t row = 0; runner && row < count; ++row) {
      std::vector<float> answer(5);
      CHECK(runner->run(row, samples[row], answer).has_value());
      CHECK(answer == wanted[row]);
      skipped += runner->skipped_nodes();
    }
    return skipped;
  }
};

std::size_t node_of(const Graph& graph, std::string_view layer) {
  for (const Layer& one : layers_of(graph))
    if (one.name == layer) return static_cast<std::size_t>(one.node);
  return 0;
}

}  // namespace

TEST_CASE("when a layer changes, all nodes before it are skipped, and the answers are those of a whole run") {
  const World world;
  const auto cache = std::make_shared<PrefixCache>(1u << 20);
  const auto first = world.compressed("w8a8");
  CHECK(world.check_cached(first, cache) == 0);
  const auto dense = world.compressed("w8a8;dense_1:w4");
  CHECK(world.check_cached(dense, cache) == row_count * node_of(*dense, "dense_1"));
  const auto convolution = world.compressed("w8a8;conv_2:w3;dense_1:w4");
  CHECK(world.check_cached(convolution, cache) == row_count * node_of(*convolution, "conv_2"));
  CHECK(world.check_cached(world.compressed("w8a8;conv_1:w2;conv_2:w3;dense_1:w4"), cache) == 0);   // the first layer: nothing lies before it
}

TEST_CASE("the same graph again runs its last layer only, also on rows that were not reached the first time") {
  const World world;
  const auto cache = std::make_shared<PrefixCache>(1u << 20);
  const auto graph = world.compressed("w5a8");
  world.check_cached(graph, cache, 4);
  CHECK(world.check_cached(graph, cache) == 4 * node_of(*graph, "dense_1"));
  CHECK(world.check_cached(graph, cache) == row_count * node_of(*graph, "dense_1"));
}

TEST_CASE("over random recipes, cached answers are the uncached ones") {
  constexpr std::uint64_t seed = 31;
  CAPTURE(seed);
  Random random(seed);
  const World world;
  for (const std::uint64_t most_bytes : {std::uint64_t{0}, std::uint64_t{7000}, std::uint64_t{1} << 20}) {
    const auto cache = std::make_shared<PrefixCache>(most_bytes);
    std::size_t skipped = 0;
    for (int round = 0; round < 40; ++round) {
      std::string recipe = "w8a8";
      for (const char* layer : {"conv_1", "depthwise_1", "conv_2", "dense_1"}) {
        if (random.below(2) == 0) continue;
        const auto kind = random.below(4);   // bits of weights or activations, pruned, or left in floats
        recipe += text(';', layer, kind == 0 ? ":w" : kind == 1 ? ":a" : kind == 2 ? ":s0." : ":wf");
        if (kind < 3) recipe += text(kind == 1 ? 4 + random.below(5) : 2 + random.below(7));
      }
      CAPTURE(recipe);
      skipped += world.check_cached(world.compressed(recipe), cache, static_cast<std::size_t>(random.below(row_count + 1)));
      CHECK(cache->bytes() <= most_bytes);
    }
    CHECK((skipped > 0) == (most_bytes > 0));
  }
}

TEST_CASE("other rows, or another graph, are never answered from memory") {
  World world;
  const auto cache = std::make_shared<PrefixCache>(1u << 20);
  const auto graph = world.compressed("w8a8");
  world.check_cached(graph, cache);
  std::swap(world.rows[0], world.rows[1]);
  std::swap(world.samples[0], world.samples[1]);
  CHECK(world.check_cached(graph, cache) == 0);
  CHECK(shared_nodes(*graph, *world.compressed("w8a8")) == graph->nodes.size());
  CHECK(shared_nodes(*graph, *world.floats) == 0);
}

TEST_CASE("a graph that keeps a variable is run whole") {
  const World world;
  Graph graph = *world.floats;
  Value variable = graph.values.front();
  variable.is_variable = true;
  graph.values.push_back(variable);
  const auto cache = std::make_shared<PrefixCache>(1u << 20);
  const auto shared = std::make_shared<const Graph>(std::move(graph));
  for (int round = 0; round < 2; ++round) CHECK(world.check_cached(shared, cache) == 0);
  CHECK(cache->bytes() == 0);
}
