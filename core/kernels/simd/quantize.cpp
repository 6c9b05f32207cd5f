// QUANTIZE of floats to codes of 8 or 16 bits, fast: vectors of steps, rounded as std::round does.
#include "core/kernels/reference/reference.h"
#include "core/kernels/simd/simd.h"
#include "core/kernels/site.h"
#include "core/tensor/nearest.h"

namespace edgewise::kernels::simd {
namespace {

template <class To>
Result<Kernel> from_floats(const Site& site) {
  const Value& y = site.out();
  if (!y.grid.present() || y.grid.per_channel() || requantize_of(site.node.op) == Requantize::in_float) return reference::quantize(site);
  return [nearest = NearestCode(y.grid.scale.front(), y.grid.zero_point.front(), codes_of(y)), count = static_cast<std::size_t>(y.shape.elements())](const Operands& operands) {
    const float* x = operands.in<float>(0);
    To* codes = operands.out<To>();
    const NearestCode code_of = nearest;   // a copy that no store can reach
    for (std::size_t i = 0; i < count; ++i) codes[i] = static_cast<To>(code_of(x[i]));
  };
}

}  // namespace

[[gnu::cold]] Result<Kernel> quantize(const Site& site) {
  if (site.in(0).type != DType::float32) return reference::quantize(site);
  switch (site.out().type) {
    case DType::int8: return from_floats<std::int8_t>(site);
    case DType::uint8: return from_floats<std::uint8_t>(site);
    case DType::int16: return from_floats<std::int16_t>(site);
    default: return reference::quantize(site);
  }
}

}  // namespace edgewise::kernels::simd
