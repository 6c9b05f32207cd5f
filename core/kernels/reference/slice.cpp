// SLICE: a box of the input. Where it begins may be computed while the model runs: then it is kept inside the input.
#include <algorithm>

#include "core/base/text.h"
#include "core/graph/operands.h"
#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels::reference {
namespace {

template <class T, class Index>
Kernel kernel(const Shape& input, const Shape& shape) {
  return [strides = strides_of(input), input, shape](const Operands& operands) {
    const T* from = operands.in<T>(0);
    const Index* begin = operands.in<Index>(1);
    T* to = operands.out<T>();
    std::int64_t start = 0;
    for (int axis = 0; axis < shape.rank(); ++axis)
      start += std::clamp<std::int64_t>(begin[axis], 0, input[axis] - shape[axis]) * strides[static_cast<std::size_t>(axis)];
    walk<1>(shape, {strides}, {start}, [&](const auto& at) { *to++ = from[at[0]]; });
  };
}

}  // namespace

Result<Kernel> slice(const Site& site) {
  const Value &x = site.in(0), &y = site.out(), &begin = site.in(1);
  if (x.type != y.type || (begin.type != DType::int32 && begin.type != DType::int64)) return no_kernel(site);
  if (begin.shape.elements() != static_cast<std::uint64_t>(x.shape.rank()) || y.shape.rank() != x.shape.rank())
    return fail(text("the beginning has ", begin.shape.elements(), " elements, the output ", y.shape.rank(), " axes; ", x.shape.rank(), " are wanted"));
  for (int axis = 0; axis < x.shape.rank(); ++axis)
    if (y.shape[axis] > x.shape[axis]) return fail(text("a box of ", to_text(y.shape), " does not fit into ", to_text(x.shape)));
  return by_element_width(site, y.type, [&]<class T>(T) -> Kernel {
    return begin.type == DType::int32 ? kernel<T, std::int32_t>(x.shape, y.shape) : kernel<T, std::int64_t>(x.shape, y.shape);
  });
}

}  // namespace edgewise::kernels::reference
