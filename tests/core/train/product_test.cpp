#include "core/train/product.h"

#include <initializer_list>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "core/base/random.h"

using namespace edgewise;
using namespace edgewise::train;

namespace {

std::vector<float> random_floats(std::ptrdiff_t count, Random& random) {
  std::vector<float> values(static_cast<std::size_t>(count));
  for (float& value : values) value = static_cast<float>(random.uniform(-1.0, 1.0));
  return values;
}

}  // namespace

TEST_CASE("a product is the sum from first to last, bit for bit, at sizes beside every vector width") {
  constexpr std::uint64_t seed = 3;
  Random random(seed);
  CAPTURE(seed);
  for (const auto& [rows, columns] : {std::pair<std::ptrdiff_t, std::ptrdiff_t>{3, 1}, {4, 2}, {5, 3}, {1, 4}, {2, 5}, {9, 7}, {4, 8}, {7, 15}, {1, 16}, {2, 17}, {3, 31}, {6, 33}})
    for (const std::ptrdiff_t depth : {1, 2, 9, 40})
      for (const Into into : {Into::fresh, Into::added}) {
        CAPTURE(rows);
        CAPTURE(columns);
        CAPTURE(depth);
        const std::vector<float> a = random_floats(rows * depth, random), b = random_floats(depth * columns, random);
        const std::vector<float> before = random_floats(rows * columns, random);
        std::vector<float> c = before, turned(a.size()), c_of_turned = before;
        product({a.data(), depth, 1}, b.data(), c.data(), rows, depth, columns, into);
        transpose(a.data(), rows, depth, turned.data());
        product({turned.data(), 1, rows}, b.data(), c_of_turned.data(), rows, depth, columns, into);
        int different = 0;
        for (std::ptrdiff_t i = 0; i < rows; ++i)
          for (std::ptrdiff_t j = 0; j < columns; ++j) {
            const auto at = static_cast<std::size_t>(i * columns + j);
            float sum = into == Into::added ? before[at] : 0.0f;
            for (std::ptrdiff_t k = 0; k < depth; ++k)
              sum += a[static_cast<std::size_t>(i * depth + k)] * b[static_cast<std::size_t>(k * columns + j)];
            different += (c[at] != sum) + (c_of_turned[at] != sum);
          }
        CHECK(different == 0);
      }
}
