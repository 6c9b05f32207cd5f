// edgewise compare: two integer models of one network, layer by layer, and their outputs on the same samples.
#include "core/evaluate/compare.h"

#include "core/base/json.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/table.h"

namespace edgewise::cli {

namespace {

std::string percent(double fraction) { return text(fixed(100 * fraction, 2), " %"); }

std::string say(const std::vector<LayerComparison>& layers, const std::optional<OutputComparison>& outputs) {
  Columns columns({"layer", "weights", "weight scale, first / second", "codes equal", "within 1", "activation scale, first / second"}, "lrrrrr");
  for (const LayerComparison& layer : layers)
    columns.add({layer.name, grouped(layer.weights), text(fixed(layer.weight_scale_low, 4), " to ", fixed(layer.weight_scale_high, 4)), percent(layer.codes_equal),
                 percent(layer.codes_within_one), fixed(layer.activation_scale, 3)});
  std::string out = columns.text();
  if (outputs)
    out += text(grouped(outputs->samples), " samples: the largest output is in the same place in ", grouped(outputs->same_class), "; outputs differ by ",
                fixed(outputs->mean_difference, 5), " on average and ", fixed(outputs->largest_difference, 5), " at most, of up to ", fixed(outputs->largest_output, 3), "\n");
  return out;
}

std::string to_json(const std::vector<LayerComparison>& layers, const std::optional<OutputComparison>& outputs) {
  Json json;
  json.open('{').key("layers").open('[');
  for (const LayerComparison& layer : layers) {
    json.open('{').field("name", layer.name).field("weights", layer.weights).field("weight_scale_ratio_low", layer.weight_scale_low);
    json.field("weight_scale_ratio_high", layer.weight_scale_high).field("codes_equal", layer.codes_equal).field("codes_within_one", layer.codes_within_one);
    json.field("activation_scale_ratio", layer.activation_scale).close('}');
  }
  json.close(']');
  if (outputs) {
    json.key("outputs").open('{').field("samples", outputs->samples).field("same_class", outputs->same_class).field("mean_difference", outputs->mean_difference);
    json.field("largest_difference", outputs->largest_difference).field("largest_output", outputs->largest_output).close('}');
  }
  return json.close('}').take() + "\n";
}

}  // namespace

Result<std::string> compare(const Arguments& arguments) {
  const auto first = open_model(arguments.words[0]), second = open_model(arguments.words[1]);
  if (!first) return std::unexpected(first.error());
  if (!second) return std::unexpected(second.error());
  const auto layers = compare_layers(*first->graph, *second->graph);
  if (!layers) return std::unexpected(layers.error());
  std::optional<OutputComparison> outputs;
  if (const auto name = arguments.get("data")) {
    const auto data = open_data(*name, arguments);
    if (!data) return std::unexpected(data.error());
    auto compared = compare_outputs(first->graph, second->graph, data->x);
    if (!compared) return std::unexpected(compared.error());
    outputs = *compared;
  }
  return arguments.has("json") ? to_json(*layers, outputs) : say(*layers, outputs);
}

}  // namespace edgewise::cli
