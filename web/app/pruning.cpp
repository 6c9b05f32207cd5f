#include "web/app/pruning.h"

#include <algorithm>
#include <utility>

#include "core/compress/channels.h"

namespace edgewise {

namespace {

bool sets_zeros(const Recipe& recipe) {
  return recipe.all.sparsity > 0.0f || std::ranges::any_of(recipe.layers, [](const auto& layer) { return layer.second.sparsity.value_or(0.0f) > 0.0f; });
}

void drop_empty(Recipe& recipe) {
  std::erase_if(recipe.layers, [](const auto& layer) { return layer.second == LayerOverride{}; });
}

void zeros_to_channels(Recipe& recipe) {
  recipe.all.channels = std::exchange(recipe.all.sparsity, 0.0f);
  for (auto& [name, own] : recipe.layers) own.channels = std::exchange(own.sparsity, std::nullopt);
}

void channels_to_zeros(Recipe& recipe) {
  recipe.all.sparsity = std::exchange(recipe.all.channels, 0.0f);
  for (auto& [name, own] : recipe.layers) own.sparsity = std::exchange(own.channels, std::nullopt);
}

/// 2:4 has one fraction.
void all_or_half(Recipe& recipe) {
  const bool is_on = sets_zeros(recipe);
  const auto half = [](float fraction) { return fraction > 0.0f ? 0.5f : 0.0f; };
  recipe.all.sparsity = is_on ? half(recipe.all.sparsity) : 0.5f;
  for (auto& [name, own] : recipe.layers)
    if (own.sparsity && (own.sparsity = half(*own.sparsity)) == recipe.all.sparsity) own.sparsity.reset();
}

}  // namespace

PruneKind prune_kind(const Recipe& recipe, bool turns_channels) {
  const bool has_channels = prunes_channels(recipe), has_zeros = sets_zeros(recipe);
  if (has_channels != has_zeros ? has_channels : turns_channels) return PruneKind::channels;
  switch (recipe.all.pattern) {
    case Pattern::weights: return recipe.prune_scope == PruneScope::model ? PruneKind::in_model : PruneKind::in_layer;
    case Pattern::blocks: return PruneKind::blocks;
    case Pattern::two_of_four: return PruneKind::two_of_four;
  }
  return PruneKind::in_layer;
}

void choose_prune_kind(Recipe& recipe, bool& turns_channels, PruneKind kind) {
  turns_channels = kind == PruneKind::channels;
  if (kind == PruneKind::channels) {
    if (!prunes_channels(recipe)) zeros_to_channels(recipe);
    drop_empty(recipe);
    return;
  }
  if (!sets_zeros(recipe)) channels_to_zeros(recipe);
  recipe.all.pattern = kind == PruneKind::blocks ? Pattern::blocks : kind == PruneKind::two_of_four ? Pattern::two_of_four : Pattern::weights;
  for (auto& [name, own] : recipe.layers) own.pattern.reset();
  recipe.prune_scope = kind == PruneKind::in_model ? PruneScope::model : PruneScope::layer;
  if (kind == PruneKind::two_of_four) all_or_half(recipe);
  drop_empty(recipe);
}

}  // namespace edgewise
