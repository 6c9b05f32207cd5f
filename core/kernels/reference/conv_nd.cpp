// CONV_ND: float convolution of images of up to three axes, in groups, transposed or not.  input [N,D,H,W,C]  weights [O,kD,kH,kW,C/groups]  bias [O]
// Source: ONNX's Conv, ConvTranspose.
#include <algorithm>

#include "core/kernels/reference/convolution_3d.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {

Result<Kernel> conv_nd(const Site& site) {
  const auto& op = std::get<ConvNd>(site.node.op);
  for (std::size_t i = 0; i < site.node.inputs.size(); ++i)
    if (const Value* value = site.optional(i); value != nullptr && value->type != DType::float32) return no_kernel(site);
  if (site.out().type != DType::float32) return no_kernel(site);
  const auto clamp = real_clamp(op.activation);
  if (!clamp) return std::unexpected(clamp.error());
  return [loop = loop_of(site, op.window, op.is_transposed), range = *clamp](const Operands& operands) {
    const float *x = operands.in<float>(0), *w = operands.in<float>(1), *bias = operands.in<float>(2);
    float* y = operands.out<float>();
    loop.run<float>([&](std::int64_t i, std::int64_t j, std::int64_t) { return x[i] * w[j]; },
                    [&](std::int64_t out, std::int64_t o, float sum) { y[out] = std::clamp(bias ? sum + bias[o] : sum, range.lowest, range.highest); });
  };
}

}  // namespace edgewise::kernels::reference
