#include <algorithm>
#include <cmath>

#include "core/compress/observe.h"
#include "core/compress/quantize.h"
#include "core/compress/repair.h"
#include "core/graph/infer.h"

namespace edgewise {

namespace {

constexpr std::size_t most_inputs = 1024;    ///< of one output: its products by pairs are kept, 8 MB
constexpr std::size_t most_patches = 4096;   ///< of a layer, over all samples; evenly spread
constexpr int most_sweeps = 30;

/// A layer as rows of weights over patches of its input.
struct Patches {
  bool is_depthwise = false;
  std::size_t inputs = 0;                    ///< weights to an output
  std::int64_t in_h = 1, in_w = 1, in_c = 0, kernel_h = 1, kernel_w = 1;
  Extent rows{1, 0}, columns{1, 0};          ///< outputs, and padding before
  Window window;

  std::size_t count() const { return static_cast<std::size_t>(rows.output * columns.output); }
  /// Fills `into` with patch `index`: [kernel_h, kernel_w, in_c], zeros where it lies on padding.
  void read(std::span<const float> input, std::size_t index, std::vector<float>& into) const {
    into.assign(static_cast<std::size_t>(kernel_h * kernel_w * in_c), 0.0f);
    const std::int64_t oy = static_cast<std::int64_t>(index) / columns.output, ox = static_cast<std::int64_t>(index) % columns.output;
    for (std::int64_t ky = 0; ky < kernel_h; ++ky)
      for (std::int64_t kx = 0; kx < kernel_w; ++kx) {
        const std::int64_t y = oy * window.stride_h + ky * window.dilation_h - rows.before, x = ox * window.stride_w + kx * window.dilation_w - columns.before;
        if (y < 0 || y >= in_h || x < 0 || x >= in_w) continue;
        const float* from = input.data() + (y * in_w + x) * in_c;
        std::copy_n(from, in_c, into.data() + (ky * kernel_w + kx) * in_c);
      }
  }
};

Patches patches_of(const Graph& graph, const Layer& layer) {
  const Node& node = graph.node(layer.node);
  const Shape &input = graph.value(node.inputs[0]).shape, &weights = graph.value(node.inputs[1]).shape;
  Patches patches;
  if (std::holds_alternative<FullyConnected>(node.op)) {
    patches.in_c = weights[1];
    patches.rows.output = static_cast<std::int64_t>(input.elements()) / weights[1];
    patches.in_h = patches.rows.output;      // each row of the input is a patch
    patches.inputs = static_cast<std::size_t>(weights[1]);
    return patches;
  }
  const auto* conv = std::get_if<Conv2d>(&node.op);
  patches.is_depthwise = conv == nullptr;
  patches.window = conv != nullptr ? conv->window : std::get<DepthwiseConv2d>(node.op).window;
  patches.in_h = input[1];
  patches.in_w = input[2];
  patches.in_c = input[3];
  patches.kernel_h = weights[1];
  patches.kernel_w = weights[2];
  const Window& w = patches.window;
  patches.rows = window_extent(patches.in_h, static_cast<int>(patches.kernel_h), w.stride_h, w.dilation_h, w.padding);
  patches.columns = window_extent(patches.in_w, static_cast<int>(patches.kernel_w), w.stride_w, w.dilation_w, w.padding);
  patches.inputs = static_cast<std::size_t>(patches.kernel_h * patches.kernel_w) * (patches.is_depthwise ? 1u : static_cast<std::size_t>(weights[3]));
  return patches;
}

/// Sums of products of a patch's inputs by pairs: what an error of the weights costs at the output. One matrix, or for depthwise one to a channel.
class Products {
 public:
  Products(std::size_t inputs, std::size_t matrices) : inputs_(inputs), sums_(inputs * inputs * matrices, 0.0) {}
  void add(std::span<const float> patch, std::size_t matrix, std::size_t stride) {
    double* sums = sums_.data() + matrix * inputs_ * inputs_;
    for (std::size_t a = 0; a < inputs_; ++a) {
      const double first = patch[a * stride];
      if (first == 0.0) continue;            // behind a relu, half of them
      for (std::size_t b = 0; b < inputs_; ++b) sums[a * inputs_ + b] += first * static_cast<double>(patch[b * stride]);
    }
  }
  std::span<const double> row(std::size_t matrix, std::size_t a) const { return std::span(sums_).subspan((matrix * inputs_ + a) * inputs_, inputs_); }

 private:
  std::size_t inputs_;
  std::vector<double> sums_;
};

/// One output's weights: `error` holds what their codes miss them by. Goes over to the other neighbouring code wherever that lowers error^T H error.
/// `steps`: by weight, the change that the other code would be, 0 where it has none. Returns whether any weight went over.
bool descend(const Products& products, std::size_t matrix, std::vector<double>& error, std::vector<double>& steps) {
  const std::size_t inputs = error.size();
  std::vector<double> slope(inputs, 0.0);    // H error
  for (std::size_t a = 0; a < inputs; ++a) {
    if (error[a] == 0.0) continue;
    const auto row = products.row(matrix, a);
    for (std::size_t b = 0; b < inputs; ++b) slope[b] += error[a] * row[b];
  }
  bool any = false, changes = true;
  for (int sweep = 0; changes && sweep < most_sweeps; ++sweep) {
    changes = false;
    for (std::size_t a = 0; a < inputs; ++a) {
      const double step = steps[a];
      if (step == 0.0) continue;
      const auto row = products.row(matrix, a);
      const double gain = -(2.0 * step * slope[a] + step * step * row[a]);
      if (!(gain > 1e-9 * step * step * row[a])) continue;   // more than the sums are exact to, so that it ends
      error[a] += step;
      steps[a] = -step;
      for (std::size_t b = 0; b < inputs; ++b) slope[b] += step * row[b];
      changes = any = true;
    }
  }
  return any;
}

}  // namespace

Result<std::shared_ptr<const Graph>> fit_rounding(const std::shared_ptr<const Graph>& float_graph, const Recipe& recipe, const Samples& samples) {
  if (auto ok = check_layers(recipe, *float_graph); !ok) return std::unexpected(ok.error());
  Graph out = *float_graph;
  const std::vector<Layer> layers = layers_of(*float_graph);
  const auto masks = prune_masks(*float_graph, recipe);
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Layer& layer = layers[i];
    const LayerRecipe layer_recipe = resolve(recipe, layer.name);
    const ValueId weights_id = float_graph->node(layer.node).inputs[1];
    const Value& weights = float_graph->value(weights_id);
    const Patches patches = patches_of(*float_graph, layer);
    const bool is_integer = layer_recipe.weight_bits != float_bits && layer_recipe.weight_symmetry == Symmetry::symmetric && weights.type == DType::float32;
    const bool is_whole = patches.is_depthwise ? layer.channels == patches.in_c : patches.inputs == static_cast<std::size_t>(patches.kernel_h * patches.kernel_w * patches.in_c);
    if (!is_integer || !is_whole || patches.inputs > most_inputs || keeps_file_codes(weights, layer_recipe)) continue;

    const auto channels = static_cast<std::size_t>(layer.channels);
    Products products(patches.inputs, patches.is_depthwise ? channels : 1);
    const std::size_t every = (patches.count() * samples.size() + most_patches - 1) / most_patches;
    std::size_t seen = 0;
    std::vector<float> patch;
    const auto ok = observe_inputs(float_graph, {i}, samples, [&](std::size_t, std::span<const float> input) {
      for (std::size_t p = 0; p < patches.count(); ++p) {
        if (seen++ % every != 0) continue;
        patches.read(input, p, patch);
        if (!patches.is_depthwise) products.add(patch, 0, 1);
        else
          for (std::size_t c = 0; c < channels; ++c) products.add(std::span(patch).subspan(c), c, channels);
      }
    });
    if (!ok) return std::unexpected(ok.error());

    QuantizedWeights quantized = quantize_weights(weights, layer.channel_axis, layer_recipe, masks[i]);
    const CodeRange codes = codes_of(layer_recipe);
    const auto reals = weights.view().as<float>();
    std::vector<double> error(patches.inputs), steps(patches.inputs);
    bool any = false;
    for (std::size_t c = 0; c < channels; ++c) {
      const double scale = quantized.grid.scale[quantized.grid.per_channel() ? c : 0];
      const auto place = [&](std::size_t k) { return layer.channel_axis == 0 ? c * patches.inputs + k : k * channels + c; };
      for (std::size_t k = 0; k < patches.inputs; ++k) {
        const std::size_t at = place(k);
        const bool is_kept = masks[i].empty() || masks[i][at];
        const std::int32_t code = quantized.codes[at];
        error[k] = scale * code - static_cast<double>(reals[at]);
        const std::int32_t other = error[k] > 0.0 ? code - 1 : code + 1;
        // A weight on its grid has no other neighbour (so the largest keeps the scale), nor has one that is clipped, or pruned.
        const bool has_other = is_kept && std::abs(error[k]) > 1e-3 * scale && other >= codes.lowest && other <= codes.highest;
        steps[k] = has_other ? scale * (other - code) : 0.0;
      }
      if (!descend(products, patches.is_depthwise ? c : 0, error, steps)) continue;
      any = true;
      for (std::size_t k = 0; k < patches.inputs; ++k)
        quantized.codes[place(k)] = static_cast<std::int8_t>(std::lround((error[k] + static_cast<double>(reals[place(k)])) / scale));
    }
    if (!any) continue;
    std::vector<float> rounded(reals.size());
    for (std::size_t at = 0; at < rounded.size(); ++at) {
      const std::size_t channel = !quantized.grid.per_channel() ? 0 : layer.channel_axis == 0 ? at / patches.inputs : at % channels;
      rounded[at] = dequantize(quantized.codes[at], quantized.grid.scale[channel], 0);
    }
    put_reals(out.value(weights_id), rounded);
  }
  return std::make_shared<const Graph>(std::move(out));
}

}  // namespace edgewise
