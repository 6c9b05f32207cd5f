// CONV_2D and FULLY_CONNECTED, fast; and DEPTHWISE_CONV_2D of one input channel, which is a convolution. A dense layer is a 1x1 convolution over its rows.
#include "core/kernels/reference/reference.h"
#include "core/kernels/simd/layer.h"
#include "core/kernels/simd/simd.h"

namespace edgewise::kernels::simd {
namespace {

/// Where weight i of output o stands in the file: o * outer + i * inner.
struct WeightOrder { std::size_t outer, inner; };

/// Offset of the first tap of each output pixel.
template <class Intake>
std::vector<std::uint32_t> origins_of(const Geometry& g, const Images<Intake>& image) {
  std::vector<std::uint32_t> origins;
  origins.reserve(static_cast<std::size_t>(g.out_h * g.out_w));
  for (std::int64_t y = 0; y < g.out_h; ++y)
    for (std::int64_t x = 0; x < g.out_w; ++x) origins.push_back(static_cast<std::uint32_t>(image.at(y * g.stride_h, x * g.stride_w)));
  return origins;
}

template <class Intake, class Finish>
[[gnu::cold]] std::optional<Kernel> panel_kernel(const Geometry& g, const Slots& slots, const Value& weights, WeightOrder order, Intake intake, Finish finish) {
  using A = typename Intake::A;
  using T = typename Intake::T;
  auto images = Images<Intake>::make(g, 1, intake);
  if (!images) return {};
  const auto depth = static_cast<std::size_t>(g.in_c) / slots.groups;
  // Whole rows of the kernel lie side by side, unless its columns are dilated or other groups' channels stand between.
  const bool has_whole_rows = (g.dilation_w == 1 || g.kernel_w == 1) && slots.groups == 1;
  const std::int64_t columns = has_whole_rows ? 1 : g.kernel_w;
  std::vector<std::uint32_t> runs;
  for (std::int64_t ky = 0; ky < g.kernel_h; ++ky)
    for (std::int64_t kx = 0; kx < columns; ++kx) runs.push_back(static_cast<std::uint32_t>(images->at(ky * g.dilation_h, kx * g.dilation_w)));
  const std::size_t taps = depth * static_cast<std::size_t>(g.kernel_w / columns);
  const auto file = weights.view().template as<typename Intake::FileWeight>();
  auto packed = Packed<A>::make(slots, runs, taps, static_cast<typename A::Weight>(intake.weight_origin),
                                [&](std::size_t o, std::size_t i) { return intake.weight(file[o * order.outer + i * order.inner], o); });
  auto origins = origins_of(g, *images);

  return shared_kernel([batch = g.batch, depth, images = std::move(*images), origins = std::move(origins), packed = std::move(packed), intake = std::move(intake),
                        finish = std::move(finish)](const Operands& operands) mutable {
    T* output = operands.out<T>();
    for (std::int64_t n = 0; n < batch; ++n, output += origins.size() * packed.slots.groups * packed.slots.per_group)
      convolve<A>(packed, images.fill(operands, n, intake, finish), origins, depth, intake.start.data(), finish, output);
  });
}

[[gnu::cold]] std::optional<Kernel> prepare(const Site& site, const Geometry& g, std::size_t groups, WeightOrder order, Activation activation, ScaleProduct product) {
  const Slots slots{groups, static_cast<std::size_t>(g.out_c) / groups};
  const auto channel_of = [order](std::size_t i) { return order.inner == 1 ? i / order.outer : i % order.inner; };
  return for_types(site, activation, slots, product, channel_of,
                   [&](auto intake, auto finish) { return panel_kernel(g, slots, site.in(1), order, std::move(intake), std::move(finish)); });
}

/// One row of `pixels`, each a vector of its channels.
Geometry matrix_of(std::int64_t pixels, std::int64_t in_c, std::int64_t out_c) { return {1, 1, pixels, in_c, 1, pixels, out_c, 1, 1, 1, 1, 1, 1, 0, 0}; }

/// Whether each image of a batch is quantized by itself, so that a batch is not one matrix.
bool is_dynamic(const Site& site) { return site.in(0).type == DType::float32 && site.in(1).type != DType::float32; }

}  // namespace

[[gnu::cold]] Result<Kernel> conv_2d(const Site& site) {
  const auto& op = std::get<Conv2d>(site.node.op);
  const Shape& weights = site.in(1).shape;
  Geometry g = geometry_of(site, op.window, weights[1], weights[2]);
  const bool is_matrix = g.kernel_h * g.kernel_w == 1 && g.stride_h * g.stride_w == 1;
  if (is_matrix && (g.batch == 1 || !is_dynamic(site))) g = matrix_of(g.batch * g.in_h * g.in_w, g.in_c, g.out_c);
  const auto groups = static_cast<std::size_t>(g.in_c / weights[3]);
  const WeightOrder order{static_cast<std::size_t>(weights[1] * weights[2] * weights[3]), 1};
  if (auto kernel = prepare(site, g, groups, order, op.activation, ScaleProduct::in_double)) return std::move(*kernel);
  return reference::conv_2d(site);
}

[[gnu::cold]] Result<Kernel> fully_connected(const Site& site) {
  const Shape& weights = site.in(1).shape;
  const std::int64_t outputs = weights[0], depth = weights[1];
  const std::int64_t rows = static_cast<std::int64_t>(site.in(0).shape.elements()) / depth;
  Geometry g = matrix_of(is_dynamic(site) ? 1 : rows, depth, outputs);
  if (is_dynamic(site)) g.batch = rows;
  const auto product = site.in(1).grid.per_channel() ? ScaleProduct::in_double : ScaleProduct::in_float;
  const WeightOrder order{static_cast<std::size_t>(depth), 1};
  if (auto kernel = prepare(site, g, 1, order, std::get<FullyConnected>(site.node.op).activation, product)) return std::move(*kernel);
  return reference::fully_connected(site);
}

[[gnu::cold]] Result<Kernel> depthwise_of_one_channel(const Site& site) {
  const auto& op = std::get<DepthwiseConv2d>(site.node.op);
  const Shape& weights = site.in(1).shape;
  const Geometry g = geometry_of(site, op.window, weights[1], weights[2]);
  if (auto kernel = prepare(site, g, 1, {1, static_cast<std::size_t>(weights[3])}, op.activation, ScaleProduct::in_double)) return std::move(*kernel);
  return reference::depthwise_conv_2d(site);
}

}  // namespace edgewise::kernels::simd
