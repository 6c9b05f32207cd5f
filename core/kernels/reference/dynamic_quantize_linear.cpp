// DYNAMIC_QUANTIZE_LINEAR: float32 to uint8 codes on the grid of what comes, from the range of x and 0, half to even.
// Source: ONNX's DynamicQuantizeLinear.
#include <algorithm>
#include <cmath>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> dynamic_quantize_linear(const Site& site) {
  if (site.in(0).type != DType::float32 || site.out(0).type != DType::uint8 || site.out(1).type != DType::float32 || site.out(2).type != DType::uint8) return no_kernel(site);
  return [count = static_cast<std::size_t>(site.in(0).shape.elements())](const Operands& operands) {
    const std::span<const float> reals{operands.in<float>(0), count};
    float low = 0.0f, high = 0.0f;
    for (const float real : reals) {
      low = std::min(low, real);
      high = std::max(high, real);
    }
    const float range = high - low, scale = range > 0.0f && std::isfinite(range) ? range / 255.0f : 1.0f;
    const auto code = [](float steps) { return static_cast<std::uint8_t>(std::isnan(steps) ? 0.0f : std::clamp(steps, 0.0f, 255.0f)); };
    const std::uint8_t zero = code(std::nearbyint(0.0f - low / scale));
    for (std::size_t i = 0; i < count; ++i) operands.out<std::uint8_t>(0)[i] = code(std::nearbyint(reals[i] / scale) + static_cast<float>(zero));
    *operands.out<float>(1) = scale;
    *operands.out<std::uint8_t>(2) = zero;
  };
}

}  // namespace edgewise::kernels::reference
