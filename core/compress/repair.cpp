#include "core/compress/repair.h"

#include "core/base/text.h"
#include "core/compress/observe.h"
#include "core/compress/unroll.h"
#include "core/run/reals.h"
#include "core/run/run.h"

namespace edgewise {

Result<Repairs> parse_repairs(std::string_view from) {
  Repairs repairs;
  for (const std::string_view part : split(from, ',')) {
    if (part == "equalize") repairs.equalize = true;
    else if (part == "round") repairs.round = true;
    else if (part == "bias") repairs.bias = true;
    else return fail(text("'", part.substr(0, 32), "' is no repair; there are equalize, round and bias"));
  }
  return repairs;
}

Result<void> observe_inputs(const std::shared_ptr<const Graph>& graph, const std::vector<std::size_t>& layers, const Samples& samples,
                            const std::function<void(std::size_t, std::span<const float>)>& visit) {
  auto runner = Runner::prepare(graph);
  if (!runner) return std::unexpected(runner.error());
  const std::vector<Layer> named = layers_of(*graph);
  std::vector<std::pair<ValueId, std::size_t>> readers;   // a layer that runs several times reads several values
  for (const std::size_t layer : layers)
    for (const NodeId run : runs_of_layer(*graph, named[layer])) readers.emplace_back(graph->node(run).inputs[0], layer);
  std::vector<float> reals;
  const auto visit_readers = [&](ValueId id) {
    for (const auto& [read, layer] : readers) {
      if (read != id) continue;
      reals.resize(static_cast<std::size_t>(graph->value(id).shape.elements()));
      read_reals(graph->value(id), runner->value(id), reals);
      visit(layer, reals);
    }
  };
  for (const std::span<const float> sample : samples) {
    runner->reset();
    runner->set_input(0, sample);
    visit_readers(graph->inputs.front());
    const auto ok = runner->run([&](NodeId node) {
      for (const ValueId id : graph->node(node).outputs) visit_readers(id);
    });
    if (!ok) return ok;
  }
  return {};
}

Result<Repaired> repair(const std::shared_ptr<const Graph>& float_graph, const Ranges& ranges, const Recipe& recipe, const Samples& samples, Repairs repairs) {
  const std::uint64_t wanted = float_graph->inputs.size() == 1 ? float_graph->value(float_graph->inputs.front()).shape.elements() : 0;
  if (wanted == 0) return fail(text("the model has ", float_graph->inputs.size(), " inputs; repairs need a model with one"));
  if (samples.empty() && (repairs.round || repairs.bias || repairs.equalize)) return fail("there are no samples to measure on", {}, {}, "Give data with rows for calibration");
  for (const std::span<const float> sample : samples)
    if (sample.size() != wanted) return fail(text("a sample has ", sample.size(), " elements, the model wants ", wanted), {}, {}, "Give data made for this model");

  Repaired out{float_graph, ranges};
  if (repairs.equalize) {
    out.graph = equalize(float_graph);
    auto calibrator = Calibrator::prepare(out.graph);
    if (!calibrator) return std::unexpected(calibrator.error());
    for (const std::span<const float> sample : samples) calibrator->observe(sample);
    out.ranges = calibrator->ranges();
  }
  const std::shared_ptr<const Graph> reference = out.graph;
  if (repairs.round) {
    auto rounded = fit_rounding(reference, recipe, samples);
    if (!rounded) return std::unexpected(rounded.error());
    out.graph = *rounded;
  }
  if (repairs.bias) {
    auto corrected = correct_bias(reference, out.graph, out.ranges, recipe, samples);
    if (!corrected) return std::unexpected(corrected.error());
    out.graph = *corrected;
  }
  out.ranges.values.resize(out.graph->values.size());   // biases that were added have none
  return out;
}

void put_reals(Value& value, std::span<const float> reals) {
  const BytesView bytes = std::as_bytes(reals);
  value.data = std::make_shared<const Bytes>(bytes.begin(), bytes.end());
  value.file_codes = nullptr;
  value.grid = {};
  value.bits = 0;
}

}  // namespace edgewise
