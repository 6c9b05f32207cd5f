// What the fast layers share: the input as one padded image, so that no tap asks whether it is inside.
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "core/kernels/site.h"
#include "core/kernels/simd/requantize.h"

namespace edgewise::kernels::simd {

constexpr std::uint64_t most_elements = 1u << 24;   ///< of a padded image or packed weights; what is larger is left to the reference, which takes no memory

/// One image with its border, filled anew for each image of a batch. X is what the arithmetic takes in: float, a code less its zero point, or a code's byte.
template <class X>
class PaddedImage {
 public:
  /// Nothing when the border would be out of proportion (a huge dilation over a small image): then the reference runs.
  static std::optional<PaddedImage> make(const Geometry& g, X border) {
    PaddedImage image;
    image.height_ = std::max(g.before_h + g.in_h, (g.out_h - 1) * g.stride_h + (g.kernel_h - 1) * g.dilation_h + 1);
    image.width_ = std::max(g.before_w + g.in_w, (g.out_w - 1) * g.stride_w + (g.kernel_w - 1) * g.dilation_w + 1);
    constexpr std::int64_t farthest = 1 << 24, little = 1 << 16;
    if (image.height_ > farthest || image.width_ > farthest || image.height_ * image.width_ > 4 * g.in_h * g.in_w + little / g.in_c) return {};
    if (static_cast<std::uint64_t>(image.height_ * image.width_) > most_elements / static_cast<std::uint64_t>(g.in_c)) return {};
    image.geometry_ = g;
    image.steps_.resize(static_cast<std::size_t>(image.height_ * image.width_ * g.in_c) + slack, border);
    return image;
  }
  /// `input`, each element as `step` makes it, `copies` times. Where that leaves elements as they are and there is no border, the input itself serves.
  template <class T, class Step>
  const X* fill(const T* input, std::int64_t copies, Step step) {
    const Geometry& g = geometry_;
    const bool is_whole = height_ == g.in_h && width_ == g.in_w;
    if constexpr (std::is_same_v<T, X>)
      if (is_whole && copies == 1 && g.in_c % lanes == 0) return input;   // other widths are read beyond their last channel
    const std::int64_t rows = is_whole ? 1 : g.in_h, length = g.in_h * g.in_w * g.in_c / copies / rows;
    for (std::int64_t y = 0; y < rows; ++y, input += length) {
      X* to = steps_.data() + at(y + g.before_h, g.before_w);
      if (copies == 1)
        for (std::int64_t i = 0; i < length; ++i) to[i] = step(input[i]);
      else
        for (std::int64_t i = 0; i < length; ++i, to += copies) std::fill_n(to, copies, step(input[i]));
    }
    return steps_.data();
  }
  /// Offset of the first channel of a position of the padded image.
  std::int64_t at(std::int64_t y, std::int64_t x) const { return (y * width_ + x) * geometry_.in_c; }

 private:
  static constexpr std::size_t slack = 16;   ///< the last loads reach past the end, onto zero weights
  Geometry geometry_{};
  std::int64_t height_ = 0, width_ = 0;
  std::vector<X> steps_;
};

}  // namespace edgewise::kernels::simd
