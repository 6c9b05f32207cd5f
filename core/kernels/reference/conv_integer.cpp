// CONV_INTEGER: sums of (x - zero of x) * (w - zero of w) as int32, modulo 2^32.  input [N,D,H,W,C]  weights [O,kD,kH,kW,C/groups]
// Source: ONNX's ConvInteger.
#include "core/kernels/numbers.h"
#include "core/kernels/reference/convolution_3d.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

bool is_byte(const Value& value) { return value.type == DType::int8 || value.type == DType::uint8; }

}  // namespace

Result<Kernel> conv_integer(const Site& site) {
  const auto& op = std::get<ConvInteger>(site.node.op);
  for (std::size_t i = 0; i < site.node.inputs.size(); ++i)
    if (const Value* value = site.optional(i); value != nullptr && !is_byte(*value)) return no_kernel(site);
  if (site.out().type != DType::int32) return no_kernel(site);
  const Value* weight_zero = site.optional(3);
  return [loop = loop_of(site, op.window, false), x_type = site.in(0).type, w_type = site.in(1).type, has_zeros = weight_zero != nullptr && weight_zero->shape.elements() > 1](
             const Operands& operands) {
    const std::byte *x = operands.inputs[0], *w = operands.inputs[1], *input_zero = operands.in<std::byte>(2), *zeros = operands.in<std::byte>(3);
    const std::int64_t zx = input_zero == nullptr ? 0 : read_number<std::int64_t>(x_type, input_zero, 0);
    auto* y = operands.out<std::int32_t>();
    loop.run<std::int64_t>(
        [&](std::int64_t i, std::int64_t j, std::int64_t o) {
          const std::int64_t zw = zeros == nullptr ? 0 : read_number<std::int64_t>(w_type, zeros, has_zeros ? o : 0);
          return (read_number<std::int64_t>(x_type, x, i) - zx) * (read_number<std::int64_t>(w_type, w, j) - zw);
        },
        [&](std::int64_t out, std::int64_t, std::int64_t sum) { y[out] = static_cast<std::int32_t>(sum); });
  };
}

}  // namespace edgewise::kernels::reference
