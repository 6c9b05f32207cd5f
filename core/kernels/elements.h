// Choosing a kernel by the type of a tensor's elements.
#pragma once

#include <cstdint>

#include "core/kernels/site.h"

namespace edgewise::kernels {

/// make(T{}) with an unsigned T as wide as one element of `type`: for operators that move elements whatever they mean.
template <class Make>
Result<Kernel> by_element_width(const Site& site, DType type, Make make) {
  switch (bits_of(type)) {
    case 8: return make(std::uint8_t{});
    case 16: return make(std::uint16_t{});
    case 32: return make(std::uint32_t{});
    case 64: return make(std::uint64_t{});
  }
  return no_kernel(site);  // int4: two elements share a byte
}

/// make(T{}) for the types that activations of integer networks have: int8, uint8 and int16.
template <class Make>
Result<Kernel> by_code_type(const Site& site, DType type, Make make) {
  if (type == DType::int8) return make(std::int8_t{});
  if (type == DType::uint8) return make(std::uint8_t{});
  if (type == DType::int16) return make(std::int16_t{});
  return no_kernel(site);
}

/// make(T{}) for those, float32, int32 and int64: for operators that compare elements.
template <class Make>
Result<Kernel> by_number_type(const Site& site, DType type, Make make) {
  if (type == DType::float32) return make(float{});
  if (type == DType::int32) return make(std::int32_t{});
  if (type == DType::int64) return make(std::int64_t{});
  return by_code_type(site, type, make);
}

}  // namespace edgewise::kernels
