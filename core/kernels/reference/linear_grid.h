// ONNX's grids, which may come as tensors: what QUANTIZE_LINEAR and DEQUANTIZE_LINEAR share.
#pragma once

#include "core/kernels/numbers.h"
#include "core/kernels/site.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels::reference {

/// The types that codes have.
inline bool has_codes(DType type) { return is_number(type) && !is_real(type) && type != DType::boolean && bits_of(type) <= 32; }

/// visit(index of x, of the scale, of the zero point) for every element.
template <class Visit>
Kernel over_elements(const Site& site, Visit visit) {
  const Shape& shape = site.in(0).shape;
  const Value* zero = site.optional(2);
  const std::array<Strides, 3> strides{strides_of(shape), broadcast_strides(site.in(1).shape, shape), zero == nullptr ? Strides{} : broadcast_strides(zero->shape, shape)};
  return [shape, strides, visit](const Operands& operands) { walk<3>(shape, strides, {0, 0, 0}, [&](const auto& at) { visit(operands, at[0], at[1], at[2]); }); };
}

inline std::int64_t zero_at(const Operands& operands, DType type, std::int64_t at) {
  const auto* zeros = operands.in<std::byte>(2);
  return zeros == nullptr ? 0 : read_number<std::int64_t>(type, zeros, at);
}

}  // namespace edgewise::kernels::reference
