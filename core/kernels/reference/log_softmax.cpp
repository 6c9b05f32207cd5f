// LOG_SOFTMAX over the last axis: x - max - log(sum exp(x - max)).
//
//   8 bits  exponentials, their sum and its logarithm in fixed point; the output has the scale 1/16 and the highest code for 0
// Source: TensorFlow Lite, reference/log_softmax.h; gemmlowp-style logarithm of common.h.
#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/kernels/fixed_point.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

using fixed_point::shift_left;

struct Extents { std::size_t rows, length; };

std::int32_t rounding_half_sum(std::int32_t a, std::int32_t b) {
  const std::int64_t sum = std::int64_t{a} + b;
  return static_cast<std::int32_t>((sum + (sum >= 0 ? 1 : -1)) / 2);
}

/// log(x) in Q5.26 for x >= 1 in Q12.19.
std::int32_t log_of_sum(std::int32_t x) {
  constexpr std::int32_t sqrt_half = 1518500250, sqrt_sqrt_half = 1805811301, quarter = 536870912 >> 6, log_2 = 1488522236;   // Q0.31; a quarter in Q6.25 steps
  constexpr int integer_bits = 12;
  // x as a fraction about sqrt(sqrt(1/2)) times a power of 2 or of 2 and a half: whichever of two candidates has the smaller fraction
  const int headroom_a = std::countl_zero(static_cast<std::uint32_t>(x)) - 1;
  const std::int32_t fraction_a = shift_left(high_product(shift_left(x, headroom_a), sqrt_half), 1);
  const std::int32_t scaled = high_product(x, sqrt_half);
  const int headroom_b = std::countl_zero(static_cast<std::uint32_t>(scaled)) - 1;
  const std::int32_t r = std::min(fraction_a, shift_left(x, headroom_b));
  const std::int32_t power_a = shift_left(integer_bits - (headroom_a + 1), 25) + quarter, power_b = shift_left(integer_bits - headroom_b, 25) - quarter;
  const std::int32_t power = std::max(power_a, power_b);

  // A rational approximation of the logarithm of the fraction.
  const std::int32_t p = rounding_half_sum(r, sqrt_sqrt_half);
  std::int32_t q = r - sqrt_sqrt_half;
  q += q;
  const std::int32_t c = high_product(q, q);
  const std::int32_t numerator = high_product(q, r) + high_product(high_product(q, c), 117049297);
  const std::int32_t denominator = high_product(p, 1057819769 + q + high_product(127690142, c)) + high_product(638450708, q);
  const std::int32_t quotient = high_product(numerator, fixed_point::one_over_one_plus(denominator));
  return shift_left(high_product(log_2, power) + rounding_shift_right(quotient, 6), 1);
}

template <class T>
Result<Kernel> integer_kernel(const Site& site, Extents e) {
  const auto input = grid_of(site.in(0), "input 0");
  if (!input) return std::unexpected(input.error());
  constexpr std::int32_t lowest = std::numeric_limits<T>::min(), highest = std::numeric_limits<T>::max();
  const Quantization& grid = site.out().grid;
  if (!grid.present() || grid.zero_point.front() != highest || std::abs(grid.scale.front() * 16.0f - 1.0f) > 1e-3f)
    return fail(text("its output must have the scale 1/16 and the zero point ", highest));
  if (e.length > 4096) return fail(text("rows of ", e.length, " are longer than 4096, what its sums can hold"));
  const Multiplier by = quantize_multiplier(std::min(static_cast<double>(input->scale) * (1 << 26), 0x1p31 - 1.0));
  if (by.shift < 0 || by.mantissa == 0) return fail(text("an input scale of ", input->scale, " is too small"));
  const auto back = quantize_multiplier(std::ldexp(1.0, 31 - by.shift) / by.mantissa);
  const auto farthest = -static_cast<std::int32_t>(std::floor(31.0 * (1 << 26) / std::ldexp(1.0, by.shift)));

  return [=](const Operands& operands) {
    const T* x = operands.in<T>(0);
    T* y = operands.out<T>();
    for (std::size_t row = 0; row < e.rows; ++row, x += e.length, y += e.length) {
      const std::int32_t largest = *std::max_element(x, x + e.length);
      std::int32_t sum = 0;  // Q12.19
      for (std::size_t i = 0; i < e.length; ++i)
        if (const std::int32_t below = x[i] - largest; below >= farthest)
          sum += rounding_shift_right(fixed_point::exp_of_negative(multiply(below, by)), 12);
      const std::int32_t log_sum = log_of_sum(sum);
      // What would fall below the lowest code anyway is not computed: there the difference could overflow.
      const std::int64_t shifted = std::int64_t{log_sum} + std::numeric_limits<std::int32_t>::min();
      const std::int32_t limit = std::max(farthest - 1, multiply(saturate_to_int32(shifted), back));
      for (std::size_t i = 0; i < e.length; ++i) {
        const std::int32_t below = x[i] - largest;
        const std::int32_t code = below > limit ? rounding_shift_right(saturate_to_int32(std::int64_t{multiply(below, by)} - log_sum), 22) + highest : lowest;
        y[i] = static_cast<T>(std::clamp(code, lowest, highest));
      }
    }
  };
}

Kernel float_kernel(Extents extents) {
  return [e = extents](const Operands& operands) {
    const float* x = operands.in<float>(0);
    float* y = operands.out<float>();
    for (std::size_t row = 0; row < e.rows; ++row, x += e.length, y += e.length) {
      const float largest = *std::max_element(x, x + e.length);
      float sum = 0.0f;
      for (std::size_t i = 0; i < e.length; ++i) sum += std::exp(x[i] - largest);
      const float log_sum = std::log(sum);
      for (std::size_t i = 0; i < e.length; ++i) y[i] = x[i] - largest - log_sum;
    }
  };
}

}  // namespace

Result<Kernel> log_softmax(const Site& site) {
  if (site.in(0).type != site.out().type) return no_kernel(site);
  const auto length = static_cast<std::size_t>(site.in(0).shape.back());
  const Extents e{static_cast<std::size_t>(site.in(0).shape.elements()) / length, length};
  if (site.out().type == DType::float32) return float_kernel(e);
  if (site.out().type == DType::int8) return integer_kernel<std::int8_t>(site, e);
  if (site.out().type == DType::uint8) return integer_kernel<std::uint8_t>(site, e);
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
