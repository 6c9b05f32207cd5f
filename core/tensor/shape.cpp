#include "core/tensor/shape.h"

#include "core/base/text.h"

namespace edgewise {

std::string to_text(const Shape& shape) {
  if (shape.rank() == 0) return "scalar";
  std::string out;
  for (int axis = 0; axis < shape.rank(); ++axis) out += text(axis == 0 ? "" : "x", shape[axis]);
  return out;
}

}  // namespace edgewise
