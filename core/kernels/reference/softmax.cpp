// SOFTMAX over the last axis: float32, and int8 to int8 or int16 in fixed point (gemmlowp).
//
// The integer output grid is fixed: 2^-B of probability per code and the lowest code for 0, with B the output's width (8, 16, or the narrow width of the value).
// Source: TensorFlow Lite, reference/softmax.h.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "core/base/text.h"
#include "core/kernels/curves.h"
#include "core/kernels/fixed_point.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

struct Rows { std::size_t count, length; };

Rows rows_of(const Shape& shape) {
  const auto length = static_cast<std::size_t>(shape.back());
  return {static_cast<std::size_t>(shape.elements()) / length, length};
}

/// What a row's softmax needs of a code: exp(beta * scale * -distance) in Q0.31 by the distance from the row's largest code, 0 when it is too far to matter.
using Exponentials = std::array<std::int32_t, 256>;

Result<Exponentials> exponentials(float beta, float scale) {
  constexpr int integer_bits = 5;
  const double real = std::min(static_cast<double>(beta) * static_cast<double>(scale) * (1 << (31 - integer_bits)), 0x1p31 - 1.0);
  if (!(real >= 0.0)) return fail(text("beta is ", beta, "; it must not be negative"));
  const Multiplier multiplier = quantize_multiplier(real);
  const auto farthest = static_cast<std::int32_t>(std::min(std::floor(31.0 * (1 << 26) / std::ldexp(1.0, multiplier.shift)), 255.0));
  Exponentials table{};
  for (std::int32_t distance = 0; distance <= farthest; ++distance)
    table[static_cast<std::size_t>(distance)] = fixed_point::exp_of_negative(multiply(-distance, multiplier));
  return table;
}

template <class In, class Out>
Result<Kernel> integer_kernel(const Site& site) {
  const auto input = grid_of(site.in(0), "input 0");
  if (!input) return std::unexpected(input.error());
  const Value& y = site.out();
  const CodeRange codes = codes_of(y);
  const int bits = std::bit_width(static_cast<unsigned>(codes.highest - codes.lowest));
  if (!y.grid.present() || y.grid.zero_point.front() != codes.lowest || std::abs(std::ldexp(y.grid.scale.front(), bits) - 1.0f) > 1e-3f)
    return fail(text("its output must have the scale 2^-", bits, " and the zero point ", codes.lowest));
  const auto table = exponentials(std::get<Softmax>(site.node.op).beta, input->scale);
  if (!table) return std::unexpected(table.error());

  return [rows = rows_of(y.shape), table = *table, codes, bits](const Operands& operands) {
    const In* x = operands.in<In>(0);
    Out* out = operands.out<Out>();
    for (std::size_t row = 0; row < rows.count; ++row, x += rows.length, out += rows.length) {
      const std::int32_t largest = *std::max_element(x, x + rows.length);
      const auto exponential = [&](std::size_t i) { return table[static_cast<std::size_t>(largest - x[i])]; };
      std::uint32_t sum = 0;  // Q12.19: up to 4096 of one
      for (std::size_t i = 0; i < rows.length; ++i) sum += static_cast<std::uint32_t>(rounding_shift_right(exponential(i), 12));
      const int headroom = std::countl_zero(sum), integer_bits_over_one = 12 - headroom;
      const std::int32_t reciprocal = fixed_point::one_over_one_plus(static_cast<std::int32_t>((sum << headroom) - (std::uint32_t{1} << 31)));
      const int right = integer_bits_over_one + 31 - bits;
      for (std::size_t i = 0; i < rows.length; ++i) {
        const std::int32_t e = exponential(i);
        const std::int32_t code = e == 0 || right > 31 ? codes.lowest : rounding_shift_right(high_product(reciprocal, e), right) + codes.lowest;
        out[i] = static_cast<Out>(std::clamp(code, codes.lowest, codes.highest));
      }
    }
  };
}

Kernel float_kernel(const Site& site) {
  return [rows = rows_of(site.out().shape), beta = std::get<Softmax>(site.node.op).beta](const Operands& operands) {
    const float* x = operands.in<float>(0);
    float* y = operands.out<float>();
    for (std::size_t row = 0; row < rows.count; ++row, x += rows.length, y += rows.length) {
      const float largest = *std::max_element(x, x + rows.length);
      float sum = 0.0f;
      for (std::size_t i = 0; i < rows.length; ++i) y[i] = (x[i] - largest) * beta;
      curves::exp({y, rows.length});
      for (std::size_t i = 0; i < rows.length; ++i) sum += y[i];
      for (std::size_t i = 0; i < rows.length; ++i) y[i] /= sum;
    }
  };
}

}  // namespace

Result<Kernel> softmax(const Site& site) {
  const DType x = site.in(0).type, y = site.out().type;
  if (site.out().shape.back() > 4096) return fail(text("rows of ", site.out().shape.back(), " are longer than 4096, what its sums can hold"));
  if (x == DType::float32 && y == x) return float_kernel(site);
  if (x == DType::int8 && y == DType::int8) return integer_kernel<std::int8_t, std::int8_t>(site);
  if (x == DType::int8 && y == DType::int16) return integer_kernel<std::int8_t, std::int16_t>(site);
  if (x == DType::uint8 && y == x) return integer_kernel<std::uint8_t, std::uint8_t>(site);
  if (x == DType::int16 && y == x) return softmax_int16(site);
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
