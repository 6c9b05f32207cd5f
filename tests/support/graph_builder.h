// Small graphs written by hand, for tests.
#pragma once

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "core/graph/graph.h"

namespace edgewise::test {

/// One scale and zero point for the whole tensor.
inline Quantization grid(float scale, std::int32_t zero_point) { return {{scale}, {zero_point}, 0}; }

class GraphBuilder {
 public:
  ValueId input(DType type, const Shape& shape, Quantization quantization = {}) {
    const ValueId id = add(type, shape, std::move(quantization));
    graph_.inputs.push_back(id);
    return id;
  }
  template <class T>
  ValueId constant(const Shape& shape, const std::vector<T>& contents, Quantization quantization = {}) {
    const ValueId id = add(dtype_of<T>(), shape, std::move(quantization));
    graph_.value(id).data = std::make_shared<const Bytes>(Tensor::from<T>(shape, contents).bytes);
    return id;
  }
  ValueId integers(const std::vector<std::int32_t>& contents) { return constant<std::int32_t>(Shape{static_cast<std::int64_t>(contents.size())}, contents); }
  /// The output of a new node. A shape of rank 0 is left for infer_shapes.
  ValueId node(Op op, std::vector<ValueId> inputs, DType type, const Shape& shape = {}, Quantization quantization = {}) {
    const ValueId id = add(type, shape, std::move(quantization));
    graph_.nodes.push_back({std::move(op), std::move(inputs), {id}, 0});
    return id;
  }
  /// Several outputs of one new node, of these types and shapes.
  std::vector<ValueId> node_with(Op op, std::vector<ValueId> inputs, const std::vector<std::pair<DType, Shape>>& outputs) {
    std::vector<ValueId> ids;
    for (const auto& [type, shape] : outputs) ids.push_back(add(type, shape, {}));
    graph_.nodes.push_back({std::move(op), std::move(inputs), ids, 0});
    return ids;
  }
  /// A node without outputs, run for what it changes.
  void effect(Op op, std::vector<ValueId> inputs) { graph_.nodes.push_back({std::move(op), std::move(inputs), {}, 0}); }
  Graph graph_without_outputs() const { return graph_; }
  /// The graph with this one output; shapes are not inferred.
  Graph graph(ValueId output) const {
    Graph graph = graph_;
    graph.outputs = {output};
    return graph;
  }
  Value& value(ValueId id) { return graph_.value(id); }

 private:
  ValueId add(DType type, const Shape& shape, Quantization quantization) {
    Value value;
    value.type = type;
    value.shape = shape;
    value.grid = std::move(quantization);
    graph_.values.push_back(std::move(value));
    return static_cast<ValueId>(graph_.values.size() - 1);
  }
  Graph graph_;
};

}  // namespace edgewise::test
