// QUANTIZE_LINEAR:  code = clamp(round(x / scale) + zero point), half to even. Source: ONNX's QuantizeLinear.
#include <algorithm>
#include <cmath>

#include "core/kernels/reference/linear_grid.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

struct Ends { double lowest, highest; };

/// A type's range, in double.
Ends ends_of(DType type) {
  const bool is_unsigned = type == DType::uint8 || type == DType::uint16 || type == DType::uint32;
  const int bits = bits_of(type);
  return is_unsigned ? Ends{0.0, std::ldexp(1.0, bits) - 1.0} : Ends{-std::ldexp(1.0, bits - 1), std::ldexp(1.0, bits - 1) - 1.0};
}

}  // namespace

Result<Kernel> quantize_linear(const Site& site) {
  const DType x = site.in(0).type, scale = site.in(1).type, y = site.out().type;
  const Value* zero = site.optional(2);
  const bool is_double = x == DType::float64;
  if (!(is_real(x) || x == DType::int32) || !is_real(scale) || !has_codes(y) || (zero != nullptr && zero->type != y)) return no_kernel(site);
  return over_elements(site, [x, scale, y, is_double, ends = ends_of(y)](const Operands& operands, std::int64_t i, std::int64_t s, std::int64_t z) {
    const double real = read_number<double>(x, operands.inputs[0], i), step = read_number<double>(scale, operands.inputs[1], s);
    const double quotient = is_double ? real / step : static_cast<double>(static_cast<float>(real / step));   // rounded as the division of floats is
    const double code = std::nearbyint(quotient) + static_cast<double>(zero_at(operands, y, z));
    write_number(y, operands.outputs[0], i, static_cast<std::int64_t>(std::isnan(code) ? 0.0 : std::clamp(code, ends.lowest, ends.highest)));
  });
}

}  // namespace edgewise::kernels::reference
