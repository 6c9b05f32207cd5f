#include <algorithm>
#include <cmath>

#include "core/train/stages.h"

namespace edgewise::train {

namespace {

/// Calls visit(channel, element) for every value of every sample.
template <class Visit>
void for_each_value(std::ptrdiff_t count, std::ptrdiff_t channels, const Visit& visit) {
  for (std::ptrdiff_t first = 0; first < count; first += channels)
    for (std::ptrdiff_t c = 0; c < channels; ++c) visit(static_cast<std::size_t>(c), static_cast<std::size_t>(first + c));
}

}  // namespace

void normalize(const Stage& stage, const Network& network, float* output, const Pass& pass, std::vector<float>& memory) {
  const std::ptrdiff_t count = pass.samples * stage.out.elements(), channels = stage.out.c;
  const auto width = static_cast<std::size_t>(channels), values = static_cast<std::size_t>(count);
  memory.resize(values + 3 * width);
  float *inverse = memory.data() + values, *mean = inverse + width, *variance = mean + width;
  if (pass.learns) {
    const double rows = static_cast<double>(count / channels);
    std::vector<double> sums(width, 0.0), squares(width, 0.0);
    for_each_value(count, channels, [&](std::size_t c, std::size_t i) { sums[c] += static_cast<double>(output[i]); });
    for (std::size_t c = 0; c < width; ++c) mean[c] = static_cast<float>(sums[c] / rows);
    for_each_value(count, channels, [&](std::size_t c, std::size_t i) {
      const double d = static_cast<double>(output[i]) - static_cast<double>(mean[c]);
      squares[c] += d * d;
    });
    for (std::size_t c = 0; c < width; ++c) variance[c] = static_cast<float>(squares[c] / rows);
  } else {
    std::copy_n(network.moments.begin() + static_cast<std::ptrdiff_t>(stage.moments), 2 * channels, mean);
  }
  for (std::size_t c = 0; c < width; ++c) inverse[c] = 1.0f / std::sqrt(variance[c] + normalization_epsilon);
  const float *gamma = network.parameters.data() + stage.gammas, *beta = network.parameters.data() + stage.biases;
  for_each_value(count, channels, [&](std::size_t c, std::size_t i) {
    memory[i] = (output[i] - mean[c]) * inverse[c];
    output[i] = gamma[c] * memory[i] + beta[c];
  });
}

void normalize_backward(const Stage& stage, const Network& network, float* gradient, float* gamma_gradients, float* beta_gradients, std::ptrdiff_t samples,
                        const std::vector<float>& memory) {
  const std::ptrdiff_t count = samples * stage.out.elements(), channels = stage.out.c;
  const auto width = static_cast<std::size_t>(channels);
  std::vector<double> by_gamma(width, 0.0), by_beta(width, 0.0);
  for_each_value(count, channels, [&](std::size_t c, std::size_t i) {
    by_gamma[c] += static_cast<double>(gradient[i]) * static_cast<double>(memory[i]);
    by_beta[c] += static_cast<double>(gradient[i]);
  });
  const float *inverse = memory.data() + count, *gamma = network.parameters.data() + stage.gammas;
  const double rows = static_cast<double>(count / channels);
  for (std::size_t c = 0; c < width; ++c) {
    gamma_gradients[c] = static_cast<float>(by_gamma[c]);
    beta_gradients[c] = static_cast<float>(by_beta[c]);
  }
  for_each_value(count, channels, [&](std::size_t c, std::size_t i) {
    const double centered = static_cast<double>(gradient[i]) - by_beta[c] / rows - static_cast<double>(memory[i]) * by_gamma[c] / rows;
    gradient[i] = static_cast<float>(static_cast<double>(gamma[c] * inverse[c]) * centered);
  });
}

void keep_moments(Network& network, const Pass& pass, double share) {
  const auto kept = static_cast<float>(1.0 - share), taken = static_cast<float>(share);
  for (std::size_t i = 0; i < network.stages.size(); ++i) {
    const Stage& stage = network.stages[i];
    if (!stage.is_normalized) continue;
    const std::vector<float>& memory = pass.memories[i];
    const std::size_t count = 2 * stage.bias_count;
    for (std::size_t k = 0; k < count; ++k) {
      float& running = network.moments[stage.moments + k];
      running = kept * running + taken * memory[memory.size() - count + k];
    }
  }
}

Network folded(Network network) {
  for (Stage& stage : network.stages) {
    if (!stage.is_normalized) continue;
    const auto channels = static_cast<std::size_t>(stage.out.c);
    const float *mean = network.moments.data() + stage.moments, *variance = mean + channels, *gamma = network.parameters.data() + stage.gammas;
    float *weights = network.parameters.data() + stage.weights, *biases = network.parameters.data() + stage.biases;
    std::vector<float> factors(channels);
    for (std::size_t c = 0; c < channels; ++c) {
      factors[c] = gamma[c] / std::sqrt(variance[c] + normalization_epsilon);
      biases[c] -= mean[c] * factors[c];
    }
    const bool is_depthwise = stage.kind == ArchitectureLayer::Kind::depthwise;   // whose channels are last, the others' first
    const std::size_t per_channel = stage.weight_count / channels;
    for (std::size_t k = 0; k < stage.weight_count; ++k) weights[k] *= factors[is_depthwise ? k % channels : k / per_channel];
    stage.is_normalized = false;
  }
  return network;
}

void drop_out(const Stage& stage, const float* input, float* output, Pass& pass, std::vector<float>& memory) {
  const auto count = static_cast<std::size_t>(pass.samples * stage.out.elements());
  const double kept = 1.0 - static_cast<double>(stage.percent) / 100.0;
  memory.assign(count, 1.0f);
  if (pass.learns)
    for (float& factor : memory) factor = pass.random.uniform() < kept ? static_cast<float>(1.0 / kept) : 0.0f;
  for (std::size_t i = 0; i < count; ++i) output[i] = input[i] * memory[i];
}

}  // namespace edgewise::train
