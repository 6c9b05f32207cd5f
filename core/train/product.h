// Matrix product with one order of summation: the same bits on every machine, at every optimization level.
//
// Not Eigen's: it cuts the sum into blocks by the size of the cache and the width of the vector unit, so that a seed would give different models on different
// machines. Here each element of the result is summed from the first product to the last, and vectors run across elements, where order does not matter.
#pragma once

#include <cstddef>
#include <span>

namespace edgewise::train {

/// A matrix that is read in any direction: element (i, k) is data[i * row + k * column].
struct Strided {
  const float* data;
  std::ptrdiff_t row, column;
};

enum class Into { fresh, added };

/// c[i][j] = sum over k of a(i, k) * b[k][j], or added to what c holds.   a [rows, depth]  b [depth, columns] and c [rows,
/// columns] are row-major.
void product(Strided a, const float* b, float* c, std::ptrdiff_t rows, std::ptrdiff_t depth, std::ptrdiff_t columns, Into into);

/// to[j][i] = from[i][j]
void transpose(const float* from, std::ptrdiff_t rows, std::ptrdiff_t columns, float* to);

}  // namespace edgewise::train
