// MATMUL_INTEGER: numpy's matmul of bytes less their zero points, sums in int32 modulo 2^32.
// Source: ONNX's MatMulInteger.
#include "core/kernels/numbers.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels::reference {
namespace {

/// A vector on the left is a row, on the right a column.
Shape as_matrix(const Shape& shape, bool is_left) {
  if (shape.rank() != 1) return shape;
  return is_left ? Shape{1, shape[0]} : Shape{shape[0], 1};
}

/// One operand: its strides under (outer axes of the output, row, column) of its own matrices, and those of its zero points.
struct Operand {
  DType type;
  Strides outer{}, zero_outer{};
  std::int64_t row = 0, column = 0, zero_row = 0, zero_column = 0;
};

Operand operand_of(const Value& value, const Value* zero, bool is_left, const Shape& outer) {
  const Shape shape = as_matrix(value.shape, is_left);
  const auto strided = [&](const Shape& of, Strides& strides, std::int64_t& row, std::int64_t& column) {
    const int axes = of.rank() - 2, missing = outer.rank() - axes;
    const Strides own = strides_of(of);
    for (int axis = 0; axis < axes; ++axis)
      if (of[axis] != 1) strides[static_cast<std::size_t>(axis + missing)] = own[static_cast<std::size_t>(axis)];
    row = of[of.rank() - 2] == 1 ? 0 : own[static_cast<std::size_t>(of.rank() - 2)];
    column = of.back() == 1 ? 0 : own[static_cast<std::size_t>(of.rank() - 1)];
  };
  Operand operand{value.type};
  strided(shape, operand.outer, operand.row, operand.column);
  if (zero != nullptr && zero->shape.elements() > 1) {
    Shape zeros = zero->shape;
    if (zeros.rank() == 1) zeros = Shape{1, zeros[0]};   // one per column
    strided(zeros, operand.zero_outer, operand.zero_row, operand.zero_column);
  }
  return operand;
}

bool is_byte(DType type) { return type == DType::int8 || type == DType::uint8; }

}  // namespace

Result<Kernel> matmul_integer(const Site& site) {
  if (!is_byte(site.in(0).type) || !is_byte(site.in(1).type) || site.out().type != DType::int32) return no_kernel(site);
  const Shape left = as_matrix(site.in(0).shape, true), right = as_matrix(site.in(1).shape, false);
  for (std::size_t side = 0; side < 2; ++side) {
    const Value* zero = site.optional(2 + side);
    if (zero == nullptr || zero->shape.elements() == 1) continue;
    const Shape& shape = side == 0 ? left : right;
    Shape zeros = zero->shape;
    if (zeros.rank() == 1) zeros = Shape{1, zeros[0]};
    bool fits = zero->type == site.in(side).type && zeros.rank() <= shape.rank();
    for (int axis = 0; fits && axis < zeros.rank(); ++axis) {
      const std::int64_t extent = zeros[zeros.rank() - 1 - axis];
      fits = extent == 1 || extent == shape[shape.rank() - 1 - axis];
    }
    if (!fits) return fail("its zero points do not fit its matrices");
  }
  Shape outer;
  const int vectors = (site.in(0).shape.rank() == 1) + (site.in(1).shape.rank() == 1), matrix_axes = 2 - vectors;
  for (int axis = 0; axis < site.out().shape.rank() - matrix_axes; ++axis) outer.push(site.out().shape[axis]);
  const std::int64_t rows = left[left.rank() - 2], depth = left.back(), columns = right.back();
  return [outer, rows, depth, columns, a = operand_of(site.in(0), site.optional(2), true, outer), b = operand_of(site.in(1), site.optional(3), false, outer)](const Operands& operands) {
    const auto at = [&](const Operand& operand, std::size_t side, std::int64_t from, std::int64_t zero, std::int64_t row, std::int64_t column) {
      const auto* zeros = operands.in<std::byte>(2 + side);
      const std::int64_t code = read_number<std::int64_t>(operand.type, operands.inputs[side], from + row * operand.row + column * operand.column);
      return zeros == nullptr ? code : code - read_number<std::int64_t>(operand.type, zeros, zero + row * operand.zero_row + column * operand.zero_column);
    };
    auto* out = operands.out<std::int32_t>();
    walk<4>(outer, {a.outer, b.outer, a.zero_outer, b.zero_outer}, {0, 0, 0, 0}, [&](const auto& start) {
      for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t c = 0; c < columns; ++c) {
          std::int64_t sum = 0;
          for (std::int64_t k = 0; k < depth; ++k) sum += at(a, 0, start[0], start[2], r, k) * at(b, 1, start[1], start[3], k, c);
          *out++ = static_cast<std::int32_t>(sum);
        }
    });
  };
}

}  // namespace edgewise::kernels::reference
