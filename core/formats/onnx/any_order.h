// Operators that work in whatever order of axes their input is stored in, and leave their output in it.
#pragma once

#include <algorithm>

#include "core/formats/onnx/import.h"

namespace edgewise::onnx {

/// The first input as it is stored, whole.
struct AnyOrder {
  Symbol& symbol;
  Order order;
  Made id;

  AnyOrder(Importer& importer, const NodeProto& node) : symbol(importer.operand(node, 0)), order(importer.whole_order(symbol)), id(importer.stored_in_order(symbol, order)) {}
  /// Where an axis of ONNX's stands.
  int at(int axis) const { return position_of(order, axis); }
  /// Output `position` of the node in the same order and of the same codes.
  Result<void> define(Importer& importer, const NodeProto& node, const Made& y, std::size_t position = 0) const {
    return importer.define(node, position, y, order, symbol.is_shifted);
  }
};

}  // namespace edgewise::onnx
