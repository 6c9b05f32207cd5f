// Any type of number as one of three wide ones: kernels that serve all types compute in these. Exact for every type, so a result rounded once to its own type is
// what that type's arithmetic gives (+, -, * and / of float32 in double: 53 >= 2 * 24 + 2 bits).
#pragma once

#include <cstdint>
#include <type_traits>

#include "core/kernels/kernels.h"
#include "core/tensor/half.h"

namespace edgewise::kernels {

/// Reads element `i` as double, int64 or uint64 (Wide). Half precision is read exactly.
template <class Wide>
Wide read_number(DType type, const std::byte* from, std::int64_t i) {
  const auto as = [&]<class T>(T) { return static_cast<Wide>(reinterpret_cast<const T*>(from)[i]); };
  switch (type) {
    case DType::float32: return as(float{});
    case DType::float64: return as(double{});
    case DType::float16: return static_cast<Wide>(from_half(reinterpret_cast<const std::uint16_t*>(from)[i]));
    case DType::int8: return as(std::int8_t{});
    case DType::uint8: case DType::boolean: return as(std::uint8_t{});
    case DType::int16: return as(std::int16_t{});
    case DType::uint16: return as(std::uint16_t{});
    case DType::int32: return as(std::int32_t{});
    case DType::uint32: return as(std::uint32_t{});
    case DType::int64: return as(std::int64_t{});
    case DType::uint64: return as(std::uint64_t{});
    case DType::int4: case DType::resource: break;
  }
  return Wide{};
}

/// Writes a number that fits the type, or wraps around as whole numbers do.
template <class Wide>
void write_number(DType type, std::byte* to, std::int64_t i, Wide value) {
  const auto as = [&]<class T>(T) { reinterpret_cast<T*>(to)[i] = static_cast<T>(value); };
  switch (type) {
    case DType::float32: return as(float{});
    case DType::float64: return as(double{});
    case DType::float16: reinterpret_cast<std::uint16_t*>(to)[i] = to_half(static_cast<float>(value)); return;
    case DType::int8: return as(std::int8_t{});
    case DType::uint8: case DType::boolean: return as(std::uint8_t{});
    case DType::int16: return as(std::int16_t{});
    case DType::uint16: return as(std::uint16_t{});
    case DType::int32: return as(std::int32_t{});
    case DType::uint32: return as(std::uint32_t{});
    case DType::int64: return as(std::int64_t{});
    case DType::uint64: return as(std::uint64_t{});
    case DType::int4: case DType::resource: return;
  }
}

inline bool is_real(DType type) { return type == DType::float32 || type == DType::float64 || type == DType::float16; }
inline bool is_number(DType type) { return type != DType::int4 && type != DType::resource; }

/// make(Wide{}) with the wide type that holds every number of `type`.
template <class Make>
Result<Kernel> by_wide_type(DType type, Make make) {
  if (is_real(type)) return make(double{});
  if (type == DType::uint64) return make(std::uint64_t{});
  return make(std::int64_t{});
}

}  // namespace edgewise::kernels
