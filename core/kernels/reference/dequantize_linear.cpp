// DEQUANTIZE_LINEAR:  real = (code - zero point) * scale. Source: ONNX's DequantizeLinear.
#include "core/kernels/reference/linear_grid.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {

Result<Kernel> dequantize_linear(const Site& site) {
  const DType x = site.in(0).type, scale = site.in(1).type, y = site.out().type;
  const Value* zero = site.optional(2);
  if (!has_codes(x) || !is_real(scale) || !is_real(y) || (zero != nullptr && zero->type != x)) return no_kernel(site);
  return over_elements(site, [x, scale, y](const Operands& operands, std::int64_t i, std::int64_t s, std::int64_t z) {
    const std::int64_t steps = read_number<std::int64_t>(x, operands.inputs[0], i) - zero_at(operands, x, z);
    write_number(y, operands.outputs[0], i, static_cast<double>(static_cast<float>(steps)) * read_number<double>(scale, operands.inputs[1], s));
  });
}

}  // namespace edgewise::kernels::reference
