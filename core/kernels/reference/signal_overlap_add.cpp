// SignalOverlapAdd: frames that overlap added up to a stream; what a frame adds to later samples lasts to the next run. 16-bit sums saturate.
// Source: TensorFlow Lite Micro, signal/src/overlap_add.cc.
#include <algorithm>
#include <memory>
#include <vector>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> signal_overlap_add(const Site& site) {
  const Shape& x = site.in(0).shape;
  const auto size = static_cast<std::size_t>(x.back()), frames = static_cast<std::size_t>(x[x.rank() - 2]), rows = static_cast<std::size_t>(x.elements()) / (size * frames);
  const auto step = static_cast<std::size_t>(std::get<SignalOverlapAdd>(site.node.op).step);
  const auto make = [&]<class T>(T) -> Kernel {
    auto sums = std::make_shared<std::vector<T>>(rows * size);
    const auto run = [sums, size, frames, rows, step](const Operands& operands) {
      const T* from = operands.in<T>(0);
      T* to = operands.out<T>();
      for (std::size_t row = 0; row < rows; ++row) {
        T* sum = sums->data() + row * size;
        for (std::size_t frame = 0; frame < frames; ++frame, from += size, to += step) {
          for (std::size_t i = 0; i < size; ++i) {
            if constexpr (std::is_same_v<T, float>) sum[i] += from[i];
            else sum[i] = static_cast<T>(std::clamp(sum[i] + from[i], -32768, 32767));
          }
          std::copy_n(sum, step, to);
          std::copy(sum + step, sum + size, sum);
          std::fill_n(sum + size - step, step, T{0});
        }
      }
    };
    return Kernel(run, [sums] { std::ranges::fill(*sums, T{0}); });
  };
  if (site.in(0).type != site.out().type) return no_kernel(site);
  if (site.in(0).type == DType::int16) return make(std::int16_t{});
  if (site.in(0).type == DType::float32) return make(float{});
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
