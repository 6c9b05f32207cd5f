#include "core/tensor/tensor.h"

namespace edgewise {

int bits_of(DType type) {
  switch (type) {
    case DType::float32: return 32;
    case DType::int8: return 8;
    case DType::uint8: return 8;
    case DType::int16: return 16;
    case DType::int32: return 32;
    case DType::int64: return 64;
    case DType::boolean: return 8;
    case DType::float16: return 16;
    case DType::int4: return 4;
    case DType::uint16: return 16;
    case DType::uint32: return 32;
    case DType::uint64: return 64;
    case DType::float64: return 64;
    case DType::resource: return 32;
  }
  return 0;
}

std::string_view name_of(DType type) {
  switch (type) {
    case DType::float32: return "float32";
    case DType::int8: return "int8";
    case DType::uint8: return "uint8";
    case DType::int16: return "int16";
    case DType::int32: return "int32";
    case DType::int64: return "int64";
    case DType::boolean: return "bool";
    case DType::float16: return "float16";
    case DType::int4: return "int4";
    case DType::uint16: return "uint16";
    case DType::uint32: return "uint32";
    case DType::uint64: return "uint64";
    case DType::float64: return "float64";
    case DType::resource: return "resource";
  }
  return "?";
}

std::uint64_t bytes_for(DType type, std::uint64_t elements) {
  constexpr std::uint64_t most = 1ull << 62;
  if (type == DType::int4) return elements / 2 + elements % 2;
  const auto bytes = static_cast<std::uint64_t>(bits_of(type)) / 8;
  return elements > most / bytes ? most : elements * bytes;
}

}  // namespace edgewise
