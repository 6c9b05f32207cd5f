#include "core/labs/subject.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/labs/calibrate.h"
#include "core/labs/cells.h"
#include "core/labs/convert.h"
#include "core/labs/distill.h"
#include "core/labs/drift.h"
#include "core/labs/hvac.h"
#include "core/labs/ladder.h"
#include "core/labs/noise.h"
#include "core/labs/pipeline.h"
#include "core/labs/prune.h"
#include "core/labs/recording.h"
#include "core/labs/sensitivity.h"
#include "core/labs/split.h"
#include "core/labs/zoo.h"

namespace edgewise::labs {

namespace {

struct ModelLab {
  Lab lab;
  Result<Outcome> (*outcome)(std::span<const double> values, const Subject& subject);
};
// Apart from the labs' own rows: a page that lets others run the model does not carry the engine.
const ModelLab model_labs[] = {{pipeline_lab(), pipeline_outcome}, {calibrate_lab(), calibrate_outcome}, {recording_lab(), recording_outcome}, {drift_lab(), drift_outcome}, {sensitivity_lab(), sensitivity_outcome}, {ladder_lab(), ladder_outcome}, {prune_lab(), prune_outcome}, {cells_lab(), cells_outcome}, {hvac_lab(), hvac_outcome}, {noise_lab(), noise_outcome}, {split_lab(), split_outcome}, {distill_lab(), distill_outcome}, {convert_lab(), convert_outcome}, {zoo_lab(), zoo_outcome}};

Result<void> check_fit(const Graph& reals, const Dataset& data) {
  if (reals.inputs.size() != 1) return fail(text("the model has ", reals.inputs.size(), " inputs; a lab runs models with one"));
  const Shape& input = reals.value(reals.inputs.front()).shape;
  if (input.elements() != data.sample.elements()) return fail(text("a sample of the data has ", data.sample.elements(), " numbers, the model takes ", input.elements()));
  return {};
}

}  // namespace

Result<Subject> make_subject(std::shared_ptr<const Graph> reals, const Ranges& ranges, std::shared_ptr<const Dataset> data, std::vector<std::uint32_t> calibration, std::vector<std::uint32_t> rows) {
  if (auto fit = check_fit(*reals, *data); !fit) return std::unexpected(fit.error());
  std::ranges::sort(rows);
  if (rows.empty()) return fail("the data have no rows that were left out of calibration", {}, {}, "Give more rows");
  auto integers = compress(reals, ranges, Recipe{});
  if (!integers) return std::unexpected(integers.error());
  return Subject{std::move(reals), *std::move(integers), std::move(data), ranges, false, std::move(calibration), std::move(rows)};
}

Result<Subject> make_subject(std::shared_ptr<const Graph> reals, std::shared_ptr<const Dataset> data, std::vector<std::uint32_t> calibration, std::vector<std::uint32_t> rows) {
  if (auto fit = check_fit(*reals, *data); !fit) return std::unexpected(fit.error());
  auto calibrator = Calibrator::prepare(reals);
  if (!calibrator) return std::unexpected(calibrator.error());
  for (const std::uint32_t row : std::span(calibration).first(std::min(calibration.size(), static_cast<std::size_t>(Recipe{}.calibration_samples)))) calibrator->observe(data->row(row));
  return make_subject(std::move(reals), calibrator->ranges(), std::move(data), std::move(calibration), std::move(rows));
}

const Lab* find_model_lab(std::string_view name) {
  for (const ModelLab& each : model_labs)
    if (each.lab.name == name) return &each.lab;
  return nullptr;
}

Result<Outcome> outcome_of(const Lab& lab, std::span<const double> values, const Subject* subject) {
  if (!lab.runs_model()) return lab.evaluate(values);
  if (!subject) return fail(text("lab ", lab.name, " runs a model, and there is none"));
  for (const ModelLab& each : model_labs)
    if (each.lab.name == lab.name) return each.outcome(values, *subject);
  assert(false);
  return fail(text("lab ", lab.name, " has no function"));
}

}  // namespace edgewise::labs
