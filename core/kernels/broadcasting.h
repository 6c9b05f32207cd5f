// Operands that broadcast to the output, numpy style: what ADD, MAXIMUM, EQUAL, SELECT_V2 and their like share.
#pragma once

#include <algorithm>
#include <span>

#include "core/kernels/kernels.h"
#include "core/kernels/site.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels {

/// The output as rows. Adjacent axes along which every operand moves evenly are one, so equal shapes make a single row.
struct Rows {
  static constexpr std::size_t most_operands = 3;
  Shape outer;                                         ///< where rows stand
  std::array<Strides, most_operands> strides{};        ///< of each operand under `outer`
  std::size_t length = 1;                              ///< output elements of a row
  std::array<std::int64_t, most_operands> step{};      ///< of each operand along a row
};
/// At most three operands, each of which broadcasts to `output`.
Rows rows_of(std::span<const Shape> operands, const Shape& output);

/// output[i] = combine(a[i], b[i]) for every element, broadcasting.
template <class In, class Out, class Combine>
Kernel elementwise(const Site& site, Combine combine) {
  const std::array shapes{site.in(0).shape, site.in(1).shape};
  return [combine, rows = rows_of(shapes, site.out().shape)](const Operands& operands) {
    const In *a = operands.in<In>(0), *b = operands.in<In>(1);
    Out* out = operands.out<Out>();
    walk<Rows::most_operands>(rows.outer, rows.strides, {}, [&](const auto& at) {
      const In *x = a + at[0], *y = b + at[1];
      for (std::size_t i = 0; i < rows.length; ++i, x += rows.step[0], y += rows.step[1]) *out++ = combine(*x, *y);
    });
  };
}
template <class T, class Combine>
Kernel elementwise(const Site& site, Combine combine) {
  return elementwise<T, T>(site, combine);
}

/// The same for floats, with the fused activation.
template <class Combine>
Result<Kernel> elementwise_float(const Site& site, Activation activation, Combine combine) {
  const auto clamp = real_clamp(activation);
  if (!clamp) return std::unexpected(clamp.error());
  return elementwise<float>(site, [combine, range = *clamp](float a, float b) { return std::clamp(combine(a, b), range.lowest, range.highest); });
}

/// Whole numbers without a grid, which shapes are made of: arithmetic modulo 2^32 or 2^64, then the fused activation. T is int32 or int64.
template <class T, class Combine>
Result<Kernel> elementwise_whole(const Site& site, Activation activation, Combine combine) {
  const auto clamp = real_clamp(activation);
  if (!clamp) return std::unexpected(clamp.error());
  using Modular = std::make_unsigned_t<T>;
  using Limits = std::numeric_limits<T>;
  const bool has_lowest = activation != Activation::none, has_highest = has_lowest && activation != Activation::relu;
  const T lowest = has_lowest ? static_cast<T>(clamp->lowest) : Limits::min(), highest = has_highest ? static_cast<T>(clamp->highest) : Limits::max();
  return elementwise<T>(site, [=](T a, T b) {
    return std::clamp(static_cast<T>(combine(static_cast<Modular>(a), static_cast<Modular>(b))), lowest, highest);
  });
}

/// Two operands and an output on grids of their own, for kernels that compute with steps from the zero points.
struct PairOfGrids {
  Grid a, b;
  float output_scale;
  OutputGrid output;
};
Result<PairOfGrids> pair_of_grids(const Site& site, Activation activation);

/// Whether both operands and the output have one type.
bool is_of_one_type(const Site& site);

}  // namespace edgewise::kernels
