// What the layers with weights share: weights and bias as constants that may still be changed, and what follows a layer and becomes part of it.
#pragma once

#include <vector>

#include "core/formats/onnx/import.h"

namespace edgewise::onnx {

/// A layer's float weights and bias, as far as they are constants, with what was folded into them.
struct FloatLayer {
  Symbol* weights;
  Symbol* bias = nullptr;          ///< [O], or null
  std::string output;              ///< the name of what the layer and all that was folded into it makes
  Activation activation = Activation::none;
};

/// Takes the nodes behind a layer that can be part of it: BatchNormalization with constants, an Add of one constant per channel, an activation.
/// `channel_axis`: of the output in ONNX's order, `output_rank` its axes; the weights' axis 0 is their output channel.
void take_followers(Importer& importer, FloatLayer& layer, std::int64_t channels, int channel_axis, int output_rank);

/// Bias of `channels` numbers from a constant that broadcasts along `channel_axis`, or null where it varies along another axis.
Symbol* channel_constant(Importer& importer, Symbol* symbol, std::int64_t channels, int channel_axis, int rank);

/// Constant per-channel factors: scale, shift with  y = x * scale + shift,  of a BatchNormalization; nothing where its operands are computed.
struct Affine { std::vector<float> scale, shift; };
std::optional<Affine> affine_of(Importer& importer, const NodeProto& batch_normalization, std::int64_t channels);

}  // namespace edgewise::onnx
