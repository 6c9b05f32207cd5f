// The extents of a tensor: up to 6 of them, and an element count that cannot overflow.
#pragma once

#include <array>
#include <cassert>
#include <cstdint>
#include <initializer_list>
#include <string>

#include "core/base/limits.h"

namespace edgewise {

/// Row-major extents, each at least 0. Rank 0 is a scalar with one element.
class Shape {
 public:
  Shape() = default;
  Shape(std::initializer_list<std::int64_t> extents) {
    assert(extents.size() <= limits::rank);
    for (const std::int64_t extent : extents) push(extent);
  }

  int rank() const { return rank_; }
  std::int64_t operator[](int axis) const {
    assert(axis >= 0 && axis < rank_);
    return extents_[static_cast<std::size_t>(axis)];
  }
  void set(int axis, std::int64_t extent) {
    assert(axis >= 0 && axis < rank_);
    extents_[static_cast<std::size_t>(axis)] = extent;
  }
  void push(std::int64_t extent) {
    assert(rank_ < limits::rank);
    extents_[static_cast<std::size_t>(rank_++)] = extent;
  }
  std::int64_t back() const { return rank_ == 0 ? 1 : (*this)[rank_ - 1]; }

  /// Product of the extents, saturating at 2^62 so that a hostile shape compares as too large instead of wrapping.
  std::uint64_t elements() const {
    constexpr std::uint64_t most = 1ull << 62;
    std::uint64_t product = 1;
    for (int axis = 0; axis < rank_; ++axis) {
      const auto extent = static_cast<std::uint64_t>((*this)[axis] < 0 ? 0 : (*this)[axis]);
      if (extent != 0 && product > most / extent) return most;
      product *= extent;
    }
    return product;
  }
  bool operator==(const Shape&) const = default;

 private:
  std::array<std::int64_t, limits::rank> extents_{};
  int rank_ = 0;
};

/// "1x49x10x8"; a scalar is "scalar".
std::string to_text(const Shape& shape);

}  // namespace edgewise
