// The generated view of a TensorFlow Lite file, and bytes and offsets out of it. Private to core/formats/tflite_*.
#pragma once

#include <climits>
#include <cstdint>
#include <cstring>

#include "core/base/bytes.h"

// Other people's code, and code made by it: their warnings are not ours.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#undef ARG_MAX  // a limit of POSIX in some <limits.h>, an operator in the schema
#include "core/formats/tflite_generated.h"
#pragma GCC diagnostic pop

namespace edgewise::tflite {

constexpr std::uint32_t schema_version = 3;

/// Element `at` of a verified vector. FlatBuffers 2.0.8 does not verify that 8-byte elements are aligned, so they are copied, not dereferenced.
template <class T>
T element(const flatbuffers::Vector<T>& from, std::uint32_t at) {
  T value;
  std::memcpy(&value, from.Data() + std::size_t{at} * sizeof value, sizeof value);
  return value;
}

template <class Vector>
std::uint32_t count_of(const Vector* vector) {
  return vector == nullptr ? 0 : vector->size();
}

/// Bytes in the file of what a pointer into it points to.
inline std::uint64_t offset_in(BytesView file, const void* pointer) {
  return static_cast<std::uint64_t>(static_cast<const std::byte*>(pointer) - file.data());
}

/// Byte in the file of a table's field (T::VT_...), or of the table itself where the field is left out.
template <class Table>
std::uint64_t offset_of_field(BytesView file, const Table* table, flatbuffers::voffset_t field) {
  const auto* bare = reinterpret_cast<const flatbuffers::Table*>(table);
  const std::uint8_t* at = bare->GetAddressOf(field);
  return offset_in(file, at == nullptr ? static_cast<const void*>(table) : at);
}

}  // namespace edgewise::tflite
