// CONV_2D: input [N,H,W,C]  weights [O,kH,kW,C/groups]  bias [O]  output [N,H',W',O]. Its arithmetic: convolution.h.
#include "core/kernels/reference/convolution.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

struct Loop {
  Geometry g;
  std::int64_t depth;   ///< input channels that one output channel sees

  template <class Sum, class Term, class Finish>
  void run(Term term, Finish finish) const {
    const std::int64_t per_group = g.out_c / (g.in_c / depth);  // output channels that see the same input channels
    std::int64_t out = 0;
    for (std::int64_t n = 0; n < g.batch; ++n)
      for (std::int64_t y = 0; y < g.out_h; ++y)
        for (std::int64_t x = 0; x < g.out_w; ++x)
          for (std::int64_t o = 0; o < g.out_c; ++o) {
            Sum sum = 0;
            for (std::int64_t ky = 0; ky < g.kernel_h; ++ky) {
              const std::int64_t in_y = y * g.stride_h + ky * g.dilation_h - g.before_h;
              if (in_y < 0 || in_y >= g.in_h) continue;
              for (std::int64_t kx = 0; kx < g.kernel_w; ++kx) {
                const std::int64_t in_x = x * g.stride_w + kx * g.dilation_w - g.before_w;
                if (in_x < 0 || in_x >= g.in_w) continue;
                const std::int64_t in = ((n * g.in_h + in_y) * g.in_w + in_x) * g.in_c + o / per_group * depth;
                const std::int64_t w = ((o * g.kernel_h + ky) * g.kernel_w + kx) * depth;
                for (std::int64_t c = 0; c < depth; ++c) sum += term(in + c, w + c, o);
              }
            }
            finish(out++, o, sum);
          }
  }
};

}  // namespace

Result<Kernel> conv_2d(const Site& site) {
  const auto& op = std::get<Conv2d>(site.node.op);
  const Shape& weights = site.in(1).shape;
  return convolution(site, op.activation, Loop{geometry_of(site, op.window, weights[1], weights[2]), weights[3]});
}

}  // namespace edgewise::kernels::reference
