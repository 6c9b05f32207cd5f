#include <algorithm>

#include "core/train/stages.h"

namespace edgewise::train {

namespace {

constexpr auto is_max = [](const Stage& stage) { return stage.kind == ArchitectureLayer::Kind::max_pool; };

/// Where a window lies on the image along one axis. Never empty: padding is less than the window.
struct Part {
  std::ptrdiff_t first, end;
};
Part rows_on_image(const Stage& stage, std::ptrdiff_t oy) {
  const std::ptrdiff_t y = oy * stage.stride_h - stage.before_h;
  return {std::max<std::ptrdiff_t>(y, 0), std::min(y + stage.kernel_h, stage.in.h)};
}
Part columns_on_image(const Stage& stage, std::ptrdiff_t ox) {
  const std::ptrdiff_t x = ox * stage.stride_w - stage.before_w;
  return {std::max<std::ptrdiff_t>(x, 0), std::min(x + stage.kernel_w, stage.in.w)};
}

/// One over the elements of each window that are on the image, by output position.
std::vector<float> shares_of(const Stage& stage) {
  std::vector<float> shares;
  for (std::ptrdiff_t oy = 0; oy < stage.out.h; ++oy)
    for (std::ptrdiff_t ox = 0; ox < stage.out.w; ++ox) {
      const Part rows = rows_on_image(stage, oy), columns = columns_on_image(stage, ox);
      shares.push_back(1.0f / static_cast<float>((rows.end - rows.first) * (columns.end - columns.first)));
    }
  return shares;
}

/// Of the window at output position (oy, ox), channel c: the input element that holds the first of its maxima.
std::ptrdiff_t first_maximum(const Stage& stage, const float* image, std::ptrdiff_t oy, std::ptrdiff_t ox, std::ptrdiff_t c) {
  const Part rows = rows_on_image(stage, oy), columns = columns_on_image(stage, ox);
  std::ptrdiff_t best = (rows.first * stage.in.w + columns.first) * stage.in.c + c;
  for (std::ptrdiff_t y = rows.first; y < rows.end; ++y)
    for (std::ptrdiff_t x = columns.first; x < columns.end; ++x) {
      const std::ptrdiff_t at = (y * stage.in.w + x) * stage.in.c + c;
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
  const std::vector<float> shares = shares_of(stage);
  for (std::ptrdiff_t sample = 0; sample < samples; ++sample, input += stage.in.elements(), output += stage.out.elements()) {
    if (is_max(stage)) {
      for_each_output(stage,
                      [&](auto oy, auto ox, auto c, auto out) { output[out] = input[first_maximum(stage, input, oy, ox, c)]; });
      continue;
    }
    std::fill_n(output, stage.out.elements(), 0.0f);
    for_each_tap(stage, [&](std::ptrdiff_t in, std::ptrdiff_t out, std::ptrdiff_t) {
      const float share = shares[static_cast<std::size_t>(out / stage.out.c)];
      for (std::ptrdiff_t c = 0; c < stage.out.c; ++c) output[out + c] += input[in + c] * share;
    });
  }
}

void pool_backward(const Stage& stage, const float* input, const float* output_gradient, float* input_gradient,
                   std::ptrdiff_t samples) {
  if (input_gradient == nullptr) return;
  const std::vector<float> shares = shares_of(stage);
  std::fill_n(input_gradient, samples * stage.in.elements(), 0.0f);
  for (std::ptrdiff_t sample = 0; sample < samples; ++sample) {
    if (is_max(stage)) {
      for_each_output(stage, [&](auto oy, auto ox, auto c, auto out) {
        input_gradient[first_maximum(stage, input, oy, ox, c)] += output_gradient[out];
      });
    } else {
      for_each_tap(stage, [&](std::ptrdiff_t in, std::ptrdiff_t out, std::ptrdiff_t) {
        const float share = shares[static_cast<std::size_t>(out / stage.out.c)];
        for (std::ptrdiff_t c = 0; c < stage.out.c; ++c) input_gradient[in + c] += output_gradient[out + c] * share;
      });
    }
    input += stage.in.elements();
    input_gradient += stage.in.elements();
    output_gradient += stage.out.elements();
  }
}

}  // namespace edgewise::train
