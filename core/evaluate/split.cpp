#include <algorithm>
#include <unordered_set>

#include "core/base/hash.h"
#include "core/evaluate/evaluation.h"

namespace edgewise {

namespace {

constexpr std::size_t most_calibration_rows = 1000;

/// Spreads a hash over all its bits (the finalizer of SplitMix64): FNV-1a alone sorts similar rows together.
std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

}  // namespace

Split split_rows(const Dataset& dataset) {
  struct Row {
    std::uint64_t key;
    std::uint32_t index;
  };
  std::vector<Row> rows(static_cast<std::size_t>(dataset.rows()));
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = {mixed(hash(std::as_bytes(dataset.row(i)))), static_cast<std::uint32_t>(i)};

  // By key: a shuffle that depends on the rows only, so that a part of a file that is sorted by class still has all classes.
  const auto shuffle = [](auto first, auto last) {
    std::sort(first, last, [](const Row& a, const Row& b) { return a.key != b.key ? a.key < b.key : a.index < b.index; });
  };
  std::size_t calibration_rows = static_cast<std::size_t>(std::min<std::uint64_t>(dataset.calibration_rows, rows.size()));
  if (calibration_rows > 0) {
    const auto boundary = rows.begin() + static_cast<std::ptrdiff_t>(calibration_rows);
    shuffle(rows.begin(), boundary);
    shuffle(boundary, rows.end());
  } else {
    shuffle(rows.begin(), rows.end());
    calibration_rows = rows.size() < 2 ? 0 : std::clamp<std::size_t>(rows.size() / 5, 1, most_calibration_rows);
  }

  Split split;
  std::unordered_set<std::uint64_t> seen;
  for (std::size_t i = 0; i < calibration_rows; ++i) {
    split.calibration.push_back(rows[i].index);
    seen.insert(rows[i].key);
  }
  for (std::size_t i = calibration_rows; i < rows.size(); ++i) {
    if (seen.contains(rows[i].key)) ++split.left_out;
    else split.test.push_back(rows[i].index);
  }
  return split;
}

}  // namespace edgewise
