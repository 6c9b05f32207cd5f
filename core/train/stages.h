// One layer over one minibatch, forward and backward: what network.cpp calls stage by stage. One file per kind of layer.
//
// input [samples, in]  output [samples, out]  output_gradient [samples, out], after the relu's derivative;
// input_gradient [samples, in] is overwritten; null when nobody wants it. Weight and bias gradients are overwritten.
#pragma once

#include <limits>

#include "core/train/network.h"

namespace edgewise::train {

/// New weights are drawn evenly within +- this, so that sums keep their size from layer to layer (He et al. 2015; half the variance where no relu cuts it in half).
float reach_of_new_weights(const Stage& stage, Bend bend);

struct Parameters {
  const float *weights, *biases;
};
struct ParameterGradients {
  float *weights, *biases;
};

/// Convolution, and dense, which is one over a 1 x 1 image.
void convolve(const Stage& stage, Parameters parameters, const float* input, float* output, Pass& pass);
void convolve_backward(const Stage& stage, Parameters parameters, const float* input, const float* output_gradient,
                       float* input_gradient, ParameterGradients gradients, Pass& pass);

/// out.c is a multiple of in.c: channel c reads channel c / (out.c / in.c).
void convolve_depthwise(const Stage& stage, Parameters parameters, const float* input, float* output, std::ptrdiff_t samples);
void convolve_depthwise_backward(const Stage& stage, Parameters parameters, const float* input, const float* output_gradient,
                                 float* input_gradient, ParameterGradients gradients, std::ptrdiff_t samples);

/// Average (also over the whole image) and maximum, over the part of the window that is on the image. Of equal maxima the first
/// takes the gradient.
void pool(const Stage& stage, const float* input, float* output, std::ptrdiff_t samples);
void pool_backward(const Stage& stage, const float* input, const float* output_gradient, float* input_gradient,
                   std::ptrdiff_t samples);

/// A long short-term memory over the rows of the input. `memory` keeps what the backward pass needs; the weights are those of
/// the inputs [4,cells,inputs], then those of the outputs before [4,cells,cells]. `known_cells` [samples, steps, cells]: the output
/// is there and its cells are these (integers computed them); only what the backward pass needs is found out.
void lstm(const Stage& stage, Parameters parameters, const float* input, float* output, Pass& pass, std::vector<float>& memory,
          const float* known_cells = nullptr);
/// Where a grid ends: an output beyond it was cut off, and a small change of it changes nothing.
struct Reach {
  float low = -std::numeric_limits<float>::infinity(), high = std::numeric_limits<float>::infinity();
};
void lstm_backward(const Stage& stage, Parameters parameters, const float* input, const float* output, const float* output_gradient,
                   float* input_gradient, ParameterGradients gradients, Pass& pass, std::vector<float>& memory, Reach reach = {});

/// A gated recurrent unit over the rows of the input, the reset behind the product. `memory` keeps what the backward pass needs; the weights are those of the inputs
/// [3,cells,inputs], then those of the outputs before [3,cells,cells]; biases of both [2,3,cells].
void gru(const Stage& stage, Parameters parameters, const float* input, float* output, Pass& pass, std::vector<float>& memory);
void gru_backward(const Stage& stage, Parameters parameters, const float* input, const float* output, const float* output_gradient, float* input_gradient,
                  ParameterGradients gradients, Pass& pass, std::vector<float>& memory);

/// Batch normalisation of sums without a bias, in place: gamma (x - mean) / sqrt(variance + epsilon) + beta by channel, over samples and positions.
/// `memory` keeps the normalised values, then by channel 1 / sqrt(variance + epsilon), mean and variance.   Source: Ioffe & Szegedy 2015.
constexpr float normalization_epsilon = 1e-3f;   // Keras' default
void normalize(const Stage& stage, const Network& network, float* output, const Pass& pass, std::vector<float>& memory);
/// `gradient`: by the output, in place becomes that by the sums.
void normalize_backward(const Stage& stage, const Network& network, float* gradient, float* gamma_gradients, float* beta_gradients, std::ptrdiff_t samples,
                        const std::vector<float>& memory);

/// Leaves out values at random and makes the others larger, so that their mean stays: Srivastava et al. 2014. `memory` has the factors.
void drop_out(const Stage& stage, const float* input, float* output, Pass& pass, std::vector<float>& memory);

/// The last row of the input.
void last_step(const Stage& stage, const float* input, float* output, std::ptrdiff_t samples);
void last_step_backward(const Stage& stage, const float* output_gradient, float* input_gradient, std::ptrdiff_t samples);

/// Calls visit(input element, output element, weight element) for every tap of every window that falls on the image, for one
/// sample; elements are those of the first channel, the weight element counts kernel positions times channels.
template <class Visit>
void for_each_tap(const Stage& stage, const Visit& visit) {
  for (std::ptrdiff_t oy = 0; oy < stage.out.h; ++oy)
    for (std::ptrdiff_t ox = 0; ox < stage.out.w; ++ox)
      for (std::ptrdiff_t ky = 0; ky < stage.kernel_h; ++ky)
        for (std::ptrdiff_t kx = 0; kx < stage.kernel_w; ++kx) {
          const std::ptrdiff_t y = oy * stage.stride_h + ky * stage.dilation_h - stage.before_h;
          const std::ptrdiff_t x = ox * stage.stride_w + kx * stage.dilation_w - stage.before_w;
          if (y < 0 || y >= stage.in.h || x < 0 || x >= stage.in.w) continue;
          visit((y * stage.in.w + x) * stage.in.c, (oy * stage.out.w + ox) * stage.out.c,
                (ky * stage.kernel_w + kx) * stage.in.c);
        }
}

}  // namespace edgewise::train
