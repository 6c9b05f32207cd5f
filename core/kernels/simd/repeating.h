// Operands of one shape with the output, or constants that repeat along it (one number, one for each channel), for kernels that take runs of elements.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "core/kernels/kernels.h"

namespace edgewise::kernels::simd {

/// One of two operands.
template <class T>
class Repeating {
 public:
  /// Nothing for what broadcasts otherwise.
  [[gnu::cold]] static std::optional<Repeating> make(const Value& value, const Shape& output) {
    if (value.shape == output) return Repeating({});
    const int missing = output.rank() - value.shape.rank();
    if (!value.is_constant() || missing < 0 || value.shape.elements() == 0) return {};
    bool has_begun = false;   // axes of extent 1 come first, from then on those of the output
    for (int axis = 0; axis < value.shape.rank(); ++axis) {
      has_begun = has_begun || value.shape[axis] != 1;
      if (has_begun && value.shape[axis] != output[axis + missing]) return {};
    }
    constexpr std::size_t enough = 64;   // elements at a time, so that lanes are whole
    const auto once = value.view().as<T>();
    std::vector<T> several(once.begin(), once.end());
    while (several.size() < enough) several.insert(several.end(), once.begin(), once.end());
    return Repeating(std::move(several));
  }
  /// Calls run(a, b, out, count) for runs that make up the output. At most one of the two repeats.
  template <class Run>
  static void for_each_run(const Repeating& a, const Repeating& b, const Operands& operands, std::size_t count, Run run) {
    const std::size_t length = a.repeats() ? a.several_.size() : b.repeats() ? b.several_.size() : count;
    for (std::size_t i = 0; i < count; i += length) run(a.at(operands.in<T>(0), i), b.at(operands.in<T>(1), i), operands.out<T>() + i, std::min(length, count - i));
  }
  bool repeats() const { return !several_.empty(); }

 private:
  explicit Repeating(std::vector<T> several) : several_(std::move(several)) {}
  const T* at(const T* whole, std::size_t i) const { return repeats() ? several_.data() : whole + i; }
  std::vector<T> several_;   ///< some times over; empty where the operand has the output's shape
};

/// make(a, b) for operands that Repeating serves; nothing for others.
template <class T, class Make>
[[gnu::cold]] std::optional<Kernel> with_operands(const Site& site, Make make) {
  auto a = Repeating<T>::make(site.in(0), site.out().shape), b = Repeating<T>::make(site.in(1), site.out().shape);
  if (!a || !b || (a->repeats() && b->repeats())) return {};
  return make(std::move(*a), std::move(*b));
}

}  // namespace edgewise::kernels::simd
