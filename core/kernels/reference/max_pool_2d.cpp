// MAX_POOL_2D over the part of each window that is inside the image; codes are compared as they are.
// Source: TensorFlow Lite, reference/pooling.h and integer_ops/pooling.h.
#include <algorithm>
#include <limits>

#include "core/kernels/pooling.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

template <class T>
Kernel kernel(const Geometry& geometry, T low, T high) {
  return [g = geometry, low, high](const Operands& operands) {
    const T* input = operands.in<T>(0);
    T* output = operands.out<T>();
    for_each_window(g, [&](std::int64_t out, std::int64_t n, Span rows, Span columns) {
      for (std::int64_t c = 0; c < g.out_c; ++c) {
        T largest = std::numeric_limits<T>::lowest();
        for (std::int64_t y = rows.first; y < rows.last; ++y)
          for (std::int64_t x = columns.first; x < columns.last; ++x) largest = std::max(largest, input[((n * g.in_h + y) * g.in_w + x) * g.in_c + c]);
        output[out + c] = std::clamp(largest, low, high);
      }
    });
  };
}

template <class T>
Result<Kernel> integer_kernel(const Site& site, const Geometry& g) {
  const auto grid = output_grid(site, std::get<MaxPool2d>(site.node.op).activation);
  if (!grid) return std::unexpected(grid.error());
  return kernel<T>(g, static_cast<T>(grid->lowest), static_cast<T>(grid->highest));
}

}  // namespace

Result<Kernel> max_pool_2d(const Site& site) {
  const auto geometry = pooling_geometry<MaxPool2d>(site);
  if (!geometry) return std::unexpected(geometry.error());
  if (site.in(0).type == DType::int8) return integer_kernel<std::int8_t>(site, *geometry);
  if (site.in(0).type == DType::uint8) return integer_kernel<std::uint8_t>(site, *geometry);
  if (site.in(0).type == DType::int16) return integer_kernel<std::int16_t>(site, *geometry);
  if (site.in(0).type != DType::float32) return no_kernel(site);
  const auto clamp = real_clamp(std::get<MaxPool2d>(site.node.op).activation);
  if (!clamp) return std::unexpected(clamp.error());
  return kernel<float>(*geometry, clamp->lowest, clamp->highest);
}

}  // namespace edgewise::kernels::reference
