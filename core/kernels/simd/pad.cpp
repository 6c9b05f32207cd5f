// PAD, fast: whole runs of elements at a time. From the last padded axis inwards, input and output have the same order.
#include <algorithm>

#include "core/graph/operands.h"
#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/simd/lanes.h"
#include "core/kernels/simd/simd.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels::simd {
namespace {

constexpr std::int64_t short_bytes = 1024;   ///< up to here 16 bytes at a time are sooner there than a browser's memory.copy and memory.fill, which are calls

/// Calls put(i) at every 16 bytes of `count` elements, the last time as far back as it has to; false where the run is too short or too long for that.
template <class T, class Put>
bool by_lanes(std::int64_t count, Put put) {
  constexpr std::int64_t step = 16 / static_cast<std::int64_t>(sizeof(T));
  if (count < step || count * static_cast<std::int64_t>(sizeof(T)) > short_bytes) return false;
  for (std::int64_t i = 0; i < count - step; i += step) put(i);
  put(count - step);
  return true;
}

template <class T>
void copy_run(const T* from, std::int64_t count, T* to) {
  if (!by_lanes<T>(count, [&](std::int64_t i) { store(to + i, load<UInt8x16>(from + i)); })) std::copy_n(from, count, to);
}

template <class T>
void fill_run(T* to, std::int64_t count, T value) {
  if (count == 0) return;
  T several[16 / sizeof(T)];
  std::ranges::fill(several, value);
  const auto values = load<UInt8x16>(several);
  if (!by_lanes<T>(count, [&](std::int64_t i) { store(to + i, values); })) std::fill_n(to, count, value);
}

}  // namespace

Result<Kernel> pad(const Site& site) {
  const Value &x = site.in(0), &y = site.out();
  const auto paddings = constant_integers(site.optional(1), "paddings");
  if (!paddings || x.type != y.type || bits_of(y.type) % 8 != 0 || x.shape.elements() == 0) return reference::pad(site);
  const Strides strides = strides_of(y.shape);
  std::int64_t start = 0;  // where the input's first element goes
  int last_padded = 0;
  for (int axis = 0; axis < x.shape.rank(); ++axis) {
    const std::int64_t before = (*paddings)[2 * static_cast<std::size_t>(axis)];
    start += before * strides[static_cast<std::size_t>(axis)];
    if (x.shape[axis] != y.shape[axis]) last_padded = axis;
  }
  Shape runs = x.shape;
  std::int64_t length = 1;
  for (int axis = last_padded; axis < x.shape.rank(); ++axis) {
    length *= x.shape[axis];
    runs.set(axis, 1);
  }
  const std::int32_t zero = y.grid.present() ? y.grid.zero_point.front() : 0;
  return by_element_width(site, y.type, [&]<class T>(T) -> Kernel {
    return [runs, length, count = static_cast<std::int64_t>(y.shape.elements()), strides, start, border = static_cast<T>(zero)](const Operands& operands) {
      const T* from = operands.in<T>(0);
      T* const to = operands.out<T>();
      std::int64_t done = 0;   // of the output
      walk<1>(runs, {strides}, {start}, [&](const auto& at) {
        fill_run(to + done, at[0] - done, border);
        copy_run(from, length, to + at[0]);
        from += length;
        done = at[0] + length;
      });
      fill_run(to + done, count - done, border);
    };
  });
}

}  // namespace edgewise::kernels::simd
