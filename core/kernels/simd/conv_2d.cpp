// CONV_2D and FULLY_CONNECTED, fast; and DEPTHWISE_CONV_2D of one input channel, which is a convolution. A dense layer is a 1x1 convolution over its rows.
#include <array>

#include "core/kernels/reference/reference.h"
#include "core/kernels/simd/panels.h"
#include "core/kernels/simd/simd.h"

namespace edgewise::kernels::simd {
namespace {

/// Where weight i of output o stands in the file: o * outer + i * inner.
struct WeightOrder { std::size_t outer, inner; };

template <class Finish>
std::optional<Kernel> panel_kernel(const Geometry& g, const Value& weights, WeightOrder order, Finish finish) {
  using T = typename Finish::T;
  using A = std::conditional_t<std::is_same_v<T, float>, Floats, Integers>;
  using X = typename A::X;
  auto image = PaddedImage<X>::make(g);
  if (!image) return {};
  std::size_t length = 0;
  auto runs = runs_of(g, image->at(1, 0), A::step, length);
  const auto outputs = static_cast<std::size_t>(g.out_c);
  const auto file = weights.view().as<typename Finish::Weight>();
  auto packed = pack<A>(outputs, runs.size(), length,
                        [&](std::size_t o, std::size_t i) { return static_cast<X>(file[o * order.outer + i * order.inner] - finish.weight_zero(o)); });

  return [g, outputs, image = std::move(*image), runs = std::move(runs), packed = std::move(packed), finish = std::move(finish)](const Operands& operands) mutable {
    const T* input = operands.in<T>(0);
    const auto* bias = operands.in<typename Finish::Bias>(2);
    T* output = operands.out<T>();
    const std::int64_t pixels = g.out_h * g.out_w;
    const std::size_t panel_size = packed.size() / ((outputs + lanes - 1) / lanes);

    const auto tile = [&]<std::size_t P>(std::int64_t first, std::integral_constant<std::size_t, P>) {
      std::array<const X*, P> at;
      for (std::size_t p = 0; p < P; ++p) at[p] = image.data() + image.origin(first + static_cast<std::int64_t>(p));
      for (std::size_t o = 0; o < outputs; o += lanes) {
        typename A::Sum sums[P][lanes];
        sum_panel<A, P>(runs, at, packed.data() + o / lanes * panel_size, sums);
        const std::size_t count = std::min(lanes, outputs - o);
        for (std::size_t p = 0; p < P; ++p)
          for (std::size_t j = 0; j < count; ++j) output[p * outputs + o + j] = finish(sums[p][j], o + j, bias);
      }
      output += P * outputs;
    };
    for (std::int64_t n = 0; n < g.batch; ++n) {
      image.fill(input, n, finish.input_zero());
      std::int64_t pixel = 0;
      for (; pixel + 4 <= pixels; pixel += 4) tile(pixel, std::integral_constant<std::size_t, 4>());
      for (; pixel < pixels; ++pixel) tile(pixel, std::integral_constant<std::size_t, 1>());
    }
  };
}

std::optional<Kernel> prepare(const Site& site, const Geometry& g, WeightOrder order, Activation activation, ScaleProduct product) {
  const auto channel_of = [order](std::size_t i) { return order.inner == 1 ? i / order.outer : i % order.inner; };
  return for_types(site, activation, static_cast<std::size_t>(g.out_c), product, channel_of,
                   [&](auto finish) { return panel_kernel(g, site.in(1), order, std::move(finish)); });
}

}  // namespace

Result<Kernel> conv_2d(const Site& site) {
  const auto& op = std::get<Conv2d>(site.node.op);
  const Shape& weights = site.in(1).shape;
  if (weights[3] == site.in(0).shape[3]) {  // one group
    const Geometry g = geometry_of(site, op.window, weights[1], weights[2]);
    const WeightOrder order{static_cast<std::size_t>(weights[1] * weights[2] * weights[3]), 1};
    if (auto kernel = prepare(site, g, order, op.activation, ScaleProduct::in_double)) return std::move(*kernel);
  }
  return reference::conv_2d(site);
}

Result<Kernel> fully_connected(const Site& site) {
  const Shape& weights = site.in(1).shape;
  const std::int64_t outputs = weights[0], depth = weights[1];
  const std::int64_t rows = static_cast<std::int64_t>(site.in(0).shape.elements()) / depth;
  const Geometry g{1, 1, rows, depth, 1, rows, outputs, 1, 1, 1, 1, 1, 1, 0, 0};
  const auto product = site.in(1).grid.per_channel() ? ScaleProduct::in_double : ScaleProduct::in_float;
  if (auto kernel = prepare(site, g, {static_cast<std::size_t>(depth), 1}, std::get<FullyConnected>(site.node.op).activation, product)) return std::move(*kernel);
  return reference::fully_connected(site);
}

Result<Kernel> depthwise_of_one_channel(const Site& site) {
  const auto& op = std::get<DepthwiseConv2d>(site.node.op);
  const Shape& weights = site.in(1).shape;
  const Geometry g = geometry_of(site, op.window, weights[1], weights[2]);
  if (auto kernel = prepare(site, g, {1, static_cast<std::size_t>(weights[3])}, op.activation, ScaleProduct::in_double)) return std::move(*kernel);
  return reference::depthwise_conv_2d(site);
}

}  // namespace edgewise::kernels::simd
