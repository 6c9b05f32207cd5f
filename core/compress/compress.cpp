#include "core/compress/compress.h"

#include "core/base/text.h"
#include "core/compress/rewrite.h"
#include "core/graph/check.h"

namespace edgewise {

Result<std::shared_ptr<const Graph>> compress(const std::shared_ptr<const Graph>& float_graph, const Ranges& ranges, const Recipe& recipe) {
  if (auto ok = check_layers(recipe, *float_graph); !ok) return std::unexpected(ok.error());
  if (auto ok = check_weights(*float_graph); !ok) return std::unexpected(ok.error());
  if (!ranges.values.empty() && ranges.values.size() != float_graph->values.size())
    return fail(text("the ranges are of a model with ", ranges.values.size(), " tensors, this one has ", float_graph->values.size()), "calibration");
  if (prunes_channels(recipe)) {
    const auto shaped = leave_out_channels(float_graph, recipe);
    if (!shaped) return std::unexpected(shaped.error());
    return compress(shaped->graph, ranges, shaped->recipe);
  }
  const std::vector<Layer> layers = layers_of(*float_graph);
  const std::vector<std::vector<bool>> masks = prune_masks(*float_graph, recipe);
  std::vector<QuantizedWeights> weights;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Value& value = *float_graph->input(float_graph->node(layers[i].node), 1);
    weights.push_back(quantize_weights(value, layers[i].channel_axis, resolve(recipe, layers[i].name), masks[i]));
  }
  auto rewritten = rewrite(*float_graph, recipe, &ranges, std::move(weights), masks);
  if (!rewritten) return std::unexpected(rewritten.error());
  if (auto ok = check(rewritten->graph); !ok) return std::unexpected(ok.error());
  return std::make_shared<const Graph>(std::move(rewritten->graph));
}

}  // namespace edgewise
