// What operators that reduce named axes share: where each input element goes.
#pragma once

#include "core/graph/operands.h"
#include "core/kernels/kernels.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels {

struct Reduction {
  Shape input;
  Strides output_strides{};   ///< of the output, under the input's axes: 0 along reduced ones
  std::size_t outputs = 0;
  std::uint64_t count = 1;    ///< inputs per output
};
/// Of input 0 along the axes that input 1, a constant, names.
Result<Reduction> reduction_of(const Site& site);

/// output = combine(output, x) for every input element, starting from `first`.
template <class T, class Combine>
void reduce(const Reduction& reduction, const Operands& operands, T first, Combine combine) {
  const T* x = operands.in<T>(0);
  T* y = operands.out<T>();
  std::fill_n(y, reduction.outputs, first);
  walk<1>(reduction.input, {reduction.output_strides}, {0}, [&](const auto& at) { y[at[0]] = combine(y[at[0]], *x++); });
}

}  // namespace edgewise::kernels
