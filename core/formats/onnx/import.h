// From ONNX's nodes to our graph: what every operator's import uses. Each family of operators has a file beside this one; table.cpp lists them.
//
//   import.cpp    the model: inputs, nodes in order, outputs; what is not supported
//   values.cpp    values of our graph, in the order of axes and the type that a reader wants; new nodes
//   results.cpp   what a node of ONNX makes
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/formats/onnx/attributes.h"
#include "core/formats/onnx/symbol.h"
#include "core/formats/onnx_read.h"
#include "core/graph/graph.h"

namespace edgewise::onnx {

/// A value, or the reason why there is none. Both may be handed on as an operand: what is made of it then fails for the same reason.
using Made = Result<ValueId>;

class Importer {
 public:
  Importer(const ModelProto& model, std::span<const Tensor> given) : model_(model), given_(given) {}

  /// The whole model. An operator that cannot be imported becomes Unsupported with its reason.
  Result<Graph> run();
  /// The values that initializers became, in the order of ModelProto::initializers; no_value where the graph does not use one as it is.
  std::vector<ValueId> initializer_values() const { return initializer_values_; }

  // --- what a node reads ---------------------------------------------------------------------------------------------------------------------------

  std::int64_t opset() const { return model_.opset; }
  /// Null where the node has no such input.
  Symbol* input(const NodeProto& node, std::size_t position);
  /// An input that is there: table.cpp says how many a node has at least.
  Symbol& operand(const NodeProto& node, std::size_t position) { return *input(node, position); }
  Symbol* find(const std::string& name);

  /// The numbers of a constant, or of a graph input whose value was given with the file. Fails otherwise.
  Result<std::vector<std::int64_t>> integers(Symbol& symbol);
  Result<std::vector<float>> reals(Symbol& symbol);
  /// Makes a graph input whose value was given a constant; false when it is none.
  bool is_fixed(Symbol& symbol);
  /// A list that stands in an attribute in older versions, in an input in newer ones; nothing when in neither.
  Result<std::optional<std::vector<std::int64_t>>> list(const NodeProto& node, std::string_view attribute, std::size_t position);

  // --- values ----------------------------------------------------------------------------------------------------------------------------------------

  /// The graph's value with this symbol's elements in `order`, in the symbol's own type.
  Made in_order(Symbol& symbol, const Order& order);
  Made in_order(Symbol& symbol) { return in_order(symbol, in_place(symbol.shape.rank())); }
  /// The same, or no value for no symbol.
  Made optional(Symbol* symbol) { return symbol == nullptr ? Made(no_value) : in_order(*symbol); }
  /// The same, but uint8 as int8 where it is stored so already: for operators that only move or compare.
  Made stored_in_order(Symbol& symbol, const Order& order);
  /// int8 or uint8 integers as int8 on `grid` (of the symbol's own codes).
  Made int8_in_order(Symbol& symbol, const Order& order, const Quantization& grid);
  /// An order that holds every axis once, in which the symbol is at hand without moving data, where there is one.
  Order whole_order(Symbol& symbol);

  ValueId constant(DType type, const Shape& shape, std::shared_ptr<const Bytes> data, std::string name = {}, Quantization grid = {});
  ValueId ints(const std::vector<std::int64_t>& values);                        ///< int32 [n]
  ValueId ints(const std::vector<std::int64_t>& values, const Shape& shape);
  ValueId extents(const Shape& shape);                                          ///< the same of a shape
  ValueId floats(const std::vector<float>& values, const Shape& shape);

  struct Kind { DType type = DType::float32; Quantization grid = {}; };
  Kind kind_of(ValueId id) const { return {value(id).type, value(id).grid}; }
  /// A new node; its outputs have these types and grids and the shapes the operator's rule gives. Fails with the rule's reason, or that of an operand.
  Result<std::vector<ValueId>> emit(Op op, std::vector<Made> inputs, const std::vector<Kind>& outputs);
  Made emit(Op op, std::vector<Made> inputs, const Kind& output);
  /// With the type and grid of the first input.
  Made emit(Op op, std::vector<Made> inputs);
  Made reshape(Made value, const Shape& shape);
  Graph& graph() { return graph_; }
  const Value& value(ValueId id) const { return graph_.value(id); }

  // --- results ---------------------------------------------------------------------------------------------------------------------------------------

  /// Output `position` of `node` is this value, stored in `order` (which holds every axis; in_place when left out). An absent output is dropped.
  Result<void> define(const NodeProto& node, std::size_t position, const Made& made, Order order = {}, bool is_shifted = false);
  Result<void> define(const std::string& name, const Made& made, Order order = {}, bool is_shifted = false);
  Result<void> define_constant(const std::string& name, DType type, const Shape& shape, std::shared_ptr<const Bytes> data);
  /// Output 0 is `from` with the axes of ONNX renamed: new axis i was axis axes[i], or is new (`added`); axes left out have extent 1.
  Result<void> define_view(const NodeProto& node, Symbol& from, const std::vector<int>& axes);
  /// Output 0 is `from`.
  Result<void> define_same(const NodeProto& node, Symbol& from) { return define_view(node, from, in_place(from.shape.rank())); }
  /// Output 0 has the elements of `from` in the same order and this shape.
  Result<void> define_reshaped(const NodeProto& node, Symbol& from, const Shape& shape);
  Result<void> define_dequantized(const NodeProto& node, Symbol& codes, Quantization grid);
  /// The same elements in the same order in another shape, and with other axes as in define_view.
  Symbol& reshaped(Symbol& from, const Shape& shape);
  Result<Symbol*> viewed(Symbol& from, const std::vector<int>& axes);
  /// A symbol for what an import makes on its way.
  Symbol& temporary(Symbol symbol);

  // --- looking ahead -----------------------------------------------------------------------------------------------------------------------------------

  /// The only reader of a value that is no graph output, if it comes later and is of this kind; null otherwise.
  const NodeProto* only_reader(const std::string& name, std::string_view op_type) const;
  /// That node is part of another: it is skipped, and whoever asked defines its output.
  void take(const NodeProto& node);
  /// The activation that the only reader of `name` applies, which is then taken, and `name` its output.
  Activation take_activation(std::string& name);

 private:
  Result<void> read_inputs();
  Result<void> read_node(const NodeProto& node);
  Result<void> lack(const NodeProto& node, const std::string& reason);
  Result<void> read_outputs();
  std::vector<std::size_t> execution_order() const;
  void drop_unused();
  Made make(Symbol& symbol);
  ValueId constant_in_order(Symbol& symbol, const Order& order);
  Made on_grid(Made value, const Quantization& grid);
  ValueId new_value(DType type, const Shape& shape, std::string name = {});
  void note_initializer(const std::string& name, ValueId id);
  /// Contents that nobody else holds are counted: a small file may fold to large constants.
  void count_bytes(const std::shared_ptr<const Bytes>& data) {
    if (data != nullptr && data.use_count() == 1) kept_bytes_ += data->size();
  }

  const ModelProto& model_;
  std::span<const Tensor> given_;
  Graph graph_;
  std::map<std::string, Symbol> symbols_;
  std::deque<Symbol> temporaries_;
  std::map<std::string, std::vector<std::size_t>> readers_;   ///< by value: the nodes that read it; a graph output is one more
  std::map<std::string, const ValueInfo*> declared_;
  std::vector<bool> is_taken_;                                ///< by node of the model
  std::map<std::string, std::size_t> input_numbers_;          ///< graph inputs that may be given
  std::vector<ValueId> initializer_values_;
  std::uint64_t kept_bytes_ = 0;
  std::uint64_t offset_ = 0;                                  ///< of the node being imported
};

/// The node that turns integers into the reals a symbol of `codes` stands for; sets the symbol's order (quantize.cpp).
Made dequantized(Importer& importer, Symbol& symbol);

/// How an operator of ONNX is imported. The function fails with the reason alone.
struct Import {
  std::string_view op_type;
  Result<void> (*read)(Importer&, const NodeProto&);
  std::size_t operands = 1;   ///< inputs that a node has at least
};
/// Null for an operator we lack.
const Import* import_of(std::string_view op_type);

}  // namespace edgewise::onnx
