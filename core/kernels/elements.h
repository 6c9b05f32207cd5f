// Moving elements whatever they mean: operators that only rearrange work on 1, 2, 4 or 8 bytes at a time.
#pragma once

#include <cstdint>

#include "core/kernels/site.h"

namespace edgewise::kernels {

/// make(T{}) with an unsigned T as wide as one element of `type`.
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

}  // namespace edgewise::kernels
