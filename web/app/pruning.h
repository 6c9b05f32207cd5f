// What the page's one pruning slider of each row takes away: single weights, blocks, two of four, or whole channels.
//
// The recipe knows more than that: it may leave channels out and set weights to zero, each layer in a pattern of its own. What it says is shown; a kind that is
// chosen here is that of all layers, and takes the fractions over from the kind before.
#pragma once

#include "core/compress/recipe.h"

namespace edgewise {

enum class PruneKind : std::uint8_t { in_layer, in_model, blocks, two_of_four, channels };

/// `turns_channels` decides where the recipe prunes nothing, or both weights and channels.
PruneKind prune_kind(const Recipe& recipe, bool turns_channels);
void choose_prune_kind(Recipe& recipe, bool& turns_channels, PruneKind kind);

/// The fraction that the slider shows.
inline float pruned_fraction(const LayerRecipe& layer, PruneKind kind) { return kind == PruneKind::channels ? layer.channels : layer.sparsity; }

}  // namespace edgewise
