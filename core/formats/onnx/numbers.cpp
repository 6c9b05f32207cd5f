#include "core/formats/onnx/numbers.h"

#include <cassert>
#include <cmath>
#include <limits>

#include "core/tensor/half.h"

namespace edgewise::onnx {

namespace {

/// Calls with(T{}) for the C++ type of `type`; half precision comes as uint16 codes. int4 and resource have none: with() is not called.
template <class With>
void with_type(DType type, With with) {
  switch (type) {
    case DType::float32: with(float{}); return;
    case DType::float64: with(double{}); return;
    case DType::int8: with(std::int8_t{}); return;
    case DType::uint8: case DType::boolean: with(std::uint8_t{}); return;
    case DType::int16: with(std::int16_t{}); return;
    case DType::uint16: case DType::float16: with(std::uint16_t{}); return;
    case DType::int32: with(std::int32_t{}); return;
    case DType::uint32: with(std::uint32_t{}); return;
    case DType::int64: with(std::int64_t{}); return;
    case DType::uint64: with(std::uint64_t{}); return;
    case DType::int4: case DType::resource: return;
  }
}

std::int64_t cut(double real) {
  if (std::isnan(real)) return 0;
  if (real >= 0x1p63) return std::numeric_limits<std::int64_t>::max();
  if (real < -0x1p63) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(real);
}

}  // namespace

bool is_real(DType type) { return type == DType::float32 || type == DType::float64 || type == DType::float16; }

namespace {

template <class Real>
std::vector<Real> reals_of(DType type, BytesView contents) {
  std::vector<Real> numbers;
  with_type(type, [&]<class T>(T element) {
    numbers.reserve(contents.size() / sizeof element);
    for (std::size_t at = 0; at + sizeof element <= contents.size(); at += sizeof element) {
      std::memcpy(&element, contents.data() + at, sizeof element);
      if constexpr (std::is_same_v<T, std::uint16_t>) numbers.push_back(type == DType::float16 ? static_cast<Real>(from_half(element)) : static_cast<Real>(element));
      else numbers.push_back(static_cast<Real>(element));
    }
  });
  return numbers;
}

}  // namespace

std::vector<double> real_numbers(DType type, BytesView contents) { return reals_of<double>(type, contents); }
std::vector<float> floats_of(DType type, BytesView contents) { return reals_of<float>(type, contents); }

std::vector<std::int64_t> whole_numbers(DType type, BytesView contents) {
  std::vector<std::int64_t> numbers;
  if (type == DType::int4)   // two to a byte, the first in its low half
    for (const std::byte both : contents)
      for (const int shift : {4, 0}) numbers.push_back(static_cast<std::int8_t>(static_cast<unsigned>(both) << shift) >> 4);
  if (is_real(type)) {
    for (const double real : real_numbers(type, contents)) numbers.push_back(cut(real));
    return numbers;
  }
  with_type(type, [&]<class T>(T element) {
    if constexpr (std::is_integral_v<T>) {
      numbers.reserve(contents.size() / sizeof element);
      for (std::size_t at = 0; at + sizeof element <= contents.size(); at += sizeof element) {
        std::memcpy(&element, contents.data() + at, sizeof element);
        numbers.push_back(static_cast<std::int64_t>(element));
      }
    }
  });
  return numbers;
}

Bytes contents_of(DType type, const std::vector<std::int64_t>& numbers) {
  if (is_real(type)) return contents_of(type, std::vector<double>(numbers.begin(), numbers.end()));
  Bytes contents(static_cast<std::size_t>(bytes_for(type, numbers.size())));
  with_type(type, [&]<class T>(T element) {
    if constexpr (std::is_integral_v<T>)
      for (std::size_t i = 0; i < numbers.size(); ++i) {
        element = type == DType::boolean ? static_cast<T>(numbers[i] != 0) : static_cast<T>(numbers[i]);
        std::memcpy(contents.data() + i * sizeof element, &element, sizeof element);
      }
  });
  return contents;
}

Bytes contents_of(DType type, const std::vector<double>& numbers) {
  Bytes contents(static_cast<std::size_t>(bytes_for(type, numbers.size())));
  if (!is_real(type)) {
    std::vector<std::int64_t> whole;
    for (const double number : numbers) whole.push_back(type == DType::boolean ? number != 0.0 : cut(number));
    return contents_of(type, whole);
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (type == DType::float64) {
      std::memcpy(contents.data() + 8 * i, &numbers[i], 8);
    } else if (type == DType::float32) {
      const auto narrow = static_cast<float>(numbers[i]);
      std::memcpy(contents.data() + 4 * i, &narrow, 4);
    } else {
      const std::uint16_t half = to_half(static_cast<float>(numbers[i]));
      std::memcpy(contents.data() + 2 * i, &half, 2);
    }
  }
  return contents;
}

Bytes transposed(BytesView contents, const Shape& shape, const std::vector<int>& order, int width) {
  std::vector<std::int64_t> extents, strides;   // of the axes that hold more than one element, as they will stand
  for (const int axis : order) {
    if (axis < 0 || shape[axis] == 1) continue;
    std::int64_t stride = width;
    for (int later = axis + 1; later < shape.rank(); ++later) stride *= shape[later];
    extents.push_back(shape[axis]);
    strides.push_back(stride);
  }
  assert(contents.size() == shape.elements() * static_cast<std::uint64_t>(width));
  Bytes result(contents.size());
  std::vector<std::int64_t> at(extents.size(), 0);
  std::int64_t from = 0;
  for (std::size_t to = 0; to + static_cast<std::size_t>(width) <= result.size(); to += static_cast<std::size_t>(width)) {
    std::memcpy(result.data() + to, contents.data() + from, static_cast<std::size_t>(width));
    for (std::size_t axis = extents.size(); axis-- > 0;) {
      from += strides[axis];
      if (++at[axis] < extents[axis]) break;
      from -= strides[axis] * extents[axis];
      at[axis] = 0;
    }
  }
  return result;
}

}  // namespace edgewise::onnx
