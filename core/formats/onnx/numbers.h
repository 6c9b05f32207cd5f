// The contents of a constant as numbers, and constants in another order of axes.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/bytes.h"
#include "core/tensor/tensor.h"

namespace edgewise::onnx {

bool is_real(DType type);   ///< float16, float32, float64

/// Every element; reals are cut to whole numbers, what does not fit is clamped, uint64 keeps its bits. An odd number of int4 comes with one more.
std::vector<std::int64_t> whole_numbers(DType type, BytesView contents);
std::vector<double> real_numbers(DType type, BytesView contents);
std::vector<float> floats_of(DType type, BytesView contents);
/// The reverse: cut to the type's width, or rounded to the nearest real it has.
Bytes contents_of(DType type, const std::vector<std::int64_t>& numbers);
Bytes contents_of(DType type, const std::vector<double>& numbers);

/// The elements of `shape` with its axes in another order; `order` as in import.h: an axis of extent 1 may be added or left out. `width` bytes an element.
Bytes transposed(BytesView contents, const Shape& shape, const std::vector<int>& order, int width);

}  // namespace edgewise::onnx
