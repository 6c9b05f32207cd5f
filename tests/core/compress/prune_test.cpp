#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/compress/compress.h"

namespace edgewise {
namespace {

/// Dense layers with these weights, one behind the other; shapes do not matter for pruning.
Graph dense_layers(const std::vector<std::vector<float>>& layers) {
  Graph graph;
  Value input;
  input.shape = {1, 1};
  graph.values.push_back(input);
  for (const auto& weights : layers) {
    Value value;
    value.shape = {1, static_cast<std::int64_t>(weights.size())};
    value.data = std::make_shared<const Bytes>(Tensor::from<float>(value.shape, std::span<const float>(weights)).bytes);
    graph.values.push_back(value);
    graph.nodes.push_back({FullyConnected{}, {0, static_cast<ValueId>(graph.values.size() - 1), no_value}, {0}, 0});
  }
  return graph;
}

std::vector<float> random_weights(Random& random, std::size_t count) {
  std::vector<float> weights;
  for (std::size_t i = 0; i < count; ++i) weights.push_back(static_cast<float>(std::round(random.normal() * 8)));  // many ties
  return weights;
}

std::size_t pruned(const std::vector<bool>& kept) { return static_cast<std::size_t>(std::ranges::count(kept, false)); }

TEST_CASE("exactly floor(s * n) weights go, the smallest, of equal ones the first") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const auto weights = random_weights(random, 1 + random.below(300));
    const Graph graph = dense_layers({weights});
    const std::uint64_t hundredths = 1 + random.below(95);
    Recipe recipe;
    recipe.all.sparsity = static_cast<float>(hundredths) / 100.0f;
    const auto masks = prune_masks(graph, recipe);
    const std::size_t count = hundredths * weights.size() / 100;  // in whole numbers, so exact
    CHECK(pruned(masks[0]) == count);
    // Every weight that went comes before every weight that stayed, by magnitude and then position.
    std::pair<float, std::size_t> last_gone{-1.0f, 0}, first_kept{1e9f, 0};
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const std::pair<float, std::size_t> key{std::abs(weights[i]), i};
      if (masks[0][i]) first_kept = std::min(first_kept, key);
      else last_gone = std::max(last_gone, key);
    }
    CHECK(last_gone < first_kept);
  }
}

TEST_CASE("a fraction means its decimal text: 0.7 of 10 weights is 7") {
  Recipe recipe;
  for (const float sparsity : {0.1f, 0.2f, 0.3f, 0.6f, 0.7f, 0.9f}) {
    recipe.all.sparsity = sparsity;
    const auto masks = prune_masks(dense_layers({std::vector<float>(10, 1.0f)}), recipe);
    CHECK(pruned(masks[0]) == static_cast<std::size_t>(std::lround(sparsity * 10.0f)));
  }
}

TEST_CASE("by model one threshold serves all layers, but a layer with a sparsity of its own keeps it") {
  const Graph graph = dense_layers({{1, 2, 3, 4}, {10, 20, 30, 40}, {1, 1, 1, 100}});
  Recipe recipe;
  recipe.all.sparsity = 0.5f;
  recipe.prune_scope = PruneScope::model;
  auto masks = prune_masks(graph, recipe);
  // 6 of 12: the first three ones of layer 3, and 1, 2 and 3 of the first.
  CHECK(masks[0] == std::vector<bool>{false, false, false, true});
  CHECK(pruned(masks[1]) == 0);
  CHECK(masks[2] == std::vector<bool>{false, false, false, true});

  recipe.layers["dense_3"].sparsity = 0.25f;
  masks = prune_masks(graph, recipe);
  CHECK(pruned(masks[0]) == 4);  // 4 of the 8 others: all small ones are in the first layer
  CHECK(pruned(masks[1]) == 0);
  CHECK(pruned(masks[2]) == 1);

  recipe.prune_scope = PruneScope::layer;
  masks = prune_masks(graph, recipe);
  CHECK(pruned(masks[0]) == 2);
  CHECK(pruned(masks[1]) == 2);
  CHECK(pruned(masks[2]) == 1);
}

TEST_CASE("two of four: of each four neighbours along the input channels the two largest stay, of a last three too") {
  Recipe recipe = parse_recipe("s2of4").value();
  const auto kept = prune_masks(dense_layers({{1, -3, 2, 0.5f, 4, 4, 4, 4, 3, 1, 2}, {5, 6}}), recipe);
  // -3 and 2; of four equal ones the last two; 3 and 2.
  CHECK(kept[0] == std::vector<bool>{false, true, true, false, false, false, true, true, true, false, true});
  CHECK(pruned(kept[1]) == 0);   // a group of two is whole
  // A convolution's neighbours are those of one filter tap: three channels, so one of each three goes, and no group goes across taps.
  Graph graph = dense_layers({{1, 2, 3, 9, 8, 7}});
  graph.values[1].shape = {1, 1, 2, 3};
  graph.nodes[0].op = Conv2d{};
  CHECK(prune_masks(graph, recipe)[0] == std::vector<bool>{false, true, true, true, true, false});
}

TEST_CASE("blocks of four go whole, the weakest by mean magnitude first, and never across two filters") {
  const Recipe recipe = parse_recipe("s0.5x4").value();
  // Blocks of means 1, 4 and (a short last one) 2.5: floor(0.5 * 3) = 1 goes.
  CHECK(prune_masks(dense_layers({{1, 1, 1, 1, 4, 4, 4, 4, 2, 3}}), recipe)[0] == std::vector<bool>{false, false, false, false, true, true, true, true, true, true});
  Graph graph = dense_layers({{5, 5, 5, 5, 1, 1, 1, 1, 1, 9}});
  graph.values[1].shape = {2, 5};   // rows of five: blocks 5 5 5 5 | 1, and 1 1 1 1 | 9; the means are 5, 1, 1 and 9
  CHECK(prune_masks(graph, recipe)[0] == std::vector<bool>{true, true, true, true, false, false, false, false, false, true});
}

TEST_CASE("a depthwise filter has one input channel, so patterns leave it alone, and single weights do not") {
  Graph graph = dense_layers({{1, 2, 3, 4}});
  graph.values[1].shape = {1, 2, 1, 2};
  graph.nodes[0].op = DepthwiseConv2d{};
  CHECK(prune_masks(graph, parse_recipe("s2of4").value())[0].empty());
  CHECK(prune_masks(graph, parse_recipe("s0.5x4").value())[0].empty());
  CHECK(pruned(prune_masks(graph, parse_recipe("s0.5").value())[0]) == 2);
}

TEST_CASE("a layer that is not pruned has no mask") {
  const auto masks = prune_masks(dense_layers({{1, 2}, {3, 4}}), Recipe{});
  CHECK(masks.size() == 2);
  CHECK(masks[0].empty());
}

}  // namespace
}  // namespace edgewise
