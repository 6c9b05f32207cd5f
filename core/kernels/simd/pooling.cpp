// AVERAGE_POOL_2D and MAX_POOL_2D, fast: all channels of a position at a time, in loops that the compiler turns into vectors. Floats are added in the reference's order.
#include "core/kernels/pooling.h"

#include <limits>

#include "core/kernels/reference/reference.h"
#include "core/kernels/simd/simd.h"

namespace edgewise::kernels::simd {
namespace {

/// Calls take(channels of a position) for every position of a window.
template <class T, class Take>
void for_each_position(const Geometry& g, const T* input, std::int64_t n, Span rows, Span columns, Take take) {
  for (std::int64_t y = rows.first; y < rows.last; ++y)
    for (std::int64_t x = columns.first; x < columns.last; ++x) take(input + ((n * g.in_h + y) * g.in_w + x) * g.in_c);
}

template <class Sum, class T>
[[gnu::noinline]] void add_to(Sum* __restrict sums, const T* __restrict x, std::size_t count) {
  for (std::size_t c = 0; c < count; ++c) sums[c] = static_cast<Sum>(sums[c] + x[c]);
}

template <class T>
[[gnu::noinline]] void raise_to(T* __restrict largest, const T* __restrict x, std::size_t count) {
  for (std::size_t c = 0; c < count; ++c) largest[c] = largest[c] < x[c] ? x[c] : largest[c];
}

template <class T>
[[gnu::noinline]] void clamp_all(T* values, T low, T high, std::size_t count) {
  for (std::size_t c = 0; c < count; ++c) values[c] = values[c] < low ? low : values[c] > high ? high : values[c];
}

/// (sum +- taps/2) / taps, truncated. Below 2^24 a quotient of whole floats never reaches the next whole number by rounding.
template <class T>
[[gnu::noinline]] void divide_all(const std::int32_t* sums, std::int32_t taps, const OutputGrid& grid, T* codes, std::size_t count) {
  const auto divisor = static_cast<float>(taps), low = static_cast<float>(grid.lowest), high = static_cast<float>(grid.highest);
  for (std::size_t c = 0; c < count; ++c) {
    const float mean = static_cast<float>(sums[c] + (sums[c] > 0 ? taps / 2 : -(taps / 2))) / divisor;
    codes[c] = static_cast<T>(static_cast<std::int32_t>(mean < low ? low : mean > high ? high : mean));
  }
}

}  // namespace

Result<Kernel> average_pool_2d(const Site& site) {
  const auto geometry = pooling_geometry<AvgPool2d>(site);
  if (!geometry) return std::unexpected(geometry.error());
  const Geometry& g = *geometry;
  const Activation activation = std::get<AvgPool2d>(site.node.op).activation;
  const std::int64_t most_taps = std::min(g.kernel_h, g.in_h) * std::min(g.kernel_w, g.in_w);
  const auto channels = static_cast<std::size_t>(g.out_c);
  const auto of_codes = [&]<class T>(T) -> Result<Kernel> {
    const auto grid = output_grid(site, activation);
    if (!grid) return std::unexpected(grid.error());
    return [g, channels, grid = *grid, sums = std::vector<std::int32_t>(channels)](const Operands& operands) mutable {
      T* output = operands.out<T>();
      for_each_window(g, [&](std::int64_t out, std::int64_t n, Span rows, Span columns) {
        const std::int64_t taps = std::max<std::int64_t>(rows.last - rows.first, 0) * std::max<std::int64_t>(columns.last - columns.first, 0);
        if (taps == 0) {
          std::fill_n(output + out, channels, static_cast<T>(std::clamp(grid.zero_point, grid.lowest, grid.highest)));
          return;
        }
        std::ranges::fill(sums, 0);
        for_each_position(g, operands.in<T>(0), n, rows, columns, [&](const T* x) { add_to(sums.data(), x, channels); });
        divide_all(sums.data(), static_cast<std::int32_t>(taps), grid, output + out, channels);
      });
    };
  };
  if (most_taps * 256 < 1 << 24) {
    if (site.in(0).type == DType::int8) return of_codes(std::int8_t{});
    if (site.in(0).type == DType::uint8) return of_codes(std::uint8_t{});
  }
  if (site.in(0).type == DType::float32) {
    const auto range = real_clamp(activation);
    if (!range) return std::unexpected(range.error());
    return [g, channels, range = *range](const Operands& operands) {
      for_each_window(g, [&](std::int64_t out, std::int64_t n, Span rows, Span columns) {
        float* means = operands.out<float>() + out;
        std::fill_n(means, channels, 0.0f);
        const std::int64_t taps = std::max<std::int64_t>(rows.last - rows.first, 0) * std::max<std::int64_t>(columns.last - columns.first, 0);
        if (taps > 0) {
          for_each_position(g, operands.in<float>(0), n, rows, columns, [&](const float* x) { add_to(means, x, channels); });
          for (std::size_t c = 0; c < channels; ++c) means[c] /= static_cast<float>(taps);
        }
        clamp_all(means, range.lowest, range.highest, channels);
      });
    };
  }
  return reference::average_pool_2d(site);
}

namespace {

template <class T>
Kernel max_kernel(const Geometry& geometry, T low, T high) {
  return [g = geometry, channels = static_cast<std::size_t>(geometry.out_c), low, high](const Operands& operands) {
    for_each_window(g, [&](std::int64_t out, std::int64_t n, Span rows, Span columns) {
      T* largest = operands.out<T>() + out;
      std::fill_n(largest, channels, std::numeric_limits<T>::lowest());
      for_each_position(g, operands.in<T>(0), n, rows, columns, [&](const T* x) { raise_to(largest, x, channels); });
      clamp_all(largest, low, high, channels);
    });
  };
}

}  // namespace

Result<Kernel> max_pool_2d(const Site& site) {
  const auto geometry = pooling_geometry<MaxPool2d>(site);
  if (!geometry) return std::unexpected(geometry.error());
  const Activation activation = std::get<MaxPool2d>(site.node.op).activation;
  if (site.in(0).type == DType::float32) {
    const auto range = real_clamp(activation);
    if (!range) return std::unexpected(range.error());
    return max_kernel<float>(*geometry, range->lowest, range->highest);
  }
  if (site.in(0).type != DType::int8 && site.in(0).type != DType::uint8) return reference::max_pool_2d(site);
  const auto grid = output_grid(site, activation);
  if (!grid) return std::unexpected(grid.error());
  const auto of_codes = [&]<class T>(T) { return max_kernel<T>(*geometry, static_cast<T>(grid->lowest), static_cast<T>(grid->highest)); };
  return site.in(0).type == DType::int8 ? of_codes(std::int8_t{}) : of_codes(std::uint8_t{});
}

}  // namespace edgewise::kernels::simd
