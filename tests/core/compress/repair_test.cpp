#include "core/compress/repair.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <doctest/doctest.h>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/compress/quantize.h"
#include "core/graph/infer.h"
#include "core/run/run.h"
#include "tests/support/graph_builder.h"
#include "tests/support/small_model.h"

using namespace edgewise;
using namespace edgewise::test;

namespace {

constexpr std::size_t sample_size = 5 * 4 * 3;

/// Convolution, depthwise, pointwise, a global pool, two dense layers: relus between, channels of very different reach when `uneven`.
std::shared_ptr<const Graph> chain(std::uint64_t seed, bool uneven) {
  Random random(seed);
  GraphBuilder b;
  const DType real = DType::float32;
  const auto constant = [&](const Shape& shape, double deviation, bool is_depthwise) {
    std::vector<float> values = bell(random, static_cast<std::size_t>(shape.elements()), deviation);
    const auto channels = static_cast<std::size_t>(is_depthwise ? shape[3] : shape[0]);
    for (std::size_t i = 0; uneven && i < values.size(); ++i) {
      const std::size_t channel = is_depthwise ? i % channels : i / (values.size() / channels);
      values[i] *= static_cast<float>(std::exp2(static_cast<double>(channel % 7) - 3.0));
    }
    return b.constant<float>(shape, values);
  };
  const auto same = Window{Padding::same, 1, 1, 1, 1};
  const ValueId x = b.input(real, {1, 5, 4, 3});
  const ValueId c = b.node(Conv2d{same, Activation::relu}, {x, constant({8, 3, 3, 3}, 0.3, false), bell_constant(b, random, {8}, 0.2)}, real);
  const ValueId d = b.node(DepthwiseConv2d{same, 1, Activation::relu}, {c, constant({1, 3, 3, 8}, 0.4, true), bell_constant(b, random, {8}, 0.2)}, real);
  const ValueId p = b.node(Conv2d{same, Activation::relu}, {d, constant({9, 1, 1, 8}, 0.4, false), bell_constant(b, random, {9}, 0.2)}, real);
  const ValueId pooled = b.node(AvgPool2d{Window{Padding::valid, 1, 1, 1, 1}, 5, 4, Activation::none}, {p}, real);
  const ValueId flat = b.node(Reshape{}, {pooled, b.integers({1, 9})}, real, {1, 9});
  const ValueId hidden = b.node(FullyConnected{Activation::relu, false}, {flat, constant({11, 9}, 0.5, false), bell_constant(b, random, {11}, 0.2)}, real);
  const ValueId y = b.node(FullyConnected{Activation::none, false}, {hidden, bell_constant(b, random, {5, 11}, 0.4), bell_constant(b, random, {5}, 0.2)}, real);
  Graph graph = b.graph(y);
  REQUIRE(infer_shapes(graph).has_value());
  return std::make_shared<const Graph>(std::move(graph));
}

struct Noise {
  std::vector<float> numbers;
  Samples samples;
  Noise(std::size_t count, std::size_t size, std::uint64_t seed) {
    Random random(seed);
    numbers = bell(random, count * size, 1.0);
    for (std::size_t i = 0; i < count; ++i) samples.push_back(std::span<const float>(numbers).subspan(i * size, size));
  }
};

Ranges ranges_of(const std::shared_ptr<const Graph>& graph, const Samples& samples) {
  auto calibrator = Calibrator::prepare(graph);
  REQUIRE(calibrator.has_value());
  for (const auto sample : samples) calibrator->observe(sample);
  return calibrator->ranges();
}

/// Output 0 over all samples, back to back.
std::vector<float> answers(const std::shared_ptr<const Graph>& graph, const Samples& samples) {
  auto runner = Runner::prepare(graph);
  REQUIRE(runner.has_value());
  const auto outputs = static_cast<std::size_t>(graph->value(graph->outputs.front()).shape.elements());
  std::vector<float> all(outputs * samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    runner->set_input(0, samples[i]);
    REQUIRE(runner->run().has_value());
    runner->output_reals(0, std::span(all).subspan(i * outputs, outputs));
  }
  return all;
}

double squares(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (static_cast<double>(a[i]) - b[i]) * (static_cast<double>(a[i]) - b[i]);
  return sum;
}

/// Largest magnitude of a layer's weights, by output channel or by input channel.
std::vector<float> reach(const Graph& graph, const Layer& layer, bool by_input, std::size_t channels) {
  const auto reals = graph.value(graph.node(layer.node).inputs[1]).view().as<float>();
  std::vector<float> out(channels, 0.0f);
  for (std::size_t i = 0; i < reals.size(); ++i) {
    const std::size_t channel = by_input || layer.channel_axis != 0 ? i % channels : i / (reals.size() / channels);
    out[channel] = std::max(out[channel], std::abs(reals[i]));
  }
  return out;
}

/// The graph up to `value`, the output of a layer.
std::shared_ptr<const Graph> up_to(const Graph& graph, ValueId value, std::size_t nodes) {
  Graph out = graph;
  out.outputs = {value};
  out.nodes.resize(nodes);
  return std::make_shared<const Graph>(std::move(out));
}

std::shared_ptr<const Graph> compressed(const std::shared_ptr<const Graph>& graph, const Ranges& ranges, std::string_view recipe) {
  const auto made = compress(graph, ranges, *parse_recipe(recipe));
  REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : to_text(made.error())));
  return *made;
}

}  // namespace

TEST_CASE("equalization leaves the float function as it was, and makes both layers reach equally far in every channel") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    CAPTURE(seed);
    const auto graph = chain(seed, true), even = equalize(graph);
    const Noise noise(20, sample_size, seed);
    const auto before = answers(graph, noise.samples), after = answers(even, noise.samples);
    float most = 0;
    for (const float x : before) most = std::max(most, std::abs(x));
    for (std::size_t i = 0; i < before.size(); ++i) CHECK(std::abs(before[i] - after[i]) <= 2e-5f * most);
    const auto layers = layers_of(*even);
    REQUIRE(layers.size() == 5);
    for (std::size_t i = 0; i + 1 < layers.size(); ++i) {
      const auto channels = static_cast<std::size_t>(layers[i].channels);
      const auto first = reach(*even, layers[i], false, channels), second = reach(*even, layers[i + 1], true, channels);
      for (std::size_t c = 0; c < channels; ++c) CHECK(first[c] == doctest::Approx(second[c]).epsilon(0.01));
    }
  }
}

TEST_CASE("a value that is read twice, or bent at 6, is not scaled: such a graph comes back as it was") {
  const auto graph = small_model(2);   // conv_1 feeds two nodes, depthwise_1 ends in a relu6, conv_2 goes through a concatenation
  const auto even = equalize(graph);
  const Noise noise(10, 72, 3);
  CHECK(answers(graph, noise.samples) == answers(even, noise.samples));
}

TEST_CASE("with one scale for a tensor, equalized channels of uneven reach lose less") {
  double before = 0, after = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const auto graph = chain(seed, true), even = equalize(graph);
    const Noise noise(30, sample_size, seed);
    const auto wanted = answers(graph, noise.samples);
    before += squares(wanted, answers(compressed(graph, ranges_of(graph, noise.samples), "w8af;g=tensor"), noise.samples));
    after += squares(wanted, answers(compressed(even, ranges_of(even, noise.samples), "w8af;g=tensor"), noise.samples));
  }
  CHECK(after < 0.5 * before);
}

TEST_CASE("fitted rounding never makes a layer's output worse than the nearest codes do, takes neighbouring codes only, and keeps the grid") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed)
    for (const std::string recipe : {"w2af", "w3af", "w4af;g=tensor", "w3af;wr=mse", "w3afs0.4"}) {
      CAPTURE(seed);
      CAPTURE(recipe);
      const auto graph = chain(seed, false);
      const Noise noise(40, sample_size, seed);
      const auto rounded = fit_rounding(graph, *parse_recipe(recipe), noise.samples);
      REQUIRE(rounded.has_value());
      const auto layers = layers_of(*graph);
      const auto masks = prune_masks(*graph, *parse_recipe(recipe)), masks_after = prune_masks(**rounded, *parse_recipe(recipe));
      std::size_t moved = 0;
      for (std::size_t i = 0; i < layers.size(); ++i) {
        const LayerRecipe own = resolve(*parse_recipe(recipe), layers[i].name);
        const ValueId id = graph->node(layers[i].node).inputs[1];
        const auto nearest = quantize_weights(graph->value(id), layers[i].channel_axis, own, masks[i]);
        const auto fitted = quantize_weights((*rounded)->value(id), layers[i].channel_axis, own, masks_after[i]);
        for (std::size_t c = 0; c < nearest.grid.scale.size(); ++c) CHECK(fitted.grid.scale[c] == doctest::Approx(nearest.grid.scale[c]).epsilon(1e-6));
        for (std::size_t k = 0; k < nearest.codes.size(); ++k) {
          const int step = std::abs(fitted.codes[k] - nearest.codes[k]);
          CHECK(step <= 1);
          moved += step != 0;
        }
      }
      CHECK(moved > 0);
      // The first layer sees the same inputs in both: its own output, before the relu, is nearer.
      Graph no_relu = *graph, rounded_no_relu = **rounded;
      for (Graph* g : {&no_relu, &rounded_no_relu}) std::get<Conv2d>(g->nodes.front().op).activation = Activation::none;
      const ValueId output = graph->nodes.front().outputs.front();
      const auto first = up_to(no_relu, output, 1), fitted = up_to(rounded_no_relu, output, 1);
      const auto wanted = answers(first, noise.samples);
      const double by_nearest = squares(wanted, answers(compressed(first, {}, recipe), noise.samples));
      const double by_fit = squares(wanted, answers(compressed(fitted, {}, recipe), noise.samples));
      CHECK(by_fit < by_nearest);
    }
}

TEST_CASE("after bias correction every channel of every layer has the mean it had in float") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed)
    for (const std::string recipe : {"w2af", "w3a8;dense_2:af", "w2a8s0.3;dense_2:af"}) {   // the last layer in float, so that its output is seen exactly
      CAPTURE(seed);
      CAPTURE(recipe);
      const auto graph = chain(seed, false);
      const Noise noise(50, sample_size, seed);
      const Ranges ranges = ranges_of(graph, noise.samples);
      const auto corrected = correct_bias(graph, graph, ranges, *parse_recipe(recipe), noise.samples);
      REQUIRE(corrected.has_value());
      // The last layer, which has no activation: seen from outside.
      const auto wanted = answers(graph, noise.samples);
      const auto as_it_was = compressed(graph, ranges, recipe), better = compressed(*corrected, ranges, recipe);
      const auto before = answers(as_it_was, noise.samples), after = answers(better, noise.samples);
      const double allowed = 2e-5;   // float sums
      double off_before = 0;
      for (std::size_t c = 0; c < 5; ++c) {
        double mean_before = 0, mean_after = 0;
        for (std::size_t i = 0; i < 50; ++i) {
          mean_before += (static_cast<double>(before[5 * i + c]) - wanted[5 * i + c]) / 50;
          mean_after += (static_cast<double>(after[5 * i + c]) - wanted[5 * i + c]) / 50;
        }
        CHECK(std::abs(mean_after) <= allowed);
        off_before = std::max(off_before, std::abs(mean_before));
      }
      CHECK(off_before > 100 * allowed);   // there was something to correct
    }
}

TEST_CASE("a layer without a bias gets one when its mean has moved") {
  GraphBuilder b;
  Random random(5);
  const ValueId x = b.input(DType::float32, {1, 6});
  const ValueId y = b.node(FullyConnected{Activation::none, false}, {x, bell_constant(b, random, {4, 6}, 0.5)}, DType::float32, {1, 4});
  const auto graph = std::make_shared<const Graph>(b.graph(y));
  Noise noise(30, 6, 1);
  for (float& number : noise.numbers) number += 2.0f;
  const auto repaired = repair(graph, ranges_of(graph, noise.samples), *parse_recipe("w2af"), noise.samples, *parse_repairs("bias"));
  REQUIRE(repaired.has_value());
  const auto wanted = answers(graph, noise.samples), after = answers(compressed(repaired->graph, repaired->ranges, "w2af"), noise.samples);
  double mean = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) mean += static_cast<double>(after[i]) - wanted[i];
  CHECK(std::abs(mean) < 1e-4);
}

TEST_CASE("all repairs together bring a four-bit and a two-bit model nearer to float on samples they did not see") {
  double before = 0, after = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed)
    for (const std::string recipe : {"w2a8", "w4a8;g=tensor"}) {
      const auto graph = chain(seed, true);
      const Noise seen(60, sample_size, seed), unseen(60, sample_size, seed + 100);
      const Ranges ranges = ranges_of(graph, seen.samples);
      const auto repaired = repair(graph, ranges, *parse_recipe(recipe), seen.samples, *parse_repairs("equalize,round,bias"));
      REQUIRE(repaired.has_value());
      const auto wanted = answers(graph, unseen.samples);
      double power = 0;
      for (const float x : wanted) power += static_cast<double>(x) * x;
      before += squares(wanted, answers(compressed(graph, ranges, recipe), unseen.samples)) / power;
      after += squares(wanted, answers(compressed(repaired->graph, repaired->ranges, recipe), unseen.samples)) / power;
    }
  CHECK(after < 0.7 * before);
}

TEST_CASE("a repair that cannot be made is refused with the reason") {
  CHECK(parse_repairs("round,magic").error().reason == "'magic' is no repair; there are equalize, round and bias");
  const auto graph = chain(1, false);
  CHECK_FALSE(repair(graph, {}, *parse_recipe("w4a8"), {}, *parse_repairs("bias")).has_value());
  const Noise noise(2, 7, 1);
  CHECK(repair(graph, {}, *parse_recipe("w4a8"), noise.samples, *parse_repairs("round")).error().reason == "a sample has 7 elements, the model wants 60");
}
