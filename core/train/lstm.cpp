// A long short-term memory over the steps of a sequence, forward and back through time.
//
//   i, f, g, o = W x(t) + R h(t-1) + b;  i, f, o through the logistic function, g through tanh
//   c(t) = f c(t-1) + i g;  h(t) = o tanh(c(t));  h and c are 0 before the first step
//
// Gates stand in TensorFlow Lite's order. Source: Hochreiter & Schmidhuber 1997, with the forget gate of Gers, Schmidhuber,
// Cummins 2000; back through time: Werbos 1990.
#include <algorithm>

#include "core/kernels/curves.h"
#include "core/train/through_time.h"

namespace edgewise::train {

namespace {

constexpr std::ptrdiff_t gates = 4;

/// Behind the gates the cells, and their tanh.
struct Step : KeptStep<gates> {
  Step(std::vector<float>& memory, std::ptrdiff_t count, std::ptrdiff_t width, std::ptrdiff_t t) : KeptStep(memory, count, width, gates + 2, t) {}
  float* cell(std::ptrdiff_t sample) const { return first + (samples * gates + sample) * cells; }
  float* bent(std::ptrdiff_t sample) const { return first + (samples * (gates + 1) + sample) * cells; }
};

}  // namespace

void lstm(const Stage& stage, Parameters parameters, const float* input, float* output, Pass& pass, std::vector<float>& memory,
          const float* known_cells) {
  const std::ptrdiff_t steps = stage.in.h, inputs = stage.in.c, cells = stage.out.c, samples = pass.samples, width = gates * cells;
  memory.resize(static_cast<std::size_t>(steps * samples * (gates + 2) * cells));
  const Transposed weights(pass.transposed, inputs, cells, width);
  weights.take(parameters.weights);
  for (std::ptrdiff_t t = 0; t < steps; ++t) {
    const Step now(memory, samples, cells, t);
    for (std::ptrdiff_t n = 0; n < samples; ++n) std::copy_n(parameters.biases, width, now.gate(n, 0));
    product({input + t * inputs, steps * inputs, 1}, weights.of_input, now.gate_values(), samples, inputs, width, Into::added);
    if (t > 0) product({output + (t - 1) * cells, steps * cells, 1}, weights.of_state, now.gate_values(), samples, cells, width, Into::added);
    for (std::ptrdiff_t n = 0; n < samples; ++n) {
      float *i = now.gate(n, 0), *f = now.gate(n, 1), *g = now.gate(n, 2), *o = now.gate(n, 3), *c = now.cell(n), *bent = now.bent(n);
      const float* before = t > 0 ? Step(memory, samples, cells, t - 1).cell(n) : nullptr;
      kernels::curves::logistic(floats(i, 2 * cells));  // i and f
      kernels::curves::tanh(floats(g, cells));
      kernels::curves::logistic(floats(o, cells));
      if (known_cells != nullptr) std::copy_n(known_cells + (n * steps + t) * cells, cells, c);
      else
        for (std::ptrdiff_t k = 0; k < cells; ++k) c[k] = (before != nullptr ? f[k] * before[k] : 0.0f) + i[k] * g[k];
      std::copy_n(c, cells, bent);
      kernels::curves::tanh(floats(bent, cells));
      if (known_cells != nullptr) continue;
      float* h = output + (n * steps + t) * cells;
      for (std::ptrdiff_t k = 0; k < cells; ++k) h[k] = o[k] * bent[k];
    }
  }
}

void lstm_backward(const Stage& stage, Parameters parameters, const float* input, const float* output, const float* output_gradient,
                   float* input_gradient, ParameterGradients gradients, Pass& pass, std::vector<float>& memory, Reach reach) {
  const std::ptrdiff_t steps = stage.in.h, inputs = stage.in.c, cells = stage.out.c, samples = pass.samples, width = gates * cells;
  const float* recurrent = parameters.weights + width * inputs;
  // Gradients of the weights, transposed as `product` makes them; of one step's gates, h, c and x.
  const Transposed by_weights(pass.transposed, inputs, cells, width);
  std::vector<float> gate_gradient(static_cast<std::size_t>(samples * width)), h_gradient(static_cast<std::size_t>(samples * cells)),
      c_gradient(static_cast<std::size_t>(samples * cells)), x_gradient(static_cast<std::size_t>(samples * inputs));
  std::fill_n(gradients.biases, width, 0.0f);
  for (std::ptrdiff_t t = steps; t-- > 0;) {
    const Step now(memory, samples, cells, t);
    for (std::ptrdiff_t n = 0; n < samples; ++n) {
      const float *i = now.gate(n, 0), *f = now.gate(n, 1), *g = now.gate(n, 2), *o = now.gate(n, 3), *bent = now.bent(n);
      const float* before = t > 0 ? Step(memory, samples, cells, t - 1).cell(n) : nullptr;
      const float* wanted = output_gradient + (n * steps + t) * cells;
      const float* h = h_gradient.data() + n * cells;
      float *c = c_gradient.data() + n * cells, *by_gate = gate_gradient.data() + n * width;
      for (std::ptrdiff_t k = 0; k < cells; ++k) {
        const float answer = o[k] * bent[k], by_h = answer < reach.low || answer > reach.high ? 0.0f : wanted[k] + h[k];
        const float by_c = c[k] + by_h * o[k] * (1.0f - bent[k] * bent[k]);
        by_gate[k] = by_c * g[k] * i[k] * (1.0f - i[k]);
        by_gate[cells + k] = before != nullptr ? by_c * before[k] * f[k] * (1.0f - f[k]) : 0.0f;
        by_gate[2 * cells + k] = by_c * i[k] * (1.0f - g[k] * g[k]);
        by_gate[3 * cells + k] = by_h * bent[k] * o[k] * (1.0f - o[k]);
        c[k] = by_c * f[k];
      }
      for (std::ptrdiff_t k = 0; k < width; ++k) gradients.biases[k] += by_gate[k];
    }
    const float* by_gates = gate_gradient.data();
    product({input + t * inputs, 1, steps * inputs}, by_gates, by_weights.of_input, inputs, samples, width, Into::added);
    if (t > 0) {
      product({output + (t - 1) * cells, 1, steps * cells}, by_gates, by_weights.of_state, cells, samples, width, Into::added);
      product({by_gates, width, 1}, recurrent, h_gradient.data(), samples, width, cells, Into::fresh);
    }
    if (input_gradient == nullptr) continue;
    product({by_gates, width, 1}, parameters.weights, x_gradient.data(), samples, width, inputs, Into::fresh);
    for (std::ptrdiff_t n = 0; n < samples; ++n)
      std::copy_n(x_gradient.data() + n * inputs, inputs, input_gradient + (n * steps + t) * inputs);
  }
  by_weights.put(gradients.weights);
}

void last_step(const Stage& stage, const float* input, float* output, std::ptrdiff_t samples) {
  for (std::ptrdiff_t n = 0; n < samples; ++n)
    std::copy_n(input + ((n + 1) * stage.in.h - 1) * stage.in.c, stage.in.c, output + n * stage.in.c);
}

void last_step_backward(const Stage& stage, const float* output_gradient, float* input_gradient, std::ptrdiff_t samples) {
  if (input_gradient == nullptr) return;
  std::fill_n(input_gradient, samples * stage.in.elements(), 0.0f);
  for (std::ptrdiff_t n = 0; n < samples; ++n)
    std::copy_n(output_gradient + n * stage.in.c, stage.in.c, input_gradient + ((n + 1) * stage.in.h - 1) * stage.in.c);
}

}  // namespace edgewise::train
