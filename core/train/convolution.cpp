#include <algorithm>

#include "core/train/product.h"
#include "core/train/stages.h"

namespace edgewise::train {

namespace {

/// Every output position's patch as one row: [samples * outH * outW, kH * kW * C], zeros where the window leaves the image.
const float* gather_patches(const Stage& stage, const float* input, Pass& pass) {
  if (!stage.has_patches()) return input;  // a 1x1 window's patches are the image
  const std::ptrdiff_t positions = stage.out.h * stage.out.w, patch = stage.patch();
  pass.patches.assign(static_cast<std::size_t>(pass.samples * positions * patch), 0.0f);
  for (std::ptrdiff_t sample = 0; sample < pass.samples; ++sample) {
    const float* image = input + sample * stage.in.elements();
    float* rows = pass.patches.data() + sample * positions * patch;
    for_each_tap(stage, [&](std::ptrdiff_t in, std::ptrdiff_t out, std::ptrdiff_t tap) {
      std::copy_n(image + in, stage.in.c, rows + out / stage.out.c * patch + tap);
    });
  }
  return pass.patches.data();
}

}  // namespace

void convolve(const Stage& stage, Parameters parameters, const float* input, float* output, Pass& pass) {
  const std::ptrdiff_t rows = pass.samples * stage.out.h * stage.out.w, patch = stage.patch(), channels = stage.out.c;
  const float* patches = gather_patches(stage, input, pass);
  pass.transposed.resize(static_cast<std::size_t>(patch * channels));
  transpose(parameters.weights, channels, patch, pass.transposed.data());
  for (std::ptrdiff_t row = 0; row < rows; ++row) std::copy_n(parameters.biases, channels, output + row * channels);
  product({patches, patch, 1}, pass.transposed.data(), output, rows, patch, channels, Into::added);
}

void convolve_backward(const Stage& stage, Parameters parameters, const float* input, const float* output_gradient,
                       float* input_gradient, ParameterGradients gradients, Pass& pass) {
  const std::ptrdiff_t positions = stage.out.h * stage.out.w, rows = pass.samples * positions, patch = stage.patch(),
                       channels = stage.out.c;
  const float* patches = gather_patches(stage, input, pass);
  product({output_gradient, 1, channels}, patches, gradients.weights, channels, rows, patch, Into::fresh);
  std::fill_n(gradients.biases, channels, 0.0f);
  for (std::ptrdiff_t row = 0; row < rows; ++row)
    for (std::ptrdiff_t c = 0; c < channels; ++c) gradients.biases[c] += output_gradient[row * channels + c];

  if (input_gradient == nullptr) return;
  if (!stage.has_patches())
    return product({output_gradient, channels, 1}, parameters.weights, input_gradient, rows, channels, patch, Into::fresh);
  product({output_gradient, channels, 1}, parameters.weights, pass.patches.data(), rows, channels, patch, Into::fresh);
  std::fill_n(input_gradient, pass.samples * stage.in.elements(), 0.0f);
  for (std::ptrdiff_t sample = 0; sample < pass.samples; ++sample) {
    float* image = input_gradient + sample * stage.in.elements();
    const float* patch_gradients = pass.patches.data() + sample * positions * patch;
    for_each_tap(stage, [&](std::ptrdiff_t in, std::ptrdiff_t out, std::ptrdiff_t tap) {
      const float* from = patch_gradients + out / channels * patch + tap;
      for (std::ptrdiff_t c = 0; c < stage.in.c; ++c) image[in + c] += from[c];
    });
  }
}

}  // namespace edgewise::train
