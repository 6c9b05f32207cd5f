#include "core/graph/graph.h"

#include <doctest/doctest.h>

#include <map>

namespace edgewise {
namespace {

Value constant(const Shape& shape) {
  Value value{.name = {}, .type = DType::int8, .shape = shape, .grid = {}, .bits = 0, .data = {}, .is_variable = false};
  value.data = std::make_shared<const Bytes>(static_cast<std::size_t>(shape.elements()));
  return value;
}

Value computed(const Shape& shape) { return {.name = {}, .type = DType::int8, .shape = shape, .grid = {}, .bits = 0, .data = {}, .is_variable = false}; }

/// conv, add, depthwise, conv, add, then a dense layer, a product of two computed values, a dense layer, two operators we lack, and the first conv once more.
Graph mixed() {
  Graph graph;
  graph.values = {computed({1, 4, 4, 2}), constant({3, 1, 1, 2}), constant({1, 3, 3, 6}), constant({5, 12}), constant({3, 1, 1, 2}), constant({5, 12})};
  graph.nodes = {{Conv2d{}, {0, 1, no_value}, {0}},         {Add{}, {0, 0}, {0}},
                 {DepthwiseConv2d{}, {0, 2, no_value}, {0}}, {Conv2d{}, {0, 4, no_value}, {0}},
                 {Add{}, {0, 0}, {0}},                       {FullyConnected{}, {0, 3, no_value}, {0}},
                 {FullyConnected{}, {0, 0, no_value}, {0}},  {FullyConnected{}, {0, 5, no_value}, {0}},
                 {Unsupported{"SVDF", 27}, {0}, {0}},        {Unsupported{"LSTM", 16}, {0}, {0}},
                 {Conv2d{}, {0, 1, no_value}, {0}}};
  return graph;
}

TEST_CASE("layers are numbered among their kind in execution order, a product of two computed values is none, and weights that are read again are the layer they were") {
  const std::vector<Layer> layers = layers_of(mixed());
  struct Expected { NodeId node; const char* name; std::uint64_t weights; int channels, channel_axis; };
  const Expected expected[] = {{0, "conv_1", 3 * 2, 3, 0}, {2, "depthwise_1", 9 * 6, 6, 3}, {3, "conv_2", 3 * 2, 3, 0}, {5, "dense_1", 5 * 12, 5, 0}, {7, "dense_2", 5 * 12, 5, 0}};
  CHECK(layers.size() == std::size(expected));
  for (std::size_t i = 0; i < layers.size() && i < std::size(expected); ++i) {
    CHECK(layers[i].node == expected[i].node);
    CHECK(layers[i].name == expected[i].name);
    CHECK(layers[i].weights == expected[i].weights);
    CHECK(layers[i].channels == expected[i].channels);
    CHECK(layers[i].channel_axis == expected[i].channel_axis);
  }
}

TEST_CASE("an operator that we lack is named without the reason that stands in brackets behind it") {
  Graph graph = mixed();
  graph.nodes[8].op = Unsupported{"QLinearConv (its window does not fit)"};
  graph.nodes[9].op = Unsupported{"QLinearConv (its padding is unknown)"};
  CHECK(node_name(graph, 8) == "qlinearconv_1");
  CHECK(node_name(graph, 9) == "qlinearconv_2");
}

TEST_CASE("every node has a name of its own, and a layer's is its layer name") {
  const Graph graph = mixed();
  const char* expected[] = {"conv_1", "add_1", "depthwise_1", "conv_2", "add_2", "dense_1", "fully_connected_1", "dense_2", "svdf_1", "lstm_1", "conv_1 (2)"};
  std::map<std::string, int> seen;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const std::string name = node_name(graph, static_cast<NodeId>(i));
    CHECK(name == expected[i]);
    ++seen[name];
  }
  CHECK(seen.size() == graph.nodes.size());
  for (const Layer& layer : layers_of(graph)) CHECK(node_name(graph, layer.node) == layer.name);
}

TEST_CASE("a constant without contents still knows how many bytes they would take") {
  Value value = constant({3, 5});
  CHECK(value.is_constant());
  CHECK_FALSE(value.contents_omitted());
  value.data = without_contents();
  CHECK(value.is_constant());
  CHECK(value.contents_omitted());
  CHECK(value.content_bytes() == 15);
  value.type = DType::int4;
  CHECK(value.content_bytes() == 8);  // 15 codes, two a byte, the last one alone
  CHECK(computed({3, 5}).content_bytes() == 0);
  Value nothing = constant({0});
  CHECK_FALSE(nothing.contents_omitted());  // no elements, so nothing is left out
}

}  // namespace
}  // namespace edgewise
