#include "core/compress/quantize.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/tensor/nearest.h"
#include "core/tensor/packed.h"

namespace edgewise {

namespace {

/// A tensor seen as [outer, channels, inner]: where the elements of one channel stand.
struct Channels {
  std::size_t outer = 1, count = 1, inner = 1;

  template <class Visit>
  void each(std::size_t channel, const Visit& visit) const {
    for (std::size_t o = 0; o < outer; ++o)
      for (std::size_t k = 0, at = (o * count + channel) * inner; k < inner; ++k) visit(at + k);
  }
};

/// One channel for the whole tensor when the grid is per tensor.
Channels channels_of(const Shape& shape, int axis, bool per_channel) {
  if (!per_channel) return {1, 1, static_cast<std::size_t>(shape.elements())};
  Channels channels;
  for (int i = 0; i < shape.rank(); ++i) (i < axis ? channels.outer : i == axis ? channels.count : channels.inner) *= static_cast<std::size_t>(shape[i]);
  return channels;
}

/// Ranges narrower than this are widened to it: TensorFlow Lite's kNearZeroTolerance, halved for one side. A channel whose weights are all zero then gets a
/// scale fine enough for its bias.
constexpr float least_half_range = 5e-7f;

struct Step {
  float scale;
  std::int32_t zero_point;
};

Step grid_of_range(float low, float high, const LayerRecipe& recipe) {
  if (recipe.weight_symmetry == Symmetry::symmetric)
    return {std::max({-low, high, least_half_range}) / static_cast<float>(weight_codes(recipe.weight_bits).highest), 0};
  const Quantization grid = choose_grid({std::min(low, -least_half_range), std::max(high, least_half_range)}, recipe.weight_bits, Symmetry::asymmetric);
  return {grid.scale.front(), grid.zero_point.front()};
}

float squared_error(std::span<const float> weights, Step step, CodeRange codes) {
  const float per_scale = 1.0f / step.scale;
  const float lowest = static_cast<float>(codes.lowest - step.zero_point), highest = static_cast<float>(codes.highest - step.zero_point);
  const auto square = [=](float weight) {
    // Nearest without a call: clamped first, and truncation of a shifted positive number is floor.
    const float steps = std::min(std::max(weight * per_scale, lowest), highest);
    const float nearest = static_cast<float>(static_cast<std::int32_t>(steps + 1024.5f) - 1024);
    const float error = weight - nearest * step.scale;
    return error * error;
  };
  // Sums side by side, which the compiler makes one vector: floats must not be added in another order than is written.
  constexpr std::size_t lanes = 8;
  std::array<float, lanes> sums{};
  std::size_t at = 0;
  for (; at + lanes <= weights.size(); at += lanes)
    for (std::size_t lane = 0; lane < lanes; ++lane) sums[lane] += square(weights[at + lane]);
  for (; at < weights.size(); ++at) sums[0] += square(weights[at]);
  return std::accumulate(sums.begin(), sums.end(), 0.0f);
}

/// The end of the grid drawn in from the largest weight to 0.22 of it, in 40 steps: 2-bit grids of bell-shaped weights end near a third.
Step least_error_grid(std::span<const float> weights, float low, float high, const LayerRecipe& recipe) {
  Step best = grid_of_range(low, high, recipe);
  float least = squared_error(weights, best, codes_of(recipe));
  for (int i = 1; i < 40; ++i) {
    const float part = 1.0f - 0.02f * static_cast<float>(i);
    const Step step = grid_of_range(low * part, high * part, recipe);
    const float error = squared_error(weights, step, codes_of(recipe));
    if (error < least) {
      least = error;
      best = step;
    }
  }
  return best;
}

/// Codes of one channel from its grid; pruned weights get the code of zero.
void put_channel(QuantizedWeights& into, std::span<const float> weights, const Channels& channels, std::size_t channel, CodeRange codes,
                 const std::vector<bool>& kept) {
  const std::int32_t zero_point = into.grid.zero_point[channel];
  const NearestCode code(into.grid.scale[channel], zero_point, codes);
  std::int8_t* const to = into.codes.data();   // copies, which bytes that are written cannot be part of: so each row is a loop of vectors
  const float* const from = weights.data();
  if (kept.empty()) channels.each(channel, [=](std::size_t i) { to[i] = static_cast<std::int8_t>(code(from[i])); });
  else channels.each(channel, [=, &kept](std::size_t i) { to[i] = static_cast<std::int8_t>(kept[i] ? code(from[i]) : zero_point); });
}

/// Fills in what is counted over all codes.
void count_codes(QuantizedWeights& into, std::span<const float> weights, const Channels& channels, CodeRange codes, const std::vector<bool>& kept) {
  std::uint64_t clipped = 0, zero = 0;
  for (std::size_t channel = 0; channel < channels.count; ++channel) {
    const float scale = into.grid.scale[channel];
    const std::int32_t zero_point = into.grid.zero_point[channel];
    const float low = (static_cast<float>(codes.lowest - zero_point) - 0.5f) * scale, high = (static_cast<float>(codes.highest - zero_point) + 0.5f) * scale;
    channels.each(channel, [&](std::size_t i) {
      const bool is_kept = kept.empty() || kept[i];
      clipped += is_kept && (weights[i] < low || weights[i] > high);
      zero += into.codes[i] == zero_point;
    });
  }
  into.clipped = clipped;
  into.zero = zero;
}

QuantizedWeights file_weights(const Value& weights, int channel_axis, const std::vector<bool>& kept) {
  QuantizedWeights out;
  out.grid = weights.grid;
  const auto codes = std::span(reinterpret_cast<const std::int8_t*>(weights.file_codes->data()), weights.file_codes->size());
  out.codes.assign(codes.begin(), codes.end());
  const Channels channels = channels_of(weights.shape, channel_axis, out.grid.per_channel());
  for (std::size_t channel = 0; channel < channels.count; ++channel)
    channels.each(channel, [&](std::size_t i) {
      if (!kept.empty() && !kept[i]) out.codes[i] = static_cast<std::int8_t>(out.grid.zero_point[channel]);
      if (out.codes[i] == out.grid.zero_point[channel]) ++out.zero;
    });
  return out;
}

}  // namespace

CodeRange codes_of(const LayerRecipe& recipe) {
  return recipe.weight_symmetry == Symmetry::symmetric ? weight_codes(recipe.weight_bits) : activation_codes(recipe.weight_bits);
}

std::uint64_t stored_bytes(const Value& value) {
  const bool is_packed = value.is_constant() && value.type == DType::int8 && value.bits > 0 && value.bits < 8;
  return is_packed ? packed::dense_bytes(value.shape.elements(), value.bits) : value.content_bytes();
}

Quantization choose_grid(RealRange range, int bits, Symmetry symmetry) {
  assert(range.low <= 0.0f && range.high >= 0.0f);
  if (range.low == 0.0f && range.high == 0.0f) return {{1.0f}, {0}, 0};
  const CodeRange codes = activation_codes(bits);
  if (symmetry == Symmetry::symmetric) {
    const float scale = std::max(-range.low, range.high) / static_cast<float>(codes.highest);
    return {{std::max(scale, std::numeric_limits<float>::min())}, {0}, 0};
  }
  // In float, as TensorFlow Lite's converter does (its legacy_float_scale).
  const float scale = std::max((range.high - range.low) / static_cast<float>(codes.highest - codes.lowest), std::numeric_limits<float>::min());
  const double zero = std::round(codes.lowest - static_cast<double>(range.low) / static_cast<double>(scale));
  const double clamped = std::clamp(zero, static_cast<double>(codes.lowest), static_cast<double>(codes.highest));
  return {{scale}, {static_cast<std::int32_t>(clamped)}, 0};
}

bool keeps_file_codes(const Value& weights, const LayerRecipe& recipe) {
  const bool has_codes = weights.file_codes != nullptr && weights.grid.present() && weights.file_codes->size() == weights.shape.elements();
  // Files from before 2019 have asymmetric weights, which TensorFlow Lite's kernels for int8 do not take.
  const bool is_symmetric = std::ranges::all_of(weights.grid.zero_point, [](std::int32_t zero) { return zero == 0; });
  return has_codes && recipe.weight_bits == 8 && recipe.weight_range == WeightRange::max && is_symmetric == (recipe.weight_symmetry == Symmetry::symmetric) &&
         (recipe.granularity == Granularity::per_channel || !weights.grid.per_channel());
}

QuantizedWeights quantize_weights(const Value& weights, int channel_axis, const LayerRecipe& recipe, const std::vector<bool>& kept) {
  assert(kept.empty() || kept.size() == weights.shape.elements());
  if (recipe.weight_bits == float_bits || weights.type != DType::float32) return {};
  if (keeps_file_codes(weights, recipe)) return file_weights(weights, channel_axis, kept);

  const std::span<const float> all = weights.view().as<float>();
  const Channels channels = channels_of(weights.shape, channel_axis, recipe.granularity == Granularity::per_channel);
  const CodeRange codes = codes_of(recipe);
  QuantizedWeights out;
  out.codes.resize(all.size());
  out.grid.axis = channels.count > 1 ? channel_axis : 0;
  std::vector<float> channel_weights;
  for (std::size_t channel = 0; channel < channels.count; ++channel) {
    channel_weights.clear();
    float low = 0, high = 0;
    channels.each(channel, [&](std::size_t i) {
      if (!kept.empty() && !kept[i]) return;
      low = std::min(low, all[i]);
      high = std::max(high, all[i]);
      if (recipe.weight_range == WeightRange::least_error) channel_weights.push_back(all[i]);
    });
    const Step step = recipe.weight_range == WeightRange::max ? grid_of_range(low, high, recipe) : least_error_grid(channel_weights, low, high, recipe);
    out.grid.scale.push_back(step.scale);
    out.grid.zero_point.push_back(step.zero_point);
    put_channel(out, all, channels, channel, codes, kept);
  }
  count_codes(out, all, channels, codes, kept);
  return out;
}

void coarsen_channel(QuantizedWeights& quantized, const Value& weights, int channel_axis, const LayerRecipe& recipe, const std::vector<bool>& kept,
                     std::size_t channel, float scale) {
  const std::span<const float> all = weights.view().as<float>();
  const Channels channels = channels_of(weights.shape, channel_axis, quantized.grid.per_channel());
  quantized.grid.scale[channel] = scale;
  put_channel(quantized, all, channels, channel, codes_of(recipe), kept);
  count_codes(quantized, all, channels, codes_of(recipe), kept);
}

}  // namespace edgewise
