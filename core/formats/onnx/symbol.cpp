#include "core/formats/onnx/symbol.h"

#include <algorithm>
#include <span>

namespace edgewise::onnx {

Order in_place(int rank) {
  Order order;
  for (int axis = 0; axis < rank; ++axis) order.push_back(axis);
  return order;
}

int position_of(const Order& order, int axis) {
  const auto at = std::ranges::find(order, axis);
  return at == order.end() ? -1 : static_cast<int>(at - order.begin());
}

bool is_whole(const Order& order, int rank) { return static_cast<int>(order.size()) == rank && std::ranges::count(order, added) == 0; }

Order long_axes(const Shape& shape, const Order& order) {
  Order axes;
  for (const int axis : order)
    if (axis != added && shape[axis] != 1) axes.push_back(axis);
  return axes;
}

Shape arranged(const Shape& shape, const Order& order) {
  Shape result;
  for (const int axis : order) result.push(axis == added ? 1 : shape[axis]);
  return result;
}

Symbol float_constant(const std::vector<float>& values, const Shape& shape) {
  Symbol symbol;
  symbol.shape = shape;
  const auto bytes = std::as_bytes(std::span(values));
  symbol.data = shared({bytes.begin(), bytes.end()});
  return symbol;
}

}  // namespace edgewise::onnx
