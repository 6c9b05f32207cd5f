// The loop of a convolution over three axes, in groups, transposed or not: what CONV_ND and CONV_INTEGER share.
#pragma once

#include "core/kernels/site.h"
#include "core/kernels/window_3d.h"

namespace edgewise::kernels::reference {

struct Loop3d {
  Window3d window;
  std::array<std::int64_t, 3> extents;
  std::int64_t batch, channels, depth, outputs;   ///< depth: input channels that one output channel sees
  bool is_transposed;

  /// finish(output index, output channel, sum of term(input index, weight index, output channel))
  template <class Accumulator, class Term, class Finish>
  void run(Term term, Finish finish) const {
    const std::int64_t taps = positions_of(window.kernel), positions = positions_of(extents), per_group = outputs / (channels / depth);
    for_each_position(batch, window, outputs, [&](std::int64_t n, const std::array<std::int64_t, 3>& at, std::int64_t out) {
      for (std::int64_t o = 0; o < outputs; ++o) {
        Accumulator sum = 0;
        for_each_tap(window, extents, at, is_transposed, [&](std::int64_t position, std::int64_t tap) {
          const std::int64_t x = (n * positions + position) * channels + o / per_group * depth, w = (o * taps + tap) * depth;
          for (std::int64_t c = 0; c < depth; ++c) sum += term(x + c, w + c, o);
        });
        finish(out + o, o, sum);
      }
    });
  }
};

inline Loop3d loop_of(const Site& site, const Window3d& window, bool is_transposed) {
  const Shape &x = site.in(0).shape, &weights = site.in(1).shape;
  return {window, extents_of(x), x[0], x[4], weights[4], weights[0], is_transposed};
}

}  // namespace edgewise::kernels::reference
