#include "core/kernels/rearrange.h"

#include <algorithm>
#include <cstring>

#include "core/base/text.h"
#include "core/kernels/elements.h"
#include "core/kernels/site.h"

namespace edgewise::kernels {
namespace {

/// Axes of one position say nothing but where it is; neighbours that both sides move through evenly are one.
Move simplified(Move move) {
  std::vector<MovedAxis> axes;
  for (MovedAxis& axis : move.axes) {
    if (axis.count == 1) {
      move.from += axis.from(0);
      move.to += axis.to(0);
      continue;
    }
    if (!axes.empty()) {
      MovedAxis& outer = axes.back();
      const auto goes_on = [&](const Offsets& out, const Offsets& in) { return out.table.empty() && in.table.empty() && out.step == in.step * axis.count; };
      if (goes_on(outer.from, axis.from) && goes_on(outer.to, axis.to)) {
        outer = {outer.count * axis.count, axis.from, axis.to};
        continue;
      }
    }
    axes.push_back(std::move(axis));
  }
  if (axes.empty()) axes.push_back({1, {}, {}});
  move.axes = std::move(axes);
  return move;
}

/// All axes but the last two by recursion; at most as deep as a tensor has axes.
template <class T>
void run(const Move& move, std::size_t at, const T* from, T* to) {
  const MovedAxis& axis = move.axes[at];
  if (at + 1 < move.axes.size()) {
    for (std::int64_t i = 0; i < axis.count; ++i) run(move, at + 1, from + axis.from(i), to + axis.to(i));
    return;
  }
  const bool is_even = axis.from.table.empty() && axis.to.table.empty();
  if (is_even && axis.from.step == 1 && axis.to.step == 1) {
    std::memcpy(to, from, static_cast<std::size_t>(axis.count) * sizeof(T));
  } else {
    for (std::int64_t i = 0; i < axis.count; ++i) to[axis.to(i)] = from[axis.from(i)];
  }
}

}  // namespace

Move even_move(const Shape& shape, const Strides& from, const Strides& to) {
  Move move;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    move.axes.push_back({shape[axis], {from[a], {}}, {to[a], {}}});
  }
  return move;
}

Result<void> check_table(std::int64_t count) {
  constexpr std::int64_t most = 1 << 20;
  if (count > most) return fail(text("it moves an axis of ", count, " unevenly, the limit is ", most));
  return {};
}

Result<Kernel> moving_kernel(const Site& site, Move move, std::size_t input) {
  const Value& y = site.out();
  if (site.in(input).type != y.type) return no_kernel(site);
  if (site.in(input).shape.elements() == 0) move.axes = {{0, {}, {}}};
  return by_element_width(site, y.type, [&]<class T>(T) -> Kernel {
    return [move = simplified(std::move(move)), input, count = static_cast<std::size_t>(y.shape.elements())](const Operands& operands) {
      T* to = operands.out<T>();
      if (move.fill) {
        const bool is_given = move.fill->operand == Move::Fill::no_operand;
        std::fill_n(to, count, is_given ? static_cast<T>(move.fill->bits) : *operands.in<T>(move.fill->operand));
      }
      run(move, 0, operands.in<T>(input) + move.from, to + move.to);
    };
  });
}

Result<Kernel> copying_kernel(const Site& site, std::size_t input) {
  if (site.in(input).type != site.out().type) return no_kernel(site);
  const auto bytes = static_cast<std::size_t>(bytes_for(site.out().type, site.out().shape.elements()));
  return [bytes, input](const Operands& operands) { std::copy_n(operands.inputs[input], bytes, operands.out<std::byte>()); };
}

}  // namespace edgewise::kernels
