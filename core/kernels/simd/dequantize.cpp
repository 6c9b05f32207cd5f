// DEQUANTIZE of codes of 8 or 16 bits with one scale, fast: in floats. A step from the zero point has 17 bits and the scale 24, so the product in double is exact, and
// rounding it is what the product in float does.
#include "core/kernels/reference/reference.h"
#include "core/kernels/simd/simd.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::simd {
namespace {

template <class From>
Kernel to_floats(const Value& x) {
  return [grid = Grid{x.grid.scale.front(), x.grid.zero_point.front()}, count = static_cast<std::size_t>(x.shape.elements())](const Operands& operands) {
    const auto [scale, zero_point] = grid;   // copies that no store can reach
    const From* codes = operands.in<From>(0);
    float* y = operands.out<float>();
    for (std::size_t i = 0; i < count; ++i) y[i] = scale * static_cast<float>(codes[i] - zero_point);
  };
}

}  // namespace

[[gnu::cold]] Result<Kernel> dequantize(const Site& site) {
  const Value& x = site.in(0);
  if (!x.grid.present() || x.grid.per_channel() || site.out().type != DType::float32) return reference::dequantize(site);
  switch (x.type) {
    case DType::int8: return to_floats<std::int8_t>(x);
    case DType::uint8: return to_floats<std::uint8_t>(x);
    case DType::int16: return to_floats<std::int16_t>(x);
    default: return reference::dequantize(site);
  }
}

}  // namespace edgewise::kernels::simd
