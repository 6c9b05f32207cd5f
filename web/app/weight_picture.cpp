#include "web/app/weight_picture.h"

#include <algorithm>
#include <cmath>

namespace edgewise {

namespace {

constexpr std::size_t bin_count = 161;   // odd: zero is the middle of a bin
constexpr double margin = 1.22;          // of axis beyond the largest weight: where clipped ones would stand

const Value& weights_of(const Graph& graph, const Layer& layer) { return *graph.input(graph.node(layer.node), 1); }

std::size_t channel_of(const Layer& layer, std::size_t index, std::size_t count) {
  const auto channels = static_cast<std::size_t>(layer.channels);
  return layer.channel_axis == 0 ? index / (count / channels) : index % channels;
}

double median(std::vector<double> of) {
  if (of.empty()) return 0;
  std::nth_element(of.begin(), of.begin() + static_cast<std::ptrdiff_t>(of.size() / 2), of.end());
  return of[of.size() / 2];
}

/// Heights in [0, 1]. The bin of zero holds every weight that was pruned before: it must not flatten the rest.
std::vector<float> heights(const std::vector<std::uint32_t>& counts, std::uint32_t highest) {
  std::vector<float> out(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) out[i] = std::min(1.0f, static_cast<float>(counts[i]) / static_cast<float>(std::max(1u, highest)));
  return out;
}

/// Which weights of a layer are still there: those of channels that are left out are gone, as are those that are set to zero. Empty: all are.
std::vector<bool> kept_weights(const std::shared_ptr<const Graph>& graph, const Recipe& recipe, const Layer& layer, std::size_t index) {
  if (!prunes_channels(recipe)) return prune_masks(*graph, recipe)[index];
  const auto shaped = leave_out_channels(graph, recipe);
  if (!shaped) return {};   // the plan of the same recipe has said why
  const std::vector<bool> mask = prune_masks(*shaped->graph, shaped->recipe)[index];
  const std::vector<std::size_t> there = kept_elements(*graph, *shaped, graph->node(layer.node).inputs[1]);
  std::vector<bool> kept(static_cast<std::size_t>(layer.weights), false);
  for (std::size_t i = 0; i < there.size(); ++i) kept[there[i]] = mask.empty() || mask[i];
  return kept;
}

}  // namespace

WeightPicture picture_of(const std::shared_ptr<const Graph>& graph, const std::vector<Layer>& layers, const Recipe& recipe, const std::string& name) {
  WeightPicture picture;
  picture.graph = graph;
  picture.recipe = recipe;
  picture.layer = name;
  picture.layer_recipe = resolve(recipe, name);
  const auto layer = std::find_if(layers.begin(), layers.end(), [&](const Layer& l) { return l.name == name; });
  const Value& value = weights_of(*graph, *layer);
  const std::span<const float> weights = value.view().as<float>();
  const std::vector<bool> kept = kept_weights(graph, recipe, *layer, static_cast<std::size_t>(layer - layers.begin()));
  picture.weights = weights.size();
  picture.is_relative = picture.layer_recipe.granularity == Granularity::per_channel && layer->channels > 1;

  // The axis.
  std::vector<float> largest(static_cast<std::size_t>(layer->channels), 0.0f);
  float lowest_weight = 0, highest_weight = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    float& of_channel = largest[channel_of(*layer, i, weights.size())];
    of_channel = std::max(of_channel, std::fabs(weights[i]));
    lowest_weight = std::min(lowest_weight, weights[i]);
    highest_weight = std::max(highest_weight, weights[i]);
  }
  const double reach = picture.is_relative ? 1.0 : std::max(1e-6, static_cast<double>(std::max(-lowest_weight, highest_weight)));
  picture.low = -reach * margin;
  picture.high = reach * margin;

  // The bins.
  std::vector<std::uint32_t> all(bin_count, 0), left(bin_count, 0);
  picture.example.assign(bin_count, WeightPicture::no_example);
  const double bins_per_unit = static_cast<double>(bin_count) / (picture.high - picture.low);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const float of_channel = picture.is_relative ? largest[channel_of(*layer, i, weights.size())] : 1.0f;
    const double place = of_channel == 0 ? 0.0 : static_cast<double>(weights[i] / of_channel);
    const auto bin = std::min(bin_count - 1, static_cast<std::size_t>(std::max(0.0, (place - picture.low) * bins_per_unit)));
    ++all[bin];
    if (!kept.empty() && !kept[i]) ++picture.pruned;
    else ++left[bin];
    if (picture.example[bin] == WeightPicture::no_example) picture.example[bin] = static_cast<std::uint32_t>(i);
  }
  std::uint32_t highest = 1;
  for (std::size_t bin = 0; bin < bin_count; ++bin)
    if (bin != bin_count / 2) highest = std::max(highest, all[bin]);
  picture.all = heights(all, highest);
  picture.kept = heights(left, highest);

  // The grid.
  picture.quantized = quantize_weights(value, layer->channel_axis, picture.layer_recipe, kept);
  picture.zero = picture.quantized.zero;
  picture.clipped = picture.quantized.clipped;
  const Quantization& grid = picture.quantized.grid;
  if (picture.layer_recipe.weight_bits == float_bits || !grid.present()) {
    picture.zero = picture.pruned;
    return picture;
  }
  const int bits = picture.layer_recipe.weight_bits;
  picture.codes = picture.layer_recipe.weight_symmetry == Symmetry::symmetric ? weight_codes(bits) : activation_codes(bits);
  std::vector<bool> is_there(static_cast<std::size_t>(layer->channels), kept.empty());   // a channel that is left out has no grid
  for (std::size_t i = 0; i < kept.size(); ++i)
    if (kept[i]) is_there[channel_of(*layer, i, kept.size())] = true;
  std::vector<double> scales, steps, origins;
  for (std::size_t channel = 0; channel < grid.scale.size(); ++channel) {
    if (grid.per_channel() && !is_there[channel]) continue;
    const double whole = picture.is_relative && channel < largest.size() && largest[channel] > 0 ? static_cast<double>(largest[channel]) : 1.0;
    const double scale = static_cast<double>(grid.scale[channel]);
    scales.push_back(scale);
    steps.push_back(scale / whole);
    origins.push_back(-scale * grid.zero_point[channel] / whole);
  }
  picture.step = median(steps);
  picture.origin = median(origins);
  const auto [finest, coarsest] = std::minmax_element(scales.begin(), scales.end());   // one channel at least is there
  picture.smallest_step = *finest;
  picture.largest_step = *coarsest;
  return picture;
}

WeightFate fate_of(const WeightPicture& picture, const Layer& layer, std::uint32_t index) {
  const Value& value = weights_of(*picture.graph, layer);
  const std::span<const float> weights = value.view().as<float>();
  WeightFate fate;
  fate.weight = weights[index];
  const std::size_t channel = channel_of(layer, index, weights.size());
  fate.channel = static_cast<int>(channel);
  fate.back = fate.weight;
  const Quantization& grid = picture.quantized.grid;
  if (picture.quantized.codes.empty() || !grid.present()) return fate;
  const std::size_t entry = grid.per_channel() ? channel : 0;
  fate.code = picture.quantized.codes[index];
  fate.back = dequantize(fate.code, grid.scale[entry], grid.zero_point[entry]);
  fate.is_pruned = fate.code == grid.zero_point[entry] && std::fabs(fate.weight) > 0.5f * grid.scale[entry];
  return fate;
}

}  // namespace edgewise
