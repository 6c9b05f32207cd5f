#include "core/compress/quantize.h"

#include <doctest/doctest.h>

#include <cmath>

#include "core/base/random.h"

namespace edgewise {
namespace {

Value weights_of(const Shape& shape, const std::vector<float>& reals) {
  Value value;
  value.shape = shape;
  value.data = std::make_shared<const Bytes>(Tensor::from<float>(shape, reals).bytes);
  return value;
}

Value bell_weights(const Shape& shape, std::uint64_t seed) {
  Random random(seed);
  std::vector<float> reals;
  for (std::uint64_t i = 0; i < shape.elements(); ++i) reals.push_back(static_cast<float>(random.normal() * 0.1));
  return weights_of(shape, reals);
}

LayerRecipe bits(int weight_bits) {
  LayerRecipe recipe;
  recipe.weight_bits = weight_bits;
  return recipe;
}

double squared_error(const Value& weights, const QuantizedWeights& q, int axis) {
  const auto reals = weights.view().as<float>();
  double sum = 0;
  std::size_t inner = 1;
  for (int i = axis + 1; i < weights.shape.rank(); ++i) inner *= static_cast<std::size_t>(weights.shape[i]);
  for (std::size_t i = 0; i < reals.size(); ++i) {
    const std::size_t c = q.grid.per_channel() ? i / inner % q.grid.scale.size() : 0;
    const double error = reals[i] - dequantize(q.codes[i], q.grid.scale[c], q.grid.zero_point[c]);
    sum += error * error;
  }
  return sum;
}

TEST_CASE("weights of every width stay within half a step of their code, and zero keeps code 0") {
  struct Case { const char* name; std::vector<float> weights; int bits; float scale; };
  for (const Case& c : {Case{"4 bits", {-0.7f, 0.0f, 0.35f}, 4, 0.1f},          // 0.7 / 7
                        Case{"one sign", {0.35f, 0.0f, 1.4f}, 4, 0.2f},
                        Case{"2 bits", {-0.5f, 0.0f, 0.2f}, 2, 0.5f},           // -1, 0, 1
                        Case{"8 bits", {1.27f, 0.0f, -0.3f}, 8, 0.01f},
                        Case{"all zero", {0.0f, 0.0f, 0.0f}, 8, 5e-7f / 127}}) {  // TensorFlow Lite's smallest range
    CAPTURE(c.name);
    const QuantizedWeights q = quantize_weights(weights_of({1, 3}, c.weights), 0, bits(c.bits), {});
    CHECK(q.grid.scale.size() == 1);
    CHECK(q.grid.scale[0] == doctest::Approx(c.scale));
    CHECK(q.codes[1] == 0);
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(std::abs(q.codes[i]) <= weight_codes(c.bits).highest);
      CHECK(std::abs(dequantize(q.codes[i], q.grid.scale[0], 0) - c.weights[i]) <= 0.5001f * q.grid.scale[0]);
    }
    CHECK(q.clipped == 0);
  }
}

TEST_CASE("each channel has the scale of its own largest weight: the first axis, or the last for depthwise") {
  // [2, 3]: rows (1, -2, 0.5) and (0.1, 0, 0.2). As [1, 1, 2, 3] with axis 3 the columns are channels: 1, 2, 0.5 are their largest.
  const std::vector<float> reals{1.0f, -2.0f, 0.5f, 0.1f, 0.0f, 0.2f};
  const QuantizedWeights rows = quantize_weights(weights_of({2, 3}, reals), 0, bits(8), {});
  CHECK(rows.grid.scale == std::vector<float>{2.0f / 127, 0.2f / 127});
  CHECK(rows.grid.axis == 0);
  const QuantizedWeights columns = quantize_weights(weights_of({1, 1, 2, 3}, reals), 3, bits(8), {});
  CHECK(columns.grid.scale == std::vector<float>{1.0f / 127, 2.0f / 127, 0.5f / 127});
  CHECK(columns.grid.axis == 3);
  CHECK(columns.codes[4] == 0);
  CHECK(columns.codes[2] == 127);
  LayerRecipe per_tensor = bits(8);
  per_tensor.granularity = Granularity::per_tensor;
  CHECK(quantize_weights(weights_of({2, 3}, reals), 0, per_tensor, {}).grid.scale == std::vector<float>{2.0f / 127});
}

TEST_CASE("least error is never worse than the largest weight, and far better at 2 and 3 bits") {
  for (const Granularity granularity : {Granularity::per_channel, Granularity::per_tensor})
    for (const Symmetry symmetry : {Symmetry::symmetric, Symmetry::asymmetric})
      for (int width = 2; width <= 8; ++width) {
        CAPTURE(width);
        const Value weights = bell_weights({8, 3, 3, 16}, 17);
        LayerRecipe recipe = bits(width);
        recipe.granularity = granularity;
        recipe.weight_symmetry = symmetry;
        const double largest = squared_error(weights, quantize_weights(weights, 0, recipe, {}), 0);
        recipe.weight_range = WeightRange::least_error;
        const double least = squared_error(weights, quantize_weights(weights, 0, recipe, {}), 0);
        CHECK(least <= largest * (1 + 1e-5));
        if (width <= 3 && symmetry == Symmetry::symmetric) CHECK(least < 0.7 * largest);
      }
}

TEST_CASE("asymmetric weights use every code, and zero is exact") {
  LayerRecipe recipe = bits(4);
  recipe.weight_symmetry = Symmetry::asymmetric;
  // [0, 1.5] on 15 steps: scale 0.1, zero point -8.
  const QuantizedWeights q = quantize_weights(weights_of({1, 4}, {0.0f, 0.5f, 1.0f, 1.5f}), 0, recipe, {});
  CHECK(q.grid.scale[0] == doctest::Approx(0.1f));
  CHECK(q.codes == std::vector<std::int8_t>{-8, -3, 2, 7});
  CHECK(q.grid.zero_point[0] == -8);
  CHECK(q.zero == 1);
}

TEST_CASE("a pruned weight has the code of zero, and the scale is that of the weights that are left") {
  for (const Symmetry symmetry : {Symmetry::symmetric, Symmetry::asymmetric}) {
    LayerRecipe recipe = bits(8);
    recipe.weight_symmetry = symmetry;
    const QuantizedWeights q = quantize_weights(weights_of({1, 4}, {8.0f, 0.5f, 1.0f, 0.25f}), 0, recipe, {false, true, true, false});
    CHECK(q.codes[0] == q.grid.zero_point[0]);
    CHECK(q.codes[3] == q.grid.zero_point[0]);
    CHECK(q.grid.scale[0] == doctest::Approx(symmetry == Symmetry::symmetric ? 1.0f / 127 : 1.0f / 255));
    CHECK(q.zero == 2);
    CHECK(q.clipped == 0);
  }
}

TEST_CASE("clipped counts the weights that lie more than half a step beyond the last code") {
  LayerRecipe recipe = bits(2);
  recipe.weight_range = WeightRange::least_error;
  std::vector<float> reals(100, 0.1f);
  reals[7] = -3.0f;  // with 2 bits the grid is best at 0.66 (0.22 of 3), which clips this one only
  const QuantizedWeights q = quantize_weights(weights_of({1, 100}, reals), 0, recipe, {});
  std::uint64_t clipped = 0;
  for (const float real : reals) clipped += std::abs(real) > 1.5f * q.grid.scale[0] ? 1 : 0;
  CHECK(q.clipped == clipped);
}

TEST_CASE("codes of the file are kept where the recipe asks for what the file has") {
  Value weights = weights_of({2, 2}, {-1.28f, 0.64f, 0.01f, 0.0f});
  weights.grid = {{0.01f}, {0}, 0};
  const std::vector<std::int8_t> codes{-128, 64, 1, 0};  // -128: beyond what the converter makes today, but files have it
  weights.file_codes = std::make_shared<const Bytes>(Tensor::from<std::int8_t>({2, 2}, codes).bytes);
  CHECK(quantize_weights(weights, 0, bits(8), {}).codes == codes);
  CHECK(quantize_weights(weights, 0, bits(8), {true, false, true, true}).codes == std::vector<std::int8_t>{-128, 0, 1, 0});
  CHECK(quantize_weights(weights, 0, bits(7), {}).codes != codes);
  LayerRecipe other = bits(8);
  other.weight_range = WeightRange::least_error;
  CHECK(!keeps_file_codes(weights, other));
  other = bits(8);
  other.granularity = Granularity::per_tensor;
  CHECK(keeps_file_codes(weights, other));  // the file is per tensor already
  CHECK(quantize_weights(weights, 0, bits(float_bits), {}).codes.empty());
}

}  // namespace
}  // namespace edgewise
