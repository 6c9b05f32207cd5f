// SOFTMAX from int16 to int16 over the last axis: two tables of 513 entries with linear interpolation.
//
// The tables are exp over [-10, 0] and 1/(1+x) over [0, 1]. Output scale 1/32768, zero point 0.
// Source: TensorFlow Lite, reference/softmax.h.
#include <algorithm>
#include <bit>
#include <cmath>

#include "core/base/text.h"
#include "core/kernels/curve_table.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
Result<Kernel> softmax_int16(const Site& site) {
  const auto input = grid_of(site.in(0), "input 0");
  if (!input) return std::unexpected(input.error());
  const Value& y = site.out();
  if (!y.grid.present() || y.grid.zero_point.front() != 0 || std::abs(y.grid.scale.front() * 32768.0f - 1.0f) > 1e-3f)
    return fail("its output must have the scale 1/32768 and the zero point 0");
  const auto multiplier = checked_multiplier(static_cast<double>(input->scale * std::get<Softmax>(site.node.op).beta) / (10.0 / 65535.0));
  if (!multiplier) return std::unexpected(multiplier.error());

  const auto length = static_cast<std::size_t>(y.shape.back());
  const std::size_t rows = static_cast<std::size_t>(y.shape.elements()) / length;
  constexpr double codes_per_one = 65536.0 / 2.0;
  return [rows, length, by = *multiplier, exp = CurveTable::of([](double x) { return std::exp(x); }, -10.0, 0.0, codes_per_one),
          reciprocal = CurveTable::of([](double x) { return 1.0 / (1.0 + x); }, 0.0, 1.0, codes_per_one)](const Operands& operands) {
    const auto* x = operands.in<std::int16_t>(0);
    auto* out = operands.out<std::int16_t>();
    for (std::size_t row = 0; row < rows; ++row, x += length, out += length) {
      const std::int32_t largest = *std::max_element(x, x + length);
      std::uint32_t sum = 0;  // of exponentials below 2^15 each: room for more than 2^16 of them
      for (std::size_t i = 0; i < length; ++i) {
        const std::int32_t scaled = multiply(x[i] - largest, by);
        out[i] = static_cast<std::int16_t>(exp(saturate_to_int16(saturate_to_int32(std::int64_t{scaled} + 32767))));
        sum += static_cast<std::uint32_t>(out[i]);
      }
      const int headroom = std::countl_zero(sum);
      const auto normal = static_cast<std::int32_t>(((static_cast<std::uint64_t>(sum) << (headroom - 1)) + (1 << 13)) >> 14);  // sum as 1 + x, x in [0, 1), Q16
      const std::int32_t r = reciprocal(saturate_to_int16(normal - (1 << 15) - (1 << 16)));
      const int right = 31 - headroom;
      for (std::size_t i = 0; i < length; ++i)
        out[i] = static_cast<std::int16_t>(std::clamp((std::int64_t{out[i]} * r + (std::int64_t{1} << (right - 1))) >> right, std::int64_t{0}, std::int64_t{32767}));
    }
  };
}

}  // namespace edgewise::kernels::reference
