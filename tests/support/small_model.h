// A float network small enough for every test and rich enough for every rule: convolutions, depthwise, an addition across a branch, pooling, padding,
// concatenation, a dense layer and softmax.
#pragma once

#include <cmath>
#include <memory>

#include "core/base/random.h"
#include "core/graph/infer.h"
#include "tests/support/graph_builder.h"

namespace edgewise::test {

inline std::vector<float> bell(Random& random, std::size_t count, double deviation) {
  std::vector<float> values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(static_cast<float>(random.normal() * deviation));
  return values;
}

inline ValueId bell_constant(GraphBuilder& builder, Random& random, const Shape& shape, double deviation) {
  return builder.constant<float>(shape, bell(random, static_cast<std::size_t>(shape.elements()), deviation));
}

/// Input 1x6x6x2, output 1x5. Layers conv_1, depthwise_1, conv_2, dense_1.
inline std::shared_ptr<const Graph> small_model(std::uint64_t seed) {
  Random random(seed);
  GraphBuilder b;
  const auto same = Window{Padding::same, 1, 1, 1, 1};
  const DType real = DType::float32;
  const ValueId x = b.input(real, {1, 6, 6, 2});
  const ValueId c1 = b.node(Conv2d{same, Activation::relu}, {x, bell_constant(b, random, {4, 3, 3, 2}, 0.3), bell_constant(b, random, {4}, 0.2)}, real);
  const ValueId d1 = b.node(DepthwiseConv2d{same, 1, Activation::relu6}, {c1, bell_constant(b, random, {1, 3, 3, 4}, 0.4), bell_constant(b, random, {4}, 0.2)}, real);
  const ValueId sum = b.node(Add{Activation::relu}, {d1, c1}, real);
  const ValueId c2 = b.node(Conv2d{Window{Padding::valid, 1, 1, 1, 1}, Activation::none},
                            {sum, bell_constant(b, random, {3, 1, 1, 4}, 0.5), bell_constant(b, random, {3}, 0.3)}, real);
  const ValueId both = b.node(Concatenation{3, Activation::none}, {c2, c1}, real);
  const ValueId pooled = b.node(MaxPool2d{Window{Padding::valid, 2, 2, 1, 1}, 2, 2, Activation::none}, {both}, real);
  const ValueId padded = b.node(Pad{}, {pooled, b.constant<std::int32_t>({4, 2}, {0, 0, 0, 1, 0, 0, 0, 0})}, real);
  const ValueId flat = b.node(Reshape{}, {padded, b.integers({1, 84})}, real, {1, 84});
  const ValueId d = b.node(FullyConnected{Activation::none, false}, {flat, bell_constant(b, random, {5, 84}, 0.2), bell_constant(b, random, {5}, 0.2)}, real);
  const ValueId y = b.node(Softmax{1.0f}, {d}, real);
  Graph graph = b.graph(y);
  const auto inferred = infer_shapes(graph);
  if (!inferred) return nullptr;
  for (std::size_t id = 0; id < graph.values.size(); ++id) graph.values[id].name = "value" + std::to_string(id);
  return std::make_shared<const Graph>(std::move(graph));
}

inline std::vector<float> small_sample(std::uint64_t seed) {
  Random random(seed);
  return bell(random, 72, 1.0);
}

}  // namespace edgewise::test
