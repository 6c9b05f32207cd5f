// Visiting every position of a shape while one or more flat offsets move along with it: broadcasting, transposing, slicing and reducing are all this,
// with different strides.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/tensor/shape.h"

namespace edgewise::kernels {

/// How far a flat offset moves with one step along each axis.
using Strides = std::array<std::int64_t, limits::rank>;

/// Row-major strides of a whole tensor.
inline Strides strides_of(const Shape& shape) {
  Strides strides{};
  std::int64_t stride = 1;
  for (int axis = shape.rank() - 1; axis >= 0; --axis) {
    strides[static_cast<std::size_t>(axis)] = stride;
    stride *= shape[axis];
  }
  return strides;
}

/// Strides of `operand` under the axes of `shape`, which it broadcasts to: 0 where its extent is 1 or it lacks the axis.
inline Strides broadcast_strides(const Shape& operand, const Shape& shape) {
  const Strides own = strides_of(operand);
  Strides strides{};
  const int missing = shape.rank() - operand.rank();
  for (int axis = 0; axis < operand.rank(); ++axis)
    if (operand[axis] != 1) strides[static_cast<std::size_t>(axis + missing)] = own[static_cast<std::size_t>(axis)];
  return strides;
}

/// Calls visit(offsets) for every position in row-major order; offsets start at `start`.
template <std::size_t N, class Visit>
void walk(const Shape& shape, const std::array<Strides, N>& strides, std::array<std::int64_t, N> start, Visit visit) {
  if (shape.elements() == 0) return;
  std::array<std::int64_t, limits::rank> at{};
  std::array<std::int64_t, N> offset = start;
  for (;;) {
    visit(offset);
    int axis = shape.rank() - 1;
    for (; axis >= 0; --axis) {  // the next position: carry over axes that are at their end
      const auto a = static_cast<std::size_t>(axis);
      if (++at[a] < shape[axis]) {
        for (std::size_t i = 0; i < N; ++i) offset[i] += strides[i][a];
        break;
      }
      at[a] = 0;
      for (std::size_t i = 0; i < N; ++i) offset[i] -= strides[i][a] * (shape[axis] - 1);
    }
    if (axis < 0) return;
  }
}

}  // namespace edgewise::kernels
