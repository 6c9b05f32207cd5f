// What operators that reduce named axes share: where each input element goes.
#pragma once

#include "core/graph/operands.h"
#include "core/kernels/kernels.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels {

struct Reduction {
  Shape runs;                 ///< the input's, with 1 for its last axes, as many as are all reduced or all kept: those are one run
  std::int64_t length = 1;    ///< elements of a run
  bool is_kept = true;        ///< whether each element of a run has an output of its own
  Strides output_strides{};   ///< of the output, under the axes of `runs`: 0 along reduced ones
  std::size_t outputs = 0;
  std::uint64_t count = 1;    ///< inputs per output
};
/// Of input 0 along the axes that input 1, a constant, names.
Result<Reduction> reduction_of(const Site& site);

/// Calls take(output) for every input element, in order.
template <class Take>
void for_each_input(const Reduction& reduction, Take take) {
  walk<1>(reduction.runs, {reduction.output_strides}, {0}, [&](const auto& at) {
    const auto first = static_cast<std::size_t>(at[0]), step = static_cast<std::size_t>(reduction.is_kept), length = static_cast<std::size_t>(reduction.length);
    for (std::size_t i = 0; i < length; ++i) take(first + i * step);
  });
}

/// output = combine(output, x) for every input element, starting from `first`.
template <class T, class Combine>
void reduce(const Reduction& reduction, const Operands& operands, T first, Combine combine) {
  const T* x = operands.in<T>(0);
  T* y = operands.out<T>();
  std::fill_n(y, reduction.outputs, first);
  for_each_input(reduction, [&](std::size_t at) { y[at] = combine(y[at], *x++); });
}

}  // namespace edgewise::kernels
