#include <doctest/doctest.h>

#include <cstring>
#include <set>

#include "core/base/random.h"
#include "core/evaluate/evaluation.h"

namespace edgewise {
namespace {

/// `rows` rows of 3 reals, drawn from few enough values that many rows are equal.
Dataset with_duplicates(std::uint64_t seed, std::uint32_t rows) {
  Random random(seed);
  Dataset data;
  data.sample = {3};
  for (std::uint32_t i = 0; i < rows * 3; ++i) data.x.push_back(static_cast<float>(random.below(5)));
  return data;
}

std::string bytes_of(const Dataset& data, std::uint32_t row) {
  const auto view = data.row(row);
  return {reinterpret_cast<const char*>(view.data()), view.size_bytes()};
}

TEST_CASE("no row of the test equals a calibration row, however many duplicates there are, and every row is used or counted") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    Dataset data = with_duplicates(seed, 2 + static_cast<std::uint32_t>(seed * 7));
    if (seed % 2 == 0) data.calibration_rows = seed;
    const Split split = split_rows(data);
    std::set<std::string> calibration;
    std::set<std::uint32_t> used;
    for (const std::uint32_t row : split.calibration) {
      calibration.insert(bytes_of(data, row));
      used.insert(row);
      if (data.calibration_rows > 0) CHECK(row < data.calibration_rows);
    }
    for (const std::uint32_t row : split.test) {
      CHECK(!calibration.contains(bytes_of(data, row)));
      used.insert(row);
    }
    CHECK(used.size() == split.calibration.size() + split.test.size());
    CHECK(used.size() + split.left_out == data.rows());
    CHECK(!split.calibration.empty());
  }
}

TEST_CASE("the split is the same every time, a fifth, at most 1000 rows, and mixes a file that is sorted") {
  Dataset data;
  data.sample = {1};
  for (int i = 0; i < 8000; ++i) data.x.push_back(static_cast<float>(i));
  const Split split = split_rows(data), again = split_rows(data);
  CHECK(split.calibration == again.calibration);
  CHECK(split.test == again.test);
  CHECK(split.calibration.size() == 1000);
  CHECK(split.test.size() == 7000);
  CHECK(split.left_out == 0);
  // Of the first 200 of the test about half come from either half of the file: 100 expected, deviation 7, so 60 to 140 is 5.7 deviations.
  int low = 0;
  for (std::size_t i = 0; i < 200; ++i) low += split.test[i] < 4000 ? 1 : 0;
  CHECK(low > 60);
  CHECK(low < 140);

  data.x.resize(100);
  CHECK(split_rows(data).calibration.size() == 20);
  data.x.resize(2);
  CHECK(split_rows(data).calibration.size() == 1);
  data.x.resize(1);
  CHECK(split_rows(data).test.size() == 1);
  data.x.clear();
  CHECK(split_rows(data).test.empty());
}

}  // namespace
}  // namespace edgewise
