// GATHER_ND: slices of the input picked by tuples of indices, the last axis of `indices`: output[i...] = input[indices[i...]].
//
// An index that is computed and lies outside is moved to the nearest end (TensorFlow Lite gives up); a constant one is refused.
#include <algorithm>
#include <cstring>

#include "core/base/text.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels::reference {
namespace {

template <class Index>
Result<Kernel> kernel(const Site& site) {
  const Value &x = site.in(0), &indices = site.in(1);
  const auto depth = static_cast<std::size_t>(indices.shape.back());
  const std::size_t count = static_cast<std::size_t>(indices.shape.elements()) / depth;
  if (indices.is_constant()) {
    const auto all = indices.view().as<Index>();
    for (std::size_t i = 0; i < all.size(); ++i)
      if (all[i] < 0 || all[i] >= x.shape[static_cast<int>(i % depth)])
        return fail(text("index ", std::int64_t{all[i]}, " is outside axis ", i % depth, " of extent ", x.shape[static_cast<int>(i % depth)]));
  }
  const std::size_t slice_bytes = static_cast<std::size_t>(bytes_for(site.out().type, site.out().shape.elements())) / count;
  const auto element_bytes = static_cast<std::size_t>(bits_of(x.type)) / 8;
  return [=, shape = x.shape, strides = strides_of(x.shape)](const Operands& operands) {
    const Index* index = operands.in<Index>(1);
    std::byte* to = operands.out<std::byte>();
    for (std::size_t i = 0; i < count; ++i, to += slice_bytes) {
      std::int64_t at = 0;
      for (std::size_t axis = 0; axis < depth; ++axis)
        at += std::clamp<std::int64_t>(*index++, 0, shape[static_cast<int>(axis)] - 1) * strides[axis];
      std::memcpy(to, operands.inputs[0] + static_cast<std::size_t>(at) * element_bytes, slice_bytes);
    }
  };
}

}  // namespace

Result<Kernel> gather_nd(const Site& site) {
  if (site.in(0).type != site.out().type || bits_of(site.out().type) < 8) return no_kernel(site);
  if (site.in(1).type == DType::int32) return kernel<std::int32_t>(site);
  if (site.in(1).type == DType::int64) return kernel<std::int64_t>(site);
  if (site.in(1).type == DType::int16) return kernel<std::int16_t>(site);
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
