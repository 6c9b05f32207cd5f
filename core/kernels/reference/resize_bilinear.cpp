// RESIZE_BILINEAR: [N,H,W,C] to another height and width, between the four nearest pixels.
//
//   int8, int16   positions and weights in 1/1024, rounded to nearest, ties away from zero
//   uint8, float  positions and weights in float; uint8 adds 1/2 and truncates
// Source: TensorFlow Lite, reference/resize_bilinear.h.
#include <algorithm>
#include <cmath>

#include "core/kernels/reference/reference.h"
#include "core/kernels/rearrange.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

/// Where output `at` lies between two input positions: `weight` of the way from `low` to `high`.
template <class Weight>
struct Between { std::int64_t low, high; Weight weight; };

Between<float> float_position(std::int64_t at, std::int64_t in, std::int64_t out, const ResizeBilinear& op) {
  const bool is_between_corners = op.align_corners && out > 1;
  const float scale = is_between_corners ? static_cast<float>(in - 1) / static_cast<float>(out - 1) : static_cast<float>(in) / static_cast<float>(out);
  const float position = op.half_pixel_centers ? (static_cast<float>(at) + 0.5f) * scale - 0.5f : static_cast<float>(at) * scale;
  const auto low = std::max<std::int64_t>(static_cast<std::int64_t>(std::floor(position)), 0);
  const auto high = std::min<std::int64_t>(static_cast<std::int64_t>(std::ceil(position)), in - 1);
  return {low, high, position - static_cast<float>(low)};
}

constexpr std::int64_t one = 1024;
Between<std::int64_t> integer_position(std::int64_t at, std::int64_t in, std::int64_t out, const ResizeBilinear& op) {
  const bool is_between_corners = op.align_corners && out > 1;
  const std::int64_t scale = is_between_corners ? ((in - 1) * one + (out - 1) / 2) / (out - 1) : (in * one + out / 2) / out;
  const std::int64_t position = op.half_pixel_centers ? at * scale + scale / 2 - one / 2 : at * scale;
  const std::int64_t low = std::max<std::int64_t>(position / one, 0), high = std::min((position + one - 1) / one, in - 1);
  return {low, high, position - low * one};
}

template <class Weight, class Position>
std::vector<Between<Weight>> positions(std::int64_t in, std::int64_t out, const ResizeBilinear& op, Position position) {
  std::vector<Between<Weight>> all;
  for (std::int64_t at = 0; at < out; ++at) {
    all.push_back(position(at, in, out, op));
    all.back().low = std::min(all.back().low, in - 1);
  }
  return all;
}

/// `whole`: the weight that is one; finish(weighted sum) gives the output.
template <class T, class Weight, class Position, class Finish>
Kernel kernel(const Site& site, Weight whole, Position position, Finish finish) {
  const auto& op = std::get<ResizeBilinear>(site.node.op);
  const Shape &in = site.in(0).shape, &out = site.out().shape;
  return [=, rows = positions<Weight>(in[1], out[1], op, position), columns = positions<Weight>(in[2], out[2], op, position)](const Operands& operands) {
    const T* x = operands.in<T>(0);
    T* y = operands.out<T>();
    for (std::int64_t n = 0; n < in[0]; ++n)
      for (const auto& row : rows)
        for (const auto& column : columns) {
          const auto pixel = [&](std::int64_t at_y, std::int64_t at_x) { return x + ((n * in[1] + at_y) * in[2] + at_x) * in[3]; };
          const T *a = pixel(row.low, column.low), *b = pixel(row.high, column.low), *c = pixel(row.low, column.high), *d = pixel(row.high, column.high);
          const Weight up = whole - row.weight, left = whole - column.weight;
          for (std::int64_t i = 0; i < in[3]; ++i)
            *y++ = finish(static_cast<Weight>(a[i]) * up * left + static_cast<Weight>(b[i]) * row.weight * left + static_cast<Weight>(c[i]) * up * column.weight +
                          static_cast<Weight>(d[i]) * row.weight * column.weight);
        }
  };
}

template <class T>
Kernel integer_kernel(const Site& site) {
  return kernel<T, std::int64_t>(site, one, integer_position, [](std::int64_t sum) {
    constexpr std::int64_t unit = one * one;
    return static_cast<T>((sum + (sum > 0 ? unit / 2 : -unit / 2)) / unit);
  });
}

}  // namespace

Result<Kernel> resize_bilinear(const Site& site) {
  const DType type = site.out().type;
  if (site.in(0).type != type) return no_kernel(site);
  for (const int axis : {1, 2})
    if (auto ok = check_table(site.out().shape[axis]); !ok) return std::unexpected(ok.error());
  if (type == DType::float32) return kernel<float, float>(site, 1.0f, float_position, [](float sum) { return sum; });
  if (type == DType::uint8)
    return kernel<std::uint8_t, float>(site, 1.0f, float_position, [](float sum) { return static_cast<std::uint8_t>(std::clamp(sum + 0.5f, 0.0f, 255.0f)); });
  if (type == DType::int8) return integer_kernel<std::int8_t>(site);
  if (type == DType::int16) return integer_kernel<std::int16_t>(site);
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
