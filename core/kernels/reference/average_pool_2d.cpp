// AVERAGE_POOL_2D over the part of each window that is inside the image.
//
//   integers  (sum of codes +- count/2) / count, truncated: nearest, ties away from zero; the zero point stays in
// Source: TensorFlow Lite, reference/pooling.h and integer_ops/pooling.h.
#include <algorithm>

#include "core/kernels/pooling.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

template <class T, class Sum, class Finish>
void average(const Geometry& g, const Operands& operands, Finish finish) {
  const T* input = operands.in<T>(0);
  T* output = operands.out<T>();
  for_each_window(g, [&](std::int64_t out, std::int64_t n, Span rows, Span columns) {
    const std::int64_t count = std::max<std::int64_t>(rows.last - rows.first, 0) * std::max<std::int64_t>(columns.last - columns.first, 0);
    for (std::int64_t c = 0; c < g.out_c; ++c) {
      Sum sum = 0;
      for (std::int64_t y = rows.first; y < rows.last; ++y)
        for (std::int64_t x = columns.first; x < columns.last; ++x) sum += input[((n * g.in_h + y) * g.in_w + x) * g.in_c + c];
      output[out + c] = finish(sum, count);
    }
  });
}

template <class T>
Result<Kernel> integer_kernel(const Site& site, const Geometry& g) {
  const auto grid = output_grid(site, std::get<AvgPool2d>(site.node.op).activation);
  if (!grid) return std::unexpected(grid.error());
  return [g, grid = *grid](const Operands& operands) {
    average<T, std::int64_t>(g, operands, [&](std::int64_t sum, std::int64_t count) {
      if (count == 0) return static_cast<T>(std::clamp(grid.zero_point, grid.lowest, grid.highest));
      const std::int64_t mean = (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
      return static_cast<T>(std::clamp<std::int64_t>(mean, grid.lowest, grid.highest));
    });
  };
}

}  // namespace

Result<Kernel> average_pool_2d(const Site& site) {
  const auto geometry = pooling_geometry<AvgPool2d>(site);
  if (!geometry) return std::unexpected(geometry.error());
  if (site.in(0).type == DType::int8) return integer_kernel<std::int8_t>(site, *geometry);
  if (site.in(0).type == DType::uint8) return integer_kernel<std::uint8_t>(site, *geometry);
  if (site.in(0).type == DType::int16) return integer_kernel<std::int16_t>(site, *geometry);
  if (site.in(0).type != DType::float32) return no_kernel(site);
  const auto clamp = real_clamp(std::get<AvgPool2d>(site.node.op).activation);
  if (!clamp) return std::unexpected(clamp.error());
  return [g = *geometry, range = *clamp](const Operands& operands) {
    average<float, float>(g, operands, [&](float sum, std::int64_t count) {
      return std::clamp(count == 0 ? 0.0f : sum / static_cast<float>(count), range.lowest, range.highest);
    });
  };
}

}  // namespace edgewise::kernels::reference
