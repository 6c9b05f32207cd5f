// edgewise distill: students that learn from a teacher beside the same students alone, over several seeds, so that a difference is tested and not believed.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/base/json.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/learning_options.h"
#include "core/cli/pipeline.h"
#include "core/cli/table.h"
#include "core/evaluate/distillation.h"
#include "core/formats/tflite.h"
#include "core/report/score_json.h"

namespace edgewise::cli {

namespace {

Result<DistillationOptions> wanted_of(const Arguments& arguments) {
  DistillationOptions wanted;
  if (auto ok = take_whole(arguments, "seed", 0, std::numeric_limits<std::int32_t>::max(), wanted.training.seed); !ok) return std::unexpected(ok.error());
  if (auto ok = take_whole(arguments, "seeds", 1, 30, wanted.seeds); !ok) return std::unexpected(ok.error());
  if (auto ok = take_whole(arguments, "epochs", 1, 1000, wanted.training.epochs); !ok) return std::unexpected(ok.error());
  if (auto ok = take_whole(arguments, "batch", 1, 4096, wanted.training.batch); !ok) return std::unexpected(ok.error());
  if (auto ok = take_real(arguments, "rate", wanted.training.learning_rate); !ok) return std::unexpected(ok.error());
  if (auto ok = take_real(arguments, "temperature", wanted.temperature); !ok) return std::unexpected(ok.error());
  if (auto ok = take_real(arguments, "alpha", wanted.alpha); !ok) return std::unexpected(ok.error());
  return wanted;
}

std::string points(double fraction) { return fixed(100.0 * fraction, 2); }
std::string interval(const MeanInterval& mean) {
  if (!std::isfinite(mean.low)) return text(points(mean.mean), " (one seed: no interval)");
  return text(points(mean.mean), ", ", points(mean.low), " to ", points(mean.high));
}

void write_mean(Json& json, std::string_view name, const MeanInterval& mean) {
  json.key(name).open('{').field("mean", mean.mean).field("low", mean.low).field("high", mean.high).close('}');
}

}  // namespace

Result<std::string> distill(const Arguments& arguments) {
  const auto name = arguments.get("data"), layers = arguments.get("arch");
  if (!name || !layers) return fail("--data DATA and --arch LAYERS are wanted", std::string(usage_error));
  const auto wanted = wanted_of(arguments);
  if (!wanted) return std::unexpected(wanted.error());
  const auto architecture = edgewise::train::parse_architecture(*layers);
  if (!architecture) return std::unexpected(architecture.error());
  const auto prepared = prepare(arguments);
  if (!prepared) return std::unexpected(prepared.error());
  const auto lesson = lesson_of(*name, prepared->data);
  if (!lesson) return std::unexpected(lesson.error());
  const auto rows = std::make_shared<const Dataset>(only_rows(*lesson->data, lesson->learning));
  auto experiment = Distillation::prepare(prepared->float_graph, *architecture, rows, prepared->data, prepared->test, {}, *wanted);
  if (!experiment) {
    Error error = experiment.error();
    if (error.file.empty()) error.file = prepared->name;
    return std::unexpected(std::move(error));
  }
  std::vector<double> alone, distilled;
  for (bool more = true; more;) {
    const auto stepped = experiment->step();
    if (!stepped) return std::unexpected(stepped.error());
    more = *stepped;
    if (2 * distilled.size() + 2 > experiment->students().size()) continue;
    const Student &by_labels = experiment->students()[2 * distilled.size()], &by_teacher = experiment->students()[2 * distilled.size() + 1];
    if (!by_teacher.accuracy) continue;
    alone.push_back(*by_labels.accuracy);
    distilled.push_back(*by_teacher.accuracy);
    std::fputs(text("seed ", by_teacher.seed, ": alone ", points(alone.back()), " %, distilled ", points(distilled.back()), " %\n").c_str(), stderr);
  }
  const Score& teacher_score = experiment->teacher();
  std::string file_note;
  if (const auto out = arguments.get("out")) {
    const auto file = tflite::write(*experiment->students()[1].graph, text("Edgewise: ", *layers, ", distilled, seed ", wanted->training.seed));
    if (!file) return std::unexpected(file.error());
    if (auto ok = write_file(*out, *file); !ok) return std::unexpected(ok.error());
    file_note = text(*out, ": ", grouped(file->size()), " bytes, the distilled student of seed ", wanted->training.seed, "\n");
  }
  const auto [of_alone, of_distilled, of_difference] = means_of(alone, distilled);
  if (!arguments.has("json")) {
    std::string said = text("teacher    ", points(teacher_score.value), " %, ", points(teacher_score.low), " to ", points(teacher_score.high), " (95 % interval, ", grouped(teacher_score.seen),
                            " test rows)\n");
    said += text("alone      ", interval(of_alone), "\ndistilled  ", interval(of_distilled), "\ndifference ", interval(of_difference), "\n");
    said += text("accuracy in %: mean of ", wanted->seeds, " seeds and its 95 % interval by Student's t; each seed gives both students the same first weights and order of rows\n");
    said += text(verdict(of_difference), "\n");
    said += text(*layers, ", temperature ", number(wanted->temperature), ", alpha ", number(wanted->alpha), "; learned from ", grouped(rows->rows()), " ", lesson->from, " in ",
                 wanted->training.epochs, " epochs\n");
    if (prepared->data->is_generated) said += text("generated data: ", prepared->data->origin, "\n");
    return said + file_note;
  }
  Json json;
  json.open('{').field("temperature", wanted->temperature).field("alpha", wanted->alpha).field("seed", wanted->training.seed).field("epochs", wanted->training.epochs);
  json.field("learning_rows", rows->rows()).key("teacher").open('{');
  report::write_score(json, teacher_score);
  json.close('}');
  write_mean(json, "alone", of_alone);
  write_mean(json, "distilled", of_distilled);
  write_mean(json, "difference", of_difference);
  json.field("verdict", verdict(of_difference)).list("alone_by_seed", alone).list("distilled_by_seed", distilled);
  return json.field("generated_data", prepared->data->is_generated).close('}').take() + "\n";
}

}  // namespace edgewise::cli
