// SignalFramer: a stream cut into frames that overlap. Frames that are not whole yet are 0 (the source leaves them untouched) and the second output is false.
// Source: TensorFlow Lite Micro, signal/micro/kernels/framer.cc.
#include <algorithm>
#include <memory>
#include <vector>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

/// The last samples of one stream, the newest at the end.
struct Stream {
  std::vector<std::int16_t> samples;
  std::size_t held = 0;   ///< how many of them are samples, at most the frame
};

}  // namespace

Result<Kernel> signal_framer(const Site& site) {
  if (site.in(0).type != DType::int16 || site.out(0).type != DType::int16 || site.out(1).type != DType::boolean) return no_kernel(site);
  const auto& op = std::get<SignalFramer>(site.node.op);
  const auto size = static_cast<std::size_t>(op.size), step = static_cast<std::size_t>(op.step);
  const std::size_t first = op.has_prefill ? size - step : 0;   // zeros before the stream
  const auto frames = static_cast<std::size_t>(site.in(0).shape.back()) / step;
  auto streams = std::make_shared<std::vector<Stream>>(static_cast<std::size_t>(site.in(0).shape.elements()) / (frames * step), Stream{std::vector<std::int16_t>(size), first});
  const auto run = [streams, size, step, frames](const Operands& operands) {
    const auto* x = operands.in<std::int16_t>(0);
    auto* y = operands.out<std::int16_t>(0);
    bool is_whole = true;
    for (Stream& stream : *streams)
      for (std::size_t frame = 0; frame < frames; ++frame, x += step, y += size) {
        std::copy(stream.samples.begin() + static_cast<std::ptrdiff_t>(step), stream.samples.end(), stream.samples.begin());
        std::copy_n(x, step, stream.samples.end() - static_cast<std::ptrdiff_t>(step));
        stream.held = std::min(stream.held + step, size);
        const bool is_this_whole = stream.held == size;
        for (std::size_t i = 0; i < size; ++i) y[i] = is_this_whole ? stream.samples[i] : std::int16_t{0};
        is_whole = is_whole && is_this_whole;
      }
    *operands.out<std::uint8_t>(1) = is_whole ? 1 : 0;
  };
  return Kernel(run, [streams, first] {
    for (Stream& stream : *streams) {
      std::ranges::fill(stream.samples, std::int16_t{0});
      stream.held = first;
    }
  });
}

}  // namespace edgewise::kernels::reference
