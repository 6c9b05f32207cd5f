// LOGISTIC and TANH.
//
//   8 bits a table of all 256 codes, made in float as TensorFlow Lite does. exp and tanh are taken in double and rounded, so that every platform's table is the same
//   int16  a table of the logistic at 256 points, interpolated. Output scale 1/32768, zero point 0
// Source: TensorFlow Lite, integer_ops/logistic.h, integer_ops/tanh.h.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"
#include "core/kernels/unary.h"

namespace edgewise::kernels::reference {
namespace {

enum class Curve : std::uint8_t { logistic, tanh };

float rounded_logistic(float x) { return 1.0f / (1.0f + static_cast<float>(std::exp(-static_cast<double>(x)))); }
float rounded_tanh(float x) { return static_cast<float>(std::tanh(static_cast<double>(x))); }

/// 65536 * logistic(k / 24), rounded; in some entries TensorFlow Lite's published table is one more, and so is this one.
std::array<std::int32_t, 256> logistic_table() {
  constexpr auto one_more = std::to_array<std::uint8_t>({4,  8,  12, 14, 15, 16, 17, 19, 20, 21, 22, 25, 27, 28, 29,
                                                         30, 31, 33, 34, 35, 37, 39, 40, 41, 43, 44, 45, 46, 49, 50,
                                                         54, 62, 63, 64, 66, 82, 86, 93, 100, 103, 112, 116, 135, 255});
  std::array<std::int32_t, 256> table{};
  for (int k = 0; k < 256; ++k)
    table[static_cast<std::size_t>(k)] = static_cast<std::int32_t>(std::min(65535.0, std::floor(65536.0 / (1.0 + std::exp(-k / 24.0)) + 0.5)));
  for (const std::uint8_t k : one_more) ++table[k];
  return table;
}

/// x -> x in steps of 1/(24 * 512) (logistic) or 1/(24 * 256) twice as steep (tanh): an integer factor and a rounding shift to the right.
struct TableScale { std::int32_t factor; int right; };

TableScale table_scale(float scale, Curve curve) {
  const double exponent = std::log2(static_cast<double>(scale)), nearest = std::round(exponent);
  const int left = 12 + static_cast<int>(nearest);
  const bool is_power_of_two = std::abs(exponent - nearest) < 1e-3;
  if (is_power_of_two && (left == 0 || (left == 1 && curve == Curve::tanh))) return {3 << left, 0};
  double factor = static_cast<double>(scale) * 4096.0 * 3.0;
  int right = 0;
  while (factor <= 32767.0 / 2.0 && right <= 30) {
    factor *= 2.0;
    ++right;
  }
  return {static_cast<std::int32_t>(factor), right};
}

Result<Kernel> int16_kernel(const Site& site, Curve curve) {
  const auto input = grid_of(site.in(0), "input 0");
  if (!input) return std::unexpected(input.error());
  const auto output = grid_of(site.out(), "the output");
  if (!output) return std::unexpected(output.error());
  if (std::abs(output->scale * 32768.0f - 1.0f) > 1e-3f) return fail("its output must have the scale 1/32768");
  if (input->scale > 1.0f) return fail("an input scale above 1 is not supported");  // the factor below stays within 16 bits

  return [scale = table_scale(input->scale, curve), curve, table = logistic_table(), count = site.out().shape.elements()](const Operands& operands) {
    const auto* x = operands.in<std::int16_t>(0);
    auto* y = operands.out<std::int16_t>();
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::int64_t rounding = scale.right > 0 ? std::int64_t{1} << (scale.right - 1) : 0;
      const auto v = static_cast<std::int32_t>((std::int64_t{x[i]} * scale.factor + rounding) >> scale.right);
      const std::int32_t a = std::abs(v);
      const int fraction_bits = curve == Curve::logistic ? 9 : 8;
      const std::int32_t k = a >> fraction_bits, fraction = a & ((1 << fraction_bits) - 1);
      const auto at = static_cast<std::size_t>(k);
      if (curve == Curve::logistic) {
        std::int32_t r = k >= 255 ? 0x7fff << 10 : (table[at] << 9) + fraction * (table[at + 1] - table[at]);
        r = v >= 0 ? r + (1 << 9) : (1 << 25) - r + (1 << 9) - 1;
        y[i] = static_cast<std::int16_t>(r >> 10);
      } else {
        std::int32_t r = k >= 255 ? 0xffff << 8 : (table[at] << 8) + fraction * (table[at + 1] - table[at]);
        r = v >= 0 ? r - (1 << 23) + (1 << 7) : -r + (1 << 23) + (1 << 7) - 1;
        y[i] = static_cast<std::int16_t>(r >> 8);
      }
    }
  };
}

Result<Kernel> prepare(const Site& site, Curve curve) {
  const DType type = site.out().type;
  if (site.in(0).type != type) return no_kernel(site);
  if (type == DType::int16) return int16_kernel(site, curve);
  if (type == DType::float32) return float_unary(site, curve == Curve::tanh ? [](float x) { return std::tanh(x); } : [](float x) { return 1.0f / (1.0f + std::exp(-x)); });
  return real_function_table(site, curve == Curve::tanh ? rounded_tanh : rounded_logistic);
}

}  // namespace

Result<Kernel> logistic(const Site& site) { return prepare(site, Curve::logistic); }
Result<Kernel> tanh(const Site& site) { return prepare(site, Curve::tanh); }

}  // namespace edgewise::kernels::reference
