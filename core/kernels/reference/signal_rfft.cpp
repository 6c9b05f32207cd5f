// SignalRfft and SignalIrfft: rows of real samples to complex bins and back. A row that is shorter than the transform is filled up with zeros.
// Source: TensorFlow Lite Micro, signal/micro/kernels/rfft.cc and irfft.cc; the arithmetic is in core/kernels/fft.h.
#include <algorithm>
#include <memory>

#include "core/base/text.h"
#include "core/kernels/fft.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

template <class Make>
Result<Kernel> by_type(const Site& site, int length, Make make) {
  const DType type = site.in(0).type;
  if (site.out().type != type) return no_kernel(site);
  if (!RealFft<float>::serves(length)) return fail(text("half of fft_length ", length, " has factors other than 2, 3 and 5"));
  if (type == DType::int16) return make(std::int16_t{});
  if (type == DType::int32) return make(std::int32_t{});
  if (type == DType::float32) return make(float{});
  return no_kernel(site);
}

}  // namespace

Result<Kernel> signal_rfft(const Site& site) {
  const int length = std::get<SignalRfft>(site.node.op).length;
  return by_type(site, length, [&]<class T>(T) -> Kernel {
    struct Work {
      RealFft<T> fft;
      std::vector<T> samples;
    };
    auto work = std::make_shared<Work>(Work{RealFft<T>(length, false), std::vector<T>(static_cast<std::size_t>(length))});
    const auto row = static_cast<std::size_t>(site.in(0).shape.back());
    return [work, row, rows = static_cast<std::size_t>(site.in(0).shape.elements()) / row](const Operands& operands) {
      for (std::size_t r = 0; r < rows; ++r) {
        std::copy_n(operands.in<T>(0) + r * row, row, work->samples.begin());   // behind them zeros stay
        work->fft.forward(work->samples.data(), operands.out<Complex<T>>() + r * (work->samples.size() / 2 + 1));
      }
    };
  });
}

Result<Kernel> signal_irfft(const Site& site) {
  const int length = std::get<SignalIrfft>(site.node.op).length;
  return by_type(site, length, [&]<class T>(T) -> Kernel {
    auto fft = std::make_shared<RealFft<T>>(length, true);
    const auto samples = static_cast<std::size_t>(length);
    return [fft, samples, rows = static_cast<std::size_t>(site.out().shape.elements()) / samples](const Operands& operands) {
      for (std::size_t r = 0; r < rows; ++r) fft->inverse(operands.in<Complex<T>>(0) + r * (samples / 2 + 1), operands.out<T>() + r * samples);
    };
  });
}

}  // namespace edgewise::kernels::reference
