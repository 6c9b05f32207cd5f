// One step of editing a recipe, for all layers or for one. A layer that is set to what all have is no longer an exception.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/compress/recipe.h"

namespace edgewise {

/// One property: where it stands for all layers and where a layer keeps its own.
template <class T>
struct Property {
  T LayerRecipe::*of_all;
  std::optional<T> LayerOverride::*of_layer;
};
constexpr Property<int> weight_bits{&LayerRecipe::weight_bits, &LayerOverride::weight_bits};
constexpr Property<int> activation_bits{&LayerRecipe::activation_bits, &LayerOverride::activation_bits};
constexpr Property<float> sparsity{&LayerRecipe::sparsity, &LayerOverride::sparsity};
constexpr Property<float> channels{&LayerRecipe::channels, &LayerOverride::channels};
constexpr Property<Granularity> granularity{&LayerRecipe::granularity, &LayerOverride::granularity};
constexpr Property<Symmetry> weight_symmetry{&LayerRecipe::weight_symmetry, &LayerOverride::weight_symmetry};
constexpr Property<Symmetry> activation_symmetry{&LayerRecipe::activation_symmetry, &LayerOverride::activation_symmetry};
constexpr Property<WeightRange> weight_range{&LayerRecipe::weight_range, &LayerOverride::weight_range};
constexpr Property<Calibration> calibration{&LayerRecipe::calibration, &LayerOverride::calibration};

/// `layer` empty: for all.
template <class T>
void set(Recipe& recipe, std::string_view layer, Property<T> property, T value) {
  if (layer.empty()) {
    recipe.all.*property.of_all = value;
    return;
  }
  LayerOverride& own = recipe.layers[std::string(layer)];
  if (value == recipe.all.*property.of_all) own.*property.of_layer = std::nullopt;
  else own.*property.of_layer = value;
  if (own == LayerOverride{}) recipe.layers.erase(recipe.layers.find(layer));
}

/// The layer has its own value of this property.
template <class T>
bool is_own(const Recipe& recipe, std::string_view layer, Property<T> property) {
  const auto own = recipe.layers.find(layer);
  return own != recipe.layers.end() && (own->second.*property.of_layer).has_value();
}

/// The layer goes back to what all have.
inline void inherit(Recipe& recipe, std::string_view layer) {
  if (const auto own = recipe.layers.find(layer); own != recipe.layers.end()) recipe.layers.erase(own);
}

}  // namespace edgewise
