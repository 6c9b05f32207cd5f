// A model as data: values, nodes in execution order, and which values go in and come out.
//
// Immutable after load and shared as shared_ptr<const Graph>. A graph read from an integer file holds integers; one read from a float file, floats;
// what compress makes is a Graph again. Constant bytes are shared, so copying a graph costs its structure only.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/graph/ops.h"
#include "core/tensor/affine.h"
#include "core/tensor/tensor.h"

namespace edgewise {

using ValueId = std::int32_t;   ///< index into Graph::values; no_value where an optional input is absent
using NodeId = std::int32_t;    ///< index into Graph::nodes
constexpr ValueId no_value = -1;

struct Value {
  std::string name;                     ///< from the file; may be empty or occur twice
  DType type = DType::float32;
  Shape shape;                          ///< batch included, as the file has it (1 mostly)
  Quantization grid;                    ///< of integer values; on a float value: the grid the file had before it was dequantized
  int bits = 0;                         ///< width the codes really need (2..8, 16) when that is narrower than the type; 0: all of the type;
                                        ///< on a float value with a grid: the width of the file's codes, 0: 8
  std::shared_ptr<const Bytes> data;    ///< the contents of a constant; null for what is computed
  bool is_variable = false;             ///< state kept between runs
  std::string_view foreign_type = {};   ///< "string", "complex64", ...: what the file calls the type when DType has none. `type` then only gives the width,
                                        ///< and only operators that cannot run touch the value
  std::shared_ptr<const Bytes> file_codes = nullptr;   ///< on a float constant that was integers on `grid` in its file: those integers (compress/to_float)

  bool is_constant() const { return data != nullptr; }
  /// Bytes a constant's contents take in a file, known from type and shape even where they are left out; 0 for what is computed.
  std::uint64_t content_bytes() const { return data ? bytes_for(type, shape.elements()) : 0; }
  /// A constant of a plan, which has a shape but no contents yet: its `data` is without_contents(). It can be measured, not run.
  bool contents_omitted() const { return data != nullptr && data->empty() && content_bytes() > 0; }
  TensorView view() const { return {type, shape, data ? BytesView(*data) : BytesView()}; }
};

/// What `data` of a constant points to when its contents are left out.
inline std::shared_ptr<const Bytes> without_contents() { return std::make_shared<const Bytes>(); }

struct Node {
  Op op;
  std::vector<ValueId> inputs, outputs; ///< outputs may be empty: of an unsupported operator, or one that is run for what it changes
  std::uint64_t offset = 0;             ///< byte of the file where this operator's table stands, for error messages
  std::vector<ValueId> intermediates = {};   ///< values that only tell the grids inside the operator (LSTM); never computed
};

struct Graph {
  std::vector<Value> values;
  std::vector<Node> nodes;              ///< in execution order
  std::vector<ValueId> inputs, outputs;

  const Value& value(ValueId id) const { return values[static_cast<std::size_t>(id)]; }
  Value& value(ValueId id) { return values[static_cast<std::size_t>(id)]; }
  const Node& node(NodeId id) const { return nodes[static_cast<std::size_t>(id)]; }
  /// The value at input `position` of a node, or null where it has none.
  const Value* input(const Node& node, std::size_t position) const {
    return position < node.inputs.size() && node.inputs[position] != no_value ? &value(node.inputs[position]) : nullptr;
  }
  /// The first output of a node that has one.
  const Value& output(const Node& node) const { return value(node.outputs.front()); }
};

/// A node with weights (convolution, depthwise, fully connected): what a recipe can name.
struct Layer {
  NodeId node;
  std::string name;       ///< "conv_1", "depthwise_2", "dense_1": the kind and its number among its kind, in execution order, so that a
                          ///< link survives another export of the same model
  std::uint64_t weights;  ///< elements of the weight tensor
  int channels;           ///< output channels: the length of a per-channel scale
  int channel_axis;       ///< the weights' axis they run along: 0, or 3 for depthwise
};

/// The layers in execution order. A fully connected node whose weights are computed is none, unless a DEQUANTIZE makes them from a constant.
std::vector<Layer> layers_of(const Graph& graph);
/// The name by which people know a node: its layer name, or the operator's name and number ("add_2", "softmax_1").
std::string node_name(const Graph& graph, NodeId node);

}  // namespace edgewise
