#include "core/train/product.h"

#include <cstring>

namespace edgewise::train {

namespace {

using Float4 [[gnu::vector_size(16)]] = float;  // SSE, NEON and SIMD128 alike: addition and multiplication by element

template <class Lane>
Lane load(const float* from) {
  Lane value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

template <class Lane>
void store(float* to, Lane value) {
  std::memcpy(to, &value, sizeof value);
}

/// `rows` rows of c by `lanes` times what a Lane holds of its columns: sums that do not wait for each other, as many as fit into registers.
template <class Lane, int rows, int lanes>
void tile(Strided a, const float* b, float* c, std::ptrdiff_t depth, std::ptrdiff_t columns, Into into) {
  constexpr std::ptrdiff_t width = sizeof(Lane) / sizeof(float);
  Lane sums[rows][lanes]{};
  if (into == Into::added)
    for (int row = 0; row < rows; ++row)
      for (int lane = 0; lane < lanes; ++lane) sums[row][lane] = load<Lane>(c + row * columns + lane * width);
  for (std::ptrdiff_t k = 0; k < depth; ++k, a.data += a.column, b += columns)
    for (int lane = 0; lane < lanes; ++lane) {
      const Lane value = load<Lane>(b + lane * width);
      for (int row = 0; row < rows; ++row) sums[row][lane] += a.data[row * a.row] * value;
    }
  for (int row = 0; row < rows; ++row)
    for (int lane = 0; lane < lanes; ++lane) store(c + row * columns + lane * width, sums[row][lane]);
}

/// All rows, and of the columns from `j` on as many as come out even. Returns the first that does not.
template <class Lane, int rows_abreast, int lanes>
std::ptrdiff_t fill_columns(Strided a, const float* b, float* c, std::ptrdiff_t rows, std::ptrdiff_t depth, std::ptrdiff_t columns, Into into, std::ptrdiff_t j) {
  constexpr auto width = static_cast<std::ptrdiff_t>(lanes * sizeof(Lane) / sizeof(float));
  for (; j + width <= columns; j += width) {
    const auto from = [&](std::ptrdiff_t i) { return Strided{a.data + i * a.row, a.row, a.column}; };
    std::ptrdiff_t i = 0;
    for (; i + rows_abreast <= rows; i += rows_abreast) tile<Lane, rows_abreast, lanes>(from(i), b + j, c + i * columns + j, depth, columns, into);
    for (; i < rows; ++i) tile<Lane, 1, lanes>(from(i), b + j, c + i * columns + j, depth, columns, into);
  }
  return j;
}

}  // namespace

void product(Strided a, const float* b, float* c, std::ptrdiff_t rows, std::ptrdiff_t depth, std::ptrdiff_t columns, Into into) {
  std::ptrdiff_t j = fill_columns<Float4, 2, 4>(a, b, c, rows, depth, columns, into, 0);
  j = fill_columns<Float4, 4, 1>(a, b, c, rows, depth, columns, into, j);
  fill_columns<float, 4, 1>(a, b, c, rows, depth, columns, into, j);
}

void transpose(const float* from, std::ptrdiff_t rows, std::ptrdiff_t columns, float* to) {
  for (std::ptrdiff_t i = 0; i < rows; ++i)
    for (std::ptrdiff_t j = 0; j < columns; ++j) to[j * rows + i] = from[i * columns + j];
}

}  // namespace edgewise::train
