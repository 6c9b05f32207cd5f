// Two operands that broadcast to the output, numpy style: what ADD, SUB and MUL share.
#pragma once

#include <algorithm>

#include "core/kernels/kernels.h"
#include "core/kernels/site.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels {

/// output[i] = combine(a, b) for every element, broadcasting.
template <class T, class Combine>
Kernel elementwise(const Site& site, Combine combine) {
  const Shape& shape = site.out().shape;
  if (site.in(0).shape == shape && site.in(1).shape == shape) {
    return [combine, count = static_cast<std::size_t>(shape.elements())](const Operands& operands) {
      const T *a = operands.in<T>(0), *b = operands.in<T>(1);
      T* out = operands.out<T>();
      for (std::size_t i = 0; i < count; ++i) out[i] = combine(a[i], b[i]);
    };
  }
  const std::array<Strides, 2> strides{broadcast_strides(site.in(0).shape, shape), broadcast_strides(site.in(1).shape, shape)};
  return [combine, shape, strides](const Operands& operands) {
    const T *a = operands.in<T>(0), *b = operands.in<T>(1);
    T* out = operands.out<T>();
    walk<2>(shape, strides, {0, 0}, [&](const auto& at) { *out++ = combine(a[at[0]], b[at[1]]); });
  };
}

/// The same for floats, with the fused activation.
template <class Combine>
Result<Kernel> elementwise_float(const Site& site, Activation activation, Combine combine) {
  const auto clamp = real_clamp(activation);
  if (!clamp) return std::unexpected(clamp.error());
  return elementwise<float>(site, [combine, range = *clamp](float a, float b) { return std::clamp(combine(a, b), range.lowest, range.highest); });
}

/// int32 without a grid is what shapes are made of: plain arithmetic modulo 2^32, no activation.
template <class Combine>
Result<Kernel> elementwise_int32(const Site& site, Activation activation, Combine combine) {
  if (activation != Activation::none) return fail("a fused activation on int32 is not supported");
  return elementwise<std::int32_t>(site, [combine](std::int32_t a, std::int32_t b) {
    return static_cast<std::int32_t>(combine(static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b)));
  });
}

}  // namespace edgewise::kernels
