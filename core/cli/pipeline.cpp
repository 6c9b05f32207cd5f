#include "core/cli/pipeline.h"

#include <algorithm>

#include "core/base/steps.h"
#include "core/base/text.h"
#include "core/cli/files.h"
#include "core/cli/table.h"
#include "core/compress/repair.h"
#include "core/train/bundled.h"

namespace edgewise::cli {

Result<std::optional<Recipe>> recipe_of(const Arguments& arguments, const Graph& float_graph) {
  const auto given = arguments.get("recipe");
  if (!given) return std::optional<Recipe>{};
  auto recipe = parse_recipe(*given);
  if (!recipe) return std::unexpected(recipe.error());
  if (auto ok = check_layers(*recipe, float_graph); !ok) return std::unexpected(ok.error());
  if (const auto samples = arguments.get("calibration")) {
    const auto count = whole("calibration", *samples, 1, 10000);
    if (!count) return fail(count.error().reason, std::string(usage_error));
    recipe->calibration_samples = static_cast<int>(*count);
  }
  return std::optional<Recipe>(std::move(*recipe));
}

Result<Prepared> prepare(const Arguments& arguments) {
  auto model = open_model(arguments.words[0]);
  if (!model) return std::unexpected(model.error());
  const auto with_file = [&](Error error) {
    if (error.file.empty()) error.file = model->name;
    return std::unexpected(std::move(error));
  };
  Prepared out;
  out.name = model->name;
  auto float_graph = to_float(model->graph);
  if (!float_graph) return with_file(float_graph.error());
  out.float_graph = *float_graph;
  out.graph = model->graph;
  const auto recipe = recipe_of(arguments, *out.float_graph);
  if (!recipe) return std::unexpected(recipe.error());
  out.recipe = *recipe;

  Split split;
  if (const auto name = arguments.get("data")) {
    auto data = open_data(*name, arguments);
    if (!data) return std::unexpected(data.error());
    out.data = std::make_shared<const Dataset>(std::move(*data));
    split = split_rows(*out.data);
    out.test = split.test;
    out.left_out = split.left_out;
  }
  out.repaired = out.float_graph;
  const auto repairs = arguments.has("repair") ? parse_repairs(*arguments.get("repair")) : Result<Repairs>(Repairs{});
  if (!repairs) return fail(repairs.error().reason, std::string(usage_error));
  if (arguments.has("repair") && !(out.recipe && out.data)) return fail("--repair wants --recipe R and --data DATA, whose calibration rows it measures on", std::string(usage_error));
  if (!out.recipe) return out;

  out.rest = *out.recipe;
  if (prunes_channels(*out.recipe)) {
    auto shaped = leave_out_channels(out.float_graph, *out.recipe);
    if (!shaped) return with_file(shaped.error());
    out.repaired = std::move(shaped->graph);
    out.rest = std::move(shaped->recipe);
    out.channels = std::move(shaped->layers);
  }
  auto calibrator = Calibrator::prepare(out.repaired);
  if (!calibrator) return with_file(calibrator.error());
  if (out.data) {
    const std::uint64_t wanted = out.float_graph->value(out.float_graph->inputs[0]).shape.elements();
    if (out.data->sample.elements() != wanted)
      return fail(text("a sample is ", to_text(out.data->sample), " (", out.data->sample.elements(), " elements), the model wants ",
                       to_text(out.float_graph->value(out.float_graph->inputs[0]).shape)),
                  out.data->name, {}, "Give data made for this model");
    const std::size_t count = std::min(split.calibration.size(), static_cast<std::size_t>(out.recipe->calibration_samples));
    for (std::size_t i = 0; i < count; ++i) calibrator->observe(out.data->row(split.calibration[i]));
    out.calibration_rows = count;
  }
  out.ranges = calibrator->ranges();
  if (arguments.has("repair")) {
    Samples samples;
    for (std::size_t i = 0; i < out.calibration_rows; ++i) samples.push_back(out.data->row(split.calibration[i]));
    auto repaired = repair(out.repaired, out.ranges, out.rest, samples, *repairs);
    if (!repaired) return with_file(repaired.error());
    out.repaired = repaired->graph;
    out.ranges = std::move(repaired->ranges);
  }
  auto graph = edgewise::compress(out.repaired, out.ranges, out.rest);
  if (!graph) return with_file(graph.error());
  out.graph = *graph;
  return out;
}

std::string channels_text(const std::vector<ShapedLayer>& channels) {
  if (channels.empty()) return {};
  Columns table({"layer", "channels", "stay", "why"}, "lrrl");
  for (const ShapedLayer& layer : channels) table.add({layer.name, text(layer.before), text(layer.after()), layer.note});
  return "\n" + table.text();
}

Result<Score> score_of(const Prepared& prepared, const std::shared_ptr<const Graph>& graph) {
  auto evaluation = Evaluation::prepare(graph, prepared.float_graph, prepared.data, prepared.test, std::make_shared<FloatAnswers>());
  if (!evaluation) return std::unexpected(evaluation.error());
  if (auto ok = finish(*evaluation); !ok) return std::unexpected(ok.error());
  return evaluation->score();
}

Result<Beside> score_beside(const Prepared& prepared, const std::shared_ptr<const Graph>& first, const std::shared_ptr<const Graph>& second,
                            const std::vector<std::uint32_t>& rows) {
  auto evaluation = BesideEvaluation::prepare(first, second, prepared.float_graph, prepared.data, rows);
  if (!evaluation) return std::unexpected(evaluation.error());
  if (auto ok = finish(*evaluation); !ok) return std::unexpected(ok.error());
  return evaluation->result();
}

Result<edgewise::train::Lesson> lesson_of(const std::string& name, const std::shared_ptr<const Dataset>& data) {
  const bool is_bundled = std::ranges::find(edgewise::train::bundled_names(), name) != edgewise::train::bundled_names().end();
  return edgewise::train::lesson_of(is_bundled ? std::string_view(name) : std::string_view(), data, split_rows(*data).calibration);
}

}  // namespace edgewise::cli
