// Moving elements whatever they mean. Slicing, transposing, tiling, padding, mirroring, picking nearest pixels and exchanging blocks with channels are one
// loop: for every position, an offset into the input that is a sum over the axes, and likewise an offset into the output.
#pragma once

#include <optional>
#include <vector>

#include "core/kernels/kernels.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels {

/// Offsets in elements by the index along one axis: index * step, or looked up where they are not even.
struct Offsets {
  std::int64_t step = 0;
  std::vector<std::int32_t> table = {};   ///< empty, or one per index
  std::int64_t operator()(std::int64_t index) const { return table.empty() ? index * step : table[static_cast<std::size_t>(index)]; }
};
struct MovedAxis {
  std::int64_t count = 0;
  Offsets from, to;
};
struct Move {
  std::vector<MovedAxis> axes;
  std::int64_t from = 0, to = 0;   ///< offsets of the first element
  /// What the output holds where no element goes: nothing when elements go everywhere.
  struct Fill {
    std::uint64_t bits = 0;                 ///< one element, in the low bits
    std::size_t operand = no_operand;       ///< or the first element of this input
    static constexpr std::size_t no_operand = ~std::size_t{0};
  };
  std::optional<Fill> fill = {};
};

/// Every axis of `shape` moved evenly, with strides in the input and in the output.
Move even_move(const Shape& shape, const Strides& from, const Strides& to);

/// Moves input `input` to output `output`, which have one type. Fails for types narrower than a byte.
Result<Kernel> moving_kernel(const Site& site, Move move, std::size_t input = 0);

/// Fails beyond 2^20 indices: a table of offsets would be out of proportion.
Result<void> check_table(std::int64_t count);
/// offset(index) for each index of an axis that check_table allows.
template <class Offset>
Offsets offset_table(std::int64_t count, Offset offset) {
  Offsets offsets;
  for (std::int64_t i = 0; i < count; ++i) offsets.table.push_back(static_cast<std::int32_t>(offset(i)));
  return offsets;
}

/// Bytes from input `input` to the output as they are: operators that only change the shape.
Result<Kernel> copying_kernel(const Site& site, std::size_t input = 0);

}  // namespace edgewise::kernels
