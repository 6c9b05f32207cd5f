#include "core/compress/recipe.h"

#include <doctest/doctest.h>

#include "core/base/limits.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/graph/graph.h"

namespace edgewise {
namespace {

template <class T>
T one_of(Random& random, std::initializer_list<T> choices) {
  return choices.begin()[random.below(choices.size())];
}
int weight_bits(Random& random) { return one_of(random, {2, 3, 4, 5, 6, 7, 8, float_bits}); }
int activation_bits(Random& random) { return one_of(random, {4, 5, 6, 7, 8, 16, float_bits}); }
float sparsity(Random& random) { return static_cast<float>(random.uniform(0.0, 0.95)); }
bool coin(Random& random) { return random.below(2) == 0; }

void put_zeros(Random& random, float& fraction, Pattern& pattern) {
  pattern = one_of(random, {Pattern::weights, Pattern::blocks, Pattern::two_of_four});
  fraction = pattern == Pattern::two_of_four ? 0.5f : 0.01f + 0.9f * sparsity(random);
}

/// Any recipe in normal form: a percentile and a pattern are set where they are used, and nowhere else.
Recipe random_recipe(Random& random) {
  Recipe recipe;
  recipe.all.weight_bits = weight_bits(random);
  recipe.all.activation_bits = activation_bits(random);
  if (coin(random)) put_zeros(random, recipe.all.sparsity, recipe.all.pattern);
  if (coin(random)) recipe.all.channels = sparsity(random);
  recipe.all.granularity = one_of(random, {Granularity::per_channel, Granularity::per_tensor});
  recipe.all.weight_symmetry = one_of(random, {Symmetry::symmetric, Symmetry::asymmetric});
  recipe.all.activation_symmetry = one_of(random, {Symmetry::symmetric, Symmetry::asymmetric});
  recipe.all.weight_range = one_of(random, {WeightRange::max, WeightRange::least_error});
  recipe.all.calibration = one_of(random, {Calibration::min_max, Calibration::percentile, Calibration::least_error});
  if (recipe.all.calibration == Calibration::percentile) recipe.all.percentile = static_cast<float>(random.uniform(90.0, 100.0));
  recipe.prune_scope = one_of(random, {PruneScope::layer, PruneScope::model});
  recipe.calibration_samples = 1 + static_cast<int>(random.below(10000));
  for (std::uint64_t i = random.below(6); i > 0; --i) {
    LayerOverride layer;
    if (coin(random)) layer.weight_bits = weight_bits(random);
    if (coin(random)) layer.activation_bits = activation_bits(random);
    if (coin(random)) {
      Pattern pattern{};
      put_zeros(random, layer.sparsity.emplace(), pattern);
      if (pattern != recipe.all.pattern) layer.pattern = pattern;
    }
    if (coin(random)) layer.channels = sparsity(random);
    if (coin(random)) layer.granularity = one_of(random, {Granularity::per_channel, Granularity::per_tensor});
    if (coin(random)) layer.weight_symmetry = one_of(random, {Symmetry::symmetric, Symmetry::asymmetric});
    if (coin(random)) layer.activation_symmetry = one_of(random, {Symmetry::symmetric, Symmetry::asymmetric});
    if (coin(random)) layer.weight_range = one_of(random, {WeightRange::max, WeightRange::least_error});
    if (coin(random)) layer.calibration = one_of(random, {Calibration::min_max, Calibration::percentile, Calibration::least_error});
    if (layer.calibration == Calibration::percentile) layer.percentile = static_cast<float>(random.uniform(90.0, 100.0));
    if (layer != LayerOverride{}) recipe.layers.emplace(text("conv_", random.below(40)), layer);
  }
  return recipe;
}

TEST_CASE("any recipe reads back from its text as it was, and its text is canonical") {
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Recipe recipe = random_recipe(random);
    const std::string written = to_text(recipe);
    CAPTURE(written);
    const auto read = parse_recipe(written);
    CHECK(read.has_value());
    if (!read) continue;
    CHECK(*read == recipe);
    CHECK(to_text(*read) == written);
  }
}

TEST_CASE("texts have one canonical form: codes of all, layers by name, keys in a fixed order, defaults left out") {
  struct Case { const char* from; const char* canonical; };
  for (const Case& c : {Case{"", "w8a8"},
                        Case{"w4", "w4a8"},
                        Case{"a16w3", "w3a16"},
                        Case{"g=channel;n=200;cal=minmax", "w8a8"},
                        Case{"w4a8;conv_2:w8s0.5;g=channel;cal=mse", "w4a8;conv_2:w8s0.5;cal=mse"},
                        Case{"cal=mse;dense_1:wf;conv_1:g=tensor,wz=asym", "w8a8;conv_1:g=tensor,wz=asym;dense_1:wf;cal=mse"},
                        Case{"w4,g=tensor,cal=p99", "w4a8;g=tensor;cal=p99"},
                        Case{"w4a8,n=30,prune=model", "w4a8;prune=model;n=30"},
                        Case{"wfaf", "wfaf"},
                        Case{"s0.50", "w8a8s0.5"},
                        Case{"c0.50w4", "w4a8c0.5"},
                        Case{"s2of4", "w8a8s2of4"},
                        Case{"s0.25x4c0.5;conv_1:c0.250,g=tensor", "w8a8s0.25x4c0.5;conv_1:c0.25,g=tensor"},
                        Case{"s2of4;conv_1:s0.5", "w8a8s2of4;conv_1:s0.5"},
                        Case{"s0x4;conv_1:s0.5x4", "w8a8;conv_1:s0.5x4"},
                        Case{"conv_1:w8", "w8a8;conv_1:w8"}}) {  // kept though it says what all says: it stays when all changes
    CAPTURE(c.from);
    const auto read = parse_recipe(c.from);
    CHECK(read.has_value());
    if (read) CHECK(to_text(*read) == c.canonical);
  }
}

TEST_CASE("a layer gets what all layers get, with its own override on top") {
  const auto recipe = parse_recipe("w4a16s0.25;conv_2:w8,cal=p99.5;g=tensor");
  REQUIRE(recipe.has_value());
  const LayerRecipe other = resolve(*recipe, "conv_1"), own = resolve(*recipe, "conv_2");
  CHECK(other.weight_bits == 4);
  CHECK(other.calibration == Calibration::min_max);
  CHECK(own.weight_bits == 8);
  CHECK(own.activation_bits == 16);
  CHECK(own.sparsity == 0.25f);
  CHECK(own.granularity == Granularity::per_tensor);
  CHECK(own.calibration == Calibration::percentile);
  CHECK(own.percentile == 99.5f);
  CHECK(resolve(float_recipe(), "conv_1").weight_bits == float_bits);
  CHECK(resolve(float_recipe(), "conv_1").activation_bits == float_bits);
}

TEST_CASE("a wrong text is refused in a sentence that names the part, the value and what is allowed") {
  struct Case { const char* from; const char* sentence; };
  for (const Case& c :
       {Case{"w9", "recipe part 1 'w9': weight bits is '9', allowed is 2 to 8, or f for float"},
        Case{"w4a8;conv_2:a3", "recipe part 2 'conv_2:a3': activation bits is '3', allowed is 4 to 8, 16, or f for float"},
        Case{"w8;conv_1:s0.96", "recipe part 2 'conv_1:s0.96': sparsity is '0.96', allowed is a fraction from 0 to 0.95, the same with x4 for blocks (0.5x4), or 2of4"},
        Case{"s-0.1", "recipe part 1 's-0.1': sparsity is '-0.1', allowed is a fraction from 0 to 0.95, the same with x4 for blocks (0.5x4), or 2of4"},
        Case{"snan", "recipe part 1 'snan': sparsity is 'n', allowed is a fraction from 0 to 0.95, the same with x4 for blocks (0.5x4), or 2of4"},
        Case{"w4w4", "recipe part 1 'w4w4': 'w' is given twice"},
        Case{"w", "recipe part 1 'w': weight bits is '', allowed is 2 to 8, or f for float"},
        Case{"c0.96", "recipe part 1 'c0.96': channels left out is '0.96', allowed is a fraction from 0 to 0.95"},
        Case{"s2of8", "recipe part 1 's2of8': sparsity is '2of8', allowed is a fraction from 0 to 0.95, the same with x4 for blocks (0.5x4), or 2of4"},
        Case{"c0.5c0.5", "recipe part 1 'c0.5c0.5': 'c' is given twice"},
        Case{"q4", "recipe part 1 'q4': code is 'q4', allowed is w (weight bits), a (activation bits), s (sparsity) or c (channels left out), each followed by its number"},
        Case{"w4;;w8", "recipe part 2 '': the part is empty"},
        Case{"w4;a8", "recipe part 2 'a8': the codes for all layers come first, and once. For one layer write its name, a colon and the codes: conv_2:w4"},
        Case{"g=row", "recipe part 1 'g=row': g is 'row', allowed is channel or tensor"},
        Case{"g=tensor;g=tensor", "recipe part 2 'g=tensor': 'g' is given twice"},
        Case{"cal=p89.9", "recipe part 1 'cal=p89.9': cal is 'p89.9', allowed is minmax, mse, or p and a percentile from 90 to 100 (p99.9)"},
        Case{"n=0", "recipe part 1 'n=0': n (calibration samples) is '0', allowed is 1 to 10000"},
        Case{"n=10001", "recipe part 1 'n=10001': n (calibration samples) is '10001', allowed is 1 to 10000"},
        Case{"speed=fast", "recipe part 1 'speed=fast': key is 'speed', allowed is g, wz, az, wr, cal, prune or n"},
        Case{"conv_1:prune=layer", "recipe part 1 'conv_1:prune=layer': key is 'prune', allowed is g, wz, az, wr or cal"},
        Case{"conv_1:w4;conv_1:a8", "recipe part 2 'conv_1:a8': layer 'conv_1' is given twice"},
        Case{"conv_1:", "recipe part 1 'conv_1:': layer 'conv_1' is given nothing. Write for example conv_1:w4"},
        Case{"a b:w4", "recipe part 1 'a b:w4': layer name is 'a b', allowed is 1 to 64 letters, digits, '_', '-' and '.'"},
        Case{":w4", "recipe part 1 ':w4': layer name is '', allowed is 1 to 64 letters, digits, '_', '-' and '.'"}}) {
    CAPTURE(c.from);
    const auto read = parse_recipe(c.from);
    CHECK(!read);
    if (!read) CHECK(to_text(read.error()) == c.sentence);
  }
  CHECK(!parse_recipe(std::string(limits::recipe_bytes + 1, 'w')));
}

TEST_CASE("no text crashes the reader, and what it accepts has a canonical form that reads back the same") {
  constexpr std::string_view letters = "wasf0123456789.,;:=pgzcal_mnt-e \"\x01\xff";
  int accepted = 0;
  for (std::uint64_t seed = 1; seed <= 20000; ++seed) {
    Random random(seed);
    std::string from;
    if (coin(random)) from = to_text(random_recipe(random));
    for (std::uint64_t i = random.below(6) + (from.empty() ? 1 : 0); i > 0; --i) {
      const char letter = letters[random.below(letters.size())];
      if (from.empty() || coin(random)) from.insert(from.begin() + static_cast<std::ptrdiff_t>(random.below(from.size() + 1)), letter);
      else from[random.below(from.size())] = letter;
    }
    const auto read = parse_recipe(from);
    if (!read) continue;
    ++accepted;
    const std::string written = to_text(*read);
    const auto again = parse_recipe(written);
    const bool same = again && *again == *read && to_text(*again) == written;
    CHECK_MESSAGE(same, "seed ", seed, ": ", from, " -> ", written);
  }
  CHECK(accepted > 1000);  // else the property was hardly tried
}

Value weights(const Shape& shape) {
  Value value;
  value.shape = shape;
  value.data = std::make_shared<const Bytes>(static_cast<std::size_t>(shape.elements() * 4));
  return value;
}

TEST_CASE("an override for a layer that the model lacks is refused with the layers it has") {
  Graph graph;
  Value computed;
  computed.shape = {1, 4, 4, 2};
  graph.values = {computed, weights({2, 1, 1, 2}), weights({5, 32}), weights({1, 3, 3, 2}), weights({2, 1, 1, 2})};
  graph.nodes = {{Conv2d{}, {0, 1, no_value}, {0}}, {DepthwiseConv2d{}, {0, 3, no_value}, {0}}, {Conv2d{}, {0, 4, no_value}, {0}},
                 {FullyConnected{}, {0, 2, no_value}, {0}}};
  Recipe recipe;
  recipe.layers["conv_2"].weight_bits = 4;
  CHECK(check_layers(recipe, graph).has_value());
  recipe.layers["conv_9"].weight_bits = 4;
  const auto checked = check_layers(recipe, graph);
  CHECK(!checked);
  if (!checked) CHECK(to_text(checked.error()) == "recipe: layer 'conv_9' is not in this model; it has conv_1 to conv_2, depthwise_1, dense_1");
}

}  // namespace
}  // namespace edgewise
