// AVERAGE_POOL_2D and MAX_POOL_2D, fast: some channels at a time, whose sums or largest stay in registers while the window goes by. Floats are added in the
// reference's order.
#include "core/kernels/pooling.h"

#include <limits>

#include "core/kernels/reference/reference.h"
#include "core/kernels/simd/lanes.h"
#include "core/kernels/simd/simd.h"

namespace edgewise::kernels::simd {
namespace {

constexpr std::int64_t code_lanes = 8, float_lanes = 4;
constexpr std::int64_t most_columns = 128;   ///< of a window of codes: as many codes of 8 bits add up within 16

/// The part of a window that lies inside the image, at its first channel.
template <class T>
struct Inside {
  const T* first;
  std::int64_t rows, columns, to_next_column, to_next_row;
  std::int64_t taps() const { return rows * columns; }
};

/// Calls window(inside, outputs of its first channel) for every output position.
template <class T, class Window>
void for_each_inside(const Geometry& g, const Operands& operands, Window window) {
  for_each_window(g, [&](std::int64_t out, std::int64_t n, Span rows, Span columns) {
    const T* first = operands.in<T>(0) + ((n * g.in_h + rows.first) * g.in_w + columns.first) * g.in_c;
    window(Inside<T>{first, std::max<std::int64_t>(rows.last - rows.first, 0), std::max<std::int64_t>(columns.last - columns.first, 0), g.in_c, g.in_w * g.in_c},
           operands.out<T>() + out);
  });
}

/// Calls block(c) for blocks of `lanes` channels; the last one begins early enough to be whole.
template <class Block>
void for_each_block(std::int64_t channels, std::int64_t lanes, Block block) {
  for (std::int64_t c = 0; c < channels; c += lanes) block(std::min(c, channels - lanes));
}

/// Sums of 8 channels of codes.
struct EightSums { Int32x4 low{}, high{}; };
template <class T>
EightSums sums_of(const Inside<T>& inside, std::int64_t channel) {
  EightSums sums;
  const T* row = inside.first + channel;
  for (std::int64_t y = 0; y < inside.rows; ++y, row += inside.to_next_row) {
    Int16x8 of_row{};
    const T* x = row;
    for (std::int64_t column = 0; column < inside.columns; ++column, x += inside.to_next_column) of_row += widen(x);
    sums.low += __builtin_convertvector(__builtin_shufflevector(of_row, of_row, 0, 1, 2, 3), Int32x4);
    sums.high += __builtin_convertvector(__builtin_shufflevector(of_row, of_row, 4, 5, 6, 7), Int32x4);
  }
  return sums;
}

/// (sum +- taps/2) / taps, truncated. Below 2^24 a quotient of whole floats never reaches the next whole number by rounding.
Int32x4 means_of(Int32x4 sums, Int32x4 half, Float32x4 taps) {
  return __builtin_convertvector(__builtin_convertvector(sums + (sums > 0 ? half : -half), Float32x4) / taps, Int32x4);
}

/// Clamped, as 8 codes.
template <class T>
void put(Int16x8 codes, Int16x8 lowest, Int16x8 highest, T* outputs) {
  const Int16x8 clamped = smaller(larger(codes, lowest), highest);
  if constexpr (std::is_signed_v<T>) store_half(outputs, narrow_to_int8(clamped, clamped));
  else store_half(outputs, narrow_to_uint8(clamped, clamped));
}

/// Lane by lane take(largest so far, next) over a window.
template <class Lanes, class T, class Read, class Take>
Lanes over(const Inside<T>& inside, std::int64_t channel, Lanes start, Read read, Take take) {
  const T* row = inside.first + channel;
  for (std::int64_t y = 0; y < inside.rows; ++y, row += inside.to_next_row) {
    const T* x = row;
    for (std::int64_t column = 0; column < inside.columns; ++column, x += inside.to_next_column) start = take(start, read(x));
  }
  return start;
}

template <class T>
Kernel average_of_codes(const Geometry& geometry, const OutputGrid& grid) {
  return [g = geometry, grid](const Operands& operands) {
    const Int16x8 lowest = Int16x8{} + static_cast<std::int16_t>(grid.lowest), highest = Int16x8{} + static_cast<std::int16_t>(grid.highest);
    for_each_inside<T>(g, operands, [&](const Inside<T>& inside, T* outputs) {
      if (inside.taps() == 0) {
        std::fill_n(outputs, g.out_c, static_cast<T>(std::clamp(grid.zero_point, grid.lowest, grid.highest)));
        return;
      }
      const Int32x4 half = Int32x4{} + static_cast<std::int32_t>(inside.taps() / 2);
      const Float32x4 taps = Float32x4{} + static_cast<float>(inside.taps());
      for_each_block(g.out_c, code_lanes, [&](std::int64_t c) {
        const EightSums sums = sums_of(inside, c);
        put(narrow_to_int16(means_of(sums.low, half, taps), means_of(sums.high, half, taps)), lowest, highest, outputs + c);
      });
    });
  };
}

template <class T>
Kernel largest_of_codes(const Geometry& geometry, const OutputGrid& grid) {
  return [g = geometry, grid](const Operands& operands) {
    const Int16x8 lowest = Int16x8{} + static_cast<std::int16_t>(grid.lowest), highest = Int16x8{} + static_cast<std::int16_t>(grid.highest);
    for_each_inside<T>(g, operands, [&](const Inside<T>& inside, T* outputs) {
      for_each_block(g.out_c, code_lanes, [&](std::int64_t c) {
        put(over(inside, c, lowest, [](const T* x) { return widen(x); }, larger<Int16x8>), lowest, highest, outputs + c);
      });
    });
  };
}

/// finish(lanes, taps): what is put out, before it is clamped.
template <class Take, class Finish>
Kernel of_floats(const Geometry& geometry, const RealClamp& range, float start, Take take, Finish finish) {
  return [=, g = geometry](const Operands& operands) {
    const Float32x4 lowest = Float32x4{} + range.lowest, highest = Float32x4{} + range.highest;
    for_each_inside<float>(g, operands, [&](const Inside<float>& inside, float* outputs) {
      for_each_block(g.out_c, float_lanes, [&](std::int64_t c) {
        const Float32x4 real = finish(over(inside, c, Float32x4{} + start, [](const float* x) { return load<Float32x4>(x); }, take), static_cast<float>(inside.taps()));
        const Float32x4 raised = real < lowest ? lowest : real;
        store(outputs + c, highest < raised ? highest : raised);
      });
    });
  };
}

/// Whether lanes serve: codes of 8 bits, and enough channels.
bool has_lanes_of_codes(const Site& site, const Geometry& g) {
  const DType type = site.in(0).type;
  return (type == DType::int8 || type == DType::uint8) && g.out_c >= code_lanes && std::min(g.kernel_w, g.in_w) <= most_columns;
}

}  // namespace

[[gnu::cold]] Result<Kernel> average_pool_2d(const Site& site) {
  const auto geometry = pooling_geometry<AvgPool2d>(site);
  if (!geometry) return std::unexpected(geometry.error());
  const Geometry& g = *geometry;
  const Activation activation = std::get<AvgPool2d>(site.node.op).activation;
  if (site.in(0).type == DType::float32) {
    const auto range = real_clamp(activation);
    if (!range) return std::unexpected(range.error());
    if (g.out_c < float_lanes) return reference::average_pool_2d(site);
    return of_floats(g, *range, 0.0f, [](Float32x4 sums, Float32x4 x) { return sums + x; }, [](Float32x4 sums, float taps) { return taps > 0.0f ? sums / taps : sums; });
  }
  const bool is_below_2_to_24 = std::min(g.kernel_h, g.in_h) * std::min(g.kernel_w, g.in_w) * 256 < 1 << 24;
  if (!has_lanes_of_codes(site, g) || !is_below_2_to_24) return reference::average_pool_2d(site);
  const auto grid = output_grid(site, activation);
  if (!grid) return std::unexpected(grid.error());
  return site.in(0).type == DType::int8 ? average_of_codes<std::int8_t>(g, *grid) : average_of_codes<std::uint8_t>(g, *grid);
}

[[gnu::cold]] Result<Kernel> max_pool_2d(const Site& site) {
  const auto geometry = pooling_geometry<MaxPool2d>(site);
  if (!geometry) return std::unexpected(geometry.error());
  const Geometry& g = *geometry;
  const Activation activation = std::get<MaxPool2d>(site.node.op).activation;
  if (site.in(0).type == DType::float32) {
    const auto range = real_clamp(activation);
    if (!range) return std::unexpected(range.error());
    if (g.out_c < float_lanes) return reference::max_pool_2d(site);
    return of_floats(g, *range, std::numeric_limits<float>::lowest(), [](Float32x4 largest, Float32x4 x) { return largest < x ? x : largest; }, [](Float32x4 largest, float) { return largest; });
  }
  if (!has_lanes_of_codes(site, g)) return reference::max_pool_2d(site);
  const auto grid = output_grid(site, activation);
  if (!grid) return std::unexpected(grid.error());
  return site.in(0).type == DType::int8 ? largest_of_codes<std::int8_t>(g, *grid) : largest_of_codes<std::uint8_t>(g, *grid);
}

}  // namespace edgewise::kernels::simd
