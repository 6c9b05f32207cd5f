// LOGISTIC and TANH.
//
//   8 bits a table of all 256 codes, made in float as TensorFlow Lite does. exp and tanh are taken in double and rounded, so that every platform's table is the same
//   int16  a table of the logistic at 256 points, interpolated. Output scale 1/32768, zero point 0
// Source: TensorFlow Lite, integer_ops/logistic.h, integer_ops/tanh.h.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/kernels/logistic_table.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"
#include "core/kernels/unary.h"

namespace edgewise::kernels::reference {
namespace {

enum class Curve : std::uint8_t { logistic, tanh };

float rounded_logistic(float x) { return 1.0f / (1.0f + static_cast<float>(std::exp(-static_cast<double>(x)))); }
float rounded_tanh(float x) { return static_cast<float>(std::tanh(static_cast<double>(x))); }

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
    for (std::uint64_t i = 0; i < count; ++i) y[i] = curve == Curve::logistic ? logistic_at(table, x[i], scale) : tanh_at(table, x[i], scale);
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
