// DYNAMIC_UPDATE_SLICE: the input with a box of it replaced by input 1. Where the box begins (input 2) is computed while the model runs and kept inside.
// Source: TensorFlow Lite, dynamic_update_slice.cc.
#include <algorithm>
#include <cstring>

#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels::reference {
namespace {

template <class T, class Index>
Kernel kernel(const Shape& shape, const Shape& box) {
  return [shape, box, strides = strides_of(shape), bytes = static_cast<std::size_t>(shape.elements()) * sizeof(T)](const Operands& operands) {
    const T* from = operands.in<T>(1);
    const Index* begin = operands.in<Index>(2);
    T* to = operands.out<T>();
    std::memcpy(to, operands.inputs[0], bytes);
    std::int64_t start = 0;
    for (int axis = 0; axis < shape.rank(); ++axis)
      start += std::clamp<std::int64_t>(begin[axis], 0, shape[axis] - box[axis]) * strides[static_cast<std::size_t>(axis)];
    walk<1>(box, {strides}, {start}, [&](const auto& at) { to[at[0]] = *from++; });
  };
}

}  // namespace

Result<Kernel> dynamic_update_slice(const Site& site) {
  const Value &x = site.in(0), &update = site.in(1), &begin = site.in(2);
  if (x.type != site.out().type || update.type != x.type || (begin.type != DType::int32 && begin.type != DType::int64)) return no_kernel(site);
  return by_element_width(site, x.type, [&]<class T>(T) -> Kernel {
    return begin.type == DType::int32 ? kernel<T, std::int32_t>(x.shape, update.shape) : kernel<T, std::int64_t>(x.shape, update.shape);
  });
}

}  // namespace edgewise::kernels::reference
