// edgewise score and edgewise compress: a recipe applied to a model, measured, or written down.
#include <algorithm>

#include "core/base/json.h"
#include "core/base/steps.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/pipeline.h"
#include "core/evaluate/metrics.h"
#include "core/formats/tflite.h"
#include "core/report/cost_json.h"
#include "core/report/score_json.h"

namespace edgewise::cli {

namespace {

std::string say(const Score& s, const Prepared& prepared) {
  const bool is_fraction = s.metric != Metric::mae;
  const auto figure = [&](double v) { return is_fraction ? fixed(100 * v, 2) : number(static_cast<float>(v)); };
  std::string out = text(report::name_of(s.metric), " ", figure(s.value), is_fraction ? " %" : "", ", ", figure(s.low), " to ", figure(s.high), " (95 % interval), ",
                         grouped(s.seen), " test rows");
  if (s.metric == Metric::accuracy || s.metric == Metric::agreement)
    out += text(", agrees with float on ", fixed(100 * s.agreement, 2), " % (", grouped(s.changed), " answers changed)");
  if (!s.against_labels) out += "; no labels: agreement with the float model, not accuracy";
  out += "\n";
  if (prepared.calibration_rows > 0) out += text("calibrated on ", grouped(prepared.calibration_rows), " rows, none of which is a test row", "\n");
  if (prepared.left_out > 0) out += text(grouped(prepared.left_out), " test rows equal a calibration row and were left out\n");
  if (prepared.data->is_generated) out += text("generated data: ", prepared.data->origin, "\n");
  return out;
}

/// What the repairs gained: the same recipe without them, on the same rows.
Result<Beside> without_repairs(const Arguments& arguments, const Prepared& prepared) {
  Arguments plain = arguments;
  plain.options.erase("repair");
  const auto unrepaired = prepare(plain);
  if (!unrepaired) return std::unexpected(unrepaired.error());
  return score_beside(prepared, unrepaired->graph, prepared.graph, prepared.test);
}

std::string say(const Beside& beside, std::string_view repairs) {
  const bool is_fraction = beside.second.metric != Metric::mae;
  const auto figure = [&](double v) { return is_fraction ? fixed(100 * v, 2) : number(static_cast<float>(v)); };
  const double gained = is_fraction ? beside.second.value - beside.first.value : beside.first.value - beside.second.value;
  std::string out = text("without ", repairs, ": ", figure(beside.first.value), is_fraction ? " %" : "", "; gained ", figure(gained), is_fraction ? " points" : "");
  const auto gain = beside.gain();
  return out + (gain ? text(", ", figure(gain->low), " to ", figure(gain->high), " (95 % interval, row by row)\n") : std::string("\n"));
}

void write(Json& json, const Beside& beside) {
  json.key("without_repairs").open('{');
  report::write_score(json, beside.first);
  if (const auto gain = beside.gain()) json.field("gain_low", gain->low).field("gain_high", gain->high);
  json.close('}');
}

}  // namespace

Result<std::string> score(const Arguments& arguments) {
  auto prepared = prepare(arguments);
  if (!prepared) return std::unexpected(prepared.error());
  if (!prepared->data) return fail("--data DATA is missing", std::string(usage_error));
  if (const auto limit = arguments.get("limit")) {
    const auto rows = whole("limit", *limit, 1, static_cast<std::int64_t>(limits::samples));
    if (!rows) return fail(rows.error().reason, std::string(usage_error));
    if (prepared->test.size() > static_cast<std::size_t>(*rows)) prepared->test.resize(static_cast<std::size_t>(*rows));
  }
  auto evaluation = Evaluation::prepare(prepared->graph, prepared->float_graph, prepared->data, prepared->test, std::make_shared<FloatAnswers>());
  if (!evaluation) return std::unexpected(evaluation.error());
  if (auto ok = finish(*evaluation); !ok) return std::unexpected(ok.error());
  const Score s = evaluation->score();
  std::optional<Beside> beside;
  if (arguments.has("repair")) {
    const auto compared = without_repairs(arguments, *prepared);
    if (!compared) return std::unexpected(compared.error());
    beside = *compared;
  }
  if (!arguments.has("json")) return say(s, *prepared) + (beside ? say(*beside, *arguments.get("repair")) : std::string());
  Json json;
  json.open('{');
  report::write_score(json, s);
  if (beside) write(json, *beside);
  json.field("recipe", prepared->recipe ? to_text(*prepared->recipe) : "").field("calibration_rows", prepared->calibration_rows);
  json.field("left_out_rows", prepared->left_out).field("generated_data", prepared->data->is_generated).close('}');
  return json.take() + "\n";
}

namespace {

/// What the weights of a pruned model would take in each encoding; empty for one that is not pruned.
std::string sparse_text(const Plan& plan) {
  std::uint64_t weights = 0, nonzero = 0, dense = 0, bitmap = 0, relative = 0, csr = 0, pattern = 0;
  bool is_pruned = false, has_pattern = false;
  for (const StoredLayer& layer : plan.layers) {
    weights += layer.weights, nonzero += layer.nonzero, dense += layer.dense_bytes, bitmap += layer.bitmap_bytes, relative += layer.relative_index_bytes, csr += layer.csr_bytes;
    pattern += layer.pattern_bytes > 0 ? layer.pattern_bytes : layer.dense_bytes;
    is_pruned = is_pruned || layer.recipe.sparsity > 0.0f;
    has_pattern = has_pattern || layer.pattern_bytes > 0;
  }
  if (!is_pruned) return {};
  return text(grouped(weights - nonzero), " of ", grouped(weights), " codes are zero: dense ", grouped(dense), " bytes, bitmap ", grouped(bitmap), ", 4-bit gaps ", grouped(relative), ", CSR ",
              grouped(csr), has_pattern ? text(", by its pattern ", grouped(pattern)) : std::string(), "; what is written here is dense\n");
}

}  // namespace

Result<std::string> compress(const Arguments& arguments) {
  const auto path = arguments.get("out");
  if (!path) return fail("--out FILE.tflite is missing", std::string(usage_error));
  if (!arguments.has("recipe")) return fail("--recipe R is missing, for example --recipe w8a8", std::string(usage_error));
  const auto prepared = prepare(arguments);
  if (!prepared) return std::unexpected(prepared.error());
  const auto file = tflite::write(*prepared->graph);   // its description as plan() counts it: flash shown is bytes written
  if (!file) return std::unexpected(file.error());
  if (auto ok = write_file(*path, *file); !ok) return std::unexpected(ok.error());
  const auto planned = plan(prepared->repaired, prepared->rest);
  if (!planned) return std::unexpected(planned.error());
  if (arguments.has("json")) {
    Json json;
    json.open('{').field("file", *path).field("file_bytes", file->size()).field("recipe", to_text(*prepared->recipe));
    json.field("flash_bytes", planned->flash_bytes()).field("weights_bytes", planned->weights_bytes).field("graph_bytes", planned->graph_bytes);
    json.key("layers").open('[');
    for (const StoredLayer& layer : planned->layers) {
      json.open('{').field("name", layer.name).field("weights", layer.weights).field("nonzero", layer.nonzero).field("dense_bytes", layer.dense_bytes);
      json.field("bitmap_bytes", layer.bitmap_bytes).field("relative_index_bytes", layer.relative_index_bytes).field("csr_bytes", layer.csr_bytes);
      if (layer.pattern_bytes > 0) json.field("pattern_bytes", layer.pattern_bytes);
      json.field("bias_bytes", layer.bias_bytes).field("scale_bytes", layer.scale_bytes).field("zero_point_bytes", layer.zero_point_bytes).close('}');
    }
    json.close(']');
    if (!prepared->channels.empty()) report::write_channels(json, prepared->channels);
    return json.close('}').take() + "\n";
  }
  std::string out = text(*path, ": ", grouped(file->size()), " bytes, codes in int8\npacked at their width: ", grouped(planned->flash_bytes()), " bytes, of which weights ",
                         grouped(planned->weights_bytes), "\n");
  const bool is_narrow = std::ranges::any_of(prepared->graph->values, [](const Value& value) { return !value.is_constant() && value.type == DType::int8 && value.bits > 0 && value.bits < 8; });
  if (is_narrow) out += "activations of fewer than 8 bits: the file tells where they end as min and max, which is kept to here; TensorFlow Lite's kernels go on to the end of int8\n";
  return out + sparse_text(*planned) + channels_text(prepared->channels);
}

}  // namespace edgewise::cli
