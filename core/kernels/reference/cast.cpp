// CAST: numbers of one type as numbers of another, not on any grid.
//
// From float the fraction is dropped; what the type cannot hold becomes its nearest end, and not a number 0. Between whole numbers the low bits count.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"
#include "core/tensor/half.h"

namespace edgewise::kernels::reference {
namespace {

constexpr std::size_t chunk = 64;
/// By way of a few wide numbers at a time: a loop for each type, not for each pair of types.
struct Wide {
  bool is_real;
  std::array<double, chunk> reals;
  std::array<std::int64_t, chunk> integers;
};
using Load = void (*)(const std::byte* from, std::size_t count, Wide& to);
using Store = void (*)(const Wide& from, std::size_t count, std::byte* to);

template <class T>
void load(const std::byte* from, std::size_t count, Wide& to) {
  to.is_real = std::is_floating_point_v<T>;
  const T* x = reinterpret_cast<const T*>(from);
  for (std::size_t i = 0; i < count; ++i) {
    if constexpr (std::is_floating_point_v<T>) to.reals[i] = static_cast<double>(x[i]);
    else if constexpr (std::is_same_v<T, bool>) to.integers[i] = from[i] != std::byte{0};
    else to.integers[i] = static_cast<std::int64_t>(x[i]);
  }
}

void load_half(const std::byte* from, std::size_t count, Wide& to) {
  to.is_real = true;
  for (std::size_t i = 0; i < count; ++i) to.reals[i] = static_cast<double>(from_half(reinterpret_cast<const std::uint16_t*>(from)[i]));
}
void store_half(const Wide& from, std::size_t count, std::byte* to) {
  for (std::size_t i = 0; i < count; ++i)
    reinterpret_cast<std::uint16_t*>(to)[i] = to_half(from.is_real ? static_cast<float>(from.reals[i]) : static_cast<float>(from.integers[i]));
}

template <class T>
T truncated(double real) {
  if (std::isnan(real)) return 0;
  constexpr auto lowest = std::numeric_limits<T>::lowest(), highest = std::numeric_limits<T>::max();
  if (real <= static_cast<double>(lowest)) return lowest;
  return real >= static_cast<double>(highest) ? highest : static_cast<T>(real);
}

template <class T>
void store(const Wide& from, std::size_t count, std::byte* to) {
  T* y = reinterpret_cast<T*>(to);
  for (std::size_t i = 0; i < count; ++i) {
    if constexpr (std::is_same_v<T, bool>) y[i] = from.is_real ? from.reals[i] != 0.0 : from.integers[i] != 0;
    else if constexpr (std::is_floating_point_v<T>) y[i] = from.is_real ? static_cast<T>(from.reals[i]) : static_cast<T>(from.integers[i]);
    else y[i] = from.is_real ? truncated<T>(from.reals[i]) : static_cast<T>(from.integers[i]);
  }
}

struct Conversion {
  DType type;
  Load load;
  Store store;
};
template <class T>
constexpr Conversion conversion(DType type) {
  return {type, load<T>, store<T>};
}
constexpr std::array conversions{
    conversion<float>(DType::float32),        conversion<double>(DType::float64),      conversion<std::int8_t>(DType::int8),    conversion<std::uint8_t>(DType::uint8),
    conversion<std::int16_t>(DType::int16),   conversion<std::uint16_t>(DType::uint16), conversion<std::int32_t>(DType::int32), conversion<std::uint32_t>(DType::uint32),
    conversion<std::int64_t>(DType::int64),  conversion<std::uint64_t>(DType::uint64), conversion<bool>(DType::boolean),
    Conversion{DType::float16, load_half, store_half}};

}  // namespace

Result<Kernel> cast(const Site& site) {
  const auto from = std::ranges::find(conversions, site.in(0).type, &Conversion::type), to = std::ranges::find(conversions, site.out().type, &Conversion::type);
  if (from == conversions.end() || to == conversions.end()) return no_kernel(site);
  const auto in_width = static_cast<std::size_t>(bits_of(from->type)) / 8, out_width = static_cast<std::size_t>(bits_of(to->type)) / 8;
  return [load = from->load, store = to->store, in_width, out_width, total = static_cast<std::size_t>(site.out().shape.elements())](const Operands& operands) {
    Wide wide;
    for (std::size_t at = 0; at < total; at += chunk) {
      const std::size_t count = std::min(chunk, total - at);
      load(operands.inputs[0] + at * in_width, count, wide);
      store(wide, count, operands.out<std::byte>() + at * out_width);
    }
  };
}

}  // namespace edgewise::kernels::reference
