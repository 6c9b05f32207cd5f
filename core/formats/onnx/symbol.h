// One of ONNX's values and how it stands in our graph.
//
// ONNX keeps images as [N, C, H, W], our kernels want [N, H, W, C]. A value is stored in the order of axes its maker gives, and remembers it: a Transpose of
// ONNX only changes what is remembered, an elementwise operator keeps its input's order, and a node that moves data appears where a reader asks for
// another order than there is. So transposes cancel, and constants are transposed at load.
// The integers of ONNX may be uint8; our layers take int8: such a value is stored as int8, code - 128, and remembers that too.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/graph/graph.h"

namespace edgewise::onnx {

/// Which axis of ONNX's each axis of a stored tensor holds; `added` is an axis of extent 1 that ONNX's value lacks. Axes of extent 1 may be left out.
using Order = std::vector<int>;
constexpr int added = -1;
/// 0, 1, 2, ...
Order in_place(int rank);
/// Where `axis` stands in `order`; -1 where it does not.
int position_of(const Order& order, int axis);
/// Whether the order holds each of `rank` axes and no other.
bool is_whole(const Order& order, int rank);
/// The axes of an order that hold more than one element: what decides where elements lie.
Order long_axes(const Shape& shape, const Order& order);
/// The extents of `shape` in `order`.
Shape arranged(const Shape& shape, const Order& order);

/// A constant, a value of the graph, or still to be made from another symbol.
struct Symbol {
  std::string name;
  DType type = DType::float32;
  Shape shape;                               ///< as ONNX has it
  bool is_known = true;                      ///< false: of a type we lack, or made by an operator we lack, so nothing is certain about it
  std::string_view foreign;                  ///< that type
  std::shared_ptr<const Bytes> data;         ///< a constant's contents, in ONNX's order
  ValueId id = no_value;                     ///< the graph's value that holds it, in `order`
  Order order;
  bool is_shifted = false;                   ///< uint8 here, int8 in the graph: code - 128
  Symbol* codes = nullptr;                   ///< a float that stands for these integers on `grid`
  Quantization grid;                         ///< its axis counts ONNX's axes
  Symbol* source = nullptr;                  ///< the same elements in the same order, in another shape
  std::vector<std::pair<Order, ValueId>> made;   ///< other orders somebody asked for

  bool is_constant() const { return data != nullptr; }
  /// A float whose integers are on one grid: they may be moved in its place.
  bool is_dequantized() const { return codes != nullptr && !grid.per_channel(); }
};

inline std::shared_ptr<const Bytes> shared(Bytes contents) { return std::make_shared<const Bytes>(std::move(contents)); }
/// A float32 constant of no name.
Symbol float_constant(const std::vector<float>& values, const Shape& shape);

}  // namespace edgewise::onnx
