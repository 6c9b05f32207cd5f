// A gated recurrent unit over the steps of a sequence, forward and back through time.
//
//   z, r = logistic(W x(t) + b + R h(t-1) + c);  n = tanh(W x(t) + b + r (R h(t-1) + c));  h(t) = n + z (h(t-1) - n);  h is 0 before the first step
//
// The order z, r, n is ONNX's, and so is the reset behind the product, which Keras calls reset_after and cuDNN computes. Source: Cho et al. 2014.
#include <algorithm>

#include "core/kernels/curves.h"
#include "core/train/through_time.h"

namespace edgewise::train {

namespace {

constexpr std::ptrdiff_t gates = 3;

/// Behind the gates what the state alone adds to them, [samples, gates, cells].
struct Step : KeptStep<gates> {
  Step(std::vector<float>& memory, std::ptrdiff_t count, std::ptrdiff_t width, std::ptrdiff_t t) : KeptStep(memory, count, width, 2 * gates, t) {}
  float* of_state_values() const { return first + samples * gates * cells; }
  float* of_state(std::ptrdiff_t sample, std::ptrdiff_t gate) const { return first + ((samples + sample) * gates + gate) * cells; }
};

}  // namespace

void gru(const Stage& stage, Parameters parameters, const float* input, float* output, Pass& pass, std::vector<float>& memory) {
  const std::ptrdiff_t steps = stage.in.h, inputs = stage.in.c, cells = stage.out.c, samples = pass.samples, width = gates * cells;
  memory.resize(static_cast<std::size_t>(steps * samples * 2 * width));
  const Transposed weights(pass.transposed, inputs, cells, width);
  weights.take(parameters.weights);
  for (std::ptrdiff_t t = 0; t < steps; ++t) {
    const Step now(memory, samples, cells, t);
    for (std::ptrdiff_t n = 0; n < samples; ++n) {
      std::copy_n(parameters.biases, width, now.gate(n, 0));
      std::copy_n(parameters.biases + width, width, now.of_state(n, 0));
    }
    product({input + t * inputs, steps * inputs, 1}, weights.of_input, now.gate_values(), samples, inputs, width, Into::added);
    if (t > 0) product({output + (t - 1) * cells, steps * cells, 1}, weights.of_state, now.of_state_values(), samples, cells, width, Into::added);
    for (std::ptrdiff_t n = 0; n < samples; ++n) {
      float *z = now.gate(n, 0), *r = now.gate(n, 1), *candidate = now.gate(n, 2);
      const float *of_state = now.of_state(n, 0), *before = t > 0 ? output + (n * steps + t - 1) * cells : nullptr;
      for (std::ptrdiff_t k = 0; k < 2 * cells; ++k) z[k] += of_state[k];   // z and r
      kernels::curves::logistic(floats(z, 2 * cells));
      for (std::ptrdiff_t k = 0; k < cells; ++k) candidate[k] += r[k] * of_state[2 * cells + k];
      kernels::curves::tanh(floats(candidate, cells));
      float* h = output + (n * steps + t) * cells;
      for (std::ptrdiff_t k = 0; k < cells; ++k) h[k] = candidate[k] + z[k] * ((before != nullptr ? before[k] : 0.0f) - candidate[k]);
    }
  }
}

void gru_backward(const Stage& stage, Parameters parameters, const float* input, const float* output, const float* output_gradient, float* input_gradient,
                  ParameterGradients gradients, Pass& pass, std::vector<float>& memory) {
  const std::ptrdiff_t steps = stage.in.h, inputs = stage.in.c, cells = stage.out.c, samples = pass.samples, width = gates * cells;
  const float* recurrent = parameters.weights + width * inputs;
  // Gradients of the weights, transposed as `product` makes them; of one step's sums over x, of its sums over h, of h and x.
  const Transposed by_weights(pass.transposed, inputs, cells, width);
  std::vector<float> by_input(static_cast<std::size_t>(samples * width)), by_state(by_input.size()), h_gradient(static_cast<std::size_t>(samples * cells)),
      x_gradient(static_cast<std::size_t>(samples * inputs));
  std::fill_n(gradients.biases, 2 * width, 0.0f);
  for (std::ptrdiff_t t = steps; t-- > 0;) {
    const Step now(memory, samples, cells, t);
    for (std::ptrdiff_t n = 0; n < samples; ++n) {
      const float *z = now.gate(n, 0), *r = now.gate(n, 1), *candidate = now.gate(n, 2), *of_state = now.of_state(n, 2);
      const float *before = t > 0 ? output + (n * steps + t - 1) * cells : nullptr, *wanted = output_gradient + (n * steps + t) * cells;
      float *h = h_gradient.data() + n * cells, *a = by_input.data() + n * width, *u = by_state.data() + n * width;
      for (std::ptrdiff_t k = 0; k < cells; ++k) {
        const float by_h = wanted[k] + h[k];
        const float by_candidate = by_h * (1.0f - z[k]) * (1.0f - candidate[k] * candidate[k]);
        a[k] = u[k] = by_h * ((before != nullptr ? before[k] : 0.0f) - candidate[k]) * z[k] * (1.0f - z[k]);
        a[cells + k] = u[cells + k] = by_candidate * of_state[k] * r[k] * (1.0f - r[k]);
        a[2 * cells + k] = by_candidate;
        u[2 * cells + k] = by_candidate * r[k];
        h[k] = by_h * z[k];   // past the gates, on to the step before
      }
      for (std::ptrdiff_t k = 0; k < width; ++k) {
        gradients.biases[k] += a[k];
        gradients.biases[width + k] += u[k];
      }
    }
    product({input + t * inputs, 1, steps * inputs}, by_input.data(), by_weights.of_input, inputs, samples, width, Into::added);
    if (t > 0) {
      product({output + (t - 1) * cells, 1, steps * cells}, by_state.data(), by_weights.of_state, cells, samples, width, Into::added);
      product({by_state.data(), width, 1}, recurrent, h_gradient.data(), samples, width, cells, Into::added);
    }
    if (input_gradient == nullptr) continue;
    product({by_input.data(), width, 1}, parameters.weights, x_gradient.data(), samples, width, inputs, Into::fresh);
    for (std::ptrdiff_t n = 0; n < samples; ++n) std::copy_n(x_gradient.data() + n * inputs, inputs, input_gradient + (n * steps + t) * inputs);
  }
  by_weights.put(gradients.weights);
}

}  // namespace edgewise::train
