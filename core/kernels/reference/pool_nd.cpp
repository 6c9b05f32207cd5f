// POOL_ND: the largest element, the mean or a power mean of each window; what neither AVERAGE_POOL_2D nor MAX_POOL_2D has: dilation, padding that counts, three
// axes, where the largest stands.
// Source: ONNX's AveragePool, MaxPool, LpPool.
#include <algorithm>
#include <cmath>

#include "core/kernels/numbers.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"
#include "core/kernels/window_3d.h"

namespace edgewise::kernels::reference {
namespace {

struct Extents {
  std::array<std::int64_t, 3> image;
  std::int64_t batch, channels;
};

/// Where an element stands in [N,C,D,H,W], or in [N,C,D,W,H].
std::int64_t index_in_onnx(const Extents& e, std::int64_t n, std::int64_t c, std::int64_t position, bool is_column_major) {
  if (is_column_major) {
    const std::int64_t x = position % e.image[2], y = position / e.image[2] % e.image[1], z = position / e.image[2] / e.image[1];
    position = (z * e.image[2] + x) * e.image[1] + y;
  }
  return (n * e.channels + c) * positions_of(e.image) + position;
}

Result<Kernel> largest(const PoolNd& op, const Extents& extents, DType type, bool has_indices) {
  return by_wide_type(type, [&]<class Wide>(Wide) -> Kernel {
    return [op, e = extents, type, has_indices](const Operands& operands) {
      const std::int64_t positions = positions_of(e.image);
      for_each_position(e.batch, op.window, e.channels, [&](std::int64_t n, const std::array<std::int64_t, 3>& at, std::int64_t out) {
        for (std::int64_t c = 0; c < e.channels; ++c) {
          Wide best{};
          std::int64_t where = -1;
          for_each_tap(op.window, e.image, at, false, [&](std::int64_t position, std::int64_t) {
            const Wide x = read_number<Wide>(type, operands.inputs[0], (n * positions + position) * e.channels + c);
            if (where >= 0 && !(x > best)) return;
            best = x;
            where = position;
          });
          write_number(type, operands.outputs[0], out + c, best);
          if (has_indices) operands.out<std::int64_t>(1)[out + c] = index_in_onnx(e, n, c, where, op.is_column_major);
        }
      });
    };
  });
}

/// How many taps of a window lie inside the image and its padding.
std::int64_t counted(const Window3d& window, const std::array<std::int64_t, 3>& image, const std::array<std::int64_t, 3>& at) {
  std::int64_t count = 1;
  for (std::size_t a = 0; a < 3; ++a) {
    std::int64_t inside = 0;
    for (std::int64_t k = 0; k < window.kernel[a]; ++k) inside += at[a] * window.stride[a] + k * window.dilation[a] < image[a] + window.before[a] + window.after[a];
    count *= inside;
  }
  return count;
}

}  // namespace

Result<Kernel> pool_nd(const Site& site) {
  const auto& op = std::get<PoolNd>(site.node.op);
  const DType type = site.in(0).type;
  const Shape& shape = site.in(0).shape;
  if (site.out().type != type || !is_number(type)) return no_kernel(site);
  const Extents extents{extents_of(shape), shape[0], shape[4]};
  std::uint64_t taps = 1;
  for (const std::int64_t k : op.window.kernel) taps = std::min(limits::macs + 1, taps * static_cast<std::uint64_t>(k));
  if (taps > limits::macs / site.out().shape.elements()) return fail("its windows cover more than 2^34 elements");
  if (op.kind == PoolNd::Kind::max) return largest(op, extents, type, site.node.outputs.size() > 1);
  if (type != DType::float32) return no_kernel(site);
  return [op, e = extents](const Operands& operands) {
    const float* x = operands.in<float>(0);
    float* y = operands.out<float>();
    const std::int64_t positions = positions_of(e.image);
    for_each_position(e.batch, op.window, e.channels, [&](std::int64_t n, const std::array<std::int64_t, 3>& at, std::int64_t out) {
      for (std::int64_t c = 0; c < e.channels; ++c) {
        double sum = 0.0;
        std::int64_t inside = 0;
        for_each_tap(op.window, e.image, at, false, [&](std::int64_t position, std::int64_t) {
          const double value = x[(n * positions + position) * e.channels + c];
          sum += op.kind == PoolNd::Kind::average ? value : std::pow(std::abs(value), op.p);
          ++inside;
        });
        const std::int64_t divisor = op.counts_padding ? counted(op.window, e.image, at) : inside;
        y[out + c] = static_cast<float>(op.kind == PoolNd::Kind::lp ? std::pow(sum, 1.0 / op.p) : divisor == 0 ? 0.0 : sum / static_cast<double>(divisor));
      }
    });
  };
}

}  // namespace edgewise::kernels::reference
