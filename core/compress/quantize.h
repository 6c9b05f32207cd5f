// One weight tensor onto its grid, for those who put the graph together. What people call is quantize_weights in compress.h.
#pragma once

#include <cstdint>
#include <vector>

#include "core/compress/compress.h"

namespace edgewise {

/// True when the codes the file had are what `recipe` asks for: 8 bits, symmetric or not, the grid's end at the largest weight, and as many scales as wanted.
bool keeps_file_codes(const Value& weights, const LayerRecipe& recipe);

/// Puts one channel (all of them where the grid has one scale) on a coarser scale, and counts again. For a bias that would not fit its integers.
void coarsen_channel(QuantizedWeights& quantized, const Value& weights, int channel_axis, const LayerRecipe& recipe, const std::vector<bool>& kept,
                     std::size_t channel, float scale);

/// What a constant takes in flash: codes narrower than a byte packed, everything else as the graph holds it. 0 for what is computed.
std::uint64_t stored_bytes(const Value& value);

/// The codes weights of this recipe can have.
CodeRange codes_of(const LayerRecipe& recipe);

}  // namespace edgewise
