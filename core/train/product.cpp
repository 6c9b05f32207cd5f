#include "core/train/product.h"

#include <cstring>

namespace edgewise::train {

namespace {

using Float4 [[gnu::vector_size(16)]] = float;  // SSE, NEON and SIMD128 alike: addition and multiplication by element

Float4 load(const float* from) {
  Float4 value;
  std::memcpy(&value, from, sizeof value);
  return value;
}
void store(float* to, Float4 value) { std::memcpy(to, &value, sizeof value); }

/// One row of c, sixteen columns: four sums that do not wait for each other.
void row_of_16(const float* a, std::ptrdiff_t a_step, const float* b, std::ptrdiff_t b_step, float* c, std::ptrdiff_t depth,
               Into into) {
  Float4 sum0{}, sum1{}, sum2{}, sum3{};
  if (into == Into::added) sum0 = load(c), sum1 = load(c + 4), sum2 = load(c + 8), sum3 = load(c + 12);
  for (std::ptrdiff_t k = 0; k < depth; ++k, a += a_step, b += b_step) {
    const Float4 factor = {*a, *a, *a, *a};
    sum0 += factor * load(b);
    sum1 += factor * load(b + 4);
    sum2 += factor * load(b + 8);
    sum3 += factor * load(b + 12);
  }
  store(c, sum0), store(c + 4, sum1), store(c + 8, sum2), store(c + 12, sum3);
}

void row_of_4(const float* a, std::ptrdiff_t a_step, const float* b, std::ptrdiff_t b_step, float* c, std::ptrdiff_t depth,
              Into into) {
  Float4 sum{};
  if (into == Into::added) sum = load(c);
  for (std::ptrdiff_t k = 0; k < depth; ++k, a += a_step, b += b_step) sum += Float4{*a, *a, *a, *a} * load(b);
  store(c, sum);
}

void row_of_1(const float* a, std::ptrdiff_t a_step, const float* b, std::ptrdiff_t b_step, float* c, std::ptrdiff_t depth,
              Into into) {
  float sum = into == Into::added ? *c : 0.0f;
  for (std::ptrdiff_t k = 0; k < depth; ++k, a += a_step, b += b_step) sum += *a * *b;
  *c = sum;
}

}  // namespace

void product(Strided a, const float* b, float* c, std::ptrdiff_t rows, std::ptrdiff_t depth, std::ptrdiff_t columns, Into into) {
  std::ptrdiff_t j = 0;
  const auto columns_at = [&](auto row_of) {
    for (std::ptrdiff_t i = 0; i < rows; ++i)
      row_of(a.data + i * a.row, a.column, b + j, columns, c + i * columns + j, depth, into);
  };
  for (; j + 16 <= columns; j += 16) columns_at(row_of_16);
  for (; j + 4 <= columns; j += 4) columns_at(row_of_4);
  for (; j < columns; ++j) columns_at(row_of_1);
}

void transpose(const float* from, std::ptrdiff_t rows, std::ptrdiff_t columns, float* to) {
  for (std::ptrdiff_t i = 0; i < rows; ++i)
    for (std::ptrdiff_t j = 0; j < columns; ++j) to[j * rows + i] = from[i * columns + j];
}

}  // namespace edgewise::train
