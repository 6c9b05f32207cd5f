// The one value people edit: how each layer is compressed. Its text form is the link, the command line, the chapter file, the test and the message.
//
//   text    = part *( ";" part )
//   part    = fields                 for all layers; at most one, and first
//           | layer ":" fields      for one layer; only what differs from all
//           | key "=" value         for all layers
//   fields  = codes *( "," key "=" value )
//   codes   = [ "w" bits ] [ "a" bits ] [ "s" zeros ] [ "c" fraction ]     bits: 2..8 (w), 4..8 or 16 (a), or "f" for float; fractions in [0, 0.95]
//   zeros   = fraction               single weights are set to zero
//           | fraction "x4"          whole blocks of four neighbours along the input channels
//           | "2of4"                 two of every four neighbours along the input channels
//   c         output channels that are left out: the graph is reshaped before anything else (core/compress/channels)
//   key     = g (channel|tensor)  wz (sym|asym)  az (sym|asym)  wr (max|mse)  cal (minmax|pNN.N|mse)     per layer or for all
//           | prune (layer|model)  n (calibration samples)                                               for all only
//
// Example: "w4a8;conv_2:w8s0.5;g=channel;cal=mse". Defaults are omitted; to_text(parse(t)) is the canonical form.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace edgewise {

enum class Granularity : std::uint8_t { per_channel, per_tensor };
enum class Symmetry : std::uint8_t { symmetric, asymmetric };
enum class WeightRange : std::uint8_t { max, least_error };                     ///< where the weight grid ends
enum class Calibration : std::uint8_t { min_max, percentile, least_error };     ///< where the activation grid ends
enum class PruneScope : std::uint8_t { layer, model };                          ///< a fraction of each layer, or of all weights together
enum class Pattern : std::uint8_t { weights, blocks, two_of_four };             ///< what is set to zero together

constexpr int float_bits = 32;

struct LayerRecipe {
  int weight_bits = 8;                                     ///< 2..8, or float_bits
  int activation_bits = 8;                                 ///< 4..8, 16, or float_bits
  float sparsity = 0.0f;                                   ///< fraction of weights set to zero, [0, 0.95]; Pattern::two_of_four: 0 is none, all else is two of four
  Granularity granularity = Granularity::per_channel;
  Symmetry weight_symmetry = Symmetry::symmetric;          ///< asymmetric: beyond what TensorFlow Lite's convolutions can run
  Symmetry activation_symmetry = Symmetry::asymmetric;     ///< 16-bit activations are symmetric whatever this says
  WeightRange weight_range = WeightRange::max;
  Calibration calibration = Calibration::min_max;
  float percentile = 99.9f;                                ///< for Calibration::percentile, [90, 100]
  Pattern pattern = Pattern::weights;
  float channels = 0.0f;                                   ///< fraction of output channels left out, [0, 0.95]
  bool operator==(const LayerRecipe&) const = default;
};

/// What one layer does differently; absent: as all.
struct LayerOverride {
  std::optional<int> weight_bits, activation_bits;
  std::optional<float> sparsity;
  std::optional<Granularity> granularity;
  std::optional<Symmetry> weight_symmetry, activation_symmetry;
  std::optional<WeightRange> weight_range;
  std::optional<Calibration> calibration;
  std::optional<float> percentile;
  std::optional<Pattern> pattern;
  std::optional<float> channels;
  bool operator==(const LayerOverride&) const = default;
};

struct Recipe {
  LayerRecipe all;
  std::map<std::string, LayerOverride, std::less<>> layers;   ///< by layer name; an override that says nothing is not kept
  PruneScope prune_scope = PruneScope::layer;
  int calibration_samples = 200;                              ///< [1, 10000]
  bool operator==(const Recipe&) const = default;
};

/// What `layer` gets: all, with its override on top.
LayerRecipe resolve(const Recipe& recipe, std::string_view layer);
/// Everything float: what accuracy is compared with.
Recipe float_recipe();

std::string to_text(const Recipe& recipe);
/// An error says which part, what is wrong, what is allowed. Length is at most limits::recipe_bytes. Layer names are not looked up here.
Result<Recipe> parse_recipe(std::string_view from);
/// Names of layers that the recipe overrides and the graph does not have: an error that lists the layers it has.
Result<void> check_layers(const Recipe& recipe, const struct Graph& graph);

}  // namespace edgewise
