// PAD, fast: whole runs of bytes at a time. From the last padded axis inwards, input and output have the same order.
#include <algorithm>
#include <array>

#include "core/graph/operands.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/simd/lanes.h"
#include "core/kernels/simd/simd.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels::simd {
namespace {

constexpr std::int64_t step = 16;             ///< bytes of lanes
constexpr std::int64_t short_bytes = 1024;    ///< up to here lanes are sooner there than a browser's memory.copy, which is a call

/// Calls put(i) at every 16 bytes of `count`, the last time as far back as it has to.
template <class Put>
void by_lanes(std::int64_t count, Put put) {
  for (std::int64_t i = 0; i < count - step; i += step) put(i);
  put(count - step);
}

void copy_run(const std::byte* from, std::int64_t count, std::byte* to) {
  if (count < step || count > short_bytes) std::copy_n(from, count, to);
  else by_lanes(count, [&](std::int64_t i) { store(to + i, load<UInt8x16>(from + i)); });
}

/// `elements`: as many as 16 bytes hold. `count` is of whole elements.
void fill_run(std::byte* to, std::int64_t count, const std::array<std::byte, 16>& elements) {
  if (count == 0) return;
  if (count < step) std::copy_n(elements.begin(), count, to);
  else by_lanes(count, [&, lanes = load<UInt8x16>(elements.data())](std::int64_t i) { store(to + i, lanes); });
}

}  // namespace

[[gnu::cold]] Result<Kernel> pad(const Site& site) {
  const Value &x = site.in(0), &y = site.out();
  const auto paddings = constant_integers(site.optional(1), "paddings");
  const std::int64_t width = bits_of(y.type) / 8;   // bytes of an element
  if (!paddings || x.type != y.type || bits_of(y.type) % 8 != 0 || x.shape.elements() == 0) return reference::pad(site);
  Strides strides = strides_of(y.shape);
  for (std::int64_t& stride : strides) stride *= width;
  std::int64_t start = 0;  // where the input's first element goes
  int last_padded = 0;
  for (int axis = 0; axis < x.shape.rank(); ++axis) {
    const std::int64_t before = (*paddings)[2 * static_cast<std::size_t>(axis)];
    start += before * strides[static_cast<std::size_t>(axis)];
    if (x.shape[axis] != y.shape[axis]) last_padded = axis;
  }
  Shape runs = x.shape;
  std::int64_t length = width;
  for (int axis = last_padded; axis < x.shape.rank(); ++axis) {
    length *= x.shape[axis];
    runs.set(axis, 1);
  }
  std::array<std::byte, 16> border{};   // zeros, or zero points of codes
  const std::int64_t zero = y.grid.present() ? y.grid.zero_point.front() : 0;
  for (std::int64_t i = 0; i < step; ++i) border[static_cast<std::size_t>(i)] = static_cast<std::byte>(zero >> 8 * (i % width));
  return [runs, length, count = width * static_cast<std::int64_t>(y.shape.elements()), strides, start, border](const Operands& operands) {
    const auto* from = operands.in<std::byte>(0);
    auto* const to = operands.out<std::byte>();
    std::int64_t done = 0;   // of the output
    walk<1>(runs, {strides}, {start}, [&](const auto& at) {
      fill_run(to + done, at[0] - done, border);
      copy_run(from, length, to + at[0]);
      from += length;
      done = at[0] + length;
    });
    fill_run(to + done, count - done, border);
  };
}

}  // namespace edgewise::kernels::simd
