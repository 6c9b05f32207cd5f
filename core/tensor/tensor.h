// dtype + shape + bytes. Owned (Tensor) or looked at (TensorView).
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "core/base/bytes.h"
#include "core/tensor/shape.h"

namespace edgewise {

/// `resource` names a variable that outlives a run (VAR_HANDLE): it has no numbers.
enum class DType : std::uint8_t { float32, int8, uint8, int16, int32, int64, boolean, float16, int4, uint16, uint32, uint64, float64, resource };

/// Bits of one element as stored: 32, 8, 8, 16, 32, 64, 8, 16, 4, 16, 32, 64, 64, 32.
int bits_of(DType type);
/// "float32", "int8", ...: numpy's names, and "int4" and "resource".
std::string_view name_of(DType type);
/// Bytes of `elements` elements; int4 packs two a byte. Saturates with `elements`.
std::uint64_t bytes_for(DType type, std::uint64_t elements);

template <class T>
constexpr DType dtype_of() {
  if constexpr (std::is_same_v<T, float>) return DType::float32;
  else if constexpr (std::is_same_v<T, std::int8_t>) return DType::int8;
  else if constexpr (std::is_same_v<T, std::uint8_t>) return DType::uint8;
  else if constexpr (std::is_same_v<T, std::int16_t>) return DType::int16;
  else if constexpr (std::is_same_v<T, std::int32_t>) return DType::int32;
  else if constexpr (std::is_same_v<T, std::int64_t>) return DType::int64;
  else if constexpr (std::is_same_v<T, std::uint16_t>) return DType::uint16;
  else if constexpr (std::is_same_v<T, std::uint32_t>) return DType::uint32;
  else if constexpr (std::is_same_v<T, std::uint64_t>) return DType::uint64;
  else {
    static_assert(std::is_same_v<T, double>);
    return DType::float64;
  }
}

struct Tensor {
  DType type = DType::float32;
  Shape shape;
  Bytes bytes;

  /// Zero-filled.
  static Tensor of(DType type, const Shape& shape) {
    Tensor t{type, shape, {}};
    t.bytes.resize(static_cast<std::size_t>(bytes_for(type, shape.elements())));
    return t;
  }
  template <class T>
  static Tensor from(const Shape& shape, std::span<const T> values) {
    assert(values.size() == shape.elements());
    Tensor t = of(dtype_of<T>(), shape);
    if (!values.empty()) std::memcpy(t.bytes.data(), values.data(), values.size_bytes());
    return t;
  }
  template <class T>
  std::span<T> as() {
    assert(type == dtype_of<T>());
    return {reinterpret_cast<T*>(bytes.data()), bytes.size() / sizeof(T)};
  }
  template <class T>
  std::span<const T> as() const {
    assert(type == dtype_of<T>());
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }
};

/// A tensor that somebody else owns.
struct TensorView {
  DType type = DType::float32;
  Shape shape;
  BytesView bytes;

  TensorView() = default;
  TensorView(DType t, const Shape& s, BytesView b) : type(t), shape(s), bytes(b) {}
  TensorView(const Tensor& t) : type(t.type), shape(t.shape), bytes(t.bytes) {}

  template <class T>
  std::span<const T> as() const {
    assert(type == dtype_of<T>());
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }
};

}  // namespace edgewise
