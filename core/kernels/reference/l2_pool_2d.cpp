// L2_POOL_2D: the root of the mean square over the part of each window that is inside the image. Floats only.
// Source: TensorFlow Lite, reference/pooling.h.
#include <algorithm>
#include <cmath>

#include "core/kernels/pooling.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {

Result<Kernel> l2_pool_2d(const Site& site) {
  if (site.in(0).type != DType::float32) return no_kernel(site);
  const auto geometry = pooling_geometry<L2Pool2d>(site);
  if (!geometry) return std::unexpected(geometry.error());
  const auto clamp = real_clamp(std::get<L2Pool2d>(site.node.op).activation);
  if (!clamp) return std::unexpected(clamp.error());
  return [g = *geometry, range = *clamp](const Operands& operands) {
    const float* input = operands.in<float>(0);
    float* output = operands.out<float>();
    for_each_window(g, [&](std::int64_t out, std::int64_t n, Span rows, Span columns) {
      const std::int64_t count = std::max<std::int64_t>(rows.last - rows.first, 0) * std::max<std::int64_t>(columns.last - columns.first, 0);
      for (std::int64_t c = 0; c < g.out_c; ++c) {
        float sum = 0.0f;
        for (std::int64_t y = rows.first; y < rows.last; ++y)
          for (std::int64_t x = columns.first; x < columns.last; ++x) {
            const float here = input[((n * g.in_h + y) * g.in_w + x) * g.in_c + c];
            sum += here * here;
          }
        output[out + c] = std::clamp(count == 0 ? 0.0f : std::sqrt(sum / static_cast<float>(count)), range.lowest, range.highest);
      }
    });
  };
}

}  // namespace edgewise::kernels::reference
