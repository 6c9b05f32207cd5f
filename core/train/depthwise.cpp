#include <algorithm>

#include "core/train/stages.h"

namespace edgewise::train {

namespace {

/// visit(output channel, the input channel it reads). Mostly they are the same, and the loop is one of vectors.
template <class Visit>
void for_each_pair(std::ptrdiff_t channels, std::ptrdiff_t multiplier, const Visit& visit) {
  if (multiplier == 1)
    for (std::ptrdiff_t c = 0; c < channels; ++c) visit(c, c);
  else
    for (std::ptrdiff_t c = 0; c < channels; ++c) visit(c, c / multiplier);
}

}  // namespace

void convolve_depthwise(const Stage& stage, Parameters parameters, const float* input, float* output, std::ptrdiff_t samples) {
  const std::ptrdiff_t channels = stage.out.c, positions = stage.out.h * stage.out.w, multiplier = channels / stage.in.c;
  for (std::ptrdiff_t at = 0; at < samples * positions; ++at) std::copy_n(parameters.biases, channels, output + at * channels);
  for (std::ptrdiff_t sample = 0; sample < samples; ++sample, input += stage.in.elements(), output += stage.out.elements())
    for_each_tap(stage, [&](std::ptrdiff_t in, std::ptrdiff_t out, std::ptrdiff_t tap) {
      const float* weights = parameters.weights + tap * multiplier;
      for_each_pair(channels, multiplier, [&](std::ptrdiff_t c, std::ptrdiff_t from) { output[out + c] += input[in + from] * weights[c]; });
    });
}

void convolve_depthwise_backward(const Stage& stage, Parameters parameters, const float* input, const float* output_gradient,
                                 float* input_gradient, ParameterGradients gradients, std::ptrdiff_t samples) {
  const std::ptrdiff_t channels = stage.out.c, positions = stage.out.h * stage.out.w, multiplier = channels / stage.in.c;
  std::fill_n(gradients.weights, stage.weight_count, 0.0f);
  std::fill_n(gradients.biases, channels, 0.0f);
  for (std::ptrdiff_t at = 0; at < samples * positions; ++at)
    for (std::ptrdiff_t c = 0; c < channels; ++c) gradients.biases[c] += output_gradient[at * channels + c];
  if (input_gradient != nullptr) std::fill_n(input_gradient, samples * stage.in.elements(), 0.0f);

  for (std::ptrdiff_t sample = 0; sample < samples; ++sample) {
    const float* image = input + sample * stage.in.elements();
    const float* gradient = output_gradient + sample * stage.out.elements();
    for_each_tap(stage, [&](std::ptrdiff_t in, std::ptrdiff_t out, std::ptrdiff_t tap) {
      float* weights = gradients.weights + tap * multiplier;
      for_each_pair(channels, multiplier, [&](std::ptrdiff_t c, std::ptrdiff_t from) { weights[c] += gradient[out + c] * image[in + from]; });
    });
    if (input_gradient == nullptr) continue;
    float* image_gradient = input_gradient + sample * stage.in.elements();
    for_each_tap(stage, [&](std::ptrdiff_t in, std::ptrdiff_t out, std::ptrdiff_t tap) {
      const float* weights = parameters.weights + tap * multiplier;
      for_each_pair(channels, multiplier, [&](std::ptrdiff_t c, std::ptrdiff_t from) { image_gradient[in + from] += gradient[out + c] * weights[c]; });
    });
  }
}

}  // namespace edgewise::train
