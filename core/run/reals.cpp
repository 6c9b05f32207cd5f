#include "core/run/reals.h"

#include <algorithm>
#include <cassert>

#include "core/tensor/affine.h"
#include "core/tensor/half.h"

namespace edgewise {
namespace {

template <class T>
void fill_reals(const Value& value, const TensorView& contents, std::span<float> into) {
  const auto codes = contents.as<T>();
  const bool has_grid = value.grid.present();
  for (std::size_t i = 0; i < into.size(); ++i)
    into[i] = has_grid ? dequantize(static_cast<std::int32_t>(codes[i]), value.grid.scale.front(), value.grid.zero_point.front()) : static_cast<float>(codes[i]);
}

}  // namespace

void read_reals(const Value& value, const TensorView& contents, std::span<float> into) {
  assert(into.size() == value.shape.elements());
  switch (value.type) {
    case DType::float32: std::ranges::copy(contents.as<float>(), into.begin()); return;
    case DType::int8: return fill_reals<std::int8_t>(value, contents, into);
    case DType::uint8: return fill_reals<std::uint8_t>(value, contents, into);
    case DType::boolean: std::ranges::transform(contents.bytes, into.begin(), [](std::byte b) { return b == std::byte{0} ? 0.0f : 1.0f; }); return;
    case DType::int16: return fill_reals<std::int16_t>(value, contents, into);
    case DType::int32: return fill_reals<std::int32_t>(value, contents, into);
    case DType::int64: return fill_reals<std::int64_t>(value, contents, into);
    case DType::uint16: return fill_reals<std::uint16_t>(value, contents, into);
    case DType::uint32: return fill_reals<std::uint32_t>(value, contents, into);
    case DType::uint64: return fill_reals<std::uint64_t>(value, contents, into);
    case DType::float64: std::ranges::transform(contents.as<double>(), into.begin(), [](double real) { return static_cast<float>(real); }); return;
    case DType::float16:
      std::transform(reinterpret_cast<const std::uint16_t*>(contents.bytes.data()), reinterpret_cast<const std::uint16_t*>(contents.bytes.data()) + into.size(), into.begin(), from_half);
      return;
    case DType::int4: case DType::resource: return;  // prepare() refused
  }
}

}  // namespace edgewise
