#include "core/formats/onnx/layers.h"

#include <cmath>

#include "core/formats/onnx/numbers.h"

namespace edgewise::onnx {

std::optional<Affine> affine_of(Importer& importer, const NodeProto& node, std::int64_t channels) {
  if (integer(node, "training_mode", 0) != 0) return {};
  std::vector<std::vector<float>> operands;
  for (std::size_t i = 1; i < 5; ++i) {
    Symbol* symbol = importer.input(node, i);
    if (symbol == nullptr || !symbol->is_known || !symbol->is_constant() || symbol->type != DType::float32 || symbol->shape.elements() != static_cast<std::uint64_t>(channels)) return {};
    operands.push_back(*importer.reals(*symbol));
  }
  const float epsilon = real(node, "epsilon", 1e-5f);
  Affine affine;
  for (std::size_t c = 0; c < static_cast<std::size_t>(channels); ++c) {
    const double scale = static_cast<double>(operands[0][c]) / std::sqrt(static_cast<double>(operands[3][c]) + static_cast<double>(epsilon));
    const double shift = static_cast<double>(operands[1][c]) - static_cast<double>(operands[2][c]) * scale;
    if (!std::isfinite(scale) || !std::isfinite(shift)) return {};
    affine.scale.push_back(static_cast<float>(scale));
    affine.shift.push_back(static_cast<float>(shift));
  }
  return affine;
}

Symbol* channel_constant(Importer& importer, Symbol* symbol, std::int64_t channels, int channel_axis, int rank) {
  if (symbol == nullptr || !symbol->is_known || !symbol->is_constant() || symbol->type != DType::float32 || symbol->shape.elements() == 0 || symbol->shape.rank() > rank) return nullptr;
  const int missing = rank - symbol->shape.rank();
  for (int axis = 0; axis < symbol->shape.rank(); ++axis)
    if (symbol->shape[axis] != 1 && (axis + missing != channel_axis || symbol->shape[axis] != channels)) return nullptr;
  auto values = *importer.reals(*symbol);
  values.resize(static_cast<std::size_t>(channels), values.front());
  Symbol& bias = importer.temporary(float_constant(values, {channels}));
  bias.name = symbol->name;
  return &bias;
}

void take_followers(Importer& importer, FloatLayer& layer, std::int64_t channels, int channel_axis, int output_rank) {
  const bool is_open = layer.weights->is_constant() && (layer.bias == nullptr || layer.bias->is_constant());
  if (is_open && layer.bias == nullptr) {
    if (const NodeProto* add = importer.only_reader(layer.output, "Add"); add != nullptr && add->inputs.size() == 2) {
      Symbol* other = importer.input(*add, add->inputs[0] == layer.output ? 1 : 0);
      if (Symbol* bias = channel_constant(importer, other, channels, channel_axis, output_rank)) {
        layer.bias = bias;
        layer.output = add->outputs[0];
        importer.take(*add);
      }
    }
  }
  if (const NodeProto* norm = is_open ? importer.only_reader(layer.output, "BatchNormalization") : nullptr; norm != nullptr && norm->inputs[0] == layer.output) {
    if (const auto affine = affine_of(importer, *norm, channels)) {
      auto weights = *importer.reals(*layer.weights);
      const std::size_t depth = weights.size() / static_cast<std::size_t>(channels);
      for (std::size_t i = 0; i < weights.size(); ++i) weights[i] *= affine->scale[i / depth];
      std::vector<float> bias(static_cast<std::size_t>(channels), 0.0f);
      if (layer.bias != nullptr) bias = *importer.reals(*layer.bias);
      for (std::size_t c = 0; c < bias.size(); ++c) bias[c] = bias[c] * affine->scale[c] + affine->shift[c];
      const std::string name = layer.weights->name;
      layer.weights = &importer.temporary(float_constant(weights, layer.weights->shape));
      layer.weights->name = name;
      layer.bias = &importer.temporary(float_constant(bias, {channels}));
      layer.output = norm->outputs[0];
      importer.take(*norm);
    }
  }
  layer.activation = importer.take_activation(layer.output);
}

}  // namespace edgewise::onnx
