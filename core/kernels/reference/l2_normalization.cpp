// L2_NORMALIZATION: each row of the last axis divided by its length.
//
//   8 bits  (x - zero) times the inverse square root of the sum of squares, on the fixed output grid 1/128 about its zero point
// Source: TensorFlow Lite, reference/l2normalization.h, integer_ops/l2normalization.h.
#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/kernels/inverse_sqrt.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

struct Extents { std::size_t rows, length; };

template <class T>
Result<Kernel> integer_kernel(const Site& site, Extents e) {
  const auto input = grid_of(site.in(0), "input 0");
  if (!input) return std::unexpected(input.error());
  const auto output = output_grid(site, Activation::none);
  if (!output) return std::unexpected(output.error());
  const std::int32_t middle = std::is_signed_v<T> ? 0 : 128;
  if (output->zero_point != middle || std::abs(site.out().grid.scale.front() * 128.0f - 1.0f) > 1e-3f)
    return fail(text("its output must have the scale 1/128 and the zero point ", middle));
  constexpr std::size_t longest = std::size_t{1} << 15;  // of squares below 2^16 each: the sum fits into 31 bits
  if (e.length > longest) return fail(text("rows of ", e.length, " are longer than ", longest, ", what its sums can hold"));
  return [e, zero = input->zero_point, grid = *output](const Operands& operands) {
    const T* x = operands.in<T>(0);
    T* y = operands.out<T>();
    for (std::size_t row = 0; row < e.rows; ++row, x += e.length, y += e.length) {
      std::int32_t sum = 0;
      for (std::size_t i = 0; i < e.length; ++i) sum += (x[i] - zero) * (x[i] - zero);
      Multiplier by = fixed_point::inverse_sqrt(sum);
      by.shift += 7;
      for (std::size_t i = 0; i < e.length; ++i) y[i] = static_cast<T>(requantize(x[i] - zero, by, grid));
    }
  };
}

Kernel float_kernel(Extents extents) {
  return [e = extents](const Operands& operands) {
    const float* x = operands.in<float>(0);
    float* y = operands.out<float>();
    for (std::size_t row = 0; row < e.rows; ++row, x += e.length, y += e.length) {
      float sum = 0.0f;
      for (std::size_t i = 0; i < e.length; ++i) sum += x[i] * x[i];
      const float length = std::max(std::sqrt(sum), 1e-6f);
      for (std::size_t i = 0; i < e.length; ++i) y[i] = x[i] / length;
    }
  };
}

}  // namespace

Result<Kernel> l2_normalization(const Site& site) {
  if (site.in(0).type != site.out().type) return no_kernel(site);
  const auto length = static_cast<std::size_t>(site.in(0).shape.back());
  const Extents e{static_cast<std::size_t>(site.in(0).shape.elements()) / length, length};
  if (site.out().type == DType::float32) return float_kernel(e);
  if (site.out().type == DType::int8) return integer_kernel<std::int8_t>(site, e);
  if (site.out().type == DType::uint8) return integer_kernel<std::uint8_t>(site, e);
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
