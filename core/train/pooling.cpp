#include <algorithm>

#include "core/train/stages.h"

namespace edgewise::train {

// Windows lie wholly on the image (VALID padding), so each has kernel_h * kernel_w elements.

namespace {

constexpr auto is_max = [](const Stage& stage) { return stage.kind == ArchitectureLayer::Kind::max_pool; };

/// Of the window at output position (oy, ox), channel c: the input element that holds the first of its maxima.
std::ptrdiff_t first_maximum(const Stage& stage, const float* image, std::ptrdiff_t oy, std::ptrdiff_t ox, std::ptrdiff_t c) {
  std::ptrdiff_t best = (oy * stage.stride * stage.in.w + ox * stage.stride) * stage.in.c + c;
  for (std::ptrdiff_t ky = 0; ky < stage.kernel_h; ++ky)
    for (std::ptrdiff_t kx = 0; kx < stage.kernel_w; ++kx) {
      const std::ptrdiff_t at = ((oy * stage.stride + ky) * stage.in.w + ox * stage.stride + kx) * stage.in.c + c;
      if (image[at] > image[best]) best = at;
    }
  return best;
}

template <class Visit>
void for_each_output(const Stage& stage, const Visit& visit) {
  for (std::ptrdiff_t oy = 0; oy < stage.out.h; ++oy)
    for (std::ptrdiff_t ox = 0; ox < stage.out.w; ++ox)
      for (std::ptrdiff_t c = 0; c < stage.out.c; ++c) visit(oy, ox, c, (oy * stage.out.w + ox) * stage.out.c + c);
}

}  // namespace

void pool(const Stage& stage, const float* input, float* output, std::ptrdiff_t samples) {
  const float share = 1.0f / static_cast<float>(stage.kernel_h * stage.kernel_w);
  for (std::ptrdiff_t sample = 0; sample < samples; ++sample, input += stage.in.elements(), output += stage.out.elements()) {
    if (is_max(stage)) {
      for_each_output(stage,
                      [&](auto oy, auto ox, auto c, auto out) { output[out] = input[first_maximum(stage, input, oy, ox, c)]; });
      continue;
    }
    std::fill_n(output, stage.out.elements(), 0.0f);
    for_each_tap(stage, [&](std::ptrdiff_t in, std::ptrdiff_t out, std::ptrdiff_t) {
      for (std::ptrdiff_t c = 0; c < stage.out.c; ++c) output[out + c] += input[in + c] * share;
    });
  }
}

void pool_backward(const Stage& stage, const float* input, const float* output_gradient, float* input_gradient,
                   std::ptrdiff_t samples) {
  if (input_gradient == nullptr) return;
  const float share = 1.0f / static_cast<float>(stage.kernel_h * stage.kernel_w);
  std::fill_n(input_gradient, samples * stage.in.elements(), 0.0f);
  for (std::ptrdiff_t sample = 0; sample < samples; ++sample) {
    if (is_max(stage)) {
      for_each_output(stage, [&](auto oy, auto ox, auto c, auto out) {
        input_gradient[first_maximum(stage, input, oy, ox, c)] += output_gradient[out];
      });
    } else {
      for_each_tap(stage, [&](std::ptrdiff_t in, std::ptrdiff_t out, std::ptrdiff_t) {
        for (std::ptrdiff_t c = 0; c < stage.out.c; ++c) input_gradient[in + c] += output_gradient[out + c] * share;
      });
    }
    input += stage.in.elements();
    input_gradient += stage.in.elements();
    output_gradient += stage.out.elements();
  }
}

}  // namespace edgewise::train
