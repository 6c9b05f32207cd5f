// LOCAL_RESPONSE_NORMALIZATION:  y = x / (bias + alpha / size * sum of the squares of `size` channels around)^beta.
// Source: ONNX's LRN. Sums in double.
#include <algorithm>
#include <cmath>

#include "core/base/limits.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> local_response_normalization(const Site& site) {
  const auto& op = std::get<LocalResponseNormalization>(site.node.op);
  if (site.in(0).type != DType::float32 || site.out().type != DType::float32) return no_kernel(site);
  const std::int64_t channels = site.in(0).shape.back(), size = op.size;
  if (static_cast<std::uint64_t>(std::min(size, channels)) > limits::macs / site.in(0).shape.elements()) return fail("its windows cover more than 2^34 elements");
  return [op, channels, size, rows = static_cast<std::int64_t>(site.in(0).shape.elements()) / channels](const Operands& operands) {
    const double alpha = static_cast<double>(op.alpha) / static_cast<double>(size), beta = static_cast<double>(op.beta), bias = static_cast<double>(op.bias);
    for (std::int64_t row = 0; row < rows; ++row) {
      const float* x = operands.in<float>(0) + row * channels;
      float* y = operands.out<float>() + row * channels;
      for (std::int64_t c = 0; c < channels; ++c) {
        double squares = 0.0;
        for (std::int64_t i = std::max<std::int64_t>(0, c - (size - 1) / 2); i <= std::min(channels - 1, c + size / 2); ++i) squares += static_cast<double>(x[i]) * static_cast<double>(x[i]);
        y[c] = static_cast<float>(static_cast<double>(x[c]) / std::pow(bias + alpha * squares, beta));
      }
    }
  };
}

}  // namespace edgewise::kernels::reference
